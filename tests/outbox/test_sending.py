"""Carrying out: at least once, under one id, and what cannot leave is parked where a person sees it."""

import io
from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail import EmailMultiAlternatives

from shounuo.outbox.actions import KEPT, LEASE, enqueue, forget_old, lease, retry
from shounuo.outbox.models import Message
from shounuo.outbox.senders import ConsoleSender, MailSender, hidden
from shounuo.outbox.sending import NotNeeded, Outgoing, Receipt, Refused, send_due

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 11, 2, 0, tzinfo=UTC)


def compose(message, at):
    return Outgoing(message.id_outside, "wang@hall.example", "text", "subject")


class Carrier:
    """Keeps what it is given; fails as told."""

    channel = "mail"

    def __init__(self, error=None):
        self.sent, self.error = [], error

    def send(self, message):
        self.sent.append(message)
        if self.error:
            raise self.error
        return Receipt("r1")


def sent(at=AT, carrier=None, words=compose):
    carrier = carrier or Carrier()
    send_due("one", at, {"mail": carrier}, words)
    return [one.id for one in carrier.sent]


def test_what_was_sent_is_marked_with_the_carriers_answer_and_not_sent_again():
    enqueue("k", "mail", {}, AT)
    assert len(sent()) == 1
    assert sent() == []
    assert (Message.objects.get().sent_at, Message.objects.get().reference) == (AT, "r1")


def test_a_worker_that_dies_between_sending_and_marking_sends_again_under_the_same_id():
    enqueue("k", "mail", {}, AT)
    with pytest.raises(KeyboardInterrupt):
        sent(carrier=Carrier(KeyboardInterrupt()))
    assert sent(AT + LEASE - timedelta(seconds=1)) == []
    assert sent(AT + LEASE) == [Message.objects.get().id_outside]


def test_another_cause_travels_under_another_id():
    for key in ("k", "l"):
        enqueue(key, "mail", {}, AT)
    assert len(set(sent())) == 2


def test_a_failure_is_tried_again_and_keeps_no_address():
    enqueue("k", "mail", {}, AT)
    sent(carrier=Carrier(ConnectionRefusedError(111, "wang@hall.example")))
    message = Message.objects.get()
    assert message.last_error == "ConnectionRefusedError 111" and message.parked_at is None
    assert sent(message.due_at) == [message.id_outside]


def test_what_is_refused_is_parked_at_once():
    enqueue("k", "mail", {}, AT)
    sent(carrier=Carrier(Refused("no such mailbox")))
    assert (Message.objects.get().parked_at, Message.objects.get().last_error) == (AT, "no such mailbox")


def test_a_channel_without_sender_is_parked_with_why():
    enqueue("k", "wecom", {}, AT)
    sent()
    assert Message.objects.parked().get().last_error == "no sender for channel wecom"


def test_what_is_not_needed_any_more_is_marked_with_why():
    def over(message, at):
        raise NotNeeded("over")

    enqueue("k", "mail", {}, AT)
    assert sent(words=over) == []
    assert (Message.objects.get().sent_at, Message.objects.get().not_needed) == (AT, "over")


def test_one_that_fails_holds_up_no_other():
    def words(message, at):
        if message.key == "k":
            raise ZeroDivisionError
        return compose(message, at)

    for key in ("k", "l"):
        enqueue(key, "mail", {}, AT)
    assert len(sent(words=words)) == 1


def test_a_parked_message_is_taken_up_again_with_all_its_tries():
    enqueue("k", "mail", {}, AT)
    sent(carrier=Carrier(Refused("full")))
    assert retry(Message.objects.get().pk, AT)
    assert not retry(Message.objects.get().pk, AT)
    assert len(sent()) == 1


def test_what_left_long_ago_is_forgotten_and_what_is_parked_stays():
    for key, carrier in (("k", Carrier()), ("l", Carrier(Refused("full")))):
        enqueue(key, "mail", {}, AT)
        sent(carrier=carrier)
    assert forget_old(AT + KEPT + timedelta(seconds=1)) == 1
    assert Message.objects.get().key == "l"


REFUSED = [(550, True), (450, False)]


@pytest.mark.parametrize("code, for_good", REFUSED)
def test_a_mail_server_that_knows_no_such_mailbox_is_believed(monkeypatch, code, for_good):
    def refuse(mail, fail_silently=False):
        raise SMTPRecipientsRefused({"wang@hall.example": (code, b"no")})

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)
    with pytest.raises(Refused if for_good else SMTPRecipientsRefused):
        MailSender("a@b.example").send(Outgoing("1", "wang@hall.example", "text"))


@pytest.mark.parametrize("wrong", ["a\nBcc: x@y.example", "a\rb"])
def test_no_line_end_gets_into_a_mails_head(wrong):
    with pytest.raises(ValueError):
        MailSender("a@b.example").send(Outgoing("1", "wang@hall.example", "text", wrong))


HIDDEN = [("139 0000 2207", "139****2207"), ("wang@hall.example", "w***@hall.example"), ("12", "****")]


@pytest.mark.parametrize("address, shown", HIDDEN)
def test_the_console_shows_that_something_leaves_and_neither_address_nor_words(address, shown):
    terminal = io.StringIO()
    ConsoleSender("sms", terminal).send(Outgoing("12345678", address, "secret words", "2026-000001"))
    assert terminal.getvalue() == f"[sms] {shown} 12345678 2026-000001\n"
    assert hidden(address) == shown


def test_a_message_that_was_retried_loses_nothing_to_an_old_worker():
    enqueue("k", "mail", {}, AT)
    old = lease("old", AT)[0]
    new = lease("new", AT + LEASE)[0]
    from shounuo.outbox.actions import done, failed

    assert not failed(old, "late", AT + LEASE)
    assert done(new, AT + LEASE)
