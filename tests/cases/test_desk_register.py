"""Quick registration: taken in once, errors beside the field, what was typed kept."""

import re
from datetime import date
from typing import Any

import pytest

from shounuo.cases.models import Case, Party
from shounuo.ledger.actions import read
from shounuo.organisation.actions import appoint
from tests.cases.conftest import Hall, at
from tests.cases.desk import Desk, desk, text

__all__ = ["desk"]
VISIT = "0123456789abcdef" * 2
SERVICE = "weighing-instrument-verification"
TYPED = {
    "kind": "application", "channel": "window", "service": SERVICE, "words": "两台电子秤要检定", "name": "城东粮油店",
    "phone": "139 0000 2207", "key": "a-key", "visit": VISIT,
}  # fmt: skip


def register(desk: Desk, who: str = "zhou", **more: Any) -> Any:
    typed = {k: v for k, v in (TYPED | more).items() if v is not None}
    return desk.post(who, "/desk/register/", **typed)


def test_registering_leads_to_the_receipt(desk: Desk) -> None:
    answer = register(desk)
    case = Case.objects.get()
    assert answer.url == f"/desk/matters/{case.number}/receipt/"
    assert (case.kind, case.section.code, case.first_asked) == (
        "application",
        "metrology",
        desk.hall.cast.id("zhou"),
    )
    page = text(desk.get("zhou", answer.url))
    assert "周倩" in page
    assert "材料齐全之后 4 个工作日" in page


def test_complete_papers_start_the_clock_at_once(desk: Desk) -> None:
    register(desk, complete="on")
    assert Case.objects.get().due_at == at("2026-10-09 17:30:00")


def test_the_same_form_sent_twice_is_one_matter_and_one_receipt(desk: Desk) -> None:
    first, second = register(desk), register(desk)
    assert first.url == second.url
    assert Case.objects.count() == 1


def test_a_key_with_other_contents_is_refused_and_nothing_is_lost(desk: Desk) -> None:
    register(desk)
    answer = register(desk, words="完全不同的事")
    assert answer.status_code == 422
    assert "完全不同的事" in text(answer)
    assert Case.objects.count() == 1


def test_each_opened_form_has_its_own_key(desk: Desk) -> None:
    keys = {desk.get("zhou", "/desk/register/").context["form"]["key"].value() for _ in range(2)}
    assert len(keys) == 2


