"""The first organisation of an installation."""

from django.db import transaction
from django.utils.timezone import localdate

from shounuo.organisation.actions import Stamp, appoint, enrol, found_unit, open_account, open_post
from shounuo.organisation.models import Unit


@transaction.atomic
def found(stamp: Stamp, code: str, name: str, sign_in_name: str, password: str) -> Unit:
    """An organisation, an administrator's post, and an account that can sign in.

    Raises NotPossible, or ValidationError for a weak password, in the language in force.
    """
    house = found_unit(stamp, code=code, name_zh=name, kind=Unit.Kind.ORGANISATION)
    person = enrol(stamp, house, "1", sign_in_name)
    post = open_post(stamp, house, "系统管理岗", ["administrator"], title_en="Administrator")
    appoint(stamp, person, post, localdate(stamp.at))
    open_account(stamp, person, sign_in_name, password)
    return house
