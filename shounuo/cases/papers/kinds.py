"""Which facts have a paper, and what each is called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as lazy

from shounuo.cases.wording import Label
from shounuo.rules.facts import Fact

KINDS: Mapping[str, str] = {
    "received": "receipt",
    "notice_issued": "notice",
    "extension_granted": "extension",
    "completed": "result",
    "restored": "result",
    "declined": "result",
    "not_accepted": "result",
    "answered": "reply",
    "explained": "reply",
}
"""Kind of fact -> kind of paper."""

TITLES: Mapping[str, Label] = {
    "received": lazy("受理回执"),
    "notice_issued": lazy("一次性告知书"),
    "extension_granted": lazy("延期告知书"),
    "completed": lazy("办理结果通知书"),
    "restored": lazy("抢修结果通知书"),
    "declined": lazy("不予办理决定书"),
    "not_accepted": lazy("不予受理通知书"),
    "answered": lazy("答复函"),
    "explained": lazy("情况说明"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper that can be printed: the fact it belongs to, its title, its civil moment."""

    seq: int
    kind: str
    title: str
    moment: datetime


def paper_kind(fact: Fact) -> str:
    """The kind of paper a fact has, "" for none."""
    return KINDS.get(fact.kind, "")


def title_of_kind(fact_kind: str) -> str:
    """What the paper of a kind of fact is called."""
    return str(TITLES[fact_kind])


def listed_papers(facts: Iterable[Fact]) -> Sequence[Listed]:
    """Every paper of a matter, the newest first; the receipt last."""
    found = [Listed(f.seq, KINDS[f.kind], title_of_kind(f.kind), f.at) for f in facts if f.kind in KINDS]
    return sorted(found, key=lambda one: one.seq, reverse=True)
