"""Every word of a rule against the vocabulary: clauses, events, roles, settings, fields, times."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from dateutil.rrule import rrulestr

from shounuo.rules.loading import vocabulary as known
from shounuo.rules.loading.draft import Draft
from shounuo.rules.loading.faults import Fault
from shounuo.rules.loading.reader import Document, Path_
from shounuo.rules.loading.reading import check_span
from shounuo.rules.loading.walk import Word, texts, words
from shounuo.rules.shapes.base import AppliesTo, Part
from shounuo.rules.shapes.commitment import Commitment, Count, Each, Followed, KeptWhen
from shounuo.rules.shapes.others import Threshold
from shounuo.rules.shapes.pack import RULE_FILES, Setting
from shounuo.rules.shapes.service import Service
from shounuo.rules.words import WordsError, is_mark, is_period, parse_words, template_names, variants

_EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "words": (
        "N working days",
        "N days",
        "N calendar days",
        "N months",
        "N working hours",
        "N hours",
        "N minutes",
        "same day",
        "on the spot",
        "by the date promised",
        "N … before",
    ),
    "period": (
        "N days",
        "N weeks",
        "N months",
        "N years",
        "calendar_month",
        "quarter",
        "half_year",
        "calendar_year",
        "permanent",
        "unlimited",
    ),
    "mark": ("N%", "N working days left", "N hours left"),
    "number": ("1", "2", "3", "…"),
}


class References:
    """Checks one draft; faults go to the document each part was read from."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.languages = draft.head.languages if draft.head else ()
        self.lists: dict[str, tuple[str, ...]] = {
            "clause": draft.ids("clauses"),
            "event": tuple(sorted(known.EVENTS)),
            "condition": (*known.CONDITIONS, *sorted(known.EVENTS)),
            "role": draft.named("roles"),
            "relation": (*known.RELATIONS, *draft.named("roles")),
            "observation": (*known.OBSERVATIONS, *draft.named("roles")),
            "consequence": draft.ids("consequences"),
            "measure": draft.named("measures"),
            "calendar": draft.ids("calendars"),
            "service": draft.ids("services"),
            "kind": tuple(known.KINDS),
            "register": draft.ids("registers"),
            "rule": tuple(key for file in RULE_FILES for key in draft.ids(file)),
            "date_field": known.date_fields(),
            "setting": draft.ids("settings"),
        }
        self.sets = {kind: frozenset(values) for kind, values in self.lists.items()}
        self.choices = self._choices()

    def _choices(self) -> dict[str, Sequence[Any]]:
        """Every value a template's name can take."""
        found: dict[str, Sequence[Any]] = {}
        for key, setting in self.draft.parts.get("settings", {}).items():
            found[key] = [setting.default, *(option.value for option in setting.options)]
        for name in Service.model_fields:
            values = (getattr(service, name) for service in self.draft.parts.get("services", {}).values())
            found[f"service.{name}"] = [value for value in values if value not in (None, "")]
        return found

    def check(self) -> None:
        """Look at every part of the draft."""
        for file, parts in self.draft.parts.items():
            for key, part in parts.items():
                document = self.draft.document_of(file, key)
                if isinstance(part, Part):
                    self._part(document, (key,), part)
                else:
                    self._languages(document, (file, key), part)
        if self.draft.head is not None:
            self._part(self.draft.documents["pack"], (), self.draft.head)

    def _part(self, document: Document, path: Path_, part: Part) -> None:
        for where, text in texts(part, path):
            self._languages(document, where, text)
        for word in words(part, path):
            document.faults += self._word(document, word)
        document.faults += self._conditions(document, path, part)
        if isinstance(part, Commitment):
            for index, within in enumerate(part.within):
                check_span(document, (*path, "within", index), within.from_, within.to)
        if isinstance(part, Setting) and part.type == "duration":
            document.faults += self._durations(document, path, part)
        if isinstance(part, Service):
            document.faults += _materials_twice(document, path, part)

    def _languages(self, document: Document, path: Path_, text: Mapping[str, str]) -> None:
        for language in self.languages:
            if not text.get(language):
                document.faults.append(document.fault(path, "missing_language", language=language))

    def _word(self, document: Document, word: Word) -> Iterator[Fault]:
        spot = (word.model, word.field)
        try:
            names = template_names(word.value)
        except WordsError:
            if spot in known.PHRASES or known.kind_of(spot) or spot in known.CHOICES:
                yield document.fault(word.path, "bad_template", value=word.value)
            return
        unknown = list(self._unknown_names(document, word, names))
        yield from unknown
        if unknown:
            return
        for value in dict.fromkeys(
            map(str, (v for v in variants(word.value, self.choices) if v is not None))
        ):
            yield from self._value(document, word.path, spot, value)

    def _unknown_names(self, document: Document, word: Word, names: Sequence[str]) -> Iterator[Fault]:
        for name in names:
            if name.startswith("service."):
                if name[8:] not in Service.model_fields:
                    allowed = tuple(Service.model_fields)
                    yield document.fault(word.path, "unknown_service_field", value=name[8:], allowed=allowed)
            elif name not in self.sets["setting"]:
                yield document.fault(word.path, "unknown_setting", value=name, allowed=self.lists["setting"])

    def _value(self, document: Document, path: Path_, spot: known.Spot, value: str) -> Iterator[Fault]:
        kind = known.kind_of(spot)
        if kind and value not in self.sets[kind]:
            yield document.fault(path, f"unknown_{kind}", value=value, allowed=self._near(kind, value))
        if spot in known.CHOICES and value not in known.CHOICES[spot]:
            yield document.fault(path, "unknown_choice", value=value, allowed=known.CHOICES[spot])
        if spot in known.PHRASES:
            yield from self._phrase(document, path, known.PHRASES[spot], value)

    def _near(self, kind: str, value: str) -> tuple[str, ...]:
        """The allowed words; of a long list of clauses only those that begin alike."""
        allowed = self.lists[kind]
        if kind != "clause" or len(allowed) <= 40:
            return allowed
        stem = value[: max(len(value) - 3, 5)]
        return tuple(one for one in allowed if one.startswith(stem))[:40]

    def _phrase(self, document: Document, path: Path_, phrase: str, value: str) -> Iterator[Fault]:
        if phrase == "recurrence":
            if problem := recurrence_problem(value):
                yield document.fault(path, "bad_recurrence", value=value, problem=problem)
        elif not _READS[phrase](value):
            yield document.fault(path, f"bad_{phrase}", value=value, allowed=_EXAMPLES[phrase])

    def _durations(self, document: Document, path: Path_, setting: Setting) -> Iterator[Fault]:
        places = [((*path, "default"), setting.default)]
        places += [((*path, "options", i, "value"), option.value) for i, option in enumerate(setting.options)]
        for place, value in places:
            if value is not None and not (_is_words(str(value)) or is_period(str(value))):
                yield document.fault(place, "bad_words", value=value, allowed=_EXAMPLES["words"])

    def _conditions(self, document: Document, path: Path_, part: Part) -> Iterator[Fault]:
        """Conditions and fields that look at a matter's or an event's data."""
        if isinstance(part, Commitment):
            yield from self._matter_keys(document, (*path, "applies_to", "where"), part.applies_to)
            for index, within in enumerate(part.within):
                yield from _matter(document, (*path, "within", index, "when"), within.when)
            yield from _event_keys(document, (*path, "start_where"), part.starts or (), part.start_where)
            yield from _event_keys(document, (*path, "end_where"), part.ends or (), part.end_where)
            if part.kept_when:
                yield from _kept(document, (*path, "kept_when"), part.kept_when)
        when = getattr(part, "when", None)
        if isinstance(when, Threshold):
            yield from _event_keys(document, (*path, "when", "where"), when.event, when.where)

    def _matter_keys(self, document: Document, path: Path_, applies_to: AppliesTo) -> Iterator[Fault]:
        yield from _matter(document, path, applies_to.where)


