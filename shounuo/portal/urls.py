"""Addresses of the public's pages."""

from django.urls import path

from shounuo.portal.views import (
    afterwards,
    asking,
    board,
    calendar,
    guides,
    opening,
    papers,
    progress,
    reader,
    regulation,
    wall,
)

urlpatterns = [
    path("", wall.wall, name="portal-wall"),
    path("promises/<slug:rule>/", wall.promise, name="portal-promise"),
    path("complaints/", wall.complaints, name="portal-complaints"),
    path("guides/", guides.guides, name="portal-guides"),
    path("guides/<slug:service>/", guides.guide, name="portal-guide"),
    path("ask/", asking.begin, name="portal-ask"),
    path("ask/clear/", asking.clear, name="portal-ask-clear"),
    path("ask/receipt/", asking.receipt, name="portal-receipt"),
    path("ask/<slug:step>/", asking.step, name="portal-ask-step"),
    path("progress/", opening.find, name="portal-progress"),
    path("p/<str:number>/<str:secret>/", opening.short, name="portal-short"),
    path("r/<str:number>/<str:code>/", afterwards.rate_once, name="portal-rate-once"),
    path("progress/<str:number>/", progress.matter, name="portal-matter"),
    path("progress/<str:number>/notice/<int:seq>/", papers.paper, name="portal-notice"),
    path("progress/<str:number>/papers/<int:seq>/", papers.paper, name="portal-paper"),
    path("progress/<str:number>/withdraw/", afterwards.withdraw, name="portal-withdraw"),
    path("progress/<str:number>/rate/", afterwards.rate, name="portal-rate"),
    path("progress/<str:number>/dispute/", afterwards.dispute, name="portal-dispute"),
    path("progress/<str:number>/appointment/", afterwards.appoint, name="portal-appoint"),
    path("progress/<str:number>/papers/", afterwards.supply, name="portal-supply"),
    path("progress/<str:number>/thanks/", afterwards.thanks, name="portal-thanks"),
    path("progress/<str:number>/close/", opening.leave, name="portal-leave"),
    path("calendar/", calendar.office, name="portal-calendar"),
    path("regulation/", regulation.text, name="portal-regulation"),
    path("regulation/<path:clause>/", regulation.clause, name="portal-clause"),
    path("wall/", board.hall, name="portal-board"),
    path("text-size/", reader.text_size, name="text-size"),
]
