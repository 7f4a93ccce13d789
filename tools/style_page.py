"""Render every component with invented data to static pages: `python tools/style_page.py FOLDER`.

Needs no database. Writes desk-, portal- and letter- pages per language, and the error pages.
"""

import shutil
import sys
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace as Thing
from typing import Any

import django
from django.conf import settings
from django.http import HttpResponse
from django.urls import path

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "shounuo" / "site"
at = datetime.fromisoformat
sys.path.insert(0, str(ROOT))
NAMES = [
    "desk-today",
    "desk-register",
    "desk-matters",
    "promise-table",
    "regulation-list",
    "portal-wall",
    "portal-guides",
    "portal-ask",
    "portal-progress",
    "portal-calendar",
    "sign-in",
    "sign-out",
    "text-size",
    "set_language",
]
urlpatterns = [path(f"{name}/", lambda request: HttpResponse(), name=name) for name in NAMES]


def configure() -> None:
    """Just enough of Django to render templates."""
    settings.configure(
        DEBUG=True,
        SECRET_KEY="style page only",
        ROOT_URLCONF=__name__,
        STATIC_URL="static/",
        USE_TZ=True,
        TIME_ZONE="Asia/Shanghai",
        LANGUAGE_CODE="zh-hans",
        LOCALE_PATHS=[SITE.parent / "locale"],
        INSTALLED_APPS=["django.contrib.staticfiles", "shounuo.site"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [SITE / "templates", ROOT / "tools" / "style_page"],
                "APP_DIRS": True,
            }
        ],
    )
    django.setup()


def ribbons(language: str) -> dict[str, Any]:
    """The clock of a weighing-instrument check in several states, a long one and a very long one."""
    from shounuo.rules.calendars import compile_calendar, official_china
    from shounuo.rules.deadlines import WorkingDays, WorkingTime, explain
    from shounuo.site.ribbon import cells_from_trace as cells

    calendar = compile_calendar(official_china())
    ready, now = at("2026-10-08T10:00"), at("2026-10-09T11:00")
    pause = (at("2026-09-28T09:40"), ready)
    front = explain(calendar, at("2026-09-28T09:10"), WorkingDays(4), [pause], now)
    clock = explain(calendar, ready, WorkingDays(4))
    month, quarter = (explain(calendar, at("2026-09-22T09:00"), WorkingDays(n)) for n in (20, 60))
    hours = explain(calendar, at("2026-10-09T15:30"), WorkingTime(8 * 3600))
    return {
        "running": cells(clock, now, language, completed=ready, earlier=front, pause_names=["告知书 0412-1"]),
        "kept": cells(
            clock, at("2026-10-20T09:00"), language, completed=ready, fulfilled=at("2026-10-11T15:00")
        ),
        "kept_on_due": cells(clock, at("2026-10-20T09:00"), language, fulfilled=at("2026-10-13T15:00")),
        "broken": cells(clock, at("2026-10-16T09:00"), language, completed=ready),
        "hours": cells(hours, at("2026-10-10T09:00"), language),
        "month": cells(month, now, language),
        "quarter": cells(quarter, now, language),
    }


def context(language: str) -> dict[str, Any]:
    """Everything the two pages show."""
    from django.core.paginator import Paginator
    from django.test import RequestFactory

    request = RequestFactory().get("/desk-matters/", {"sort": "-due"})
    request.COOKIES = {}
    return {
        "request": request,
        "csrf_token": "x",
        "actor": Thing(name="王敏"),
        "who_unit": "计量科",
        "acting_for": "李强",
        "acting_until": "10月16日",
        "organisation_name": "青溪市质量服务中心",
        "now": at("2026-10-09T11:00"),
        "due": at("2026-10-13T17:30"),
        "received": at("2026-09-28T09:10"),
        "ribbons": ribbons(language),
        "page": Paginator(range(204), 20).page(3),
        "form": a_form(),
        "qr": a_qr(),
        "demo": True,
        **clerks_data(),
        **publics_data(),
        **letters_data(),
    }


def a_form() -> Any:
    """A form that was refused."""
    from django import forms

    class Ask(forms.Form):
        who = forms.CharField(label="您的姓名", help_text="与证件一致；也可以不留姓名")
        phone = forms.CharField(label="手机号码", help_text="用来发送受理号和结果")
        words = forms.CharField(label="您要说的事", widget=forms.Textarea)
        how = forms.ChoiceField(
            label="怎样告诉您结果",
            widget=forms.RadioSelect,
            choices=[("sms", "短信"), ("mail", "信件"), ("visit", "我自己来取")],
        )
        agree = forms.BooleanField(label="同意把姓名告诉承办人")
        unit = forms.ChoiceField(label="科室", required=False, choices=[("1", "计量科"), ("2", "质量监督科")])

        def clean_phone(self) -> str:
            raise forms.ValidationError("手机号码应是 11 位数字，您填了 9 位")

    form = Ask(
        {
            "who": "",
            "phone": "139000022",
            "words": "我店的电子秤送检，窗口说还差一份材料。",
            "how": "sms",
            "agree": "on",
        }
    )
    form.is_valid()
    return form


