"""Application settings of regulations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegulationsConfig(AppConfig):
    """Editions adopted by a unit, settings decided, clause pages."""

    name = "shounuo.regulations"
    label = "regulations"
    verbose_name = _("制度")
    default_auto_field = "django.db.models.BigAutoField"
