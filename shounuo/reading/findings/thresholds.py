"""Thresholds: how often, within what window, over whom."""

import re

from shounuo.reading.findings.model import Threshold
from shounuo.reading.findings.segments import Passage
from shounuo.reading.lexicon import context
from shounuo.reading.lexicon.numerals import NUMBER, read


def threshold_in(text: str, passage: Passage) -> Threshold | None:
    """The threshold stated in `text`: a count with its window and scope, or None."""
    for match in context("count").finditer(text):
        if not (match["op"] or match["more"]):
            continue
        try:
            count = read(match["n"])
        except ValueError:
            continue
        least = count + 1 if "超过" in (match["op"] or "") or match["op"] == "逾" else count
        if match["more"] == "以下":
            continue
        words = match[0]
        return Threshold(words, least, _window(match, text), match["scope"] or _scope(text))
    return None


def _window(match: re.Match[str], text: str) -> str | None:
    if match["window"]:
        return match["window"]
    ahead = re.search(
        rf"(?:每|当|一个?|同一|全|本)(?:自然|考核|会计)?(?:年度?|季度?|月度?|周|日)|(?:年度?|季度?|月度?|日|周)内?(?=累计|连续)|{NUMBER}个?(?:年|月|日|周)(?:之|以)?内",
        text[: match.end()],
    )
    return ahead[0] if ahead else None


def _scope(text: str) -> str | None:
    match = re.search(
        r"(?:所属|同一|本|该)(?:科室|部门|单位|班组|人员|工作人员|会员|员工|窗口|企业|驾驶员|车队)[^,;。0-9累超达被]{0,6}",
        text,
    )
    return match[0] if match else None
