"""The contents of a one-time notice (一次性告知书) as they were given, under numbered headings."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from shounuo.cases.forms.notice import material_label
from shounuo.cases.papers.content import Part
from shounuo.cases.reasons import budget
from shounuo.regulations.wording import reads_chinese, said, sentences
from shounuo.rules.shapes.service import Material

NUMERALS = "一二三四五六七八九十"


def notice_parts(body: Mapping[str, Any], words: Mapping[str, str]) -> list[Part]:
    """What the notice says: papers to bring, reasons, all papers, basis, limit, procedure; empty parts left out."""
    papers = {one["id"]: material_label(Material.model_validate(one)) for one in body["all_materials"]}
    parts = [
        Part(_("请补齐下列材料"), [papers.get(one, one) for one in body["materials"]], numbered=True),
        Part(_("不符合受理条件的理由"), _lines(words.get("reasons", ""))),
        Part(_("其他"), _lines(words.get("remarks", ""))),
        Part(_("全部材料"), list(papers.values()), numbered=True),
        Part(_("依据"), [said(one) for one in body["basis"]], numbered=True),
        Part(_("时限"), [text] if (text := limit_sentence(body.get("limit") or {})) else []),
        Part(_("程序"), [said(one) for one in body["procedure"]], numbered=True),
        Part(_("口头告知记录"), _lines(words.get("call_note", ""))),
    ]
    return numbered([part for part in parts if part.lines])


def limit_sentence(limit: Mapping[str, Any]) -> str:
    """The limits named in the notice, and from when they count."""
    told = []
    if limit.get("promised"):
        told.append(_("承诺时限：%(limit)s。") % {"limit": budget(limit["promised"])})
    if limit.get("statutory"):
        told.append(_("法定时限：%(limit)s。") % {"limit": budget(limit["statutory"])})
    return sentences(*told, _("自材料齐全的次日起计算。")) if told else ""


def numbered(parts: Sequence[Part]) -> list[Part]:
    """The parts with 一、 二、 or 1. 2. before their headings."""
    marks = [f"{one}、" for one in NUMERALS] if reads_chinese() else [f"{n}. " for n in range(1, 11)]
    return [
        Part(mark + part.heading, part.lines, part.numbered) for mark, part in zip(marks, parts, strict=False)
    ]


def _lines(text: str) -> list[str]:
    return [line for line in (part.strip() for part in text.splitlines()) if line]
