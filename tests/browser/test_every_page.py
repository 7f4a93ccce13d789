"""Every page that a role can reach: nothing serious for axe, nothing wider than the window, no error.

Each role walks the links from its first pages, a kind of page once. Axe looks at a kind once in each language,
whoever meets it first; width and errors are watched in every role. At the end every address of ours must have been met.
"""

import os
import re
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.urls import get_resolver, resolve

from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_journey import ask

pytestmark = pytest.mark.browser

PUBLIC = ["/", "/sign-in/", "/who/", "/progress/", "/ask/", "/wall/", "/complaints/"]
AFTER = ["", "rate/", "dispute/", "withdraw/", "appointment/", "papers/", "thanks/"]
KINDS = ["enquiry", "application", "suggestion", "praise"]
STAFF = ["/desk/", "/help/", "/desk/board/?screen=1", "/desk/approvals/", "/account/", "/regulations/"]
STATES = [
    "received", "waiting_for_materials", "in_hand", "with_leader", "in_study", "answered", "completed",
    "declined", "not_accepted", "withdrawn", "transferred_out", "merged",
]  # fmt: skip
ROLES = [  # who, in which language, whether a matter of each state is opened
    ("", "zh", False), ("", "en", False), ("zhou", "zh", True), ("wang", "en", True), ("lin", "en", True),
    ("chen", "zh", True), ("sun", "en", True), ("wu", "en", False),
    ("he", "zh", False), ("zheng", "en", False),
]  # fmt: skip
SAME = [
    (r"/(promises|promises-table|guides|settings|calendars|adopt)/(?!decisions/)[\w-]+/", r"/\1/X/"),
    (r"\d{4}-\d{6}", "N"),
    (r"/\d+(?=/|\.)", "/#"),
    (r"(/regulations/#)/(?!settings|calendars|matrix|recomputations).+/$", r"\1/C/"),
    (r"^/regulation/.+/$", "/regulation/C/"),
]
FILES = re.compile(r"\.(pdf|zip|xlsx|csv|ics)$|/export/$|/file/$")
LINKS = "els => els.map(e => e.getAttribute('href'))"
ANSWERS = {  # what forms, buttons and scripts send to
    "become", "sign-out", "set_language", "text-size", "reminder-read", "reminders-read-all", "outbox-retry",
    "desk-keep-filter", "desk-drop-filter", "desk-register-papers", "desk-register-similar",
    "organisation-absence-decide", "organisation-account", "own-codes-off", "own-session-end", "portal-leave",
}  # fmt: skip
FILES_OF = {"desk-export", "desk-paper-pdf", "portal-paper-pdf", "organisation-duty-file", "draft-archive"}
OWN_JOURNEYS = {  # what only a code, a paper, a second factor, a draft, a changed calendar, an ended sign-in lead to
    "sign-in-code", "portal-short", "portal-rate-once", "portal-notice", "portal-paper", "draft-review",
    "draft-decisions", "draft-pack", "draft-compare", "draft-try", "draft-adopt", "recomputation",
    "calendar-change", "unsent",
}  # fmt: skip
NOT_WALKED = ANSWERS | FILES_OF | OWN_JOURNEYS


def kind_of(path):
    """Pages that differ only in their matter, clause or filter are one kind."""
    for pattern, sign in SAME:
        path = re.sub(pattern, sign, path)
    return path


def links(visitor):
    """Addresses of our own pages on this page."""
    found = visitor.page.locator("a[href]:not([download])").evaluate_all(LINKS)
    own = [urlsplit(href).path for href in found if href.startswith("/") and not href.startswith("/static/")]
    return [path for path in own if not FILES.search(path)]


def every_kind(visitor, start):
    """Walks the links; yields the address of each kind of page once, standing on it."""
    met, waiting = set(), list(start)
    while waiting:
        path = waiting.pop(0)
        if kind_of(path) in met:
            continue
        met.add(kind_of(path))
        visitor.go(path)
        yield path
        waiting += links(visitor)


def own_matter(citizen):
    """The pages of a matter asked for now, also those it is too early for; and the first page of each kind's path."""
    number, _secret = ask(citizen)
    first = ["/ask/receipt/", *(f"/progress/{number}/{tail}" for tail in AFTER), "/ask/clear/"]
    return first + [f"/ask/?kind={kind}" for kind in KINDS]


def one_of_each_state(visitor):
    """A matter in each state, where the reader sees one."""
    for state in STATES:
        found = visitor.go(f"/desk/matters/?state={state}").page.locator('main a[href^="/desk/matters/2"]')
        if found.count():
            yield found.first.get_attribute("href")


def verbs_of(visitor, matters):
    """The pages of what can be done to these matters and of their papers."""
    for path in matters:
        yield from (link for link in links(visitor.go(path)) if link.startswith("/desk/matters/2"))


@pytest.fixture(scope="module")
def met():
    """How often axe has looked at a kind of page in a language, and every address met."""
    return {"looked": Counter(), "addresses": set(), "roles": set()}


@pytest.mark.parametrize(("who", "language", "states"), ROLES)
def test_every_page_is_sound(arrive, met, who, language, states):
    visitor = arrive(language=language)
    start = list(STAFF) if who else PUBLIC + own_matter(visitor)
    if who:
        visitor.become(who)
    if states:
        start += verbs_of(visitor, one_of_each_state(visitor))
    found = []
    for path in every_kind(visitor, start):
        met["addresses"].add(urlsplit(path).path)
        found += sound(visitor, met)
    met["roles"].add((who, language))
    assert found == []


def sound(at, met):
    """What is wrong with the page the visitor stands on."""
    path = urlsplit(at.page.url).path
    met["addresses"].add(path)  # where it led, which may be elsewhere
    key = kind_of(path), at.language
    met["looked"][key] += 1
    found = at.faults() if met["looked"][key] == 1 else at.overflow()
    at.page.set_viewport_size({"width": NARROW, "height": 844})
    found += at.overflow()
    at.page.set_viewport_size({"width": WIDE, "height": 900})
    return found


def names(resolver):
    """The name of every address, however deep it is included."""
    for one in resolver.url_patterns:
        yield from names(one) if hasattr(one, "url_patterns") else [one.name]


def test_every_address_was_met(met):
    if len(met["roles"]) < len(ROLES):
        pytest.skip("not every role has walked")
    here = {resolve(path).url_name for path in met["addresses"]}
    assert set(names(get_resolver())) - here - NOT_WALKED == set()


@pytest.mark.skipif(
    "SHOUNUO_SHOTS" not in os.environ, reason="pictures only where SHOUNUO_SHOTS names a folder"
)
def test_the_pictures_of_the_read_me(arrive):
    for width in (WIDE, NARROW):
        for language in ("zh", "en"):
            arrive(width, language).go("/").shoot("wall")
            arrive(width, language).become("wang").go("/desk/").shoot("today")
            desk = arrive(width, language).become("feng").go("/desk/matters/?state=in_hand")
            first = desk.page.locator('main a[href^="/desk/matters/2"]').first.get_attribute("href")
            desk.go(first).shoot("matter")
            arrive(width, language).become("zhou").go("/desk/register/").shoot("register")
