"""Addresses of the promises' pages, and of a clause's page with its evidence."""

from django.urls import path

from shounuo.commitments.views import (
    adopting,
    calendar_changes,
    clause,
    draft_adopting,
    matrix,
    matters,
    recomputations,
    table,
)

urlpatterns = [
    path("promises-table/", table.table, name="promise-table"),
    path("promises-table/<slug:rule>/", matters.matters, name="promise-matters"),
    path(
        "regulations/<int:adoption>/calendars/<slug:name>/<slug:what>/",
        calendar_changes.change,
        name="calendar-change",
    ),
    path("regulations/drafts/<int:draft>/compare/", draft_adopting.compared, name="draft-compare"),
    path("regulations/drafts/<int:draft>/adopt/", draft_adopting.adopt, name="draft-adopt"),
    path("regulations/adopt/<slug:pack>/", adopting.adopt, name="regulation-adopt"),
    path("regulations/<int:adoption>/matrix/", matrix.matrix, name="clause-matrix"),
    path("regulations/<int:adoption>/recomputations/", recomputations.recomputations, name="recomputations"),
    path(
        "regulations/<int:adoption>/recomputations/<int:number>/",
        recomputations.recomputation,
        name="recomputation",
    ),
    path("regulations/<int:adoption>/<path:clause>/", clause.clause, name="regulation-clause"),
]
