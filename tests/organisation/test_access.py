"""The table of who may do what, tried out cell by cell."""

from datetime import UTC, datetime

import pytest

from shounuo.organisation.access import GRANTS, Scope, actor_for, may
from shounuo.organisation.actions import Stamp, close_account, enrol, found_unit, open_account
from shounuo.organisation.roles import ROLES
from tests.conftest import CAST

STAMP = Stamp("", datetime(2026, 11, 11, 2, 0, tzinfo=UTC))
VERBS = sorted({verb for verbs in GRANTS.values() for verb in verbs})


def test_the_table_speaks_of_every_role_and_no_other():
    assert set(GRANTS) == set(ROLES)


@pytest.mark.parametrize("name", CAST)
def test_everybody_may_do_what_the_table_says_and_nothing_else(cast, now, name):
    actor, (_, _, own, _, _, roles) = cast.actor(name, now), CAST[name]
    for verb in VERBS:
        for code, unit in cast.units.items():
            scopes = {GRANTS[role].get(verb) for role in roles}
            inside = code == own or own == "qingxi"
            expected = Scope.ORGANISATION in scopes or (Scope.UNIT in scopes and inside)
            assert may(actor, verb, unit) == expected, (name, verb, code)


def test_nobody_may_do_anything_in_another_organisation(cast, now):
    other = found_unit(STAMP, code="other", name_zh="别的单位", kind="organisation")
    assert not any(may(cast.actor(name, now), verb, other) for name in CAST for verb in VERBS)


def test_a_code_that_begins_alike_is_another_organisation(cast, now):
    other = found_unit(STAMP, code="qingxi2", name_zh="青溪二中心", kind="organisation")
    assert not may(cast.actor("wu", now), "appoint", other)


def test_the_public_may_do_nothing(cast):
    assert not any(may(None, verb, cast.house) for verb in VERBS)


def test_an_actor_has_a_role_in_its_unit_and_below(cast, now):
    zhao, chen = cast.actor("zhao", now), cast.actor("chen", now)
    assert zhao.has("section_head", cast.units["metrology"])
    assert not zhao.has("section_head", cast.units["office"])
    assert chen.has("leader_in_charge", cast.units["office"])
    assert not zhao.has("handler")


def test_before_the_appointment_begins_there_is_no_role(cast):
    early = cast.actor("wang", datetime(2025, 12, 31, 3, 0, tzinfo=UTC))
    assert (early.roles, early.unit_ids) == (frozenset(), frozenset())


def test_a_closed_account_is_nobody(cast, now):
    account = cast.people["wang"].account
    close_account(STAMP, account)
    assert actor_for(account, now).roles == frozenset()


def test_who_was_only_enrolled_may_do_nothing(cast, now):
    account = open_account(STAMP, enrol(STAMP, cast.house, "Q999", "新人"), "new")
    assert actor_for(account, now).held == ()


def test_an_actor_costs_four_questions_to_the_database(cast, now, django_assert_num_queries):
    account = cast.people["sun"].account
    with django_assert_num_queries(4):
        actor_for(account, now)
