"""A reading to a draft pack: YAML that loads, to be read and decided by people.

Every clause is there with its own words. What reading found becomes a rule beside its clause, with the words it was
found in; what the text leaves open becomes an undecided setting. Events, roles and hours that the text does not name
are stand-ins, and the notes say so.
"""

import re
from collections.abc import Mapping
from typing import Any

from shounuo.reading.drafting.draft import Draft
from shounuo.reading.drafting.head import calendars, head, vocabulary
from shounuo.reading.drafting.rules import add_found, add_shapes
from shounuo.reading.drafting.settings import add_gaps
from shounuo.reading.drafting.yaml_text import yaml_text
from shounuo.reading.errors import ReadingError
from shounuo.reading.findings import Findings
from shounuo.reading.text import Regulation
from shounuo.rules.loading.reader import PACK_FILE

_PACK_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
FIRST_LINE = (
    "# 草案：由文本读出，须由人逐条看过才能采用。 A draft read from a text: people read it all first.\n\n"
)


def is_pack_id(name: str) -> bool:
    """Whether a folder of that name can hold a pack."""
    return _PACK_ID.match(name) is not None


def draft_pack(regulation: Regulation, findings: Findings, pack_id: str) -> dict[str, str]:
    """File name -> YAML text of a pack that loads; what the text leaves open are undecided settings.

    Raises ReadingError (too_long_for_a_pack) for a file that the packs' reader would refuse.
    """
    draft = Draft(regulation, findings)
    add_gaps(draft)
    add_found(draft)
    add_shapes(draft)
    parts = {
        "pack": head(draft, pack_id),
        "clauses": draft.clauses(),
        **draft.rules,
        "settings": draft.settings,
        "calendars": calendars(),
        "vocabulary": vocabulary(draft),
    }
    files = {f"{name}.yaml": FIRST_LINE + yaml_text(part) for name, part in parts.items() if part}
    for name, part in parts.items():
        if part and (len(files[f"{name}.yaml"].encode()) > PACK_FILE.size or _nodes(part) > PACK_FILE.nodes):
            raise ReadingError("too_long_for_a_pack", file=f"{name}.yaml")
    return files


def _nodes(data: Any) -> int:
    """How many values YAML has for it: itself and everything in it."""
    below = data.values() if isinstance(data, Mapping) else data if isinstance(data, list | tuple) else ()
    return 1 + sum(map(_nodes, below))
