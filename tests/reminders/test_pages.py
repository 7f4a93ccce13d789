"""The bell, preferences, and what leaves the house, as people see them."""

import re
from datetime import time, timedelta
from typing import Any

import pytest
from django.urls import reverse

from shounuo.outbox.actions import MOST_TRIES, enqueue, failed, lease
from shounuo.outbox.models import Message
from shounuo.reminders import actions
from shounuo.reminders.access import GRANTS
from shounuo.reminders.models import Preference, Reminder
from tests.conftest import CAST
from tests.reminders.conftest import Hall, at, round_

OUTBOX, BELL, WISHES = reverse("outbox"), reverse("reminders"), reverse("reminder-preferences")


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def late(hall: Hall, case: Any) -> Any:
    round_("2026-03-06 17:30:01")
    return case


def test_the_bell_counts_and_its_page_says_what_by_which_clause_and_until_when(as_: Any, late: Any) -> None:
    page = words(as_("wang").get(BELL))
    assert "已逾期：申请在规定或承诺时限内办结" in page and late.number in page and "第二条" in page
    assert re.search(r"提醒，\d+ 条未读", words(as_("wang").get(reverse("desk-today"))))


def test_nobody_sees_or_reads_anothers_reminders(as_: Any, hall: Hall, late: Any) -> None:
    one = Reminder.objects.filter(person__account__sign_in_name="wang").first()
    assert late.number not in words(as_("li").get(f"{BELL}?show=all"))
    assert as_("li").post(reverse("reminder-read", args=[one.pk])).status_code == 404  # type: ignore[union-attr]
    assert not actions.read(hall.cast.people["li"].pk, one.pk, at("2026-11-11 10:00"))  # type: ignore[union-attr]
    assert Reminder.objects.get(pk=one.pk).read_at is None  # type: ignore[union-attr]


def test_one_is_marked_read_and_stays_under_all(as_: Any, late: Any) -> None:
    browser, mine = as_("wang"), Reminder.objects.filter(person__account__sign_in_name="wang")
    one = mine.latest("pk")
    browser.post(reverse("reminder-read", args=[one.pk]))
    assert list(mine.filter(read_at__isnull=False)) == [one]
    assert one in [row.one for row in browser.get(f"{BELL}?show=all").context["rows"]]


def test_marking_all_leaves_what_came_after_the_page_was_shown(as_: Any, late: Any) -> None:
    mine = Reminder.objects.filter(person__account__sign_in_name="wang")
    later = mine.latest("pk")
    mine.filter(pk=later.pk).update(created_at=at("2026-11-12 10:00"))
    as_("wang").post(reverse("reminders-read-all"), {"until": at("2026-11-11 09:00").isoformat()})
    assert list(mine.filter(read_at__isnull=True)) == [later]


@pytest.mark.parametrize("until", ["", "x", "2026-13-45T00:00:00Z"])
def test_marking_all_without_a_moment_marks_what_is_there(as_: Any, late: Any, until: str) -> None:
    as_("wang").post(reverse("reminders-read-all"), {"until": until})
    assert not Reminder.objects.filter(person__account__sign_in_name="wang", read_at__isnull=True).exists()


def test_reading_the_page_changes_nothing(as_: Any, late: Any) -> None:
    as_("wang").get(BELL)
    assert not Reminder.objects.filter(read_at__isnull=False).exists()


TYPED = {"language": "en", "email": "wang@hall.example", "mobile": "", "digest_at": "09:15",
         "quiet_from": "22:00", "quiet_until": "07:00", "kind_warned": ["sms"], "kind_breached": []}  # fmt: skip


def test_preferences_are_kept(as_: Any, hall: Hall) -> None:
    assert as_("wang").post(WISHES, TYPED).status_code == 302
    kept = Preference.objects.get(person=hall.cast.people["wang"])
    assert (kept.language, kept.email, kept.digest_at, kept.quiet_until) == (
        "en",
        "wang@hall.example",
        time(9, 15),
        time(7),
    )
    assert kept.channels("warned") == {"sms", "wecom"}  # wecom is off here and stays as it was


