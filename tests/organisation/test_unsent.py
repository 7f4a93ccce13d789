"""A form sent after the sign-in ended or changed: said, kept, sent by one more press; a forged one is refused."""

from typing import Any

import pytest
from django.test import Client

from shounuo.cases.models import Case
from tests.cases.conftest import Hall, bureau_pack, hall
from tests.conftest import PASSWORD

__all__ = ["bureau_pack", "hall"]
pytestmark = pytest.mark.django_db
TYPED = {
    "kind": "enquiry",
    "channel": "window",
    "words": "新购叉车怎样登记？\n急",
    "phone": "13911110000",
    "key": "k1",
}
OURS = {"Origin": "http://testserver"}
WHO = {"zhou": "周倩", "wang": "王敏"}


def enter(client: Client, name: str = "zhou") -> Client:
    """Sign in with the form's token, as a browser does."""
    token = client.get("/sign-in/").context["csrf_token"]
    answer = client.post(
        "/sign-in/", {"name": name, "password": PASSWORD, "csrfmiddlewaretoken": str(token)}, headers=OURS
    )
    assert answer.status_code == 302
    return client


@pytest.fixture
def clerk(hall: Hall) -> Client:
    """A clerk in a browser that checks tokens, with the register form open."""
    client = enter(Client(enforce_csrf_checks=True))
    client.cookies["language"] = "zh-hans"
    return client


def token_of(client: Client) -> str:
    return str(client.get("/desk/register/").context["csrf_token"])


def hidden(page: Any) -> dict[str, str]:
    """What the page's own form sends."""
    fields = dict(page.context["fields"])
    return fields | {"csrfmiddlewaretoken": str(page.context["csrf_token"])}


def post(client: Client, fields: dict[str, str], path: str = "/desk/register/", **more: str) -> Any:
    return client.post(path, fields, headers=OURS | more)


def test_after_the_session_ended_the_words_wait_for_the_next_sign_in(clerk: Client) -> None:
    token = token_of(clerk)
    del clerk.cookies["sessionid"]
    answer = post(clerk, TYPED | {"csrfmiddlewaretoken": token})
    assert answer.headers["Location"] == "/sign-in/?next=/account/unsent/"
    assert "您填的内容还在" in clerk.get(answer.headers["Location"]).content.decode()
    page = enter(clerk).get("/account/unsent/")
    assert "新购叉车怎样登记？" in page.content.decode() and "周倩" in page.content.decode()
    assert post(clerk, hidden(page)).status_code == 302
    assert Case.objects.count() == 1 and "unsent" not in clerk.session


def test_after_signing_in_anew_in_another_tab_one_press_sends_it(clerk: Client) -> None:
    token = token_of(clerk)
    enter(clerk, "zhou")
    page = post(clerk, TYPED | {"csrfmiddlewaretoken": token})
    assert page.status_code == 403 and "再次提交" in page.content.decode()
    assert not Case.objects.exists()
    assert post(clerk, hidden(page)).status_code == 302 and Case.objects.count() == 1


def test_the_page_says_as_whom_it_will_be_sent_and_in_the_form_s_own_words(clerk: Client) -> None:
    token = token_of(clerk)
    enter(clerk, "wang")
    page = post(clerk, TYPED | {"csrfmiddlewaretoken": token})
    told = {one.label: one.text for one in page.context["lines"]}
    assert "王敏" in page.content.decode() and "周倩" not in page.content.decode()
    assert told["类别"] == "咨询" and told["事由"] == TYPED["words"] and "k1" not in told.values()


