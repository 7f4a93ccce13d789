"""The timeline as the person who asked reads it: what happened, who did it, the words meant for them.

Only the kinds in ``PUBLIC`` are ever told; notes, warnings and requests inside the house are not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext, pgettext_lazy

from shounuo.cases import wording as w
from shounuo.cases.models import Kind
from shounuo.cases.papers import Listed, listed_papers, paper_kind
from shounuo.portal.access import units_by_code
from shounuo.portal.forms import LEVELS
from shounuo.portal.matters import Matter
from shounuo.regulations.wording import day_words, listed, mid_sentence, moment_words, said
from shounuo.rules.facts import Fact

PUBLIC: Mapping[str, str | Promise] = {
    "received": lazy("收到"),
    "first_asked": lazy("首问登记，首问责任人 %(person)s"),
    "guided": lazy("告诉您由哪里办理：%(section)s"),
    "explained": lazy("向您说明情况"),
    "visited": lazy("您来过一次"),
    "accepted": lazy("受理"),
    "not_accepted": lazy("不予受理"),
    "notice_issued": lazy("发出一次性告知书 %(notice)s"),
    "material_received": lazy("收到材料：%(materials)s"),
    "materials_complete": lazy("材料齐全"),
    "assigned": lazy("由 %(person)s 承办"),
    "handed_over": lazy("移交 %(section)s"),
    "hand_over_accepted": lazy("%(section)s 接收，由 %(person)s 承办"),
    "referred_to_leader": pgettext_lazy("happened", "请示分管领导"),
    "leader_decided": lazy("分管领导已作批示"),
    "referred_for_study": lazy("提交研究"),
    "study_done": lazy("研究完毕"),
    "consulted": lazy("就规定不明之处请示"),
    "date_promised": lazy("承诺在 %(date)s 前答复"),
    "party_told": lazy("告知您：%(of)s"),
    "answered": lazy("答复"),
    "completed": lazy("办结"),
    "declined": lazy("不予办理"),
    "withdrawn": pgettext_lazy("happened", "撤回"),
    "breached": lazy("到期没有办结，承诺没有兑现"),
    "due_moved": lazy("日历或制度有改动，期限改为 %(due)s"),
    "rated": lazy("您的评价：%(level)s"),
    "reopened": lazy("重新办理"),
    "transferred_out": lazy("转出：%(to)s"),
    "arrived": lazy("到达现场"),
    "restored": lazy("处理完毕，恢复正常"),
    "appointed": lazy("约定 %(moment)s 见面"),
    "deferred": lazy("改到 %(moment)s 办理：%(reason)s"),
    "relayed": lazy("转请其他机关协助：%(to)s"),
    "relay_answered": lazy("其他机关已经反馈"),
    "merged": lazy("与同一件事的其他来件一并办理，结果会告知您"),
    "disputed": lazy("您提出异议：%(reason)s"),
    "remedied": lazy("根据您的评价整改"),
    "return_visited": lazy("回访"),
    "reclassified": lazy("改按“%(kind)s”办理"),
    "closed": lazy("归档"),
    "note": lazy("您说明已经交了材料"),
}

SAID_TO_PARTY: Mapping[str, str] = {
    "received": "request",
    "explained": "answer",
    "answered": "answer",
    "completed": "answer",
    "declined": "reasons",
    "not_accepted": "reasons",
    "restored": "answer",
    "disputed": "request",
    "note": "note",
}
"""The free words of a fact that are meant for the person who asked."""


KINDS: Mapping[str, w.Label] = dict(Kind.choices)
REASONS: Mapping[str, w.Label] = {**w.DISPUTE_REASONS, **w.DEFER_REASONS}
"""Reasons told to the person, by code."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline."""

    moment: datetime
    text: str
    by: str = ""
    url: str = ""
    breach: bool = False
    words: str = ""


def timeline(matter: Matter) -> list[Entry]:
    """What happened, the newest first."""
    told = {(one.seq, one.label): one.text for one in matter.case.words.all()}
    units = {code: unit.name for code, unit in units_by_code(matter.case.organisation_id).items()}
    public = matter.before.edition.pack.commitments
    facts = [f for f in matter.before.facts if f.kind in PUBLIC and _for_all(f, public)]
    return [_entry(fact, matter, told, units) for fact in reversed(facts)]


def _for_all(fact: Fact, commitments: Mapping[str, object]) -> bool:
    """A breach or a due that moved is told when the promise is a public one, a note when the person wrote it."""
    if fact.kind == "note":
        return fact.by == "party"
    rule = commitments.get(str(fact.data.get("rule", "")))
    if fact.kind == "reclassified":
        return bool(fact.data.get("kind"))
    return fact.kind not in ("breached", "due_moved") or bool(rule and getattr(rule, "public", False))


