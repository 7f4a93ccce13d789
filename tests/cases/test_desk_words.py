"""Every code has its words."""

import re
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import shounuo
from shounuo.cases import access
from shounuo.cases.forms.places import PLACES as BESIDE
from shounuo.cases.reasons import FINDINGS, SENTENCES, say
from shounuo.cases.sentences import sentence
from shounuo.cases.wording import RELATIONS, VERBS
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Reason

ROOT = Path(shounuo.__file__).parent
FOLDERS = [ROOT / "rules" / "engine", ROOT / "cases" / "actions"]
PLACES = [
    ROOT / "cases" / "access.py",
    ROOT / "cases" / "permission.py",
    *(path for folder in FOLDERS for path in folder.glob("*.py")),
]
SOURCE = "\n".join(path.read_text() for path in PLACES)


def codes(call: str) -> set[str]:
    """Codes that are said: `Reason("a")`, and both of `Reason("a" if … else "b")`."""
    found = re.findall(call + r'\(\s*"([a-z0-9_]+)"(?: if [^"]*? else "([a-z0-9_]+)")?', SOURCE)
    return {code for pair in found for code in pair if code}


def test_every_reason_has_its_sentence_and_no_sentence_is_left_over() -> None:
    assert codes("Reason") == set(SENTENCES)


def test_every_finding_has_its_sentence() -> None:
    assert codes("Finding") == set(FINDINGS)


def test_every_relation_that_grants_a_verb_has_its_word() -> None:
    granted = {one for verb, who in access.GRANTS.items() if verb != "register" for one in who}
    assert granted == set(RELATIONS)


@pytest.mark.parametrize(
    "why, sentence",
    [
        (Reason("not_your_role", {"who": ["handler", "section_head"]}), "由承办人、科室负责人办理。"),
        (Reason("too_many", {"at_most": 1}), "最多 1 次。"),
        (Reason("ended", {"state": "answered"}), "事项已答复。"),
        (Reason("too_long_an_extension", {"up_to": "5 working days"}), "合计最多延长 5 个工作日。"),
        (
            Reason("already_promised", {"date": "2026-10-13"}),
            "已经向当事人承诺 10月13日 前答复；承诺只作一次。",
        ),
        (Reason("lacks", {"fields": ["basis", "limit"]}), "缺少：依据、时限。"),
        (Reason("a_new_code"), "a_new_code"),
        (None, ""),
    ],
)
def test_a_reason_reads_as_a_sentence(why: Reason | None, sentence: str) -> None:
    assert say(why) == sentence


def test_a_day_of_another_year_is_said_with_its_year() -> None:
    promised = Reason("already_promised", {"date": "2027-01-04"})
    assert say(promised, 2026) == "已经向当事人承诺 2027年1月4日 前答复；承诺只作一次。"
    assert say(promised, 2027) == "已经向当事人承诺 1月4日 前答复；承诺只作一次。"


def test_a_due_that_moved_into_the_next_year_says_so_in_the_timeline() -> None:
    data = {"rule": "x", "old": "2026-11-22T17:30:00", "new": "2027-11-23T17:30:00", "cause": "calendar"}
    moment = datetime(2026, 11, 22, 9)
    context: Any = SimpleNamespace(rule=str)
    said = sentence(Fact(9, "due_moved", moment, moment, data=data), context)
    assert "由 11月22日 17:30 改为 2027年11月23日 17:30" in said


def test_every_reason_that_stands_beside_a_field_is_known() -> None:
    assert set(BESIDE) <= set(SENTENCES)


def test_no_key_presses_two_verbs_that_can_stand_together() -> None:
    keys = [words.key for name, words in VERBS.items() if words.key and name not in ("answer", "restore")]
    assert len(keys) == len(set(keys))
    assert not set(keys) & {"n", "j", "k", "/", "?"}
