"""Application settings of reminders."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemindersConfig(AppConfig):
    """Reminders to staff and messages to those who asked, each once."""

    name = "shounuo.reminders"
    label = "reminders"
    verbose_name = _("提醒")
    default_auto_field = "django.db.models.BigAutoField"
