"""The roles that a post may carry. The words are those of the packs' routing rules."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(NamedTuple):
    """A role and what it is called."""

    code: str
    title: str | Promise


ROLES = {
    role.code: role
    for role in (
        Role("first_asked_clerk", _("首问责任人")),
        Role("handler", _("承办人")),
        Role("section_head", _("科室负责人")),
        Role("leader_in_charge", _("分管领导")),
        Role("duty_supervisor", _("值班主任")),
        Role("service_office", _("归口管理部门")),
        Role("discipline", _("纪检监察")),
        Role("administrator", _("系统管理员")),
        Role("auditor", _("审计人员")),
    )
}


def unknown(roles: list[str]) -> list[str]:
    """Those of `roles` that no registry entry has."""
    return [role for role in roles if role not in ROLES]
