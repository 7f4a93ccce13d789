"""An edition: a pack with what the organisation decided, ready to be asked. Frozen and thread-safe."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, NamedTuple

from shounuo.rules.applies import fits
from shounuo.rules.calendar_parts import compiled
from shounuo.rules.calendars import Calendar
from shounuo.rules.deadlines import due
from shounuo.rules.shapes import Commitment, Pack, Service, Setting, Within
from shounuo.rules.words import fill, parse_words, template_names

Decisions = Mapping[str, tuple[tuple[date, Any], ...]]
"""Setting -> dated decisions, oldest first."""

NONE_DECIDED: Decisions = {}


VERSION_MARK = "@"
"""Between a calendar's name and the number of an earlier version: ``office@1``."""


@dataclass(frozen=True, slots=True)
class CalendarVersion:
    """A version of a calendar: from which moment (civil) it is counted by, its key among the calendars, its number,
    and the opaque id of who made it.
    """

    since: datetime
    key: str
    number: int = 1
    by: str = ""


class Amendment(NamedTuple):
    """A dated value of a later edition that binds what runs already, and the civil moment from which it does: the
    beginning of its first day, or the adoption when that came later. Nothing that was judged before is judged anew.
    """

    since: datetime
    value: Within


@dataclass(frozen=True)
class Edition:
    """A pack, the settings decided for it, and compiled calendars.

    ``decided`` gives, for a setting, the values decided and the day each counts from; before
    the first of them, and for settings nobody decided, the pack's default counts.

    ``calendars`` has the newest version of each under its name. Where there were others, ``versions`` lists all of
    them, oldest first, and ``calendars`` has the earlier ones under their keys: what had ended or was
    breached before a new version came stays as it was counted.

    ``amendments`` are the dated values of editions adopted later that bind what already runs under this one,
    by commitment, oldest first; ``later_settings`` are settings that only those know.
    """

    pack: Pack
    decided: Decisions = field(default_factory=dict)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    versions: Mapping[str, tuple[CalendarVersion, ...]] = field(default_factory=dict)
    amendments: Mapping[str, tuple[Amendment, ...]] = field(default_factory=dict)
    later_settings: Mapping[str, Setting] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the pack's canonical content: the same pack, the same digest, on any machine."""
        return pack_digest(self.pack)

    @cached_property
    def _clocks(self) -> tuple[tuple[str, Commitment], ...]:
        return tuple((key, rule) for key, rule in self.pack.commitments.items() if rule.form == "clock")

    @cached_property
    def _checks(self) -> tuple[tuple[str, Commitment], ...]:
        return tuple((key, rule) for key, rule in self.pack.commitments.items() if rule.form == "check")

    def clock_rules(self) -> tuple[tuple[str, Commitment], ...]:
        """Every commitment with a clock, with its id."""
        return self._clocks

    def check_rules(self) -> tuple[tuple[str, Commitment], ...]:
        """Every commitment judged per matter, with its id."""
        return self._checks

    def service(self, key: str | None) -> Service | None:
        """The service guide of an id, or None."""
        return self.pack.services.get(key) if key else None

    def calendar(self, name: str, on: date = date.max) -> Calendar:
        """The compiled calendar a rule names. KeyError for a name the pack does not have."""
        return self.calendars[self.calendar_name(name, on)]

    def calendar_name(self, name: str, on: date = date.max) -> str:
        """The name itself; a template takes the setting's value on a day (default: as decided last)."""
        return str(self.resolve(name, on))

    def calendar_key(self, name: str, at: datetime) -> str:
        """The key of the version that counts at a civil moment, among the calendars; ``name`` is no template."""
        versions = self.versions.get(name, ())
        return next(
            (one.key for one in reversed(versions) if one.since <= at), versions[0].key if versions else name
        )

    def setting(self, key: str, on: date) -> Any:
        """A setting's value on a day: the last decision from that day or before, else the default.

        KeyError for a setting that neither the pack nor a later edition has.
        """
        setting: Setting = self.pack.settings.get(key) or self.later_settings[key]
        value = setting.default
        for since, decided in self.decided.get(key, ()):
            if since <= on:
                value = decided
        return value

    def undecided(self) -> tuple[str, ...]:
        """The settings nobody has decided; they work with their defaults."""
        return tuple(key for key in self.pack.settings if not self.decided.get(key))

    def resolve(self, value: Any, on: date, service: str | None = None) -> Any:
        """A value with its templates filled; None when one of them is empty. Other types pass through."""
        if not isinstance(value, str) or "{" not in value:
            return value
        names = template_names(value)
        return fill(value, {name: self._named(name, on, service) for name in names})

    def _named(self, name: str, on: date, service: str | None) -> Any:
        if name.startswith("service."):
            return getattr(self.service(service), name[8:], None)
        return self.setting(name, on)

    def within(
        self,
        commitment: Commitment,
        started: datetime,
        service: str | None,
        data: Mapping[str, Any],
    ) -> tuple[str | None, Within | None]:
        """The budget words and the dated value in force on the start day that fits the matter.

        The first fitting value counts; (None, value) when its words are empty (an undecided
        length, a service without limit), (None, None) when no value is in force.
        """
        on = started.date()
        later = self._amended(commitment, started) if self.amendments else ()
        for one in (*later, *commitment.within):
            if in_force(one, on) and self._fits(one, service, data):
                return self.resolve_within(one, on, service, started, commitment.calendar), one
        return None, None

    def _amended(self, commitment: Commitment, started: datetime) -> tuple[Within, ...]:
        """Values of later editions that bind a clock which starts then in a matter of this one, latest first."""
        found = (
            self.amendments[key]
            for key, rule in self._clocks
            if rule is commitment and key in self.amendments
        )
        return tuple(reversed([one.value for values in found for one in values if one.since <= started]))

    def _fits(self, one: Within, service: str | None, data: Mapping[str, Any]) -> bool:
        return not one.when or fits(one.when, data, self.service(service))

    def resolve_within(
        self,
        within: Within,
        on: date,
        service: str | None = None,
        started: datetime | None = None,
        calendar: str = "office",
    ) -> str | None:
        """The budget words of one dated value on a day: ``value``, the shortest, or the ``else`` of ``by``.

        Limits of different kinds are compared by their due instants from ``started`` (default:
        the day's beginning) in the calendar of that name.
        """
        if within.shortest_of:
            since = started or datetime.combine(on, time())
            words = (self.resolve(one, on, service) for one in within.shortest_of)
            return shortest(words, lambda budget: due(self.calendar(calendar, on), since, budget).at)
        found = self.resolve(within.value or within.else_, on, service)
        return None if found is None else str(found)


