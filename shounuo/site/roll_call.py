"""What `shounuo organisation` does: take in a roll, print the tree."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import typer
from django.utils.translation import gettext as _

from shounuo.ledger.moments import day_of
from shounuo.organisation.actions import NotPossible, Stamp, forget_codes, give_first_password
from shounuo.organisation.actions.loading import Loaded, load_roll
from shounuo.organisation.finding import find_unit
from shounuo.organisation.history import change_words
from shounuo.organisation.models import Account, Appointment, Post, Unit
from shounuo.organisation.readiness import lacks
from shounuo.organisation.roles import ROLES
from shounuo.organisation.roll import BadRoll, read_roll
from shounuo.regulations.editions import NotAdopted, governing


def load(file: Path, dry_run: bool, passwords: Path | None, now: datetime) -> int:
    """Take a roll in and say what was done; returns the exit code."""
    if passwords and not dry_run:
        passwords.touch(
            mode=0o600
        )  # refused now rather than when accounts have passwords that nobody has seen
    try:
        roll = read_roll(file)
        loaded = load_roll(Stamp("", now), roll, day_of(now), dry_run)
    except BadRoll as bad:
        for fault in bad.faults:
            typer.echo(f"{file}:{fault.line}: {fault.key}: {fault.said}", err=True)
        typer.echo(_("有 %(n)s 处错误，什么都没有改。") % {"n": len(bad.faults)}, err=True)
        return 1
    if roll.not_read:
        typer.echo(_("这些键只有演示才用，没有读：%(keys)s") % {"keys": ", ".join(roll.not_read)})
    _say(loaded, dry_run)
    if loaded.passwords and not dry_run:
        _hand_over(loaded.passwords, passwords)
    return 0


def _say(loaded: Loaded, dry_run: bool) -> None:
    if not loaded.done:
        typer.echo(_("与文件一致，没有要改的。"))
    for what, n in loaded.done.items():
        typer.echo(f"{n:5}  {change_words(what)}")
    if dry_run:
        typer.echo(_("以上是试运行，什么都没有留下。"))


def _hand_over(passwords: dict[str, str], file: Path | None) -> None:
    """First passwords are shown once: on the terminal, or in a file that only its owner reads."""
    lines = [f"{name}\t{word}" for name, word in passwords.items()]
    if file is None:
        typer.echo(_("首次密码（只显示这一次；7 天内有效，登录后必须更换）："))
        typer.echo("\n".join(lines))
        return
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    typer.echo(_("%(n)s 个首次密码写入 %(file)s") % {"n": len(lines), "file": file})


def first_password(name: str, no_codes: bool, now: datetime) -> None:
    """Give a first password, and print it."""
    account = Account.objects.filter(sign_in_name=name.strip().lower(), person__isnull=False).first()
    if account is None:
        raise NotPossible(_("没有登录名“%(name)s”。") % {"name": name})
    stamp = Stamp("", now)
    if no_codes and account.asks_for_code:
        forget_codes(stamp, account)
    typer.echo(_("首次密码（只显示这一次；7 天内有效，登录后必须更换）："))
    typer.echo(give_first_password(stamp, account))


def show(unit: str, as_json: bool, now: datetime) -> None:
    """Print units, posts and holders."""
    top = find_unit(unit) if unit else None
    units = list((Unit.objects.within(top) if top else Unit.objects.all()).order_by("path"))
    if as_json:
        typer.echo(json.dumps({"units": [_as_json(one, now) for one in units]}, ensure_ascii=False, indent=1))
        return
    if not units:
        typer.echo(_("还没有单位：先用 shounuo init 设立。"))
    for one in units:
        for line in _lines(one, now):
            typer.echo(line)
    for house in [one for one in units if one.kind == Unit.Kind.ORGANISATION]:
        for line in missing(house, now):
            typer.echo(f"! {house.name}: {line}")


def missing(house: Unit, now: datetime) -> list[str]:
    """What the house still needs before its first matter, in words."""
    said = [lack.said for lack in lacks(house, now)]
    try:
        governing(house.pk, now)
    except NotAdopted:
        said.append(
            _("还没有施行的制度：shounuo regulations adopt PACK --unit %(code)s --by 登录名")
            % {"code": house.code}
        )
    return said


def _lines(unit: Unit, now: datetime) -> Iterator[str]:
    deep = "  " * (unit.path.count("/") - 1)
    closed = _("（%(day)s 起撤销）") % {"day": unit.closed_on} if unit.closed_on else ""
    yield f"{deep}{unit.code}  {unit.name}  [{unit.get_kind_display()}]{closed}"
    for post, holders in _posts(unit, now):
        names = _("、").join(_holder(one) for one in holders) or _("空缺")
        roles = _("、").join(str(ROLES[role].title) for role in post.roles if role in ROLES)
        yield f"{deep}  · {post.title}: {names}" + (f"  ({roles})" if roles else "")


def _posts(unit: Unit, now: datetime) -> Iterator[tuple[Post, list[Appointment]]]:
    for post in unit.posts.order_by("pk"):
        if post.open_on(day_of(now)):
            yield post, list(post.appointments.at(now).select_related("person__account").order_by("pk"))


def _holder(held: Appointment) -> str:
    account = held.person.account
    return f"{held.person.name} <{account.sign_in_name}>" if account else held.person.name


def _as_json(unit: Unit, now: datetime) -> dict[str, Any]:
    posts = [
        {
            "post": post.title_zh,
            "rank": post.rank,
            "roles": post.roles,
            "held_by": [_holder_json(one) for one in holders],
        }
        for post, holders in _posts(unit, now)
    ]
    closed = unit.closed_on.isoformat() if unit.closed_on else None
    return {"path": unit.path, "zh": unit.name_zh, "kind": unit.kind, "closed": closed, "posts": posts}


def _holder_json(held: Appointment) -> dict[str, Any]:
    person = held.person
    return {
        "zh": person.name_zh,
        "number": person.staff_no,
        "account": person.account.sign_in_name if person.account else None,
        "from": held.from_date.isoformat(),
        "to": held.to_date.isoformat() if held.to_date else None,
    }
