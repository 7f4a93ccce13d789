"""Adopting an edition and deciding what it leaves open. Each writes its fact on the organisation's stream."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, JSONField, Q, Value
from django.db.utils import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shounuo.ledger import actions as ledger
from shounuo.ledger.actions import NewFact
from shounuo.ledger.moments import day_of
from shounuo.organisation.actions.recording import Stamp
from shounuo.organisation.models import Unit
from shounuo.regulations.deciding import checked
from shounuo.regulations.models import Adoption, EditionText, OfficeCalendar, SettingDecision
from shounuo.regulations.refusals import Refused
from shounuo.rules.calendar_parts import spec_of
from shounuo.rules.calendars import CalendarSpec
from shounuo.rules.edition import pack_digest
from shounuo.rules.shapes import Pack

__all__ = ["Refused", "adopt", "adopt_for_imports", "decide_setting"]

FIRST_DAY = date(1970, 1, 1)


def adopt(organisation: Unit, pack: Pack, in_force_from: date, stamp: Stamp, document: str = "") -> Adoption:
    """Let an edition govern an organisation from a day on; the one before ends there.

    Matters received before that day stay under the edition they came in under. Only the first edition of
    an organisation may begin on a day that has passed (matters kept on paper are entered afterwards).
    Raises `Refused` for another day that has passed, a day before the regulation itself is in force, or
    when an edition from that day or later is already adopted.
    """
    governing = Adoption.objects.filter(organisation=organisation, purpose="")
    taken = _("已有自同日或更晚起施行的版本。")
    try:
        with transaction.atomic():
            _may_begin(governing.exists(), pack, in_force_from, day_of(stamp.at))
            if governing.filter(in_force_from__gte=in_force_from).exists():
                raise Refused(taken, "in_force_from")
            open_then = Q(in_force_to__isnull=True) | Q(in_force_to__gt=in_force_from)
            governing.filter(open_then).update(in_force_to=in_force_from)
            return _adopt(organisation, pack, in_force_from, stamp, document, "")
    except IntegrityError:
        raise Refused(taken, "in_force_from") from None


def _may_begin(another: bool, pack: Pack, day: date, today: date) -> None:
    span = pack.head.in_force
    if another and day < today:
        raise Refused(_("施行日期不能早于今天：已经收到的事项不能改按新的版本。"), "in_force_from")
    if day.isoformat() < span.from_:
        raise Refused(_("制度本身自 %(day)s 起施行，不能更早采用。") % {"day": span.from_}, "in_force_from")
    if span.to is not None and day.isoformat() > span.to:
        raise Refused(_("制度本身施行到 %(day)s 为止。") % {"day": span.to}, "in_force_from")


def adopt_for_imports(organisation: Unit, pack: Pack, stamp: Stamp) -> Adoption:
    """The edition by which imported logs are judged: only their own promised dates count."""
    found = Adoption.objects.filter(
        organisation=organisation, purpose="import", text__digest=pack_digest(pack)
    )
    with transaction.atomic():
        return found.first() or _adopt(organisation, pack, FIRST_DAY, stamp, "", "import")


def _adopt(
    organisation: Unit, pack: Pack, in_force_from: date, stamp: Stamp, document: str, purpose: str
) -> Adoption:
    text = _keep_text(pack)
    adoption = Adoption.objects.create(
        organisation=organisation,
        text=text,
        in_force_from=in_force_from,
        adopted_by=stamp.by,
        adopted_at=stamp.at,
        document=document,
        purpose=purpose,
    )
    for name, part in pack.calendars.items():
        _keep_calendar(organisation, name, spec_of(part), stamp, gettext_noop("随制度采用"))
    head = pack.head
    data = {"pack": head.id, "version": head.version, "digest": text.digest, "from": str(in_force_from)}
    data |= {"document": document} if document else {}
    _record(organisation, "edition_adopted", data, stamp)
    return adoption


def decide_setting(
    organisation: Unit,
    adoption: Adoption,
    key: str,
    value: Any,
    from_date: date,
    stamp: Stamp,
    document: str = "",
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
        Adoption.objects.filter(organisation=organisation).update(stamp=F("stamp") + 1)
        data = {"pack": pack.head.id, "key": key, "value": value, "from": str(from_date)}
        data |= {"document": document} if document else {}
        _record(organisation, "setting_decided", data, stamp)
    return decision


def _kept(value: Any) -> Any:
    """“No value” is a decision too: it is kept as JSON's null, which is not SQL's."""
    return Value(None, JSONField()) if value is None else value


def _keep_text(pack: Pack) -> EditionText:
    content = pack.model_dump_json(by_alias=True)
    text, _new = EditionText.objects.get_or_create(
        digest=pack_digest(pack),
        defaults={"pack": pack.head.id, "version": pack.head.version, "content": content},
    )
    return text


def _keep_calendar(organisation: Unit, name: str, spec: CalendarSpec, stamp: Stamp, note: str) -> None:
    """A new version, unless the newest already says the same; editions in memory are made anew."""
    kept = OfficeCalendar.objects.filter(organisation=organisation, name=name)
    content = spec.model_dump(mode="json", by_alias=True)
    newest = kept.order_by("-version").values_list("spec", flat=True).first()
    if newest is not None and CalendarSpec.model_validate(newest) == spec:
        return
    Adoption.objects.filter(organisation=organisation).update(stamp=F("stamp") + 1)
    OfficeCalendar.objects.create(
        organisation=organisation,
        name=name,
        version=kept.count() + 1,
        spec=content,
        made_by=stamp.by,
        made_at=stamp.at,
        note=note,
    )


def _record(organisation: Unit, kind: str, data: dict[str, Any], stamp: Stamp) -> None:
    head = ledger.head(organisation.stream)
    fact = NewFact(kind, stamp.at, stamp.by, data, None, stamp.marks)
    ledger.append(organisation.stream, head.seq, head.hash, [fact], stamp.recorded_at or stamp.at)
