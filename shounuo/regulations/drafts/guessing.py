"""What a finding's words suggest where a rule needs a code: events, kinds of matter, places. Only proposals."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from shounuo.reading.drafting.draft import words
from shounuo.regulations.drafts.kept import Found

STARTS = (
    ("齐全|齐备|补齐", "materials_complete"),
    ("受理", "accepted"),
    ("延期|延长", "extension_granted"),
    ("停电|停水|停气|停热|停运", "outage.planned"),
)
"""Words of a start -> event; others run from receipt, or as the kind of limit has it."""
KINDS = (
    ("咨询|询问", "enquiry"),
    ("申请(?!复核|复议|复查|延期|延长|仲裁|回避)|申办|材料|办结|审批|许可|证照", "application"),
    ("报修|抢修|故障|维修|险情|泄漏|漏[气水电]", "repair"),
    ("意见|建议", "suggestion"),
    ("投诉", "complaint"),
    ("举报", "report"),
)
"""Words of a clause -> kinds of matter for which a limit in it holds; none of them: all matters."""
PLACES = (("城|市区", "urban"), ("农|乡|村|镇", "rural"), ("边远|偏远|山区", "remote"))
BY_LIMIT = {"arrival": ("repair",), "restore": ("repair",)}
"""Kind of limit -> kinds of matter, where no word of the clause names any."""


def limit_values(found: Found, clause: str) -> dict[str, Any]:
    """A limit as a rule would have it, for people to change."""
    said = found.said
    events = words("events").get(said["kind"]) or words("events")["other"]
    return {
        "value": whole(said["value"]),
        "unit": said["unit"],
        "kind": said["kind"],
        "starts": _first(STARTS, said["starts"] or "") or events["starts"],
        "ends": list(events["ends"]),
        "obliged": said["obliged"] or "",
        "next_day": said["first_day"] == "next_day",
        "matters": list(
            _kinds((said["matter"] or "") + (said["starts"] or ""))
            or _kinds(clause)
            or BY_LIMIT.get(said["kind"], ())
        ),
        "place": _first(PLACES, said["place"] or "") or "",
        "title": limit_title(found),
    }


def limit_title(found: Found) -> str:
    """What the promise is called: for what, how long, to do what."""
    said = found.said
    ends = re.sub(r"[，。；].*", "", said["ends"] or "")[:12]
    matter = (said["matter"] or said["place"] or "").removesuffix("的")[:12]
    text = " ".join(f"{found.quote}{ends}".split())[:30]
    return f"{matter}：{text}" if matter else text


def values_of(found: Found, clause: str) -> dict[str, Any]:
    """The values of any finding as its form has them. ``clause`` is the text it stands in."""
    said: Mapping[str, Any] = found.said
    match found.kind:
        case "limit":
            return limit_values(found, clause)
        case "duty":
            return {name: said[name] or "" for name in ("recurrence", "day", "obliged", "recipient", "evidence")} | {
                "least": whole(said["least"]), "most": whole(said["most"])}  # fmt: skip
        case "consequence":
            threshold = said["threshold"] or {}
            return {
                "measures": list(said["measures"]), "least": whole(threshold.get("least")),
                "window": threshold.get("window") or "", "scope": threshold.get("scope") or "",
                "threshold": threshold.get("text") or "",
            }  # fmt: skip
        case "disclosure":
            return {"to": said["to"] if said["to"] == "party" else "public"}
        case "gap":
            return {"gap": said["kind"], "why": said["why"], "question": ""}
    return {"shape": said["shape"]}


def _first(table: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((code for form, code in table if re.search(form, text)), None)


@lru_cache(maxsize=512)
def _kinds(text: str) -> tuple[str, ...]:
    """Kept, because all the limits of one clause ask about the same words, which may be a hundred thousand."""
    return tuple(code for form, code in KINDS if re.search(form, text))


def whole(number: float | None) -> float | None:
    """5.0 as 5."""
    return int(number) if number is not None and number == int(number) else number
