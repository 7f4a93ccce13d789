"""What the text leaves open, as undecided settings."""

from typing import Any

from shounuo.reading.drafting.draft import Draft, beside, quoted, words
from shounuo.reading.findings import Gap

DAY_KIND = "day_kind"


def add_gaps(draft: Draft) -> None:
    """A setting for every gap."""
    for number, gap in enumerate(draft.findings.gaps, 1):
        name = draft.new_id("open", gap.clause)
        draft.settings[name] = _setting(draft, gap, f"G{number:03d}")
        draft.gaps[gap.clause].append(f"G{number:03d}")


def _setting(draft: Draft, gap: Gap, settles: str) -> dict[str, Any]:
    form = words("gaps").get(gap.kind) or words("gaps")["other"]
    label = draft.by_id[gap.clause].label
    quote = quoted(gap.quote, 60).replace("{", "").replace("}", "")
    common = {
        "title": {"zh": beside(form["title"], label or gap.clause)},
        "question": {"zh": form["question"].format(quote=quote, why=gap.why)},
    }
    last = {"settles": [settles], "clauses": [gap.clause]}
    if form["type"] == "text":
        return {**common, "type": "text", "default": "", **last}
    options = [
        {"value": value, "label": {"zh": label}} for value, label in words("choices")[form["type"]].items()
    ]
    if form["type"] == "cycle":
        return {**common, "type": "choice", "default": options[0]["value"], "options": options, **last}
    return {**common, "type": "duration", "default": None, "options": options, **last}


def day_kind(draft: Draft, clause: str) -> str:
    """The setting that says what kind of days 日 and 天 are; the clause joins those it settles."""
    setting = draft.settings.get(DAY_KIND)
    if setting is None:
        setting = draft.settings[DAY_KIND] = {
            "title": {"zh": "“日”“天”是哪种日"},
            "question": {"zh": "条文的“日”“天”没有说是工作日还是自然日，按哪种算？"},
            "type": "choice",
            "default": "working days",
            "options": [
                {"value": "working days", "label": {"zh": "工作日"}},
                {"value": "days", "label": {"zh": "自然日，末日遇休息日顺延"}},
                {"value": "calendar days", "label": {"zh": "自然日，不顺延"}},
            ],
            "settles": ["G000"],
            "clauses": [],
        }
    if clause not in setting["clauses"]:
        setting["clauses"].append(clause)
        draft.gaps[clause].append("G000")
    return f"{{{DAY_KIND}}}"


def cycle_of(draft: Draft, clause: str) -> str | None:
    """The setting that says how often, where the clause has a gap of that kind."""
    for name, setting in draft.settings.items():
        if clause in setting["clauses"] and str(setting["default"]).startswith("FREQ="):
            return f"{{{name}}}"
    return None
