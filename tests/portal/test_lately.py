"""Counting once for many readers, only where counting takes long."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from shounuo.portal import lately as module
from shounuo.portal.lately import lately

NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    module._kept.clear()
    yield
    module._kept.clear()


class Counter:
    """Counts how often it was asked; each time takes `seconds`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
        self.asked, self.seconds, self.clock = 0, seconds, 0.0
        monkeypatch.setattr(module, "perf_counter", lambda: self.clock)

    def __call__(self) -> int:
        self.asked += 1
        self.clock += self.seconds
        return self.asked


def test_what_is_quickly_counted_is_always_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    count = Counter(monkeypatch, 0.02)
    assert [lately("wall", NOW, count) for _ in range(3)] == [1, 2, 3]


def test_what_takes_long_is_shown_again_for_a_hundred_times_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    count = Counter(monkeypatch, 0.4)
    seconds = (0, 1, 39.9, 40, 79)
    assert [lately("wall", NOW + timedelta(seconds=s), count) for s in seconds] == [1, 1, 1, 2, 2]


def test_nothing_is_shown_for_more_than_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    count = Counter(monkeypatch, 5)
    assert [lately("wall", NOW + timedelta(seconds=s), count) for s in (0, 59, 60)] == [1, 1, 2]


def test_each_question_and_each_earlier_moment_is_counted_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    count = Counter(monkeypatch, 1)
    assert [lately("wall", NOW, count), lately("board", NOW, count)] == [1, 2]
    assert lately("wall", NOW - timedelta(days=1), count) == 3


def test_it_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    count = Counter(monkeypatch, 1)
    for number in range(3 * module.MOST_KEPT):
        lately(number, NOW, count)
    assert len(module._kept) <= module.MOST_KEPT
