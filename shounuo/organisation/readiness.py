"""What an organisation still lacks before it can take in its first matter."""

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from shounuo.ledger.moments import day_of
from shounuo.organisation.models import Appointment, Unit
from shounuo.organisation.roles import ROLES

ADOPTERS = ("service_office", "leader_in_charge")
"""Either of these may adopt a regulation; a test keeps it equal to `shounuo.regulations.access`."""


class Lack(NamedTuple):
    """Something that is missing: a code, and what to do about it in the reader's language."""

    code: str
    said: str


def lacks(house: Unit, at: datetime) -> list[Lack]:
    """What is missing in an organisation's people and units at `at`, in the order in which to mend it."""
    held = held_roles(house, at)
    found = []
    if not Unit.objects.sections_of(house).open_on(day_of(at)).exists():
        found.append(Lack("no_section", _("还没有科室：至少设一个，事项要有地方办。")))
    for role in ("first_asked_clerk", "handler"):
        if role not in held:
            found.append(Lack(f"no_{role}", _nobody(role)))
    if not held & set(ADOPTERS):
        roles = _("或").join(str(ROLES[role].title) for role in ADOPTERS)
        found.append(Lack("no_adopter", _("还没有人可以采用制度：请任命一位%(roles)s。") % {"roles": roles}))
    if "leader_in_charge" not in held and "no_adopter" not in {lack.code for lack in found}:
        found.append(Lack("no_leader_in_charge", _nobody("leader_in_charge")))
    return found


def held_roles(house: Unit, at: datetime) -> set[str]:
    """The roles that somebody in the organisation carries at `at`."""
    held = Appointment.objects.at(at).filter(post__unit__path__startswith=house.path)
    return {role for roles in held.values_list("post__roles", flat=True) for role in roles}


def _nobody(role: str) -> str:
    return _("还没有人是“%(role)s”：请任命一位。") % {"role": ROLES[role].title}
