"""The wall screen of a hall: it turns its own pages, without script."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from shounuo.cases.papers.codes import svg_of
from shounuo.portal.board import SECONDS, page_of, today
from shounuo.portal.house import House, show
from shounuo.portal.views.entry import public_page


@require_safe
@cache_control(max_age=10, public=True)
@public_page
def hall(request: HttpRequest, here: House) -> HttpResponse:
    """Today in numbers and the promises, a page every twenty seconds. Counts only: nobody is named.

    The turning is an HTTP header, so it needs no script; ``stay=1`` stops it for whoever reads more slowly.
    """
    page, stays = page_of(here, request.GET.get("page", "")), request.GET.get("stay") == "1"
    address = request.build_absolute_uri(reverse("portal-wall"))
    context = {"today": today(here), "page": page, "stays": stays, "qr": svg_of(address)}
    response = show(request, here, "board", context)
    if not stays:
        response.headers["Refresh"] = f"{SECONDS}; url=?page={page.next}"
    return response
