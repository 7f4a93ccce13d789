"""kill -9 at random moments: what was acknowledged is there once, and nothing that came due is lost or doubled."""

import time

import pytest

from tests.faults.clerks import CLERKS, Clerk, at_work, everything

pytestmark = [pytest.mark.faults, pytest.mark.database]
LEAST_WAITING = 60  # more than a sweep does before it is killed
WAITING = "SELECT count(DISTINCT stream) FROM commitments_runningclock WHERE next_at <= CURRENT_TIMESTAMP"


def killed_rounds(tortured, rounds, weak=""):
    """Clerks register at the same time, again and again until the server is killed."""
    clerks = [Clerk(name) for name in CLERKS]
    for _ in range(rounds):
        child, site = tortured.serve(weak)
        threads = at_work(clerks, site)
        time.sleep(tortured.random.uniform(0.02, 0.8))
        tortured.kill(child)
        for thread in threads:
            thread.join()
    return clerks


def lost(clerks, told):
    """What was acknowledged and is not there, or is there under another number."""
    _sent, acknowledged = everything(clerks)
    return [key for key, numbers in acknowledged.items() if {told["numbers"].get(key)} != numbers]


def test_what_was_acknowledged_is_there_exactly_once(tortured, rounds):
    clerks = killed_rounds(tortured, rounds)
    assert lost(clerks, tortured.inside("told")) == []
    child, site = tortured.serve()
    for clerk in clerks:
        clerk.send_again(site)
    tortured.kill(child)
    assert [line for clerk in clerks for line in clerk.refused] == []
    told, (sent, _acknowledged) = tortured.inside("told"), everything(clerks)
    print(f"{rounds} rounds killed, {len(sent)} sent, {len(_acknowledged)} acknowledged")
    assert len(sent) > rounds
    assert (lost(clerks, told), told["matters"]) == ([], len(sent))
    assert (told["fault"], told["differences"]) == ("", [])


def test_a_server_that_acknowledges_before_it_commits_is_found_out(tortured):
    clerks = killed_rounds(tortured, 2, weak="early")
    assert lost(clerks, tortured.inside("told")) != []


def sweep_until_it_writes(tortured, before):
    """A sweep, killed at a random moment after its first warning was recorded."""
    child = tortured.start("work", "--once")
    while child.poll() is None and tortured.raised() <= before:
        time.sleep(0.02)
    time.sleep(tortured.random.uniform(0, 0.12))
    tortured.kill(child)


def test_a_sweep_killed_in_the_middle_loses_and_doubles_nothing(tortured, rounds):
    stocked, written = 0, 0
    for _ in range(rounds):
        if tortured.ask(WAITING) < LEAST_WAITING:
            stocked += 80 if rounds < 20 else 400
            tortured.inside("stock", "80" if rounds < 20 else "400")
        before = tortured.raised()
        sweep_until_it_writes(tortured, before)
        written += before < tortured.raised() and tortured.ask(WAITING) > 0
    assert tortured.start("work", "--once").wait() == 0
    told = tortured.inside("told")
    print(
        f"{rounds} sweeps killed, {written} in the middle of writing; {told['raised']} warnings and breaches"
    )
    assert written * 2 > rounds, "the sweeps had too little to do to be killed in the middle of it"
    assert told["raised"] >= stocked
    assert (told["twice"], told["missing"]) == ([], 0)
    assert told["alarms"] == told["raised"]
    assert (told["fault"], told["differences"]) == ("", [])
