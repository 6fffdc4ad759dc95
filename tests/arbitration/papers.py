"""Disputes as they lie in the file when a document is made of them: nothing has to happen before."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db import transaction

from agencies.models import Agency, User
from arbitration.models import (
    ArbitrationCase,
    Award,
    Dispute,
    DisputeClaim,
    DisputeParty,
    Hearing,
    Room,
)
from cases.models import Assignment, Case, CaseKind, Duty, Employer, Party, PartyRole, Person
from documents import services
from documents.models import Document
from tests.inspection.situations import moment
from tests.people import make_user

TODAY = date(2026, 3, 12)
OPPONENT = "重庆某某建筑劳务有限公司"
ACCEPTED_ON, RECEIVED_ON, HEARD_ON = date(2026, 2, 10), date(2026, 2, 9), date(2026, 3, 10)
OWED_FEN = 1_860_000
_numbers = count(1)


def bench() -> dict[str, User]:
    """The people of the institute."""
    rows = {
        "A": ("arbitrator01", "arbitrator", "唐明远"),
        "B": ("arbitrator02", "arbitrator", "顾海"),
        "M": ("arbitrator03", "arbitrator", "卢霞"),
        "C": ("clerk01", "clerk", "夏雨"),
        "Y": ("instdir01", "institute_head", "蒋平"),
    }
    return {
        letter: make_user(name, agency="arb", role=role, display_name=shown)
        for letter, (name, role, shown) in rows.items()
    }


def dispute(
    people: Mapping[str, User],
    *,
    workers: int = 1,
    sums: tuple[int, ...] = (OWED_FEN,),
    type_: str = "wage",
    panel: bool = False,
    details: Mapping[str, Any] | None = None,
    **columns: Any,
) -> Any:
    """An accepted dispute about wages of January to March, with its tribunal; ``sums`` are claimed by each worker."""
    office, number = Agency.objects.get(code="arb"), next(_numbers)
    case = Case.objects.create(
        **{
            "kind": CaseKind.ARBITRATION,
            "agency": office,
            "state": "DELIBERATING",
            "receipt_no": f"铜劳人仲登〔2026〕{number}号",
            "case_no": f"铜劳人仲案字〔2026〕第{number}号",
            "received_on": RECEIVED_ON,
            "registered_at": moment(RECEIVED_ON),
            "filed_on": ACCEPTED_ON,
            "applicant_name": "王某某",
            "respondent_name": OPPONENT,
            "worker_count": workers,
            "is_group": workers >= 10,
            "claimed_fen": workers * sum(sums),
            "registered_by": people["C"],
            **columns,
        }
    )
    Dispute.objects.create(
        case=case,
        **{
            "accepted_on": ACCEPTED_ON,
            "tribunal_formed_on": ACCEPTED_ON,
            "hearing_held_on": HEARD_ON,
            "facts_text": "2026年1月至3月在工地做工，工资没有发。",
            **(details or {}),
        },
    )
    for place in range(workers):
        _worker(case, office, place, sums, type_)
    unit, _made = Employer.objects.get_or_create(
        agency=office,
        name=OPPONENT,
        defaults={
            "uscc": "91500151MA5YQ0001X",
            "legal_representative": "赵某",
            "address": "重庆市铜梁区金龙大道1号",
        },
    )
    Party.objects.create(case=case, role=PartyRole.RESPONDENT, employer=unit, added_on=RECEIVED_ON)
    duties = [(Duty.CHIEF, "A"), (Duty.MEMBER, "B"), (Duty.MEMBER, "M")] if panel else [(Duty.SOLE, "A")]
    for duty, letter in [*duties, (Duty.CLERK, "C")]:
        Assignment.objects.create(case=case, user=people[letter], duty=duty, since=moment(ACCEPTED_ON))
    Case.objects.filter(pk=case.pk).update(handler=people["A"])
    return fresh(case)


def _worker(case: Case, office: Agency, place: int, sums: tuple[int, ...], type_: str) -> None:
    names = "王李张刘陈杨黄赵周吴徐孙"
    person = Person.objects.create(
        agency=office,
        name=f"{names[place % len(names)]}某{'某' if place < len(names) else '甲'}",
        id_number="50022419850615002X" if place == 0 else "",
        no_id_reason="" if place == 0 else "证件遗失",
        phone="13800011111",
        sex="male",
        birth_on=date(1985, 6, 15),
        address="重庆市铜梁区某村某组",
        is_migrant=True,
    )
    party = Party.objects.create(
        case=case,
        role=PartyRole.WORKER,
        person=person,
        position=place + 1,
        is_representative=place < 3,
        added_on=RECEIVED_ON,
    )
    DisputeParty.objects.create(case=case, party=party, residence="rural", job="钢筋工", monthly_fen=620_000)
    for fen in sums:
        claim(case, party, fen, type_)


def claim(case: Case, party: Party, fen: int | None, type_: str = "wage", **fields: Any) -> DisputeClaim:
    months = {"from_month": "2026-01", "to_month": "2026-03"} if type_ == "wage" else {}
    return DisputeClaim.objects.create(
        case=case,
        party=party,
        type=type_,
        amount_fen=fen,
        **{"filed_on": RECEIVED_ON, "accepted_on": ACCEPTED_ON, **months, **fields},
    )


def award(
    case: Any,
    by: User,
    finality: str = "final",
    *,
    form: str = "award",
    claims: Any = None,
    share: float = 1.0,
    **fields: Any,
) -> Award:
    """The claims are decided in one paper; each gets so much of what it asks for."""
    made = Award.objects.create(
        case=case,
        form=form,
        finality=finality,
        **{"made_on": TODAY, **fields},
        facts="申请人2026年1月至3月在被申请人承包的工地从事钢筋工工作，月工资6200元，被申请人没有支付。",
        reasons="被申请人没有提交工资支付记录，应当承担不利后果。",
        drafted_by=by,
        drafted_at=moment(TODAY),
        signed_by=by,
    )
    for row in claims if claims is not None else case.dispute_claims.filter(award=None):
        given = None if row.amount_fen is None else int(row.amount_fen * share)
        row.award, row.awarded_fen, row.is_granted, row.is_final = (
            made,
            given,
            given != 0,
            finality == "final",
        )
        row.save()
    return made


def hearing(case: Any, people: Mapping[str, User], on: date = HEARD_ON, **fields: Any) -> Hearing:
    office = case.agency
    room, _made = Room.objects.get_or_create(agency=office, name="第一仲裁庭", defaults={"place": "三楼"})
    row = Hearing.objects.create(
        **{
            "case": case,
            "room": room,
            "starts_at": moment(on, 9, 30),
            "ends_at": moment(on, 11, 30),
            "made_by": people["C"],
            "made_at": moment(on - timedelta(days=8)),
            **fields,
        }
    )
    row.people.set([people["A"], people["C"]])
    return row


def fresh(case: Any) -> Any:
    return ArbitrationCase.objects.get(pk=case.pk)


def paper(case: Any, kind: str, by: User, **facts: Any) -> Document:
    """The document is issued on the case."""
    with transaction.atomic():
        return services.issue(fresh(case), kind, by, facts=facts)


def words(document: Document) -> str:
    """The frozen text without spaces and tags."""
    body = document.html.partition("<body")[2].partition(">")[2]
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", body))
