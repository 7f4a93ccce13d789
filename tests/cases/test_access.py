"""Who sees a matter: a table of the cast; not found and not yours answer alike."""

from datetime import date

import pytest

from shounuo.cases import access, actions
from shounuo.cases.access import GRANTS, PARTY_VERBS, NotYours
from shounuo.cases.rebuilding import differences
from shounuo.organisation.actions import appoint, found_unit, open_post
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


@pytest.fixture
def colleague(hall: Hall) -> Hall:
    """Wu Fan sits at the counter beside Zhou Qian."""
    post = hall.cast.people["zhou"].appointments.get().post
    stamp = hall.stamp("wu", "2026-01-08 09:00")
    appoint(stamp, hall.cast.people["wu"], post, date(2026, 1, 8))
    return hall


@pytest.mark.parametrize("channel", ["window", "phone"])
def test_what_a_clerk_takes_in_without_a_section_is_seen_at_the_counter(
    colleague: Hall, channel: str
) -> None:
    case = colleague.ask(WHEN, section="", service="", kind="enquiry", channel=channel)
    assert case.section == colleague.cast.units["window"]
    assert access.find(colleague.cast.actor("wu", at(WHEN)), case.number) is not None
    assert access.find(colleague.cast.actor("wang", at(WHEN)), case.number) is None


def test_the_section_of_the_service_comes_before_that_of_the_clerk(hall: Hall) -> None:
    assert hall.ask(WHEN, section="").section == hall.cast.units["metrology"]


def test_what_comes_in_by_itself_without_a_section_stays_everybodys(hall: Hall) -> None:
    case = hall.ask(WHEN, who="party", section="", service="", kind="enquiry", channel="portal")
    assert case.section is None


def test_who_works_in_no_section_leaves_the_matter_with_the_house(hall: Hall) -> None:
    assert hall.ask(WHEN, who="chen", section="", service="", kind="enquiry").section is None


def test_a_window_lies_with_the_section_above_it(hall: Hall) -> None:
    stamp, wang = hall.stamp("wu", "2026-01-08 09:00"), hall.cast.people["wang"]
    seal = found_unit(
        stamp, code="seal", name_zh="检定窗口", kind="window", parent=hall.cast.units["metrology"]
    )
    wang.appointments.update(post=open_post(stamp, seal, "窗口岗", ["first_asked_clerk"]))
    case = hall.ask(WHEN, who="wang", section="", service="", kind="enquiry")
    assert case.section == hall.cast.units["metrology"]


def test_the_desk_of_a_clerk_with_two_posts_is_the_one_that_is_asked_first(hall: Hall) -> None:
    stamp, zhou = hall.stamp("wu", "2026-01-08 09:00"), hall.cast.people["zhou"]
    appoint(stamp, zhou, hall.cast.people["wang"].appointments.get().post, date(2025, 1, 1))
    case = hall.ask(WHEN, section="", service="", kind="enquiry")
    assert case.section == hall.cast.units["window"]
    assert not list(differences())


def test_in_a_house_without_sections_colleagues_see_what_lies_with_the_house(colleague: Hall) -> None:
    stamp = colleague.stamp("wu", "2026-01-08 09:00")
    post = open_post(stamp, colleague.cast.house, "综合岗", ["first_asked_clerk"])
    colleague.cast.people["zhou"].appointments.update(post=post)
    colleague.cast.people["wang"].appointments.update(post=post)
    case = colleague.ask(WHEN, section="", service="", kind="enquiry")
    assert case.section is None
    assert access.find(colleague.cast.actor("wang", at(WHEN)), case.number) is not None
    assert access.find(colleague.cast.actor("li", at(WHEN)), case.number) is None
