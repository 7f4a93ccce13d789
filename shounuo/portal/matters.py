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
from shounuo.cases.reasons import say
from shounuo.organisation.models import Unit
from shounuo.organisation.names import names_of
from shounuo.portal.access import among_opened, units_by_code
from shounuo.portal.house import clause_url
from shounuo.regulations.wording import budget_words, clause_label, said
from shounuo.rules.judgement import Clock, ClockState

PARTY_PAGES = ("rate", "dispute", "appoint", "supply", "withdraw")
"""Verbs that have a page for the person who asked."""
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
    def verbs(self) -> Mapping[str, bool]:
        """What the person may do now, by verb."""
        return {verb: not not_now(self, verb) for verb in PARTY_PAGES}

    @property
    def appointed(self) -> datetime | None:
        """The civil moment agreed to meet, while it lies ahead."""
        agreed = self.before.judged.appointed_at
        return agreed if agreed and agreed >= self.now and not self.before.judged.state.ended else None

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
            {"name": names.get(key, key), "here": key not in judged.asked} for key in notice.body["materials"]
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


def missing_papers(matter: Matter) -> list[tuple[str, str]]:
    """The papers still asked for: their ids and names."""
    service = matter.before.edition.service(matter.before.judged.service)
    names = {one.id: said(one.title) for one in service.materials} if service else {}
    return [(key, names.get(key, key)) for key in matter.before.judged.asked]


def not_now(matter: Matter, verb: str) -> str:
    """Why the person who asked cannot do this now, in words meant for them; "" when they can."""
    if verb == "supply":
        waits = matter.before.judged.asked and not matter.before.judged.state.ended
        return "" if waits else _("现在没有要您补的材料。")
    judged = matter.before.judged.verbs[verb]
    if judged.allowed:
        return ""
    code = judged.why.code if judged.why else ""
    if code == "ended":
        return _("事项已经终结，不用再做这一步。")
    return {
        "rate": {
            "not_ended": _(
                "事项还在办理，办结以后才能评价。办结后，进度页上会有“评价”，结果通知书上也有评价码。"
            ),
            "already_rated": _("您已经评价过了；每件事只评一次。"),
        },
        "dispute": {
            "not_ended": _(
                "事项还在办理，还没有结果；对结果有异议的，办结以后再提。着急的请打承办科室的电话。"
            ),
            "already_disputed": _("您提出的异议正在处理，请等待答复。"),
        },
    }.get(verb, {}).get(code) or say(judged.why, matter.now.year)
