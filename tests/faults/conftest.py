"""A database of its own for kill -9, of the kind that this run uses, and processes that can be killed whole."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest

from tests import clusters
from tools.with_postgres import url

INSIDE = Path(__file__).with_name("inside.py")
ROOT = INSIDE.parents[2]


class Tortured:
    """Commands on one database; `start` gives a process in its own group, `kill` ends all of it at once."""

    def __init__(self, url, var, seed):
        env = {name: value for name, value in os.environ.items() if not name.startswith("SHOUNUO_")}
        self.url, self.var = url, var
        self.env = env | {"SHOUNUO_DEMO": "1", "SHOUNUO_VAR": str(var), "SHOUNUO_DATABASE_URL": url}
        self.random, self.log = Random(seed), (var / "log").open("ab")

    def inside(self, *words):
        """Run `inside.py` and read what it says."""
        done = subprocess.run([sys.executable, INSIDE, *words], env=self.env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def start(self, *words):
        """A `shounuo` command with its children in one group."""
        return self.child([sys.executable, "-m", "shounuo.site.cli", *words])

    def run(self, *words, **env):
        """A `shounuo` command to its end."""
        command = [sys.executable, "-m", "shounuo.site.cli", *words]
        return subprocess.run(command, env=self.env | env, capture_output=True, text=True)

    def child(self, command, **env):
        """Any command in a group of its own."""
        return subprocess.Popen(
            command, env=self.env | env, stdout=self.log, stderr=self.log, start_new_session=True, cwd=ROOT
        )

    def serve(self, weak="", within=(), workers=1):
        """A server on a free port, waited for; `weak` names the defect of `weak.py` that it shall have."""
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port = str(one.getsockname()[1])
        command = [
            sys.executable,
            "-m",
            "shounuo.site.cli",
            "serve",
            "--port",
            port,
            "--workers",
            str(workers),
        ]
        if weak:
            command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port,
                       "--blocking-threads", "4", "tests.faults.weak:application"]  # fmt: skip
        child = self.child([*within, *command], SHOUNUO_WEAK=weak)
        _wait_for(int(port), child)
        return child, f"http://127.0.0.1:{port}"

    def rows(self, question):
        """Straight from the database."""
        if self.url.startswith(("postgres:", "postgresql:")):
            import psycopg

            with psycopg.connect(self.url, autocommit=True) as database:
                return database.execute(question).fetchall()
        with closing(sqlite3.connect(self.url, timeout=20)) as database:
            return database.execute(question).fetchall()

    def ask(self, question):
        """One value, straight from the database."""
        return self.rows(question)[0][0]

    def raised(self):
        """How many warnings and breaches are recorded."""
        return self.ask("SELECT count(*) FROM ledger_fact WHERE kind IN ('warned', 'breached')")

    def kill(self, child):
        """kill -9 for the process and its children."""
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _wait_for(port, child):
    until = time.monotonic() + 60
    while time.monotonic() < until and child.poll() is None:
        with socket.socket() as trial:
            if not trial.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.02)
    raise TimeoutError("the server did not start")


@pytest.fixture
def rounds():
    """How often to kill: few by default, many in `make faults`."""
    return int(os.environ.get("SHOUNUO_FAULT_ROUNDS", "3"))


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    """A database with an organisation in it, to be copied for each test."""
    folder = tmp_path_factory.mktemp("founded")
    with a_database(folder) as url:
        Tortured(url, folder, 0).inside("found")
        yield url


@pytest.fixture
def tortured(tmp_path, founded):
    """An organisation in a database of its own; the seed of every random moment is printed."""
    seed = int(os.environ.get("SHOUNUO_FAULT_SEED") or uuid4().int % 10**9)
    print(f"SHOUNUO_FAULT_SEED={seed}")
    with a_database(tmp_path, copy_of=founded) as url:
        yield Tortured(url, tmp_path, seed)


@pytest.fixture
def empty(tmp_path):
    """Another database of the same kind, without tables."""
    var = tmp_path / "empty"
    var.mkdir()
    with a_database(var) as url:
        yield Tortured(url, var, 0)


@contextmanager
def a_database(folder, copy_of=""):
    """The address of a new database: a file, or in this process's cluster, where nobody else is at work."""
    given = os.environ.get("SHOUNUO_DATABASE_URL", "")
    if not given.startswith(("postgres:", "postgresql:")):
        path = folder / "tortured.sqlite3"
        if copy_of:
            shutil.copy(copy_of, path)
        yield str(path)
        return
    import psycopg

    given = url(clusters.own()) if clusters.own() else given
    name, parts = f"tortured_{uuid4().hex[:12]}", urlsplit(given)
    like = f" TEMPLATE {urlsplit(copy_of).path[1:]}" if copy_of else ""
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}{like}")
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
