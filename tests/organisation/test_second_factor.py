"""Codes, recovery codes, sessions, and the lock by address."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from shounuo.organisation.actions import (
    NotPossible,
    Stamp,
    begin_codes,
    confirm_codes,
    count_try,
    forget_codes,
    forget_tries,
    take_code,
)
from shounuo.organisation.actions.tries import MOST_WRONG_FROM_ONE_ADDRESS
from shounuo.organisation.models import SignedIn
from tests.conftest import PASSWORD

AT = datetime(2026, 11, 11, 2, 0, tzinfo=UTC)
STAMP = Stamp("", AT)


def later(seconds):
    return AT + timedelta(seconds=seconds)


@pytest.fixture
def wang(cast):
    return cast.people["wang"].account


@pytest.fixture
def codes(wang):
    """The authenticator of an account with a second factor, and its recovery codes."""
    device = pyotp.TOTP(begin_codes(wang))
    return device, confirm_codes(STAMP, wang, device.at(AT))


def test_a_code_opens_the_door_once(wang, codes):
    device, _words = codes
    assert take_code(wang, device.at(later(60)), later(60))
    assert not take_code(wang, device.at(later(60)), later(61))


def test_the_code_of_the_enrolment_opens_nothing_more(wang, codes):
    assert not take_code(wang, codes[0].at(AT), AT)


@pytest.mark.parametrize(("seconds", "opens"), [(30, True), (-30, True), (90, False), (-90, False)])
def test_a_clock_may_be_half_a_minute_off_and_no_more(wang, codes, seconds, opens):
    now = later(600)
    assert take_code(wang, codes[0].at(now + timedelta(seconds=seconds)), now) is opens


@pytest.mark.parametrize("said", ["", "000000x", "１２３４５６", "12345", "abcde-abcde"])
def test_what_is_no_code_opens_nothing(wang, codes, said):
    assert not take_code(wang, said, later(60))


def test_a_recovery_code_opens_the_door_once_however_it_is_typed(wang, codes):
    word = codes[1][3]
    assert take_code(wang, f" {word.upper().replace('-', ' ')} ", later(60))
    assert not take_code(wang, word, later(61))
    assert len(set(codes[1])) == 10


def test_a_wrong_first_code_turns_nothing_on(wang):
    begin_codes(wang)
    with pytest.raises(NotPossible, match="口令不正确"):
        confirm_codes(STAMP, wang, "000000")
    assert not wang.asks_for_code


def test_the_secret_lies_nowhere_in_the_database(wang, codes):
    assert codes[0].secret not in {wang.code_seed, wang.password}


def test_a_new_enrolment_has_a_new_secret(wang, codes):
    forget_codes(STAMP, wang)
    assert begin_codes(wang) != codes[0].secret
    assert not wang.recovery_codes.exists()


def test_the_password_alone_is_not_enough(client, wang, codes):
    answer = client.post("/sign-in/", {"name": "wang", "password": PASSWORD, "next": "/who/"})
    assert answer.url == "/sign-in/code/"
    assert "_auth_user_id" not in client.session
    assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 422
    assert client.post("/sign-in/code/", {"code": codes[0].at(timezone.now())}).url == "/who/"
    assert "_auth_user_id" in client.session


def test_guessing_codes_locks_the_name(client, wang, codes):
    client.post("/sign-in/", {"name": "wang", "password": PASSWORD})
    for _guess in range(4):
        client.post("/sign-in/code/", {"code": "000000"})
    page = client.post("/sign-in/code/", {"code": codes[0].at(timezone.now())})
    assert "15 分钟后再试" in page.content.decode()


def test_without_the_password_there_is_no_second_step(client, wang, codes):
    assert client.get("/sign-in/code/").url == "/sign-in/"


def test_roles_that_need_a_second_factor_set_it_up_first(client, cast, settings):
    settings.CODE_ROLES = ["administrator"]
    client.post("/sign-in/", {"name": "wu", "password": PASSWORD})
    assert client.get("/organisation/").url == "/account/codes/"
    page = client.post("/account/codes/", {"begin": "1"})
    code = pyotp.TOTP(page.context["secret"].replace(" ", "")).now()
    assert len(client.post("/account/codes/", {"code": code}).context["words"]) == 10
    assert client.get("/organisation/").status_code == 200
    assert client.get("/account/codes/off/").url == "/account/"


def test_turning_it_off_needs_the_password(client, wang, codes):
    client.force_login(wang, "django.contrib.auth.backends.ModelBackend")
    assert client.post("/account/codes/off/", {"password": "wrong"}).status_code == 422
    client.post("/account/codes/off/", {"password": PASSWORD})
    wang.refresh_from_db()
    assert not wang.asks_for_code


def test_looking_at_the_page_writes_nothing(client, wang):
    client.force_login(wang, "django.contrib.auth.backends.ModelBackend")
    assert client.get("/account/codes/").status_code == 200
    wang.refresh_from_db()
    assert wang.code_seed == ""


def test_browsers_are_listed_and_ended_one_by_one(cast, client):
    other = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Safari/604.1"})
    for one in (client, other):
        one.post("/sign-in/", {"name": "wang", "password": PASSWORD})
    page = client.get("/account/")
    assert "Safari · iPhone" in page.content.decode()
    phone = next(row["one"].pk for row in page.context["sessions"] if not row["here"])
    client.post("/account/sessions/end/", {"session": phone})
    assert other.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


def test_nobody_ends_somebody_else_s_session(cast, client):
    other = Client()
    other.post("/sign-in/", {"name": "li", "password": PASSWORD})
    client.post("/sign-in/", {"name": "wang", "password": PASSWORD})
    client.post("/account/sessions/end/", {"session": SignedIn.objects.get(account__sign_in_name="li").pk})
    assert other.get("/account/").status_code == 200


def test_a_new_password_signs_out_everywhere_but_here(cast, client):
    other = Client()
    for one in (client, other):
        one.post("/sign-in/", {"name": "wang", "password": PASSWORD})
    client.post("/account/password/", {"old": PASSWORD, "new": "mine-alone-77", "again": "mine-alone-77"})
    assert (client.get("/account/").status_code, other.get("/account/").status_code) == (200, 302)
    assert SignedIn.objects.count() == 1


@pytest.mark.parametrize("new", ["short", "1234567890123", "password123"])
def test_a_poor_password_is_refused(cast, client, new):
    client.post("/sign-in/", {"name": "wang", "password": PASSWORD})
    page = client.post("/account/password/", {"old": PASSWORD, "new": new, "again": new})
    assert page.status_code == 422


def test_an_address_is_locked_whatever_names_it_tries(db):
    tries = [count_try(f"name{n}", AT, "203.0.113.7") for n in range(MOST_WRONG_FROM_ONE_ADDRESS + 1)]
    assert tries == [True] * MOST_WRONG_FROM_ONE_ADDRESS + [False]
    assert count_try("name1", AT, "203.0.113.8")
    assert count_try("name1", AT + timedelta(minutes=15), "203.0.113.7")


def test_right_passwords_do_not_lock_an_office_out(db):
    for n in range(100):
        assert count_try(f"name{n}", AT, "203.0.113.7")
        forget_tries(f"name{n}", "203.0.113.7")


def test_one_s_own_account_does_not_buy_new_guesses_at_others(db):
    for n in range(MOST_WRONG_FROM_ONE_ADDRESS - 1):
        count_try(f"name{n}", AT, "203.0.113.7")
    assert count_try("own", AT, "203.0.113.7")
    forget_tries("own", "203.0.113.7")
    assert [count_try(name, AT, "203.0.113.7") for name in ("other", "another")] == [True, False]


def test_a_name_with_a_null_character_is_a_bad_request(cast, client, settings):
    settings.DEMO = True
    assert client.post("/who/become/", {"account": "wa\0ng"}).status_code == 400
