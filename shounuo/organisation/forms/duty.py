"""What people type about the duty roster."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from shounuo.organisation.actions import Turn
from shounuo.organisation.forms.absences import PersonChoice
from shounuo.organisation.forms.fields import Asking, Label
from shounuo.organisation.models import Person

PLACES: tuple[tuple[str, Label], ...] = (
    ("first", lazy("值班")),
    ("second", lazy("值班（二）")),
    ("supervisor", lazy("值班主任")),
)


def _time(label: Label) -> forms.TimeField:
    box = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=box)


class BandForm(Asking):
    """The hours of the shift that is being arranged."""

    starts = _time(lazy("班次开始"))
    ends = _time(lazy("班次结束"))


class MonthForm(Asking):
    """A month of one shift: for each day who is on duty, a second one, the supervisor."""

    def __init__(
        self, days: Sequence[date], people: Any, data: Any = None, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.days = days
        found = list(people)
        for day in days:
            for place, label in PLACES:
                field = PersonChoice(queryset=people, required=False, label=label, empty_label="—")
                field.widget.attrs["aria-label"] = f"{day.isoformat()} {label}"
                field.choices = [("", "—"), *((one.pk, one.name) for one in found)]
                self.fields[f"{place}-{day.isoformat()}"] = field

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Day by day, the fields."""
        return [
            {"day": day, "fields": [self[f"{place}-{day.isoformat()}"] for place, _label in PLACES]}
            for day in self.days
        ]

    def turns(self, starts: time, ends: time) -> list[Turn]:
        """What was arranged."""
        return [
            Turn(day, starts, ends, person, place == "supervisor")
            for day in self.days
            for place, _label in PLACES
            if isinstance(person := self.cleaned_data.get(f"{place}-{day.isoformat()}"), Person)
        ]


class RosterFileForm(Asking):
    """A roster kept elsewhere."""

    file = forms.FileField(
        label=lazy("CSV 文件"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=lazy(
            "第一行是表头：日期、开始、结束、姓名（或工号）、值班主任（是/否）。文件里有的日子整天换成文件里的。"
        ),
    )
