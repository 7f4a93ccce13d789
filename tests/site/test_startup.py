"""Nothing serves or works on a database that is weaker than the record needs."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from shounuo.site.checks import (
    assert_listens_safely,
    assert_safe,
    database_is_safe,
    exposed,
    network_share,
    not_migrated,
    weak_settings,
)
from shounuo.site.config import Config, kept_key, listed, postgresql, sqlite, weak

SQLITE_WEAKER = {
    "synchronous": "PRAGMA synchronous=NORMAL",
    "foreign_keys": "PRAGMA foreign_keys=OFF",
    "recursive_triggers": "PRAGMA recursive_triggers=OFF",
    "busy_timeout": "PRAGMA busy_timeout=5000",
}


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def file_database(db, tmp_path):
    """A connection to a SQLite file with the product's own settings."""
    from django.db.utils import ConnectionHandler

    connections = ConnectionHandler({"default": sqlite(str(tmp_path / "a.sqlite3"))})
    yield connections["default"]
    connections["default"].close()


def test_the_test_database_is_safe(db):
    assert weak_settings(connection) + not_migrated(connection) == []
    assert database_is_safe(["default"]) == []


def test_a_new_sqlite_file_has_every_safe_setting(file_database):
    assert weak_settings(file_database) == []
    assert not_migrated(file_database) == ["数据库里没有表：请运行 `shounuo migrate`"]


@pytest.mark.parametrize("pragma", SQLITE_WEAKER)
def test_a_weaker_sqlite_setting_is_named(file_database, pragma):
    with file_database.cursor() as cursor:
        cursor.execute(SQLITE_WEAKER[pragma])
    assert pragma in weak_settings(file_database)[0]


def test_another_journal_than_the_wal_is_named(file_database):
    with file_database.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=DELETE")
    assert weak_settings(file_database)[0].startswith("SQLite 的 journal_mode 是 delete，应为 wal")


def test_transactions_that_begin_deferred_are_named(file_database):
    del file_database.settings_dict["OPTIONS"]["transaction_mode"]
    assert weak_settings(file_database) == ["SQLite 的事务没有以 IMMEDIATE 开始"]


@pytest.mark.postgresql
def test_asynchronous_commits_are_named(db):
    run("SET LOCAL synchronous_commit = off")
    assert weak_settings(connection)[0].startswith("PostgreSQL 的 synchronous_commit 是 off，应为 on")


@pytest.mark.parametrize(("mounted", "told"), [("ext4", ""), ("nfs4", "nfs4"), ("cifs", "cifs")])
def test_a_sqlite_file_on_a_network_share_is_named(tmp_path, mounted, told):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"disk / ext4 rw 0 0\nkeeper:/x {tmp_path.resolve()} {mounted} rw 0 0\n")
    assert network_share(tmp_path, mounts) == told
    assert network_share(tmp_path.parent, mounts) == ""


def test_missing_triggers_keep_the_service_from_starting(no_triggers):
    with pytest.raises(
        ImproperlyConfigured, match="缺少触发器 ledger_fact_no_update：请运行 `shounuo migrate`"
    ):
        assert_safe(connection)


@pytest.mark.parametrize("key", ["", "short", "a" * 80, "django-insecure-" + "abcdefgh" * 9])
def test_a_key_that_can_be_guessed_is_weak(key):
    assert weak(key)


KEY = "dN3x" * 20 + "q"
GOOD = {"secret_key": KEY, "https": True, "allowed_hosts": "promises.example", "var": "unused",
        "trusted_origins": "https://promises.example", "backup_key": "r" * 20}  # fmt: skip


def test_a_service_behind_an_https_proxy_is_not_exposed():
    assert exposed(Config(**GOOD)) == []


def test_one_machine_without_any_setting_is_not_exposed(tmp_path):
    assert exposed(Config(var=tmp_path)) == []


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"secret_key": "changeme"}, "SHOUNUO_SECRET_KEY"),
        ({"debug": True}, "SHOUNUO_DEBUG"),
        ({"allowed_hosts": "*"}, "SHOUNUO_ALLOWED_HOSTS"),
        ({"trusted_origins": "http://promises.example"}, "SHOUNUO_TRUSTED_ORIGINS"),
        ({"https": False, "trusted_origins": ""}, "SHOUNUO_HTTPS"),
        ({"https": False, "allowed_hosts": "localhost"}, "SHOUNUO_HTTPS"),
        ({"metrics_token": "short"}, "SHOUNUO_METRICS_TOKEN"),
        ({"backup_key": "short"}, "SHOUNUO_BACKUP_KEY"),
    ],
)
def test_a_weak_setting_is_named_except_in_a_demonstration(changed, named):
    found = exposed(Config(**GOOD | changed))
    assert [named in sentence for sentence in found] == [True]
    assert exposed(Config(**GOOD | changed, demo=True)) == []


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "promises.example"])
def test_pages_are_not_served_to_other_machines_in_the_clear(host, monkeypatch, tmp_path):
    monkeypatch.setattr("shounuo.site.checks.config", lambda: Config(var=tmp_path))
    with pytest.raises(ImproperlyConfigured, match="SHOUNUO_HTTPS=1"):
        assert_listens_safely(host)
    monkeypatch.setattr("shounuo.site.checks.config", lambda: Config(var=tmp_path, https=True))
    assert_listens_safely(host)


def test_behind_https_nothing_is_answered_to_a_request_that_did_not_come_by_it(client, db, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    refused = client.get("/sign-in/")
    assert (refused.status_code, "X-Forwarded-Proto: https" in refused.text) == (403, True)
    assert client.get("/sign-in/", headers={"X-Forwarded-Proto": "https"}).status_code == 200


def test_a_key_is_made_once_and_nobody_else_can_read_it(tmp_path):
    path = tmp_path / "var" / "secret_key"
    key = kept_key(path)
    assert kept_key(path) == key
    assert not weak(key)
    assert path.stat().st_mode & 0o077 == 0
    assert [one.name for one in path.parent.iterdir()] == ["secret_key"]


def test_the_environment_decides(monkeypatch, tmp_path):
    monkeypatch.setenv("SHOUNUO_DATABASE_URL", f"sqlite:///{tmp_path}/b.sqlite3")
    monkeypatch.setenv("SHOUNUO_DEMO", "1")
    found = Config()
    assert found.demo
    assert found.database()["NAME"] == f"{tmp_path}/b.sqlite3"


def test_a_postgresql_cluster_with_several_hosts_is_understood():
    database = postgresql("postgresql://u:p%40ss@one:5433,two:5434/record?target_session_attrs=read-write")
    assert (database["HOST"], database["PORT"], database["PASSWORD"]) == ("one,two", "5433,5434", "p@ss")
    assert database["OPTIONS"] == {
        "target_session_attrs": "read-write",
        "options": "-c parallel_setup_cost=20000  -c synchronous_commit=on",
    }


def test_blanks_in_a_list_do_not_matter():
    assert listed(" a.example , ,b.example") == ["a.example", "b.example"]


def test_every_answer_tells_the_browser_to_run_only_our_files(client, db):
    policy = client.get("/sign-in/").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe-eval" not in policy
    assert "style-src 'self';" in policy
