"""Units, posts, people, appointments, accounts; and questions about them at a moment."""

from shounuo.organisation.models.accounts import Account, SignInTry
from shounuo.organisation.models.people import Appointment, Person
from shounuo.organisation.models.units import Post, Unit

__all__ = ["Account", "Appointment", "Person", "Post", "SignInTry", "Unit"]
