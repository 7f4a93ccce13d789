"""The calendars of an organisation, compiled: the newest of each, and the versions that counted before it."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from itertools import groupby

from shounuo.ledger.moments import civil
from shounuo.regulations.models import OfficeCalendar
from shounuo.rules.calendars import Calendar, CalendarSpec, compile_calendar
from shounuo.rules.edition import VERSION_MARK, CalendarVersion

EVER = datetime(1, 1, 1)  # noqa: DTZ001 - civil time
"""From when the first version of a calendar counts."""

Compiled = tuple[dict[str, Calendar], dict[str, tuple[CalendarVersion, ...]]]
"""Calendars by key, and for a calendar with more than one version all of them, as an `Edition` takes them."""


def calendars_of(organisation_id: int) -> Compiled:
    """What an organisation counts its days by."""
    rows = OfficeCalendar.objects.filter(organisation=organisation_id).order_by("name", "version")
    return compiled_versions(list(rows))


def compiled_versions(rows: Iterable[OfficeCalendar]) -> Compiled:
    """The same from rows sorted by name and version; they need not be kept yet.

    The first version has counted since ever; of several made in the same second only the last counts.
    """
    calendars: dict[str, Calendar] = {}
    versions: dict[str, tuple[CalendarVersion, ...]] = {}
    for name, same in groupby(rows, key=lambda row: row.name):
        by_moment = {_since(row): row for row in same}
        *earlier, newest = (by_moment[since] for since in sorted(by_moment))
        found = [CalendarVersion(_since(row), f"{name}{VERSION_MARK}{row.version}", row.version, row.made_by)
                 for row in earlier]  # fmt: skip
        calendars[name] = _compile(newest.spec)
        calendars |= {version.key: _compile(row.spec) for version, row in zip(found, earlier, strict=True)}
        if found:
            versions[name] = (*found, CalendarVersion(_since(newest), name, newest.version, newest.made_by))
    return calendars, versions


def _since(row: OfficeCalendar) -> datetime:
    return EVER if row.version == 1 else civil(row.made_at)


def _compile(spec: Mapping[str, object]) -> Calendar:
    return _compiled(json.dumps(spec, sort_keys=True))


@lru_cache(maxsize=128)
def _compiled(spec: str) -> Calendar:
    return compile_calendar(CalendarSpec.model_validate_json(spec))
