"""What `shounuo work` runs again and again. Any number of nodes may run it at the same time.

Consumers of the ledger and loops of the apps are named here, so that apps on one floor never import each
other.
"""

import logging
import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any, NamedTuple

from django.db import close_old_connections
from django.utils import timezone

from shounuo.ledger.actions import hand_out
from shounuo.organisation.actions import forget_old_tries

log = logging.getLogger("shounuo.work")


class Loop(NamedTuple):
    """A function of the present moment, and how many seconds lie between two runs."""

    name: str
    run: Callable[[datetime], Any]
    seconds: float


# consumer name -> module:function that takes a batch of `ledger.actions.Handed`
CONSUMERS: dict[str, str] = {}


def consume(at: datetime) -> int:
    """Hand new facts to every consumer; returns how many were handed out."""
    return sum(hand_out(name, named(address)) for name, address in CONSUMERS.items())


def sweep(at: datetime) -> int:
    """Warn and declare breaches for whatever has come due, until nothing is left; returns how many matters."""
    from shounuo.cases.actions import let_time_pass
    from shounuo.commitments.actions import sweep as one_sweep

    moved = 0
    while more := one_sweep(at, let_time_pass):
        moved += more
    return moved


def forget(at: datetime) -> None:
    """Remove what has lost its use: wrong tries that bar nobody any more, drafts in sessions that ran out."""
    from django.conf import settings

    from shounuo.portal.actions import forget_old_openings

    forget_old_tries(at)
    forget_old_openings(at)
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


LOOPS: list[Loop] = [
    Loop("sweep", sweep, 5),
    Loop("consumers", consume, 2),
    Loop("forget", forget, 600),
]


def named(address: str) -> Callable[..., Any]:
    """The function at `module:function`, imported when it is first needed."""
    module, function = address.split(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


def one_round() -> None:
    """Run every loop once; an error stops the round."""
    for loop in LOOPS:
        loop.run(timezone.now())


def run_until_stopped() -> None:
    """Run the loops until SIGTERM or SIGINT; a failing loop is logged and tried again."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    log.info("working: %s", ", ".join(loop.name for loop in LOOPS))
    next_run = {loop.name: timezone.now() for loop in LOOPS}
    while not stop.wait(0.5):
        for loop in LOOPS:
            if timezone.now() >= next_run[loop.name]:
                _run_safely(loop)
                next_run[loop.name] = timezone.now() + timedelta(seconds=loop.seconds)


def _run_safely(loop: Loop) -> None:
    """One run; what goes wrong is logged and does not stop the others."""
    close_old_connections()
    try:
        loop.run(timezone.now())
    except Exception:
        log.exception("loop %s failed", loop.name)
