"""The import command as somebody types it, in this process and against the test's database."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from shounuo.site.cli import app

DATA = Path(__file__).parent.parent / "data"
MAPPINGS = Path(__file__).parent.parent.parent / "docs" / "mappings"
TRICKY = DATA / "tricky_csv"

MAPPING = """\
name: log
columns: {id: id, received: opened, promised: due, completed: closed}
"""
HEAD = ("id", "opened", "due", "closed")


class Importer:
    """Writes logs and mappings to a folder and runs `shounuo import requests` and `shounuo fulfilment`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *words: str) -> Any:
        return CliRunner().invoke(app, list(words))

    def mapping(self, text: str) -> Path:
        path = self.folder / "mapping.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    def log(self, *rows: tuple[str, ...], head: tuple[str, ...] = HEAD, name: str = "log.csv") -> Path:
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *rows])
        return path

    def take(
        self, file: Path, mapping: str | Path = MAPPING, *more: str, unit: str = "qingxi"
    ) -> dict[str, Any]:
        path = mapping if isinstance(mapping, Path) else self.mapping(mapping)
        told = self.run(
            "import", "requests", str(file), "--mapping", str(path), "--unit", unit, "--json", *more
        )
        if told.exit_code not in (0, 1) or not told.stdout.startswith("{"):
            raise AssertionError(f"{told.exit_code} {told.output} {told.exception!r}")
        return json.loads(told.stdout) | {"exit": told.exit_code}

    def refusal(self, file: Path, mapping: str | Path = MAPPING, *more: str) -> str:
        """The one line of a refusal."""
        path = mapping if isinstance(mapping, Path) else self.mapping(mapping)
        told = self.run("import", "requests", str(file), "--mapping", str(path), "--unit", "qingxi", *more)
        assert told.exit_code == 1, told.output
        return str(told.exception)

    def total(self, *words: str) -> dict[str, int]:
        told = self.run("fulfilment", "--json", *words)
        assert told.exit_code == 0, (told.output, told.exception)
        return json.loads(told.stdout)["total"]


@pytest.fixture
def importer(cast: Any, tmp_path: Path) -> Importer:
    return Importer(tmp_path)