@pytest.mark.parametrize(
    "wrong, field",
    [({"words": ""}, "words"), ({"service": ""}, "service"), ({"service": "ghost"}, "service"), ({"kind": ""}, "kind"),
     ({"phone": "call me"}, "phone"), ({"name": "", "phone": ""}, "phone"),
     ({"received": "2026-09-28T11:01"}, "received"), ({"received": "yesterday"}, "received"),
     ({"received": "2025-01-01T09:00", "catch_up": "outage"}, "received"),
     ({"received": "2026-08-01T09:00", "catch_up": "outage"}, "received"),
     ({"received": "2026-09-25T16:00"}, "catch_up"), ({"kind": "praise", "service": "", "complete": "on"}, "complete"),
     ({"channel": "pigeon"}, "channel"),
     ({"kind": "enquiry", "service": "", "complete": "on"}, "complete"), ({"section": "moon"}, "section"),
     ({"visit": "张三"}, "visit")],
)  # fmt: skip
def test_wrong_input_is_named_beside_its_field_and_kept(
    desk: Desk, wrong: dict[str, str], field: str
) -> None:
    answer = register(desk, **{"name": "保留的名字"} | wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert (wrong.get("name") or "两台电子秤要检定" if field != "words" else "保留的名字") in text(answer)
    assert Case.objects.count() == 0


def test_an_unusable_telephone_number_is_told_once_and_truly(desk: Desk) -> None:
    errors = register(desk, name="", phone="12ab").context["form"].errors
    assert list(errors) == ["phone"]
    assert len(errors["phone"]) == 1 and "请留下" not in errors["phone"][0]


@pytest.mark.parametrize("field, most", [("words", 4000), ("name", 80), ("phone", 40)])
def test_what_is_too_long_is_told_and_kept_whole(desk: Desk, field: str, most: int) -> None:
    typed = "7" * (most + 1000)
    answer = register(desk, **{field: typed})
    assert answer.status_code == 422
    assert f"最多 {most} 个字，您写了 {most + 1000} 个" in text(answer)
    assert typed in text(answer)


def test_line_ends_count_as_one_character(desk: Desk) -> None:
    assert register(desk, words="字\r\n" * 1999 + "字字").status_code == 302


def test_no_field_of_the_desk_lets_the_browser_cut_off_what_is_typed(desk: Desk, hall: Hall) -> None:
    case = hall.in_hand("2026-09-28 09:10")
    pages = [desk.get("wang", "/desk/register/"), desk.get("wang", "/desk/matters/")]
    pages += [desk.ask("wang", case, verb) for verb in ("answer", "complete", "ask_extension")]
    assert [page.request["PATH_INFO"] for page in pages if "maxlength" in text(page)] == []


def test_a_past_moment_is_taken_and_both_moments_are_kept(desk: Desk) -> None:
    register(desk, received="2026-09-25T16:00", catch_up="outage")
    case = Case.objects.get()
    fact = read(case.stream)[0]
    assert fact.data["catch_up"] == "outage"
    assert (fact.at, fact.recorded_at) == (at("2026-09-25 16:00:00"), at("2026-09-28 11:00:00"))
    assert "补登于" in text(desk.get("zhou", f"/desk/matters/{case.number}/receipt/"))


def test_an_enquiry_needs_no_service_and_may_be_anonymous(desk: Desk) -> None:
    register(desk, kind="enquiry", service="", name="不该记下", phone="", anonymous="on")
    assert Case.objects.get().kind == "enquiry"
    assert (Party.objects.get().name, Party.objects.get().anonymous) == ("", True)


def test_an_on_the_spot_matter_done_in_the_same_visit_is_kept(desk: Desk) -> None:
    register(desk, service="organisation-code-copy", complete="on")
    case = Case.objects.get()
    desk.stand_still("2026-09-28 11:20:00")
    desk.do("zhou", case, "complete", words="已复印盖章", result="done", same_visit="on")
    case.refresh_from_db()
    assert (case.state, case.clock_state) == ("completed", "met")
    assert read(case.stream)[-1].data["visit"] == VISIT


@pytest.mark.parametrize(
    "who, status", [("zhou", 200), ("wang", 200), ("sun", 200), ("chen", 404), ("wu", 404)]
)
def test_who_may_register(desk: Desk, who: str, status: int) -> None:
    assert desk.get(who, "/desk/register/").status_code == status
    assert (register(desk, who, words="").status_code == 422) is (status == 200)


def test_the_checklist_follows_the_service(desk: Desk) -> None:
    page = text(desk.post("zhou", "/desk/register/papers/", **TYPED))
    assert "营业执照副本" in page
    look = register(desk, look="1")
    assert (look.status_code, Case.objects.count()) == (200, 0)
    assert "营业执照副本" in text(look)


@pytest.mark.parametrize(
    "typed, found",
    [
        ({"phone": "13900002207"}, True),
        ({"words": "两台电子台秤要检定"}, True),
        ({"words": "电梯年检", "phone": ""}, False),
    ],
)
def test_possible_duplicates_are_shown(desk: Desk, hall: Hall, typed: dict[str, str], found: bool) -> None:
    register(desk)
    page = text(desk.post("zhou", "/desk/register/similar/", **typed))
    assert (Case.objects.get().number in page) is found


def test_the_other_window_finds_what_was_taken_in_without_a_service(desk: Desk, hall: Hall) -> None:
    post = hall.cast.people["zhou"].appointments.get().post
    appoint(hall.stamp("wu", "2026-01-08 09:00"), hall.cast.people["wu"], post, date(2026, 1, 8))
    register(desk, kind="enquiry", service="")
    case = Case.objects.get()
    for typed in ({"phone": "13900002207"}, {"words": "两台电子台秤要检定"}):
        assert case.number in text(desk.post("wu", "/desk/register/similar/", **typed))
    assert desk.get("wu", f"/desk/matters/{case.number}/").status_code == 200


def test_possible_duplicates_are_asked_for_while_typing(desk: Desk) -> None:
    page = text(desk.get("zhou", "/desk/register/"))
    part = page[page.index("/register/similar/") :][:400]
    assert "input changed delay:500ms from:#id_words" in part
    assert "input changed delay:500ms from:#id_phone" in part
    assert 'hx-sync="this:replace"' in part


def test_the_same_duplicates_are_not_sent_again(desk: Desk) -> None:
    register(desk)
    first = desk.post("zhou", "/desk/register/similar/", phone="13900002207")
    shown = re.findall(r'name="shown" value="([^"]*)"', text(first))
    assert len(shown) == 1
    again = desk.post("zhou", "/desk/register/similar/", phone="13900002207", words="随便", shown=shown[0])
    assert (again.status_code, again.content) == (204, b"")
    other = desk.post("zhou", "/desk/register/similar/", phone="1390000", shown=shown[0])
    assert other.status_code == 200 and "没有发现" in text(other)


def test_possible_duplicates_are_told_apart_by_their_words(desk: Desk) -> None:
    register(desk, words="两台电子秤要检定，在城东")
    page = text(desk.post("zhou", "/desk/register/similar/", phone="13900002207"))
    assert "两台电子秤要检定，在城东" in page


def test_too_little_typed_is_not_called_nothing_found(desk: Desk) -> None:
    page = text(desk.post("zhou", "/desk/register/similar/", phone="139", words="叉"))
    assert "没有发现" not in page and "30 天内" in page


def test_without_a_regulation_in_force_nothing_is_registered(cast: Any, monkeypatch: Any) -> None:
    from tests.cases.desk import Desk as Plain

    class Bare:
        def __init__(self, cast: Any) -> None:
            self.cast = cast

    page = Plain(Bare(cast), monkeypatch).get("zhou", "/desk/register/")  # type: ignore[arg-type]
    assert page.status_code == 409
    assert "还没有施行的制度" in text(page)


def test_one_may_enquire_about_a_service_that_takes_applications(desk: Desk) -> None:
    assert register(desk, kind="enquiry").status_code == 302
    assert Case.objects.get().service == "weighing-instrument-verification"
