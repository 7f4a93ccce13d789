"""Fields that several desk forms share."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shounuo.cases.wording import Label
from shounuo.organisation.models import Unit

TOO_LONG = _("最多 %(limit_value)d 个字，您写了 %(show_value)d 个")
MOMENT_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


class WordsField(forms.CharField):
    """Words, one length however their line ends are sent; what is too long is told with both lengths."""

    default_error_messages = {"max_length": TOO_LONG}

    def to_python(self, value: Any) -> str:
        """Line ends of one kind: a browser sends two characters for what it counts as one."""
        return str(super().to_python(value) or "").replace("\r\n", "\n")


def text(label: Label, required: bool = True, help_text: Label = "", rows: int = 4) -> forms.CharField:
    """Free words of some length."""
    area = forms.Textarea(attrs={"rows": rows})
    return WordsField(label=label, required=required, help_text=help_text, max_length=4000, widget=area)


def pick(
    label: Label, table: Mapping[str, Label], required: bool = True, help_text: Label = ""
) -> forms.ChoiceField:
    """One of a table's codes from a list; "" when nothing needs to be chosen."""
    empty = [] if required and len(table) == 1 else [("", _("请选择") if required else "—")]
    return forms.ChoiceField(
        label=label, choices=[*empty, *table.items()], required=required, help_text=help_text
    )


def one_of(label: Label, table: Mapping[str, Label], help_text: Label = "") -> forms.ChoiceField:
    """One of a few codes, all in sight."""
    return forms.ChoiceField(
        label=label, choices=list(table.items()), widget=forms.RadioSelect, help_text=help_text
    )


def several(
    label: Label, choices: Iterable[tuple[str, Label]], required: bool = True
) -> forms.MultipleChoiceField:
    """Any of a few, all in sight."""
    boxes = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=list(choices), widget=boxes, required=required)


def moment(label: Label, help_text: Label = "") -> forms.DateTimeField:
    """A civil moment of the installation's zone, empty for now."""
    box = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        label=label, required=False, help_text=help_text, widget=box, input_formats=MOMENT_FORMATS
    )


def section_names(sections: Mapping[str, Unit], leave_out: str = "") -> dict[str, Any]:
    """Sections by code for a list, one of them left out."""
    return {code: unit.name for code, unit in sections.items() if code != leave_out}
