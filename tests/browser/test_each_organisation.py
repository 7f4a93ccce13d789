"""Every organisation of the demonstration goes its own first path: asked on its portal, done at its desk, read again."""

import re
import shutil

import pytest

from shounuo.rules.loading import BUNDLED, load_pack
from shounuo.site.demo.cast import organisations, read
from tests.browser.conftest import NARROW, demonstration

pytestmark = pytest.mark.browser

MATTERS = "10"
TAKEN = {"enquiry", "application", "repair", "suggestion", "praise"}
WORDS = "想请贵单位办这件事，什么时候有结果？"
REPLY = "今天已经办好，结果按您留的方式送达。"


class Of:
    """An organisation's own words: its cast, and the service that is asked for."""

    def __init__(self, org):
        self.cast, self.pack = read(org), load_pack(BUNDLED / org)
        applied = [key for key, s in self.pack.services.items() if self.is_applied_for(s)]
        self.kind = "application" if applied else "enquiry"
        self.service = (applied or [key for key, s in self.pack.services.items() if "enquiry" in s.kinds])[0]
        self.section = self.pack.services[self.service].section
        self.clerk = self.who("first_asked_clerk", self.section) or self.who("first_asked_clerk")
        self.desk = self.cast["people"][self.clerk][2]
        self.handler = self.clerk if self.desk == self.section else self.who("handler", self.section)

    def is_applied_for(self, service):
        return "application" in service.kinds and "portal" in service.channels and not service.immediate

    def who(self, role, section=""):
        rows = self.cast["people"].items()
        return next((n for n, row in rows if role in row[6] and section in ("", row[2])), "")

    def promise(self):
        """The title of a public promise."""
        return next(c.title["zh"] for c in self.pack.commitments.values() if c.public)


@pytest.fixture(scope="module", params=organisations())
def org(request):
    return request.param


@pytest.fixture(scope="module")
def site(org, tables, tmp_path_factory):
    """A small demonstration of one organisation."""
    folder = tmp_path_factory.mktemp(org)
    shutil.copy(tables, folder / f"demo-{org}.sqlite3")
    with demonstration(folder, "--org", org, "--most", MATTERS) as address:
        yield address


@pytest.fixture(scope="module")
def of(org):
    return Of(org)


def ask(citizen, of):
    """From the first question to number and secret."""
    citizen.go("/ask/").choose("kind", of.kind).press().choose("topic", of.service).press()
    citizen.write("words", WORDS).press()
    citizen.write("name", "沈小满").write("phone", "139 0000 7301").press().press()
    number = re.search(r"\d{4}-\d{6}", citizen.text)[0]
    return number, re.search(r"(?:[0-9A-Z]{4}[ -]){5}[0-9A-Z]{4}", citizen.text)[0]


def take_up(arrive, of, number):
    """The first asked takes it, and hands it over where another section does the work; whoever does it."""
    clerk = arrive().become(of.clerk)
    clerk.verb(number, "take_up").choose("section", of.desk).press()
    if of.handler == of.clerk:
        return clerk
    clerk.verb(number, "hand_over").choose("section", of.section).choose("reason", "their_remit").press()
    handler = arrive().become(of.handler)
    handler.verb(number, "accept_hand_over").press()
    clerk.verb(number, "tell_section").choose("way", "phone").press()
    return handler


def finish(handler, of, number):
    if of.kind == "enquiry":
        return handler.verb(number, "answer").choose("way", "web").write("words", REPLY).press()
    handler.verb(number, "mark_complete").press()
    return handler.verb(number, "complete").choose("result", "done").write("words", REPLY).press()


def test_a_matter_goes_its_way_in_each_organisation(arrive, of):
    number, secret = ask(arrive(), of)
    finish(take_up(arrive, of, number), of, number)
    reader = arrive(width=NARROW).go("/progress/").write("number", number).write("secret", secret).press()
    assert REPLY in reader.text
    assert of.pack.services[of.service].title["zh"] in reader.text
    assert reader.overflow() == []


def test_the_wall_shows_each_organisations_name_and_promises(arrive, of):
    citizen = arrive().go("/")
    assert of.cast["house"]["zh"] in citizen.page.locator("header").first.inner_text()
    assert of.promise() in citizen.text
    assert citizen.faults() == []


def test_only_what_can_be_taken_in_is_offered(arrive, of):
    others = [key for key, s in of.pack.services.items() if not TAKEN & set(s.kinds)]
    clerk = arrive().become(of.clerk).go("/desk/register/")
    offered = clerk.page.locator('select[name="service"] option').evaluate_all("all => all.map(o => o.value)")
    citizen = arrive().go("/ask/").choose("kind", "enquiry").press()
    topics = citizen.page.locator('main [name="topic"]').evaluate_all("all => all.map(o => o.value)")
    assert of.service in offered
    assert of.service in topics
    assert not {*offered, *topics} & set(others)
    for key in others:
        assert not citizen.go(f"/guides/{key}/").page.locator('a[href^="/ask/"].btn--main').count()
