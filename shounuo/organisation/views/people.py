"""People, their posts and their accounts."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shounuo.ledger.moments import day_of
from shounuo.organisation import actions
from shounuo.organisation.access import Actor, may
from shounuo.organisation.forms import people as forms
from shounuo.organisation.models import Account, Appointment, Person
from shounuo.organisation.views.entry import staff_page
from shounuo.organisation.views.sight import done, house_of, need, once, page, person_or_404
from shounuo.organisation.views.units import Verb

PAGE = 50
PERSON_VERBS = {
    "change": Verb(lazy("修改"), lazy("改姓名、电话。"), "enrol", forms.PersonForm),
    "appoint": Verb(lazy("任命"), lazy("任命到一个岗位，从哪天起。"), "appoint", forms.AppointForm),
    "account": Verb(
        lazy("开设账号"), lazy("给一个登录名和首次密码。"), "manage_accounts", forms.OpenAccountForm
    ),
}
END = Verb(lazy("免去任职"), lazy("从某一天起不再任这个岗位。"), "appoint", forms.EndForm)
ENROL = Verb(
    lazy("登记人员"), lazy("把一位工作人员登记到名册，可以同时任命和开账号。"), "enrol", forms.EnrolForm
)


@require_safe
@staff_page
def people(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everybody of the house, with today's posts."""
    house, now = house_of(actor), timezone.now()
    word = request.GET.get("q", "").strip()[:60]
    found = Person.objects.filter(organisation=house).select_related("account").order_by("staff_no", "pk")
    if word:
        same = Q(name_zh__icontains=word) | Q(name_en__icontains=word) | Q(staff_no__iexact=word)
        found = found.filter(same | Q(account__sign_in_name__iexact=word))
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    held = Appointment.objects.at(now).filter(person__in=list(shown)).select_related("post__unit")
    posts: dict[int, list[Appointment]] = {}
    for one in held.order_by("pk"):
        posts.setdefault(one.person_id, []).append(one)
    context = {
        "tab": "people",
        "word": word,
        "shown": shown,
        "rows": [{"person": one, "held": posts.get(one.pk, [])} for one in shown],
        "may_enrol": may(actor, "enrol", house),
        "may_accounts": may(actor, "manage_accounts", house),
    }
    return page(request, actor, "people", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def enrol(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Somebody new."""
    house = house_of(actor)
    need(actor, ENROL.right, house)
    form = forms.EnrolForm(house, day_of(timezone.now()), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        fine, found = done(form, lambda stamp: form.act(stamp, house), actor)
        if fine:
            there, word = found
            return _after(request, actor, there, word, ENROL)
    context = {"tab": "people", "form": form, "verb": ENROL}
    return page(request, actor, "change", context, status=422 if request.method == "POST" else 200)


def _after(request: HttpRequest, actor: Actor, person: Person, word: str, verb: Verb) -> HttpResponse:
    """Back to the person; a first password is shown once, on the answer to the form itself."""
    if word:
        return page(request, actor, "first_password", {"tab": "people", "person": person, "word": word})
    messages.success(request, _("已记下：%(verb)s") % {"verb": verb.title})
    return redirect("organisation-person", person.pk)


@require_safe
@staff_page
def person(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One person: posts past and present, account, what can be changed."""
    here, now = person_or_404(actor, pk), timezone.now()
    house = here.organisation
    held = here.appointments.select_related("post__unit").order_by("-from_date", "-pk")
    verbs = [
        {"key": key, "verb": verb}
        for key, verb in PERSON_VERBS.items()
        if may(actor, verb.right, house) and not (key == "account" and here.account_id)
    ]
    context = {
        "tab": "people",
        "person": here,
        "held": [{"one": one, "state": _state(one, day_of(now))} for one in held],
        "verbs": verbs,
        "may_appoint": may(actor, "appoint", house),
        "may_accounts": may(actor, "manage_accounts", house),
        "absences": here.absences.standing().filter(to_at__gt=now).order_by("from_at"),
    }
    return page(request, actor, "person", context)


def _state(one: Appointment, today: Any) -> str:
    if one.from_date > today:
        return "coming"
    return "over" if one.to_date is not None and one.to_date <= today else "now"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def person_verb(request: HttpRequest, actor: Actor, pk: int, verb: str) -> HttpResponse:
    """One change of a person."""
    here = person_or_404(actor, pk)
    if verb not in PERSON_VERBS:
        raise Http404
    return _change(request, actor, here, PERSON_VERBS[verb])


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def end(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """End an appointment."""
    held = Appointment.objects.filter(pk=pk).select_related("post__unit").first()
    if held is None:
        raise Http404
    return _change(request, actor, person_or_404(actor, held.person_id), END, held=held)


def _change(request: HttpRequest, actor: Actor, here: Person, verb: Verb, **more: Any) -> HttpResponse:
    need(actor, verb.right, here.organisation)
    today = day_of(timezone.now())
    form = verb.form(here, today, request.POST if request.method == "POST" else None, **more)
    if request.method == "POST" and form.is_valid():
        fine, word = done(form, lambda stamp: form.act(stamp, here), actor)
        if fine:
            return _after(request, actor, here, word, verb)
    context = {"tab": "people", "form": form, "verb": verb, "person": here, **more}
    return page(request, actor, "change", context, status=422 if request.method == "POST" else 200)


@require_POST
@staff_page
def account_verb(request: HttpRequest, actor: Actor, pk: int, verb: str) -> HttpResponse:
    """One button: close the account, open it again, give a first password, take the second factor off."""
    here = person_or_404(actor, pk)
    need(actor, "manage_accounts", here.organisation)
    if here.account is None or verb not in ("close", "reopen", "reset", "no-codes"):
        raise Http404
    account: Account = here.account
    if verb == "reset":
        word = once(request, lambda s: actions.give_first_password(s, account), actor, _("已发给首次密码"))
        return _after(request, actor, here, word or "", END) if word else redirect("organisation-person", pk)
    act, said = {
        "close": (actions.close_account, _("账号已停用")),
        "reopen": (actions.reopen_account, _("账号已恢复")),
        "no-codes": (actions.forget_codes, _("已停用动态口令")),
    }[verb]
    once(request, lambda stamp: act(stamp, account), actor, said)
    return redirect("organisation-person", pk)
