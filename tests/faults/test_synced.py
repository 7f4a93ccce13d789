"""Nothing is acknowledged before it is on disk: seen at the disk's own calls, and at what PostgreSQL has flushed."""

import shutil
import time
from uuid import uuid4

import pytest

from tests.faults.clerks import Clerk

pytestmark = [pytest.mark.faults, pytest.mark.database]
ACKNOWLEDGED = 12
FLUSHED = "SELECT pg_current_wal_flush_lsn() >= pg_current_wal_insert_lsn()"


class AtTheDisk:
    """SQLite: the server runs under strace, which writes down each fsync before the server goes on."""

    def __init__(self, tortured):
        assert shutil.which("strace"), "strace is missing: `make parts` installs it"
        self.calls = tortured.var / f"calls-{uuid4().hex}"
        self.within = ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(self.calls)]

    def before(self):
        self.seen = self._calls()

    def waited(self):
        """Whether the disk was waited for since `before`."""
        return self._calls() > self.seen

    def _calls(self):
        return self.calls.read_text().count(" = 0\n") if self.calls.exists() else 0


class AtTheLog:
    """PostgreSQL: everything that was written into its log so far is flushed; its own fsync is on."""

    within = ()

    def __init__(self, tortured):
        assert tortured.ask("SHOW fsync") == "on"
        self.tortured = tortured

    def before(self):
        """Nothing to remember."""

    def waited(self):
        return self.tortured.ask(FLUSHED)


def on_postgresql(tortured):
    return tortured.url.startswith(("postgres:", "postgresql:"))


def not_waited_for(tortured, weak=""):
    """How many of some acknowledged matters were not on disk when their receipt came."""
    watch = AtTheLog(tortured) if on_postgresql(tortured) else AtTheDisk(tortured)
    child, site = tortured.serve(weak, watch.within)
    clerk, missed = Clerk("zhou"), 0
    token = clerk.sign_in(site)
    for _ in range(ACKNOWLEDGED):
        time.sleep(0.02)  # what other parts of the server wrote before is over
        watch.before()
        assert clerk.register(site, token, uuid4().hex) == 302
        missed += not watch.waited()
    tortured.kill(child)
    return missed


def test_the_disk_has_a_matter_before_its_receipt_is_given(tortured):
    others = (
        1 if on_postgresql(tortured) else 0
    )  # its checkpointer may write something of its own between two looks
    assert not_waited_for(tortured) <= others


def test_commits_that_do_not_wait_for_the_disk_are_found_out(tortured):
    assert not_waited_for(tortured, weak="unsynced") > ACKNOWLEDGED // 2
