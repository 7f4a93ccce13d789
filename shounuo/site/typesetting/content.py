"""A paper as plain data for the typesetter: every word and every cell of the day ribbon, nothing to work out."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language, gettext

from shounuo.cases.derivation import Derivation, Step
from shounuo.cases.papers import Line, Paper, Shown
from shounuo.cases.papers.codes import drawn
from shounuo.site.dates import people_date
from shounuo.site.folding import arrange, summary
from shounuo.site.ribbon import Cell, cells_from_trace


def data_of(paper: Paper) -> dict[str, Any]:
    """The paper in the reader's language, as JSON can carry it."""
    language = get_language() or "zh-hans"
    return {
        "lang": "zh" if language.startswith("zh") else "en",
        "kind": paper.kind, "title": paper.title, "number": paper.number, "unit": paper.unit, "to": paper.to,
        "opening": paper.opening, "secret": paper.codes.secret,
        "lines": [_line(line, language) for line in paper.lines],
        "parts": [{"heading": p.heading, "lines": list(p.lines), "numbered": p.numbered} for p in paper.parts],
        "clocks": [_clock(shown, language) for shown in paper.clocks],
        "signed": people_date(paper.signed, language, tail="official"),
        "by": gettext("经办人：%(by)s") % {"by": paper.by} if paper.by else "",
        "foot": list(paper.foot), "receive": paper.receive,
        "codes": [{"words": one.words, "svg": str(one.svg)} for one in drawn(paper.codes)],
        "words": {
            "number": gettext("受理号"), "secret": gettext("查询码"), "colon": gettext("："),
            "clock": gettext("期限怎样算"), "basis": gettext("，依据"), "receiver": gettext("签收人："),
            "date": gettext("日期："),
        },
    }  # fmt: skip


def _line(line: Line, language: str) -> dict[str, Any]:
    text = people_date(line.moment, language, tail=line.tail, this_year=0) if line.moment else line.text
    return {"label": line.label, "text": text, "strong": line.strong}


def _clock(shown: Shown, language: str) -> dict[str, Any]:
    cells, layout = arrange(_cells(shown.why, language), "print", language)
    due = _said(shown.why.due, language, shown.why.tail)
    return {
        "title": shown.title, "clause": shown.clause.label, "due": f"{shown.due_words} {due}" if due else "",
        "layout": layout, "cells": [_cell(cell) for cell in cells], "summary": summary(cells, language),
        "steps": [_step(step, language) for step in shown.why.steps],
    }  # fmt: skip


def _cells(why: Derivation, language: str) -> list[Cell]:
    return cells_from_trace(
        why.trace, why.now, language, completed=why.completed, fulfilled=why.fulfilled, earlier=why.earlier,
        pause_names=why.pause_names, started=why.started,
    )  # fmt: skip


def _cell(cell: Cell) -> dict[str, Any]:
    return {"mark": cell.mark, "kind": str(cell.kind), "caption": list(cell.caption), "makeup": cell.makeup,
            "now": cell.now_word if cell.is_now else "", "count": cell.folded_count}  # fmt: skip


def _step(step: Step, language: str) -> dict[str, Any]:
    return {"moment": _said(step.moment, language, "clock"), "text": step.text, "end": step.end,
            "clause": step.clause.label if step.clause else ""}  # fmt: skip


def _said(moment: datetime | None, language: str, tail: str) -> str:
    return people_date(moment, language, tail=tail, this_year=0) if moment else ""
