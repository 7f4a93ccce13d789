"""What people type on the pages of regulations: filters, an adoption, the decision of a setting."""

import json
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.organisation.forms.plain import PlainForm
from shounuo.regulations.deciding import checked, columns_of
from shounuo.regulations.refusals import Refused
from shounuo.regulations.rule_wording import setting_words, shape_words
from shounuo.regulations.sheet import ClauseRow
from shounuo.regulations.typed import BETWEEN, column_words, length_of, lines_of, rows_of
from shounuo.rules.edition import Edition
from shounuo.rules.shapes import SHAPES, Setting

OWN = "own"
"""The code of “another length” beside the options that the regulation offers."""


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """A civil day."""
    box = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=box)


def document_field() -> forms.CharField:
    """The document in which it was decided."""
    help_text = lazy("依据的会议纪要或通知，例如“服务办〔2026〕3号”。")
    return forms.CharField(label=lazy("文号"), max_length=120, required=False, help_text=help_text)


class ClauseFilter(PlainForm):
    """Which clauses to show; an unknown value filters nothing."""

    shape = forms.ChoiceField(label=lazy("条款的类型"), required=False)
    gap = forms.ChoiceField(label=lazy("疑点"), required=False)
    undecided = forms.BooleanField(label=lazy("只看有待定事项的"), required=False)

    def __init__(self, data: Any, rows: list[ClauseRow]) -> None:
        super().__init__(data)
        gaps = sorted({gap.code for row in rows for gap in row.gaps})
        everything = ("", lazy("全部"))
        for name, found in (
            ("shape", [(one, shape_words(one)) for one in SHAPES]),
            ("gap", [(g, g) for g in gaps]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [everything, *found]
        self.is_valid()

    def apply(self, rows: list[ClauseRow]) -> list[ClauseRow]:
        """The clauses that fit."""
        shape, gap = self.cleaned_data.get("shape"), self.cleaned_data.get("gap")
        return [
            row
            for row in rows
            if (not shape or _has_shape(row, shape))
            and (not gap or gap in [one.code for one in row.gaps])
            and (not self.cleaned_data.get("undecided") or row.undecided)
        ]

    @property
    def used(self) -> bool:
        """Whether anything is filtered."""
        return any(self.cleaned_data.values())


def _has_shape(row: ClauseRow, shape: str) -> bool:
    return any(chip.shape == shape for chip in row.chips) or (shape == "definition" and bool(row.reason))


class AdoptForm(PlainForm):
    """From which day an edition governs, and in which document that was decided."""

    in_force_from = day_field(
        lazy("自哪一天起施行"), lazy("这一天零时起收到的事项按本版办理，此前收到的仍按原来的版本。")
    )
    document = document_field()


class DecisionForm(PlainForm):
    """The decision of one setting: the value as its type asks for it, the day, the document."""

    def __init__(self, setting: Setting, key: str, edition: Edition, today: date, data: Any = None) -> None:
        super().__init__(data, initial={"from_date": today, **_initial(setting, edition.setting(key, today))})
        self.setting, self.key, self.pack = setting, key, edition.pack
        self.fields.update(_value_fields(setting))
        self.fields["from_date"] = day_field(
            lazy("自哪一天起"), lazy("不能早于今天。已经在走的时限，仍按它起算那天的规定。")
        )
        self.fields["document"] = document_field()
        why = _("写给以后查看的人：为什么这样定。")
        self.fields["reason"] = forms.CharField(
            label=_("理由"), max_length=500, required=False, help_text=why
        )

    def clean(self) -> dict[str, Any]:
        """The typed words become the setting's value, checked as the action checks it."""
        said = super().clean() or self.cleaned_data
        if "value" not in said:
            return said
        at = OWN if said["value"] == OWN and OWN in self.fields else "value"
        if said.get(OWN) and said["value"] != OWN:
            self.add_error(OWN, _("您填了另定的时长，请同时选“另定一个时长”，或把这里清空。"))
            return said
        try:
            said["decided"] = checked(self.pack, self.key, self._value(said))
        except Refused as refused:
            self.add_error(at, str(refused))
        return said

    def _value(self, said: dict[str, Any]) -> Any:
        typed = said["value"]
        match self.setting.type:
            case "choice" | "yes_no":
                return json.loads(typed)
            case "duration" if typed == OWN or not self.setting.options:
                return length_of(said.get(OWN, "") if self.setting.options else typed)
            case "duration":
                return json.loads(typed)
            case "table":
                return rows_of(self.setting, typed)
            case _:
                return typed


def _code(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _initial(setting: Setting, value: Any) -> dict[str, Any]:
    """What the form shows at first: the value in force."""
    if setting.type == "table":
        return {"value": lines_of(setting, value or [])}
    if setting.type == "duration" and setting.options:
        known = any(option.value == value for option in setting.options)
        return {"value": _code(value)} if known else {"value": OWN, OWN: setting_words(setting, value)}
    if setting.type == "duration":
        return {"value": setting_words(setting, value) if value else ""}
    return {"value": _code(value) if setting.type in ("choice", "yes_no") else value}


def _value_fields(setting: Setting) -> dict[str, forms.Field]:
    """The fields that ask for the value."""
    match setting.type:
        case "choice":
            return {"value": _radio(_options(setting))}
        case "yes_no":
            return {"value": _radio([("true", _("是")), ("false", _("否"))])}
        case "duration" if setting.options:
            return {
                "value": _radio([*_options(setting), (OWN, _("另定一个时长"))]),
                OWN: _length(required=False),
            }
        case "duration":
            return {"value": _length(required=True)}
        case "number":
            return {"value": forms.IntegerField(label=_("定为"))}
        case "table":
            return {"value": _lines(setting)}
        case _:
            return {"value": forms.CharField(label=_("定为"), max_length=300)}


def _options(setting: Setting) -> list[tuple[str, str]]:
    found = [(_code(option.value), setting_words(setting, option.value)) for option in setting.options]
    return [(code, _("%(words)s（默认）") % {"words": words} if code == _code(setting.default) else words)
            for code, words in found]  # fmt: skip


def _radio(choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("定为"), choices=choices, widget=forms.RadioSelect)


def _length(required: bool) -> forms.CharField:
    help_text = _("例如：3 个工作日、7 日、2 小时、45 分钟、2 个月、当日、当场；也可以写 3 working days。")
    label = _("定为") if required else _("另定的时长")
    return forms.CharField(label=label, required=required, max_length=60, help_text=help_text)


def _lines(setting: Setting) -> forms.CharField:
    columns = f" {BETWEEN} ".join(column_words(name) for name in columns_of(setting))
    help_text = _("一行一条，各格用“|”隔开，依次是：%(columns)s。") % {"columns": columns}
    area = forms.Textarea(attrs={"rows": 8})
    return forms.CharField(label=_("定为"), widget=area, help_text=help_text, max_length=20_000)
