"""Word files (.docx) to text: paragraphs, tables row by row, automatic numbers, tracked changes as accepted."""

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO

from shounuo.reading.errors import ReadingError
from shounuo.reading.sources.numbering import LEVELS, Numbering, numbering_of
from shounuo.reading.sources.xml import Attributes, Element, Stream, tree_of

MAIN = "word/document.xml"
MOST_PARTS = 5_000
MOST_UNPACKED = 40 * 1024 * 1024
MOST_SMALL = 8 * 1024 * 1024
MOST_RATIO = 300
"""How many times smaller a part may be packed; text packs to a tenth, numbering tables to a fiftieth."""

_SKIPPED = frozenset(
    {"del", "moveFrom", "Fallback", "instrText", "delText", "rPrChange", "pPrChange", "txbxFallback"}
)
_HEADERS = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml")


def text_of_docx(content: bytes, most: int) -> tuple[str, tuple[str, ...]]:
    """The text, a paragraph a line, and notes on what was left out. Raises ReadingError."""
    with _archive(content) as archive:
        names = set(archive.namelist())
        if MAIN not in names:
            raise ReadingError("not_word")
        numbering = numbering_of(_tree(archive, "word/numbering.xml"), _tree(archive, "word/styles.xml"))
        document = _unpacked(archive, MAIN, MOST_UNPACKED)
        notes = ("headers_left_out",) if any(_HEADERS.fullmatch(name) for name in names) else ()
    reader = _Paragraphs(numbering, most)
    Stream(reader.start, reader.end, reader.words).parse(document)
    return "\n".join(reader.lines), notes


def _archive(content: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise ReadingError("broken_docx", problem="not_zip") from None
    if len(archive.infolist()) > MOST_PARTS:
        raise ReadingError("unsafe_docx", problem="too_many_parts")
    return archive


def _tree(archive: zipfile.ZipFile, name: str) -> Element | None:
    return tree_of(_unpacked(archive, name, MOST_SMALL)) if name in archive.namelist() else None


def _unpacked(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A part's bytes; never more than `most`, whatever the archive says of its size."""
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise ReadingError("encrypted")
    packed = max(info.compress_size, 1)
    if info.file_size > most or (info.file_size > 1024 * 1024 and info.file_size / packed > MOST_RATIO):
        raise ReadingError("unsafe_docx", problem="unpacks_too_big")
    try:
        with archive.open(info) as part:
            content = part.read(most + 1)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise ReadingError("broken_docx", problem="damaged") from None
    except Exception as error:  # zlib, lzma and bz2 each raise their own
        if type(error).__module__ not in ("zlib", "_lzma", "lzma", "_bz2"):
            raise
        raise ReadingError("broken_docx", problem="damaged") from None
    if len(content) > most:
        raise ReadingError("unsafe_docx", problem="unpacks_too_big")
    return content


@dataclass(slots=True)
class _Paragraph:
    words: list[str] = field(default_factory=list)
    style: str = ""
    list_id: str | None = None
    level: int | None = None


class _Paragraphs:
    """Collects the lines of a document while it is parsed."""

    def __init__(self, numbering: Numbering, most: int) -> None:
        self.lines: list[str] = []
        self._numbering, self._left = numbering, most
        self._open: list[_Paragraph] = []
        self._rows: list[list[list[str]]] = []
        """open table rows, outermost first: cells, each a list of lines"""
        self._skipping = 0
        self._in_words = False
        self._in_properties = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if self._skipping or name in _SKIPPED:
            self._skipping += 1
            return
        if name == "p":
            self._open.append(_Paragraph())
        elif name == "t":
            self._in_words = True
        elif name == "tr":
            self._rows.append([])
        elif name == "tc" and self._rows:
            self._rows[-1].append([])
        elif name == "pPr":
            self._in_properties += 1
        elif self._open:
            self._within(name, attributes)

    def _within(self, name: str, attributes: Attributes) -> None:
        paragraph = self._open[-1]
        if name in ("br", "cr"):
            paragraph.words.append("\n")
        elif name == "tab" and not self._in_properties:
            paragraph.words.append("\t")
        elif name == "noBreakHyphen":
            paragraph.words.append("-")
        elif name == "pStyle":
            paragraph.style = attributes.get("val", "")
        elif name == "numId":
            paragraph.list_id = attributes.get("val")
        elif name == "ilvl":
            level = attributes.get("val", "")
            paragraph.level = int(level) if level in {str(n) for n in range(LEVELS)} else 0

    def words(self, text: str) -> None:
        if not self._in_words or self._skipping or not self._open:
            return
        self._left -= len(text)
        if self._left < 0:
            raise ReadingError("too_long", limit=1_500_000)
        self._open[-1].words.append(text)

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif name == "t":
            self._in_words = False
        elif name == "pPr":
            self._in_properties -= 1
        elif name == "p" and self._open:
            self._close_paragraph()
        elif name == "tr" and self._rows:
            self._close_row(self._rows.pop())

    def _close_paragraph(self) -> None:
        paragraph = self._open.pop()
        words = "".join(paragraph.words)
        line = (self._label(paragraph) if words.strip() else "") + words
        self._put([line])

    def _put(self, lines: list[str]) -> None:
        in_cell = bool(self._rows and self._rows[-1])
        (self._rows[-1][-1] if in_cell else self.lines).extend(lines)

    def _label(self, paragraph: _Paragraph) -> str:
        by_style = self._numbering.by_style.get(paragraph.style)
        list_id = paragraph.list_id if paragraph.list_id is not None else by_style[0] if by_style else None
        level = paragraph.level if paragraph.level is not None else by_style[1] if by_style else 0
        return self._numbering.label(list_id, level) if list_id else ""

    def _close_row(self, cells: list[list[str]]) -> None:
        """A row of single lines becomes one line; longer cells keep theirs."""
        filled = [[line for line in cell if line.strip()] for cell in cells]
        if len(filled) > 1 and all(len(cell) <= 1 for cell in filled):
            self._put(["\t".join(cell[0] if cell else "" for cell in filled)])
        else:
            self._put([line for cell in filled for line in cell])
