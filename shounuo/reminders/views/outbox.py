"""What leaves the house: waiting, parked, gone. No address and no words: only what, when and how it went."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from shounuo.organisation.access import Actor
from shounuo.organisation.models import Person
from shounuo.organisation.views.entry import staff_page
from shounuo.outbox.actions import MOST_TRIES
from shounuo.outbox.actions import retry as take_up
from shounuo.outbox.models import Message, MessageQuerySet
from shounuo.regulations.wording import reads_chinese
from shounuo.reminders import access
from shounuo.reminders.kinds import CHANNELS, KINDS
from shounuo.rules.facts import FACT_KINDS

A_PAGE = 40
STATES: dict[str, str | Promise] = {
    "waiting": lazy("等待发送"),
    "parked": lazy("发送失败"),
    "gone": lazy("已处理"),
}
TOLD_OF = {"extension": "extension_granted", "section": "handed_over"}
"""What a party was told of -> the fact that says it best."""
NOT_NEEDED: dict[str, str | Promise] = {
    "read": lazy("已在系统里看过"), "over": lazy("时限已经不走"), "no_address": lazy("没有地址"),
    "gone": lazy("提醒已不在"), "no_words": lazy("没有可说的"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A message as the page shows it."""

    message: Message
    what: str
    whom: str
    channel: str
    skipped: str


@require_safe
@staff_page
def outbox(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The messages of the actor's organisation in one state."""
    if not access.sees_outbox(actor):
        raise Http404
    state = request.GET.get("state", "")
    state = state if state in STATES else "waiting"
    mine = access.messages_of(actor)
    page = Paginator(_in_state(mine, state), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "reminders/outbox.html",
        {"state": state, "states": STATES, "counts": _counts(mine), "page": page, "most_tries": MOST_TRIES,
         "rows": _lines(page), "now": timezone.now(),
         "may_retry": access.may(actor, "retry_message")},
    )  # fmt: skip


def _in_state(mine: MessageQuerySet, state: str) -> MessageQuerySet:
    match state:
        case "parked":
            return mine.parked().order_by("-parked_at", "-pk")
        case "gone":
            return mine.gone().order_by("-sent_at", "-pk")
    return mine.waiting().order_by("due_at", "pk")


def _counts(mine: MessageQuerySet) -> dict[str, int]:
    """How many wait and are parked."""
    open_ = mine.filter(sent_at__isnull=True)
    return open_.aggregate(
        waiting=Count("pk", filter=Q(parked_at__isnull=True)),
        parked=Count("pk", filter=Q(parked_at__isnull=False)),
    )


def _lines(page: Iterable[Message]) -> list[Line]:
    rows = list(page)
    people = Person.objects.in_bulk({one.payload["person"] for one in rows if one.payload.get("person")})
    return [_line(one, people.get(one.payload.get("person", 0))) for one in rows]


def _line(one: Message, person: Person | None) -> Line:
    said: dict[str, Any] = one.payload
    whom = person.name if person else _("当事人")
    kind = str(said.get("kind", ""))
    what = _("每日摘要") if kind == "digest" else str(KINDS[kind].title) if kind in KINDS else _fact(kind)
    if said.get("what") == "party":
        told = TOLD_OF.get(str(said.get("of", "")), kind)
        what = _("告诉当事人：%(what)s") % {"what": _fact(told)}
    return Line(
        one, what, whom, str(CHANNELS.get(one.channel, one.channel)), str(NOT_NEEDED.get(one.not_needed, ""))
    )


def _fact(kind: str) -> str:
    known = FACT_KINDS.get(kind)
    return (known.zh if reads_chinese() else known.en) if known else kind


@require_POST
@staff_page
def retry(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a parked message up again; one of another organisation does not exist."""
    if not access.may(actor, "retry_message") or not access.messages_of(actor).filter(pk=pk).exists():
        raise Http404
    if take_up(pk, timezone.now()):
        messages.success(request, _("已重新排队，稍后发送。"))
    else:
        messages.info(request, _("这条消息已不在失败之列，没有改动。"))
    return redirect("outbox")
