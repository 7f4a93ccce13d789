"""In which encoding a text file is written, packed with gzip or not."""

import gzip
import io
import re
from pathlib import Path
from typing import BinaryIO

SAMPLE = 1 << 20
_HIGH = re.compile(rb"[\x80-\xff]+")


def unpacked(path: Path) -> BinaryIO | gzip.GzipFile:
    """The file's bytes, unpacked where it is packed with gzip."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")


def encoding_of(path: Path) -> str:
    """UTF-16 by its mark or its empty bytes, UTF-8 where it reads; else Chinese or Western by how high bytes pair."""
    with unpacked(path) as file:
        sample = file.read(SAMPLE)
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if sample and sample[1::2].count(0) > len(sample) // 4:
        return "utf-16-le"
    order = ("utf-8-sig", "gb18030", "cp1252") if _in_pairs(sample) else ("utf-8-sig", "cp1252", "gb18030")
    return next((name for name in order if _reads(path, name)), "latin-1")


def _in_pairs(sample: bytes) -> bool:
    """Chinese characters are two high bytes each; an accented letter mostly stands alone between plain ones."""
    runs = [len(run) for run in _HIGH.findall(sample)]
    return sum(length % 2 == 0 for length in runs) * 2 > len(runs)


def _reads(path: Path, encoding: str) -> bool:
    try:
        with io.TextIOWrapper(unpacked(path), encoding=encoding) as text:
            while text.read(1 << 16):
                pass
    except UnicodeDecodeError:
        return False
    return True
