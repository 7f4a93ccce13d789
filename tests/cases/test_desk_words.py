"""Every code has its words."""

import re
from pathlib import Path

import pytest

import shounuo
from shounuo.cases import access
from shounuo.cases.reasons import FINDINGS, SENTENCES, say
from shounuo.cases.wording import RELATIONS, VERBS
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


def test_no_key_presses_two_verbs_that_can_stand_together() -> None:
    keys = [words.key for name, words in VERBS.items() if words.key and name not in ("answer", "restore")]
    assert len(keys) == len(set(keys))
    assert not set(keys) & {"n", "j", "k", "/", "?"}
