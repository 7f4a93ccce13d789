"""Who has the matter: take up, hand over, guide, assign, refer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.cases import actions
from shounuo.cases import wording as w
from shounuo.cases.actions import On
from shounuo.cases.forms.base import Plain, SectionForm, VerbForm, WayForm, WordsForm
from shounuo.cases.forms.fields import one_of, pick, section_names, text
from shounuo.cases.models import Case
from shounuo.organisation.models import Person


class TakeUp(SectionForm):
    """Become the first asked."""

    def prepare(self) -> None:
        """Any section; the matter's own first, else the actor's."""
        sections = self.sight.open_sections
        self.fields["section"] = pick(lazy("承办科室"), section_names(sections))
        own = next((code for code, unit in sections.items() if unit.pk in self.sight.actor.unit_ids), "")
        self.fields["section"].initial = self.sight.before.judged.section or own

    def act(self, on: On) -> Case:
        """Take it up."""
        return actions.take_up(on, self.section)


class HandOver(SectionForm):
    """Hand over to another section."""

    reason = pick(lazy("为什么移交"), w.HAND_OVER_REASONS)
    words = text(lazy("补充说明"), required=False, rows=3)

    def act(self, on: On) -> Case:
        """Hand over."""
        return actions.hand_over(on, self.section, self.cleaned_data["reason"], self.cleaned_data["words"])


class AcceptHandOver(Plain):
    """Take over what was handed to the section."""

    verb = "accept_hand_over"


class ReturnHandOver(VerbForm):
    """Send a hand-over back."""

    reason = pick(lazy("为什么退回"), w.RETURN_REASONS)
    words = text(lazy("该由谁办、依据什么"))

    def act(self, on: On) -> Case:
        """Send it back."""
        return actions.return_hand_over(on, self.cleaned_data["reason"], self.cleaned_data["words"])


class TellSection(WayForm):
    """Told which section has it; by telephone with its number (003-4/一.第四条.b)."""

    verb = "tell_section"
    phone_given = forms.BooleanField(label=lazy("已说明该科室的电话号码"), required=False)

    def prepare(self) -> None:
        """The number to say."""
        case = self.sight.before.case
        unit = case.handing_to or case.section
        number = unit.phone if unit else ""
        self.fields["phone_given"].help_text = (
            _("%(section)s：%(number)s") % {"section": unit.name, "number": number} if unit and number else ""
        )

    def clean(self) -> dict[str, Any]:
        """By telephone only with the number."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("way") == "phone" and not cleaned.get("phone_given"):
            self.add_error("phone_given", _("电话告知的，要同时说明承办科室的电话号码，否则不算告知。"))
        return cleaned

    def act(self, on: On) -> Case:
        """Told."""
        return actions.tell_section(on, self.cleaned_data["way"], self.cleaned_data["phone_given"])


class Guide(SectionForm):
    """Show the way."""

    way = one_of(lazy("怎样指引"), w.GUIDE_WAYS)

    def act(self, on: On) -> Case:
        """Show the way."""
        way = self.cleaned_data["way"]
        return actions.guide(on, self.section, way, way == "give_number")


class Assign(VerbForm):
    """Name the handler."""

    def prepare(self) -> None:
        """The people of the matter's section."""
        case = self.sight.before.case
        unit = case.section or case.organisation
        people = Person.objects.of_unit(unit, self.sight.now).select_related("account")
        self.fields["person"] = pick(lazy("由谁承办"), {p.account.actor: p.name for p in people if p.account})

    def act(self, on: On) -> Case:
        """Assign."""
        case = self.sight.before.case
        return actions.assign(on, self.cleaned_data["person"], case.section or case.organisation)


class ReferToLeader(WordsForm):
    """Ask the leader in charge."""

    verb, words = "refer_to_leader", text(lazy("请示什么"))


class LeaderDecision(WordsForm):
    """The leader's word."""

    verb, words = "record_leader_decision", text(lazy("批示意见"))


class ReferForStudy(VerbForm):
    """Refer for study."""

    words = text(lazy("研究什么"))

    def prepare(self) -> None:
        """Perhaps another section studies it."""
        names = section_names(self.sight.open_sections)
        self.fields["section"] = pick(
            lazy("由哪个科室研究"), names, required=False, help_text=lazy("不选就是本科室。")
        )

    def act(self, on: On) -> Case:
        """Refer."""
        section = self.sight.context.sections.get(self.cleaned_data["section"])
        return actions.refer_for_study(on, self.cleaned_data["words"], section)


class FinishStudy(WordsForm):
    """The study's result."""

    verb, words = "finish_study", text(lazy("研究结论"))
