"""From rows or events to matters of a log: what happened, when, and what cannot be judged."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from shounuo.cases.importing.mapping import Activity, Mapping_
from shounuo.cases.importing.moments import Moments
from shounuo.cases.importing.tables import Line

ENDS = {"closed": "completed", "declined": "declined", "withdrawn": "withdrawn"}
END_FACTS = ("completed", "answered", "declined", "restored", "withdrawn", "not_accepted", "transferred_out")
LONGEST_ID = 79
DATA = {"declined": {"reasons": ["imported"]}}


class Bad(NamedTuple):
    """A row that cannot be taken: where, and why."""

    line: int
    column: str
    reason: str
    value: str = ""


@dataclass(slots=True)
class Happened:
    """One event of a matter."""

    fact: str
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Matter:
    """One matter of a log, ready to be recorded. ``undecided`` is empty or a code of the engine."""

    id: str
    line: int
    received: datetime
    happened: list[Happened]
    promised: datetime | None = None
    promised_at: datetime | None = None
    undecided: str = ""
    service: str = ""
    unit: str = ""
    channel: str = ""
    words: str = ""


class Rows:
    """Reads one row a matter."""

    def __init__(self, mapping: Mapping_) -> None:
        self.mapping, self.moments = mapping, Moments(mapping)
        self.columns = mapping.columns

    def read(self, lines: Iterable[Line]) -> Iterator[Matter | Bad]:
        """Each line as a matter or as a bad row."""
        for line in wanted(lines, self.mapping):
            yield Bad(line.number, "", line.fault) if line.fault else self._matter(line)

    def _matter(self, line: Line) -> Matter | Bad:
        key = line.values[self.columns.id]
        if fault := _id_fault(key):
            return Bad(line.number, self.columns.id, fault, key[:60])
        assert self.columns.received is not None
        said = line.values[self.columns.received]
        try:
            received = self.moments.read(said)
        except (ValueError, OverflowError) as error:
            return Bad(line.number, self.columns.received, str(error), said)
        matter = Matter(key, line.number, received, [])
        describe(matter, line, self.mapping)
        self._promise(matter, line)
        self._end(matter, line)
        return matter

    def _promise(self, matter: Matter, line: Line) -> None:
        said = line.values.get(self.columns.promised or "", "")
        try:
            matter.promised = self.moments.read_end(said) if said else None
        except (ValueError, OverflowError):
            matter.undecided = "unusable_times"
        if matter.promised is not None and matter.promised < matter.received:
            matter.promised, matter.undecided = None, "unusable_times"

    def _end(self, matter: Matter, line: Line) -> None:
        """Closed or open is what the status says; times that do not fit it leave the matter undecided."""
        said = line.values.get(self.columns.completed or "", "")
        try:
            completed = self.moments.read(said) if said else None
        except (ValueError, OverflowError):
            completed, matter.undecided = None, "unusable_times"
        if self.columns.status and self.mapping.status:
            status = self.mapping.status.meaning(line.values[self.columns.status])
            if status is None:
                matter.undecided = "unusable_status"
                status = "closed" if completed else "open"
        else:
            status = "closed" if said else "open"
        if status == "open":
            if completed is not None:
                matter.undecided = matter.undecided or "unusable_times"
            return
        if completed is None or completed < matter.received:
            matter.undecided = matter.undecided or "unusable_times"
        fact = ENDS[status]
        data: dict[str, Any] = dict(DATA.get(fact, {}))
        if matter.undecided:
            data["result"] = "time_unknown"
        at = completed if completed is not None and completed >= matter.received else matter.received
        matter.happened.append(Happened(fact, at, data))


def wanted(lines: Iterable[Line], mapping: Mapping_) -> Iterator[Line]:
    """The lines that ``only`` does not leave out; ragged ones stay, to be named."""
    for line in lines:
        if line.fault or all(line.values[column] in values for column, values in mapping.only.items()):
            yield line


def _id_fault(key: str) -> str:
    if not key:
        return "empty"
    return f"longer than {LONGEST_ID} characters" if len(key) > LONGEST_ID else ""


def describe(matter: Matter, line: Line, mapping: Mapping_) -> None:
    """What the row says besides times; empty cells of later events change nothing."""
    columns = mapping.columns
    for name, words in (
        ("service", mapping.services),
        ("unit", mapping.units),
        ("channel", mapping.channels),
    ):
        said = line.values.get(getattr(columns, name) or "", "")
        if said and not getattr(matter, name):
            setattr(matter, name, words.get(said, said))
    if columns.words and not matter.words:
        matter.words = line.values[columns.words]


class Events:
    """Reads an event log: many rows a matter, in any order; the whole log is gathered first."""

    def __init__(self, mapping: Mapping_) -> None:
        self.mapping, self.moments = mapping, Moments(mapping)
        self.unmapped: dict[str, int] = {}

    def read(self, lines: Iterable[Line]) -> Iterator[Matter | Bad]:
        """Bad rows as they are met, then each matter."""
        traces: dict[str, list[tuple[datetime, int, Activity | None, Line]]] = {}
        columns = self.mapping.columns
        assert columns.activity is not None and columns.at is not None
        for line in wanted(lines, self.mapping):
            if fault := line.fault or _id_fault(line.values[columns.id]):
                yield Bad(line.number, "" if line.fault else columns.id, fault)
                continue
            try:
                at = self.moments.read(line.values[columns.at])
            except (ValueError, OverflowError) as error:
                yield Bad(line.number, columns.at, str(error), line.values[columns.at])
                continue
            activity = self.mapping.activities.get(line.values[columns.activity])
            if activity is None:
                name = line.values[columns.activity]
                self.unmapped[name] = self.unmapped.get(name, 0) + 1
            traces.setdefault(line.values[columns.id], []).append((at, line.number, activity, line))
        for key, trace in traces.items():
            yield self._matter(key, sorted(trace, key=lambda event: event[:2]))

    def _matter(self, key: str, trace: list[tuple[datetime, int, Activity | None, Line]]) -> Matter | Bad:
        start = next((event for event in trace if event[2] and event[2].fact == "received"), None)
        if start is None:
            return Bad(
                trace[0][1], self.mapping.columns.activity or "", "no event that is mapped to received", key
            )
        matter = Matter(key, start[1], start[0], [])
        for at, _number, activity, line in trace:
            describe(matter, line, self.mapping)
            if activity and activity.fact != "received" and at >= matter.received:
                matter.happened.append(Happened(activity.fact, at, dict(activity.data)))
            elif activity and activity.fact in END_FACTS:
                matter.undecided = "unusable_times"
            self._promise(matter, line, at)
        self._one_end(matter)
        return matter

    def _promise(self, matter: Matter, line: Line, at: datetime) -> None:
        """The first promised moment counts, from the event that says it."""
        said = line.values.get(self.mapping.columns.promised or "", "")
        if not said or matter.promised is not None:
            return
        try:
            promised = self.moments.read_end(said)
        except (ValueError, OverflowError):
            matter.undecided = "unusable_times"
            return
        if promised < matter.received:
            matter.undecided = "unusable_times"
        else:
            matter.promised, matter.promised_at = promised, min(max(at, matter.received), promised)

    def _one_end(self, matter: Matter) -> None:
        """Of several mapped ends one counts; what comes behind it is no longer part of the matter."""
        ends = [i for i, one in enumerate(matter.happened) if one.fact in END_FACTS]
        if not ends:
            return
        counting = ends[0] if self.mapping.end == "first" else ends[-1]
        kept = [one for one in matter.happened[:counting] if one.fact not in END_FACTS]
        matter.happened = [*kept, matter.happened[counting]]
        if matter.promised_at is not None:
            matter.promised_at = min(matter.promised_at, matter.happened[-1].at)
        if matter.undecided:
            matter.happened[-1].data["result"] = "time_unknown"
