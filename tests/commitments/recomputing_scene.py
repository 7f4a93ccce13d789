"""Open matters, a calendar that changes under them, and the worker that judges them again."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from shounuo.cases.actions.rejudging import rejudge
from shounuo.commitments import recomputing
from shounuo.ledger.models import Fact
from shounuo.organisation.actions import Stamp
from shounuo.regulations.actions import keep_calendar
from shounuo.regulations.actions.recomputing import Work, recompute
from shounuo.regulations.models import OfficeCalendar
from shounuo.rules.calendars import CalendarSpec
from tests.cases.conftest import at

WORK = Work(recomputing.count, recomputing.following, rejudge)
WORKER = uuid4()


def newest(hall: Any, name: str = "office") -> OfficeCalendar:
    return OfficeCalendar.objects.filter(organisation=hall.cast.house, name=name).latest("version")


def change(hall: Any, when: str, **values: Any) -> OfficeCalendar:
    """Another version of the office calendar, by Sun at a moment."""
    before = newest(hall)
    spec = CalendarSpec.model_validate(before.spec).model_copy(update=values)
    stamp = Stamp(hall.cast.id("sun"), at(when))
    return keep_calendar(
        hall.cast.house, "office", spec, before.version, stamp, "台风停工", "服务办〔2026〕7号"
    )


def close(hall: Any, day: str, when: str) -> OfficeCalendar:
    """A day off that the calendar did not have."""
    spec = CalendarSpec.model_validate(newest(hall).spec)
    return change(hall, when, overrides={**spec.overrides, date.fromisoformat(day): ()})


def run(when: str, worker: UUID = WORKER, work: Work = WORK, **more: Any) -> int:
    return recompute(at(when), worker, work, **more)


def moves_of(stream: UUID) -> list[tuple[datetime, str, str, str]]:
    """(legal moment, actor, old, new) of every recorded move."""
    facts = Fact.objects.filter(stream=stream, kind="due_moved").order_by("seq")
    return [(f.at, f.actor, f.data["old"], f.data["new"]) for f in facts]
