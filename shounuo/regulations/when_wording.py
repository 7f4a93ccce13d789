"""Lengths that hold only under a condition, with the condition in words: "45 分钟（城区）或 90 分钟（农村）"."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.regulations.wording import listed, mid_sentence, said
from shounuo.rules.shapes import Pack

PLACES = {"urban": lazy("城区"), "rural": lazy("农村"), "remote": lazy("边远地区")}
"""Places by which the time to come and repair differs."""


def place_words(place: str) -> str:
    """A kind of place in words."""
    return str(PLACES.get(place, place.replace("_", " ")))


def when_words(pack: Pack, when: Mapping[str, Any]) -> str:
    """A condition in words; "" where there is none."""
    return listed(_value(pack, key, one) for key, value in when.items() for one in _many(value))


def _many(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else [value]


def _value(pack: Pack, key: str, value: Any) -> str:
    if key == "service":
        service = pack.services.get(str(value))
        return said(service.title) if service else str(value)
    return mid_sentence(place_words(str(value)))


def lengths_with_conditions(pairs: Iterable[tuple[str, str]]) -> str:
    """(length, condition) pairs joined; what holds without condition is for the others once some have one."""
    grouped: dict[str, list[str]] = {}
    for length, when in pairs:
        grouped.setdefault(length, []).append(when)
    if any(when for whens in grouped.values() for when in whens):
        return listed(_told(length, whens) for length, whens in grouped.items())
    return _(" 或 ").join(grouped)


def _told(length: str, whens: list[str]) -> str:
    words = listed(dict.fromkeys(when or mid_sentence(_("其他")) for when in whens))
    return _("%(length)s（%(when)s）") % {"length": length, "when": words}
