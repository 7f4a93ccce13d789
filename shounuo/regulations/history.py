"""What was decided about settings, from the record: also what a later decision of the same day replaced."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shounuo.ledger.models import Fact
from shounuo.ledger.moments import civil
from shounuo.organisation.models import Unit
from shounuo.organisation.names import names_of
from shounuo.regulations.models import Remark
from shounuo.regulations.rule_wording import setting_words
from shounuo.regulations.typed import grid_of
from shounuo.regulations.wording import said
from shounuo.rules.shapes import Pack, Setting


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: the value in words, from which day, by whom, when (civil), in which document, why."""

    key: str
    title: str
    value: str
    grid: dict[str, Any] | None
    since: date
    by: str
    at: datetime
    document: str
    reason: str
    replaced: bool


def decisions_of(organisation: Unit, pack: Pack, key: str) -> list[Decision]:
    """The decisions of a setting, the latest first; `replaced` by a later one from the same day."""
    return [one for one in told_of(organisation, pack) if one.key == key]


def told_of(organisation: Unit, pack: Pack) -> list[Decision]:
    """The decisions of every setting of a regulation, the latest first."""
    facts = Fact.objects.filter(stream=organisation.stream, kind="setting_decided").order_by("-seq")
    found = [
        fact
        for fact in facts
        if fact.data.get("pack") == pack.head.id and fact.data.get("key") in pack.settings
    ]
    return list(_told(organisation, pack, found))


def _told(organisation: Unit, pack: Pack, facts: Sequence[Fact]) -> Iterable[Decision]:
    names = names_of(fact.actor for fact in facts)
    remarks = Remark.objects.filter(stream=organisation.stream, seq__in=[fact.seq for fact in facts])
    reasons = dict(remarks.values_list("seq", "text"))
    seen: set[tuple[str, str]] = set()
    for fact in facts:
        place = fact.data["key"], fact.data["from"]
        yield _decision(pack.settings[place[0]], fact, names, reasons.get(fact.seq, ""), place in seen)
        seen.add(place)


def _decision(setting: Setting, fact: Fact, names: dict[str, str], reason: str, replaced: bool) -> Decision:
    value = fact.data["value"]
    return Decision(
        fact.data["key"], said(setting.title), setting_words(setting, value), grid_of(setting, value),
        date.fromisoformat(fact.data["from"]), names.get(fact.actor, ""), civil(fact.at),
        fact.data.get("document", ""), reason, replaced,
    )  # fmt: skip
