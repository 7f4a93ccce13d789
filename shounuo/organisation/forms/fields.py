"""Fields that the forms of this app share."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from shounuo.organisation.roles import ROLES

Label = Any


def day(label: Label, required: bool = True, help_text: Label = "") -> forms.DateField:
    """A civil day."""
    box = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    wrong = {"invalid": lazy("请写成 2026-12-01 这样的日期。"), "required": lazy("请填写这一项")}
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=box, error_messages=wrong
    )


def words(label: Label, most: int, required: bool = True, help_text: Label = "") -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text)


def role_names() -> list[tuple[str, Label]]:
    """Every role of the registry as a choice."""
    return [(role.code, role.title) for role in ROLES.values()]


class Asking(forms.Form):
    """A form that says in our own words what is missing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = lazy("请填写这一项")

    def refuse(self, reason: str) -> None:
        """Show why the house did not do it."""
        self.add_error(None, reason)


def today_as_initial(today: date, *names: str) -> dict[str, Any]:
    """Days that start as today."""
    return dict.fromkeys(names, today)
