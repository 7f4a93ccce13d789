"""The questions of one request, one form a question; each refuses what cannot be kept, in plain words."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator, RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

SHORTEST, LONGEST = 4, 3000
CHOOSE = {"required": lazy("请选择一项"), "invalid_choice": lazy("请选择所列的一项")}
DIRECTION_MARKS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
PHONE = RegexValidator(
    r"^\+?[0-9][0-9 ()-]{4,28}[0-9]$", lazy("电话只能有数字、空格、加号、括号和短横，至少 6 位")
)


def plain(text: str) -> None:
    """Refuse characters nobody sees: controls (but line ends and tabs) and marks that turn the reading direction."""
    hidden = {
        c for c in text if (unicodedata.category(c) == "Cc" and c not in "\n\r\t") or c in DIRECTION_MARKS
    }
    if hidden:
        raise ValidationError(_("含有看不见的控制字符（多半是复制时带来的），请删去或重新输入"))


class PlainField(forms.CharField):
    """Text that people can see, of one length however its line ends are sent."""

    default_error_messages = {"required": lazy("请填写这一项")}
    default_validators = [plain]

    def __init__(self, *, longest: int, **more: Any) -> None:
        """`longest` characters; no ``maxlength`` in the page, so that nothing typed is cut off silently."""
        super().__init__(**more)
        self.validators = [
            one for one in self.validators if not isinstance(one, ProhibitNullCharactersValidator)
        ]
        self.validators.append(
            MaxLengthValidator(longest, lazy("最多 %(limit_value)d 个字，您写了 %(show_value)d 个"))
        )

    def to_python(self, value: Any) -> str:
        """Line ends of one kind, so that a length is counted alike everywhere."""
        return str(super().to_python(value) or "").replace("\r\n", "\n")


class KindForm(forms.Form):
    """What do you want to do? Without services that take applications one can only ask."""

    kind = forms.ChoiceField(
        label=lazy("您想做什么？"),
        widget=forms.RadioSelect,
        choices=[("enquiry", lazy("问一件事（咨询）")), ("application", lazy("办一件事（申请）"))],
        error_messages=CHOOSE,
    )

    def __init__(self, data: Any = None, *, applications: bool = True, **more: Any) -> None:
        super().__init__(data, **more)
        if not applications:
            self.fields["kind"].choices = self.fields["kind"].choices[:1]  # type: ignore[attr-defined]


class TopicForm(forms.Form):
    """Which service, or what an enquiry is about."""

    topic = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def __init__(
        self, data: Any = None, *, topics: Sequence[tuple[str, Any]], question: str, **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.fields["topic"].label = question
        self.fields["topic"].choices = list(topics)  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """In your own words."""

    words = PlainField(
        label=lazy("请用您自己的话写下来"),
        help_text=lazy("是什么事、什么时候、您希望怎样。请不要写身份证号和银行卡号。最多 3000 字。"),
        min_length=SHORTEST,
        longest=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": lazy("请写下您的事"),
            "min_length": lazy("请至少写 %(limit_value)d 个字"),
        },
    )


class PersonForm(forms.Form):
    """Who you are; an enquiry may be anonymous."""

    name = PlainField(
        label=lazy("姓名"),
        longest=80,
        help_text=lazy("与证件一致，或单位名称"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PlainField(
        label=lazy("电话"),
        longest=30,
        help_text=lazy("办理中有事只打这个电话"),
        validators=[PHONE],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "class": "short"}),
    )

    def __init__(self, data: Any = None, *, anonymous: bool = False, **more: Any) -> None:
        super().__init__(data, **more)
        if anonymous:
            self.fields["name"].required = self.fields["phone"].required = False
            self.fields["name"].help_text = _("可以不留姓名；不留也会答复，凭受理号和查询码来看")
            self.fields["phone"].help_text = _("留下电话，我们可以直接告诉您")


class OpenForm(forms.Form):
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


LEVELS = [
    ("5", lazy("很满意")),
    ("4", lazy("满意")),
    ("3", lazy("一般")),
    ("2", lazy("不满意")),
    ("1", lazy("很不满意")),
]


class RatingForm(forms.Form):
    """How it went: five words, none chosen beforehand."""

    level = forms.TypedChoiceField(
        label=lazy("这件事办得怎么样？"),
        choices=LEVELS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    words = PlainField(
        label=lazy("还想说什么"), required=False, longest=500, widget=forms.Textarea(attrs={"rows": 4})
    )


class WithdrawForm(forms.Form):
    """Why a matter is taken back, if the person likes to say."""

    words = PlainField(
        label=lazy("为什么撤回"), required=False, longest=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class DueForm(forms.Form):
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
        error_messages={
            "required": lazy("请填写起算的时间"),
            "invalid": lazy("请按 2026-10-08 10:00 的样子填写"),
        },
    )
    promise = forms.ChoiceField(label=lazy("哪项承诺"), required=False, error_messages=CHOOSE)
    n = forms.IntegerField(
        label=lazy("或者自己填：多少"),
        required=False,
        min_value=1,
        max_value=400,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
        error_messages={
            "invalid": lazy("请填写整数"),
            "min_value": lazy("至少 1"),
            "max_value": lazy("最多 400"),
        },
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
