"""Putting the record right: which fact, its true moment or place, and why."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.cases import actions
from shounuo.cases import wording as w
from shounuo.cases.actions import On
from shounuo.cases.actions.correcting import NEVER_CORRECTED
from shounuo.cases.forms.base import VerbForm
from shounuo.cases.forms.fields import moment, pick, text
from shounuo.cases.models import Case, Kind
from shounuo.cases.telling import sentence
from shounuo.ledger.moments import civil
from shounuo.regulations.when_wording import PLACES


class Correct(VerbForm):
    """Put a recorded fact right."""

    reason = pick(lazy("更正的原因"), w.CORRECTION_REASONS)
    right_at = moment(lazy("正确的发生时间"), lazy("时间有误时填写。"))
    place = pick(lazy("正确的故障地点"), PLACES, required=False, help_text=lazy("更正“收到”这一条时才填。"))
    words = text(lazy("说明"), help_text=lazy("写明原来错在哪里、依据什么更正。"))

    def prepare(self) -> None:
        """Facts that people recorded; the place only of a repair."""
        facts = [
            f
            for f in self.sight.before.facts
            if f.by and f.kind not in NEVER_CORRECTED and f.kind != "corrected"
        ]
        table = {
            str(
                f.seq
            ): f"{f.seq}. {w.say_moment(f.at, civil(self.sight.now).year)} {sentence(f, self.sight.context)}"
            for f in facts
        }
        self.fields["seq"] = pick(lazy("更正哪一条"), table)
        if self.sight.before.case.kind != Kind.REPAIR:
            del self.fields["place"]
        self.order_fields(["seq", "reason", "right_at", "place", "words"])

    def clean_right_at(self) -> datetime | None:
        """Never in the future."""
        at: datetime | None = self.cleaned_data["right_at"]
        if at and at > self.sight.now:
            raise forms.ValidationError(_("发生时间不能晚于现在。"))
        return at

    def clean(self) -> dict[str, Any]:
        """A place is part of the receipt."""
        cleaned: dict[str, Any] = super().clean() or {}
        facts = {str(f.seq): f.kind for f in self.sight.before.facts}
        if cleaned.get("place") and facts.get(str(cleaned.get("seq"))) != "received":
            self.add_error("place", _("地点只能在“收到”这一条上更正。"))
        return cleaned

    def act(self, on: On) -> Case:
        """Correct."""
        said = self.cleaned_data
        at = civil(said["right_at"]).isoformat() if said["right_at"] else None
        data = {"place": said["place"]} if said.get("place") else None
        return actions.correct(on, int(said["seq"]), said["reason"], said["words"], at, data)
