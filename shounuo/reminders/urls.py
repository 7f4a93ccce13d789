"""Addresses of the reminders' pages and of what leaves the house."""

from django.urls import path

from shounuo.reminders.views import bell, outbox, preferences

urlpatterns = [
    path("reminders/", bell.reminders, name="reminders"),
    path("reminders/read/", bell.read_all, name="reminders-read-all"),
    path("reminders/<int:pk>/read/", bell.read, name="reminder-read"),
    path("reminders/preferences/", preferences.preferences, name="reminder-preferences"),
    path("office/outbox/", outbox.outbox, name="outbox"),
    path("office/outbox/<int:pk>/retry/", outbox.retry, name="outbox-retry"),
]
