"""What reminders and messages say. Words only."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from shounuo.cases.wording import say_moment
from shounuo.ledger.moments import civil
from shounuo.regulations.sheet import mark_words
from shounuo.regulations.wording import clause_label, said
from shounuo.reminders.models import Level, Reminder
from shounuo.rules.edition import Edition


@dataclass(frozen=True, slots=True)
class Said:
    """A reminder in words: `headline` is a line without a full stop, `rest` may be empty."""

    headline: str
    promise: str
    clause: str
    due: str
    instead_of: str


def say(one: Reminder, edition: Edition | None) -> Said:
    """The reminder in the reader's language. `edition` None: rules go by their keys."""
    rule = edition.pack.commitments.get(one.rule) if edition else None
    title = said(rule.title) if rule else one.rule
    clause = clause_label(edition.pack, rule.clause) if edition and rule else ""
    due = say_moment(civil(one.due_at), civil(one.created_at).year) if one.due_at else ""
    absent = one.instead_of.name if one.instead_of else ""
    return Said(headline(one, title), title, clause, due, absent)


def headline(one: Reminder, title: str) -> str:
    """One line: what happened."""
    told = {"title": title, "number": one.number}
    match one.kind:
        case "warned":
            return _("快到期：%(title)s，%(mark)s") % (told | {"mark": mark_words(one.mark)})
        case "breached":
            return _("已逾期：%(title)s") % told
        case "climbed" if one.level == Level.SECTION_HEAD:
            return _("本科室的事项逾期：%(title)s") % told
        case "climbed":
            return _("逾期仍未办结：%(title)s") % told
    return _fact(one)


def _fact(one: Reminder) -> str:
    lines = {
        "handed_over": _("有事项移交到本科室，等待接收"),
        "assigned": _("有事项分派给您承办"),
        "hand_over_accepted": _("有事项由您承办"),
        "extension_requested": _("有延期申请等您决定"),
        "referred_to_leader": _("有事项请示您，等您批示"),
        "extension_granted": _("延期申请已获批准，请告知当事人后生效"),
        "extension_refused": _("延期申请未获批准，原定到期日不变"),
    }
    return lines.get(one.mark, str(one.get_kind_display()))


def party_words(kind: str, of: str, due: str) -> str:
    """What a party is told in a message; "" for what has no words."""
    lines = {
        "notice_issued": _("我们发出了一次性告知书，请按所列补齐材料。"),
        "extension": _("办理期限延长，新的期限是 %(due)s。") % {"due": due} if due else _("办理期限延长。"),
        "section": _("您的事项已转到承办科室。"),
        "answered": _("您的事项已答复。"),
        "completed": _("您的事项已办结。"),
        "declined": _("您的申请未予办理，理由请查看。"),
        "not_accepted": _("您的申请未予受理，理由请查看。"),
        "appointed": _("已为您预约，时间请查看。"),
        "deferred": _("您的预约有变动，请查看。"),
    }
    return lines.get(of if kind == "party_told" else kind, "")
