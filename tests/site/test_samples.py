"""The samples of docs/operations.md are whole: what an administrator copies from there works as it stands."""

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path
from textwrap import dedent

import pytest
from typer.main import get_command

from shounuo.regulations.draft_forms import MOST_BYTES
from shounuo.site.checks import exposed
from shounuo.site.cli import app
from shounuo.site.config import Config
from tests.site.test_startup import KEY

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
BLOCKS = [
    (language, dedent(text))
    for language, text in re.findall(r"^ *```(\w*)\n(.*?)^ *```$", GUIDE, re.MULTILINE | re.DOTALL)
]
SHELL = [text for language, text in BLOCKS if language == "sh"]
UNITS = [text for language, text in BLOCKS if language == "ini"]
ENVIRONMENT = next(text for text in SHELL if text.startswith("SHOUNUO_VAR="))
NGINX = next(text for language, text in BLOCKS if language == "nginx")
CADDY = next(text for language, text in BLOCKS if "reverse_proxy" in text)
GUARDED = {"nonewprivileges": "yes", "privatetmp": "yes", "protectsystem": "strict", "protecthome": "yes"}


def settings_of(text):
    """As systemd reads an EnvironmentFile: only whole lines are remarks."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict(line.removeprefix("SHOUNUO_").split("=", 1) for line in lines)


def given(monkeypatch, text):
    for name, value in settings_of(text).items():
        monkeypatch.setenv(f"SHOUNUO_{name}", value)
    return exposed(Config(demo=False))


def unit(text):
    parser = ConfigParser(interpolation=None, strict=False)
    parser.read_string(text)
    return parser


def service(command):
    return next(unit(text)["Service"] for text in UNITS if f"shounuo {command} " in text)


def test_the_environment_is_accepted_once_the_keys_are_filled_in(monkeypatch):
    assert given(monkeypatch, ENVIRONMENT.replace("…", KEY)) == []


def test_keys_left_as_they_are_in_the_sample_are_refused(monkeypatch):
    assert [sentence.split()[0] for sentence in given(monkeypatch, ENVIRONMENT)] == [
        "SHOUNUO_SECRET_KEY", "SHOUNUO_BACKUP_KEY",
    ]  # fmt: skip


@pytest.mark.parametrize("text", SHELL, ids=lambda text: text.split("\n")[0][:40])
def test_shell_samples_can_be_read_by_a_shell(text):
    done = subprocess.run(["sh", "-n"], input=text, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("text", UNITS, ids=lambda text: text.split("\n")[1])
def test_units_say_what_they_are_and_start_commands_that_exist(text):
    told = unit(text)
    assert told["Unit"]["Description"].startswith("ShouNuo ")
    for name in re.findall(r"bin/shounuo (\w+)", text):
        assert name in get_command(app).commands


@pytest.mark.parametrize("command", ["serve", "backup"])
def test_services_may_write_where_they_must_and_nowhere_else(command):
    told = service(command)
    assert GUARDED.items() <= dict(told).items()
    assert settings_of(ENVIRONMENT)["VAR"] in told["ReadWritePaths"].split()
    assert ("/var/backups/shounuo" in told["ReadWritePaths"].split()) == (command == "backup")


def test_a_paper_too_many_does_not_stop_the_service():
    assert service("serve")["OOMPolicy"] == "continue"


@pytest.fixture
def night(tmp_path):
    """The backup unit's two commands in a folder, as systemd would hand them over; `shounuo` only makes the file."""
    (tmp_path / "shounuo").write_text('#!/bin/sh\ntouch "$2"\n')
    (tmp_path / "shounuo").chmod(0o755)

    def command(name):
        said = service("backup")[name].replace("$$", "$").replace("%%", "%")
        return said.replace("/opt/shounuo/.venv/bin", str(tmp_path)).replace(
            "/var/backups/shounuo", str(tmp_path / "kept")
        )

    (tmp_path / "kept").mkdir()
    return command


def test_the_nightly_backup_has_the_date_in_its_name(night, tmp_path):
    words = re.fullmatch(r"/bin/sh -c '(.*)'", night("ExecStart"))[1]
    subprocess.run(["sh", "-c", words], check=True)
    (made,) = (tmp_path / "kept").iterdir()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-\d{6}\.backup", made.name)


@pytest.mark.skipif(not shutil.which("find"), reason="no find")
def test_thirty_nights_are_kept_and_leftovers_go_too(night, tmp_path):
    import os
    import time

    for days in range(40):
        for name in (f"{days:02}.backup", f".{days:02}.part", f"{days:02}.txt"):
            path = tmp_path / "kept" / name
            path.touch()
            os.utime(path, (time.time() - days * 86400 - 60,) * 2)
    subprocess.run([word.strip('"') for word in night("ExecStartPost").split()], check=True)
    left = [path.suffix for path in (tmp_path / "kept").iterdir()]
    assert (left.count(".backup"), left.count(".part"), left.count(".txt")) == (30, 30, 40)


def test_the_timer_names_a_time_of_every_day():
    (timer,) = [unit(text)["Timer"] for text in UNITS if "[Timer]" in text]
    assert re.fullmatch(r"\*-\*-\* \d\d:\d\d", timer["OnCalendar"]) and timer["Persistent"] == "true"


@pytest.mark.parametrize("proxy", [NGINX, CADDY], ids=["nginx", "Caddy"])
def test_proxies_let_the_largest_file_through_and_say_what_the_pages_need(proxy):
    mega = int(re.search(r"(?:client_max_body_size|max_size) (\d+)", proxy)[1])
    assert mega * 1_000_000 > MOST_BYTES
    assert proxy.count("{") == proxy.count("}")
    for word in (
        "promises.example",
        "/metrics",
        "Strict-Transport-Security",
        "127.0.0.1:8000",
        "X-Request-ID",
        "gzip",
    ):
        assert word in proxy
    assert re.search(r"X-Forwarded-For (\$remote_addr|\{remote_host\})", proxy)


def test_nginx_tells_that_it_was_https():
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in NGINX and "proxy_set_header Host $host;" in NGINX
