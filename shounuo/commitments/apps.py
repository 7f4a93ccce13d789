"""Application settings of commitments."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    """Every running clock in one table, and the sweep."""

    name = "shounuo.commitments"
    label = "commitments"
    verbose_name = _("时限")
    default_auto_field = "django.db.models.BigAutoField"
