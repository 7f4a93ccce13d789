"""Dutch public holidays as days off of a calendar, from the `holidays` library (MIT), for a bounded stretch of years.

They follow from law and from the date of Easter, so years to come are as sure as years past: article 3 of the
General Extension of Time Limits Act (Algemene termijnenwet) lists New Year, Easter Monday, Ascension Day, Whit
Monday, both days of Christmas, the King's birthday and the fifth of May, and treats Good Friday alike. What an
office really takes is its own choice: by default Good Friday and, every fifth year, Liberation Day are days off;
`worked` gives days back, `also_off` takes days the library holds optional. The library is asked only for a
calendar with this base.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from .spec import CalendarSpec, Name

FIRST_YEAR, LAST_YEAR = 2015, 2030
LAW = "Algemene termijnenwet, art. 3"

DAYS: Mapping[str, tuple[str, Name]] = {
    "Nieuwjaarsdag": ("new-year", Name(zh="元旦", en="New Year's Day")),
    "Goede vrijdag": ("good-friday", Name(zh="耶稣受难日", en="Good Friday")),
    "Eerste paasdag": ("easter-sunday", Name(zh="复活节", en="Easter Sunday")),
    "Tweede paasdag": ("easter-monday", Name(zh="复活节星期一", en="Easter Monday")),
    "Koningsdag": ("kings-day", Name(zh="国王节", en="King's Day")),
    "Bevrijdingsdag": ("liberation-day", Name(zh="解放日", en="Liberation Day")),
    "Hemelvaartsdag": ("ascension-day", Name(zh="耶稣升天节", en="Ascension Day")),
    "Eerste pinksterdag": ("whit-sunday", Name(zh="圣灵降临节", en="Whit Sunday")),
    "Tweede pinksterdag": ("whit-monday", Name(zh="圣灵降临节星期一", en="Whit Monday")),
    "Eerste kerstdag": ("christmas-day", Name(zh="圣诞节", en="Christmas Day")),
    "Tweede kerstdag": ("second-christmas-day", Name(zh="圣诞节次日", en="Second Day of Christmas")),
}
"""The library's Dutch name -> this program's id and the names people read."""


@cache
def public_days(category: str = "public") -> Mapping[date, tuple[str, Name]]:
    """Every holiday of the years covered; ``optional`` gives the days that are no day off for everybody.

    ValueError when the library names a day that is not known here: nothing is taken over unread.
    """
    import holidays

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    found = holidays.country_holidays("NL", years=years, language="nl", categories=(category,))
    unknown = sorted({name for name in found.values() if name not in DAYS})
    if unknown:
        raise ValueError(f"unknown Dutch holidays: {', '.join(unknown)}")
    return {day: DAYS[name] for day, name in sorted(found.items())}


def _off(worked: Collection[str], also_off: Collection[str]) -> dict[date, Name]:
    known = {key for key, _ in DAYS.values()}
    for key in (*worked, *also_off):
        if key not in known:
            raise ValueError(f"there is no Dutch holiday {key!r}; allowed: {', '.join(sorted(known))}")
    taken = {day: name for day, (key, name) in public_days("optional").items() if key in also_off}
    return taken | {day: name for day, (key, name) in public_days().items() if key not in worked}


def official_netherlands(
    weekly: Mapping[str, Any],
    tz: str = "Europe/Amsterdam",
    seasons: Iterable[Mapping[str, Any]] = (),
    overrides: Mapping[Any, Any] | None = None,
    worked: Collection[str] = (),
    also_off: Collection[str] = (),
) -> CalendarSpec:
    """The Dutch calendar with an office's own hours; coverage 2015-2030, nothing provisional.

    ``worked`` names public holidays on which this office is open, ``also_off`` optional ones on which it is
    closed. ValueError for a name that is no Dutch holiday.
    """
    off = _off(worked, also_off)
    note = Name(
        zh=f"由法律和复活节日期推算，{FIRST_YEAR}年至{LAST_YEAR}年",
        en=f"Follows from law and the date of Easter, {FIRST_YEAR} to {LAST_YEAR}",
    )
    return CalendarSpec.model_validate(
        {
            "tz": tz,
            "coverage": (date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)),
            "weekly": weekly,
            "seasons": list(seasons),
            "off": list(off),
            "overrides": overrides or {},
            "names": off,
            "sources": [{"year": FIRST_YEAR, "paper": LAW, "title": "python-holidays, NL", "note": note}],
        }
    )
