"""Every document of legal aid, issued by the steps that produce it: its words, whom it is for, who may read it."""

import re
from datetime import date
from pathlib import Path

import pytest

from agencies.models import Agency
from documents import catalogue, pdf
from documents.models import Document
from documents.services import issue_by_hand
from legal_aid.documents.afterwards import ComplaintForm
from legal_aid.services import Applicant, Application, Means, register_application
from tests.documents.pages import sizes_of
from tests.inspection.situations import moment, new_key
from tests.legal_aid.situations import firm, fresh, lawyer, rate, staff, take

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 16)
CENTRE, BUREAU = "重庆市铜梁区法律援助中心", "重庆市铜梁区司法局"
REASON = "申请的事项不属于法律援助事项范围。"


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    found = staff("KUMNSG")
    Agency.objects.filter(code="aid").update(phone="023-45670001", address="重庆市铜梁区中兴路1号")
    rate("arbitration", 1500, by=found["M"])
    lawyer(found["N"], firm("重庆示例律师事务所"))
    return found


def received(people, **changes):
    """One worker's application for wages, with papers and a statement of means."""
    entry = {
        "applicants": (
            Applicant(
                "王某某",
                id_number="50022419850615002X",
                phone="13800011111",
                address="重庆市铜梁区某村某组",
                is_migrant=True,
                owed=(("2026-01", "2026-03", 1_860_000),),
            ),
        ),
        "opponent": "重庆某某建筑劳务有限公司",
        "matter": "31-5w",
        "stage": "arbitration",
        "category": "migrant",
        "forum": "重庆市铜梁区劳动人事争议仲裁院",
        "forum_case_no": "铜劳人仲案字〔2026〕第12号",
        "facts_text": "2026年1月至3月的工资18600元没有发。",
        "materials": "身份证复印件1份\n欠条复印件1份",
        "means": Means(household=3, income_fen=300_000, income_note="打工", pledged=True),
    } | changes
    return fresh(register_application(by=people["K"], key=new_key(), entry=Application(**entry)))


def reviewed(people, **changes):
    case = take("start_review", received(people, **changes), people["U"])
    return take("record_review", case, people["U"], is_entitled="yes", opinion="符合条件，建议给予。")


def named(people):
    """Granted, assigned, with a lawyer."""
    case = take("grant", reviewed(people), people["M"], form="arbitration")
    person = lawyer(people["N"])
    case = take("assign", case, people["M"], firm=person.firm.pk)
    case = take("receive_assignment", case, people["U"], arrived_on="2026-06-16", how="当面")
    return take("name_lawyer", case, people["U"], lawyer=person.pk, named_on="2026-06-16")


def begun(people):
    case = take(
        "sign", named(people), people["N"], signed_on="2026-06-16", special_power="yes", scope="仲裁代理"
    )
    return take(
        "begin",
        case,
        people["N"],
        met_on="2026-06-16",
        place="律所会议室",
        explained="有权了解进展。",
        requests="尽快拿到工资。",
    )


def words(case, kind: str) -> str:
    """The frozen text of the newest document of the kind, without spaces and tags."""
    html = Document.objects.filter(case=case, kind=kind).latest("pk").html
    body = html.partition("<body")[2].partition(">")[2]
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", body))


def test_papers_of_the_application(people):
    case = received(people)
    receipt = words(case, "LD03")
    assert "法律援助申请受理凭证" in receipt
    assert "1．身份证复印件1份2．欠条复印件1份" in receipt
    assert "最迟2026年6月23日作出决定" in receipt

    form = issue_by_hand(case=case, kind="LD01", by=people["U"], version=case.version, key=new_key())
    assert words(case, "LD01").count("王某某") >= 1
    assert "请求支付劳动报酬" in words(case, "LD01")
    assert "500***********002X" in words(case, "LD01")
    assert sizes_of(pdf.pdf_of(form)) == [(210, 297)]

    issue_by_hand(case=fresh(case), kind="LD02", by=people["U"], version=fresh(case).version, key=new_key())
    assert "人均月收入1,000.00元" in words(case, "LD02")
    assert "进城务工人员申请支付劳动报酬（《法律援助法》第四十二条第三项）" in words(case, "LD02")


