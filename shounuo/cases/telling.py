"""A matter's facts as a timeline that people read: what happened, when, by whom, in which words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from shounuo.cases import wording as w
from shounuo.cases.models import Case, Channel, Notice, Words
from shounuo.cases.reasons import budget
from shounuo.organisation.models import Unit
from shounuo.organisation.names import names_of
from shounuo.regulations.wording import event_words, listed, mid_sentence, said
from shounuo.rules.edition import Edition
from shounuo.rules.engine.history import moment
from shounuo.rules.facts import Fact


@dataclass(frozen=True, slots=True)
class Context:
    """What is needed to put a matter's facts into words."""

    edition: Edition
    service: str
    names: Mapping[str, str]
    sections: Mapping[str, Unit]
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


def context_of(case: Case, edition: Edition, facts: Iterable[Fact]) -> Context:
    """Names and sections that the matter's facts mention: two queries."""
    actors = {case.first_asked, case.answerable, case.handler}
    for fact in facts:
        actors |= {fact.by, str(fact.data.get("person", ""))}
    sections = {u.code: u for u in Unit.objects.sections_of(case.organisation)}
    return Context(edition, case.service, names_of(actors), sections, case.marks)


def timeline(
    facts: Sequence[Fact], words: Iterable[Words], notices: Iterable[Notice], context: Context
) -> list[Told]:
    """The facts in words, the newest first."""
    said: dict[int, list[str]] = {}
    for one in words:
        said.setdefault(one.seq, []).append(one.text)
    papers = {one.seq for one in notices}
    wrong = {int(f.data["corrects"]) for f in facts if f.kind == "corrected"}
    told = [_told(f, said.get(f.seq, []), f.seq in papers, f.seq in wrong, context) for f in facts]
    return sorted(told, key=lambda line: (line.moment, line.seq), reverse=True)


def _told(fact: Fact, words: Sequence[str], notice: bool, wrong: bool, context: Context) -> Told:
    late = (fact.recorded_at - fact.at).total_seconds() >= 60 and fact.by != "" and not context.marks
    return Told(
        seq=fact.seq,
        moment=fact.at,
        text=sentence(fact, context),
        by=context.who(fact.by),
        words=words,
        recorded=fact.recorded_at if late else None,
        breach=fact.kind == "breached",
        warned=fact.kind == "warned",
        notice=fact.seq if notice else None,
        corrected=wrong,
    )


Say = Callable[[Mapping[str, Any], Context], str]


def sentence(fact: Fact, context: Context) -> str:
    """What a fact says, in one sentence; kinds without their own sentence say their name."""
    say = _SENTENCES.get(fact.kind)
    return say(fact.data, context) if say else event_words(fact.kind)


def _received(d: Mapping[str, Any], c: Context) -> str:
    channel = str(d.get("channel", ""))
    through = Channel(channel).label if channel in Channel.values else channel
    return _("收到，来自%(channel)s") % {"channel": mid_sentence(through)} if through else _("收到")


def _notice(d: Mapping[str, Any], c: Context) -> str:
    said = {"number": d.get("notice", ""), "papers": c.papers(d.get("materials"))}
    oral, written = _("发出口头一次性告知 %(number)s"), _("发出书面一次性告知 %(number)s")
    text = (oral if d.get("form") == "oral" else written) % said
    if said["papers"]:
        text += _("：缺%(papers)s") % said
    return text + (_("；列为新要求") if d.get("new_requirement") else "")


def _party_told(d: Mapping[str, Any], c: Context) -> str:
    what = {"section": _("告知当事人由哪个科室办理"), "extension": _("告知当事人延期和理由")}
    text = what.get(str(d.get("of")), _("告知当事人"))
    return text + _way(d, w.WAYS)


def _way(d: Mapping[str, Any], table: Mapping[str, w.Label]) -> str:
    way = table.get(str(d.get("way", "")))
    return _("（%(way)s）") % {"way": mid_sentence(way)} if way else ""


def _codes(d: Mapping[str, Any], table: Mapping[str, w.Label]) -> str:
    codes = d.get("reasons") or ([d["reason"]] if d.get("reason") else [])
    return listed(mid_sentence(table.get(str(code), code)) for code in codes)


