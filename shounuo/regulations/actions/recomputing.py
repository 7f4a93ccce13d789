"""Judging open clocks again in the background: planned once a cause, done in batches, restartable at any point.

A batch is one transaction: what the judgement says, the facts of what moved, and how far the recomputation has
come. A worker killed anywhere leaves the batch before it whole and this one undone; another goes on when the
lease has run out. Judging a matter again changes nothing more, so doing a batch twice would do no harm either.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from shounuo.ledger.actions import Conflict
from shounuo.ledger.moments import begin_of, day_of
from shounuo.regulations.amending import following_days
from shounuo.regulations.editions import edition_of
from shounuo.regulations.models import Adoption, OfficeCalendar, Recomputation

log = logging.getLogger("shounuo.recomputing")

SETTLE = timedelta(seconds=5)
"""Transactions that began under the edition as it was are over by then: nothing judged by it comes in behind."""
LEASE = timedelta(seconds=60)
BATCHES, SIZE = 4, 250


class Rejudged(NamedTuple):
    """What judging matters again did: dues that moved, and provisional ones that became definite."""

    moved: int = 0
    settled: int = 0


class Work(NamedTuple):
    """What the floors above lend: finding open matters (count, and the next ones behind one), and judging them."""

    count: Callable[[Recomputation], int]
    following: Callable[[Recomputation, UUID | None, int], Sequence[UUID]]
    rejudge: Callable[[Sequence[UUID], datetime], Rejudged]


def recompute(at: datetime, worker: UUID, work: Work, batches: int = BATCHES, size: int = SIZE) -> int:
    """Plan what has become due and do some batches of it; returns how many matters were looked at.

    Any number of workers may do so at once: ``worker`` names the one that holds the lease.
    """
    plan(at)
    looked = 0
    for one in (
        Recomputation.objects.exclude(state="done").filter(begins_at__lte=at).order_by("begins_at", "pk")
    ):
        if not _take(one, worker, at):
            continue
        while batches > 0:
            batches -= 1
            done = _batch(one, worker, at, work, size)
            looked += done
            if not done:
                break
    return looked


def plan(at: datetime) -> None:
    """Make the rows of what must be recomputed: one a calendar version, one a day on which amendments begin."""
    versions = OfficeCalendar.objects.filter(changed_from__isnull=False)
    for version in versions.exclude(
        pk__in=Recomputation.objects.filter(calendar__isnull=False).values("calendar")
    ):
        assert version.changed_from is not None
        _plan(version.organisation_id, version.changed_from, version.made_at + SETTLE, version.made_by,
              version.made_at, calendar=version)  # fmt: skip
    for adoption in Adoption.objects.filter(purpose=""):
        for day in sorted(_days(adoption.pk, str(adoption.token))):
            if day >= day_of(adoption.adopted_at):
                begins = begin_of(day)
                _plan(adoption.organisation_id, day, max(begins, adoption.adopted_at) + SETTLE,
                      adoption.adopted_by, adoption.adopted_at, adoption=adoption)  # fmt: skip


@lru_cache(maxsize=256)
def _days(adoption_id: int, _token: str) -> frozenset[date]:
    since = Adoption.objects.values_list("in_force_from", flat=True).get(pk=adoption_id)
    return frozenset(following_days(edition_of(adoption_id).pack, since))


def _plan(
    organisation_id: int, day: date, begins: datetime, by: str, asked: datetime,
    calendar: OfficeCalendar | None = None, adoption: Adoption | None = None,
) -> None:  # fmt: skip
    if adoption and Recomputation.objects.filter(adoption=adoption, day=day).exists():
        return
    row = Recomputation(organisation_id=organisation_id, calendar=calendar, adoption=adoption, day=day,
                        begins_at=begins, asked_by=by, asked_at=asked)  # fmt: skip
    Recomputation.objects.bulk_create([row], ignore_conflicts=True)


def _take(one: Recomputation, worker: UUID, at: datetime) -> bool:
    """Get or keep the lease; of two workers one does."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=at) | Q(lease=worker)
    rows = Recomputation.objects.filter(free, pk=one.pk).exclude(state="done")
    if not rows.update(lease=worker, leased_until=at + LEASE):
        return False
    one.refresh_from_db()
    return True


def _batch(one: Recomputation, worker: UUID, at: datetime, work: Work, size: int) -> int:
    """The next matters; 0 when there are none left, or another worker has taken over."""
    if one.state == Recomputation.State.WAITING:
        _begin(one, worker, at, work)
    streams = work.following(one, one.cursor, size)
    try:
        done = _write(one, worker, at, work, streams)
    except Conflict:
        done = _one_by_one(one, worker, at, work, streams)
    except Exception:
        log.exception("a batch of recomputation %s cannot be judged at once", one.pk)
        done = _one_by_one(one, worker, at, work, streams)
    return len(streams) if done else 0


def _begin(one: Recomputation, worker: UUID, at: datetime, work: Work) -> None:
    one.state, one.total = Recomputation.State.RUNNING, work.count(one)
    rows = Recomputation.objects.filter(pk=one.pk, lease=worker)
    rows.update(state=one.state, total=one.total, began_at=at)


def _write(one: Recomputation, worker: UUID, at: datetime, work: Work, streams: Sequence[UUID]) -> bool:
    """Judge and write some matters and move the cursor, all or nothing."""
    with transaction.atomic():
        did = work.rejudge(streams, at) if streams else Rejudged()
        return _forward(one, worker, at, streams, did)


def _forward(
    one: Recomputation, worker: UUID, at: datetime, streams: Sequence[UUID], did: Rejudged, failed: int = 0
) -> bool:
    """Move the cursor by compare-and-swap; nothing is kept when the lease went to another meanwhile."""
    mine = Recomputation.objects.filter(pk=one.pk, lease=worker, cursor=one.cursor) if one.cursor else (
        Recomputation.objects.filter(pk=one.pk, lease=worker, cursor__isnull=True)
    )  # fmt: skip
    if streams:
        values = {"cursor": streams[-1], "leased_until": at + LEASE}
    else:
        values = {"state": "done", "ended_at": at, "lease": None, "leased_until": None}
    counts = {"looked": F("looked") + len(streams), "moved": F("moved") + did.moved,
              "settled": F("settled") + did.settled, "failed": F("failed") + failed}  # fmt: skip
    if not mine.exclude(state="done").update(**values, **counts):
        transaction.set_rollback(True)
        return False
    if streams:
        one.cursor = streams[-1]
    return True


def _one_by_one(one: Recomputation, worker: UUID, at: datetime, work: Work, streams: Sequence[UUID]) -> bool:
    """Each matter for itself: one that cannot be judged is counted and logged, and holds up no other."""
    for stream in streams:
        try:
            done = _again(one, worker, at, work, stream)
        except Exception:
            log.exception("recomputation %s could not judge %s", one.pk, stream)
            with transaction.atomic():
                done = _forward(one, worker, at, [stream], Rejudged(), failed=1)
        if not done:
            return False
    return True


def _again(one: Recomputation, worker: UUID, at: datetime, work: Work, stream: UUID) -> bool:
    """One matter, tried anew when somebody recorded at the same moment."""
    for _try in range(3):
        try:
            return _write(one, worker, at, work, [stream])
        except Conflict:
            continue
    return _write(one, worker, at, work, [stream])
