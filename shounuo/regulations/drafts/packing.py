"""From decisions to a pack: what stays is drafted as `shounuo read --out` drafts it, then as people decided it.

The loader checks the result like any pack. Rejected findings are left out; undecided ones are in, as reading has them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shounuo.reading.drafting import FIRST_LINE
from shounuo.reading.drafting.draft import Draft, beside, notes, quoted
from shounuo.reading.drafting.head import calendars, day_in_force, head, vocabulary
from shounuo.reading.drafting.rules import START_NOT_SAID, add_found, add_shapes
from shounuo.reading.drafting.settings import DAY_KIND, add_gaps
from shounuo.reading.drafting.yaml_text import yaml_text
from shounuo.reading.findings import Consequence, Disclosure, Duty, Finding, Findings, Gap, Limit, Threshold
from shounuo.regulations.drafts.review import Item, Review
from shounuo.regulations.drafts.wording import GAPS
from shounuo.rules.loading import Fault, inspect_parts
from shounuo.rules.shapes import Pack

FILE_OF = {
    "limit": "commitments",
    "duty": "duties",
    "consequence": "consequences",
    "disclosure": "disclosures",
}
EVER = "1900-01-01"
START_DECIDED = "原文没有写从何时起算，起点由审阅人定下。"


@dataclass(frozen=True, slots=True)
class Packed:
    """A pack, how many entries each of its files has, the finding behind each rule and setting, what the loader says."""

    entries: tuple[tuple[str, int], ...]
    origins: Mapping[str, str]
    """id of a rule or setting -> key of the finding"""
    pack: Pack | None
    faults: tuple[Fault, ...]


def packed(review: Review, pack_id: str, along: Mapping[str, Any]) -> Packed:
    """The pack that a review gives. ``along``: calendars and services of the organisation, which the text does not have."""
    return _packed(review, pack_id, json.dumps(along, ensure_ascii=False))


@lru_cache(maxsize=2)
def _packed(review: Review, pack_id: str, along: str) -> Packed:
    """Kept for the pages that follow each other; few, because that of a long text takes some ten megabytes.

    The data is looked at as it is: writing YAML and reading it again takes ten times as long and would bring the
    reader's bounds, which are for files of unknown hands.
    """
    parts, origins = _parts(review, pack_id, json.loads(along))
    found = inspect_parts(parts, pack_id)
    entries = tuple((f"{name}.yaml", len(part)) for name, part in parts.items())
    return Packed(entries, origins, found.pack, found.faults)


def files_of(review: Review, pack_id: str, along: Mapping[str, Any]) -> dict[str, str]:
    """File name -> YAML text of the same pack, to take away. Made anew each time, since few ask."""
    parts, _origins = _parts(review, pack_id, along)
    return {f"{name}.yaml": FIRST_LINE + yaml_text(part) for name, part in parts.items()}


def _parts(review: Review, pack_id: str, along: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    stays = [item for item in review.items.values() if item.stays]
    by_kind = {kind: [item for item in stays if item.kind == kind] for kind in (*FILE_OF, "gap", "shape")}
    settled = {item.clause for item in by_kind["limit"] if item.values["unit"] == "day_unspecified"}
    by_kind["gap"] = [item for item in by_kind["gap"] if not _by_day_kind(item, settled)]
    draft = Draft(review.material.regulation, _findings(by_kind))
    add_gaps(draft)
    origins = _reworded(draft, by_kind["gap"])
    add_found(draft)
    add_shapes(draft)
    own = _head(review, draft)
    origins |= _decided(draft, by_kind, own["in_force"]["from"])
    parts = {
        "pack": head(draft, pack_id) | own,
        "clauses": _clauses(draft, review),
        **draft.rules,
        "settings": draft.settings,
        "calendars": along.get("calendars") or calendars(),
        "services": along.get("services", {}),
        "vocabulary": vocabulary(draft),
    }
    return {name: part for name, part in parts.items() if part}, origins


def _by_day_kind(item: Item, settled: set[str]) -> bool:
    """Whether the one setting that says what kind of day 日 is settles this gap too."""
    return item.values["gap"] == "day_kind_open" and item.clause in settled


def setting_of(item: Item, packed_: Packed) -> str:
    """The setting that a gap becomes."""
    named = next((key for key, origin in packed_.origins.items() if origin == item.key), "")
    known = packed_.pack is not None and DAY_KIND in packed_.pack.settings
    return named or (DAY_KIND if known and item.values.get("gap") == "day_kind_open" else "")


def _findings(by_kind: Mapping[str, Iterable[Item]]) -> Findings:
    shapes: dict[str, list[str]] = {}
    for item in by_kind["shape"]:
        shapes.setdefault(item.clause, []).append(item.values["shape"])
    return Findings(
        tuple(_limit(one) for one in by_kind["limit"]),
        tuple(_duty(one) for one in by_kind["duty"]),
        tuple(_consequence(one) for one in by_kind["consequence"]),
        tuple(Disclosure(**_common(one), to=one.values["to"]) for one in by_kind["disclosure"]),
        tuple(Gap(**_common(one), kind=one.values["gap"], why=one.values["why"]) for one in by_kind["gap"]),
        {clause: tuple(found) for clause, found in shapes.items()},
    )


def _common(item: Item) -> dict[str, Any]:
    found = Finding(item.clause, item.quote, item.span, item.said.get("confidence", 1.0),
                    item.said.get("pattern", "by_hand"))  # fmt: skip
    return {name: getattr(found, name) for name in ("clause", "quote", "span", "confidence", "pattern")}


def _limit(item: Item) -> Limit:
    said, values = item.said, item.values
    return Limit(
        **_common(item), value=float(values["value"] or 0), unit=values["unit"], kind=values["kind"],
        starts=said.get("starts"), ends=said.get("ends"), obliged=values["obliged"] or None,
        first_day="next_day" if values["next_day"] else None, measured=said.get("measured", "maximum"),
        matter=said.get("matter"), place=said.get("place"),
    )  # fmt: skip


def _duty(item: Item) -> Duty:
    values = item.values
    return Duty(
        **_common(item), recurrence=values["recurrence"], day=values["day"] or None, least=values["least"],
        most=values["most"], obliged=values["obliged"] or None, recipient=values["recipient"] or None,
        evidence=values["evidence"] or None,
    )  # fmt: skip


def _consequence(item: Item) -> Consequence:
    values = item.values
    some = values["least"] is not None or values["threshold"] or values["window"]
    threshold = Threshold(
        values["threshold"], values["least"], values["window"] or None, values["scope"] or None
    )
    return Consequence(
        **_common(item), measures=tuple(values["measures"]), threshold=threshold if some else None
    )


def _reworded(draft: Draft, gaps: list[Item]) -> dict[str, str]:
    """The questions as people put them; setting -> finding."""
    origins = {}
    for item, (key, setting) in zip(gaps, draft.settings.items(), strict=True):
        origins[key] = item.key
        if about := GAPS.get(item.values["gap"]):
            setting["title"] = {"zh": beside(about, draft.by_id[item.clause].label or item.clause)}
            if setting["type"] == "text":
                setting["question"] = {"zh": f"“{_plain(item.quote)}”：{about}，本单位怎样定？"}
        if item.values["question"]:
            setting["question"] = {"zh": _plain(item.values["question"])}
    return origins


def _plain(text: str) -> str:
    """Words that no template is read in."""
    return quoted(text, 200).replace("{", "").replace("}", "")


def _decided(draft: Draft, by_kind: Mapping[str, list[Item]], since: str) -> dict[str, str]:
    """What people decided goes over what drafting put; rule -> finding. Both are in the order of the findings.

    ``since``: the day from which the regulation is in force as people decided it, and with it every limit.
    """
    origins = {}
    for kind, file in FILE_OF.items():
        for item, (key, rule) in zip(by_kind[kind], draft.rules[file].items(), strict=True):
            origins[key] = item.key
            _note(rule, item)
            if kind == "limit":
                _commitment(rule, item, since)
    shaped = {(item.clause, item.values["shape"]): item for item in by_kind["shape"]}
    for file, shape in (
        ("norms", "norm"),
        ("routing", "routing"),
        ("registers", "register"),
        ("arrangements", "arrangement"),
    ):
        for key, rule in draft.rules[file].items():
            item = shaped[rule["clause"], shape]
            origins[key] = item.key
            _note(rule, item)
    return origins


def _note(rule: dict[str, Any], item: Item) -> None:
    if item.last is not None and item.last.note:
        rule["note"] = notes([rule.get("note", {}).get("zh"), f"审阅：{quoted(item.last.note)}"])


def _commitment(rule: dict[str, Any], item: Item, since: str) -> None:
    values = item.values
    rule["within"] = [{**one, "from": since} for one in rule["within"]]
    rule["title"] = {"zh": quoted(values["title"], 40) or rule["title"]["zh"]}
    rule["starts"], rule["ends"] = values["starts"], list(values["ends"])
    if item.decided:
        rule["note"] = {"zh": rule["note"]["zh"].replace(START_NOT_SAID, START_DECIDED)}
    if values["matters"]:
        rule["applies_to"] = {"kinds": list(values["matters"])}
    if values["next_day"]:
        rule["first_day"] = "excluded"
    if values["place"]:
        rule["within"] = [{**one, "when": {"place": values["place"]}} for one in rule["within"]]
    if values["kind"] in ("process", "answer", "restore"):
        rule["handling"] = True


def _head(review: Review, draft: Draft) -> dict[str, Any]:
    said = {key: value for key, value in review.head.items() if value}
    texts = {name: {"zh": said[name]} for name in ("title", "issuer", "source") if name in said}
    plain = {"version": said["version"]} if "version" in said else {}
    return texts | plain | {"in_force": {"from": said.get("in_force_from") or day_in_force(draft)}}


def _clauses(draft: Draft, review: Review) -> dict[str, Any]:
    clauses = draft.clauses()
    looked = {item.clause for item in review.items.values() if item.verdict == "rejected"}
    for key in looked:
        if "reason" in clauses[key]:
            clauses[key]["reason"] = {"zh": "审阅时认定不设规则。"}
    return clauses


def for_the_past(pack: Pack) -> Pack:
    """The same promises as if they had always been in force: to be tried on matters of the past."""
    commitments = {
        key: rule.model_copy(
            update={"within": tuple(one.model_copy(update={"from_": EVER}) for one in rule.within)}
        )
        for key, rule in pack.commitments.items()
    }
    return pack.model_copy(update={"commitments": commitments})
