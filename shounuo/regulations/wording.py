"""A pack's texts, clauses, rules and periods as words in the reader's language. Shared by every face."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, gettext_lazy, pgettext

from shounuo.regulations.clause_labels import english_label
from shounuo.rules.facts import CLOCK_EVENTS, FACT_KINDS, OUTSIDE_EVENTS
from shounuo.rules.shapes import Clause, Pack
from shounuo.rules.words import WordsError, say_words

_NUMBERS = re.compile(r" ?[（(]A\d\d(?:(?:、|, ?| and )A\d\d)*[）)]")
_WORD = re.compile("[A-Za-z]")
WEEKDAYS = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def reads_chinese() -> bool:
    """Whether the reader's language is Chinese (anything but English reads Chinese)."""
    return not (get_language() or "zh").lower().startswith("en")


def said(text: Any) -> str:
    """A pack's text ``{zh, en}`` in the reader's language; the other one when it is missing; "" for None."""
    if not text:
        return ""
    first, other = ("zh", "en") if reads_chinese() else ("en", "zh")
    return str(text.get(first) or text.get(other) or next(iter(text.values())))


def without_numbers(text: str) -> str:
    """A text without the catalogue numbers of ambiguities, "（A07）", which only jurists need."""
    return _NUMBERS.sub("", text)


def without_stop(text: str) -> str:
    """A sentence without its full stop, to stand inside another."""
    return text.rstrip("。.")


def listed(words: Iterable[str]) -> str:
    """Words in a row: 甲、乙、丙 / a, b, c."""
    return ("、" if reads_chinese() else ", ").join(str(word) for word in words)


def sentences(*said: str) -> str:
    """Sentences after each other; empty ones are left out."""
    return ("" if reads_chinese() else " ").join(one for one in said if one)


def mid_sentence(words: Any) -> str:
    """A name as it stands inside a sentence: English drops its capital, unless it is an abbreviation."""
    text = str(words)
    return text if reads_chinese() or text[1:2].isupper() else text[:1].lower() + text[1:]


def day_words(day: date, this_year: int | None = None) -> str:
    """ "10月12日 周一" or "Mon 12 Oct", with the year when it is another than ``this_year``."""
    weekday = WEEKDAYS[day.weekday()]
    with_year = this_year not in (None, day.year)
    if reads_chinese():
        year = f"{day.year}年" if with_year else ""
        return f"{year}{day.month}月{day.day}日 {weekday}"
    year = f" {day.year}" if with_year else ""
    return f"{weekday} {day.day} {MONTHS[day.month - 1]}{year}"


def moment_words(moment: datetime, this_year: int | None = None) -> str:
    """A civil moment: "10月12日 周一 17:30"."""
    return f"{day_words(moment.date(), this_year)} {moment:%H:%M}"


def budget_words(words: str) -> str:
    """Budget words for people: "4 个工作日"; text that is no budget stays as it is."""
    try:
        return say_words(words, "zh" if reads_chinese() else "en")
    except WordsError:
        return words


def event_words(name: str) -> str:
    """What an event is called: "材料齐全", "Materials complete"."""
    if kind := FACT_KINDS.get(name):
        return kind.zh if reads_chinese() else kind.en
    found = CLOCK_EVENTS.get(name) or OUTSIDE_EVENTS.get(name)
    return found[0 if reads_chinese() else 1] if found else name


def printed_label(clause: Clause) -> str:
    """The label as printed, without the mark that led on to the text: "2、" is 2."""
    return (clause.label or "").rstrip("、")


def said_label(clause: Clause) -> str:
    """The label in the reader's language: as printed, or "Article 2" beside what is said in English too."""
    in_english = not reads_chinese() and (not clause.heading or "en" in clause.heading)
    return english_label(clause.label or "") if in_english else printed_label(clause)


def clause_label(pack: Pack, clause: str) -> str:
    """How a clause is cited: its part and its label, in one language; the stored key when it carries neither."""
    found = pack.clauses.get(clause)
    if found is None:
        return clause
    comma = "" if reads_chinese() else ","
    return _joined(said(found.heading), said_label(found), comma) or clause


def as_printed(pack: Pack, clause: str) -> tuple[str, str] | None:
    """The language of the regulation itself and its citation there; None where the reader's is the same."""
    found, language = pack.clauses[clause], pack.head.languages[0]
    printed = _joined((found.heading or {}).get(language, ""), printed_label(found))
    return (language, printed) if printed and printed != clause_label(pack, clause) else None


def _joined(heading: str, label: str, comma: str = "") -> str:
    if not (heading and label) or _in_heading(heading, label):
        return heading or label
    return f"{heading}{comma if _WORD.match(label) else ''} {label}"


def _in_heading(heading: str, label: str) -> bool:
    """Whether the label numbers its heading already: 六 of "六、承诺监督", 第三条 of "五、第三条 科室负责人"."""
    return re.search(rf"(?:^|、){re.escape(label)}(?:$|[、.．\s])", heading) is not None


def post_words(pack: Pack, name: str) -> str:
    """A post or body that the rules name, in the regulation's words."""
    return said(pack.roles.get(name)) or name.replace("_", " ")


def measure_words(pack: Pack, name: str) -> str:
    """A measure in the regulation's words."""
    return said(pack.measures.get(name)) or name.replace("_", " ")


def kind_words(kind: str) -> str:
    """What kind of matter: 咨询, 申请, …"""
    known = {
        "enquiry": pgettext("many", "咨询"),
        "application": pgettext("many", "申请"),
        "repair": pgettext("many", "报修"),
        "suggestion": pgettext("many", "建议"),
        "praise": pgettext("many", "表扬"),
        "complaint": pgettext("many", "投诉"),
        "report": pgettext("many", "举报"),
        "escalated_complaint": pgettext("many", "上级转办投诉"),
        "efficiency_complaint": pgettext("many", "效能投诉"),
    }
    return str(known.get(kind, kind.replace("_", " ")))
