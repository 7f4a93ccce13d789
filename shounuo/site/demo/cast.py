"""The organisations of the demonstration: one folder each, named after its pack. Needs neither Django nor a database."""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

HERE = Path(__file__).parent
PACKAGE = HERE.parent.parent
DEFAULT = "quality-bureau"


def organisations() -> list[str]:
    """The packs with a demonstration, in alphabetical order."""
    return sorted(file.parent.name for file in HERE.glob("*/cast.yaml"))


@cache
def read(org: str, name: str = "cast.yaml") -> dict[str, Any]:
    """One of an organisation's data files; a format comment heads those of `quality-bureau`."""
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(HERE / org / name)
    return found


def codes(cast: dict[str, Any]) -> set[str]:
    """Codes of the organisations that stand in the demonstration's database."""
    held = {cast["house"]["code"]}
    return held | {cast["imported"]["code"]} if "imported" in cast else held


def looks_built(file: Path, cast: dict[str, Any]) -> bool:
    """Whether a SQLite file holds this demonstration, with the tables of today; a look that costs milliseconds."""
    if not file.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
            code = cast["house"]["code"]
            asked = "SELECT 1 FROM organisation_unit WHERE kind = 'organisation' AND code = ?"
            applied = set(database.execute("SELECT app, name FROM django_migrations"))
            return bool(database.execute(asked, [code]).fetchone()) and _migrations() <= applied
    except sqlite3.Error:
        return False


def _migrations() -> set[tuple[str, str]]:
    """(app, migration) of every migration of ours."""
    return {(file.parent.parent.name, file.stem) for file in PACKAGE.glob("*/migrations/0*.py")}
