"""Building the demonstration in an empty database, whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from django.db import transaction

from shounuo.cases.models import Case
from shounuo.ledger.moments import civil
from shounuo.organisation.models import Unit
from shounuo.organisation.refusals import NotPossible
from shounuo.regulations.editions import governing
from shounuo.reminders.actions import Wishes, prefer
from shounuo.site import importing
from shounuo.site.demo.cast import DEFAULT, HERE, codes, read
from shounuo.site.demo.hours import Hours
from shounuo.site.demo.house import House, found_house, found_imported, go_away
from shounuo.site.demo.stories import Player
from shounuo.site.loops import sweep

SEED = 20130707
EVERY = 25

Say = Callable[[str, int, int], None]
"""Told (what, done, of) while building."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was made."""

    matters: int
    imported: int
    refused: tuple[str, ...]


def quiet(what: str, done: int, of: int) -> None:
    """Say nothing."""


def is_built(org: str = DEFAULT) -> bool:
    """Whether the organisation's demonstration is here; `NotPossible` when the database holds something else."""
    held = set(Unit.objects.filter(kind="organisation").values_list("code", flat=True))
    if held - codes(read(org)):
        raise NotPossible(f"this database holds an organisation that is not of the demonstration “{org}”")
    return bool(held)


def build(now: datetime, say: Say = quiet, org: str = DEFAULT, most: int = 0) -> Built | None:
    """Make organisation, month of matters and imported requests as of `now`; None when they are there.

    `most` > 0 keeps that many matters, of as many stories as possible. One transaction: killed in the middle,
    nothing is left and the next run builds anew. `OutOfCoverage` when the calendars do not reach `now`.
    """
    if is_built(org):
        return None
    with transaction.atomic():
        matters, refused = _month(now, say, org, most)
        imported = _import(read(org), now, say)
    sweep(now)
    return Built(matters, imported, tuple(refused))


def _month(now: datetime, say: Say, org: str, most: int) -> tuple[int, list[str]]:
    say("organisation", 0, 1)
    house = found_house(now, org)
    _addresses(house)
    _adoption, edition = governing(house.unit.pk, now)
    calendar = edition.calendars[read(org).get("calendar", "office")]
    hours = Hours(calendar, civil(now), Random(SEED))  # noqa: S311
    data = read(org, "matters.yaml")
    go_away(house, hours, data.get("absences", ()))
    player = Player(house, edition, hours, data, now)
    plays = player.cast(most)
    for done, play in enumerate(plays):
        if done % EVERY == 0:
            say("matters", done, len(plays))
        player.play(play)
    say("matters", len(plays), len(plays))
    return len(plays), player.refused


def _addresses(house: House) -> None:
    """Everybody's invented mail address, so that reminders have somewhere to go."""
    for name, actor in house.actors.items():
        if actor.person_id is not None:
            prefer(actor.person_id, Wishes(email=f"{name}@{house.unit.code}.example"))


def _import(cast: dict[str, Any], now: datetime, say: Say) -> int:
    """Real requests beside the invented ones, where the cast names some."""
    if "imported" not in cast:
        return 0
    say("import", 0, 1)
    said = cast["imported"]
    unit = found_imported(said, now)
    file, mapping = HERE / said["file"], HERE / said["mapping"]
    importing.run(file, mapping, unit.code, dry_run=False, good_rows=True, quiet=True, now=now)
    say("import", 1, 1)
    return Case.objects.filter(organisation=unit).count()