def _with_codes(kind: str, table: Mapping[str, w.Label]) -> Say:
    def say(d: Mapping[str, Any], c: Context) -> str:
        why = _codes(d, table)
        return _("%(what)s：%(why)s") % {"what": event_words(kind), "why": why} if why else event_words(kind)

    return say


def _handed_over(d: Mapping[str, Any], c: Context) -> str:
    return _("移交%(section)s") % {"section": c.section(d.get("section"))}


def _accepted_over(d: Mapping[str, Any], c: Context) -> str:
    return _("%(section)s接收，由 %(who)s 承办") % {
        "section": c.section(d.get("section")),
        "who": c.who(d.get("person")),
    }


def _assigned(d: Mapping[str, Any], c: Context) -> str:
    return _("分派给 %(who)s 承办") % {"who": c.who(d.get("person"))}


def _requested(d: Mapping[str, Any], c: Context) -> str:
    said = {"rule": c.rule(d.get("rule")), "more": budget(str(d.get("by_how_much", "")))}
    why = w.EXTENSION_REASONS.get(str(d.get("reason")), d.get("reason", ""))
    return _("申请延期 %(more)s（%(rule)s）：%(why)s") % (said | {"why": mid_sentence(why)})


def _granted(d: Mapping[str, Any], c: Context) -> str:
    return _("批准延期 %(more)s") % {"more": budget(str(d.get("by_how_much", "")))}


def _warned(d: Mapping[str, Any], c: Context) -> str:
    mark = str(d.get("mark", ""))
    left = mark.removesuffix(" left")
    said = (
        _("用去 %(mark)s") % {"mark": mark}
        if mark.endswith("%")
        else _("还剩 %(left)s") % {"left": budget(left)}
    )
    return _("临期提醒：%(rule)s，%(said)s") % {"rule": c.rule(d.get("rule")), "said": said}


def _breached(d: Mapping[str, Any], c: Context) -> str:
    due = w.say_moment(moment(d["due"]))
    return _("逾期：%(rule)s，应在 %(due)s 前做到") % {"rule": c.rule(d.get("rule")), "due": due}


def _corrected(d: Mapping[str, Any], c: Context) -> str:
    why = w.CORRECTION_REASONS.get(str(d.get("reason")), d.get("reason", ""))
    text = _("更正第 %(seq)s 条记录：%(why)s") % {"seq": d.get("corrects"), "why": mid_sentence(why)}
    return text + (_("，时间改为 %(at)s") % {"at": w.say_moment(moment(d["at"]))} if d.get("at") else "")


def _promised(d: Mapping[str, Any], c: Context) -> str:
    return _("承诺 %(date)s 前答复") % {"date": w.say_date(date.fromisoformat(str(d["date"])[:10]))}


_SENTENCES: Mapping[str, Say] = {
    "received": _received,
    "first_asked": lambda d, c: _("首问登记，首问责任人 %(who)s") % {"who": c.who(d.get("person"))},
    "notice_issued": _notice,
    "material_received": lambda d, c: _("收到材料：%(papers)s") % {"papers": c.papers(d.get("materials"))},
    "party_told": _party_told,
    "guided": lambda d, c: (
        _("指引到%(section)s") % {"section": c.section(d.get("section"))} + _way(d, w.GUIDE_WAYS)
    ),
    "handed_over": _handed_over,
    "hand_over_accepted": _accepted_over,
    "assigned": _assigned,
    "date_promised": _promised,
    "extension_requested": _requested,
    "extension_granted": _granted,
    "answered": lambda d, c: event_words("answered") + _way(d, w.WAYS),
    "not_accepted": _with_codes("not_accepted", w.NO_ACCEPTANCE_REASONS),
    "declined": _with_codes("declined", w.DECLINE_REASONS),
    "explained": _with_codes("explained", w.EXPLAIN_REASONS),
    "rated": lambda d, c: _("当事人评价 %(level)s 分") % {"level": d.get("level")},
    "corrected": _corrected,
    "warned": _warned,
    "breached": _breached,
}
"""Fact kind -> its sentence."""

__all__ = ["Context", "Told", "context_of", "sentence", "timeline"]
