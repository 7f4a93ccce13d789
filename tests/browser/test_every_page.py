"""Every page that a role can reach by links: nothing serious for axe, nothing wider than the window, no error."""

import re
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import NARROW, WIDE

pytestmark = pytest.mark.browser

ROLES = [  # who, in which language, how many kinds of page
    ("", "zh", 45), ("", "en", 45), ("zhou", "zh", 45), ("wang", "en", 45), ("zhao", "zh", 20), ("chen", "zh", 20),
    ("sun", "zh", 20), ("wu", "zh", 10),
]  # fmt: skip
SAME = [
    (r"/(promises|promises-table|guides)/[\w-]+/$", r"/\1/X/"),
    (r"\d{4}-\d{6}", "N"),
    (r"/\d+/", "/#/"),
    (r"/regulation/.+/$", "/regulation/C/"),
]
LINKS = "els => els.map(e => e.getAttribute('href'))"


def kind_of(path: str) -> str:
    """Pages that differ only in their matter, clause or filter are one kind."""
    for pattern, sign in SAME:
        path = re.sub(pattern, sign, path)
    return path


def links(visitor):
    """Addresses of our own pages on this page."""
    found = visitor.page.locator("a[href]").evaluate_all(LINKS)
    own = [urlsplit(href) for href in found if href.startswith("/") and not href.startswith("/static/")]
    return [one.path for one in own]


def every_kind(visitor, start, most):
    """Walks the links; yields once at each kind of page."""
    seen, waiting = set(), list(start)
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if kind_of(path) in seen:
            continue
        seen.add(kind_of(path))
        yield visitor.go(path)
        waiting += links(visitor)


@pytest.mark.parametrize(("who", "language", "most"), ROLES)
def test_every_page_is_sound(arrive, who, language, most):
    visitor = arrive(language=language)
    if who:
        visitor.become(who)
    found = []
    start = ["/desk/", "/regulations/"] if who else ["/", "/sign-in/", "/who/", "/progress/", "/ask/"]
    for at in every_kind(visitor, start, most):
        found += at.faults()
        at.page.set_viewport_size({"width": NARROW, "height": 844})
        found += at.overflow()
        at.page.set_viewport_size({"width": WIDE, "height": 900})
    assert found == []


def test_the_pictures_of_the_read_me(arrive):
    for width in (WIDE, NARROW):
        for language in ("zh", "en"):
            arrive(width, language).go("/").shoot("wall")
            arrive(width, language).become("wang").go("/desk/").shoot("today")
            desk = arrive(width, language).become("feng").go("/desk/matters/?state=in_hand")
            first = desk.page.locator('main a[href^="/desk/matters/2"]').first.get_attribute("href")
            desk.go(first).shoot("matter")
            arrive(width, language).become("zhou").go("/desk/register/").shoot("register")
