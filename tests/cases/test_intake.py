"""Taking in: once, whole, and without a trace of the person in the record."""

from typing import Any

import pytest

from shounuo.cases import actions
from shounuo.cases.actions import Asking, KeyReused, NotAllowed
from shounuo.cases.models import Case, Intake, Party, Words
from shounuo.cases.receipts import open_with, secret_of
from shounuo.ledger.models import Fact
from shounuo.organisation.actions import Stamp
from tests.cases.conftest import Hall, at

WHEN = "2026-03-02 09:00"
SAID: dict[str, Any] = {"kind": "application", "channel": "portal", "service": "weighing-instrument-verification",
                        "words": "衡器检定", "name": "林小满", "phone": "139 0000 2207",
                        "address": "青溪路 1 号"}  # fmt: skip


def take_in(hall: Hall, key: str = "k", scope: str = "portal", **more: Any) -> actions.Receipt:
    return actions.take_in(hall.cast.house, Asking(**SAID | more, key=key), hall.stamp("party", WHEN), scope)


def test_the_same_submission_gives_the_same_receipt(hall: Hall) -> None:
    first, again = take_in(hall), take_in(hall)
    assert (again.number, again.secret, again.stream) == (first.number, first.secret, first.stream)
    assert (first.again, again.again, Case.objects.count()) == (False, True, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"words": "x"},
        {"phone": "1"},
        {"address": "x"},
        {"anonymous": True},
        {"channel": "post"},
        {"more": {"place": "urban"}},
    ],
)
def test_the_same_key_with_other_contents_is_refused(hall: Hall, change: dict[str, Any]) -> None:
    take_in(hall)
    with pytest.raises(KeyReused):
        take_in(hall, **change)
    assert Case.objects.count() == 1


def test_the_keys_of_two_senders_do_not_meet(hall: Hall) -> None:
    assert take_in(hall, scope="a").number != take_in(hall, scope="b").number


def test_a_failure_in_the_middle_leaves_nothing(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import Error

    before = Fact.objects.count()
    with pytest.raises(Error):
        take_in(hall, key="x" * 3, more={}, address=None)
    assert (Case.objects.count(), Words.objects.count(), Intake.objects.count(), Fact.objects.count()) == (
        0,
        0,
        0,
        before,
    )


@pytest.mark.parametrize(
    "change", [{"service": ""}, {"service": "nothing"}, {"kind": "enquiry", "service": "nothing"}]
)
def test_a_service_must_be_there_and_fit(hall: Hall, change: dict[str, Any]) -> None:
    with pytest.raises(NotAllowed):
        take_in(hall, **change)


def test_nothing_is_received_in_the_future(hall: Hall) -> None:
    stamp = Stamp("party", at("2026-03-02 10:00"), at(WHEN))
    with pytest.raises(NotAllowed, match="moment_in_future"):
        actions.take_in(hall.cast.house, Asking(**SAID, key="k"), stamp, "portal")


def test_number_and_secret_open_the_matter_however_they_are_typed(hall: Hall) -> None:
    receipt = take_in(hall)
    for typed in (
        receipt.secret,
        receipt.secret.lower().replace("-", " "),
        receipt.secret.translate(str.maketrans("OIB", "018")),
    ):
        assert open_with(receipt.number, typed) is not None
    wide = str.maketrans({c: chr(ord(c) + 0xFEE0) for c in "0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ"})
    assert open_with(receipt.number.translate(wide), receipt.secret.translate(wide)) is not None


@pytest.mark.parametrize(
    "number", ["", "2026", "2026-", "2025-000001", "2026-999999", "x-1", "2026-" + "9" * 30]
)
def test_wrong_numbers_and_wrong_secrets_open_nothing(hall: Hall, number: str) -> None:
    receipt = take_in(hall)
    assert open_with(number, receipt.secret) is None
    assert open_with(receipt.number, "AAAA-" * 6) is None
    assert open_with(receipt.number, "") is None
    assert open_with(receipt.number, secret_of(hall.cast.house.stream)) is None


def test_no_name_number_or_free_word_gets_into_the_record(hall: Hall) -> None:
    canary = "KANARIENVOGEL"
    receipt = take_in(hall, words=canary, name=canary, phone=canary, address=canary)
    case = Case.objects.get(stream=receipt.stream)
    walk(hall, case, canary)
    assert not [
        f for f in Fact.objects.filter(stream=case.stream) if canary in f"{f.data} {f.actor} {f.marks}"
    ]
    assert Words.objects.filter(case=case, text=canary).count() >= 8
    assert Party.objects.get(case=case).name == canary


def walk(hall: Hall, case: Case, words: str) -> None:
    """A matter through most verbs that take free words."""

    def on(who: str, day: int, hour: int = 10) -> Any:
        return hall.on(case.stream, who, f"2026-03-{day:02} {hour}:00")

    actions.take_up(on("zhou", 2), hall.cast.units["metrology"])
    actions.hand_over(on("zhou", 2, 11), hall.cast.units["metrology"], words=words)
    actions.accept_hand_over(on("wang", 2, 12))
    actions.issue_notice(
        on("wang", 3), actions.NoticeForm(["licence-copy"], "oral", "phone", words, "", words, False, words)
    )
    actions.mark_complete(on("wang", 4))
    actions.refer_to_leader(on("wang", 4, 11), words)
    actions.record_leader_decision(on("chen", 4, 12), words)
    actions.refer_for_study(on("wang", 5), words)
    actions.finish_study(on("wang", 5, 11), words)
    actions.request_extension(on("wang", 5, 12), "handle-in-time", "2 working days", "field_work", words)
    actions.refuse_extension(on("chen", 5, 13), words)
    actions.explain(on("wang", 5, 14), words)
    actions.add_note(on("wang", 5, 15), words)
    case = actions.complete(on("wang", 6), words)
    actions.correct(on("zhao", 6, 11), case.version, "typing", words)
    actions.rate(on("party", 7), 4, words)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_same_submission_from_many_threads_is_one_matter(
    bureau_pack: Any, transactional_db: None
) -> None:
    from tests.conftest import FOUNDED, make_cast
    from tests.outbox.test_two_workers import at_once

    hall = Hall(make_cast(Stamp("", FOUNDED, marks="demo")), bureau_pack)
    found = at_once(6, lambda _n: take_in(hall))
    assert len({receipt.number for receipt in found}) == 1
    assert sorted(receipt.again for receipt in found) == [False] + [True] * 5
    assert (Case.objects.count(), Words.objects.count(), Party.objects.count()) == (1, 1, 1)
