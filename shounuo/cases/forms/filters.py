"""The filters of the list of matters, all in the address."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from shounuo.cases import access
from shounuo.cases.forms.fields import WordsField
from shounuo.cases.horizon import STEPS, Horizon
from shounuo.cases.models import CaseQuerySet, Kind, State
from shounuo.cases.newest import Newest
from shounuo.cases.search import wanted
from shounuo.cases.waiting import QUEUES
from shounuo.commitments.models import RunningClock
from shounuo.commitments.tallies import Period
from shounuo.organisation.access import Actor
from shounuo.organisation.forms.plain import PlainForm
from shounuo.organisation.models import Unit

SORTS: dict[str, tuple[Any, ...]] = {
    "number": ("id",), "-number": ("-id",), "received": ("received_at", "id"), "-received": ("-received_at", "-id"),
    "due": (F("due_at").asc(nulls_last=True), "id"), "-due": (F("due_at").desc(nulls_last=True), "-id"),
}  # fmt: skip
NEWEST = "-received"
LONGEST_NUMBER, SHORTEST_PHONE = 16, 10
YEARS = range(1900, 2200)
QUOTED = 40
"""How much of a value that cannot be used is said again."""
STAGES = {"open": lazy("未办结"), "ended": lazy("已办结")}


class PickField(forms.ChoiceField):
    """One of a list, or everything."""

    def __init__(self, label: Any, choices: Any = ()) -> None:
        super().__init__(label=label, required=False, choices=[("", lazy("全部")), *choices])

    def validate(self, value: str) -> None:
        """Only what the list has; a list cannot show another value, so the error says it."""
        if value and not self.valid_value(value):
            raise forms.ValidationError(
                _("没有“%(value)s”这一项，请从列表里选。") % {"value": value[:QUOTED]}
            )


class DayField(forms.DateField):
    """A day that a matter may have come in on."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def to_python(self, value: Any) -> date | None:
        """The day; a date box cannot show what is none, so the error says it."""
        try:
            day = super().to_python(value)
        except forms.ValidationError:
            day = date.min
        if day and day.year not in YEARS:
            wrong = {"value": str(value)[:QUOTED]}
            raise forms.ValidationError(_("“%(value)s”不是日期，请写成 2026-10-08 的样子。") % wrong)
        return day


class FilterForm(PlainForm):
    """What to look for. With a value that cannot be used nothing is looked for, and the field says why."""

    q = WordsField(
        label=lazy("受理号、事由、姓名或电话"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "data-find": True, "autocomplete": "off"}),
    )
    state = PickField(lazy("状态"))
    kind = PickField(lazy("类别"), Kind.choices)
    section = PickField(lazy("科室"))
    service = PickField(pgettext_lazy("service", "事项"))
    clock = PickField(lazy("时限"))
    due = PickField(lazy("到期"))
    since = DayField(lazy("收到，从"))
    until = DayField(lazy("收到，到"))
    mine = PickField(lazy("谁的"), [("1", lazy("我的"))])
    waits = PickField(lazy("等我做的"))

    def __init__(
        self, data: Any, sections: list[Unit], services: dict[str, str], steps: Horizon | None = None
    ) -> None:
        super().__init__(data)
        self.steps = steps
        self.sort = data["sort"] if data.get("sort") in SORTS else NEWEST
        self.by_words: Newest | None = None
        everything = ("", lazy("全部"))
        choices: dict[str, list[Any]] = {
            "state": [*STAGES.items(), *State.choices],
            "section": [(unit.code, unit.name) for unit in sections],
            "service": list(services.items()),
            "clock": list(RunningClock.State.choices),
            "due": list(STEPS.items()) if steps else [],
            "waits": [(key, queue.title) for key, queue in QUEUES.items()],
        }
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, PickField)
            field.choices = [everything, *found]
        self.sections = {unit.code: unit.pk for unit in sections}
        self.is_valid()

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("不能早于“收到，从”的日期。"))
        return cleaned

    def apply(self, cases: CaseQuerySet, actor: Actor) -> CaseQuerySet:
        """The matters that fit; none while a value cannot be used."""
        if self.errors:
            return cases.none()
        said = self.cleaned_data
        for name, column in (("kind", "kind"), ("service", "service"), ("clock", "clock_state")):
            if value := said.get(name):
                cases = cases.filter(Q((column, value)))
        if self.steps and (step := said.get("due")):
            cases = cases.filter(self.steps.on(step))
        cases = cases.filter(Period(said.get("since"), said.get("until")).on("received_at"))
        if code := said.get("section"):
            cases = cases.filter(section=self.sections[code])
        if said.get("mine"):
            cases = cases.filter(access.mine(actor))
        if queue := QUEUES.get(said.get("waits", "")):
            cases = cases & queue.ask(actor).order_by()
        return self._found(_in_state(cases, said.get("state", "")), said.get("q", "").strip())

    def _found(self, cases: CaseQuerySet, asked: str) -> CaseQuerySet:
        """By printed number, else by the words of the request, the name or the telephone number."""
        if not asked:
            return cases
        year, dash, tail = asked.partition("-")
        if dash and year.isdecimal() and tail.isdecimal() and len(tail) < LONGEST_NUMBER:
            return cases.filter(pk=int(tail))
        if asked.isdecimal() and len(asked) < SHORTEST_PHONE and cases.filter(pk=int(asked)).exists():
            return cases.filter(pk=int(asked))
        grams = wanted(asked)
        if not grams:
            return cases.none()
        self.by_words = Newest(cases, grams, common=len(asked.split()) == 1)
        return self.by_words.hits

    @property
    def narrowed(self) -> bool:
        """Whether more than the search words is filtered, or should have been."""
        asked = self.cleaned_data | dict.fromkeys(self.errors, True)
        return any(value for name, value in asked.items() if name != "q")

    @property
    def used(self) -> bool:
        """Whether anything is filtered, or should have been."""
        return bool(self.errors) or any(self.cleaned_data.values())


class KeepForm(PlainForm):
    """The name under which somebody keeps a set of filters."""

    name = forms.CharField(max_length=40)


def _in_state(cases: CaseQuerySet, state: str) -> CaseQuerySet:
    if state == "open":
        return cases.open()
    if state == "ended":
        return cases.filter(ended_at__isnull=False)
    return cases.filter(state=state) if state else cases
