"""The wall of promises, a promise's own page, and where complaints go."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shounuo.commitments.tallies import first_of_month
from shounuo.portal.access import promised_since
from shounuo.portal.house import House, clause_url, show
from shounuo.portal.paths import ways
from shounuo.portal.views.entry import public_page
from shounuo.portal.wall import (
    Figures,
    by_month,
    by_section,
    figures,
    last_year_of,
    month_of,
    promises,
    running,
)
from shounuo.portal.wall import (
    promise as told,
)
from shounuo.regulations.field_wording import field_words
from shounuo.regulations.rule_wording import kept_words, value_words
from shounuo.regulations.wording import clause_label, event_words, listed, said, without_numbers
from shounuo.rules.shapes import Commitment
from shounuo.rules.words import template_names

MONTHS_SHOWN = 12


@require_safe
@public_page
def wall(request: HttpRequest, here: House) -> HttpResponse:
    """Every public promise with how often it was kept: twelve months, or the month in the address."""
    month = chosen_month(request, here)
    period = month_of(month, here.now) if month else last_year_of(here.today, here.now)
    before = month_of(first_of_month(month or here.today, 1), here.now)
    months = months_since(promised_since(here.unit) or here.today, here.today)
    shown = promises(here, period, before)
    repairs = any(way.kind == "repair" for way in ways(here))
    return show(request, here, "wall", {"promises": shown, "takes_repairs": repairs,
                                        "month": month, "months": months, "period": period,
                                        "month_before": before.since})  # fmt: skip


def months_since(first: date, today: date) -> list[date]:
    """The months there can be figures for, at most the last twelve, this month first."""
    shown = (first_of_month(today, back) for back in range(MONTHS_SHOWN))
    return [month for month in shown if month >= first.replace(day=1)]


def chosen_month(request: HttpRequest, here: House) -> date | None:
    """The month in the address (2026-10) among those offered; anything else means all twelve."""
    try:
        year, number = request.GET.get("month", "").split("-")
        month = date(int(year), int(number), 1)
    except (ValueError, OverflowError):
        return None
    return month if first_of_month(here.today, MONTHS_SHOWN - 1) <= month <= here.today else None


@require_safe
@public_page
def promise(request: HttpRequest, here: House, rule: str) -> HttpResponse:
    """One promise: what it says, by which clauses, how it is counted, month by month and by section."""
    found = here.pack.commitments.get(rule)
    if found is None or not found.public:
        raise Http404
    period = last_year_of(here.today, here.now)
    before = month_of(first_of_month(here.today, 1), here.now)
    now, earlier = figures(here, [period, before])
    clauses = [
        (key, clause_label(here.pack, key), said(here.pack.clauses[key].text)) for key in found.clauses()
    ]
    return show(request, here, "promise", {
        "promise": told(here, rule, found, now.get(rule, Figures()), earlier.get(rule, Figures())),
        "clauses": [{"label": label, "text": text, "url": clause_url(key)} for key, label, text in clauses],
        "counting": counting(found),
        "note": without_numbers(said(found.note)),
        "settings": settings_of(here, found),
        "months": by_month(here, rule, found, period),
        "sections": [(said(name), one) for name, one in by_section(here, rule, found, period)],
        "running": running(here, rule, here.now) if found.form == "clock" else 0,
    })  # fmt: skip


def counting(rule: Commitment) -> list[str]:
    """How a promise is counted, in sentences."""
    if rule.form == "check":
        over = listed(event_words(one) for one in rule.over or ())
        return [
            _("有“%(over)s”的每一件都算在分母里。") % {"over": over},
            _("做到算兑现：%(what)s；没有做到算违诺。") % {"what": kept_words(rule.kept_when)},
            _("还不能下结论的不计。"),
        ]
    waiting = {
        "restart": _("一次性告知后等待补齐材料期间不计，补齐后重新起算。"),
        "pause": _("一次性告知后等待补齐材料期间暂停，补齐后接着算。"),
    }.get(rule.while_waiting_for_materials, _("等待材料期间不停。"))
    return [
        _("只计已到期的：在期限内完成的算兑现（到期那一刻完成也算），到期没完成的算违诺，后来办完也不改。"),
        waiting,
        _("延期要在到期前申请、批准并告知本人才算数，按延后的期限计。"),
        _("正在计时、暂停和撤回的不计；放假安排未公布、期限暂定的不算违诺。"),
    ]


def settings_of(here: House, rule: Commitment) -> list[dict[str, object]]:
    """What the regulation leaves open about this promise, what it stands at, and whether it was decided."""
    texts = [one.value or "" for one in rule.within] + [one.else_ or "" for one in rule.within]
    texts += [str(rule.first_day or ""), str(rule.while_waiting_for_materials)]
    if rule.extension:
        texts += [str(rule.extension.at_most), rule.extension.up_to]
    names = dict.fromkeys(
        name for text in texts for name in template_names(text) if name in here.pack.settings
    )
    open_still = here.edition.undecided()
    return [
        {"title": said(here.pack.settings[key].title), "value": value_words(here.edition, key, here.today),
         "decided": key not in open_still}
        for key in names
    ]  # fmt: skip


@require_safe
@public_page
def complaints(request: HttpRequest, here: House) -> HttpResponse:
    """How to complain or suggest, as far as this version and this organisation go: published channels and grounds."""
    disclosed = {one.what: one for one in here.pack.disclosures.values() if one.to == "public"}
    grounds, channels = disclosed.get("complaint_grounds"), disclosed.get("complaint_channels")
    contact = here.pack.settings.get("complaint_contact")
    phones = dict.fromkeys(one.complaint_phone for one in here.pack.services.values())
    return show(request, here, "complaints", {
        "contact": here.edition.setting("complaint_contact", here.today) if contact else "",
        "phones": list(phones),
        "channels": listed(field_words(one) for one in channels.fields) if channels else "",
        "grounds": said(grounds.contents) if grounds else "",
        "clauses": [(clause_label(here.pack, one.clause), clause_url(one.clause)) for one in (grounds, channels) if one],
    })  # fmt: skip
