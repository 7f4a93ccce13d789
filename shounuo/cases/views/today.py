"""Today: what waits for me, in the order in which it is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from shounuo.cases import access
from shounuo.cases.models import CaseQuerySet, State
from shounuo.cases.rows import Row, rows
from shounuo.cases.time_left import working_days
from shounuo.cases.wording import Label
from shounuo.commitments.models import RunningClock
from shounuo.ledger.models import Fact
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.views.entry import staff_page
from shounuo.rules.engine.matter import BAD_RATING

MOST = 200
ONE_DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
GROUPS: dict[str, tuple[Label, str]] = {
    "late": (lazy("已经逾期"), "broken"),
    "today": (lazy("今天到期"), "risk"),
    "soon": (lazy("两个工作日内到期"), "risk"),
    "later": (lazy("以后到期"), ""),
    "paused": (lazy("等材料，暂停计时"), "paused"),
    "no_clock": (lazy("没有在走的时限"), ""),
}
"""Group -> its title and the style of its tile."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading."""

    key: str
    title: Label
    style: str
    rows: Sequence[Row]
    verb: str = ""


@require_safe
@staff_page
def today(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The first page of the day."""
    now = timezone.now()
    mine = list(_with_units(access.today_of(actor))[:MOST])
    handed = [case for case in mine if case.handing_to_id in actor.unit_ids]
    own = [case for case in mine if case not in handed]
    asked, led = list(_to_decide(actor)), list(_with_leader(actor))
    first = [
        Group("handed", lazy("移交到本科室，等待接收"), "risk", rows(handed, civil(now)), "accept_hand_over"),
        Group("untaken", lazy("还没有人接的"), "risk", rows(_untaken(actor), civil(now)), "take_up"),
        Group("decide", lazy("等我决定的延期申请"), "risk", rows(asked, civil(now)), "grant_extension"),
        Group(
            "word",
            lazy("等我批示的事项"),
            "risk",
            rows(led, civil(now)),
            "record_leader_decision",
        ),
        Group(
            "disputed", lazy("当事人有异议，等待答复"), "risk", rows(_disputed(actor), civil(now)), "reopen"
        ),
        Group("bad", lazy("差评等待整改"), "risk", rows(_rated_badly(actor), civil(now)), "remedy"),
        Group("after", lazy("办完之后还欠着的"), "risk", rows(_after(actor), civil(now))),
    ]
    groups = _grouped(rows(own, civil(now)), civil(now))
    page = {
        "first": [group for group in first if group.rows],
        "groups": [group for group in groups if group.rows],
        "tiles": [group for group in groups if group.key in ("late", "today", "soon", "paused")],
        "total": len({case.pk for case in (*mine, *asked, *led)}),
        "has_own": bool(mine),
        "most": MOST,
        "registers": access.registers(actor),
        "now": civil(now),
    }
    return render(request, "cases/today.html", page)


def _with_units(cases: CaseQuerySet) -> CaseQuerySet:
    return cases.select_related("section", "handing_to")


def _untaken(actor: Actor) -> CaseQuerySet:
    takers = access.GRANTS["take_up"] | {"handler"}
    if not takers & actor.acting_roles:
        return access.seen_by(actor).none()
    return _with_units(access.seen_by(actor).open().filter(first_asked="").by_due())[:MOST]


def _with_leader(actor: Actor) -> CaseQuerySet:
    if "leader_in_charge" not in actor.acting_roles:
        return access.seen_by(actor).none()
    return _with_units(access.seen_by(actor).filter(state=State.WITH_LEADER).by_due())[:MOST]


def _disputed(actor: Actor) -> CaseQuerySet:
    """Ended matters with an objection nobody has answered, for those who may answer it."""
    seen = access.seen_by(actor)
    if not access.GRANTS["answer_dispute"] & actor.acting_roles:
        return seen.none()
    return _with_units(seen.filter(disputed=True).order_by("ended_at"))[:MOST]


def _after(actor: Actor) -> CaseQuerySet:
    """Ended matters on which a promise still runs, such as a call-back, for those who make it."""
    seen = access.seen_by(actor)
    if not access.GRANTS["return_visit"] & actor.acting_roles:
        return seen.none()
    live = RunningClock.objects.filter(ended_at__isnull=True, organisation=actor.organisation_id or 0)
    owed = seen.filter(ended_at__isnull=False, due_at__isnull=False, stream__in=live.values("stream"))
    return _with_units(owed.by_due())[:MOST]


def _rated_badly(actor: Actor) -> CaseQuerySet:
    """Bad ratings not put right yet, for those who do so; never how oneself was rated."""
    seen = access.seen_by(actor)
    if not access.GRANTS["remedy"] & actor.acting_roles:
        return seen.none()
    remedied = Fact.objects.filter(kind="remedied").values("stream")
    bad = seen.filter(rating__lte=BAD_RATING, ended_at__isnull=False).exclude(stream__in=remedied)
    others = bad.exclude(handler=actor.actor_id).exclude(first_asked=actor.actor_id)
    return _with_units(others.order_by("ended_at"))[:MOST]


def _to_decide(actor: Actor) -> CaseQuerySet:
    """Matters with an extension asked for and not decided, for those who decide."""
    seen = access.seen_by(actor)
    if "leader_in_charge" not in actor.acting_roles:
        return seen.none()
    asked = dict.fromkeys(
        Fact.objects.filter(kind="extension_requested", stream__in=seen.open().values("stream"))
        .order_by("-id")
        .values_list("stream", flat=True)[:MOST]
    )
    kinds = ("extension_requested", "extension_granted", "extension_refused")
    said = Fact.objects.filter(stream__in=list(asked), kind__in=kinds).order_by("stream", "seq")
    last = dict(said.values_list("stream", "kind"))
    pending = [stream for stream, kind in last.items() if kind == "extension_requested"]
    return _with_units(seen.filter(stream__in=pending).by_due())


def _grouped(lines: Sequence[Row], now: datetime) -> list[Group]:
    found: dict[str, list[Row]] = {key: [] for key in GROUPS}
    for line in lines:
        found[_group(line, now)].append(line)
    return [Group(key, title, style, found[key]) for key, (title, style) in GROUPS.items()]


def _group(line: Row, now: datetime) -> str:
    if line.due is None:
        return "paused" if line.chip == "paused" else "no_clock"
    if now > line.due:
        return "late"
    if line.due.date() == now.date():
        return "today"
    calendar = line.calendar
    tonight = datetime.combine(now.date() + ONE_DAY, time())
    days = working_days(calendar, tonight - SECOND, line.due)
    return "soon" if days is not None and days <= 2 else "later"
