"""XML of Word files, streamed through Expat: no document types, bounded depth."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from shounuo.reading.errors import ReadingError

MOST_DEPTH = 200
MOST_ELEMENTS = 3_000_000
CHUNK = 65_536

Attributes = Mapping[str, str]


def local(name: str) -> str:
    """An element's or attribute's name without its namespace."""
    return name.rpartition(" ")[2]


class Stream:
    """Calls `start(name, attributes)`, `end(name)` and `words(text)` while it parses; names are local."""

    def __init__(
        self,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None],
        words: Callable[[str], None],
    ) -> None:
        self._start, self._end = start, end
        self._depth = self._count = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._parser.CharacterDataHandler = words
        self._parser.StartDoctypeDeclHandler = _refuse

    def parse(self, content: bytes) -> None:
        """Parse a whole document. Raises ReadingError."""
        try:
            for at in range(0, len(content), CHUNK):
                self._parser.Parse(content[at : at + CHUNK], False)
            self._parser.Parse(b"", True)
        except expat.ExpatError:
            raise ReadingError("broken_docx", problem="xml") from None

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > MOST_DEPTH or self._count > MOST_ELEMENTS:
            raise ReadingError(
                "unsafe_docx", problem="too_deep" if self._depth > MOST_DEPTH else "too_many_parts"
            )
        self._start(local(name), {local(key): value for key, value in attributes.items()})

    def _close(self, name: str) -> None:
        self._depth -= 1
        self._end(local(name))


def _refuse(*_declaration: object) -> None:
    raise ReadingError("unsafe_docx", problem="document_type")


@dataclass(slots=True)
class Element:
    """A small document's element; words are left out."""

    name: str
    attributes: Attributes = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)

    def all(self, name: str) -> list["Element"]:
        """Children of that name."""
        return [child for child in self.children if child.name == name]

    def value(self, *path: str) -> str | None:
        """The `val` of the element at a path of first children."""
        element: Element | None = self
        for name in path:
            element = next(iter(element.all(name)), None) if element else None
        return element.attributes.get("val") if element else None


def tree_of(content: bytes) -> Element:
    """A small document (styles, numbering) as elements."""
    root = Element("")
    open_elements = [root]

    def start(name: str, attributes: Attributes) -> None:
        element = Element(name, attributes)
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def end(_name: str) -> None:
        open_elements.pop()

    Stream(start, end, lambda _words: None).parse(content)
    return root.children[0] if root.children else root
