"""From adoption to a compiled edition that the engine can judge by, kept in memory."""

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from shounuo.ledger.moments import civil, day_of
from shounuo.regulations.amending import amendments_to
from shounuo.regulations.models import Adoption, SettingDecision
from shounuo.regulations.versions import calendars_of
from shounuo.rules.edition import Edition
from shounuo.rules.shapes import Pack


class NotAdopted(LookupError):
    """No edition governs the organisation on that day."""


IN_FORCE = (
    "SELECT id, token, stamp FROM regulations_adoption WHERE organisation_id = %s AND purpose = '' "
    "AND in_force_from <= %s AND (in_force_to IS NULL OR in_force_to > %s) ORDER BY in_force_from DESC, id DESC LIMIT 1"
)
"""`Adoption.objects.in_force` as text: every intake asks it, and making the text took longer than the answer."""


def governing(organisation_id: int, at: datetime) -> tuple[int, Edition]:
    """The adoption's id and the edition in force in an organisation at a moment; `NotAdopted` when there is none."""
    day = day_of(at).isoformat()
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, [organisation_id, day, day])
        found = cursor.fetchone()
    if found is None:
        raise NotAdopted(str(organisation_id))
    adoption, token, stamp = found
    return adoption, _compiled(adoption, token if isinstance(token, UUID) else UUID(token), stamp)


def edition_of(adoption_id: int) -> Edition:
    """The edition of one adoption, as its settings and calendars now stand."""
    token, stamp = Adoption.objects.values_list("token", "stamp").get(pk=adoption_id)
    return _compiled(adoption_id, token, stamp)


def editions_of(adoptions: Iterable[int]) -> dict[int, Edition]:
    """The edition of each of these adoptions in the order given, by one question."""
    asked = list(dict.fromkeys(adoptions))
    rows = Adoption.objects.filter(pk__in=asked).values_list("pk", "token", "stamp")
    kept = {pk: (token, stamp) for pk, token, stamp in rows}
    return {pk: _compiled(pk, *kept[pk]) for pk in asked}


@lru_cache(maxsize=64)
def _compiled(adoption_id: int, token: UUID, stamp: int) -> Edition:
    """Kept by token and stamp: ids alone may mean another adoption after a restore."""
    adoption = Adoption.objects.select_related("text").get(pk=adoption_id)
    pack = _pack(adoption.text_id, adoption.text.digest)
    calendars, versions = calendars_of(adoption.organisation_id)
    later = [] if adoption.purpose else _later(adoption)
    amendments, settings = amendments_to(pack, later)
    return Edition(pack, _decided(adoption, pack), calendars, versions, amendments, settings)


def _later(adoption: Adoption) -> list[tuple[datetime, Pack]]:
    """Editions of the same regulation adopted for a later day, oldest first, each with the moment it binds from."""
    rows = Adoption.objects.filter(
        organisation=adoption.organisation_id, purpose="", in_force_from__gt=adoption.in_force_from,
        text__pack=adoption.text.pack,
    ).select_related("text").order_by("in_force_from")  # fmt: skip
    return [(binds_from(row), _pack(row.text_id, row.text.digest)) for row in rows]


def binds_from(adoption: Adoption) -> datetime:
    """The civil moment from which an edition binds what runs already: its first day's, or its adoption's if later."""
    return max(datetime.combine(adoption.in_force_from, time()), civil(adoption.adopted_at))


@lru_cache(maxsize=16)
def _pack(text_id: int, digest: str) -> Pack:
    content = Adoption.objects.filter(text=text_id).values_list("text__content", flat=True)[0]
    return Pack.model_validate_json(content)


def rules_begun_by(kind: str, organisations: Iterable[int]) -> frozenset[str]:
    """The promises whose clock a kind of fact starts, in any edition that these organisations ever adopted."""
    texts = Adoption.objects.filter(organisation__in=organisations).order_by()
    packs = [_pack(*text) for text in texts.values_list("text_id", "text__digest").distinct()]
    return frozenset(
        key for pack in packs for key, rule in pack.commitments.items() if kind in (rule.starts or ())
    )


def _decided(adoption: Adoption, pack: Pack) -> dict[str, tuple[tuple[date, Any], ...]]:
    rows = SettingDecision.objects.filter(organisation=adoption.organisation_id, pack=pack.head.id)
    decided: dict[str, tuple[tuple[date, Any], ...]] = {}
    for key, since, value in rows.order_by("from_date", "id").values_list("key", "from_date", "value"):
        decided[key] = (*decided.get(key, ()), (since, value))
    return decided
