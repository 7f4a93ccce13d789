"""The page behind the bell: what I was told."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from shounuo.organisation.access import Actor
from shounuo.organisation.views.entry import staff_page
from shounuo.reminders import access, actions
from shounuo.reminders.models import Reminder
from shounuo.reminders.recipients import Recipients
from shounuo.reminders.wording import Said, say

A_PAGE = 30
GRAVE = frozenset({"breached", "climbed"})


@dataclass(frozen=True, slots=True)
class Row:
    """A reminder with its words."""

    one: Reminder
    said: Said

    @property
    def grave(self) -> bool:
        """Whether a promise was broken."""
        return self.one.kind in GRAVE


@require_safe
@staff_page
def reminders(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Unread ones, or all."""
    everything, now = request.GET.get("show") == "all", timezone.now()
    found = access.reminders_of(actor)
    if not everything:
        found = found.filter(read_at__isnull=True)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    recipients = Recipients(now)
    rows = [Row(one, say(one, recipients.edition(one.organisation))) for one in page]
    return render(
        request, "reminders/bell.html",
        {"rows": rows, "page": page, "everything": everything, "now": now, "until": now.isoformat()},
    )  # fmt: skip


@require_POST
@staff_page
def read(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Mark one of my own as read; another's does not exist for me."""
    if not access.reminders_of(actor).filter(pk=pk).exists() or actor.person_id is None:
        raise Http404
    actions.read(actor.person_id, pk, timezone.now())
    return redirect(_back(request))


@require_POST
@staff_page
def read_all(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Mark as read what the page showed."""
    until = _moment(request.POST.get("until", ""))
    if actor.person_id is not None:
        actions.read_all(actor.person_id, until, timezone.now())
    return redirect("reminders")


def _moment(text: str) -> datetime:
    """When the page was shown; now when that is not said."""
    try:
        said = parse_datetime(text)
    except ValueError:
        said = None
    return said if said is not None and timezone.is_aware(said) else timezone.now()


def _back(request: HttpRequest) -> str:
    """Where the reader came from, when that is a page of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else "reminders"
