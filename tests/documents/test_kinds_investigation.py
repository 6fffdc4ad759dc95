"""The forms and records of registration and investigation, printed and read back: D01, D11, D12, D17, D20."""

from datetime import date

import pytest

from cases.models import Employer, Project, ProjectMember
from cases.workflow.table import StepRefused
from tests.documents import matters, stages
from tests.documents.pages import fonts_of, sizes_of, text_of
from tests.documents.stages import (
    BUREAU,
    CASE_NO,
    CONTACT,
    FILED,
    FOOT,
    LANDSCAPE,
    OFFICE,
    OFFICERS,
    PORTRAIT,
    SUM,
    UNIT,
    by_hand,
    printed,
    words_of,
)

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(people):
    return stages.known(people)


@pytest.fixture
def filed(people, case):
    return matters.filed(people, case)


# D01

DECLARATION = (
    "声明和签名以上情况由本人（代表人）核对，内容属实，主张的是劳动报酬。本人知道，不得以讨要工资为名讨要工程款、材料款等其他款项，"
    "捏造事实要承担法律责任（《保障农民工工资支付条例》第五十二条）。"
    "送达地址：同意电子送达（□是□否），手机号或者电子邮箱：投诉人或代表人（签名、捺印）：年月日登记人签名年月日"
)


def test_registration_form_shows_all_that_was_registered_for_signature(case, people):
    content = by_hand(case, "D01", people["window"])

    assert words_of(content).replace("承办人：周敏铜人社监登〔2026〕1号", "") == (
        f"{OFFICE}投诉登记表铜人社监登〔2026〕1号来源窗口外部编号—收到日期{FILED}登记时间{FILED}10时30分"
        "登记地点劳动保障监察支队登记人周敏"
        "投诉人姓名王某某出生日期1990年1月1日性别男农民工是证件号码居民身份证500***********0011□已核对原件"
        f"联系电话—银行卡号—（本人卡）住址—{UNIT}行业—用工镇街—"
        "工程项目名称某某安置房二期类别房屋建筑资金来源—工地地址—施工许可—专用账户—保证金—参建单位—"
        f"欠薪情况期间2026年3月至8月欠薪原因—金额{SUM}；工种钢筋工，应发36,500.00元，已发0.00元"
        "情况说明在某某安置房二期工地做工，工资一直没有结清。劳动合同—仲裁或诉讼没有证据材料"
        "意愿愿意调解：□是□否申请法律援助：□是□否同意把案件信息提供给协办单位：□是□否要求对身份保密：□是□否"
        f"{DECLARATION}"
    )
    assert set(sizes_of(content)) == {PORTRAIT}
    assert all(fonts_of(content).values())


def test_registration_form_of_a_group_lists_everybody_on_a_landscape_page(people):
    workers = [
        matters.worker(f"王某{n}", phone="13812345678", is_representative=n == "甲") for n in "甲乙丙丁戊"
    ]

    content = by_hand(stages.known(people, *workers), "D01", people["window"])

    text = text_of(content)
    assert "同案人数共5人，名单附后代表人王某甲" in text
    assert (
        "序号姓名性别证件号码联系电话工种欠薪期间应发（元）欠薪（元）签名1王某甲——138****5678钢筋工" in text
    )
    assert "合计共5人，182,500.00元（人民币壹拾捌万贰仟伍佰元整）182,500.00" in text
    assert sizes_of(content)[-1] == LANDSCAPE


def test_registration_form_lists_papers_files_chain_and_other_proceedings(people):
    case = stages.known(
        people,
        materials="工资条复印件3份\n考勤表2页",
        other_proceeding=True,
        other_proceeding_note="铜梁区人民法院",
    )
    project = Project.objects.get()
    firm = Employer.objects.create(agency=case.agency, name="重庆某某建设集团有限公司")
    ProjectMember.objects.create(project=project, employer=firm, role="main_contractor")

    text = text_of(by_hand(case, "D01", people["window"]))

    assert "参建单位施工总承包：重庆某某建设集团有限公司" in text
    assert "证据材料1．工资条3份（复印件）；2．考勤表2页" in text
    assert "仲裁或诉讼已仲裁或起诉：铜梁区人民法院" in text


def test_registration_form_shows_no_number_in_full(people):
    case = stages.with_card(
        stages.known(people, matters.worker(id_number="500151199001010011", phone="13812345678"))
    )

    text = text_of(by_hand(case, "D01", people["window"]))

    assert [n for n in ("500151199001010011", "13812345678", "6222021234567894321") if n in text] == []
    assert "联系电话138****5678银行卡号****4321" in text


# D11

SUMMONS = {
    "appear_on": date(2026, 11, 6),
    "appear_at": "9时30分",
    "place": "铜梁区劳动保障监察支队",
    "papers": ["licence", "wages", "attendance", "account"],
    "other": "分包结算单",
}


