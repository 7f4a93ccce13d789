"""A matter under the quality bureau's edition, and people who act on it."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import shounuo
from shounuo.cases import actions
from shounuo.cases.actions import Asking, On
from shounuo.cases.models import Case
from shounuo.organisation.actions import Stamp
from shounuo.regulations import editions
from shounuo.regulations.actions import adopt
from shounuo.rules.loading import load_pack
from shounuo.rules.shapes import Pack

PACKS = Path(shounuo.__file__).parent / "packs"


def at(text: str) -> datetime:
    """A moment in Shanghai, written as on the wall: 2026-09-28 09:10."""
    from shounuo.ledger.moments import instant

    return instant(datetime.fromisoformat(text))


@pytest.fixture(scope="session")
def bureau_pack() -> Pack:
    """The bundled pack of the quality bureau."""
    return load_pack(PACKS / "quality-bureau")


class Hall:
    """The cast at work: `hall.ask(...)`, `hall.on(matter, "wang", "2026-09-28 09:40")`."""

    def __init__(self, cast: Any, pack: Pack) -> None:
        self.cast = cast
        self.keys = 0
        stamp = Stamp(cast.id("sun"), datetime(2026, 1, 6, 1, 0, tzinfo=UTC))
        self.adoption = adopt(cast.house, pack, date(2026, 1, 7), stamp)

    def stamp(self, who: str, when: str) -> Stamp:
        moment = at(when)
        return Stamp(self.cast.id(who) if who != "party" else "party", moment, moment)

    def on(self, stream: UUID, who: str, when: str, version: int | None = None) -> On:
        actor = None if who == "party" else self.cast.actor(who, at(when))
        return On(stream, actor, self.stamp(who, when), version)

    def ask(self, when: str, who: str = "zhou", section: str = "metrology", **more: Any) -> Case:
        """Take a matter in; by default an application at the window."""
        self.keys += 1
        said = {"kind": "application", "channel": "window", "service": "weighing-instrument-verification",
                "words": "衡器检定", "key": f"k{self.keys}", "section": self.cast.units.get(section)} | more  # fmt: skip
        staff = "" if who == "party" else self.cast.id(who)
        receipt = actions.take_in(self.cast.house, Asking(**said, staff=staff), self.stamp(who, when), "test")
        return Case.objects.get(stream=receipt.stream)

    def in_hand(self, when: str, handler: str = "wang", **more: Any) -> Case:
        """A matter already with its handler in the metrology section."""
        case = self.ask(when, **more)
        hand_over(self, case, when, handler)
        return Case.objects.get(pk=case.pk)


def hand_over(hall: Hall, case: Case, when: str, to: str) -> None:
    section = hall.cast.units["metrology"]
    actions.hand_over(hall.on(case.stream, "zhou", when), section)
    actions.accept_hand_over(hall.on(case.stream, to, when))
    actions.tell_section(hall.on(case.stream, "zhou", when), "in_person")


@pytest.fixture
def hall(cast: Any, bureau_pack: Pack) -> Hall:
    """The organisation with the quality bureau's edition in force."""
    return Hall(cast, bureau_pack)


@pytest.fixture
def moment() -> Callable[[str], datetime]:
    """`at` as a fixture."""
    return at


@pytest.fixture
def no_kept_editions() -> Iterator[None]:
    """Editions are kept by the adoption's id, which every test begins again at 1."""
    editions._compiled.cache_clear()
    editions._pack.cache_clear()
    yield
    editions._compiled.cache_clear()
    editions._pack.cache_clear()
