from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from shounuo.organisation.actions import (
    NotPossible,
    Stamp,
    close_account,
    count_try,
    enrol,
    forget_old_tries,
    forget_tries,
    open_account,
    set_password,
)
from shounuo.organisation.models import SignInTry
from tests.conftest import PASSWORD

AT = datetime(2026, 11, 11, 2, 0, tzinfo=UTC)
STAMP = Stamp("admin", AT)


def sign_in(client, name="wang", password=PASSWORD, **more):
    return client.post("/sign-in/", {"name": name, "password": password, **more})


def signed_in(client):
    return "_auth_user_id" in client.session


def test_the_right_password_opens_the_door(cast, client):
    answer = sign_in(client, " Wang ", next="/who/")
    assert (answer.status_code, answer.url) == (302, "/who/")
    assert signed_in(client)


def test_no_browser_keeps_a_page_for_staff(cast, client):
    sign_in(client)
    assert "no-store" in client.get("/desk/").headers["Cache-Control"]


def test_a_form_that_is_too_old_is_told_in_our_own_words(cast):
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"name": "wang", "password": PASSWORD})
    assert answer.status_code == 403
    assert "这次提交没有收下" in answer.content.decode()


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(cast, client, elsewhere):
    assert sign_in(client, next=elsewhere).url == "/desk/"


def test_a_wrong_name_and_a_wrong_password_answer_alike(cast, client):
    wrong, unknown = sign_in(client, password="x"), sign_in(client, name="ghost", password="x")
    assert wrong.status_code == unknown.status_code == 422
    told = [str(answer.context["form"].non_field_errors()) for answer in (wrong, unknown)]
    assert told[0] == told[1] != ""


def test_what_was_typed_is_kept_but_not_the_password(cast, client):
    page = sign_in(client, name="wangmin", password="typed-secret").content.decode()
    assert 'value="wangmin"' in page
    assert "typed-secret" not in page


def test_an_empty_field_is_named(cast, client):
    answer = sign_in(client, password="")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["password"]


@pytest.mark.parametrize("name", ["wang", "ghost"])
def test_after_five_wrong_tries_the_name_is_locked_known_or_not(cast, client, name):
    for _ in range(5):
        assert "15 分钟后再试" not in sign_in(client, name, "x").content.decode()
    assert "15 分钟后再试" in sign_in(client, name).content.decode()
    assert not signed_in(client)


def test_a_lock_ends_after_a_quarter_of_an_hour_even_if_somebody_keeps_trying(db):
    assert [count_try("wang", AT + timedelta(minutes=n)) for n in range(7)] == [True] * 5 + [False] * 2
    assert not count_try("wang", AT + timedelta(minutes=18, seconds=59))
    assert count_try("WANG ", AT + timedelta(minutes=19))


def test_old_wrong_tries_are_not_added_up_for_ever(db):
    assert all(count_try("wang", AT + timedelta(minutes=15 * n)) for n in range(20))


def test_the_right_password_starts_the_count_afresh(db):
    for _ in range(4):
        count_try("wang", AT)
    forget_tries("wang")
    assert all(count_try("wang", AT) for _ in range(5))


def test_a_name_typed_wrongly_is_not_kept(cast, client):
    sign_in(client, name="my-secret-password")
    assert "my-secret-password" not in str(SignInTry.objects.values())
    assert forget_old_tries(datetime(2100, 1, 1, tzinfo=UTC)) == 2  # for the name and for the address


def test_a_closed_account_is_shut_out_at_its_next_request(cast, client):
    sign_in(client)
    close_account(STAMP, cast.people["wang"].account)
    assert client.get("/sign-in/").context["actor"] is None


def test_a_new_password_ends_other_sessions(cast, client):
    sign_in(client)
    set_password(STAMP, cast.people["wang"].account, "another-good-one")
    assert client.get("/sign-in/").context["actor"] is None


def test_signing_out_needs_a_post(cast, client):
    sign_in(client)
    assert client.get("/sign-out/").status_code == 405
    client.post("/sign-out/")
    assert not signed_in(client)


def test_a_weak_password_is_refused(cast):
    person = enrol(STAMP, cast.house, "Q999", "新人")
    with pytest.raises(ValidationError):
        open_account(STAMP, person, "new", "12345")


def test_a_sign_in_name_is_taken_once_whatever_its_case(cast):
    person = enrol(STAMP, cast.house, "Q999", "新人")
    with pytest.raises(NotPossible, match="wang"):
        open_account(STAMP, person, "WANG", PASSWORD)


def test_outside_the_demonstration_nobody_chooses_who_to_be(cast, client, settings):
    settings.DEMO = False
    assert client.get("/who/").status_code == 404
    assert client.post("/who/become/", {"account": "wu"}).status_code == 404
    assert not signed_in(client)


def test_in_the_demonstration_one_click_signs_in(cast, client, settings):
    settings.DEMO = True
    page = client.get("/who/").content.decode()
    assert all(person.name_zh in page for person in cast.people.values())
    assert client.get("/who/become/").status_code == 405
    client.post("/who/become/", {"account": "wu"})
    assert client.get("/who/").context["actor"].has("administrator")


def test_a_closed_account_is_not_offered_in_the_demonstration(cast, client, settings):
    settings.DEMO = True
    close_account(STAMP, cast.people["wang"].account)
    assert "王敏" not in client.get("/who/").content.decode()
    assert client.post("/who/become/", {"account": "wang"}).status_code == 404


def test_without_its_token_a_form_is_refused(cast, settings):
    from django.test import Client

    assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403
