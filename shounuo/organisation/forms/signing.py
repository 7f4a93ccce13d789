"""What people type to sign in, and about their own account."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from shounuo.organisation.forms.fields import Asking
from shounuo.organisation.forms.plain import PlainForm


def password(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    """A password; never sent back to the page."""
    box = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=200, strip=False, widget=box, help_text=help_text)


class SignInForm(PlainForm):
    """Name and password."""

    name = forms.CharField(
        label=_("登录名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = password(_("密码"), "current-password")


class CodeForm(PlainForm):
    """The code of the second factor."""

    code = forms.CharField(
        label=_("动态口令或恢复码"),
        max_length=20,
        help_text=_("手机上验证器显示的 6 位数字；手机不在身边时，用一个没有用过的恢复码。"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class ConfirmCodeForm(Asking):
    """The first code that the new device shows."""

    code = forms.CharField(
        label=_("手机上显示的 6 位数字"),
        max_length=7,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PasswordForm(Asking):
    """A new password, typed twice."""

    old = password(_("现在的密码"), "current-password")
    new = password(_("新密码"), "new-password")
    again = password(_("再输一遍新密码"), "new-password")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["new"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("new") and said.get("again") and said["new"] != said["again"]:
            self.add_error("again", str(_("两遍输入的不一样")))
        return said


class CheckPasswordForm(Asking):
    """The present password, before something grave."""

    password = password(_("现在的密码"), "current-password")
