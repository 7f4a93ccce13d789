"""The carriers this installation has, from its environment."""

from functools import cache
from importlib import import_module

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from shounuo.outbox.senders import ConsoleSender, MailSender
from shounuo.outbox.sending import Sender
from shounuo.site.config import config

CONSOLE = "console"


@cache
def senders() -> dict[str, Sender]:
    """Channel -> carrier. Raises ImportError or AttributeError naming a class that is not there."""
    return {channel: sender(channel, said) for channel, said in config().channels().items()}


def assert_carriers() -> None:
    """Raise ImproperlyConfigured, naming the setting, when the class of a carrier is not there."""
    for channel, said in config().channels().items():
        try:
            sender(channel, said)
        except (ImportError, AttributeError, TypeError) as error:
            words = _("SHOUNUO_%(name)s 写的 %(said)s 不能用（%(why)s）：请写装好了的 package.module:Class")
            raise ImproperlyConfigured(
                words % {"name": channel.upper(), "said": said, "why": error}
            ) from error


def sender(channel: str, said: str) -> Sender:
    """One carrier: the console, Django's mail, or a class of the installation's own."""
    if said == CONSOLE:
        return ConsoleSender(channel)
    if channel == "mail":
        return MailSender(settings.DEFAULT_FROM_EMAIL)
    module, _colon, name = said.partition(":")
    found: Sender = getattr(import_module(module), name)()
    return found
