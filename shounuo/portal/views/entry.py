"""What every page of the portal shares: the organisation it is about."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shounuo.portal.house import House, NoHouse, house
from shounuo.portal.not_yet import next_step

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, House, P], HttpResponse]


def public_page(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page `view(request, here, …)`; before an organisation has adopted a regulation, a page that says so."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            here = house(now := timezone.now())
        except NoHouse:
            step = next_step(settings.ORGANISATION, now)
            return render(request, "portal/not_open.html", {"step": step}, status=503)
        return view(request, here, *args, **kwargs)

    return page