def a_qr() -> str:
    """A QR code as SVG."""
    import segno

    return segno.make("https://example.invalid/progress/2026-0412", error="m").svg_inline(
        scale=4, border=0, omitsize=True
    )


def clerks_data() -> dict[str, Any]:
    """What a case page and a list show."""
    return {
        "clause": Thing(label="限时办结 第二条", url="#"),
        "steps": [
            Thing(moment=at("2026-09-28T09:10"), text="收到申请，当日不计入。"),
            Thing(
                moment=at("2026-09-28T09:40"),
                text="一次性告知（告知书 0412-1：缺营业执照副本），期限暂停。",
            ),
            Thing(
                moment=at("2026-10-08T10:00"),
                text="材料补齐，重新起算，承诺 4 个工作日，当日不计入。",
                clause=Thing(label="限时办结 第二条", url="#"),
            ),
            Thing(text="10月10日 周六 为国庆调休上班日，计入；10月11日 周日 休息，不计。"),
            Thing(text="第 4 个工作日为 10月13日 周二，17:30 下班时届满。", end=True),
        ],
        "facts": [
            Thing(moment=at("2026-10-08T10:00"), text="材料补齐：营业执照副本", by="王敏 登记"),
            Thing(
                moment=at("2026-09-28T09:40"),
                text="发出一次性告知书 0412-1，当面签收",
                by="王敏",
                url="#",
            ),
            Thing(
                moment=at("2026-09-28T09:10"),
                text="首问登记，首问责任人 周倩，移交计量科并告知窗口 3 号",
                by="09:25 王敏 接收",
            ),
        ],
        "materials": [
            Thing(name="检定申请表", here=True),
            Thing(name="衡器铭牌照片", here=True),
            Thing(name="营业执照副本", here=False, note="9月28日已告知"),
        ],
        "states": ["running", "at_risk", "paused", "met", "met_late", "breached", "void", "provisional"],
    }


def publics_data() -> dict[str, Any]:
    """What the wall shows."""
    rows = [
        ("能当场答复的，当场答复", "首问责任制 第三条", 1193, 1204, 0, "", "98.7%"),
        ("需请示领导的，2 个工作日办结", "限时办结制度 第一条", 81, 84, 3, "处理已公示", "97.9%"),
        ("缺什么材料，一次书面告知", "一次性告知制度 第一、四条", 312, 312, 0, "", "99.4%"),
        ("衡器检定，材料齐全后 4 个工作日", "服务指南 JL-03", 53, 57, 4, "补偿已付", "95.2%"),
        ("升级投诉，3 个工作日回复", "限时办结制度 第五条", 0, 0, 0, "", ""),
    ]
    names = ("title", "clause", "kept", "total", "broken", "handled", "before")
    return {"promises": [Thing(url="#", **dict(zip(names, row, strict=True))) for row in rows]}


def letters_data() -> dict[str, Any]:
    """What a one-time notice says."""
    body = (
        "您于9月28日提出的衡器检定申请，经核对尚缺下列材料，现一次告知：\n\n营业执照副本（复印件加盖公章）。\n\n"
        "补齐后请交窗口3号，或在网上补交。我们不会再要求别的材料。"
    )
    return {
        "title": "一次性告知书",
        "number": "〔2026〕告字第0412-1号",
        "to": "城东粮油店",
        "unit": "青溪市质量服务中心 计量科",
        "body": body,
        "signed": at("2026-09-28T09:40"),
        "qr_text": "期限自材料补齐的次日重新起算，承诺 4 个工作日。\n扫码可查进度。",
        "receive": True,
    }


def main(folder: Path) -> None:
    """Write the pages."""
    from django.template.loader import render_to_string
    from django.utils.translation import override

    shutil.copytree(SITE / "static", folder / "static", dirs_exist_ok=True)
    pages = [(name, language) for name in ("desk", "portal") for language in ("zh-hans", "en")] + [
        ("letter", "zh-hans")
    ]
    for name, language in pages:
        with override(language):
            text = render_to_string(f"{name}.style.html", context(language))
        (folder / f"{name}-{language[:2]}.html").write_text(text, encoding="utf-8")
    for code in (400, 403, 404, 409, 500):
        (folder / f"{code}.html").write_text(render_to_string(f"{code}.html"), encoding="utf-8")


if __name__ == "__main__":
    configure()
    main(Path(sys.argv[1]))
