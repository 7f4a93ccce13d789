"""Playing the stories of `matters.yaml`: each step is one action by one person at one moment."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from shounuo.cases import actions
from shounuo.cases.access import NotYours
from shounuo.cases.actions import Asking, NotAllowed, On
from shounuo.cases.models import Case
from shounuo.ledger.actions import Conflict
from shounuo.ledger.moments import civil, instant
from shounuo.organisation.actions import Stamp
from shounuo.organisation.refusals import NotPossible
from shounuo.rules.edition import Edition
from shounuo.site.demo.details import Details, Play
from shounuo.site.demo.hours import Hours
from shounuo.site.demo.house import MARK, PHONE, House

ADDRESS = "{place}{number}号"

REPLIES = ("answer", "result")
"""Pools for which a request's own reply stands in."""

BY_STAFF = ("window", "phone")
"""Channels on which somebody is asked in person, and so is the first asked at once."""

BY = {
    "take_up": "clerk", "hand_over": "clerk", "tell_section": "clerk", "record_leader_decision": "leader",
    "grant_extension": "leader", "refuse_extension": "leader", "withdraw": "party", "rate": "party",
    "dispute": "party", "answer_dispute": "head", "reopen": "head", "contact_rater": "head", "remedy": "head",
    "appeal_rating": "head", "decide_rating_appeal": "office", "record_rating": "office", "return_visit": "office",
}  # fmt: skip
"""Who does a step when it does not say; else the handler."""

Step = Mapping[str, Any]


class Over(Exception):
    """The next step lies after now."""


