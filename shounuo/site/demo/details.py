"""What a step of a story says beyond its words: papers, days, numbers, ratings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from shounuo.cases import actions
from shounuo.cases.actions import NoticeForm
from shounuo.commitments.models import RunningClock
from shounuo.ledger.moments import instant
from shounuo.rules.shapes import Service
from shounuo.site.demo.hours import Hours
from shounuo.site.demo.house import House

NO_STREAM = UUID(int=0)


@dataclass(slots=True)
class Play:
    """One matter of a story: when it comes in, and who has to do with it."""

    story: Mapping[str, Any]
    at: datetime
    channel: str
    service: str
    said: Service | None
    section: str
    topic: str
    clerk: str
    handler: str
    visit: str
    reply: str = ""
    stream: UUID = NO_STREAM
    due: datetime | None = None


class Details:
    """A method `_say_<verb>` for each verb whose details need more than the step says."""

    house: House
    hours: Hours
    data: Mapping[str, Any]
    rng: Random
    first: dict[str, str]
    """The number of the first matter of each story, for repeats of it."""

    def _answer(self, play: Play, pool: str) -> str:
        raise NotImplementedError

    def _say_issue_notice(
        self, play: Play, materials: Any, call_note: str = "", **more: Any
    ) -> dict[str, Any]:
        papers = [material.id for material in play.said.materials] if play.said else []
        asked = (
            self.rng.sample(papers, min(materials, len(papers))) if isinstance(materials, int) else materials
        )
        note = self._answer(play, call_note[1:]) if call_note else ""
        return {"form": NoticeForm(materials=asked, call_note=note, **more)}

    def _say_hand_over(self, play: Play, **more: Any) -> dict[str, Any]:
        return {"section": self.house.units[play.section], "reason": "their_remit"} | more

    def _say_receive_materials(self, play: Play, some: int) -> dict[str, Any]:
        before = actions.stand(play.stream, instant(play.at))
        return {"materials": list(before.judged.missing)[:some]}

    def _say_request_extension(self, play: Play, **more: Any) -> dict[str, Any]:
        """For the promise that handles the matter, unless the step names another."""
        handling = RunningClock.objects.filter(stream=play.stream, handling=True).latest("pk")
        return {"rule": handling.rule, **more}

    def _say_promise_date(self, play: Play, days: int) -> dict[str, Any]:
        return {"day": self.hours.working_day(play.at.date(), days)}

    def _say_rate(self, play: Play, level: list[int], words: str = "") -> dict[str, Any]:
        chosen = self.rng.choice(level)
        return {"level": chosen, "words": words or self.rng.choice(self.data["ratings"][chosen])}

    def _say_correct(self, play: Play, of: str, earlier: int, **more: Any) -> dict[str, Any]:
        """A fact whose moment was written down some minutes too late."""
        facts = actions.stand(play.stream, instant(play.at)).facts
        wrong = next(fact for fact in facts if fact.kind == of)
        return {"seq": wrong.seq, "at": (wrong.at - timedelta(minutes=earlier)).isoformat(), **more}

    def _say_appoint(self, play: Play, days: int, **more: Any) -> dict[str, Any]:
        return {"date": instant(self.hours.in_office(play.at, days)), **more}

    def _say_defer(self, play: Play, days: int, **more: Any) -> dict[str, Any]:
        return {"to": instant(self.hours.in_office(play.at, days)), **more}

    def _say_return_visit(self, play: Play, **more: Any) -> dict[str, Any]:
        """Whoever was not reached said nothing."""
        return {"satisfied": None, **more}

    def _say_merge(self, play: Play, of: str, **more: Any) -> dict[str, Any]:
        """Into the first matter of another story, which came in earlier and is open still."""
        return {"number": self.first[of], **more}
