"""Checks: promises judged per matter, and what a breach may lead to."""

import pytest

from shounuo.rules.judgement import Check
from tests.rules.engine.scene import DUE, Scene, scene

N1 = "2026-03-02 10:00 notice_issued form=written materials=[a] by=wang"
N2 = "2026-03-03 10:00 notice_issued form=oral materials=[b] by=wang"
NEW = N2 + " new_requirement=law"
END = "2026-03-04 10:00 completed by=wang"
COUNT = {"count": {"of": "notice_issued", "without": "new_requirement", "at_most": 1}}
AT_LEAST = {"count": {"of": "note", "at_least": 1}}
EACH = {"each": {"of": "notice_issued", "has": ["form", "materials"], "where": {"form": "written"}}}
ANY = {"each": {"of": "notice_issued", "has_any": ["basis", "form=written"]}}
FOLLOWED = {"followed": {"of": "notice_issued", "by": ["materials_complete"], "where": {"form": "written"}}}


def check(kept_when: dict[str, object], *lines: str, **more: object) -> Check:
    rule = {"form": "check", "over": "notice_issued", "kept_when": kept_when, **more}
    return scene(told=rule).judge(*lines, at=DUE).checks[0]


@pytest.mark.parametrize(
    ("kept_when", "lines", "state"),
    [
        (COUNT, [], "pending"),
        (COUNT, [N1], "kept"),
        (COUNT, [N1, N2], "broken"),
        (COUNT, [N1, NEW], "kept"),
        (AT_LEAST, [N1], "pending"),
        (AT_LEAST, [N1, END], "broken"),
        (AT_LEAST, [N1, "2026-03-03 09:00 note"], "kept"),
        (EACH, [N1], "kept"),
        (EACH, [N1.replace(" materials=[a]", "")], "broken"),
        (EACH, [N2.replace(" materials=[b]", "")], "kept"),
        (ANY, [N1], "kept"),
        (ANY, [N2], "broken"),
        (FOLLOWED, [N1], "pending"),
        (FOLLOWED, [N2, END], "kept"),
        (FOLLOWED, [N1, END], "broken"),
        (FOLLOWED, [N1, "2026-03-03 09:00 materials_complete"], "kept"),
        ({"all_of": [COUNT, EACH]}, [N1, N2], "broken"),
        ({"any_of": [COUNT, EACH]}, [N1, N2], "kept"),
    ],
)
def test_each_condition_is_kept_broken_or_open(
    kept_when: dict[str, object], lines: list[str], state: str
) -> None:
    assert check(kept_when, *lines).state.value == state


def test_a_broken_check_names_the_fact_and_its_moment() -> None:
    found = check(COUNT, N1, N2)
    assert (found.broken_by, str(found.at)[:16], found.over) == (3, "2026-03-03 10:00", (2, 3))


def test_too_few_is_dated_by_the_last_fact_judged() -> None:
    found = check(AT_LEAST, N1, END)
    assert (found.broken_by, str(found.at)[:16]) == (None, "2026-03-02 10:00")


def test_a_check_for_other_matters_is_left_out() -> None:
    rule = {
        "form": "check",
        "over": "notice_issued",
        "kept_when": COUNT,
        "applies_to": {"kinds": ["enquiry"]},
    }
    assert scene(told=rule).judge(N1, at=DUE).checks == ()


LATE = "2026-03-20 09:00"


def proposed(
    *lines: str, at: str = LATE, when: dict[str, object] | None = None, **rules: dict[str, object]
) -> list[str]:
    wanted = {"event": "clock.breached", "rule": "clock"} | (when or {})
    return [p.consequence for p in with_consequence(wanted, **rules).judge(*lines, at=at).proposals]


def with_consequence(when: dict[str, object], **rules: dict[str, object]) -> Scene:
    return scene({"late": {"when": when}}, **(rules or {"clock": {}}))


def test_a_breach_proposes_and_dates_it_with_the_due() -> None:
    found = with_consequence({"event": "clock.breached", "rule": "clock"}).judge(at=LATE).proposals[0]
    assert (str(found.at)[:16], found.person, found.because) == (DUE, "zhou", "clock")


def test_without_a_breach_or_under_another_rule_nothing_is_proposed() -> None:
    assert proposed(at=DUE) == []
    assert proposed(when={"rule": "other"}) == []
    assert proposed(when={"at_least": 3}) == []
    assert proposed(when={"more_than": 3}) == []


def test_ending_late_is_an_event_of_its_own() -> None:
    assert proposed("2026-03-10 09:00 completed", when={"event": "clock.met_late"}) == ["late"]
    assert proposed(when={"event": "clock.met_late"}) == []


def test_a_rule_may_name_its_consequence_itself() -> None:
    assert proposed(when={"rule": []}, clock={"breach": ["late"]}) == ["late"]


@pytest.mark.parametrize(
    ("unless", "line", "excused"),
    [
        ("explained_before_due", f"{DUE} explained by=wang", True),
        ("explained_before_due", "2026-03-06 17:30:01 explained by=wang", False),
        ("explained_before_due", "2026-03-05 09:00 party_told of=delay", True),
        ("explained_before_due", "2026-03-05 09:00 party_told of=section", False),
        ("extension_in_force", "2026-03-05 09:00 note", False),
        ("assigned", "2026-03-05 09:00 assigned person=li", True),
        ("assigned", "2026-03-05 09:00 note", False),
    ],
)
def test_what_keeps_a_warning_away(unless: str, line: str, excused: bool) -> None:
    assert proposed(line, when={"unless": {"any_of": [unless]}}) == ([] if excused else ["late"])


def test_a_broken_check_proposes_too() -> None:
    rule = {"form": "check", "over": "notice_issued", "kept_when": COUNT}
    assert proposed(N1, N2, when={"event": "check.broken", "rule": "told"}, told=rule) == ["late"]
    assert proposed(N1, when={"event": "check.broken", "rule": "told"}, told=rule) == []
