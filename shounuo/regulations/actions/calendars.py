"""Keeping another version of a calendar: who changed what from which day, why, by which notice."""

from datetime import date

from django.db import transaction
from django.db.utils import IntegrityError
from django.utils.translation import gettext as _

from shounuo.ledger.actions import Conflict
from shounuo.organisation.actions.recording import Stamp
from shounuo.organisation.models import Unit
from shounuo.regulations.actions.recording import record
from shounuo.regulations.models import OfficeCalendar
from shounuo.regulations.refusals import Refused
from shounuo.rules.calendars import CalendarSpec, compile_calendar
from shounuo.rules.calendars.changes import first_change


def keep_calendar(
    organisation: Unit,
    name: str,
    spec: CalendarSpec,
    after: int,
    stamp: Stamp,
    note: str,
    document: str = "",
) -> OfficeCalendar:
    """Let another version of a calendar count from now on; what has ended or was breached stays as it was counted.

    ``after`` is the version that was changed: raises `Conflict` when somebody kept another meanwhile, and
    `Refused` when nothing changes or the organisation has no calendar of that name.
    """
    with transaction.atomic():
        newest = _newest(organisation, name)
        if newest is None:
            raise Refused(_("本单位没有这本日历。"))
        if newest.version != after:
            raise Conflict(name)
        kept = keep_version(organisation, name, spec, stamp, note, document)
        if kept is None:
            raise Refused(_("与现行版本相同，没有改动。"))
        return kept


def keep_version(
    organisation: Unit, name: str, spec: CalendarSpec, stamp: Stamp, note: str, document: str = ""
) -> OfficeCalendar | None:
    """A new version, unless the newest already says the same (None). `Conflict` when another was first."""
    newest = _newest(organisation, name)
    if newest is not None and CalendarSpec.model_validate(newest.spec) == spec:
        return None
    version = 1 if newest is None else newest.version + 1
    try:
        with transaction.atomic():
            row = OfficeCalendar.objects.create(
                organisation=organisation, name=name, version=version, made_by=stamp.by, made_at=stamp.at,
                spec=spec.model_dump(mode="json", by_alias=True), note=note, document=document,
                changed_from=_changed_from(newest, spec),
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(name) from None
    data = {"name": name, "version": version} | ({"document": document} if document else {})
    if newest is not None:
        record(organisation, "calendar_kept", data, stamp)
    return row


def _newest(organisation: Unit, name: str) -> OfficeCalendar | None:
    kept = OfficeCalendar.objects.filter(organisation=organisation, name=name)
    return kept.order_by("-version").first()


def _changed_from(newest: OfficeCalendar | None, spec: CalendarSpec) -> date | None:
    if newest is None:
        return None
    return first_change(compile_calendar(CalendarSpec.model_validate(newest.spec)), compile_calendar(spec))
