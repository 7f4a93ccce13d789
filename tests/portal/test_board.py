"""The hall's wall screen: numbers of today and promises, refreshing by itself, naming nobody."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.cases.conftest import Hall
from tests.portal.conftest import Visitor
from tests.portal.test_progress import complete

pytestmark = pytest.mark.django_db


def test_today_counts_what_came_and_went_today(
    visitor: Visitor, hall: Hall, stand_at: Callable[[str], datetime]
) -> None:
    complete(hall, "2026-11-02", "2026-11-11 09:00:00")  # due on the 6th: late
    complete(hall, "2026-11-09", "2026-11-11 09:30:00")
    hall.ask("2026-11-11 09:40:00")
    hall.ask("2026-11-10 16:00:00")
    stand_at("2026-11-11 10:00:00")
    told = visitor.client.get("/wall/").context["today"]
    assert (told.received, told.finished, told.kept, told.ended, told.open) == (1, 2, 1, 2, 2)


def test_it_turns_its_own_pages_and_can_be_stopped(visitor: Visitor, hall: Hall) -> None:
    page = visitor.client.get("/wall/")
    assert page.headers["Refresh"] == "20; url=?page=2"
    last = visitor.client.get("/wall/", {"page": page.context["page"].pages})
    assert last.headers["Refresh"] == "20; url=?page=1"
    assert "Refresh" not in visitor.client.get("/wall/", {"stay": "1"}).headers


@pytest.mark.parametrize("page", ["0", "99", "x", "-1", "1" * 50, "²"])
def test_an_odd_page_is_the_first(visitor: Visitor, hall: Hall, page: str) -> None:
    assert visitor.client.get("/wall/", {"page": page}).context["page"].number == 1


def test_nobody_is_named(visitor: Visitor, hall: Hall) -> None:
    case = hall.in_hand("2026-11-09 09:10:00", name="沈小满", phone="139 0000 7301", words="菜市场的秤")
    page = visitor.client.get("/wall/").content.decode()
    assert [one for one in ("沈小满", "7301", "菜市场", case.number, "王敏", "周倩") if one in page] == []
