"""Sign in and out; in demonstration mode, choose who to be."""

from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shounuo.organisation.actions import count_try, forget_session, forget_tries, note_session, take_code
from shounuo.organisation.forms.signing import CodeForm, SignInForm
from shounuo.organisation.models import Account, Appointment
from shounuo.organisation.roles import ROLES
from shounuo.organisation.views.entry import address_of

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF, HALF_LASTS = "half_signed_in", timedelta(minutes=5)
"""The session's note that the password was right and the code is still asked for; how long it holds."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; a wrong name and a wrong password answer alike."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = _account(request, form)
        if account is not None and account.asks_for_code:
            now = timezone.now().isoformat()
            request.session[HALF] = {"account": account.pk, "at": now, "next": next_page(request)}
            return redirect("sign-in-code")
        if account is not None:
            enter(request, account)
            return redirect(next_page(request))
    status = 200 if request.method != "POST" else 422
    page = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "organisation/sign_in.html", page, status=status)


def _account(request: HttpRequest, form: SignInForm) -> Account | None:
    """The account that name and password belong to; else an error on the form."""
    name, now = form.cleaned_data["name"], timezone.now()
    if not count_try(name, now, address_of(request)):
        form.add_error(None, _("错误次数过多，请 15 分钟后再试，或请管理员重设密码。"))
        return None
    account = authenticate(request, username=name.strip().lower(), password=form.cleaned_data["password"])
    if not isinstance(account, Account):
        form.add_error(None, _("登录名或密码不正确。连续输错 5 次将锁定 15 分钟。"))
        return None
    if account.first_password_until is not None and now >= account.first_password_until:
        form.add_error(None, _("首次密码已经过期，请管理员再发一个。"))
        return None
    if not account.asks_for_code:
        forget_tries(name, address_of(request))
    return account


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step, for accounts with a second factor; wrong codes count like wrong passwords."""
    half, now = request.session.get(HALF), timezone.now()
    account = Account.objects.filter(pk=half["account"], is_active=True).first() if half else None
    if half is None or account is None or now > datetime.fromisoformat(half["at"]) + HALF_LASTS:
        request.session.pop(HALF, None)
        return redirect("sign-in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not count_try(account.sign_in_name, now, address_of(request)):
            form.add_error(None, _("错误次数过多，请 15 分钟后再试，或请管理员重设密码。"))
        elif take_code(account, form.cleaned_data["code"], now):
            forget_tries(account.sign_in_name, address_of(request))
            del request.session[HALF]
            enter(request, account)
            return redirect(half["next"])
        else:
            form.add_error("code", _("口令不正确，或者已经用过。"))
    status = 200 if request.method != "POST" else 422
    return render(request, "organisation/sign_in_code.html", {"form": form}, status=status)


def enter(request: HttpRequest, account: Account) -> None:
    """Sign in, and note in which browser."""
    login(request, account, BACKEND)
    key = request.session.session_key or ""
    note_session(account, key, timezone.now(), address_of(request), browser_of(request))


def browser_of(request: HttpRequest) -> str:
    """Browser and system in a few words, so that people know their own again."""
    said = request.META.get("HTTP_USER_AGENT", "")
    browsers = {
        "Edg": "Edge",
        "MicroMessenger": "WeChat",
        "Firefox": "Firefox",
        "Chrome": "Chrome",
        "Safari": "Safari",
    }
    systems = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux")
    parts = [next((name for sign, name in browsers.items() if sign in said), "")]
    parts.append(next((name for name in systems if name in said), ""))
    return " · ".join(part for part in parts if part)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    forget_session(request.session.session_key)
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@require_safe
def who(request: HttpRequest) -> HttpResponse:
    """Demonstration mode: who can sign in as what."""
    _only_in_demonstration()
    held = Appointment.objects.at(timezone.now()).filter(person__account__is_active=True)
    held = held.select_related("person__account", "post__unit__organisation").order_by(
        "post__unit__path", "pk"
    )
    units = [
        {"name": unit.name, "people": [_sign_in_as(one) for one in people]}
        for unit, people in groupby(held, key=lambda one: one.post.unit)
    ]
    page = {"units": units, "next": request.GET.get("next", "")}
    return render(request, "organisation/who.html", page)


def _sign_in_as(held: Appointment) -> dict[str, str]:
    """Who, in which post, with which roles, and the account to sign in as."""
    account = held.person.account
    assert account is not None
    roles = _("、").join(str(ROLES[role].title) for role in held.post.roles if role in ROLES)
    return {
        "account": account.sign_in_name,
        "name": held.person.name,
        "post": held.post.title,
        "roles": roles,
    }


@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """Demonstration mode: sign in as the chosen account by one click."""
    _only_in_demonstration()
    name = request.POST.get("account", "")
    if "\0" in name:
        return HttpResponseBadRequest(_("登录名里有不能用的字符"))
    account = get_object_or_404(Account, sign_in_name=name, is_active=True)
    enter(request, account)
    return redirect(next_page(request))


def next_page(request: HttpRequest) -> str:
    """Where the reader wanted to go, when that is a page of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else settings.LOGIN_REDIRECT_URL


def _only_in_demonstration() -> None:
    """Elsewhere these pages do not exist."""
    if not settings.DEMO:
        raise Http404
