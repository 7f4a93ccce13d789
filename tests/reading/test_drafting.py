"""A reading to a draft pack: it loads, every clause is in it, figures and gaps carry over."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from shounuo.reading.drafting import draft_pack, is_pack_id
from shounuo.reading.drafting.draft import Draft, slug
from shounuo.reading.drafting.head import day_in_force
from shounuo.reading.drafting.rules import add_found, budget, period
from shounuo.reading.drafting.settings import add_gaps
from shounuo.reading.drafting.yaml_text import yaml_text
from shounuo.reading.findings import Findings, Limit
from shounuo.reading.reading import Reading, read
from shounuo.rules.loading.pack import Inspection, inspect_pack
from shounuo.rules.loading.reader import read_document
from shounuo.rules.words import parse_words

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
TEXTS = [
    *sorted((HERE / "numberings").glob("*.txt")),
    *sorted((SHARED / "seeds").glob("*.txt")),
    *sorted((SHARED / "data" / "reading").glob("*.txt")),
]


def reading_of(text: str) -> Reading:
    return read(text.encode(), "text.txt")


@cache
def reading_at(path: Path) -> Reading:
    return read(path.read_bytes(), path.name)


def written(reading: Reading, folder: Path) -> Inspection:
    folder.mkdir()
    for name, text in draft_pack(reading.regulation, reading.findings, folder.name).items():
        (folder / name).write_text(text, encoding="utf-8")
    return inspect_pack(folder)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_draft_loads_without_faults_and_has_every_clause(path: Path, tmp_path: Path) -> None:
    reading = reading_at(path)
    inspection = written(reading, tmp_path / "draft")
    assert [fault.line_text("en") for fault in inspection.faults] == []
    assert list(inspection.draft.parts["clauses"]) == [clause.id for clause in reading.regulation.clauses]


def drafted(reading: Reading) -> dict[str, Any]:
    """The draft before it is written as YAML."""
    draft = Draft(reading.regulation, reading.findings)
    add_gaps(draft)
    add_found(draft)
    return {**draft.rules, "settings": draft.settings}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_finding_becomes_a_rule_and_every_gap_a_setting(path: Path) -> None:
    reading = reading_at(path)
    parts = drafted(reading)
    pairs = {
        "limits": "commitments",
        "duties": "duties",
        "consequences": "consequences",
        "disclosures": "disclosures",
    }
    for found, file in pairs.items():
        assert len(parts[file]) == len(getattr(reading.findings, found))
    settled = [gap for setting in parts["settings"].values() for gap in setting["settles"] if gap != "G000"]
    assert len(settled) == len(reading.findings.gaps)


def test_a_limit_keeps_its_figure_its_clause_and_its_day(tmp_path: Path) -> None:
    reading = reading_of("第一条 受理后应当在5个工作日内办结。\n第二条 本办法自2021年4月1日起施行。")
    [commitment] = written(reading, tmp_path / "draft").draft.parts["commitments"].values()
    [within] = commitment.within
    assert (within.value, within.from_, commitment.clause) == ("5 working days", "2021-04-01", "第一条")


def test_days_without_a_kind_depend_on_one_setting(tmp_path: Path) -> None:
    reading = reading_of("第一条 应当在2日内办结。\n第二条 应当在7日内答复用户。")
    parts = written(reading, tmp_path / "draft").draft.parts
    assert parts["settings"]["day_kind"].clauses == ("第一条", "第二条")
    assert {rule.within[0].value for rule in parts["commitments"].values()} == {
        "2 {day_kind}",
        "7 {day_kind}",
    }


def limit(**values: Any) -> Limit:
    usual = {"clause": "一", "quote": "", "span": (0, 0), "confidence": 1.0, "pattern": "", "kind": "process"}
    return Limit(**{**usual, **values})


@pytest.mark.parametrize(
    "value, unit, kind, words",
    [
        (3, "working_day", "process", "3 working days"),
        (1, "hour", "arrival", "1 hour"),
        (2.5, "hour", "arrival", "150 minutes"),
        (0.5, "working_day", "process", "4 working hours"),
        (1.5, "month", "process", "45 days"),
        (0, "on_the_spot", "process", "on the spot"),
        (0, "same_day", "answer", "same day"),
        (24, "hour", "lead_time", "24 hours before"),
        (7, "calendar_day", "lead_time", "7 calendar days before"),
    ],
)
def test_a_limit_in_budget_words(value: float, unit: str, kind: str, words: str) -> None:
    draft = Draft(reading_of("一、甲。").regulation, Findings())
    assert budget(draft, limit(value=value, unit=unit, kind=kind)) == words
    assert parse_words(words)


@pytest.mark.parametrize(
    "text, words",
    [("一年内", "calendar_year"), ("当月", "calendar_month"), ("一个季度", "quarter"), ("半年内", "half_year"),
     ("3个月内", "3 months"), ("两年", "2 years"), ("累计", None)],
)  # fmt: skip
def test_a_window_in_period_words(text: str, words: str | None) -> None:
    assert period(text) == words


def duties_of(text: str, folder: Path) -> list[Any]:
    return list(written(reading_of(text), folder).draft.parts.get("duties", {}).values())


def test_a_monthly_day_that_february_lacks_is_its_last(tmp_path: Path) -> None:
    [duty] = duties_of("第一条 供电单位要在每个月29日上报服务总结。", tmp_path / "draft")
    assert duty.every == "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1"


def test_a_yearly_date_and_a_number_of_times(tmp_path: Path) -> None:
    duties = duties_of("第一条 每年6月25日上报报告。\n第二条 每年召开一次至二次座谈会。", tmp_path / "draft")
    assert duties[0].every == "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=25"
    assert (duties[1].count.min, duties[1].count.max, duties[1].count.per) == (1, 2, "calendar_year")


@pytest.mark.parametrize(
    "clause, key",
    [("二(三)", "2-3"), ("第十四条.¶2", "art14-p2"), ("4/四.第一条.1", "4-4-art1-1"), ("3.2②", "3-2-2"), ("题", "title"),
     ("第二章", "ch2"), ("2.2.1(a)", "2-2-1-a"), ("第五条之一⑴", "art5-1-1")],
)  # fmt: skip
def test_a_clause_id_in_latin_words(clause: str, key: str) -> None:
    assert slug(clause).replace("之", "") == key


@pytest.mark.parametrize("text, day", [
    ("一、甲。\n本办法自2021年4月1日起施行。", "2021-04-01"),
    ("一、甲。\n某局\n二〇一九年十二月三十一日", "2019-12-31"),
    ("一、甲。\n本办法自2021年13月1日起施行。", "2000-01-01"),
    ("一、自发布之日起施行。", "2000-01-01"),
])  # fmt: skip
def test_the_day_in_force_is_the_one_the_text_bears(text: str, day: str) -> None:
    assert day_in_force(Draft(reading_of(text).regulation, Findings())) == day


@pytest.mark.parametrize(
    "text",
    [
        "on",
        "null",
        "true",
        "1.0",
        "a: b",
        "- x",
        "{a}",
        "“引”：",
        "\x85\ufeff",
        "'",
        '"\\',
        "%x",
        "@",
        "",
        "2021-01-01",
        "是\n否",
    ],
)
def test_any_text_survives_yaml(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        yaml_text({"key": text, "list": [text], "deep": {"a": {"b": {text or "k": text}}}}), encoding="utf-8"
    )
    document = read_document(tmp_path / "a.yaml")
    assert document.faults == [] and document.data["key"] == text and document.data["list"] == [text]


def test_what_names_a_pack() -> None:
    assert (
        is_pack_id("linhe-hall") and not is_pack_id("临河") and not is_pack_id("A") and not is_pack_id("a_b")
    )
