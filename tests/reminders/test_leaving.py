"""How reminders leave the house: by mail and SMS, in words of the moment, once, never at night."""

from typing import Any

import pytest
from django.core import mail

from shounuo.cases import actions as cases
from shounuo.cases.models import Party
from shounuo.outbox.models import Message
from shounuo.outbox.senders import MailSender
from shounuo.outbox.sending import Outgoing, Receipt, send_due
from shounuo.reminders import actions
from shounuo.reminders.actions import Wishes
from shounuo.reminders.composing import compose
from shounuo.reminders.models import Reminder
from tests.reminders.conftest import Hall, at, round_

LATE = "2026-03-06 17:30:01"
OPENING = "2026-03-09 09:00"


class Kept:
    """A carrier that keeps what it was given."""

    def __init__(self, channel: str) -> None:
        self.channel, self.sent = channel, []  # type: ignore[var-annotated]

    def send(self, message: Outgoing) -> Receipt:
        self.sent.append(message)
        return Receipt("kept")


def carried(when: str) -> list[Outgoing]:
    """What leaves at a moment by mail and SMS."""
    mailed, texted = Kept("mail"), Kept("sms")
    send_due("worker", at(when), {"mail": mailed, "sms": texted}, compose, limit=100)
    return [*mailed.sent, *texted.sent]


@pytest.fixture
def wang_reads_mail(hall: Hall) -> None:
    actions.prefer(hall.cast.people["wang"].pk, Wishes(email="wang@hall.example"))


@pytest.fixture
def late(case: Any, wang_reads_mail: None) -> Any:
    round_(LATE)
    return case


def test_a_breach_after_closing_is_mailed_at_the_next_opening(late: Any) -> None:
    assert carried("2026-03-06 23:00") == [] == carried("2026-03-09 08:59")
    assert [one.to for one in carried(OPENING)] == ["wang@hall.example"]
    assert carried("2026-03-09 09:01") == []


def test_the_mail_says_what_is_due_by_which_clause_and_where_to_look(late: Any) -> None:
    one = carried(OPENING)[0]
    for said in (
        "申请在规定或承诺时限内办结",
        late.number,
        "3月6日 17:30",
        f"https://hall.example/desk/matters/{late.number}/",
    ):
        assert said in one.text and said in one.html
    assert late.number in one.subject and "第二条" in one.text


def test_the_mail_is_in_the_language_somebody_chose(hall: Hall, late: Any) -> None:
    actions.prefer(hall.cast.people["wang"].pk, Wishes(email="wang@hall.example", language="en"))
    one = carried(OPENING)[0]
    assert one.language == "en" and 'lang="en"' in one.html


def test_no_personal_data_waits_in_the_outbox_or_leaves_to_staff(late: Any) -> None:
    Party.objects.update_or_create(case=late, defaults={"name": "陈阿婆", "phone": "13900002207"})
    texts = [str(one.payload) + one.key for one in Message.objects.all()] + [carried(OPENING)[0].html]
    assert not [text for text in texts for secret in ("陈阿婆", "13900002207", "wang@") if secret in text]


def test_django_carries_it_with_the_same_id_on_every_try(late: Any) -> None:
    message = Message.objects.get(channel="mail", payload__kind="breached", payload__number=late.number)
    for _try in range(2):
        MailSender("诺 <desk@hall.example>").send(compose(message, at(OPENING)))
    assert [one.extra_headers["Message-ID"] for one in mail.outbox] == [
        f"<{message.id_outside}@hall.example>"
    ] * 2
    assert mail.outbox[0].extra_headers["Auto-Submitted"] == "auto-generated"


def test_what_was_read_meanwhile_is_not_mailed_unless_it_cannot_be_switched_off(
    case: Any, wang_reads_mail: None
) -> None:
    round_("2026-03-04 18:00")
    Reminder.objects.update(read_at=at("2026-03-04 18:05"))
    assert carried("2026-03-05 09:00") == []
    assert Message.objects.get(payload__kind="warned").not_needed == "read"


def test_a_warning_is_not_mailed_when_the_matter_was_finished_overnight(
    hall: Hall, case: Any, wang_reads_mail: None
) -> None:
    round_("2026-03-04 18:00")
    cases.complete(hall.on(case.stream, "wang", "2026-03-04 18:10"), "已检定")
    assert carried("2026-03-05 09:00") == []


