"""An organisation under the quality bureau's edition, and people who read and decide."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests.cases.conftest import Hall, bureau_pack, hall

__all__ = ["Hall", "as_", "bureau_pack", "hall", "ten_oclock"]


@pytest.fixture
def ten_oclock(monkeypatch: pytest.MonkeyPatch, now: datetime) -> datetime:
    """Pages are asked on Wednesday 11 November 2026 at 10:00."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    return now


@pytest.fixture
def as_(hall: Any, ten_oclock: datetime) -> Callable[[str], Client]:
    """`as_("sun")`: a browser in which somebody of the cast is signed in."""

    def signed_in(name: str) -> Client:
        browser = Client(headers={"accept-language": "zh-hans"})
        browser.force_login(hall.cast.people[name].account)
        return browser

    return signed_in


@pytest.fixture
def sun(as_: Callable[[str], Client]) -> Client:
    """The browser of the service office."""
    return as_("sun")


@pytest.fixture
def draft(sun: Client) -> Any:
    """A text that the service office has brought."""
    from tests.regulations.draft_scene import brought

    return brought(sun)
