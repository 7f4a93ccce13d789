"""Gaps that findings show: a limit without start, a day of either kind, a threshold without window, a duty without day."""

import re
from collections.abc import Iterable, Iterator

from shounuo.reading.findings.model import Consequence, Duty, Finding, Gap, Limit
from shounuo.reading.lexicon import context

_NO_START_NEEDED = ("on_the_spot", "same_day")


def find_derived_gaps(
    limits: Iterable[Limit], duties: Iterable[Duty], consequences: Iterable[Consequence], source: str
) -> Iterator[Gap]:
    """What the findings themselves leave open."""
    counted = bool(
        re.search(r"(?:期限|时限|日数|“?[日天]”?)[^。]{0,20}(?:以|按|均?(?:为|是|指))(?:法定)?工作日", source)
    )
    for limit in limits:
        if (
            limit.starts is None
            and limit.kind not in ("lead_time", "extension")
            and limit.unit not in _NO_START_NEEDED
        ):
            yield _gap(limit, "missing_start", "start_not_said", 0.6)
        if limit.unit == "day_unspecified" and not counted:
            yield _gap(limit, "day_kind_open", "calendar_or_working", 0.6)
    for duty in duties:
        yield from _of_duty(duty)
    for consequence in consequences:
        threshold = consequence.threshold
        if threshold is not None and threshold.least is not None and threshold.window is None:
            yield _gap(consequence, "threshold_without_window", "window_not_said", 0.8)


def _of_duty(duty: Duty) -> Iterator[Gap]:
    if duty.day and duty.recurrence == "monthly" and context("late_day").match(duty.day):
        yield _gap(duty, "day_not_in_every_month", "february", 0.9)
    if duty.day and duty.recipient is None and re.search(r"报", duty.quote):
        yield _gap(duty, "no_recipient", "recipient_not_said", 0.7)
    if duty.recurrence in ("yearly", "half_yearly", "quarterly") and not duty.day and duty.least is None:
        yield _gap(duty, "no_day", "day_not_said", 0.5)
    elif duty.recurrence == "yearly" and not duty.day:
        yield _gap(duty, "no_day", "day_not_said", 0.4)


def _gap(finding: Finding, kind: str, why: str, confidence: float) -> Gap:
    return Gap(finding.clause, "", finding.span, confidence, finding.pattern, kind, why)
