"""What commands that use the database do first."""

import os


def django() -> None:
    """Load settings and apps (idempotent)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shounuo.site.settings")
    import django

    django.setup()
