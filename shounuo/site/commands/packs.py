"""`shounuo packs …`: work on regulations as data."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from shounuo.rules.checking import PackReport

packs = typer.Typer(help="Work on packs: regulations as data.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(packs, name="packs")


# Unknown options arrive as paths, so that wrong usage also answers with JSON when JSON was asked for.
@packs.command("check", context_settings={"ignore_unknown_options": True})
def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="packs, or folders of packs; default: those delivered"),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
    lang: Annotated[str, typer.Option(help="zh or en; default: from LANG")] = "",
) -> None:
    """Validate packs, run their examples, print the coverage table.

    Exit code 0: no fault; 1: a fault (a failed example is one); 2: wrong usage.
    """
    from shounuo.rules import checking

    lang = lang or ("zh" if os.environ.get("LANG", "").startswith("zh") else "en")
    folders, wrong = checking.pack_folders(paths or ())
    reports = [] if wrong else checking.check(folders)
    if json:
        typer.echo(checking.json_text(reports, wrong, lang))
    else:
        _show(reports, wrong, lang)
    raise typer.Exit(2 if wrong else int(any(report.faults for report in reports)))


@packs.command("schema")
def schema(
    out: Annotated[Path | None, typer.Option(help="write to this file instead of standard output")] = None,
) -> None:
    """Print the JSON Schema of packs, for editors."""
    from shounuo.rules.loading.schema import schema_text

    if out is None:
        typer.echo(schema_text(), nl=False)
    else:
        out.write_text(schema_text(), encoding="utf-8")


def _show(reports: Sequence[PackReport], wrong: Sequence[str], lang: str) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(soft_wrap=True)
    for problem in wrong:
        Console(stderr=True, soft_wrap=True).print(escape(problem))
    for report in reports:
        console.print(_table(report, lang))
        for fault in report.faults:
            console.print(f"[red]✗[/red] {escape(fault.line_text(lang))}", highlight=False)
        for warning in report.warnings:
            console.print(f"[yellow]![/yellow] {escape(warning.line_text(lang))}", highlight=False)
        console.print(_summary(report, lang), highlight=False)


HEADINGS = {
    "zh": ("类别", "条款", "有规则", "规则"),
    "en": ("shape", "clauses", "with rule", "rules"),
}


def _table(report: PackReport, lang: str) -> Table:
    from rich.table import Table

    table = Table(title=report.id, title_justify="left")
    for index, heading in enumerate(HEADINGS["zh" if lang.startswith("zh") else "en"]):
        table.add_column(heading, justify="right" if index else "left")
    for shape, (clauses, with_rule, rules) in report.by_shape.items():
        reason = shape == "definition"
        table.add_row(shape, str(clauses), "–" if reason else str(with_rule), "–" if reason else str(rules))
    return table


def _summary(report: PackReport, lang: str) -> str:
    counts = (
        len(report.clause_ids),
        report.rules,
        len(report.undecided),
        report.examples_passed,
        report.examples,
    )
    if lang.startswith("zh"):
        words = "{} 条款，{} 条规则，{} 项设置待决定，示例通过 {}/{}，{} 处错误"
    else:
        words = "{} clauses, {} rules, {} settings to decide, examples passed {}/{}, {} faults"
    return words.format(*counts, len(report.faults))
