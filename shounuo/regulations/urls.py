"""Addresses of the regulations' pages. A clause's page, which counts evidence, stands one floor up."""

from django.urls import path

from shounuo.regulations.views import (
    adopting,
    calendars,
    draft_packs,
    drafts,
    reading,
    reviewing,
    settings,
)

urlpatterns = [
    path("regulations/", adopting.regulations, name="regulation-list"),
    path("regulations/drafts/", drafts.bring, name="draft-bring"),
    path("regulations/drafts/<int:draft>/", reviewing.review, name="draft-review"),
    path("regulations/drafts/<int:draft>/decisions/", reviewing.decisions, name="draft-decisions"),
    path("regulations/drafts/<int:draft>/pack/", draft_packs.pack, name="draft-pack"),
    path("regulations/drafts/<int:draft>/pack.zip", draft_packs.archive, name="draft-archive"),
    path("regulations/<int:adoption>/", reading.regulation, name="regulation"),
    path("regulations/<int:adoption>/settings/", settings.settings, name="settings"),
    path("regulations/<int:adoption>/settings/decisions/", settings.decisions, name="setting-decisions"),
    path("regulations/<int:adoption>/settings/<slug:key>/", settings.setting, name="setting"),
    path("regulations/<int:adoption>/calendars/", calendars.calendars, name="regulation-calendars"),
    path("regulations/<int:adoption>/calendars/<slug:name>/", calendars.calendar, name="regulation-calendar"),
]
