"""The main pages of each face: address names and labels. A name that no app has brought yet is left out."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shounuo.cases.access import registers
from shounuo.cases.waiting import decides
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
        Page("desk-approvals", _("审批"), may=decides),
        Page("desk-matters", _("事项")),
        Page("desk-board", _("看板"), may=lambda actor: decides(actor) or not registers(actor)),
    ),
    "desk-more": (
        Page("desk-board", _("看板"), may=lambda actor: registers(actor) and not decides(actor)),
        Page("desk-appointments", _("预约")),
        Page("reminders", _("提醒")),
        Page("promise-table", _("承诺")),
        Page("regulation-list", _("制度")),
        Page("organisation-units", _("机构"), may=lambda actor: bool(actor.held)),
        Page("organisation-absences", _("不在岗"), may=lambda actor: bool(actor.held)),
        Page("outbox", _("发送"), may=sees_outbox),
        Page("desk-help", _("使用说明")),
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
    """The area's pages that exist and that the reader may use. The reader stands on the page of the same face (the
    area's first word) whose address begins most of `path`.
    """
    face = area.partition("-")[0]
    near = [page for name, pages in PAGES.items() if name.partition("-")[0] == face for page in pages]
    urls = [url for page in near if _shown(page, actor) and (url := address(page.name))]
    here = max((url for url in urls if _below(path, url)), key=len, default=None)
    found = [(page, address(page.name)) for page in PAGES[area] if _shown(page, actor)]
    return [Link(url, page.label, url == here, page.key) for page, url in found if url]


def _shown(page: Page, actor: Actor | None) -> bool:
    return page.may is None or (actor is not None and page.may(actor))


def _below(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))
