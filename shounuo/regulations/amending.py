"""What an edition adopted later changes for matters that stay under an earlier one. Pure.

A value that says ``running_clocks: follow`` binds clocks that already run, from the day on which both the value and
its edition are in force; everything else of the later edition binds only matters received under it.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from shounuo.rules.edition import Amendment
from shounuo.rules.shapes import Pack, Setting, Within

Amendments = dict[str, tuple[Amendment, ...]]
"""Commitment -> values that bind running clocks, oldest first."""


def amendments_to(
    pack: Pack, later: Sequence[tuple[datetime, Pack]]
) -> tuple[Amendments, dict[str, Setting]]:
    """The values of later editions that bind clocks under ``pack``, and the settings that only those editions have.

    ``later`` are editions of the same regulation with the civil moment from which each binds, oldest first.
    """
    found: dict[str, list[Amendment]] = {}
    settings: dict[str, Setting] = {}
    known = pack
    for since, edition in later:
        for key, value in _following(known, edition):
            begins = max(datetime.fromisoformat(value.from_), since)
            dated = value.model_copy(update={"from_": begins.date().isoformat()})
            found.setdefault(key, []).append(Amendment(begins, dated))
        settings |= {key: one for key, one in edition.settings.items() if key not in pack.settings}
        known = edition
    ordered = {key: tuple(sorted(values, key=lambda one: one.since)) for key, values in found.items()}
    return ordered, settings


def _following(before: Pack, after: Pack) -> Iterator[tuple[str, Within]]:
    """Values of ``after`` that bind running clocks and that ``before`` does not have."""
    for key, rule in after.commitments.items():
        if key not in before.commitments:
            continue
        old = before.commitments[key].within
        yield from ((key, one) for one in rule.within if one.running_clocks == "follow" and one not in old)


def following_days(pack: Pack, since: date) -> set[date]:
    """The days from ``since`` on at which a value of the edition begins to bind running clocks."""
    values = (one for rule in pack.commitments.values() for one in rule.within)
    return {max(date.fromisoformat(one.from_), since) for one in values if one.running_clocks == "follow"}
