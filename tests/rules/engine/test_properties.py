"""What must hold for every history, tried on random ones under the bundled pack and under a pack of all kinds of rule."""

from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shounuo.rules.edition import Edition, edition_for
from shounuo.rules.engine import follow, judge
from shounuo.rules.engine.verbs import Situation, verb
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import ClockState, Judgement
from tests.rules.engine.scene import bureau, scene

BEGIN = datetime(2026, 3, 2, 9)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MORE_TIME = {"by_how_much": "1 working day", "reason": "x"}
SAID = {
    "notice_issued": [{"form": "written", "materials": ["a"]}, {"form": "oral"}, {"form": "written", "materials": ["b"], "new_requirement": "law"}],  # noqa: E501
    "extension_requested": [MORE_TIME, {"rule": "clock", **MORE_TIME}],
    "extension_granted": [{"by_how_much": "1 working day"}, {"by_how_much": "9 working days"}, {"by_how_much": "2 hours"}],
    "extension_refused": [{}],
    "party_told": [{"of": "extension"}, {"of": "section"}, {"of": "delay"}],
    "date_promised": [{"date": "2026-03-05"}, {"date": "2026-04-30"}],
    "handed_over": [{"section": "metrology"}, {"section": "standards"}],
    "guided": [{"way": "point_out", "section": "metrology"}],
    "explained": [{"reason": "not_on_the_spot"}, {"reason": "unclear"}, {}],
    "declined": [{"reasons": ["x"]}],
    "reopened": [{"reason": "x"}],
    "corrected": [{"corrects": n, "reason": "x"} | more for n in (2, 3, 4)
                  for more in ({"at": "2026-03-03T10:00:00"}, {"data": {"materials": ["c"]}}, {})],
    "rated": [{"level": 4}],
}  # fmt: skip
BARE = ("accepted", "materials_complete", "hand_over_accepted", "referred_to_leader", "leader_decided", "answered",
        "referred_for_study", "study_done", "completed", "withdrawn", "consulted", "note", "assigned")  # fmt: skip


def editions() -> list[Edition]:
    extension = {"granted_by": "leader", "at_most": 2, "up_to": "3 working days"}
    within = [{"value": "4 working days", "from": "2026-01-01"},
              {"value": "2 working days", "from": "2026-03-04", "running_clocks": "follow"}]  # fmt: skip
    promise = [{"by": "promised_date", "else": "6 days", "from": "2026-01-01"}]
    ends = ["completed", "answered", "declined"]
    rules = {
        "clock": {
            "extension": extension,
            "while_waiting_for_materials": "pause",
            "within": within,
            "ends": ends,
        },
        "restart": {
            "starts": "materials_complete",
            "while_waiting_for_materials": "restart",
            "extension": extension,
        },
        "promised": {"within": promise, "while_waiting_for_materials": "pause"},
        "hours": {
            "within": [{"value": "10 working hours", "from": "2026-01-01"}],
            "while_waiting_for_materials": "pause",
        },
    }
    return [scene(**rules).edition, edition_for(bureau())]


EDITIONS = editions()
kinds = st.sampled_from([*SAID, *BARE])
moments = st.integers(0, 14 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    kind = draw(st.sampled_from(["application", "enquiry"]))
    service = {"service": next(iter(bureau().services))} if kind == "application" else {}
    first = Fact(1, "received", BEGIN, BEGIN, "zhou", {"kind": kind, "channel": "window", **service})
    rest = draw(st.lists(st.tuples(kinds, moments, st.sampled_from(["wang", "chen", "zhou"])), max_size=12))
    return [first, *(
        Fact(seq, kind, at, at, by, draw(st.sampled_from(SAID.get(kind, [{}]))))
        for seq, (kind, at, by) in enumerate(rest, 2)
    )]  # fmt: skip


anywhere = st.sampled_from(EDITIONS)


@QUICK
@given(anywhere, histories(), moments, st.randoms())
def test_the_judgement_is_pure_and_the_order_of_input_does_not_matter(edition, history, at, chance) -> None:  # type: ignore[no-untyped-def]
    mixed = list(history)
    chance.shuffle(mixed)
    assert judge(edition, history, at) == judge(edition, history, at) == judge(edition, mixed, at)


@QUICK
@given(anywhere, histories(), moments)
def test_what_happens_later_does_not_change_what_was(
    edition: Edition, history: list[Fact], at: datetime
) -> None:
    assert judge(edition, history, at) == judge(edition, [f for f in history if f.at <= at], at)


@QUICK
@given(anywhere, histories(), moments)
def test_clocks_are_coherent(edition: Edition, history: list[Fact], at: datetime) -> None:
    for clock in judge(edition, history, at).clocks:
        ended = clock.ended_at is not None
        assert (
            ended == (clock.state in (ClockState.MET, ClockState.MET_LATE, ClockState.VOID))
            or clock.state is ClockState.BREACHED
        )
        if clock.state is ClockState.MET and not clock.provisional and not clock.same_visit:
            assert clock.due is None or clock.ended_at <= clock.due
        if clock.breached_at is not None:
            assert at > clock.breached_at
        if clock.state is ClockState.MET_LATE:
            assert clock.breached_at is not None and clock.ended_at > clock.breached_at
        if clock.state is ClockState.RUNNING and clock.due and not clock.provisional:
            assert at <= clock.due


@QUICK
@given(anywhere, histories(), moments, moments)
def test_a_breach_is_never_taken_back_without_a_correction(
    edition: Edition, history: list[Fact], one, other
) -> None:  # type: ignore[no-untyped-def]
    told = [f for f in history if f.kind != "corrected"]
    early, late = sorted((one, other))
    breached = {(c.rule, c.no, c.breached_at) for c in judge(edition, told, early).clocks if c.breached_at}
    kept = {(c.rule, c.no, c.breached_at) for c in judge(edition, told, late).clocks}
    spared = {(c.rule, c.no) for c in judge(edition, told, late).clocks if c.same_visit}
    assert all(one in kept or one[:2] in spared for one in breached)


@QUICK
@given(anywhere, histories(), moments)
def test_the_verbs_shown_are_those_the_action_accepts(
    edition: Edition, history: list[Fact], at: datetime
) -> None:
    from shounuo.rules.engine.history import as_of

    judged: Judgement = judge(edition, history, at)
    matter, _folds = follow(edition, as_of(history, at), at)
    again = Situation(matter, judged.clocks, edition)
    assert all(verb(name, again) == shown for name, shown in judged.verbs.items())
