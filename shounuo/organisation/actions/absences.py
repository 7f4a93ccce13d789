"""Absences: entered or asked for, approved, ended. No clock stops for any of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shounuo.ledger.moments import civil
from shounuo.organisation import chains
from shounuo.organisation.absence import link_of
from shounuo.organisation.actions.recording import ABSENCE, NotPossible, Stamp, record
from shounuo.organisation.chains import Link
from shounuo.organisation.models import Absence, Appointment, Person, Unit


@dataclass(frozen=True, slots=True)
class Away:
    """What somebody enters: the period (`to_at` is the first instant back), why, who stands in for what."""

    from_at: datetime
    to_at: datetime
    reason: str = Absence.Reason.OTHER
    delegate: Person | None = None
    scope: str = Absence.Scope.ALL
    values: Sequence[str] = ()


@transaction.atomic
def enter_absence(stamp: Stamp, person: Person, away: Away, needs_approval: bool = False) -> Absence:
    """Enter an absence; with `needs_approval` it counts only when a superior has approved it.

    Raises `NotPossible` for a period that is over or upside down, a delegate who is not in post all the time or is
    away without anybody to pass on to, a loop of delegates, or a second absence for the same.
    """
    _one_at_a_time(person.organisation)
    _sensible(stamp, person, away)
    absence = Absence(
        person=person,
        delegate=away.delegate,
        from_at=away.from_at,
        to_at=away.to_at,
        reason=away.reason,
        scope=away.scope,
        scope_values=sorted(away.values),
        state=Absence.State.REQUESTED if needs_approval else Absence.State.IN_FORCE,
        asked_by=stamp.by,
        asked_at=stamp.at,
    )
    _fits(absence)
    absence = _kept(absence)
    _note(stamp, absence, "absence_asked" if needs_approval else "absence_entered")
    return absence


def _kept(new: Absence) -> Absence:
    columns = [field.name for field in Absence._meta.fields if field.name != "id"]
    return Absence.objects.create(**{name: getattr(new, name) for name in columns})


def _one_at_a_time(house: Unit) -> None:
    """Two who name each other at the same moment must not both pass the check for loops."""
    Unit.objects.select_for_update().get(pk=house.pk)


def _sensible(stamp: Stamp, person: Person, away: Away) -> None:
    if away.to_at <= away.from_at:
        raise NotPossible(_("结束时间要晚于开始时间"), "to_at")
    if away.to_at <= stamp.at:
        raise NotPossible(_("这段时间已经过去"), "to_at")
    if away.scope != Absence.Scope.ALL and not away.values:
        raise NotPossible(_("请选出由代理人办的是哪些"), "scope")
    if away.delegate is None:
        return
    if away.delegate.pk == person.pk:
        raise NotPossible(_("不能委托给自己"), "delegate")
    if away.delegate.organisation_id != person.organisation_id:
        raise NotPossible(_("代理人要是本单位的人"), "delegate")
    account = away.delegate.account
    if account is None or not account.is_active:
        raise NotPossible(_("%(name)s没有可用的账号，不能代办") % {"name": away.delegate.name}, "delegate")
    if not _in_post(away.delegate, away.from_at) or not _in_post(away.delegate, away.to_at):
        raise NotPossible(
            _("%(name)s这段时间没有一直任职，不能代办") % {"name": away.delegate.name}, "delegate"
        )


def _in_post(person: Person, at: datetime) -> bool:
    return Appointment.objects.at(at).filter(person=person).exists()


def _fits(new: Absence) -> None:
    """No loop at any moment, somebody present at the end of the chain, not the same twice."""
    others = Absence.objects.standing().filter(person__organisation=new.person.organisation_id)
    others = others.overlapping(new.from_at, new.to_at).exclude(pk=new.pk)
    same = [one for one in others if one.person_id == new.person_id]
    if any(Absence.Scope.ALL in (one.scope, new.scope) or _same_scope(one, new) for one in same):
        raise NotPossible(_("这段时间已经登记过不在岗"), "from_at")
    link, links = link_of(new), [link_of(one) for one in others]
    if loop := chains.loop_closed_by(links, link):
        raise NotPossible(_("委托绕成了圈：%(chain)s") % {"chain": _named(loop)}, "delegate")
    if link.delegate is not None:
        _somebody_there(new, link, links)


def _same_scope(one: Absence, other: Absence) -> bool:
    return one.scope == other.scope and bool(set(one.scope_values) & set(other.scope_values))


def _somebody_there(new: Absence, link: Link, links: Sequence[Link]) -> None:
    """At every moment when somebody's absence begins the chain must end with somebody who is there."""
    moments = {link.from_at, *(one.from_at for one in links if link.from_at < one.from_at < link.to_at)}
    for moment in sorted(moments):
        if not chains.stand_ins([*chains.in_force(links, moment), link], link.absent):
            assert new.delegate is not None
            words = {"name": new.delegate.name, "moment": f"{civil(moment):%Y-%m-%d %H:%M}"}
            raise NotPossible(_("%(name)s自 %(moment)s 也不在岗，又没有人接替") % words, "delegate")


def _named(people: Sequence[int]) -> str:
    names = {one.pk: one.name for one in Person.objects.filter(pk__in=people)}
    return " → ".join(names.get(one, "?") for one in people)


@transaction.atomic
def decide_absence(stamp: Stamp, absence: Absence, approved: bool) -> Absence:
    """A superior approves or refuses; nobody decides about their own."""
    if absence.person.account is not None and absence.person.account.actor == stamp.by:
        raise NotPossible(_("不能批准自己的申请"))
    _one_at_a_time(absence.person.organisation)
    if approved:
        _fits(absence)
    state = Absence.State.IN_FORCE if approved else Absence.State.REFUSED
    asked = Absence.objects.filter(pk=absence.pk, state=Absence.State.REQUESTED)
    if not asked.update(state=state, decided_by=stamp.by, decided_at=stamp.at):
        raise NotPossible(_("这份申请已经处理过"))
    absence.refresh_from_db()
    _note(stamp, absence, "absence_approved" if approved else "absence_refused")
    return absence


@transaction.atomic
def end_absence(stamp: Stamp, absence: Absence) -> Absence:
    """Back early: it ends now; one that has not begun is withdrawn."""
    standing = Absence.objects.standing().filter(pk=absence.pk, to_at__gt=stamp.at)
    begun = absence.from_at < stamp.at and absence.state == Absence.State.IN_FORCE
    done = standing.update(to_at=stamp.at) if begun else standing.update(state=Absence.State.WITHDRAWN)
    if not done:
        raise NotPossible(_("这次不在岗已经结束"))
    absence.refresh_from_db()
    _note(stamp, absence, "absence_ended" if begun else "absence_withdrawn")
    return absence


def _note(stamp: Stamp, absence: Absence, change: str) -> None:
    """The reason stays out of the record: it can be an illness, and the record cannot forget."""
    record(
        absence.person.organisation,
        stamp,
        change,
        ABSENCE,
        absence=absence.pk,
        person=absence.person_id,
        delegate=absence.delegate_id,
        begins=absence.from_at.isoformat(),
        ends=absence.to_at.isoformat(),
        scope=absence.scope,
        values=absence.scope_values,
    )
