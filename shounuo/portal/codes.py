"""The QR code on the receipt page: it opens the matter it stands on."""

from django.http import HttpRequest

from shounuo.cases.models import Case
from shounuo.cases.papers.codes import codes_for, svg_of


def qr_of(request: HttpRequest, case: Case) -> str:
    """The QR code of a matter's address as SVG."""
    return svg_of(codes_for(request, case, secret=True).progress)
