"""Repairs: on site, restored."""

from django.utils.translation import gettext_lazy as lazy

from shounuo.cases.forms.base import Plain, WordsForm
from shounuo.cases.forms.checked import Checked
from shounuo.cases.forms.fields import text


class Arrive(Plain):
    """On site; the true moment may be filled in below."""

    verb = "arrive"


class Restore(Checked, WordsForm):
    """What was wrong and what was done."""

    verb, words = "restore", text(lazy("故障原因、处理结果，怎样告知的当事人"))
