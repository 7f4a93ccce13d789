"""Moments of a log: by the mapping's formats and zone, cut to whole seconds, as aware instants."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shounuo.cases.importing.mapping import Mapping_

_DAY_LENGTH = 10


class Moments:
    """Reads the moments of one log."""

    def __init__(self, mapping: Mapping_) -> None:
        self.zone = ZoneInfo(mapping.time_zone)
        self.formats = mapping.dates
        hour, _colon, minute = mapping.day_end.partition(":")
        self.day_end = timedelta(hours=int(hour), minutes=int(minute or 0))

    def read(self, text: str) -> datetime:
        """The moment a cell says; a day without a time is its 00:00. Raises ValueError."""
        return self._zoned(self._parse(text)[0])

    def read_end(self, text: str) -> datetime:
        """The moment a promised cell says; a day without a time means that day's end."""
        moment, has_time = self._parse(text)
        return self._zoned(moment if has_time else moment + self.day_end)

    def _parse(self, text: str) -> tuple[datetime, bool]:
        for form in self.formats:
            try:
                found = datetime.strptime(text, form)  # noqa: DTZ007
            except ValueError:
                continue
            return found, any(sign in form for sign in ("%H", "%I", "%T", "%X", "%c"))
        if self.formats:
            raise ValueError(f"no date of the form {' or '.join(self.formats)}")
        try:
            return datetime.fromisoformat(text), len(text) > _DAY_LENGTH
        except ValueError:
            raise ValueError("no date; say its form under dates, for example %d/%m/%Y %H:%M") from None

    def _zoned(self, moment: datetime) -> datetime:
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=self.zone)
        return zoned.replace(microsecond=0)
