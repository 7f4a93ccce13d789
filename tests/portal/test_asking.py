"""Ask or apply: one question a page, to the receipt."""

from unicodedata import normalize

import pytest

from shounuo.cases.models import Case, Party, Words
from shounuo.organisation.models import Unit
from tests.portal.conftest import Visitor

pytestmark = pytest.mark.django_db


def test_an_anonymous_enquiry_is_taken_in_and_gets_a_receipt(visitor: Visitor) -> None:
    visitor.say("check", key=visitor.ask())
    page = visitor.client.get("/ask/receipt/")
    case = Case.objects.get()
    assert case.number in page.content.decode() and Party.objects.get().anonymous


def test_an_application_needs_a_name_and_a_telephone(visitor: Visitor) -> None:
    visitor.say("kind", kind="application")
    visitor.say("topic", topic="weighing-instrument-verification")
    visitor.say("words", words="两台电子秤送检")
    page = visitor.refused("/ask/person/", name="", phone="")
    assert page.status_code == 422 and set(page.context["form"].errors) == {"name", "phone"}


def test_an_application_reaches_the_section_of_its_service(visitor: Visitor) -> None:
    key = visitor.ask("application", "weighing-instrument-verification", name="周先生", phone="139 0000 2207")
    visitor.say("check", key=key)
    case = Case.objects.get()
    assert (case.service, case.section) == (
        "weighing-instrument-verification",
        Unit.objects.get(code="metrology"),
    )


def test_sending_twice_gives_one_matter_and_the_same_receipt(visitor: Visitor) -> None:
    key = visitor.ask()
    for _time in range(2):
        assert visitor.say("check", key=key).headers["Location"] == "/ask/receipt/"
    assert Case.objects.count() == 1


def test_a_double_click_in_flight_gives_one_matter(visitor: Visitor) -> None:
    key = visitor.ask()
    draft = visitor.client.session["ask"]
    visitor.say("check", key=key)
    session = visitor.client.session
    session["ask"] = draft
    del session["sent"]
    session.save()
    assert visitor.say("check", key=key).status_code == 302 and Case.objects.count() == 1


def test_a_later_question_waits_for_an_earlier_one(visitor: Visitor) -> None:
    assert visitor.client.get("/ask/words/").headers["Location"] == "/ask/kind/"


def test_changing_the_kind_asks_again_what_no_longer_fits(visitor: Visitor) -> None:
    visitor.ask()
    answer = visitor.client.post("/ask/kind/?change=1", {"kind": "application"})
    assert answer.headers["Location"] == "/ask/topic/"


def test_changing_one_answer_leads_back_to_the_check(visitor: Visitor) -> None:
    visitor.ask()
    answer = visitor.client.post("/ask/words/?change=1", {"words": "换一个问题问"})
    assert answer.headers["Location"] == "/ask/check/"


def test_the_guide_begins_with_its_service_chosen(visitor: Visitor) -> None:
    answer = visitor.client.get("/ask/?service=weighing-instrument-verification")
    assert answer.headers["Location"] == "/ask/words/"


@pytest.mark.parametrize(
    "bad", ["前\x00后都有字", "看不见\u202e的字", "响铃\x07的字", "长" * 3001, "长" * 349_000, "短", ""]
)
def test_what_cannot_be_kept_is_refused_beside_the_field_and_stays_typed(visitor: Visitor, bad: str) -> None:
    visitor.say("kind", kind="enquiry")
    visitor.say("topic", topic="other")
    page = visitor.client.post("/ask/words/", {"words": bad}, follow=True)
    assert page.status_code == 422 and page.context["form"].errors["words"]
    assert page.context["form"]["words"].value() == bad and Words.objects.count() == 0


def test_markup_in_words_stays_text(visitor: Visitor) -> None:
    visitor.say("check", key=visitor.ask(words="<script>alert(1)</script>"))
    page = visitor.client.get(f"/progress/{Case.objects.get().number}/")
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("phone", ["abc", "12", "139-0000-2207; DROP", "１２"])
def test_a_telephone_is_digits(visitor: Visitor, phone: str) -> None:
    visitor.say("kind", kind="enquiry")
    visitor.say("topic", topic="other")
    visitor.say("words", words="电子秤多久检一次？")
    assert "phone" in visitor.refused("/ask/person/", name="", phone=phone).context["form"].errors


@pytest.mark.parametrize(
    "phone", ["１３９００００２２０７", "０１０－８８００　１００", "＋86　139 0000 2207"]
)
def test_full_width_digits_are_digits(visitor: Visitor, phone: str) -> None:
    visitor.say("check", key=visitor.ask(name="周先生", phone=phone))
    assert Party.objects.get().phone == normalize("NFKC", phone)


def test_back_after_a_refused_answer_finds_a_page_with_the_next_answer(visitor: Visitor) -> None:
    visitor.say("kind", kind="suggestion")
    assert visitor.refused("/ask/words/", words="短").context["form"]["words"].value() == "短"
    visitor.say("words", words="窗口前请放几把椅子。")
    page = visitor.client.get("/ask/words/")
    assert page.status_code == 200 and page.context["form"]["words"].value() == "窗口前请放几把椅子。"


def test_words_typed_while_the_session_ended_wait_for_their_question(visitor: Visitor) -> None:
    assert visitor.say("words", words="窗口前请放几把椅子。").headers["Location"] == "/ask/kind/"
    visitor.say("kind", kind="suggestion")
    assert visitor.client.get("/ask/words/").context["form"]["words"].value() == "窗口前请放几把椅子。"


def test_clearing_forgets_what_was_typed(visitor: Visitor) -> None:
    visitor.ask(name="周先生")
    visitor.say("words", words="")
    visitor.client.post("/ask/")
    assert not {"ask", "refused"} & set(visitor.client.session.keys())


def test_a_receipt_is_for_the_session_that_sent(visitor: Visitor) -> None:
    from django.test import Client

    visitor.say("check", key=visitor.ask())
    assert Client().get("/ask/receipt/").headers["Location"] == "/ask/"
