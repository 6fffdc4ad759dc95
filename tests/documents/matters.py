"""Complaints for the tests of documents, taken through the real procedure by the people who take its steps."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from agencies.models import Agency, User
from cases import services
from cases.models import Case, Party
from inspection.services import Registration, WorkerEntry, register_complaint
from tests.people import make_users

# A Tuesday without a holiday in the ten working days that follow.
TODAY = datetime(2026, 11, 3, 2, 30, tzinfo=timezone.get_fixed_timezone(0))
EMPLOYER = "重庆某某建筑劳务有限公司"
PHONE, ADDRESS = "023-45678901", "重庆市铜梁区巴川街道中兴路1号"
OWED_FEN = 3_650_000


def staff() -> dict[str, User]:
    """The people of the walk, and the office's phone and address."""
    people = make_users(
        {
            "window01": ("inspection", "window", {"display_name": "周敏"}),
            "inspector01": (
                "inspection",
                "inspector",
                {"display_name": "李建国", "licence_no": "示例50015100001"},
            ),
            "inspector02": (
                "inspection",
                "inspector",
                {"display_name": "张晓燕", "licence_no": "示例50015100002"},
            ),
            "head01": ("inspection", "inspection_head", {"display_name": "陈志强"}),
        }
    )
    Agency.objects.filter(code="inspection").update(phone=PHONE, address=ADDRESS)
    users = User.objects.select_related("agency").in_bulk([user.pk for user in people.values()])
    accounts = {"window": "window01", "lead": "inspector01", "second": "inspector02", "head": "head01"}
    return {name: users[people[username].pk] for name, username in accounts.items()}


def worker(name: str = "王某某", **fields: Any) -> WorkerEntry:
    """A rural worker who is owed 36,500.00 yuan for March to August 2026."""
    usual = {"from_month": "2026-03", "to_month": "2026-08", "owed_fen": OWED_FEN, "is_migrant": True}
    return WorkerEntry(name=name, **{**usual, "job": "钢筋工", **fields})


def registered(people: dict[str, User], *workers: WorkerEntry, **fields: Any) -> Case:
    """A complaint at the window, received today."""
    usual = {
        "employer_name": EMPLOYER,
        "channel": "window",
        "facts_text": "在某某安置房二期工地做工，工资一直没有结清。",
        "project_name": "某某安置房二期",
    }
    entry = Registration(workers=workers or (worker(),), **{**usual, **fields})
    return register_complaint(by=people["window"], key=new_key(), entry=entry)


def new_key() -> str:
    return uuid.uuid4().hex


def fresh(case: Case) -> Case:
    """The case as it stands now."""
    return case.workflow.model.objects.select_related("agency__parent").get(pk=case.pk)


def step(
    case: Case, name: str, by: User, *, proposer: User | None = None, note: str = "", **facts: Any
) -> Case:
    """The case after the step, proposed first by ``proposer`` where there is one."""
    call: dict[str, Any] = {"case": case, "step": name}
    if proposer:
        version = fresh(case).version
        services.propose(**call, by=proposer, version=version, key=new_key(), note=note, **facts)
        facts, note = {}, ""
    services.advance(**call, by=by, version=fresh(case).version, key=new_key(), note=note, **facts)
    return fresh(case)


def accepted(people: dict[str, User], case: Case) -> Case:
    tests = {"within_two_years": True, "respondent_clear": True, "within_mandate": True}
    return step(case, "accept", people["head"], proposer=people["window"], **tests)


def filed(people: dict[str, User], case: Case) -> Case:
    inspectors = {"lead": people["lead"].pk, "second": people["second"].pk}
    return step(accepted(people, case), "file_case", people["head"], **inspectors)


def ordered(people: dict[str, User], case: Case) -> Case:
    """Papers were seen, amounts confirmed as claimed; the order says to pay within a week."""
    today = timezone.localdate()
    act = {"act": "papers", "acted_on": today, "place": "用人单位", "summary": "调取了工资表和考勤表。"}
    case = step(filed(people, case), "investigate", people["lead"], **act)
    amounts = {f"claim_{claim.pk}": claim.owed_fen for claim in case.claims.all()}
    case = step(case, "confirm_amounts", people["lead"], **amounts)
    term = today + timedelta(days=7)
    breach = f"{case.respondent_name}没有按月足额支付劳动者工资。"
    return step(case, "order", people["head"], proposer=people["lead"], breach=breach, pay_by_on=term)


def paid(people: dict[str, User], case: Case) -> Case:
    """Everything that was confirmed has been paid by the employer."""
    today = timezone.localdate()
    rows = [
        services.PaymentRow(
            claim.worker_id, claim.confirmed_fen, today, "employer", EMPLOYER, f"回单{number}"
        )
        for number, claim in enumerate(case.claims.all(), start=1)
    ]
    services.record_payments(
        case=case, by=people["lead"], version=fresh(case).version, key=new_key(), rows=rows
    )
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
