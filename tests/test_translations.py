"""Every text people see is marked for translation, and the English catalogue is complete."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from tools import messages

CATALOGUE = polib.pofile(str(messages.CATALOGUE))
CHINESE = re.compile(r"[\u3400-\u9fff]")
TEMPLATES = sorted((messages.CODE).rglob("templates/**/*.html"))
OURS = set("诺中文空闲班休停收齐")
"""Characters used as pictures (the mark, empty states, ribbon cells), and a language called by its own name."""
MARKED = (
    r"{%\s*comment.*?endcomment\s*%}",
    r"{#.*?#}",
    r"{%\s*blocktrans(late)?\b.*?{%\s*endblocktrans(late)?\s*%}",
    r"{%\s*trans(late)?\b.*?%}",
    r"_\((\"[^\"]*\"|'[^']*')\)",
)
"""What a template marks for translation, and comments."""


def test_the_catalogue_has_exactly_the_texts_of_the_code() -> None:
    in_code = set(messages.found())
    kept = {(entry.msgctxt, entry.msgid) for entry in CATALOGUE}
    assert (in_code - kept, kept - in_code) == (set(), set())


def test_every_text_has_its_english() -> None:
    assert messages.missing(CATALOGUE) == []


def test_no_english_text_holds_chinese() -> None:
    wrong = [e.msgid for e in CATALOGUE for text in english(e) if CHINESE.search(text) and "诺" not in text]
    assert wrong == [e for e in wrong if "中文" in e]


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.msgid[:30])
def test_placeholders_are_kept(entry: polib.POEntry) -> None:
    wanted = placeholders(entry.msgid) | placeholders(entry.msgid_plural or "")
    for text in english(entry):
        assert placeholders(text) <= wanted
        assert entry.msgid_plural or placeholders(text) == wanted


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = polib.mofile(str(messages.CATALOGUE.with_suffix(".mo")))
    assert {e.msgid: e.msgstr or e.msgstr_plural for e in compiled} == {
        e.msgid: e.msgstr or e.msgstr_plural for e in CATALOGUE
    }


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(messages.CODE).as_posix())
def test_templates_mark_all_their_texts(template: Path) -> None:
    rest = template.read_text(encoding="utf-8")
    for marked in MARKED:
        rest = re.sub(marked, "", rest, flags=re.DOTALL)
    assert [c for c in CHINESE.findall(rest) if c not in OURS] == []


def placeholders(text: str) -> set[str]:
    """The named values in a text."""
    return set(re.findall(r"%\((\w+)\)[sd]", text))


def english(entry: polib.POEntry) -> Iterator[str]:
    """The English forms of a text."""
    yield from entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
