"""Every text people see is marked for translation, and the English catalogue is complete."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from tools import messages

CATALOGUE = polib.pofile(str(messages.CATALOGUE))
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
"""Characters and the punctuation that goes with them."""
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
TEMPLATES = sorted((messages.CODE).rglob("templates/**/*.html"))
SOURCES = [path for path in sorted(messages.CODE.rglob("*.py")) if "migrations" not in path.parts]
OURS = set("诺中文空闲班休停收齐制条约清历定铃\u3000？")
"""Characters used as pictures (the mark, empty states, ribbon cells), a language called by its own name, a wide
space, and the question mark that a label may end with."""
MARKED = (
    r"{%\s*comment.*?endcomment\s*%}",
    r"{#.*?#}",
    r"{%\s*blocktrans(late)?\b.*?{%\s*endblocktrans(late)?\s*%}",
    r"{%\s*trans(late)?\b.*?%}",
    r"_\((\"[^\"]*\"|'[^']*')\)",
)
"""What a template marks for translation, and comments."""
BOTH_LANGUAGES = {
    "rules/facts.py": "kinds of fact, zh beside en",
    "rules/words.py": "lengths of time, zh beside en",
    "rules/calendars/china.py": "holidays, zh beside en",
    "rules/calendars/netherlands.py": "holidays, zh beside en",
    "rules/loading/faults.py": "faults of packs, zh beside en",
    "rules/loading/vocabulary.py": "words of packs, zh beside en",
    "regulations/wording.py": "patterns of dates, marks between words, numbers of ambiguities",
    "regulations/clause_labels.py": "printed labels, their English beside them",
    "regulations/typed.py": "lengths of time as people type them in either language",
    "commitments/forms.py": "the pattern of a month",
    "portal/views/calendar.py": "the heads of the days of a week",
    "site/wording.py": "patterns of dates and of the day ribbon, one set a language",
    "site/ribbon.py": "the syllable a short holiday name drops",
    "site/founding.py": "the first post, zh beside en",
    "cases/answer_check.py": "the empty phrases and the questions that an answer is checked for",
    "cases/papers/notice.py": "the numerals before the headings of a Chinese letter",
    "cases/search.py": "the ranges of characters that are searched in pairs",
    "commitments/matrix.py": "the mark of a clause that is applied",
    "regulations/calendar_edits.py": "marks between typed dates in either language",
    "regulations/calendar_files.py": "heads and words of calendar files in either language",
    "regulations/calendar_hours.py": "office hours as people type them in either language",
    "regulations/calendar_notice.py": "days off as people type them in either language",
    "regulations/year_table.py": "the heads of the days of a week",
    "regulations/drafts/guessing.py": "words of Chinese regulations",
    "regulations/drafts/packing.py": "notes kept in the pack, in the language of its text",
    "regulations/drafts/record.py": "a stand-in service kept in the pack",
    "regulations/drafts/wording.py": "words of Chinese regulations",
    "site/commands/reading.py": "for the terminal, zh beside en",
    "site/cli.py": "for the terminal, both languages at once",
    "regulations/drafts/sheets.py": "where the sentences of a Chinese regulation end",
    "site/commands/demo.py": "for the terminal, both languages at once",
    "site/commands/packs.py": "for the terminal, in the language asked for",
    "site/demo/running.py": "for the terminal, both languages at once",
    "site/demo/stories.py": "what invented people say, in both languages",
}
"""Where Chinese stands outside the catalogue on purpose, and why."""
GRAMMAR = "reading/"
"""The folder of the grammar of Chinese regulations: its words are what it reads; its errors stand zh beside en."""


def test_the_catalogue_has_exactly_the_texts_of_the_code() -> None:
    in_code = set(messages.found())
    kept = {key(entry) for entry in CATALOGUE}
    assert (in_code - kept, kept - in_code) == (set(), set())


def test_no_text_stands_twice_in_one_context() -> None:
    assert [one for one, times in Counter(map(key, CATALOGUE)).items() if times > 1] == []


def test_every_text_has_its_english() -> None:
    assert messages.missing(CATALOGUE) == []


def test_a_text_with_a_plural_has_both_forms() -> None:
    assert [e.msgid for e in CATALOGUE if e.msgid_plural and set(e.msgstr_plural) != {0, 1}] == []


def test_no_english_text_holds_chinese() -> None:
    wrong = [e.msgid for e in CATALOGUE for text in english(e) if set(CHINESE.findall(text)) - OURS]
    assert wrong == ["简体中文"]


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.msgid[:30])
def test_placeholders_are_kept(entry: polib.POEntry) -> None:
    wanted = placeholders(entry.msgid) | placeholders(entry.msgid_plural or "")
    for text in english(entry):
        assert placeholders(text) == wanted


def test_texts_with_values_are_marked_so_and_can_be_filled_in() -> None:
    for entry in CATALOGUE:
        names = placeholders(entry.msgid)
        assert ("python-format" in entry.flags) == bool(names), entry.msgid
        for text in english(entry) if names else ():
            assert text % dict.fromkeys(names, 1), entry.msgid


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = polib.mofile(str(messages.CATALOGUE.with_suffix(".mo")))
    assert {key(e): [*english(e)] for e in compiled} == {key(e): [*english(e)] for e in CATALOGUE}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(messages.CODE).as_posix())
def test_templates_mark_all_their_texts(template: Path) -> None:
    rest = template.read_text(encoding="utf-8")
    for marked in MARKED:
        rest = re.sub(marked, "", rest, flags=re.DOTALL)
    assert [c for c in CHINESE.findall(rest) if c not in OURS] == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.relative_to(messages.CODE).as_posix())
def test_sources_mark_all_their_texts(source: Path) -> None:
    name = source.relative_to(messages.CODE).as_posix()
    if name not in BOTH_LANGUAGES and not name.startswith(GRAMMAR):
        assert unmarked(ast.parse(source.read_text(encoding="utf-8"))) == []


def test_the_sources_let_off_need_it() -> None:
    for name in BOTH_LANGUAGES:
        assert unmarked(ast.parse((messages.CODE / name).read_text(encoding="utf-8"))), name


def test_every_name_given_to_gettext_is_gathered() -> None:
    known = set(messages.KEYWORDS)
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                used = {one.asname or one.name for one in node.names if "gettext" in one.name}
                assert used <= known, source


@pytest.mark.parametrize(
    ("code", "left"),
    [
        ('_("甲")', []),
        ('"""甲"""', []),
        ('pgettext("one", "甲") % {"a": _("乙")}', []),
        ('f"{a}（{b}）"', ["（", "）"]),
        ('say("甲")', ["甲"]),
    ],
)
def test_a_text_that_is_not_marked_is_found(code: str, left: list[str]) -> None:
    assert unmarked(ast.parse(code)) == left


def unmarked(node: ast.AST) -> list[str]:
    """Chinese strings of a piece of Python that no call of gettext takes and that are no docstrings."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) and CHINESE.search(node.value) else []
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return []
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in messages.KEYWORDS:
        return []
    return [text for child in ast.iter_child_nodes(node) for text in unmarked(child)]


def key(entry: polib.POEntry) -> messages.Key:
    """Context and text."""
    return entry.msgctxt, entry.msgid


def placeholders(text: str) -> set[str]:
    """The named values in a text."""
    return set(PLACEHOLDER.findall(text))


def english(entry: polib.POEntry) -> Iterator[str]:
    """The English forms of a text."""
    yield from entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
