"""The papers of mediation: what each says, under which number, for whom."""

import re

import pytest

from documents import pdf
from documents.models import Document
from tests.documents.pages import sizes_of
from tests.inspection.situations import TODAY, moment
from tests.mediation.situations import UNIT, mediation, ready_for, staff, table, take

pytestmark = pytest.mark.django_db

INSTITUTE, COMMITTEE = "重庆市铜梁区劳动人事争议仲裁院", "重庆市铜梁区劳动人事争议仲裁委员会"


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("KZMAY")


def words(case, kind: str) -> str:
    """The text of the newest document of the kind, without its marks."""
    html = Document.objects.filter(case=case, kind=kind).latest("pk").html
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html.partition("</style>")[2]))


def test_acceptance_tells_number_mediator_and_that_concessions_do_not_count(people):
    case = take("accept", ready_for("accept", people, "SEEKING_CONSENT"), people["Z"], people)
    text = words(case, "MD03")

    assert Document.objects.get(kind="MD03").number == "铜劳调受字〔2026〕第1号"
    assert case.case_no == "铜劳调字〔2026〕第1号"
    for said in (
        case.case_no,
        "调解员测试mediator01",
        "于2026年6月16日同意调解",
        "不作为其后仲裁、诉讼中对其不利的证据",
    ):
        assert said in text


def test_agreement_bears_the_number_of_the_case_and_lists_the_members(people):
    case = mediation(people, workers=2)
    table(case, people["Z"])
    case = take("agree", case, people["Z"], people)
    text = words(case, "MD07")

    assert Document.objects.get(kind="MD07").number == case.case_no
    for said in (
        "共37,200.00元（人民币叁万柒仟贰佰元整）",
        "第1期2026年7月1日前18,600.00元；第2期2026年7月31日前18,600.00元",
        "调解协议附表",
        "合计（2人）37,200.0018,600.0018,600.00",
        "生效日期：2026年6月16日",
    ):
        assert said in text


def test_failure_says_when_why_and_that_arbitration_is_open(people):
    case = take("fail", mediation(people), people["Z"], people)
    text = words(case, "MD08")

    for said in ("于2026年5月17日申请调解", "调解于2026年6月16日终结", "因双方不能达成协议", "申请仲裁"):
        assert said in text
    assert "差距" not in text


def test_papers_of_the_review_go_out_in_the_name_of_the_committee(people):
    case = take("confirm_review", ready_for("confirm_review", people, "UNDER_REVIEW"), people["A"], people)
    text = words(case, "MD11")

    assert text.startswith(f"承办人：测试mediator01{case.case_no}{COMMITTEE}")
    assert Document.objects.get(kind="MD11").number == "铜劳调审调字〔2026〕第1号"
    assert "经双方当事人签收后，发生法律效力" in text


def test_request_for_a_payment_order_names_what_is_overdue_and_nothing_else(people):
    case = take("request_order", ready_for("request_order", people, "AGREED"), people["K"], people)
    text = words(case, "MD14")

    for said in ("重庆市铜梁区人民法院", "违约日期2026年6月15日", "9,300.00元（人民币玖仟叁佰元整）", UNIT):
        assert said in text
    assert INSTITUTE not in text.partition("支付令申请书")[0]


def test_minutes_can_be_made_again_from_what_was_kept(people):
    """The record has digests only; the paper is made of the minutes themselves."""
    case = take("record_meeting", mediation(people), people["Z"], people)

    assert "愿意分期" in words(case, "MD06")


def test_papers_are_drawn_on_a4(people):
    case = take("fail", mediation(people), people["Z"], people)

    assert set(sizes_of(pdf.pdf_of(case.documents.get(kind="MD08")))) == {(210, 297)}
