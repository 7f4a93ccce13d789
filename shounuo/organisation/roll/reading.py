"""Reading a roll from its file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shounuo.organisation.models import Post, Unit
from shounuo.organisation.roles import ROLES, unknown
from shounuo.organisation.roll.rows import BadRoll, PersonRow, PostRow, Roll, RollFault, UnitRow
from shounuo.organisation.roll.taking import Taker
from shounuo.rules.loading.reader import Path_, read_document

NOT_READ = ("password", "time_zone", "calendar", "document", "settings", "imported")
"""Keys that only the demonstration reads."""
TOP = ("house", "units", "people", "since", "number", "phone", *NOT_READ)
HOUSE = ("code", "zh", "en", "phone", "place", "opening", "public")
UNIT = ("zh", "en", "kind", "under", "phone", "place", "opening", "public", "closed")
PERSON = ("zh", "en", "number", "phone", "account", "posts")
POST = ("unit", "post", "en", "rank", "roles", "from", "to", "leads")
ROW = ("zh", "en", "unit", "post", "post_en", "rank", "roles", "leads")
"""A person as one row, in this order."""


def read_roll(path: Path) -> Roll:
    """The roll in a file; raises `BadRoll` with every fault found."""
    document = read_document(path)
    zh = (get_language() or "zh").startswith("zh")
    if document.faults:
        told = [RollFault(one.line, one.key, one.text("zh" if zh else "en")) for one in document.faults]
        raise BadRoll(told)
    reader = Taker(document)
    roll = _roll(reader)
    if reader.faults:
        raise BadRoll(sorted(reader.faults))
    return roll


def _roll(r: Taker) -> Roll:
    top = r.mapping((), r.document.data, TOP)
    house = _house(r, r.mapping(("house",), top.get("house"), HOUSE))
    units = [
        _unit(r, code, r.mapping(("units", code), said, UNIT))
        for code, said in r.mapping(("units",), top.get("units") or {}).items()
    ]
    known = {house.code, *(unit.code for unit in units)}
    for unit in units:
        if unit.under is not None and unit.under not in known:
            r.fault(("units", unit.code, "under"), _no_unit(unit.under, known))
    people = r.mapping(("people",), top.get("people") or {})
    rows = [_person(r, name, said, known, n, top) for n, (name, said) in enumerate(people.items(), 1)]
    since = r.day(("since",), top.get("since"))
    ordered = _parents_first(r, house.code, units)
    return Roll(house, ordered, tuple(rows), since, tuple(key for key in NOT_READ if key in top))


def _no_unit(code: str, known: set[str]) -> str:
    return _("没有代码为“%(code)s”的部门；文件里有：%(known)s") % {
        "code": code,
        "known": ", ".join(sorted(known)),
    }


def _house(r: Taker, said: dict[str, Any]) -> UnitRow:
    code = r.code(("house", "code"), said.get("code"))
    return UnitRow(
        r.document.line(("house",)), code, _words_of(r, ("house",), said), kind=Unit.Kind.ORGANISATION
    )


def _unit(r: Taker, code: str, said: dict[str, Any]) -> UnitRow:
    at: Path_ = ("units", code)
    r.code(at, code)
    kinds = (str(Unit.Kind.SECTION), str(Unit.Kind.WINDOW))
    under = said.get("under")
    return UnitRow(
        r.document.line(at),
        code,
        _words_of(r, at, said),
        under=None if under is None else r.text((*at, "under"), under),
        kind=r.choice((*at, "kind"), said.get("kind"), kinds, str(Unit.Kind.SECTION)),
        closed=r.day((*at, "closed"), said.get("closed")),
    )


def _words_of(r: Taker, at: Path_, said: dict[str, Any]) -> dict[str, Any]:
    """The columns of a unit that the file names."""
    found: dict[str, Any] = {"name_zh": r.text((*at, "zh"), said.get("zh"), needed=True)}
    columns = {"en": "name_en", "phone": "phone", "place": "place", "opening": "opening"}
    found |= {column: r.text((*at, key), said[key]) for key, column in columns.items() if key in said}
    if "public" in said:
        found["is_public"] = r.flag((*at, "public"), said["public"], True)
    return found


def _parents_first(r: Taker, house: str, units: list[UnitRow]) -> tuple[UnitRow, ...]:
    """The units so that each comes after the one above it; a ring is a fault."""
    placed, left = {house}, list(units)
    ordered: list[UnitRow] = []
    while ready := [unit for unit in left if (unit.under or house) in placed]:
        ordered += ready
        placed |= {unit.code for unit in ready}
        left = [unit for unit in left if unit not in ready]
    for unit in left:
        if unit.under in {one.code for one in units}:
            r.fault(("units", unit.code, "under"), _("上级绕成了圈"))
    return tuple(ordered)


def _person(
    r: Taker, name: str, said: Any, known: set[str], number: int, top: Mapping[str, Any]
) -> PersonRow:
    at: Path_ = ("people", name)
    if isinstance(said, list):
        return _row(r, at, name, said, known, number, top)
    said = r.mapping(at, said, PERSON)
    posts = said.get("posts") or []
    if not isinstance(posts, list):
        r.fault((*at, "posts"), _("这里应为列表，如 [handler]"))
        posts = []
    return PersonRow(
        r.document.line(at),
        name.strip().lower(),
        r.text((*at, "zh"), said.get("zh"), needed=True),
        r.text((*at, "en"), said.get("en")),
        r.text((*at, "number"), said.get("number")) or _numbered(r, top, number),
        r.text((*at, "phone"), said["phone"]) if "phone" in said else None,
        r.flag((*at, "account"), said.get("account"), True),
        tuple(
            _post(r, (*at, "posts", n), r.mapping((*at, "posts", n), one, POST), known)
            for n, one in enumerate(posts)
        ),
    )


def _row(
    r: Taker, at: Path_, name: str, row: list[Any], known: set[str], number: int, top: Mapping[str, Any]
) -> PersonRow:
    if not 7 <= len(row) <= 8:
        r.fault(at, _("一行应有 7 或 8 项：%(items)s") % {"items": ", ".join(ROW)})
        row = [*row, *([None] * 8)][:8]
    zh, en, unit, title, title_en, rank, roles, *leads = row
    said = {"unit": unit, "post": title, "en": title_en, "rank": rank, "roles": roles}
    post = _post(r, at, said | {"leads": leads[0] if leads else None}, known)
    names = r.text((*at, "zh"), zh, needed=True), r.text((*at, "en"), en)
    return PersonRow(
        r.document.line(at), name.strip().lower(), *names, _numbered(r, top, number), None, True, (post,)
    )


def _numbered(r: Taker, top: Mapping[str, Any], number: int) -> str:
    """The staff number by the file's pattern; "" without one (the sign-in name serves then)."""
    pattern = r.text(("number",), top.get("number"))
    try:
        return pattern.format(number) if pattern else ""
    except (ValueError, IndexError, KeyError):
        r.fault(("number",), _("应像 Q{:03d} 这样写"))
        return ""


def _post(r: Taker, at: Path_, said: dict[str, Any], known: set[str]) -> PostRow:
    unit = r.text((*at, "unit"), said.get("unit"), needed=True)
    roles, leads = r.words((*at, "roles"), said.get("roles")), r.words((*at, "leads"), said.get("leads"))
    if strange := unknown(list(roles)):
        roles_known = {"roles": ", ".join(strange), "known": ", ".join(ROLES)}
        r.fault((*at, "roles"), _("没有这样的角色：%(roles)s；可用：%(known)s") % roles_known)
    for code in {unit, *leads} - known - {""}:
        r.fault((*at, "unit" if code == unit else "leads"), _no_unit(code, known))
    dates = r.day((*at, "from"), said.get("from")), r.day((*at, "to"), said.get("to"))
    if dates[0] and dates[1] and dates[1] < dates[0]:
        r.fault((*at, "to"), _("任职结束日期早于开始日期"))
    return PostRow(
        r.document.line(at),
        unit,
        r.text((*at, "post"), said.get("post"), needed=True),
        r.text((*at, "en"), said.get("en")),
        r.choice((*at, "rank"), said.get("rank"), tuple(Post.Rank.values), str(Post.Rank.STAFF)),
        roles,
        *dates,
        leads,
    )