FOREIGN: list[dict[str, str]] = [
    {"Origin": "https://example.org"},
    {"Origin": "null"},
    {"Referer": "https://example.org/trap"},
    {"Referer": "http://testserver.example.org/"},
    {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://testserver", "Sec-Fetch-Site": "same-site"},
    {"Referer": "http://[broken"},
    {},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_of_another_site_is_refused_and_offers_nothing(clerk: Client, headers: dict[str, str]) -> None:
    page = clerk.post("/desk/register/", TYPED, headers=headers)
    assert page.status_code == 403 and "13911110000" not in page.content.decode()
    assert "<input" not in page.content.decode() and not Case.objects.exists()


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_forged_form_does_not_wait_for_a_sign_in(hall: Hall, headers: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.post("/desk/register/", TYPED, headers=headers)
    assert "unsent" not in client.session


def test_where_the_token_is_checked_later_nothing_waits(hall: Hall) -> None:
    from django.urls import reverse

    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("draft-bring"), {"title": "假的", "text": "假的"}, headers=OURS)
    assert answer.status_code == 302 and "unsent" not in client.session


def test_passwords_and_codes_are_not_kept(clerk: Client) -> None:
    page = post(
        clerk, {"old": "my-old-one", "new": "my-new-one", "again": "my-new-one"}, "/account/password/"
    )
    assert "-one" not in page.content.decode() and page.context["lines"] == []
    page = post(
        clerk, {"name": "wang", "password": "my-old-one"}, "/sign-in/", Referer="http://testserver/sign-in/"
    )
    assert "-one" not in page.content.decode() and page.context["lines"] == []
    assert page.context["page"] == "/sign-in/"


def test_what_was_left_out_is_said(clerk: Client) -> None:
    assert not post(clerk, TYPED).context["left_out"]
    assert post(clerk, TYPED | {"code": "123456"}).context["left_out"]


def test_a_mere_button_leads_back_to_its_page(clerk: Client) -> None:
    page = post(clerk, {"next": "/x"}, "/sign-out/", Referer="http://testserver/desk/?group=late")
    assert page.context["page"] == "/desk/?group=late" and "再次提交" not in page.content.decode()


def test_what_was_typed_waits_half_an_hour(clerk: Client) -> None:
    token = token_of(clerk)
    del clerk.cookies["sessionid"]
    post(clerk, TYPED | {"csrfmiddlewaretoken": token})
    session = clerk.session
    session["unsent"] = session["unsent"] | {"at": "2026-01-05T01:00:00+00:00"}
    session.save()
    enter(clerk)
    assert clerk.get("/account/unsent/").status_code == 302


def test_markup_in_the_words_stays_text(clerk: Client) -> None:
    page = post(clerk, TYPED | {"words": '"><script>alert(1)</script>', "<b>x": "<b>y"})
    assert (
        "<script>alert" not in page.content.decode() and "<b>" not in page.content.decode().split("</h1>")[1]
    )


@pytest.mark.parametrize(("length", "waits"), [(59_000, True), (61_000, False)])
def test_a_session_keeps_a_form_of_some_length(clerk: Client, length: int, waits: bool) -> None:
    token = token_of(clerk)
    del clerk.cookies["sessionid"]
    post(clerk, TYPED | {"words": "长" * length, "csrfmiddlewaretoken": token})
    assert ("unsent" in clerk.session) is waits


def test_a_citizen_with_an_old_token_sends_again_by_one_press(hall: Hall) -> None:
    client = Client(enforce_csrf_checks=True)
    page = post(client, {"praised": "3号窗口的王敏"}, "/ask/praised/")
    assert {"praised": "3号窗口的王敏"}.items() <= hidden(page).items()
    assert post(client, hidden(page), "/ask/praised/").status_code == 302


def test_one_choice_is_made_again_on_its_page(hall: Hall) -> None:
    client = Client(enforce_csrf_checks=True)
    page = post(client, {"kind": "enquiry"}, "/ask/kind/", Referer="http://testserver/ask/kind/")
    assert page.context["lines"] == [] and page.context["page"] == "/ask/kind/"


def test_in_the_demonstration_choosing_who_to_be_leads_to_the_words(clerk: Client, settings: Any) -> None:
    settings.DEMO = True
    token = token_of(clerk)
    del clerk.cookies["sessionid"]
    clerk.get(post(clerk, TYPED | {"csrfmiddlewaretoken": token}).headers["Location"])
    page = clerk.get("/who/?next=/account/unsent/")
    chosen = {
        "account": "zhou",
        "next": page.context["next"],
        "csrfmiddlewaretoken": str(page.context["csrf_token"]),
    }
    assert post(clerk, chosen, "/who/become/").headers["Location"] == "/account/unsent/"
