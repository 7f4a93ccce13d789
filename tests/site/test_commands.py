"""The `shounuo` command as somebody types it: its own process, its own database."""

import json
import re
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parent.parent / "data"


INIT = ("init", "--code", "qingxi", "--name", "青溪市质量服务中心", "--administrator", "wu")


def test_a_new_installation_is_founded_and_verified(shounuo):
    assert shounuo("migrate", "--quiet").returncode == 0
    assert shounuo(*INIT).returncode == 0
    told = json.loads(shounuo("verify", "--json").stdout)
    assert told == {"facts": 5, "streams": 1, "fault": None}
    assert shounuo("check").stdout == "设置和数据库合格，各张表与记录一致\n"


@pytest.mark.parametrize(
    ("language", "said"), [("zh_CN.UTF-8", "密码至少要有 10 个字符。"), ("C.UTF-8", "at least 10 characters")]
)
def test_a_weak_first_password_is_refused_in_the_language_of_the_terminal(installed, language, said):
    refused = installed(*INIT, LC_ALL=language, SHOUNUO_INIT_PASSWORD="ab3!")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert said in refused.stderr


def test_a_refusal_is_one_line_and_exit_code_1(installed):
    installed(*INIT)
    again = installed(*INIT)
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    assert again.stderr.startswith("shounuo: ")
    assert "qingxi" in again.stderr


def test_tampering_is_told_by_the_exit_code(installed, tmp_path):
    installed(*INIT)
    with sqlite3.connect(tmp_path / "shounuo.sqlite3") as database:
        database.execute("DROP TRIGGER ledger_fact_no_update")
        database.execute("UPDATE ledger_fact SET actor = 'x' WHERE seq = 2")
    told = installed("verify")
    assert told.returncode == 1
    assert re.search(
        "单位“青溪市质量服务中心”（链 [0-9a-f-]{36}）的第 2 条记录：它的内容与当时记下的不符", told.stderr
    )


def test_a_damaged_matter_is_named_by_its_number(shounuo, tmp_path):
    shounuo("demo", "--no-serve", "--most", "1", SHOUNUO_DATABASE_URL=str(tmp_path / "a.sqlite3"))
    with sqlite3.connect(tmp_path / "a.sqlite3") as database:
        database.execute("DROP TRIGGER ledger_fact_no_update")
        stream, number = database.execute("SELECT stream, id FROM cases_case WHERE marks = 'demo'").fetchone()
        database.execute("UPDATE ledger_fact SET actor = 'x' WHERE seq = 1 AND stream = ?", [stream])
    told = json.loads(shounuo("verify", "--json", SHOUNUO_DATABASE_URL=str(tmp_path / "a.sqlite3")).stdout)
    assert told["fault"]["what"] == "hash"
    assert told["fault"]["of"].startswith("事项 2026-") and told["fault"]["of"].endswith(f"{number:06d}")


def test_work_refuses_without_triggers_and_migrate_puts_them_back(installed, tmp_path):
    with sqlite3.connect(tmp_path / "shounuo.sqlite3") as database:
        database.execute("DROP TRIGGER ledger_fact_no_delete")
    refused = installed("work", "--once")
    assert refused.returncode == 1
    assert "缺少触发器 ledger_fact_no_delete：请运行 `shounuo migrate`" in refused.stderr
    installed("migrate", "--quiet")
    assert installed("work", "--once").returncode == 0


def test_serve_refuses_a_database_without_tables(shounuo):
    refused = shounuo("serve", "--port", "1")
    assert refused.returncode == 1
    assert refused.stderr == "shounuo: 数据库里没有表：请运行 `shounuo migrate`\n"


def test_serve_refuses_a_port_that_another_listens_on(installed):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = installed("serve", "--port", str(taken.getsockname()[1]))
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "请用 --port 换一个" in refused.stderr


@pytest.mark.parametrize("words", [("verify",), ("check",), ("fulfilment",), INIT])
def test_without_tables_one_line_says_which_database_and_what_to_do(shounuo, tmp_path, words):
    told = shounuo(*words)
    assert (told.returncode, told.stderr.count("\n")) == (1, 1)
    assert f"数据库 {tmp_path}/shounuo.sqlite3 里没有表：`shounuo migrate`" in told.stderr


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
def test_fulfilment_names_the_option_it_cannot_read(installed, options, said):
    told = installed("fulfilment", *options)
    assert (told.returncode, told.stderr) == (1, said)


def test_the_version_is_told(shounuo):
    assert shounuo("--version").stdout.strip().replace(".", "").isdecimal()


@pytest.mark.parametrize("words", [("check",), ("serve", "--port", "1"), ("work", "--once"), INIT])
def test_a_weak_key_is_refused_outside_the_demonstration(shounuo, words):
    refused = shounuo(*words, SHOUNUO_SECRET_KEY="changeme")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "SHOUNUO_SECRET_KEY 太弱" in refused.stderr


def test_django_s_own_check_tells_of_weak_settings_too(shounuo):
    refused = shounuo("manage", "check", SHOUNUO_DEBUG="1")
    assert refused.returncode == 1
    assert "shounuo.E002" in refused.stderr
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


def test_a_page_that_cannot_be_loaded_fails_the_start_and_not_its_reader():
    code = "import sys; sys.modules['shounuo.cases.views.trying'] = None; import shounuo.site.wsgi"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert told.returncode == 1 and "shounuo.cases.views.trying" in told.stderr
