"""Whether a decision may be made about a draft as it stands: every check the action makes. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from shounuo.regulations.drafts import wording
from shounuo.regulations.drafts.review import Item, Review
from shounuo.regulations.refusals import Refused
from shounuo.rules.words import MOST

LONGEST_NOTE = 500
LONGEST_WORDS = 200

_ONE_OF: Mapping[str, Mapping[str, Any]] = {
    "unit": wording.UNITS, "kind": wording.LIMIT_KINDS, "place": wording.PLACES, "to": wording.RECIPIENTS,
    "shape": wording.SHAPES, "recurrence": wording.RECURRENCES, "scope": wording.SCOPES,
    "starts": dict.fromkeys(wording.STARTS),
}  # fmt: skip
_SOME_OF: Mapping[str, Sequence[str]] = {"ends": wording.ENDS, "matters": wording.MATTERS}


def checked(review: Review, verb: str, keys: Sequence[str], said: Mapping[str, Any]) -> None:
    """Raise `Refused` when the verb cannot be done to these findings."""
    items = [review.items[key] for key in keys if key in review.items]
    if verb not in _CHECKS or len(items) != len(keys):
        raise Refused(_("没有这一处，或者它已经拆开、并掉了。"))
    _CHECKS[verb](review, items, said)


def check_values(kind: str, values: Mapping[str, Any]) -> None:
    """Values that a rule can be made of; `Refused` names the field."""
    for name, value in values.items():
        if name in _ONE_OF and not (name == "kind" and kind != "limit") and value not in _ONE_OF[name]:
            raise Refused(_("请从所列选项中选择。"), name)
        if name in _SOME_OF and not set(value) <= set(_SOME_OF[name]):
            raise Refused(_("请从所列选项中选择。"), name)
        if isinstance(value, str) and len(value) > LONGEST_WORDS:
            raise Refused(_("最多 %(most)s 个字。") % {"most": LONGEST_WORDS}, name)
    if kind == "limit":
        _limit(values)
    if kind == "consequence" and not set(values["measures"]) <= set(wording.measures()):
        raise Refused(_("请从所列选项中选择。"), "measures")
    if kind == "consequence" and not values["measures"]:
        raise Refused(_("至少选一种处理。"), "measures")


def _limit(values: Mapping[str, Any]) -> None:
    if values["unit"] not in wording.WHOLE and not 0 < float(values["value"] or 0) <= MOST:
        raise Refused(_("请填大于 0 的数。"), "value")
    if not values["ends"]:
        raise Refused(_("至少选一个：到什么为止。"), "ends")
    if values["starts"] in values["ends"]:
        raise Refused(_("起点和终点不能是同一件事。"), "ends")


def find_quote(review: Review, clause: str, quote: str, field: str) -> tuple[int, int]:
    """Where words stand in a clause, in the source's positions. `Refused` when they do not."""
    found = next((one for one in review.material.regulation.clauses if one.id == clause), None)
    if found is None:
        raise Refused(_("没有这一条。"), field)
    text = review.material.regulation.source[slice(*found.span)]
    at = text.find(quote.strip()) if quote.strip() else -1
    if at < 0:
        raise Refused(_("这一条里没有这些字；请照原文抄。"), field)
    return found.span[0] + at, found.span[0] + at + len(quote.strip())


def _nothing_more(_review: Review, items: Sequence[Item], _said: Mapping[str, Any]) -> None:
    if not items:
        raise Refused(_("没有这一处，或者它已经拆开、并掉了。"))


def _edit(_review: Review, items: Sequence[Item], said: Mapping[str, Any]) -> None:
    _nothing_more(_review, items, said)
    check_values(items[0].kind, {**items[0].values, **said["values"]})


def _add(review: Review, _items: Sequence[Item], said: Mapping[str, Any]) -> None:
    if said["kind"] not in wording.KINDS:
        raise Refused(_("请从所列选项中选择。"), "kind")
    find_quote(review, said["clause"], said["quote"], "quote")
    check_values(said["kind"], said["values"])
    if said["kind"] == "shape" and _same_shape(review, said):
        raise Refused(_("这一条已经有这一类规则。"), "shape")


def _same_shape(review: Review, said: Mapping[str, Any]) -> bool:
    return any(one.kind == "shape" and one.values["shape"] == said["values"]["shape"]
               for one in review.of_clause(said["clause"]))  # fmt: skip


def _split(review: Review, items: Sequence[Item], said: Mapping[str, Any]) -> None:
    _nothing_more(review, items, said)
    if items[0].kind == "shape":
        raise Refused(_("整条的规则不能拆；可以另补一处。"))
    for number, part in enumerate(said["parts"], 1):
        find_quote(review, items[0].clause, part["quote"], f"part_{number}")
    if len({part["quote"] for part in said["parts"]}) != 2:
        raise Refused(_("两处的原文要不同。"), "part_2")


def _merge(_review: Review, items: Sequence[Item], _said: Mapping[str, Any]) -> None:
    if len(items) < 2:
        raise Refused(_("请选要并到一起的另一处。"), "other")
    if len({(one.clause, one.kind) for one in items}) != 1 or items[0].kind == "shape":
        raise Refused(_("只能合并同一条里的同一类。"), "other")


def _undo(review: Review, _items: Sequence[Item], said: Mapping[str, Any]) -> None:
    found = next((one for one in review.decisions if one.seq == said.get("undoes")), None)
    if found is None or found.verb == "undo" or found.undone:
        raise Refused(_("这个决定不能撤销，或者已经撤销了。"))


def _head(_review: Review, _items: Sequence[Item], said: Mapping[str, Any]) -> None:
    for name in ("title", "issuer", "version"):
        if not said.get(name):
            raise Refused(_("这一栏要填。"), name)


_CHECKS: Mapping[str, Callable[[Review, Sequence[Item], Mapping[str, Any]], None]] = {
    "accept": _nothing_more, "reject": _nothing_more, "note": _nothing_more, "edit": _edit, "add": _add,
    "split": _split, "merge": _merge, "undo": _undo, "head": _head,
}  # fmt: skip
