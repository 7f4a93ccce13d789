"""Matters as lines of a list: a bounded number of queries whatever the number of lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from shounuo.cases import wording as w
from shounuo.cases.models import Case, Kind, Party, State, Words
from shounuo.cases.telling import Told
from shounuo.cases.time_left import left_until
from shounuo.cases.verb_words import Label
from shounuo.commitments.models import RunningClock
from shounuo.ledger.moments import civil
from shounuo.organisation.names import names_of
from shounuo.regulations.editions import editions_of
from shounuo.regulations.wording import event_words, mid_sentence, said
from shounuo.rules.calendars import Calendar
from shounuo.rules.deadlines import Budget, InputError, OutOfCoverage, Trace, explain
from shounuo.rules.edition import Edition
from shounuo.rules.judgement import ClockState
from shounuo.rules.words import WordsError, parse_words

CLIP = 60
WIDE = "\u2e80"
"""From here on scripts are written without spaces."""
NOTHING_KNOWN: Mapping[int, Edition] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the small ribbon of a line is drawn from."""

    trace: Trace
    now: datetime
    completed: datetime | None
    fulfilled: datetime | None = None
    earlier: Trace | None = None
    pause_names: Sequence[str] = ()
    started: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One matter in a list. ``due`` is civil; ``chip`` and ``left`` say how its leading clock stands.

    Where it waits for the reader: what was ``asked`` of them, the ``verbs`` that are theirs, or why none is.
    """

    case: Case
    title: str
    about: str
    party: str
    handler: str
    state: str
    chip: str
    left: str
    due: datetime | None
    ribbon: Drawn | None
    calendar: Calendar
    asked: Told | None = None
    verbs: Sequence[tuple[str, Label]] = ()
    refused: str = ""


def editions_for(cases: Iterable[Case], known: Mapping[int, Edition]) -> dict[int, Edition]:
    """The editions that matters are under, by their adoptions; only those not known yet are asked for."""
    return {**known, **editions_of({case.adoption_id for case in cases} - known.keys())}


def requests_of(streams: Iterable[UUID]) -> dict[UUID, str]:
    """The words by which matters came in; the first stay: an objection is a later request of the same matter."""
    asked = Words.objects.filter(case__stream__in=streams, label="request")
    return dict(asked.order_by("-seq").values_list("case__stream", "text"))


def rows(
    cases: Iterable[Case],
    now: datetime,
    known: Mapping[int, Edition] = NOTHING_KNOWN,
    ribbons: bool = True,
) -> list[Row]:
    """Lines for matters that were fetched with their section; ``now`` is civil. Six queries.

    A list that shows no ribbons says so: each is a walk over the days.
    """
    found = list(cases)
    streams = [case.stream for case in found]
    editions = editions_for(found, known)
    names = names_of(case.handler for case in found)
    requests = requests_of(streams)
    parties = Party.objects.in_bulk(streams)
    clocks = _leading_clocks(found) if ribbons else {}
    return [
        _row(
            case,
            editions[case.adoption_id],
            now,
            names.get(case.handler, ""),
            requests.get(case.stream, ""),
            parties.get(case.stream),
            clocks.get((case.stream, case.due_at)),
        )
        for case in found
    ]


def _leading_clocks(cases: Iterable[Case]) -> dict[object, RunningClock]:
    streams = [case.stream for case in cases if case.due_at]
    live = RunningClock.objects.filter(stream__in=streams, ended_at__isnull=True, due_at__isnull=False)
    return {(clock.stream, clock.due_at): clock for clock in live}


def _row(
    case: Case,
    edition: Edition,
    now: datetime,
    handler: str,
    request: str,
    party: Party | None,
    clock: RunningClock | None,
) -> Row:
    service = edition.service(case.service)
    due = civil(case.due_at) if case.due_at else None
    chip, left = _standing(case, edition, due, now, clock)
    return Row(
        case=case,
        title=title_of(case, edition, request),
        about=clipped(request) if service else "",
        party=party_name(party),
        handler=handler,
        state=str(State(case.state).label),
        chip=chip,
        left=left,
        due=due,
        ribbon=_drawn(clock, case, edition, now) if clock else None,
        calendar=edition.calendar("office"),
    )


def title_of(case: Case, edition: Edition, request: str) -> str:
    """A matter's heading: its service, else the first words of the request, else its kind."""
    service = edition.service(case.service)
    if service:
        return said(service.title)
    first = request.strip().splitlines()[0] if request.strip() else ""
    return clipped(first) or str(Kind(case.kind).label)


