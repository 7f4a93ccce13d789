"""A matter as the person who asked sees it: opened by number and secret, without anything internal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shounuo.cases.actions import Before, stand
from shounuo.cases.clock_cards import standing
from shounuo.cases.derivation import Derivation, derive
from shounuo.cases.models import Case, State
from shounuo.cases.projection import leading
from shounuo.organisation.models import Unit
from shounuo.organisation.names import names_of
from shounuo.portal.access import among_opened, units_by_code
from shounuo.portal.house import clause_url
from shounuo.regulations.wording import budget_words, clause_label, said
from shounuo.rules.judgement import Clock, ClockState

KEPT_OPEN = 12
SESSION_KEY = "matters"


def open_for(request: HttpRequest, stream: UUID) -> None:
    """Let this session see one matter; the oldest of more than twelve is closed.

    The session gets a new key, so that whoever knew the old one (a shared computer) sees nothing of it.
    """
    request.session.cycle_key()
    kept = [one for one in request.session.get(SESSION_KEY, []) if one != stream.hex]
    request.session[SESSION_KEY] = [*kept, stream.hex][-KEPT_OPEN:]


def close_for(request: HttpRequest, stream: UUID) -> None:
    """Let this session no longer see the matter."""
    request.session[SESSION_KEY] = [one for one in request.session.get(SESSION_KEY, []) if one != stream.hex]
    if request.session.get("receipt") == stream.hex:
        del request.session["receipt"]


def opened(request: HttpRequest, number: str) -> Case | None:
    """The matter of this number if this session opened it; None alike for one that does not exist."""
    return among_opened(number, request.session.get(SESSION_KEY, []))


@dataclass(frozen=True, slots=True)
class ShownClock:
    """A clock in words, with its derivation."""

    clock: Clock
    title: str
    label: str
    url: str
    why: Derivation
    left: str
    state: str


@dataclass(frozen=True, slots=True)
class Matter:
    """What the progress page shows."""

    before: Before
    now: datetime
    title: str
    state: str
    main: ShownClock | None
    others: Sequence[ShownClock]
    section: Unit | None
    handing_to: Unit | None
    names: Mapping[str, str]

    @property
    def case(self) -> Case:
        """The matter's row."""
        return self.before.case

    def may(self, verb: str) -> bool:
        """Whether the person who asked may do this now."""
        return self.before.judged.verbs[verb].allowed

    @property
    def may_rate(self) -> bool:
        """Whether a rating is open."""
        return self.may("rate")

    @property
    def may_withdraw(self) -> bool:
        """Whether it can still be taken back."""
        return self.may("withdraw")

    @property
    def broken(self) -> bool:
        """Whether a public promise of this matter is broken and still open."""
        return any(one.clock.state is ClockState.BREACHED for one in (self.main, *self.others) if one)

    @property
    def first_asked(self) -> str:
        """The name of the first-asked, "" while there is none."""
        return self.names.get(self.before.judged.first_asked or "", "")

    @property
    def handler(self) -> str:
        """The name of the handler, "" while there is none."""
        return self.names.get(self.before.judged.handler or "", "")

    @property
    def ends_with(self) -> str:
        """What this kind of matter ends with."""
        return pgettext("ends", "答复") if self.before.judged.kind == "enquiry" else pgettext("ends", "办结")


def matter_of(stream: UUID, at: datetime) -> Matter:
    """A matter as it stands at ``at`` (aware)."""
    before = stand(stream, at)
    judged, pack = before.judged, before.edition.pack
    seen = [clock for clock in judged.clocks if pack.commitments[clock.rule].public]
    main = leading(seen)
    if main is not None and main.ended_at is not None and not judged.state.ended:
        main = None  # a lesser promise that was kept says nothing about when the matter ends
    live = [clock for clock in seen if clock is not main and clock.ended_at is None]
    units = units_by_code(before.case.organisation_id)
    return Matter(
        before=before,
        now=judged.at,
        title=title_of(before),
        state=str(State(judged.state.value).label),
        main=shown(main, before) if main else None,
        others=[shown(clock, before) for clock in live],
        section=units.get(judged.section or ""),
        handing_to=units.get(judged.handing_to or ""),
        names=names_of([*(fact.by for fact in before.facts), judged.first_asked or "", judged.handler or ""]),
    )


def title_of(before: Before) -> str:
    """What the matter is about: its service, else its kind."""
    service = before.edition.service(before.judged.service)
    return said(service.title) if service else str(before.case.get_kind_display())


def shown(clock: Clock, before: Before) -> ShownClock:
    """A clock with its promise, what is left of it and why."""
    rule = before.edition.pack.commitments[clock.rule]
    why = derive(clock, before.facts, before.edition, before.judged.at, clause_url)
    state, left = standing(clock, before.edition.calendar(clock.calendar), before.judged.at)
    label = clause_label(before.edition.pack, clock.clause)
    return ShownClock(clock, said(rule.title), label, clause_url(clock.clause), why, left, state)


def notices_of(matter: Matter) -> list[dict[str, Any]]:
    """The notices given: number, moment, and each paper asked for with whether it is here."""
    judged, found = matter.before.judged, []
    service = matter.before.edition.service(judged.service)
    names = {m.id: said(m.title) for m in service.materials} if service else {}
    for notice in matter.case.notices.order_by("seq"):
        papers = [
            {"name": names.get(key, key), "here": key not in judged.missing}
            for key in notice.body["materials"]
        ]
        found.append({"notice": notice, "papers": papers})
    return found


def waiting_words(matter: Matter) -> str:
    """What an application whose papers are not complete waits for; its limit has not begun."""
    judged = matter.before.judged
    if judged.state.ended or judged.kind != "application" or judged.complete:
        return ""
    service = matter.before.edition.service(judged.service)
    limit = (service.promised_limit or service.statutory_limit) if service else None
    words = budget_words(limit) if limit else _("承诺的时限")
    if judged.missing:
        return _("请补齐下面列出的材料。补齐的次日起算，%(words)s内办结。") % {"words": words}
    return _("材料核对齐全后开始计算办理时限：%(words)s。") % {"words": words}
