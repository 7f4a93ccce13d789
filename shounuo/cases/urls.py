"""Addresses of the desk."""

from django.urls import path

from shounuo.cases.views import matter, matters, papers, register, today, verb

urlpatterns = [
    path("desk/", today.today, name="desk-today"),
    path("desk/register/", register.register, name="desk-register"),
    path("desk/register/papers/", register.parts, name="desk-register-papers"),
    path("desk/register/similar/", register.similar, name="desk-register-similar"),
    path("desk/matters/", matters.matters, name="desk-matters"),
    path("desk/matters/<str:number>/", matter.matter, name="desk-matter"),
    path("desk/matters/<str:number>/receipt/", papers.receipt, name="desk-receipt"),
    path("desk/matters/<str:number>/notices/<int:seq>/", papers.notice, name="desk-notice"),
    path("desk/matters/<str:number>/<str:verb>/", verb.verb, name="desk-verb"),
]
