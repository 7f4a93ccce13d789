"""The desk at a moment: pages asked for as one of the cast while the clock on the wall stands still."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from shounuo.cases.models import Case
from tests.cases.conftest import Hall, at


class Desk:
    """`desk.get("wang", "/desk/")`, `desk.do("wang", case, "answer", words="…")`."""

    def __init__(self, hall: Hall, monkeypatch: Any) -> None:
        self.hall, self.patch = hall, monkeypatch
        self.clients: dict[str, Client] = {}

    def stand_still(self, when: str) -> datetime:
        """Let every view read this moment."""
        moment = at(when)
        self.patch.setattr("django.utils.timezone.now", lambda: moment)
        return moment

    def as_(self, who: str) -> Client:
        """A browser in which this person is signed in."""
        if who not in self.clients:
            self.clients[who] = Client()
            self.clients[who].force_login(self.hall.cast.people[who].account)
        return self.clients[who]

    def get(self, who: str, path: str, **query: Any) -> Any:
        return self.as_(who).get(path, query)

    def post(self, who: str, path: str, **typed: Any) -> Any:
        return self.as_(who).post(path, typed)

    def page(self, who: str, case: Case) -> str:
        """The case page as this person reads it."""
        answer = self.get(who, f"/desk/matters/{case.number}/")
        assert answer.status_code == 200
        return str(answer.content.decode())

    def ask(self, who: str, case: Case, verb: str) -> Any:
        """The verb's form."""
        return self.get(who, path(case, verb))

    def do(self, who: str, case: Case, verb: str, **typed: Any) -> Any:
        """Send the verb's form with the version as it is now, or as given."""
        case.refresh_from_db()
        return self.post(who, path(case, verb), **({"version": case.version} | typed))


def path(case: Case, verb: str) -> str:
    return f"/desk/matters/{case.number}/{verb}/"


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def desk(hall: Hall, monkeypatch: Any) -> Desk:
    """The desk on Monday 28 September 2026 at eleven."""
    found = Desk(hall, monkeypatch)
    found.stand_still("2026-09-28 11:00:00")
    return found
