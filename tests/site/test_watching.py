"""Health pages and figures: right when all is well, and each thing that can be wrong is told."""

import os
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from shounuo.commitments.models import SweepMark
from shounuo.outbox.actions import enqueue
from shounuo.outbox.models import Message
from shounuo.site import views
from shounuo.site.config import Config
from shounuo.site.watching import health
from shounuo.site.watching.counting import Counter, total
from shounuo.site.watching.metrics import text
from tests.conftest import drop_triggers

SAMPLE = re.compile(r'shounuo_[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?(\d+(\.\d+)?|nan)')


@pytest.fixture
def at(db):
    """Now, with a sweep a moment ago."""
    moment = timezone.now()
    SweepMark.objects.create(name="sweep", last_at=moment - timedelta(seconds=3))
    return moment


def swept(moment):
    SweepMark.objects.update(last_at=moment)


def test_all_is_well(client, at):
    told = client.get("/health/ready")
    assert (told.status_code, told.json()["ready"]) == (200, True)
    assert set(told.json()["looks"].values()) == {"ok"}


def test_a_process_that_runs_is_alive_whatever_the_database_does(client):
    assert client.get("/health/live").content == b"ok\n"  # pytest refuses this test any database


@pytest.mark.parametrize(("ago", "said", "ready"), [(3, "late", True), (-4, "ok", True), (-6, "ok", False)])
def test_a_sweep_that_is_late_and_a_clock_set_back(at, ago, said, ready):
    swept(at - timedelta(minutes=ago))
    told = health.examine(at)
    assert (told.looks["sweep"], told.ready) == (said, ready)
    assert (told.looks["clock"] == "ok") == ready


def test_a_service_whose_worker_never_ran_says_so(db):
    assert health.examine(timezone.now()).looks["sweep"] == "never"


@pytest.mark.parametrize(
    ("minutes", "parked", "said"), [(5, False, "ok"), (20, False, "late"), (5, True, "parked")]
)
def test_messages_that_stay_are_told(at, minutes, parked, said):
    enqueue("k", "mail", {}, at - timedelta(minutes=minutes))
    if parked:
        Message.objects.update(parked_at=at)
    assert health.examine(at).looks["outbox"] == said


def test_a_disk_that_runs_full_is_told_and_the_node_still_serves(at, monkeypatch):
    monkeypatch.setattr(health, "disk_usage", lambda _folder: SimpleNamespace(free=health.LEAST_ROOM - 1))
    told = health.examine(at)
    assert (told.looks["disk"], told.ready) == ("low", True)


def test_a_record_without_its_triggers_is_not_served(client, at):
    drop_triggers()
    told = client.get("/health/ready")
    assert (told.status_code, told.json()["looks"]["record"]) == (503, "triggers_missing")


def test_tables_of_an_older_version_are_not_served(at):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'portal'")
    told = health.examine(at)
    assert (told.ready, told.looks["migrations"]) == (False, "waiting")


def test_a_database_that_does_not_answer_is_told_and_nothing_else_is_asked(at, monkeypatch):
    def gone(_at):
        raise OSError

    monkeypatch.setattr(health, "LOOKS", (health.Look("database", gone, True), *health.LOOKS[1:]))
    assert health.examine(at) == health.Health(False, {"database": "no_answer"})


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Via"])
def test_what_comes_through_a_proxy_gets_no_details_and_no_figures(client, at, header):
    assert client.get("/health/ready", headers={header: "192.0.2.7"}).json() == {"ready": True}
    assert client.get("/metrics", headers={header: "192.0.2.7"}).status_code == 404


def test_other_machines_get_no_figures(client, at):
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="").status_code == 404


def test_whoever_has_the_token_gets_figures_and_nobody_else(client, at, monkeypatch):
    monkeypatch.setattr(views, "config", lambda: Config(metrics_token="t" * 20))
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    given = {"Authorization": f"Bearer {'t' * 20}", "X-Forwarded-For": "192.0.2.7"}
    assert client.get("/metrics", headers=given).status_code == 200


def test_figures_are_in_the_form_that_prometheus_reads(at, tmp_path):
    Counter(tmp_path).count(200, 0.04)
    lines = text(at, tmp_path).splitlines()
    samples = [line for line in lines if not line.startswith("#")]
    assert [line for line in samples if not SAMPLE.fullmatch(line)] == []
    assert 'shounuo_request_seconds_bucket{status="2xx",le="0.025"} 0' in lines
    assert 'shounuo_request_seconds_bucket{status="2xx",le="0.05"} 1' in lines
    assert "shounuo_sweep_age_seconds 3" in lines


def test_every_figure_is_explained_once(at, tmp_path):
    said = text(at, tmp_path)
    explained = re.findall(r"^# HELP (\S+)", said, re.MULTILINE)
    assert len(explained) == len(set(explained)) == said.count("# TYPE ") >= 10


def test_requests_of_all_living_processes_are_added_up(tmp_path):
    for _ in range(3):
        Counter(tmp_path).count(404, 20)
    (tmp_path / "999999999.counts").write_bytes((tmp_path / f"{os.getpid()}.counts").read_bytes())
    counted = total(tmp_path)["4xx"]
    assert (counted.requests, counted.within[-1], counted.seconds) == (1, 0, 20)
    assert not (tmp_path / "999999999.counts").exists()


def test_requests_are_counted_by_status(client, at, monkeypatch, tmp_path):
    monkeypatch.setattr("shounuo.site.middleware.counter", Counter(tmp_path))
    client.get("/sign-in/")
    client.get("/no-such-page/")
    counted = total(tmp_path)
    assert (counted["2xx"].requests, counted["4xx"].requests, counted["5xx"].requests) == (1, 1, 0)
