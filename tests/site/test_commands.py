"""The `shounuo` command as somebody types it: its own process, its own database."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.fixture
def shounuo(tmp_path):
    """Runs the command with an empty var folder and SQLite."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("SHOUNUO_", "DJANGO_"))}
    env |= {"SHOUNUO_VAR": str(tmp_path), "SHOUNUO_INIT_PASSWORD": "qingxi-2026-test"}

    def run(*words, stdin="", **more):
        command = [sys.executable, "-m", "shounuo.site.cli", *words]
        return subprocess.run(
            command, input=stdin, capture_output=True, text=True, env=env | more, timeout=60
        )

    return run


INIT = ("init", "--code", "qingxi", "--name", "青溪市质量服务中心", "--administrator", "wu")


def test_a_new_installation_is_founded_and_verified(shounuo):
    assert shounuo("migrate", "--quiet").returncode == 0
    assert shounuo(*INIT).returncode == 0
    told = json.loads(shounuo("verify", "--json").stdout)
    assert told == {"facts": 5, "streams": 1, "fault": None}


def test_a_refusal_is_one_line_and_exit_code_1(shounuo):
    shounuo("migrate", "--quiet")
    shounuo(*INIT)
    again = shounuo(*INIT)
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    assert again.stderr.startswith("shounuo: ")
    assert "qingxi" in again.stderr


def test_tampering_is_told_by_the_exit_code(shounuo, tmp_path):
    shounuo("migrate", "--quiet")
    shounuo(*INIT)
    with sqlite3.connect(tmp_path / "shounuo.sqlite3") as database:
        database.execute("DROP TRIGGER ledger_fact_no_update")
        database.execute("UPDATE ledger_fact SET actor = 'x' WHERE seq = 2")
    told = shounuo("verify")
    assert told.returncode == 1
    assert "fact 2: its content is not what was recorded" in told.stderr


def test_work_refuses_without_triggers_and_migrate_puts_them_back(shounuo, tmp_path):
    shounuo("migrate", "--quiet")
    with sqlite3.connect(tmp_path / "shounuo.sqlite3") as database:
        database.execute("DROP TRIGGER ledger_fact_no_delete")
    refused = shounuo("work", "--once")
    assert refused.returncode == 1
    assert "ledger_fact_no_delete is missing: run `shounuo migrate`" in refused.stderr
    shounuo("migrate", "--quiet")
    assert shounuo("work", "--once").returncode == 0


def test_serve_refuses_a_database_without_tables(shounuo):
    refused = shounuo("serve", "--port", "1")
    assert refused.returncode == 1
    assert refused.stderr.strip().splitlines()[-1].startswith("shounuo: the tables are missing")


def test_serve_refuses_a_port_that_another_listens_on(shounuo):
    shounuo("migrate", "--quiet")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = shounuo("serve", "--port", str(taken.getsockname()[1]))
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "choose another --port" in refused.stderr


@pytest.mark.parametrize("words", [("verify",), ("check",), ("fulfilment",), INIT])
def test_without_tables_one_line_says_which_database_and_what_to_do(shounuo, tmp_path, words):
    told = shounuo(*words)
    assert (told.returncode, told.stderr.count("\n")) == (1, 1)
    assert f"{tmp_path}/shounuo.sqlite3 has no tables: `shounuo migrate`" in told.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--from", "2026-13-01"), "shounuo: --from: no date: '2026-13-01' (2026-11-22)\n"),
        (
            ("--from", "2026-11-02", "--to", "2026-11-01"),
            "shounuo: --from 2026-11-02 is later than --to 2026-11-01\n",
        ),
    ],
)
def test_fulfilment_names_the_option_it_cannot_read(shounuo, options, said):
    shounuo("migrate", "--quiet")
    told = shounuo("fulfilment", *options)
    assert (told.returncode, told.stderr) == (1, said)


def test_the_version_is_told(shounuo):
    assert shounuo("--version").stdout.strip().replace(".", "").isdecimal()


def test_a_weak_key_is_refused_outside_the_demonstration(shounuo):
    assert "SHOUNUO_SECRET_KEY is weak" in shounuo("check", SHOUNUO_SECRET_KEY="changeme").stderr
    assert shounuo("manage", "check", SHOUNUO_SECRET_KEY="changeme", SHOUNUO_DEMO="1").returncode == 0


def test_deadlines_are_answered_line_by_line(shounuo):
    with (DATA / "deadline-examples.jsonl").open() as lines:
        asked = [next(lines), "{broken\n", next(lines)]
    told = shounuo("deadlines", "--calendars", str(DATA / "deadline-calendars.json"), stdin="".join(asked))
    answers = [json.loads(line) for line in told.stdout.splitlines()]
    assert (told.returncode, len(answers)) == (0, 3)
    assert answers[0]["due"] == json.loads(asked[0])["expect"]["due"]
    assert answers[1]["error"].startswith("line")


def test_calendars_that_cannot_be_read_are_one_line(shounuo):
    told = shounuo("deadlines", "--calendars", __file__)
    assert (told.returncode, told.stderr.count("\n")) == (1, 1)


def test_wrong_usage_has_its_own_exit_code(shounuo):
    assert shounuo("nonsense").returncode == 2


def test_starting_the_command_imports_nothing_heavy():
    heavy = "{'django', 'numpy', 'pandas', 'openpyxl', 'pydantic', 'granian'}"
    code = f"import sys, shounuo.site.cli; print(sorted({heavy} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


def test_the_pages_start_without_numbers_and_spreadsheets():
    heavy = "{'numpy', 'pandas', 'openpyxl', 'playwright', 'hypothesis'}"
    code = f"import sys, shounuo.site.wsgi, shounuo.site.urls; print(sorted({heavy} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
