"""Building the demonstration in an empty database, whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from django.db import transaction

from shounuo.cases.models import Case
from shounuo.ledger.moments import civil
from shounuo.organisation.models import Unit
from shounuo.organisation.refusals import NotPossible
from shounuo.regulations.editions import governing
from shounuo.site import importing
from shounuo.site.demo.hours import Hours
from shounuo.site.demo.house import HERE, found_boston, found_house, read
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


def is_built() -> bool:
    """Whether the demonstration is here; `NotPossible` when the database holds something else."""
    codes = set(Unit.objects.filter(kind="organisation").values_list("code", flat=True))
    if codes - {"qingxi", "boston"}:
        raise NotPossible("this database holds an organisation that is not the demonstration's")
    return bool(codes)


def build(now: datetime, say: Say = quiet) -> Built | None:
    """Make organisation, month of matters and imported requests as of `now`; None when they are there.

    One transaction: killed in the middle, nothing is left and the next run builds anew.
    """
    if is_built():
        return None
    with transaction.atomic():
        matters, refused = _month(now, say)
        say("import", 0, 1)
        imported = _import_boston(now)
    sweep(now)
    say("import", 1, 1)
    return Built(matters, imported, tuple(refused))


def _month(now: datetime, say: Say) -> tuple[int, list[str]]:
    say("organisation", 0, 1)
    house = found_house(now)
    _adoption, edition = governing(house.unit.pk, now)
    hours = Hours(edition.calendars["office"], civil(now), Random(SEED))  # noqa: S311
    player = Player(house, edition, hours, read("matters.yaml"), now)
    plays = player.cast()
    for done, play in enumerate(plays):
        if done % EVERY == 0:
            say("matters", done, len(plays))
        player.play(play)
    say("matters", len(plays), len(plays))
    return len(plays), player.refused


def _import_boston(now: datetime) -> int:
    unit = found_boston(now)
    folder: Path = HERE / "boston311"
    importing.run(
        folder / "boston311.csv",
        folder / "mapping.yaml",
        unit.code,
        dry_run=False,
        good_rows=True,
        quiet=True,
        now=now,
    )
    return Case.objects.filter(organisation=unit).count()
