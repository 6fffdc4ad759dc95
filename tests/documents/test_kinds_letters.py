"""Letters to other authorities, printed and read back: D09, D30."""

from datetime import date

import pytest

from agencies.models import Agency
from cases.workflow.table import StepRefused
from tests.documents import matters, stages
from tests.documents.pages import fonts_of, sizes_of, text_of
from tests.documents.stages import (
    BUREAU,
    CASE_NO,
    CONTACT,
    FILED,
    LANDSCAPE,
    LIST_OF_ONE,
    OFFICERS,
    PORTRAIT,
    SUM,
    by_hand,
    printed,
    words_of,
)
from tests.people import make_user

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(people):
    return stages.known(people)


# D09


def asked(people, case):
    """The housing commission was asked to verify project and contracts."""
    make_user("housing01", agency="housing", role="liaison")
    housing = Agency.objects.get(code="housing").pk
    facts = {"receiver": housing, "request": "verify", "content": "请核实分包合同。\n请核实拨款情况。"}
    facts["due_on"] = date(2026, 11, 10)
    return matters.step(matters.filed(people, case), "send_task", people["lead"], documents=[], **facts)


def test_letter_asks_the_authority_of_the_request_without_naming_workers(people, case):
    content = by_hand(asked(people, case), "D09", people["lead"], enclosed="投诉登记表复印件\n工资表复印件")

    assert words_of(content) == (
        f"{BUREAU}铜人社监转〔2026〕1号案件移送（协办）函重庆市铜梁区住房和城乡建设委员会："
        f"我局正在调查重庆某某建筑劳务有限公司涉嫌拖欠劳动者工资一案（案号：{CASE_NO}），涉及1名劳动者，"
        "主张金额36,500.00元，欠薪期间为2026年3月至8月。该案涉及“某某安置房二期”项目（房屋建筑）。"
        "依照《保障农民工工资支付条例》第七条的规定，请你单位协助办理下列事项："
        "一、协办事项核实项目与合同。二、具体内容请核实分包合同。请核实拨款情况。"
        "三、答复要求请于2026年11月10日前（含当日）将核实的情况、采取的措施和促成支付的金额函复我局。"
        f"{CONTACT}特此函告。附件：1．投诉登记表复印件2．工资表复印件{BUREAU}{FILED}"
    )
    assert set(sizes_of(content)) == {PORTRAIT}
    assert all(fonts_of(content).values())


def test_first_page_of_a_letter_bears_no_number(people, case):
    text = text_of(by_hand(asked(people, case), "D09", people["lead"], enclosed="工资表"))

    assert "—1—" not in text
    assert "—2—" in text
    assert "附件：工资表" in text


def redirected(people, case, path: str):
    where = "重庆市铜梁区住房和城乡建设委员会，电话023-45670002"
    facts = {"path": path, "redirect_to": where, "reason": "主张的是工程款，不是工资。"}
    return matters.step(case, "redirect", people["head"], proposer=people["window"], **facts)


def test_letter_sends_a_matter_on_before_it_is_filed(people, case):
    redirected(people, case, "other_authority")

    text = words_of(printed("D09")).replace("承办人：周敏铜人社监登〔2026〕1号", "")
    assert text == (
        f"{BUREAU}铜人社监转〔2026〕1号案件移送（协办）函重庆市铜梁区住房和城乡建设委员会："
        f"我局于{FILED}收到王某某对重庆某某建筑劳务有限公司拖欠2026年3月至8月工资的投诉（登记号：铜人社监登〔2026〕1号），"
        "涉及1名劳动者，主张金额36,500.00元。该案涉及“某某安置房二期”项目（房屋建筑）。经审查："
        "主张的是工程款，不是工资。依照《关于实施〈劳动保障监察条例〉若干规定》第十八条的规定，"
        "现将该案移送你单位处理，并请将处理结果告知投诉人和我局。"
        "承办部门：重庆市铜梁区劳动保障监察支队，地址：重庆市铜梁区巴川街道中兴路1号，联系电话：023-45678901。"
        f"特此移送。{BUREAU}{FILED}"
    )


def test_letter_keeps_a_secret_complainant_unnamed(people, case):
    redirected(people, stages.with_secret(case), "other_authority")

    text = text_of(printed("D09"))

    assert "收到投诉人（身份保密）对重庆某某建筑劳务有限公司" in text
    assert "王某某" not in text


