"""The filters of the list of matters, all in the address."""

from typing import Any

from django import forms
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from shounuo.cases import access
from shounuo.cases.horizon import STEPS, Horizon
from shounuo.cases.models import CaseQuerySet, Kind, State
from shounuo.cases.search import wanted
from shounuo.cases.waiting import QUEUES
from shounuo.commitments.models import RunningClock
from shounuo.commitments.tallies import Period
from shounuo.organisation.access import Actor
from shounuo.organisation.models import Unit

SORTS: dict[str, tuple[Any, ...]] = {
    "number": ("id",), "-number": ("-id",), "received": ("received_at", "id"), "-received": ("-received_at", "-id"),
    "due": (F("due_at").asc(nulls_last=True), "id"), "-due": (F("due_at").desc(nulls_last=True), "-id"),
}  # fmt: skip
NEWEST = "-received"
LONGEST_NUMBER, SHORTEST_PHONE = 16, 10
STAGES = {"open": lazy("未办结"), "ended": lazy("已办结")}


class FilterForm(forms.Form):
    """What to look for; an unknown value filters nothing."""

    q = forms.CharField(label=lazy("受理号、事由、姓名或电话"), required=False, max_length=80)
    state = forms.ChoiceField(label=lazy("状态"), required=False)
    kind = forms.ChoiceField(label=lazy("类别"), required=False, choices=[("", lazy("全部")), *Kind.choices])
    section = forms.ChoiceField(label=lazy("科室"), required=False)
    service = forms.ChoiceField(label=pgettext_lazy("service", "事项"), required=False)
    clock = forms.ChoiceField(label=lazy("时限"), required=False)
    due = forms.ChoiceField(label=lazy("到期"), required=False)
    since = forms.DateField(
        label=lazy("收到，从"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=lazy("收到，到"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    mine = forms.ChoiceField(
        label=lazy("谁的"), required=False, choices=[("", lazy("全部")), ("1", lazy("我的"))]
    )

    waits = forms.ChoiceField(label=lazy("等我做的"), required=False)

    def __init__(
        self, data: Any, sections: list[Unit], services: dict[str, str], steps: Horizon | None = None
    ) -> None:
        super().__init__(data)
        self.steps = steps
        self.sort = data["sort"] if data.get("sort") in SORTS else NEWEST
        self.by_words = False
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
            assert isinstance(field, forms.ChoiceField)
            field.choices = [everything, *found]
        self.sections = {unit.code: unit.pk for unit in sections}
        self.is_valid()

    def apply(self, cases: CaseQuerySet, actor: Actor) -> CaseQuerySet:
        """The matters that fit."""
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
        self.by_words = bool(grams)
        return cases.filter(lookup__grams__match=grams) if grams else cases.none()

    @property
    def narrowed(self) -> bool:
        """Whether more than the search words is filtered."""
        return any(value for name, value in self.cleaned_data.items() if name != "q")

    @property
    def used(self) -> bool:
        """Whether anything is filtered."""
        return any(self.cleaned_data.values())


class KeepForm(forms.Form):
    """The name under which somebody keeps a set of filters."""

    name = forms.CharField(max_length=40)


def _in_state(cases: CaseQuerySet, state: str) -> CaseQuerySet:
    if state == "open":
        return cases.open()
    if state == "ended":
        return cases.filter(ended_at__isnull=False)
    return cases.filter(state=state) if state else cases
