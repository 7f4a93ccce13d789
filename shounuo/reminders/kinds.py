"""The kinds of reminder, and by which channels each leaves the house unless somebody chooses otherwise."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAIL, SMS, WECOM = "mail", "sms", "wecom"

CHANNELS: dict[str, str | Promise] = {MAIL: _("电子邮件"), SMS: _("短信"), WECOM: _("企业微信")}
"""Ways out of the house; which of them an installation has, its environment says."""


class Kind(NamedTuple):
    """A kind of reminder. What is in `fixed` cannot be switched off, and never waits for a digest."""

    code: str
    title: str | Promise
    usual: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("warned", _("临期提醒"), frozenset({MAIL, WECOM})),
        Kind("breached", _("逾期"), frozenset({MAIL, WECOM}), frozenset({MAIL})),
        Kind("climbed", _("逾期上报"), frozenset({MAIL, WECOM}), frozenset({MAIL})),
        Kind("incoming", _("移交到本科室"), frozenset({WECOM})),
        Kind("assigned", _("交给我承办"), frozenset({WECOM})),
        Kind("to_decide", _("等我决定"), frozenset({MAIL, WECOM})),
        Kind("decided", _("延期申请有了结果"), frozenset()),
    )
}
"""Every reminder stands in the product, whatever is chosen for the channels."""

URGENT = frozenset({SMS})
"""Channels an urgent reminder takes besides those chosen."""


def titles() -> list[tuple[str, str | Promise]]:
    """Code and title, as choices."""
    return [(kind.code, kind.title) for kind in KINDS.values()]
