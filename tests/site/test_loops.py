import logging
import os
import signal
import subprocess
import sys

from shounuo.site import loops


def test_a_loop_that_fails_does_not_stop_the_others(db, caplog, monkeypatch):
    monkeypatch.setattr(loops, "close_old_connections", lambda: None)
    with caplog.at_level(logging.ERROR):
        loops._run_safely(loops.Loop("broken", lambda at: 1 / 0, 1))
    assert "loop broken failed" in caplog.text


def test_every_registered_consumer_exists():
    assert all(callable(loops.named(address)) for address in loops.CONSUMERS.values())


def test_the_worker_stops_when_it_is_told_to(tmp_path):
    env = os.environ | {"SHOUNUO_VAR": str(tmp_path), "SHOUNUO_DATABASE_URL": "", "SHOUNUO_LOG_LEVEL": "INFO"}
    command = [sys.executable, "-m", "shounuo.site.cli"]
    subprocess.run([*command, "migrate", "--quiet"], env=env, check=True)
    worker = subprocess.Popen([*command, "work"], env=env, stderr=subprocess.PIPE, text=True)
    assert "working" in worker.stderr.readline()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0
