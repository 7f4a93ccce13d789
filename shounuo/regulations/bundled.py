"""The packs that come with the product and may be adopted. Read from files once a process."""

from functools import cache

from shounuo.rules.loading import load_pack
from shounuo.rules.loading.pack import BUNDLED
from shounuo.rules.loading.parts import validate
from shounuo.rules.loading.reader import read_document
from shounuo.rules.shapes import Pack
from shounuo.rules.shapes.pack import PackHead


@cache
def bundled_heads() -> tuple[PackHead, ...]:
    """What each bundled pack is, from its ``pack.yaml`` alone: quick enough for a list."""
    found = []
    for path in sorted(BUNDLED.glob("*/pack.yaml")):
        document = read_document(path)
        head = validate(PackHead, document, (), document.data)
        if head is not None:
            found.append(head)
    return tuple(found)


@cache
def bundled_pack(key: str) -> Pack | None:
    """The whole pack of an id, checked; None for an id that is not bundled. Raises ``PackFaults``."""
    known = any(head.id == key for head in bundled_heads())
    return load_pack(BUNDLED / key) if known else None
