"""The office's pages: for whom each opens, what they do, what they refuse."""

from datetime import date

import pytest
from django.utils import timezone

from shounuo.organisation.access import GRANTS, Scope
from shounuo.organisation.actions import Stamp, enrol, found_unit
from shounuo.organisation.models import Account, Person, Unit
from shounuo.organisation.views.people import PERSON_VERBS
from shounuo.organisation.views.units import POST_VERBS, UNIT_VERBS
from tests.conftest import CAST, PASSWORD


@pytest.fixture
def office(cast, client):
    """`office("wu", path)`: what somebody gets there; with words, what they get for posting them."""

    def ask(who, path, said=None):
        client.force_login(cast.people[who].account, "django.contrib.auth.backends.ModelBackend")
        return client.get(path) if said is None else client.post(path, said)

    return ask


def expected(who, right, unit_code):
    """By the table alone."""
    _, _, own, _, _, roles = CAST[who]
    scopes = {GRANTS[role].get(right) for role in roles}
    return Scope.ORGANISATION in scopes or (Scope.UNIT in scopes and own in (unit_code, "qingxi"))


def unit_page(cast, verb):
    return f"/organisation/units/{cast.units['metrology'].pk}/{verb}/", UNIT_VERBS[verb].right


def post_page(cast, verb):
    held = cast.people["wang"].appointments.get()
    return f"/organisation/posts/{held.post_id}/{verb}/", POST_VERBS[verb].right


def person_page(cast, verb):
    return f"/organisation/people/{cast.people['wang'].pk}/{verb}/", PERSON_VERBS[verb].right


PAGES = [
    *((unit_page, verb) for verb in UNIT_VERBS),
    *((post_page, verb) for verb in POST_VERBS),
    *((person_page, verb) for verb in PERSON_VERBS),
    (lambda cast, _verb: ("/organisation/people/enrol/", "enrol"), ""),
    (lambda cast, _verb: ("/organisation/history/", "see_history"), ""),
    (lambda cast, _verb: ("/organisation/duty/arrange/?unit=metrology", "edit_roster"), ""),
    (lambda cast, _verb: ("/organisation/duty/file/?unit=metrology", "edit_roster"), ""),
    (
        lambda cast, _verb: (f"/organisation/absences/enter/?person={cast.people['li'].pk}", "enter_absence"),
        "",
    ),
]
OPEN = ["", "people/", "absences/", "absences/enter/", "duty/"]


@pytest.mark.parametrize(("page", "verb"), PAGES)
def test_a_page_opens_for_whom_the_table_names_and_nobody_else(cast, office, page, verb):
    path, right = page(cast, verb)
    found = {who: office(who, path).status_code for who in CAST if who != "li"}
    assert found == {who: 200 if expected(who, right, "metrology") else 403 for who in found}
    assert set(found.values()) == {200, 403}


@pytest.mark.parametrize("path", OPEN)
def test_everybody_in_post_reads_the_directory(office, path):
    assert {office(who, f"/organisation/{path}").status_code for who in CAST} == {200}


@pytest.mark.parametrize("path", ["/organisation/", "/organisation/people/", "/account/"])
def test_the_public_is_sent_to_sign_in(cast, client, path):
    assert client.get(path).url == f"/sign-in/?next={path}"


def test_another_organisation_does_not_exist(cast, office):
    other = found_unit(Stamp("", timezone.now()), code="other", name_zh="别的", kind="organisation")
    one = enrol(Stamp("", timezone.now()), other, "1", "外人")
    for path in (
        f"units/{other.pk}/",
        f"units/{other.pk}/change/",
        f"people/{one.pk}/",
        f"people/{one.pk}/change/",
    ):
        assert office("wu", f"/organisation/{path}").status_code == 404


def test_the_administrator_builds_an_organisation_by_hand(cast, office):
    top = cast.house.pk
    office("wu", f"/organisation/units/{top}/found/", {"code": "lab", "name_zh": "化验科", "kind": "section"})
    lab = Unit.objects.get(code="lab")
    post = {"title_zh": "化验岗", "rank": "staff", "roles": ["handler"]}
    office("wu", f"/organisation/units/{lab.pk}/post/", post)
    who = {"staff_no": "Q777", "name_zh": "田野", "post": lab.posts.get().pk, "sign_in_name": "tian"}
    page = office("wu", "/organisation/people/enrol/", {**who, "from_date": "2026-01-01"})
    assert page.status_code == 200
    tian = Person.objects.get(staff_no="Q777")
    assert tian.roles_at(timezone.now()) == {"handler"}
    assert tian.account.check_password(page.context["word"])


def test_a_first_password_must_be_changed_before_anything_else(cast, office, client):
    word = office("wu", f"/organisation/people/{cast.people['wang'].pk}/account/reset/", {}).context["word"]
    client.post("/sign-out/")
    client.post("/sign-in/", {"name": "wang", "password": word})
    assert client.get("/desk/").url == "/account/password/"
    page = client.post("/account/password/", {"old": word, "new": word, "again": word})
    assert (page.status_code, "与现在的不同" in page.content.decode()) == (422, True)
    client.post("/account/password/", {"old": word, "new": "mine-alone-77", "again": "mine-alone-77"})
    assert client.get("/desk/").status_code == 200


def test_an_old_first_password_opens_nothing(cast, office, client):
    word = office("wu", f"/organisation/people/{cast.people['wang'].pk}/account/reset/", {}).context["word"]
    Account.objects.filter(sign_in_name="wang").update(first_password_until=timezone.now())
    client.post("/sign-out/")
    page = client.post("/sign-in/", {"name": "wang", "password": word})
    assert "已经过期" in page.content.decode()


