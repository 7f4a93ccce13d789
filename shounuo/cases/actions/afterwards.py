"""After the end: rating and what follows from a bad one, objections, opening again, closing."""

from collections.abc import Sequence

from shounuo.cases.actions.recording import NotAllowed
from shounuo.cases.actions.verbs import On, do
from shounuo.cases.models import Case
from shounuo.rules.judgement import Reason


def rate(on: On, level: int, words: str = "", through: str = "portal", reasons: Sequence[str] = ()) -> Case:
    """The person who asked rates the ended matter, 1 to 5, once; never a default. ``through``: portal or link;
    ``reasons``: codes of what was not good.
    """
    _check_level(level)
    return do(on, "rate", "rated", {"rating": words}, level=level, through=through, reasons=list(reasons))


def record_rating(on: On, level: int, channel: str, words: str) -> Case:
    """A rating told to somebody who is not rated, with the note of the call or talk."""
    _check_level(level)
    if not words.strip():
        raise NotAllowed(Reason("rating_needs_call_note"))
    said = {"level": level, "through": "call", "channel": channel, "call_note": True}
    return do(on, "record_rating", "rated", {"rating": words}, **said)


def _check_level(level: int) -> None:
    if not 1 <= level <= 5:
        raise NotAllowed(Reason("rating_1_to_5"))


def contact_rater(on: On, way: str, words: str) -> Case:
    """Get in touch with whoever rated badly, and find out why."""
    return do(on, "contact_rater", "party_told", {"rating": words}, of="rating", way=way)


def remedy(on: On, words: str) -> Case:
    """What was put right after a bad rating, and that the person was told."""
    return do(on, "remedy", "remedied", {"rating": words})


def appeal_rating(on: On, reason: str, words: str) -> Case:
    """Say that a bad rating is mistaken or malicious; somebody else decides."""
    return do(on, "appeal_rating", "rating_appealed", {"rating": words}, reason=reason)


def decide_rating_appeal(on: On, upheld: bool, words: str) -> Case:
    """Set the rating aside (it stays in the record and counts no more) or let it stand."""
    return do(on, "decide_rating_appeal", "rating_appeal_decided", {"rating": words}, upheld=upheld)


def dispute(on: On, reason: str, words: str, channel: str = "") -> Case:
    """Object to how the matter ended: the person themselves, or staff who write down what they were told."""
    return do(on, "dispute", "disputed", {"request": words}, reason=reason, channel=channel)


def answer_dispute(on: On, words: str) -> Case:
    """Explain to the person why the matter is not opened again."""
    return do(on, "answer_dispute", "explained", {"answer": words}, reason="dispute")


def reopen(on: On, reason: str, words: str) -> Case:
    """Open an ended matter again; its promise of being handled runs anew, and the first end stays in the record."""
    return do(on, "reopen", "reopened", {"reasons": words}, reason=reason)


def close(on: On) -> Case:
    """Put an ended matter away; that ends nothing and starts nothing."""
    return do(on, "close", "closed")
