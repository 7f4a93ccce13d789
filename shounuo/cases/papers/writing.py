"""Writing each paper from a matter's facts, judged now; nothing here reads the clock or a request."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shounuo.cases import wording as w
from shounuo.cases.actions import Before
from shounuo.cases.derivation import ClauseUrl, Link, derive
from shounuo.cases.models import Kind, Notice, Party
from shounuo.cases.papers.content import Codes, Line, Paper, Part, Shown
from shounuo.cases.papers.extension import extension_parts
from shounuo.cases.papers.kinds import paper_kind, title_of_kind
from shounuo.cases.papers.notice import notice_parts
from shounuo.cases.projection import leading
from shounuo.cases.reasons import budget
from shounuo.cases.telling import Context
from shounuo.regulations.wording import clause_label, mid_sentence, said
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Clock, ClockState
from shounuo.rules.shapes.service import Service


@dataclass(frozen=True, slots=True)
class Source:
    """What papers are written from: the judged matter, its words, notices and party, and codes to print."""

    before: Before
    context: Context
    words: Mapping[tuple[int, str], str]
    notices: Mapping[int, Notice]
    party: Party | None
    clause_url: ClauseUrl
    codes: Codes

    @property
    def number(self) -> str:
        """The matter's printed number."""
        return self.before.case.number

    @property
    def service(self) -> Service | None:
        """The service asked for."""
        return self.before.edition.service(self.before.judged.service)

    @property
    def title(self) -> str:
        """What the matter is about: its service, else its kind."""
        return said(self.service.title) if self.service else str(Kind(self.before.case.kind).label)

    @property
    def to(self) -> str:
        """Who the paper is for."""
        return self.party.name if self.party and self.party.name else _("当事人")

    def told(self, fact: Fact, label: str) -> str:
        """The free words of a fact."""
        return self.words.get((fact.seq, label), "")

    def shown(self, clock: Clock, due_words: str = "") -> Shown:
        """A clock with its derivation."""
        rule = self.before.edition.pack.commitments[clock.rule]
        link = Link(clause_label(self.before.edition.pack, clock.clause), self.clause_url(clock.clause))
        facts, now = self.before.facts, self.before.judged.at
        why = derive(clock, facts, self.before.edition, now, self.clause_url)
        return Shown(said(rule.title), link, why, due_words or _("最迟"))

    def _leading(self) -> Clock | None:
        rules = self.before.edition.pack.commitments
        return leading([c for c in self.before.judged.clocks if rules[c.rule].public])

    def main(self) -> list[Shown]:
        """The leading public promise of the matter, if one has started."""
        lead = self._leading()
        return [self.shown(lead)] if lead and lead.state is not ClockState.VOID else []

    def judged_by(self) -> list[Shown]:
        """The public promise by which the ended matter counts as kept or late, else the leading one."""
        rules = self.before.edition.pack.commitments
        handling = [c for c in self.before.judged.clocks if c.handling and rules[c.rule].public]
        return [self.shown(handling[-1])] if handling else self.main()

    def running(self) -> list[Shown]:
        """The leading promise and the other public ones that run now; at most three, the receipt is one page."""
        rules, lead = self.before.edition.pack.commitments, self._leading()
        clocks = [c for c in self.before.judged.clocks if rules[c.rule].public and not c.hidden_from_rated]
        live = [c for c in clocks if c.ended_at is None and c.due]
        return [*self.main(), *(self.shown(c) for c in live if c is not lead)][:3]


def source_of(before: Before, context: Context, clause_url: ClauseUrl, codes: Codes) -> Source:
    """Everything the papers of a matter say, in three queries."""
    case = before.case
    return Source(
        before, context,
        {(one.seq, one.label): one.text for one in case.words.all()},
        {one.seq: one for one in case.notices.all()},
        Party.objects.filter(case=case).first(), clause_url, codes,
    )  # fmt: skip


def write(source: Source, seq: int) -> Paper | None:
    """The paper of the fact with this number; None when that fact has none."""
    fact = next((f for f in source.before.facts if f.seq == seq and f.kind != "corrected"), None)
    if fact is None or not paper_kind(fact):
        return None
    return WRITERS[fact.kind](source, fact)


def _paper(
    source: Source, fact: Fact, number: str, *, opening: str = "", lines: Sequence[Line] = (),
    parts: Sequence[Part] = (), clocks: Sequence[Shown] = (), receive: bool = False, rating: bool = False,
    signed: datetime | None = None,
) -> Paper:  # fmt: skip
    codes = source.codes if rating else Codes(source.codes.progress, "", source.codes.secret)
    return Paper(
        kind=paper_kind(fact), title=title_of_kind(fact.kind), number=number, matter=source.number,
        unit=source.before.case.organisation.name, signed=signed or fact.at, to=source.to, opening=opening,
        lines=lines, parts=[part for part in parts if any(part.lines)], clocks=clocks,
        by=source.context.who(fact.by) if fact.by not in ("", "party") else "", foot=_foot(source),
        receive=receive, codes=codes,
    )  # fmt: skip


def _foot(source: Source) -> list[str]:
    service, section = source.service, source.before.case.section
    phone = service.inquiry_phone if service else (section.phone if section else "")
    lines = [_("咨询电话 %(phone)s") % {"phone": phone}] if phone else []
    if service and service.complaint_phone:
        lines.append(_("投诉电话 %(phone)s") % {"phone": service.complaint_phone})
    said_secret = _("查进度：受理号 %(number)s，查询码 %(secret)s")
    if source.codes.secret:
        lines.append(said_secret % {"number": source.number, "secret": source.codes.secret})
    return lines


