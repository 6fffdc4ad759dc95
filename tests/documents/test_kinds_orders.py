"""What the employer and the bank are told after the investigation, printed and read back: D19, D21, D31, D33, D35."""

from datetime import date

import pytest

from cases.workflow.table import StepRefused
from documents.models import Document
from tests.documents import matters, stages
from tests.documents.pages import fonts_of, sizes_of, text_of
from tests.documents.stages import (
    BUREAU,
    CASE_NO,
    CONTACT,
    FILED,
    FOOT,
    LANDSCAPE,
    LIST_OF_ONE,
    OFFICE,
    OFFICERS,
    PORTRAIT,
    SUM,
    by_hand,
    printed,
    words_of,
)

pytestmark = pytest.mark.usefixtures("today")

DECISION = "我局于2026年11月19日作出劳动保障监察行政处理决定书（铜人社监理〔2026〕1号），于2026年11月19日送达"


@pytest.fixture
def everybody(people):
    return stages.everybody(people)


@pytest.fixture
def case(everybody):
    return stages.known(everybody)


# D19


def test_recheck_record_shows_for_each_worker_what_arrived(everybody):
    case = stages.known(everybody, matters.worker("王某"), matters.worker("李某"))
    case = stages.served(everybody, matters.ordered(everybody, case), "D18")
    case = stages.paid_in_part(everybody, case, matters.OWED_FEN)
    facts = {"checked_on": date(2026, 11, 3), "place": "单位办公室", "findings": "单位支付了一人。"}

    content = by_hand(case, "D19", everybody["lead"], **facts)

    assert text_of(content) == (
        f"{OFFICE}整改复查记录案号{CASE_NO}复查日期{FILED}被复查单位重庆某某建筑劳务有限公司"
        f"责令文书劳动保障监察限期改正指令书铜人社监令〔2026〕1号（{FILED}签发）"
        f"送达日期{FILED}支付期限2026年11月10日复查地点单位办公室复查人李建国、张晓燕复查情况单位支付了一人。"
        "序号姓名应付（元）已付（元）未付（元）支付日期、凭证号结果"
        f"1王某36,500.0036,500.000.00{FILED}回单7已付清2李某36,500.000.0036,500.00—未支付"
        f"合计73,000.0036,500.0036,500.00部分支付复查结论被复查单位没有付清工资，尚欠1名劳动者{SUM}。"
        f"被复查单位意见、签名年月日复查人签名（两名）年月日{FOOT}第1页共1页"
    )
    assert sizes_of(content) == [PORTRAIT]
    assert all(fonts_of(content).values())


def test_recheck_record_of_full_payment_says_so(everybody, case):
    case = matters.paid(everybody, matters.ordered(everybody, case))

    text = text_of(by_hand(case, "D19", everybody["lead"], place="支队", findings="见回单。"))

    assert "送达日期未送达" in text
    assert "复查结论被复查单位已经按照指令书向全部劳动者付清工资。" in text


def test_nothing_is_rechecked_without_an_order(everybody, case):
    with pytest.raises(StepRefused, match="还没有责令支付"):
        by_hand(matters.filed(everybody, case), "D19", everybody["lead"], place="支队", findings="无。")


# D21

STATEMENT = (
    "二、陈述和申辩的权利你单位对上述内容有权陈述和申辩。请自收到本告知书之日起5个工作日内，以书面或者口头形式向我局提出，"
    "并提供有关证据。我局将认真听取；逾期没有提出的，视为放弃陈述和申辩，我局将依法作出决定。"
)


def test_prior_notice_states_what_is_planned_and_the_right_to_defend(everybody, case, time_machine):
    stages.noticed(everybody, case, time_machine, notice_content="拖欠工资属实。\n拟责令支付所欠工资。")

    content = printed("D21")
    assert words_of(content) == (
        f"{BUREAU}行政处理（处罚）事先告知书铜人社监告〔2026〕1号重庆某某建筑劳务有限公司："
        f"我局于{FILED}对你单位涉嫌拖欠劳动者工资一案立案调查（案号：{CASE_NO}），于2026年11月11日调查终结。"
        "我局拟对你单位作出行政处理决定。依照《劳动保障监察条例》第十九条的规定，现将有关内容和你单位依法享有的权利告知如下："
        f"一、拟作决定的内容、事实、理由和依据拖欠工资属实。拟责令支付所欠工资。{STATEMENT}"
        f"{CONTACT}特此告知。{BUREAU}2026年11月11日本告知书一式两份，一份送达当事人，一份存档。"
    )
    assert set(sizes_of(content)) == {PORTRAIT}
    assert all(fonts_of(content).values())


