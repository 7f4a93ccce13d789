"""Stories are read strictly and compared key by key."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from shounuo.rules.checking import PackReport, check_pack
from shounuo.rules.stories.writing import WritingError, a_fact, days, moment
from tests.rules.tiny import STORY, write_pack, write_story


def report(folder: Path, old: str = "", new: str = "") -> PackReport:
    assert old in STORY
    return check_pack(write_story(write_pack(folder), STORY.replace(old, new, 1) if old else STORY), folder)


def test_a_right_story_passes(tmp_path: Path) -> None:
    found = report(tmp_path)
    assert (found.faults, found.examples, found.examples_passed) == ((), 1, 1)


WRONG = [
    ("due: 2026-10-13 17:30", "due: 2026-10-14 17:30", "in-time.due", "story_difference"),
    ("due: 2026-10-13 17:30", "due: null", "in-time.due", "story_difference"),
    ("state: running", "state: met", "in-time.state", "story_difference"),
    ("state: running", "state: runing", "in-time.state", "story_failed"),
    ("2026-10-12, 2026-10-13]", "2026-10-11, 2026-10-13]", "in-time.counted", "story_difference"),
    ("state: running", "pace: quick", "in-time.pace", "unknown_key"),
    ("in-time:", "on-time:", "on-time", "story_failed"),
    ("state: running", "why: x", "in-time.why", "story_failed"),
    ("service=licence", "service=license", "given[0]", "story_fact"),
    ("kind=application", "kind=aplication", "given[0]", "story_fact"),
    ("materials_complete", "papers_complete", "given[1]", "story_fact"),
    ("visit=v1", "vist=v1", "given[1]", "story_fact"),
    ("2026-10-08 10:00", "2026-10-08 25:00", "given[1]", "story_fact"),
    ("by=zhou", "by=", "given[0]", "story_fact"),
    ("open: [2026-10-10]", "open: [2026-10-32]", "", "story_failed"),
    ("at: 2026-10-09 09:00", "at: 2026-10-09", "", "story_failed"),
    ("at: 2026-10-09 09:00", "at: 2026-09-01 09:00", "", "story_failed"),
]


@pytest.mark.parametrize(("old", "new", "key", "code"), WRONG)
def test_a_wrong_story_is_a_fault_with_its_line(
    tmp_path: Path, old: str, new: str, key: str, code: str
) -> None:
    found = report(tmp_path, old, new)
    assert found.examples_passed == 0
    faults = [f for f in found.faults if f.code == code and f.key.endswith(key)]
    assert faults, [f.line_text() for f in found.faults]
    assert faults[0].file == "examples/one.yaml" and faults[0].line > 0


def expecting(folder: Path, expect: str) -> list[str]:
    story = STORY[: STORY.index("  expect:")] + "  expect:\n    " + expect + "\n"
    return [f.code for f in check_pack(write_story(write_pack(folder), story), folder).faults]


@pytest.mark.parametrize(
    "expect",
    [
        "matter: {state: in_hand, kind: application, service: licence, missing: []}",
        "matter: {received: 2026-09-28 09:10, ended: null}",
        "{proposals: [], findings: []}",
        "verbs: {complete: true, answer: only_enquiries, withdraw: true, rate: false}",
        "told-once: {state: pending}",
        "leaders-word: {state: not_started, due: null, counted: []}",
        "in-time: {started: 2026-10-08 10:00, stated: 4 working days, paused: []}",
        "in-time: {breached: null, extensions: []}",
        "in-time: [{state: running, clause: c.2, due_day: 2026-10-13}]",
    ],
)
def test_what_holds_may_be_expected(tmp_path: Path, expect: str) -> None:
    assert expecting(tmp_path, expect) == []


@pytest.mark.parametrize(
    "expect",
    [
        "matter: {state: received}",
        "matter: {state: lost}",
        "matter: {colour: red}",
        "matter: {missing: [form-a]}",
        "matter: {ended: 2026-10-09 09:00}",
        "proposals: [late]",
        "proposals: [unheard-of]",
        "findings: [due_is_provisional]",
        "verbs: {complete: false}",
        "verbs: {answer: true}",
        "verbs: {dance: true}",
        "matter: {rating: 1}",
        "in-time: {paused: 2026-10-08 10:00/2026-10-09 10:00}",
        "in-time: {paused: 2026-10-08}",
        "told-once: {state: running}",
        "in-time: {}",
        "in-time: []",
        "in-time: [{state: running}, {state: running}]",
        "in-time: {extensions: [{valid: true}]}",
        "told-once: {due: 2026-10-09 17:30}",
        "leaders-word: {state: running}",
        "{}",
    ],
)
def test_what_does_not_hold_or_says_nothing_is_a_fault(tmp_path: Path, expect: str) -> None:
    assert expecting(tmp_path, expect)


@pytest.mark.parametrize(
    "overrides",
    ["settings: {no_such: 1}", "settings: {day_kind: moons}", "services: {no-such: {code: x}}",
     "services: {licence: {promised_limit: soon}}", "services: {licence: {colour: red}}",
     "calendar: {hours: {2026-10-09: [[\"12:00\", \"09:00\"]]}}"],
)  # fmt: skip
def test_wrong_overrides_are_faults(tmp_path: Path, overrides: str) -> None:
    story = STORY.replace("  given:", f"  {overrides}\n  given:")
    if "calendar:" in overrides:
        story = story.replace("  calendar: {closed: [2026-10-01/2026-10-07], open: [2026-10-10]}\n", "")
    found = check_pack(write_story(write_pack(tmp_path), story), tmp_path)
    assert "story_failed" in [f.code for f in found.faults]


def test_a_story_may_change_services_settings_and_hours(tmp_path: Path) -> None:
    story = STORY.replace("  given:", "  services: {licence: {promised_limit: 1 working day}}\n  given:")
    story = story.replace(
        "open: [2026-10-10]", 'open: [2026-10-10], hours: {2026-10-09: [["09:00", "11:00"]]}'
    )
    story = (
        story[: story.index("  expect:")]
        + "  expect: {in-time: {due: 2026-10-09 11:00, counted: 2026-10-09}}\n"
    )
    assert check_pack(write_story(write_pack(tmp_path), story), tmp_path).faults == ()


def test_without_a_calendar_of_its_own_a_story_has_the_official_days(tmp_path: Path) -> None:
    story = STORY.replace("  calendar: {closed: [2026-10-01/2026-10-07], open: [2026-10-10]}\n", "")
    assert check_pack(write_story(write_pack(tmp_path), story), tmp_path).faults == ()


@pytest.mark.parametrize(
    "text", ["- name: x\n", "name: x\n", "- 3\n", "- {name: x, given: [], at: 2026-01-01 09:00}\n"]
)
def test_a_story_that_is_not_one_is_refused(tmp_path: Path, text: str) -> None:
    found = check_pack(write_story(write_pack(tmp_path), text), tmp_path)
    assert found.faults and found.examples_passed == 0


def test_a_story_without_expect_is_a_fault(tmp_path: Path) -> None:
    text = STORY[: STORY.index("  expect:")]
    found = check_pack(write_story(write_pack(tmp_path), text), tmp_path)
    assert [f.code for f in found.faults] == ["story_without_expect"]


def test_facts_are_written_on_one_line() -> None:
    line = (
        '2026-09-28 09:40 notice_issued materials=[a, b] form=written basis=yes oral_reason="too_far" by=wang'
    )
    fact = a_fact(2, line)
    assert (fact.seq, fact.kind, fact.by, fact.at) == (
        2,
        "notice_issued",
        "wang",
        datetime(2026, 9, 28, 9, 40),
    )
    assert fact.data == {"materials": ["a", "b"], "form": "written", "basis": True, "oral_reason": "too_far"}


def test_numbers_dates_and_moments_are_typed() -> None:
    assert a_fact(1, "2026-01-05 09:00 rated level=4").data == {"level": 4}
    assert a_fact(1, "2026-01-05 09:00 date_promised date=2026-01-09").data == {"date": "2026-01-09"}
    assert (
        a_fact(1, "2026-01-05 09:00 deferred to=2026-01-09T24:00 reason=x").data["to"]
        == "2026-01-10T00:00:00"
    )
    fixed = a_fact(1, "2026-01-05 09:00 corrected corrects=1 reason=typo data={place: rural, urgent: true}")
    assert fixed.data["data"] == {"place": "rural", "urgent": True}


@pytest.mark.parametrize(
    "line",
    ["", "2026-01-05 received", "2026-01-05 09:00 arrived soon", "2026-01-05 09:00 rated level=high",
     "2026-01-05 09:00 rated", "2026-01-05 09:00 rated level=1 level=2", "2026-01-05 09:00 rated level=[1",
     "2026-01-05 09:00 received kind=x urgent=maybe", "2026-02-30 09:00 arrived"],
)  # fmt: skip
def test_a_line_that_is_no_fact_is_refused(line: str) -> None:
    with pytest.raises(WritingError):
        a_fact(1, line)


def test_spans_of_days_and_midnight() -> None:
    assert list(days(("2026-10-01/2026-10-03", "2026-10-10")))[-2:] == [date(2026, 10, 3), date(2026, 10, 10)]
    assert moment("2026-12-31 24:00") == datetime(2027, 1, 1)
    with pytest.raises(WritingError):
        list(days(("2026-10-03/2026-10-01",)))


def test_more_example_files_than_are_read_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from shounuo.rules.stories import running

    monkeypatch.setattr(running, "MOST_FILES", 1)
    pack = write_story(write_pack(tmp_path))
    (pack / "examples" / "two.yaml").write_text(STORY, encoding="utf-8")
    assert [f.code for f in check_pack(pack, tmp_path).faults] == ["too_many_files"]


def test_a_difference_shows_both_values_as_they_are_written(tmp_path: Path) -> None:
    (fault,) = report(tmp_path, "due: 2026-10-13 17:30", "due: 2026-10-14 17:30").faults
    assert fault.text("en").endswith("in-time.due should be 2026-10-14 17:30, but is 2026-10-13 17:30")
    assert "应为 2026-10-14 17:30" in fault.text("zh")


def test_a_story_may_be_named_in_two_languages(tmp_path: Path) -> None:
    story = STORY.replace("name: Complete papers start the clock", "name: {zh: 材料齐全, en: Complete}")
    found = check_pack(write_story(write_pack(tmp_path), story.replace("17:30", "17:31")), tmp_path)
    assert "'Complete'" in found.faults[0].text("en")
