"""Repair, suggestion, praise: the same path as asking and applying; and how much one address may send."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from shounuo.cases.models import Case, Party, Words
from shounuo.commitments.models import RunningClock
from shounuo.organisation.actions import Stamp
from shounuo.portal.actions import forget_old_openings
from shounuo.portal.models import Sending
from shounuo.regulations.actions import adopt
from shounuo.rules.loading import load_pack
from tests.cases.conftest import PACKS, at
from tests.portal.conftest import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def power(client: Any, cast: Any, fresh_editions: None) -> Visitor:
    """A citizen of a house that repairs: a power supply unit."""
    adopt(
        cast.house,
        load_pack(PACKS / "daqing-power-unit"),
        date(2026, 1, 7),
        Stamp(cast.id("sun"), at("2026-01-06 09:00")),
    )
    client.cookies["language"] = "zh-hans"
    return Visitor(client)


def repair(visitor: Visitor, **answers: str) -> Any:
    """Report a fault, question by question."""
    said = {
        "kind": "repair",
        "where": "柳荫街 12 号楼 3 单元",
        "place": "urban",
        "urgent": "yes",
        "words": "整栋楼没有电。",
    } | answers
    for step, answer in said.items():
        visitor.say(step, **{step: answer})
    visitor.say("person", name="", phone="139 0000 2207")
    return visitor.send()


def test_a_repair_is_taken_in_with_place_and_urgency(power: Visitor) -> None:
    from shounuo.ledger.models import Fact

    assert repair(power).headers["Location"] == "/ask/receipt/"
    case = Case.objects.get()
    data = Fact.objects.get(stream=case.stream, kind="received").data
    assert (case.kind, data["place"], data["urgent"]) == ("repair", "urban", True)
    assert "柳荫街" in Words.objects.get().text and Party.objects.get().address.startswith("柳荫街")


def test_the_place_decides_the_promise(power: Visitor, stand_at: Callable[[str], datetime]) -> None:
    stand_at("2026-11-11 02:00:00")
    repair(power, place="rural")
    assert RunningClock.objects.get(rule="arrive").due_at == at("2026-11-11 03:30:00")


def test_nothing_personal_of_a_repair_lies_in_the_record(power: Visitor) -> None:
    from shounuo.ledger.models import Fact

    repair(power)
    assert "柳荫" not in str(
        list(Fact.objects.filter(stream=Case.objects.get().stream).values_list("data", flat=True))
    )


def test_danger_shows_the_telephone_first(power: Visitor) -> None:
    power.say("kind", kind="repair")
    power.say("where", where="柳荫街 12 号楼")
    power.say("place", place="urban")
    page = power.client.get("/ask/urgent/")
    assert page.context["phones"] and page.context["phones"][0] in page.content.decode()


def test_a_house_without_repairs_offers_none(visitor: Visitor) -> None:
    page = visitor.client.get("/ask/kind/").content.decode()
    assert 'value="repair"' not in page and 'value="praise"' in page
    assert visitor.refused("/ask/kind/", kind="repair").status_code == 422


def test_a_suggestion_may_come_without_a_name(visitor: Visitor) -> None:
    visitor.say("kind", kind="suggestion")
    visitor.say("words", words="窗口前请放几把椅子。")
    visitor.say("person", name="", phone="")
    visitor.send()
    assert Case.objects.get().kind == "suggestion" and Party.objects.get().anonymous


def test_praise_says_for_whom_in_erasable_words_only(visitor: Visitor) -> None:
    from shounuo.ledger.models import Fact

    visitor.client.get("/ask/?kind=praise")
    visitor.say("praised", praised="3号窗口的王敏")
    visitor.say("words", words="冒雨送证上门。")
    visitor.say("person", name="", phone="")
    visitor.send()
    assert Words.objects.get().text == "表扬：3号窗口的王敏\n冒雨送证上门。"
    assert "王敏" not in str(
        Fact.objects.filter(stream=Case.objects.get().stream).values_list("data", flat=True)
    )


def test_a_changed_kind_keeps_the_words(visitor: Visitor) -> None:
    visitor.ask(words="窗口前请放几把椅子。")
    visitor.client.post("/ask/kind/?change=1", {"kind": "suggestion"})
    page = visitor.client.get("/ask/check/").content.decode()
    assert "窗口前请放几把椅子。" in page and "提一条建议" in page


def test_a_step_of_another_kind_leads_back(visitor: Visitor) -> None:
    visitor.say("kind", kind="suggestion")
    assert visitor.client.get("/ask/praised/").headers["Location"] == "/ask/words/"


def test_clearing_asks_first(visitor: Visitor) -> None:
    visitor.ask(name="周先生")
    page = visitor.client.get("/ask/clear/")
    assert page.status_code == 200 and visitor.client.session["ask"]["name"] == "周先生"
    assert "不能找回" in page.content.decode()


def test_more_than_enough_from_one_address_is_refused_and_kept_typed(visitor: Visitor, settings: Any) -> None:
    settings.INTAKE_PER_ADDRESS = 2
    for _time in range(2):
        visitor.say("check", key=visitor.ask())
    page = visitor.say("check", key=visitor.ask(words="第三件事。"))
    assert page.status_code == 429 and Case.objects.count() == 2
    assert visitor.client.session["ask"]["words"] == "第三件事。" and "0000" in page.content.decode()


def test_another_address_and_another_day_are_not_barred(
    visitor: Visitor, settings: Any, stand_at: Callable[[str], datetime]
) -> None:
    settings.INTAKE_PER_ADDRESS = 1
    stand_at("2026-11-10 09:00:00")
    visitor.say("check", key=visitor.ask())
    key = visitor.ask()
    assert visitor.client.post("/ask/check/", {"key": key}, REMOTE_ADDR="10.0.0.9").status_code == 302
    stand_at("2026-11-11 09:00:01")
    assert visitor.say("check", key=visitor.ask()).status_code == 302


def test_no_limit_counts_nothing(visitor: Visitor, settings: Any) -> None:
    settings.INTAKE_PER_ADDRESS = 0
    visitor.say("check", key=visitor.ask())
    assert not Sending.objects.exists()


def test_an_address_is_kept_as_a_digest_and_forgotten_after_a_day(
    visitor: Visitor, stand_at: Callable[[str], datetime]
) -> None:
    stand_at("2026-11-10 09:00:00")
    visitor.say("check", key=visitor.ask())
    assert "127.0.0.1" not in Sending.objects.get().address_hash
    forget_old_openings(at("2026-11-11 09:00:00"))
    assert not Sending.objects.exists()