def _matter(document: Document, path: Path_, where: Mapping[str, Any]) -> Iterator[Fault]:
    allowed = known.matter_fields()
    for key in where:
        if key not in allowed:
            code = "unknown_service_field" if key.startswith("service.") else "unknown_matter_field"
            yield document.fault((*path, key), code, value=key.removeprefix("service."), allowed=allowed)


def _event_keys(
    document: Document, path: Path_, kinds: Sequence[str], where: Mapping[str, Any]
) -> Iterator[Fault]:
    for key in where:
        yield from _field(document, (*path, key), kinds, key)


def _field(document: Document, path: Path_, kinds: Sequence[str], name: str) -> Iterator[Fault]:
    """A field must belong to one of the events, unless their data is held elsewhere."""
    fields = [known.fact_fields(kind) for kind in kinds]
    if any(one is None for one in fields):
        return
    allowed = tuple(dict.fromkeys(field for one in fields for field in one or ()))
    if name.partition("=")[0] not in allowed:
        yield document.fault(path, "unknown_fact_field", event="/".join(kinds), value=name, allowed=allowed)


def _kept(document: Document, path: Path_, kept: KeptWhen) -> Iterator[Fault]:
    if kept.count:
        yield from _counted(document, (*path, "count"), kept.count)
    if kept.each:
        yield from _carried(document, (*path, "each"), kept.each)
    if kept.followed:
        yield from _follows(document, (*path, "followed"), kept.followed)
    for name in ("all_of", "any_of"):
        for index, one in enumerate(getattr(kept, name)):
            yield from _kept(document, (*path, name, index), one)


def _counted(document: Document, path: Path_, count: Count) -> Iterator[Fault]:
    if count.without:
        yield from _field(document, (*path, "without"), (count.of,), count.without)
    yield from _event_keys(document, (*path, "where"), (count.of,), count.where)


def _carried(document: Document, path: Path_, each: Each) -> Iterator[Fault]:
    for name in ("has", "has_any"):
        for index, one in enumerate(getattr(each, name)):
            yield from _field(document, (*path, name, index), (each.of,), one)
    yield from _event_keys(document, (*path, "where"), (each.of,), each.where)


def _follows(document: Document, path: Path_, followed: Followed) -> Iterator[Fault]:
    yield from _event_keys(document, (*path, "where"), (followed.of,), followed.where)


def _materials_twice(document: Document, path: Path_, service: Service) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for index, material in enumerate(service.materials):
        if material.id in first:
            line = document.line((*path, "materials", first[material.id], "id"))
            yield document.fault((*path, "materials", index, "id"), "duplicate_key", first=line)
        first.setdefault(material.id, index)


def _is_words(value: str) -> bool:
    try:
        parse_words(value)
    except WordsError:
        return False
    return True


_READS: Mapping[str, Callable[[str], bool]] = {
    "words": _is_words,
    "period": is_period,
    "mark": is_mark,
    "number": str.isdecimal,
}


def recurrence_problem(value: str) -> str | None:
    """Why text is no RFC 5545 recurrence, or None."""
    if len(value) > 500 or not value.startswith("FREQ="):
        return "it begins with FREQ= and is shorter than 500 characters"
    try:
        rrulestr(value)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return str(error) or type(error).__name__
    return None
