"""Every change of units, posts, people, appointments and accounts: one verb, one function."""

from shounuo.organisation.actions.accounts import close_account, open_account, set_password
from shounuo.organisation.actions.people import appoint, change_person, end_appointment, enrol
from shounuo.organisation.actions.recording import NotPossible, Stamp
from shounuo.organisation.actions.tries import count_try, forget_old_tries, forget_tries
from shounuo.organisation.actions.units import change_unit, close_post, found_unit, open_post

__all__ = [
    "NotPossible",
    "Stamp",
    "appoint",
    "change_person",
    "change_unit",
    "close_account",
    "close_post",
    "count_try",
    "end_appointment",
    "enrol",
    "forget_old_tries",
    "forget_tries",
    "found_unit",
    "open_account",
    "open_post",
    "set_password",
]
