"""Complaints for the tests of documents, taken through the real procedure by the people who take its steps."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

import inspection.documents  # noqa: F401  the builders
from agencies.models import Agency, User
from cases import services
from cases.models import Case, Party
from inspection.services import Registration, WorkerEntry, register_complaint
from tests.people import make_user

EMPLOYER = "重庆某某建筑劳务有限公司"
PHONE, ADDRESS = "023-45678901", "重庆市铜梁区巴川街道中兴路1号"


def staff() -> dict[str, User]:
    """The people of the walk, and the office's phone and address."""
    people = {
        "window": make_user("window01", display_name="周敏"),
        "lead": make_user("inspector01", role="inspector", display_name="李建国", licence_no="示例50015100001"),
        "second": make_user("inspector02", role="inspector", display_name="张晓燕", licence_no="示例50015100002"),
        "head": make_user("head01", role="inspection_head", display_name="陈志强"),
    }
    Agency.objects.filter(code="inspection").update(phone=PHONE, address=ADDRESS)
    for user in people.values():
        user.refresh_from_db()
    return people


def worker(name: str = "王某某", **fields: Any) -> WorkerEntry:
    values = {"from_month": "2026-03", "to_month": "2026-08", "owed_fen": 3_650_000, "is_migrant": True, "job": "钢筋工"}
    return WorkerEntry(name=name, **{**values, **fields})


def registered(people: dict[str, User], *workers: WorkerEntry, employer: str = EMPLOYER, **fields: Any) -> Case:
    """A complaint at the window, received today."""
    entry = Registration(
        employer_name=employer,
        workers=workers or (worker(),),
        channel="window",
        facts_text=fields.pop("facts_text", "在某某安置房二期工地做工，工资一直没有结清。"),
        project_name=fields.pop("project_name", "某某安置房二期"),
        **fields,
    )
    return register_complaint(by=people["window"], key=new_key(), entry=entry)


def new_key() -> str:
    return uuid.uuid4().hex


def step(case: Case, name: str, by: User, *, proposer: User | None = None, note: str = "", **facts: Any) -> Case:
    """The case after the step, proposed first by ``proposer`` where there is one."""
    if proposer:
        case = fresh(case)
        services.propose(
            case=case, step=name, by=proposer, version=case.version, key=new_key(), note=note, **facts
        )
        facts, note = {}, ""
    case = fresh(case)
    services.advance(case=case, step=name, by=by, version=case.version, key=new_key(), note=note, **facts)
    return fresh(case)


def fresh(case: Case) -> Case:
    return case.workflow.model.objects.select_related("agency").get(pk=case.pk)


def accepted(people: dict[str, User], case: Case) -> Case:
    tests = {"within_two_years": True, "respondent_clear": True, "within_mandate": True}
    return step(case, "accept", people["head"], proposer=people["window"], **tests)


def filed(people: dict[str, User], case: Case) -> Case:
    return step(accepted(people, case), "file_case", people["head"], lead=people["lead"].pk, second=people["second"].pk)


def ordered(people: dict[str, User], case: Case) -> Case:
    """Amounts confirmed as claimed, order issued for a week from today."""
    case = filed(people, case)
    amounts = {f"claim_{claim.pk}": claim.owed_fen for claim in case.claims.all()}
    case = step(case, "confirm_amounts", people["lead"], **amounts)
    term = timezone.localdate() + timedelta(days=7)
    breach = f"{case.respondent_name}没有按月足额支付劳动者工资。"
    return step(case, "order", people["head"], proposer=people["lead"], breach=breach, pay_by_on=term)


def paid(people: dict[str, User], case: Case) -> Case:
    case = fresh(case)
    rows = [
        services.PaymentRow(claim.worker_id, claim.confirmed_fen, timezone.localdate(), "employer", EMPLOYER, f"回单{n}")
        for n, claim in enumerate(case.claims.all(), start=1)
    ]
    services.record_payments(case=case, by=people["lead"], version=case.version, key=new_key(), rows=rows)
    return fresh(case)


def closed(people: dict[str, User], case: Case) -> Case:
    return step(
        paid(people, ordered(people, case)),
        "close_paid",
        people["head"],
        proposer=people["lead"],
        outcome="01",
        summary="被投诉单位收到指令书后，已向劳动者足额支付所欠工资。",
        call_back_done=True,
    )


def respondent(case: Case) -> Party:
    return case.parties.get(role="respondent")


def cn(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
