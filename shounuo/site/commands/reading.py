"""`shounuo read`: a regulation's text to its clauses, what they say and what they leave open."""

from __future__ import annotations

import json as json_format
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from shounuo.reading.reading import Reading

WORDS: dict[str, tuple[str, str]] = {
    "taken": (
        "文件夹里已有 yaml 文件，不覆盖。",
        "the folder has yaml files already; they are not overwritten.",
    ),
    "bad_name": (
        "文件夹的名字就是制度包的编号：小写拉丁字母开头，只用小写字母、数字和连字符。",
        "the folder's name becomes the pack's id: begin with a lower-case letter; letters, digits and hyphens only.",
    ),
    "written": ("草案已写入 {folder}：{count} 个文件。", "Draft written to {folder}: {count} files."),
    "gaps": ("制度没有说定的地方", "What the regulation leaves open"),
    "summary": (
        "{clauses} 条款，{limits} 个时限，{duties} 项义务，{consequences} 项后果，{disclosures} 项公开，{gaps} 处空白",
        "{clauses} clauses, {limits} limits, {duties} duties, {consequences} consequences, "
        "{disclosures} disclosures, {gaps} gaps",
    ),
    "set_aside": ("另外放到一边 {count} 处：{reasons}", "Set aside: {count} ({reasons})"),
}
CLAUSE_HEADINGS = (
    ("条款", "原标号", "文字", "时限", "义务", "后果", "公开", "空白"),
    ("clause", "label", "text", "limits", "duties", "conseq.", "discl.", "gaps"),
)
GAP_HEADINGS = (("条款", "原文", "类别"), ("clause", "words", "kind"))
LONGEST_SHOWN = 40


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("read")(read)


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="txt, md, docx, or pdf with text")],
    json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="write a draft pack into this folder")
    ] = None,
    lang: Annotated[str, typer.Option(help="zh or en; default: from LANG")] = "",
) -> None:
    """Read a regulation: its clauses, limits, duties, consequences, disclosures, and what it leaves open.

    Exit code 0: read; 1: the file cannot be read or the draft cannot be written; 2: wrong usage.
    """
    lang = lang or os.environ.get("LANG", "")
    column = 0 if lang.startswith("zh") else 1
    reading = _read(file, column)
    if out is not None:
        _write(reading, out, column)
    if json:
        from shounuo.reading.reading import as_json

        typer.echo(json_format.dumps(as_json(reading), ensure_ascii=False, indent=1))
    else:
        _show(reading, column)


def _read(file: Path, column: int) -> Reading:
    from shounuo.reading.errors import ReadingError
    from shounuo.reading.reading import read as read_content
    from shounuo.reading.sources import MOST_BYTES

    try:
        with file.open("rb") as opened:
            return read_content(opened.read(MOST_BYTES + 1), file.name)
    except ReadingError as error:
        raise _stop(f"{file}: {error.text(('zh', 'en')[column])}") from None
    except OSError as error:
        raise _stop(f"{file}: {error.strerror}") from None


def _stop(message: str) -> typer.Exit:
    typer.echo(f"shounuo: {message}", err=True)
    return typer.Exit(1)


def _write(reading: Reading, out: Path, column: int) -> None:
    from shounuo.reading.drafting import draft_pack, is_pack_id
    from shounuo.reading.errors import ReadingError

    name = out.resolve().name
    if not is_pack_id(name):
        raise _stop(f"{out}: {WORDS['bad_name'][column]}")
    if any(out.glob("*.y*ml")):
        raise _stop(f"{out}: {WORDS['taken'][column]}")
    try:
        files = draft_pack(reading.regulation, reading.findings, name)
        out.mkdir(parents=True, exist_ok=True)
        for file, text in files.items():
            (out / file).write_text(text, encoding="utf-8")
    except ReadingError as error:
        raise _stop(f"{out}: {error.text(('zh', 'en')[column])}") from None
    except OSError as error:
        raise _stop(f"{out}: {error.strerror}") from None
    typer.echo(WORDS["written"][column].format(count=len(files), folder=out), err=True)


def _show(reading: Reading, column: int) -> None:
    from rich.console import Console

    console = Console()
    console.print(_clause_table(reading, column))
    if reading.findings.gaps:
        console.print(_gap_table(reading, column))
    console.print(_summary(reading, column), highlight=False, markup=False, soft_wrap=True)


def _clause_table(reading: Reading, column: int) -> Table:
    from rich.markup import escape
    from rich.table import Table

    from shounuo.reading.reading import PARTS

    table = Table(title=escape(reading.name), title_justify="left")
    for place, heading in enumerate(CLAUSE_HEADINGS[column]):
        table.add_column(heading, justify="right" if place > 2 else "left", no_wrap=place < 2)
    counts = [Counter(one.clause for one in getattr(reading.findings, part)) for part in PARTS]
    for clause in reading.regulation.clauses:
        numbers = [str(count[clause.id] or "") for count in counts]
        table.add_row(escape(clause.id), escape(clause.label or ""), escape(_short(clause.text)), *numbers)
    return table


def _gap_table(reading: Reading, column: int) -> Table:
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=WORDS["gaps"][column], title_justify="left")
    for heading in GAP_HEADINGS[column]:
        table.add_column(heading)
    for gap in reading.findings.gaps:
        table.add_row(escape(gap.clause), escape(_short(" ".join(gap.quote.split()))), gap.kind)
    return table


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def _summary(reading: Reading, column: int) -> str:
    from shounuo.reading.reading import PARTS

    counts = {part: len(getattr(reading.findings, part)) for part in PARTS}
    lines = [WORDS["summary"][column].format(clauses=len(reading.regulation.clauses), **counts)]
    if reading.regulation.residue:
        whys = Counter(item.why for item in reading.regulation.residue)
        reasons = ", ".join(f"{why} {count}" for why, count in sorted(whys.items()))
        lines.append(WORDS["set_aside"][column].format(count=sum(whys.values()), reasons=reasons))
    return "\n".join(lines)
