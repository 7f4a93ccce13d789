"""What a backup says of itself: versions, counts, digests, and one hash over the heads of all chains."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import connections
from django.utils.crypto import salted_hmac
from pydantic import BaseModel, ConfigDict

FORMAT = 1
NAME = "manifest.json"
HEADS = """SELECT fact.stream, fact.seq, fact.hash FROM ledger_fact AS fact
JOIN (SELECT stream, max(seq) AS seq FROM ledger_fact GROUP BY stream) AS newest
ON newest.stream = fact.stream AND newest.seq = fact.seq ORDER BY fact.stream"""


class Strict(BaseModel):
    """A part of the manifest; unknown keys mean another format."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Table(Strict):
    """One table: its columns as (name, what it holds), how many rows, SHA-256 over them in order of their key."""

    name: str
    model: str
    columns: tuple[tuple[str, str], ...]
    rows: int
    digest: str


class Record(Strict):
    """The record at the moment of the backup; `root` is a hash over the heads of all chains."""

    facts: int
    streams: int
    root: str
    newest_txid: int


class Manifest(Strict):
    """The whole; `key` tells whether an installation has the same secret key, without telling the key."""

    format: int
    made_at: datetime
    product: str
    database: str
    time_zone: str
    key: str
    migrations: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    record: Record

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables)


def key_mark() -> str:
    """Says nothing about the key, but two installations with the same one have the same."""
    return salted_hmac("shounuo.backup", "key", algorithm="sha256").hexdigest()[:32]


def record_of(alias: str, facts: int) -> Record:
    """The heads of all chains in one hash, each as `stream seq hash` on a line, in order of the streams."""
    root, streams = hashlib.sha256(), 0
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT coalesce(max(txid), 0) FROM ledger_fact")
        newest_fact = cursor.fetchone()[0]
        cursor.execute("SELECT coalesce(max(txid), 0) FROM ledger_cursor")
        newest = max(newest_fact, cursor.fetchone()[0])
    with connections[alias].chunked_cursor() as cursor:
        cursor.execute(HEADS)
        while rows := cursor.fetchmany(2000):
            streams += len(rows)
            for stream, seq, head in rows:
                root.update(f"{_hex(stream)} {seq} {head}\n".encode())
    return Record(facts=facts, streams=streams, root=root.hexdigest(), newest_txid=newest)


def _hex(stream: Any) -> str:
    return str(stream).replace("-", "")
