"""Rules for passwords whose sentences Django does not have in Chinese."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LEAST = 10


class LongEnough:
    """Refuses a password of fewer than `LEAST` characters."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a short one."""
        if len(password) < LEAST:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        """What is asked for."""
        return _("密码至少要有 %(least)s 个字符。") % {"least": LEAST}
