"""Who is obliged: the subject before the modal verb, or the one last named above."""

import re
from functools import cache

from shounuo.reading.findings.segments import Passage, Segment
from shounuo.reading.lexicon import sets

BACK = 160
"""Characters looked back for a subject."""


@cache
def _subject() -> re.Pattern[str]:
    role = sets()["role"]
    modal = sets()["after_subject"]
    return re.compile(
        rf"(?:^|[,;。:]|由|的)((?:本|各|有关|相关|该|其)?[^,;。:的由在对向与将把自从属经被]{{0,14}}?{role}"
        rf"(?:[、和或及与][^,;。:的]{{1,12}}?{role}){{0,3}})(?={modal})"
    )


@cache
def _client() -> re.Pattern[str]:
    return re.compile(rf"{sets()['client']}$")


@cache
def _duty_of() -> re.Pattern[str]:
    return re.compile(r"^(?:应当|应|必须|须|要|不得|需|可以|可|有权)")


def subject_of(text: str, *, clients: bool = False) -> str | None:
    """The last subject named in a piece of text; a client only where `clients` and a modal verb follows."""
    found = None
    text = text[-BACK:]
    for match in _subject().finditer(text):
        if not _client().search(match[1]) or (clients and _duty_of().match(text[match.end() :])):
            found = match[1]
    return found


def obliged_at(passage: Passage, segment: Segment, at: int) -> str | None:
    """Who has to act at position `at`: named in the sentence, earlier in the clause, or in what introduces it."""
    text = passage.text
    end = min(at + 6, segment.b)
    begins = min((s.a for s in passage.earlier(segment, 20)), default=segment.a)
    return (
        subject_of(text[max(begins, at - BACK) : end], clients=True)
        or subject_of(text[max(0, at - 300) : end])
        or _above(passage)
        or passage.issuer
    )


def _above(passage: Passage) -> str | None:
    above, steps = passage.lead, 0
    while above is not None and steps < 6:
        if found := subject_of(above.text):
            return found
        above, steps = above.lead, steps + 1
    return None
