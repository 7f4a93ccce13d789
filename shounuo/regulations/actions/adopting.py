"""Adopting an edition. It writes its fact on the organisation's stream."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.db.utils import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shounuo.ledger.moments import day_of
from shounuo.organisation.actions.recording import Stamp
from shounuo.organisation.models import Unit
from shounuo.regulations.actions.calendars import keep_version
from shounuo.regulations.actions.recording import record
from shounuo.regulations.models import Adoption, EditionText, OfficeCalendar
from shounuo.regulations.refusals import Refused
from shounuo.rules.calendar_parts import spec_of
from shounuo.rules.edition import pack_digest
from shounuo.rules.shapes import Pack

FIRST_DAY = date(1970, 1, 1)
WITH_PACK = gettext_noop("随制度采用")
"""The note of a calendar's version that came with a pack; somebody's own edit says something else."""


def adopt(
    organisation: Unit,
    pack: Pack,
    in_force_from: date,
    stamp: Stamp,
    document: str = "",
    *,
    keep_calendars: bool = False,
) -> Adoption:
    """Let an edition govern an organisation from a day on; the one before ends there.

    Matters received before that day stay under the edition they came in under. Only the first edition of
    an organisation may begin on a day that has passed (matters kept on paper are entered afterwards).
    Calendars that the organisation edited stay as they are, the others come with the pack; ``keep_calendars``: every
    calendar it has stays, only those it lacks come.
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
            return _adopt(organisation, pack, in_force_from, stamp, document, "", keep_calendars)
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
    organisation: Unit,
    pack: Pack,
    in_force_from: date,
    stamp: Stamp,
    document: str,
    purpose: str,
    keep_calendars: bool = False,
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
    kept = _calendars_that_stay(organisation, keep_calendars)
    for name, part in pack.calendars.items():
        if name not in kept:
            keep_version(organisation, name, spec_of(part), stamp, WITH_PACK)
    head = pack.head
    data = {"pack": head.id, "version": head.version, "digest": text.digest, "from": str(in_force_from)}
    data |= {"document": document} if document else {}
    record(organisation, "edition_adopted", data, stamp)
    return adoption


def _calendars_that_stay(organisation: Unit, every: bool) -> set[str]:
    """The names of the calendars that a pack does not replace: every one there is, or those somebody edited last."""
    versions = OfficeCalendar.objects.filter(organisation=organisation).order_by("version")
    newest = dict(versions.values_list("name", "note"))
    return {name for name, note in newest.items() if every or note != WITH_PACK}


def _keep_text(pack: Pack) -> EditionText:
    content = pack.model_dump_json(by_alias=True)
    text, _new = EditionText.objects.get_or_create(
        digest=pack_digest(pack),
        defaults={"pack": pack.head.id, "version": pack.head.version, "content": content},
    )
    return text
