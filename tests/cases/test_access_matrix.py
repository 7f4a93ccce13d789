"""Every role, in the section and elsewhere in the house, against every verb: the table and nothing beside it."""

from datetime import UTC, datetime

import pytest

from shounuo.cases import access
from shounuo.cases.models import Case
from shounuo.organisation.access import Actor, Held
from shounuo.organisation.models import Unit
from shounuo.organisation.roles import ROLES

HOUSE = Unit(pk=1, path="1/", kind="organisation", code="house")
SECTION = Unit(pk=2, path="1/2/", kind="section", code="metrology", organisation=HOUSE)
OTHER = Unit(pk=3, path="1/3/", kind="section", code="standards", organisation=HOUSE)

ANYWHERE = {
    "service_office": {"service_office"},
    "duty_supervisor": {"duty_supervisor"},
    "first_asked_clerk": {"first_asked_clerk"},
    "auditor": {"auditor"},
}
"""What a role is to every matter of its house."""
IN_SECTION = {"section_head": {"section_head"}, "leader_in_charge": {"leader_in_charge"}}
"""What a role is to the matters of its own section, beside being a member of it."""
PERSONAL = ("", "handler", "answerable", "first_asked")


def somebody(role: str, unit: Unit) -> Actor:
    below = frozenset(one.pk for one in (HOUSE, SECTION, OTHER) if one.path.startswith(unit.path))
    held = (Held(role, unit.pk, unit.path, HOUSE.path, HOUSE.pk, below),)
    return Actor("a1", 1, "某人", HOUSE.pk, frozenset({unit.pk}), frozenset({role}), held)


def matter(personal: str) -> Case:
    named = {"handler": "b1", "answerable": "b2", "first_asked": "b3"} | (
        {personal: "a1"} if personal else {}
    )
    return Case(pk=1, organisation=HOUSE, section=SECTION, kind="application", **named)


def relations_by_hand(role: str, unit: Unit, personal: str) -> set[str]:
    found = set(ANYWHERE.get(role, ()))
    found |= {"section_member"} | IN_SECTION.get(role, set()) if unit is SECTION else set()
    if role == "leader_in_charge" and unit is HOUSE:
        found |= {"leader_in_charge"}
    if role == "section_head" and unit is HOUSE:
        found |= {"section_head"}
    return found | ({personal} if personal else set())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("unit", [SECTION, OTHER, HOUSE], ids=lambda unit: unit.code)
@pytest.mark.parametrize("personal", PERSONAL)
def test_a_role_may_do_what_the_table_grants_to_what_it_is_to_the_matter(
    role: str, unit: Unit, personal: str
) -> None:
    actor, case, mine = somebody(role, unit), matter(personal), relations_by_hand(role, unit, personal)
    assert access.relations(actor, case) == mine
    for verb, granted in access.GRANTS.items():
        assert (access.refusal(actor, verb, case) is None) == bool(granted & mine), verb


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("personal", ("handler", "answerable", "first_asked"))
def test_whoever_worked_on_a_matter_never_sees_how_it_was_rated(role: str, personal: str) -> None:
    assert not access.sees_rating(somebody(role, HOUSE), matter(personal))


@pytest.mark.parametrize("role", ROLES)
def test_an_auditor_and_an_administrator_change_nothing(role: str) -> None:
    if role in ("auditor", "administrator", "discipline"):
        actor, case = somebody(role, OTHER), matter("")
        assert all(access.refusal(actor, verb, case) for verb in access.GRANTS)


def test_the_secret_is_read_at_the_counter_and_by_nobody_who_is_rated() -> None:
    clerk, handler = somebody("first_asked_clerk", OTHER), somebody("handler", SECTION)
    opened, done = matter(""), matter("")
    done.ended_at = done.received_at = datetime(2026, 3, 2, tzinfo=UTC)
    assert (access.reads_secret(clerk, opened), access.reads_secret(clerk, done)) == (True, True)
    assert (access.reads_secret(handler, opened), access.reads_secret(handler, done)) == (False, False)
    mine = matter("first_asked")
    assert access.reads_secret(clerk, mine)
    mine.ended_at = done.ended_at
    assert not access.reads_secret(clerk, mine)
