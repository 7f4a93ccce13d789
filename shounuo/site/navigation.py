"""The main pages of each face: address names and labels. A name that no app has brought yet is left out."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Page:
    """A page by its address name; `key` is the desk's shortcut."""

    name: str
    label: str | Promise
    key: str = ""


@dataclass(frozen=True)
class Link:
    """A page as drawn; `here` when the reader stands on it or below it."""

    address: str
    label: str | Promise
    here: bool
    key: str = ""


PAGES: dict[str, tuple[Page, ...]] = {
    "desk": (
        Page("desk-today", _("今日")),
        Page("desk-register", _("登记"), "n"),
        Page("desk-matters", _("事项")),
        Page("promise-table", _("承诺")),
        Page("regulation-list", _("制度")),
    ),
    "portal": (
        Page("portal-guides", _("办事指南")),
        Page("portal-progress", _("查进度")),
        Page("portal-wall", _("公示")),
    ),
    "portal-foot": (
        Page("portal-regulation", _("制度全文")),
        Page("portal-calendar", _("工作日历")),
        Page("portal-ask", _("我要办事")),
        Page("sign-in", _("工作人员登录")),
    ),
}


def address(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named page, or "" when no app has brought it."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


def links(area: str, path: str) -> list[Link]:
    """The area's pages that exist; the reader stands on the one whose address begins most of `path`."""
    found = [(page, address(page.name)) for page in PAGES[area]]
    here = max((url for _page, url in found if url and _below(path, url)), key=len, default=None)
    return [Link(url, page.label, url == here, page.key) for page, url in found if url]


def _below(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))
