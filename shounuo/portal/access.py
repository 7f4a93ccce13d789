"""What the public may see: public organisations, their sections and promises; a matter only by its secret."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from shounuo.cases.models import Case, CaseQuerySet
from shounuo.commitments.models import CheckResult, ClockQuerySet, RunningClock
from shounuo.organisation.models import Unit
from shounuo.organisation.models.units import UnitQuerySet
from shounuo.regulations.models import Adoption


def public_organisations(code: str = "") -> UnitQuerySet:
    """The organisations the portal may show, the oldest first; with a code only that one."""
    public = Unit.objects.organisations().public().order_by("pk")
    return public.filter(code=code) if code else public


def sections_of(organisation: Unit) -> UnitQuerySet:
    """The sections of an organisation."""
    return Unit.objects.sections_of(organisation)


def units_by_code(organisation_id: int) -> Mapping[str, Unit]:
    """The units of one organisation by code."""
    return {unit.code: unit for unit in Unit.objects.filter(organisation=organisation_id)}


def promised_since(organisation: Unit) -> date | None:
    """The day from which an organisation first kept a regulation here; None before it adopted one."""
    adopted = Adoption.objects.filter(organisation=organisation, purpose="").order_by("in_force_from")
    return adopted.values_list("in_force_from", flat=True).first()


def clocks_of(organisation: Unit) -> ClockQuerySet:
    """The clocks the wall counts; only ever counted, never shown one by one."""
    return RunningClock.objects.filter(organisation=organisation)


def checks_of(organisation: Unit) -> QuerySet[CheckResult]:
    """The checks the wall counts."""
    return CheckResult.objects.filter(organisation=organisation)


def cases_of(organisation: Unit) -> CaseQuerySet:
    """The matters a board counts; only ever counted, never shown one by one."""
    return Case.objects.filter(organisation=organisation, outside__isnull=True)


def among_opened(number: str, streams: list[str]) -> Case | None:
    """The matter of this number if it is among those opened with their secrets; None alike when there is none."""
    case = Case.objects.numbered(number)
    return case if case and case.stream.hex in streams else None


def by_stream(stream: str | None) -> Case | None:
    """The matter of a stream that this session sent itself."""
    return Case.objects.filter(stream=stream).first() if stream else None
