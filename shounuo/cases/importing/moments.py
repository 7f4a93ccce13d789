"""Moments of a log: by the mapping's formats and zone, cut to whole seconds, as aware instants."""

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from shounuo.cases.importing.mapping import Mapping_
from shounuo.cases.importing.sheets import Dated

_DAY_LENGTH = 10
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001
_TIME_SIGNS = ("%H", "%I", "%T", "%X", "%c")


class Moments:
    """Reads the moments of one log."""

    def __init__(self, mapping: Mapping_) -> None:
        self.zone = ZoneInfo(mapping.time_zone)
        self.formats = mapping.dates
        hour, _colon, minute = mapping.day_end.partition(":")
        self.day_end = timedelta(hours=int(hour), minutes=int(minute))

    def read(self, text: str) -> datetime:
        """The moment a cell says; a day without a time is its 00:00. Raises ValueError."""
        return self._zoned(self._parse(text)[0])

    def read_end(self, text: str) -> datetime:
        """The moment a promised cell says; a day without a time means that day's end."""
        moment, has_time = self._parse(text)
        return self._zoned(moment if has_time else moment + self.day_end)

    def _parse(self, text: str) -> tuple[datetime, bool]:
        if isinstance(text, Dated) or not self.formats:
            return _iso(text)
        for form in self.formats:
            try:
                return _by_form(text, form)
            except ValueError:
                continue
        raise ValueError(f"no date of the form {' or '.join(self.formats)}")

    def _zoned(self, moment: datetime) -> datetime:
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=self.zone)
        return zoned.replace(microsecond=0)


def _by_form(text: str, form: str) -> tuple[datetime, bool]:
    if form == "iso":
        return _iso(text)
    if form == "excel":
        return _serial(text)
    return datetime.strptime(text, form), _has_time(form)  # noqa: DTZ007


@lru_cache(maxsize=64)
def _has_time(form: str) -> bool:
    return any(sign in form for sign in _TIME_SIGNS)


def _iso(text: str) -> tuple[datetime, bool]:
    try:
        return datetime.fromisoformat(text), len(text) > _DAY_LENGTH
    except ValueError:
        raise ValueError("no date; say its form under dates, for example %d/%m/%Y %H:%M") from None


def _serial(text: str) -> tuple[datetime, bool]:
    """A day number of Excel (1 = 1900-01-01), its fraction the time of day; a comma may part the fraction."""
    days = float(text.replace(",", "."))
    if not 60 < days < 2_958_466:
        raise ValueError("no day number")
    return _SERIAL_ZERO + timedelta(seconds=round(days * 86400)), days != int(days)
