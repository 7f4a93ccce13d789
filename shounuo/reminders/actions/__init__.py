"""Every write: telling staff, climbing, reading, preferences, digests, telling those who asked."""

from shounuo.reminders.actions.climbing import climb, plan_climb
from shounuo.reminders.actions.digesting import send_digests
from shounuo.reminders.actions.parties import tell_parties
from shounuo.reminders.actions.preferring import Wishes, prefer
from shounuo.reminders.actions.reading import read, read_all
from shounuo.reminders.actions.reminding import Told, remind

__all__ = [
    "Told",
    "Wishes",
    "climb",
    "plan_climb",
    "prefer",
    "read",
    "read_all",
    "remind",
    "send_digests",
    "tell_parties",
]
