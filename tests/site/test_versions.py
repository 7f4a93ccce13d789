"""Tables of another version: nothing serves, works, saves or migrates on a newer one's, and it is said what to do."""

import sqlite3

import pytest

from shounuo.site.versions import NEWER, WAITING, compared


@pytest.fixture
def database(installed, tmp_path):
    """Runs a statement on the installation's database."""

    def run(statement):
        with sqlite3.connect(tmp_path / "shounuo.sqlite3") as connection:
            connection.execute(statement)

    return run


@pytest.fixture
def newer(database):
    database(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '9999_later', '2030-01-01')"
    )


@pytest.mark.parametrize(
    "words", [["serve", "--port", "1"], ["work", "--once"], ["backup", "-"], ["migrate"]]
)
def test_on_a_newer_version_s_tables_nothing_is_done(installed, newer, words):
    refused = installed(*words)
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert "数据库已由更新的版本升级过" in refused.stderr


def test_check_says_that_the_tables_are_a_newer_version_s(installed, newer):
    told = installed("check")
    assert told.returncode == 1 and told.stdout.startswith("数据库已由更新的版本升级过")


@pytest.mark.parametrize("words", [["serve", "--port", "1"], ["work", "--once"], ["backup", "-"]])
def test_tables_of_an_older_version_wait_for_migrate(installed, database, words):
    database("DELETE FROM django_migrations WHERE app = 'portal' AND name = '0002_sendings'")
    refused = installed(*words)
    assert refused.returncode == 1 and "请先运行 `shounuo migrate`" in refused.stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE django_migrations SET name = name", ""),
        ("DELETE FROM django_migrations WHERE app = 'portal'", WAITING),
        ("UPDATE django_migrations SET name = '9999_later' WHERE app = 'portal'", NEWER),
    ],
)
def test_tables_are_compared_with_what_this_version_knows(db, change, said):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(change)
    assert compared(connection) == said
