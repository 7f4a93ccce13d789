"""What `shounuo work` runs again and again. Any number of nodes may run it at the same time.

Consumers of the ledger and loops of the apps are named here, so that apps on one floor never import each
other.
"""

import gc
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any, NamedTuple
from uuid import uuid4

from django.db import close_old_connections
from django.utils import timezone

from shounuo.ledger.actions import hand_out
from shounuo.organisation.actions import forget_ended_sessions, forget_old_tries

log = logging.getLogger("shounuo.work")


GRACE = 20.0
"""Seconds that a loop in a thread of its own may take to end; what it held is taken up by another later."""

RARELY = 100_000
"""New objects between two looks for rings of objects that nobody holds."""

WORKER = uuid4()
"""This process, as it holds leases."""


class Loop(NamedTuple):
    """A function of the present moment, and how many seconds lie between two runs."""

    name: str
    run: Callable[[datetime], Any]
    seconds: float
    apart: bool = False
    """In a thread of its own, because it waits for others outside the house."""


# consumer name -> module:function that takes a batch of `ledger.actions.Handed` and the present moment
CONSUMERS: dict[str, str] = {"reminders": "shounuo.reminders.consuming:tell"}
A_BATCH, MOST_BATCHES = 1000, 50


def consume(at: datetime) -> int:
    """Hand new facts to every consumer, some batches each; returns how many were handed out."""
    return sum(_hand_out(name, named(address), at) for name, address in CONSUMERS.items())


def _hand_out(name: str, handler: Callable[..., None], at: datetime) -> int:
    handed = 0
    for _batch in range(MOST_BATCHES):
        more = hand_out(name, lambda batch: handler(batch, at), A_BATCH)
        handed += more
        if more < A_BATCH:
            break
    return handed


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """A page of judgements is thousands of objects that fall away together: looking for rings among them after every
    few hundred costs a tenth of the time.
    """
    usual = gc.get_threshold()
    gc.set_threshold(RARELY, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@collecting_seldom()
def sweep(at: datetime) -> int:
    """Warn and declare breaches for whatever has come due, until nothing is left; returns how many matters."""
    from shounuo.cases.actions import let_time_pass
    from shounuo.cases.actions.sweeping import let_time_pass_together
    from shounuo.commitments.actions import sweep as one_sweep

    moved = 0
    while more := one_sweep(at, let_time_pass, let_time_pass_together):
        moved += more
    return moved


@collecting_seldom()
def recompute(at: datetime) -> int:
    """Judge some more open matters again after a calendar or a binding amendment; returns how many."""
    from shounuo.cases.actions.rejudging import rejudge
    from shounuo.commitments import recomputing
    from shounuo.regulations.actions import recomputing as work

    return work.recompute(at, WORKER, work.Work(recomputing.count, recomputing.following, rejudge))


def climb(at: datetime) -> int:
    """Tell the next levels of what is still broken, and send the digests whose time has come."""
    from shounuo.reminders import actions
    from shounuo.reminders.consuming import channels_here

    channels = channels_here()
    return actions.climb(at, channels) + actions.send_digests(at, channels)


def send(at: datetime) -> int:
    """Carry messages out of the house until none is due; returns how many were taken up."""
    from shounuo.outbox.sending import send_due
    from shounuo.reminders.composing import compose
    from shounuo.site.channels import senders

    taken = 0
    for _batch in range(MOST_BATCHES):
        more = send_due(str(WORKER), at, senders(), compose)
        taken, at = taken + more, timezone.now()
        if not more:
            break
    return taken


def forget(at: datetime) -> None:
    """Remove what has lost its use: wrong tries that bar nobody any more, drafts in sessions that ran out."""
    from django.conf import settings

    from shounuo.outbox.actions import forget_old
    from shounuo.portal.actions import forget_old_openings

    forget_old_tries(at)
    forget_old_openings(at)
    forget_old(at)
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    forget_ended_sessions()


LOOPS: list[Loop] = [
    Loop("sweep", sweep, 5),
    Loop("consumers", consume, 2),
    Loop("climb", climb, 5),
    Loop("send", send, 3, apart=True),
    Loop("recompute", recompute, 1),
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
    apart = [threading.Thread(target=_turn, args=([loop], stop)) for loop in LOOPS if loop.apart]
    for thread in apart:
        thread.start()
    _turn([loop for loop in LOOPS if not loop.apart], stop)
    for thread in apart:
        thread.join(GRACE)


def _turn(loops: list[Loop], stop: threading.Event) -> None:
    """Some loops one after the other, each when its time has come."""
    next_run = {loop.name: timezone.now() for loop in loops}
    while not stop.wait(0.5):
        for loop in loops:
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
