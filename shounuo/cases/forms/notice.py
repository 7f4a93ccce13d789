"""The one-time notice: what is missing, in which form, and why a second one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.cases import actions
from shounuo.cases import wording as w
from shounuo.cases.actions import Before, NoticeForm, On
from shounuo.cases.forms.base import VerbForm
from shounuo.cases.forms.fields import one_of, pick, several, text
from shounuo.cases.models import Case
from shounuo.regulations.wording import listed, mid_sentence, said
from shounuo.rules.judgement import Clock, ClockState
from shounuo.rules.shapes.service import Material

NOTICE_FORMS: dict[str, w.Label] = {"written": lazy("书面"), "oral": lazy("口头（电话或当面）")}


def material_label(material: Material) -> str:
    """A paper of the checklist: title, form, copies, and when it is needed."""
    parts = [mid_sentence(w.MATERIAL_FORMS[material.form])]
    if material.copies > 1:
        parts.append(_("%(copies)s 份") % {"copies": material.copies})
    if material.needed_when:
        parts.append(mid_sentence(said(material.needed_when)))
    return _("%(title)s（%(details)s）") % {"title": said(material.title), "details": _("，").join(parts)}


def what_stops(before: Before, warned: bool) -> str:
    """What asking for papers does to this matter's clocks; ``warned`` says that only a new requirement stops one."""
    clocks = [clock for clock in before.judged.clocks if not clock.hidden_from_rated]
    live = [clock for clock in clocks if clock.ended_at is None and _waits(clock, before)]
    if paused := [clock for clock in live if clock.pauses and clock.pauses[-1][1] is None]:
        return _("%(titles)s已经暂停，补齐为止。") % {"titles": _titles(paused, before)}
    stopped = [clock for clock in live if clock.state is ClockState.RUNNING]
    if not stopped:
        return _("这件事现在没有会因缺材料而暂停的时限。")
    words = {"titles": _titles(stopped, before)}
    if warned:
        return _("勾选了材料、又写明是新要求的，%(titles)s才暂停，到补齐为止。") % words
    return _("勾选了材料的，%(titles)s暂停到补齐为止。") % words


def _waits(clock: Clock, before: Before) -> bool:
    """Whether a clock waits for papers that are asked for; the notice itself ends none of these."""
    rule = before.edition.pack.commitments[clock.rule]
    waiting = before.edition.resolve(rule.while_waiting_for_materials, clock.started_at.date())
    return str(waiting) != "continue" and "notice_issued" not in (rule.ends or ())


def _titles(clocks: Sequence[Clock], before: Before) -> str:
    titles = dict.fromkeys(said(before.edition.pack.commitments[clock.rule].title) for clock in clocks)
    return listed(_("“%(title)s”") % {"title": title} for title in titles)


class IssueNotice(VerbForm):
    """One complete notice."""

    form = one_of(
        lazy("告知形式"), NOTICE_FORMS, lazy("原则上书面告知；电话咨询或可以口头告知的，写明理由并留记录。")
    )
    oral_reason = pick(lazy("口头告知的理由"), w.ORAL_REASONS, required=False)
    call_note = text(lazy("谈话或通话记录"), required=False, rows=3)
    refusal = text(
        lazy("不符合受理条件的理由"), required=False, help_text=lazy("不能受理的，写明理由。"), rows=3
    )
    remarks = text(lazy("其他要告知的内容"), required=False, rows=3)
    signed = forms.BooleanField(label=lazy("当事人已当面签收"), required=False)

    def prepare(self) -> None:
        """The service's checklist; for a second notice, the reason of a new requirement."""
        self.fields["form"].initial = "written"
        before = self.sight.before
        service = before.edition.service(before.case.service)
        warned = before.judged.verbs["issue_notice"].warns
        order = ["form", "oral_reason", "call_note", "signed", "refusal", "remarks"]
        if service and service.materials:
            papers = [(m.id, material_label(m)) for m in service.materials]
            self.fields["materials"] = several(lazy("缺哪些材料（勾选的写进告知书）"), papers, required=False)
            self.fields["materials"].help_text = what_stops(before, warned is not None)
            order.insert(0, "materials")
        if warned:
            self.fields["new_requirement"] = pick(lazy("新要求的理由"), w.NEW_REQUIREMENTS, required=False)
            self.fields["new_requirement"].help_text = _("不填理由的，记为违诺，时限照走。")
            order.insert(0, "new_requirement")
        self.order_fields(order)

    def clean(self) -> dict[str, Any]:
        """An oral notice has its reason and note; a notice says something."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("form") == "oral":
            if not cleaned.get("oral_reason"):
                self.add_error("oral_reason", _("口头告知要写明理由。"))
            if not cleaned.get("call_note", "").strip():
                self.add_error("call_note", _("口头告知要记下谈话或通话内容。"))
        said = (
            cleaned.get("materials"),
            cleaned.get("refusal", "").strip(),
            cleaned.get("remarks", "").strip(),
        )
        if not any(said):
            self.add_error(None, _("请勾选所缺材料，或写明不予受理的理由，或写明要告知的内容。"))
        return cleaned

    def decided(self) -> NoticeForm:
        """What was typed, as the action takes it."""
        said = self.cleaned_data
        oral = said["form"] == "oral"
        return NoticeForm(
            materials=said.get("materials", []),
            form=said["form"],
            oral_reason=said["oral_reason"] if oral else "",
            call_note=said["call_note"] if oral else "",
            new_requirement=said.get("new_requirement", ""),
            refusal=said["refusal"],
            signed=said["signed"],
            remarks=said["remarks"],
        )

    def act(self, on: On) -> Case:
        """Give the notice."""
        return actions.issue_notice(on, self.decided())
