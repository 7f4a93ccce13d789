"""Making the PDF in a child process, so that no web worker carries fonts."""

import json
import subprocess
import sys
from pathlib import Path
from threading import Lock

from shounuo.cases.papers import Paper
from shounuo.site.typesetting.child import NO_FONT
from shounuo.site.typesetting.content import data_of

CHILD = Path(__file__).with_name("child.py")
LONGEST = 30
"""Seconds after which a paper is given up."""
ONE_AT_A_TIME = Lock()
"""The fonts take some 140 MiB a paper: eight citizens who print together shall not use up a server's memory."""


class NoChineseFont(RuntimeError):
    """No Chinese font is installed: a PDF would show boxes instead of characters."""


def pdf_of(paper: Paper) -> bytes:
    """The paper as PDF with text that can be searched and read aloud.

    Raises `NoChineseFont` when this machine has no Chinese font, `RuntimeError` when it cannot be set.
    """
    said = json.dumps(data_of(paper), ensure_ascii=False).encode()
    with ONE_AT_A_TIME:
        done = subprocess.run(  # noqa: S603 - our own file, no shell, the content on standard input
            [sys.executable, "-I", "-X", "utf8", str(CHILD)],
            input=said,
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
    if done.returncode == NO_FONT:
        raise NoChineseFont
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-500:])
    return done.stdout
