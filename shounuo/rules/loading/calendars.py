"""A pack's calendars must compile."""

from __future__ import annotations

from pydantic import ValidationError

from shounuo.rules.loading.draft import Draft
from shounuo.rules.shapes.pack import CalendarPart


def calendar_faults(draft: Draft) -> None:
    """Add a fault for every calendar whose hours or seasons are wrong."""
    from shounuo.rules.calendar_parts import spec_of

    for key, part in draft.parts.get("calendars", {}).items():
        document = draft.document_of("calendars", key)
        try:
            spec_of(part)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                place = ".".join(map(str, one["loc"]))
                document.faults.append(
                    document.fault((key,), "bad_calendar", problem=f"{place}: {one['msg']}")
                )


__all__ = ["CalendarPart", "calendar_faults"]
