"""What people type on the pages of a draft: the text, a finding's values, a split, what was overlooked, the head."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.organisation.forms.plain import PlainForm
from shounuo.reading.errors import ReadingError
from shounuo.reading.reading import Reading, read, read_text
from shounuo.regulations.drafts import wording
from shounuo.regulations.drafts.checks import LONGEST_NOTE, LONGEST_WORDS
from shounuo.regulations.drafts.review import Item
from shounuo.regulations.forms import day_field, document_field
from shounuo.regulations.wording import event_words, kind_words

MOST_BYTES = 5 * 1024 * 1024
MOST_CHARACTERS = 300_000
"""What is read in some seconds and reviewed in some days; the longest law of the land has about a third as many."""
NEW = ""


class BringForm(PlainForm):
    """A regulation's text: a file or pasted words, and whether it is another edition of one that is known."""

    file = forms.FileField(
        label=lazy("文件"), required=False, max_length=200, allow_empty_file=True,
        help_text=lazy("txt、md、docx，或有文字的 pdf，最大 5 MB。旧的 .doc 请先另存为 .docx。"),
    )  # fmt: skip
    text = forms.CharField(
        label=lazy("或者把全文贴在这里"), required=False, widget=forms.Textarea(attrs={"rows": 10}), strip=False,
        help_text=lazy("文件里的和贴上的都一样，最多 30 万个字。"),
    )  # fmt: skip
    title = forms.CharField(
        label=lazy("制度的名称"), required=False, max_length=80, help_text=lazy("不填就用文中的标题。")
    )
    edition = forms.ChoiceField(label=lazy("这是"), required=False)

    def __init__(
        self, data: Any, files: Any, editions: Iterable[tuple[str, str]], too_much: str = ""
    ) -> None:
        """``too_much``: the field of which more was sent than is taken in, so that it is not there."""
        super().__init__(data, files)
        self.too_much = too_much
        field = self.fields["edition"]
        assert isinstance(field, forms.ChoiceField)
        newer = [(pack, _("《%(title)s》的新版本") % {"title": title}) for pack, title in editions]
        field.choices = [(NEW, _("一部新的制度")), *newer]

    def clean(self) -> dict[str, Any]:
        """The text is read here, so that what is wrong with it stands beside its field."""
        said = super().clean() or self.cleaned_data
        file, text = said.get("file"), (said.get("text") or "").replace("\r\n", "\n").strip()
        if self.errors:
            return said
        if self.too_much:
            self.add_error(self.too_much, _too_much(self.too_much))
            return said
        if bool(file) == bool(text):
            words_ = _("请选一种：上传文件，或者贴全文。") if file else _("请上传文件，或者把全文贴在下面。")
            self.add_error("text" if file else "file", words_)
            return said
        field = "file" if file else "text"
        try:
            said["reading"] = self._read(file, text)
        except ReadingError as error:
            self.add_error(field, error.text(get_language() or "zh"))
            return said
        if not said["reading"].regulation.clauses:
            self.add_error(field, _("没有读出条款。"))
        return said

    def _read(self, file: Any, text: str) -> Reading:
        return (
            read(file.read(), file.name, MOST_CHARACTERS) if file else read_text(text, most=MOST_CHARACTERS)
        )


def _too_much(field: str) -> str:
    if field == "file":
        return ReadingError("too_big", limit=MOST_BYTES // 1024 // 1024).text(get_language() or "zh")
    return _("贴上的文字太长，没有收下：最多 %(most)s 个字。请分成几部制度，分别带来。") % {
        "most": MOST_CHARACTERS
    }


def _note() -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=_("备注"), required=False, max_length=LONGEST_NOTE, widget=box)


def _pick(label: Any, choices: Any, help_text: Any = "") -> forms.ChoiceField:
    listed = list(choices.items() if hasattr(choices, "items") else choices)
    needed = all(code for code, _words in listed)
    return forms.ChoiceField(label=label, choices=listed, help_text=help_text, required=needed)


def _many(
    label: Any, choices: Iterable[tuple[str, str]], help_text: Any = "", needed: str = ""
) -> forms.MultipleChoiceField:
    box = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(
        label=label, choices=list(choices), widget=box, required=bool(needed), help_text=help_text,
        error_messages={"required": needed},
    )  # fmt: skip


def _words(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST_WORDS, help_text=help_text)


def _number(label: Any, help_text: Any = "") -> forms.FloatField:
    return forms.FloatField(label=label, required=False, min_value=0, max_value=100_000, help_text=help_text)


def _limit() -> dict[str, forms.Field]:
    starts = [(one, event_words(one)) for one in wording.STARTS]
    ends = [(one, event_words(one)) for one in wording.ENDS]
    matters = [(one, kind_words(one)) for one in wording.MATTERS]
    return {
        "title": _words(_("名称"), _("在时限表和事项上这样称呼它。")),
        "value": _number(_("数值"), _("当日、当场不用填。")),
        "unit": _pick(pgettext("of time", "单位"), wording.UNITS),
        "kind": _pick(_("做什么"), wording.LIMIT_KINDS),
        "starts": _pick(_("从何时起算"), starts),
        "ends": _many(_("到什么为止"), ends, _("先发生的一件为准。"), _("至少选一个：到什么为止。")),
        "obliged": _words(_("由谁")),
        "matters": _many(_("哪些事项"), matters, _("都不选就是所有事项。")),
        "place": _pick(_("何处"), wording.PLACES),
        "next_day": forms.BooleanField(label=_("自次日起算"), required=False),
    }


