"""What every answer carries, and what is written down about it."""

import logging
import re
from collections.abc import Callable
from time import perf_counter
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shounuo.site import views
from shounuo.site.logs import request_id
from shounuo.site.watching.counting import Counter

log = logging.getLogger("shounuo.request")
counter = Counter(views.FOLDER)
GIVEN_ID = re.compile(r"[0-9a-f-]{16,64}")

Answering = Callable[[HttpRequest], HttpResponse]

# Scripts and styles come from our own files only. The day ribbon sets widths in style attributes, hence
# style-src-attr.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)


def watched(get_response: Answering) -> Answering:
    """Middleware, the outermost: health pages, an id for each request, one line in the log, and the counts."""

    def answer(request: HttpRequest) -> HttpResponse:
        asked = views.page(request)
        if asked is not None:
            return asked
        began, named = perf_counter(), _id_of(request)
        told = request_id.set(named)
        try:
            response = get_response(request)
            _write_down(request, response.status_code, perf_counter() - began)
        finally:
            request_id.reset(told)
        response.headers["X-Request-ID"] = named
        return response

    return answer


def _id_of(request: HttpRequest) -> str:
    """The id that our proxy gave the request, else a new one."""
    given = request.headers.get("X-Request-ID", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return given if GIVEN_ID.fullmatch(given) else uuid4().hex


def _write_down(request: HttpRequest, status: int, seconds: float) -> None:
    """The pattern of the address, never the address: that may hold numbers, secrets and what people typed."""
    found = request.resolver_match
    if found is None and request.path.startswith(settings.STATIC_URL):
        return
    counter.count(status, seconds)
    said = {"method": _method(request), "route": f"/{found.route}" if found else "-", "status": status,
            "ms": round(seconds * 1000)}  # fmt: skip
    log.info("request", extra=said)


def _method(request: HttpRequest) -> str:
    return request.method if request.method in ("GET", "HEAD", "POST", "OPTIONS") else "other"


def only_https(get_response: Answering) -> Answering:
    """Middleware: where pages are reached by https, nothing is answered to a request that did not come by it."""

    def answer(request: HttpRequest) -> HttpResponse:
        if settings.SECURE_PROXY_SSL_HEADER and not request.is_secure():
            words = _(
                "这里只通过 https 提供服务。管理员请看：代理要给每个请求加上 X-Forwarded-Proto: https。"
            )
            return HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8", status=403)
        return get_response(request)

    return answer


def content_security(get_response: Answering) -> Answering:
    """Middleware: tell the browser to run nothing that did not come from our own files."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        return response

    return answer
