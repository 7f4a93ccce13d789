"""What somebody prefers: only for themselves."""

from dataclasses import asdict, dataclass, field
from datetime import time

from shounuo.reminders.kinds import CHANNELS, KINDS
from shounuo.reminders.models import Preference


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the preferences page asks."""

    language: str = "zh-hans"
    email: str = ""
    mobile: str = ""
    wecom: str = ""
    chosen: dict[str, list[str]] = field(default_factory=dict)
    digest: bool = False
    digest_at: time = time(8, 30)
    quiet_from: time | None = None
    quiet_until: time | None = None


def prefer(person: int, wishes: Wishes) -> Preference:
    """Keep what somebody prefers; kinds and channels nobody knows are an error of the caller."""
    strange = set(wishes.chosen) - set(KINDS) | {
        way for ways in wishes.chosen.values() for way in ways if way not in CHANNELS
    }
    if strange:
        raise ValueError(f"no such kind or channel: {', '.join(sorted(strange))}")
    kept, _new = Preference.objects.update_or_create(person_id=person, defaults=asdict(wishes))
    return kept
