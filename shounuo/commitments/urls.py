"""Addresses of the promises' pages, and of a clause's page with its evidence."""

from django.urls import path

from shounuo.commitments.views import clause, matters, table

urlpatterns = [
    path("promises-table/", table.table, name="promise-table"),
    path("promises-table/<slug:rule>/", matters.matters, name="promise-matters"),
    path("regulations/<int:adoption>/<path:clause>/", clause.clause, name="regulation-clause"),
]
