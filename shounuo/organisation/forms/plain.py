"""What a form says of what was typed when it cannot be used: one short sentence for each fault, on every page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

Words = Mapping[str, Any]
PICK: Words = {
    "required": lazy("请选择一项"),
    "invalid_choice": lazy("请选择所列的一项"),
    "invalid_list": lazy("请选择所列的一项"),
}
FILE: Words = {
    "required": lazy("请先选一个文件。"),
    "invalid": lazy("请先选一个文件。"),
    "missing": lazy("请先选一个文件。"),
    "empty": lazy("这个文件是空的"),
    "contradiction": lazy("或者选文件，或者勾选清除，不要两样都做"),
    "max_length": lazy("文件名太长：最多 %(max)d 个字，现在 %(length)d 个"),
}
WORDS: Mapping[type[forms.Field], Words] = {
    forms.Field: {"required": lazy("请填写这一项")},
    forms.CharField: {
        "max_length": lazy("最多 %(limit_value)d 个字，您写了 %(show_value)d 个"),
        "min_length": lazy("请至少写 %(limit_value)d 个字"),
        "null_characters_not_allowed": lazy("含有看不见的控制字符（多半是复制时带来的），请删去或重新输入"),
    },
    forms.EmailField: {"invalid": lazy("请写成 name@example.com 这样的电子邮件地址")},
    forms.RegexField: {"invalid": lazy("不是要填的样子，请照说明填写")},
    forms.IntegerField: {
        "invalid": lazy("请填写整数"),
        "min_value": lazy("不能小于 %(limit_value)s"),
        "max_value": lazy("不能大于 %(limit_value)s"),
    },
    forms.FloatField: {"invalid": lazy("请填写一个数")},
    forms.DecimalField: {"invalid": lazy("请填写一个数")},
    forms.DateField: {"invalid": lazy("请写成 2026-12-01 这样的日期。")},
    forms.DateTimeField: {"invalid": lazy("请写成 2026-12-01 09:00 这样的时间。")},
    forms.TimeField: {"invalid": lazy("请写成 08:30 这样的时间。")},
    forms.ChoiceField: PICK,
    forms.ModelChoiceField: PICK,
    forms.BooleanField: {"required": lazy("请勾选这一项")},
    forms.FileField: FILE,
}
"""Kind of field -> code of a fault -> its sentence; of two kinds that fit, the later one's."""


class PlainForm(forms.Form):
    """The form that every form of ours is; a field's own sentence goes before those of its kind."""

    def full_clean(self) -> None:
        """Check what was typed, with sentences in place of Django's."""
        say_plainly(self.fields.values())
        super().full_clean()


def say_plainly(fields: Iterable[forms.Field]) -> None:
    """Give fields our sentences where they would speak Django's."""
    for field in fields:
        stock = _stock(type(field))
        ours = {
            code: words
            for kind, said in WORDS.items()
            if isinstance(field, kind)
            for code, words in said.items()
        }
        own = {code: words for code, words in field.error_messages.items() if words != stock.get(code)}
        field.error_messages |= ours | own


def _stock(kind: type[forms.Field]) -> dict[str, Any]:
    """The messages that Django's own classes bring."""
    stock: dict[str, Any] = {}
    for one in reversed(kind.__mro__):
        if one.__module__.startswith("django."):
            stock |= vars(one).get("default_error_messages", {})
    return stock
