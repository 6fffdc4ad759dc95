"""Every document of arbitration: its words, its number, whether it says final, who reads it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from arbitration.models import Deliberation, DisputeClaim, Suspension
from cases.models import Party, PartyRole
from cases.workflow.table import StepRefused
from documents import catalogue, pdf, selectors
from documents.models import ServiceRecord
from tests.arbitration.papers import (
    OPPONENT,
    TODAY,
    award,
    bench,
    claim,
    dispute,
    fresh,
    hearing,
    paper,
    words,
)
from tests.documents.pages import sizes_of
from tests.inspection.situations import moment
from tests.people import make_user

pytestmark = pytest.mark.django_db

COMMITTEE = "重庆市铜梁区劳动人事争议仲裁委员会"


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return bench()


def text_of(case, kind, people, **facts) -> str:
    return words(paper(case, kind, people["C"], **facts))


# From the application to acceptance


def test_application_names_everything_the_law_asks_for(people):
    text = text_of(dispute(people), "AD01", people, materials="工资条复印件1份")

    assert "王某某" in text
    assert "户籍类型农村" in text
    assert "500***********002X" in text
    assert "50022419850615002X" not in text
    assert "支付2026年1月至3月的劳动报酬18,600.00元。" in text
    assert "法定代表人（负责人）赵某" in text
    assert "2026年1月至3月在工地做工，工资没有发。" in text


def test_oral_application_and_receipt_with_the_day_of_the_decision(people):
    case = dispute(people)

    assert "口头提出仲裁申请" in text_of(case, "AD35", people)
    receipt = text_of(case, "AD02", people, materials="身份证复印件1份\n欠条1张")
    assert "1．身份证复印件1份2．欠条1张" in receipt
    assert "最迟2026年2月14日决定是否受理" in receipt  # the Saturday is worked


def test_correction_says_everything_once(people):
    case = dispute(
        people,
        details={"correction_items": "1. 身份证复印件；2. 工资条", "correction_due_on": date(2026, 2, 16)},
    )
    document = paper(case, "AD03", people["C"])

    assert "1．身份证复印件。2．工资条。" in words(document)
    assert "请在2026年2月16日前（含当日）补正。" in words(document)
    assert document.number == "铜劳人仲补字〔2026〕第1号"


def test_mediation_is_proposed_and_jurisdiction_explained(people):
    case = dispute(people, details={"redirect_to": "重庆市大足区劳动人事争议仲裁委员会"})

    assert "不愿调解、调解不成或者超过十五日" in text_of(case, "AD04", people, body="仲裁院调解中心")
    told = text_of(case, "AD36", people, reason="工作地点在大足区。")
    assert "工作地点在大足区。" in told
    assert "请向重庆市大足区劳动人事争议仲裁委员会申请仲裁" in told


def test_acceptance_tells_rights_and_the_lane(people):
    case = dispute(people, is_priority=True)
    text = text_of(case, "AD06", people)

    assert f"案号：{case.case_no}" in text
    assert "本委决定于2026年2月10日受理" in text
    assert "优先受理、优先审理" in text
    assert "自受理之日起四十五日内裁决" in text


def test_refusal_has_its_own_number_reason_article_and_the_way_to_court(people):
    case = dispute(
        people,
        details={
            "refused_on": TODAY,
            "refusal_ground": "repeated",
            "refusal_reason": "同一争议已经由本委裁决。",
        },
    )
    document = paper(case, "AD07", people["C"])

    assert document.number == "铜劳人仲不字〔2026〕第1号"
    assert "同一争议已经由本委裁决。" in words(document)
    assert "《劳动人事争议仲裁办案规则》第三十四条" in words(document)
    assert "向重庆市铜梁区人民法院提起诉讼" in words(document)


def test_papers_for_the_employer_and_about_the_tribunal(people):
    case = dispute(people)

    assert "十个工作日内提交答辩书" in text_of(case, "AD08", people)
    assert "工资支付台账" in text_of(case, "AD09", people)
    assert "独任仲裁员唐明远，书记员夏雨" in text_of(case, "AD10", people)


def test_hearing_notice_names_time_place_and_the_last_day_for_another(people):
    case = dispute(people)
    hearing(case, people)
    text = text_of(case, "AD11", people)

    assert "定于2026年3月10日9时30分在三楼第一仲裁庭开庭审理" in text
    assert "应当在2026年3月5日前（含当日）申请" in text
    assert "按撤回仲裁申请处理" in text
    assert text.count(case.case_no) >= 2  # the stub carries the number as well


def test_hearing_notice_is_refused_before_a_hearing_is_set(people):
    with pytest.raises(StepRefused, match="还没有排期"):
        paper(dispute(people), "AD11", people["C"])


# Time


def test_extension_and_suspension_say_why(people):
    case = dispute(people, details={"extension_reason": "需要鉴定笔迹。", "extended": True})
    Suspension.objects.create(
        case=case,
        kind="suspended",
        ground="6",
        reason="等待工伤认定。",
        from_on=date(2026, 2, 20),
        to_on=date(2026, 3, 2),
        approved_by=people["Y"],
    )

    assert "因需要鉴定笔迹，案情复杂" in text_of(case, "AD14", people)
    assert "需要鉴定笔迹。" in text_of(case, "AD13", people)
    assert "等待工伤认定、伤残等级鉴定" in text_of(case, "AD15", people)
    assert "自2026年2月20日起中止审理" in text_of(case, "AD16", people)
    assert "中止期间共10日，不计入审理期限" in text_of(case, "AD40", people)


# One family of decisions


DECISIONS = {
    "AD17": ({}, {"reason": "合同履行地在本区。"}, "驳回被申请人提出的管辖异议"),
    "AD18": (
        {},
        {"person": "唐明远", "granted": "True", "reason": "是代理人的近亲属。"},
        "唐明远回避，不再参加",
    ),
    "AD19": ({"withdrawn_on": TODAY, "is_reconciled": True}, {}, "准予申请人撤回仲裁申请"),
    "AD20": ({"deemed_on": TODAY}, {}, "按申请人撤回仲裁申请处理"),
    "AD21": ({"revoked_on": TODAY, "end_reason": "不属本委管辖。"}, {}, "撤销本案"),
    "AD22": ({}, {"wrong": "金额写成18000元。", "right": "更正为18600元。"}, "更正为18600元。"),
    "AD42": ({"terminated_on": TODAY, "court_no": "（2026）渝0151民初1号"}, {}, "终止本案的审理"),
}


BY_THE_COMMITTEE = ("AD17", "AD18", "AD21", "AD42")


@pytest.mark.parametrize("kind", DECISIONS)
def test_decision_names_parties_facts_basis_result_and_who_decided(people, kind):
    details, facts, result = DECISIONS[kind]
    case = dispute(people, details=details)
    document = paper(case, kind, people["C"], **facts)
    text = words(document)

    assert document.number == case.case_no
    assert text.index("申请人：王某某") < text.index("决定如下：") < text.index(result)
    assert f"被申请人：{OPPONENT}，统一社会信用代码91500151MA5YQ0001X" in text
    end = text.partition(result)[2]
    signed = COMMITTEE if kind in BY_THE_COMMITTEE else "仲裁员唐明远"
    assert end.index(signed) < end.index("二〇二六年三月十二日")
    assert ("书记员夏雨" in end) is (kind not in BY_THE_COMMITTEE)


@pytest.mark.parametrize("granted", [False, "no"])
def test_refused_recusal_says_so(people, granted):
    facts = {"person": "唐明远", "granted": granted, "reason": "没有事实。", "asked_by": "王某某"}

    assert "驳回王某某的回避申请" in text_of(dispute(people), "AD18", people, **facts)


# Records


def test_records_of_hearing_deliberation_and_mediation(people):
    case = dispute(people)
    hearing(case, people, state="held", minutes="被申请人承认欠款。")
    Deliberation.objects.create(
        case=case,
        held_on=TODAY,
        is_unanimous=False,
        opinion="支持工资请求。",
        dissent="金额应当扣减。",
        recorded_by=people["A"],
        recorded_at=moment(TODAY),
    )

    assert "被申请人承认欠款。" in text_of(case, "AD23", people)
    deliberation = text_of(case, "AD24", people)
    assert deliberation.index("支持工资请求。") < deliberation.index("少数意见：金额应当扣减。")
    assert "调解中的让步不作为裁决的依据" in text_of(case, "AD45", people)


# Awards


def test_final_award_states_it_and_names_both_courts(people):
    case = dispute(people)
    award(case, people["A"])
    document = paper(case, "AD26", people["C"])
    text = words(document)

    assert f"{COMMITTEE}仲裁裁决书（终局）{case.case_no}" in text
    assert document.number == case.case_no
    order = [
        "申请人：",
        "仲裁请求",
        "查明的事实",
        "裁决理由",
        "裁决结果",
        "本裁决为终局裁决",
        "仲裁员唐明远二〇",
    ]
    assert [text.index(each) for each in order] == sorted(text.index(each) for each in order)
    assert "支付申请人2026年1月至3月的劳动报酬18,600.00元（人民币壹万捌仟陆佰元整）" in text
    assert "十五日内向重庆市铜梁区人民法院提起诉讼" in text
    assert "三十日内向重庆市第一中级人民法院申请撤销裁决" in text
    assert "本件与原本核对无异仲裁员唐明远二〇二六年三月十二日书记员夏雨" in text


def test_nonfinal_award_has_no_setting_aside(people):
    case = dispute(people, sums=(3_500_000,))
    award(case, people["A"], "nonfinal", share=0.5)
    text = text_of(case, "AD27", people)

    assert "本裁决为非终局裁决。" in text
    assert "期满不起诉的，裁决书发生法律效力" in text
    assert "申请撤销裁决" not in text
    assert "驳回其余17,500.00元的请求" in text


def test_mixed_results_are_two_papers_with_numbers_that_say_so(people):
    case = dispute(people)
    worker = case.parties.get(role=PartyRole.WORKER)
    large = claim(case, worker, 4_000_000, "terminate")
    award(case, people["A"], "final", claims=[case.dispute_claims.get(type="wage")])
    award(case, people["A"], "nonfinal", claims=[large])

    first, second = paper(case, "AD26", people["C"]), paper(case, "AD27", people["C"])

    assert (first.number, second.number) == (f"{case.case_no}之一", f"{case.case_no}之二")
    assert "终局裁决" in words(first)
    assert "补偿或者赔偿金" not in words(first).partition("裁决结果")[2]
    assert "40,000.00元（人民币肆万元整）" in words(second)


def test_partial_award_says_that_the_rest_goes_on_and_whether_it_is_final(people):
    case = dispute(people)
    award(case, people["A"], "final", is_partial=True)
    document = paper(case, "AD28", people["C"])

    assert document.number == f"{case.case_no}之一"
    assert "部分裁决书（终局）" in words(document)
    assert "本案部分事实已经清楚，先行裁决。" in words(document)
    assert "本裁决为部分裁决，其余仲裁请求继续审理。" in words(document)
    assert "本裁决为终局裁决" in words(document)


def test_award_without_its_finality_is_not_issued(people):
    case = dispute(people)
    award(case, people["A"], "", is_partial=True, made_on=None)

    with pytest.raises(StepRefused, match="要写明是终局还是非终局"):
        paper(case, "AD28", people["C"])


def test_claims_without_a_sum_and_claims_refused(people):
    case = dispute(people)
    worker = case.parties.get(role=PartyRole.WORKER)
    confirm = claim(case, worker, None, "confirm")
    award(case, people["A"], "nonfinal", share=0)
    DisputeClaim.objects.filter(pk=confirm.pk).update(is_granted=True, decision="确认双方存在劳动关系。")
    text = text_of(case, "AD27", people)

    assert "驳回申请人支付2026年1月至3月的劳动报酬18,600.00元的请求" in text
    assert "2．确认双方存在劳动关系。" in text


def test_default_is_said(people):
    case = dispute(people, details={"in_default": True})
    award(case, people["A"])

    assert "本庭缺席审理" in text_of(case, "AD26", people)


def test_three_arbitrators_sign_by_rank(people):
    case = dispute(people, panel=True)
    award(case, people["A"])

    assert "首席仲裁员唐明远仲裁员顾海仲裁员卢霞二〇二六年三月十二日书记员夏雨" in text_of(
        case, "AD26", people
    )


@override_settings(DISTRICT_COURT="示例区人民法院", INTERMEDIATE_COURT="示例市中级人民法院")
def test_courts_are_those_of_the_district(people):
    case = dispute(people)
    award(case, people["A"])
    text = text_of(case, "AD26", people)

    assert "示例区人民法院" in text
    assert "示例市中级人民法院" in text
    assert "铜梁区人民法院" not in text


def test_mediation_paper_takes_its_own_number_and_needs_both_signatures(people):
    case = dispute(people)
    award(case, people["A"], "", form="mediation", share=0.9, pay_by_on=date(2026, 4, 10))
    document = paper(case, "AD25", people["C"])

    assert document.number == "铜劳人仲调字〔2026〕第1号"
    assert "于2026年4月10日前支付申请人劳动报酬16,740.00元（人民币壹万陆仟柒佰肆拾元整）" in words(document)
    assert "本调解书经双方当事人签收后，发生法律效力" in words(document)


def test_group_award_lists_every_member_with_sums(people):
    case = dispute(people, workers=12)
    award(case, people["A"], share=0.5)
    document = paper(case, "AD26", people["C"])
    text = words(document)

    assert "申请人：王某某等12人（名单附后）。推举的代表人：王某某、李某某、张某某。" in text
    assert "支付12名申请人劳动报酬共计111,600.00元" in text
    assert "各人金额见附表" in text
    listed = text.partition("申请人名单和裁决金额")[2]
    assert listed.count("18,600.009,300.00") == 12
    assert "合计（12人）223,200.00111,600.00" in listed
    assert sizes_of(pdf.pdf_of(document))[-1] == (297, 210)


def test_advance_ruling_and_the_letter_to_the_court(people):
    case = dispute(people)
    award(case, people["A"], "", form="advance", claims=[], result="被申请人立即支付申请人5,000.00元。")

    assert "被申请人立即支付申请人5,000.00元。" in text_of(case, "AD29", people)
    letter = text_of(case, "AD30", people)
    assert "重庆市铜梁区人民法院：" in letter
    assert "移送你院执行" in letter


# The end


def test_certificate_names_the_papers_and_the_day(people):
    case = dispute(people, details={"effective_on": date(2026, 3, 30)})
    row = award(case, people["A"])
    row.document = paper(case, "AD26", people["C"])
    row.save()
    text = text_of(case, "AD43", people)

    assert f"作出裁决书（终局）（{case.case_no}）" in text
    assert "已于2026年3月30日发生法律效力" in text


def test_closing_form_counts_the_days_and_the_sums(people):
    case = dispute(
        people, closed_on=TODAY, ended_on=TODAY, outcome="award_final", details={"success": "worker"}
    )
    award(case, people["A"])
    Suspension.objects.create(
        case=case,
        kind="announcement",
        reason="公告",
        from_on=date(2026, 2, 11),
        to_on=date(2026, 2, 21),
        approved_by=people["Y"],
    )
    text = text_of(case, "AD31", people)

    assert "终局裁决" in text
    assert "30日（其中中止、公告10日，不计入）" in text
    assert "18,600.00元（人民币壹万捌仟陆佰元整）" in text


def test_covers_keep_the_two_files_apart(people):
    case = dispute(people, closed_on=TODAY, ended_on=TODAY, outcome="award_final", details={"pages": 40})
    main, second = text_of(case, "AD33", people), text_of(case, "AD34", people)

    assert "正卷" in main
    assert "本卷共40页" in main
    assert "终局裁决" in main
    assert "不少于十年" in main
    assert "副卷" in second
    assert "本卷不对外提供查阅、复制" in second


def test_transfer_counterclaim_change_merger_and_announcement(people):
    case = dispute(people, details={"redirect_to": "重庆市大足区劳动人事争议仲裁委员会"})
    other = dispute(people)
    unit = case.parties.get(role=PartyRole.RESPONDENT)

    assert "重庆市大足区劳动人事争议仲裁委员会：" in text_of(case, "AD32", people, reason="履行地在大足。")
    claim(case, unit, 200_000, "other", origin="counter", filed_on=TODAY, accepted_on=TODAY)
    assert "审理期限自受理反申请之日起重新计算" in text_of(case, "AD37", people)
    case.dispute_claims.filter(origin="counter").update(refused_on=TODAY, accepted_on=None)
    assert "本委决定不予受理" in text_of(case, "AD37", people, reason="不属于同一劳动关系。")
    case.dispute.restarted_on = TODAY
    case.dispute.merged_into, case.dispute.merged_on = other, TODAY
    case.dispute.entrusted_to = "巴川街道调解委员会"
    case.dispute.save()
    assert "审理期限自2026年3月12日起重新计算" in text_of(case, "AD38", people, reason="追加总包单位。")
    assert "十个工作日内调解结束" in text_of(case, "AD39", people)
    assert f"以{other.case_no}为主案" in text_of(case, "AD41", people)
    Suspension.objects.create(
        case=case, kind="announcement", party=unit, reason="下落不明", from_on=TODAY, approved_by=people["Y"]
    )
    assert "自公告之日起经过三十日，即视为送达" in text_of(case, "AD44", people)


def test_proof_of_service_shows_what_is_on_record(people):
    case = dispute(people)
    document = paper(case, "AD06", people["C"])
    party = Party.objects.get(case=case, role=PartyRole.WORKER)
    ServiceRecord.objects.create(
        document=document,
        party=party,
        method="direct",
        served_on=TODAY,
        receiver="王某某",
        recorded_by=people["C"],
        recorded_at=moment(TODAY),
    )
    text = text_of(case, "AD12", people, document=document, party=party)

    assert "劳动争议仲裁" in text
    assert "√直接送达" in text
    assert "2026年3月12日" in text


# Who reads what


def test_second_file_is_read_by_the_tribunal_and_the_heads_alone(people):
    case = dispute(people)
    approval, notice = paper(case, "AD05", people["C"]), paper(case, "AD06", people["C"])
    chair = make_user("chair01", agency="arb", role="committee_chair")
    window = make_user("window02", agency="arb", role="window")
    leader = make_user("bureau01", agency="hrss", role="bureau_head")

    def read(user):
        listed = {document.pk for document in selectors.issued(fresh(case), user)}
        assert listed == set(selectors.read_by(user).values_list("pk", flat=True))
        return listed

    for user in (people["A"], people["C"], people["Y"], chair):
        assert read(user) == {approval.pk, notice.pk}
    for user in (people["B"], window, leader):
        assert read(user) == {notice.pk}


def test_every_document_of_the_list_is_looked_at_here():
    kinds = {kind.id for kind in catalogue.KINDS if kind.track == "arbitration"}
    source = Path(__file__).read_text(encoding="utf-8")

    assert kinds == {code for code in kinds if f'"{code}"' in source}
    assert catalogue.second_file() == {"AD05", "AD13", "AD15", "AD24", "AD31", "AD34", "AD45"}
    assert len(kinds) == 45


def test_postponement_is_counted_back_over_spring_festival(people):
    case = dispute(people)
    hearing(case, people, on=date(2026, 2, 26))

    # 25, 24 and 14 February are worked; 15 to 23 are off.
    assert "应当在2026年2月14日前（含当日）申请" in text_of(case, "AD11", people)
    assert date(2026, 2, 26) - timedelta(days=12) == date(2026, 2, 14)
