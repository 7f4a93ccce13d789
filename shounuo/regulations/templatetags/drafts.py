"""How findings and decisions of a draft are shown."""

from collections.abc import Mapping

from django import template

from shounuo.regulations.drafts import wording
from shounuo.regulations.drafts.review import Item

register = template.Library()


@register.filter
def kind_sign(kind: str) -> str:
    """One sign for a kind of finding."""
    return wording.MARKS.get(kind, "")


@register.filter
def kind_name(kind: str) -> str:
    """A kind of finding in words."""
    return str(wording.KINDS.get(kind, kind))


@register.filter
def verdict_sign(verdict: str) -> str:
    """One sign for what was decided."""
    return wording.VERDICTS[verdict][0]


@register.filter
def verdict_name(verdict: str) -> str:
    """What was decided, in words."""
    return str(wording.VERDICTS[verdict][1])


@register.filter
def verb_name(verb: str) -> str:
    """A decision in words."""
    return str(wording.VERBS.get(verb, verb))


@register.filter
def in_short(item: Item) -> str:
    """A finding in a few words."""
    return wording.summary(item)


@register.filter
def of(names: Mapping[str, str], key: str) -> str:
    """What a table holds under a key; "" when nothing."""
    return names.get(key, "")
