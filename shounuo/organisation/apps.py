"""Application settings of organisation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    """Units, posts, people, appointments and sign-in."""

    name = "shounuo.organisation"
    label = "organisation"
    verbose_name = _("机构")
    default_auto_field = "django.db.models.BigAutoField"
