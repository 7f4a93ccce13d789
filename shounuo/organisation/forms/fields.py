"""Fields that the forms of this app share."""

from datetime import date
from typing import Any

from django import forms

from shounuo.organisation.forms.plain import PlainForm
from shounuo.organisation.roles import ROLES

Label = Any


def day(label: Label, required: bool = True, help_text: Label = "") -> forms.DateField:
    """A civil day."""
    box = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=box)


def words(label: Label, most: int, required: bool = True, help_text: Label = "") -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text)


def role_names() -> list[tuple[str, Label]]:
    """Every role of the registry as a choice."""
    return [(role.code, role.title) for role in ROLES.values()]


class Asking(PlainForm):
    """A form by which the house is changed."""

    def refuse(self, reason: str, field: str = "") -> None:
        """Show why the house did not do it, beside the field that it concerns."""
        self.add_error(field if field in self.fields else None, reason)


def today_as_initial(today: date, *names: str) -> dict[str, Any]:
    """Days that start as today."""
    return dict.fromkeys(names, today)
