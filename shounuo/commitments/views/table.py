"""The table of promises for a period, what was raised lately, and what is due next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shounuo.commitments import access
from shounuo.commitments.forms import PeriodForm
from shounuo.commitments.models import Alarm, RunningClock
from shounuo.commitments.tallies import Tallies, Tally, by_rule, live_now, running, tallies
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.models import Unit
from shounuo.organisation.names import names_of
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations.editions import NotAdopted, editions_of, governing
from shounuo.regulations.models import Adoption
from shounuo.regulations.rule_wording import promise_sentence
from shounuo.regulations.sheet import mark_words
from shounuo.regulations.views.sight import house_or_404
from shounuo.regulations.wording import clause_label, said
from shounuo.rules.edition import Edition

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A promise with its counts, and the same by section."""

    key: str
    title: str
    sentence: str
    clause: str
    label: str
    tally: Tally
    sections: tuple[tuple[str, str, Tally], ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """A clock or alarm in a list. `moment` is civil: when it is due, or when the law says that it was raised."""

    stream: object
    title: str
    service: str
    whose: str
    moment: datetime
    mark: str = ""
    breach: bool = False


@require_safe
@staff_page
def table(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every promise in force: kept, late, overdue and running, with denominators."""
    house, now = house_or_404(actor), timezone.now()
    try:
        adoption, edition = governing(house.pk, now)
    except NotAdopted:
        return render(request, "commitments/none.html", {"house": house})
    sections = list(Unit.objects.sections_of(house))
    form = PeriodForm(request.GET, civil(now).date(), sections)
    counted = access.may_count(actor)
    found = tallies(house.pk, now, form.period, counted=counted)
    names, late, due = _comings(actor, counted, now, form.one_section)
    shown = {rule for rule, _pk in found} | {one.rule for one in late} | {one.rule for one in due}
    titles = _titles(house, edition, shown)
    lines = _lines(edition, titles, found, form.one_section, sections, now)
    chosen = form.one_section
    page = {
        "house": house, "now": civil(now), "form": form, "period": form.period, "adoption": adoption,
        "lines": [line for line in lines if line.tally.due or line.tally.running],
        "silent": [line for line in lines if not (line.tally.due or line.tally.running)],
        "total": sum((line.tally for line in lines), Tally()),
        "live": live_now(house.pk, now, chosen.pk if chosen else None, counted),
        "query": form.query,
        "by_section": form.cleaned_data.get("by") == "section",
        "alarms": [_alarm(titles, one, names) for one in late],
        "next": [_due(edition, titles, one, names) for one in due],
    }  # fmt: skip
    return render(request, "commitments/table.html", page)


def _titles(house: Unit, edition: Edition, wanted: set[str]) -> dict[str, str]:
    """The promises' names by their keys: as in force, else as in the newest edition that had them."""
    editions = [edition]
    if not wanted <= set(edition.pack.commitments):
        adopted = Adoption.objects.filter(organisation=house, purpose="").order_by("in_force_from")
        editions = [*editions_of(adopted.values_list("pk", flat=True)).values(), edition]
    return {key: said(rule.title) for one in editions for key, rule in one.pack.commitments.items()}


def _lines(
    edition: Edition,
    titles: Mapping[str, str],
    found: Tallies,
    only: Unit | None,
    sections: list[Unit],
    now: datetime,
) -> list[Line]:
    if only is not None:
        found = {key: one for key, one in found.items() if key[1] == only.pk}
    totals = by_rule(found)
    known = list(edition.pack.commitments)
    return [
        _line(edition, key, titles.get(key, key), totals.get(key, Tally()), found, sections, now)
        for key in [*known, *sorted(set(totals) - set(known))]
    ]


def _line(
    edition: Edition, key: str, title: str, tally: Tally, found: Tallies, sections: list[Unit], now: datetime
) -> Line:
    named = [(unit.pk, unit.code, unit.name) for unit in sections]
    parts = [(code, name, found[key, pk]) for pk, code, name in named if (key, pk) in found]
    if (key, None) in found:
        parts.append(("", _("未分科室"), found[key, None]))
    rule = edition.pack.commitments.get(key)
    if rule is None:  # only earlier editions have it
        return Line(key, title, _("以前施行的版本里的承诺"), "", "", tally, tuple(parts))
    sentence = promise_sentence(edition, rule, civil(now).date())
    label = clause_label(edition.pack, rule.clause)
    return Line(key, title, sentence, rule.clause, label, tally, tuple(parts))


def _comings(
    actor: Actor, counted: Q, now: datetime, only: Unit | None
) -> tuple[dict[str, str], list[Alarm], list[RunningClock]]:
    clocks = access.clocks_seen_by(actor, counted)
    due = clocks.filter(running(now), due_at__isnull=False, state="running").order_by("due_at", "pk")
    raised = access.alarms_seen_by(actor, counted).order_by("-at", "-pk")
    if only is not None:
        due = due.filter(section=only)
        raised = raised.filter(stream__in=clocks.filter(section=only).values("stream"))
    late, soon = list(raised[:SHOWN]), list(due[:SHOWN])
    return names_of([one.handler for one in late] + [one.handler for one in soon]), late, soon


def _due(edition: Edition, titles: Mapping[str, str], one: RunningClock, names: dict[str, str]) -> Coming:
    assert one.due_at is not None
    service = edition.service(one.service)
    title = said(service.title) if service else ""
    promise = titles.get(one.rule, one.rule)
    return Coming(one.stream, promise, title, names.get(one.handler, ""), civil(one.due_at))


def _alarm(titles: Mapping[str, str], one: Alarm, names: dict[str, str]) -> Coming:
    breach = one.mark == "breach"
    mark = _("逾期") if breach else mark_words(one.mark)
    whose = names.get(one.handler, "")
    return Coming(one.stream, titles.get(one.rule, one.rule), "", whose, civil(one.at), mark, breach)
