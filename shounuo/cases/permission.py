"""Whether somebody may do a verb to a matter now: the one answer that the page shows and the action obeys.

Three tables say it together: what the facts allow (`rules/engine/verbs.py`), who may do what (`access.py`), and here
who may not although their post would let them, because they would decide about themselves.
"""

from collections.abc import Callable, Mapping, Sequence

from shounuo.cases import access
from shounuo.cases.models import Case
from shounuo.organisation.access import Actor
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Reason, Verb

NOT_FOR_PARTY = Reason("not_for_party")
Bar = Callable[[Actor, Case, Sequence[Fact]], Reason | None]


def refusal(actor: Actor | None, verb: Verb, case: Case, facts: Sequence[Fact]) -> Reason | None:
    """Why the actor (None: the person who asked) may not do the verb now; None when they may."""
    if not verb.allowed:
        return verb.why or Reason("not_now")
    return not_yours(actor, verb.name, case, facts)


def not_yours(actor: Actor | None, verb: str, case: Case, facts: Sequence[Fact]) -> Reason | None:
    """Why the verb is somebody else's, whatever the facts allow."""
    if actor is None:
        return None if verb in access.PARTY_VERBS else NOT_FOR_PARTY
    if why := access.refusal(actor, verb, case):
        return why
    bar = BARS.get(verb)
    return bar(actor, case, facts) if bar else None


def _the_asker(actor: Actor, case: Case, facts: Sequence[Fact]) -> Reason | None:
    """Nobody decides their own request."""
    asked = [f.by for f in facts if f.kind == "extension_requested"][-1:]
    return Reason("granted_by_the_asker") if set(asked) & access.ids_of(actor) else None


def _the_rated(actor: Actor, case: Case, facts: Sequence[Fact]) -> Reason | None:
    """A rating told by telephone is never written down by whoever is rated."""
    return Reason("not_by_the_rated") if access.is_rated(actor, case) else None


def _who_cannot_see_it(actor: Actor, case: Case, facts: Sequence[Fact]) -> Reason | None:
    return None if access.sees_rating(actor, case) else Reason("rating_not_shown_to_the_rated")


def _the_appellant(actor: Actor, case: Case, facts: Sequence[Fact]) -> Reason | None:
    """An appeal against a rating is decided by somebody outside of the section who did not make it."""
    made = {f.by for f in facts if f.kind == "rating_appealed"}
    own = made & access.ids_of(actor) or access.is_rated(actor, case)
    return Reason("not_by_the_appellant") if own else None


def _the_handler(actor: Actor, case: Case, facts: Sequence[Fact]) -> Reason | None:
    return Reason("not_by_the_handler") if "handler" in access.relations(actor, case) else None


BARS: Mapping[str, Bar] = {
    "grant_extension": _the_asker,
    "refuse_extension": _the_asker,
    "record_rating": _the_rated,
    "contact_rater": _who_cannot_see_it,
    "remedy": _who_cannot_see_it,
    "appeal_rating": _who_cannot_see_it,
    "decide_rating_appeal": _the_appellant,
    "return_visit": _the_handler,
    "answer_dispute": _the_handler,
}
"""Verb -> who may not do it although their post would let them."""