def test_inquiry_ticks_the_papers_and_says_who_brings_them(filed, people):
    content = by_hand(filed, "D11", people["lead"], **SUMMONS)

    head = "序号携带材料提供单位"
    assert words_of(content).replace(head, "", 1).replace(head, "") == (
        f"{BUREAU}调查询问书铜人社监询〔2026〕1号重庆某某建筑劳务有限公司："
        f"因调查“某某安置房二期”项目涉嫌拖欠劳动者工资一案（案号：{CASE_NO}），依照《劳动保障监察条例》第十五条的规定，"
        "请你单位法定代表人（负责人）或者委托代理人于2026年11月6日9时30分到铜梁区劳动保障监察支队接受调查询问，"
        "并携带下列打“√”的材料。提供复印件的，加盖公章并注明与原件一致。"
        "1√营业执照复印件建、总、分2□法定代表人（负责人）身份证复印件建、总、分"
        "3□授权委托书和受托人身份证复印件建、总、分4□劳动者花名册和用工管理台账总、分"
        "5□劳动合同或者书面用工协议总、分6√工资支付表（2026年3月至8月）总、分7√考勤记录（2026年3月至8月）总、分"
        "8□劳动规章制度分9□工伤保险参保证明建、总10□向总承包单位拨付人工费用的凭证建"
        "11□向分包单位拨付人工费用的凭证总12□工资保证金存储资料总、分13√农民工工资专用账户资料总、分"
        "14□与承包人、班组长签订的书面协议分15√其他：分包结算单"
        "提供单位：建指建设单位，总指施工总承包单位，分指分包单位。"
        "无理抗拒、阻挠调查，不按要求报送书面材料，隐瞒事实真相，出具伪证或者隐匿、毁灭证据的，"
        "依照《劳动保障监察条例》第三十条的规定处以2000元以上2万元以下的罚款。"
        f"{CONTACT}{BUREAU}{FILED}签收人（签名）：身份、职务：联系电话：签收日期：年月日"
    )
    assert sizes_of(content) == [PORTRAIT, PORTRAIT]
    assert all(fonts_of(content).values())


def test_inquiry_outside_construction_asks_for_no_building_papers(people):
    case = matters.filed(people, matters.registered(people, project_name=""))

    text = text_of(by_hand(case, "D11", people["lead"], **SUMMONS))

    assert "9□工伤保险参保证明10√其他：分包结算单" in text
    assert "提供单位" not in text
    assert "专用账户" not in text


def test_several_inquiries_count_on(filed, people):
    by_hand(filed, "D11", people["lead"], **SUMMONS)

    assert "铜人社监询〔2026〕2号" in text_of(by_hand(filed, "D11", people["lead"], **SUMMONS))


def test_nobody_is_summoned_before_the_case_is_filed(case, people):
    with pytest.raises(StepRefused, match="还没立案，不能开具"):
        by_hand(case, "D11", people["lead"], **SUMMONS)


def test_nobody_is_summoned_after_the_case_ended(people, case):
    case = matters.closed(people, case)

    with pytest.raises(StepRefused, match="案件已经办结，不能开具"):
        by_hand(case, "D11", people["lead"], **SUMMONS)


# D12

SIGNATURES = "被询问人（签名、捺印）：询问人：记录人："
OPENING = (
    f"我们是{OFFICE}的劳动保障监察员（出示执法证件），现依法就重庆某某建筑劳务有限公司涉嫌拖欠劳动者工资一案向你询问。"
    "你应当如实回答；作虚假陈述的，要承担法律责任。你认为我们与本案有利害关系，可能影响公正处理的，有权申请回避。"
    "你听清楚了吗？是否申请回避？"
)
ENDING = (
    "以上笔录请你核对；你没有阅读能力的，由我们向你宣读。记录有遗漏或者差错的，可以补充、更正，并在改动处签名或者捺印。"
    "被询问人意见（本人书写）：被询问人（签名、捺印）：年月日询问人（两名，签名）：年月日记录人（签名）：年月日"
)
ASKERS = "询问人李建国（执法证号示例50015100001）张晓燕（执法证号示例50015100002）记录人"


def interview(case, people, **facts) -> bytes:
    usual = {"worker": case.parties.get(role="worker"), "asked_on": date(2026, 11, 3), "place": "支队询问室"}
    return by_hand(case, "D12", people["lead"], **{**usual, **facts})


def test_record_of_an_interview_with_a_worker(filed, people):
    said = "答：听清楚了，不申请回避。\n问：工资发到什么时候？\n答：2026年2月。"

    content = interview(filed, people, hours=("9时30分", "10时20分"), content=said)

    assert words_of(content).replace(SIGNATURES, "") == (
        f"{OFFICE}询问笔录案号{CASE_NO}案由拖欠劳动者工资询问时间{FILED}9时30分至10时20分询问地点支队询问室{ASKERS}"
        "被询问人王某某性别男年龄36岁证件号码居民身份证500***********0011核对后手写全号："
        f"单位和职务重庆某某建筑劳务有限公司钢筋工联系电话住址{OPENING}"
        f"答：听清楚了，不申请回避。问：工资发到什么时候？答：2026年2月。（以下空白）{ENDING}"
    )
    assert set(sizes_of(content)) == {PORTRAIT}
    assert all(fonts_of(content).values())


