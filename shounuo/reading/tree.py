"""Clauses while they are read: which stands under which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from shounuo.reading.labels import DIVISIONS, RANK, Mark
from shounuo.reading.lines import like_a_heading
from shounuo.reading.text import Span

LEAD_IN = "：:"
MOST_LEFT_OUT = 2
DEEPEST = 24
"""No list opens below this."""


@dataclass(slots=True, eq=False)
class Node:
    """A clause being read; spans are in the clean text."""

    kind: str
    """label, title, heading, paragraph or bullet"""
    start: int
    parent: Node | None
    article: Node | None = None
    mark: Mark | None = None
    body: list[Span] = field(default_factory=list)
    depth: int = 0
    children: int = 0
    first_words: str = ""
    """the beginning of its words, as far as a heading could be long"""
    last_sign: str = ""

    @property
    def family(self) -> str:
        return self.mark.family if self.mark else ""

    def add(self, text: str, a: int, b: int) -> None:
        """Take more words."""
        self.body.append((a, b))
        if len(self.first_words) <= 40:
            self.first_words += text[a : min(b, a + 41)]
        self.last_sign = text[b - 1]

    def leads_in(self) -> bool:
        """Whether its words end with a colon, so that a list follows."""
        return self.last_sign in LEAD_IN if self.last_sign else False

    def heads(self) -> bool:
        """Whether it looks like a heading for what follows."""
        return (
            self.kind in ("title", "heading") or self.family in DIVISIONS or like_a_heading(self.first_words)
        )


def chain(node: Node | None) -> Iterator[Node]:
    """The node and what it stands under, outwards."""
    while node is not None:
        yield node
        node = node.parent


class Tree:
    """All clauses in the order of the text; `current` is the one read last."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.current: Node | None = None
        self.article: Node | None = None
        self._new_article()

    def _new_article(self) -> None:
        self.decimals: dict[tuple[int, ...], Node] = {}
        self.last_child: dict[tuple[int, ...], int] = {}
        self.last: dict[str, Node] = {}
        """family -> the last clause of it in this article"""
        self.started = False
        """whether anything but titles was read in this article"""
        self.last_part = 0
        """the first number of the last decimal"""

    def label(self, mark: Mark, start: int) -> Node:
        """Add a labelled clause."""
        if mark.family == "篇":
            self._new_article()
            node = Node("label", start, None, None, mark)
            self.article = node
            node.article = node
        else:
            node = Node("label", start, self._parent(mark), self.article, mark)
            self.started = True
        self._remember(node)
        return self._put(node)

    def unlabelled(self, kind: str, start: int) -> Node:
        """Add a title, annex, heading, paragraph or bullet."""
        parents = {"title": self._root, "annex": self._root, "heading": self._above_heading}
        parent = parents.get(kind, self._above_paragraph)()
        node = Node("heading" if kind == "annex" else kind, start, parent, self.article)
        self.started = self.started or kind != "title"
        self._put(node)
        if kind == "title":
            self.current = self.article
        return node

    def _put(self, node: Node) -> Node:
        if node.parent is not None:
            node.parent.children += 1
            node.depth = node.parent.depth + 1
        self.nodes.append(node)
        self.current = node
        return node

    def _remember(self, node: Node) -> None:
        mark = node.mark
        assert mark is not None
        self.last[mark.family] = node
        if mark.family in ("1.1", "1"):
            self.decimals[mark.numbers] = node
            self.last_child[mark.numbers[:-1]] = mark.number
        if mark.family == "1.1" or mark.style == "1 ":
            self.last_part = mark.numbers[0]

    def _root(self) -> Node | None:
        return self.article

    def _above_heading(self) -> Node | None:
        for node in chain(self.current):
            if node.kind == "heading":
                return node.parent
            if node.family in DIVISIONS or (node.family in ("一", "(一)") and node.heads()):
                return node
        return self.article

    def _above_paragraph(self) -> Node | None:
        """An unlabelled paragraph goes on under what has paragraphs: a heading, a division, a 条."""
        top = None
        if self.current is not None and self.current.kind == "label" and self.current.leads_in():
            return self.current
        for node in chain(self.current):
            if node.kind == "label":
                if node.family == "条" or node.heads():
                    return node
                top = node
            elif node.kind == "heading":
                return node
        return top if top is not None and top.family == "一" else self.article

    def sibling(self, mark: Mark) -> Node | None:
        """The clause above in whose list the mark would stand: the one it continues, else the nearest of its style."""
        nearest = None
        for node in chain(self.current):
            if node.mark is None or node.family != mark.family:
                continue
            same = node.mark.style == mark.style
            if node.mark.number == mark.number - 1 and (same or nearest is None):
                return node
            nearest = nearest or (node if same else None)
        return nearest

    def continues(self, mark: Mark) -> bool:
        """Whether the mark is the next number of a list that is open."""
        if mark.family == "1.1":
            return self._continues_decimal(mark)
        sibling = self.sibling(mark)
        if sibling is None and mark.family in ("条", "一"):
            sibling = self.last.get(mark.family)
        return sibling is not None and sibling.mark is not None and sibling.mark.number == mark.number - 1

    def opens(self, mark: Mark) -> bool:
        """Whether number 1 of a unit of law may open a list here: none is open, or it stands under a new heading."""
        if mark.family == "条":
            return self.last.get("条") is None or any(
                n.heads() for n in chain(self.current) if n.family != "条"
            )
        return mark.family not in self.last or mark.family == "节"

    def skips(self, mark: Mark) -> bool:
        """Whether the mark repeats the last number of an open list, or leaves out at most two."""
        if mark.family == "1.1":
            last = self.last_child.get(mark.numbers[:-1])
        else:
            node = self.sibling(mark) or self.last.get(mark.family)
            last = node.mark.number if node is not None and node.mark else None
        return last is not None and last <= mark.number <= last + MOST_LEFT_OUT + 1

    def _continues_decimal(self, mark: Mark) -> bool:
        prefix = mark.numbers[:-1]
        if mark.number == 1:
            return prefix in self.decimals or (len(prefix) == 1 and self.last_child.get((), 0) < prefix[0])
        return self.last_child.get(prefix) == mark.number - 1

    def _is_open(self, node: Node) -> bool:
        """Whether decimals may still go under it: always under a bare 4, under 4、 or 4. while its list is open."""
        return (node.mark is not None and node.mark.style == "1 ") or node in chain(self.current)

    def _parent(self, mark: Mark) -> Node | None:
        if mark.family == "1.1":
            return self._above_decimal(mark)
        if self.current is not None and self._leads_to(self.current, mark):
            return self.current
        sibling = self.sibling(mark) or self._before_headings(mark)
        if sibling is not None:
            return sibling.parent
        if mark.style == "1 " and mark.number > 1:
            return self._above_heading()
        return self._opened_under(mark)

    def _leads_to(self, current: Node, mark: Mark) -> bool:
        """Whether a list opens under what was read last, for that ends with a colon; an opening paragraph heads none."""
        opening = current.kind == "paragraph" and current.parent is self.article
        first = mark.number == 1 and mark.family not in DIVISIONS
        return first and current.leads_in() and not opening and current.depth < DEEPEST

    def _before_headings(self, mark: Mark) -> Node | None:
        """The list that unlabelled headings or paragraphs interrupted."""
        last = self.last.get(mark.family)
        if mark.family != "一" or last is None or last.mark is None or mark.number != last.mark.number + 1:
            return None
        return last if any(node.kind == "heading" for node in chain(self.current)) else None

    def _opened_under(self, mark: Mark) -> Node | None:
        """A new list stands under what was read last, unless that is usually smaller than the list."""
        rank = RANK[mark.family]
        for node in chain(self.current):
            if node.kind == "heading" and mark.family not in DIVISIONS:
                if mark.family == "条" and self._has_smaller(node):
                    continue
                return node
            if node.kind == "label":
                larger = RANK[node.family] < rank
                if larger or (mark.number == 1 and node.heads() and mark.family not in DIVISIONS):
                    return node
        return self.article

    def _has_smaller(self, heading: Node) -> bool:
        """Whether a heading has a list of 一、 or 1. of its own: a 第一条 after it begins another text."""
        return any(f in self.last and self.last[f].parent is heading for f in ("一", "(一)", "1"))

    def _above_decimal(self, mark: Mark) -> Node | None:
        prefix = mark.numbers[:-1]
        for length in range(len(prefix), 0, -1):
            known = self.decimals.get(prefix[:length])
            if known is not None and (length > 1 or self._is_open(known)):
                return known
        for node in chain(self.current):
            same = node.mark is not None and node.mark.family == "1.1" and node.mark.numbers[:-1] == prefix
            if same:
                return node.parent
            if node.kind == "heading" or node.family in DIVISIONS:
                return node
            if node.mark is not None and node.family in ("一", "条") and node.mark.number == prefix[0]:
                return node
        return self.article
