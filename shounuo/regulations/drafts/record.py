"""A draft's review from its record: the facts on its stream, the notes beside them. Read only."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from shounuo.ledger import actions as ledger
from shounuo.ledger.moments import civil, day_of
from shounuo.organisation.models import Unit
from shounuo.regulations.drafts.kept import Material, material_of
from shounuo.regulations.drafts.packing import Packed, files_of, packed
from shounuo.regulations.drafts.review import DECIDED, Decision, Review, review
from shounuo.regulations.editions import edition_of
from shounuo.regulations.models import Adoption, Draft, Remark


def review_of(draft: Draft) -> Review:
    """How far the review has come; its version is the number of the last fact."""
    head = ledger.head(draft.stream)
    notes = tuple(Remark.objects.filter(stream=draft.stream).order_by("seq").values_list("seq", "text"))
    return _review(material_of(draft), draft.stream, head, notes, tuple(head_of(draft).items()))


@lru_cache(maxsize=4)
def _review(
    material: Material, stream: UUID, head: ledger.Head, notes: tuple[tuple[int, str], ...],
    begun: tuple[tuple[str, Any], ...],
) -> Review:  # fmt: skip
    """Kept by the hash of the last fact: what stands before it never changes. Only the notes lie beside the facts."""
    said = dict(notes)
    decisions = [
        Decision(fact.seq, fact.data["verb"], tuple(fact.data["keys"]), fact.data["said"], fact.actor, civil(fact.at),
                 said.get(fact.seq, ""))
        for fact in ledger.read(stream) if fact.kind == DECIDED and fact.seq <= head.seq
    ]  # fmt: skip
    return review(material, decisions, dict(begun), head.seq)


def head_of(draft: Draft) -> dict[str, Any]:
    """The head's values before anybody changed them."""
    day = day_of(draft.brought_at).isoformat()
    return {"title": draft.title, "issuer": draft.organisation.name_zh, "version": day, "source": draft.name}


def packed_of(draft: Draft, found: Review) -> Packed:
    """The pack a draft gives today, with the calendars and services its organisation has."""
    return packed(found, draft.pack, brought_along(draft.organisation))


def files_to_take(draft: Draft, found: Review) -> dict[str, str]:
    """The same pack as YAML files."""
    return files_of(found, draft.pack, brought_along(draft.organisation))


def brought_along(organisation: Unit) -> dict[str, dict[str, Any]]:
    """Calendars and services of the edition adopted last, as a pack writes them: a regulation's text brings none.

    Without services nobody could apply for anything: the first edition of an organisation gets one for all.
    """
    rows = Adoption.objects.filter(organisation=organisation, purpose="").order_by("-in_force_from", "-pk")
    last = rows.first()
    if last is None:
        return {"services": {"any-matter": _any_matter(organisation)}}
    pack = edition_of(last.pk).pack
    calendars = pack.calendars if "office" in pack.calendars else {}
    return {
        "calendars": {name: one.model_dump(mode="json", by_alias=True) for name, one in calendars.items()},
        "services": {
            name: one.model_dump(mode="json", by_alias=True, exclude_none=True)
            for name, one in pack.services.items()
        }
        or {"any-matter": _any_matter(organisation)},
    }


def _any_matter(organisation: Unit) -> dict[str, Any]:
    """A service that stands for every application until the guides are written."""
    below = Unit.objects.filter(parent=organisation).order_by("pk").values_list("code", flat=True)
    open_, day = {"zh": "待填"}, "2000-01-01"
    return {
        "title": {"zh": "申请事项（办事指南待填）", "en": "Application (guide to be written)"}, "code": "A-01",
        "section": below.first() or organisation.code, "summary": open_, "basis": [open_], "who_may_apply": open_,
        "conditions": [open_], "steps": [open_], "result": open_, "delivery": open_, "channels": ["window", "phone"],
        "place": open_, "hours": open_, "inquiry_phone": "待填", "complaint_phone": "待填", "version": "1",
        "in_force_from": day,
    }  # fmt: skip
