"""What a submitted form held, as people can read it again: label and words of each field, without secrets.

For forms that could not be taken because the sign-in had ended or changed; views may not know which form it was.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

SECRET = frozenset({"password", "old", "new", "again", "code", "secret"})
"""Fields that nothing keeps: passwords, codes, query secrets."""
OURS = frozenset({"key", "version", "visit", "shown", "next"})
"""Fields that the page sends by itself, as hidden ones; nobody types them."""
CODE = re.compile(r"[a-z0-9_-]{1,60}")
MOST = 60_000
"""Characters of one form that a session keeps."""

Fields = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One field as people read it."""

    label: str
    text: str


def kept(posted: Iterable[tuple[str, list[str]]]) -> Fields:
    """The fields that may be sent again: no token, no secret."""
    return {name: said for name, said in posted if name != "csrfmiddlewaretoken" and name not in SECRET}


def fits(fields: Fields) -> bool:
    """Whether they are short enough for a session."""
    return sum(len(one) for said in fields.values() for one in said) <= MOST


def pairs(fields: Fields) -> list[tuple[str, str]]:
    """Name and value of each, for hidden fields."""
    return [(name, one) for name, said in fields.items() for one in said]


def lines(fields: Fields, app: str) -> list[Line]:
    """What was typed or chosen, labelled as in the form of the app that asks for these fields; [] for a mere press.

    A press is a form of one choice or button: codes of fields that no form of ours names, and nothing typed.
    """
    asked = _fields_of(frozenset(fields), app)
    hidden = {name for name, field in asked.items() if isinstance(field.widget, forms.HiddenInput)}
    typed = {name: said for name, said in fields.items() if name not in OURS | hidden and any(said)}
    if all(name not in asked and all(map(CODE.fullmatch, said)) for name, said in typed.items()):
        return []
    return [
        Line(_label(asked.get(name)), "\n".join(_words(asked.get(name), one) for one in said if one))
        for name, said in typed.items()
    ]


def _fields_of(names: frozenset[str], app: str) -> Mapping[str, forms.Field]:
    """The fields of the form that shares most names with those sent."""
    found = [one.base_fields for one in _forms(forms.Form) if one.__module__.startswith(f"{app}.")]
    return max(
        found, key=lambda fields: len(names & fields.keys()) / len(names | fields.keys() | {""}), default={}
    )


def _forms(parent: type[forms.Form]) -> Iterator[type[forms.Form]]:
    for one in parent.__subclasses__():
        yield one
        yield from _forms(one)


def _label(field: forms.Field | None) -> str:
    return str(field.label) if field is not None and field.label else _("填写的内容")


def _words(field: Any, value: str) -> str:
    """A choice by its words, anything else as it was typed."""
    choices = getattr(field, "choices", None) or ()
    flat = {str(code): str(words) for code, words in choices if not isinstance(words, list | tuple)}
    return flat.get(value, _("是") if isinstance(field, forms.BooleanField) else value)
