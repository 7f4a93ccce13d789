"""Scores on marked texts: our own always, the agreed gold where it lies beside the repository."""

import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from shounuo.reading.findings import Findings
from tests.reading.marked import TEXTS, read_marked
from tests.reading.reading_of import found_in

GOLD = Path(__file__).resolve().parents[3] / "shared" / "data" / "reading"
ASKED = {"limits": 0.95, "gaps": 0.90, "duties": 0.88, "consequences": 0.82, "disclosures": 0.78}
SCORED_GAPS = {"vague_word", "unset_limit", "unset_period", "unset_lead"}


def overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """At least half of the shorter one."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    return common > 0 and 2 * common >= min(a[1] - a[0], b[1] - b[0])


def counts(kind: str, found: Findings, gold: dict[str, Any]) -> Counter[str]:
    """Right, wrong and missed findings of one kind; each gold item is matched once."""
    open_items = list(gold[kind])
    doubtful = [x for x in gold["unscored"] if x["type"] == kind]
    result: Counter[str] = Counter()
    for item in getattr(found, kind):
        if kind == "gaps" and item.kind not in SCORED_GAPS:
            continue
        mine = [g for g in open_items if overlap(item.span, (g["start"], g["start"] + len(g["quote"])))]
        if kind == "limits":
            mine = [g for g in mine if (g["value"], g["unit"]) == (item.value, item.unit)]
        if mine:
            open_items.remove(mine[0])
            result["right"] += 1
        elif not any(overlap(item.span, (g["start"], g["start"] + len(g["quote"]))) for g in doubtful):
            result["wrong"] += 1
    result["missed"] = len(open_items)
    return result


def f1(c: Counter[str]) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * c["right"] / (2 * c["right"] + c["wrong"] + c["missed"])


@pytest.mark.parametrize("kind", ASKED)
def test_our_own_marked_texts_are_read_as_asked(kind: str) -> None:
    total: Counter[str] = Counter()
    for path in sorted(TEXTS.glob("*.txt")):
        text, gold = read_marked(path.read_text("utf-8"))
        total += counts(kind, found_in(text), gold)
    assert total["right"] > 25
    assert f1(total) >= ASKED[kind], total


def scorer() -> ModuleType:
    """The agreed scorer."""
    spec = importlib.util.spec_from_file_location("agreed_scorer", GOLD / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_prediction(found: Findings) -> dict[str, Any]:
    """Findings in the shape that the scorer reads."""
    return {
        kind: [
            {"quote": x.quote, "start": x.span[0]}
            | {key: getattr(x, key) for key in ("value", "unit", "kind") if hasattr(x, key)}
            for x in getattr(found, kind)
        ]
        for kind in ASKED
    }


@pytest.mark.skipif(not GOLD.is_dir(), reason="the agreed gold is not beside this repository")
@pytest.mark.parametrize("kind", ASKED)
def test_the_agreed_gold_is_read_as_asked(kind: str, tmp_path: Path) -> None:
    score = scorer()
    gold = score.load_gold(str(GOLD), which="all")
    for name, _, text in gold:
        (tmp_path / f"{name}.json").write_text(json.dumps(as_prediction(found_in(text.raw))), "utf-8")
    result = score.run(gold, str(tmp_path), quiet=True)[kind]
    assert result["tp"] > 20
    assert result["f1"] >= ASKED[kind], result


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt")), ids=lambda p: p.stem)
def test_marks_are_well_formed(path: Path) -> None:
    text, gold = read_marked(path.read_text("utf-8"))
    assert not set("⟪⟫|") & set(text)
    for kind in (*ASKED, "unscored"):
        assert all(text[g["start"] : g["start"] + len(g["quote"])] == g["quote"] for g in gold[kind])


SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
PRINTED = [  # article, quote, value or day, unit or recurrence, starts, ends or evidence, obliged
    ("第一篇", "三个工作日内", 3, "working_day", "接到工单", "将工单返回营销部", "供电单位"),
    ("第四篇", "2日内", 2, "day_unspecified", None, "办结", "市质监局"),
    ("第四篇", "7日内", 7, "day_unspecified", None, "办结", "市质监局"),
    ("第五篇", "2日内", 2, "day_unspecified", None, "办结", "中心"),
    ("第五篇", "7日内", 7, "day_unspecified", None, "办结", "中心"),
]
PRINTED_DUTIES = [
    ("一次至二次", "yearly", None), ("每个月29日", "monthly", "29日"), ("6月25日", "yearly", "6月25日"),
    ("次年1月5日", "yearly", "1月5日"), ("每月考核一次", "monthly", None), ("每年全面检查一次", "yearly", None),
    ("年度公示", "yearly", None), ("小时不间断", "24h", None), ("无周休日", "every_day", None),
]  # fmt: skip


def seed(number: str) -> Findings:
    """What is found in a seed."""
    return found_in(next(SEEDS.glob(f"{number}_*.txt")).read_text("utf-8"))


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside this repository")
def test_every_printed_limit_of_the_seeds_is_found_with_its_events_and_obliged_party() -> None:
    limits = [x for x in seed("003").limits if x.unit != "on_the_spot"]
    found = [(x.quote, x.value, x.unit, x.starts, x.ends, x.obliged) for x in limits]
    assert found == [row[1:] for row in PRINTED]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside this repository")
@pytest.mark.parametrize(("words", "recurrence", "day"), PRINTED_DUTIES)
def test_every_printed_recurrence_of_the_seeds_is_found_with_its_obliged_party(
    words: str, recurrence: str, day: str | None
) -> None:
    duties = [d for d in (*seed("000").duties, *seed("003").duties) if words in d.quote.replace(" ", "")]
    assert duties
    assert all((d.recurrence, d.day) == (recurrence, day) and d.obliged for d in duties)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside this repository")
def test_both_counts_of_the_seeds_are_found_with_window_and_scope() -> None:
    found = [c.threshold for c in seed("003").consequences if c.threshold]
    assert [(t.least, t.window, t.scope) for t in found] == [(4, "月", None), (3, None, "所属科室工作人员")]
