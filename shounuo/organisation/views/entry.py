"""Who sent this request, from where: for the views of every app."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from shounuo.organisation.access import Actor, actor_for
from shounuo.organisation.models import Account
from shounuo.organisation.views import unsent

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


def own_page(view: StaffPage[P]) -> Page[P]:
    """A page for people who are signed in: `view(request, actor, …)`; others are sent to sign in and come back.

    What somebody typed and sent after their sign-in had ended waits for them meanwhile.

    No browser or proxy keeps it: after signing out nobody pages back to it.
    """

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = actor_of(request)
        if actor is None:
            return unsent.where_to_sign_in(request)
        if request.method == "POST":
            unsent.settle(request)
        return view(request, actor, *args, **kwargs)

    return page


def staff_page(view: StaffPage[P]) -> Page[P]:
    """The same, after what somebody must do first: change a first password, set up the second factor."""

    @own_page
    @wraps(view)
    def page(request: HttpRequest, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        first = first_to_do(request, actor)
        return redirect(first) if first else view(request, actor, *args, **kwargs)

    return page


def first_to_do(request: HttpRequest, actor: Actor) -> str:
    """The page that bars all others now, by its address name; "" when there is none."""
    account = request.user
    if not isinstance(account, Account):
        return ""
    if account.first_password_until is not None:
        return "own-password"
    return "own-codes" if needs_codes(actor) and not account.asks_for_code else ""


def needs_codes(actor: Actor) -> bool:
    """Whether the installation asks the actor's roles for a second factor; never in the demonstration."""
    return not settings.DEMO and bool(actor.roles & set(settings.CODE_ROLES))


def address_of(request: HttpRequest) -> str:
    """The reader's network address; behind the installation's own proxy the one that the proxy saw."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return str(forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", ""))
