"""Quick registration: what a person asks for, typed while they stand there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from shounuo.cases import wording as w
from shounuo.cases.actions import Asking
from shounuo.cases.forms.fields import WordsField, moment, one_of, pick, text
from shounuo.cases.models import Channel, Kind
from shounuo.organisation.access import Actor
from shounuo.organisation.forms.plain import PlainForm
from shounuo.organisation.models import Unit
from shounuo.regulations.when_wording import PLACES
from shounuo.regulations.wording import said
from shounuo.rules.edition import Edition
from shounuo.rules.shapes import Service


class RegisterForm(PlainForm):
    """One new matter."""

    kind = one_of(lazy("类别"), dict(Kind.choices))
    channel = forms.ChoiceField(label=lazy("来自"), choices=Channel.choices)
    service = forms.ChoiceField(
        label=pgettext_lazy("service", "事项"),
        required=False,
        help_text=lazy("咨询可以不选；申请必须选定。可直接键入事项代码。"),
    )
    place = pick(
        lazy("故障地点"),
        PLACES,
        required=False,
        help_text=lazy("报修按地点计到场和恢复的时限；不知道的先不选。"),
    )
    urgent = forms.BooleanField(label=lazy("紧急，不能等"), required=False)
    complete = forms.BooleanField(
        label=lazy("材料已齐，当场核对无误"),
        required=False,
        help_text=lazy("勾选后即受理，办理时限开始计算。"),
    )
    words = text(lazy("事由"), help_text=lazy("用当事人自己的话，一两句即可。"), rows=3)
    phone = WordsField(
        label=lazy("电话"), required=False, max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    name = WordsField(label=lazy("姓名或单位"), required=False, max_length=80)
    anonymous = forms.BooleanField(label=lazy("当事人不愿留姓名"), required=False)
    section = forms.ChoiceField(
        label=lazy("科室"),
        required=False,
        help_text=lazy("不选就按事项的承办科室；没有事项的，归登记人所在科室。"),
    )
    received = moment(
        lazy("收到时间"), lazy("不填就是现在。补登以前收到的，填当时的时间；回执和记录都会注明补登。")
    )
    catch_up = pick(lazy("为什么补登"), w.CATCH_UP_REASONS, required=False)
    # the record keeps it: an id of ours, never words
    visit = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput, required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self, edition: Edition, sections: Mapping[str, Unit], now: datetime, *args: Any, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.edition, self.units, self.now = edition, sections, now
        self.fields["kind"].choices = kinds_of(edition)  # type: ignore[attr-defined]
        self.fields["service"].choices = _services(edition)  # type: ignore[attr-defined]
        if Kind.REPAIR not in dict(kinds_of(edition)):
            del self.fields["place"]
        names = [(code, unit.name) for code, unit in sections.items()]
        self.fields["service" if self.initial.get("kind") == Kind.APPLICATION else "words"].widget.attrs[
            "autofocus"
        ] = True
        self.fields["section"].choices = [("", lazy("按事项")), *names]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Service | None:
        """The service picked so far, whether or not the rest is right."""
        return self.edition.service(str(self["service"].value() or ""))

    def clean_received(self) -> datetime | None:
        """A past moment, or none for now."""
        at: datetime | None = self.cleaned_data["received"]
        if at and at > self.now:
            raise forms.ValidationError(_("收到时间不能晚于现在。"))
        return at

    def clean_phone(self) -> str:
        """Digits with the usual marks; anything else is a slip."""
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and not all(c.isdecimal() or c in " -+()" for c in phone):
            raise forms.ValidationError(_("电话只用数字、空格和连字符，例如 139 0000 2207。"))
        return phone

    def clean(self) -> dict[str, Any]:
        """An application has a service; the service takes this kind; somebody asks, or nobody by choice."""
        cleaned: dict[str, Any] = super().clean() or {}
        kind, service = cleaned.get("kind"), self.edition.service(cleaned.get("service"))
        if kind == Kind.APPLICATION and service is None and "service" not in self.errors:
            self.add_error("service", _("申请要选定办理的事项。"))
        if service and kind in (Kind.APPLICATION, Kind.REPAIR) and kind not in service.kinds:
            self.add_error(
                "service",
                _("“%(title)s”不按这一类登记，请改类别或另选事项。") % {"title": said(service.title)},
            )
        left = any(cleaned.get(name) or name in self.errors for name in ("name", "phone"))
        if not (left or cleaned.get("anonymous")):
            self.add_error("phone", _("请留下电话或姓名；当事人不愿留的，勾选“不愿留姓名”。"))
        if cleaned.get("complete") and kind != Kind.APPLICATION:
            self.add_error("complete", _("只有申请才核对材料；其他类别请不要勾选。"))
        if cleaned.get("place") and kind != Kind.REPAIR:
            self.add_error("place", _("只有报修才填故障地点。"))
        if cleaned.get("received") and not cleaned.get("catch_up"):
            self.add_error("catch_up", _("补登以前收到的，请选原因。"))
        return cleaned

    def asking(self, actor: Actor) -> Asking:
        """What was typed, as intake takes it; a visit only for who came to the window."""
        said = self.cleaned_data
        service = self.edition.service(said["service"])
        code = said["section"] or (service.section if service else "")
        return Asking(
            kind=said["kind"],
            channel=said["channel"],
            words=said["words"],
            key=said["key"],
            service=said["service"],
            section=self.units.get(code),
            name="" if said["anonymous"] else said["name"],
            phone=said["phone"],
            anonymous=said["anonymous"],
            staff=actor.actor_id,
            visit=said["visit"] if said["channel"] in (Channel.WINDOW, Channel.PHONE) else "",
            complete=said["complete"],
            place=said.get("place", ""),
            urgent=said["urgent"],
            catch_up=said["catch_up"] if said["received"] else "",
        )


def kinds_of(edition: Edition) -> list[tuple[str, Any]]:
    """The kinds one may register: repairs only where the edition speaks of them; complaints have pages of their own."""
    rules, services = edition.pack.commitments.values(), edition.pack.services.values()
    repairs = any("repair" in rule.applies_to.kinds for rule in rules) or any(
        "repair" in s.kinds for s in services
    )
    return [(code, words) for code, words in Kind.choices if repairs or code != Kind.REPAIR]


def _services(edition: Edition) -> list[Any]:
    """Services grouped by the kinds they take; those that take none of ours cannot be registered."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, service in edition.pack.services.items():
        label = _("、").join(str(Kind(kind).label) for kind in service.kinds if kind in Kind.values)
        if label:
            groups.setdefault(label, []).append((key, f"{service.code} {said(service.title)}"))
    return [("", lazy("不选")), *groups.items()]
