"""Whether a rule looks at a matter, and whether an event carries what a rule asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shounuo.rules.facts import Fact
from shounuo.rules.shapes import AppliesTo, Service

DEFAULTS: Mapping[str, Any] = {"in_remit": True, "urgent": False, "service.immediate": False}
"""What counts where a matter says nothing."""


def value_of(key: str, data: Mapping[str, Any], service: Service | None) -> Any:
    """A condition's subject: a field of the matter, or ``service.NAME`` of its service."""
    named = key.startswith("service.")
    found = getattr(service, key[8:], None) if named else data.get(key)
    return DEFAULTS.get(key) if found is None else found


def fits(where: Mapping[str, Any], data: Mapping[str, Any], service: Service | None = None) -> bool:
    """Every condition holds: equal to the value, or one of the listed values."""
    for key, wanted in where.items():
        found = value_of(key, data, service)
        if found not in wanted if isinstance(wanted, (list, tuple)) else found != wanted:
            return False
    return True


def applies(
    rule: AppliesTo, kind: str, data: Mapping[str, Any], service_id: str | None, service: Service | None
) -> bool:
    """Whether a rule looks at a matter of this kind, service and data."""
    if rule.kinds and kind not in rule.kinds:
        return False
    if rule.services and service_id not in rule.services:
        return False
    if rule.channels and data.get("channel") not in rule.channels:
        return False
    return fits(rule.where, data, service)


def carries(fact: Fact, wanted: str) -> bool:
    """Whether a fact has a field (``oral_reason``), or the field with a value (``form=written``)."""
    name, equals, value = wanted.partition("=")
    found = fact.data.get(name)
    return str(found) == value if equals else bool(found)
