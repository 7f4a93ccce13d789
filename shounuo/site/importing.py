"""What the import and fulfilment commands do: read, report, record in batches, print."""

import json
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from datetime import time as day_time
from itertools import islice
from pathlib import Path
from typing import Any

import typer
from django.core.exceptions import ValidationError

from shounuo.cases.actions.importing import BATCH, Tally, prepare, record_batch
from shounuo.cases.fulfilment import Table, fulfilment
from shounuo.cases.importing.faults import BadFile
from shounuo.cases.importing.mapping import BadMapping, Mapping_, load_mapping
from shounuo.cases.importing.matters import Bad, Events, Matter, Rows
from shounuo.cases.importing.tables import open_table
from shounuo.ledger.moments import instant
from shounuo.organisation.actions import NotPossible, Stamp
from shounuo.organisation.finding import find_unit
from shounuo.organisation.models import Unit

WIDE = 120
"""Columns of a table that goes to a file."""
SHOWN = 50
"""Bad rows that are printed one by one; JSON has them all."""


def unit_of(said: str) -> Unit:
    """The unit with this code, name or path; ``qingxi/metrology`` settles doubt. Raises ValidationError."""
    try:
        return find_unit(said)
    except NotPossible as error:
        raise ValidationError(str(error)) from None


def run(
    file: Path,
    mapping_file: Path,
    unit_code: str,
    *,
    dry_run: bool,
    good_rows: bool,
    quiet: bool,
    now: datetime,
) -> dict[str, Any]:
    """Read a log and record it; returns the report. With bad rows nothing is recorded unless told so."""
    try:
        mapping = load_mapping(mapping_file)
        unit = unit_of(unit_code)
        began = time.perf_counter()
        matters, bad, lines, events = _read(file, mapping)
    except (BadMapping, BadFile, UnicodeDecodeError) as error:
        raise ValidationError(str(error)) from error
    matters, bad = _once(matters, bad)
    recorded = not dry_run and (good_rows or not bad)
    tally = _record(unit, mapping, matters, quiet, now) if recorded else Tally()
    seconds = time.perf_counter() - began
    return {
        "file": file.name, "lines": lines, "matters": len(matters), "recorded": recorded, "dry_run": dry_run,
        "imported": tally.imported, "repeated": tally.repeated,
        "undecided": sum(bool(m.undecided) for m in matters),
        "unmapped_activities": getattr(events, "unmapped", {}),
        "bad": [one._asdict() for one in bad],
        "seconds": round(seconds, 3), "matters_per_second": round(len(matters) / seconds) if seconds else 0,
    }  # fmt: skip


def _read(file: Path, mapping: Mapping_) -> tuple[list[Matter], list[Bad], int, Rows | Events]:
    wanted = list(dict.fromkeys([*mapping.columns.named().values(), *mapping.only]))
    table = open_table(file, wanted, mapping.encoding, mapping.delimiter, mapping.header_line, mapping.sheet)
    reader: Rows | Events = Events(mapping) if mapping.shape == "events" else Rows(mapping)
    count = 0

    def counted() -> Iterator[Any]:
        nonlocal count
        for line in table.lines:
            count += 1
            yield line

    found = list(reader.read(counted()))
    matters = [one for one in found if isinstance(one, Matter)]
    return matters, [one for one in found if isinstance(one, Bad)], count, reader


def _once(matters: list[Matter], bad: list[Bad]) -> tuple[list[Matter], list[Bad]]:
    """A number twice with the same contents is one matter; with other contents the later row is bad."""
    first: dict[str, Matter] = {}
    for matter in matters:
        known = first.setdefault(matter.id, matter)
        if known is not matter and _said(known) != _said(matter):
            bad.append(
                Bad(matter.line, "", f"number used twice with other contents (line {known.line})", matter.id)
            )
    return list(first.values()), sorted(bad)


