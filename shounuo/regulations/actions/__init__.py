"""Every write about regulations: adopting an edition, deciding settings, keeping calendars, recomputing clocks,
reviewing drafts."""

from shounuo.regulations.actions.adopting import adopt, adopt_for_imports
from shounuo.regulations.actions.calendars import keep_calendar
from shounuo.regulations.actions.drafting import adopt_draft, bring, decide
from shounuo.regulations.actions.recomputing import plan, recompute
from shounuo.regulations.actions.settings import decide_setting
from shounuo.regulations.refusals import Refused

__all__ = [
    "Refused", "adopt", "adopt_draft", "adopt_for_imports", "bring", "decide", "decide_setting", "keep_calendar", "plan",
    "recompute",
]  # fmt: skip
