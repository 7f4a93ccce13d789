"""The extension letter: what the new due is once the party is told, or why it will not count."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from shounuo.cases.derivation import Link, Step, derive, void_words
from shounuo.cases.papers.content import Part, Shown
from shounuo.regulations.wording import budget_words, clause_label, said
from shounuo.rules.engine import judge
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Clock, Granted

if TYPE_CHECKING:
    from shounuo.cases.papers.writing import Source


def extension_parts(source: "Source", fact: Fact) -> tuple[list[Part], list[Shown]]:
    """What the letter says besides its reasons: the clock with its new due, or that the extension is void."""
    found = _granted(source.before.judged.clocks, fact)
    if found is None:
        return [], []
    clock, one = found
    facts, at = list(source.before.facts), None
    if not one.valid and one.told_at is None:
        at = max(source.before.judged.at, fact.at)
        facts = [*facts, _telling(facts, at)]
        again = _granted(judge(source.before.edition, facts, at, with_verbs=False).clocks, fact)
        clock, one = again or (clock, one)
    if not one.valid:
        return [Part(_("效力"), [_("这次延期不改变期限：%(why)s。") % {"why": void_words(one)}])], []
    rule = source.before.edition.pack.commitments[clock.rule]
    why = derive(clock, facts, source.before.edition, source.before.judged.at, source.clause_url)
    if at:
        why = replace(
            why,
            steps=tuple(
                _not_told_yet(step, one) if step.moment == one.told_at else step for step in why.steps
            ),
        )
    link = Link(clause_label(source.before.edition.pack, rule.clause), source.clause_url(rule.clause))
    told = Part(
        _("效力"), [_("您收到本告知书后，按延长后的期限办理；原定期限届满前没有告知您的，延期不算数。")]
    )
    return [told], [Shown(said(rule.title), link, why, _("延期后最迟"))]


def _not_told_yet(step: Step, one: Granted) -> Step:
    """The step of a telling that this letter itself will be."""
    words = {"words": budget_words(one.by_how_much)}
    return replace(
        step, text=_("延期 %(words)s：已批准，告知您以后计入期限。") % words, moment=one.granted_at
    )


def _granted(clocks: tuple[Clock, ...], fact: Fact) -> tuple[Clock, Granted] | None:
    """The clock and the extension that this fact granted."""
    for clock in clocks:
        for one in clock.extensions:
            if one.granted_at == fact.at and fact.data.get("rule") in (None, one.rule):
                return clock, one
    return None


def _telling(facts: list[Fact], at: datetime) -> Fact:
    """The fact that telling the party now would be."""
    at = max(at, facts[-1].at)
    return Fact(facts[-1].seq + 1, "party_told", at, at, "", {"of": "extension"})
