"""The one-time notice (一次性告知): composed from the service guide and the checklist, kept as sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shounuo.cases.actions.recording import NotAllowed, Put, record
from shounuo.cases.actions.standing import Before
from shounuo.cases.actions.verbs import On
from shounuo.cases.models import Case
from shounuo.ledger.actions import NewFact
from shounuo.rules.judgement import Reason


@dataclass(frozen=True, slots=True)
class NoticeForm:
    """What the clerk decides about a notice: papers to bring, form, and why it is oral or a second one.

    ``form`` is ``written`` or ``oral``; an oral notice needs ``oral_reason`` and a call note, except
    that for a telephone enquiry ``phone`` is the reason (003-4/三.第四条). ``new_requirement`` is the
    reason code of a requirement that could not be named in the first notice.
    """

    materials: Sequence[str]
    form: str = "written"
    oral_reason: str = ""
    call_note: str = ""
    new_requirement: str = ""
    refusal: str = ""
    signed: bool = False
    remarks: str = ""


def issue_notice(on: On, form: NoticeForm) -> Case:
    """Give the party one complete notice; with papers to bring it stops the clock where the rule says so."""
    if form.form == "oral" and not (form.oral_reason and form.call_note.strip()):
        raise NotAllowed(Reason("oral_notice_needs_reason_and_note"))
    if not form.materials and not form.refusal.strip() and not form.remarks.strip():
        raise NotAllowed(Reason("notice_says_nothing"))

    def make(before: Before) -> list[Put]:
        number = f"{before.case.number}-{len(before.case.notices.all()) + 1}"
        body = compose(before, form)
        words = {"call_note": form.call_note, "reasons": form.refusal, "remarks": form.remarks}
        return [Put(NewFact("notice_issued", on.stamp.at, on.stamp.by, _data(number, body, form), None, on.stamp.marks),
                    words, body)]  # fmt: skip

    return record(on.stream, "issue_notice", make, on.actor, on.stamp, on.version)


def compose(before: Before, form: NoticeForm) -> dict[str, Any]:
    """The notice's five contents (basis, limit, procedure, all papers, or the reasons of a refusal)."""
    service = before.edition.service(before.case.service)
    return {
        "basis": _texts(service.basis) if service else [],
        "limit": {"promised": service.promised_limit, "statutory": service.statutory_limit}
        if service
        else {},
        "procedure": _texts(service.steps) if service else [],
        "all_materials": [m.model_dump(mode="json") for m in service.materials] if service else [],
        "materials": list(form.materials),
        "title": dict(service.title) if service else {},
        "inquiry_phone": service.inquiry_phone if service else "",
        "complaint_phone": service.complaint_phone if service else "",
    }


def _texts(texts: Sequence[Any]) -> list[dict[str, str]]:
    return [dict(text) for text in texts]


def _data(number: str, body: dict[str, Any], form: NoticeForm) -> dict[str, Any]:
    said: dict[str, Any] = {
        "notice": number,
        "materials": list(form.materials),
        "form": form.form,
        "basis": bool(body["basis"]),
        "limit": bool(body["limit"]),
        "procedure": bool(body["procedure"]),
        "all_materials": bool(body["all_materials"]),
        "signed": form.signed,
    }
    if form.refusal.strip():
        said["refusal_reasons"] = ["stated"]
    if form.oral_reason:
        said |= {"oral_reason": form.oral_reason, "call_note": bool(form.call_note.strip())}
    if form.new_requirement:
        said["new_requirement"] = form.new_requirement
    return said
