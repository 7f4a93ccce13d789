"""Printed clause labels in English: 第二条 is Article 2. For display only; a clause is known by its key."""

import re

from shounuo.reading.labels import HAN_DIGITS, han_number

_N = rf"(\d{{1,3}}|[{HAN_DIGITS}]{{1,7}})"
FORMS = [
    (re.compile(printed.replace("N", _N)), english)
    for printed, english in (
        ("第N(?:篇|编|部分)", "Part {}"),
        ("第N章", "Chapter {}"),
        ("第N节", "Section {}"),
        ("第N条", "Article {}"),
        ("第N条之N", "Article {}-{}"),
        ("第N款", "Paragraph {}"),
        (r"[（(]N[)）]、?", "({})"),
        (rf"([{HAN_DIGITS}]{{1,3}})、", "{}"),
        (r"(\d{1,2})[、.．]", "Item {}"),
    )
]
"""How labels are printed, and their English with the numbers; others stay as printed."""


def english_label(printed: str) -> str:
    """A printed label in English; one of no known form as it is."""
    for form, english in FORMS:
        if found := form.fullmatch(re.sub(r"\s", "", printed)):
            return english.format(*map(han_number, found.groups()))
    return printed.rstrip("、")
