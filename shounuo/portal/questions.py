"""The form of each question of a way, and the answers as the check page shows them."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from shounuo.cases.models import Kind
from shounuo.portal.forms import ChoiceForm, LineForm, PersonForm, WordsForm
from shounuo.portal.house import House
from shounuo.portal.paths import (
    FIELDS,
    OTHER,
    Draft,
    applicable,
    places,
    services_for,
    steps_of,
    way_of,
    ways,
)
from shounuo.portal.views.guides import limit_words
from shounuo.regulations.when_wording import place_words
from shounuo.regulations.wording import said
from shounuo.rules.shapes import Service

Make = Callable[[House, Draft, Any, dict[str, str]], forms.Form]


def form_of(here: House, step: str, draft: Draft, data: Mapping[str, Any] | None) -> forms.Form:
    """The form of a question; what was answered before stands in it."""
    return FORMS[step](here, draft, data, {key: value for key, value in draft.items() if key != "key"})


def _kind(here: House, draft: Draft, data: Any, initial: dict[str, str]) -> forms.Form:
    return ChoiceForm(
        data, name="kind", question=_("您想做什么？"), choices=kinds(here), initial=initial
    )  # fmt: skip


def kinds(here: House) -> list[tuple[str, str]]:
    """What one may do here."""
    return [(way.kind, str(way.label)) for way in ways(here)]


def _topic(here: House, draft: Draft, data: Any, initial: dict[str, str]) -> forms.Form:
    question = {"application": _("您要办哪一项？"), "repair": _("坏了的是哪一类？")}.get(
        draft.get("kind", ""), _("您想问的和哪一项有关？")
    )
    return ChoiceForm(data, name="topic", question=question, choices=topics(here, draft), initial=initial)


def topics(here: House, draft: Draft) -> list[tuple[str, str]]:
    """What may be chosen: services that take this kind here, or every subject and "something else"."""
    kind = draft.get("kind", "")
    if kind == "application":
        return [(key, _with_limit(s)) for key, s in applicable(here)]
    if kind == "repair":
        return [(key, said(s.title)) for key, s in services_for(here.pack, "repair")]
    services = [(key, s) for key, s in here.pack.services.items() if set(s.kinds) & set(Kind.values)]
    about = [(key, said(s.title)) for key, s in services if "enquiry" not in s.kinds]
    general = [(key, said(s.title)) for key, s in services if "enquiry" in s.kinds]
    return [*about, *general, (OTHER, _("说不清，或者是别的事"))]


def _with_limit(service: Service) -> str:
    title, limit = said(service.title), limit_words(service)
    return _("%(title)s（%(details)s）") % {"title": title, "details": limit} if limit else title


def _where(here: House, draft: Draft, data: Any, initial: dict[str, str]) -> forms.Form:
    hint = _("街道或村、门牌号、楼层，或者附近的标志；电杆上的编号也可以。")
    return LineForm(data, name="where", question=_("在哪里？"), hint=hint, longest=180, initial=initial)


def _place(here: House, draft: Draft, data: Any, initial: dict[str, str]) -> forms.Form:
    choices = [(one, place_words(one)) for one in places(here.pack)]
    return ChoiceForm(data, name="place", question=_("是城区还是农村？"), choices=choices, initial=initial)


def urgencies() -> list[tuple[str, str]]:
    """Whether somebody is in danger."""
    return [("no", _("没有危险")), ("yes", _("有危险，或者有人正等着用（例如家里有医疗设备）"))]


def _urgent(here: House, draft: Draft, data: Any, initial: dict[str, str]) -> forms.Form:
    return ChoiceForm(
        data, name="urgent", question=_("有没有危险？"), choices=urgencies(), initial=initial
    )  # fmt: skip


def _praised(here: House, draft: Draft, data: Any, initial: dict[str, str]) -> forms.Form:
    hint = _("姓名、工号、窗口或者科室；不知道名字的，说说样子和时间也可以。")
    return LineForm(
        data, name="praised", question=_("您要表扬谁，或者哪件事？"), hint=hint, longest=120, initial=initial
    )  # fmt: skip


FORMS: Mapping[str, Make] = {
    "kind": _kind, "topic": _topic, "where": _where, "place": _place, "urgent": _urgent, "praised": _praised,
    "words": lambda here, draft, data, initial: WordsForm(data, way=way_of(draft), initial=initial),
    "person": lambda here, draft, data, initial: PersonForm(data, way=way_of(draft), initial=initial),
}  # fmt: skip


def answers(here: House, draft: Draft) -> list[dict[str, str]]:
    """Each question with its answer and the address to change it."""
    labels = {
        "kind": _("您想做什么"), "topic": _("哪一项"), "where": _("地点"), "place": _("城区还是农村"),
        "urgent": _("有没有危险"), "praised": _("表扬谁"), "words": _("您的话"), "name": _("姓名"), "phone": _("电话"),
    }  # fmt: skip
    told = {
        "kind": dict(kinds(here)), "topic": dict(topics(here, draft)), "urgent": dict(urgencies()),
        "place": {one: place_words(one) for one in places(here.pack)},
    }  # fmt: skip
    empty = {"name": _("不留姓名"), "phone": _("没有留")}
    return [
        {"label": labels[name], "text": told.get(name, {}).get(draft[name], draft[name]) or empty.get(name, ""),
         "url": reverse("portal-ask-step", args=[step]) + "?change=1"}
        for step in steps_of(here, draft)[:-1] for name in FIELDS[step]
    ]  # fmt: skip