def test_supplement_and_withdrawal(people, time_machine):
    case = take(
        "request_correction",
        received(people),
        people["U"],
        missing_items="1. 劳动合同复印件；2. 工资条",
        due_on="2026-06-23",
    )
    notice = words(case, "LD04")
    assert "请在2026年6月23日前（含当日）补充" in notice
    assert "1．劳动合同复印件。2．工资条。" in notice
    assert "没有按要求补充、也没有说明的，视为撤回申请" in notice

    time_machine.move_to(moment(date(2026, 6, 24)), tick=False)
    case = take("lapse_correction", case, people["U"])
    assert "视为你撤回申请" in words(case, "LD24")


def test_grant_names_ground_and_article(people):
    case = take("grant", reviewed(people), people["M"], form="arbitration")
    decision = words(case, "LD06")

    assert "（《法律援助法》第三十一条第五项）" in decision
    assert "进城务工人员申请支付劳动报酬，免予核查经济困难状况（《法律援助法》第四十二条第三项）" in decision
    assert f"案号：{case.case_no}" in decision
    assert Document.objects.get(case=case, kind="LD06").number == "铜法援决字〔2026〕第1号"
    assert "符合条件，建议给予。" in words(case, "LD05")
    assert "同意给予法律援助。" in words(case, "LD05")


def test_refusal_says_why_and_where_to_object_and_the_bureau_answers(people):
    case = take("refuse", reviewed(people), people["M"], ground="out_of_scope", reason=REASON)
    refusal = words(case, "LD07")
    assert REASON in refusal
    assert f"自收到本决定书之日起15日内，向{BUREAU}提出" in refusal

    case = take("object", case, people["K"], arrived_on="2026-06-16", reason="符合条件。")
    issue_by_hand(case=case, kind="LD26", by=people["K"], version=case.version, key=new_key())
    asked = words(case, "LD26")
    assert "异议理由：符合条件。" in asked
    assert f"{CENTRE}不予法律援助的决定" in asked
    case = take("uphold_decision", fresh(case), people["S"], reason="原决定事实清楚。")
    answer = Document.objects.get(case=case, kind="LD27")
    assert f"维持{CENTRE}不予法律援助的决定" in words(case, "LD27")
    assert "申请行政复议或者提起行政诉讼" in words(case, "LD27")
    assert (BUREAU in answer.html, case.state) == (True, "REFUSED")


def test_urgent_decision_names_the_day_and_the_papers(people):
    case = take(
        "aid_first",
        received(people),
        people["M"],
        ground="limit",
        limit_on="2026-06-20",
        facts="时效将满。",
        papers_owed="身份证复印件",
        papers_due_on="2026-06-24",
    )

    assert "届满日为2026年6月20日" in words(case, "LD08")
    assert "请在2026年6月24日前（含当日）补交" in words(case, "LD08")


def test_papers_of_assignment_and_engagement(people):
    case = begun(people)

    assert "指派你单位承办" in words(case, "LD09")
    letter = words(case, "LD10")
    assert letter.startswith("承办人")
    assert "重庆市铜梁区劳动人事争议仲裁院：" in letter
    assert "执业证号：15001202010000001" in letter
    assert "收入" not in letter
    assert "不得向受援人收取费用" in words(case, "LD11")
    assert "特别授权，包括代为承认" in words(case, "LD12")
    assert "有权了解进展。" in words(case, "LD13")


