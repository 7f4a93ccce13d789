"""Carriers that come with the product: mail, and a console that only shows what would leave.

A gateway of one's own is a class with `channel` and `send` (see `sending.Sender`) named in the environment.
The product opens no HTTP connection to anybody: SMS and WeCom gateways differ from provider to provider.
"""

import sys
from smtplib import SMTPRecipientsRefused
from typing import TextIO

from django.core.mail import EmailMultiAlternatives

from shounuo.outbox.sending import Outgoing, Receipt, Refused

PERMANENT = 500
"""SMTP answers from here on mean that trying again does not help."""


class MailSender:
    """Mail through Django's backend. The Message-ID is made of the message's id, the same on every try."""

    channel = "mail"

    def __init__(self, sender: str) -> None:
        self.sender = sender

    def send(self, message: Outgoing) -> Receipt:
        """One mail, plain text beside HTML, marked as automatic so that no machine answers it."""
        reference = f"<{message.id}@{self.sender.rpartition('@')[2].strip('> ') or 'localhost'}>"
        headers = {
            "Message-ID": reference,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": message.language,
        }
        mail = EmailMultiAlternatives(
            message.subject, message.text, self.sender, [message.to], headers=headers
        )
        if message.html:
            mail.attach_alternative(message.html, "text/html")
        try:
            mail.send()
        except SMTPRecipientsRefused as error:
            codes = [code for code, _words in error.recipients.values()]
            if codes and min(codes) >= PERMANENT:
                raise Refused(f"SMTPRecipientsRefused {codes[0]}") from None
            raise
        return Receipt(reference)


class ConsoleSender:
    """Shows on the terminal that something would leave: the address hidden, the words left out."""

    def __init__(self, channel: str, stream: TextIO = sys.stderr) -> None:
        self.channel, self.stream = channel, stream

    def send(self, message: Outgoing) -> Receipt:
        """Nothing leaves the machine."""
        line = f"[{self.channel}] {hidden(message.to)} {message.id[:8]} {message.subject}"
        self.stream.write(line.replace("\n", " ") + "\n")
        return Receipt(f"console {message.id[:8]}")


def hidden(address: str) -> str:
    """An address of which only the ends can be read: 139****2207, w***@example.org."""
    name, at, host = address.rpartition("@")
    if at:
        return f"{name[:1]}***@{host}"
    digits = address.replace(" ", "")
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) > 8 else "****"
