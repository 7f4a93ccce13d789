"""Where a story happens: the pack with the story's own days, services and settings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from shounuo.rules.calendars import Calendar, CalendarSpec, compile_calendar
from shounuo.rules.edition import Edition
from shounuo.rules.loading.faults import key_text
from shounuo.rules.shapes import CalendarPart, Pack, Service, Setting
from shounuo.rules.stories.models import Story, StoryCalendar
from shounuo.rules.stories.writing import WritingError, a_date, days, moment
from shounuo.rules.words import WordsError, parse_words

LONG_AGO = date(1, 1, 1)
"""How far before and after the judged moment a story's calendar reaches."""


class SettingError(WritingError):
    """A story's setting that does not fit the pack; ``path`` says where in the story."""

    def __init__(self, path: tuple[str | int, ...], problem: str) -> None:
        self.path = path
        super().__init__(problem)


def edition_of(edition: Edition, story: Story) -> Edition:
    """The edition in which the story is judged. Raises ``SettingError``."""
    pack = edition.pack
    services = {**pack.services, **_services(pack, story.services)}
    decided = {**edition.decided, **_decided(pack, story.settings)}
    calendars = edition.calendars
    if story.calendar is not None:
        around = moment(story.at).date()
        calendars = {key: _calendar(part, story.calendar, around) for key, part in pack.calendars.items()}
    return Edition(pack.model_copy(update={"services": services}), decided, calendars)


def _services(pack: Pack, overrides: Mapping[str, Mapping[str, Any]]) -> dict[str, Service]:
    found = {}
    for key, values in overrides.items():
        if key not in pack.services:
            raise SettingError(
                ("services", key), f"there is no service {key!r}; allowed: {', '.join(pack.services)}"
            )
        content = {**pack.services[key].model_dump(by_alias=True), **values}
        try:
            found[key] = Service.model_validate(content)
        except ValidationError as error:
            one = error.errors()[0]
            raise SettingError(
                ("services", key, *one["loc"]), f"{key_text(one['loc'])}: {one['msg']}"
            ) from None
        _check_limits(key, found[key])
    return found


def _check_limits(key: str, service: Service) -> None:
    for name in ("statutory_limit", "promised_limit"):
        words = getattr(service, name)
        try:
            if words:
                parse_words(words)
        except WordsError as error:
            raise SettingError(("services", key, name), str(error)) from None


def _decided(pack: Pack, overrides: Mapping[str, Any]) -> dict[str, tuple[tuple[date, Any], ...]]:
    for key, value in overrides.items():
        setting = pack.settings.get(key)
        if setting is None:
            raise SettingError(
                ("settings", key), f"there is no setting {key!r}; allowed: {', '.join(pack.settings)}"
            )
        _check_value(key, setting, value)
    return {key: ((LONG_AGO, value),) for key, value in overrides.items()}


def _check_value(key: str, setting: Setting, value: Any) -> None:
    allowed = [option.value for option in setting.options]
    if setting.type == "choice" and value not in allowed:
        raise SettingError(
            ("settings", key), f"{value!r} is no option of {key}; allowed: {', '.join(map(str, allowed))}"
        )


def _calendar(part: CalendarPart, wanted: StoryCalendar, around: date) -> Calendar:
    return _compiled(part.model_dump_json(), wanted.model_dump_json(), around.year)


@lru_cache(maxsize=256)
def _compiled(part_text: str, wanted_text: str, year: int) -> Calendar:
    part = CalendarPart.model_validate_json(part_text)
    wanted = StoryCalendar.model_validate_json(wanted_text)
    weekdays = {key: hours for key, hours in wanted.hours.items() if len(key) == 1}
    dates = {a_date(key): hours for key, hours in wanted.hours.items() if len(key) > 1}
    opened = frozenset(days(wanted.open))
    try:
        spec = CalendarSpec.model_validate(
            {
                "tz": part.tz,
                "coverage": (date(year - 2, 1, 1), date(year + 2, 12, 31)),
                "weekly": {**part.weekly, **weekdays},
                "seasons": list(part.seasons),
                "off": frozenset(days(wanted.closed)) - opened,
                "makeup": opened,
                "overrides": dates,
            }
        )
    except ValidationError as error:
        raise SettingError(("calendar",), error.errors()[0]["msg"]) from None
    return compile_calendar(spec)
