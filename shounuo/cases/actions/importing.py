"""Recording the matters of a log through the same facts and judgement as everyday work, in batches."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from django.db import connection, transaction

from shounuo.cases import importing
from shounuo.cases.importing.mapping import Mapping_
from shounuo.cases.importing.matters import Matter
from shounuo.cases.intake_rows import Row, insert_batch
from shounuo.cases.models import Case, Channel
from shounuo.cases.projection import case_values
from shounuo.cases.search import grams_of
from shounuo.cases.stream import facts_to_be
from shounuo.commitments.actions import Whose, clock_values
from shounuo.ledger.actions import NewFact
from shounuo.ledger.moments import civil, instant
from shounuo.ledger.rows import rows_for_insert, start
from shounuo.organisation.actions import Stamp, found_unit
from shounuo.organisation.models import Unit
from shounuo.regulations.actions import adopt_for_imports
from shounuo.regulations.editions import edition_of
from shounuo.rules.calendars import Calendar, CalendarSpec, compile_calendar
from shounuo.rules.deadlines import due
from shounuo.rules.edition import Edition
from shounuo.rules.engine import judge
from shounuo.rules.loading import load_pack
from shounuo.rules.shapes import Pack
from shounuo.rules.words import parse_words

BATCH = 1000
MARK = "import"
CHANNELS = frozenset(Channel.values)


@cache
def imported_edition() -> Pack:
    """The edition by which imported matters are judged: the promised date of their own log."""
    return load_pack(Path(importing.__file__).parent / "imported-log")


class Into(NamedTuple):
    """Where matters go: the organisation, the unit named by the command, adoption and edition."""

    house: Unit
    unit: Unit
    adoption_id: int
    edition: Edition
    mapping: Mapping_
    every_day: Calendar


@dataclass(slots=True)
class Tally:
    """What an import did."""

    imported: int = 0
    repeated: int = 0
    undecided: int = 0
    units: dict[str, Unit] = field(default_factory=dict)


def prepare(unit: Unit, mapping: Mapping_, stamp: Stamp) -> Into:
    """Make sure the organisation has the edition for imports."""
    house = unit.house
    adoption = adopt_for_imports(house, imported_edition(), stamp)
    return Into(house, unit, adoption.pk, edition_of(adoption.pk), mapping, _every_day())


def _every_day() -> Calendar:
    weekly = {str(day): [("00:00", "24:00")] for day in range(1, 8)}
    spec = {"tz": "UTC", "coverage": ("1990-01-01", "2059-12-31"), "weekly": weekly}
    return compile_calendar(CalendarSpec.model_validate(spec))


def record_batch(into: Into, matters: Sequence[Matter], stamp: Stamp, tally: Tally) -> None:
    """Record matters that are not there yet, all or none of them."""
    outside = [f"{into.mapping.name}:{m.id}"[:120] for m in matters]
    known = set(
        Case.objects.filter(organisation=into.house, outside__in=outside).values_list("outside", flat=True)
    )
    new = [(m, key) for m, key in zip(matters, outside, strict=True) if key not in known]
    with transaction.atomic():
        for matter, _key in new:
            _unit_of(into, matter, stamp, tally)
        rows = [row for matter, key in new for row in _rows(into, matter, key, stamp, tally)]
        insert_batch(connection, rows)
    tally.imported += len(new)
    tally.repeated += len(matters) - len(new)
    tally.undecided += sum(bool(m.undecided) for m, _key in new)


def _unit_of(into: Into, matter: Matter, stamp: Stamp, tally: Tally) -> None:
    """The unit a row names, founded below the command's unit when there is none of that code or name."""
    name = matter.unit
    if not name or name in tally.units:
        return
    below = Unit.objects.within(into.unit)
    found = below.filter(code=name).first() or below.filter(name_zh=name[:100]).first()
    tally.units[name] = found or found_unit(
        stamp,
        code=_free_code(into.house, name),
        name_zh=name[:100],
        name_en=name[:150],
        kind="section",
        parent=into.unit,
    )


