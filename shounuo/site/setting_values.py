"""How a setting of the environment must be written, and the sentence when it cannot be read.

Settings are read before Django is up, so the sentences are translated by the standard library from the same
catalogue. What may hold a password is never repeated.
"""

import re
from gettext import NullTranslations, translation
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

LOCALE = Path(__file__).resolve().parent.parent / "locale"
ZONES = Path("/usr/share/zoneinfo")
MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
CONSOLE = "console"


def gettext_noop(words: str) -> str:
    """Mark words for the catalogue; Django's own would ask for settings."""
    return words


NUMBER = gettext_noop("%(name)s 是 %(value)s：请写不小于 0 的整数")
SAID = {
    "zone": gettext_noop("%(name)s 是 %(value)s，没有这个时区：请写 Asia/Shanghai 这样的名字"),
    "level": gettext_noop("%(name)s 是 %(value)s：请写 DEBUG、INFO、WARNING 或 ERROR"),
    "database": gettext_noop(
        "%(name)s 读不懂：请写 SQLite 文件的路径，或 postgresql://用户:密码@主机/库名，"
        "密码里的 @ 写成 %%40，%% 写成 %%25"
    ),
    "mail": gettext_noop(
        "%(name)s 读不懂：请写 smtp://、smtp+starttls:// 或 smtps:// 加主机名和端口，或者 console"
    ),
    "carrier": gettext_noop("%(name)s 是 %(value)s：请写 console，或 package.module:Class"),
    "address": gettext_noop("%(name)s 是 %(value)s：请写完整的网址，如 https://promises.example"),
    "bool_parsing": gettext_noop("%(name)s 是 %(value)s：请写 1 或 0"),
    "int_parsing": NUMBER,
    "greater_than_equal": NUMBER,
}
OTHER = gettext_noop("%(name)s 读不懂，请对照 docs/operations.md 里的说明")


def refusal(kind: str) -> PydanticCustomError:
    """The error to raise from a validator; `kind` is a key of `SAID`."""
    return PydanticCustomError(kind, "cannot be read")


def zone(value: str) -> str:
    """A time zone that this machine knows, as Django will ask."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise refusal("zone") from None
    if ZONES.exists() and not ZONES.joinpath(*value.split("/")).exists():
        raise refusal("zone")
    return value


def level(value: str) -> str:
    """A level of logging, in capitals."""
    if value.upper() not in LEVELS:
        raise refusal("level")
    return value.upper()


def database(value: str) -> str:
    """A path, sqlite:///path, or an address of PostgreSQL that its library understands."""
    if value.startswith(("postgresql://", "postgres://")):
        from psycopg import Error
        from psycopg.conninfo import conninfo_to_dict

        try:
            host = str(conninfo_to_dict(value).get("host") or "")
        except Error:
            raise refusal("database") from None
        if "@" in host:  # the rest of a password, which else would be looked up as a name and logged
            raise refusal("database")
    elif re.match(r"(?!sqlite://)[a-z0-9+]{2,}:/", value):
        raise refusal("database")
    return value


def mail(value: str) -> str:
    """`console`, or the scheme, host and port of a mail server."""
    try:
        parts = urlsplit(value)
        good = parts.scheme in MAIL_PORTS and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if value not in ("", CONSOLE) and not good:
        raise refusal("mail")
    return value


def carrier(value: str) -> str:
    """`console`, or a class to import."""
    if value not in ("", CONSOLE) and not re.fullmatch(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*", value):
        raise refusal("carrier")
    return value


def address(value: str) -> str:
    """https://host, without a slash at the end: paths are put behind it."""
    if value and not re.fullmatch(r"https?://[^/\s?#]+(/[^\s?#]*)?", value):
        raise refusal("address")
    return value.rstrip("/")


def sentences(error: ValidationError, language: str) -> list[str]:
    """One sentence for each setting that cannot be read, in Chinese or English."""
    chinese = language.startswith("zh")
    words = NullTranslations() if chinese else translation("django", LOCALE, ["en"], fallback=True)
    return [_sentence(one, words) for one in error.errors()]


def _sentence(error: ErrorDetails, words: NullTranslations) -> str:
    name = f"SHOUNUO_{'_'.join(str(part) for part in error['loc']).upper()}"
    return words.gettext(SAID.get(error["type"], OTHER)) % {"name": name, "value": error["input"]}
