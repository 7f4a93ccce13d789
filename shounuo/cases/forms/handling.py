"""Acceptance, papers, answers and ends; notes."""

from django.utils.translation import gettext_lazy as lazy

from shounuo.cases import actions
from shounuo.cases import wording as w
from shounuo.cases.actions import On
from shounuo.cases.forms.base import Plain, ReasonsForm, VerbForm, VisitForm, WordsForm
from shounuo.cases.forms.checked import Checked
from shounuo.cases.forms.fields import one_of, pick, several, text
from shounuo.cases.models import Case


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
        missing = self.sight.before.judged.asked
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

    def prepare(self) -> None:
        """Reasons by which a promise ends are offered where there is such a promise."""
        rules = self.sight.before.edition.pack.commitments.values()
        asked = [rule.end_where.get("reason") for rule in rules]
        ending = {one for found in asked for one in (found if isinstance(found, list) else [found])}
        unknown = w.ENDING_EXPLANATIONS - ending
        offered = {code: words for code, words in w.EXPLAIN_REASONS.items() if code not in unknown}
        self.fields["reason"] = pick(lazy("说明什么"), offered)

    def act(self, on: On) -> Case:
        """Explain."""
        return actions.explain(on, self.cleaned_data["words"], self.cleaned_data["reason"])


class Answer(Checked, VisitForm):
    """Answer an enquiry, a suggestion, praise."""

    words = text(lazy("答复内容"), help_text=lazy("逐项回答当事人问的每一点，用当事人看得懂的话。"), rows=6)
    way = one_of(lazy("怎样答复"), w.WAYS)

    def act(self, on: On) -> Case:
        """Answer."""
        return actions.answer(on, self.cleaned_data["words"], self.cleaned_data["way"], self.visit)


class Complete(Checked, VisitForm):
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