def test_letter_of_a_closed_case_goes_where_it_was_typed(people, case):
    case = matters.filed(people, case)
    facts = {"outcome": "10", "summary": "属于区外管辖。"}

    with pytest.raises(StepRefused, match="写明接收的单位"):
        matters.step(case, "close_transferred", people["head"], **facts)
    matters.step(case, "close_transferred", people["head"], **facts, to="大足区人力资源和社会保障局")
    text = text_of(printed("D09"))

    assert "大足区人力资源和社会保障局：" in text
    assert "属于区外管辖。依照《劳动保障监察条例》第十八条的规定，现将该案移送你单位处理" in text


def test_no_letter_goes_where_the_workers_apply_themselves(people, case):
    with pytest.raises(StepRefused, match="仲裁、诉讼由劳动者自己提出，不用开具移送函"):
        by_hand(redirected(people, case, "arbitration"), "D09", people["window"])


# D30


@pytest.fixture
def transferred(people, case, time_machine):
    """The decision was served in vain; the manager has fled."""
    everybody = stages.everybody(people)
    case = stages.decided(everybody, case, time_machine)
    facts = {"flight_or_refusal": "负责人关停手机，去向不明。", "report": "一、案件来源。\n二、调查结论。"}
    return matters.step(case, "transfer_to_police", everybody["bureau"], proposer=everybody["lead"], **facts)


def test_transfer_to_the_police_with_material_report_and_list(transferred):
    content = printed("D30")

    order, decision = (
        "劳动保障监察限期改正指令书（铜人社监令〔2026〕1号）",
        "劳动保障监察行政处理决定书（铜人社监理〔2026〕1号）",
    )
    assert words_of(content) == (
        f"{BUREAU}铜人社监移〔2026〕1号涉嫌犯罪案件移送书重庆市铜梁区公安局："
        f"我局在查处重庆某某建筑劳务有限公司拖欠劳动者工资一案（案号：{CASE_NO}）中发现，其行为涉嫌构成拒不支付劳动报酬罪。"
        "依照《中华人民共和国刑法》第二百七十六条之一、《行政执法机关移送涉嫌犯罪案件的规定》第三条、"
        "《保障农民工工资支付条例》第四十一条的规定，现将该案移送你局依法处理。"
        "一、涉嫌犯罪的单位重庆某某建筑劳务有限公司（用人单位），统一社会信用代码：91500151MA60AB125J，"
        "法定代表人：张某某，地址：重庆市铜梁区东城街道龙城大道88号，联系电话：023-45670000。"
        f"二、拖欠劳动报酬的情况拖欠1名劳动者2026年3月至8月工资，至今尚欠{SUM}，名单附后。三、责令支付和送达的情况"
        f"我局于{FILED}作出{order}，于{FILED}以直接送达的方式送达，责令于2026年11月10日前支付。期限届满，仍没有付清。"
        f"我局于2026年11月19日作出{decision}，于2026年11月19日以直接送达的方式送达，责令于2026年12月4日前支付。"
        "期限届满，仍没有付清。四、逃匿或者有能力支付而不支付的情况负责人关停手机，去向不明。"
        "依照《行政执法机关移送涉嫌犯罪案件的规定》第八条的规定，请你局自接受移送案件之日起3日内，"
        f"作出立案或者不予立案的决定，并书面通知我局。{CONTACT}"
        "附件：1．移送材料清单2．涉嫌犯罪情况的调查报告3．欠付工资劳动者名单（共1人）"
        f"{BUREAU}2026年12月7日抄送：同级人民检察院。本移送书一式三份，送公安机关、人民检察院各一份，存档一份。"
        "附件1移送材料清单序号材料名称数量原件或复印件备注1涉嫌犯罪情况的调查报告1份原件2欠付工资劳动者名单1份原件"
        f"3{order}及送达证明1份复印件4{decision}及送达证明1份复印件"
        "移送人（两名，签名）：接收机关、接收人（签名）：接收时间：年月日时分"
        f"附件2涉嫌犯罪情况的调查报告一、案件来源。二、调查结论。承办监察员：{OFFICERS}"
        f"附件3欠付工资劳动者名单{LIST_OF_ONE}"
    )
    assert sizes_of(content)[-1] == LANDSCAPE
    assert all(fonts_of(content).values())


def test_transfer_is_issued_anew_after_it_was_voided(transferred, people):
    document = transferred.documents.get(kind="D30")
    document.delete()

    text = text_of(by_hand(transferred, "D30", people["lead"]))

    assert "铜人社监移〔2026〕2号" in text
    assert "负责人关停手机，去向不明。" in text
