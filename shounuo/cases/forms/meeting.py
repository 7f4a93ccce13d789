"""Telling, appointments, visits, return visits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.cases import actions
from shounuo.cases import wording as w
from shounuo.cases.actions import On
from shounuo.cases.forms.base import VerbForm, WordsForm
from shounuo.cases.forms.fields import MOMENT_FORMATS, one_of, pick, text
from shounuo.cases.models import Case
from shounuo.rules.edition import Edition


class TellParty(VerbForm):
    """Of what the person was told, how, and in which words."""

    way = one_of(lazy("怎样告知"), w.WAYS)
    words = text(lazy("告知的内容"), required=False)

    def prepare(self) -> None:
        """What this edition's rules ask to be told comes first."""
        self.fields["of"] = pick(lazy("告知了什么"), told_of(self.sight.before.edition))
        self.order_fields(["of", "way", "words"])

    def act(self, on: On) -> Case:
        """Told."""
        said = self.cleaned_data
        return actions.tell_party(on, said["of"], said["way"], said["words"])


def told_of(edition: Edition) -> dict[str, w.Label]:
    """What one may be told of: the codes that the edition's rules look at, then the usual ones."""
    named: list[str] = []
    for rule in edition.pack.commitments.values():
        if "party_told" in (rule.ends or ()) and "of" in rule.end_where:
            wanted: Any = rule.end_where["of"]
            named += wanted if isinstance(wanted, list | tuple) else [wanted]
    asked = {code: w.TOLD_OF[code] for code in named if code in w.TOLD_OF}
    return asked | dict(w.TOLD_OF)


class Consult(WordsForm):
    """What is unclear, and whom was asked."""

    verb, words = "consult", text(lazy("什么不明、请示了谁"))


def to_come(label: w.Label, help_text: w.Label = "") -> forms.DateTimeField:
    """A civil moment that lies ahead."""
    box = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=help_text, widget=box, input_formats=MOMENT_FORMATS)


class Ahead(VerbForm):
    """A verb that sets a moment to come."""

    moment_field = "date"

    def clean(self) -> dict[str, Any]:
        """Later than the moment it is said at."""
        cleaned: dict[str, Any] = super().clean() or {}
        said: datetime | None = cleaned.get(self.moment_field)
        if said is not None and said <= (cleaned.get("at") or self.sight.now):
            self.add_error(self.moment_field, _("约定的时间已经过去。"))
        return cleaned


class Appoint(Ahead):
    """When."""

    date = to_come(lazy("约在什么时候"))
    words = text(lazy("约了做什么"), required=False, rows=3)

    def act(self, on: On) -> Case:
        """Make the appointment."""
        return actions.appoint(on, self.cleaned_data["date"], self.cleaned_data["words"])


class Defer(Ahead):
    """Until when and why."""

    moment_field = "to"
    to = to_come(lazy("改到什么时候"))
    reason = pick(lazy("为什么改期"), w.DEFER_REASONS)
    words = text(lazy("补充说明"), required=False, rows=3)
    way = pick(
        lazy("怎样告知当事人"),
        w.WAYS,
        required=False,
        help_text=lazy("还没有告知的先不选，之后用“告知当事人”补上。"),
    )

    def act(self, on: On) -> Case:
        """Put it off."""
        said = self.cleaned_data
        return actions.defer(on, said["to"], said["reason"], said["words"], said["way"])


class RecordVisit(VerbForm):
    """The person is here; a visit of its own begins."""

    words = text(lazy("来做什么"), required=False, rows=3)

    def act(self, on: On) -> Case:
        """Note the visit under a new id."""
        return actions.record_visit(on, uuid4().hex, self.cleaned_data["words"])


ANSWERS: Mapping[str, w.Label] = {
    "satisfied": lazy("满意"), "not_satisfied": lazy("不满意"), "no_view": lazy("没有表示"),
    "not_reached": lazy("没有联系上"),
}  # fmt: skip


class ReturnVisit(VerbForm):
    """What was heard afterwards."""

    way = one_of(lazy("怎样回访"), w.WAYS)
    heard = one_of(lazy("当事人怎么说"), ANSWERS)
    words = text(lazy("回访记录"))

    def act(self, on: On) -> Case:
        """Keep it."""
        said = self.cleaned_data
        satisfied = {"satisfied": True, "not_satisfied": False}.get(said["heard"])
        return actions.return_visit(on, said["way"], said["heard"] != "not_reached", satisfied, said["words"])
