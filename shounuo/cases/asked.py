"""What somebody asked of the reader: how long, why, who and when, for the lines of matters that wait for a decision;
and which verbs of a queue are the reader's own, since nobody decides what they asked for themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from shounuo.cases import access, permission
from shounuo.cases.models import Case, Words
from shounuo.cases.reasons import say
from shounuo.cases.rows import Row, clipped, editions_for
from shounuo.cases.stream import facts_of
from shounuo.cases.telling import Context, Told, timeline
from shounuo.cases.verb_words import Label
from shounuo.ledger.actions import read_many
from shounuo.organisation.access import Actor
from shounuo.organisation.names import names_of
from shounuo.rules.edition import Edition
from shounuo.rules.facts import ON_BEHALF_OF, Fact

LONGEST = 140
"""Characters of the words in which something was asked; the verb's own page has all of them."""


@dataclass(frozen=True, slots=True)
class Requests:
    """By which facts some matters ask for a decision, and what is needed to say so. Four questions to the database."""

    facts: Mapping[UUID, Sequence[Fact]] = field(default_factory=dict)
    words: Sequence[Words] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    editions: Mapping[int, Edition] = field(default_factory=dict)

    def told(self, case: Case, kind: str, actor: Actor) -> Told | None:
        """The last request of a kind in words; None where the reader may not know it."""
        last = [f for f in self.facts.get(case.stream, ()) if f.kind == kind][-1:]
        said = [w for w in self.words if last and w.case_id == case.stream and w.seq == last[0].seq]
        context = Context(
            self.editions[case.adoption_id], case.service, self.names, {}, access.sees_rating(actor, case)
        )
        return next((_short(one) for one in timeline(last, said, [], context)), None)


def _short(told: Told) -> Told:
    return replace(told, words=[clipped(one, LONGEST) for one in told.words])


def requests_for(cases: Iterable[Case], kinds: frozenset[str]) -> Requests:
    """The requests of some kinds in these matters; no question where there are no matters."""
    found = list(cases)
    if not found:
        return Requests()
    streams = read_many([case.stream for case in found])
    facts = {stream: facts_of(row for row in same if row.kind in kinds) for stream, same in streams.items()}
    every = [fact for same in facts.values() for fact in same]
    seqs = {fact.seq for fact in every}
    return Requests(
        facts,
        list(Words.objects.filter(case__stream__in=list(facts), seq__in=seqs)),
        names_of(who for fact in every for who in (fact.by, str(fact.data.get(ON_BEHALF_OF, "")))),
        editions_for(found, {}),
    )


def waiting_line(
    row: Row, verbs: Sequence[tuple[str, Label]], asks: str, requests: Requests, actor: Actor, now: datetime
) -> Row:
    """The line of a matter that waits for the reader: what they may do; where they are asked, what, or why not they."""
    facts = requests.facts.get(row.case.stream, ())
    why = {verb: permission.not_yours(actor, verb, row.case, facts) for verb, _label in verbs}
    able = [(verb, label) for verb, label in verbs if why[verb] is None]
    refused = next((one for one in why.values() if one), None) if asks and not able else None
    asked = requests.told(row.case, asks, actor) if asks else None
    return replace(row, asked=asked, verbs=able, refused=say(refused, now.year))
