"""Leaving the questions at any page and coming back by any door; sessions that are damaged; only what was shown is sent."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shounuo.cases.models import Case, Words
from shounuo.portal.paths import FIELDS, WAYS
from tests.portal.conftest import Visitor

pytestmark = pytest.mark.django_db

ANSWERS = {
    "enquiry": {"topic": "other", "words": "电子秤多久检一次？"},
    "application": {"topic": "weighing-instrument-verification", "words": "两台电子秤送检"},
    "suggestion": {"words": "窗口前请放几把椅子。"},
    "praise": {"praised": "3号窗口的王敏", "words": "冒雨送证上门。"},
}
WHO = {"name": "周先生", "phone": "139 0000 2207"}
DOORS = ["/ask/", "/ask/clear/", *(f"/ask/{step}/" for step in (*FIELDS, "check"))]
DOORS += [f"/ask/?kind={kind}" for kind in WAYS]
DOORS += ["/ask/?service=weighing-instrument-verification", "/ask/?service=nothing&kind=nothing"]
LEAVING = [(kind, page) for kind, said in ANSWERS.items() for page in range(len(said) + 2)]


def arrived(visitor: Visitor, path: str) -> str:
    """The page a door leads to."""
    page = visitor.client.get(path, follow=True)
    assert page.status_code in (200, 422), path
    return str(page.request["PATH_INFO"])


@pytest.mark.parametrize(("kind", "page"), LEAVING)
def test_who_leaves_at_any_page_and_comes_back_by_any_door_finds_a_question(
    visitor: Visitor, kind: str, page: int
) -> None:
    for step, answer in list({"kind": kind, **ANSWERS[kind]}.items())[: page + 1]:
        visitor.say(step, **{step: answer})
    kept = visitor.client.session["ask"]
    for door in DOORS:
        session = visitor.client.session
        session["ask"] = kept
        session.save()
        arrived(visitor, "/")
        arrived(visitor, door)


@pytest.mark.parametrize("kind", ANSWERS)
def test_who_leaves_at_the_person_page_comes_back_to_it(visitor: Visitor, kind: str) -> None:
    for step, answer in {"kind": kind, **ANSWERS[kind]}.items():
        visitor.say(step, **{step: answer})
    assert arrived(visitor, "/ask/") == "/ask/person/"
    visitor.say("person", **WHO)
    assert arrived(visitor, "/ask/") == "/ask/check/"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
KNOWN = sorted({name for names in FIELDS.values() for name in names})
RIGHT = st.sampled_from([*WAYS, "other", "weighing-instrument-verification", "yes", "够长的几句话", ""])
LISTS = st.dictionaries(st.sampled_from(KNOWN), st.lists(RIGHT))
DRAFTS = st.dictionaries(st.sampled_from([*KNOWN, "key", "x"]), RIGHT | JSON) | JSON


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    draft=DRAFTS,
    refused=DRAFTS | LISTS,
    door=st.sampled_from(DOORS),
    sends=st.booleans(),
)
def test_a_damaged_draft_leads_to_a_question(
    visitor: Visitor, draft: Any, refused: Any, door: str, sends: bool
) -> None:
    session = visitor.client.session
    session["ask"], session["refused"] = draft, {"path": door, "data": refused, "problem": draft}
    session.save()
    page = visitor.say("check", key="x") if sends else visitor.client.get(door)
    assert page.status_code in (200, 302, 409, 422)
    assert arrived(visitor, "/ask/").startswith("/ask/")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=DRAFTS | LISTS, problem=DRAFTS)
def test_a_damaged_note_of_what_was_refused_leaves_the_question(
    visitor: Visitor, data: Any, problem: Any
) -> None:
    session = visitor.client.session
    session["ask"] = {"kind": "suggestion"}
    session["refused"] = {"path": "/ask/words/", "data": data, "problem": problem}
    session.save()
    assert arrived(visitor, "/ask/words/") == "/ask/words/"


@pytest.mark.parametrize("words", [7, None, [], [None], [7], {}, [["x"]]])
def test_a_damaged_word_in_that_note_leaves_the_question(visitor: Visitor, words: Any) -> None:
    visitor.say("kind", kind="suggestion")
    session = visitor.client.session
    session["refused"] = {"path": "/ask/words/", "data": {"words": words}}
    session.save()
    assert arrived(visitor, "/ask/words/") == "/ask/words/"


@pytest.mark.parametrize("key", [None, "", 7, [], "x", "f" * 999])
def test_a_damaged_key_is_replaced_before_anything_is_sent(visitor: Visitor, key: Any) -> None:
    visitor.ask()
    session = visitor.client.session
    session["ask"] = session["ask"] | {"key": key}
    session.save()
    assert visitor.send().headers["Location"] == "/ask/receipt/"
    assert re.fullmatch(r"[0-9a-f]{32}-[0-9a-f]{16}", visitor.client.session["sent"])


def sent(visitor: Visitor) -> str:
    """Send what the check page shows; returns what was taken in."""
    page = visitor.client.get("/ask/check/")
    assert visitor.say("check", key=page.context["key"]).headers["Location"] == "/ask/receipt/"
    return Words.objects.get().text


@pytest.mark.parametrize("after", ["enquiry", "application", "suggestion"])
def test_praise_changed_to_another_kind_does_not_say_for_whom(visitor: Visitor, after: str) -> None:
    for step, answer in {"kind": "praise", **ANSWERS["praise"], "topic": ""}.items():
        visitor.say(step, **{step: answer})
    visitor.say("person", **WHO)
    for step, answer in {"kind": after, **ANSWERS[after]}.items():
        visitor.say(step, **{step: answer})
    assert "王敏" not in visitor.client.get("/ask/check/").content.decode()
    assert sent(visitor) == ANSWERS[after]["words"]


def test_a_subject_chosen_for_an_application_does_not_follow_a_suggestion(visitor: Visitor) -> None:
    visitor.ask("application", "weighing-instrument-verification", **WHO)
    visitor.say("kind", kind="suggestion")
    assert "计量" not in str(visitor.client.get("/ask/check/").context["answers"])
    sent(visitor)
    case = Case.objects.get()
    assert case.service == "" and (case.section is None or case.section.code != "metrology")


def test_answers_changed_in_another_window_are_shown_before_they_are_sent(visitor: Visitor) -> None:
    seen = visitor.ask(words="第一个窗口里的话")
    visitor.say("words", words="第二个窗口里的话")
    page = visitor.say("check", key=seen)
    assert page.status_code == 409 and "第二个窗口里的话" in page.content.decode()
    assert not Case.objects.exists()
    assert sent(visitor) == "第二个窗口里的话"
