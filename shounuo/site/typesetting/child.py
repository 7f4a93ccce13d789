"""The typesetter as a process of its own: a paper as JSON comes in, a PDF goes out.

Chinese fonts take some 140 MiB of memory; so no web worker carries them, and a paper that cannot be set ends
here. Run by its path, with the standard library and typst only. Exit code 3: no Chinese font.
"""

import json
import sys
from pathlib import Path

NO_FONT = 3
SERIFS = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Songti SC", "SimSun")
SANS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei")


def families(there: set[str]) -> tuple[str, str]:
    """The serif and the sans family to set papers in; one stands in for the other; "" when there is none."""
    serif = next((name for name in SERIFS if name in there), "")
    sans = next((name for name in SANS if name in there), "")
    return serif or sans, sans or serif


def main() -> int:
    """Set the paper on standard input; the PDF goes to standard output."""
    import typst

    fonts = typst.Fonts()
    serif, sans = families(set(fonts.families()))
    if not serif:
        return NO_FONT
    content = json.load(sys.stdin) | {"serif": serif, "sans": sans}
    template = Path(__file__).with_name("paper.typ").read_bytes()
    said = {"paper": json.dumps(content, ensure_ascii=False)}
    sys.stdout.buffer.write(typst.compile(template, font_paths=fonts, sys_inputs=said))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
