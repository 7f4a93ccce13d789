"""Instants as people say them: "10月12日 周一 下班前"; the exact instant stays in the markup."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from shounuo.site.wording import say_day, say_official_day, wording

TAILS = ("clock", "close", "due", "date", "official")


def civil(moment: datetime) -> datetime:
    """The naive local civil datetime of an aware instant; a naive one is taken as civil already."""
    return timezone.localtime(moment).replace(tzinfo=None) if timezone.is_aware(moment) else moment


def people_date(
    moment: datetime | date, language: str, *, tail: str = "clock", this_year: int | None = None
) -> str:
    """An instant or date in words.

    `tail`: "clock" adds 14:30; "close" says before closing; "due" says 24:00 of the day before when the
    instant is a midnight, else the hour; "date" leaves the hour out; "official" dates a letter.

    Raises ValueError for another tail.
    """
    if tail not in TAILS:
        raise ValueError(f"people_date knows {', '.join(TAILS)}, not {tail!r}")
    if tail == "official":
        return say_official_day(civil(moment).date() if isinstance(moment, datetime) else moment, language)
    if not isinstance(moment, datetime):
        return say_day(moment, language, this_year=this_year)
    local, words = civil(moment), wording(language)
    day, said = local.date(), f"{local:%H:%M}"
    if tail in ("close", "due") and local.time() == time(0):
        day, said = day - timedelta(days=1), words.midnight
    elif tail == "close":
        said = words.closing
    spoken = say_day(day, language, this_year=this_year)
    return spoken if tail == "date" else words.joined.format(day=spoken, tail=said)


def time_element(
    moment: datetime | date, language: str, *, tail: str = "clock", this_year: int | None = None
) -> SafeString:
    """`people_date` inside `<time>`: ISO instant for machines, the exact civil time on hover."""
    spoken = people_date(moment, language, tail=tail, this_year=this_year)
    if not isinstance(moment, datetime):
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), spoken)
    machine = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    exact = f"{civil(moment):%Y-%m-%d %H:%M:%S}"
    return format_html('<time datetime="{}" title="{}">{}</time>', machine.isoformat(), exact, spoken)


def brief_date(moment: datetime, *, this_year: int | None = None) -> SafeString:
    """The narrow form for timelines and tables: 10/08 10:00 (2027/01/04 10:00 when not `this_year`)."""
    local = civil(moment)
    pattern = "%m/%d %H:%M" if this_year in (None, local.year) else "%Y/%m/%d %H:%M"
    machine = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        machine.isoformat(),
        f"{local:%Y-%m-%d %H:%M:%S}",
        local.strftime(pattern),
    )