def _free_code(house: Unit, name: str) -> str:
    """A code made of the name's Latin letters; with a digest where another unit has it already."""
    digest = f"u{uuid5(NAMESPACE_URL, name).hex[:8]}"
    latin = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:25].strip("-")
    taken = Unit.objects.within(house).filter(code=latin).exists()
    return (f"{latin}-{digest}" if taken else latin) if latin else digest


def facts_of_matter(into: Into, matter: Matter, section: str) -> list[NewFact]:
    """The facts of an imported matter in legal order; all carry the mark of an import."""
    mapping = into.mapping
    channel = matter.channel if matter.channel in CHANNELS else Channel.OTHER.value
    received: dict[str, Any] = {"kind": mapping.kind, "channel": channel, "section": section}
    if matter.service:
        received["service"] = matter.service[:80]
    facts = [NewFact("received", matter.received, "party", received, None, MARK)]
    if matter.undecided:
        facts.append(NewFact("note", matter.received, "", {"note": matter.undecided}, None, MARK))
    if promised := matter.promised or _limit(into, matter):
        local = civil(promised)
        said = {"date": local.date().isoformat(), "moment": local.isoformat()}
        facts.append(NewFact("date_promised", _told_at(matter, promised, into), "", said, None, MARK))
    facts += [NewFact(h.fact, h.at, "", h.data, None, MARK) for h in matter.happened]
    return facts


def _told_at(matter: Matter, promised: datetime, into: Into) -> datetime:
    """From when the promise was known: the event that says it, or begins the mapping's own limit."""
    if matter.promised is not None:
        return matter.promised_at or matter.received
    begun = [h.at for h in matter.happened if h.fact == into.mapping.within_from]
    return begun[0] if begun else matter.received


def _limit(into: Into, matter: Matter) -> datetime | None:
    """The due instant of a promise in budget words, counted on every day of the year."""
    if into.mapping.within is None:
        return None
    begun = [h.at for h in matter.happened if h.fact == into.mapping.within_from]
    since = matter.received if into.mapping.within_from == "received" else (begun[0] if begun else None)
    if since is None:
        return None
    found = due(into.every_day, civil(since), parse_words(into.mapping.within))
    return instant(found.at) if found.at else None


def _rows(into: Into, matter: Matter, key: str, stamp: Stamp, tally: Tally) -> Iterable[Row]:
    stream = uuid5(NAMESPACE_URL, f"{into.house.stream.hex}/{key}")
    unit = tally.units.get(matter.unit, into.unit)
    new = facts_of_matter(into, matter, unit.code)
    recorded = stamp.recorded_at or stamp.at
    facts = facts_to_be(new, 0)
    judged = judge(into.edition, facts, civil(recorded), with_verbs=False)
    chained = rows_for_insert(stream, *start(stream), new, recorded)
    section = unit.pk if unit.organisation_id else None
    case = case_values(judged, {}) | {
        "section_id": section,
        "stream": stream,
        "version": len(chained),
        "head": chained[-1].hash,
        "judged_at": recorded,
        "adoption_id": into.adoption_id,
        "organisation_id": into.house.pk,
        "channel": new[0].data["channel"],
        "marks": MARK,
        "outside": key,
    }
    yield Row("cases_case", case)
    for fact in chained:
        yield Row("ledger_fact", fact._asdict())
    yield Row("cases_words", {"stream": stream, "seq": 1, "label": "request", "text": matter.words})
    grams = grams_of(matter.words, outside=matter.id)
    yield Row("cases_lookup", {"stream": stream, "grams": grams, "received_at": case["received_at"]})
    whose = Whose(stream, into.house.pk, section, judged.kind, judged.service or "", "")
    for clock in judged.clocks:
        yield Row("commitments_runningclock", clock_values(whose, clock, frozenset()) | {"next_at": None})
