"""What the administrator types about units and posts."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from shounuo.organisation import actions
from shounuo.organisation.actions import Stamp
from shounuo.organisation.actions.units import CHANGEABLE
from shounuo.organisation.forms.fields import Asking, day, role_names, words
from shounuo.organisation.models import Post, Unit

WIDE_SPACE = chr(0x3000)


class PostChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A post with its unit."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.unit.name} · {obj.title}"


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit, deeper ones further in."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{chr(0x3000) * (obj.path.count('/') - 1)}{obj.name}"


class FoundForm(Asking):
    """A new section or window."""

    code = words(lazy("代码"), 40, help_text=lazy("小写字母、数字和连字符，例如 metrology；以后不能改。"))
    name_zh = words(lazy("名称"), 100)
    name_en = words(lazy("英文名称"), 150, required=False)
    kind = forms.ChoiceField(
        label=lazy("类型"),
        choices=[choice for choice in Unit.Kind.choices if choice[0] != Unit.Kind.ORGANISATION],
        widget=forms.RadioSelect,
        initial=Unit.Kind.SECTION,
    )
    phone = words(lazy("电话"), 40, required=False)
    place = words(lazy("地点"), 200, required=False)
    opening = words(lazy("办公时间"), 300, required=False)

    def __init__(self, unit: Unit, today: date, data: Any = None) -> None:
        super().__init__(data)

    def act(self, stamp: Stamp, unit: Unit) -> Unit:
        """Found it under `unit`."""
        return actions.found_unit(stamp, parent=unit, **self.cleaned_data)


class ChangeForm(Asking):
    """A unit's names and particulars."""

    name_zh = words(lazy("名称"), 100)
    name_en = words(lazy("英文名称"), 150, required=False)
    phone = words(lazy("电话"), 40, required=False)
    place = words(lazy("地点"), 200, required=False)
    opening = words(lazy("办公时间"), 300, required=False)
    is_public = forms.BooleanField(label=lazy("对外公开"), required=False)
    leader_post = PostChoice(
        label=lazy("分管领导"),
        queryset=Post.objects.none(),
        required=False,
        help_text=lazy("谁分管这个部门；写的是岗位，换人不用改。"),
        empty_label=lazy("没有指定"),
    )

    def __init__(self, unit: Unit, today: date, data: Any = None) -> None:
        super().__init__(data, initial={name: getattr(unit, name) for name in CHANGEABLE})
        posts = Post.objects.filter(unit__path__startswith=unit.house.path, closed_on__isnull=True)
        field = self.fields["leader_post"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            posts.with_role("leader_in_charge").select_related("unit").order_by("unit__path", "pk")
        )

    def act(self, stamp: Stamp, unit: Unit) -> Unit:
        """Change what is different."""
        return actions.change_unit(stamp, unit, **self.cleaned_data)


class MoveForm(Asking):
    """Where a unit belongs."""

    parent = UnitChoice(label=lazy("移到哪里"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, unit: Unit, today: date, data: Any = None) -> None:
        super().__init__(data, initial={"parent": unit.parent_id})
        field = self.fields["parent"]
        assert isinstance(field, forms.ModelChoiceField)
        inside = Unit.objects.within(unit.house).filter(closed_on__isnull=True)
        field.queryset = inside.exclude(path__startswith=unit.path).order_by("path")

    def act(self, stamp: Stamp, unit: Unit) -> Unit:
        """Move it with everything below."""
        return actions.move_unit(stamp, unit, self.cleaned_data["parent"])


class CloseUnitForm(Asking):
    """From when a unit is no more."""

    from_day = day(
        lazy("自哪天起撤销"), help_text=lazy("这一天起不再收新事项、不能再任职；以前的记录都保留。")
    )

    def __init__(self, unit: Unit, today: date, data: Any = None) -> None:
        super().__init__(data, initial={"from_day": today})

    def act(self, stamp: Stamp, unit: Unit) -> Unit:
        """Close it with its posts."""
        return actions.close_unit(stamp, unit, self.cleaned_data["from_day"])


class PostForm(Asking):
    """A post's title, rank and roles; for a new one and for one that is there."""

    title_zh = words(lazy("岗位名称"), 60)
    title_en = words(lazy("英文岗位名称"), 90, required=False)
    rank = forms.ChoiceField(
        label=lazy("级别"), choices=Post.Rank.choices, widget=forms.RadioSelect, initial=Post.Rank.STAFF
    )
    roles = forms.MultipleChoiceField(
        label=lazy("角色"),
        choices=role_names,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=lazy("任这个岗位的人能做什么。"),
    )

    def __init__(self, unit: Unit, today: date, data: Any = None, post: Post | None = None) -> None:
        super().__init__(data, initial=self._of(post) if post else None)
        self.post = post

    @staticmethod
    def _of(post: Post) -> dict[str, Any]:
        return {name: getattr(post, name) for name in ("title_zh", "title_en", "rank", "roles")}

    def act(self, stamp: Stamp, unit: Unit) -> Unit:
        """Open the post, or change it."""
        if self.post is None:
            actions.open_post(stamp, unit, **self.cleaned_data)
        else:
            actions.change_post(stamp, self.post, **self.cleaned_data)
        return unit


class ClosePostForm(Asking):
    """From when a post is no more."""

    from_day = day(lazy("自哪天起撤销"))

    def __init__(self, unit: Unit, today: date, data: Any = None, post: Post | None = None) -> None:
        super().__init__(data, initial={"from_day": today})
        self.post = post

    def act(self, stamp: Stamp, unit: Unit) -> Unit:
        """Close the post."""
        assert self.post is not None
        actions.close_post(stamp, self.post, self.cleaned_data["from_day"])
        return unit
