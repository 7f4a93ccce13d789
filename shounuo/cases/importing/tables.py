"""Rows of a CSV, TSV or XLSX file, packed or not, in whatever encoding, each with its line number."""

import csv
import io
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from shounuo.cases.importing.encodings import encoding_of, unpacked
from shounuo.cases.importing.faults import BadFile
from shounuo.cases.importing.sheets import Dated, sheet_rows

SIGNS = ",;\t|"
SEARCHED = 50
LONGEST_FIELD = 1 << 20
LONGEST_LINE = 1 << 23


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
        return _table(sheet_rows(path, sheet), wanted, header_line, path.name)
    try:
        text = io.TextIOWrapper(unpacked(path), encoding=encoding or encoding_of(path), newline="")
        return _table(_csv_rows(text, delimiter, path, wanted), wanted, header_line, path.name)
    except UnicodeDecodeError as error:
        raise BadFile(f"{path.name}: not {text.encoding}; name the right encoding in the mapping") from error
    except (OSError, EOFError, zlib.error) as error:
        raise BadFile(f"{path.name}: cannot be unpacked ({error})") from error


def _csv_rows(
    text: io.TextIOWrapper, delimiter: str | None, path: Path, wanted: Sequence[str]
) -> Iterator[tuple[int, list[str]]]:
    sample = text.read(1 << 14)
    text.seek(0)
    reader = csv.reader(_bounded(text, path.name), delimiter=delimiter or _delimiter(sample, path, wanted))
    ended = 0
    with text:
        try:
            for row in reader:
                yield ended + 1, row
                ended = reader.line_num
        except (csv.Error, OSError, EOFError, zlib.error) as error:
            raise BadFile(f"{path.name}, line {reader.line_num}: {error}") from error
        except UnicodeDecodeError as error:
            raise BadFile(
                f"{path.name}: not {text.encoding}; name the right encoding in the mapping"
            ) from error


def _bounded(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    """Lines of a bounded length, so that a small packed file cannot fill the memory."""
    while line := text.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise BadFile(f"{name}: a line is longer than {LONGEST_LINE >> 20} million characters")
        yield line


def _delimiter(sample: str, path: Path, wanted: Sequence[str]) -> str:
    """The sign by which a line has all wanted columns; else the most frequent one; a tab for .tsv."""
    if path.suffix.lower() == ".tsv":
        return "\t"
    lines = [line for line in sample.splitlines()[:SEARCHED] if line]
    fitting = (s for s in SIGNS if any(_has(row, wanted) for row in csv.reader(lines, delimiter=s)))
    return next(fitting, None) or max(SIGNS, key=lambda sign: sum(line.count(sign) for line in lines))


def _table(
    rows: Iterator[tuple[int, list[str]]], wanted: Sequence[str], header_line: int | None, name: str
) -> Opened:
    seen: list[list[str]] = []
    for number, row in rows:
        header = [" ".join(cell.lstrip("\ufeff").split()) for cell in row]
        if (header_line is None and _has(header, wanted)) or number == header_line:
            lacking = [w for w in wanted if _folded(w) not in _keys(header)]
            if lacking:
                raise BadFile(
                    f"{name}, line {number}: no column {lacking[0]!r}; columns: {', '.join(header)}"
                )
            return Opened(header, _lines(rows, header, wanted))
        seen.append(header)
        if header_line is None and len(seen) >= SEARCHED:
            break
    widest = max(seen, key=len, default=[])
    raise BadFile(f"{name}: no line has the columns {', '.join(wanted)}; found: {', '.join(widest)[:300]}")


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _keys(header: Sequence[str]) -> list[str]:
    """Column names as they are looked for; the second ``Date`` is ``date#2``."""
    counts: dict[str, int] = {}
    found = []
    for cell in header:
        name = _folded(cell.lstrip("\ufeff"))
        counts[name] = counts.get(name, 0) + 1
        found.append(name if counts[name] == 1 else f"{name}#{counts[name]}")
    return found


def _has(header: Sequence[str], wanted: Sequence[str]) -> bool:
    keys = set(_keys(header))
    return all(_folded(w) in keys for w in wanted)


def _lines(rows: Iterator[tuple[int, list[str]]], header: list[str], wanted: Sequence[str]) -> Iterator[Line]:
    """Rows by the wanted column names; blank lines are left out, ragged ones carry their fault."""
    keys = _keys(header)
    places = [(name, keys.index(_folded(name))) for name in wanted]
    width = len(header)
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        values = {} if len(row) != width else {name: _value(row[place]) for name, place in places}
        if not values:
            yield Line(number, {}, f"{len(row)} fields where the header has {width}")
        elif any("\0" in value for value in values.values()):
            yield Line(number, {}, "a NUL character")
        else:
            yield Line(number, values)


def _value(cell: str) -> str:
    return cell if isinstance(cell, Dated) else cell.strip()
