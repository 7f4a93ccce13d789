"""A draft as its pages see it: found by access, its review from the record, who looks and when."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.actions import Stamp
from shounuo.regulations import access
from shounuo.regulations.drafts.packing import Packed
from shounuo.regulations.drafts.record import packed_of, review_of
from shounuo.regulations.drafts.review import Review
from shounuo.regulations.models import Draft


@dataclass(frozen=True)
class DraftSight:
    """A draft, who looks, and when (aware)."""

    draft: Draft
    actor: Actor
    now: datetime

    @cached_property
    def review(self) -> Review:
        """How far it has come."""
        return review_of(self.draft)

    @cached_property
    def packed(self) -> Packed:
        """The pack it gives."""
        return packed_of(self.draft, self.review)

    @property
    def title(self) -> str:
        """What the regulation is called by now."""
        return str(self.review.head["title"])

    @property
    def open(self) -> bool:
        """Whether it may still change."""
        return self.draft.adoption_id is None

    @property
    def may_review(self) -> bool:
        """Whether the actor may decide about it now."""
        return self.open and access.may(self.actor, "review_draft", self.draft.organisation)

    @property
    def stamp(self) -> Stamp:
        """For what the actor does now."""
        return Stamp(self.actor.actor_id, self.now)

    def page(self, tab: str, **more: Any) -> dict[str, Any]:
        """What every page of a draft shows."""
        done, clauses = self.review.clauses_done()
        return {
            "sight": self, "draft": self.draft, "review": self.review, "tab": tab, "now": civil(self.now),
            "may_review": self.may_review, "clauses_done": done, "clauses_total": clauses,
            "total": len(self.review.items), **more,
        }  # fmt: skip


def draft_or_404(actor: Actor, draft_id: int) -> DraftSight:
    """The draft with this id, seen now; "not found" and "not yours" answer alike."""
    draft = access.find_draft(actor, draft_id)
    if draft is None:
        raise Http404
    return DraftSight(draft, actor, timezone.now())


def decided_meanwhile(request: HttpRequest, draft: Draft) -> HttpResponse:
    """409: somebody else decided something about this draft while the page was open."""
    reason = _("刚才有人在这份草案里定了别的，请重看一遍再定。")
    page = {"reason": reason, "latest_url": reverse("draft-review", args=[draft.pk])}
    return render(request, "409.html", page, status=409)
