"""Who sees a matter: a table of the cast; not found and not yours answer alike."""

import pytest

from shounuo.cases import access, actions
from shounuo.cases.access import GRANTS, PARTY_VERBS, NotYours
from shounuo.rules.engine.verbs import PRECONDITIONS
from tests.cases.conftest import Hall, at

WHEN = "2026-03-02 09:00"
SEES = {
    "zhou": True,
    "wang": True,
    "li": True,
    "zhao": True,
    "chen": True,
    "sun": True,
    "he": False,
    "wu": False,
    "zheng": True,
}


@pytest.mark.parametrize(("name", "seen"), SEES.items())
def test_who_sees_a_matter_of_the_metrology_section(hall: Hall, name: str, seen: bool) -> None:
    case = hall.in_hand(WHEN)
    actor = hall.cast.actor(name, at(WHEN))
    assert (access.find(actor, case.number) is not None) == seen
    assert access.seen_by(actor).filter(pk=case.pk).exists() == seen


def test_a_number_that_does_not_exist_answers_like_one_that_is_not_yours(hall: Hall) -> None:
    actor = hall.cast.actor("he", at(WHEN))
    assert access.find(actor, hall.in_hand(WHEN).number) is access.find(actor, "2026-999999") is None


def test_clerks_see_what_nobody_has_taken_up_and_handlers_elsewhere_do_not(hall: Hall) -> None:
    case = hall.ask(WHEN, who="party", section="standards", service="", kind="enquiry", channel="portal")
    assert access.find(hall.cast.actor("zhou", at(WHEN)), case.number) is not None
    assert access.find(hall.cast.actor("wang", at(WHEN)), case.number) is None


def test_the_section_it_is_handed_to_sees_it(hall: Hall) -> None:
    case = hall.ask(WHEN, section="standards", service="", kind="enquiry")
    assert access.find(hall.cast.actor("wang", at(WHEN)), case.number) is None
    actions.hand_over(hall.on(case.stream, "zhou", "2026-03-02 09:10"), hall.cast.units["metrology"])
    assert access.find(hall.cast.actor("wang", at(WHEN)), case.number) is not None


def test_seeing_is_not_doing(hall: Hall) -> None:
    case = hall.in_hand(WHEN)
    for name in ("zheng", "chen", "li"):
        with pytest.raises(NotYours):
            actions.mark_complete(hall.on(case.stream, name, "2026-03-02 10:00"))


def test_every_verb_has_its_grants_and_its_preconditions() -> None:
    assert set(GRANTS) - {"register"} == set(PRECONDITIONS)
    assert set(GRANTS) > PARTY_VERBS
