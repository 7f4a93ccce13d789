"""Texts for translation: gather them from code and templates, merge them into the English catalogue, compile it.

    python tools/messages.py gather     renew shounuo/locale/en/LC_MESSAGES/django.po, keeping what is translated
    python tools/messages.py compile    write the .mo beside it
    python tools/messages.py missing    list what has no English yet

The Chinese text in the code is the key. No gettext programs are needed: Django turns a template into Python-like
text, and Babel finds the calls in it.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "shounuo"
CATALOGUE = CODE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, Any] = {
    "_": None,
    "lazy": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

Key = tuple[str | None, str]
"""(context, text)."""


def found() -> dict[Key, tuple[str | None, list[str]]]:
    """Every text: its plural, if any, and the files that have it."""
    texts: dict[Key, tuple[str | None, list[str]]] = {}
    for path in sorted(
        [*CODE.rglob("*.py"), *CODE.rglob("templates/**/*.html"), *CODE.rglob("templates/**/*.txt")]
    ):
        for key, plural in _of_file(path):
            known = texts.setdefault(key, (plural, []))
            texts[key] = (known[0] or plural, known[1])
            place = path.relative_to(ROOT).as_posix()
            if place not in known[1]:
                known[1].append(place)
    return texts


def _of_file(path: Path) -> Iterator[tuple[Key, str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Indentation means nothing in a template and would confuse a reader of Python.
        source = "\n".join(line.strip() for line in templatize(source, origin=str(path)).splitlines())
    for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
        if isinstance(message, tuple):
            yield (context, message[0]), message[1]
        elif message:
            yield (context, message), None


def catalogue() -> polib.POFile:
    """The English catalogue as it is, or an empty one."""
    if CATALOGUE.exists():
        return polib.pofile(str(CATALOGUE))
    made = polib.POFile(wrapwidth=120)
    made.metadata = {
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return made


def gather() -> None:
    """Renew the catalogue: new texts come in empty, texts that nothing uses any more go."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue()}
    fresh = catalogue()
    fresh.clear()
    fresh.wrapwidth = 120
    for (context, text), (plural, places) in sorted(
        found().items(), key=lambda item: (item[0][1], item[0][0] or "")
    ):
        old = known.get((context, text))
        entry = polib.POEntry(msgid=text, msgctxt=context, occurrences=[(place, "") for place in places])
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = old.msgstr_plural if old and old.msgid_plural else {0: "", 1: ""}
        else:
            entry.msgstr = old.msgstr if old else ""
        if "%(" in text or "%s" in text:
            entry.flags.append("python-format")
        fresh.append(entry)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(CATALOGUE))


def missing(entries: polib.POFile) -> list[str]:
    """Texts without complete English."""
    return [e.msgid for e in entries if not (all(e.msgstr_plural.values()) if e.msgid_plural else e.msgstr)]


def main() -> None:
    """Do what the word says."""
    settings.configure(USE_I18N=False)
    word = sys.argv[1] if len(sys.argv) == 2 else ""
    if word == "gather":
        gather()
    elif word == "compile":
        catalogue().save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    elif word == "missing":
        print("\n".join(missing(catalogue())))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
