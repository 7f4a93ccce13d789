"""A text brought to the organisation of the tests, and people who decide about what was read in it."""

import re
from typing import Any

from django.test import Client

from shounuo.regulations.drafts.record import review_of
from shounuo.regulations.drafts.review import Review
from shounuo.regulations.models import Draft

TEXT = """青溪市民服务中心服务承诺
第一章 总则
第一条 为了规范服务行为，提高服务质量，制定本办法。
第二条 本中心实行首问负责制。首问责任人对服务对象的来访、来电负责到底。
第二章 时限
第三条 对咨询事项，应当自收到之日起3个工作日内答复。
第四条 申请材料齐全的，自收到之日起5个工作日内办结。
第五条 申请材料不齐全的，应当在2日内一次性书面告知需要补正的全部材料。
第六条 报修事项，城区45分钟内到达现场，农村90分钟内到达现场。
第三章 监督
第七条 服务办每月29日前向中心领导报送服务承诺兑现情况表。
第八条 服务承诺和监督电话应当在大厅公示，向社会公开。
第九条 工作人员一个月内被投诉查实3次以上的，给予通报批评，并扣减当月绩效。
第十条 本办法自2026年11月1日起施行。
"""


def brought(browser: Client, text: str = TEXT, **more: Any) -> Draft:
    """The draft of a text that was pasted."""
    answer = browser.post("/regulations/drafts/", {"text": text, **more})
    assert answer.status_code == 302, re.findall(r"field__error[^>]*>([^<]*)", answer.content.decode())
    return Draft.objects.latest("pk")


def found(draft: Draft) -> Review:
    """How far the review has come."""
    return review_of(draft)


def key_of(draft: Draft, kind: str, clause: str, nth: int = 0) -> str:
    """The key of a finding of a clause."""
    return [one.key for one in found(draft).of_clause(clause) if one.kind == kind][nth]


def decide(browser: Client, draft: Draft, do: str, at: str = "", said: Any = None, **more: Any) -> Any:
    """Post a decision behind the version as it stands; `said` is what the form holds."""
    said = {"version": found(draft).version, "do": do, "at": at, **(said or {}), **more}
    return browser.post(f"/regulations/drafts/{draft.pk}/", said)


def accept_all(browser: Client, draft: Draft) -> None:
    """Accept whatever is undecided, clause by clause."""
    while pending := found(draft).pending:
        answer = decide(browser, draft, "accept", pending[0].key, whole="1")
        assert answer.status_code == 302


def adopt(browser: Client, draft: Draft, **more: Any) -> Any:
    """Post the adoption, from Monday 16 November 2026."""
    said = {"seen": found(draft).version, "in_force_from": "2026-11-16", "read": "on"} | more
    return browser.post(f"/regulations/drafts/{draft.pk}/adopt/", said)
