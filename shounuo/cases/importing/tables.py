"""Rows of a CSV, TSV or XLSX file, packed or not, in whatever encoding, each with its line number."""

import csv
import gzip
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

ENCODINGS = ("utf-8-sig", "gb18030", "cp1252", "latin-1")
SEARCHED = 50
LONGEST_FIELD = 1 << 20


class BadFile(ValueError):
    """The file cannot be read as a table; the message says why."""


class Line(NamedTuple):
    """A row: the line it begins on, its values by column, or why it is no row."""

    number: int
    values: dict[str, str]
    fault: str = ""


class Opened(NamedTuple):
    """A table's column names and its rows."""

    columns: list[str]
    lines: Iterator[Line]


def open_table(
    path: Path,
    wanted: Sequence[str],
    encoding: str | None = None,
    delimiter: str | None = None,
    header_line: int | None = None,
    sheet: str | None = None,
) -> Opened:
    """The table in a file whose header has all ``wanted`` columns.

    The header is looked for in the first 50 lines unless its line is given, so that a preamble
    does not matter. Raises `BadFile`.
    """
    csv.field_size_limit(LONGEST_FIELD)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return _table(_sheet_rows(path, sheet), wanted, header_line, path.name)
    raw = _unpacked(path)
    chosen = encoding or _encoding(path)
    rows = _csv_rows(io.TextIOWrapper(raw, encoding=chosen, newline=""), delimiter, path)
    return _table(rows, wanted, header_line, path.name)


def _unpacked(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return cast(IO[bytes], gzip.open(path, "rb") if packed else path.open("rb"))


def _encoding(path: Path) -> str:
    """UTF-16 by its mark, else the first encoding that reads the whole file."""
    with _unpacked(path) as file:
        mark = file.read(4)
    if mark[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    return next(name for name in ENCODINGS if _reads(path, name))


def _reads(path: Path, encoding: str) -> bool:
    try:
        with io.TextIOWrapper(_unpacked(path), encoding=encoding) as text:
            while text.read(1 << 16):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _csv_rows(text: io.TextIOWrapper, delimiter: str | None, path: Path) -> Iterator[tuple[int, list[str]]]:
    sample = text.read(1 << 14)
    text.seek(0)
    reader = csv.reader(text, delimiter=delimiter or _delimiter(sample, path))
    ended = 0
    with text:
        try:
            for row in reader:
                yield ended + 1, row
                ended = reader.line_num
        except csv.Error as error:
            raise BadFile(f"{path.name}, line {reader.line_num}: {error}") from error


def _delimiter(sample: str, path: Path) -> str:
    """The sign that most often parts the fields of the first lines; a tab for .tsv."""
    if path.suffix.lower() == ".tsv":
        return "\t"
    lines = [line for line in sample.splitlines()[:SEARCHED] if line]
    return max(",;\t|", key=lambda sign: sum(line.count(sign) for line in lines))


def _sheet_rows(path: Path, sheet: str | None) -> Iterator[tuple[int, list[str]]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError) as error:
        raise BadFile(f"{path.name}: not an Excel workbook ({error})") from error
    if sheet is not None and sheet not in book.sheetnames:
        raise BadFile(f"{path.name}: no sheet {sheet!r}; it has {', '.join(book.sheetnames)}")
    chosen = book[sheet] if sheet else book.worksheets[0]
    for number, row in enumerate(chosen.iter_rows(values_only=True), 1):
        yield number, [_cell(value) for value in row]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat(sep=" ") if hasattr(value, "hour") and hasattr(value, "year") else str(value)


def _table(
    rows: Iterator[tuple[int, list[str]]], wanted: Sequence[str], header_line: int | None, name: str
) -> Opened:
    seen: list[list[str]] = []
    for number, row in rows:
        header = [cell.strip().lstrip("\ufeff") for cell in row]
        if (header_line is None and _has(header, wanted)) or number == header_line:
            lacking = [w for w in wanted if w.casefold() not in (h.casefold() for h in header)]
            if lacking:
                raise BadFile(f"{name}, line {number}: no column {lacking[0]!r}; columns: {', '.join(header)}")
            return Opened(header, _lines(rows, header, wanted))
        seen.append(header)
        if header_line is None and len(seen) >= SEARCHED:
            break
    widest = max(seen, key=len, default=[])
    raise BadFile(f"{name}: no line has the columns {', '.join(wanted)}; found: {', '.join(widest)[:300]}")


def _has(header: Sequence[str], wanted: Sequence[str]) -> bool:
    folded = {cell.casefold() for cell in header}
    return all(w.casefold() in folded for w in wanted)


def _lines(rows: Iterator[tuple[int, list[str]]], header: list[str], wanted: Sequence[str]) -> Iterator[Line]:
    """Rows by the wanted column names; blank lines are left out, ragged ones carry their fault."""
    folded = [cell.casefold() for cell in header]
    places = [(name, folded.index(name.casefold())) for name in wanted]
    width = len(header)
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != width:
            yield Line(number, {}, f"{len(row)} fields where the header has {width}")
        else:
            yield Line(number, {name: row[place].strip() for name, place in places})
