"""Deciding what the regulation leaves open. It writes its fact on the organisation's stream."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import JSONField, Value
from django.utils.translation import gettext as _

from shounuo.ledger.moments import day_of
from shounuo.organisation.actions.recording import Stamp
from shounuo.organisation.models import Unit
from shounuo.regulations.actions.recording import record
from shounuo.regulations.deciding import checked
from shounuo.regulations.models import Adoption, SettingDecision
from shounuo.regulations.refusals import Refused
from shounuo.rules.shapes import Pack


def decide_setting(
    organisation: Unit,
    adoption: Adoption,
    key: str,
    value: Any,
    from_date: date,
    stamp: Stamp,
    document: str = "",
    reason: str = "",
) -> SettingDecision:
    """Decide what the regulation leaves open, from a day on that has not passed.

    Running clocks keep the value in force when they started. A second decision from the same day takes the
    place of the first; both stay in the record. Raises `Refused` for a value that does not fit the
    setting's type or the rules it stands in, or a day that lies before the day of decision.
    """
    pack = Pack.model_validate_json(adoption.text.content)
    value = checked(pack, key, value)
    if from_date < day_of(stamp.at):
        raise Refused(_("生效日期不能早于今天：已经过去的期限不能改写。"), "from_date")
    with transaction.atomic():
        decision, _new = SettingDecision.objects.update_or_create(
            organisation=organisation,
            pack=pack.head.id,
            key=key,
            from_date=from_date,
            defaults={
                "value": _kept(value),
                "decided_by": stamp.by,
                "decided_at": stamp.at,
                "document": document,
            },
        )
        decision.value = value
        data = {"pack": pack.head.id, "key": key, "value": value, "from": str(from_date)}
        data |= {"document": document} if document else {}
        record(organisation, "setting_decided", data, stamp, reason)
    return decision


def _kept(value: Any) -> Any:
    """“No value” is a decision too: it is kept as JSON's null, which is not SQL's."""
    return Value(None, JSONField()) if value is None else value