@pytest.mark.parametrize(("verb", "active"), [("close", False), ("reopen", True)])
def test_an_account_is_closed_and_opened_again(cast, office, verb, active):
    Account.objects.filter(sign_in_name="wang").update(is_active=not active)
    office("wu", f"/organisation/people/{cast.people['wang'].pk}/account/{verb}/", {})
    assert Account.objects.get(sign_in_name="wang").is_active is active


@pytest.mark.parametrize("who", [who for who in CAST if who != "wu"])
def test_only_the_administrator_touches_accounts(cast, office, who):
    pk = cast.people["li"].pk
    for verb in ("reset", "close", "no-codes"):
        assert office(who, f"/organisation/people/{pk}/account/{verb}/", {}).status_code == 403


def test_what_cannot_be_done_is_said_and_what_was_typed_is_kept(cast, office):
    path = f"/organisation/units/{cast.house.pk}/found/"
    page = office("wu", path, {"code": "metrology", "name_zh": "又一个计量科", "kind": "section"})
    words = page.content.decode()
    assert page.status_code == 422
    assert "已被使用" in words
    assert 'value="又一个计量科"' in words


def test_a_unit_moves_with_everything_below_and_its_matters_stay(cast, office):
    office(
        "wu",
        f"/organisation/units/{cast.units['standards'].pk}/move/",
        {"parent": cast.units["metrology"].pk},
    )
    assert Unit.objects.get(code="standards").path == "qingxi/metrology/standards/"
    refused = office(
        "wu",
        f"/organisation/units/{cast.units['metrology'].pk}/move/",
        {"parent": cast.units["standards"].pk},
    )
    assert refused.status_code == 422


def test_a_unit_with_people_is_not_closed(cast, office):
    page = office(
        "wu", f"/organisation/units/{cast.units['metrology'].pk}/close/", {"from_day": "2027-01-01"}
    )
    assert "还有人任职" in page.content.decode()
    office("wu", f"/organisation/units/{cast.units['standards'].pk}/close/", {"from_day": "2027-01-01"})
    assert Unit.objects.get(code="standards").closed_on == date(2027, 1, 1)


def test_the_history_says_who_changed_what_and_from_when(cast, office):
    pk = cast.people["wang"].appointments.get().pk
    office("wu", f"/organisation/appointments/{pk}/end/", {"to_date": "2027-03-01"})
    office("wu", f"/organisation/units/{cast.units['metrology'].pk}/change/", {"name_zh": "计量一科"})
    words = office("zheng", "/organisation/history/").content.decode()
    for said in ("免去任职", "王敏 · 计量承办岗", "到 2027-03-01（不含）", "名称：计量科 → 计量一科", "吴凡"):
        assert said in words


def test_a_password_in_the_wrong_hands_is_not_enough(cast, client):
    assert client.login(username="wang", password=PASSWORD)
    page = client.post(
        "/account/password/", {"old": "wrong", "new": "mine-alone-77", "again": "mine-alone-77"}
    )
    assert "现在的密码不正确" in page.content.decode()


def appointing(cast, office, who="wang", **typed):
    post = cast.people["chen"].appointments.get().post_id
    path = f"/organisation/people/{cast.people[who].pk}/appoint/"
    return office("wu", path, {"post": post, "from_date": "2026-12-01"} | typed)


def test_no_post_is_chosen_beforehand_and_each_names_its_holder(cast, office):
    page = office("wu", f"/organisation/people/{cast.people['wang'].pk}/appoint/")
    choices = [label for _value, label in page.context["form"].fields["post"].choices]
    assert choices[0] == "请选择"
    assert "青溪市质量服务中心 · 副局长（现任：陈国安）" in choices
    refused = appointing(cast, office, post="")
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["post"])


def test_nobody_becomes_a_second_leader_by_one_press(cast, office):
    page = appointing(cast, office)
    assert page.status_code == 422
    assert "这段时间由 陈国安 任职" in page.content.decode()
    assert cast.people["wang"].appointments.count() == 1
    post = cast.people["chen"].appointments.get().post_id
    assert f'type="checkbox" name="beside" value="{post}"' in page.content.decode()
    assert appointing(cast, office, beside=post).status_code == 302
    assert cast.people["wang"].appointments.count() == 2


def test_a_confirmation_holds_only_for_the_post_it_was_given_for(cast, office):
    other = cast.people["zhao"].appointments.get().post_id
    page = appointing(cast, office, beside=other)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["beside"])
    assert f'name="beside" value="{other}"' not in page.content.decode()


def test_a_confirmation_stays_ticked_beside_another_error(cast, office):
    post = cast.people["chen"].appointments.get().post_id
    page = appointing(cast, office, beside=post, to_date="soon")
    words = page.content.decode()
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["to_date"])
    assert words.count('name="beside"') == 1 and "checked" in words[words.index('name="beside"') :][:60]


def test_a_post_that_has_become_free_asks_nothing_more(cast, office):
    cast.people["chen"].appointments.update(to_date=date(2026, 12, 1))
    assert appointing(cast, office).status_code == 302


def test_staff_posts_take_several_people_without_a_question(cast, office):
    post = cast.people["li"].appointments.get().post_id
    assert appointing(cast, office, post=post).status_code == 302


def test_enrolling_asks_about_a_second_leader_too(cast, office):
    post = cast.people["chen"].appointments.get().post_id
    typed = {"staff_no": "Q778", "name_zh": "田原", "post": post, "from_date": ""}
    page = office("wu", "/organisation/people/enrol/", typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["beside"])
    office("wu", "/organisation/people/enrol/", typed | {"beside": post})
    assert Person.objects.get(staff_no="Q778").appointments.get().post_id == post
