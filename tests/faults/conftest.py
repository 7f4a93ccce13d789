"""A database of its own for kill -9, of the kind that this run uses, and processes that can be killed whole."""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from random import Random
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest

INSIDE = Path(__file__).with_name("inside.py")


class Tortured:
    """Commands on one database; `start` gives a process in its own group, `kill` ends all of it at once."""

    def __init__(self, url, var, seed):
        env = {name: value for name, value in os.environ.items() if not name.startswith("SHOUNUO_")}
        self.env = env | {"SHOUNUO_DEMO": "1", "SHOUNUO_VAR": str(var), "SHOUNUO_DATABASE_URL": url}
        self.random, self.log = Random(seed), (var / "log").open("ab")

    def inside(self, *words):
        """Run `inside.py` and read what it says."""
        done = subprocess.run([sys.executable, INSIDE, *words], env=self.env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def start(self, *words):
        """A `shounuo` command with its children in one group."""
        command = [sys.executable, "-m", "shounuo.site.cli", *words]
        return subprocess.Popen(
            command, env=self.env, stdout=self.log, stderr=self.log, start_new_session=True
        )

    def kill(self, child):
        """kill -9 for the process and its children."""
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


@pytest.fixture
def rounds():
    """How often to kill: few by default, many in `make faults`."""
    return int(os.environ.get("SHOUNUO_FAULT_ROUNDS", "5"))


@pytest.fixture
def tortured(tmp_path):
    """An organisation in a fresh database; the seed of every random moment is printed."""
    seed = int(os.environ.get("SHOUNUO_FAULT_SEED") or uuid4().int % 10**9)
    print(f"SHOUNUO_FAULT_SEED={seed}")
    given = os.environ.get("SHOUNUO_DATABASE_URL", "")
    if not given.startswith(("postgres:", "postgresql:")):
        made = Tortured(str(tmp_path / "tortured.sqlite3"), tmp_path, seed)
        made.inside("found")
        yield made
        return
    yield from on_postgresql(given, tmp_path, seed)


def on_postgresql(given, tmp_path, seed):
    """A database beside the one of the run, dropped afterwards."""
    import psycopg

    name, parts = f"tortured_{uuid4().hex[:12]}", urlsplit(given)
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        made = Tortured(urlunsplit(parts._replace(path=f"/{name}")), tmp_path, seed)
        made.inside("found")
        yield made
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
