"""What waits for somebody: questions that today, the approvals and the list of matters share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as lazy

from shounuo.cases import access
from shounuo.cases.models import CaseQuerySet, State
from shounuo.cases.verb_words import Label
from shounuo.organisation.access import Actor


@dataclass(frozen=True, slots=True)
class Queue:
    """Matters that wait for the same thing; ``verbs`` are what the reader does about them, with short words.

    ``asks`` is the kind of fact by which somebody asked for the decision.
    """

    title: Label
    ask: Callable[[Actor], CaseQuerySet]
    verbs: Mapping[str, Label]
    asks: str = ""

    @property
    def decision(self) -> bool:
        """Whether the reader decides what somebody asked for."""
        return bool(self.asks)


def handed(actor: Actor) -> CaseQuerySet:
    """Handed to a unit of the reader, who has not taken them yet."""
    return access.today_of(actor).filter(handing_to__in=actor.unit_ids)


def own(actor: Actor) -> CaseQuerySet:
    """Open matters of the reader's own, and of those they stand in for."""
    return access.today_of(actor).exclude(handing_to__in=actor.unit_ids)


def untaken(actor: Actor) -> CaseQuerySet:
    """Matters that nobody has taken up, for those who may."""
    may = (access.GRANTS["take_up"] | {"handler"}) & actor.acting_roles
    seen = access.seen_by(actor)
    return seen.open().filter(first_asked="").by_due() if may else seen.none()


def to_extend(actor: Actor) -> CaseQuerySet:
    """Extensions asked for and not decided, for those who decide."""
    return _for(actor, "grant_extension").filter(extension_asked=True).by_due()


def with_leader(actor: Actor) -> CaseQuerySet:
    """Matters that wait for the leader's word."""
    return _for(actor, "record_leader_decision").filter(state=State.WITH_LEADER).by_due()


def disputed(actor: Actor) -> CaseQuerySet:
    """Ended matters with an objection nobody has answered, for those who may answer it."""
    return _for(actor, "answer_dispute").filter(disputed=True).order_by("ended_at", "id")


def appealed(actor: Actor) -> CaseQuerySet:
    """Appeals against a rating, for those who decide; never about one's own work."""
    return _not_of(actor, _for(actor, "decide_rating_appeal").filter(rating_appealed=True))


def to_remedy(actor: Actor) -> CaseQuerySet:
    """Bad ratings not put right yet, for those who do so; never how oneself was rated."""
    return _not_of(actor, _for(actor, "remedy").filter(to_remedy=True))


def owed_after(actor: Actor) -> CaseQuerySet:
    """Ended matters on which a promise still runs, such as a call-back, for those who make it: only a live clock
    gives a matter its due.
    """
    return _for(actor, "return_visit").filter(ended_at__isnull=False, due_at__isnull=False).by_due()


def _for(actor: Actor, verb: str) -> CaseQuerySet:
    """What the reader sees, when a post of theirs or of those they stand in for grants the verb; else nothing."""
    seen = access.seen_by(actor)
    return seen if access.GRANTS[verb] & actor.acting_roles else seen.none()


def _not_of(actor: Actor, cases: CaseQuerySet) -> CaseQuerySet:
    others = cases.exclude(handler=actor.actor_id).exclude(first_asked=actor.actor_id)
    return others.order_by("ended_at", "id")


QUEUES: Mapping[str, Queue] = {
    "handed": Queue(lazy("移交到本科室，等待接收"), handed, {"accept_hand_over": lazy("接收")}),
    "untaken": Queue(lazy("还没有人接的"), untaken, {"take_up": lazy("接下")}),
    "decide": Queue(
        lazy("等我决定的延期申请"),
        to_extend,
        {"grant_extension": lazy("批准"), "refuse_extension": lazy("不批")},
        "extension_requested",
    ),
    "word": Queue(
        lazy("等我批示的事项"), with_leader, {"record_leader_decision": lazy("批示")}, "referred_to_leader"
    ),
    "disputed": Queue(
        lazy("当事人有异议，等待答复"),
        disputed,
        {"reopen": lazy("重新办理"), "answer_dispute": lazy("答复")},
        "disputed",
    ),
    "appealed": Queue(
        lazy("差评申诉，等待复核"), appealed, {"decide_rating_appeal": lazy("复核")}, "rating_appealed"
    ),
    "bad": Queue(lazy("差评等待整改"), to_remedy, {"remedy": lazy("整改")}),
    "after": Queue(lazy("办完之后还欠着的"), owed_after, {}),
}
"""Queue -> its questions and words, in the order in which a day shows them."""

DECIDES = frozenset({"leader_in_charge", "section_head", "service_office"})


def decides(actor: Actor) -> bool:
    """Whether anything can wait for the reader's decision."""
    return bool(DECIDES & actor.acting_roles)
