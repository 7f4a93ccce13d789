"""Addresses of the desk."""

from django.urls import path

from shounuo.cases.views import (
    appointments,
    board,
    manual,
    matter,
    matters,
    papers,
    register,
    saved,
    today,
    trying,
    verb,
)

urlpatterns = [
    path("help/", manual.manual, name="desk-help"),
    path("regulations/drafts/<int:draft>/try/", trying.tried, name="draft-try"),
    path("desk/", today.today, name="desk-today"),
    path("desk/approvals/", today.approvals, name="desk-approvals"),
    path("desk/register/", register.register, name="desk-register"),
    path("desk/register/papers/", register.parts, name="desk-register-papers"),
    path("desk/register/similar/", register.similar, name="desk-register-similar"),
    path("desk/matters/", matters.matters, name="desk-matters"),
    path("desk/matters/export/", matters.export, name="desk-export"),
    path("desk/matters/keep/", saved.keep, name="desk-keep-filter"),
    path("desk/matters/drop/<int:pk>/", saved.drop, name="desk-drop-filter"),
    path("desk/board/", board.board, name="desk-board"),
    path("desk/appointments/", appointments.appointments, name="desk-appointments"),
    path("desk/matters/<str:number>/", matter.matter, name="desk-matter"),
    path("desk/matters/<str:number>/receipt/", papers.receipt, name="desk-receipt"),
    path("desk/matters/<str:number>/notices/<int:seq>/", papers.paper, name="desk-notice"),
    path("desk/matters/<str:number>/papers/<int:seq>/", papers.paper, name="desk-paper"),
    path("desk/matters/<str:number>/<str:verb>/", verb.verb, name="desk-verb"),
]
