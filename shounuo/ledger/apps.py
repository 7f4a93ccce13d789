"""Application settings of ledger."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Append-only facts, chained per stream; actors are opaque ids and no personal data is held here."""

    name = "shounuo.ledger"
    label = "ledger"
    verbose_name = _("账本")
    default_auto_field = "django.db.models.BigAutoField"