@pytest.mark.parametrize(
    ("kind", "planned"), [("penalty", "行政处罚决定"), ("both", "行政处理决定和行政处罚决定")]
)
def test_prior_notice_of_a_penalty_names_its_law_and_the_hearing(
    everybody, case, time_machine, kind, planned
):
    stages.noticed(everybody, case, time_machine, notice_kind=kind, fine="5000", hearing_right="yes")

    text = words_of(printed("D21"))
    assert (
        f"我局拟对你单位作出{planned}。依照《劳动保障监察条例》第十九条和《行政处罚法》第四十四条、第四十五条的规定"
        in text
    )
    assert (
        "三、要求听证的权利依照《行政处罚法》第六十三条、第六十四条的规定，你单位有权要求举行听证。"
        "要求听证的，请自收到本告知书之日起5个工作日内向我局提出；逾期没有提出的，视为放弃听证。听证不收取费用。"
    ) in text


def test_service_of_the_prior_notice_starts_the_days_it_states(everybody, case, time_machine):
    case = stages.served(everybody, stages.noticed(everybody, case, time_machine), "D21")

    assert case.clocks.get(rule_code="T17").due_on == date(2026, 11, 18)


# D27


def test_penalty_decision_names_the_fine_its_term_and_the_remedies(everybody, case, time_machine):
    case = stages.noticed(everybody, case, time_machine, notice_kind="penalty", fine="5000")
    case = stages.served(everybody, case, "D21")
    stages.arrive(time_machine, stages.AFTER_STATEMENTS)
    decision = {"content": "拒不按期改正，予以罚款。", "fine": "5000"}

    matters.step(case, "decide", everybody["bureau"], proposer=everybody["deputy"], **decision)

    content = printed("D27")
    text = words_of(content)
    assert text.startswith(
        f"{BUREAU}劳动保障监察行政处罚决定书铜人社监罚〔2026〕1号当事人：重庆某某建筑劳务有限公司"
    )
    assert (
        "三、处罚决定依照《劳动保障监察条例》第三十条、《行政处罚法》第五十七条的规定，我局决定对当事人处以罚款"
        "5,000.00元（人民币伍仟元整）。拒不按期改正，予以罚款。"
        "四、履行方式和期限当事人应当自收到本决定书之日起15日内，持本决定书到指定的银行或者通过电子支付系统缴纳罚款，"
    ) in text
    assert (
        "依照《行政处罚法》第七十二条，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款的数额"
        in text
    )
    assert "可以自收到本决定书之日起60日内向重庆市铜梁区人民政府申请行政复议" in text
    assert all(fonts_of(content).values())


# D31


def enforced(everybody, case, time_machine):
    case = stages.decided(everybody, case, time_machine)
    case = stages.upheld(everybody, case)
    demand = {"demand": "你单位没有按照决定支付工资。"}
    return matters.step(case, "enforce", everybody["deputy"], proposer=everybody["lead"], **demand)


def test_demand_names_decision_sum_way_term_and_rights(everybody, case, time_machine):
    enforced(everybody, case, time_machine)

    content = printed("D31")
    assert words_of(content) == (
        f"{BUREAU}催告书铜人社监催〔2026〕1号重庆某某建筑劳务有限公司："
        f"{DECISION}，要求你单位于2026年12月4日前履行。至今你单位仍有1名劳动者的工资没有付清。"
        "你单位没有按照决定支付工资。依照《行政强制法》第三十五条、第五十四条的规定，现催告你单位履行下列义务："
        f"一、履行期限：自收到本催告书之日起10个工作日内。二、给付金额：{SUM}，名单附后。"
        f"三、给付方式：通过银行转账足额支付给劳动者本人，并将支付凭证报{OFFICE}（联系电话：023-45678901）核验。"
        "四、你单位收到本催告书后，有权向我局陈述和申辩。"
        "逾期仍不履行又没有正当理由的，我局将依照《行政强制法》第五十三条、第五十四条的规定，申请人民法院强制执行。"
        f"承办监察员：{OFFICERS}。附件：尚未付清工资的劳动者名单（共1人）{BUREAU}2026年12月7日"
        f"附件尚未付清工资的劳动者名单{LIST_OF_ONE}"
    )
    assert sizes_of(content)[-1] == LANDSCAPE
    assert all(fonts_of(content).values())


def test_demand_for_a_decision_on_paper_names_its_days(everybody, case, time_machine):
    case = stages.decided(everybody, case, time_machine)
    Document.objects.filter(kind="D26").update(kind="D25")
    case = stages.upheld(everybody, case)

    matters.step(case, "enforce", everybody["deputy"], proposer=everybody["lead"], demand="没有支付。")

    assert "我局于2026年11月19日作出劳动保障监察行政处理决定书，于2026年11月19日送达" in text_of(
        printed("D31")
    )


