"""When would it be due: the small form of the calendar page."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.organisation.forms.plain import PlainForm
from shounuo.portal.forms.fields import CHOOSE


class DueForm(PlainForm):
    """When would it be due: a start and so many days or a promise's length."""

    UNITS = [
        ("working day", lazy("个工作日")),
        ("day", lazy("日（自然日）")),
        ("working hour", lazy("个工作小时")),
        ("month", lazy("个月")),
    ]
    start = forms.DateTimeField(
        label=lazy("从什么时候起算"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "short"}, format="%Y-%m-%dT%H:%M"
        ),
        error_messages={"required": lazy("请填写起算的时间")},
    )
    promise = forms.ChoiceField(label=lazy("哪项承诺"), required=False, error_messages=CHOOSE)
    n = forms.IntegerField(
        label=lazy("或者自己填：多少"),
        required=False,
        min_value=1,
        max_value=400,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
    )
    unit = forms.ChoiceField(label=lazy("怎样数"), choices=UNITS, required=False, error_messages=CHOOSE)

    def __init__(self, data: Any = None, *, promises: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["promise"].choices = [("", _("自己填")), *promises]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of a promise and a number of days is needed."""
        found = super().clean() or {}
        if found.get("promise", "-") == "" and "n" in found and not found["n"]:
            self.add_error("n", _("请选一项承诺，或者填写多少"))
        return found

    def words(self) -> str:
        """The length asked for, in budget words."""
        found = self.cleaned_data
        return str(found["promise"] or f"{found['n']} {found['unit'] or 'working day'}s")
