"""Acceptance, papers, answers and ends; notes and corrections."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.cases import actions
from shounuo.cases import wording as w
from shounuo.cases.actions import On
from shounuo.cases.forms.base import Plain, ReasonsForm, VerbForm, VisitForm, WordsForm
from shounuo.cases.forms.fields import moment, one_of, pick, several, text
from shounuo.cases.models import Case
from shounuo.cases.telling import sentence
from shounuo.ledger.moments import civil


class Accept(Plain):
    """Accept an application."""

    verb = "accept"


class RefuseAcceptance(ReasonsForm):
    """Not accepted."""

    verb, table = "refuse_acceptance", w.NO_ACCEPTANCE_REASONS


class ReceiveMaterials(VerbForm):
    """Some of the papers asked for."""

    def prepare(self) -> None:
        """Those that are still missing."""
        missing = self.sight.before.judged.missing
        named = [(one, self.sight.context.papers([one])) for one in missing]
        self.fields["materials"] = several(lazy("收到了哪些"), named)

    def act(self, on: On) -> Case:
        """Take them in."""
        return actions.receive_materials(on, self.cleaned_data["materials"])


class MarkComplete(VisitForm):
    """All papers are here."""

    def act(self, on: On) -> Case:
        """Say so."""
        return actions.mark_complete(on, self.visit)


class Explain(VerbForm):
    """Say how things stand."""

    reason = pick(lazy("说明什么"), w.EXPLAIN_REASONS)
    words = text(lazy("说明内容"))

    def act(self, on: On) -> Case:
        """Explain."""
        return actions.explain(on, self.cleaned_data["words"], self.cleaned_data["reason"])


class Answer(VisitForm):
    """Answer an enquiry."""

    words = text(lazy("答复内容"), help_text=lazy("逐项回答当事人问的每一点，用当事人看得懂的话。"), rows=6)
    way = one_of(lazy("怎样答复"), w.WAYS)

    def act(self, on: On) -> Case:
        """Answer."""
        return actions.answer(on, self.cleaned_data["words"], self.cleaned_data["way"], self.visit)


class Complete(VisitForm):
    """Finish an application."""

    result = pick(lazy("结果"), w.RESULTS)
    words = text(lazy("告知当事人的话"), help_text=lazy("写明结果、取件方式和地点。"), rows=6)

    def act(self, on: On) -> Case:
        """Finish."""
        return actions.complete(on, self.cleaned_data["words"], self.cleaned_data["result"], self.visit)


class Decline(ReasonsForm):
    """Declined."""

    verb, table = "decline", w.DECLINE_REASONS


class Withdraw(WordsForm):
    """The party takes it back."""

    verb, words = "withdraw", text(lazy("当事人说的原因"), required=False)


class AddNote(WordsForm):
    """A note inside the house."""

    verb, words = "add_note", text(lazy("备注"))


class Correct(VerbForm):
    """Put a recorded fact right."""

    reason = pick(lazy("更正的原因"), w.CORRECTION_REASONS)
    right_at = moment(lazy("正确的发生时间"), lazy("时间有误时填写。"))
    words = text(lazy("说明"), help_text=lazy("写明原来错在哪里、依据什么更正。"))

    def prepare(self) -> None:
        """Facts that people recorded."""
        facts = [f for f in self.sight.before.facts if f.by and f.kind != "corrected"]
        table = {
            str(f.seq): f"{f.seq}. {w.say_moment(f.at)} {sentence(f, self.sight.context)}" for f in facts
        }
        self.fields["seq"] = pick(lazy("更正哪一条"), table)
        self.order_fields(["seq", "reason", "right_at", "words"])

    def clean_right_at(self) -> datetime | None:
        """Never in the future."""
        at: datetime | None = self.cleaned_data["right_at"]
        if at and at > self.sight.now:
            raise forms.ValidationError(_("发生时间不能晚于现在。"))
        return at

    def act(self, on: On) -> Case:
        """Correct."""
        said = self.cleaned_data
        at = civil(said["right_at"]).isoformat() if said["right_at"] else None
        return actions.correct(on, int(said["seq"]), said["reason"], said["words"], at)
