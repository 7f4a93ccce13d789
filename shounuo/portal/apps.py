"""Application settings of portal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The public's pages."""

    name = "shounuo.portal"
    label = "portal"
    verbose_name = _("公众门户")
    default_auto_field = "django.db.models.BigAutoField"
