"""Putting a message into words when it leaves: address, language and text as they are then.

Nothing personal waits in the outbox. A message that events have overtaken is not sent.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from shounuo.cases.models import Case, Party
from shounuo.cases.receipts import secret_of
from shounuo.cases.wording import say_moment
from shounuo.commitments.models import RunningClock
from shounuo.ledger.moments import civil
from shounuo.organisation.models import Unit
from shounuo.outbox.models import Message
from shounuo.outbox.sending import NotNeeded, Outgoing
from shounuo.reminders.actions.reminding import preferences
from shounuo.reminders.kinds import KINDS
from shounuo.reminders.models import Preference, Reminder
from shounuo.reminders.recipients import Recipients
from shounuo.reminders.wording import Said, party_words, say

MOST_LINES = 50


def compose(message: Message, at: datetime) -> Outgoing:
    """A message in words; raises `NotNeeded` with why nothing has to be sent."""
    return _COMPOSERS[message.payload["what"]](message, at)


def _reminder(message: Message, at: datetime) -> Outgoing:
    said = message.payload
    mine = Reminder.objects.filter(cause=said["cause"], level=said["level"], person=said["person"])
    one = mine.select_related("instead_of", "organisation").first()
    if one is None:
        raise NotNeeded("gone")
    if one.read_at and not KINDS[one.kind].fixed:
        raise NotNeeded("read")
    if one.kind == "warned" and not _runs(one):
        raise NotNeeded("over")
    wish = preferences([one.person_id])[one.person_id]
    with override(wish.language):
        spoken = say(one, Recipients(at).edition(one.organisation))
        return _letter(message, wish, f"{one.number} {spoken.headline}", "mail",
                       {"one": one, "said": spoken, "link": _link("desk-matter", one.number)})  # fmt: skip


def _runs(one: Reminder) -> bool:
    """Whether the clock that was warned of still runs."""
    clocks = RunningClock.objects.filter(stream=one.stream, rule=one.rule, no=one.no)
    return clocks.filter(state=RunningClock.State.RUNNING).exists()


def _digest(message: Message, at: datetime) -> Outgoing:
    said = message.payload
    since, until = datetime.fromisoformat(said["since"]), datetime.fromisoformat(said["until"])
    came = Reminder.objects.filter(
        person=said["person"], created_at__gt=since, created_at__lte=until, read_at__isnull=True
    )
    found = list(came.select_related("instead_of", "organisation").order_by("due_at", "pk")[:MOST_LINES])
    if not found:
        raise NotNeeded("read")
    wish, recipients = preferences([said["person"]])[said["person"]], Recipients(at)
    with override(wish.language):
        lines = [_line(one, say(one, recipients.edition(one.organisation))) for one in found]
        subject = ngettext("%(n)s 条未读提醒", "%(n)s 条未读提醒", len(lines)) % {"n": len(lines)}
        return _letter(message, wish, subject, "digest", {"lines": lines, "link": _link("reminders")})


def _line(one: Reminder, spoken: Said) -> dict[str, Any]:
    return {"one": one, "said": spoken, "link": _link("desk-matter", one.number)}


def _letter(
    message: Message, wish: Preference, subject: str, template: str, page: dict[str, Any]
) -> Outgoing:
    """For mail the whole page, for the short channels the subject and the link."""
    to = wish.address(message.channel)
    if not to:
        raise NotNeeded("no_address")
    subject = f"[{_('守诺')}] {subject}"
    if message.channel != "mail":
        return Outgoing(
            message.id_outside, to, f"{subject} {page['link']}".strip(), subject, "", wish.language
        )
    page |= {"subject": subject, "preferences": _link("reminder-preferences"), "language": wish.language}
    text = render_to_string(f"reminders/{template}.txt", page)
    html = render_to_string(f"reminders/{template}.html", page)
    return Outgoing(message.id_outside, to, text, subject, html, wish.language)


def _party(message: Message, at: datetime) -> Outgoing:
    """To the number the party left, as it stands now: erased means nothing leaves."""
    said = message.payload
    case = Case.objects.select_related("organisation").filter(stream=UUID(said["stream"])).first()
    party = Party.objects.filter(case=case).first() if case else None
    if case is None or party is None or not party.phone:
        raise NotNeeded("no_address")
    language = getattr(party, "language", "") or settings.LANGUAGE_CODE
    with override(language):
        due = say_moment(civil(case.due_at), civil(at).year) if case.due_at else ""
        words = party_words(said["kind"], said["of"], due)
        if not words:
            raise NotNeeded("no_words")
        text = _("【%(house)s】您的事项 %(number)s：%(words)s%(link)s") % {
            "house": _house(case.organisation), "number": case.number, "words": words,
            "link": _progress(case),
        }  # fmt: skip
        subject = _("事项 %(number)s") % {"number": case.number}
    return Outgoing(message.id_outside, party.phone, text, subject, "", language)


def _house(unit: Unit) -> str:
    return unit.name


def _progress(case: Case) -> str:
    link = _link("portal-short", case.number, secret_of(case.stream))
    return _("进度：%(link)s") % {"link": link} if link else ""


def _link(name: str, *args: object) -> str:
    """An absolute address; "" when the installation does not know its own (SHOUNUO_ADDRESS) or has no such page."""
    base = getattr(settings, "ADDRESS", "").rstrip("/")
    try:
        return base + reverse(name, args=args) if base else ""
    except NoReverseMatch:
        return ""


_COMPOSERS = {"reminder": _reminder, "digest": _digest, "party": _party}
