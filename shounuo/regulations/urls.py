"""Addresses of the regulations' pages. A clause's page, which counts evidence, stands one floor up."""

from django.urls import path

from shounuo.regulations.views import adopting, calendars, reading, settings

urlpatterns = [
    path("regulations/", adopting.regulations, name="regulation-list"),
    path("regulations/<int:adoption>/", reading.regulation, name="regulation"),
    path("regulations/<int:adoption>/settings/", settings.settings, name="settings"),
    path("regulations/<int:adoption>/settings/decisions/", settings.decisions, name="setting-decisions"),
    path("regulations/<int:adoption>/settings/<slug:key>/", settings.setting, name="setting"),
    path("regulations/<int:adoption>/calendars/", calendars.calendars, name="regulation-calendars"),
    path("regulations/<int:adoption>/calendars/<slug:name>/", calendars.calendar, name="regulation-calendar"),
]
