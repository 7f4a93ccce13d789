"""What a bad rating began is in no list and no figure of those who were rated."""

import re
from typing import Any

import pytest
from django.urls import reverse

from shounuo.cases import actions
from shounuo.cases.models import Case
from shounuo.commitments import access
from shounuo.rules.loading import load_pack
from shounuo.site import loops
from tests.cases.conftest import PACKS, Hall, at
from tests.cases.desk import Desk

CONTACT = "bad-rating-contact"
MATTERS = reverse("promise-matters", args=[CONTACT]) + "?ever=1"


@pytest.fixture
def power(cast: Any) -> Hall:
    """The same house under the supply unit's regulation."""
    return Hall(cast, load_pack(PACKS / "daqing-power-unit"))


@pytest.fixture
def desk(power: Hall, monkeypatch: Any) -> Desk:
    """The desk in the middle of September 2026, when the contact that a bad rating asks for is late."""
    found = Desk(power, monkeypatch)
    found.stand_still("2026-09-22 11:00:00")
    return found


def rated_badly(hall: Hall, handler: str) -> Case:
    case = hall.ask(
        "2026-09-14 09:00:00", who=handler, kind="repair", service="fault-repair", words="停电", place="rural"
    )
    actions.restore(hall.on(case.stream, handler, "2026-09-14 09:30:00"), "换保险")
    case = actions.rate(hall.on(case.stream, "party", "2026-09-14 10:00:00"), 1, "很慢")
    loops.sweep(at("2026-09-22 10:00"))
    return case


READERS = [("sun", True), ("zhao", True), ("chen", True), ("wang", False), ("li", False), ("zhou", False)]


@pytest.mark.parametrize("who, sees", READERS)
def test_who_reads_ratings_reads_their_clocks_and_nobody_else(
    desk: Desk, power: Hall, who: str, sees: bool
) -> None:
    case = rated_badly(power, "wang")
    assert (case.number in desk.get(who, MATTERS).content.decode()) is sees
    actor = power.cast.actor(who, at("2026-09-22 11:00"))
    assert access.alarms_seen_by(actor).filter(rule=CONTACT).exists() is sees


@pytest.mark.parametrize("who, sees", READERS)
def test_no_figure_tells_the_rated_that_the_rating_was_bad(
    desk: Desk, power: Hall, who: str, sees: bool
) -> None:
    rated_badly(power, "wang")
    page = desk.get(who, reverse("promise-table"))
    lines = {line.key: line.tally for line in (*page.context["lines"], *page.context["silent"])}
    assert bool(lines[CONTACT].due) is sees
    clause = reverse("regulation-clause", args=[power.adoption.pk, "003-1/第四条"])
    tallies = {one.key: tally for one, tally in desk.get(who, clause).context["rules"]}
    assert bool(tallies[CONTACT].due) is sees


def test_a_head_reads_nothing_of_the_ratings_of_their_own_work(desk: Desk, power: Hall) -> None:
    own, other = rated_badly(power, "zhao"), rated_badly(power, "wang")
    shown = set(re.findall(r"2026-\d{6}", desk.get("zhao", MATTERS).content.decode()))
    assert own.number not in shown and other.number in shown
    assert {own.number, other.number} <= set(
        re.findall(r"2026-\d{6}", desk.get("sun", MATTERS).content.decode())
    )


def test_the_matrix_counts_them_only_for_those_who_read_ratings(desk: Desk, power: Hall) -> None:
    rated_badly(power, "wang")
    page = reverse("clause-matrix", args=[power.adoption.pk])

    def broken(who: str) -> int:
        answer = desk.get(who, page)
        return sum(cell.evidence.broken for _heading, cells in answer.context["groups"] for cell in cells)

    assert broken("sun") > broken("wang")
