"""Away: who stands in, who hears, and what is refused."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from unittest.mock import patch

import pytest

from shounuo.ledger.actions import read
from shounuo.organisation.absence import actors_who_hear, is_absent, stand_ins, who_hears
from shounuo.organisation.access import may_decide
from shounuo.organisation.actions import (
    Away,
    NotPossible,
    Stamp,
    close_account,
    decide_absence,
    end_absence,
    end_appointment,
    enrol,
    enter_absence,
)
from shounuo.organisation.chains import What
from shounuo.organisation.models import Absence
from shounuo.site.absences import needs_approval

NOW = datetime(2026, 11, 11, 2, 0, tzinfo=UTC)
STAMP = Stamp("", NOW)


def days(n):
    return NOW + timedelta(days=n)


@pytest.fixture
def away(cast):
    """`away("wang", "li", 0, 3)`: from in 0 days to in 3 days."""

    def enter(who, delegate=None, first=0, last=3, approval=False, **scope):
        named = cast.people[delegate] if delegate else None
        said = Away(days(first), days(last), Absence.Reason.TRIP, named, **scope)
        return enter_absence(STAMP, cast.people[who], said, approval)

    return enter


def pk(cast, *names):
    return [cast.people[name].pk for name in names]


def test_who_is_there_hears_for_themselves(cast, now):
    [wang] = pk(cast, "wang")
    assert not is_absent(wang, now)
    assert who_hears(wang, now) == [wang]
    assert stand_ins(wang, now) == []


def test_the_delegate_hears_for_the_absent_until_they_are_back(cast, away):
    away("wang", "li")
    [wang, li] = pk(cast, "wang", "li")
    assert who_hears(wang, NOW) == stand_ins(wang, NOW) == [li]
    assert who_hears(wang, days(3)) == [wang]


def test_without_a_delegate_the_head_hears(cast, away):
    away("wang")
    [wang, zhao] = pk(cast, "wang", "zhao")
    assert (is_absent(wang, NOW), who_hears(wang, NOW)) == (True, [zhao])


def test_when_the_head_is_away_too_the_leader_in_charge_hears(cast, away):
    away("wang")
    away("zhao")
    [wang, chen] = pk(cast, "wang", "chen")
    assert who_hears(wang, NOW) == [chen]


def test_a_head_who_is_away_is_heard_for_by_her_delegate(cast, away):
    away("wang")
    away("zhao", "li")
    [wang, li] = pk(cast, "wang", "li")
    assert who_hears(wang, NOW) == [li]


def test_while_anybody_leads_somebody_always_hears(cast, away):
    for name in ("wang", "li", "zhao", "chen", "sun"):
        away(name)
    for one in pk(cast, "wang", "li", "zhao", "chen", "sun"):
        assert who_hears(one, NOW) == pk(cast, "he")


def test_for_who_has_left_the_superior_hears(cast):
    wang = cast.people["wang"]
    end_appointment(STAMP, wang.appointments.get(), date(2026, 11, 10))
    assert who_hears(wang.pk, NOW) == pk(cast, "zhao")


def test_a_delegate_whose_account_was_closed_hears_nothing(cast, away):
    away("wang", "li")
    close_account(STAMP, cast.people["li"].account)
    assert who_hears(cast.people["wang"].pk, NOW) == pk(cast, "zhao")


def test_people_are_asked_for_by_their_opaque_ids_too(cast, away):
    away("wang", "li")
    assert actors_who_hear(cast.id("wang"), NOW) == [cast.id("li")]
    assert actors_who_hear("nobody", NOW) == []


def test_an_absence_that_waits_for_approval_does_not_count_yet(cast, away):
    asked = away("wang", "li", approval=True)
    [wang] = pk(cast, "wang")
    assert who_hears(wang, NOW) == [wang]
    decide_absence(Stamp(cast.id("zhao"), NOW), asked, approved=True)
    assert who_hears(wang, NOW) == pk(cast, "li")


def test_only_a_superior_approves_and_never_their_own(cast, away):
    wangs, zhaos = away("wang", approval=True), away("zhao", approval=True)
    able = {
        n: (may_decide(cast.actor(n), wangs, NOW), may_decide(cast.actor(n), zhaos, NOW)) for n in cast.people
    }
    assert {n for n, (one, _) in able.items() if one} == {"zhao", "chen"}
    assert {n for n, (_, one) in able.items() if one} == {"chen"}
    with pytest.raises(NotPossible, match="自己"):
        decide_absence(Stamp(cast.id("wang"), NOW), wangs, approved=True)


def test_who_comes_back_early_is_there_again(cast, away):
    one = away("wang", "li")
    end_absence(Stamp("", days(1)), one)
    assert who_hears(cast.people["wang"].pk, days(1)) == pk(cast, "wang")
    with pytest.raises(NotPossible, match="已经结束"):
        end_absence(Stamp("", days(2)), one)


def test_an_absence_that_has_not_begun_is_withdrawn(away):
    one = end_absence(STAMP, away("wang", "li", 2, 5))
    assert one.state == Absence.State.WITHDRAWN


def test_a_loop_of_delegates_is_refused_and_named(cast, away):
    away("wang", "li", 0, 5)
    away("zhao", "wang", 6, 9)
    with pytest.raises(NotPossible, match="李强 → 王敏 → 李强"):
        away("li", "wang", 4, 6)


def test_a_delegate_who_is_away_with_nobody_in_their_place_is_refused(away):
    away("li", None, 1, 2)
    with pytest.raises(NotPossible, match="李强自 2026-11-12 10:00 也不在岗"):
        away("wang", "li", 0, 3)


def test_a_delegate_who_is_away_but_has_one_passes_on(cast, away):
    away("li", "zhao", 1, 2)
    away("wang", "li", 0, 3)
    [wang] = pk(cast, "wang")
    assert [who_hears(wang, days(n)) for n in (0, 1, 2)] == [pk(cast, n) for n in ("li", "zhao", "li")]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"delegate": "wang"}, "自己"),
        ({"first": 3, "last": 1}, "晚于"),
        ({"first": -5, "last": -1}, "过去"),
        ({"delegate": "li", "scope": "kinds"}, "选出"),
    ],
)
def test_what_makes_no_sense_is_refused(away, said, why):
    with pytest.raises(NotPossible, match=why):
        away("wang", **said)


def test_the_same_time_is_entered_once(away):
    away("wang", "li")
    with pytest.raises(NotPossible, match="已经登记"):
        away("wang", "zhao", 1, 2)


def test_different_kinds_may_go_to_different_people(cast, away):
    away("wang", "li", scope="kinds", values=["enquiry"])
    away("wang", "zhao", scope="kinds", values=["application"])
    [wang] = pk(cast, "wang")
    assert stand_ins(wang, NOW, What("enquiry")) == pk(cast, "li")
    assert who_hears(wang, NOW, What("application")) == pk(cast, "zhao")


def test_somebody_without_an_account_cannot_stand_in(cast):
    new = enrol(STAMP, cast.house, "Q900", "新人")
    with pytest.raises(NotPossible, match="没有可用的账号"):
        enter_absence(STAMP, cast.people["wang"], Away(days(0), days(1), delegate=new))


def test_the_record_keeps_who_and_when_but_never_why(cast, away):
    away("wang", "li")
    fact = read(cast.house.stream)[-1]
    assert (fact.kind, fact.data["change"]) == ("absence_changed", "absence_entered")
    assert (fact.data["person"], fact.data["delegate"]) == tuple(pk(cast, "wang", "li"))
    assert "trip" not in str(fact.data)


def test_an_actor_knows_for_whom_they_stand_in(cast, away):
    away("wang", "li", 0, 3)
    away("zhao", "wang", 1, 2)
    assert [one.actor.name for one in cast.actor("li", days(1)).standing] == ["王敏", "赵立"]
    assert cast.actor("li", days(3)).standing == ()
    assert cast.actor("li", days(1)).acting_roles == {"handler", "section_head"}


def test_who_is_away_stands_in_for_nobody(cast, away):
    away("li", "zhao", 1, 2)
    away("wang", "li", 0, 3)
    assert cast.actor("li", days(1)).standing == ()


@pytest.mark.parametrize(
    ("ways", "asked"),
    [(("entrusted_by_handler", "named_by_leader"), False), (("named_by_leader",), True), (None, False)],
)
def test_a_superior_approves_where_the_regulation_does_not_leave_it_to_the_absent(
    cast, monkeypatch, ways, asked
):
    rules = {"stand-in": SimpleNamespace(role="stand_in", ways=ways)} if ways else {}
    edition = SimpleNamespace(pack=SimpleNamespace(routing=rules))
    monkeypatch.setattr("shounuo.site.absences.governing", lambda house, at: (1, edition))
    assert needs_approval(cast.house, NOW) is asked


def test_what_is_refused_stands_beside_its_field(cast, away, client):
    away("li", "wang")
    client.force_login(cast.people["wang"].account)
    first = {"from_at": "2026-11-11T10:00", "reason": "trip", "scope": "all"}
    loop = first | {"to_at": "2026-11-12T10:00", "delegate": cast.people["li"].pk}
    with patch("django.utils.timezone.now", return_value=NOW):
        early = client.post("/organisation/absences/enter/", first | {"to_at": "2026-11-11T09:00"})
        loop = client.post("/organisation/absences/enter/", loop)
    assert early.context["form"].errors == {"to_at": ["结束时间要晚于开始时间"]}
    assert "绕成了圈" in loop.context["form"].errors["delegate"][0]
