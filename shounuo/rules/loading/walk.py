"""Walking a validated part: its texts in every language, and its plain words by model and field."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, get_args

from shounuo.rules.loading.reader import Path_
from shounuo.rules.shapes.base import Part, Text

_TEXT = get_args(Text)[0]


class Word(NamedTuple):
    """One plain string of a part: where it is, and which model's field holds it."""

    path: Path_
    model: type[Part]
    field: str
    value: str


@cache
def _holds_text(model: type[Part], field: str) -> bool:
    return _mentions(model.model_fields[field].annotation)


def _mentions(annotation: Any) -> bool:
    return annotation == _TEXT or any(_mentions(one) for one in get_args(annotation))


def texts(part: Part, path: Path_) -> Iterator[tuple[Path_, dict[str, str]]]:
    """Every text of a part with its path."""
    for where, model, field, value in _values(part, path):
        if _holds_text(model, field) and isinstance(value, dict):
            yield where, value


def words(part: Part, path: Path_) -> Iterator[Word]:
    """Every plain string of a part that is not a text for people."""
    for where, model, field, value in _values(part, path):
        if not _holds_text(model, field):
            for place, text in _strings(where, value):
                yield Word(place, model, field, text)


def _strings(path: Path_, value: Any) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _strings((*path, key), one)
    elif isinstance(value, list | tuple):
        for index, one in enumerate(value):
            yield from _strings((*path, index), one)


def _values(part: Part, path: Path_) -> Iterator[tuple[Path_, type[Part], str, Any]]:
    """Every leaf field below a part: path, owning model, field name, value."""
    for name, info in type(part).model_fields.items():
        yield from _below(getattr(part, name), (*path, info.alias or name), type(part), name)


def _below(
    value: Any, path: Path_, model: type[Part], field: str
) -> Iterator[tuple[Path_, type[Part], str, Any]]:
    if isinstance(value, Part):
        yield from _values(value, path)
    elif isinstance(value, tuple) and value and not isinstance(value[0], str):
        for index, one in enumerate(value):
            yield from _below(one, (*path, index), model, field)
    elif isinstance(value, dict) and any(isinstance(one, Part) for one in value.values()):
        for key, one in value.items():
            yield from _below(one, (*path, key), model, field)
    else:
        yield path, model, field, value
