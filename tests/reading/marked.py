"""Texts with hand-made marks: the plain text, and the gold in the scorer's shape. README.md in `texts` tells the marks."""

import re
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).resolve().parent / "texts"
KINDS = {"L": "limits", "D": "duties", "C": "consequences", "G": "gaps", "O": "disclosures"}
_SIGN = re.compile(r"⟪(?P<head>[^|⟪⟫]{1,40})\||⟫")


def read_marked(marked: str) -> tuple[str, dict[str, Any]]:
    """The text without marks and its gold: kind -> items with start, quote and values; `unscored` with their type."""
    gold: dict[str, Any] = {name: [] for name in (*KINDS.values(), "unscored", "clauses")}
    plain, size, at, opened = [], 0, 0, []
    for sign in _SIGN.finditer(marked):
        plain.append(marked[at : sign.start()])
        size += sign.start() - at
        at = sign.end()
        if sign["head"]:
            opened.append((sign["head"], size))
        else:
            _close(gold, *opened.pop(), "".join(plain))
    plain.append(marked[at:])
    if opened:
        raise ValueError(f"not closed: {opened}")
    return "".join(plain), gold


def _close(gold: dict[str, Any], head: str, start: int, so_far: str) -> None:
    words = head.lstrip("?").split()
    item: dict[str, Any] = {"start": start, "quote": so_far[start:], "clause": None}
    if head.startswith("?"):
        gold["unscored"].append({**item, "type": KINDS[words[0]]})
        return
    if words[0] == "L":
        item |= {"value": float(words[1]), "unit": words[2]}
    if words[0] == "G":
        item["class"] = words[1]
    gold[KINDS[words[0]]].append(item)
