"""The documentation says what the code has: glossary, commands, settings, mappings, links."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from shounuo.rules.facts import CLOCK_EVENTS, FACT_KINDS, OUTSIDE_EVENTS
from shounuo.rules.shapes import SHAPES

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def own_models() -> list[str]:
    return [m.__name__ for m in apps.get_models() if m.__module__.startswith("shounuo.")]


@pytest.mark.parametrize("model", own_models())
def test_the_glossary_knows_every_model(model: str) -> None:
    assert f"`{model}`" in text("docs/glossary.md")


@pytest.mark.parametrize("kind", FACT_KINDS.values(), ids=lambda kind: kind.kind)
def test_the_glossary_knows_every_kind_of_fact(kind: object) -> None:
    row = f"| {kind.kind} | {kind.zh} | {kind.en} |"  # type: ignore[attr-defined]
    assert row in text("docs/glossary.md")


@pytest.mark.parametrize("event", [*CLOCK_EVENTS, *OUTSIDE_EVENTS])
def test_the_glossary_knows_every_event(event: str) -> None:
    assert f"| {event} |" in text("docs/glossary.md")


@pytest.mark.parametrize("shape", SHAPES)
def test_the_glossary_knows_every_shape(shape: str) -> None:
    assert f"| {shape} |" in text("docs/glossary.md")


def test_the_glossary_says_nothing_twice() -> None:
    words = re.findall(r"^\| ([^|]+) \|", text("docs/glossary.md"), re.MULTILINE)
    named = [w for w in words if w not in ("our word", "kind", "event") and not w.startswith("-")]
    assert len(named) == len(set(named))


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_commands_that_pages_name_exist(page: Path) -> None:
    from typer.main import get_command

    from shounuo.site.cli import app

    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    named = set(re.findall(r"`(?:\.venv/bin/)?shounuo ([a-z]+)", page.read_text(encoding="utf-8")))
    assert named <= known


def test_every_setting_of_the_environment_is_documented() -> None:
    from shounuo.site.config import Config

    for name in Config.model_fields:
        assert f"SHOUNUO_{name.upper()}" in text("docs/operations.md")


def test_the_floors_of_the_architecture_are_the_packages() -> None:
    for package in sorted(p.parent.name for p in (ROOT / "shounuo").glob("*/__init__.py")):
        assert f"`{package}/`" in text("docs/architecture.md")
