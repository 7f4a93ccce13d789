"""Application settings of site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    """The roof: settings, addresses and commands that put the apps together."""

    name = "shounuo.site"
    label = "site"
    verbose_name = _("站点")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the start-up checks."""
        from shounuo.site import checks  # noqa: F401
