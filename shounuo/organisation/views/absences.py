"""Who is away, who stands in; being away, approving, coming back."""

from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shounuo.ledger.moments import civil
from shounuo.organisation import actions
from shounuo.organisation.access import GRANTS, Actor, may, may_decide, may_end
from shounuo.organisation.forms.absences import GROUP_WORDS, AbsenceForm
from shounuo.organisation.models import Absence, Appointment, Person
from shounuo.organisation.views.entry import staff_page
from shounuo.organisation.views.sight import done, house_of, once, page, person_or_404

MOST = 200


@require_safe
@staff_page
def absences(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Mine, those that wait for my word, those I stand in for, and everybody's of now and later."""
    house, now = house_of(actor), timezone.now()
    standing = Absence.objects.standing().filter(person__organisation=house, to_at__gt=now)
    found = list(standing.select_related("person", "delegate").order_by("from_at", "pk")[:MOST])
    context = {
        "tab": "absences",
        "mine": [_row(one, actor) for one in found if one.person_id == actor.person_id],
        "asked": [_row(one, actor) for one in found if _waits_for(one, actor)],
        "mine_to_do": [
            _row(one, actor)
            for one in found
            if one.delegate_id == actor.person_id and one.state == Absence.State.IN_FORCE
        ],
        "others": [_row(one, actor) for one in found if one.person_id != actor.person_id],
        "may_enter": any(may(actor, "enter_absence", unit) for unit in house.units.all())
        or may(actor, "enter_absence", house),
        "has_person": actor.person_id is not None,
    }
    return page(request, actor, "absences", context)


def waiting_for(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Absences that wait for the reader's word, as `absence_rows.html` draws them; none for whoever approves none."""
    if actor.organisation_id is None or not any("approve_absence" in GRANTS[role] for role in actor.roles):
        return []
    asked = Absence.objects.filter(
        state=Absence.State.REQUESTED, to_at__gt=now, person__organisation=actor.organisation_id
    )
    found = asked.select_related("person", "delegate").order_by("from_at", "pk")[:MOST]
    return [_row(one, actor) for one in found if _waits_for(one, actor)]


def _waits_for(one: Absence, actor: Actor) -> bool:
    return one.state == Absence.State.REQUESTED and may_decide(actor, one, timezone.now())


def _row(one: Absence, actor: Actor) -> dict[str, Any]:
    now = timezone.now()
    decides = may_decide(actor, one, now)
    return {
        "one": one,
        "from": civil(one.from_at),
        "to": civil(one.to_at),
        "now": one.covers(now),
        "scope": scope_words(one),
        "reason": one.get_reason_display() if decides or one.person_id == actor.person_id else "",
        "decides": decides and one.state == Absence.State.REQUESTED,
        "ends": may_end(actor, one, now),
    }


def scope_words(one: Absence) -> str:
    """What the delegate may do, in words."""
    rules = import_module(settings.ABSENCE_RULES)
    names: dict[str, Any] = {
        "kinds": dict(rules.kinds()),
        "verbs": GROUP_WORDS,
        "services": dict(rules.services(one.person.organisation, timezone.now()))
        if one.scope == "services"
        else {},
    }
    if one.scope == Absence.Scope.ALL:
        return str(Absence.Scope.ALL.label)
    return _("、").join(str(names[one.scope].get(value, value)) for value in one.scope_values)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def enter(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Enter one's own absence, or a colleague's where the table allows it (illness)."""
    person, now = _whose(request, actor), timezone.now()
    rules = import_module(settings.ABSENCE_RULES)
    approval = rules.needs_approval(person.organisation, now) and person.pk == actor.person_id
    services = rules.services(person.organisation, now)
    data = request.POST if request.method == "POST" else None
    form = AbsenceForm(person, now, rules.kinds(), services, data)
    if request.method == "POST" and form.is_valid():
        fine, _one = done(form, lambda stamp: form.act(stamp, person, approval), actor)
        if fine:
            said = _("已提交，等上级批准；批准以前仍算在岗。") if approval else _("已登记。")
            messages.success(request, said)
            return redirect("organisation-absences")
    context = {
        "tab": "absences",
        "form": form,
        "person": person,
        "own": person.pk == actor.person_id,
        "approval": approval,
        "others": _may_enter_for(actor) if person.pk == actor.person_id else [],
    }
    return page(request, actor, "absence", context, status=422 if request.method == "POST" else 200)


def _whose(request: HttpRequest, actor: Actor) -> Person:
    """The person named in the address, else oneself."""
    said = request.GET.get("person", "")
    own = actor.person_id
    if own is None:
        raise Http404
    person = person_or_404(actor, int(said) if said.isascii() and said.isdigit() and len(said) < 16 else own)
    if person.pk == own or person in _may_enter_for(actor):
        return person
    raise PermissionDenied


def _may_enter_for(actor: Actor) -> list[Person]:
    """Colleagues whose absence the actor may enter."""
    house, now = house_of(actor), timezone.now()
    reach = Q(pk__in=())
    for unit in [house, *house.units.all()]:
        if may(actor, "enter_absence", unit):
            reach |= Q(post__unit=unit)
    held = Appointment.objects.at(now).filter(reach).values("person")
    found = Person.objects.filter(pk__in=held, organisation=house).exclude(pk=actor.person_id or 0)
    return list(found.select_related("account", "organisation").order_by("staff_no"))


@require_POST
@staff_page
def decide(request: HttpRequest, actor: Actor, pk: int, verb: str) -> HttpResponse:
    """One button: approve, refuse, end."""
    house, now = house_of(actor), timezone.now()
    found = Absence.objects.filter(person__organisation=house).select_related("person__account", "delegate")
    one = found.filter(pk=pk).first()
    if one is None or verb not in ("approve", "refuse", "end"):
        raise Http404
    if not (may_end(actor, one, now) if verb == "end" else may_decide(actor, one, now)):
        raise PermissionDenied
    if verb == "end":
        once(request, lambda stamp: actions.end_absence(stamp, one), actor, _("已记下：回岗。"))
    else:
        approved = verb == "approve"
        said = _("已批准。") if approved else _("已告知不批准。")
        once(request, lambda stamp: actions.decide_absence(stamp, one, approved), actor, said)
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect(wanted if ours else "organisation-absences")