def test_what_cannot_be_switched_off_stays_on(as_: Any, hall: Hall) -> None:
    as_("wang").post(WISHES, TYPED)
    assert "mail" in Preference.objects.get(person=hall.cast.people["wang"]).channels("breached")


WRONG = [
    ({"email": "wang"}, "id_email-error"), ({"mobile": "abc"}, "id_mobile-error"),
    ({"quiet_until": ""}, "id_quiet_until-error"), ({"digest": "on", "email": ""}, "id_email-error"),
    ({"digest_at": "25:00"}, "id_digest_at-error"),
]  # fmt: skip


@pytest.mark.parametrize("wrong, beside", WRONG)
def test_what_is_wrong_is_told_beside_its_field_and_kept(
    as_: Any, hall: Hall, wrong: Any, beside: str
) -> None:
    answer = as_("wang").post(WISHES, TYPED | wrong)
    assert answer.status_code == 422 and beside in answer.content.decode()
    assert not Preference.objects.exists()


@pytest.mark.parametrize("who", CAST)
def test_the_access_table_says_who_sees_and_retries_what_leaves_the_house(
    as_: Any, hall: Hall, who: str
) -> None:
    roles = set(CAST[who][5])
    message = parked(hall)
    assert as_(who).get(OUTBOX).status_code == (200 if GRANTS["see_outbox"] & roles else 404)
    again = as_(who).post(reverse("outbox-retry", args=[message.pk])).status_code
    assert again == (302 if GRANTS["retry_message"] & roles else 404)
    assert (Message.objects.get().parked_at is None) == bool(GRANTS["retry_message"] & roles)


def parked(hall: Hall) -> Message:
    """A message given up after all its tries."""
    now = at("2026-11-11 08:00")
    payload = {
        "what": "reminder",
        "kind": "breached",
        "person": hall.cast.people["wang"].pk,
        "number": "2026-000001",
    }
    enqueue("k", "mail", payload, now, scope=str(hall.cast.house.pk))
    for _try in range(MOST_TRIES):
        failed(lease("w", now)[0], "SMTPServerDisconnected", now)
        now += timedelta(days=1)
    return Message.objects.get()


def test_what_is_parked_stands_on_the_page_with_why(as_: Any, hall: Hall) -> None:
    parked(hall)
    page = words(as_("sun").get(f"{OUTBOX}?state=parked"))
    assert "SMTPServerDisconnected" in page and "重新发送" in page and "王敏" in page
    assert "/retry/" not in as_("zheng").get(f"{OUTBOX}?state=parked").content.decode()


def test_another_houses_messages_do_not_exist(as_: Any, hall: Hall) -> None:
    message = parked(hall)
    Message.objects.update(scope="999")
    assert "2026-000001" not in words(as_("sun").get(f"{OUTBOX}?state=parked"))
    assert as_("sun").post(reverse("outbox-retry", args=[message.pk])).status_code == 404


@pytest.mark.parametrize("state", ["", "waiting", "gone", "parked", "x"])
def test_every_state_has_its_page_also_when_empty(as_: Any, hall: Hall, state: str) -> None:
    assert as_("wu").get(f"{OUTBOX}?state={state}").status_code == 200


@pytest.mark.parametrize("page", [OUTBOX, BELL, WISHES])
def test_who_is_not_signed_in_is_sent_to_sign_in(client: Any, hall: Hall, page: str) -> None:
    assert client.get(page).url.startswith(reverse("sign-in"))


def test_the_number_of_questions_does_not_grow_with_the_reminders(
    as_: Any, late: Any, django_assert_max_num_queries: Any
) -> None:
    browser = as_("wang")
    browser.get(BELL)
    one = Reminder.objects.filter(person__account__sign_in_name="wang").latest("pk")
    for n in range(20):
        one.pk, one.cause = None, str(n)
        Reminder.objects.bulk_create([one])
    with django_assert_max_num_queries(14):
        browser.get(BELL)