def clipped(text: str, most: int = CLIP) -> str:
    """The beginning of a text as one line of no more characters than may be, with “…” where there was more; words in
    letters stay whole, unless one alone is longer than half a line.
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    end = most - 1
    while end > most // 2 and _joins(line[end - 1]) and _joins(line[end]):
        end -= 1
    cut = end if end > most // 2 else most - 1
    while not line[cut - 1].isalnum():
        cut -= 1
    return line[:cut] + "…"


def _joins(c: str) -> bool:
    """Whether a character stands in a word that spaces end; Chinese characters stand by themselves."""
    return c < WIDE and (c.isalnum() or c in "'’-")


def party_name(party: Party | None) -> str:
    """Who asked, for a line: the name, or that there is none."""
    if party is None:
        return ""
    return party.name or (str(w.ANONYMOUS) if party.anonymous else masked(party.phone))


def masked(phone: str) -> str:
    """A telephone number with its middle hidden: 139 •••• 2207."""
    digits = "".join(c for c in phone if c.isdecimal())
    return f"{digits[:3]} •••• {digits[-4:]}" if len(digits) >= 8 else "••••" if digits else ""


def _standing(
    case: Case, edition: Edition, due: datetime | None, now: datetime, clock: RunningClock | None
) -> tuple[str, str]:
    if case.ended:
        ended_by = "restored" if case.kind == Kind.REPAIR else case.state
        late = case.clock_state == ClockState.MET_LATE
        return case.clock_state or "void", str(w.LATE.get(ended_by, "")) if late else ""
    if case.state == State.WAITING:
        return "paused", _("等待补齐材料")
    if due is None:
        return "no_evidence", _("没有在走的时限")
    chip, left = left_until(edition.calendar("office"), due, now, _budget(clock))
    return ("provisional" if case.provisional and chip == "running" else chip), left


def _budget(clock: RunningClock | None) -> Budget | None:
    """The unit in which a clock's promise counts; None where its words are none, as "by 2026-10-12"."""
    try:
        return parse_words(clock.words) if clock else None
    except WordsError:
        return None


def _drawn(clock: RunningClock, case: Case, edition: Edition, now: datetime) -> Drawn | None:
    """The ribbon of a clock without pauses; none when row and words do not give the same due instant."""
    rule = edition.pack.commitments.get(clock.rule)
    began = civil(clock.started_at)
    try:
        first = edition.resolve(rule.first_day, began.date()) if rule and rule.first_day else None
        budget = parse_words(clock.words, first_day=str(first) if first else None)
        trace = explain(edition.calendar(rule.calendar if rule else "office"), began, budget, (), now)
    except (WordsError, InputError, OutOfCoverage, KeyError, TypeError):
        return None
    if clock.due_at is None or trace.due.at != civil(clock.due_at):
        return None
    by = _started_by(clock, case, rule.starts or () if rule else ())
    if by == "materials_complete":
        return Drawn(trace, now, completed=began)
    words = mid_sentence(event_words(by)) if by else _("起算")
    return Drawn(trace, now, None, started="" if by == "received" else words)


def _started_by(clock: RunningClock, case: Case, starts: Sequence[str]) -> str:
    """The event that started a clock, as far as its row and rule tell; "" when it may be one of several."""
    if clock.no > 1:
        return ""
    if clock.started_at == case.received_at and "received" in starts:
        return "received"
    others = [one for one in starts if one != "received"]
    return others[0] if len(others) == 1 else ""
