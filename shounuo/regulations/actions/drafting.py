"""Bringing a regulation's text, deciding about what was read in it, adopting what came of it.

Every decision is a fact on the draft's own stream, behind the version that whoever decided had before them.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shounuo.ledger import actions as ledger
from shounuo.ledger.actions import Conflict, NewFact
from shounuo.organisation.actions.recording import Stamp
from shounuo.organisation.models import Unit
from shounuo.reading.drafting import is_pack_id
from shounuo.reading.reading import Reading, as_json
from shounuo.regulations.actions.adopting import adopt
from shounuo.regulations.drafts.checks import LONGEST_NOTE, checked
from shounuo.regulations.drafts.record import packed_of, review_of
from shounuo.regulations.drafts.review import DECIDED
from shounuo.regulations.models import Adoption, Draft, Remark
from shounuo.regulations.refusals import Refused

BROUGHT, BECAME = "draft_brought", "draft_adopted"


def bring(organisation: Unit, reading: Reading, digest: str, title: str, pack: str, stamp: Stamp) -> Draft:
    """Keep a text that was read, to be reviewed. ``pack`` is the regulation it is another edition of; "" for a new one."""
    with transaction.atomic():
        draft = Draft.objects.create(
            organisation=organisation, name=reading.name[:200], title=title[:200], pack=pack, digest=digest,
            reading=json.dumps(as_json(reading), ensure_ascii=False), brought_by=stamp.by, brought_at=stamp.at,
        )  # fmt: skip
        if not pack:
            Draft.objects.filter(pk=draft.pk).update(pack=f"regulation-{organisation.pk}-{draft.pk}")
            draft.refresh_from_db()
        if not is_pack_id(draft.pack):
            raise Refused(_("制度的编号不对。"), "edition")
        _record(draft, 0, BROUGHT, {"digest": digest, "pack": draft.pack}, stamp)
    return draft


def decide(
    draft: Draft,
    verb: str,
    keys: Sequence[str],
    said: Mapping[str, Any],
    version: int,
    stamp: Stamp,
    note: str = "",
) -> int:
    """Record a decision about findings, behind the version that was looked at; the new version.

    Raises `Refused` for what cannot be decided so or for a draft already adopted, `Conflict` when somebody decided
    meanwhile.
    """
    with transaction.atomic():
        _still_open(draft)
        found = review_of(draft)
        if found.version != version:
            raise Conflict(str(draft.stream))
        if len(note) > LONGEST_NOTE:
            raise Refused(_("最多 %(most)s 个字。") % {"most": LONGEST_NOTE}, "note")
        checked(found, verb, keys, said)
        data = {"verb": verb, "keys": list(keys), "said": dict(said)}
        _record(draft, version, DECIDED, data, stamp, note)
    return version + 1


def adopt_draft(
    draft: Draft, version: int, in_force_from: date, read: bool, stamp: Stamp, document: str = ""
) -> Adoption:
    """Let what was reviewed govern the organisation from a day on; the calendars it keeps stay as they are.

    Raises `Refused` while a finding is undecided, without the word of whoever adopts that they have read it,
    or when the loader finds a fault; `Conflict` when somebody decided meanwhile.
    """
    with transaction.atomic():
        _still_open(draft)
        found = review_of(draft)
        if found.version != version:
            raise Conflict(str(draft.stream))
        if not found.complete:
            raise Refused(_("还有 %(n)s 处没有定下来，不能采用。") % {"n": len(found.pending)})
        if not read:
            raise Refused(_("没有人读过的制度不能采用：请确认您已逐条读过。"), "read")
        pack = packed_of(draft, found).pack
        if pack is None:
            raise Refused(_("草案还有错，不能采用；请看“草案”页。"))
        done = adopt(draft.organisation, pack, in_force_from, stamp, document, keep_calendars=True)
        Draft.objects.filter(pk=draft.pk, adoption=None).update(adoption=done)
        data = {"digest": done.text.digest, "from": in_force_from.isoformat(), "read": True}
        _record(draft, version, BECAME, data, stamp)
    return done


def _still_open(draft: Draft) -> None:
    if Draft.objects.filter(pk=draft.pk, adoption__isnull=False).exists():
        raise Refused(_("这份草案已经采用，不能再改；要改就带来新的文本。"))


def _record(
    draft: Draft, version: int, kind: str, data: dict[str, Any], stamp: Stamp, note: str = ""
) -> None:
    head = ledger.head(draft.stream)
    if head.seq != version:
        raise Conflict(str(draft.stream))
    fact = NewFact(kind, stamp.at, stamp.by, data, None, stamp.marks)
    ledger.append(draft.stream, head.seq, head.hash, [fact], stamp.recorded_at or stamp.at)
    if note:
        Remark.objects.create(stream=draft.stream, seq=version + 1, text=note)
