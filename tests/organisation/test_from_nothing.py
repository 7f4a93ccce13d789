"""From an empty database to the first matter, as docs/operations.md says."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.translation import override

from shounuo.ledger.models import Fact
from shounuo.organisation.actions import Stamp
from shounuo.organisation.actions.loading import load_roll
from shounuo.organisation.finding import find_unit
from shounuo.organisation.models import Account, Appointment, Person, Unit
from shounuo.organisation.readiness import ADOPTERS, lacks
from shounuo.organisation.refusals import NotPossible
from shounuo.organisation.roll import BadRoll, read_roll
from shounuo.regulations import access
from shounuo.site import adopting, roll_call
from shounuo.site.demo.cast import HERE, organisations
from shounuo.site.founding import found

DOCS = Path(__file__).parents[2] / "docs" / "operations.md"
TODAY = date(2026, 11, 11)


@pytest.fixture
def written(tmp_path):
    """The file that the documentation shows."""
    file = tmp_path / "organisation.yaml"
    file.write_text(re.search(r"```yaml\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)[1], "utf-8")
    return file


@pytest.fixture
def load(db, written):
    """Load the file, with some of its words replaced."""

    def run(old="", new="", dry_run=False):
        if old:
            assert old in written.read_text("utf-8")
            written.write_text(written.read_text("utf-8").replace(old, new), "utf-8")
        return load_roll(Stamp("", timezone.now()), read_roll(written), TODAY, dry_run)

    return run


def test_the_documented_way_ends_at_the_register(load, client):
    found(Stamp("", timezone.now()), "qingxi", "青溪市质量服务中心", "admin", "first-admin-2026")
    word = load().passwords["zhou"]
    adopting.adopt("quality-bureau", "qingxi", "tang", "2026-11-01", "", timezone.now())
    assert client.post("/sign-in/", {"name": "zhou", "password": word}).status_code == 302
    assert client.get("/desk/register/").url == "/account/password/"
    new = "only-zhou-knows-1"
    client.post("/account/password/", {"old": word, "new": new, "again": new})
    assert client.get("/desk/register/").status_code == 200
    assert client.get("/").status_code == 200


def test_passwords_that_could_not_be_written_down_are_not_given(db, written, tmp_path):
    found(Stamp("", timezone.now()), "qingxi", "青溪市质量服务中心", "admin", "first-admin-2026")
    with pytest.raises(OSError):
        roll_call.load(written, False, tmp_path / "nowhere" / "passwords", timezone.now())
    assert [account.sign_in_name for account in Account.objects.all()] == ["admin"]
    assert roll_call.load(written, False, tmp_path / "passwords", timezone.now()) == 0
    assert (tmp_path / "passwords").read_text().count("\n") == 4
    assert (tmp_path / "passwords").stat().st_mode & 0o077 == 0


def test_loading_twice_changes_nothing(load):
    load()
    before = Fact.objects.count()
    assert load().done == {}
    assert Fact.objects.count() == before


def test_a_dry_run_keeps_nothing_and_tells_everything(load):
    assert load(dry_run=True).done["person_enrolled"] == 4
    assert (Unit.objects.count(), Fact.objects.count()) == (0, 0)


def test_what_the_file_says_differently_is_changed(load):
    load()
    done = load("zh: 计量科, en: Metrology Section", "zh: 计量一科, en: Metrology Section").done
    assert done == {"unit_changed": 1}
    assert find_unit("计量一科").path == "qingxi/metrology/"


def test_a_unit_is_moved_and_closed_by_the_file(load):
    load()
    assert load("under: metrology", "under: window").done == {"unit_moved": 1}
    assert Unit.objects.get(code="scales").path == "qingxi/window/scales/"
    with pytest.raises(BadRoll, match="还有人任职"):
        load("under: window", "under: window, closed: 2026-12-01")


def test_an_appointment_ends_on_the_day_that_the_file_gives(load):
    load()
    done = load("to: 2027-03-01", "to: 2026-12-31").done
    assert done == {"appointment_ended": 1}
    assert load().done == {}
    assert Appointment.objects.get(post__title_zh="衡器承办岗").to_date == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ("under: metrology", "under: nowhere", 6, "units.scales.under"),
        ("under: metrology", "under: scales", 6, "units.scales.under"),
        ("roles: [handler], from", "roles: [handle], from", 17, "people.wang.posts[1].roles"),
        ("2026-03-01", "1 March", 17, "people.wang.posts[1].from"),
        ("number: Q004", "nummer: Q004", 13, "people.wang.nummer"),
        ("zh: 衡器组", "en: Scales", 6, "units.scales.zh"),
        ("leadership, [lead", "boss, [lead", 8, "people.tang.rank"),
        ("code: qingxi", "code: Qing Xi", 1, "house.code"),
    ],
)
def test_a_fault_is_told_with_line_and_key(written, old, new, line, key):
    written.write_text(written.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(BadRoll) as bad:
        read_roll(written)
    assert (line, key) in {(fault.line, fault.key) for fault in bad.value.faults}


def test_what_the_database_refuses_is_told_with_its_line_too(load, cast):
    with pytest.raises(BadRoll) as bad:
        load("qingxi", "another")
    told = {fault.key: (fault.line, fault.said) for fault in bad.value.faults}
    assert told["people.zhou"] == (9, "登录名“zhou”不可用")
    assert not Unit.objects.filter(code="another").exists()


@pytest.mark.parametrize("org", organisations())
def test_every_cast_of_the_demonstration_is_a_roll(db, org):
    loaded = load_roll(Stamp("", timezone.now()), read_roll(HERE / org / "cast.yaml"), TODAY)
    assert loaded.done["person_enrolled"] == Person.objects.count() > 3


def test_a_new_house_is_told_what_it_lacks(db, now):
    house = found(Stamp("", now), "new", "新单位", "admin", "first-admin-2026")
    codes = [lack.code for lack in lacks(house, now)]
    assert codes == ["no_section", "no_first_asked_clerk", "no_handler", "no_adopter"]


def test_a_house_in_order_lacks_nothing(cast, now):
    assert lacks(cast.house, now) == []


def test_those_who_may_adopt_are_the_same_everywhere():
    assert set(ADOPTERS) == access.GRANTS["adopt"]


@pytest.mark.parametrize(
    ("who", "unit", "why"),
    [
        ("wu", "qingxi", r"系统管理员）不能采用.*chen, sun"),
        ("ghost", "qingxi", "没有登录名"),
        ("sun", "计量科", "由单位采用"),
        ("sun", "nowhere", "现有：qingxi"),
    ],
)
def test_who_may_not_adopt_is_told_who_may(cast, now, who, unit, why):
    with pytest.raises((adopting.NotTaken, NotPossible), match=why), override("zh-hans"):
        adopting.adopt("quality-bureau", unit, who, "", "", now)


@pytest.mark.parametrize("said", ["metrology", "qingxi/metrology", "计量科", "metrology section"])
def test_a_unit_is_found_by_code_path_and_name(cast, said):
    assert find_unit(said) == cast.units["metrology"]


def test_before_anything_is_adopted_the_portal_says_what_to_do(client, cast, db):
    page = client.get("/")
    assert page.status_code == 503
    assert "/sign-in/?next=/regulations/" in page.content.decode()


def test_without_any_house_the_portal_names_the_command(client, db):
    assert "shounuo init" in client.get("/").content.decode()
