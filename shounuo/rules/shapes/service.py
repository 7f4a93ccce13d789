"""Services and their guides: what a person must bring, how long it takes, what it costs."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shounuo.rules.shapes.base import Id, Ids, Part, Text


class Material(Part):
    """One paper of the checklist."""

    id: Id
    title: Text
    form: Literal["original", "copy", "original_and_copy", "electronic", "form"] = "copy"
    copies: int = Field(default=1, ge=1)
    source: Text | None = None
    needed_when: Text | None = None
    """Empty means always needed."""


class Stage(Part):
    """A special stage with its own time, and whether it counts in the limit (许可法 45)."""

    title: Text
    takes: str
    counted: bool = False


class Fee(Part):
    """What it costs and by which rule; ``free`` leaves the rest empty."""

    free: bool = True
    amount: Text | None = None
    basis: Text | None = None


class Service(Part):
    """A service guide (服务指南). Limits are budget words, for example ``4 working days``."""

    title: Text
    code: str
    section: Id
    kinds: Ids = ("application",)
    summary: Text
    basis: tuple[Text, ...] = Field(min_length=1)
    who_may_apply: Text
    conditions: tuple[Text, ...] = Field(min_length=1)
    materials: tuple[Material, ...] = ()
    steps: tuple[Text, ...] = Field(min_length=1)
    immediate: bool = False
    statutory_limit: str | None = None
    promised_limit: str | None = None
    limit_source: Text | None = None
    stages: tuple[Stage, ...] = ()
    fee: Fee = Fee()
    result: Text
    delivery: Text
    channels: Ids
    place: Text
    hours: Text
    visits: int = Field(default=1, ge=0)
    inquiry_phone: str
    complaint_phone: str
    version: str
    in_force_from: str
