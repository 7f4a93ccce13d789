"""What the environment may set, read once; every name begins with SHOUNUO_."""

import os
import secrets
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from shounuo.site import setting_values as values

SHORTEST_SECRET = 50

# recursive_triggers: otherwise REPLACE would remove a fact without asking its trigger
SQLITE_AT_CONNECT = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; "
    "PRAGMA busy_timeout=20000;"
)


class Config(BaseSettings):
    """Settings of one installation. Unset values suit one machine with SQLite."""

    model_config = SettingsConfigDict(env_prefix="SHOUNUO_", env_ignore_empty=True)

    var: Path = Field(Path("var"), description="folder for the SQLite file, the generated key and files")
    database_url: str = Field("", description="a SQLite path, sqlite:///path or postgresql://…")
    secret_key: str = Field(
        "", description="at least 50 characters; without it one is kept in the var folder"
    )
    demo: bool = Field(False, description="demonstration mode: sign in by one click, no real data")
    debug: bool = Field(False, description="show tracebacks in the browser; for developers only")
    allowed_hosts: str = Field("127.0.0.1,localhost,[::1]", description="host names, comma between")
    trusted_origins: str = Field("", description="https://… origins behind a proxy, comma between")
    https: bool = Field(False, description="pages are reached by https: cookies travel only there")
    organisation: str = Field(
        "", description="code of the organisation the portal shows; the first public one without it"
    )
    code_roles: str = Field(
        "", description="roles that must sign in with a second factor, comma between; advised: administrator"
    )
    backup_key: str = Field("", description="at least 20 characters; backups are encrypted with it")
    metrics_token: str = Field(
        "",
        description="at least 20 characters; whoever has it may read /metrics; without it only this machine",
    )
    address: str = Field(
        "", description="https://… under which people reach this service; for links in messages"
    )
    mail: str = Field(
        "",
        description="smtp://, smtp+starttls:// or smtps://user:password@host:port, or console; without it no mail",
    )
    mail_from: str = Field("shounuo@localhost", description="the sender's address of mail")
    sms: str = Field("", description="package.module:Class of a sender, or console; without it no SMS")
    wecom: str = Field("", description="package.module:Class of a sender, or console; without it no WeCom")
    intake_per_address: int = Field(
        500, description="matters one internet address may send in 24 hours; 0: no limit", ge=0
    )
    time_zone: str = Field("Asia/Shanghai", description="zone of the calendars")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("secret_key")
    @classmethod
    def key_is_stripped(cls, value: str) -> str:
        """Drop the line end that a key read from a file brings along."""
        return value.strip()

    _zone = field_validator("time_zone")(values.zone)
    _level = field_validator("log_level")(values.level)
    _database = field_validator("database_url")(values.database)
    _mail = field_validator("mail")(values.mail)
    _carrier = field_validator("sms", "wecom")(values.carrier)
    _address = field_validator("address")(values.address)

    @property
    def key_is_shared(self) -> bool:
        """Whether the key was given, so that all nodes have the same one."""
        return bool(self.secret_key)

    def key(self) -> str:
        """The given key, else the one kept in the var folder, made there on the first run."""
        return self.secret_key or kept_key(self.var / "secret_key")

    def channels(self) -> dict[str, str]:
        """Each way out of the house that is configured; in demonstrations mail and SMS only show on the console."""
        given = {"mail": self.mail, "sms": self.sms, "wecom": self.wecom}
        usual = {"mail": "console", "sms": "console"} if self.demo else {}
        return {name: value or usual.get(name, "") for name, value in given.items() if value or name in usual}

    def database(self) -> dict[str, Any]:
        """Django's settings of the one database."""
        if self.database_url.startswith(("postgresql://", "postgres://")):
            return postgresql(self.database_url)
        return sqlite(self.database_url or str(self.var / "shounuo.sqlite3"))


def listed(text: str) -> list[str]:
    """The parts of a comma-separated text, without blanks."""
    return [part.strip() for part in text.split(",") if part.strip()]


def weak(key: str) -> bool:
    """Whether a secret key can be guessed: short, of few different characters, or a guide's sample left as it was."""
    return len(key) < SHORTEST_SECRET or len(set(key)) < 5 or sample(key)


def sample(value: str) -> bool:
    """Whether a secret is what a guide printed: a gap to fill in, or a remark that stayed behind the value."""
    return value.startswith("django-insecure-") or "…" in value or " #" in value


def kept_key(path: Path) -> str:
    """The key in `path`, made on the first run; two processes starting together get the same one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first: its key counts
        finally:
            draft.unlink()
    return path.read_text().strip()


def sqlite(url: str) -> dict[str, Any]:
    """SQLite that keeps what it acknowledged through a power cut (WAL, synchronous=FULL)."""
    name = unquote(urlsplit(url).path)[1:] if url.startswith("sqlite://") else url
    if name != ":memory:":
        Path(name).parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": SQLITE_AT_CONNECT},
    }


SERIAL_LISTS = "-c parallel_setup_cost=20000"
"""Lists and searches find their page sooner alone; the tables over everything still share the work."""


def postgresql(url: str) -> dict[str, Any]:
    """PostgreSQL that acknowledges after the commit is on disk; several hosts may be named, comma between."""
    from psycopg.conninfo import conninfo_to_dict

    parts: dict[str, Any] = dict(conninfo_to_dict(url))
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    database = {key: str(parts.pop(word, "") or "") for key, word in names.items()}
    parts["options"] = " ".join([SERIAL_LISTS, parts.get("options", ""), "-c synchronous_commit=on"])
    return database | {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts,
    }


def mail_server(url: str) -> dict[str, Any]:
    """Django's settings of the mail server; "" and `console` need none."""
    if url in ("", values.CONSOLE):
        return {}
    parts = urlsplit(url)
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or values.MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


@cache
def config() -> Config:
    """The settings of this process."""
    return Config()
