"""The tags pages are written with: `{% load look %}`. Catalogue: docs/interface-parts.md."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from shounuo.site import navigation
from shounuo.site.chips import chip_of
from shounuo.site.dates import brief_date, civil, time_element
from shounuo.site.folding import arrange, summary
from shounuo.site.ribbon import Cell, cells_from_trace

register = template.Library()


def _language() -> str:
    return get_language() or "zh-hans"


def _this_year(context: template.Context, now: datetime | None) -> int:
    """The year of `now`, else of the page's `now`; 0, which no date has, when the page gives none."""
    moment = now or context.get("now")
    return civil(moment).year if isinstance(moment, datetime) else 0


@register.filter(name="people_date")
def people_date_filter(moment: datetime | date | None, tail: str = "clock") -> SafeString | str:
    """`{{ due|people_date:"official" }}`: always with the year, as a filter does not see the page's `now`.

    Tails: clock, close, due, date, official. Nothing for None.
    """
    return "" if moment is None else time_element(moment, _language(), tail=tail, this_year=0)


@register.simple_tag(name="people_date", takes_context=True)
def people_date_tag(
    context: template.Context,
    moment: datetime | date | None,
    tail: str = "clock",
    now: datetime | None = None,
) -> SafeString | str:
    """`{% people_date due "close" %}`: with the year when it is not that of `now` (the page's)."""
    if not moment:
        return ""
    return time_element(moment, _language(), tail=tail or "clock", this_year=_this_year(context, now))


@register.simple_tag(name="brief_date", takes_context=True)
def brief_date_tag(
    context: template.Context, moment: datetime | None, now: datetime | None = None
) -> SafeString | str:
    """10/08 10:00, for timelines and narrow columns; with the year as in `people_date`. Nothing for None."""
    return brief_date(moment, this_year=_this_year(context, now)) if moment else ""


@register.inclusion_tag("components/ribbon.html")
def ribbon(cells: Sequence[Cell], size: str = "large", label: str = "") -> dict[str, Any]:
    """The day ribbon; `size` is small, large or print. `label` replaces the spoken summary."""
    language = _language()
    drawn, layout = arrange(cells, size, language)
    return {"cells": drawn, "layout": layout, "size": size, "label": label or summary(cells, language)}


@register.inclusion_tag("components/ribbon.html")
def day_ribbon(clock: Any, size: str = "large", label: str = "") -> dict[str, Any]:
    """The ribbon of a clock that carries trace, now, completed, fulfilled, earlier, pause_names and started."""
    cells = cells_from_trace(
        clock.trace,
        clock.now,
        _language(),
        completed=clock.completed,
        fulfilled=clock.fulfilled,
        earlier=clock.earlier,
        pause_names=clock.pause_names,
        started=clock.started,
    )
    return ribbon(cells, size, label)


CHIP = '<span class="chip chip--{}"><span class="chip__mark" aria-hidden="true">{}</span>{}</span>'


@register.simple_tag
def clock_chip(state: str, text: str = "") -> SafeString:
    """A clock's state as a chip; `text` replaces the standing word ("还剩 4 个工作日"). Lists draw it fifty times."""
    chip = chip_of(str(state))
    return format_html(CHIP, chip.style, chip.mark, text or chip.word)


@register.filter
def share(kept: float, total: float) -> str:
    """Kept of total in percent, one decimal, rounded half up; only all is 100 % and only none 0 %. "—" of none."""
    if not total:
        return "—"
    tenths = int((kept * 2000 + total) // (2 * total))
    if 0 < kept < total:
        tenths = min(max(tenths, 1), 999)
    return f"{tenths // 10}%" if tenths in (0, 1000) else f"{tenths / 10:.1f}%"


@register.filter
def count(number: int) -> str:
    """A number with thousands set apart: 1,204."""
    return f"{number:,}"


@register.simple_tag
def address(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named page, "" when no app has brought it."""
    return navigation.address(name, *args, **kwargs)


@register.simple_tag(takes_context=True)
def nav(context: template.Context, area: str) -> list[navigation.Link]:
    """The links of "desk", "portal" or "portal-foot"."""
    request = context.get("request")
    path = request.path if isinstance(request, HttpRequest) else ""
    return navigation.links(area, path, context.get("actor"))


@register.filter
def html_lang(code: str) -> str:
    """A Django language code as HTML spells it: zh-hans is zh-Hans."""
    return "zh-Hans" if code.lower().startswith("zh") else code


@register.simple_tag(takes_context=True)
def reader_choices(context: template.Context) -> SafeString:
    """The reader's choices kept in cookies, as attributes of `<html>`: large text, light or dark."""
    request = context.get("request")
    cookies = request.COOKIES if isinstance(request, HttpRequest) else {}
    text = ' data-text="large"' if cookies.get("text") == "large" else ""
    theme = cookies.get("theme")
    shade = format_html(' data-theme="{}"', theme) if theme in ("light", "dark") else ""
    return format_html("{}{}", SafeString(text), shade)


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(context: template.Context, column: str, label: str, numeric: bool = False) -> dict[str, Any]:
    """A column heading that sorts: `?sort=column`, again `?sort=-column`; filters stay, the page goes."""
    query = context["request"].GET.copy()
    current = query.get("sort", "")
    query["sort"] = f"-{column}" if current == column else column
    query.pop("page", None)
    order = {column: "ascending", f"-{column}": "descending"}.get(current, "none")
    return {"href": f"?{query.urlencode()}", "label": label, "order": order, "numeric": numeric}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: "Page[Any]") -> dict[str, Any]:
    """Pages of a list; the filters in the address stay."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "query": query.urlencode()}


@register.filter
def has_errors_in(field: Any) -> str:
    """The CSS class of a field: marked when its form refused it."""
    return "field field--error" if field.errors else "field"


@register.simple_tag
def control(field: Any) -> SafeString:
    """A bound field's widget, tied to its hint and its error for those who hear the page.

    Without ``maxlength``, by which browsers cut off a paste without a word: the server tells what is too long.
    """
    ids = [f"{field.auto_id}-hint"] if field.help_text else []
    ids += [f"{field.auto_id}-error"] if field.errors else []
    attrs: dict[str, Any] = {"maxlength": False}
    if ids:
        attrs["aria-describedby"] = " ".join(ids)
    if field.errors:
        attrs["aria-invalid"] = "true"
    return SafeString(field.as_widget(attrs=attrs))