# D33

CONTRACTOR = "重庆某某建设集团有限公司"


def bank_told(everybody, case, time_machine):
    case = stages.decided(everybody, stages.with_card(case), time_machine)
    facts = {"bank": "重庆某某银行", "account": "保函2026-018", "contractor": CONTRACTOR}
    return matters.step(case, "notify_bank", everybody["lead"], reached_on=date(2026, 12, 7), **facts)


def test_bank_is_told_whom_to_pay_from_which_deposit(everybody, case, time_machine):
    bank_told(everybody, case, time_machine)

    content = printed("D33")
    assert words_of(content) == (
        f"{BUREAU}工资保证金支付通知书铜人社监付〔2026〕1号重庆某某银行："
        f"{CONTRACTOR}承建的“某某安置房二期”项目拖欠劳动者工资一案（案号：{CASE_NO}），{DECISION}。"
        f"决定的履行期限已于2026年12月4日届满，至今尚欠1名劳动者工资共计{SUM}。"
        "依照《保障农民工工资支付条例》第三十二条、《工程建设领域农民工工资保证金规定》第十九条的规定，"
        f"请你行自收到本通知书之日起5个工作日内，从{CONTRACTOR}在你行存储的工资保证金"
        "（账户或者保函编号：保函2026-018）中，将上述款项直接支付给附件所列劳动者本人，并将支付凭证送我局。"
        "保证金不足支付的，请立即书面告知我局。依照《工程建设领域农民工工资保证金规定》第二十条的规定，"
        f"工资保证金使用后，由{CONTRACTOR}自使用之日起10个工作日内补足，或者提供同等额度的保函。{CONTACT}"
        "附件中的证件号码和银行卡号隐去部分数字，完整号码由承办监察员当面向你行提供、核对。"
        f"附件：应付工资劳动者名单（共1人）{BUREAU}2026年12月7日"
        f"抄送：{CONTRACTOR}。本通知书一式三份，送银行、总承包单位各一份，存档一份。"
        "附件应付工资劳动者名单序号姓名证件号码银行卡号欠薪期间尚欠金额（元）备注"
        f"1王某某500***********0011****43212026年3月至8月36,500.00合计共1人，{SUM}36,500.00"
    )
    assert sizes_of(content)[-1] == LANDSCAPE
    assert all(fonts_of(content).values())


# D35

REASONS = {
    "11": "你单位的违法行为情节轻微，并且已经改正。依照《劳动保障监察条例》第十八条第一款第三项的规定",
    "12": "违法事实不能成立。依照《关于实施〈劳动保障监察条例〉若干规定》第三十五条的规定",
    "13": "投诉人自愿撤回投诉，本案没有继续查处的必要。依照《劳动保障监察条例》第十八条、"
    "《关于实施〈劳动保障监察条例〉若干规定》第三十五条的规定",
}


@pytest.mark.parametrize("code", REASONS)
def test_cancellation_states_reason_article_and_remedies(everybody, case, code):
    case = matters.filed(everybody, case)
    withdrawal = {"voluntary": "yes", "everybody": "yes", "record": "自愿撤回。"}
    case = matters.step(case, "withdraw", everybody["head"], proposer=everybody["lead"], **withdrawal)
    if code == "11":
        case = stages.paid_in_part(everybody, case, matters.OWED_FEN)
    facts = {"outcome": code, "summary": "经核对工资表和银行流水，没有拖欠。"}

    matters.step(case, "cancel", everybody["head"], proposer=everybody["lead"], **facts)

    content = printed("D35")
    assert words_of(content) == (
        f"{BUREAU}撤销立案决定书铜人社监撤〔2026〕1号重庆某某建筑劳务有限公司："
        f"我局于{FILED}对你单位涉嫌拖欠劳动者工资一案立案调查（案号：{CASE_NO}）。经查："
        f"经核对工资表和银行流水，没有拖欠。{REASONS[code]}，我局决定撤销立案。本决定同时告知投诉人。"
        "对本决定不服的，可以自收到本决定书之日起60日内向重庆市铜梁区人民政府申请行政复议，"
        "也可以自收到本决定书之日起6个月内依法向人民法院提起行政诉讼。"
        f"承办部门：劳动保障监察支队，联系电话：023-45678901。承办人：{OFFICERS}。"
        f"{BUREAU}{FILED}本决定书一式三份，送达当事人、告知投诉人各一份，存档一份。"
    )
    assert set(sizes_of(content)) == {PORTRAIT}
    assert all(fonts_of(content).values())
