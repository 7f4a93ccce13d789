"""The command as somebody types it: its own process, its own database."""

import os
import shutil
import subprocess
import sys

import pytest


def command_in(folder):
    """Runs `shounuo` with `folder` as its var folder and SQLite, in Chinese."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("SHOUNUO_", "DJANGO_"))}
    env |= {"SHOUNUO_VAR": str(folder), "SHOUNUO_INIT_PASSWORD": "qingxi-2026-test", "LC_ALL": "zh_CN.UTF-8"}

    def run(*words, stdin="", **more):
        command = [sys.executable, "-m", "shounuo.site.cli", *words]
        return subprocess.run(
            command, input=stdin, capture_output=True, text=True, env=env | more, timeout=60
        )

    return run


@pytest.fixture
def shounuo(tmp_path):
    """The command with an empty var folder."""
    return command_in(tmp_path)


@pytest.fixture
def installed(tables, tmp_path):
    """The command with tables in its database."""
    shutil.copy(tables, tmp_path / "shounuo.sqlite3")
    return command_in(tmp_path)
