"""To other authorities and to the bank: D09, D30, D33."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from cases.models import RequestType, Task
from documents.context import Lacking, Matter, required
from documents.wording import cn_date, paragraphs
from inspection import deadlines as d
from inspection.documents.values import (
    CRIMINAL_LAW,
    attached,
    breached,
    complaint_of,
    decision,
    fact_of_step,
    length_of,
    lines,
    order,
    owed,
    period,
    units,
)
from inspection.enclosures import Enclosure
from inspection.states import ClosingCode, Path

EMPTY_ROWS = 3
# Where the workers go themselves: nothing is sent there.
FOR_THE_WORKERS = (Path.ARBITRATION, Path.COURT)


# D09


def letter(matter: Matter) -> dict[str, Any]:
    """案件移送（协办）函: a co-handling request with its day, or the whole matter for whoever is competent."""
    task = _task(matter)
    return {
        "to": required(_receiver(matter, task), _("还没写受文单位")),
        "project": _project(matter),
        "period": period(matter),
        "breached": breached(matter),
        "is_withheld": complaint_of(matter).identity_withheld,
        "enclosed": lines(matter.fact("enclosed") or "") or _enclosed(task),
        "laws": f"{d.WAGES}第七条" if task else _referral_law(matter),
        **(_asked_for(task) if task else _sent_on(matter)),
    }


def _task(matter: Matter) -> Task | None:
    """The request that the step behind the letter sent, or sent again; None for a letter that sends the matter on."""
    if matter.event is None or matter.event.step not in ("send_task", "resend_task"):
        return None
    facts = matter.event.facts
    for task in matter.case.tasks.select_related("receiver").order_by("-pk"):
        if str(facts.get("receiver")) == task.receiver.name or str(facts.get("task")) == str(task):
            return task
    return None


def _enclosed(task: Task | None) -> list[str]:
    """The papers that go along with the request, by name."""
    return [each.name for each in Enclosure.objects.filter(task=task).with_papers()] if task else []


def _receiver(matter: Matter, task: Task | None) -> str:
    """Whom the letter is for: as typed, the authority of the request, or where the complainant was sent."""
    typed = str(matter.facts.get("to") or "")
    if typed or task:
        return typed or str(task.receiver if task else "")
    return re.split(r"[，,；;（(\s]", complaint_of(matter).redirect_to.strip())[0]


def _asked_for(task: Task) -> dict[str, Any]:
    return {
        "request": str(RequestType(task.request).label),
        "content": paragraphs(task.content),
        "reply_by": cn_date(task.due_on),
    }


def _sent_on(matter: Matter) -> dict[str, Any]:
    """Lacking where the workers themselves have to apply: to the arbitrators or the court."""
    complaint = complaint_of(matter)
    if matter.case.outcome == ClosingCode.TO_ARBITRATION or complaint.path in FOR_THE_WORKERS:
        raise Lacking(_("仲裁、诉讼由劳动者自己提出，不用开具移送函"))
    reason = complaint.closing_summary or (matter.event.facts.get("reason") if matter.event else "")
    return {"request": "", "content": paragraphs(required(reason, _("还没写移送的理由"))), "reply_by": ""}


def _referral_law(matter: Matter) -> str:
    """After filing the matter is transferred under the supervision regulations, before it under the provisions."""
    return f"{d.SUPERVISION}第十八条" if matter.case.case_no else f"{d.PROVISIONS}第十八条"


def _project(matter: Matter) -> dict[str, str] | None:
    project = matter.case.project
    if project is None:
        return None
    return {"name": project.name, "type": str(project.get_type_display()), "site": project.site}


# D30


def police_transfer(matter: Matter) -> dict[str, Any]:
    """涉嫌犯罪案件移送书: suspect, sum, orders and their service, flight or refusal; with material, report and list."""
    police = Agency.objects.filter(code="police").first()
    because = fact_of_step(matter, "transfer_to_police", "flight_or_refusal")
    report = fact_of_step(matter, "transfer_to_police", "report")
    return {
        "to": str(required(police, _("还没有登记公安机关"))),
        "units": units(matter),
        "period": period(matter),
        "orders": _orders_in_vain(matter),
        "because": paragraphs(required(because, _("还没写逃匿或有能力而不支付的事实"))),
        "report": paragraphs(required(report, _("还没写调查报告"))),
        "laws": f"{CRIMINAL_LAW}第二百七十六条之一、{d.TRANSFER}第三条、{d.WAGES}第四十一条",
        "reply_law": f"{d.TRANSFER}第八条",
        "reply_days": str(length_of(d.POLICE_REPLY.code)),
        "materials": _handed_over(matter),
        "blank_rows": list(range(EMPTY_ROWS)),
        **owed(matter),
    }


def _orders_in_vain(matter: Matter) -> list[dict[str, str]]:
    """The order and the decision as far as they were made."""
    complaint = complaint_of(matter)
    found = [order(matter)] if complaint.order_pay_by_on else []
    return [*found, decision(matter)] if complaint.decision_pay_by_on else found


def _handed_over(matter: Matter) -> list[dict[str, str]]:
    """What goes to the police with the letter: report, list, orders with proof of service, files."""
    report = {"name": "涉嫌犯罪情况的调查报告", "count": "1份", "form": "原件"}
    workers = {"name": "欠付工资劳动者名单", "count": "1份", "form": "原件"}
    rows = [report, workers]
    for each in _orders_in_vain(matter):
        number = f"（{each['number']}）" if each["number"] else ""
        rows.append({"name": f"{each['title']}{number}及送达证明", "count": "1份", "form": "复印件"})
    return [{**row, "no": str(number)} for number, row in enumerate([*rows, *attached(matter)], 1)]


# D33


def bank_notice(matter: Matter) -> dict[str, Any]:
    """工资保证金支付通知书: the decision not performed, the deposit, and whom to pay how much."""
    return {
        "to": required(matter.fact("bank"), _("还没填银行")),
        "account": required(matter.fact("account"), _("还没填保证金账户或保函编号")),
        "contractor": required(matter.fact("contractor"), _("还没填存储保证金的总承包单位")),
        "project": matter.case.project.name if matter.case.project else "",
        "decision": decision(matter),
        "laws": f"{d.WAGES}第三十二条、{d.DEPOSIT}第十九条",
        "top_up_law": f"{d.DEPOSIT}第二十条",
        "days": str(length_of(d.BANK_PAYS.code)),
        "top_up_days": str(length_of(d.TOP_UP_DEPOSIT.code)),
        **owed(matter, secret=True),
    }
