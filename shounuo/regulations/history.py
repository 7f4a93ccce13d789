"""What was decided about a setting, from the record: also what a later decision of the same day replaced."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shounuo.ledger.models import Fact
from shounuo.ledger.moments import civil
from shounuo.organisation.models import Unit
from shounuo.organisation.names import names_of
from shounuo.regulations.rule_wording import setting_words
from shounuo.regulations.typed import grid_of
from shounuo.rules.shapes import Pack, Setting


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: the value in words, from which day, by whom, when (civil), in which document."""

    value: str
    grid: dict[str, Any] | None
    since: date
    by: str
    at: datetime
    document: str
    replaced: bool


def decisions_of(organisation: Unit, pack: Pack, key: str) -> list[Decision]:
    """The decisions of a setting, the latest first; `replaced` by a later one from the same day."""
    facts = Fact.objects.filter(stream=organisation.stream, kind="setting_decided").order_by("-seq")
    found = [fact for fact in facts if fact.data.get("pack") == pack.head.id and fact.data.get("key") == key]
    names, seen, told = names_of(fact.actor for fact in found), set(), []
    for fact in found:
        told.append(_decision(pack.settings[key], fact, names, fact.data["from"] in seen))
        seen.add(fact.data["from"])
    return told


def _decision(setting: Setting, fact: Fact, names: dict[str, str], replaced: bool) -> Decision:
    value = fact.data["value"]
    return Decision(
        setting_words(setting, value), grid_of(setting, value), date.fromisoformat(fact.data["from"]),
        names.get(fact.actor, ""), civil(fact.at), fact.data.get("document", ""), replaced,
    )  # fmt: skip
