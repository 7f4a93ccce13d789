"""From a document's data to the models of a pack, with pydantic's errors as faults with lines."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from shounuo.rules.loading.faults import Fault
from shounuo.rules.loading.reader import Document, Path_
from shounuo.rules.shapes.base import Part

P = TypeVar("P", bound=Part)

_ID = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*\Z")
_KINDS = {dict: "pairs", list: "a list", str: "text", bool: "yes/no", int: "a number", float: "a number"}


def name_of(value: Any) -> str:
    """What kind of thing a value is, in words."""
    return "nothing" if value is None else _KINDS.get(type(value), type(value).__name__)


def validate(model: type[P], document: Document, path: Path_, data: Any) -> P | None:
    """The part at ``path``, or None with its faults added to the document."""
    if not isinstance(data, dict):
        document.faults.append(document.fault(path, "not_a_mapping", found=name_of(data)))
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        if _numbers_as_text(error, document, path, data):
            return validate(model, document, path, data)
        document.faults += [_fault(model, document, path, one) for one in error.errors(include_url=False)]
        return None


def validate_each(model: type[P], document: Document) -> dict[str, P]:
    """The parts of a file that maps ids to parts; the wrong ones are left out, their faults kept."""
    found: dict[str, P] = {}
    for key, value in entries(document).items():
        part = validate(model, document, (key,), value)
        if part is not None:
            found[key] = part
    return found


def entries(document: Document) -> dict[str, Any]:
    """The top level of a file as a mapping (empty, with a fault, when it is something else)."""
    if isinstance(document.data, dict):
        return document.data
    if document.data is not None:
        document.faults.append(document.fault((), "not_a_mapping", found=name_of(document.data)))
        document.data = None
    return {}


def check_ids(document: Document, path: Path_ = ()) -> None:
    """Every key below ``path`` is a stored id."""
    data = entries(document)
    for key in path:
        data = data.get(str(key), {})
    for key in data if isinstance(data, dict) else ():
        if not _ID.match(key):
            document.faults.append(document.fault((*path, key), "bad_id", value=key))


def _numbers_as_text(error: ValidationError, document: Document, path: Path_, data: Any) -> bool:
    """Put plain numbers back to the text that was written, where text belongs (``version: 1.10``)."""
    changed = False
    for one in error.errors(include_url=False):
        if one["type"] != "string_type" or isinstance(one["input"], bool):
            continue
        place = _place(document, path, one["loc"])
        if place in document.raw:
            _put(data, place[len(path) :], document.raw.pop(place))
            changed = True
    return changed


def _put(data: Any, path: Path_, text: str) -> None:
    for key in path[:-1]:
        data = data[key]
    data[path[-1]] = text


def _place(document: Document, path: Path_, loc: tuple[int | str, ...]) -> Path_:
    """A pydantic location as a path of the file: union and validator steps are left out."""
    for step in loc:
        if (*path, step) in document.lines:
            path = (*path, step)
    return path


def _fault(model: type[BaseModel], document: Document, path: Path_, error: Any) -> Fault:
    loc = error["loc"]
    place = _place(document, path, loc)
    if error["type"] == "extra_forbidden":
        return document.fault(place, "unknown_key", allowed=_allowed(model, loc[:-1]))
    if error["type"] == "missing":
        line = document.line(place)
        return document.fault((*place, loc[-1]), "missing_key", line=line, allowed=_allowed(model, loc[:-1]))
    if error["type"] == "literal_error":
        return document.fault(place, "unknown_choice", value=error["input"], allowed=_choices(error))
    problem = str(error["ctx"]["error"]) if error["type"] == "value_error" else _plain(error)
    return document.fault(place, "wrong_value", problem=problem)


def _plain(error: Any) -> str:
    shown = repr(error["input"])
    return f"{error['msg']} (found {shown if len(shown) <= 60 else shown[:57] + '...'})"


def _choices(error: Any) -> tuple[str, ...]:
    return tuple(re.findall(r"'([^']*)'", error["ctx"]["expected"]))


def _allowed(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[str, ...]:
    found: Any = model
    for step in loc:
        found = next((sub for sub in _steps(found, step) if sub is not None), found)
    models = [one for one in _flat(found) if isinstance(one, type) and issubclass(one, BaseModel)]
    return keys_of(models[0]) if models else ()


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys a model takes, as written in YAML."""
    return tuple(info.alias or name for name, info in model.model_fields.items())


def _steps(annotation: Any, step: int | str) -> Iterator[Any]:
    """What lies below one step of a location."""
    for one in _flat(annotation):
        if isinstance(one, type) and issubclass(one, BaseModel):
            for name, info in one.model_fields.items():
                if step in (name, info.alias):
                    yield info.annotation
        elif get_origin(one) is dict:
            yield get_args(one)[1]
        elif get_origin(one) in (tuple, list) and isinstance(step, int):
            yield get_args(one)[0]


def _flat(annotation: Any) -> Iterator[Any]:
    """An annotation without Annotated, None and unions."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _flat(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for one in get_args(annotation):
            yield from _flat(one)
    else:
        yield annotation
