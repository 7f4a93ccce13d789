"""PDF with a text layer to text, in a process of its own with limits on time and memory.

A PDF can ask for any amount of both while staying small, and the parser cannot be stopped from within.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from shounuo.reading.errors import ReadingError

MOST_PAGES = 300
MOST_SECONDS = 60
MOST_MEMORY = 1024 * 1024 * 1024
FEWEST_SIGNS_A_PAGE = 8
MOST_UNREADABLE = 0.1

_CHILD = Path(__file__).with_name("pdf_pages.py")
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08]")


def text_of_pdf(content: bytes, most: int) -> str:
    """The text, pages divided by form feeds. Raises ReadingError."""
    pages = _pages(content, most)
    text = "\f".join(pages)
    signs = len("".join(text.split()))
    if signs < FEWEST_SIGNS_A_PAGE * len(pages):
        raise ReadingError("scanned_pdf")
    if len(_UNREADABLE.findall(text)) > MOST_UNREADABLE * signs:
        raise ReadingError("garbled_pdf")
    return text


def _pages(content: bytes, most: int) -> list[str]:
    limits = json.dumps(
        {"pages": MOST_PAGES, "characters": most, "seconds": MOST_SECONDS, "memory": MOST_MEMORY}
    )
    command = [sys.executable, "-I", str(_CHILD), limits]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=content, capture_output=True, timeout=MOST_SECONDS + 10, check=False
        )
    except subprocess.TimeoutExpired:
        raise ReadingError("takes_too_long") from None
    answer = _answer(done.stdout)
    if answer is None:
        raise ReadingError("takes_too_long" if done.returncode < 0 else "broken_pdf")
    if "error" in answer:
        raise ReadingError(answer["error"], **answer.get("values", {}))
    pages: list[str] = answer["pages"]
    return pages


def _answer(output: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(output)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None