def in_force(within: Within, on: date) -> bool:
    """Whether a dated value counts on a day; its last day ``to`` is included."""
    return within.from_ <= on.isoformat() and (within.to is None or on.isoformat() <= within.to)


def shortest(words: Iterable[Any], due_of: Callable[[Any], datetime | None]) -> str | None:
    """The words that fall due first, the empty ones left out; the first of equals.

    ``due_of`` gives a budget's due instant. Words of one kind are compared by their number, so
    that a calendar without those days cannot matter; a budget whose due instant cannot be
    told comes last.
    """
    said = [str(one) for one in words if one not in (None, "")]
    if len(said) < 2:
        return said[0] if said else None
    budgets = [parse_words(one) for one in said]
    if len({type(budget) for budget in budgets}) == 1:
        amounts = [getattr(budget, "n", getattr(budget, "seconds", 0)) for budget in budgets]
        return said[amounts.index(min(amounts))]
    dues = [(due is None, due) for due in map(due_of, budgets)]
    told = [due for _, due in dues if due is not None]
    return said[dues.index((False, min(told)))] if told else said[0]


def pack_digest(pack: Pack) -> str:
    """SHA-256 (hex) of a pack's content as canonical JSON."""
    content = pack.model_dump(mode="json", by_alias=True)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def edition_for(pack: Pack, decided: Decisions = NONE_DECIDED) -> Edition:
    """An edition of a pack with compiled calendars; without decisions every setting has its default."""
    return Edition(pack, decided, {key: compiled(part) for key, part in pack.calendars.items()})
