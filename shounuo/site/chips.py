"""The states of a clock as chips: a mark, a colour class and words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Chip:
    """How a state is shown; `style` is the class after `chip--`."""

    mark: str
    style: str
    word: str | Promise


CHIPS: dict[str, Chip] = {
    "running": Chip("●", "running", _("进行中")),
    "at_risk": Chip("▲", "risk", _("将到期")),
    "paused": Chip("▮▮", "paused", _("暂停")),
    "met": Chip("✓", "met", _("已兑现")),
    "met_late": Chip("✕", "late", _("逾期做到")),
    "breached": Chip("✕", "breached", _("违诺")),
    "void": Chip("–", "void", _("作废")),
    "provisional": Chip("~", "provisional", _("暂定")),
    "out_of_coverage": Chip("?", "provisional", _("日历未公布")),
    "no_evidence": Chip("○", "plain", _("尚无记录")),
}


def chip_of(state: str) -> Chip:
    """The chip of a state; spaces and hyphens read as underscores; an unknown state shows itself, plainly."""
    return CHIPS.get(state.replace(" ", "_").replace("-", "_"), Chip("·", "plain", state))
