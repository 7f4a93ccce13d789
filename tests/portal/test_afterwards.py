"""After the end and on the way: rating, by a link that does nothing else, objecting, meeting, supplying papers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from shounuo.cases import actions
from shounuo.cases.actions import NoticeForm
from shounuo.cases.models import Case
from shounuo.cases.receipts import rating_code_of
from shounuo.ledger.models import Fact
from tests.cases.conftest import Hall
from tests.portal.conftest import Visitor
from tests.portal.test_progress import complete

pytestmark = pytest.mark.django_db


def link(case: Case) -> str:
    assert case.ended_at
    return f"/r/{case.number}/{rating_code_of(case.stream, case.ended_at)}/"


def rated(case: Case) -> Any:
    return Fact.objects.get(stream=case.stream, kind="rated").data


def test_before_the_end_the_reason_is_told(visitor: Visitor, hall: Hall) -> None:
    case = hall.in_hand("2026-11-09 09:10:00")
    visitor.open(case)
    for verb in ("rate", "dispute"):
        page = visitor.client.get(f"/progress/{case.number}/{verb}/")
        assert page.status_code == 409 and "办结以后" in page.content.decode()


def test_no_level_is_chosen_beforehand_and_none_is_taken_for_one(visitor: Visitor, hall: Hall) -> None:
    case = complete(hall)
    visitor.open(case)
    page = visitor.client.get(f"/progress/{case.number}/rate/").content.decode()
    assert page.count('name="level"') == 5 and "checked" not in page
    assert visitor.refused(f"/progress/{case.number}/rate/").status_code == 422


def test_a_bad_rating_carries_its_reasons(visitor: Visitor, hall: Hall) -> None:
    case = complete(hall)
    visitor.open(case)
    visitor.client.post(
        f"/progress/{case.number}/rate/", {"level": "1", "reasons": ["slow", "trips"], "words": "跑了三趟"}
    )
    assert rated(case)["level"] == 1 and rated(case)["reasons"] == ["slow", "trips"]


def test_a_good_rating_carries_no_reasons(visitor: Visitor, hall: Hall) -> None:
    case = complete(hall)
    visitor.open(case)
    visitor.client.post(f"/progress/{case.number}/rate/", {"level": "5", "reasons": ["slow"], "words": ""})
    assert "reasons" not in rated(case)


def test_the_link_rates_without_the_secret_and_says_how(hall: Hall, client: Client) -> None:
    case = complete(hall)
    assert client.get(link(case)).status_code == 200
    assert client.post(link(case), {"level": "2"}).status_code == 302
    assert rated(case)["through"] == "link" and client.get(f"/progress/{case.number}/").status_code == 302


def test_the_link_works_once(hall: Hall, client: Client) -> None:
    case = complete(hall)
    client.post(link(case), {"level": "2"})
    client.post(link(case), {"level": "5"})
    assert rated(case)["level"] == 2 and "已经用过" in client.get(link(case)).content.decode()


@pytest.mark.parametrize("wrong", ["A" * 16, "", "x", "Ａ" * 16])
def test_a_wrong_link_opens_nothing_and_is_counted(hall: Hall, client: Client, wrong: str) -> None:
    from shounuo.portal.models import OpeningTry

    case = complete(hall)
    assert client.get(f"/r/{case.number}/{wrong or '-'}/").status_code == 404
    assert OpeningTry.objects.get().wrong == 1


def test_the_link_of_an_earlier_end_is_void(hall: Hall, client: Client) -> None:
    case = complete(hall)
    old = link(case)
    actions.reopen(hall.on(case.stream, "zhao", "2026-11-13 10:00:00"), "new_facts", "有新情况")
    actions.complete(hall.on(case.stream, "wang", "2026-11-16 10:00:00"), "重新出具证书。")
    assert client.get(old).status_code == 404
    assert client.get(link(Case.objects.get(pk=case.pk))).status_code == 200


def test_an_objection_is_recorded_with_its_reason(visitor: Visitor, hall: Hall) -> None:
    case = complete(hall)
    visitor.open(case)
    place = f"/progress/{case.number}/dispute/"
    assert visitor.refused(place, reason="not_solved", words="").status_code == 422
    visitor.client.post(place, {"reason": "not_solved", "words": "秤还是不准。"})
    assert Case.objects.get(pk=case.pk).disputed
    page = visitor.client.get(f"/progress/{case.number}/").content.decode()
    assert "正在核实" in page and "秤还是不准。" in page
    assert visitor.client.get(place).status_code == 409


@pytest.mark.parametrize(
    ("when", "fault"),
    [
        ("2026-11-14T10:00", "那天不上班"),
        ("2026-11-12T22:00", "办公时间是"),
        ("2026-11-11T08:00", "已经过了"),
        ("2027-11-12T10:00", "两个月以内"),
        ("明天", "请写成"),
        ("", "请填写"),
    ],
)
def test_an_appointment_is_in_office_hours_to_come(
    visitor: Visitor, hall: Hall, stand_at: Callable[[str], datetime], when: str, fault: str
) -> None:
    case = hall.in_hand("2026-11-09 09:10:00")
    stand_at("2026-11-11 10:00:00")
    visitor.open(case)
    page = visitor.refused(f"/progress/{case.number}/appointment/", date=when)
    assert page.status_code == 422 and fault in str(page.context["form"].errors["date"])


def test_an_appointment_is_made_and_moved(
    visitor: Visitor, hall: Hall, stand_at: Callable[[str], datetime]
) -> None:
    case = hall.in_hand("2026-11-09 09:10:00")
    stand_at("2026-11-11 10:00:00")
    visitor.open(case)
    for when in ("2026-11-12T10:00", "2026-11-13T15:00"):
        visitor.client.post(f"/progress/{case.number}/appointment/", {"date": when, "words": ""})
    page = visitor.client.get(f"/progress/{case.number}/").content.decode()
    assert "约好" in page and "11月13日 周五 15:00" in page


def test_papers_sent_are_told_to_the_handler_and_complete_nothing(visitor: Visitor, hall: Hall) -> None:
    case = hall.in_hand("2026-11-09 09:10:00")
    actions.issue_notice(hall.on(case.stream, "wang", "2026-11-09 09:40:00"), NoticeForm(["licence-copy"]))
    visitor.open(case)
    visitor.client.post(
        f"/progress/{case.number}/papers/", {"materials": ["licence-copy"], "words": "11月12日邮寄"}
    )
    staff = Client()
    staff.force_login(hall.cast.people["wang"].account)
    staff.cookies["language"] = "zh-hans"
    assert "11月12日邮寄" in staff.get(f"/desk/matters/{case.number}/").content.decode()
    assert Case.objects.get(pk=case.pk).state == "waiting_for_materials"


def test_the_citizen_reads_only_their_own_notes(visitor: Visitor, hall: Hall) -> None:
    case = hall.in_hand("2026-11-09 09:10:00")
    actions.add_note(hall.on(case.stream, "wang", "2026-11-09 10:00:00"), "此人来过三次")
    visitor.open(case)
    assert "此人来过" not in visitor.client.get(f"/progress/{case.number}/").content.decode()


def test_an_extension_letter_is_listed_once_the_person_was_told(visitor: Visitor, hall: Hall) -> None:
    case = hall.in_hand("2026-11-02 09:10:00")
    actions.mark_complete(hall.on(case.stream, "wang", "2026-11-02 10:00:00"))
    on = hall.on(case.stream, "wang", "2026-11-03 10:00:00")
    actions.request_extension(on, "handle-in-time", "2 working days", "equipment", "在修。")
    actions.grant_extension(hall.on(case.stream, "chen", "2026-11-03 11:00:00"))
    visitor.open(case)
    assert "延期告知书" not in visitor.client.get(f"/progress/{case.number}/").content.decode()
    actions.tell_extension(hall.on(case.stream, "wang", "2026-11-03 14:00:00"), "phone")
    assert "延期告知书" in visitor.client.get(f"/progress/{case.number}/").content.decode()


OWN = ("rate", "dispute")


@pytest.mark.parametrize("verb", [*OWN, "withdraw"])
def test_where_staff_are_signed_in_nobody_acts_as_the_person_who_asked(
    visitor: Visitor, hall: Hall, verb: str
) -> None:
    case = complete(hall) if verb in OWN else hall.in_hand("2026-11-09 09:10:00")
    visitor.client.force_login(hall.cast.people["wang"].account)
    visitor.open(case)
    place = f"/progress/{case.number}/{verb}/"
    answer = visitor.client.post(place, {"level": "5", "reason": "not_solved", "words": "好"})
    assert answer.status_code == 403 and "先退出登录" in answer.content.decode()
    assert not Fact.objects.filter(stream=case.stream, kind__in=("rated", "disputed", "withdrawn")).exists()


def test_the_rating_link_does_nothing_where_staff_are_signed_in(hall: Hall, client: Client) -> None:
    case = complete(hall)
    client.force_login(hall.cast.people["wang"].account)
    answer = client.post(link(case), {"level": "5"})
    assert answer.status_code == 403 and not Fact.objects.filter(stream=case.stream, kind="rated").exists()
    client.logout()
    assert client.post(link(case), {"level": "5"}).status_code == 302 and rated(case)["level"] == 5


def test_the_person_meets_a_clerk_from_any_browser(visitor: Visitor, hall: Hall) -> None:
    case = hall.in_hand("2026-11-09 09:10:00")
    visitor.client.force_login(hall.cast.people["wang"].account)
    visitor.open(case)
    assert visitor.client.get(f"/progress/{case.number}/appointment/").status_code == 200


def test_an_objection_typed_while_the_session_ended_waits_for_its_page(visitor: Visitor, hall: Hall) -> None:
    case = complete(hall)
    place = f"/progress/{case.number}/dispute/"
    visitor.client.post(place, {"reason": "not_solved", "words": "秤还是不准"})
    visitor.open(case)
    assert visitor.client.get(place).context["form"]["words"].value() == "秤还是不准"
