"""The way through the questions for each kind of matter: data, one path for all kinds.

A step is a page; a kind of matter names its steps in order. What a house offers follows from its pack.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.cases.models import Kind
from shounuo.cases.wording import Label
from shounuo.portal.house import House
from shounuo.rules.shapes import Pack, Service

Draft = dict[str, str]
OTHER = "other"
LAST = "check"


@dataclass(frozen=True, slots=True)
class Way:
    """How one kind of matter is asked for."""

    kind: str
    label: Label
    steps: tuple[str, ...]
    question: Label
    hint: Label
    anonymous: bool = False
    """Whether neither name nor telephone is needed."""
    phone_only: bool = False
    """Whether the telephone is needed and the name is not."""


WAYS: Mapping[str, Way] = {
    way.kind: way
    for way in (
        Way("enquiry", lazy("问一件事（咨询）"), ("topic", "words", "person"), lazy("请用您自己的话写下来"),
            lazy("是什么事、什么时候、您希望怎样。请不要写身份证号和银行卡号。最多 3000 字。"), anonymous=True),
        Way("application", lazy("办一件事（申请）"), ("topic", "words", "person"), lazy("请用您自己的话写下来"),
            lazy("是什么事、什么时候、您希望怎样。请不要写身份证号和银行卡号。最多 3000 字。")),
        Way("repair", lazy("报修（设施坏了、停电停水）"), ("topic", "where", "place", "urgent", "words", "person"),
            lazy("发生了什么？"), lazy("什么坏了、从什么时候开始、影响到谁。最多 3000 字。"), phone_only=True),
        Way("suggestion", lazy("提一条建议"), ("words", "person"), lazy("您建议我们怎样做？"),
            lazy("现在怎样、希望怎样、为什么。采纳不采纳都会答复。最多 3000 字。"), anonymous=True),
        Way("praise", lazy("表扬一个人或一件事"), ("praised", "words", "person"), lazy("好在哪里？"),
            lazy("什么时候、做了什么。最多 3000 字。"), anonymous=True),
    )
}  # fmt: skip
"""Every kind the portal takes. Complaints have a door of their own, which is not open yet."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "kind": ("kind",), "topic": ("topic",), "where": ("where",), "place": ("place",), "urgent": ("urgent",),
    "praised": ("praised",), "words": ("words",), "person": ("name", "phone"),
}  # fmt: skip
"""Step -> the answers it asks for."""


def ways(here: House) -> list[Way]:
    """The kinds this house takes on the portal: applications and repairs only where services take them."""
    return [way for way in WAYS.values() if _offered(here, way.kind)]


def _offered(here: House, kind: str) -> bool:
    if kind not in Kind.values:
        return False
    if kind == "application":
        return bool(applicable(here))
    return kind != "repair" or bool(services_for(here.pack, "repair"))


def applicable(here: House) -> list[tuple[str, Service]]:
    """The services that can be applied for on these pages."""
    found = services_for(here.pack, "application")
    return [(key, service) for key, service in found if "portal" in service.channels]


def services_for(pack: Pack, kind: str) -> list[tuple[str, Service]]:
    """The services that take matters of a kind."""
    return [(key, service) for key, service in pack.services.items() if kind in service.kinds]


def way_of(draft: Draft) -> Way:
    """The way somebody is on; before the kind is chosen the one of an enquiry stands for its length."""
    return WAYS.get(draft.get("kind", ""), WAYS["enquiry"])


def steps_of(here: House, draft: Draft) -> tuple[str, ...]:
    """The pages of this way, with the choice of kind before and the check after; what needs no asking is left out."""
    asked = (step for step in way_of(draft).steps if _needed(here, draft, step))
    return ("kind", *asked, LAST)


def _needed(here: House, draft: Draft, step: str) -> bool:
    if step == "topic" and draft.get("kind") == "repair":
        return len(services_for(here.pack, "repair")) > 1
    return step != "place" or bool(places(here.pack))


def places(pack: Pack) -> list[str]:
    """The kinds of place by which promises differ, in the order of the regulation."""
    found = (within.when.get("place") for rule in pack.commitments.values() for within in rule.within)
    return list(dict.fromkeys(_flat(found)))


def _flat(found: Iterator[object]) -> Iterator[str]:
    for one in found:
        yield from (str(x) for x in one) if isinstance(one, list | tuple) else ([str(one)] if one else [])


def service_of(here: House, draft: Draft) -> str:
    """The service a draft is for: the one chosen, or the only one that takes its kind; "" for none."""
    kind, topic = draft.get("kind", ""), draft.get("topic", "")
    chosen = here.pack.services.get(topic)
    if chosen is not None and (kind == "enquiry" or kind in chosen.kinds):
        return topic
    if kind in ("repair", "suggestion", "praise"):
        return next((key for key, _service in services_for(here.pack, kind)), "")
    return ""


def kind_for(here: House, service: Service) -> str:
    """What somebody who comes from a service's guide wants: the first of its kinds that is taken here."""
    offered = {way.kind for way in ways(here)}
    order = ("enquiry", "repair", "suggestion", "praise", "application")
    return next((kind for kind in order if kind in service.kinds and kind in offered), "application")


def asked(here: House, draft: Draft) -> Draft:
    """The answers to the questions of this way; what was typed for another kind waits, and is no part of it."""
    names = {name for step in steps_of(here, draft)[:-1] for name in FIELDS[step]}
    return {name: said for name, said in draft.items() if name in names}


def full_words(draft: Draft) -> str:
    """The request in words, with what the short questions asked before it; erasable as one."""
    before = []
    if draft.get("praised"):
        before.append(_("表扬：%(praised)s") % {"praised": draft["praised"]})
    if draft.get("where"):
        before.append(_("地点：%(where)s") % {"where": draft["where"]})
    return "\n".join([*before, draft["words"]])
