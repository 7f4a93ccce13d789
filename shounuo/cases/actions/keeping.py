"""Keeping and dropping filters: somebody's own, so nothing of it is in the record."""

from urllib.parse import parse_qsl, urlencode

from shounuo.cases.models import SavedFilter
from shounuo.cases.saved import MOST
from shounuo.organisation.refusals import NotPossible

NOT_KEPT = ("page", "csrfmiddlewaretoken")


class TooMany(NotPossible):
    """Nobody keeps more than `MOST` filters."""


def keep_filter(actor_id: str, name: str, query: str) -> None:
    """Keep the filters of an address under a name; the same name again means the new ones. Raises `TooMany`."""
    said = [(field, value) for field, value in parse_qsl(query) if field not in NOT_KEPT]
    kept = SavedFilter.objects.filter(actor=actor_id)
    if not kept.filter(name=name).exists() and kept.count() >= MOST:
        raise TooMany(str(MOST))
    SavedFilter.objects.update_or_create(
        actor=actor_id, name=name, defaults={"query": urlencode(said)[:1000]}
    )


def drop_filter(actor_id: str, pk: int) -> None:
    """Forget one of one's own filters; another's, or one that is gone, changes nothing."""
    SavedFilter.objects.filter(actor=actor_id, pk=pk).delete()
