"""Extensions: requested, granted by another, and told, all before the due in force; else void."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shounuo.rules.deadlines import Budget, plus
from shounuo.rules.edition import Edition
from shounuo.rules.engine.running import Running
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Granted, Reason
from shounuo.rules.shapes import Commitment
from shounuo.rules.words import LeadTime, WordsError, parse_words


@dataclass(slots=True)
class _Asked:
    request: Fact
    run: Running


class Extensions:
    """Follows the requests on one commitment's clocks."""

    def __init__(self, edition: Edition, rule_id: str, rule: Commitment) -> None:
        self.edition, self.rule_id, self.rule = edition, rule_id, rule
        self.asked: _Asked | None = None

    def take(self, run: Running, fact: Fact) -> None:
        """Let one more fact count for a clock that is neither ended nor breached."""
        if self.rule.extension is None or fact.data.get("rule") not in (None, self.rule_id):
            return
        if self.asked and self.asked.run is not run:
            self.asked = None  # asked for a clock that has ended meanwhile: a new one has its own requests
        if fact.kind == "extension_requested":
            self._request(run, fact)
        elif fact.kind in ("extension_granted", "extension_refused") and self.asked:
            self._decide(run, fact)
        elif fact.kind == "party_told" and fact.data.get("of") == "extension":
            self._told(run, fact)

    def _request(self, run: Running, fact: Fact) -> None:
        self.asked = _Asked(fact, run)
        why = Reason("not_before_due") if not _before_due(run, fact) else Reason("waiting_for_decision")
        if why.code == "not_before_due":
            self.asked = None
        asked = str(fact.data.get("by_how_much", ""))
        run.extensions.append(Granted(self.rule_id, fact.at, None, None, asked, False, why))

    def _decide(self, run: Running, fact: Fact) -> None:
        assert self.asked is not None
        if fact.kind == "extension_refused":
            self._mark(run, Reason("refused"))
        elif fact.by and fact.by == self.asked.request.by:
            self._mark(run, Reason("granted_by_the_asker"))
        elif why := self._beyond_bounds(run, fact):
            self._mark(run, why)
        else:
            run.extensions[-1] = replace(
                run.extensions[-1],
                granted_at=fact.at,
                by_how_much=str(fact.data["by_how_much"]),
                why=Reason("party_not_told"),
            )
        self.asked = None

    def _beyond_bounds(self, run: Running, fact: Fact) -> Reason | None:
        assert self.rule.extension is not None
        on = run.started_at.date()
        at_most = int(self.edition.resolve(self.rule.extension.at_most, on))
        given = [e for e in run.extensions if e.valid or e.to_tell]
        if len(given) >= at_most:
            return Reason("too_many_extensions", {"at_most": at_most})
        longest = str(self.edition.resolve(self.rule.extension.up_to, on))
        bound, extra = _budget(longest), _budget(str(fact.data["by_how_much"]))
        if bound is None:
            return None if extra else Reason("other_kind_of_time")
        total = _size(extra) + sum(_size(_budget(e.by_how_much)) for e in given)
        if type(bound) is not type(extra) or total > _size(bound):
            return Reason("too_long_an_extension", {"up_to": longest})
        return None

    def _told(self, run: Running, fact: Fact) -> None:
        """What was granted and waits to be told, whatever was asked for after it."""
        place = next((i for i, one in enumerate(run.extensions) if one.to_tell), None)
        if place is None:
            return
        granted = replace(run.extensions[place], told_at=fact.at)
        extra = parse_words(granted.by_how_much)
        if not _before_due(run, fact):
            run.extensions[place] = replace(granted, why=Reason("not_before_due"))
        elif type(extra) is not type(run.budget):
            run.extensions[place] = replace(granted, why=Reason("other_kind_of_time"))
        else:
            old = run.due().at
            run.budget = plus(run.budget, extra)
            run.extensions[place] = replace(granted, valid=True, why=None)
            run.move(fact.at, "extended", fact.seq, old)

    def _mark(self, run: Running, why: Reason) -> None:
        run.extensions[-1] = replace(run.extensions[-1], why=why)


def _before_due(run: Running, fact: Fact) -> bool:
    now = run.due().at
    return now is None or fact.at < now


def _budget(words: str) -> Budget | None:
    """The budget of an extension's words; None for words that are none: such an extension is void."""
    try:
        found = parse_words(words)
    except WordsError:
        return None
    return None if isinstance(found, LeadTime) else found


def _size(budget: Budget | None) -> int:
    return int(getattr(budget, "n", 0) or getattr(budget, "seconds", 0))
