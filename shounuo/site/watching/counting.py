"""Requests counted by status and duration, over all processes of this node.

Each process writes its counts into a small file of its own that it keeps mapped into memory; whoever is asked
adds up the files of the processes that are alive. A kill -9 loses nothing but the process's own counts.
"""

from __future__ import annotations

import mmap
import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import NamedTuple

BOUNDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
CLASSES = ("2xx", "3xx", "4xx", "5xx")
CELLS = len(BOUNDS) + 2  # one more for what took longer than the last bound, and the sum of seconds
SIZE = len(CLASSES) * CELLS * 8


class Counted(NamedTuple):
    """For one class of status: how many requests took at most each bound, all of them, and their seconds together."""

    within: list[int]
    requests: int
    seconds: float


class Counter:
    """The counts of this process."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._lock, self._pid = folder, Lock(), 0
        self._cells: memoryview[float] = memoryview(bytearray(SIZE)).cast("d")

    def count(self, status: int, seconds: float) -> None:
        """One request was answered."""
        row = min(max(status // 100, 2), 5) - 2
        slot = next((i for i, bound in enumerate(BOUNDS) if seconds <= bound), len(BOUNDS))
        with self._lock:
            if self._pid != os.getpid():
                self._cells, self._pid = self._mapped(), os.getpid()
            self._cells[row * CELLS + slot] += 1
            self._cells[row * CELLS + CELLS - 1] += seconds

    def _mapped(self) -> memoryview[float]:
        """This process's file in memory; memory alone where nothing can be written."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{os.getpid()}.counts"
            path.write_bytes(bytes(SIZE))
            with path.open("r+b") as file:
                return memoryview(mmap.mmap(file.fileno(), SIZE)).cast("d")
        except OSError:
            return memoryview(bytearray(SIZE)).cast("d")


def total(folder: Path) -> dict[str, Counted]:
    """The counts of all living processes by class of status."""
    cells = [0.0] * (len(CLASSES) * CELLS)
    for one in _living(folder):
        cells = [a + b for a, b in zip(cells, one, strict=True)]
    return {name: _counted(cells[i * CELLS : (i + 1) * CELLS]) for i, name in enumerate(CLASSES)}


def _counted(cells: list[float]) -> Counted:
    within, so_far = [], 0
    for cell in cells[:-1]:
        so_far += int(cell)
        within.append(so_far)
    return Counted(within[:-1], so_far, cells[-1])


def _living(folder: Path) -> Iterator[list[float]]:
    for path in sorted(folder.glob("*.counts")):
        if _alive(int(path.stem)):
            with suppress(OSError, struct.error):
                yield list(struct.unpack(f"{len(CLASSES) * CELLS}d", path.read_bytes()))
        else:
            path.unlink(missing_ok=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
