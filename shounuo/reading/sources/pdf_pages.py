"""The process that takes the text out of a PDF: bytes on standard input, JSON on standard output.

Run by path with `python -I`, so that it imports nothing of ours; `sources.pdf` starts it and judges its answer.
"""

import json
import logging
import sys
from io import BytesIO
from typing import Any


def limit(seconds: int, memory: int) -> None:
    """Bound this process; systems without `resource` have the parent's timeout only."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def answer(content: bytes, most_pages: int, most_characters: int) -> dict[str, Any]:
    """`{"pages": [...]}` or `{"error": code, "values": {...}}`."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"error": "encrypted"}
        count = len(reader.pages)
        if count > most_pages:
            return {"error": "too_many_pages", "values": {"pages": count, "limit": most_pages}}
        return texts(reader, most_characters)
    except (DependencyError, FileNotDecryptedError):
        return {"error": "encrypted"}
    except MemoryError:
        return {"error": "takes_too_long"}
    except Exception:  # the parser fails on broken files in any way
        return {"error": "broken_pdf"}


def texts(reader: Any, most_characters: int) -> dict[str, Any]:
    """The text of every page."""
    found, total = [], 0
    for page in reader.pages:
        text = page.extract_text()
        total += len(text)
        if total > most_characters:
            return {"error": "too_long", "values": {"limit": most_characters}}
        found.append(text)
    return {"pages": found} if found else {"error": "broken_pdf"}


def main() -> None:
    """Read, bound, answer."""
    limits = json.loads(sys.argv[1])
    content = sys.stdin.buffer.read()
    limit(limits["seconds"], limits["memory"])
    logging.disable(logging.CRITICAL)
    found = answer(content, limits["pages"], limits["characters"])
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
