"""The period and section that a table of promises is about, from the address."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.commitments.tallies import Period, first_of_month
from shounuo.organisation.forms.plain import PlainForm
from shounuo.organisation.models import Unit
from shounuo.regulations.wording import reads_chinese

MONTHS_BACK = 14
FIRST_YEAR, LAST_YEAR = 1970, 2200


def month_words(first: date) -> str:
    """A month: 2026年11月, November is 2026-11 in English."""
    return f"{first.year}年{first.month}月" if reads_chinese() else f"{first:%Y-%m}"


class PeriodForm(PlainForm):
    """A month, or a day to a day; nothing chosen means this month."""

    month = forms.ChoiceField(label=lazy("到期月份"), required=False)
    since = forms.DateField(label=lazy("或从"), required=False)
    until = forms.DateField(label=lazy("到"), required=False)
    section = forms.ChoiceField(label=lazy("科室"), required=False)
    by = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, today: date, sections: list[Unit]) -> None:
        chosen = data.copy()
        if not any(data.get(name) for name in ("month", "since", "until")):
            chosen["month"] = f"{today:%Y-%m}"
        super().__init__(chosen)
        self.today, self.sections = today, {unit.code: unit for unit in sections}
        months = [first_of_month(today, back) for back in range(-1, MONTHS_BACK)]
        choices = {
            "month": [("", "—"), *((f"{one:%Y-%m}", month_words(one)) for one in months)],
            "section": [("", _("全部科室")), *((unit.code, unit.name) for unit in sections)],
        }
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = found
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.is_valid()

    def clean(self) -> dict[str, Any]:
        """The last day must not lie before the first."""
        said = super().clean() or self.cleaned_data
        since, until = said.get("since"), said.get("until")
        for name, day in (("since", since), ("until", until)):
            if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
                self.add_error(name, self.fields[name].error_messages["invalid"])
        if since and until and until < since:
            self.add_error("until", _("截止日早于开始日。"))
        return said

    @property
    def period(self) -> Period:
        """What was chosen; this month when nothing was, or what was typed is wrong."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if (since or until) and not self.errors:
            return Period(since, until)
        month = self.cleaned_data.get("month") or f"{self.today:%Y-%m}"
        first = date.fromisoformat(f"{month}-01")
        return Period(first, first_of_month(first, -1) - timedelta(days=1))

    @property
    def query(self) -> str:
        """The period and section as the end of an address, so that a figure opens the same matters."""
        period = self.period
        said = {"since": period.since, "until": period.until, "section": self.cleaned_data.get("section")}
        return urlencode({name: str(value) for name, value in said.items() if value})

    @property
    def one_section(self) -> Unit | None:
        """The section chosen, or None for all."""
        return self.sections.get(self.cleaned_data.get("section", ""))
