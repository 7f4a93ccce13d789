"""What a draft pack gathers: rules by file, settings, roles, measures, and the shapes each clause has a rule for."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import category, numeric

from shounuo.reading.findings import Findings
from shounuo.reading.labels import HAN_DIGITS, han_number
from shounuo.reading.text import Clause, Regulation
from shounuo.rules.loading.reader import read_document

WORDS = Path(__file__).with_name("words.yaml")
FILES = {
    "commitment": "commitments",
    "duty": "duties",
    "norm": "norms",
    "consequence": "consequences",
    "disclosure": "disclosures",
    "routing": "routing",
    "register": "registers",
    "arrangement": "arrangements",
}
"""Shape -> file of its rules."""
SHORTEST_TITLE, LONGEST_TITLE, LONGEST_QUOTE = 2, 30, 200
UNNAMED = "responsible_unit"
"""The role that stands in where the text names nobody."""

_UNITS = {
    "篇": "text",
    "编": "book",
    "部分": "part",
    "章": "ch",
    "节": "sec",
    "条": "art",
    "题": "title",
    "¶": "p",
}
_NUMBER = re.compile(rf"[{HAN_DIGITS}]+")


def words(table: str) -> dict[str, Any]:
    """A table of `words.yaml`."""
    found: dict[str, Any] = _tables()[table]
    return found


@cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = read_document(WORDS).data
    return tables


class Draft:
    """A pack that is being drafted."""

    def __init__(self, regulation: Regulation, findings: Findings) -> None:
        self.regulation, self.findings = regulation, findings
        self.by_id = {clause.id: clause for clause in regulation.clauses}
        self.rules: dict[str, dict[str, Any]] = {file: {} for file in FILES.values()}
        self.settings: dict[str, Any] = {}
        self.roles: dict[str, str] = {UNNAMED: "责任单位（原文没有写明）"}
        self.measures: dict[str, str] = {}
        self.gaps: dict[str, list[str]] = defaultdict(list)
        """clause id -> gaps that a setting settles"""
        self._shapes: dict[str, list[str]] = defaultdict(list)
        self._taken: Counter[str] = Counter()

    def add_rule(self, shape: str, clause: str, quote: str, fields: dict[str, Any]) -> None:
        """A rule of a clause; its id comes from the clause's."""
        title = quoted(quote, LONGEST_TITLE)
        rule = {"title": {"zh": title}, "clause": clause, **fields}
        self.rules[FILES[shape]][self.new_id(shape, clause)] = rule
        if shape not in self._shapes[clause]:
            self._shapes[clause].append(shape)

    def new_id(self, kind: str, clause: str) -> str:
        """A key for something of a clause: `commitment-art14`, then `commitment-art14-2`."""
        stem = f"{kind}-{slug(clause)}".rstrip("-")
        self._taken[stem] += 1
        return stem if self._taken[stem] == 1 else self._free(stem)

    def _free(self, stem: str) -> str:
        while (name := f"{stem}-{self._taken[stem]}") in self._taken:
            self._taken[stem] += 1
        self._taken[name] += 1
        return name

    def role(self, name: str | None) -> str:
        """The role that bears a name of the text."""
        plain = quoted(name or "", LONGEST_TITLE)
        if len(plain) < SHORTEST_TITLE:
            return UNNAMED
        for key, known in self.roles.items():
            if known == plain:
                return key
        key = f"role_{len(self.roles)}"
        self.roles[key] = plain
        return key

    def has(self, clause: str, shape: str) -> bool:
        """Whether the clause has a rule of that shape."""
        return shape in self._shapes[clause]

    def clauses(self) -> dict[str, Any]:
        """Every clause with its words, and why there is no rule where there is none."""
        return {clause.id: self._clause(clause) for clause in self.regulation.clauses}

    def _clause(self, clause: Clause) -> dict[str, Any]:
        text = clause.text.strip() or clause.label or clause.id
        found: dict[str, Any] = {"label": clause.label, "text": {"zh": text}}
        found["shapes"] = list(self._shapes[clause.id]) or ["definition"]
        if found["shapes"] == ["definition"]:
            found["reason"] = {"zh": words("reasons")["title" if clause.title else "nothing_found"]}
        if self.gaps[clause.id]:
            found["gaps"] = list(self.gaps[clause.id])
        return found


def quoted(text: str, most: int = LONGEST_QUOTE) -> str:
    """Words of the text on one line, cut where they are long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def beside(words_: str, label: str) -> str:
    """Words with a clause's label in brackets; a label that has brackets of its own, （八）, gets no others."""
    return f"{words_}{label}" if label[:1] in "（(" else f"{words_}（{label}）"


def notes(parts: Iterable[str | None]) -> dict[str, str]:
    """A rule's note in one text."""
    return {"zh": "".join(part for part in parts if part)}


def slug(clause_id: str) -> str:
    """A clause's id in lower-case Latin words: 二(三) -> 2-3, 第十四条.¶2 -> art14-p2."""
    named = re.sub(r"第(\w+?)(篇|编|部分|章|节|条)", lambda m: f"-{_UNITS[m[2]]}{m[1]}", clause_id)
    for sign, word in _UNITS.items():
        named = named.replace(sign, f"-{word}")
    named = _NUMBER.sub(lambda m: f"{_value(m[0])}", named)
    plain = "".join(f"-{int(numeric(c))}-" if category(c) == "No" else c for c in named).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "text"


def _value(digits: str) -> str:
    try:
        return str(han_number(digits))
    except ValueError:
        return "-".join(str(HAN_DIGITS.index(c) + 1) for c in digits)