def _duty() -> dict[str, forms.Field]:
    return {
        "recurrence": _pick(_("多久一次"), wording.RECURRENCES),
        "day": _words(_("哪一天"), _("例如：29日、6月25日。")),
        "least": _number(_("至少几次")), "most": _number(_("至多几次")), "obliged": _words(_("由谁")),
        "recipient": _words(_("报给谁")), "evidence": _words(_("以什么为证")),
    }  # fmt: skip


def _consequence() -> dict[str, forms.Field]:
    return {
        "measures": _many(_("可以怎样处理"), wording.measures().items(), needed=_("至少选一种处理。")),
        "least": _number(_("累计几次起"), _("没有次数就不填。")),
        "window": _words(_("多长时间里"), _("例如：一个月、一年、3个月。")),
        "scope": _pick(_("按谁累计"), wording.SCOPES), "threshold": _words(_("原文的门槛")),
    }  # fmt: skip


FIELDS: dict[str, Callable[[], dict[str, forms.Field]]] = {
    "limit": _limit,
    "duty": _duty,
    "consequence": _consequence,
    "disclosure": lambda: {"to": _pick(_("告诉谁"), wording.RECIPIENTS)},
    "gap": lambda: {
        "question": forms.CharField(
            label=_("要问的"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("采用以后，这就是一项待定事项的问题。"),
        )
    },
    "shape": lambda: {"shape": _pick(_("类型"), wording.SHAPES)},
}  # fmt: skip
START: dict[str, dict[str, Any]] = {
    "limit": {"value": None, "unit": "working_day", "kind": "process", "starts": "received", "ends": ["completed"],
              "obliged": "", "matters": [], "place": "", "next_day": False, "title": ""},
    "duty": {"recurrence": "monthly", "day": "", "least": None, "most": None, "obliged": "", "recipient": "",
             "evidence": ""},
    "consequence": {"measures": [], "least": None, "window": "", "scope": "", "threshold": ""},
    "disclosure": {"to": "public"}, "gap": {"gap": "other", "why": "other", "question": ""}, "shape": {"shape": "norm"},
}  # fmt: skip
"""What a finding that somebody adds begins with."""


class ValuesForm(PlainForm):
    """A finding's values as a rule would have them."""

    def __init__(self, kind: str, values: Any, data: Any = None) -> None:
        super().__init__(data, initial=dict(values))
        self.fields.update(FIELDS[kind]())
        if kind == "limit" and values["starts"] not in wording.STARTS:
            self.initial["starts"] = "received"
        self.fields["note"] = _note()

    def values(self) -> dict[str, Any]:
        """The values; whole numbers as such."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("note", "quote")}
        return {name: _plain(value) for name, value in said.items()}


class AddForm(ValuesForm):
    """What reading overlooked: its words in the clause, and its values."""

    def __init__(self, kind: str, data: Any = None) -> None:
        super().__init__(kind, START[kind], data)
        own = forms.CharField(
            label=_("原文"),
            max_length=LONGEST_WORDS,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("照这一条的原文抄下它所在的字。"),
        )
        self.fields = {"quote": own, **self.fields}
        if kind == "shape":
            del self.fields["quote"]


class SplitForm(PlainForm):
    """The words of the two findings that one is really."""

    part_1 = forms.CharField(label=lazy("第一处的原文"), max_length=LONGEST_WORDS)
    part_2 = forms.CharField(label=lazy("第二处的原文"), max_length=LONGEST_WORDS)


class MergeForm(PlainForm):
    """Which finding of the same clause and kind it is one with."""

    def __init__(self, others: Iterable[Item], data: Any = None) -> None:
        super().__init__(data)
        choices = [(one.key, f"“{one.quote}” {wording.summary(one)}") for one in others]
        radio = forms.RadioSelect
        self.fields["other"] = forms.ChoiceField(label=_("同哪一处是一回事"), choices=choices, widget=radio)


class HeadForm(PlainForm):
    """What the regulation is called, who issued it, which edition, from when it is in force."""

    title = forms.CharField(label=lazy("名称"), max_length=80)
    issuer = forms.CharField(label=lazy("制定机关"), max_length=80)
    version = forms.CharField(
        label=lazy("版本"), max_length=40, help_text=lazy("例如公布的日期，或“2026年修订”。")
    )
    in_force_from = day_field(lazy("制度自哪一天起施行"), lazy("制度自己写的日子；采用不能早于它。"))


class DraftAdoptForm(PlainForm):
    """From which day it governs, and the word of whoever adopts that they have read it."""

    in_force_from = day_field(
        lazy("自哪一天起施行"), lazy("这一天零时起收到的事项按本版办理，此前收到的仍按原来的版本。")
    )
    document = document_field()
    read = forms.BooleanField(
        label=lazy("我已逐条读过全文和每一处决定"),
        error_messages={"required": lazy("没有人读过的制度不能采用：请确认您已逐条读过。")},
    )


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value == int(value) else value