def test_whoever_wants_a_digest_gets_breaches_at_once_and_the_rest_once_a_day(hall: Hall, case: Any) -> None:
    actions.prefer(hall.cast.people["wang"].pk, Wishes(email="wang@hall.example", digest=True))
    round_("2026-03-04 18:00")
    assert not Message.objects.filter(payload__kind="warned").exists()
    for when in ("2026-03-05 08:29", "2026-03-05 08:30", "2026-03-05 08:31", "2026-03-05 17:00"):
        round_(when)
    assert [one.text.count(case.number) for one in carried("2026-03-05 17:00")] == [2]  # line and link
    round_(LATE)
    assert Message.objects.filter(payload__kind="breached").exists()


def test_no_digest_on_a_day_off_nor_without_anything_new(hall: Hall, case: Any) -> None:
    actions.prefer(hall.cast.people["li"].pk, Wishes(email="li@hall.example", digest=True))
    actions.prefer(hall.cast.people["wang"].pk, Wishes(email="wang@hall.example", digest=True))
    round_("2026-03-06 18:00")
    round_("2026-03-07 09:00")
    assert not Message.objects.filter(payload__what="digest").exists()
    round_("2026-03-09 09:00")
    assert Message.objects.filter(payload__what="digest").count() == 1


def test_an_urgent_reminder_also_goes_out_as_sms_at_night(hall: Hall, case: Any) -> None:
    from shounuo.commitments.models import RunningClock

    actions.prefer(hall.cast.people["wang"].pk, Wishes(mobile="139 0000 2207"))
    RunningClock.objects.update(urgent=True)
    Reminder.objects.all().delete()
    from shounuo.site import loops

    loops.sweep(at("2026-03-04 18:00"))
    RunningClock.objects.update(urgent=True)
    loops.consume(at("2026-03-04 18:00"))
    assert [one.to for one in carried("2026-03-04 18:01")] == ["139 0000 2207"]


def test_a_channel_that_is_switched_off_in_the_house_takes_nothing(
    settings: Any, case: Any, wang_reads_mail: None
) -> None:
    settings.CHANNELS = ("sms",)
    round_(LATE)
    assert not Message.objects.filter(channel="mail").exists()


def reachable(case: Any, **more: Any) -> None:
    Party.objects.update_or_create(case=case, defaults={"phone": "13900002207"} | more)


def test_who_asked_hears_of_the_answer_with_the_address_of_the_progress(hall: Hall, case: Any) -> None:
    reachable(case)
    cases.complete(hall.on(case.stream, "wang", "2026-03-04 10:00"), "已检定")
    round_("2026-03-04 10:01")
    (one,) = carried("2026-03-04 10:02")
    assert one.to == "13900002207" and case.number in one.text and "已办结" in one.text
    assert f"https://hall.example/p/{case.number}/" in one.text


def test_who_was_erased_meanwhile_hears_nothing(hall: Hall, case: Any) -> None:
    reachable(case)
    cases.complete(hall.on(case.stream, "wang", "2026-03-04 10:00"), "已检定")
    round_("2026-03-04 10:01")
    Party.objects.update(phone="")
    assert carried("2026-03-04 10:02") == []
    assert Message.objects.get(payload__what="party").not_needed == "no_address"


def test_who_left_no_number_has_no_message_waiting(hall: Hall, case: Any) -> None:
    reachable(case, phone="")
    cases.complete(hall.on(case.stream, "wang", "2026-03-04 10:00"), "已检定")
    round_("2026-03-04 10:01")
    assert not Message.objects.filter(payload__what="party").exists()


def test_one_fact_is_one_message_however_often_it_is_handed_out(hall: Hall, case: Any) -> None:
    from shounuo.ledger.models import Cursor

    reachable(case)
    cases.complete(hall.on(case.stream, "wang", "2026-03-04 10:00"), "已检定")
    for _twice in range(2):
        round_("2026-03-04 10:01")
        Cursor.objects.filter(name="reminders").update(txid=-1, position=0)
    assert Message.objects.filter(payload__what="party", payload__kind="completed").count() == 1


def test_who_asked_late_in_the_evening_hears_in_the_morning(hall: Hall, case: Any) -> None:
    reachable(case)
    cases.complete(hall.on(case.stream, "wang", "2026-03-04 21:30"), "已检定")
    round_("2026-03-04 21:31")
    assert carried("2026-03-05 07:59") == []
    assert len(carried("2026-03-05 08:00")) == 1
