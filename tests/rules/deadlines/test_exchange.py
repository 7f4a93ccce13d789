"""The exchange format: the worked examples, and lines that nobody should have written."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from shounuo.rules.calendars import Calendar
from shounuo.rules.deadlines import InputError, budget_from_json, explain
from shounuo.rules.deadlines.exchange import answer_line, read_calendars, run
from shounuo.rules.deadlines.instants import instant, pauses_from_json

DATA = Path(__file__).parents[2] / "data"
CALENDARS = DATA / "deadline-calendars.json"
EXAMPLES = [json.loads(line) for line in (DATA / "deadline-examples.jsonl").read_text("utf-8").splitlines()]
GOOD: dict[str, Any] = {
    "id": "D1",
    "cal": "std",
    "start": "2026-03-02T09:00:00",
    "budget": {"kind": "working_days", "n": 2},
    "pauses": [],
    "now": "2026-03-03T09:00:00",
}


@pytest.fixture(scope="module")
def calendars() -> dict[str, Calendar]:
    return read_calendars(CALENDARS)


def ask(calendars: dict[str, Calendar], **changes: Any) -> dict[str, Any]:
    return answer_line(calendars, json.dumps({**GOOD, **changes}))


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["id"] for example in EXAMPLES])
def test_each_worked_example_is_exact(calendars: dict[str, Calendar], example: dict[str, Any]) -> None:
    asked = {key: example[key] for key in ("id", "cal", "start", "budget", "pauses", "now") if key in example}
    assert answer_line(calendars, json.dumps(asked)) == {"id": example["id"], **example["expect"]}


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["id"] for example in EXAMPLES])
def test_the_walk_finds_each_worked_due(calendars: dict[str, Calendar], example: dict[str, Any]) -> None:
    start, budget = instant(example["start"]), budget_from_json(example["budget"])
    trace = explain(calendars[example["cal"]], start, budget, pauses_from_json(example["pauses"]))
    assert (trace.due.at.isoformat() if trace.due.at else None) == example["expect"]["due"]


def test_fields_the_format_does_not_know_are_ignored(calendars: dict[str, Calendar]) -> None:
    assert ask(calendars, tags=["x"], expect={}) == ask(calendars)


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("cal", {"cal": "nowhere"}),
    ("cal", {"cal": ["std"]}),
    ("start", {"start": None}),
    ("start", {"start": "2026-02-30T09:00:00"}),
    ("start", {"start": "2026-03-02T24:00:01"}),
    ("start", {"start": "2026-03-02"}),
    ("start", {"start": "2026-03-02T09:00:00Z"}),
    ("start", {"start": "2026-03-02T09:00:00+08:00"}),
    ("start", {"start": "2026-03-02T09:00+08"}),
    ("start", {"start": "2026-03-02T09:00:00.5"}),
    ("start", {"start": 1772413200}),
    ("start", {"start": "9999-12-31T24:00"}),
    ("now", {"now": "tomorrow"}),
    ("now", {"now": False}),
    ("pauses", {"pauses": {}}),
    ("pauses[0]", {"pauses": ["2026-03-02T09:00:00"]}),
    ("pauses[0]", {"pauses": [["2026-03-02T09:00:00"]]}),
    ("pauses[0].from", {"pauses": [[None, "2026-03-02T09:00:00"]]}),
    ("pauses[1].to", {"pauses": [["2026-03-02T09:00:00", None], ["2026-03-02T09:00:00", 7]]}),
    ("pauses[0]", {"pauses": [["2026-03-02T09:00:01", "2026-03-02T09:00:00"]]}),
    ("budget", {"budget": None}),
    ("budget", {"budget": [["kind", "same_day"]]}),
    ("budget.kind", {"budget": {}}),
    ("budget.kind", {"budget": {"kind": "days", "n": 1}}),
    ("budget.kind", {"budget": {"kind": ["working_days"], "n": 1}}),
    ("budget.n", {"budget": {"kind": "working_days"}}),
    ("budget.n", {"budget": {"kind": "working_days", "n": 0}}),
    ("budget.n", {"budget": {"kind": "working_days", "n": True}}),
    ("budget.n", {"budget": {"kind": "working_days", "n": 2.0}}),
    ("budget.n", {"budget": {"kind": "natural_days", "n": "2"}}),
    ("budget.n", {"budget": {"kind": "months", "n": -1}}),
    ("budget.n", {"budget": {"kind": "working_time", "n": 1, "seconds": 5}}),
    ("budget.seconds", {"budget": {"kind": "working_time"}}),
    ("budget.seconds", {"budget": {"kind": "working_time", "seconds": -1}}),
    ("budget.seconds", {"budget": {"kind": "natural_time", "seconds": 1e400}}),
    ("budget.seconds", {"budget": {"kind": "natural_time", "seconds": float("nan")}}),
    ("budget.pause_rule", {"budget": {"kind": "working_days", "n": 1, "pause_rule": "most"}}),
    ("budget.pause_rule", {"budget": {"kind": "working_days", "n": 1, "pause_rule": []}}),
    ("budget.first_day", {"budget": {"kind": "working_days", "n": 1, "first_day": True}}),
    ("budget.roll", {"budget": {"kind": "natural_days", "n": 1, "roll": "yes"}}),
    ("budget.day_end", {"budget": {"kind": "natural_days", "n": 1, "day_end": "17:00"}}),
    ("budget.pause_rul", {"budget": {"kind": "working_days", "n": 1, "pause_rul": "any"}}),
    ("budget.of", {"budget": {"kind": "before", "budget": {"kind": "working_days", "n": 1}}}),
    ("budget.budget", {"budget": {"kind": "before", "of": "2026-03-02T09:00:00"}}),
    (
        "budget.budget.n",
        {"budget": {"kind": "before", "of": "2026-03-02T09:00", "budget": {"kind": "months"}}},
    ),
    (
        "budget.budget.kind",
        {"budget": {"kind": "before", "of": "2026-03-02T09:00", "budget": {"kind": "same_day"}}},
    ),
]


@pytest.mark.parametrize(("field", "change"), WRONG)
def test_a_wrong_field_is_named(calendars: dict[str, Calendar], field: str, change: dict[str, Any]) -> None:
    answer = ask(calendars, **change)
    assert answer["id"] == "D1" and answer["due"] is None
    assert answer["error"].split(": ")[0] == field


BAD_LINES = [
    b"{",
    b"\xff\xfe",
    b"[1]",
    b"null",
    b"[" * 100_000,
    b'{"id": ' + b"9" * 5000 + b"}",
]


@pytest.mark.parametrize("line", BAD_LINES, ids=range(len(BAD_LINES)))
def test_a_line_that_is_no_json_object_is_an_error_of_the_line(
    calendars: dict[str, Calendar], line: bytes
) -> None:
    answer = answer_line(calendars, line)
    assert answer["id"] is None and answer["error"].startswith("line: ")


@pytest.mark.parametrize("identity", [1.5, float("nan"), [], {"a": float("nan")}])
def test_an_id_is_text_or_a_whole_number(calendars: dict[str, Calendar], identity: object) -> None:
    answer = ask(calendars, id=identity)
    assert answer["id"] is None and answer["error"].startswith("id: ")


def test_a_bad_line_never_stops_the_stream_and_order_is_kept() -> None:
    good = json.dumps({**GOOD, "id": "\ud800守诺"}).encode()
    out = io.StringIO()
    assert run(CALENDARS, [b"\xef\xbb\xbf" + good, b"\n", b"oops\n", good], out) == 3
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [("due_day" in answer, answer["id"]) for answer in answers] == [
        (True, "\ud800守诺"), (False, None), (True, "\ud800守诺"),
    ]  # fmt: skip
    out.getvalue().encode("ascii")


def test_without_now_only_what_needs_no_moment_is_told(calendars: dict[str, Calendar]) -> None:
    assert ask(calendars, now=None) == {
        "id": "D1",
        "due": "2026-03-04T17:30:00",
        "due_day": "2026-03-04",
        "counted": ["2026-03-03", "2026-03-04"],
    }


FIELDS = {
    "working_time": {"kind": "working_time", "seconds": 60},
    "natural_time": {"kind": "natural_time", "seconds": 60},
    "before": {"kind": "before", "budget": {"kind": "natural_days", "n": 7}, "of": "2026-03-20T09:00"},
}
ALWAYS = {"id", "due", "elapsed_s", "remaining_s", "overdue", "paused_now"}


@pytest.mark.parametrize("budget", FIELDS.values(), ids=FIELDS)
def test_budgets_without_due_day_leave_it_out(calendars: dict[str, Calendar], budget: dict[str, Any]) -> None:
    assert set(ask(calendars, budget=budget)) == ALWAYS


@pytest.mark.parametrize(
    ("budget", "more"),
    [
        ({"kind": "months", "n": 1}, set()),
        ({"kind": "same_day"}, set()),
        ({"kind": "natural_days", "n": 1}, {"days_used", "remaining_days"}),
        ({"kind": "working_days", "n": 1}, {"days_used", "remaining_days", "counted"}),
    ],
)
def test_budgets_in_days_tell_their_due_day(
    calendars: dict[str, Calendar], budget: dict[str, Any], more: set[str]
) -> None:
    assert set(ask(calendars, budget=budget)) == ALWAYS | {"due_day"} | more


def test_the_moment_24_00_and_short_instants_are_read(calendars: dict[str, Calendar]) -> None:
    assert ask(calendars, start="2026-03-01T24:00") == ask(calendars, start="2026-03-02 00:00")


@pytest.mark.parametrize("n", [10**6, 10**30])
@pytest.mark.parametrize("kind", ["working_days", "natural_days", "months"])
def test_endless_budgets_are_out_of_coverage(calendars: dict[str, Calendar], kind: str, n: int) -> None:
    answer = ask(calendars, budget={"kind": kind, "n": n})
    assert answer == {"id": "D1", "due": None, "error": "out_of_coverage"}


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"std": {"coverage": []}}', '{"std": {"weekly": {}, "off": 1}}']
)
def test_calendars_that_cannot_be_used_are_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "calendars.json"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match="calendars"):
        run(path, [], io.StringIO())


def test_a_missing_calendars_file_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_calendars(tmp_path / "none.json")