def test_papers_of_work_replacement_and_termination(people):
    case = begun(people)
    case = take(
        "log_work", case, people["N"], work="report", done_on="2026-06-16", content="通报了开庭时间。"
    )
    issue_by_hand(case=case, kind="LD14", by=people["U"], version=case.version, key=new_key())
    assert "通报了开庭时间。" in words(case, "LD14")

    case = take(
        "request_replacement",
        fresh(case),
        people["U"],
        asked_by="cannot",
        arrived_on="2026-06-16",
        reason="生病。",
        proof="病历。",
    )
    other = firm("重庆另一律师事务所")
    case = take("replace", case, people["M"], firm=other.pk, reason="不能承办。", hand_over_by="2026-06-22")
    assert "同意更换。不能承办。" in words(case, "LD15")
    assert "由重庆另一律师事务所继续承办" in words(case, "LD16")
    assert "在2026年6月22日前办理移交" in words(case, "LD16")

    issue_by_hand(case=case, kind="LD28", by=people["U"], version=case.version, key=new_key())
    handed = words(case, "LD28")
    assert "接收人重庆另一律师事务所" in handed
    assert "1．《" in handed
    assert "移交期限2026年6月22日" in handed

    case = take("terminate", fresh(case), people["M"], ground="6", facts="自行委托了律师。")
    assert "《法律援助法》第四十八条第六项" in words(case, "LD17")
    assert "自收到本决定书之日起十五日内" in words(case, "LD18")


def test_papers_of_the_end(people):
    case = take(
        "conclude",
        begun(people),
        people["N"],
        result="won",
        basis="award",
        concluded_on="2026-06-16",
        obtained="18600",
        summary="裁决支持全部请求。",
    )
    assert "18,600.00元（人民币壹万捌仟陆佰元整）" in words(case, "LD19")
    case = take("hand_in_file", case, people["U"], arrived_on="2026-06-16", pages="40")
    case = take(
        "check_file",
        case,
        people["U"],
        complete="yes",
        regular="yes",
        extra="120",
        extra_reason="交通费",
        payee="重庆示例律师事务所",
    )
    case = take("pay_subsidy", case, people["M"], paid_on="2026-06-16")
    assert "1,620.00元（人民币壹仟陆佰贰拾元整）" in words(case, "LD20")
    case = take(
        "call_back", case, people["U"], called_on="2026-06-16", satisfaction="good", content="很满意。"
    )
    assert "很满意。" in words(case, "LD21")
    case = take("archive", case, people["U"], pages="40", contents_complete="yes")
    case = take("evaluate", case, people["U"], duty="28", quality="36", file="27", opinion="良好。")
    assert ("合计91分" in words(case, "LD22"), case.aid.quality_score) == (True, 91)


def test_complaint_about_the_lawyer_is_put_down(people):
    case = begun(people)
    form = ComplaintForm(case=case, by=people["U"])
    assert form.fields["about"].initial.startswith("重庆示例律师事务所")

    facts = {
        "came_on": TODAY,
        "complainant": "王某某，13800011111",
        "about": "重庆示例律师事务所测试lawyer01",
        "content": "一直没有通报进展。",
        "handling": "向承办律师了解情况。",
    }
    issue_by_hand(case=case, kind="LD23", by=people["U"], version=case.version, key=new_key(), facts=facts)

    said = words(case, "LD23")
    assert "一直没有通报进展。" in said
    assert "收到日期2026年6月16日" in said
    assert "《法律援助法》第五十六条" in said


def test_letter_to_another_region(people):
    case = take("start_review", received(people), people["U"])
    case = take(
        "ask_other_region", case, people["U"], region="四川省华蓥市法律援助中心", questions="家庭收入。"
    )

    assert "四川省华蓥市法律援助中心：" in words(case, "LD25")


def test_every_ready_kind_is_looked_at_here():
    ready = {kind.id for kind in catalogue.KINDS if kind.track == "legal_aid" and kind.ready}
    source = Path(__file__).read_text(encoding="utf-8")

    assert ready == {code for code in ready if f'"{code}"' in source}
    assert len(ready) == 28
