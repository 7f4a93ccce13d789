"""The WSGI application that the server loads."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shounuo.site.settings")
application = get_wsgi_application()

from shounuo.site.checks import assert_not_exposed  # noqa: E402 - needs the apps

assert_not_exposed()
len(
    get_resolver().url_patterns
)  # loads every page: one that cannot be loaded fails the start, not its reader
