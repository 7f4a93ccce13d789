"""A backup made while matters come in, restored into an empty database: nothing is half there, every row is the same."""

import json
import time
from zipfile import ZipFile

import pytest

from tests.faults.clerks import CLERKS, Clerk, at_work, everything

pytestmark = [pytest.mark.faults, pytest.mark.database]
SAME = ("tables", "record", "migrations")


def manifest(path):
    with ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))


def backed_up_under_load(tortured, path):
    """What was acknowledged before the backup began; clerks register before it, during it, and after it."""
    child, site = tortured.serve()
    clerks = [Clerk(name) for name in CLERKS]
    threads = at_work(clerks, site)
    time.sleep(0.5)
    _sent, before = everything(clerks)
    before = dict(before)
    done = tortured.run("backup", str(path))
    assert done.returncode == 0, done.stderr
    after = everything(clerks)[1]
    tortured.kill(child)
    for thread in threads:
        thread.join()
    return before, after


def facts(tortured):
    """Every fact by its id, as the database gives its columns."""
    columns = "id, stream, seq, kind, at, recorded_at, actor, data, corrects, marks, prev, hash"
    return {row[0]: row for row in tortured.rows(f"SELECT {columns} FROM ledger_fact")}


def same_again(first, second):
    """Whether the manifests of a backup, and of a backup of what was restored from it, tell of the same rows."""
    renumbered = ("ledger_fact", "ledger_cursor") if first["record"]["newest_txid"] else ()
    for one in (first, second):
        one["tables"] = [table for table in one["tables"] if table["name"] not in renumbered]
        one["record"]["newest_txid"] = 0
    return {name: first[name] for name in SAME} == {name: second[name] for name in SAME}


def test_a_backup_under_load_is_restored_row_by_row(tortured, empty, tmp_path):
    before, after = backed_up_under_load(tortured, tmp_path / "first.zip")
    assert 0 < len(before) < len(after)
    restored = empty.run("restore", str(tmp_path / "first.zip"))
    assert restored.returncode == 0, restored.stderr
    told = empty.inside("told")
    assert (told["fault"], told["differences"]) == ("", [])
    assert {key: {told["numbers"][key]} for key in before} == before
    source, there = facts(tortured), facts(empty)
    assert {number: source[number] for number in there} == there
    assert len(there) < len(source)
    assert empty.run("backup", str(tmp_path / "second.zip"), "--quiet").returncode == 0
    assert same_again(manifest(tmp_path / "first.zip"), manifest(tmp_path / "second.zip"))


def test_work_goes_on_after_a_restore(tortured, empty, tmp_path):
    tortured.inside("stock", "5")
    assert tortured.run("backup", str(tmp_path / "one.zip"), "--quiet").returncode == 0
    assert empty.run("restore", str(tmp_path / "one.zip"), "--quiet").returncode == 0
    assert empty.start("work", "--once").wait() == 0
    child, site = empty.serve()
    clerk = Clerk("zhou")
    assert clerk.register(site, clerk.sign_in(site), "after") == 302
    empty.kill(child)
    told = empty.inside("told")
    assert (told["raised"] > 0, told["missing"], told["fault"], told["differences"]) == (True, 0, "", [])