def _said(matter: Matter) -> tuple[Any, ...]:
    events = [(h.fact, h.at) for h in matter.happened]
    said = (matter.received, matter.promised, matter.undecided, matter.unit, matter.service, matter.words)
    return (*said, events, matter.channel)


def _record(unit: Unit, mapping: Mapping_, matters: list[Matter], quiet: bool, now: datetime) -> Tally:
    stamp = Stamp("", now, marks="import")
    into, tally = prepare(unit, mapping, stamp), Tally()
    with _progress(len(matters), quiet) as advance:
        for batch in _batches(matters):
            record_batch(into, batch, stamp, tally)
            advance(len(batch))
    return tally


def _batches(matters: Iterable[Matter]) -> Iterator[list[Matter]]:
    rest = iter(matters)
    while batch := list(islice(rest, BATCH)):
        yield batch


@contextmanager
def _progress(count: int, quiet: bool) -> Iterator[Any]:
    if quiet or not sys.stderr.isatty():
        yield lambda _n: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("import", total=count)
        yield lambda n: bar.advance(task, n)


def show(report: dict[str, Any], as_json: bool) -> None:
    """Print a report for people, or as JSON."""
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False))
        return
    for one in report["bad"][:SHOWN]:
        place = f", column {one['column']}" if one["column"] else ""
        value = f" ({one['value'][:60]!r})" if one["value"] else ""
        typer.echo(f"{report['file']}, line {one['line']}{place}: {one['reason']}{value}", err=True)
    if len(report["bad"]) > SHOWN:
        typer.echo(f"… and {len(report['bad']) - SHOWN} more bad rows", err=True)
    typer.echo(
        f"{report['lines']} lines, {report['matters']} matters: {report['imported']} imported, "
        f"{report['repeated']} already there, {report['undecided']} undecided, {len(report['bad'])} bad rows "
        f"({report['seconds']} s, {report['matters_per_second']} matters/s)"
    )
    for name, count in sorted(report["unmapped_activities"].items()):
        typer.echo(f"activity {name!r} is not mapped: {count} events left out")
    if not report["recorded"]:
        why = "dry run" if report["dry_run"] else "mend the bad rows, or say --good-rows"
        typer.echo(f"nothing recorded: {why}")


def fulfilment_table(
    since: str | None, until: str | None, at: str | None, unit: str | None, now: datetime
) -> Table:
    """The table for the command's words. Raises ValidationError naming the option."""
    first, last = _day("--from", since), _day("--to", until)
    if first and last and first > last:
        raise ValidationError(f"--from {first} is later than --to {last}")
    return fulfilment(_moment(at) if at else now, first, last, unit_of(unit) if unit else None)


def _day(option: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ValidationError(f"{option}: no date: {text!r} (2026-11-22)") from error


def _moment(text: str) -> datetime:
    """A moment; a day alone means its last second, without a zone the installation's."""
    try:
        said = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValidationError(f"--at: no moment: {text!r} (2026-11-22 or 2026-11-22T17:30)") from error
    if len(text) <= len("2026-11-22"):
        said = datetime.combine(said.date(), day_time(23, 59, 59))
    return said if said.tzinfo else instant(said)


def show_fulfilment(table: Table, as_json: bool) -> None:
    """Print the table for people, or as JSON."""
    if as_json:
        typer.echo(json.dumps(table.as_json(), ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table as Grid

    grid = Grid("promise", "unit", "due and judged", "kept", "late", "overdue", "not due yet", "void")
    for column in grid.columns[:2]:
        column.overflow = "fold"
    for key in sorted(table.lines):
        line = table.lines[key]
        judged = line.kept + line.late + line.overdue
        cells = (judged, line.kept, line.late, line.overdue, line.running, line.void)
        grid.add_row(line.rule, line.unit, *map(str, cells))
    console = Console() if sys.stdout.isatty() else Console(width=WIDE)
    console.print(grid)
    total = table.as_json()["total"]
    console.print(", ".join(f"{name} {count}" for name, count in total.items()))
