"""From which event time runs and which act it bounds, in the text's own words."""

import re

from shounuo.reading.findings.segments import Passage, Segment
from shounuo.reading.lexicon import context

LONGEST = 40
"""Characters of an event phrase; what is longer is cut."""


def start_before(passage: Passage, segment: Segment, at: int, *, lead: bool) -> str | None:
    """The start event before position `at`, looked for in the segment, then back through its sentence, then above it."""
    before = _trimmed(segment.text[: at - segment.a])
    if lead:
        return _lead_event(before, passage, segment)
    for pattern in (
        context("since"),
        context("since_bare"),
        context("after_event"),
        context("after_anything"),
    ):
        if match := pattern.search(before):
            return _plain(match[1])
    for earlier in passage.earlier(segment, 3):
        if event := _opening(earlier.text):
            return event
    if passage.lead is not None and passage.lead.segments and passage.role == "item":
        return next((e for s in reversed(passage.lead.segments[-3:]) if (e := _opening(s.text))), None)
    return None


def _trimmed(before: str) -> str:
    return context("fill").sub("", before)


def _opening(text: str) -> str | None:
    """接到投诉后; 自受理之日起; 材料齐全的."""
    if match := context("after_within").search(text):
        return _plain(match[1])
    if match := context("since").search(text):
        return _plain(match[1])
    if (match := context("when").match(text)) and (text.endswith("后") or context("opens_event").match(text)):
        return _plain(match[1])
    if text.endswith("后") and (
        match := context("after_event").search(text) or context("after_anything").search(text)
    ):
        return _plain(match[1])
    return None


def _lead_event(before: str, passage: Passage, segment: Segment) -> str | None:
    before = re.sub(r"(?:至少|提前|不少于)+$", "", before)
    match = context("lead_event").search(_trimmed(before))
    if match and not re.search(r"企业|公司|单位|部门|中心|人员|申请人|用户$", match[1][-4:]):
        return _plain(match[1])
    earlier = passage.earlier(segment, 3)
    return _plain(earlier[0].text.removesuffix("的")) if earlier else None


def _plain(event: str) -> str | None:
    event = re.sub(r"^.*(?:应当|必须|应|须)(?=[在于自])|之?前$", "", event)
    return re.sub(r"^(?:应当|应|在|于|自|从|对|当(?![年事场面月日])|的|并)+", "", event)[-LONGEST:] or None


def matter_before(passage: Passage, segment: Segment) -> str | None:
    """What the limit holds for, when the segment before says so: 对需要研究的问题, 一般投诉."""
    earlier = passage.earlier(segment, 1)
    if earlier and earlier[0].part == segment.part and context("matter").search(earlier[0].text):
        return earlier[0].text[:LONGEST]
    return None


_ACT_END = re.compile(r"[,;。:!?]")


def act_after(passage: Passage, segment: Segment, at: int) -> str | None:
    """The act that follows position `at`: the rest of the segment, or the next one where nothing is left."""
    text = passage.text
    end = segment.b
    if at >= end - 1 and end < len(text) and text[end] == ",":
        at = end + 1
        found = _ACT_END.search(text, at, at + 80)
        end = found.start() if found else min(len(text), at + 40)
    act = re.sub(r"^(?:应当|应|须|必须|要|并|内|就|即|,|:|\))+", "", text[at:end])[:LONGEST]
    return act or None


def first_day(before: str) -> str | None:
    """`next_day` where the text counts from the day after."""
    return "next_day" if re.search(r"(?:次日|第二日|翌日|第二天)起", before[-20:]) else None
