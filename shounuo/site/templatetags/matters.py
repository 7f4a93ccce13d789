"""Matters behind rows that know only their stream: `{% matters_of rows as found %}`."""

from collections.abc import Iterable
from typing import Any

from django import template

from shounuo.cases import access
from shounuo.organisation.access import Actor

register = template.Library()


@register.simple_tag(takes_context=True)
def matters_of(context: template.Context, rows: Iterable[Any]) -> list[tuple[Any, str]]:
    """Each row with the printed number of its matter, "" when the reader may not see it. One query."""
    found, actor = list(rows), context.get("actor")
    if not found or not isinstance(actor, Actor):
        return [(row, "") for row in found]
    seen = access.seen_by(actor).filter(stream__in={row.stream for row in found})
    numbers = {case.stream: case.number for case in seen.only("pk", "stream", "received_at")}
    return [(row, numbers.get(row.stream, "")) for row in found]
