"""A list of matters as a spreadsheet: numbers, services, people in charge and moments.

Nothing that was typed by who asked: a file leaves the house, and words in it can be erased by nobody.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shounuo.cases.models import Case
from shounuo.cases.rows import editions_for, title_of
from shounuo.commitments import sheets
from shounuo.commitments.models import RunningClock
from shounuo.ledger.moments import civil
from shounuo.organisation.names import names_of
from shounuo.rules.edition import Edition


def as_sheet(cases: Sequence[Case], now: datetime, known: Mapping[int, Edition], more: bool) -> bytes:
    """An XLSX file of the matters; `more` says that the list goes on behind the last line."""
    heads = [_("受理号"), _("类别"), _("事项"), _("状态"), _("科室"), _("承办人"), _("渠道"), _("收到"), _("到期"),
             _("办结"), _("时限"), _("原系统编号")]  # fmt: skip
    editions = editions_for(cases, known)
    names = names_of(case.handler for case in cases)
    lines = (_line(case, editions[case.adoption_id], names) for case in cases)
    return sheets.workbook(_("事项"), heads, lines, _notes(now, len(cases), more))


def _line(case: Case, edition: Edition, names: Mapping[str, str]) -> list[Any]:
    clock = dict(RunningClock.State.choices).get(case.clock_state, "")
    return [case.number, case.get_kind_display(), title_of(case, edition, ""), case.get_state_display(),
            case.section.name if case.section else "", names.get(case.handler, ""), case.get_channel_display(),
            civil(case.received_at), _civil(case.due_at), _civil(case.ended_at), str(clock),
            case.outside or ""]  # fmt: skip


def _civil(moment: datetime | None) -> datetime | None:
    return civil(moment) if moment else None


def _notes(now: datetime, count: int, more: bool) -> list[str]:
    made = _("%(when)s 导出，%(n)s 件；不含当事人的姓名和联系方式。") % {
        "when": f"{civil(now):%Y-%m-%d %H:%M}",
        "n": count,
    }
    return [
        "",
        made,
        *([_("只导出前 %(n)s 件，其余请用筛选缩小范围后再导出。") % {"n": count}] if more else []),
    ]
