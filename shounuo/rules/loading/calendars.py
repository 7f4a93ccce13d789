"""A pack's calendars must compile."""

from __future__ import annotations

from pydantic import ValidationError

from shounuo.rules.calendar_parts import spec_of
from shounuo.rules.loading.draft import Draft


def calendar_faults(draft: Draft) -> None:
    """Add a fault for every calendar whose hours or seasons are wrong."""
    for key, part in draft.parts.get("calendars", {}).items():
        document = draft.document_of("calendars", key)
        try:
            spec_of(part)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                place = ".".join(map(str, one["loc"]))
                problem = f"{place}: {one['msg']}"
                document.faults.append(document.fault((key,), "bad_calendar", problem=problem))
        except ValueError as error:
            document.faults.append(document.fault((key, "base"), "bad_calendar", problem=str(error)))
