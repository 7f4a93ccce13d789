"""Every change of units, posts, people, absences, duty and accounts: one verb, one function."""

from shounuo.organisation.actions.absences import Away, decide_absence, end_absence, enter_absence
from shounuo.organisation.actions.accounts import (
    change_own_password,
    close_account,
    give_first_password,
    open_account,
    reopen_account,
    set_password,
)
from shounuo.organisation.actions.codes import (
    begin_codes,
    confirm_codes,
    forget_codes,
    renew_recovery_codes,
    take_code,
)
from shounuo.organisation.actions.duty import Turn, set_roster
from shounuo.organisation.actions.people import appoint, change_person, end_appointment, enrol
from shounuo.organisation.actions.recording import NotPossible, Stamp
from shounuo.organisation.actions.sessions import (
    end_other_sessions,
    end_session,
    forget_ended_sessions,
    forget_session,
    note_session,
)
from shounuo.organisation.actions.tries import count_try, forget_old_tries, forget_tries
from shounuo.organisation.actions.units import (
    change_post,
    change_unit,
    close_post,
    close_unit,
    found_unit,
    move_unit,
    open_post,
)

__all__ = [
    "Away",
    "NotPossible",
    "Stamp",
    "Turn",
    "appoint",
    "begin_codes",
    "change_own_password",
    "change_person",
    "change_post",
    "change_unit",
    "close_account",
    "close_post",
    "close_unit",
    "confirm_codes",
    "count_try",
    "decide_absence",
    "end_absence",
    "end_appointment",
    "end_other_sessions",
    "end_session",
    "enrol",
    "enter_absence",
    "forget_codes",
    "forget_ended_sessions",
    "forget_old_tries",
    "forget_session",
    "forget_tries",
    "found_unit",
    "give_first_password",
    "move_unit",
    "note_session",
    "open_account",
    "open_post",
    "renew_recovery_codes",
    "reopen_account",
    "set_password",
    "set_roster",
    "take_code",
]
