"""A draft's review from its record: the facts on its stream, the notes beside them. Read only."""

from collections.abc import Mapping
from typing import Any

from shounuo.ledger import actions as ledger
from shounuo.ledger.moments import civil, day_of
from shounuo.regulations.drafts.kept import material_of
from shounuo.regulations.drafts.packing import Packed, packed
from shounuo.regulations.drafts.review import DECIDED, Decision, Review, review
from shounuo.regulations.editions import edition_of
from shounuo.regulations.models import Adoption, Draft, Remark


def review_of(draft: Draft) -> Review:
    """How far the review has come; its version is the number of the last fact."""
    facts = ledger.read(draft.stream)
    notes = dict(Remark.objects.filter(stream=draft.stream).values_list("seq", "text"))
    decisions = [
        Decision(fact.seq, fact.data["verb"], tuple(fact.data["keys"]), fact.data["said"], fact.actor, civil(fact.at),
                 notes.get(fact.seq, ""))
        for fact in facts if fact.kind == DECIDED
    ]  # fmt: skip
    return review(material_of(draft), decisions, head_of(draft), facts[-1].seq if facts else 0)


def head_of(draft: Draft) -> dict[str, Any]:
    """The head's values before anybody changed them."""
    day = day_of(draft.brought_at).isoformat()
    return {"title": draft.title, "issuer": draft.organisation.name_zh, "version": day, "source": draft.name}


def packed_of(draft: Draft, found: Review) -> Packed:
    """The pack a draft gives today, with the calendars its organisation has."""
    return packed(found, draft.pack, calendars_here(draft.organisation_id))


def calendars_here(organisation_id: int) -> Mapping[str, Any] | None:
    """The calendars of the edition adopted last, as a pack writes them: a draft brings none of its own."""
    last = (
        Adoption.objects.filter(organisation=organisation_id, purpose="")
        .order_by("-in_force_from", "-pk")
        .first()
    )
    if last is None:
        return None
    found = edition_of(last.pk).pack.calendars
    plain = {name: one.model_dump(mode="json", by_alias=True) for name, one in found.items()}
    return plain if "office" in plain else None
