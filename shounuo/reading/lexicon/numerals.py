"""Numbers as Chinese regulations print them: 3, ３, 2.5, 1/2, 三, 两, 半, 廿五, 二〇, 一百二十, 三五 (three to five)."""

import re

DIGITS = {
    c: n
    for n, cs in enumerate(("〇零", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in cs
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000}
_CHINESE = "〇零一二两三四五六七八九十百千万廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
ARABIC = r"[0-9]{1,9}(?:\.[0-9]{1,4})?"
NUMBER = (
    rf"(?:{ARABIC}(?:/[0-9]{{1,4}})?|[{_CHINESE}]{{1,10}}分之[{_CHINESE}]{{1,10}}|[{_CHINESE}]{{1,12}}|半)"
)
NUMERAL_CHARACTERS = _CHINESE + "半0-9."


def read(word: str) -> float:
    """The number that `word` means; of a pair such as 三五 the larger. ValueError when it means none."""
    return read_range(word)[1]


def read_range(word: str) -> tuple[float, float]:
    """Both ends of what `word` means: 三五 is (3, 5), and a single number is its own two ends."""
    if word == "半":
        return 0.5, 0.5
    if re.fullmatch(r"[0-9.]+(?:/[0-9]+)?", word):
        above, _, below = word.partition("/")
        value = float(above) / (float(below) or 1) if below else float(above)
        return value, value
    if "分之" in word:
        below, _, above = word.partition("分之")
        value = _chinese(above) / (_chinese(below) or 1)
        return value, value
    if (
        len(word) == 2
        and all(c in DIGITS for c in word)
        and DIGITS[word[0]] + 1 <= DIGITS[word[1]]
        and "〇" not in word
    ) and DIGITS[word[0]] > 0:
        return float(DIGITS[word[0]]), float(DIGITS[word[1]])
    value = _chinese(word)
    return value, value


def _chinese(word: str) -> float:
    """二十一, 一百零五, 二〇, 廿五."""
    word = word.replace("廿", "二十").replace("卅", "三十")
    if not word or any(c not in DIGITS and c not in _TENS for c in word):
        raise ValueError(f"{word!r} is no number")
    if all(c in DIGITS for c in word):
        return float(int("".join(str(DIGITS[c]) for c in word)))
    total, digit = 0, 0
    for c in word:
        if c in DIGITS:
            digit = DIGITS[c]
        elif c == "万":
            total, digit = (total + digit) * 10_000, 0
        else:
            total, digit = total + (digit or 1) * _TENS[c], 0
    return float(total + digit)
