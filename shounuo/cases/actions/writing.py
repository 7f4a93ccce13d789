"""Writing the case row, its clocks and checks from a judgement: nothing else writes them."""

from collections.abc import Sequence
from datetime import datetime

from shounuo.cases.models import Case
from shounuo.cases.projection import case_values, raised, section_ids
from shounuo.commitments import actions as commitments
from shounuo.commitments.actions import Whose
from shounuo.ledger.actions import Conflict, FactRow
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Judgement


def project(case: Case, facts: Sequence[Fact], judged: Judgement, last: FactRow, at: datetime) -> Case:
    """Write what the judgement says over the version it was judged from; `Conflict` when that is gone."""
    sections = section_ids(case.organisation_id, (judged.section, judged.handing_to))
    values = case_values(judged, sections) | {"version": last.seq, "head": last.hash, "judged_at": at}
    if not Case.objects.filter(pk=case.pk, version=case.version).update(**values):
        raise Conflict(str(case.stream))
    commitments.write(whose(case, judged, sections), judged, raised(facts))
    return Case.objects.select_related("organisation", "section", "handing_to").get(pk=case.pk)


def whose(case: Case, judged: Judgement, sections: dict[str, int]) -> Whose:
    """What the matter's clock and check rows repeat of it."""
    return Whose(
        case.stream,
        case.organisation_id,
        sections.get(judged.section or ""),
        judged.kind,
        judged.service or "",
        judged.handler or "",
    )
