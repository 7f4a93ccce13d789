"""What reading found, as rules; and a rule for the other shapes of a clause."""

import math
import re
from typing import Any

from shounuo.reading.drafting.draft import UNNAMED, Draft, notes, quoted, words
from shounuo.reading.drafting.head import day_in_force, measure_name
from shounuo.reading.drafting.recurrences import schedule
from shounuo.reading.drafting.settings import day_kind
from shounuo.reading.findings import Consequence, Disclosure, Duty, Limit
from shounuo.reading.labels import han_number
from shounuo.rules.words import MOST, is_period

_PARTS_OF = {
    "month": (30, "day"),
    "day": (24, "hour"),
    "working day": (8, "working hour"),
    "hour": (60, "minute"),
}
"""A unit -> how many of which smaller one, for limits such as 2.5 hours and half a working day."""
_UNIT = {"calendar_day": "calendar day", "working_day": "working day", "day_unspecified": "day"}
_WHOLE = {"same_day": "same day", "on_the_spot": "on the spot"}
_WINDOW = re.compile(r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3})?个?(?P<unit>年|月|季|周|日|天|半年)")
START_NOT_SAID = "原文没有写从何时起算，起点是推定的。"
_SCOPES = ("person", "section", "unit")


def add_found(draft: Draft) -> None:
    """A rule for every limit, duty, consequence and disclosure."""
    since = day_in_force(draft)
    for limit in draft.findings.limits:
        draft.add_rule("commitment", limit.clause, limit.quote, _commitment(draft, limit, since))
    for duty in draft.findings.duties:
        draft.add_rule("duty", duty.clause, duty.quote, _duty(draft, duty))
    for consequence in draft.findings.consequences:
        draft.add_rule("consequence", consequence.clause, consequence.quote, _consequence(draft, consequence))
    for disclosure in draft.findings.disclosures:
        draft.add_rule("disclosure", disclosure.clause, disclosure.quote, _disclosure(disclosure))


def _commitment(draft: Draft, limit: Limit, since: str) -> dict[str, Any]:
    events = words("events").get(limit.kind) or words("events")["other"]
    within = {"value": budget(draft, limit), "from": since, "clause": limit.clause}
    said = [("起点", limit.starts), ("终点", limit.ends), ("由谁", limit.obliged), ("何处", limit.place)]
    return {
        "starts": events["starts"],
        "ends": events["ends"],
        "within": [within],
        "note": notes(
            [
                f"原文：“{quoted(limit.quote)}”。",
                *(f"{name}：{quoted(text, 60)}。" for name, text in said if text),
                "" if limit.starts else START_NOT_SAID,
                "自次日起算。" if limit.first_day == "next_day" else "",
                "原文说的是平均。" if limit.measured == "average" else "",
            ]
        ),
    }


def budget(draft: Draft, limit: Limit) -> str:
    """A limit in budget words: `3 working days`, `150 minutes`, `5 {day_kind}`, `24 hours before`."""
    if limit.unit in _WHOLE:
        return _WHOLE[limit.unit]
    unit, value = _UNIT.get(limit.unit, limit.unit), limit.value
    while value != int(value) and unit in _PARTS_OF:
        factor, unit = _PARTS_OF[unit]
        value *= factor
    count = min(max(math.ceil(value), 1), MOST)
    ahead = " before" if limit.kind == "lead_time" else ""
    if unit == "day" and limit.unit == "day_unspecified":
        return f"{count} {day_kind(draft, limit.clause)}{ahead}"
    return f"{count} {unit}{'' if count == 1 else 's'}{ahead}"


def _duty(draft: Draft, duty: Duty) -> dict[str, Any]:
    return {
        "owed_by": draft.role(duty.obliged),
        **({"owed_to": draft.role(duty.recipient)} if duty.recipient else {}),
        **schedule(draft, duty),
        "note": notes(
            [
                f"原文：“{quoted(duty.quote)}”。",
                f"以什么为证：{quoted(duty.evidence, 60)}。" if duty.evidence else "",
            ]
        ),
    }


def _consequence(draft: Draft, consequence: Consequence) -> dict[str, Any]:
    codes = list(dict.fromkeys(consequence.measures)) or ["handled"]
    for code in codes:
        draft.measures.setdefault(code, measure_name(code))
    threshold = consequence.threshold
    when: dict[str, Any] = {"event": _event(consequence)}
    if threshold is not None:
        if threshold.scope in _SCOPES:
            when["scope"] = threshold.scope
        if threshold.least is not None and threshold.least >= 1:
            when["at_least"] = math.ceil(threshold.least)
        window = period(threshold.window or "")
        when |= {"window": window} if window else {}
    said = f"门槛：“{quoted(threshold.text, 80)}”。" if threshold is not None else ""
    return {"when": when, "measure": codes, "note": notes([f"原文：“{quoted(consequence.quote)}”。", said])}


def _event(consequence: Consequence) -> str:
    if "reward" in consequence.measures:
        return "good_deed.confirmed"
    return "complaint.confirmed" if "投诉" in consequence.quote else "finding.confirmed"


def period(text: str) -> str | None:
    """A window of the text in the packs' words: 一年内 -> calendar_year, 3个月 -> 3 months; None when it is neither."""
    if is_period(text):
        return text
    found = _WINDOW.search(text)
    if found is None:
        return None
    count = han_number(found["n"]) if found["n"] else 1
    whole = {"年": "calendar_year", "月": "calendar_month", "季": "quarter", "半年": "half_year"}
    if "半年" in text:
        return "half_year"
    if count == 1 and found["unit"] in whole:
        return whole[found["unit"]]
    unit = {"年": "year", "月": "month", "季": "quarter", "周": "week", "日": "day", "天": "day"}.get(
        found["unit"], "year"
    )
    return f"{count} {unit}{'' if count == 1 else 's'}" if count else None


def _disclosure(disclosure: Disclosure) -> dict[str, Any]:
    to = disclosure.to if disclosure.to in ("public", "party") else "public"
    return {"what": "announcement", "to": to, "contents": {"zh": quoted(disclosure.quote)}}


def add_shapes(draft: Draft) -> None:
    """A rule for norms, routing, registers and arrangements that reading saw."""
    makers = {"norm": _norm, "routing": _routing, "register": _register, "arrangement": _arrangement}
    for clause in draft.regulation.clauses:
        for shape in draft.findings.shapes.get(clause.id, ()):
            if shape in makers and not draft.has(clause.id, shape):
                text = clause.text.strip() or clause.id
                draft.add_rule(shape, clause.id, text, makers[shape](text))


def _norm(text: str) -> dict[str, Any]:
    return {"check": {"zh": quoted(text)}, "observed_by": ["records", "spot_check"]}


def _routing(text: str) -> dict[str, Any]:
    return {"role": UNNAMED, "note": notes([f"由谁负责，见原文：“{quoted(text)}”。"])}


def _register(text: str) -> dict[str, Any]:
    fields = {
        "date": {"title": {"zh": "日期"}, "type": "date", "required": True},
        "matter": {"title": {"zh": "事项"}, "type": "text", "required": True},
        "entry": {"title": {"zh": "内容"}, "type": "long_text"},
    }
    return {"kept_by": UNNAMED, "fields": fields, "note": notes([f"栏目待定。原文：“{quoted(text)}”。"])}


def _arrangement(text: str) -> dict[str, Any]:
    return {"what": "other", "owner": UNNAMED, "shown_by": {"zh": f"待定。原文：“{quoted(text)}”"}}
