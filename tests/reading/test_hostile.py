"""Hostile files and texts: refused clearly, or read in bounded time."""

import resource
import sys
import zipfile
from io import BytesIO

import pytest

from shounuo.reading.clauses import MOST_CLAUSES, split
from shounuo.reading.errors import ReadingError
from shounuo.reading.residue import FORMS, LONGEST_LINE, line_reason
from shounuo.reading.sources import MOST_BYTES, MOST_CHARACTERS, read_source
from shounuo.rules.loading.reader import read_document
from tests.reading.made_files import docx, paragraph, part, pdf

SECONDS = 10
"""Of processor time for a megabyte; a tenth of it is usual."""


def refusal(content: bytes, name: str = "") -> str:
    with pytest.raises(ReadingError) as caught:
        read_source(content, name)
    return caught.value.code


def xml(body: str) -> str:
    return '<?xml version="1.0"?>' + body


BOMB = part("document", paragraph("零" * 4_000_000))
ENTITIES = xml('<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]><d>&a;</d>')
DEEP = part("document", "<w:r>" * 500 + "</w:r>" * 500)


@pytest.mark.parametrize(
    "content, code",
    [
        (b"", "empty"),
        (" \n\u3000".encode(), "empty"),
        (b"\x00" * 4000 + b"a", "binary"),
        (bytes(range(1, 9)) * 500, "binary"),
        (bytes(range(256)) * 4, "wrong_encoding"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\x89PNG\r\n", "other_format"),
        (b"<!DOCTYPE html><p>", "other_format"),
        (b"PK\x03\x04 nothing else", "broken_docx"),
        (b"a" * (MOST_BYTES + 1), "too_big"),
        (b"a" * (MOST_CHARACTERS + 1), "too_long"),
        (docx(xml("<d><e></d>")), "broken_docx"),
        (docx(ENTITIES), "unsafe_docx"),
        (docx(DEEP), "unsafe_docx"),
        (docx(BOMB), "unsafe_docx"),
        (docx(paragraph("一"), numbering=ENTITIES), "unsafe_docx"),
        (b"%PDF-1.7 and nothing", "broken_pdf"),
        (pdf([[], []]), "scanned_pdf"),
        (pdf([["\ue001\ue002\ue003" * 10]]), "garbled_pdf"),
        (pdf([["一"]], "/Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (y) /P -4 >>"), "encrypted"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_file_is_refused_with_its_reason(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_an_archive_without_a_document_is_no_word_file() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    assert refusal(buffer.getvalue()) == "not_word"


def test_a_damaged_archive_is_refused() -> None:
    content = bytearray(docx(part("document", paragraph("服务承诺" * 2000))))
    content[60:100] = bytes(40)
    assert refusal(bytes(content)) == "broken_docx"


def test_the_words_of_a_refusal_are_chinese() -> None:
    assert str(ReadingError("scanned_pdf")).startswith("PDF 里只有图像")


LONG = {
    "one line": "应当在三日内答复" * 42_000,
    "one line of sentences": "应当在3个工作日内答复。" * 28_000,
    "one line of articles": "".join(f"第{n}条 应当在3日内办结。" for n in range(1, 900)) * 25,
    "enclosed numbers": "①②" * 100_000,
    "items": "（一）甲（二）乙" * 14_000,
    "figures": "1." * 500_000,
    "digits": "1" * 1_000_000,
    "blanks": " " * 900_000 + "第一条 甲",
    "newlines": "\n" * 1_000_000 + "甲",
    "bidi": "\u202e第一条\u2066 办\u200b事。" * 30_000,
    "brackets": "<" * 500_000,
    "stars": "*" * 1_000_000,
    "links": ("a > " * 45 + "。\n") * 2000,
    "lists in lists": "1、办理：\n（1）办理：\n①办理：\na)办理：\n" * 3000,
    "page headers": "页眉\n- 3 -\n内容。\n" * 9000,
    "lines broken in sentences": "办理，办理，办理，办理，办理\n" * 30_000,
}


@pytest.mark.parametrize("name", LONG)
def test_a_megabyte_is_split_in_bounded_time_and_nothing_is_lost(name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    regulation = split(LONG[name])
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < SECONDS
    assert next(regulation.uncovered(), None) is None


def test_a_text_of_endless_clauses_is_refused() -> None:
    with pytest.raises(ReadingError, match=str(MOST_CLAUSES)):
        split("一、甲。\n" * (MOST_CLAUSES + 2))


def test_lists_never_open_deeper_than_the_interpreter_stands() -> None:
    regulation = split("1、甲：\n（1）乙：\n①丙：\na)丁：\n" * 500)
    assert len(regulation.clauses) == 2000 < sys.getrecursionlimit() * 10


FILLINGS = (" ", " - ", " > ", "    ", "：", "。")


@pytest.mark.parametrize("part", ["lines", "signs"])
def test_no_form_of_residue_takes_long_on_a_line_that_almost_fits(part: str) -> None:
    examples = [text for form in read_document(FORMS).data[part].values() for text in form["examples"]]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    for text in examples:
        for filling in FILLINGS:
            line_reason(((text + filling) * 200)[: LONGEST_LINE - 1] + "\u0001")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < SECONDS
