"""What the person who asked may say about their matter: open it, rate, object, withdraw, meet, supply papers."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.cases import wording as w
from shounuo.organisation.forms.plain import PlainForm
from shounuo.portal.forms.fields import CHOOSE, PlainField
from shounuo.rules.calendars import Calendar

FARTHEST = timedelta(days=60)
"""How far ahead an appointment may lie."""


class OpenForm(PlainForm):
    """Number and secret of a matter."""

    number = forms.CharField(
        label=lazy("受理号"),
        max_length=40,
        help_text=lazy("回执上的号码，例如 2026-000412"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
        error_messages={"required": lazy("请填写受理号")},
    )
    secret = forms.CharField(
        label=lazy("查询码"),
        max_length=60,
        help_text=lazy("24 位，大小写、空格和短横都不影响"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": lazy("请填写查询码")},
    )


LEVELS = [(str(level), label) for level, label in w.LEVELS.items()]
MIDDLE = 3
"""The level above which nothing is said to be wrong."""
NOT_GOOD: Mapping[str, w.Label] = {
    "slow": lazy("办得慢"), "attitude": lazy("态度不好"), "unclear": lazy("没说清楚"), "trips": lazy("跑了多趟"),
    "papers": lazy("要的材料多"), "result": lazy("没有解决问题"), "fee": lazy("收费不明"), "other": lazy("其他"),
}  # fmt: skip
"""What was not good: codes kept with the rating, and their words."""


class RatingForm(PlainForm):
    """How it went: five words, none chosen beforehand; reasons and words if the person likes."""

    level = forms.TypedChoiceField(
        label=lazy("这件事办得怎么样？"),
        choices=LEVELS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    reasons = forms.MultipleChoiceField(
        label=lazy("哪里不好"),
        help_text=lazy("评不满意的，可以选几项，我们照着改。"),
        choices=list(NOT_GOOD.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE,
    )
    words = PlainField(
        label=lazy("还想说什么"), required=False, longest=500, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        """What was not good belongs to a rating that says so."""
        found = super().clean() or {}
        return found | {"reasons": []} if found.get("level", 0) > MIDDLE else found


class DisputeForm(PlainForm):
    """Why it is not solved."""

    reason = forms.ChoiceField(
        label=lazy("为什么还没有解决？"),
        choices=list(w.DISPUTE_REASONS.items()),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    words = PlainField(
        label=lazy("请说具体一些"),
        longest=1000,
        min_length=4,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": lazy("请写明哪里没有解决"),
            "min_length": lazy("请至少写 %(limit_value)d 个字"),
        },
    )


class WithdrawForm(PlainForm):
    """Why a matter is taken back, if the person likes to say."""

    words = PlainField(
        label=lazy("为什么撤回"), required=False, longest=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class AppointForm(PlainForm):
    """When the person comes, or wants to be come to: inside office hours, within two months."""

    date = forms.DateTimeField(
        label=lazy("哪一天、几点"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "short"}, format="%Y-%m-%dT%H:%M"
        ),
        error_messages={"required": lazy("请填写哪一天、几点")},
    )
    words = PlainField(
        label=lazy("来办什么"), required=False, longest=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any = None, *, calendar: Calendar, now: datetime, **more: Any) -> None:
        super().__init__(data, **more)
        self.calendar, self.now = calendar, now
        today = f"{now:%Y-%m-%dT%H:%M}"
        self.fields["date"].widget.attrs |= {"min": today, "max": f"{now + FARTHEST:%Y-%m-%dT%H:%M}"}

    def clean_date(self) -> datetime:
        """A moment to come at which the office is open."""
        aware: datetime = self.cleaned_data["date"]
        moment = aware.replace(tzinfo=None, second=0, microsecond=0)
        if moment <= self.now:
            raise ValidationError(_("这个时间已经过了"))
        if moment > self.now + FARTHEST or moment.date() > self.calendar.spec.last:
            raise ValidationError(_("只能预约两个月以内的时间"))
        hours = self.calendar.hours(moment.date())
        if not any(a <= moment < b for a, b in hours):
            raise ValidationError(_closed_words(hours))
        return aware


def _closed_words(hours: Sequence[tuple[datetime, datetime]]) -> str:
    if not hours:
        return _("那天不上班，请另选一天")
    open_ = _("，").join(f"{a:%H:%M}–{b:%H:%M}" for a, b in hours)
    return _("那天的办公时间是 %(hours)s") % {"hours": open_}


class SuppliedForm(PlainForm):
    """Which of the papers asked for were sent or brought, and how."""

    materials = forms.MultipleChoiceField(
        label=lazy("您已经交了哪些"), widget=forms.CheckboxSelectMultiple, error_messages=CHOOSE
    )
    words = PlainField(
        label=lazy("怎样交的"),
        help_text=lazy("例如：11月12日邮寄，单号尾号 2207；或者放在窗口。"),
        longest=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, missing: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["materials"].choices = list(missing)  # type: ignore[attr-defined]

    def said(self) -> str:
        """The papers by name and how they were handed over, as one text."""
        names = dict(self.fields["materials"].choices)  # type: ignore[attr-defined]
        papers = _("、").join(str(names[one]) for one in self.cleaned_data["materials"])
        how = self.cleaned_data["words"]
        return f"{papers}\n{how}" if how else papers
