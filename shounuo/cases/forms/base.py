"""What every verb's form shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.cases import actions
from shounuo.cases import wording as w
from shounuo.cases.actions import Before, On
from shounuo.cases.forms.fields import moment, one_of, pick, section_names, several, text
from shounuo.cases.models import Case
from shounuo.cases.telling import Context
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.forms.plain import PlainForm
from shounuo.organisation.models import Unit


@dataclass(frozen=True, slots=True)
class Sight:
    """What a form may look at: the matter as it stands, words for it, who asks, and when (aware)."""

    before: Before
    context: Context
    actor: Actor
    now: datetime

    @property
    def open_sections(self) -> dict[str, Unit]:
        """The sections that are not closed today, by their codes."""
        today = civil(self.now).date()
        return {code: unit for code, unit in self.context.sections.items() if unit.open_on(today)}

    @property
    def visit(self) -> str:
        """The visit of today in which the matter was last met at the window, "" when there is none."""
        today = civil(self.now).date()
        met = [f for f in self.before.facts if f.data.get("visit") and f.at.date() == today]
        return str(met[-1].data["visit"]) if met else ""


class VerbForm(PlainForm):
    """Every verb's form: the version that was shown, and when it happened (empty: now)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    at = moment(
        lazy("发生时间"), lazy("补登以前发生的事时填写；不填就是现在。补登的记录会同时显示两个时间。")
    )

    def __init__(self, sight: Sight, data: Any = None) -> None:
        super().__init__(data, initial={"version": sight.before.case.version})
        self.sight = sight
        self.prepare()

    def prepare(self) -> None:
        """Fields that depend on the matter."""

    def clean_at(self) -> datetime | None:
        """Never in the future, never before the matter came in."""
        at: datetime | None = self.cleaned_data["at"]
        if at and at > self.sight.now:
            raise forms.ValidationError(_("发生时间不能晚于现在。"))
        if at and civil(at) < self.sight.before.judged.received_at.replace(second=0):
            raise forms.ValidationError(_("发生时间不能早于收到事项的时间。"))
        return at

    @property
    def body(self) -> list[forms.BoundField]:
        """The fields in sight, without the moment."""
        return [field for field in self.visible_fields() if field.name != "at"]

    def act(self, on: On) -> Case:
        """Do the verb with what was typed."""
        raise NotImplementedError


class Plain(VerbForm):
    """A verb that asks nothing."""

    verb = ""

    def act(self, on: On) -> Case:
        """Do it."""
        done: Case = getattr(actions, self.verb)(on)
        return done


class WordsForm(VerbForm):
    """A verb that asks for words only."""

    verb = ""
    words = text(lazy("内容"))

    def act(self, on: On) -> Case:
        """Do it with the words."""
        done: Case = getattr(actions, self.verb)(on, self.cleaned_data["words"])
        return done


class WayForm(VerbForm):
    """A verb that tells the party something: how?"""

    verb = ""
    way = one_of(lazy("怎样告知"), w.WAYS)

    def act(self, on: On) -> Case:
        """Do it that way."""
        done: Case = getattr(actions, self.verb)(on, self.cleaned_data["way"])
        return done


class VisitForm(VerbForm):
    """A verb that may still belong to the visit in which the matter came in."""

    same_visit = forms.BooleanField(
        label=lazy("当事人还在现场，是同一次来访"), required=False,
        help_text=lazy("当场事项以同一次来访内办完为准，请如实勾选。"),
    )  # fmt: skip

    def prepare(self) -> None:
        """Only where there is a visit to go on with."""
        if not self.sight.visit:
            del self.fields["same_visit"]

    @property
    def visit(self) -> str:
        """The visit's id when the person is still there."""
        return self.sight.visit if self.cleaned_data.get("same_visit") else ""


class ReasonsForm(VerbForm):
    """A refusal: reasons from a list and in words."""

    verb = ""
    words = text(lazy("理由和救济途径"), help_text=lazy("写明法律依据，并告知可以复议或诉讼。"), rows=6)
    table: Mapping[str, w.Label] = {}

    def prepare(self) -> None:
        """The list of reasons comes first."""
        self.fields["reasons"] = several(lazy("理由"), self.table.items())
        self.order_fields(["reasons", "words"])

    def act(self, on: On) -> Case:
        """Refuse."""
        done: Case = getattr(actions, self.verb)(on, self.cleaned_data["reasons"], self.cleaned_data["words"])
        return done


class SectionForm(VerbForm):
    """A verb that names a section."""

    def prepare(self) -> None:
        """The sections of the house; the matter's own is left out only for those who work in it."""
        sections, present = self.sight.open_sections, self.sight.before.judged.section or ""
        there = present in sections and self.sight.actor.in_unit(sections[present].pk)
        self.fields["section"] = pick(lazy("科室"), section_names(sections, present if there else ""))
        self.fields["section"].initial = "" if there else present
        self.order_fields(["section"])

    @property
    def section(self) -> Any:
        """The unit that was chosen."""
        return self.sight.context.sections[self.cleaned_data["section"]]
