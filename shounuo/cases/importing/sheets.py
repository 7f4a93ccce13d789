"""Rows of an Excel workbook, read piece by piece and within bounds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from shounuo.cases.importing.faults import BadFile

MOST_UNPACKED = 256 << 20
"""Bytes of a workbook when unpacked; a larger log comes better as CSV."""


class Dated(str):
    """The text of a date cell: always ISO, whatever forms the mapping gives for text cells."""

    __slots__ = ()


def sheet_rows(path: Path, sheet: str | None) -> Iterator[tuple[int, list[str]]]:
    """Row numbers and cells of one sheet, the first unless named. Raises `BadFile`."""
    _check_size(path)
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        if sheet is not None and sheet not in book.sheetnames:
            raise BadFile(f"{path.name}: no sheet {sheet!r}; it has {', '.join(book.sheetnames)}")
        chosen = book[sheet] if sheet else book.worksheets[0]
        chosen.reset_dimensions()
        for number, row in enumerate(chosen.iter_rows(), 1):
            yield number, [cell_text(cell) for cell in row]
    except BadFile:
        raise
    except Exception as error:  # whatever a hostile workbook does to its reader is one line for the user
        raise BadFile(
            f"{path.name}: not a readable Excel workbook ({type(error).__name__}: {error})"
        ) from error


def _check_size(path: Path) -> None:
    try:
        with ZipFile(path) as packed:
            size = sum(one.file_size for one in packed.infolist())
    except (BadZipFile, OSError) as error:
        raise BadFile(f"{path.name}: not an Excel workbook ({error})") from error
    if size > MOST_UNPACKED:
        raise BadFile(f"{path.name}: unpacked larger than {MOST_UNPACKED >> 20} MiB; save the log as CSV")


def cell_text(cell: Any) -> str:
    """A cell as text: whole numbers without a point, dates in ISO, without a time where the cell shows none."""
    value = cell.value
    if value is None:
        return ""
    if hasattr(value, "hour") and hasattr(value, "year"):
        plain = value.isoformat(sep=" ")
        midnight = plain.endswith(" 00:00:00") and "h" not in (cell.number_format or "").lower()
        return Dated(plain[:10] if midnight else plain)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
