"""How the cells of a day ribbon fit the space there is: long runs fold, long ribbons change their layout."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from shounuo.site.ribbon import COUNTING, DUES, Cell, Kind, span, span_caption
from shounuo.site.wording import say_day, wording

OFF = frozenset({Kind.WEEKEND, Kind.HOLIDAY, Kind.CLOSED, Kind.ROLLED})
STRIP, WEEKS, SMALL = 16, 42, 14  # the most cells of: one line; fortnights (days); a line of a list


def arrange(cells: Sequence[Cell], size: str, language: str) -> tuple[list[Cell], str]:
    """The cells folded for the space, and the layout.

    `size` is "small" (a line of a list), "large" or "print". Layouts: "strip" (one line of cells), "weeks"
    (a fortnight a line), "ticks" (a small ribbon too long for marks: one stroke a day).
    """
    if size == "small":
        folded = fold(cells, language, over=1)
        return (folded, "strip") if len(folded) <= SMALL else (list(cells), "ticks")
    folded = fold(cells, language)
    if len(folded) <= STRIP:
        return folded, "strip"
    if len(cells) <= WEEKS:
        return list(cells), "weeks"
    return fold(cells, language, over=1, counted_over=2), "strip"


def fold(
    cells: Sequence[Cell], language: str, *, over: int = 4, counted_over: int | None = None
) -> list[Cell]:
    """Runs of more than `over` days off or paused become one cell; counting days too, given `counted_over`.

    Today's cell always stays by itself, so that the needle points at a day.
    """
    out: list[Cell] = []
    for group, run in _runs(cells):
        limit = counted_over if group == "counting" else over
        folds = group and limit is not None and len(run) > limit
        out.extend([_folded(run, group, language)] if folds else run)
    return out


def _group(cell: Cell) -> str:
    if cell.is_now or cell.folded_count > 1:
        return ""
    if cell.kind in OFF:
        return "off"
    if cell.kind in COUNTING:
        return "counting"
    return "paused" if cell.kind is Kind.PAUSED else ""


def _runs(cells: Iterable[Cell]) -> list[tuple[str, list[Cell]]]:
    runs: list[tuple[str, list[Cell]]] = []
    for cell in cells:
        group = _group(cell)
        if group and runs and runs[-1][0] == group and _alike(runs[-1][1][-1], cell):
            runs[-1][1].append(cell)
        else:
            runs.append((group, [cell]))
    return runs


def _alike(one: Cell, other: Cell) -> bool:
    """Used and unused counting days never share a cell; weekends and holidays may."""
    return one.kind is other.kind or not {one.kind, other.kind} & COUNTING


def _folded(run: Sequence[Cell], group: str, language: str) -> Cell:
    first, last = run[0], run[-1]
    kind = Kind.HOLIDAY if any(cell.kind is Kind.HOLIDAY for cell in run) else first.kind
    return replace(
        first,
        mark=_folded_mark(run, group),
        kind=kind,
        caption=span_caption(first.date, last.date, first.names_year),
        when=span(first.date, last.date, language, first.this_year),
        said=_folded_said(run, group, language),
        makeup=False,
        folded_count=len(run),
        until=last.date,
    )


def _folded_mark(run: Sequence[Cell], group: str) -> str:
    if group == "counting" and run[0].number and run[-1].number:
        return f"{run[0].number}–{run[-1].number}"
    return f"{run[0].mark}×{len(run)}"


def _folded_said(run: Sequence[Cell], group: str, language: str) -> str:
    words = wording(language)
    if group == "counting":
        return f"{run[0].said} – {run[-1].said}"
    if group == "off":
        names = dict.fromkeys(cell.holiday for cell in run if cell.holiday)
        return words.comma.join([*names, words.folded_off.format(count=len(run))])
    return words.comma.join([*dict.fromkeys(cell.said for cell in run), words.days.format(count=len(run))])


def summary(cells: Sequence[Cell], language: str) -> str:
    """One sentence for the whole ribbon: from when, due when, and what today is."""
    if not cells:
        return ""
    words = wording(language)
    first, this_year = cells[0].date, cells[0].this_year
    said = words.summary.format(start=say_day(first, language, this_year=this_year))
    due = next((cell for cell in cells if cell.kind in DUES), None)
    now = next((cell for cell in cells if cell.is_now), None)
    said += words.summary_due.format(due=say_day(due.date, language, this_year=first.year)) if due else ""
    return said + (f"{words.comma}{words.today} {now.name}" if now else "")
