"""Files to text: txt, md, docx and pdf with a text layer, told apart by what is in them."""

import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

from shounuo.reading.errors import ReadingError
from shounuo.reading.sources.encoding import decoded
from shounuo.reading.sources.pdf import text_of_pdf
from shounuo.reading.sources.word import text_of_docx

MOST_BYTES = 20 * 1024 * 1024
MOST_CHARACTERS = 1_500_000

SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "docx"),
    (b"PK\x05\x06", "docx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG", "png"),
)
_PAIRS = (
    "⺁厂⺋巳⺝月⺟母⺠民⺫目⺶羊⺼月⻁虎⻃西⻄西⻅见⻆角⻇角⻉贝⻋车⻑长⻒长⻓长⻔门"
    "⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟"
)
_RADICALS = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
"""Radical signs that Unicode does not fold by itself -> characters."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text as it was read."""

    text: str
    format: str
    """txt, md, docx or pdf"""
    encoding: str | None
    """of txt and md"""
    notes: tuple[str, ...] = ()
    """codes of what was left out or changed: headers_left_out, radicals_replaced"""


def read_source(content: bytes, name: str = "") -> Source:
    """The text of a file; `name` tells md from txt and names formats that cannot be read. Raises ReadingError."""
    if len(content) > MOST_BYTES:
        raise ReadingError("too_big", limit=MOST_BYTES // 1024 // 1024)
    source = _of_format(content, name)
    if len(source.text) > MOST_CHARACTERS:
        raise ReadingError("too_long", limit=MOST_CHARACTERS)
    if not source.text.strip():
        raise ReadingError("empty")
    text = _plain_radicals(source.text)
    notes = source.notes + (("radicals_replaced",) if text != source.text else ())
    return Source(text, source.format, source.encoding, notes)


def _of_format(content: bytes, name: str) -> Source:
    kind = _format(content, name)
    if kind == "pdf":
        return Source(text_of_pdf(content, MOST_CHARACTERS), "pdf", None)
    if kind == "docx":
        text, notes = text_of_docx(content, MOST_CHARACTERS)
        return Source(text, "docx", None, notes)
    if kind == "doc":
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise ReadingError("encrypted" if encrypted else "old_word")
    if kind not in ("txt", "md"):
        raise ReadingError("other_format", format=kind)
    text, encoding = decoded(content)
    return Source(text, kind, encoding)


def _format(content: bytes, name: str) -> str:
    head = content[:1024].lstrip()
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            return kind
    lower = head[:200].lower()
    if lower.startswith((b"<!doctype html", b"<html")):
        return "html"
    suffix = PurePath(name).suffix.lower()
    return "md" if suffix in (".md", ".markdown") else "txt"


def _plain_radicals(text: str) -> str:
    """Kangxi and other radical signs, which some programs put into PDF in place of characters, as those characters."""
    found = {sign for sign in set(text) if "\u2e80" <= sign <= "\u2fdf"}
    if not found:
        return text
    return text.translate({ord(sign): _character(sign) for sign in found})


def _character(radical: str) -> str:
    plain = unicodedata.normalize("NFKC", radical)
    return plain if plain != radical else _RADICALS.get(radical, radical)
