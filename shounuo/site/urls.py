"""Addresses: each app brings its own table."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from shounuo.site import papers

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", include("django.conf.urls.i18n")),
    path("", include("shounuo.organisation.urls")),
]
# before the apps: a matter's papers as PDF, which the site's look typesets
urlpatterns += [
    path("desk/matters/<str:number>/papers/<int:seq>.pdf", papers.staff_pdf, name="desk-paper-pdf"),
    path("progress/<str:number>/papers/<int:seq>.pdf", papers.party_pdf, name="portal-paper-pdf"),
]
for app in ("regulations", "commitments", "cases", "portal", "reminders"):
    if find_spec(f"shounuo.{app}.urls"):
        urlpatterns.append(path("", include(f"shounuo.{app}.urls")))
