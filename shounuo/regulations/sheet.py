"""A regulation as its pages show it: clauses in order, where each leads, what it leaves open. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shounuo.regulations.rule_wording import rule_sentence, setting_words, shape_words, value_words
from shounuo.regulations.wording import (
    budget_words,
    clause_label,
    event_words,
    listed,
    post_words,
    said,
    said_label,
)
from shounuo.rules.edition import Edition
from shounuo.rules.shapes import SHAPES, Clause, Commitment, Pack, Setting

APPLICABLE_KINDS = frozenset({"enquiry", "application", "repair", "suggestion", "praise"})
"""Kinds of matter that can be registered so far."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A shape of rule and how many of it a clause has."""

    shape: str
    words: str
    number: int


@dataclass(frozen=True, slots=True)
class Open:
    """A setting that a clause leaves open; `now` is how it stands, in words, and `by_default` whether that is
    the regulation's default because no decision counts yet. `coming`: from which day another value counts.
    """

    key: str
    title: str
    question: str
    now: str
    decided: bool
    by_default: bool
    coming: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where the text is silent or contradicts itself, by its number; the settings that settle it."""

    code: str
    settings: tuple[Open, ...]

    @property
    def decided(self) -> bool:
        """Whether every setting that settles it was decided."""
        return bool(self.settings) and all(one.decided for one in self.settings)


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause in the list of clauses."""

    key: str
    label: str
    heading: str
    text: str
    reason: str
    chips: tuple[Chip, ...]
    gaps: tuple[Gap, ...]
    undecided: int


@dataclass(frozen=True, slots=True)
class RuleSheet:
    """One rule of a clause in words. `waits` names the part of the product that will apply it, "" when it is applied."""

    key: str
    shape: str
    shape_words: str
    title: str
    sentence: str
    details: tuple[tuple[str, str], ...]
    note: str
    waits: str
    counted: bool


def keys_in_order(pack: Pack) -> list[str]:
    """The clauses as the text has them."""
    return list(pack.head.contents or pack.clauses)


def opened(edition: Edition, keys: Iterable[str], on: date) -> tuple[Open, ...]:
    """Settings in words, as they stand on a day."""
    return tuple(_opened(edition, key, on) for key in keys)


def _opened(edition: Edition, key: str, on: date) -> Open:
    setting, decisions = edition.pack.settings[key], edition.decided.get(key, ())
    return Open(
        key, said(setting.title), said(setting.question), value_words(edition, key, on), bool(decisions),
        not any(since <= on for since, _value in decisions),
        tuple((since, setting_words(setting, value)) for since, value in decisions if since > on),
    )  # fmt: skip


def settings_of_clause(pack: Pack, clause: str) -> list[str]:
    """The settings that a clause leaves open."""
    return [key for key, setting in pack.settings.items() if clause in setting.clauses]


Settings = Mapping[str, Sequence[str]]


def _settings_by(pack: Pack, what: str) -> Settings:
    """Settings by each of the ``clauses`` they concern, or by each gap that they settle (``settles``)."""
    found: dict[str, list[str]] = {}
    for key, setting in pack.settings.items():
        for one in getattr(setting, what):
            found.setdefault(one, []).append(key)
    return found


def gaps_of(edition: Edition, clause: str, on: date, settling: Settings | None = None) -> tuple[Gap, ...]:
    """The ambiguities of a clause with what settles them: settings named on this clause, else on any.

    ``settling``: settings by gap, for whoever asks about many clauses.
    """
    settings, found = edition.pack.settings, []
    settling = _settings_by(edition.pack, "settles") if settling is None else settling
    for code in edition.pack.clauses[clause].gaps:
        anywhere = settling.get(code, ())
        here = [key for key in anywhere if clause in settings[key].clauses]
        found.append(Gap(code, opened(edition, here or anywhere, on)))
    return tuple(found)


def rows(edition: Edition, on: date) -> list[ClauseRow]:
    """Every clause in order."""
    shapes: dict[str, list[str]] = {}
    for shape, _id, rule in edition.pack.rules():
        for clause in rule.clauses():
            shapes.setdefault(clause, []).append(shape)
    leaving, settling = (_settings_by(edition.pack, what) for what in ("clauses", "settles"))
    return [
        _row(edition, key, shapes.get(key, []), on, leaving.get(key, ()), settling)
        for key in keys_in_order(edition.pack)
    ]


def _row(
    edition: Edition, key: str, shapes: list[str], on: date, leaving: Iterable[str], settling: Settings
) -> ClauseRow:
    clause = edition.pack.clauses[key]
    undecided = sum(not edition.decided.get(one) for one in leaving)
    chips = tuple(Chip(one, shape_words(one), shapes.count(one)) for one in SHAPES if one in shapes)
    return ClauseRow(
        key, short_label(clause, key), said(clause.heading), said(clause.text), said(clause.reason), chips,
        gaps_of(edition, key, on, settling), undecided,
    )  # fmt: skip


