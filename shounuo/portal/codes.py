"""The QR code on papers: it opens the matter it stands on."""

import segno
from django.http import HttpRequest
from django.urls import reverse

from shounuo.cases.models import Case
from shounuo.cases.receipts import secret_of


def qr_of(request: HttpRequest, case: Case) -> str:
    """The QR code of a matter's address as SVG."""
    address = request.build_absolute_uri(reverse("portal-short", args=[case.number, secret_of(case.stream)]))
    return str(segno.make(address, error="m", micro=False).svg_inline(scale=4, border=0, omitsize=True))
