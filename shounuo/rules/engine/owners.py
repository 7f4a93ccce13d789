"""Who answers for each clock: one matter may carry several clocks of different owners."""

from __future__ import annotations

from dataclasses import replace

from shounuo.rules.edition import Edition
from shounuo.rules.engine.matter import Matter
from shounuo.rules.judgement import Clock


def owned(clock: Clock, edition: Edition, matter: Matter) -> Clock:
    """The clock with its owner: as the rule says, else whoever works on the matter, else whoever answers for it.

    A clock that a rating began is the section head's, so that it never lies with the one who was rated.
    """
    said = edition.pack.commitments[clock.rule].owner
    owner = said or (
        "section_head" if clock.hidden_from_rated else "handler" if matter.handler else "answerable"
    )
    return replace(clock, owner=owner, owner_id=_ids(matter).get(owner))


def _ids(matter: Matter) -> dict[str, str | None]:
    return {
        "handler": matter.handler,
        "answerable": matter.answerable or matter.handler,
        "first_asked": matter.first_asked,
        "leader_in_charge": matter.leader,
    }
