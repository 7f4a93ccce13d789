"""Application settings of outbox."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    """Side effects waiting to be carried out: leased, retried, parked, seen."""

    name = "shounuo.outbox"
    label = "outbox"
    verbose_name = _("待办发送")
    default_auto_field = "django.db.models.BigAutoField"
