"""What every page of the portal shares: the organisation it is about."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shounuo.portal.house import House, NoHouse, house

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, House, P], HttpResponse]


def public_page(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page `view(request, here, …)`; before an organisation has adopted a regulation, a page that says so."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            here = house(timezone.now())
        except NoHouse:
            return render(request, "portal/not_open.html", status=503)
        return view(request, here, *args, **kwargs)

    return page
