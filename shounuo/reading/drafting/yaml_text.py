"""Plain data to YAML that the packs' reader takes: core types, no anchors, strings quoted unless plainly words."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

_PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff][A-Za-z0-9_\-\u4e00-\u9fff，。；、（）“”《》]*\Z")
_WORDS = frozenset({"null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"})
_UNPRINTABLE = re.compile("[\x7f-\x9f\ud800-\udfff\ufeff\u2028\u2029\ufffe\uffff]")


def yaml_text(data: Mapping[str, Any]) -> str:
    """A mapping as a YAML document."""
    return "\n".join(_mapping(data, 0)) + "\n"


def _mapping(data: Mapping[str, Any], depth: int) -> list[str]:
    lines = []
    for key, value in data.items():
        head = f"{'  ' * depth}{_scalar(key)}:"
        if isinstance(value, Mapping) and value and not _small(value):
            lines += [head, *_mapping(value, depth + 1)]
        elif isinstance(value, Sequence) and not isinstance(value, str) and not _small(value):
            lines += [head, *(f"{'  ' * (depth + 1)}- {_flow(one)}" for one in value)]
        else:
            lines.append(f"{head} {_flow(value)}")
    return lines


def _small(value: Any) -> bool:
    """Whether a value fits on the line of its key."""
    if isinstance(value, Mapping):
        return all(not isinstance(one, Mapping | list | tuple) for one in value.values()) and len(value) <= 4
    return all(not isinstance(one, Mapping | list | tuple) for one in value)


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    if _PLAIN.match(text) and text not in _WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
