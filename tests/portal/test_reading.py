"""Pages to read: guides, calendar, regulation; the reader's own choices."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from shounuo.regulations.rule_wording import rule_sentence
from shounuo.rules.loading import load_pack
from shounuo.rules.shapes import Pack
from tests.cases.conftest import PACKS, Hall
from tests.portal.conftest import Visitor

pytestmark = pytest.mark.django_db
PAGES = ["/", "/complaints/", "/guides/", "/ask/kind/", "/progress/", "/calendar/", "/calendar/?year=2027", "/regulation/",
         "/promises/handle-in-time/", "/promises/one-complete-notice/"]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_answers_and_writes_nothing(visitor: Visitor, address: str, language: str) -> None:
    visitor.client.cookies["language"] = language
    with CaptureQueriesContext(connection) as asked:
        assert visitor.client.get(address).status_code == 200
    writes = [one["sql"] for one in asked if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert [sql for sql in writes if "django_session" not in sql] == []


def test_every_guide_and_clause_and_promise_has_its_page(visitor: Visitor, bureau_pack: Pack) -> None:
    addresses = [f"/guides/{key}/" for key in bureau_pack.services]
    addresses += [f"/regulation/{key}/" for key in bureau_pack.clauses]
    addresses += [f"/promises/{key}/" for key, rule in bureau_pack.commitments.items() if rule.public]
    assert {a: s for a in addresses if (s := visitor.client.get(a).status_code) != 200} == {}


@pytest.mark.parametrize(
    "address", ["/guides/x/", "/regulation/x/", "/promises/x/", "/promises/unanswered-enquiry/", "/ask/x/"]
)
def test_what_is_not_there_or_not_public_answers_404(visitor: Visitor, address: str) -> None:
    assert visitor.client.get(address).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_rule_has_a_sentence_without_raw_templates(bureau_pack: Pack, language: str) -> None:
    with override(language):
        said = {key: rule_sentence(bureau_pack, rule) for _shape, key, rule in bureau_pack.rules()}
    assert [
        key for key, text in said.items() if not text or "{" in text or "%(" in text or "None" in text
    ] == []


def test_a_day_over_national_day_is_counted_as_by_hand(visitor: Visitor) -> None:
    page = visitor.client.get("/calendar/", {"start": "2026-09-28T10:00", "n": "4", "unit": "working day"})
    assert page.context["found"].due == datetime(2026, 10, 9, 17, 30)
    assert "10月1日 周四至10月7日 周三 国庆节放假 7 天，不计。" in page.content.decode()


@pytest.mark.parametrize(
    ("start", "n", "field"),
    [("", "4", "start"), ("2026-09-28T10:00", "0", "n"), ("2026-09-28T10:00", "9999", "n"),
     ("1999-01-01T10:00", "4", "start"),
     ("2026-02-30T10:00", "4", "start"), ("2099-01-01T10:00", "4", "start"), ("2026-09-28T10:00", "४x", "n")],
)  # fmt: skip
def test_what_cannot_be_counted_is_refused_beside_the_field(
    visitor: Visitor, start: str, n: str, field: str
) -> None:
    page = visitor.client.get("/calendar/", {"start": start, "n": n, "unit": "working day"})
    assert page.status_code == 200 and field in page.context["form"].errors and page.context["found"] is None


def test_a_due_beyond_the_published_days_is_provisional_and_says_why(visitor: Visitor) -> None:
    page = visitor.client.get("/calendar/", {"start": "2026-12-28T10:00", "n": "10", "unit": "working day"})
    assert page.context["found"].provisional and "2027 年的放假安排尚未公布" in page.content.decode()


@pytest.mark.parametrize("year", ["1", "99999", "2027", "abcd", "-2026", "２０２６"])
def test_any_year_in_the_address_shows_one_the_calendar_has(visitor: Visitor, year: str) -> None:
    assert 2007 <= visitor.client.get("/calendar/", {"year": year}).context["year"] <= 2027


def test_large_text_is_a_cookie_and_leads_back_to_our_own_page_only(visitor: Visitor) -> None:
    answer = visitor.client.post("/text-size/", {"text": "large", "next": "https://example.invalid/"})
    assert answer.headers["Location"] == "/" and answer.cookies["text"].value == "large"
    assert 'data-text="large"' in visitor.client.get("/guides/").content.decode()


def test_before_an_edition_is_adopted_the_portal_says_so(db: None, client: Client) -> None:
    assert client.get("/").status_code == 503


def test_the_organisation_may_be_chosen_by_its_code(
    visitor: Visitor, hall: Hall, settings: object, stand_at: Callable[[str], datetime]
) -> None:
    settings.ORGANISATION = "another"  # type: ignore[attr-defined]
    assert visitor.client.get("/").status_code == 503


def test_a_promise_may_be_chosen_instead_of_a_number(visitor: Visitor) -> None:
    page = visitor.client.get("/calendar/", {"start": "2026-09-28T10:00", "promise": "2 working days"})
    assert page.context["found"].due == datetime(2026, 9, 30, 17, 30)


def test_neither_promise_nor_number_is_refused(visitor: Visitor) -> None:
    page = visitor.client.get("/calendar/", {"start": "2026-09-28T10:00"})
    assert set(page.context["form"].errors) == {"n"}


def test_a_length_nobody_promised_is_refused(visitor: Visitor) -> None:
    page = visitor.client.get("/calendar/", {"start": "2026-09-28T10:00", "promise": "7 eons"})
    assert set(page.context["form"].errors) == {"promise"}


def test_every_calendar_of_the_regulation_is_public(client: Any, cast: Any) -> None:
    """The supply unit counts hall and hotline by hours of their own."""
    Hall(cast, load_pack(PACKS / "daqing-power-unit"))
    page = client.get("/calendar/")
    names = [name for name, _title in page.context["calendars"]]
    assert len(names) > 1 and page.context["name"] == names[0]
    for name in names:
        shown = client.get("/calendar/", {"calendar": name, "year": "2026"})
        assert shown.status_code == 200 and shown.context["name"] == name
    assert client.get("/calendar/", {"calendar": "none"}).context["name"] == names[0]


def test_a_calendar_offers_only_the_promises_it_counts(client: Any, cast: Any) -> None:
    Hall(cast, load_pack(PACKS / "daqing-power-unit"))
    pages = {
        name: client.get("/calendar/", {"calendar": name})
        for name, _title in client.get("/calendar/").context["calendars"]
    }  # noqa: E501
    offered = {name: set(page.context["form"].fields["promise"].choices) for name, page in pages.items()}
    assert len({frozenset(one) for one in offered.values()}) > 1
