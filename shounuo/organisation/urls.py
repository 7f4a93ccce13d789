"""Addresses of the organisation's pages."""

from django.urls import path

from shounuo.organisation.views import signing

urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("who/", signing.who, name="who"),
    path("who/become/", signing.become, name="become"),
]
