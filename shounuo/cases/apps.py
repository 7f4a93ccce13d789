"""Application settings of cases."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """Requests and what is done with them."""

    name = "shounuo.cases"
    label = "cases"
    verbose_name = _("事项")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say to the floor of clocks who worked on a matter: only here is it known."""
        from shounuo.cases.access import worked_on
        from shounuo.commitments.access import worked_on_is

        worked_on_is(worked_on)
