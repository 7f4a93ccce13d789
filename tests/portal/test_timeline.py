"""What the person who asked reads of their matter's history, and what stays inside the house."""

from datetime import datetime
from typing import Any

import pytest

from shounuo.portal.timeline import PUBLIC, _entry, _for_all
from shounuo.rules.facts import FACT_KINDS, Fact
from tests.cases.conftest import Hall
from tests.portal.conftest import Visitor

INSIDE = frozenset(
    {"delegated", "extension_requested", "extension_granted", "extension_refused", "returned", "joined", "warned",
     "rating_appealed", "rating_appeal_decided", "corrected"}
)  # fmt: skip
"""Kinds that are never told: matters of the house, other people's matters, and what a message of its own tells."""
NOON = datetime(2026, 11, 9, 12)  # noqa: DTZ001 - civil time


def test_every_kind_of_fact_is_either_told_or_kept_inside() -> None:
    assert set(PUBLIC) | INSIDE == set(FACT_KINDS) and not set(PUBLIC) & INSIDE


def line(hall: Hall, what: str, data: dict[str, Any]) -> str:
    from shounuo.portal.matters import matter_of
    from tests.cases.conftest import at

    found = matter_of(hall.in_hand("2026-11-09 09:10:00").stream, at("2026-11-09 13:00"))
    return _entry(Fact(9, what, NOON, NOON, "", data), found, {}, {}).text


@pytest.mark.parametrize(
    ("kind", "data", "told"),
    [
        ("accepted", {}, "受理"),
        ("accepted", {"deemed": True}, "期限内没有告知，自收到之日起视为受理"),
        ("return_visited", {"reached": True}, "回访"),
        ("return_visited", {"reached": False}, "回访，没有联系上您"),
        ("reclassified", {"kind": "enquiry"}, "改按“咨询”办理"),
        ("party_told", {"of": "rating"}, "告知您：就您的评价与您联系"),
        ("party_told", {"of": "delay"}, "告知您：没有按期的原因"),
        ("closed", {}, "归档"),
        ("due_moved", {"new": "2026-11-13T17:30:00"}, "日历或制度有改动，期限改为 11月13日 周五 17:30"),
        ("due_moved", {"new": "2027-01-04T17:30:00"}, "日历或制度有改动，期限改为 2027年1月4日 周一 17:30"),
    ],
)
@pytest.mark.django_db
def test_a_line_says_what_happened(
    visitor: Visitor, hall: Hall, kind: str, data: dict[str, Any], told: str
) -> None:
    assert line(hall, kind, data) == told


@pytest.mark.django_db
def test_a_day_of_the_next_year_keeps_its_year_when_read_in_that_year(visitor: Visitor, hall: Hall) -> None:
    from shounuo.portal.matters import matter_of
    from tests.cases.conftest import at

    found = matter_of(hall.in_hand("2026-11-09 09:10:00").stream, at("2027-01-02 13:00"))
    fact = Fact(9, "appointed", NOON, NOON, "", {"date": "2027-01-04T09:00:00"})
    assert "2027年1月4日" in _entry(fact, found, {}, {}).text


def test_a_change_of_the_service_alone_is_the_houses_own_matter() -> None:
    assert not _for_all(Fact(9, "reclassified", NOON, NOON, "", {"service": "x"}), {})