class Player(Details):
    """Plays stories in an organisation; `refused` keeps steps that the rules did not allow."""

    def __init__(
        self, house: House, edition: Edition, hours: Hours, data: Mapping[str, Any], now: datetime
    ) -> None:
        self.house, self.edition, self.hours, self.data, self.now = house, edition, hours, data, now
        self.rng = hours.rng
        self.first: dict[str, str] = {}
        self.refused: list[str] = []
        self.numbers = 0

    def cast(self, most: int = 0) -> list[Play]:
        """Every matter of every story, in the order in which they come in; at most so many when `most` > 0."""
        told = [(no, self._play(story)) for story in self.data["stories"] for no in range(story["count"])]
        if most:
            told = sorted(told, key=lambda pair: pair[0])[:most]  # stable: the first of every story, …
        return sorted((play for _no, play in told), key=lambda play: play.at)

    def _play(self, story: Mapping[str, Any]) -> Play:
        rng = self.rng
        service, channel = self._one(story.get("services", {"": 1})), self._one(story["channels"])
        said = self.edition.pack.services[service] if service else None
        section = said.section if said else str(story["section"])
        topic = story.get("topic", service)
        clerk = rng.choice(self._clerks(section))
        own = self.house.with_role("handler", section)
        at = self._came(story, channel)
        self.numbers += 1
        visit = f"v{self.numbers}" if story.get("one_visit") else ""
        handler = story.get("handler") or (rng.choice(own) if own else clerk)
        return Play(story, at, channel, service, said, section, topic, clerk, handler, visit)

    def _came(self, story: Mapping[str, Any], channel: str) -> datetime:
        """When a matter came in: so many working days ago, or so many minutes, at whatever hour it is."""
        if minutes := story.get("minutes_ago"):
            return self.hours.now.replace(microsecond=0) - timedelta(minutes=self.rng.randint(*minutes))
        return self.hours.ago(story["ago"], at_any_hour=channel == "portal")

    def _clerks(self, section: str) -> list[str]:
        """Who may be asked first: the section's own desk, else any."""
        return self.house.with_role("first_asked_clerk", section) or self.house.with_role("first_asked_clerk")

    def _one(self, shares: Mapping[str, int]) -> str:
        return self.rng.choices(list(shares), list(shares.values()))[0]

    def play(self, play: Play) -> None:
        """Take the matter in and do its steps until one lies after now or is refused."""
        self._take_in(play)
        try:
            for step in play.story["steps"]:
                if self.rng.randint(1, 100) <= step.get("chance", 100):
                    self._step(play, step)
        except Over:
            pass
        except (NotAllowed, NotYours, Conflict) as error:
            self.refused.append(f"{play.story['story']}: {error}")

    def _take_in(self, play: Play) -> None:
        kind = play.story.get("kind", "application")
        words, play.reply = self._request(play.topic)
        name, phone, address = self._party(words)
        staffed = play.channel in BY_STAFF
        asking = Asking(
            kind=kind, channel=play.channel, words=words,
            key=f"demo-{play.at.isoformat()}-{self.rng.random()}", service=play.service,
            section=self.house.units[play.section], name=name, phone=phone, address=address,
            staff=self.house.actors[play.clerk].actor_id if staffed else "", visit=play.visit if staffed else "",
            complete=bool(play.visit) and kind == "application",
            place=play.story.get("place", ""), urgent=play.story.get("urgent", False),
            in_remit=play.story.get("in_remit"),
        )  # fmt: skip
        stamp = Stamp(asking.staff or "party", instant(play.at), self.now, MARK)
        play.stream = actions.take_in(self.house.unit, asking, stamp, "demo").stream
        case = Case.objects.get(stream=play.stream)
        self.first.setdefault(str(play.story["story"]), case.number)
        self._keep(play, case)

    def _party(self, words: str) -> tuple[str, str, str]:
        """An invented name, telephone and address; who writes in Latin letters has a name in them."""
        rng, data = self.rng, self.data
        name = rng.choice(data["surnames"]) + rng.choice(data["given"]) if "given" in data else ""
        if not name or words[:1].isascii():
            name = rng.choice(data["foreigners"])
        place = rng.choice(data["places"])
        address = data.get("address", ADDRESS).format(place=place, number=rng.randint(2, 260))
        return name, data.get("phone", PHONE).format(rng.randint(3000, 9999)), address

    def _request(self, topic: str) -> tuple[str, str]:
        """What somebody asks for and, where the data say so, what they are told in the end."""
        chosen = self.rng.choice(self.data["requests"][topic])
        words, reply = (chosen, "") if isinstance(chosen, str) else chosen
        return self._filled(words), reply

    def _answer(self, play: Play, pool: str) -> str:
        """Words of a pool; one that is kept by service holds the rest under `other`."""
        if play.reply and pool in REPLIES:
            return play.reply
        texts = self.data["answers"][pool]
        if isinstance(texts, dict):
            texts = texts[play.topic] if play.topic in texts else texts["other"]
        return self._filled(self.rng.choice(texts))

    def _filled(self, text: str) -> str:
        rng, data = self.rng, self.data
        for name, value in {"firm": rng.choice(data["firms"]), "place": rng.choice(data["places"]),
                            "n": str(rng.randint(2, 9))}.items():  # fmt: skip
            text = text.replace("{" + name + "}", value)
        return text

    def _step(self, play: Play, step: Step) -> None:
        verb, wait = next(iter(step.items()))
        if verb == "take":
            if play.channel not in BY_STAFF:
                self._do(play, "take_up", wait, section=self.house.units[self.house.sections[play.clerk]])
        elif verb == "to_section":
            self._to_section(play, wait)
        else:
            more = {name: value for name, value in step.items() if name not in (verb, "by", "chance")}
            self._do(play, verb, wait, step.get("by", ""), **self._said(play, verb, more))

    def _to_section(self, play: Play, wait: str) -> None:
        if play.section == self.house.sections[play.clerk]:
            return
        self._do(play, "hand_over", "2-10m", section=self.house.units[play.section], reason="their_remit")
        self._do(play, "accept_hand_over", wait)
        self._do(play, "tell_section", "1-9m", way="in_person" if play.channel == "window" else "phone")

    def _said(self, play: Play, verb: str, more: dict[str, Any]) -> dict[str, Any]:
        """What a step says, with pools, units and papers filled in."""
        words = more.get("words", "")
        if words.startswith("@"):
            more["words"] = self._answer(play, words[1:])
        if isinstance(more.get("section"), str):
            more["section"] = self.house.units[more["section"]]
        if more.get("way") == "same":
            more["way"] = "phone" if play.channel == "phone" else "in_person"
        if play.visit and verb in ("complete", "answer"):
            more["visit"] = play.visit
        special: Callable[..., dict[str, Any]] | None = getattr(self, f"_say_{verb}", None)
        said = special(play, **more) if special else more
        return {
            name: self.rng.choice(v) if isinstance(v, list) and name in ("result", "reason", "level") else v
            for name, v in said.items()
        }

    def _do(self, play: Play, verb: str, wait: str, by: str = "", **said: Any) -> None:
        at = self.hours.later(play.at, wait, play.due)
        if at is None or at > civil(self.now):
            raise Over
        who = self._who(play, by or BY.get(verb, "handler"))
        actor = self.house.at_work(who, instant(at)) if who else None
        stamp = Stamp(actor.actor_id if actor else "party", instant(at), self.now, MARK)
        play.at = at
        self._keep(play, getattr(actions, verb)(On(play.stream, actor, stamp), **said))

    def _who(self, play: Play, role: str) -> str:
        """A sign-in name, empty for the party."""
        section = play.section
        found = {
            "clerk": play.clerk,
            "handler": play.handler,
            "party": "",
            "office": next(iter(self.house.with_role("service_office")), ""),
        }
        if role in found:
            return found[role]
        fitting = [self.house.leaders.get(section, "")] if role == "leader" else self._heads(section)
        if not any(fitting):
            raise NotPossible(f"cast.yaml names nobody who could be {role} of {section}")
        return fitting[0]

    def _heads(self, section: str) -> list[str]:
        return self.house.with_role("section_head", section)

    def _keep(self, play: Play, case: Case) -> None:
        play.due = civil(case.due_at) if case.due_at else None
