"""What people type to be away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.organisation import actions
from shounuo.organisation.actions import Away, Stamp
from shounuo.organisation.chains import GROUPS
from shounuo.organisation.forms.fields import Asking, Label
from shounuo.organisation.models import Absence, Appointment, Person

GROUP_WORDS: dict[str, Label] = {
    "front_desk": lazy("登记、接收（窗口）"),
    "handling": lazy("承办（告知、办理、答复）"),
    "approving": lazy("审批（分派、批示、延期）"),
}
FIELD_OF = {"kinds": "kinds", "services": "services", "verbs": "verbs"}
Choices = Sequence[tuple[str, Label]]


def moment(label: Label, help_text: Label = "") -> forms.DateTimeField:
    """A civil moment to the minute."""
    box = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
    return forms.DateTimeField(label=label, help_text=help_text, widget=box, input_formats=formats)


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A colleague, with the staff number where two have the same name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.staff_no})"


def _several(label: Label) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


class AbsenceForm(Asking):
    """From when until when, why, and who stands in for what."""

    from_at = moment(lazy("从"))
    to_at = moment(lazy("到"), lazy("到这时回岗。"))
    reason = forms.ChoiceField(
        label=lazy("原因"),
        choices=Absence.Reason.choices,
        help_text=lazy("只有本人和批准的人看得到，不写进不可更改的记录。"),
    )
    delegate = PersonChoice(
        label=lazy("代理人"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=lazy("不指定：提醒交给上级"),
        help_text=lazy("代理人在范围内可以做您能做的事；两个人的名字都留在记录里，时限照走。"),
    )
    scope = forms.ChoiceField(
        label=lazy("代办范围"),
        choices=Absence.Scope.choices,
        widget=forms.RadioSelect,
        initial=Absence.Scope.ALL,
    )
    kinds = _several(lazy("哪些类别（范围选“某些类别”时）"))
    services = _several(lazy("哪些服务事项（范围选“某些服务事项”时）"))
    verbs = _several(lazy("哪一类操作（范围选“某一类操作”时）"))

    def __init__(
        self, person: Person, now: datetime, kinds: Choices, services: Choices, data: Any = None
    ) -> None:
        super().__init__(data)
        colleagues = Appointment.objects.at(now).filter(person__organisation=person.organisation_id)
        field = self.fields["delegate"]
        assert isinstance(field, forms.ModelChoiceField)
        able = Person.objects.filter(pk__in=colleagues.values("person"), account__is_active=True)
        field.queryset = able.exclude(pk=person.pk).order_by("staff_no")
        groups = [(key, GROUP_WORDS[key]) for key in GROUPS]
        for name, choices in (("kinds", kinds), ("services", services), ("verbs", groups)):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.MultipleChoiceField)
            chosen.choices = list(choices)
            if not choices:
                del self.fields[name]

    @property
    def first(self) -> list[forms.BoundField]:
        """What is always asked."""
        return [self[name] for name in ("from_at", "to_at", "reason", "delegate")]

    @property
    def scoped(self) -> list[forms.BoundField]:
        """What is asked when only a part is entrusted."""
        return [self[name] for name in ("scope", "kinds", "services", "verbs") if name in self.fields]

    @property
    def narrowed(self) -> bool:
        """Whether something else than everything was chosen, or something there is wrong."""
        return self["scope"].value() != Absence.Scope.ALL or any(field.errors for field in self.scoped)

    def clean(self) -> dict[str, Any]:
        """A scope that names something needs it; without a delegate there is nothing to give."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        name = FIELD_OF.get(said.get("scope", ""), "")
        if name and said.get("delegate") and not said.get(name):
            self.add_error(name if name in self.fields else "scope", _("请选出由代理人办的是哪些"))
        return said

    def act(self, stamp: Stamp, person: Person, needs_approval: bool) -> Absence:
        """Enter it."""
        said = self.cleaned_data
        scope = said["scope"] if said["delegate"] else Absence.Scope.ALL
        values = said.get(FIELD_OF.get(scope, ""), [])
        away = Away(said["from_at"], said["to_at"], said["reason"], said["delegate"], scope, values)
        return actions.enter_absence(stamp, person, away, needs_approval)
