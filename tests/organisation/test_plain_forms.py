"""What forms say of wrong input: our own sentences, one wording for each fault, on every form."""

import importlib
import pkgutil
from collections.abc import Iterator
from copy import deepcopy

import pytest
from django import forms
from django.utils.translation import override

import shounuo
from shounuo.organisation.forms.plain import PlainForm, say_plainly


def ours(kind: type[forms.Form] = forms.Form) -> Iterator[type[forms.Form]]:
    for one in kind.__subclasses__():
        if one.__module__.startswith("shounuo."):
            yield one
        yield from ours(one)


@pytest.fixture(scope="module")
def every_form() -> list[type[forms.Form]]:
    for module in pkgutil.walk_packages(shounuo.__path__, "shounuo."):
        if "forms" in module.name:
            importlib.import_module(module.name)
    return list(dict.fromkeys(ours()))


def test_every_form_of_ours_speaks_plainly(every_form: list[type[forms.Form]]) -> None:
    assert len(every_form) > 80
    assert [one for one in every_form if not issubclass(one, PlainForm)] == []


def test_no_field_keeps_a_sentence_of_djangos(every_form: list[type[forms.Form]]) -> None:
    for form in every_form:
        for name, field in form.base_fields.items():
            said = deepcopy(field)
            say_plainly([said])
            stock = vars(next(c for c in type(field).__mro__ if c.__module__.startswith("django.")))
            left = stock.get("default_error_messages", {}).items() & said.error_messages.items()
            assert not left, (form, name)


class Everything(PlainForm):
    """A field of each kind."""

    words = forms.CharField(max_length=3)
    long = forms.CharField(min_length=4)
    number = forms.IntegerField(min_value=1, max_value=9)
    half = forms.FloatField()
    day = forms.DateField()
    moment = forms.DateTimeField()
    hour = forms.TimeField()
    pick = forms.ChoiceField(choices=[("a", "A")])
    several = forms.MultipleChoiceField(choices=[("a", "A")])
    mail = forms.EmailField()
    own = forms.IntegerField(error_messages={"invalid": "自己的话"})


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("words", "", "请填写这一项"), ("words", "四个字呢", "最多 3 个字，您写了 4 个"), ("long", "短", "请至少写 4 个字"),
        ("number", "0", "不能小于 1"), ("number", "10", "不能大于 9"), ("number", "x", "请填写整数"),
        ("half", "x", "请填写一个数"), ("day", "明天", "请写成 2026-12-01 这样的日期。"),
        ("moment", "x", "请写成 2026-12-01 09:00 这样的时间。"), ("hour", "x", "请写成 08:30 这样的时间。"),
        ("pick", "", "请选择一项"), ("pick", "b", "请选择所列的一项"), ("several", "", "请选择一项"),
        ("mail", "x", "请写成 name@example.com 这样的电子邮件地址"), ("own", "x", "自己的话"),
    ],
)  # fmt: skip
def test_each_fault_has_one_sentence(field: str, typed: str, said: str) -> None:
    with override("zh-hans"):
        assert Everything({field: typed} if typed else {}).errors[field] == [said]
