"""The main pages of each face: address names and labels. A name that no app has brought yet is left out."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shounuo.cases.access import registers
from shounuo.organisation.access import Actor
from shounuo.reminders.access import sees_outbox


@dataclass(frozen=True)
class Page:
    """A page by its address name; `key` is the desk's shortcut, `may` who is shown it (everybody without it)."""

    name: str
    label: str | Promise
    key: str = ""
    may: Callable[[Actor], bool] | None = None


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
        Page("desk-register", _("登记"), "n", registers),
        Page("desk-matters", _("事项")),
        Page("desk-board", _("看板")),
        Page("desk-appointments", _("预约")),
        Page("promise-table", _("承诺")),
        Page("regulation-list", _("制度")),
        Page("organisation-units", _("机构"), may=lambda actor: bool(actor.held)),
        Page("outbox", _("发送"), may=sees_outbox),
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


def links(area: str, path: str, actor: Actor | None = None) -> list[Link]:
    """The area's pages that exist and that the reader may use; the reader stands on the one whose address
    begins most of `path`.
    """
    pages = [page for page in PAGES[area] if page.may is None or (actor is not None and page.may(actor))]
    found = [(page, address(page.name)) for page in pages]
    here = max((url for _page, url in found if url and _below(path, url)), key=len, default=None)
    return [Link(url, page.label, url == here, page.key) for page, url in found if url]


def _below(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))
