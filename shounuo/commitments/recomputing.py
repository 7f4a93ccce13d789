"""Which matters a recomputation must look at: those whose running clock may move. Read only."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from shounuo.commitments.models import ClockQuerySet, RunningClock
from shounuo.ledger.moments import begin_of
from shounuo.regulations.editions import edition_of, editions_of
from shounuo.regulations.models import Adoption, Recomputation
from shounuo.rules.edition import Edition
from shounuo.rules.shapes import Commitment
from shounuo.rules.words import template_names


def count(one: Recomputation) -> int:
    """How many matters there are to look at."""
    return open_clocks(one).values("stream").distinct().count()


def following(one: Recomputation, after: UUID | None, limit: int) -> Sequence[UUID]:
    """The next matters behind one, in the order of their streams."""
    clocks = open_clocks(one)
    if after is not None:
        clocks = clocks.filter(stream__gt=after)
    return list(clocks.order_by("stream").values_list("stream", flat=True).distinct()[:limit])


def open_clocks(one: Recomputation) -> ClockQuerySet:
    """Running clocks that the cause may move.

    A due instant before the first day that changed is the same by both versions of a calendar, and a paused
    clock has none: it is counted anew when it goes on. Amended values also change what a paused clock goes on with.
    """
    if one.calendar is not None:
        return counted_after(one.organisation_id, one.calendar.name, one.day)
    assert one.adoption is not None
    return bound_by(one.organisation_id, following_rules(one.adoption))


def counted_after(organisation_id: int, calendar: str, day: date) -> ClockQuerySet:
    """Running clocks of a calendar that may be due on a day or later."""
    first = begin_of(day)
    later = Q(due_at__isnull=True) | Q(due_at__gte=first)
    clocks = RunningClock.objects.filter(later, organisation=organisation_id, ended_at__isnull=True)
    return clocks.filter(state="running", rule__in=counted_by(organisation_id, calendar))


def bound_by(organisation_id: int, rules: Sequence[str]) -> ClockQuerySet:
    """Clocks of some promises that run or wait."""
    clocks = RunningClock.objects.filter(organisation=organisation_id, ended_at__isnull=True)
    return clocks.filter(state__in=("running", "paused"), rule__in=rules)


def counted_by(organisation_id: int, calendar: str) -> list[str]:
    """The promises, of any edition adopted, that count their days by a calendar."""
    found: set[str] = set()
    adopted = Adoption.objects.filter(organisation=organisation_id).values_list("pk", flat=True)
    for edition in editions_of(adopted).values():
        found |= {key for key, rule in edition.clock_rules() if calendar in calendars_of(edition, rule)}
    return sorted(found)


def calendars_of(edition: Edition, rule: Commitment) -> set[str]:
    """The names of the calendars a promise may be counted by, whatever the setting that chooses is or was."""
    found = {rule.calendar} if "{" not in rule.calendar else set()
    for name in template_names(rule.calendar) if "{" in rule.calendar else ():
        setting = edition.pack.settings[name]
        found |= {str(one.value) for one in setting.options} | {str(setting.default)}
        found |= {str(value) for _since, value in edition.decided.get(name, ())}
    return found


def following_rules(adoption: Adoption) -> list[str]:
    """The promises of an edition with a value that binds running clocks."""
    pack = edition_of(adoption.pk).pack
    return [key for key, rule in pack.commitments.items()
            if any(one.running_clocks == "follow" for one in rule.within)]  # fmt: skip
