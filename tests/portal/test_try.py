from shounuo.cases.derivation import derive
from tests.cases.conftest import hall, bureau_pack, at
from shounuo.cases import actions
from shounuo.cases.actions import NoticeForm, stand
import datetime
def show(d):
    for s in d.steps: print("  ", s.moment, s.text, s.clause.label if s.clause else "", "END" if s.end else "")
    print("   due", d.due, d.tail)
def test_x(hall):
    case = hall.in_hand("2026-09-28 09:10:00")
    actions.issue_notice(hall.on(case.stream, "wang", "2026-09-28 09:40:00"), NoticeForm(["licence-copy"]))
    case = actions.mark_complete(hall.on(case.stream, "wang", "2026-10-08 10:00:00"))
    b = stand(case.stream, at("2026-10-09 11:00"))
    from shounuo.site.templatetags.clocks import cells_of
    for c in b.judged.clocks:
        print(c.rule, c.state)
        d = derive(c, b.facts, b.edition, b.judged.at); show(d)
        for x in cells_of(d, "zh"): print("      ", x.name, x.mark)
    case = actions.complete(hall.on(case.stream, "wang", "2026-10-13 17:30:00"), "已检定合格")
    b = stand(case.stream, at("2026-10-19 11:00"))
    show(derive(b.judged.clock("handle-in-time"), b.facts, b.edition, b.judged.at))
    import django.utils.translation as t
    with t.override("en"): show(derive(b.judged.clock("handle-in-time"), b.facts, b.edition, b.judged.at))