def _receipt(source: Source, fact: Fact) -> Paper:
    case, judged = source.before.case, source.before.judged
    clocks = source.running()
    late = (fact.recorded_at - fact.at).total_seconds() >= 60 and not case.marks
    lines = [Line(pgettext("one", "事项"), source.title), Line(_("收到"), moment=fact.at)]
    lines += [Line(_("补登于"), moment=fact.recorded_at)] if late else []
    if judged.first_asked:
        lines.append(Line(_("首问责任人"), source.context.who(judged.first_asked)))
    if case.section:
        lines.append(Line(_("承办科室"), f"{case.section.name} {case.section.phone}".strip()))
    handling = any(c.handling for c in judged.clocks)
    for one in source.judged_by() if handling else ():
        lines.append(Line(one.due_words, moment=one.why.due, tail=one.why.tail, strong=True))
    limit = source.service and (source.service.promised_limit or source.service.statutory_limit)
    if limit and not handling:
        lines.append(Line(_("办理时限"), _("材料齐全之后 %(limit)s") % {"limit": budget(limit)}))
    return _paper(source, fact, source.number, lines=lines, clocks=clocks)


def _notice(source: Source, fact: Fact) -> Paper:
    kept = source.notices.get(fact.seq)
    values = {"service": source.title, "number": source.number}
    opening = (
        _("您申请办理的“%(service)s”（受理号 %(number)s），现将有关事项一次告知如下。")
        if source.service
        else _("您提出的事项（受理号 %(number)s），现将有关内容一次告知如下。")
    ) % values
    said_words = {label: source.told(fact, label) for label in ("reasons", "remarks", "call_note")}
    parts = notice_parts(kept.body, said_words) if kept else []
    number = kept.number if kept else f"{source.number}-{fact.seq}"
    oral = fact.data.get("form") == "oral"
    return _paper(source, fact, number, opening=opening, parts=parts, clocks=source.main(), receive=not oral)


def _result(source: Source, fact: Fact) -> Paper:
    what = {
        "completed": _("您申请办理的“%(service)s”（受理号 %(number)s）已经办结。"),
        "restored": _("您报修的事项（受理号 %(number)s）已经处理完毕。"),
        "declined": _("您申请办理的“%(service)s”（受理号 %(number)s），经审查决定不予办理。"),
        "not_accepted": _("您提出的“%(service)s”（受理号 %(number)s），决定不予受理。"),
    }[fact.kind]
    codes = w.NO_ACCEPTANCE_REASONS if fact.kind == "not_accepted" else w.DECLINE_REASONS
    reasons = [str(codes.get(str(one), one)) for one in fact.data.get("reasons", ())]
    result = w.RESULTS.get(str(fact.data.get("result", "")))
    lines = [Line(_("结果"), str(result))] if result else []
    parts = [
        Part(_("理由"), [*reasons, *_paragraphs(source.told(fact, "reasons"))]),
        Part(_("说明"), _paragraphs(source.told(fact, "answer"))),
    ]
    parts += [Part(_("不同意怎么办"), [_disagree(source)])] if reasons else []
    opening = what % {"service": source.title, "number": source.number}
    return _paper(source, fact, f"{source.number}-J", opening=opening, lines=lines, parts=parts,
                  clocks=source.judged_by(), receive=True, rating=True)  # fmt: skip


def _disagree(source: Source) -> str:
    phone = source.service.complaint_phone if source.service else ""
    ask = _("可以拨打投诉电话 %(phone)s。") % {"phone": phone} if phone else _("可以向本单位投诉。")
    return ask + _("依法可以申请行政复议或者提起行政诉讼的，请在法定期限内提出。")


def _reply(source: Source, fact: Fact) -> Paper:
    asked = source.words.get((source.before.facts[0].seq, "request"), "")
    opening = _("您提出的事项（受理号 %(number)s），现答复如下。") % {"number": source.number}
    parts = [
        Part(_("您的话"), _paragraphs(asked)),
        Part(_("我们的答复"), _paragraphs(source.told(fact, "answer"))),
    ]
    final = fact.kind == "answered"
    return _paper(source, fact, f"{source.number}-D{fact.seq}", opening=opening, parts=parts,
                  clocks=source.judged_by() if final else [], rating=final)  # fmt: skip


def _paragraphs(text: str) -> list[str]:
    return [line for line in (part.strip() for part in text.splitlines()) if line]


def _extension(source: Source, fact: Fact) -> Paper:
    number = sum(f.kind == "extension_granted" and f.seq <= fact.seq for f in source.before.facts)
    asked = next((f for f in source.before.facts if f.seq == fact.data.get("request")), None)
    reason = w.EXTENSION_REASONS.get(str(asked.data.get("reason")), "") if asked else ""
    why = _("理由：%(reason)s。") % {"reason": mid_sentence(reason)} if reason else ""
    values = {"service": source.title, "number": source.number, "more": budget(str(fact.data["by_how_much"]))}
    opening = _("您的事项“%(service)s”（受理号 %(number)s），经批准将办理期限延长 %(more)s。") % values + why
    parts, clocks = extension_parts(source, fact)
    reasons = Part(_("理由"), _paragraphs(source.told(asked, "reasons")) if asked else [])
    return _paper(source, fact, f"{source.number}-Y{number}", opening=opening, parts=[reasons, *parts],
                  clocks=clocks, receive=True)  # fmt: skip


Writer = Callable[[Source, Fact], Paper]
WRITERS: Mapping[str, Writer] = {
    "received": _receipt,
    "notice_issued": _notice,
    "extension_granted": _extension,
    "completed": _result,
    "restored": _result,
    "declined": _result,
    "not_accepted": _result,
    "answered": _reply,
    "explained": _reply,
}
