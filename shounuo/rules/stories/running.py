"""Reading a pack's example files and running their stories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shounuo.rules.edition import Edition
from shounuo.rules.engine import judge
from shounuo.rules.engine.scope import ScopeEvent, judge_scope
from shounuo.rules.facts import Fact
from shounuo.rules.loading.faults import Fault
from shounuo.rules.loading.parts import name_of, validate
from shounuo.rules.loading.reader import Document, read_document
from shounuo.rules.loading.vocabulary import KINDS
from shounuo.rules.shapes import Pack
from shounuo.rules.stories.comparing import Difference, Wrong, compare, compare_scope
from shounuo.rules.stories.models import Story
from shounuo.rules.stories.setting import SettingError, edition_of
from shounuo.rules.stories.writing import WritingError, a_fact, an_event, moment

MOST_FILES = 200


@dataclass(frozen=True, slots=True)
class Read:
    """One story of a file, with its place."""

    document: Document
    index: int
    story: Story


def read_examples(folder: Path) -> tuple[list[Read], list[Document], int]:
    """The stories under ``examples/``, their documents with faults, and how many stories there are."""
    found: list[Read] = []
    documents: list[Document] = []
    total = 0
    paths = sorted((folder / "examples").glob("*.y*ml"))
    for path in paths[:MOST_FILES]:
        document = read_document(path, f"examples/{path.name}")
        documents.append(document)
        if path is paths[0] and len(paths) > MOST_FILES:
            document.faults.append(document.fault((), "too_many_files", limit=MOST_FILES))
        if not isinstance(document.data, list):
            if document.data is not None:
                document.faults.append(document.fault((), "not_a_list", found=name_of(document.data)))
            continue
        total += len(document.data)
        for index, data in enumerate(document.data):
            if isinstance(data, dict) and not data.get("expect"):
                document.faults.append(document.fault((index,), "story_without_expect"))
                continue
            story = validate(Story, document, (index,), data)
            if story is not None:
                found.append(Read(document, index, story))
    return found, documents, total


def facts_of(pack: Pack, story: Story) -> Iterator[Fact]:
    """The story's facts, numbered from 1. Raises ``SettingError`` naming the line."""
    for index, line in enumerate(story.given):
        try:
            fact = a_fact(index + 1, line)
            _check_names(pack, fact)
        except WritingError as error:
            raise SettingError(("given", index), str(error)) from None
        yield fact


def scope_events(story: Story) -> Iterator[ScopeEvent]:
    """The story's events across matters, numbered from 1. Raises ``SettingError`` naming the line."""
    for index, line in enumerate(story.events):
        try:
            yield an_event(index + 1, line)
        except WritingError as error:
            raise SettingError(("events", index), str(error)) from None


def _check_names(pack: Pack, fact: Fact) -> None:
    """The service, kind and rule a fact names must be there."""
    if fact.kind not in ("received", "reclassified", "extension_requested", "extension_granted"):
        return
    for name, known in (("service", pack.services), ("rule", pack.commitments), ("kind", KINDS)):
        value = fact.data.get(name)
        if value is not None and value not in known:
            raise WritingError(f"there is no {name} {value!r}; allowed: {', '.join(known)}")


def run_story(edition: Edition, story: Story) -> list[Difference | Wrong]:
    """What of the story's expectations does not hold; empty when all do.

    Raises ``SettingError`` for a story that cannot be run at all (a wrong fact, service, setting or day).
    """
    own = edition_of(edition, story)
    if story.events:
        return list(compare_scope(own, story, judge_scope(own, scope_events(story), moment(story.at))))
    facts = list(facts_of(own.pack, story))
    judgement = judge(own, facts, moment(story.at))
    return list(compare(own, story, judgement))


def story_faults(edition: Edition, read: Read) -> list[Fault]:
    """A story's differences as faults with lines."""
    document, title = read.document, read.story.title()
    try:
        found = run_story(edition, read.story)
    except SettingError as error:
        place = (read.index, *error.path)
        code = "story_fact" if error.path[:1] in (("given",), ("events",)) else "story_failed"
        return [document.fault(place, code, story=title, problem=str(error))]
    except Exception as error:  # whatever a story does to the engine, the check names it and goes on
        problem = f"{type(error).__name__}: {error}"
        return [document.fault((read.index,), "story_failed", story=title, problem=problem)]
    return [_fault(read, one) for one in found]


def _fault(read: Read, one: Difference | Wrong) -> Fault:
    place, title = (read.index, "expect", *one.path), read.story.title()
    if isinstance(one, Wrong):
        return read.document.fault(place, "story_failed", story=title, problem=one.problem)
    what = ".".join(map(str, one.path))
    return read.document.fault(
        place, "story_difference", story=title, what=what, expected=one.expected, found=one.found
    )
