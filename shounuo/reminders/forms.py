"""What people choose about their reminders."""

from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.organisation.forms.plain import PlainForm
from shounuo.reminders.actions import Wishes
from shounuo.reminders.kinds import CHANNELS, KINDS
from shounuo.reminders.models import Preference


class Cell(NamedTuple):
    """One channel of one kind: a box to tick, or fixed."""

    name: str
    way: str
    label: str
    fixed: bool
    chosen: bool


ADDRESSES = {"mail": "email", "sms": "mobile", "wecom": "wecom"}
TIME = {"type": "time"}


class PreferenceForm(PlainForm):
    """Language, addresses, channels for each kind, the digest, quiet hours. Only channels this installation has."""

    language = forms.ChoiceField(label=lazy("提醒用的语言"), choices=settings.LANGUAGES)
    email = forms.EmailField(label=lazy("电子邮件"), required=False, max_length=200)
    mobile = forms.RegexField(
        r"^\+?[0-9 -]{5,30}$", label=lazy("手机"), required=False,
        error_messages={"invalid": lazy("只写数字、空格和连字符。")},
    )  # fmt: skip
    wecom = forms.CharField(label=lazy("企业微信账号"), required=False, max_length=64)
    digest = forms.BooleanField(label=lazy("每天一封摘要，平时不逐条发"), required=False)
    digest_at = forms.TimeField(label=lazy("摘要几点发"), widget=forms.TimeInput(TIME, "%H:%M"))
    quiet_from = forms.TimeField(
        label=lazy("免打扰从"), required=False, widget=forms.TimeInput(TIME, "%H:%M")
    )
    quiet_until = forms.TimeField(label=lazy("到"), required=False, widget=forms.TimeInput(TIME, "%H:%M"))

    def __init__(self, data: Any, kept: Preference, channels: frozenset[str]) -> None:
        names = [name for name in self.base_fields if name != "chosen"]
        super().__init__(data, initial={name: getattr(kept, name) for name in names})
        self.here = [code for code in CHANNELS if code in channels]
        for code, field in ADDRESSES.items():
            if code not in channels:
                del self.fields[field]
        if "mail" not in channels:
            del self.fields["digest"], self.fields["digest_at"]
        if "mobile" in self.fields and kept.person.phone:
            self.fields["mobile"].help_text = _("不填就用通讯录上的电话。")
        for kind in KINDS.values():
            self.fields[f"kind_{kind.code}"] = self._channels_of(kind.code, kept)

    def _channels_of(self, kind: str, kept: Preference) -> forms.MultipleChoiceField:
        """The choices of one kind; what is fixed cannot be chosen away, so it is no choice."""
        known = KINDS[kind]
        free = [(code, CHANNELS[code]) for code in self.here if code not in known.fixed]
        wanted = kept.chosen.get(kind, sorted(known.usual))
        return forms.MultipleChoiceField(label=str(known.title), choices=free, required=False, initial=wanted)

    @property
    def channels(self) -> list[str]:
        """The columns of the table of kinds."""
        return [str(CHANNELS[code]) for code in self.here]

    @property
    def kinds(self) -> list[tuple[str, list[Cell]]]:
        """The rows of the table: what is told, and by which channels."""
        return [
            (str(kind.title), [self._cell(kind.code, way) for way in self.here]) for kind in KINDS.values()
        ]

    def _cell(self, kind: str, way: str) -> Cell:
        name = f"kind_{kind}"
        return Cell(
            name, way, str(CHANNELS[way]), way in KINDS[kind].fixed, way in (self[name].value() or ())
        )

    def clean(self) -> dict[str, Any]:
        """Quiet hours have both ends or none; a digest needs an address."""
        said = super().clean() or self.cleaned_data
        since, until = said.get("quiet_from"), said.get("quiet_until")
        if (since is None) != (until is None):
            missing = "quiet_until" if until is None else "quiet_from"
            if missing not in self.errors:
                self.add_error(missing, _("免打扰要写明从几点到几点，或者都不写。"))
        if said.get("digest") and not said.get("email") and "email" not in self.errors:
            self.add_error("email", _("摘要要有电子邮件地址。"))
        return said

    def wishes(self, kept: Preference) -> Wishes:
        """What was chosen; fields that are not shown keep what they had."""
        said = {name: self.cleaned_data.get(name, getattr(kept, name)) for name in self.base_fields}
        chosen = {
            code: sorted(self._kept_ways(code, kept) | set(self.cleaned_data[f"kind_{code}"]))
            for code in KINDS
        }
        return Wishes(**said, chosen=chosen)

    def _kept_ways(self, kind: str, kept: Preference) -> set[str]:
        """What was chosen of channels that are switched off now."""
        return {way for way in kept.chosen.get(kind, sorted(KINDS[kind].usual)) if way not in self.here}
