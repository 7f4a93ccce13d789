"""One's own account: password, second factor, where one is signed in."""

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import check_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shounuo.ledger.moments import civil
from shounuo.organisation import actions
from shounuo.organisation.access import Actor
from shounuo.organisation.actions import NotPossible, codes
from shounuo.organisation.forms.signing import CheckPasswordForm, ConfirmCodeForm, PasswordForm
from shounuo.organisation.models import Account
from shounuo.organisation.views.entry import address_of, needs_codes, own_page
from shounuo.organisation.views.sight import done, once
from shounuo.organisation.views.signing import browser_of


def account_of(request: HttpRequest) -> Account:
    """The account that is signed in; `own_page` made sure of one."""
    assert isinstance(request.user, Account)
    return request.user


@require_safe
@own_page
def account(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is set, and every browser in which the account is signed in."""
    own = account_of(request)
    here = request.session.session_key
    context = {
        "account": own,
        "has_person": actor.person_id is not None,
        "needs_codes": needs_codes(actor),
        "left": own.recovery_codes.filter(used_at__isnull=True).count(),
        "sessions": [
            {"one": one, "began": civil(one.began_at), "here": one.session_key == here}
            for one in own.signed_in.order_by("-began_at")
        ],
        "now": civil(timezone.now()),
    }
    return render(request, "organisation/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def password(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose a new password; other browsers are signed out."""
    own = account_of(request)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and actor.person_id is not None:
        said = form.cleaned_data
        fine, _none = done(
            form, lambda s: actions.change_own_password(s, own, said["old"], said["new"]), actor
        )
        if fine:
            _stay(request, own)
            messages.success(request, _("密码已更换，别处的登录都已退出。"))
            return redirect("own-account" if own.first_password_until is None else "own-password")
    context = {"form": form, "first": own.first_password_until is not None}
    return render(
        request, "organisation/password.html", context, status=422 if request.method == "POST" else 200
    )


def _stay(request: HttpRequest, own: Account) -> None:
    """Stay signed in here under a new session key; everywhere else is signed out."""
    actions.forget_session(request.session.session_key)
    update_session_auth_hash(request, own)
    key = request.session.session_key or ""
    actions.note_session(own, key, timezone.now(), address_of(request), browser_of(request))
    actions.end_other_sessions(own, key)


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def second_factor(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Set up the second factor: QR code, secret in letters, the first code; then the recovery codes once."""
    own = account_of(request)
    if own.asks_for_code or actor.person_id is None:
        return redirect("own-account")
    form = ConfirmCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and "begin" not in request.POST and form.is_valid():
        code = "".join(form.cleaned_data["code"].split())
        fine, words = done(form, lambda stamp: actions.confirm_codes(stamp, own, code), actor)
        if fine:
            return render(request, "organisation/recovery_codes.html", {"words": words})
    context = {"form": form, "begun": bool(own.code_seed), "needed": needs_codes(actor)}
    if request.method == "POST":
        context |= _enrolment(own)
        if "begin" in request.POST:
            context["form"] = ConfirmCodeForm()
    elif own.code_seed:
        context |= _enrolment(own)
    wrong = request.method == "POST" and "begin" not in request.POST
    return render(request, "organisation/second_factor.html", context, status=422 if wrong else 200)


def _enrolment(own: Account) -> dict[str, object]:
    secret = actions.begin_codes(own)
    address = codes.enrolment(own, _("守诺"))
    drawn = segno.make(address, error="m").svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None)
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return {"begun": True, "secret": groups, "qr": SafeString(drawn)}


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def second_factor_off(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Turn the second factor off, or make new recovery codes: both ask for the password."""
    own = account_of(request)
    form = CheckPasswordForm(request.POST if request.method == "POST" else None)
    renew = request.GET.get("do") == "renew" or "renew" in request.POST
    if not own.asks_for_code or (needs_codes(actor) and not renew):
        return redirect("own-account")
    if request.method == "POST" and form.is_valid():
        if check_password(form.cleaned_data["password"], own.password):
            return _off_or_renewed(request, actor, own, renew)
        form.add_error("password", _("现在的密码不正确"))
    context = {"form": form, "renew": renew}
    status = 422 if request.method == "POST" else 200
    return render(request, "organisation/second_factor_off.html", context, status=status)


def _off_or_renewed(request: HttpRequest, actor: Actor, own: Account, renew: bool) -> HttpResponse:
    if renew:
        words = actions.renew_recovery_codes(own)
        return render(request, "organisation/recovery_codes.html", {"words": words})
    once(request, lambda stamp: actions.forget_codes(stamp, own), actor, _("已停用动态口令"))
    return redirect("own-account")


@require_POST
@own_page
def end_session(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Sign out one browser, or all others."""
    own, which = account_of(request), request.POST.get("session", "")
    if which == "others":
        n = actions.end_other_sessions(own, request.session.session_key or "")
        messages.success(request, _("已退出其他 %(n)s 处登录。") % {"n": n})
        return redirect("own-account")
    try:
        actions.end_session(own, int(which) if which.isascii() and which.isdigit() and len(which) < 16 else 0)
        messages.success(request, _("已退出那一处登录。"))
    except NotPossible as refused:
        messages.error(request, str(refused))
    return redirect("own-account")
