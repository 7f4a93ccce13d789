"""The official Chinese calendar: the State Council's yearly notices 2007-2026, merged, as a `CalendarSpec`.

One file a notice year under `china/`. A notice may change December of the year before it and may be changed
in mid-year, so a date is looked up in all of them, never in its own year's file alone; what a later notice
says of a date wins. 2027 is provisional: the weekly pattern and the thirteen days fixed by the Regulation on
public holidays (revised 2024-11-10). Days from NateScarlet/holiday-cn (MIT, `china/LICENSE-holiday-cn`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .spec import CalendarSpec, Name

BUNDLED = Path(__file__).parent / "china"
FIRST_YEAR, LAST_YEAR = 2007, 2026
OFFICE_HOURS = [["09:00", "12:00"], ["13:30", "17:30"]]
ORDINARY_WEEK = {str(day): OFFICE_HOURS if day < 6 else [] for day in range(1, 8)}
ENGLISH = {
    "元旦": "New Year",
    "春节": "Spring Festival",
    "清明节": "Qingming Festival",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
    "抗日战争暨世界反法西斯战争胜利70周年纪念日": "70th anniversary of the victory of 1945",
}


def english(name: str) -> str:
    """English name of a holiday; joined holidays ("国庆节、中秋节") are joined by "and"."""
    return " and ".join(ENGLISH[part] for part in name.split("、"))


@cache
def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((BUNDLED / name).read_text(encoding="utf-8"))
    return data


def notices(to_year: int = LAST_YEAR) -> list[dict[str, Any]]:
    """The bundled notice files up to a year, oldest first."""
    return [_read(f"{year}.json") for year in range(FIRST_YEAR, to_year + 1)]


def _days(files: Iterable[dict[str, Any]]) -> dict[date, str | None]:
    """What each listed date is: the holiday's name on a day off, None on a day worked; the later file wins."""
    days: dict[date, str | None] = {}
    for file in files:
        for name, listed in file["off"].items():
            days.update(dict.fromkeys(map(date.fromisoformat, listed), name))
        days.update(dict.fromkeys(map(date.fromisoformat, file.get("worked", ()))))
    return days


def provisional_days(year: int) -> dict[date, Name]:
    """The days off that the law itself fixes in a year not published yet; {} for a year nobody has worked out."""
    name = "provisional.json" if year == LAST_YEAR + 1 else f"provisional-{year}.json"
    if not (BUNDLED / name).exists():
        return {}
    return {d: Name(zh=zh, en=english(zh)) for d, zh in _days([_read(name)]).items() if zh}


def _sources(files: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**notice, "year": file["year"]} for file in files for notice in file["notices"]]


def official_china(
    weekly: Mapping[str, Any] | None = None,
    seasons: Iterable[Mapping[str, Any]] = (),
    overrides: Mapping[Any, Any] | None = None,
    to_year: int | None = None,
) -> CalendarSpec:
    """The official calendar with an office's own hours (default 09:00-12:00, 13:30-17:30 from Monday to
    Friday).

    `to_year` cuts the coverage off earlier, as it was before later notices came; such a calendar has no
    provisional stretch. ValueError for a year without a bundled notice.
    """
    last = LAST_YEAR if to_year is None else to_year
    if not FIRST_YEAR <= last <= LAST_YEAR:
        raise ValueError(f"no notice is bundled for {last}; years {FIRST_YEAR}-{LAST_YEAR}")
    files = notices(last)
    days = _days(files)
    provisional = _days([_read("provisional.json")]) if to_year is None else {}
    named = {d: name for d, name in {**days, **provisional}.items() if name}
    return CalendarSpec.model_validate(
        {
            "coverage": (date(FIRST_YEAR, 1, 1), date(last, 12, 31)),
            "weekly": ORDINARY_WEEK if weekly is None else weekly,
            "seasons": list(seasons),
            "off": [d for d, name in days.items() if name],
            "makeup": [d for d, name in days.items() if name is None and d.isoweekday() > 5],
            "overrides": overrides or {},
            "names": {d: Name(zh=name, en=english(name)) for d, name in named.items()},
            "provisional_to": date(LAST_YEAR + 1, 12, 31) if provisional else None,
            "provisional_off": list(provisional),
            "sources": _sources(files),
        }
    )
