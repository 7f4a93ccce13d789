"""Service guides, in full."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from shounuo.cases.wording import MATERIAL_FORMS, Label
from shounuo.portal.access import sections_of
from shounuo.portal.house import House, show
from shounuo.portal.paths import kind_for, ways
from shounuo.portal.views.entry import public_page
from shounuo.regulations.wording import budget_words, listed, said
from shounuo.rules.shapes import Service

BEGIN: Mapping[str, Label] = {
    "enquiry": lazy("现在提问"), "application": lazy("现在申请"), "repair": lazy("现在报修"),
    "suggestion": lazy("现在提建议"), "praise": lazy("现在表扬"),
}  # fmt: skip
"""What the button of a guide says, by kind of matter."""


@require_safe
@public_page
def guides(request: HttpRequest, here: House) -> HttpResponse:
    """Every service, by section."""
    names = section_names(here)
    found: dict[str, list[dict[str, Any]]] = {}
    for key, service in here.pack.services.items():
        section = names.get(service.section) or _("其他")
        found.setdefault(section, []).append({"key": key, "service": service, "title": said(service.title),
                                              "summary": said(service.summary), "limit": limit_words(service)})  # fmt: skip
    return show(request, here, "guides", {"sections": list(found.items())})


@require_safe
@public_page
def guide(request: HttpRequest, here: House, service: str) -> HttpResponse:
    """One guide with every field of it, and the button to begin."""
    found = here.pack.services.get(service)
    if found is None:
        raise Http404
    return show(request, here, "guide", guide_words(found) | {
        "key": service, "service": found, "section": section_names(here).get(found.section, ""),
        "online": "portal" in found.channels,
        "begin": BEGIN.get(kind_for(here, found), BEGIN["application"]),
        "taken": bool(set(found.kinds) & {way.kind for way in ways(here)}),
    })  # fmt: skip


def section_names(here: House) -> Mapping[str, str]:
    """The organisation's sections by code."""
    return {unit.code: unit.name for unit in sections_of(here.unit)}


def limit_words(service: Service) -> str:
    """The promised limit, else the statutory one, in words; "" when the guide names none."""
    if service.immediate:
        return _("即办件，材料齐全当场办结")
    limit = service.promised_limit or service.statutory_limit
    if limit and "application" not in service.kinds:
        return _("从%(starts)s起，%(length)s内") % {
            "starts": pgettext("start", "收到"),
            "length": budget_words(limit),
        }
    return _("材料齐全后 %(limit)s") % {"limit": budget_words(limit)} if limit else ""


def guide_words(service: Service) -> dict[str, Any]:
    """A guide's texts in the reader's language, in the order of the page."""
    return {
        "title": said(service.title),
        "summary": said(service.summary),
        "limit": limit_words(service),
        "statutory": budget_words(service.statutory_limit) if service.statutory_limit else "",
        "promised": budget_words(service.promised_limit) if service.promised_limit else "",
        "limit_source": said(service.limit_source),
        "basis": [said(one) for one in service.basis],
        "who_may_apply": said(service.who_may_apply),
        "conditions": [said(one) for one in service.conditions],
        "materials": [
            {"title": said(m.title), "form": MATERIAL_FORMS.get(m.form, m.form), "copies": m.copies,
             "source": said(m.source), "needed_when": said(m.needed_when)}
            for m in service.materials
        ],
        "steps": [said(one) for one in service.steps],
        "stages": [{"title": said(s.title), "takes": budget_words(s.takes), "counted": s.counted} for s in service.stages],
        "fee": _("不收费") if service.fee.free else said(service.fee.amount),
        "fee_basis": said(service.fee.basis),
        "result": said(service.result),
        "delivery": said(service.delivery),
        "channels": listed(channel_words(one) for one in service.channels),
        "place": said(service.place),
        "hours": said(service.hours),
    }  # fmt: skip


def channel_words(name: str) -> str:
    """How a service can be asked for."""
    known = {"window": _("窗口"), "portal": _("网上"), "web": _("网上"), "phone": _("电话"), "post": _("邮寄"),
             "letter": _("来信"), "mail": _("电子邮件")}  # fmt: skip
    return str(known.get(name, name))
