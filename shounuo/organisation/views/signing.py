"""Sign in and out; in demonstration mode, choose who to be."""

from itertools import groupby

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shounuo.organisation.actions import count_try, forget_tries
from shounuo.organisation.forms import SignInForm
from shounuo.organisation.models import Account, Appointment
from shounuo.organisation.roles import ROLES

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; a wrong name and a wrong password answer alike."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = _account(request, form)
        if account is not None:
            login(request, account, BACKEND)
            return redirect(next_page(request))
    status = 200 if request.method != "POST" else 422
    page = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "organisation/sign_in.html", page, status=status)


def _account(request: HttpRequest, form: SignInForm) -> Account | None:
    """The account that name and password belong to; else an error on the form."""
    name = form.cleaned_data["name"]
    if not count_try(name, timezone.now()):
        form.add_error(None, _("错误次数过多，请 15 分钟后再试，或请管理员重设密码。"))
        return None
    account = authenticate(request, username=name.strip().lower(), password=form.cleaned_data["password"])
    if not isinstance(account, Account):
        form.add_error(None, _("登录名或密码不正确。连续输错 5 次将锁定 15 分钟。"))
        return None
    forget_tries(name)
    return account


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
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
    return render(request, "organisation/who.html", {"units": units})


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
    account = get_object_or_404(Account, sign_in_name=request.POST.get("account", ""), is_active=True)
    login(request, account, BACKEND)
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
