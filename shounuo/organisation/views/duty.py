"""The duty roster of a unit: a month to read, to print, to arrange; taken from a file."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shounuo.ledger.moments import begin_of, civil, day_of, instant
from shounuo.organisation import actions
from shounuo.organisation.access import Actor, may
from shounuo.organisation.duty import on_duty, supervisors_on_duty
from shounuo.organisation.forms.duty import PLACES, BandForm, MonthForm, RosterFileForm
from shounuo.organisation.models import Absence, Appointment, Person, Shift, Unit
from shounuo.organisation.roster_file import BadRoster, read_roster
from shounuo.organisation.views.entry import staff_page
from shounuo.organisation.views.sight import done, house_of, need, page

USUAL = time(8, 30), time(17, 30)


@require_safe
@staff_page
def duty(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A month of one unit, and who is on duty now."""
    house, now = house_of(actor), timezone.now()
    unit, first = _unit(request, house), _month(request)
    days = _days(first)
    context = {
        "tab": "duty",
        "unit": unit,
        "units": _units(house),
        "month": first,
        "before": _shifted(first, -1),
        "after": _shifted(first, 1),
        "rows": _rows(unit, days),
        "today": day_of(now),
        "on_duty": _names(on_duty(unit.pk, now)),
        "supervisors": _names(supervisors_on_duty(unit.pk, now)),
        "may_edit": may(actor, "edit_roster", unit),
    }
    return page(request, actor, "duty", context)


def _units(house: Unit) -> list[Unit]:
    return list(Unit.objects.within(house).filter(closed_on__isnull=True).order_by("path"))


def _unit(request: HttpRequest, house: Unit) -> Unit:
    """The unit named in the address, else the whole house."""
    code = request.GET.get("unit", "")
    return next((one for one in _units(house) if one.code == code), house)


def _month(request: HttpRequest) -> date:
    """The first day of the month named in the address, else of this one."""
    today = day_of(timezone.now())
    try:
        said = datetime.strptime(request.GET.get("month", ""), "%Y-%m").date()  # noqa: DTZ007 - a civil month
    except ValueError:
        return today.replace(day=1)
    return said if 2000 <= said.year <= 2100 else today.replace(day=1)


def _days(first: date) -> list[date]:
    return [first.replace(day=n) for n in range(1, monthrange(first.year, first.month)[1] + 1)]


def _shifted(first: date, by: int) -> date:
    month = first.year * 12 + first.month - 1 + by
    return date(month // 12, month % 12 + 1, 1)


def _shifts(unit: Unit, days: list[date]) -> list[Shift]:
    begin, end = (begin_of(day) for day in (days[0], days[-1] + timedelta(days=1)))
    found = Shift.objects.filter(unit=unit).between(begin, end).select_related("person")
    return list(found.order_by("begins_at", "supervises", "pk"))


def _rows(unit: Unit, days: list[date]) -> list[dict[str, Any]]:
    """Day by day, the shifts; who is away by an absence is marked."""
    shifts = _shifts(unit, days)
    away = list(
        Absence.objects.filter(state=Absence.State.IN_FORCE, person__in={s.person_id for s in shifts})
    )
    rows: dict[date, list[dict[str, Any]]] = {day: [] for day in days}
    for shift in shifts:
        begins = civil(shift.begins_at)
        missing = any(
            one.person_id == shift.person_id and one.from_at < shift.ends_at and one.to_at > shift.begins_at
            for one in away
        )
        rows[begins.date()].append(
            {"shift": shift, "from": begins, "to": civil(shift.ends_at), "away": missing}
        )
    return [{"day": day, "shifts": found} for day, found in rows.items()]


def _names(people: list[int]) -> list[str]:
    names = {one.pk: one.name for one in Person.objects.filter(pk__in=people)}
    return [names[one] for one in people]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def arrange(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Arrange a month of one shift."""
    house = house_of(actor)
    unit, first = _unit(request, house), _month(request)
    need(actor, "edit_roster", unit)
    asked = BandForm(request.GET if "starts" in request.GET else {"starts": "08:30", "ends": "17:30"})
    starts, ends = (asked.cleaned_data["starts"], asked.cleaned_data["ends"]) if asked.is_valid() else USUAL
    days = _days(first)
    people = _choosable(unit, days)
    if request.method == "POST":
        form = MonthForm(days, people, request.POST)
        if form.is_valid():
            turns = form.turns(starts, ends)
            fine, n = done(form, lambda s: actions.set_roster(s, unit, days, turns, (starts, ends)), actor)
            if fine:
                messages.success(request, _("已排好 %(n)s 个班。") % {"n": n})
                return redirect(_address(unit, first))
    else:
        form = MonthForm(days, people, initial=_initial(unit, days, starts, ends))
    context = {"tab": "duty", "unit": unit, "month": first, "band": asked, "form": form, "places": PLACES}
    return page(request, actor, "duty_month", context, status=422 if request.method == "POST" else 200)


def _choosable(unit: Unit, days: list[date]) -> Any:
    """Who holds a post in the unit or below it (for a section also in the house's leadership) in that month."""
    at = instant(datetime.combine(days[-1], time(12)))
    held = Appointment.objects.at(at).filter(post__unit__path__startswith=unit.path)
    leads = (
        Appointment.objects.at(at)
        .with_role("duty_supervisor")
        .filter(post__unit__path__startswith=unit.house.path)
    )
    people = {*held.values_list("person", flat=True), *leads.values_list("person", flat=True)}
    people |= {shift.person_id for shift in _shifts(unit, days)}
    return Person.objects.filter(pk__in=people).order_by("staff_no")


def _initial(unit: Unit, days: list[date], starts: time, ends: time) -> dict[str, Any]:
    """What is arranged already, in the fields."""
    said: dict[str, Any] = {}
    for shift in _shifts(unit, days):
        begins, until = civil(shift.begins_at), civil(shift.ends_at)
        if (begins.time(), until.time()) == (starts, ends):
            places = ("supervisor",) if shift.supervises else ("first", "second")
            free = [f"{place}-{begins.date().isoformat()}" for place in places]
            name = next((one for one in free if one not in said), None)
            if name:
                said[name] = shift.person_id
    return said


def _address(unit: Unit, first: date) -> str:
    return f"{reverse('organisation-duty')}?unit={unit.code}&month={first:%Y-%m}"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def take_file(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take a roster from a CSV file: all of it or, with faults, none."""
    house = house_of(actor)
    unit = _unit(request, house)
    need(actor, "edit_roster", unit)
    form = RosterFileForm(request.POST, request.FILES) if request.method == "POST" else RosterFileForm()
    faults: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            turns = read_roster(form.cleaned_data["file"].read(600 * 1024), unit)
            days = sorted({turn.day for turn in turns})
            fine, n = done(form, lambda stamp: actions.set_roster(stamp, unit, days, turns), actor)
            if fine:
                messages.success(request, _("已排好 %(n)s 个班。") % {"n": n})
                return redirect(_address(unit, days[0].replace(day=1)))
        except BadRoster as bad:
            faults = bad.faults
    context = {"tab": "duty", "unit": unit, "form": form, "faults": faults[:50], "n": len(faults)}
    return page(request, actor, "duty_file", context, status=422 if request.method == "POST" else 200)
