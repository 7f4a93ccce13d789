"""After the end: ratings told to staff, bad ratings, appeals, objections, opening again."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as lazy

from shounuo.cases import actions
from shounuo.cases import wording as w
from shounuo.cases.actions import On
from shounuo.cases.forms.base import Plain, VerbForm, WordsForm
from shounuo.cases.forms.checked import Checked
from shounuo.cases.forms.fields import one_of, pick, text
from shounuo.cases.models import Case

HEARD_BY: Mapping[str, w.Label] = {"phone": lazy("电话"), "window": lazy("当面")}
DECISIONS: Mapping[str, w.Label] = {
    "upheld": lazy("申诉成立：是误评或恶意差评，这次评价不计入"),
    "dismissed": lazy("申诉不成立：评价保留"),
}


class RecordRating(VerbForm):
    """A rating that was told by telephone or in person. Nothing is chosen beforehand."""

    level = one_of(lazy("当事人的评价"), {str(level): words for level, words in w.LEVELS.items()})
    channel = one_of(lazy("怎样说的"), HEARD_BY)
    words = text(lazy("谈话或通话记录"), help_text=lazy("用当事人的原话；不要劝、不要替选。"))

    def act(self, on: On) -> Case:
        """Write it down."""
        said = self.cleaned_data
        return actions.record_rating(on, int(said["level"]), said["channel"], said["words"])


class ContactRater(VerbForm):
    """How, and what was heard."""

    way = one_of(lazy("怎样联系"), w.WAYS)
    words = text(lazy("当事人不满意什么"))

    def act(self, on: On) -> Case:
        """Keep it."""
        return actions.contact_rater(on, self.cleaned_data["way"], self.cleaned_data["words"])


class Remedy(WordsForm):
    """What was put right."""

    verb, words = "remedy", text(lazy("改了什么，怎样反馈当事人"))


class AppealRating(VerbForm):
    """Why a rating should not count."""

    reason = pick(lazy("为什么不该计入"), w.APPEAL_REASONS)
    words = text(lazy("依据"), help_text=lazy("写明可以核实的事实。"))

    def act(self, on: On) -> Case:
        """Appeal."""
        return actions.appeal_rating(on, self.cleaned_data["reason"], self.cleaned_data["words"])


class DecideRatingAppeal(VerbForm):
    """Whether the rating counts."""

    decision = one_of(lazy("复核决定"), DECISIONS)
    words = text(lazy("理由"))

    def act(self, on: On) -> Case:
        """Decide."""
        said = self.cleaned_data
        return actions.decide_rating_appeal(on, said["decision"] == "upheld", said["words"])


class Dispute(VerbForm):
    """An objection that somebody told staff."""

    reason = pick(lazy("当事人为什么不认可"), w.DISPUTE_REASONS)
    channel = one_of(lazy("怎样提出的"), w.WAYS)
    words = text(lazy("当事人怎么说"))

    def act(self, on: On) -> Case:
        """Write it down."""
        said = self.cleaned_data
        return actions.dispute(on, said["reason"], said["words"], said["channel"])


class AnswerDispute(Checked, WordsForm):
    """Why the end stands."""

    verb, words = "answer_dispute", text(lazy("为什么维持原来的结果"), rows=6)


class Reopen(VerbForm):
    """Why it is opened again."""

    reason = pick(lazy("为什么重新办理"), w.REOPEN_REASONS)
    words = text(lazy("说明"))

    def act(self, on: On) -> Case:
        """Open it."""
        return actions.reopen(on, self.cleaned_data["reason"], self.cleaned_data["words"])


class Close(Plain):
    """Put away."""

    verb = "close"
