"""From adoption to a compiled edition that the engine can judge by, kept in memory."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from shounuo.ledger.moments import day_of
from shounuo.regulations.models import Adoption, OfficeCalendar, SettingDecision
from shounuo.rules.calendars import Calendar, CalendarSpec, compile_calendar
from shounuo.rules.edition import Edition
from shounuo.rules.shapes import Pack


class NotAdopted(LookupError):
    """No edition governs the organisation on that day."""


def governing(organisation_id: int, at: datetime) -> tuple[int, Edition]:
    """The adoption's id and the edition in force in an organisation at a moment; `NotAdopted` when there is none."""
    adoption = Adoption.objects.only("id", "token", "stamp").in_force(organisation_id, day_of(at))
    if adoption is None:
        raise NotAdopted(str(organisation_id))
    return adoption.pk, _compiled(adoption.pk, adoption.token, adoption.stamp)


def edition_of(adoption_id: int) -> Edition:
    """The edition of one adoption, as its settings and calendars now stand."""
    token, stamp = Adoption.objects.values_list("token", "stamp").get(pk=adoption_id)
    return _compiled(adoption_id, token, stamp)


@lru_cache(maxsize=64)
def _compiled(adoption_id: int, token: UUID, stamp: int) -> Edition:
    """Kept by token and stamp: ids alone may mean another adoption after a restore."""
    adoption = Adoption.objects.select_related("text").get(pk=adoption_id)
    pack = _pack(adoption.text_id, adoption.text.digest)
    return Edition(pack, decided=_decided(adoption, pack), calendars=_calendars(adoption.organisation_id))


@lru_cache(maxsize=16)
def _pack(text_id: int, digest: str) -> Pack:
    content = Adoption.objects.filter(text=text_id).values_list("text__content", flat=True)[0]
    return Pack.model_validate_json(content)


def _decided(adoption: Adoption, pack: Pack) -> dict[str, tuple[tuple[date, Any], ...]]:
    rows = SettingDecision.objects.filter(organisation=adoption.organisation_id, pack=pack.head.id)
    decided: dict[str, tuple[tuple[date, Any], ...]] = {}
    for key, since, value in rows.order_by("from_date", "id").values_list("key", "from_date", "value"):
        decided[key] = (*decided.get(key, ()), (since, value))
    return decided


def _calendars(organisation_id: int) -> dict[str, Calendar]:
    return {
        name: compile_calendar(CalendarSpec.model_validate(spec))
        for name, spec in OfficeCalendar.newest(organisation_id).items()
    }
