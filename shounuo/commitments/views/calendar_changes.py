"""Changing a calendar: a year's notice (typed or from a file), days set apart, other office hours.

Here and not among the regulations, because what it would do to open clocks is shown before it is kept.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from shounuo.commitments.foreseeing import Foresight, first_day, foresee, with_calendar
from shounuo.commitments.recomputing import counted_after
from shounuo.ledger.actions import Conflict
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.actions import Stamp
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations import access, actions
from shounuo.regulations.calendar_files import LARGEST, BadLines, read_file
from shounuo.regulations.calendar_forms import ChangeForm, DaysForm, HoursForm, YearForm, typed_from
from shounuo.regulations.views.calendars import Kept, kept_or_404
from shounuo.regulations.views.sight import Sight, changed_meanwhile, sight_of
from shounuo.regulations.year_table import changed
from shounuo.rules.calendars import compile_calendar
from shounuo.rules.calendars.changes import day_changes


class Way(NamedTuple):
    """A way of changing a calendar."""

    form: type[ChangeForm]
    title: str | Promise
    lead: str | Promise


WAYS = {
    "year": Way(
        YearForm, lazy("公布一年的放假安排"), lazy("照国务院办公厅的通知录入，或者从文件读入，再核对。")
    ),
    "days": Way(DaysForm, lazy("另定几天"), lazy("停办、半天或另定时间的日子；也可以把另定的日子恢复平常。")),
    "hours": Way(HoursForm, lazy("改上班时间"), lazy("自某一天起的每周上班时间和季节时间。")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def change(request: HttpRequest, actor: Actor, adoption: int, name: str, what: str) -> HttpResponse:
    """Type, look at what it would do, keep."""
    here = sight_of(actor, adoption)
    kept, way = kept_or_404(here, name), WAYS.get(what)
    if way is None:
        raise Http404
    if not access.may(actor, "keep_calendar", here.organisation):
        return _show(request, here, kept, what, None, status=403)
    asked = {"version": kept.version}
    if request.method != "POST":
        return _show(request, here, kept, what, way.form(kept.spec, here.today, initial=asked))
    if "read" in request.POST:
        return _read(request, here, kept, what)
    form = way.form(kept.spec, here.today, request.POST)
    if not form.is_valid() or form.changed is None:
        return _show(request, here, kept, what, form, status=422)
    if form.cleaned_data["version"] != kept.version:
        return changed_meanwhile(request)
    if "confirmed" in request.POST:
        return _keep(request, here, kept, what, form)
    return _show(request, here, kept, what, form, confirm="back" not in request.POST)


def _read(request: HttpRequest, here: Sight, kept: Kept, what: str) -> HttpResponse:
    """Fill the form from a file; nothing is kept yet."""
    form = YearForm(kept.spec, here.today, initial={"version": kept.version})
    sent = request.FILES.get("file")
    if sent is None:
        return _show(request, here, kept, what, form, status=422, wrong=[_("请先选一个文件。")])
    try:
        notice = read_file(sent.name or "", sent.read(LARGEST + 1))
    except BadLines as refused:
        return _show(request, here, kept, what, form, status=422, wrong=refused.faults)
    except actions.Refused as refused:
        return _show(request, here, kept, what, form, status=422, wrong=[str(refused)])
    note = _("公布 %(year)s 年放假安排") % {"year": notice.year}
    initial = {"version": kept.version, "note": note, **typed_from(notice)}
    messages.success(request, _("已从文件读入，请核对后再下一步。"))
    return _show(request, here, kept, what, YearForm(kept.spec, here.today, initial=initial))


def _keep(request: HttpRequest, here: Sight, kept: Kept, what: str, form: ChangeForm) -> HttpResponse:
    said, now = form.cleaned_data, timezone.now()
    assert form.changed is not None
    try:
        row = actions.keep_calendar(
            here.organisation, kept.name, form.changed, kept.version, Stamp(here.actor.actor_id, now),
            said["note"], said["document"],
        )  # fmt: skip
    except actions.Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _show(request, here, kept, what, form, status=422)
    except Conflict:
        return changed_meanwhile(request)
    actions.plan(now)
    messages.success(request, _("已保存为第 %(n)s 版；在办事项的期限在后台重算。") % {"n": row.version})
    return redirect("regulation-calendar", here.adoption.pk, kept.name)


def _show(
    request: HttpRequest, here: Sight, kept: Kept, what: str, form: ChangeForm | None,
    confirm: bool = False, status: int = 200, wrong: Sequence[str] = (),
) -> HttpResponse:  # fmt: skip
    page: dict[str, Any] = {
        "here": here, "now": civil(here.now), "kept": kept, "what": what, "way": WAYS[what], "form": form,
        "confirm": confirm, "wrong": wrong,
    }  # fmt: skip
    if confirm and form is not None:
        page |= _foreseen(here, kept, form)
    return render(request, "commitments/calendar_change.html", page, status=status)


def _foreseen(here: Sight, kept: Kept, form: ChangeForm) -> dict[str, Any]:
    """What would change: days, and the dues of open matters."""
    assert form.changed is not None
    old, new = kept.calendar, compile_calendar(form.changed)
    found = list(day_changes(old, new))
    foresight: Foresight | None = None
    if found:
        clocks = counted_after(here.organisation.pk, kept.name, found[0].day)
        editions = with_calendar(here.organisation.pk, kept.name, form.changed, here.now)
        foresight = foresee(clocks, editions, first_day(here.today, here.now))
    return {"concerns": form.concerns(), "difference": changed(old, new, found),  "foresight": foresight,
            "typed": _typed(form)}  # fmt: skip


def _typed(form: ChangeForm) -> list[tuple[str, str]]:
    """What was typed, to be posted again."""
    return [(name, str(form.data.get(name, ""))) for name in form.fields]
