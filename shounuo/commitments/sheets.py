"""The one writer of spreadsheets: rows to an XLSX file in which no text can become a formula."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

MOST = 10_000
"""Rows of one file; what lies behind is found by filtering."""
WIDEST = 60
_CONTROL = {code: None for code in range(32) if code not in (9, 10, 13)}


def workbook(
    title: str, heads: Sequence[str], lines: Iterable[Sequence[Any]], notes: Sequence[str] = ()
) -> bytes:
    """An XLSX file of one sheet: a head, the lines, and notes below.

    Text is written as text whatever it begins with; datetimes must be civil (naive).
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.writer.excel import save_workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_name(title))
    sheet.freeze_panes = "A2"

    def cell(value: Any, bold: bool = False) -> Any:
        if isinstance(value, str):
            value = value.translate(_CONTROL)
        made = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str):
            made.data_type = "s"  # never "f": "=1+1" typed by a citizen stays what it is
        if isinstance(value, datetime):
            made.number_format = "yyyy-mm-dd hh:mm"
        if bold:
            made.font = Font(bold=True)
        return made

    for column, head in enumerate(heads):
        sheet.column_dimensions[chr(ord("A") + column)].width = min(WIDEST, 2 * len(head) + 8)
    sheet.append([cell(head, bold=True) for head in heads])
    for line in lines:
        sheet.append([cell(value) for value in line])
    for note in notes:
        sheet.append([cell(note)])
    file = BytesIO()
    save_workbook(book, file)
    return file.getvalue()


def _name(title: str) -> str:
    """A sheet's name: what spreadsheets forbid is left out, 31 characters at most."""
    return "".join(c for c in title if c not in r"[]:*?/\\")[:31] or "1"
