"""The wall's figures, counted by hand."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shounuo.cases import actions
from shounuo.commitments.tallies import first_of_month
from shounuo.portal.wall import Figures
from tests.cases.conftest import Hall
from tests.portal.conftest import Visitor
from tests.portal.test_progress import complete

pytestmark = pytest.mark.django_db
RULE = "handle-in-time"


def shown(client: Client, rule: str = RULE, address: str = "/") -> Figures:
    promises = client.get(address).context["promises"]
    found: Figures = next(one for one in promises if one.key == rule).now
    return found


def test_kept_and_broken_are_what_a_hand_counts(
    visitor: Visitor, hall: Hall, stand_at: Callable[[str], datetime]
) -> None:
    complete(hall, "2026-10-12", "2026-10-16 17:30:00")  # due 10-16 17:30: the due instant itself is kept
    complete(hall, "2026-10-13", "2026-10-19 17:30:01")  # due 10-19: one second late
    complete(hall, "2026-10-14", "2026-10-15 10:00:00")  # due 10-20, long done
    complete(hall, "2026-11-02", "")  # due 11-06, still open and not yet swept
    complete(hall, "2026-11-09", "2026-11-10 10:00:00")  # due 11-13: not due yet on the 11th
    complete(hall, "2026-11-10", "")  # running
    stand_at("2026-11-11 10:00:00")
    assert shown(visitor.client) == Figures(kept=2, broken=2)
    assert shown(visitor.client, address="/?month=2026-10") == Figures(kept=2, broken=1)
    assert shown(visitor.client, address="/?month=2026-11") == Figures(kept=0, broken=1)


def test_the_sweep_changes_nothing_on_the_wall(
    visitor: Visitor, hall: Hall, stand_at: Callable[[str], datetime]
) -> None:
    case = complete(hall, "2026-11-02", "")
    moment = stand_at("2026-11-11 10:00:00")
    before = shown(visitor.client)
    actions.let_time_pass(case.stream, moment)
    assert shown(visitor.client) == before == Figures(0, 1)


def test_at_the_due_instant_itself_nothing_is_late(
    visitor: Visitor, hall: Hall, stand_at: Callable[[str], datetime]
) -> None:
    complete(hall, "2026-11-02", "")
    stand_at("2026-11-06 17:30:00")
    assert shown(visitor.client) == Figures(0, 0)


def test_a_withdrawn_matter_is_not_counted(
    visitor: Visitor, hall: Hall, stand_at: Callable[[str], datetime]
) -> None:
    case = complete(hall, "2026-11-02", "")
    actions.withdraw(hall.on(case.stream, "party", "2026-11-03 10:00:00"))
    stand_at("2026-11-11 10:00:00")
    assert shown(visitor.client) == Figures(0, 0)


def test_checks_count_kept_and_broken(
    visitor: Visitor, hall: Hall, stand_at: Callable[[str], datetime]
) -> None:
    for day, times in (("02", 1), ("03", 2)):
        case = hall.in_hand(f"2026-11-{day} 09:10:00")
        for hour in range(times):
            actions.issue_notice(
                hall.on(case.stream, "wang", f"2026-11-{day} 1{hour}:40:00"),
                actions.NoticeForm(["licence-copy"]),
            )
    stand_at("2026-11-11 10:00:00")
    assert shown(visitor.client, "one-complete-notice") == Figures(kept=1, broken=1)


def test_the_promise_page_counts_the_same_by_month_and_by_section(
    visitor: Visitor, hall: Hall, stand_at: Callable[[str], datetime]
) -> None:
    complete(hall, "2026-10-12", "2026-10-16 17:30:00")
    complete(hall, "2026-11-02", "2026-11-09 10:00:00")
    stand_at("2026-11-11 10:00:00")
    page = visitor.client.get(f"/promises/{RULE}/").context
    assert dict(page["months"]) | {} == {
        first_of_month(date(2026, 11, 1), n): Figures() for n in range(12)
    } | {
        date(2026, 10, 1): Figures(1, 0),
        date(2026, 11, 1): Figures(0, 1),
    }
    assert page["sections"] == [("计量科", Figures(1, 1))]


def test_the_wall_asks_a_few_questions_however_many_matters(
    visitor: Visitor, hall: Hall, stand_at: Callable[[str], datetime]
) -> None:
    from django.db import connection

    stand_at("2026-11-11 10:00:00")

    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            visitor.client.get("/")
        return len(asked)

    visitor.client.get("/")
    few = questions()
    complete(hall, "2026-10-12")
    assert questions() == few <= 8


@pytest.mark.parametrize(
    "month", ["x", "2026-13", "99999999999999999999-01", "0000-01", "2031-01", "2026-10-10", "’"]
)
def test_a_month_nobody_offers_means_all_twelve(visitor: Visitor, month: str) -> None:
    assert visitor.client.get("/", {"month": month}).context["month"] is None
