"""A matter's facts as a timeline that people read: what happened, when, by whom, in which words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from shounuo.cases import wording as w
from shounuo.cases.models import Case, Notice, Words
from shounuo.cases.sentences import sentence
from shounuo.organisation.models import Unit
from shounuo.organisation.names import names_of
from shounuo.regulations.wording import listed, said
from shounuo.rules.edition import Edition
from shounuo.rules.facts import FACT_KINDS, ON_BEHALF_OF, Fact


@dataclass(frozen=True, slots=True)
class Context:
    """What is needed to put a matter's facts into words."""

    edition: Edition
    service: str
    names: Mapping[str, str]
    sections: Mapping[str, Unit]
    sees_rating: bool = True
    """Whether the reader may see how the matter was rated."""
    marks: str = ""
    """“demo” or “import”: everything was written down later, and the page says so once."""

    def section(self, code: object) -> str:
        """A section by its code, in words."""
        unit = self.sections.get(str(code or ""))
        return unit.name if unit else str(code or "")

    def papers(self, ids: object) -> str:
        """Papers of the service's checklist by their ids, in words."""
        service = self.edition.service(self.service)
        titles = {m.id: said(m.title) for m in service.materials} if service else {}
        return listed(
            titles.get(str(one), str(one)) for one in (ids if isinstance(ids, (list, tuple)) else ())
        )

    def rule(self, key: object) -> str:
        """A commitment's title."""
        found = self.edition.pack.commitments.get(str(key or ""))
        return said(found.title) if found else str(key or "")

    def who(self, actor: object) -> str:
        """Somebody by their actor id."""
        return w.who(str(actor or ""), self.names)


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the timeline. ``recorded`` is set when it was written down later than it happened."""

    seq: int
    moment: datetime
    text: str
    by: str
    words: Sequence[str] = ()
    recorded: datetime | None = None
    breach: bool = False
    warned: bool = False
    notice: int | None = None
    corrected: bool = False


def context_of(case: Case, edition: Edition, facts: Iterable[Fact], sees_rating: bool = True) -> Context:
    """Names and sections that the matter's facts mention: two queries."""
    actors = {case.first_asked, case.answerable, case.handler}
    for fact in facts:
        actors |= {fact.by, *(str(fact.data.get(who, "")) for who in NAMING)}
    sections = {u.code: u for u in Unit.objects.sections_of(case.organisation)}
    return Context(edition, case.service, names_of(actors), sections, sees_rating, case.marks)


def timeline(
    facts: Sequence[Fact], words: Iterable[Words], notices: Iterable[Notice], context: Context
) -> list[Told]:
    """The facts in words, the newest first."""
    said: dict[int, list[str]] = {}
    for one in words:
        said.setdefault(one.seq, []).append(one.text)
    papers = {one.seq for one in notices}
    wrong = {int(f.data["corrects"]) for f in facts if f.kind == "corrected"}
    shown = [f for f in facts if context.sees_rating or not _of_a_rating(f)]
    told = [_told(f, said.get(f.seq, []), f.seq in papers, f.seq in wrong, context) for f in shown]
    return sorted(told, key=lambda line: (line.moment, line.seq), reverse=True)


NAMING = frozenset(
    (
        ON_BEHALF_OF,
        *(name for row in FACT_KINDS.values() for name, kind in row.data.items() if kind == "actor"),
    )
)
"""What in a fact's data names somebody."""
RATING_KINDS = frozenset({"remedied", "rating_appealed", "rating_appeal_decided"})
WHO_IS_SAID = frozenset({"first_asked", "assigned", "hand_over_accepted"})
"""Facts whose sentence names a person: who recorded it is said only when it was somebody else."""


def _of_a_rating(fact: Fact) -> bool:
    """Facts that would tell the rated how they were rated."""
    return fact.kind in RATING_KINDS or (fact.kind == "party_told" and fact.data.get("of") == "rating")


def _by(fact: Fact, context: Context) -> str:
    absent = fact.data.get(ON_BEHALF_OF)
    if absent:
        names = {"delegate": context.who(fact.by), "absent": context.who(absent)}
        return _("%(delegate)s（代%(absent)s）") % names
    named = fact.kind in WHO_IS_SAID and fact.data.get("person") == fact.by
    return "" if named else context.who(fact.by)


def _told(fact: Fact, words: Sequence[str], notice: bool, wrong: bool, context: Context) -> Told:
    late = (fact.recorded_at - fact.at).total_seconds() >= 60 and fact.by != "" and not context.marks
    return Told(
        seq=fact.seq,
        moment=fact.at,
        text=sentence(fact, context),
        by=_by(fact, context),
        words=words if context.sees_rating or fact.kind != "rated" else (),
        recorded=fact.recorded_at if late else None,
        breach=fact.kind == "breached",
        warned=fact.kind == "warned",
        notice=fact.seq if notice else None,
        corrected=wrong,
    )


__all__ = ["Context", "Told", "context_of", "sentence", "timeline"]
