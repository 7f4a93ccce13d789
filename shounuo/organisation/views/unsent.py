"""A form sent after the sign-in had ended or changed: what was typed is shown, kept, and sent again by one press.

Only a form of our own pages is offered again. A form of another site is refused plainly: the browser tells whose it
is, or the request says nothing and is refused as well.
"""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import SplitResult, urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shounuo.organisation.typed import SECRET, Line, fits, kept, lines, pairs

Note = dict[str, Any]
KEPT, LASTS = "unsent", timedelta(minutes=30)
"""The session's note of a form that came after the sign-in had ended; how long it waits for a new one."""
DOORS = frozenset({"sign-in", "sign-in-code", "become", "sign-out"})
"""Forms that are nobody's words: their page is opened again instead."""


def keep(request: HttpRequest) -> bool:
    """Keep what was posted until somebody signs in in this browser; False when nothing was typed.

    Only where the form's token has been checked already: a forged form must not wait for a sign-in.
    """
    if "HX-Request" in request.headers or not getattr(request, "csrf_processing_done", False):
        return False
    note = _note(request)
    if not _lines(note) or not fits(note["fields"]):
        return False
    request.session[KEPT] = note
    return True


def _note(request: HttpRequest) -> Note:
    found = request.resolver_match
    module = found.func.__module__ if found and found.url_name not in DOORS else ""
    return {
        "to": request.get_full_path(),
        "fields": kept(request.POST.lists()),
        "left_out": bool(request.FILES or SECRET & request.POST.keys()),
        "app": ".".join(module.split(".")[:2]),
        "at": timezone.now().isoformat(),
    }


def _lines(note: Note) -> list[Line]:
    return lines(note["fields"], note["app"]) if note["app"] else []


def waiting(request: HttpRequest) -> Note | None:
    """The form that waits in this session, while it may."""
    note: Note | None = request.session.get(KEPT)
    fresh = note and timezone.now() <= datetime.fromisoformat(note["at"]) + LASTS
    return note if fresh else None


def settle(request: HttpRequest) -> None:
    """A form has come to its page: it waits no more."""
    note = request.session.get(KEPT)
    if note and note["to"] == request.get_full_path():
        del request.session[KEPT]


@never_cache
@require_safe
def unsent(request: HttpRequest) -> HttpResponse:
    """After signing in: what was typed before, to be sent by one press."""
    note = waiting(request)
    if note is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if not request.user.is_authenticated:
        return redirect(f"{reverse('sign-in')}?next={request.path}")
    return _offer(request, note, 200)


@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form with the token of an earlier sign-in, or with none (403): from our own pages it is offered again."""
    if request.method != "POST" or not _from_our_page(request):
        return render(request, "403_csrf.html", status=403)
    return _offer(request, _note(request), 403)


def _from_our_page(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of ours; saying nothing is not enough."""
    page = _referer(request)
    told = request.headers.get("Origin") or f"{page.scheme}://{page.netloc}"
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return told in ours and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def where_to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; for a form with why, and what was typed waits meanwhile."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path(), "sign-in")
    if keep(request):
        back = reverse("unsent")
        why = _(
            "登录已经结束，刚才那一次没有收下。您填的内容还在：30 分钟内重新登录，核对以后再按一次就送出。"
        )
    else:
        back = _page_before(request) or settings.LOGIN_REDIRECT_URL
        why = _("登录已经结束，刚才那一次没有收下。请重新登录，再按一次。")
    messages.warning(request, why)
    return redirect_to_login(back, "sign-in")


def _offer(request: HttpRequest, note: Note, status: int) -> HttpResponse:
    """What was typed, readably, and as hidden fields in a form with a fresh token; for a mere button the way back."""
    shown = _lines(note)
    context = {"to": note["to"], "lines": shown, "fields": pairs(note["fields"]) if shown else [],
               "left_out": note["left_out"], "page": _page_before(request) or "/"}  # fmt: skip
    return render(request, "organisation/unsent.html", context, status=status)


def _page_before(request: HttpRequest) -> str:
    """The page of ours on which the button stood, "" when the browser does not tell."""
    page = _referer(request)
    ours = f"{page.scheme}://{page.netloc}" == f"{request.scheme}://{request.get_host()}"
    return urlunsplit(("", "", "/" + page.path.lstrip("/"), page.query, "")) if ours else ""


def _referer(request: HttpRequest) -> SplitResult:
    try:
        return urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return urlsplit("")
