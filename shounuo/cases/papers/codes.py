"""The QR codes on papers: what each opens, and the code itself as SVG."""

from dataclasses import dataclass
from urllib.parse import urlencode

import segno
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from shounuo.cases.models import Case
from shounuo.cases.papers.content import Codes
from shounuo.cases.receipts import rating_code_of, secret_of


@dataclass(frozen=True, slots=True)
class Code:
    """A code to scan, with what it does in words."""

    words: str
    address: str
    svg: SafeString


def codes_for(request: HttpRequest, case: Case, *, secret: bool) -> Codes:
    """The addresses on the papers of a matter; without the secret the page that asks for it, with the number."""
    if not secret:
        asked = _address(request, "portal-progress")
        return Codes(f"{asked}?{urlencode({'number': case.number})}" if asked else "")
    said = secret_of(case.stream)
    rating = _address(request, "portal-rate-once", case.number, rating_code_of(case.stream, case.ended_at)) \
        if case.ended_at and case.rating is None else ""  # fmt: skip
    return Codes(_address(request, "portal-short", case.number, said), rating, said)


def _address(request: HttpRequest, name: str, *args: str) -> str:
    """The full address of a page of the portal; "" while no portal is there."""
    try:
        return request.build_absolute_uri(reverse(name, args=args))
    except NoReverseMatch:
        return ""


def drawn(codes: Codes) -> list[Code]:
    """The codes to print."""
    progress = _("扫码看进度") if codes.secret else _("扫码看进度，要填回执上的查询码")
    both = ((progress, codes.progress), (_("扫码评价，只能评一次"), codes.rating))
    return [Code(words, address, svg_of(address)) for words, address in both if address]


def svg_of(address: str, border: int = 0) -> SafeString:
    """An address as a QR code (SVG)."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(scale=4, border=border, omitsize=True))  # noqa: S308 - made here, not typed
