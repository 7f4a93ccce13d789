"""Many people take up the same matter at the same moment: one has it, everybody else is told so."""

import threading
from collections import Counter

import pytest

from tests.faults.clerks import TOKEN, Clerk

pytestmark = [pytest.mark.faults, pytest.mark.database]
ENTITLED = ("zhao", "wang", "li")  # of the section; to others a matter that was taken is no longer there
BROWSERS, MATTERS = 12, 2
TAKEN = "SELECT count(*) FROM ledger_fact WHERE kind = 'first_asked'"
NEWEST = "SELECT id FROM cases_case ORDER BY id DESC LIMIT 1 OFFSET "


def claim(clerk, address, form, ready, answers):
    """Send the claim once everybody is ready."""
    ready.wait()
    answers.append(clerk.send(address, form)[0])


def claimed_by_all(clerks, address):
    """Everybody opens the form, then all send it at once: how often each status came."""
    forms = []
    for clerk in clerks:
        page = clerk.send(address)[2]
        version = page.partition('name="version" value="')[2].partition('"')[0]
        forms.append(
            {"csrfmiddlewaretoken": TOKEN.search(page)[1], "version": version, "section": "metrology"}
        )
    ready, answers = threading.Barrier(len(clerks)), []
    threads = [threading.Thread(target=claim, args=(clerk, address, form, ready, answers))
               for clerk, form in zip(clerks, forms, strict=True)]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(answers)


def test_exactly_one_of_many_has_the_matter_and_the_others_get_409(tortured):
    tortured.inside("stock", str(MATTERS))
    child, site = tortured.serve(workers=2)
    clerks = [Clerk(ENTITLED[i % len(ENTITLED)]) for i in range(BROWSERS)]
    for clerk in clerks:
        clerk.sign_in(site)
    numbers = tortured.inside("open")
    counted = [claimed_by_all(clerks, f"{site}/desk/matters/{number}/take_up/") for number in numbers]
    tortured.kill(child)
    assert counted == [Counter({302: 1, 409: BROWSERS - 1})] * MATTERS
    assert tortured.ask(TAKEN) == MATTERS
    assert tortured.inside("told")["fault"] == ""
