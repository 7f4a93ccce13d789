"""Number and secret: alike answers, counted tries, a session's own matters."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from shounuo.cases.receipts import secret_of
from shounuo.portal.actions import MOST_WRONG, WINDOW, count_wrong, forget_old_openings, may_open
from shounuo.portal.models import OpeningTry
from tests.cases.conftest import Hall
from tests.portal.conftest import Visitor

pytestmark = pytest.mark.django_db
WHEN = "2026-11-10 10:00:00"


def words_of(page: Any) -> list[str]:
    return [str(one) for one in page.context["form"].non_field_errors()]


def test_number_and_secret_open_the_matter(visitor: Visitor, hall: Hall) -> None:
    case = hall.ask(WHEN)
    assert visitor.open(case).headers["Location"] == f"/progress/{case.number}/"
    assert case.number in visitor.client.get(f"/progress/{case.number}/").content.decode()


def test_the_short_address_opens_and_leads_to_one_without_the_secret(visitor: Visitor, hall: Hall) -> None:
    case = hall.ask(WHEN)
    answer = visitor.client.get(f"/p/{case.number}/{secret_of(case.stream)}/")
    assert answer.headers["Location"] == f"/progress/{case.number}/"


def test_opening_changes_the_session_s_key(visitor: Visitor, hall: Hall) -> None:
    case = hall.ask(WHEN)
    visitor.say("kind", kind="enquiry")
    known = visitor.client.cookies["sessionid"].value
    visitor.open(case)
    thief = Client()
    thief.cookies["sessionid"] = known
    assert thief.get(f"/progress/{case.number}/").status_code == 302
    assert visitor.client.get(f"/progress/{case.number}/").status_code == 200


def test_a_wrong_number_and_a_wrong_secret_answer_alike(visitor: Visitor, hall: Hall) -> None:
    case = hall.ask(WHEN)
    secret = visitor.cannot_open(case.number, "ABCD-EFGH")
    number = visitor.cannot_open("2026-999999", secret_of(case.stream))
    assert secret.status_code == number.status_code == 422 and words_of(secret) == words_of(number) != []


@pytest.mark.parametrize("number", ["2026-000001", "2026-999999", "x", "2026-000001\x00"])
def test_without_the_secret_every_number_leads_to_the_form(visitor: Visitor, hall: Hall, number: str) -> None:
    hall.ask(WHEN)
    assert visitor.client.get(f"/progress/{number}/").headers["Location"].startswith("/progress/?number=")


def test_what_one_session_opened_another_does_not_see(visitor: Visitor, hall: Hall) -> None:
    case = hall.ask(WHEN)
    visitor.open(case)
    assert Client().get(f"/progress/{case.number}/").status_code == 302


def test_closing_takes_the_matter_out_of_the_session(visitor: Visitor, hall: Hall) -> None:
    case = hall.ask(WHEN)
    visitor.open(case)
    visitor.client.post(f"/progress/{case.number}/close/")
    assert visitor.client.get(f"/progress/{case.number}/").status_code == 302


def test_after_twenty_wrong_tries_even_the_right_secret_waits(
    visitor: Visitor, hall: Hall, stand_at: Callable[[str], datetime]
) -> None:
    stand_at("2026-11-11 10:00:00")
    case = hall.ask(WHEN)
    for _try in range(MOST_WRONG):
        visitor.open(case, "WRONG")
    assert visitor.cannot_open(case.number, secret_of(case.stream)).status_code == 422
    stand_at("2026-11-11 10:15:00")
    assert visitor.open(case).status_code == 302


def test_the_short_address_counts_wrong_tries_too(visitor: Visitor, hall: Hall) -> None:
    hall.ask(WHEN)
    assert visitor.client.get("/p/2026-999999/ABCD/").status_code == 422
    assert OpeningTry.objects.get().wrong == 1


def test_the_address_itself_is_not_kept(db: None, now: datetime) -> None:
    count_wrong("192.0.2.7", now)
    assert "192.0.2.7" not in OpeningTry.objects.get().address_hash


def test_counts_that_bar_nobody_are_forgotten(db: None, now: datetime) -> None:
    count_wrong("192.0.2.7", now)
    assert may_open("192.0.2.7", now) and forget_old_openings(now + WINDOW - timedelta(seconds=1)) == 0
    assert forget_old_openings(now + WINDOW) == 1


def test_what_did_not_open_is_shown_once_and_not_to_who_comes_next(visitor: Visitor, hall: Hall) -> None:
    assert "ABCD-EFGH" in visitor.cannot_open(hall.ask(WHEN).number, "ABCD-EFGH").content.decode()
    assert "ABCD-EFGH" not in visitor.client.get("/progress/").content.decode()
