"""What people type to change a calendar: a year's notice, days set apart, other office hours."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.organisation.forms.plain import PlainForm
from shounuo.regulations import calendar_edits as edits
from shounuo.regulations.calendar_hours import read_hours, read_week, week_lines
from shounuo.regulations.calendar_notice import (
    Notice,
    check,
    concerns,
    off_lines,
    read_off,
    read_worked,
    worked_lines,
)
from shounuo.regulations.forms import day_field
from shounuo.regulations.refusals import Refused
from shounuo.rules.calendars import CalendarSpec

MOST_DAYS = 92
LONGEST = 20_000


class ChangeForm(PlainForm):
    """What every change of a calendar says: why, and by which notice."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, spec: CalendarSpec, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spec, self.today = spec, today
        self.changed: CalendarSpec | None = None
        why = lazy("写给以后查看的人，例如“国务院办公厅公布 2027 年放假安排”。")
        self.fields["note"] = forms.CharField(label=lazy("为什么改"), max_length=300, help_text=why)
        self.fields["document"] = forms.CharField(
            label=lazy("文号或通知"),
            max_length=120,
            required=False,
            help_text=lazy("例如“国办发明电〔2026〕9号”。"),
        )

    def clean(self) -> dict[str, Any]:
        """What was typed becomes the next version, checked as a whole."""
        said = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.changed = self.change(said)
            except Refused as refused:
                self.add_error(refused.field if refused.field in self.fields else None, str(refused))
        return said

    def change(self, said: dict[str, Any]) -> CalendarSpec:
        """The next version of the calendar; `Refused` beside the field that does not fit."""
        raise NotImplementedError

    def concerns(self) -> list[str]:
        """What is unusual about it, in sentences."""
        return []


def _area(label: Any, help_text: Any, rows: int, required: bool = True) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=help_text, widget=box, required=required, max_length=LONGEST
    )


class YearForm(ChangeForm):
    """A year's notice."""

    year = forms.IntegerField(label=lazy("年份"), min_value=1990, max_value=2100)
    title = forms.CharField(label=lazy("通知的标题"), max_length=200, required=False)
    paper = forms.CharField(label=lazy("通知的网址"), max_length=300, required=False)
    published = day_field(lazy("公布日期"))
    off = _area(lazy("放假的日子"), lazy("一行一个节日：元旦：2027-01-01 至 2027-01-03。"), 8)
    worked = _area(
        lazy("调休上班的日子"), lazy("一行一天或几天：2027-02-20，2027-02-28。"), 3, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["published"].required = False

    @property
    def notice(self) -> Notice:
        """What was typed, as a notice."""
        said, year = self.cleaned_data, self.cleaned_data["year"]
        return Notice(
            year, read_off(said["off"], year), read_worked(said.get("worked", ""), year), said.get("title", ""),
            said.get("paper") or said.get("document", ""), said.get("published"),
        )  # fmt: skip

    def change(self, said: dict[str, Any]) -> CalendarSpec:
        """The calendar with the year."""
        check(self.notice, self.spec)
        return edits.with_notice(self.spec, self.notice)

    def concerns(self) -> list[str]:
        """What is unusual about the notice."""
        return concerns(self.notice, self.today)


def typed_from(notice: Notice) -> dict[str, Any]:
    """A notice read from a file, as the form would have been filled in."""
    return {"year": notice.year, "title": notice.title, "paper": notice.paper,
            "published": str(notice.published or ""), "off": off_lines(notice),
            "worked": worked_lines(notice)}  # fmt: skip


CLOSED, HOURS, ORDINARY = "closed", "hours", "ordinary"


class DaysForm(ChangeForm):
    """Days on which this office keeps other hours than its calendar says."""

    first = day_field(lazy("哪一天"))
    last = day_field(lazy("到哪一天"), lazy("只改一天的，不必填。"))
    what = forms.ChoiceField(
        label=lazy("改成"), widget=forms.RadioSelect,
        choices=[(CLOSED, lazy("不办公")), (HOURS, lazy("另定上班时间（半天也在这里写）")),
                 (ORDINARY, lazy("恢复平常的安排"))],
    )  # fmt: skip
    hours = forms.CharField(label=lazy("上班时间"), max_length=100, required=False,
                            help_text=lazy("例如：09:00-12:00。"))  # fmt: skip
    name = forms.CharField(
        label=lazy("这几天叫什么"), max_length=40, required=False, help_text=lazy("例如：停电检修。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last"].required = False

    def change(self, said: dict[str, Any]) -> CalendarSpec:
        """The calendar with these days set apart."""
        first, last = said["first"], said.get("last") or said["first"]
        if last < first or (last - first).days >= MOST_DAYS:
            raise Refused(_("结束日要在开始日之后，一次最多 %(most)s 天。") % {"most": MOST_DAYS}, "last")
        if not self.spec.coverage[0] <= first <= last <= self.spec.last:
            raise Refused(_("日历只到 %(last)s。") % {"last": self.spec.last}, "first")
        hours: edits.Day | None = None if said["what"] == ORDINARY else ()
        if said["what"] == HOURS:
            hours = read_hours(said.get("hours", ""), 1, "hours")
        return edits.with_days(self.spec, first, last, hours, said.get("name", ""))

    def concerns(self) -> list[str]:
        """Days that have passed change only what still runs."""
        past = self.cleaned_data["first"] < self.today
        return [_("其中有已经过去的日子：只影响还在走的时限，已经办结或逾期的不重算。")] if past else []


class HoursForm(ChangeForm):
    """Other office hours from a day on."""

    since = day_field(lazy("自哪一天起"), lazy("这一天以前的日子，仍按原来的上班时间算。"))
    week = _area(
        lazy("上班时间"),
        lazy(
            "一行一段：周一至周五 09:00-12:00，13:30-17:30。没有写到的日子休息。"
            "有夏令时间的，另起一行写 06-01 至 09-30，下面写那段时间的。"
        ),
        8,
    )

    def __init__(self, spec: CalendarSpec, today: date, *args: Any, **kwargs: Any) -> None:
        weekly, seasons = spec.hours_on(today)
        initial = {"since": today, "week": week_lines(dict(weekly), seasons)} | kwargs.pop("initial", {})
        super().__init__(spec, today, *args, initial=initial, **kwargs)

    def change(self, said: dict[str, Any]) -> CalendarSpec:
        """The calendar with these hours from the day on."""
        if not self.spec.coverage[0] <= said["since"] <= self.spec.last:
            raise Refused(_("日历只到 %(last)s。") % {"last": self.spec.last}, "since")
        week, seasons = read_week(said["week"])
        return edits.with_hours(self.spec, said["since"], week, seasons)

    def concerns(self) -> list[str]:
        """A change dated back, or later ones that it takes away."""
        since = self.cleaned_data["since"]
        found = [_("自过去的一天起：还在走的时限会按新的时间重算。")] if since < self.today else []
        later = [one.from_ for one in self.spec.hours_from if one.from_ > since]
        return [*found, *([_("原定自 %(day)s 起的上班时间不再有。") % {"day": later[0]}] if later else [])]
