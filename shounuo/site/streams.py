"""Whose a stream of facts is, and what is wrong with it, in the reader's words."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.cases.models import Case
from shounuo.ledger.verifying import Fault
from shounuo.organisation.models import Unit
from shounuo.regulations.models import Draft

WRONG = {
    "gap": lazy("它前面缺了记录"),
    "prev": lazy("它接不上前一条记录"),
    "hash": lazy("它的内容与当时记下的不符"),
    "order": lazy("它写入的时间早于前一条记录"),
    "unreadable": lazy("它的内容读不出来"),
}


def owner_of(stream: UUID) -> str:
    """The matter's number, or the organisation's name; a stream that no table names any more says so."""
    if case := Case.objects.filter(stream=stream).first():
        return _("事项 %(number)s") % {"number": case.number}
    if unit := Unit.objects.filter(stream=stream).first():
        return _("单位“%(name)s”") % {"name": unit.name}
    if draft := Draft.objects.filter(stream=stream).first():
        return _("制度草案“%(title)s”") % {"title": draft.title}
    return _("不属于任何事项或单位")


def say_fault(fault: Fault) -> str:
    """Which fact of which stream, whose it is, and what is wrong with it."""
    words = _("%(whose)s（链 %(stream)s）的第 %(seq)s 条记录：%(wrong)s")
    return words % {
        "whose": owner_of(fault.stream), "stream": fault.stream, "seq": fault.seq, "wrong": WRONG[fault.what],
    }  # fmt: skip
