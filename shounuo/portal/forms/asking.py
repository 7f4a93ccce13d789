"""The questions of one request, one form a question; each refuses what cannot be kept, in plain words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.cases.wording import Label
from shounuo.organisation.forms.plain import PlainForm
from shounuo.portal.forms.fields import CHOOSE, LONGEST, SHORTEST, PhoneField, PlainField
from shounuo.portal.paths import Way


class ChoiceForm(PlainForm):
    """One of several, none chosen beforehand. ``name`` is the answer's, ``question`` the page's heading."""

    def __init__(
        self, data: Any = None, *, name: str, question: Label, choices: Sequence[tuple[str, Any]], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.fields[name] = forms.ChoiceField(
            label=question, widget=forms.RadioSelect, choices=list(choices), error_messages=CHOOSE
        )


class LineForm(PlainForm):
    """One line of words."""

    def __init__(
        self, data: Any = None, *, name: str, question: Label, hint: Label, longest: int, **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.fields[name] = PlainField(label=question, help_text=hint, longest=longest)


class WordsForm(PlainForm):
    """In your own words."""

    words = PlainField(
        min_length=SHORTEST,
        longest=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": lazy("请写下您的事"),
            "min_length": lazy("请至少写 %(limit_value)d 个字"),
        },
    )

    def __init__(self, data: Any = None, *, way: Way, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["words"].label, self.fields["words"].help_text = way.question, way.hint


class PersonForm(PlainForm):
    """Who you are; what is not an application may come without a name."""

    name = PlainField(
        label=lazy("姓名"),
        longest=80,
        help_text=lazy("与证件一致，或单位名称"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=lazy("电话"),
        longest=30,
        help_text=lazy("办理中有事只打这个电话"),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "class": "short"}),
    )

    def __init__(self, data: Any = None, *, way: Way, **more: Any) -> None:
        super().__init__(data, **more)
        if way.phone_only:
            self.fields["name"].required = False
            self.fields["name"].help_text = _("可以不留姓名")
            self.fields["phone"].help_text = _("抢修人员到现场前打这个电话")
        if way.anonymous:
            self.fields["name"].required = self.fields["phone"].required = False
            self.fields["name"].help_text = _("可以不留姓名；不留也会答复，凭受理号和查询码来看")
            self.fields["phone"].help_text = _("留下电话，我们可以直接告诉您")
