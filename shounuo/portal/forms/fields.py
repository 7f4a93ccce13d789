"""Fields that keep what people type as it is, and refuse what nobody can see."""

import unicodedata
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


class PhoneField(PlainField):
    """A telephone number; full-width digits and signs, as Chinese keyboards write them, become plain ones."""

    default_validators = [*PlainField.default_validators, PHONE]

    def to_python(self, value: Any) -> str:
        """The same number in plain characters."""
        return unicodedata.normalize("NFKC", super().to_python(value)).strip()
