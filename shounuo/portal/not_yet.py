"""What is to be done next where no organisation serves the public yet."""

from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from shounuo.organisation.readiness import lacks
from shounuo.portal.access import promised_since, public_organisations


class NextStep(NamedTuple):
    """What to do, in words, and the page on which it is done ("" when it is done on the machine itself)."""

    said: str
    url: str = ""
    action: str = ""


def next_step(code: str, at: datetime) -> NextStep:
    """The next step for the staff of the organisation that the portal would show."""
    house = public_organisations(code).first()
    if house is None:
        return NextStep(_("还没有单位。请在服务器上运行 shounuo init，设立单位和第一位管理员。"))
    adopted = promised_since(house)
    if adopted is not None:
        return NextStep(_("制度自 %(day)s 起施行，那一天起在这里开放。") % {"day": adopted.isoformat()})
    missing = {lack.code: lack.said for lack in lacks(house, at)}
    if "no_adopter" in missing:
        said = missing["no_adopter"] + _(
            "由系统管理员登录后在“机构”里办，或用 shounuo organisation load 装入名册。"
        )
        return NextStep(said, _to("organisation-units"), _("管理员登录"))
    said = _("人员已经设好，还没有采用制度：请归口管理部门或分管领导登录，在“制度”里采用一部。")
    return NextStep(said, _to("regulation-list"), _("登录并采用制度"))


def _to(name: str) -> str:
    return f"{reverse('sign-in')}?next={reverse(name)}"
