"""The portal over the hall of the cases' tests; the house's clock stands still where a test says so."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from shounuo.cases.models import Case
from shounuo.cases.receipts import secret_of
from shounuo.regulations import editions
from tests.cases.conftest import Hall, at, bureau_pack, hall

__all__ = ["Visitor", "bureau_pack", "hall", "visitor"]


class Visitor:
    """A citizen in a browser: walks through the questions, opens matters."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def say(self, step: str, **answer: str) -> Any:
        return self.client.post(f"/ask/{step}/", answer)

    def refused(self, path: str, **answer: str) -> Any:
        """The page that shows a refused form again: where the post led, at the same address."""
        answered = self.client.post(path, answer)
        assert answered.headers["Location"] == path
        return self.client.get(path)

    def cannot_open(self, number: str, secret: str) -> Any:
        """The form again, after a number and a secret that do not open a matter."""
        return self.refused("/progress/", number=number, secret=secret)

    def send(self) -> Any:
        """Send what the check page shows."""
        return self.say("check", key=self.client.get("/ask/check/").context["key"])

    def ask(
        self, kind: str = "enquiry", topic: str = "other", words: str = "电子秤多久检一次？", **who: str
    ) -> str:
        """Answer every question; returns the key of the check page."""
        self.say("kind", kind=kind)
        self.say("topic", topic=topic)
        self.say("words", words=words)
        self.say("person", **{"name": "", "phone": "", **who})
        page = self.client.get("/ask/check/")
        return str(page.context["key"])

    def open(self, case: Case, secret: str | None = None) -> Any:
        return self.client.post(
            "/progress/", {"number": case.number, "secret": secret or secret_of(case.stream)}
        )


@pytest.fixture
def visitor(client: Any, hall: Hall) -> Visitor:
    client.cookies["language"] = "zh-hans"
    return Visitor(client)


@pytest.fixture
def stand_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], datetime]:
    """`stand_at("2026-11-11 10:00")`: the moment at which the portal's pages are asked."""

    def set_clock(text: str) -> datetime:
        moment = at(text)
        monkeypatch.setattr("shounuo.portal.views.entry.timezone.now", lambda: moment)
        return moment

    return set_clock


@pytest.fixture
def fresh_editions() -> Iterator[None]:
    """Compiled editions are kept by adoption and stamp, which a rolled-back test leaves to the next one."""
    editions._compiled.cache_clear()
    yield
    editions._compiled.cache_clear()