def _entry(
    fact: Fact, matter: Matter, told: Mapping[tuple[int, str], str], units: Mapping[str, str]
) -> Entry:
    url = ""
    if seq := paper_seq(fact, matter.before.facts):
        url = reverse("portal-paper", args=[matter.case.number, seq])
    return Entry(
        moment=fact.at,
        text=str(_line(fact)) % _values(fact, matter, units),
        by=_by(fact, matter),
        url=url,
        breach=fact.kind == "breached",
        words=told.get((fact.seq, SAID_TO_PARTY.get(fact.kind, "")), ""),
    )


def _line(fact: Fact) -> str | Promise:
    """The line of a kind of fact; what silence or a call that nobody answered brought says so."""
    if fact.kind == "accepted" and fact.data.get("deemed"):
        return _("期限内没有告知，自收到之日起视为受理")
    if fact.kind == "return_visited" and fact.data.get("reached") is False:
        return _("回访，没有联系上您")
    return PUBLIC[fact.kind]


def paper_seq(fact: Fact, facts: Sequence[Fact]) -> int:
    """The fact whose paper tells of this one, 0 for none: being told of an extension leads to its letter."""
    if fact.kind == "party_told" and fact.data.get("of") == "extension":
        return max((f.seq for f in facts if f.kind == "extension_granted" and f.seq < fact.seq), default=0)
    return fact.seq if paper_kind(fact) and fact.kind != "extension_granted" else 0


def papers_for_party(facts: Sequence[Fact]) -> list[Listed]:
    """The papers of a matter for the person who asked: an extension letter once they were told."""
    told = {paper_seq(f, facts) for f in facts}
    return [one for one in listed_papers(facts) if one.seq in told]


def _by(fact: Fact, matter: Matter) -> str:
    if fact.kind in ("first_asked", "assigned", "hand_over_accepted", "received"):
        return ""
    return matter.names.get(fact.by, "")


def _values(fact: Fact, matter: Matter, units: Mapping[str, str]) -> dict[str, str]:
    data = fact.data
    service = matter.before.edition.service(matter.before.judged.service)
    papers = {one.id: said(one.title) for one in service.materials} if service else {}
    person = str(data.get("person") or fact.by)
    date = datetime.fromisoformat(str(data["date"])[:10]).date() if data.get("date") else None
    return {
        "person": matter.names.get(person, _("工作人员")),
        "section": units.get(str(data.get("section", "")), str(data.get("section", ""))),
        "notice": str(data.get("notice", "")),
        "materials": listed(papers.get(key, key) for key in data.get("materials", ())),
        "due": _moment(data.get("new"), fact.at.year),
        "date": day_words(date, fact.at.year) if date else "",
        "of": told_words(str(data.get("of", ""))),
        "level": mid_sentence(dict(LEVELS).get(str(data.get("level", "")), "")),
        "kind": str(KINDS.get(str(data.get("kind", "")), "")),
        "to": str(data.get("to", "")),
        "moment": _moment(data.get("date") or data.get("to"), fact.at.year),
        "reason": mid_sentence(REASONS.get(str(data.get("reason", "")), _("未说明"))),
    }


def _moment(value: object, year: int) -> str:
    """A moment kept in a fact, in words; "" when the field holds something else."""
    try:
        return moment_words(datetime.fromisoformat(str(value)), year)
    except ValueError:
        return ""


def told_words(of: str) -> str:
    """What the party was told of."""
    known = {
        "section": pgettext("told", "由哪个科室办理"),
        "extension": pgettext("told", "延期和理由"),
        "consultation": pgettext("told", "请示的结果"),
        "result": pgettext("told", "结果"),
        "askers": pgettext("told", "结果"),
        "contact": pgettext("told", "先与您联系"),
        "delay": pgettext("told", "没有按期的原因"),
        "feedback": pgettext("told", "其他机关的反馈"),
        "relay": pgettext("told", "转给了哪个机关"),
        "transfer": pgettext("told", "转到哪个机关"),
        "deferral": pgettext("told", "改期和理由"),
        "stand_in": pgettext("told", "由谁代办"),
        "compensation": pgettext("told", "补偿决定"),
        "apology": pgettext("told", "致歉"),
        "receipt": pgettext("told", "已经收到"),
        "merge": pgettext("told", "与同一件事的其他来件一并办理"),
        "rating": pgettext("told", "就您的评价与您联系"),
    }
    return str(known.get(of, pgettext("told", "办理情况")))
