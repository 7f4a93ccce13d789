"""`shounuo backup` and `restore`: what is refused, and why; sealing; every kind of value."""

import json
import re
import shutil
import sqlite3
from io import BytesIO
from random import Random
from types import SimpleNamespace
from zipfile import ZipFile

import pytest

from shounuo.organisation.refusals import NotPossible
from shounuo.site.backups import snapshot
from shounuo.site.backups.saving import kept_models
from shounuo.site.backups.sealing import PIECE, Sealing, Unsealed, is_sealed
from shounuo.site.backups.values import Column, canonical, columns, for_postgresql, for_sqlite, line, portable
from tests.site.conftest import command_in
from tests.site.test_commands import INIT

KEY = "correct horse battery staple"


@pytest.fixture(scope="module")
def home(tmp_path_factory, tables):
    """A founded installation with a backup of it."""
    folder = tmp_path_factory.mktemp("home")
    run = command_in(folder)
    shutil.copy(tables, folder / "shounuo.sqlite3")
    run(*INIT)
    said = run("backup", str(folder / "plain.zip"))
    assert "没有加密" in said.stderr, said.stderr
    return folder


@pytest.fixture
def there(tmp_path, home):
    """Another machine: an empty database, the same key, and a copy of the backup."""
    shutil.copy(home / "secret_key", tmp_path / "secret_key")
    shutil.copy(home / "plain.zip", tmp_path / "plain.zip")
    return command_in(tmp_path)


def refused(done, said):
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert said in done.stderr


