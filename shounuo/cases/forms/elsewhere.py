"""What goes elsewhere: relayed, transferred out, merged."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.cases import access, actions
from shounuo.cases import wording as w
from shounuo.cases.actions import On
from shounuo.cases.forms.base import VerbForm, WordsForm
from shounuo.cases.forms.fields import WordsField, one_of, text
from shounuo.cases.models import Case


class Elsewhere(VerbForm):
    """To whom, how, and in which words."""

    verb = ""
    to = WordsField(
        label=lazy("哪个单位"), max_length=100, help_text=lazy("写全称，例如“市供水公司客户服务部”。")
    )
    way = one_of(lazy("怎样转去"), w.WAYS)
    words = text(lazy("转去的内容"), help_text=lazy("不要写与办理无关的个人信息。"))

    def act(self, on: On) -> Case:
        """Pass it on."""
        said = self.cleaned_data
        done: Case = getattr(actions, self.verb)(on, said["to"], said["way"], said["words"])
        return done


class Relay(Elsewhere):
    """Ask another body and keep the matter."""

    verb = "relay"


class TransferOut(Elsewhere):
    """Hand the matter to the body whose remit it is."""

    verb = "transfer_out"
    way = one_of(lazy("怎样告知当事人"), w.WAYS)
    words = text(lazy("为什么转出，当事人接着找谁"))


class RelayAnswer(WordsForm):
    """What the other body answered."""

    verb, words = "record_relay_answer", text(lazy("反馈了什么"))


class Merge(VerbForm):
    """Into which earlier matter."""

    number = WordsField(
        label=lazy("并入哪一件（受理号）"),
        max_length=24,
        help_text=lazy("较早收到、还没有办完的同一件事，例如 2026-000412。"),
    )
    way = one_of(lazy("怎样告知当事人"), w.WAYS)
    words = text(lazy("补充说明"), required=False, rows=3)

    def clean_number(self) -> str:
        """A matter that the actor may see."""
        number = str(self.cleaned_data["number"]).strip()
        if access.find(self.sight.actor, number) is None:
            raise forms.ValidationError(_("没有这个受理号，或者您看不到它。"))
        return number

    def act(self, on: On) -> Case:
        """Merge."""
        said = self.cleaned_data
        return actions.merge(on, said["number"], said["way"], said["words"])


class TellAskers(VerbForm):
    """The askers of merged repeats are told."""

    way = one_of(lazy("怎样告知"), w.WAYS)
    words = text(lazy("告知的内容"))

    def prepare(self) -> None:
        """Whom: their matters by number."""
        numbers = _("、").join(one.number for one in actions.askers(self.sight.before.case))
        self.fields["words"].help_text = _("并入的各件：%(numbers)s") % {"numbers": numbers}

    def act(self, on: On) -> Case:
        """Told."""
        said: dict[str, Any] = self.cleaned_data
        return actions.tell_askers(on, said["way"], said["words"])
