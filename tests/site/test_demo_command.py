"""`shounuo demo`: one clear line where it cannot start, builds anew when it was killed, ends what it began."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request

import pytest

from shounuo.site.demo.cast import looks_built, organisations, read


@pytest.fixture
def demonstration(tmp_path):
    """Starts `shounuo demo` on its own database; ends it by its number."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("SHOUNUO_")}
    env |= {"SHOUNUO_VAR": str(tmp_path)}
    begun = []

    def run(*words):
        command = [sys.executable, "-m", "shounuo.site.cli", "demo", *words]
        child = subprocess.Popen(
            command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        begun.append(child)
        return child

    yield run
    for child in begun:
        if child.poll() is None:
            child.terminate()
            child.wait(30)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_a_port_in_use_is_one_clear_line(demonstration):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        child = demonstration("--port", str(taken.getsockname()[1]))
        said, _ = child.communicate(timeout=60)
    assert child.returncode == 1
    assert said.count("\n") == 1
    assert "is in use" in said


def test_an_unknown_organisation_is_answered_with_those_there_are(demonstration):
    said, _ = demonstration("--org", "nowhere").communicate(timeout=60)
    assert said.count("\n") == 1
    assert all(org in said for org in organisations())


def test_a_file_looks_built_only_with_the_organisation_and_all_tables(demonstration, tmp_path):
    cast, file = read("service-centre"), tmp_path / "demo-service-centre.sqlite3"
    assert not looks_built(file, cast)
    file.write_bytes(b"no database at all, but long enough to be read as one" * 20)
    assert not looks_built(file, cast)
    file.unlink()
    demonstration("--org", "service-centre", "--most", "1", "--no-serve").communicate(timeout=120)
    assert looks_built(file, cast)
    assert not looks_built(file, read("life-oasis"))
    with sqlite3.connect(file) as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'ledger'")
    assert not looks_built(file, cast)


def test_killed_while_building_it_builds_anew_and_serves_until_told_to_stop(demonstration, tmp_path):
    child = demonstration("--most", "30", "--no-serve")
    while "25/" not in child.stdout.readline():
        assert child.poll() is None
    child.send_signal(signal.SIGKILL)
    child.wait()
    with sqlite3.connect(tmp_path / "demo-quality-bureau.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM cases_case").fetchone() == (0,)
    port = free_port()
    child = demonstration("--most", "30", "--port", str(port))
    while f"127.0.0.1:{port}/who/" not in (line := child.stdout.readline()):
        assert line or child.poll() is None
    page = urllib.request.urlopen(f"http://127.0.0.1:{port}/who/", timeout=10).read().decode()
    assert "周倩" in page
    child.send_signal(signal.SIGTERM)
    assert child.wait(30) == 0
    assert nobody_listens(port)


def nobody_listens(port):
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)):
                return True
    return False
