"""Ids of clauses: what is printed on the way from the article to the clause, as a lawyer cites it.

    二(三)          item three of part two
    第十四条.¶2     second paragraph of article 14 (its own words are the first)
    4/四.第一条.1   fourth text of a collection, part four, article one, item 1
    3.2②            the second clause that bears 3.2

An id depends on labels and on the order of unlabelled paragraphs, never on words: rewording a clause changes no id.
"""

from collections import Counter
from collections.abc import Iterable
from unicodedata import category

from shounuo.reading.residue import BLANK
from shounuo.reading.tree import Node

_POINTS = "、.．:：" + BLANK
_HALF = str.maketrans("（）〔〕【】［］０１２３４５６７８９．", "()()()()0123456789.")


def ids(nodes: Iterable[Node], labels: dict[int, str]) -> dict[int, str]:
    """Python's id() of a node -> the clause's id; `labels` has the printed labels by the same key."""
    listed = list(nodes)
    restarted = _restarted(listed)
    names: dict[int, str] = {}
    taken: Counter[str] = Counter()
    paragraphs: Counter[int] = Counter()
    for node in listed:
        stem = _stem(node, names, restarted)
        part = _part(node, labels.get(id(node), ""), paragraphs)
        joined = stem + ("." if stem and not stem.endswith("/") and _is_word(part[0]) else "") + part
        name = joined
        while name in taken:
            taken[joined] += 1
            name = joined + _again(taken[joined])
        taken[name] += 1
        names[id(node)] = name
    return names


def _is_word(sign: str) -> bool:
    """Whether a point goes before it: not before ( or ①."""
    return sign != "(" and category(sign) != "No"


def article_of(node: Node) -> str:
    """The article's number; empty outside a collection."""
    mark = node.article.mark if node.article is not None else None
    return str(mark.number) if mark is not None else ""


def _restarted(nodes: Iterable[Node]) -> set[int]:
    """Articles (by id) whose 第一条 is printed more than once: there a 条 is cited with what it stands under."""
    firsts = Counter(id(n.article) for n in nodes if n.family == "条" and n.mark and n.mark.number == 1)
    return {article for article, count in firsts.items() if count > 1}


def _stem(node: Node, names: dict[int, str], restarted: set[int]) -> str:
    article = article_of(node)
    prefix = f"{article}/" if article else ""
    running = node.family == "条" and id(node.article) not in restarted
    if node.family == "篇" or running or node.family == "1.1" or node.kind == "title":
        return prefix if node.family != "篇" else ""
    parent = node.parent
    return prefix if parent is None or parent is node.article else names[id(parent)]


def _part(node: Node, label: str, paragraphs: Counter[int]) -> str:
    if node.family == "篇" and node.mark is not None:
        return f"{node.mark.number}/篇"
    if node.kind == "label":
        return _printed(label)
    if node.kind == "title":
        return "题"
    parent = node.parent
    paragraphs[id(parent)] += 1
    own = parent is not None and parent.family == "条" and bool(parent.body)
    return f"¶{paragraphs[id(parent)] + own}"


def _printed(label: str) -> str:
    """The label without blanks and points, in half-width signs."""
    plain = "".join(sign for sign in label.translate(_HALF) if sign not in BLANK).strip(_POINTS)
    return f"({plain}" if plain.endswith(")") and not plain.startswith("(") else plain


def _again(count: int) -> str:
    """② for the second of a name, ③ for the third …"""
    return chr(0x2460 + count - 1) if count <= 20 else f"#{count}"
