"""Start-up checks: refuse to serve with less than the record and people's data need.

Every sentence says what is weak and how it is mended, in the reader's language.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http.request import validate_host
from django.utils.translation import gettext as _

from shounuo.ledger import restoring, triggers
from shounuo.organisation.roles import ROLES
from shounuo.site import versions
from shounuo.site.config import SHORTEST_SECRET, Config, config, listed, sample, weak

SQLITE_WANTED = {
    "journal_mode": ("wal",),
    "synchronous": (2, 3),
    "foreign_keys": (1,),
    "recursive_triggers": (1,),
}
SHORTEST_WAIT_MS = 20_000
SHORTEST_TOKEN = 20
ALIKE = 0.85
HOST = re.compile(r"\*|\.?[\w-]+(\.[\w-]+)*\.?|\[[0-9a-fA-F:.]+\]", re.ASCII)
NETWORK_SHARES = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afs",
    "ceph",
    "glusterfs",
    "fuse.sshfs",
    "fuse.glusterfs",
}


def exposed(given: Config) -> list[str]:
    """Settings of the environment under which strangers could read or change something; none in a demonstration."""
    return [] if given.demo else [*_secrets(given), *_ways_in(given), *unknown_roles(given)]


def _secrets(given: Config) -> Iterator[str]:
    if weak(given.key()):
        words = _(
            "SHOUNUO_SECRET_KEY 太弱，可以猜到：请设为至少 %(least)s 个随机字符，"
            "例如 `python3 -c 'import secrets; print(secrets.token_urlsafe(64))'` 的输出"
        )
        yield words % {"least": SHORTEST_SECRET}
    for name in ("metrics_token", "backup_key"):
        value = getattr(given, name)
        if value and len(value) < SHORTEST_TOKEN:
            words = _("SHOUNUO_%(name)s 太短：请给出至少 %(least)s 个随机字符，或者不设")
            yield words % {"name": name.upper(), "least": SHORTEST_TOKEN}
        elif sample(value):
            words = _("SHOUNUO_%(name)s 还是说明书里的样子：请换成自己的随机字符，后面不要跟注释")
            yield words % {"name": name.upper()}


def _ways_in(given: Config) -> Iterator[str]:
    hosts, origins = listed(given.allowed_hosts), listed(given.trusted_origins)
    if given.debug:
        yield _("SHOUNUO_DEBUG 会在网页上显示程序内部和数据：正式使用时请去掉它")
    if "*" in hosts:
        yield _("SHOUNUO_ALLOWED_HOSTS 是 *，任何域名都会被接受：请写明本服务的域名，用逗号隔开")
    if plain := [origin for origin in origins if not origin.startswith("https://")]:
        words = _("SHOUNUO_TRUSTED_ORIGINS 里的 %(origin)s 不是 https：请写成 https://…，或者删去")
        yield words % {"origin": plain[0]}
    yield from _names(given, hosts, origins)
    outside = [host for host in hosts if host != "*" and not is_this_machine(host)]
    if not given.https and (outside or origins):
        words = _(
            "网页要从别处访问（%(where)s），却没有设 SHOUNUO_HTTPS=1，登录凭证会以明文传输："
            "请在前面放一个 https 代理并设 SHOUNUO_HTTPS=1"
        )
        yield words % {"where": (outside or origins)[0]}


def _names(given: Config, hosts: list[str], origins: list[str]) -> Iterator[str]:
    """Names under which every request, or every form, would be refused without a word why."""
    if wrong := [host for host in hosts if not HOST.fullmatch(host)]:
        words = _("SHOUNUO_ALLOWED_HOSTS 里的 %(host)s 不是域名：只写域名，不带 https://、端口和斜线")
        yield words % {"host": wrong[0]}
    if wrong := [origin for origin in origins if origin.count("/") > 2]:
        words = _("SHOUNUO_TRUSTED_ORIGINS 里的 %(origin)s 多了斜线：只写 https://域名")
        yield words % {"origin": wrong[0]}
    names = [urlsplit(origin).hostname or "" for origin in origins]
    unset = given.allowed_hosts == Config.model_fields["allowed_hosts"].default
    if given.https and (unset or (names and not any(validate_host(name, hosts) for name in names))):
        words = _(
            "SHOUNUO_ALLOWED_HOSTS 里没有人们访问本服务用的域名%(name)s，从那里来的请求都会被拒绝：请写上它"
        )
        yield words % {"name": f" {names[0]}" if names else ""}


def unknown_roles(given: Config) -> Iterator[str]:
    """Roles of SHOUNUO_CODE_ROLES that nobody has, so that nobody would be asked for a code."""
    for role in listed(given.code_roles):
        if role not in ROLES:
            words = _("SHOUNUO_CODE_ROLES 里没有 %(role)s 这个角色，可以写的有：%(roles)s")
            yield words % {"role": role, "roles": ", ".join(ROLES)}


def misspelt(environment: Mapping[str, str]) -> list[str]:
    """Names that nothing reads and that look like a setting: a slip of the pen leaves the real one as it was."""
    there = {f"SHOUNUO_{name.upper()}" for name in Config.model_fields}
    words = _("没有 %(name)s 这个设置，它不起作用：是不是 %(meant)s？")
    named = sorted(name for name in environment if name.startswith("SHOUNUO_") and name not in there)
    close = {name: get_close_matches(name, there, 1, ALIKE) for name in named}
    return [words % {"name": name, "meant": meant[0]} for name, meant in close.items() if meant]


def unknown_organisation(given: Config) -> list[str]:
    """The organisation that the portal shall show, when there is none with that code."""
    from shounuo.organisation.models import Unit

    if not given.organisation or Unit.objects.filter(code=given.organisation, kind="organisation").exists():
        return []
    words = _("SHOUNUO_ORGANISATION 是 %(code)s，没有代码是它的机构：门户打不开")
    return [words % {"code": given.organisation}]


def is_this_machine(host: str) -> bool:
    """Whether a host name or address means this machine only."""
    host = host.strip("[]")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def assert_not_exposed() -> None:
    """Raise ImproperlyConfigured with everything that is weak in the environment."""
    if found := exposed(config()):
        raise ImproperlyConfigured("; ".join(found))


def assert_listens_safely(host: str) -> None:
    """Refuse to listen for other machines without https: passwords would travel in the clear."""
    if not (is_this_machine(host) or config().https or config().demo):
        words = _(
            "不能在 %(host)s 上用明文提供服务：请用 --host 127.0.0.1 加 https 代理，或设 SHOUNUO_HTTPS=1"
        )
        raise ImproperlyConfigured(words % {"host": host})


def weak_settings(connection: BaseDatabaseWrapper) -> list[str]:
    """Database settings that are weaker than they must be, in words."""
    return _sqlite_faults(connection) if connection.vendor == "sqlite" else _postgresql_faults(connection)


def not_migrated(connection: BaseDatabaseWrapper) -> list[str]:
    """What `shounuo migrate` would put right: tables or triggers that are missing."""
    if triggers.TABLES[0] not in connection.introspection.table_names():
        return [_("数据库里没有表：请运行 `shounuo migrate`")]
    words = _("缺少触发器 %(name)s：请运行 `shounuo migrate`")
    if fault := other_version(connection):
        return [fault]
    found = [words % {"name": name} for name in triggers.missing(connection)]
    if restoring.foreign(connection):
        found.append(_("这份记录来自另一个 PostgreSQL 集群：请运行 `shounuo restored`"))
    return found


def other_version(connection: BaseDatabaseWrapper) -> str:
    """What to do when the tables are an older or a newer version's; "" when they are this one's."""
    said = {
        "": "",
        versions.WAITING: _("数据库还没有升级到这个版本：请先运行 `shounuo migrate`"),
        versions.NEWER: _(
            "数据库已由更新的版本升级过，这个版本不能用它：请装回那个版本，或把升级前的备份恢复到空的数据库"
        ),
    }
    return said[versions.compared(connection)]


def assert_not_newer(connection: BaseDatabaseWrapper) -> None:
    """Raise ImproperlyConfigured when a newer version has changed the tables."""
    if versions.compared(connection) == versions.NEWER:
        raise ImproperlyConfigured(other_version(connection))


def assert_safe(connection: BaseDatabaseWrapper) -> None:
    """Raise ImproperlyConfigured with all faults; called before serving and working."""
    found = weak_settings(connection) + not_migrated(connection)
    if not settings.DEMO and connection.vendor == "postgresql" and not config().key_is_shared:
        found.append(_("没有设 SHOUNUO_SECRET_KEY，每个节点会各造一个：请给所有节点设同一个"))
    if found:
        raise ImproperlyConfigured("; ".join(found))


@register(Tags.security)
def settings_are_safe(**_ignored: Any) -> list[CheckMessage]:
    """The environment as a Django system check, for whoever serves without `shounuo serve`."""
    return [Error(fault, id="shounuo.E002") for fault in exposed(config())]


@register(Tags.database)
def database_is_safe(databases: Sequence[str] | None = None, **_ignored: Any) -> list[CheckMessage]:
    """The settings as a Django system check; Django runs it before each migration."""
    aliases = databases or ()
    return [
        Error(fault, id="shounuo.E001") for alias in aliases for fault in weak_settings(connections[alias])
    ]


def _sqlite_faults(connection: BaseDatabaseWrapper) -> list[str]:
    """Pragmas of this connection that are weaker than wanted."""
    found = []
    for pragma, wanted in SQLITE_WANTED.items():
        value = _answer(connection, f"PRAGMA {pragma}")
        if value not in wanted and not (pragma == "journal_mode" and value == "memory"):
            found.append(_weaker("SQLite", pragma, value, wanted[0]))
    if _answer(connection, "PRAGMA busy_timeout") < SHORTEST_WAIT_MS:
        found.append(_("SQLite 的 busy_timeout 不足 20 秒"))
    if connection.settings_dict.get("OPTIONS", {}).get("transaction_mode") != "IMMEDIATE":
        found.append(_("SQLite 的事务没有以 IMMEDIATE 开始"))
    if kind := network_share(Path(connection.settings_dict["NAME"])):
        words = _(
            "SQLite 文件放在网络共享（%(kind)s）上，锁和落盘都靠不住：请放到本机磁盘，或改用 PostgreSQL"
        )
        found.append(words % {"kind": kind})
    return found


def network_share(path: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The kind of network file system that holds `path`; "" on a local disk and where the system does not tell."""
    if not (mounts.exists() and path.exists()):
        return ""
    fields = [line.split(" ") for line in mounts.read_text().splitlines()]
    whole = path.resolve()
    holding = [(point, kind) for _what, point, kind, *_rest in fields if whole.is_relative_to(point)]
    kind = max(holding, key=lambda one: len(one[0]), default=("", ""))[1]
    return kind if kind in NETWORK_SHARES else ""


def _postgresql_faults(connection: BaseDatabaseWrapper) -> list[str]:
    """Settings under which PostgreSQL acknowledges before the disk has it."""
    wanted = {"synchronous_commit": ("on", "remote_apply"), "fsync": ("on",), "full_page_writes": ("on",)}
    return [
        _weaker("PostgreSQL", name, value, good[0])
        for name, good in wanted.items()
        if (value := _answer(connection, f"SHOW {name}")) not in good
    ]


def _weaker(database: str, name: str, value: Any, wanted: Any) -> str:
    words = _("%(database)s 的 %(name)s 是 %(value)s，应为 %(wanted)s，否则停电时会丢失已确认的记录")
    return words % {"database": database, "name": name, "value": value, "wanted": wanted}


def _answer(connection: BaseDatabaseWrapper, question: str) -> Any:
    """The single value that a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
