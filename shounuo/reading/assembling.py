"""Nodes of the clean text to clauses of the source: words, pieces, and spans that leave no character without an owner."""

from collections.abc import Iterator, Sequence

from shounuo.reading.labels import DIVISIONS
from shounuo.reading.lines import Clean, like_a_heading, without_stray_blanks
from shounuo.reading.naming import article_of, ids
from shounuo.reading.residue import BLANK
from shounuo.reading.text import Clause, Regulation, Residue, Span
from shounuo.reading.tree import Node


def assembled(source: str, clean: Clean, nodes: Sequence[Node], set_aside: Sequence[Residue]) -> Regulation:
    """The regulation of nodes read from a clean text."""
    labels = {id(node): _label(clean.text, node) for node in nodes if node.mark is not None}
    names = ids(nodes, labels)
    spans, residue = _spans(source, clean, nodes, set_aside)
    clauses = tuple(
        _clause(source, clean, node, names, labels.get(id(node)), span)
        for node, span in zip(nodes, spans, strict=True)
    )
    return Regulation(source, clauses, residue)


def _label(text: str, node: Node) -> str:
    assert node.mark is not None
    return text[node.mark.start : node.mark.end].strip(BLANK)


def _clause(
    source: str, clean: Clean, node: Node, names: dict[int, str], label: str | None, span: Span
) -> Clause:
    title = _is_title(node)
    pieces = tuple(_pieces(clean, node, title))
    return Clause(
        id=names[id(node)],
        label=label,
        parent=names[id(node.parent)] if node.parent is not None else None,
        text="".join(source[a:b] for a, b in pieces),
        span=span,
        article=article_of(node),
        title=title,
        pieces=pieces,
    )


def _is_title(node: Node) -> bool:
    if node.kind in ("title", "heading"):
        return True
    if node.family in DIVISIONS:
        return True
    return node.kind == "label" and node.children > 0 and like_a_heading(node.first_words)


def _pieces(clean: Clean, node: Node, title: bool) -> Iterator[Span]:
    """The runs of the source that are the clause's words; lines that break between Latin words keep their break."""
    last: Span | None = None
    for number, (a, b) in enumerate(_words_of(clean.text, node.body)):
        parts = [(a, b)] if title else without_stray_blanks(clean.text, a, b, not number)
        for start, end in parts:
            for piece in clean.source_spans(start, end):
                if last is not None and last[1] == piece[0]:
                    last = (last[0], piece[1])
                    continue
                if last is not None:
                    yield last
                last = piece
    if last is not None:
        yield last


def _words_of(text: str, body: Sequence[Span]) -> Iterator[Span]:
    for number, (a, b) in enumerate(body):
        before = body[number - 1] if number else None
        latin = before is not None and _is_latin(text[before[1] - 1]) and _is_latin(text[a])
        yield (a - 1 if latin and text[a - 1] in BLANK else a), b


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def _spans(
    source: str, clean: Clean, nodes: Sequence[Node], set_aside: Sequence[Residue]
) -> tuple[list[Span], tuple[Residue, ...]]:
    """Clauses and residue side by side over the whole source: blanks go with what stands before them."""
    owned = [[clean.source_at(node.start), clean.source_at(_last_sign(node)) + 1] for node in nodes]
    spans = [*owned, *([*item.span] for item in set_aside)]
    _fill(spans, len(source))
    residue = [
        Residue(item.text, (a, b), item.why)
        for item, (a, b) in zip(set_aside, spans[len(nodes) :], strict=True)
    ]
    if source and not spans:
        residue.append(Residue("", (0, len(source)), "blank"))
    return [(a, b) for a, b in spans[: len(nodes)]], tuple(residue)


def _last_sign(node: Node) -> int:
    if node.body:
        return node.body[-1][1] - 1
    return node.mark.end - 1 if node.mark is not None else node.start


def _fill(spans: list[list[int]], size: int) -> None:
    """Stretch spans over the blanks between them, and over those at both ends of the text."""
    covered, last = 0, None
    for span in sorted(spans):
        if span[0] > covered:
            if last is None:
                span[0] = 0
            else:
                last[1] = span[0]
        if span[1] > covered or last is None:
            covered, last = max(covered, span[1]), span
    if last is not None:
        last[1] = size