def short_label(clause: Clause, key: str) -> str:
    """The label of a clause; its heading, or its key, when it carries none."""
    return said_label(clause) or said(clause.heading) or key


def by_heading(found: Iterable[ClauseRow]) -> Iterator[tuple[str, list[ClauseRow]]]:
    """Clauses under their headings, as they follow each other."""
    for heading, group in groupby(found, key=lambda row: row.heading):
        yield heading, list(group)


def cited(pack: Pack, clause: str) -> str:
    """How a clause is cited; with its key where several clauses carry the same printed label."""
    return cited_each(pack, [clause])[clause]


def cited_each(pack: Pack, clauses: Iterable[str]) -> dict[str, str]:
    """The same for many clauses: the whole text is looked through once."""
    alike = Counter(map(_printed, pack.clauses.values()))
    found = {}
    for key in clauses:
        label = clause_label(pack, key)
        several = alike[_printed(pack.clauses[key])] > 1
        found[key] = _("%(title)s（%(details)s）") % {"title": label, "details": key} if several else label
    return found


def _printed(clause: Clause) -> tuple[object, str | None]:
    return tuple(sorted((clause.heading or {}).items())), clause.label


def rule_sheets(edition: Edition, clause: str, on: date) -> list[RuleSheet]:
    """The rules that give effect to a clause, in words."""
    return [
        RuleSheet(
            key, shape, shape_words(shape), said(rule.title), rule_sentence(edition.pack, rule, edition, on),
            tuple(_details(edition, rule, on)), said(rule.note), waits(shape, rule),
            isinstance(rule, Commitment) and not waits(shape, rule),
        )
        for shape, key, rule in edition.pack.rules_of_clause(clause)
    ]  # fmt: skip


def waits(shape: str, rule: object) -> str:
    """Which later part of the product applies a rule; "" for rules that are applied now."""
    if isinstance(rule, Commitment):
        kinds = set(rule.applies_to.kinds)
        return "" if not kinds or kinds & APPLICABLE_KINDS else pgettext("part", "投诉")
    if shape == "routing":
        return (
            pgettext("part", "投诉") if "complaint" in str(getattr(rule, "when", {}).get("kind", "")) else ""
        )
    if shape == "disclosure":
        return (
            ""
            if getattr(rule, "what", "") in ("service_limits", "one_time_notice")
            else pgettext("part", "投诉")
        )
    parts = {
        "duty": pgettext("part", "定期事务"), "norm": pgettext("part", "监督检查"),
        "consequence": pgettext("part", "责任追究"), "register": pgettext("part", "记录与报表"),
        "arrangement": pgettext("part", "定期事务"),
    }  # fmt: skip
    return str(parts.get(shape, ""))


def _details(edition: Edition, rule: object, on: date) -> Iterator[tuple[str, str]]:
    if not isinstance(rule, Commitment):
        return
    if rule.form == "check":
        yield _("看什么"), listed(event_words(one) for one in rule.over or ())
        return
    waiting = {"pause": _("暂停计时"), "restart": _("材料齐全后重新计时"), "continue": _("照常计时")}
    if {"notice_issued", "materials_complete"} & set(rule.starts or ()) or rule.handling:
        found = edition.resolve(rule.while_waiting_for_materials, on)
        yield _("等待补齐材料时"), waiting.get(str(found), str(found))
    if rule.extension:
        yield _("延期"), _extension(edition, rule, on)
    if rule.warn:
        yield _("提醒"), listed(mark_words(one) for one in rule.warn)
    if rule.soft:
        yield _("数字的来历"), _("条文只说“及时”，数字是本单位自定的")


def _extension(edition: Edition, rule: Commitment, on: date) -> str:
    assert rule.extension is not None
    words = {
        "who": post_words(edition.pack, rule.extension.granted_by),
        "most": edition.resolve(rule.extension.at_most, on),
        "length": budget_words(str(edition.resolve(rule.extension.up_to, on) or "—")),
    }
    return _("由%(who)s批准，至多 %(most)s 次，合计不超过 %(length)s；到期前申请、批准并告知才有效") % words


def mark_words(mark: str) -> str:
    """A warn mark in words: “用去 50%”, “还剩 1 个工作日”."""
    if mark.endswith(" left"):
        return _("还剩 %(length)s") % {"length": budget_words(mark.removesuffix(" left"))}
    return _("用去时限的 %(share)s") % {"share": mark}


def options_of(setting: Setting) -> list[str]:
    """The ways of deciding that the regulation offers, in words."""
    return [setting_words(setting, option.value) for option in setting.options]
