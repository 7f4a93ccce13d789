"""Answers that are read once more before they go out."""

from django.utils.translation import gettext as _

from shounuo.cases.answer_check import Weakness, weaknesses
from shounuo.cases.forms.base import VerbForm


class Checked(VerbForm):
    """A verb whose words answer what was asked: `advice` warns of what seems empty or unanswered, and never bars."""

    def advice(self) -> list[str]:
        """What to look at again, in words."""
        asked = self.sight.before.case.words.filter(label="request").order_by("seq").last()
        found = weaknesses(asked.text if asked else "", str(self.cleaned_data.get("words", "")))
        return [_say(one) for one in found]


def _say(one: Weakness) -> str:
    if one.code == "empty_phrase":
        return _("“%(quote)s”没有说到具体的事：谁、做什么、到什么时候？") % {"quote": one.quote}
    return _("当事人问的“%(quote)s”，好像没有答到。") % {"quote": one.quote}
