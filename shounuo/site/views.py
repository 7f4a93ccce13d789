"""`/health/live`, `/health/ready` and `/metrics`: answered before sessions, languages and host names matter."""

import hmac
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from shounuo.site.config import config

FOLDER: Path = settings.STATIC_ROOT.parent / "counts"
TEXT = "text/plain; version=0.0.4; charset=utf-8"


def page(request: HttpRequest) -> HttpResponse | None:
    """The answer when the address is one of the three, else None. Details only for those who may have them."""
    if request.method not in ("GET", "HEAD"):
        return None
    if request.path == "/health/live":
        return HttpResponse("ok\n", content_type="text/plain")
    if request.path == "/health/ready":
        return _ready(request)
    if request.path == "/metrics":
        return _metrics(request)
    return None


def _ready(request: HttpRequest) -> HttpResponse:
    from shounuo.site.watching.health import examine

    health = examine(timezone.now())
    said = {"ready": health.ready} | ({"looks": health.looks} if may_see(request) else {})
    return JsonResponse(said, status=200 if health.ready else 503)


def _metrics(request: HttpRequest) -> HttpResponse:
    if not may_see(request):
        return HttpResponse("not found\n", content_type="text/plain", status=404)
    from shounuo.site.watching.metrics import text

    return HttpResponse(text(timezone.now(), FOLDER), content_type=TEXT)


def may_see(request: HttpRequest) -> bool:
    """Whoever has the token; without one, programs on this machine that do not come through a proxy."""
    token = config().metrics_token
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    return not _forwarded(request) and _is_this_machine(request.META.get("REMOTE_ADDR", ""))


def _forwarded(request: HttpRequest) -> bool:
    return any(
        name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "Via")
    )


def _is_this_machine(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
