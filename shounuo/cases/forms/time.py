"""Forms about time: a promised day, and extensions."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.cases import actions
from shounuo.cases import wording as w
from shounuo.cases.actions import On
from shounuo.cases.forms.base import Plain, VerbForm, WayForm, WordsForm
from shounuo.cases.forms.fields import pick, text
from shounuo.cases.models import Case
from shounuo.cases.reasons import budget
from shounuo.ledger.moments import civil
from shounuo.regulations.wording import said
from shounuo.rules.deadlines import NaturalDays, WorkingDays
from shounuo.rules.judgement import ClockState
from shounuo.rules.words import parse_words


class PromiseDate(VerbForm):
    """The day by which the party is answered."""

    day = forms.DateField(label=lazy("哪一天之前答复"), widget=forms.DateInput(attrs={"type": "date"}))

    def prepare(self) -> None:
        """The last day that may be promised."""
        if latest := actions.latest_promise(self.sight.before):
            self.fields["day"].help_text = _("最晚 %(day)s") % {
                "day": w.say_date(latest, civil(self.sight.now).year)
            }

    def act(self, on: On) -> Case:
        """Promise."""
        return actions.promise_date(on, self.cleaned_data["day"])


class RequestExtension(VerbForm):
    """More time, before the due."""

    reason = pick(lazy("理由"), w.EXTENSION_REASONS)
    words = text(lazy("详细说明"), help_text=lazy("写明做到了哪一步、还要做什么；分管领导据此决定。"))

    def prepare(self) -> None:
        """Clocks that may be extended, and by how much."""
        rules = self.sight.before.edition.pack.commitments
        live = [c for c in self.sight.before.judged.clocks if c.ended_at is None and rules[c.rule].extension]
        running = {c.rule: c for c in live if c.state is ClockState.RUNNING}
        self.clocks = running
        bounds = [self._longest(rule) for rule in running]
        hint = _("最多：%(longest)s") % {"longest": budget(bounds[0])} if bounds else ""
        self.fields["rule"] = pick(lazy("延长哪一项时限"), {r: said(rules[r].title) for r in running})
        self.fields["days"] = forms.IntegerField(
            label=lazy("延长几天"), min_value=1, max_value=365, help_text=hint
        )
        self.order_fields(["rule", "days", "reason", "words"])

    def _longest(self, rule: str) -> str:
        edition, clock = self.sight.before.edition, self.clocks[rule]
        extension = edition.pack.commitments[rule].extension
        return str(edition.resolve(extension.up_to, clock.started_at.date())) if extension else ""

    def clean(self) -> dict[str, Any]:
        """No more days than the regulation and the settings allow."""
        cleaned: dict[str, Any] = super().clean() or {}
        rule, days = cleaned.get("rule"), cleaned.get("days")
        if rule and days:
            longest = parse_words(self._longest(rule))
            if isinstance(longest, WorkingDays | NaturalDays) and days > longest.n:
                self.add_error("days", _("最多延长 %(longest)s。") % {"longest": budget(self._longest(rule))})
        return cleaned

    def act(self, on: On) -> Case:
        """Ask, in days of the clock's own kind."""
        said = self.cleaned_data
        kind = "working day" if isinstance(parse_words(self._longest(said["rule"])), WorkingDays) else "day"
        more = f"{said['days']} {kind}{'' if said['days'] == 1 else 's'}"
        return actions.request_extension(on, said["rule"], more, said["reason"], said["words"])


class GrantExtension(Plain):
    """Grant what was asked."""

    verb = "grant_extension"


class RefuseExtension(WordsForm):
    """No more time."""

    verb, words = "refuse_extension", text(lazy("不予延期的理由"))


class TellExtension(WayForm):
    """Told of the extension."""

    verb = "tell_extension"
