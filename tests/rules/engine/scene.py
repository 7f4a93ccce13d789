"""A small edition and stories in lines, for tests of the engine: `scene(clock={...}).judge("...", at="...")`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import shounuo
from shounuo.rules.calendars import Calendar, CalendarSpec, compile_calendar
from shounuo.rules.edition import Edition
from shounuo.rules.engine import judge
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Clock, Judgement
from shounuo.rules.loading import load_pack
from shounuo.rules.shapes import Commitment, Consequence, Pack
from shounuo.rules.stories.writing import a_fact, moment

TITLE = {"zh": "约", "en": "Promise"}
CLOCK = {
    "title": TITLE, "clause": "c.1", "starts": "received", "ends": ["completed", "answered"],
    "within": [{"value": "4 working days", "from": "2026-01-01"}], "handling": True,
}  # fmt: skip
RECEIVED = "2026-03-02 09:00 received kind=application by=zhou"  # a Monday
DUE = "2026-03-06 17:30"
LATE = "2026-03-06 17:30:01"


@cache
def bureau() -> Pack:
    return load_pack(Path(shounuo.__file__).parent / "packs" / "quality-bureau")


@cache
def office() -> Calendar:
    """Monday to Friday in 2026; 2027 is provisional."""
    weekly = {str(day): [("09:00", "12:00"), ("13:30", "17:30")] for day in range(1, 6)}
    spec = {
        "tz": "Asia/Shanghai",
        "coverage": ("2026-01-01", "2026-12-31"),
        "weekly": weekly,
        "provisional_to": "2027-06-30",
    }
    return compile_calendar(CalendarSpec.model_validate(spec))


def facts(lines: str | Sequence[str]) -> list[Fact]:
    """Facts of lines, numbered as written."""
    said = lines.split("\n") if isinstance(lines, str) else lines
    return [a_fact(seq, line) for seq, line in enumerate(filter(None, map(str.strip, said)), 1)]


@dataclass(frozen=True)
class Scene:
    """An edition with only the given rules."""

    edition: Edition

    def judge(self, *lines: str, at: str) -> Judgement:
        return judge(self.edition, facts([RECEIVED, *lines]), moment(at))

    def clock(self, *lines: str, at: str, rule: str = "clock") -> Clock:
        found = self.judge(*lines, at=at).clock(rule)
        assert found is not None
        return found

    def state(self, *lines: str, at: str = "2026-03-20 09:00") -> str:
        return self.clock(*lines, at=at).state.value


def scene(
    consequences: dict[str, Any] | None = None, settings: dict[str, Any] | None = None, **rules: Any
) -> Scene:
    """Each rule is what differs from CLOCK; a check gives `form: check` and needs no clock's keys."""
    commitments = {
        key: Commitment.model_validate(_whole(change)) for key, change in (rules or {"clock": {}}).items()
    }
    follow = {key: Consequence.model_validate({"title": TITLE, "clause": "c.2", "measure": "efficiency_warning",
              "decided_by": "leader", **one}) for key, one in (consequences or {}).items()}  # fmt: skip
    pack = bureau().model_copy(update={"commitments": commitments, "consequences": follow})
    decided = {key: ((datetime(2000, 1, 1).date(), value),) for key, value in (settings or {}).items()}
    return Scene(Edition(pack, decided, {"office": office()}))


def _whole(change: dict[str, Any]) -> dict[str, Any]:
    if change.get("form") == "check":
        return {"title": TITLE, "clause": "c.1", **change}
    return {**CLOCK, **change}
