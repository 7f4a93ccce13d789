"""An opened matter: where it stands and why it is due when it is."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shounuo.cases.models import Case
from shounuo.portal.drafts import keep_typed
from shounuo.portal.house import House, show
from shounuo.portal.matters import matter_of, notices_of, opened, waiting_words
from shounuo.portal.timeline import papers_for_party, timeline
from shounuo.portal.views.entry import public_page


def matter_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page about a matter this session opened: `view(request, here, case, …)`; others are asked for the secret.

    A number that does not exist and one that was not opened answer alike. What somebody typed while their session
    ended waits for this page to be opened again.
    """

    @wraps(view)
    def page(request: HttpRequest, here: House, /, number: str, **more: int) -> HttpResponse:
        case = opened(request, number)
        if case is None or case.organisation_id != here.unit.pk:
            if request.method == "POST":
                keep_typed(request)
            return redirect(f"{reverse('portal-progress')}?{urlencode({'number': number[:40]})}")
        return view(request, here, case, **more)

    wrapped: Callable[..., HttpResponse] = page
    return never_cache(public_page(wrapped))


@require_safe
@matter_page
def matter(request: HttpRequest, here: House, case: Case) -> HttpResponse:
    """Where the matter stands."""
    found = matter_of(case.stream, here.now)
    return show(request, here, "matter", {
        "matter": found, "notices": notices_of(found), "timeline": timeline(found), "waiting": waiting_words(found),
        "papers": papers_for_party(found.before.facts), "now": here.civil,
    })  # fmt: skip
