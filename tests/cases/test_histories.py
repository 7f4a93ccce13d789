"""Long random histories through the actions: what the tables allow is what is accepted, and rows follow from facts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shounuo.cases import actions, permission
from shounuo.cases.access import NotYours
from shounuo.cases.actions import Before, NotAllowed, NoticeForm, On
from shounuo.cases.models import Case
from shounuo.cases.rebuilding import _batch
from shounuo.organisation.actions import Stamp
from shounuo.rules.engine.verbs import PRECONDITIONS
from shounuo.rules.judgement import ClockState
from tests.cases.conftest import Hall, at

BEGIN = "2026-03-02 09:00"
WHO = ("zhou", "wang", "li", "zhao", "chen", "sun", "he", "zheng", "party")
ENDS = ("answer", "complete", "decline", "refuse_acceptance", "withdraw", "transfer_out", "merge", "restore")
"""Drawn less often, so that histories grow long."""
Say = Callable[[Hall, Before, datetime, Random], dict[str, Any]]


def words(*_rest: Any) -> dict[str, Any]:
    return {"words": "话"}


def extension(hall: Hall, before: Before, when: datetime, chance: Random) -> dict[str, Any]:
    rules = before.edition.pack.commitments
    live = [
        c.rule
        for c in before.judged.clocks
        if c.state is ClockState.RUNNING and c.ended_at is None and rules[c.rule].extension
    ]  # noqa: E501
    return {
        "rule": chance.choice(live or ["handle-in-time"]),
        "by_how_much": "1 working day",
        "reason": "equipment",
        "words": "送检",
    }  # noqa: E501


def later_than_agreed(hall: Hall, before: Before, when: datetime, chance: Random) -> dict[str, Any]:
    from shounuo.ledger.moments import instant

    agreed = before.judged.appointed_at
    latest = max(when, instant(agreed)) if agreed else when
    return {
        "to": latest + timedelta(days=1),
        "reason": "busy",
        "words": "",
        "way": chance.choice(["", "phone"]),
    }


def earlier_of_the_kind(hall: Hall, before: Before, when: datetime, chance: Random) -> dict[str, Any]:
    return {"number": Case.objects.filter(kind=before.case.kind).earliest("pk").number, "way": "phone"}


SAID: dict[str, Say] = {
    "take_up": lambda h, b, w, c: {"section": h.cast.units["metrology"]},
    "accept": lambda *_: {}, "mark_complete": lambda *_: {}, "accept_hand_over": lambda *_: {}, "arrive": lambda *_: {},
    "grant_extension": lambda *_: {}, "close": lambda *_: {},
    "refuse_acceptance": lambda *_: {"reasons": ["other"], "words": "x"}, "decline": lambda *_: {"reasons": ["other"], "words": "x"},  # noqa: E501
    "issue_notice": lambda h, b, w, c: {"form": NoticeForm(c.choice([["licence-copy"], []]), remarks="请补", new_requirement=c.choice(["", "rule_changed"]))},  # noqa: E501
    "receive_materials": lambda h, b, w, c: {"materials": list(b.judged.asked)[:1] or ["licence-copy"]},
    "hand_over": lambda h, b, w, c: {"section": h.cast.units[c.choice(["metrology", "window"])]},
    "return_hand_over": lambda *_: {"reason": "not_ours", "words": "x"}, "tell_section": lambda *_: {"way": "phone"},
    "assign": lambda h, b, w, c: {"person": h.cast.id(c.choice(["wang", "li", "zhao"])), "section": h.cast.units["metrology"]},  # noqa: E501
    "promise_date": lambda h, b, w, c: {"day": (w + timedelta(days=3)).date()},
    "request_extension": extension, "tell_extension": lambda *_: {"way": "phone"}, "explain": words,
    "guide": lambda h, b, w, c: {"section": h.cast.units["metrology"], "way": "point_out"},
    "tell_party": lambda *_: {"of": "delay", "way": "phone"}, "appoint": lambda h, b, w, c: {"date": w + timedelta(hours=5)},  # noqa: E501
    "defer": later_than_agreed, "record_visit": lambda *_: {"visit": "v1"}, "answer": lambda *_: {"words": "x", "way": "phone"},  # noqa: E501
    "relay": lambda *_: {"to": "省院", "way": "letter", "words": "x"}, "transfer_out": lambda *_: {"to": "省院", "way": "letter", "words": "x"},  # noqa: E501
    "merge": earlier_of_the_kind, "tell_askers": lambda *_: {"way": "phone", "words": "x"},
    "return_visit": lambda *_: {"way": "phone", "reached": True, "satisfied": None, "words": "x"},
    "rate": lambda h, b, w, c: {"level": c.randint(1, 5)}, "record_rating": lambda h, b, w, c: {"level": c.randint(1, 5), "channel": "phone", "words": "x"},  # noqa: E501
    "contact_rater": lambda *_: {"way": "phone", "words": "x"}, "appeal_rating": lambda *_: {"reason": "mistaken", "words": "x"},  # noqa: E501
    "decide_rating_appeal": lambda h, b, w, c: {"upheld": c.random() < 0.5, "words": "x"}, "dispute": lambda *_: {"reason": "other", "words": "x"},  # noqa: E501
    "reopen": lambda *_: {"reason": "other", "words": "x"}, "correct": lambda *_: {"seq": 1, "reason": "other", "words": "x"},  # noqa: E501
}  # fmt: skip
"""What is said with a verb, right for the matter as it stands; the others take words only."""


def expected(before: Before, verb: str, who: Any) -> str | None:
    """The reason the page would show, or None."""
    why = permission.refusal(who, before.judged.verbs[verb], before.case, before.facts)
    return why.code if why else None


def attempt(hall: Hall, case: Case, verb: str, name: str, when: datetime, chance: Random) -> None:
    """One verb tried; the outcome is what the tables said."""
    who = actor_of(hall, name)
    before = actions.stand(case.stream, when)
    wanted = expected(before, verb, who)
    on = On(case.stream, who, Stamp(who.actor_id if who else "party", when, when))
    try:
        getattr(actions, verb)(on, **SAID.get(verb, words)(hall, before, when, chance))
        found = None
    except (NotAllowed, NotYours) as refused:
        found = refused.why.code
    assert found == wanted, (verb, name, before.judged.state, [f.kind for f in before.facts])


def actor_of(hall: Hall, name: str) -> Any:
    """Nobody changes post meanwhile: each is looked up once."""
    kept = hall.__dict__.setdefault("actors", {"party": None})
    return kept[name] if name in kept else kept.setdefault(name, hall.cast.actor(name, at(BEGIN)))


def somebody(hall: Hall, case: Case, verb: str, when: datetime, chance: Random) -> str:
    """Mostly somebody who may, so that histories get anywhere."""
    before = actions.stand(case.stream, when)
    may = [name for name in WHO if expected(before, verb, actor_of(hall, name)) is None]
    return chance.choice(may) if may and chance.random() < 0.7 else chance.choice(WHO)


@pytest.mark.django_db
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32), kind=st.sampled_from(["application", "enquiry", "repair", "suggestion"]))
def test_in_every_history_allowed_is_accepted_and_rows_follow_from_facts(
    hall: Hall, seed: int, kind: str
) -> None:
    chance, when = Random(seed), at(BEGIN)  # noqa: S311 - a history, no secret
    service = {"service": "weighing-instrument-verification"} if kind == "application" else {"service": ""}
    hall.ask(BEGIN, kind=kind, **service)  # an earlier one to merge with
    who = chance.choice(["zhou", "party"])
    case = hall.ask(BEGIN, who=who, kind=kind, channel="window" if who == "zhou" else "portal", **service)
    verbs = [v for v in PRECONDITIONS if v not in ENDS] * 3 + list(ENDS)
    for _step in range(25):
        when += timedelta(minutes=chance.choice([1, 30, 240, 1500]))
        if chance.random() < 0.1:
            actions.let_time_pass(case.stream, when)
        verb = chance.choice(verbs)
        attempt(hall, case, verb, somebody(hall, case, verb, when, chance), when, chance)
    assert list(_batch(list(Case.objects.filter(kind=kind)))) == []
