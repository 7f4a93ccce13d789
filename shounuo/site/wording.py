"""How dates and the day ribbon are worded, per language: patterns differ in order, not only in words."""

from dataclasses import dataclass
from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Wording:
    """The words of one language. Text with `{}` is a `str.format` pattern; `said` and `marks` go by kind."""

    weekdays: tuple[str, ...]
    short_weekdays: tuple[str, ...]
    brief_holidays: bool  # a holiday's name, cut to two characters, may stand under a cell
    comma: str
    day: str
    day_with_year: str
    official: str
    joined: str
    closing: str
    midnight: str
    now: str
    today: str
    makeup: str
    half_day: str
    closed_for: str
    paused_by: str
    counted_hours: str
    counted_minutes: str
    hours_mark: str
    span: str
    days: str
    folded_off: str
    summary: str
    summary_due: str
    said: dict[str, str]
    marks: dict[str, str]


CHINESE = Wording(
    weekdays=("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    short_weekdays=("一", "二", "三", "四", "五", "六", "日"),
    brief_holidays=True,
    comma="，",
    day="{month}月{day}日 {weekday}",
    day_with_year="{year}年{month}月{day}日 {weekday}",
    official="{year}年{month}月{day}日",
    joined="{day} {tail}",
    closing="下班前",
    midnight="24:00前",
    now="今",
    today="今天",
    makeup="调休上班",
    half_day="半天上班",
    closed_for="{name}，不办公，不计",
    paused_by="因{name}暂停，不计",
    counted_hours="计入{hours}小时",
    counted_minutes="计入{minutes}分钟",
    hours_mark="{hours}时",
    span="{first}至{last}",
    days="{count}天",
    folded_off="休息{count}天，不计",
    summary="期限日历条：{start}起",
    summary_due="，{due}到期",
    said={
        "received": "收到，当日不计",
        "completed": "材料齐全，当日不计",
        "started": "{event}，当日不计",
        "counted": "计入，第{number}天",
        "left": "将计入，第{number}天",
        "weekend": "休息日，不计",
        "holiday": "{name}放假，不计",
        "closed": "不办公，不计",
        "paused": "暂停，不计",
        "idle": "不计",
        "rolled": "休息日，期限顺延",
        "due": "到期日",
        "due_kept": "到期日，已在期限内做到",
        "due_broken": "到期日，未按时做到，违诺",
        "fulfilled": "做到",
        "spare": "期限未用完",
        "late": "已逾期",
        "event": "计划的日子",
    },
    marks={
        "received": "收",
        "completed": "齐",
        "started": "起",
        "makeup": "班",
        "weekend": "休",
        "holiday": "休",
        "closed": "休",
        "paused": "停",
        "idle": "–",
        "rolled": "顺",
        "due": "诺",
        "due_kept": "诺",
        "due_broken": "违",
        "fulfilled": "结",
        "late": "逾",
        "event": "日",
    },
)

ENGLISH = Wording(
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    short_weekdays=("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
    brief_holidays=False,
    comma=", ",
    day="{weekday} {day} {month_name}",
    day_with_year="{weekday} {day} {month_name} {year}",
    official="{day} {month_name} {year}",
    joined="{day}, {tail}",
    closing="before closing",
    midnight="before midnight",
    now="now",
    today="today",
    makeup="make-up working day",
    half_day="half day",
    closed_for="{name}: office closed, not counted",
    paused_by="paused by {name}, not counted",
    counted_hours="{hours} h counted",
    counted_minutes="{minutes} min counted",
    hours_mark="{hours}h",
    span="{first} to {last}",
    days="{count} days",
    folded_off="{count} days off, not counted",
    summary="Day ribbon: from {start}",
    summary_due=", due {due}",
    said={
        "received": "received; this day is not counted",
        "completed": "materials complete; this day is not counted",
        "started": "{event}; this day is not counted",
        "counted": "counted, day {number}",
        "left": "will count, day {number}",
        "weekend": "weekend, not counted",
        "holiday": "{name}, not counted",
        "closed": "office closed, not counted",
        "paused": "paused, not counted",
        "idle": "not counted",
        "rolled": "day off, the limit moves on",
        "due": "due day",
        "due_kept": "due day, done in time",
        "due_broken": "due day, not done in time: promise broken",
        "fulfilled": "done",
        "spare": "not needed",
        "late": "overdue",
        "event": "the planned day",
    },
    marks={
        "received": "in",
        "completed": "all",
        "started": "from",
        "makeup": "W",
        "weekend": "off",
        "holiday": "off",
        "closed": "off",
        "paused": "stop",
        "idle": "–",
        "rolled": "→",
        "due": "诺",
        "due_kept": "诺",
        "due_broken": "✕",
        "fulfilled": "✓",
        "late": "late",
        "event": "day",
    },
)


def wording(language: str) -> Wording:
    """The words for a language code; anything that is not English reads Chinese."""
    return ENGLISH if language.lower().startswith("en") else CHINESE


def say_day(day: date, language: str, *, this_year: int | None = None) -> str:
    """ "10月12日 周一", with the year when it is not `this_year` (never, when `this_year` is None)."""
    words = wording(language)
    return _fill(words.day if this_year in (None, day.year) else words.day_with_year, day, words)


def say_official_day(day: date, language: str) -> str:
    """ "2026年9月28日", as official papers are dated: the year always, the weekday never."""
    words = wording(language)
    return _fill(words.official, day, words)


def _fill(pattern: str, day: date, words: Wording) -> str:
    return pattern.format(
        year=day.year,
        month=day.month,
        day=day.day,
        month_name=MONTHS[day.month - 1],
        weekday=words.weekdays[day.weekday()],
    )
