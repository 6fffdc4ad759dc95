"""One complaint at the later stages of the procedure, day by day, and what its documents say alike."""

import re
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from agencies.models import User
from cases import services
from cases.models import Case, Employer, Person
from documents import pdf
from documents.models import Document
from documents.services import issue_by_hand
from tests.documents import matters
from tests.documents.matters import fresh, new_key, step
from tests.documents.pages import text_of
from tests.people import make_user

PORTRAIT, LANDSCAPE = (210, 297), (297, 210)
BUREAU, OFFICE = "重庆市铜梁区人力资源和社会保障局", "重庆市铜梁区劳动保障监察支队"
CASE_NO = "铜人社监案〔2026〕1号"
FILED = "2026年11月3日"
SUM = "36,500.00元（人民币叁万陆仟伍佰元整）"
FOOT = f"承办人：李建国{CASE_NO}"
OFFICERS = "李建国（执法证号示例50015100001）、张晓燕（执法证号示例50015100002）"
CONTACT = (
    f"承办部门：{OFFICE}，地址：重庆市铜梁区巴川街道中兴路1号，联系电话：023-45678901。承办人：{OFFICERS}。"
)
UNIT = (
    "被投诉单位名称重庆某某建筑劳务有限公司（用人单位）统一社会信用代码91500151MA60AB125J法定代表人张某某"
    "地址重庆市铜梁区东城街道龙城大道88号联系人李经理联系电话023-45670000"
)
LIST_OF_ONE = (
    "序号姓名证件号码工种欠薪期间尚欠金额（元）备注"
    "1王某某500***********0011钢筋工2026年3月至8月36,500.00"
    f"合计共1人，{SUM}36,500.00"
)

# The day the order may still be performed is 10 November; statements end on 18 November; the decision asks until 4
# December.
AFTER_ORDER, AFTER_STATEMENTS, AFTER_DECISION = date(2026, 11, 11), date(2026, 11, 19), date(2026, 12, 7)


def everybody(people: dict[str, User]) -> dict[str, User]:
    """The people of the office and those above it, who decide."""
    above = {
        "deputy": make_user("deputy01", agency="hrss", role="deputy_head", display_name="刘副局长"),
        "bureau": make_user("bureau01", agency="hrss", role="bureau_head", display_name="孙局长"),
    }
    return {
        **people,
        **{name: User.objects.select_related("agency").get(pk=user.pk) for name, user in above.items()},
    }


def known(people: dict[str, User], *workers: Any, **fields: Any) -> Case:
    """A registered complaint, of one worker unless told otherwise, against a unit of which everything is known."""
    case = matters.registered(
        people, *(workers or (matters.worker(id_number="500151199001010011"),)), **fields
    )
    Employer.objects.filter(name=matters.EMPLOYER).update(
        uscc="91500151MA60AB125J",
        legal_representative="张某某",
        address="重庆市铜梁区东城街道龙城大道88号",
        contact="李经理",
        phone="023-45670000",
    )
    return fresh(case)


def arrive(time_machine: Any, day: date) -> None:
    """It is the morning of the day in Beijing."""
    time_machine.move_to(timezone.make_aware(datetime.combine(day, time(10, 30))), tick=False)


def served(people: dict[str, User], case: Case, kind: str) -> Case:
    """The newest document of the kind reached the employer today."""
    paper = case.documents.filter(kind=kind).first()
    facts = {"document": paper.pk, "party": matters.respondent(case).pk, "method": "direct", "proof": "签收"}
    return step(case, "serve", people["lead"], served_on=timezone.localdate(), **facts)


def concluded(people: dict[str, User], case: Case, time_machine: Any, *, note: str = "") -> Case:
    """The order of 3 November was served and not performed; the investigation ends on 11 November."""
    case = served(people, matters.ordered(people, case), "D18")
    arrive(time_machine, AFTER_ORDER)
    conclusion = {"summary": "欠薪属实，有工资表和考勤表证实。", "legal_review_needed": "no"}
    return step(
        case, "conclude_investigation", people["head"], proposer=people["lead"], note=note, **conclusion
    )


def noticed(people: dict[str, User], case: Case, time_machine: Any, **facts: Any) -> Case:
    """The notice of what is planned was given on 11 November."""
    usual = {"notice_kind": "handling", "notice_content": "拟责令支付所欠工资。", "hearing_right": "no"}
    case = concluded(people, case, time_machine)
    return step(case, "give_notice", people["head"], proposer=people["lead"], **{**usual, **facts})


def decided(people: dict[str, User], case: Case, time_machine: Any) -> Case:
    """The decision of 19 November was served at once and is to be performed by 4 December; it is 7 December."""
    case = served(people, noticed(people, case, time_machine), "D21")
    arrive(time_machine, AFTER_STATEMENTS)
    decision = {"content": "责令支付所欠工资。", "pay_within": 15}
    case = step(case, "decide", people["bureau"], proposer=people["deputy"], **decision)
    case = served(people, case, "D26")
    arrive(time_machine, AFTER_DECISION)
    return case


def upheld(people: dict[str, User], case: Case) -> Case:
    """The only unit sued against the decision, and the court upheld it on 7 December."""
    facts = {"party": matters.respondent(case).pk, "done_on": AFTER_DECISION, "result": "判决维持。"}
    case = step(case, "record_remedy", people["lead"], remedy="suit", **facts)
    return step(case, "record_remedy", people["lead"], remedy="suit_upheld", **facts)


def with_secret(case: Case) -> Case:
    """The complainants asked that nobody at the employer learn who they are."""
    complaint = case.complaint
    complaint.identity_withheld = True
    complaint.save()
    return fresh(case)


def with_card(case: Case, number: str = "6222021234567894321") -> Case:
    """The first worker's bank card is known."""
    person = Person.objects.get(parties__case=case, parties__position=1, parties__role="worker")
    person.bank_card = number
    person.save()
    return fresh(case)


def paid_in_part(people: dict[str, User], case: Case, fen: int) -> Case:
    """The employer paid the first worker some of it today."""
    worker = case.parties.filter(role="worker").first()
    row = services.PaymentRow(worker.pk, fen, timezone.localdate(), "employer", matters.EMPLOYER, "回单7")
    services.record_payments(
        case=case, by=people["lead"], version=fresh(case).version, key=new_key(), rows=[row]
    )
    return fresh(case)


def by_hand(case: Case, kind: str, by: User, **facts: Any) -> bytes:
    """The PDF of a document issued by hand."""
    document = issue_by_hand(
        case=case, kind=kind, by=by, version=fresh(case).version, key=new_key(), facts=facts
    )
    return pdf.pdf_of(document)


def words_of(content: bytes) -> str:
    """All that can be read, without what stands at the foot of the pages, so that breaks between them do not matter."""
    return re.sub(r"—\d+—|第\d+页共\d+页", "", text_of(content).replace(FOOT, ""))


def printed(kind: str) -> bytes:
    """The PDF of the newest document of the kind."""
    return pdf.pdf_of(Document.objects.filter(kind=kind).latest("pk"))
