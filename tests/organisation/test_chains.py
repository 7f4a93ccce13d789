"""Delegates of delegates: what a chain reaches, and that no loop is ever let in."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shounuo.organisation.chains import Link, Reach, What, in_force, loop_closed_by, stand_ins, stood_for

DAY0 = datetime(2026, 11, 2, tzinfo=UTC)
PEOPLE = range(1, 6)
EVERYTHING = Reach()


def day(n):
    return DAY0 + timedelta(days=n)


def link(absent, delegate, first=0, last=5, reach=EVERYTHING):
    return Link(absent, delegate, day(first), day(last), reach)


def periods():
    return st.tuples(st.integers(0, 8), st.integers(1, 6)).map(lambda p: (p[0], p[0] + p[1]))


links = st.builds(
    lambda absent, step, period: link(absent, (absent + step - 1) % 5 + 1, *period),
    st.sampled_from(PEOPLE), st.integers(1, 4), periods(),
)  # fmt: skip


def goes_round(found, moment):
    """By hand: whether somebody comes back to where they started."""
    now = in_force(found, moment)
    for start in PEOPLE:
        at = {one.delegate for one in now if one.absent == start}
        for _step in PEOPLE:
            at |= {one.delegate for one in now if one.absent in at}
        if start in at:
            return True
    return False


def let_in(asked):
    """Only those that close no loop, one after the other."""
    kept = []
    for one in asked:
        if loop_closed_by(kept, one) is None:
            kept.append(one)
    return kept


@given(st.lists(links, max_size=9))
def test_whatever_is_asked_no_moment_ever_has_a_loop(asked):
    kept = let_in(asked)
    assert not any(goes_round(kept, day(n)) for n in range(15))


@given(st.lists(links, max_size=9), links)
def test_only_what_would_close_a_loop_is_refused(asked, new):
    kept = let_in(asked)
    with_new = any(goes_round([*kept, new], day(n)) for n in range(15))
    assert (loop_closed_by(kept, new) is not None) == with_new


@given(st.lists(links, max_size=9), st.sampled_from(PEOPLE), st.integers(0, 14))
def test_who_stands_in_is_present_and_knows_for_whom(asked, person, n):
    now = in_force(let_in(asked), day(n))
    for one in stand_ins(now, person):
        assert one not in {link.absent for link in now}
        assert person in {far.person for far in stood_for(now, one)}


def test_the_loop_is_named_in_order():
    assert loop_closed_by([link(2, 3), link(3, 1)], link(1, 2)) == (1, 2, 3, 1)


def test_two_who_are_away_at_different_times_may_name_each_other():
    assert loop_closed_by([link(1, 2, 0, 5)], link(2, 1, 5, 9)) is None
    assert loop_closed_by([link(1, 2, 0, 5)], link(2, 1, 4, 9)) == (2, 1, 2)


def test_an_absent_delegate_passes_on():
    chain = [link(1, 2), link(2, 3)]
    assert stand_ins(chain, 1) == [3]
    assert [one.person for one in stood_for(chain, 3)] == [2, 1]


def test_a_chain_carries_only_what_every_scope_covers():
    chain = [
        link(1, 2, reach=Reach("kinds", frozenset({"enquiry", "application"}))),
        link(2, 3, reach=Reach("verbs", frozenset({"handling"}))),
    ]
    assert stand_ins(chain, 1, What("enquiry", group="handling")) == [3]
    assert stand_ins(chain, 1, What("enquiry", group="approving")) == []
    assert stand_ins(chain, 1, What("repair", group="handling")) == []


def test_the_whole_chain_holds_until_its_first_end():
    far = stood_for([link(1, 2, 0, 9), link(2, 3, 0, 4)], 3)
    assert [(one.person, one.until) for one in far] == [(2, day(4)), (1, day(4))]
