"""Settings that cannot be read, or that would leave people before a closed door: one sentence each."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from pydantic import ValidationError

from shounuo.organisation.roles import ROLES
from shounuo.site import channels
from shounuo.site.checks import exposed, misspelt, unknown_organisation
from shounuo.site.config import Config, weak
from shounuo.site.setting_values import SAID, sentences
from tests.site.test_startup import GOOD, KEY

UNREADABLE = [
    ("time_zone", "Asia/Peking"),
    ("time_zone", "../etc"),
    ("log_level", "LOUD"),
    ("database_url", "mysql://a:geheim@c/d"),
    ("database_url", "postgresql:/shounuo"),
    ("database_url", "postgresql://u:ge@heim@db.example/d"),
    ("database_url", "postgresql://u:ge%heim@db.example/d"),
    ("mail", "mail.example:25"),
    ("mail", "smtp://u:geheim@"),
    ("mail", "smtp://mail.example:no"),
    ("sms", "our_gateway"),
    ("address", "promises.example"),
    ("https", "maybe"),
    ("intake_per_address", "-1"),
    ("intake_per_address", "many"),
]


@pytest.mark.parametrize(("name", "value"), UNREADABLE)
def test_a_value_that_cannot_be_read_is_named_in_one_sentence_without_a_password(name, value):
    with pytest.raises(ValidationError) as refused:
        Config(**{name: value})
    (said,) = sentences(refused.value, "zh")
    assert said.startswith(f"SHOUNUO_{name.upper()} ")
    assert "heim" not in said and "%(" not in said and "%%" not in said


@pytest.mark.parametrize("kind", SAID)
def test_every_sentence_about_a_value_can_be_filled_in(kind):
    assert SAID[kind] % {"name": "SHOUNUO_X", "value": "y"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("database_url", "var/a.sqlite3"),
        ("database_url", "sqlite:////var/a.sqlite3"),
        ("database_url", "postgresql:///shounuo"),
        ("mail", "smtp+starttls://u:p%40ss@mail.example:587"),
        ("sms", "our_gateway.sms:Gateway"),
        ("address", "http://127.0.0.1:8000"),
        ("time_zone", "Europe/Amsterdam"),
        ("log_level", "WARNING"),
    ],
)
def test_values_as_the_guide_shows_them_are_read(name, value):
    assert getattr(Config(**{name: value}), name) == value


def test_a_level_may_be_typed_small_and_an_address_with_a_slash():
    assert (Config(log_level="info").log_level, Config(address="https://a.example/").address) == (
        "INFO", "https://a.example",
    )  # fmt: skip


@pytest.mark.parametrize("language", ["zh_CN.UTF-8", "C.UTF-8"])
def test_every_command_tells_it_in_one_line(installed, language):
    refused = installed("check", LC_ALL=language, SHOUNUO_TIME_ZONE="Asia/Peking", SHOUNUO_LOG_LEVEL="LOUD")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "SHOUNUO_TIME_ZONE" in refused.stderr and "SHOUNUO_LOG_LEVEL" in refused.stderr


@pytest.mark.parametrize(
    "hosts", ["https://promises.example", "promises.example:443", "promises.example/", "承诺.cn"]
)
def test_a_host_that_no_request_can_have_is_refused(hosts):
    assert (
        f" {hosts} 不是域名" in exposed(Config(**GOOD | {"allowed_hosts": hosts, "trusted_origins": ""}))[0]
    )


@pytest.mark.parametrize(
    "hosts", ["promises.example", ".example", "a.example,promises.example", "[::1],promises.example"]
)
def test_hosts_as_django_knows_them_are_taken(hosts):
    assert exposed(Config(**GOOD | {"allowed_hosts": hosts})) == []


@pytest.mark.parametrize("origins", ["https://promises.example", ""])
def test_https_without_a_name_is_refused(origins):
    named = GOOD | {"allowed_hosts": Config.model_fields["allowed_hosts"].default, "trusted_origins": origins}
    (said,) = exposed(Config(**named))
    assert said.startswith("SHOUNUO_ALLOWED_HOSTS 里没有")


def test_an_origin_with_a_slash_at_its_end_is_refused():
    assert "多了斜线" in exposed(Config(**GOOD | {"trusted_origins": "https://promises.example/"}))[0]


@pytest.mark.parametrize("rest", ["    # python3 -c 'import secrets'", "…"])
def test_a_sample_that_was_left_as_it_is_is_no_secret(rest):
    assert weak(KEY + rest)
    assert "说明书" in exposed(Config(**GOOD | {"backup_key": KEY + rest}))[0]


def test_a_role_that_nobody_has_is_refused_where_codes_are_asked_for():
    assert exposed(Config(**GOOD | {"code_roles": "administrator"})) == []
    (said,) = exposed(Config(**GOOD | {"code_roles": "administrator,admin"}))
    assert " admin " in said and all(role in said for role in ROLES)


def test_a_misspelt_setting_is_named_with_what_was_meant(installed):
    assert (
        misspelt({"SHOUNUO_HTTPS": "1", "SHOUNUO_SITE": "x", "SHOUNUO_INIT_PASSWORD": "y", "PATH": "z"}) == []
    )
    told = installed("check", SHOUNUO_ALOWED_HOSTS="x.example")
    assert (told.returncode, "SHOUNUO_ALLOWED_HOSTS？" in told.stdout) == (1, True)


def test_an_organisation_that_is_not_there_is_named(db):
    assert unknown_organisation(Config()) == []
    assert "nosuch" in unknown_organisation(Config(organisation="nosuch"))[0]


@pytest.mark.parametrize("said", ["no.such:Thing", "os:nothing", "json:dumps"])
def test_a_carrier_that_cannot_be_used_is_named_before_work_begins(monkeypatch, said):
    monkeypatch.setattr(channels, "config", lambda: Config(sms=said))
    with pytest.raises(ImproperlyConfigured, match=f"SHOUNUO_SMS 写的 {said}"):
        channels.assert_carriers()


def test_a_database_file_that_cannot_be_opened_is_named(shounuo, tmp_path):
    (tmp_path / "folder").mkdir()
    refused = shounuo("migrate", SHOUNUO_DATABASE_URL=str(tmp_path / "folder"))
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert str(tmp_path / "folder") in refused.stderr
