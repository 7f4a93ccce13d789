"""What the administrator types about people, appointments and accounts."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as lazy

from shounuo.organisation import actions
from shounuo.organisation.actions import Stamp
from shounuo.organisation.forms.appointing import AppointingForm, HeldPostChoice
from shounuo.organisation.forms.fields import Asking, day, words
from shounuo.organisation.models import Appointment, Person, Post, Unit

ENROLLING = ("staff_no", "name_zh", "name_en", "phone")


class EnrolForm(AppointingForm):
    """A new member of staff; post and account at once, if wished."""

    staff_no = words(lazy("工号"), 30)
    name_zh = words(lazy("姓名"), 60)
    name_en = words(lazy("英文姓名"), 90, required=False)
    phone = words(lazy("电话"), 40, required=False)
    post = HeldPostChoice(
        label=lazy("岗位"), queryset=Post.objects.none(), required=False, empty_label=lazy("以后再任命")
    )
    from_date = day(lazy("任职自"), required=False)
    sign_in_name = words(
        lazy("登录名"), 60, required=False, help_text=lazy("填了就同时开设账号，并发给一个首次密码。")
    )

    def __init__(self, house: Unit, today: date, data: Any = None) -> None:
        super().__init__(data, initial={"from_date": today})
        self.order_fields([*ENROLLING, "post", "beside"])
        self.offer_posts(house, today)
        self.today = today

    def clean_from_date(self) -> date:
        """Today where nothing is said."""
        said: date | None = self.cleaned_data["from_date"]
        return said or self.today

    def act(self, stamp: Stamp, house: Unit) -> tuple[Person, str]:
        """The person, and the first password when an account was wanted."""
        said = self.cleaned_data
        with transaction.atomic():
            names = {name: said[name] for name in ENROLLING}
            person = actions.enrol(stamp, house, **names)
            if said["post"]:
                actions.appoint(stamp, person, said["post"], said["from_date"])
            if not said["sign_in_name"]:
                return person, ""
            account = actions.open_account(stamp, person, said["sign_in_name"])
            return person, actions.give_first_password(stamp, account)


class PersonForm(Asking):
    """A person's name and telephone."""

    name_zh = words(lazy("姓名"), 60)
    name_en = words(lazy("英文姓名"), 90, required=False)
    phone = words(lazy("电话"), 40, required=False)

    def __init__(self, person: Person, today: date, data: Any = None) -> None:
        names = ("name_zh", "name_en", "phone")
        super().__init__(data, initial={name: getattr(person, name) for name in names})

    def act(self, stamp: Stamp, person: Person) -> str:
        """Change what is different."""
        actions.change_person(stamp, person, **self.cleaned_data)
        return ""


class AppointForm(AppointingForm):
    """Which post from when until when."""

    post = HeldPostChoice(label=lazy("岗位"), queryset=Post.objects.none(), empty_label=lazy("请选择"))
    from_date = day(lazy("任职自"))
    to_date = day(lazy("到哪天为止"), required=False, help_text=lazy("这一天不再任职；不知道就不填。"))

    def __init__(self, person: Person, today: date, data: Any = None) -> None:
        super().__init__(data, initial={"from_date": today})
        self.order_fields(["post", "beside"])
        self.person = person
        self.offer_posts(person.organisation, today)

    def act(self, stamp: Stamp, person: Person) -> str:
        """Appoint."""
        actions.appoint(stamp, person, **self.cleaned_data)
        return ""


class EndForm(Asking):
    """From when an appointment is over."""

    to_date = day(lazy("自哪天起不再任职"))

    def __init__(
        self, person: Person, today: date, data: Any = None, held: Appointment | None = None
    ) -> None:
        super().__init__(data, initial={"to_date": today})
        self.held = held

    def act(self, stamp: Stamp, person: Person) -> str:
        """End it."""
        assert self.held is not None
        actions.end_appointment(stamp, self.held, self.cleaned_data["to_date"])
        return ""


class OpenAccountForm(Asking):
    """The name to sign in with."""

    sign_in_name = words(lazy("登录名"), 60, help_text=lazy("大小写不分；以后不能改。"))

    def __init__(self, person: Person, today: date, data: Any = None) -> None:
        super().__init__(data)

    def act(self, stamp: Stamp, person: Person) -> str:
        """Open it; the first password."""
        with transaction.atomic():
            account = actions.open_account(stamp, person, self.cleaned_data["sign_in_name"])
            return actions.give_first_password(stamp, account)
