"""The numbers that Word prints before paragraphs without holding them as text: 第一条, 一、, 1.1, (a)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shounuo.reading.sources.xml import Element

LEVELS = 9
_ONES = "零一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"


@dataclass(slots=True)
class Level:
    """How one level of a list is printed."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    """print the numbers of higher levels in Arabic figures"""
    style: str | None = None


@dataclass(slots=True)
class Numbering:
    """The lists of a document and where each of them stands."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    """list id -> its levels"""
    shared: dict[str, str] = field(default_factory=dict)
    """list id -> id of the definition whose numbers run on over several lists"""
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    by_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    """paragraph style -> list id and level"""
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _met: set[str] = field(default_factory=set)

    def label(self, list_id: str, level: int) -> str:
        """The next label of a list at a level; empty when the list prints none."""
        levels = self.levels.get(list_id)
        if not levels or level not in levels:
            return ""
        self._count(list_id, level)
        return self._printed(list_id, levels, level)

    def _count(self, list_id: str, level: int) -> None:
        counts = self._counts.setdefault(self.shared.get(list_id, list_id), [None] * LEVELS)
        if list_id not in self._met:
            self._met.add(list_id)
            for at, start in self.restarts.get(list_id, {}).items():
                counts[at] = start - 1
        held = counts[level]
        counts[level] = self.levels[list_id][level].start if held is None else held + 1
        counts[level + 1 :] = [None] * (LEVELS - level - 1)

    def _printed(self, list_id: str, levels: Mapping[int, Level], level: int) -> str:
        own = levels[level]
        if own.form == "bullet":
            return "● "
        if own.form == "none":
            return ""
        counts = self._counts[self.shared.get(list_id, list_id)]
        text = own.text
        for at in range(level + 1):
            if f"%{at + 1}" in text:
                held = counts[at]
                number = held if held is not None else levels[at].start if at in levels else 1
                form = (
                    "decimal" if own.legal and at < level else levels[at].form if at in levels else "decimal"
                )
                text = text.replace(f"%{at + 1}", formatted(number, form))
        return text + (" " if text and text[-1].isalnum() else "")


def formatted(number: int, form: str) -> str:
    """A number in one of Word's forms; decimal for those that Chinese regulations do not use."""
    if form.startswith(("chinese", "taiwanese", "japanese", "ideographDigital", "koreanDigital")):
        return han(number)
    if form == "ideographTraditional" and 1 <= number <= len(_STEMS):
        return _STEMS[number - 1]
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form == "decimalEnclosedParen" and 1 <= number <= 20:
        return chr(0x2474 + number - 1)
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        letter = chr(96 + number)
        return letter if form == "lowerLetter" else letter.upper()
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number)


def han(number: int) -> str:
    """十二 for 12, 一百零五 for 105; figures from 1000 on."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_ONES[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _ONES[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_ONES[ones] if ones else "")


def numbering_of(numbering: Element | None, styles: Element | None) -> Numbering:
    """The lists of `numbering.xml` and the styles that number their paragraphs."""
    found = Numbering()
    for definition in numbering.all("abstractNum") if numbering else ():
        key = definition.attributes.get("abstractNumId", "")
        found.levels[f"a{key}"] = dict(_level(one) for one in definition.all("lvl"))
    for one in numbering.all("num") if numbering else ():
        _list(found, one)
    for style in styles.all("style") if styles else ():
        list_id, level = style.value("pPr", "numPr", "numId"), style.value("pPr", "numPr", "ilvl")
        if list_id:
            found.by_style[style.attributes.get("styleId", "")] = (list_id, _whole(level))
    _levels_of_styles(found)
    return found


def _list(found: Numbering, one: Element) -> None:
    key, definition = one.attributes.get("numId", ""), one.value("abstractNumId") or ""
    found.levels[key] = dict(found.levels.get(f"a{definition}", {}))
    found.shared[key] = f"a{definition}"
    for override in one.all("lvlOverride"):
        level = _whole(override.attributes.get("ilvl"))
        start = override.value("startOverride")
        if start is not None:
            found.restarts.setdefault(key, {})[level] = _whole(start)
        for own in override.all("lvl"):
            found.levels[key].update([_level(own)])


def _level(element: Element) -> tuple[int, Level]:
    start = element.value("start")
    level = Level(
        form=element.value("numFmt") or "decimal",
        text=(element.value("lvlText") or "")[:40],
        start=_whole(start) if start is not None else 1,
        legal=bool(element.all("isLgl")) and element.value("isLgl") not in ("0", "false"),
        style=element.value("pStyle"),
    )
    return _whole(element.attributes.get("ilvl")), level


def _levels_of_styles(found: Numbering) -> None:
    """A level that names a style is the level of that style's paragraphs."""
    for style, (list_id, _) in list(found.by_style.items()):
        for at, level in found.levels.get(list_id, {}).items():
            if level.style == style:
                found.by_style[style] = (list_id, at)


def _whole(text: str | None) -> int:
    """A level or a start; 0 when it is none, bounded."""
    return min(int(text), 9999) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
