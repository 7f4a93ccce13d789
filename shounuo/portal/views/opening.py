"""Opening a matter with number and secret: a wrong number and a wrong secret answer alike, and are counted."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shounuo.cases.models import Case
from shounuo.cases.receipts import open_with
from shounuo.portal.actions import count_wrong, may_open
from shounuo.portal.drafts import again, bound
from shounuo.portal.forms import OpenForm
from shounuo.portal.house import House, show
from shounuo.portal.matters import close_for, open_for, opened
from shounuo.portal.views.entry import public_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def find(request: HttpRequest, here: House) -> HttpResponse:
    """Ask for number and secret; the right ones open the matter for this session."""
    initial = {"number": request.GET.get("number", "")[:40]}
    form = bound(request, partial(OpenForm, initial=initial))
    if request.method == "POST":
        case = _open(request, here, **form.cleaned_data) if form.is_valid() else ""
        if isinstance(case, Case):
            return redirect("portal-matter", case.number)
        if answer := again(request, form, case):
            return answer
    return show(request, here, "find", {"form": form}, 422 if form.errors else 200)


@never_cache
@require_safe
@public_page
def short(request: HttpRequest, here: House, number: str, secret: str) -> HttpResponse:
    """The address of the QR code: opens like the form and leads to an address without the secret.

    A right one writes nothing but the session; a wrong one is counted, as every wrong try is.
    """
    case = _open(request, here, number, secret)
    if isinstance(case, Case):
        return redirect("portal-matter", case.number)
    form = OpenForm({"number": number[:40], "secret": ""})
    form.is_valid()
    form.errors.clear()
    form.add_error(None, case)
    return show(request, here, "find", {"form": form}, status=422)


def _open(request: HttpRequest, here: House, number: str, secret: str) -> Case | str:
    """The matter, opened for this session, or why not."""
    address = address_of(request)
    if not may_open(address, here.now):
        return _("试的次数太多，请 15 分钟后再试；急事请打电话或到窗口查。")
    case = open_with(number, secret)
    if case is None or case.organisation_id != here.unit.pk:
        count_wrong(address, here.now)
        return _("受理号和查询码对不上。请照回执再看一遍；回执丢了，请带证件到窗口查。")
    open_for(request, case.stream)
    return case


def address_of(request: HttpRequest) -> str:
    """The client's address: behind our https proxy the one it wrote last, else the connection's."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return str(forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", ""))


@require_POST
@public_page
def leave(request: HttpRequest, here: House, number: str) -> HttpResponse:
    """Close the matter for this session: on a shared computer nobody after me sees it."""
    if case := opened(request, number):
        close_for(request, case.stream)
    return redirect("portal-progress")
