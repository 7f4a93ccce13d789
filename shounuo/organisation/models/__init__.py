"""Units, posts, people, appointments, absences, duty, accounts; and questions about them at a moment."""

from shounuo.organisation.models.absences import Absence
from shounuo.organisation.models.accounts import Account, RecoveryCode, SignedIn, SignInTry
from shounuo.organisation.models.duty import Shift
from shounuo.organisation.models.people import Appointment, Person
from shounuo.organisation.models.units import Post, Unit

__all__ = [
    "Absence",
    "Account",
    "Appointment",
    "Person",
    "Post",
    "RecoveryCode",
    "Shift",
    "SignInTry",
    "SignedIn",
    "Unit",
]