def test_record_of_an_interview_is_signed_on_every_page(filed, people):
    content = interview(filed, people, content="问：还有什么要说的？\n答：没有。\n" * 20)

    pages = len(sizes_of(content))
    assert pages >= 3
    assert text_of(content).count(SIGNATURES) == pages


def test_record_without_typed_answers_leaves_lines_for_the_pen(filed, people):
    text = words_of(interview(filed, people, worker=None, name="赵某某", post="项目经理"))

    assert (
        f"被询问人赵某某性别年龄证件号码核对后手写全号：单位和职务项目经理联系电话住址{OPENING}答：" in text
    )
    assert f"询问时间{FILED}时分至时分" in text
    assert "以下空白" not in text


def test_typed_questions_leave_room_for_the_answer_on_recusal(filed, people):
    text = text_of(interview(filed, people, content="问：在哪里做工？\n答：工地。"))

    assert "是否申请回避？答：问：在哪里做工？" in text


def test_an_interview_takes_two_inspectors(filed, people):
    filed.assignments.filter(duty="second").delete()

    with pytest.raises(StepRefused, match="还没有指派两名监察员，不能询问"):
        interview(filed, people)


# D17


def test_extension_form_shows_both_days(filed, people, time_machine):
    people = stages.everybody(people)

    matters.step(
        filed, "extend_investigation", people["deputy"], proposer=people["lead"], reason="涉及多个责任主体。"
    )

    content = printed("D17")
    assert text_of(content) == (
        f"{OFFICE}延长调查期限审批表铜人社监延〔2026〕1号案号{CASE_NO}案件来源窗口"
        f"案由涉嫌拖欠劳动者工资立案日期{FILED}承办人{OFFICERS}{UNIT}"
        f"案情简介王某某于{FILED}投诉重庆某某建筑劳务有限公司拖欠2026年3月至8月工资，涉及1名劳动者，主张金额{SUM}。"
        f"调查期限起算日期{FILED}原定期限2027年1月27日"
        "延长30个工作日延长至2027年3月16日（预计，放假安排未公布）"
        "延长理由涉及多个责任主体。依照《劳动保障监察条例》第十七条的规定，情况复杂的，经批准可以延长30个工作日。"
        f"承办人意见本案情况复杂，不能在原定期限内完成调查，报请批准延长。承办人（签名）：李建国{FILED}"
        f"批准人意见同意延长。批准人（签名）：刘副局长{FILED}备注{FOOT}第1页共1页"
    )
    assert sizes_of(content) == [PORTRAIT]
    assert all(fonts_of(content).values())


# D20


def test_handling_report(case, people, time_machine):
    stages.concluded(people, case, time_machine, note="建议作出行政处理决定。")

    content = printed("D20")
    assert text_of(content) == (
        f"{OFFICE}案件处理报批表案号{CASE_NO}案件来源窗口案由拖欠劳动者工资立案日期{FILED}"
        f"承办人李建国、张晓燕调查终结日期2026年11月11日{UNIT}"
        f"调查经过王某某于{FILED}投诉被投诉单位拖欠2026年3月至8月工资，涉及1名劳动者，主张金额{SUM}。{FILED}立案调查。"
        f"{FILED}，用人单位：调取了工资表和考勤表。"
        f"查明的事实欠薪属实，有工资表和考勤表证实。经调查，认定欠付1名劳动者工资共计{SUM}。当事人意见"
        "违反规定处理依据上述行为违反了《中华人民共和国劳动法》第五十条、《保障农民工工资支付条例》第三条的规定。"
        "处理依据：《劳动保障监察条例》第十八条、第二十六条。"
        "裁量情形□不予□减轻□从轻□一般□从重□不涉及处罚法制审核□需要√不需要"
        "承办人处理意见建议作出行政处理决定。承办人（签名）：李建国2026年11月11日"
        f"监察机构负责人审批意见同意。负责人（签名）：陈志强2026年11月11日{FOOT}第1页共1页"
    )
    assert sizes_of(content) == [PORTRAIT]
    assert all(fonts_of(content).values())


def test_handling_report_before_the_notice_states_what_is_planned(case, people, time_machine):
    case = stages.concluded(people, case, time_machine)
    stages.arrive(time_machine, date(2026, 11, 12))
    notice = {"notice_kind": "handling", "notice_content": "拟责令支付所欠工资。", "hearing_right": "no"}
    case = matters.step(case, "give_notice", people["head"], proposer=people["lead"], **notice)

    text = text_of(by_hand(case, "D20", people["lead"]))

    assert "承办人处理意见拟责令支付所欠工资。承办人（签名）：李建国2026年11月12日" in text
