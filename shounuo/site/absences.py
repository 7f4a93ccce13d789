"""What the pages of absences need from higher floors: whether approval is asked for, and the words for scopes."""

from datetime import datetime

from shounuo.cases.models import Kind
from shounuo.organisation.models import Unit
from shounuo.regulations.editions import NotAdopted, governing
from shounuo.regulations.wording import said

ENTRUSTS = "entrusted_by_handler"
"""The way of a routing rule for the role `stand_in` by which the absent person alone names the delegate."""


def needs_approval(house: Unit, at: datetime) -> bool:
    """Whether the regulation in force says who stands in and does not leave it to the absent person alone."""
    try:
        _adoption, edition = governing(house.pk, at)
    except NotAdopted:
        return False
    rules = [rule for rule in edition.pack.routing.values() if rule.role == "stand_in"]
    return bool(rules) and not any(ENTRUSTS in rule.ways for rule in rules)


def kinds() -> list[tuple[str, str]]:
    """The kinds of matter."""
    return [(str(value), str(label)) for value, label in Kind.choices]


def services(house: Unit, at: datetime) -> list[tuple[str, str]]:
    """The services of the regulation in force."""
    try:
        _adoption, edition = governing(house.pk, at)
    except NotAdopted:
        return []
    return [(key, said(service.title)) for key, service in edition.pack.services.items()]
