"""Everything a regulation's clauses say, and what they leave open."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from shounuo.reading.findings.across import find_gaps_across
from shounuo.reading.findings.consequences import find_consequences
from shounuo.reading.findings.derived_gaps import find_derived_gaps
from shounuo.reading.findings.disclosures import find_disclosures
from shounuo.reading.findings.duties import find_duties
from shounuo.reading.findings.limits import bounds, find_limits
from shounuo.reading.findings.model import Finding, Findings
from shounuo.reading.findings.names import find_name_gaps
from shounuo.reading.findings.numbering import find_numbering_gaps
from shounuo.reading.findings.open_points import find_open_points
from shounuo.reading.findings.segments import passages
from shounuo.reading.findings.shapes import shapes_of
from shounuo.reading.findings.wording_gaps import find_wording_gaps
from shounuo.reading.text import Regulation

F = TypeVar("F", bound=Finding)


def find(regulation: Regulation) -> Findings:
    """The findings of a regulation. Pure: the same text gives the same findings."""
    read = passages(regulation.clauses)
    source = regulation.source

    def kept(found: Iterable[F]) -> tuple[F, ...]:
        quoted = (replace(f, quote=source[f.span[0] : f.span[1]]) for f in found)
        return tuple(sorted(quoted, key=lambda f: f.span))

    limits = kept(x for p in read for x in find_limits(p, bounds(p)))
    duties = kept(x for p in read for x in find_duties(p))
    consequences = kept(x for p in read for x in find_consequences(p))
    disclosures = kept(x for p in read for x in find_disclosures(p))
    gaps = [x for p in read for x in (*find_wording_gaps(p), *find_open_points(p))]
    gaps += find_derived_gaps(limits, duties, consequences, source)
    gaps += find_numbering_gaps(regulation.clauses)
    gaps += find_gaps_across(read, consequences)
    gaps += find_name_gaps(read)
    shapes = shapes_of(
        read,
        {"commitment": limits, "duty": duties, "consequence": consequences, "disclosure": disclosures},
    )
    return Findings(limits, duties, consequences, disclosures, kept(gaps), shapes)
