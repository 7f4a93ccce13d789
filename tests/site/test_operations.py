"""docs/operations.md says what there is, and names nothing that is not there."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from shounuo.site.cli import app
from shounuo.site.config import Config
from shounuo.site.watching import health

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
COMMANDS = get_command(app).commands
BESIDES = {"SHOUNUO_INIT_PASSWORD"}  # an option of `shounuo init`


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_named(name):
    assert re.search(rf"`shounuo {name}[` ]", GUIDE)


def test_every_command_that_is_named_exists_with_its_options():
    for name, rest in re.findall(
        r"(?:`|bin/)shounuo ([a-z]+)((?: [^\s`'|]+)*)", re.sub(r"\]\([^)]*\)", "", GUIDE)
    ):
        assert name in COMMANDS, name
        known = {option for one in COMMANDS[name].params for option in one.opts}
        for option in re.findall(r"--[a-z-]+", rest):
            assert option in known or getattr(COMMANDS[name], "commands", None), (name, option)


def test_every_setting_that_is_named_exists_and_the_other_way_round():
    there = {f"SHOUNUO_{name.upper()}" for name in Config.model_fields}
    assert set(re.findall(r"SHOUNUO_[A-Z_]*[A-Z]", GUIDE)) == there | BESIDES


@pytest.mark.parametrize("name", Config.model_fields)
def test_the_default_of_a_setting_is_the_real_one(name):
    default = Config.model_fields[name].default
    shown = re.search(rf"^\| `SHOUNUO_{name.upper()}` \| `([^`]*)` \|", GUIDE, re.MULTILINE)
    assert shown and shown[1].strip() == str(default)


def test_every_look_at_the_service_s_health_is_explained():
    rows = re.findall(r"^\| (\w+) \| `.*\| (must not serve|serves; alert) \|$", GUIDE, re.MULTILINE)
    assert rows == [(look.name, "must not serve" if look.grave else "serves; alert") for look in health.LOOKS]


def test_what_a_look_may_answer_is_explained():
    said = re.findall(
        r'"([a-z_]+)"', Path(health.__file__).read_text(encoding="utf-8").partition("def database")[2]
    )
    codes = set(said) - {look.name for look in health.LOOKS} - {"ok", "postgresql", "last_at", "never"}
    assert {code for code in codes if f"`{code}`" not in GUIDE} == set()
    assert len(codes) > 5


def test_figures_that_are_named_exist():
    source = Path(health.__file__).with_name("metrics.py").read_text(encoding="utf-8")
    for name in re.findall(r"`?shounuo_([a-z_]+)", GUIDE):
        assert f'"{name.removesuffix("_count")}"' in source, name
