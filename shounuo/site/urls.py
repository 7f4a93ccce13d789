"""Addresses: each app brings its own table."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", include("django.conf.urls.i18n")),
    path("", include("shounuo.organisation.urls")),
]
for app in ("regulations", "commitments", "cases", "portal"):
    if find_spec(f"shounuo.{app}.urls"):
        urlpatterns.append(path("", include(f"shounuo.{app}.urls")))
