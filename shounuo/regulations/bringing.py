"""What a pack brings, and how it differs from another version of the same regulation. Pure."""

from dataclasses import dataclass

from shounuo.regulations.rule_wording import shape_words
from shounuo.regulations.wording import said
from shounuo.rules.shapes import Pack
from shounuo.rules.shapes.pack import RULE_FILES


@dataclass(frozen=True, slots=True)
class Brings:
    """A pack in figures: rules by shape (words and number), services, gaps and settings by title."""

    clauses: int
    shapes: tuple[tuple[str, int], ...]
    services: tuple[str, ...]
    gaps: int
    settings: int


def brings(pack: Pack) -> Brings:
    """What adopting the pack would bring."""
    shapes = [(shape_words(shape), len(getattr(pack, file))) for file, (shape, _model) in RULE_FILES.items()]
    return Brings(
        len(pack.clauses),
        tuple((words, number) for words, number in shapes if number),
        tuple(said(service.title) for service in pack.services.values()),
        len({gap for clause in pack.clauses.values() for gap in clause.gaps}),
        len(pack.settings),
    )


@dataclass(frozen=True, slots=True)
class Changes:
    """Titles of rules that come, go and change between two versions."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def none(self) -> bool:
        """Whether the two have the same rules."""
        return not (self.added or self.removed or self.changed)


def changes(old: Pack, new: Pack) -> Changes:
    """How the rules differ."""
    before = {(shape, key): rule for shape, key, rule in old.rules()}
    after = {(shape, key): rule for shape, key, rule in new.rules()}
    return Changes(
        tuple(said(rule.title) for key, rule in after.items() if key not in before),
        tuple(said(rule.title) for key, rule in before.items() if key not in after),
        tuple(said(rule.title) for key, rule in after.items() if key in before and before[key] != rule),
    )
