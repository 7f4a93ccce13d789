"""Who sent this request: for the views of every app."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache

from shounuo.organisation.access import Actor, actor_for
from shounuo.organisation.models import Account

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
StaffPage = Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase]


def actor_of(request: HttpRequest) -> Actor | None:
    """Who is signed in, with today's posts; None for the public. Asked of the database once a request."""
    kept: tuple[Actor | None] | None = getattr(request, "_actor", None)
    if kept is None:
        user = getattr(request, "user", None)
        kept = (actor_for(user, timezone.now()) if isinstance(user, Account) else None,)
        request._actor = kept  # type: ignore[attr-defined]
    return kept[0]


def staff_page(view: StaffPage[P]) -> Page[P]:
    """A page for people who are signed in: `view(request, actor, …)`; others are sent to sign in and come back.

    No browser or proxy keeps it: after signing out nobody pages back to it.
    """

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = actor_of(request)
        if actor is None:
            return redirect_to_login(request.get_full_path(), "sign-in")
        return view(request, actor, *args, **kwargs)

    return page