def rewritten(path, change):
    """The archive with one member changed by `change(name, bytes)`."""
    with ZipFile(path) as archive:
        members = {name: change(name, archive.read(name)) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, held in members.items():
            archive.writestr(name, held)


def test_what_was_backed_up_is_restored_and_holds(there, tmp_path):
    done = there("restore", str(tmp_path / "plain.zip"))
    assert done.returncode == 0
    assert "逐行相同" in done.stderr and "SHOUNUO_SECRET_KEY" not in done.stderr
    assert json.loads(there("verify", "--json").stdout)["facts"] == 5
    assert there("work", "--once").returncode == 0


def test_restoring_tells_the_hash_that_the_backup_told(there, tmp_path):
    def told(done):
        return re.search("链末端的总摘要：([0-9a-f]{64})", done.stderr)[1]

    before = told(there("restore", str(tmp_path / "plain.zip")))
    assert told(there("backup", str(tmp_path / "again.zip"))) == before


def test_a_copy_that_finds_no_room_is_told_as_such(tmp_path, monkeypatch):
    class Full:
        def backup(self, _copy):
            raise sqlite3.OperationalError("database or disk is full")

    database = SimpleNamespace(ensure_connection=lambda: None, connection=Full())
    monkeypatch.setattr(snapshot, "connection", database)
    with pytest.raises(OSError, match="database or disk is full"):
        list(snapshot._copied(tmp_path / "copy.sqlite3"))


def test_only_an_empty_database_is_restored_into(there, tmp_path):
    there("migrate", "--quiet")
    assert there("restore", str(tmp_path / "plain.zip"), "--quiet").returncode == 0
    refused(there("restore", str(tmp_path / "plain.zip")), "只能恢复到空的数据库")


def test_another_key_is_told(there, tmp_path):
    (tmp_path / "secret_key").unlink()
    done = there("restore", str(tmp_path / "plain.zip"), "--quiet")
    assert (done.returncode, "SHOUNUO_SECRET_KEY 与做备份时不同" in done.stderr) == (0, True)


def test_another_zone_is_refused(there, tmp_path):
    done = there("restore", str(tmp_path / "plain.zip"), SHOUNUO_TIME_ZONE="Europe/Amsterdam")
    refused(done, "SHOUNUO_TIME_ZONE=Asia/Shanghai")


def test_a_backup_of_a_newer_version_is_refused(there, tmp_path):
    def newer(name, held):
        return held.replace(b'"0001_tables"', b'"9999_unheard_of"') if name == "manifest.json" else held

    rewritten(tmp_path / "plain.zip", newer)
    refused(there("restore", str(tmp_path / "plain.zip")), "更新的版本")


def test_a_file_that_was_cut_is_refused(there, tmp_path):
    whole = (tmp_path / "plain.zip").read_bytes()
    (tmp_path / "plain.zip").write_bytes(whole[: len(whole) // 2])
    refused(there("restore", str(tmp_path / "plain.zip")), "不是完整的备份文件")


def test_a_row_that_was_changed_is_refused_and_nothing_is_kept(there, tmp_path):
    rewritten(tmp_path / "plain.zip", lambda _name, held: held.replace("青溪市".encode(), "红溪市".encode()))
    refused(there("restore", str(tmp_path / "plain.zip"), "--quiet"), "organisation_unit 与清单不符")
    assert json.loads(there("verify", "--json").stdout)["facts"] == 0


def test_a_record_whose_end_was_cut_does_not_fit_the_root(there, tmp_path):
    def cut(name, held):
        if name == "tables/ledger_fact.jsonl":
            return b"".join(held.splitlines(keepends=True)[:-1])
        return held

    rewritten(tmp_path / "plain.zip", cut)
    refused(there("restore", str(tmp_path / "plain.zip")), "ledger_fact 与清单不符")


def test_a_backup_of_a_damaged_record_is_only_restored_on_demand(home, there, tmp_path):
    shutil.copy(home / "shounuo.sqlite3", tmp_path / "damaged.sqlite3")
    with sqlite3.connect(tmp_path / "damaged.sqlite3") as database:
        database.execute("DROP TRIGGER ledger_fact_no_update")
        database.execute("UPDATE ledger_fact SET actor = 'x' WHERE seq = 2")
    made = there("backup", str(tmp_path / "d.zip"), SHOUNUO_DATABASE_URL=str(tmp_path / "damaged.sqlite3"))
    assert made.returncode == 0
    refused(there("restore", str(tmp_path / "d.zip"), "--quiet"), "--damaged-too")
    assert there("restore", str(tmp_path / "d.zip"), "--quiet", "--damaged-too").returncode == 0
    assert json.loads(there("verify", "--json").stdout)["fault"]["seq"] == 2


def test_a_backup_never_writes_over_a_file_and_leaves_no_parts(home):
    refused(command_in(home)("backup", str(home / "plain.zip")), "已经存在")
    assert [path.name for path in home.iterdir() if path.name.startswith(".")] == []
    assert (home / "plain.zip").stat().st_mode & 0o077 == 0


def test_a_sealed_backup_is_opened_by_its_key_only(home, there, tmp_path):
    pytest.importorskip("cryptography")
    sealed = str(tmp_path / "sealed")
    assert "加密" in command_in(home)("backup", sealed, SHOUNUO_BACKUP_KEY=KEY).stderr
    assert b"ledger_fact" not in (tmp_path / "sealed").read_bytes()
    refused(there("restore", sealed), "SHOUNUO_BACKUP_KEY")
    refused(there("restore", sealed, SHOUNUO_BACKUP_KEY=KEY + "!"), "密钥不对")
    assert there("restore", sealed, "--quiet", SHOUNUO_BACKUP_KEY=KEY).returncode == 0


def sealed(plain, key=KEY):
    out = BytesIO()
    sealing = Sealing(out, key)
    for first in range(0, len(plain), 50_000):
        sealing.write(plain[first : first + 50_000])
    sealing.finish()
    return out.getvalue()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5])
def test_what_was_sealed_is_read_at_any_place(size):
    pytest.importorskip("cryptography")
    plain = Random(size).randbytes(size)
    file = BytesIO(sealed(plain))
    assert is_sealed(file)
    opened = Unsealed(file, KEY)
    for place in (0, size // 2, max(0, size - 1), PIECE, 0):
        opened.seek(place)
        assert opened.read() == plain[place:]


def exchanged(held):
    first, second = 32, 32 + PIECE + 16
    return (
        held[:first] + held[second : second + PIECE + 16] + held[first:second] + held[second + PIECE + 16 :]
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda b: b[:-1],
        lambda b: b[: 32 + PIECE + 16],
        lambda b: b[:100] + bytes([b[100] ^ 1]) + b[101:],
        exchanged,
    ],
    ids=["end cut", "pieces cut", "one bit", "pieces exchanged"],
)
def test_a_sealed_file_that_was_changed_anywhere_is_not_read(spoil):
    pytest.importorskip("cryptography")
    with pytest.raises(NotPossible):
        Unsealed(BytesIO(spoil(sealed(bytes(3 * PIECE)))), KEY).read()


def test_every_table_of_the_product_can_be_kept():
    assert len(kept_models()) > 20
    for model in kept_models():
        held = dict(columns(model))
        assert held[model._meta.pk.column] in ("number", "uuid")  # texts are not in the same order everywhere


def test_who_is_signed_in_is_not_kept():
    assert not {"django_session", "organisation_signedin"} & {model._meta.db_table for model in kept_models()}


def test_a_row_comes_back_as_the_database_had_it():
    held = [
        Column("a", "moment"),
        Column("b", "boolean"),
        Column("c", "json"),
        Column("d", "bytes"),
        Column("e", "text"),
    ]
    row = ["2026-11-11T02:00:00.000000Z", True, {"b": [1, "柳"], "a": None}, "00ff", None]
    assert for_sqlite("t", held, row) == ["2026-11-11 02:00:00", 1, json.dumps(row[2]), b"\x00\xff", None]
    assert for_sqlite("ledger_fact", held, row)[2] == '{"a":null,"b":[1,"柳"]}'
    assert for_postgresql(held, row)["d"] == "\\x00ff"
    assert json.loads(line(row)) == row and canonical(row).index(b'"a":') < canonical(row).index(b'"b":')


def test_the_columns_of_a_table_are_read_through_the_orm(cast):
    model = next(one for one in kept_models() if one._meta.db_table == "organisation_unit")
    held = columns(model)
    attributes = [field.attname for field in model._meta.concrete_fields]
    rows = list(portable(held, model.objects.order_by("pk").values_list(*attributes)))
    assert rows[0][[column.name for column in held].index("name_zh")] == "青溪市质量服务中心"
