"""Clocks on pages: `{% load clocks %}{% clock_ribbon derivation "large" %}` draws what `derive` found."""

from typing import Any

from django import template
from django.utils.translation import get_language

from shounuo.cases.derivation import Derivation
from shounuo.site.folding import arrange, summary
from shounuo.site.ribbon import Cell, cells_from_trace

register = template.Library()


def cells_of(derivation: Derivation, language: str) -> list[Cell]:
    """The unfolded cells of an explained clock."""
    return cells_from_trace(
        derivation.trace,
        derivation.now,
        language,
        completed=derivation.completed,
        fulfilled=derivation.fulfilled,
        earlier=derivation.earlier,
        pause_names=derivation.pause_names,
    )


@register.inclusion_tag("components/ribbon.html")
def clock_ribbon(derivation: Derivation, size: str = "large", label: str = "") -> dict[str, Any]:
    """The day ribbon of an explained clock; `size` is small, large or print."""
    language = get_language() or "zh-hans"
    cells = cells_of(derivation, language)
    drawn, layout = arrange(cells, size, language)
    return {"cells": drawn, "layout": layout, "size": size, "label": label or summary(cells, language)}
