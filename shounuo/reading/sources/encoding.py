"""Bytes to text without being told the encoding: UTF-8, GB18030, UTF-16, with or without a byte order mark."""

import codecs
import re

from shounuo.reading.errors import ReadingError

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SAMPLE = 20_000
MOST_CONTROLS = 0.01
COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方"
    "多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情"
    "明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给"
    "服务办承诺规条章投诉责管位应须材料受请供电水单户，。、；：（）"
)
"""Frequent signs; text decoded wrongly has few of them."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decoded(content: bytes) -> tuple[str, str]:
    """The text and the encoding's name. Raises ReadingError (wrong_encoding, binary)."""
    text, encoding = _decoded(content)
    controls = len(_CONTROLS.findall(text, 0, 200_000))
    if controls > max(20, MOST_CONTROLS * min(len(text), 200_000)):
        raise ReadingError("binary")
    return text, encoding


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding), encoding.removesuffix("-sig")
    try:
        return _even(content.decode("utf-8"), content, "utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    tried = [(encoding, _try(content, encoding)) for encoding in ("gb18030", "utf-16-le", "utf-16-be")]
    ranked = [(_likeness(text), encoding, text) for encoding, text in tried if text is not None]
    if not ranked:
        raise ReadingError("wrong_encoding", byte=first + 1)
    _, encoding, text = max(ranked, key=lambda one: one[0])
    return text, encoding


def _even(text: str, content: bytes, encoding: str) -> tuple[str, str]:
    """UTF-16 of Latin text is valid UTF-8 full of zero bytes."""
    if 4 * content.count(0, 0, SAMPLE) > min(len(content), SAMPLE):
        for other in ("utf-16-le", "utf-16-be"):
            found = _try(content, other)
            if found is not None and "\x00" not in found[:SAMPLE]:
                return found, other
    return text, encoding


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingError("wrong_encoding", byte=error.start + 1) from None


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _likeness(text: str) -> float:
    """How much a text looks like Chinese prose: the share of frequent signs and plain ASCII."""
    sample = text[:SAMPLE]
    return sum(sign in COMMON or " " <= sign <= "~" or sign in "\r\n\t" for sign in sample) / max(
        len(sample), 1
    )
