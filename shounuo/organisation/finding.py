"""Finding a unit by what people call it."""

from django.db.models import Q
from django.utils.translation import gettext as _

from shounuo.organisation.models import Unit
from shounuo.organisation.refusals import NotPossible

SHOWN = 20


def find_unit(said: str) -> Unit:
    """The unit with this path (``qingxi/metrology``), code or name, in either language; a path settles doubt.

    Raises `NotPossible`, which names the units there are.
    """
    word = said.strip()
    exact = Unit.objects.filter(path=word.strip("/") + "/").first()
    if exact is not None:
        return exact
    found = list(
        Unit.objects.filter(Q(code=word) | Q(name_zh=word) | Q(name_en__iexact=word)).order_by("path")
    )
    if len(found) == 1:
        return found[0]
    known = found or Unit.objects.order_by("path")[:SHOWN]
    names = _("、").join(f"{one.path.rstrip('/')} ({one.name})" for one in known)
    if found:
        raise NotPossible(
            _("叫“%(said)s”的部门不止一个，请写路径：%(names)s") % {"said": word, "names": names}
        )
    raise NotPossible(
        _("没有叫“%(said)s”的部门。现有：%(names)s") % {"said": word, "names": names or _("（还没有）")}
    )
