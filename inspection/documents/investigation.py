"""Filing and investigation: D10, D11, D12, D17, D20."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from calendars.clock import due
from calendars.services import current_calendar
from cases.clocks import as_value
from cases.identity import age_on
from cases.models import Claim, Party, TimelineEvent
from cases.names import mask_id, mask_phone
from documents.context import Matter, required
from documents.wording import NOTHING, cn_date, paragraphs, sum_in_words
from inspection import deadlines as d
from inspection.document_forms import PAPERS, Paper
from inspection.documents.values import (
    approval,
    breached,
    claims_by_worker,
    complaint_of,
    jobs,
    opinion,
    period,
    person_of,
    required_under_way,
    sex_and_birth,
    units,
)

NOTICE_STEPS = ("give_notice", "give_notice_for_obstruction")
PEN_LINES = 16


# D10


def filing_form(matter: Matter) -> dict[str, Any]:
    """立案审批表."""
    complaint = complaint_of(matter)
    return {
        "source": complaint.get_channel_display(),
        "accepted_on": cn_date(complaint.accepted_on),
        "units": units(matter),
        "project": matter.case.project.name if matter.case.project else "",
        "period": period(matter),
        "facts": paragraphs(complaint.facts_text),
        "breached": breached(matter),
        "opinion": opinion(matter, "accept"),
        "approval": approval(matter, "file_case"),
    }


# D11


def inquiry(matter: Matter) -> dict[str, Any]:
    """调查询问书: who is to appear when and where, with which papers. The workers stay unnamed."""
    required_under_way(matter)
    is_construction = matter.case.project is not None
    ticked = matter.fact("papers") or []
    papers = [paper for paper in PAPERS if is_construction or not paper.only_construction]
    return {
        "term_on": matter.fact("appear_on"),
        "appear_on": cn_date(required(matter.fact("appear_on"), _("还没填到场日期"))),
        "appear_at": required(matter.fact("appear_at"), _("还没填到场时间")),
        "place": required(matter.fact("place"), _("还没填到场地点")),
        "project": matter.case.project.name if is_construction else "",
        "is_construction": is_construction,
        "papers": [_listed(number, paper, ticked, period(matter)) for number, paper in enumerate(papers, 1)],
        "other": matter.fact("other") or "",
        "other_no": str(len(papers) + 1),
        "laws": f"{d.SUPERVISION}第十五条",
        "fine_law": f"{d.SUPERVISION}第三十条",
    }


def _listed(number: int, paper: Paper, ticked: list[str], months: str) -> dict[str, Any]:
    label = str(paper.label)
    return {
        "no": str(number),
        "label": f"{label}（{months}）" if paper.by_month and months else label,
        "is_ticked": paper.code in ticked,
        "who": "、".join(paper.who),
    }


# D12


def interview(matter: Matter) -> dict[str, Any]:
    """询问笔录: two askers, the person asked, what was said; blank lines where nothing was typed."""
    required_under_way(matter)
    asked_on: date = required(matter.fact("asked_on"), _("还没填询问日期"))
    spoken = paragraphs(matter.fact("content") or "")
    began, ended = matter.fact("hours") or ("", "")
    return {
        "asked_on": cn_date(asked_on),
        "began": began,
        "ended": ended,
        "place": required(matter.fact("place"), _("还没填询问地点")),
        "askers": _askers(matter),
        "asked": _asked(matter, asked_on),
        "spoken": spoken if not spoken or spoken[0].startswith("答") else ["答：", *spoken],
        "pen_lines": [] if spoken else list(range(PEN_LINES)),
    }


def _askers(matter: Matter) -> list[dict[str, str]]:
    """The two inspectors of the case; Lacking when there are not two different ones. 劳动保障监察条例第十六条."""
    rows = list(matter.case.assignments.filter(until=None).select_related("user").order_by("duty", "pk"))
    required(len({row.user_id for row in rows}) == 2, _("还没有指派两名监察员，不能询问"))
    return [{"name": str(row.user), "licence_no": row.user.licence_no} for row in rows]


def _asked(matter: Matter, on: date) -> dict[str, str]:
    """The person asked; of somebody outside the list only what was typed, the rest is left for the pen."""
    worker: Party | None = matter.fact("worker")
    post = matter.fact("post") or ""
    if worker is None:
        name = required(matter.fact("name"), _("还没填被询问人"))
        blank = dict.fromkeys(("sex", "age", "id_type", "id_number", "phone", "address", "employer"), "")
        return {**blank, "name": name, "post": post}
    person = person_of(worker)
    sex, birth_on = sex_and_birth(person)
    return {
        "name": worker.name,
        "sex": sex,
        "age": f"{age_on(birth_on, on)}岁" if birth_on else "",
        "id_type": str(person.get_id_type_display()),
        "id_number": mask_id(person.id_number),
        "phone": mask_phone(person.phone) if person.phone else "",
        "address": person.address,
        "employer": matter.people.respondents_named,
        "post": post or jobs(claims_by_worker(matter).get(worker.pk, [])),
    }


# D17


def extension_form(matter: Matter) -> dict[str, Any]:
    """延长调查期限审批表: the day that would have been, the day it is now, and why."""
    clock = matter.case.clocks.filter(rule_code=d.INVESTIGATE.code).order_by("-pk").first()
    value = as_value(required(clock, _("调查期限没有在计时")))
    required(value.extended_by, _("调查期限还没有延长"))
    before = due(replace(value, extended_by=0), current_calendar())
    return {
        "source": complaint_of(matter).get_channel_display(),
        "units": units(matter),
        "period": period(matter),
        "started_on": cn_date(clock.started_on),
        "original_due": cn_date(before.due_on),
        "added": str(value.extended_by),
        "new_due": cn_date(clock.due_on),
        "is_provisional": clock.is_provisional,
        "reasons": paragraphs(required(matter.fact("reason"), _("还没写延长的理由"))),
        "laws": f"{d.SUPERVISION}第十七条",
        "opinion": opinion(matter, "extend_investigation"),
        "approval": approval(matter, "extend_investigation"),
    }


# D20


def handling_report(matter: Matter) -> dict[str, Any]:
    """案件处理报批表（调查终结报告）: the course, the facts, the party's view, the basis and what is proposed."""
    complaint = complaint_of(matter)
    step = matter.event.step if matter.event else ""
    return {
        "source": complaint.get_channel_display(),
        "units": units(matter),
        "period": period(matter),
        "ended_on": cn_date(required(complaint.investigation_ended_on, _("调查还没有终结"))),
        "acts": _acts(matter),
        "facts": paragraphs(required(complaint.investigation_summary, _("还没写调查结论"))),
        "confirmed": sum_in_words(matter.case.confirmed_fen) if matter.case.confirmed_fen else "",
        "confirmed_count": _confirmed_workers(matter),
        "views": _views(matter),
        "breached": breached(matter),
        "laws": f"{d.SUPERVISION}第十八条、第二十六条",
        "planned": paragraphs(complaint.notice_content) if step in NOTICE_STEPS else [],
        "legal_review_needed": complaint.legal_review_needed,
        "opinion": opinion(matter, step),
        "approval": approval(matter, "conclude_investigation", *NOTICE_STEPS),
    }


def _acts(matter: Matter) -> list[dict[str, str]]:
    """What was done to find out, in the order in which it was recorded."""
    events = matter.case.timeline.filter(kind=TimelineEvent.Kind.STEP, step="investigate").order_by("seq")
    return [
        {
            "on": cn_date(event.facts.get("acted_on")),
            "place": event.facts.get("place") or NOTHING,
            "summary": event.facts.get("summary") or "",
        }
        for event in events
    ]


def _confirmed_workers(matter: Matter) -> str:
    return str(
        Claim.objects.filter(case=matter.case, confirmed_fen__gt=0).values("worker").distinct().count()
    )


def _views(matter: Matter) -> list[str]:
    """What the party stated in its defence, as it was recorded."""
    events = matter.case.timeline.filter(kind=TimelineEvent.Kind.STEP, step="hear_statement").order_by("seq")
    return [line for event in events for line in paragraphs(event.facts.get("content") or "")]
