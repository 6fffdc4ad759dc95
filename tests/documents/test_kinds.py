"""Each ready document, printed and read back: every word of it, its pages, its fonts."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from cases.models import Employer
from documents import pdf, services
from documents.models import Document
from tests.documents import matters
from tests.documents.matters import new_key
from tests.documents.pages import fonts_of, sizes_of, text_of

PORTRAIT, LANDSCAPE = (210, 297), (297, 210)
BUREAU, OFFICE = "重庆市铜梁区人力资源和社会保障局", "重庆市铜梁区劳动保障监察支队"
TODAY = "2026年11月3日"
SUM = "36,500.00元（人民币叁万陆仟伍佰元整）"
FOOT_BEFORE_FILING = "承办人：周敏铜人社监登〔2026〕1号"
FOOT = "承办人：李建国铜人社监案〔2026〕1号"
UNIT = (
    "被投诉单位名称重庆某某建筑劳务有限公司（用人单位）统一社会信用代码91500151MA60AB125J法定代表人张某某"
    "地址重庆市铜梁区东城街道龙城大道88号联系人李经理联系电话023-45670000"
)

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(people):
    """A registered complaint of one worker, against a unit of which everything is known."""
    case = matters.registered(people, matters.worker(id_number="500151199001010011"))
    Employer.objects.filter(name=matters.EMPLOYER).update(
        uscc="91500151MA60AB125J",
        legal_representative="张某某",
        address="重庆市铜梁区东城街道龙城大道88号",
        contact="李经理",
        phone="023-45670000",
    )
    return matters.fresh(case)


def printed(kind: str) -> bytes:
    return pdf.pdf_of(Document.objects.filter(kind=kind).latest("pk"))


def copy_of_receipt(copy: str, materials: str, *, code: str = "", names_code: bool = False) -> str:
    """The text of one copy; the complainant's of a registration shows the code, and both then speak of it."""
    by_what = "登记号和查询码" if names_code else "登记号"
    return (
        f"{OFFICE}{copy}材料接收清单（回执）登记号铜人社监登〔2026〕1号登记时间2026年11月3日10时30分"
        f"投诉人王某某{f'查询码{code}（请保密）' if code else f'投诉日期{TODAY}'}被投诉单位重庆某某建筑劳务有限公司"
        f"投诉事项2026年3月至8月拖欠工资{SUM}，涉及1名劳动者"
        "承办部门劳动保障监察支队联系电话023-45678901"
        "办理期限最迟2026年11月10日告知是否受理（自收到投诉的次日起5个工作日）"
        f"序号接收的材料数量原件或复印件{materials}"
        f"你于{TODAY}向本机关投诉，申请劳动争议仲裁的时效自该日起中断，从中断时起重新计算"
        f"（《中华人民共和国劳动争议调解仲裁法》第二十七条第二款）。请保存好本回执，凭{by_what}向承办部门查询办理情况。"
        f"提交人（签名）：接收人：周敏{TODAY}"
    )


def both_copies(materials: str) -> str:
    return copy_of_receipt("第一联投诉人留存", materials) + copy_of_receipt("第二联存档", materials)


def test_receipt_of_a_registration_is_two_copies_on_one_page(case):
    content = printed("D04")

    text = text_of(content)
    code = re.search("查询码([0-9A-Z]{4}-[0-9A-Z]{4})（", text)[1]
    assert text == copy_of_receipt("第一联投诉人留存", "123", code=code, names_code=True) + copy_of_receipt(
        "第二联存档", "123", names_code=True
    )
    assert sizes_of(content) == [PORTRAIT]
    assert all(fonts_of(content).values())


def test_receipt_lists_each_paper_with_its_number_and_form(case, people):
    materials = "身份证复印件1份\n考勤表（原件）2页；工资条照片12张\n劳动合同"

    services.issue_by_hand(
        case=case,
        kind="D04",
        by=people["window"],
        version=case.version,
        key=new_key(),
        facts={"materials": materials},
    )

    assert text_of(printed("D04")) == both_copies("1身份证1份复印件2考勤表2页原件3工资条12张照片4劳动合同")


def test_receipt_with_a_long_list_gives_each_copy_its_page(case, people):
    facts = {"materials": "\n".join(f"证据{number}" for number in range(1, 21))}

    services.issue_by_hand(
        case=case, kind="D04", by=people["window"], version=case.version, key=new_key(), facts=facts
    )

    assert sizes_of(printed("D04")) == [PORTRAIT, PORTRAIT]


def test_receipt_of_a_period_that_reaches_the_next_year_says_that_the_day_is_provisional(
    people, time_machine
):
    time_machine.move_to(matters.TODAY.replace(month=12, day=29), tick=False)

    matters.registered(people)

    assert "最迟2027年1月6日（预计，下一年放假安排未公布）告知是否受理" in text_of(printed("D04"))


def test_correction_notice(case, people):
    items = "1.被投诉单位的准确名称和地址\n2、存在用工关系的证据；身份证件复印件。"

    matters.step(case, "request_correction", people["window"], missing_items=items, due_on="2026-11-17")

    content = printed("D05")
    assert text_of(content) == (
        f"{BUREAU}补正告知书铜人社监补〔2026〕1号王某某："
        f"你于{TODAY}投诉重庆某某建筑劳务有限公司拖欠工资一事（登记号：铜人社监登〔2026〕1号），我局已收到。"
        "经审查，投诉内容尚不完整。依照《关于实施〈劳动保障监察条例〉若干规定》第十八条的规定，"
        "现将需要补正的内容一次告知如下："
        "1．被投诉单位的准确名称和地址；2．存在用工关系的证据；3．身份证件复印件。"
        "请于2026年11月17日前（含当日）补正。收到补正的内容后，受理审查的期限重新计算。"
        "到期没有补正的，本次投诉不予受理；补齐以后，你可以重新投诉。"
        f"承办部门：{OFFICE}，地址：重庆市铜梁区巴川街道中兴路1号，联系电话：023-45678901。"
        f"特此告知。{BUREAU}{TODAY}{FOOT_BEFORE_FILING}—1—"
    )
    assert sizes_of(content) == [PORTRAIT]


def test_acceptance_notice(case, people):
    matters.accepted(people, case)

    content = printed("D06")
    assert text_of(content) == (
        f"{BUREAU}受理通知书铜人社监受〔2026〕1号王某某："
        f"你于{TODAY}投诉重庆某某建筑劳务有限公司拖欠工资一事（登记号：铜人社监登〔2026〕1号），"
        "主张金额36,500.00元。经审查，投诉符合受理条件。"
        "依照《关于实施〈劳动保障监察条例〉若干规定》第十八条的规定，"
        f"我局决定自{TODAY}起受理，并依法立案调查。"
        "依照《劳动保障监察条例》第十七条的规定，调查自立案之日起60个工作日内完成；"
        "情况复杂的，经批准可以延长30个工作日。处理结果将告知你。"
        "办理期间，请如实提供证据，配合调查；联系方式有变化的，及时告知承办部门。"
        f"承办部门：{OFFICE}，地址：重庆市铜梁区巴川街道中兴路1号，联系电话：023-45678901。"
        f"特此通知。{BUREAU}{TODAY}{FOOT_BEFORE_FILING}—1—"
    )
    assert sizes_of(content) == [PORTRAIT]
    assert all(fonts_of(content).values())


def test_acceptance_notice_speaks_to_a_group(people):
    workers = [matters.worker("王㛃"), matters.worker("李𬭎"), matters.worker("张䶮")]

    matters.accepted(people, matters.registered(people, *workers))

    text = text_of(printed("D06"))
    assert "王㛃等3人：你们于" in text
    assert "涉及3名劳动者，主张金额109,500.00元" in text
    assert "处理结果将告知你们。" in text


def test_refusal_offers_review_before_suit(people):
    case = matters.registered(people, matters.worker(from_month="2020-03", to_month="2020-08"))

    matters.step(case, "refuse", people["head"], proposer=people["window"], reason="违法行为终了已超过两年。")

    content = printed("D07")
    assert text_of(content) == (
        f"{BUREAU}不予受理决定书铜人社监不受〔2026〕1号王某某："
        f"你于{TODAY}投诉重庆某某建筑劳务有限公司拖欠工资一事（登记号：铜人社监登〔2026〕1号），经我局审查："
        "违法行为终了已超过两年。"
        "依照《劳动保障监察条例》第二十条、《关于实施〈劳动保障监察条例〉若干规定》第十八条的规定，决定不予受理。"
        "如不服本决定，可以自收到本决定书之日起60日内，向重庆市铜梁区人民政府申请行政复议；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内，依法向人民法院提起行政诉讼。"
        "你与用人单位的工资争议，仍可以申请调解、仲裁。"
        "承办部门：劳动保障监察支队，联系电话：023-45678901。"
        f"{BUREAU}{TODAY}{FOOT_BEFORE_FILING}—1—"
    )
    assert sizes_of(content) == [PORTRAIT]


def test_redirection_notice_names_path_place_and_limit(case, people):
    matters.step(
        case,
        "redirect",
        people["head"],
        proposer=people["window"],
        path="arbitration",
        redirect_to="重庆市铜梁区劳动人事争议仲裁院，电话023-45670001",
        reason="双方对劳动关系有争议。",
    )

    content = printed("D08")
    assert text_of(content) == (
        f"{BUREAU}告知书铜人社监告知〔2026〕1号王某某："
        f"你于{TODAY}投诉重庆某某建筑劳务有限公司拖欠工资一事（登记号：铜人社监登〔2026〕1号），经我局审查："
        "双方对劳动关系有争议。"
        "依照《劳动保障监察条例》第二十一条的规定，上述事项应当通过“劳动争议仲裁”途径处理。"
        "请向下列机构提出：重庆市铜梁区劳动人事争议仲裁院，电话023-45670001"
        "申请劳动争议仲裁的时效期间为一年，从知道或者应当知道权利被侵害之日起计算；"
        "劳动关系存续期间因拖欠劳动报酬发生争议的，不受一年的限制，但应当自劳动关系终止之日起一年内提出"
        "（《中华人民共和国劳动争议调解仲裁法》第二十七条）。"
        f"你于{TODAY}向我局投诉，时效自该日起重新计算。"
        "承办部门：劳动保障监察支队，联系电话：023-45678901。"
        f"{BUREAU}{TODAY}{FOOT_BEFORE_FILING}—1—"
    )
    assert sizes_of(content) == [PORTRAIT]


def test_filing_form(case, people):
    matters.filed(people, case)

    content = printed("D10")
    assert text_of(content) == (
        f"{OFFICE}立案审批表铜人社监立〔2026〕1号"
        f"登记号铜人社监登〔2026〕1号案件来源窗口案号铜人社监案〔2026〕1号受理日期{TODAY}"
        f"案由涉嫌拖欠劳动者工资{UNIT}投诉人王某某投诉日期{TODAY}"
        f"案情简介和涉嫌违反规定王某某于{TODAY}投诉重庆某某建筑劳务有限公司在“某某安置房二期”项目"
        f"拖欠2026年3月至8月工资，涉及1名劳动者，主张金额{SUM}。"
        "在某某安置房二期工地做工，工资一直没有结清。"
        "上述行为涉嫌违反《中华人民共和国劳动法》第五十条、《保障农民工工资支付条例》第三条的规定。"
        f"承办人意见经审查，投诉符合受理和立案条件，建议立案调查。承办人（签名）：周敏{TODAY}"
        "监察机构负责人审批意见同意立案。主办监察员：李建国（执法证号示例50015100001）；"
        f"协办监察员：张晓燕（执法证号示例50015100002）。负责人（签名）：陈志强{TODAY}备注"
        f"{FOOT}第1页共1页"
    )
    assert sizes_of(content) == [PORTRAIT]


def test_payment_order_with_its_list_of_workers_on_a_landscape_page(case, people):
    matters.ordered(people, case)

    content = printed("D18")
    assert text_of(content) == (
        f"{BUREAU}劳动保障监察限期改正指令书铜人社监令〔2026〕1号重庆某某建筑劳务有限公司："
        f"我局于{TODAY}对你单位涉嫌拖欠劳动者工资一案立案调查（案号：铜人社监案〔2026〕1号）。经查："
        "重庆某某建筑劳务有限公司没有按月足额支付劳动者工资。"
        f"截至本指令书作出之日，你单位尚欠1名劳动者工资共计{SUM}，名单附后。"
        "上述行为违反了《中华人民共和国劳动法》第五十条、《保障农民工工资支付条例》第三条的规定。"
        "依照《劳动保障监察条例》第十八条第一款第二项、第二十六条第一项的规定，"
        "现责令你单位于2026年11月10日前（含当日）改正，向附件所列劳动者足额支付所欠工资，"
        f"并在支付后将支付凭证和整改情况书面报告{OFFICE}"
        "（地址：重庆市铜梁区巴川街道中兴路1号，联系电话：023-45678901）。"
        "逾期不支付的，我局将依照《劳动保障监察条例》第二十六条的规定，"
        "责令你单位按照应付金额百分之五十以上一倍以下的标准向劳动者加付赔偿金；"
        "经责令改正拒不改正的，依照《劳动保障监察条例》第三十条的规定处以罚款；涉嫌犯罪的，依法移送公安机关处理。"
        f"{FOOT}—1—"
        "承办监察员：李建国（执法证号示例50015100001）、张晓燕（执法证号示例50015100002）。"
        f"附件：欠付工资劳动者名单（共1人）{BUREAU}{TODAY}本指令书一式两份，一份送达当事人，一份存档。—2—{FOOT}"
        "附件欠付工资劳动者名单序号姓名证件号码工种欠薪期间尚欠金额（元）备注"
        "1王某某500***********0011钢筋工2026年3月至8月36,500.00"
        f"合计共1人，{SUM}36,500.00{FOOT}第3页共3页"
    )
    assert sizes_of(content) == [PORTRAIT, PORTRAIT, LANDSCAPE]


def test_a_long_list_of_workers_repeats_its_head_on_every_page(people):
    workers = [matters.worker(f"张某{number}", job="木工") for number in range(1, 61)]

    matters.ordered(people, matters.registered(people, *workers))

    content = printed("D18")
    annexes = sizes_of(content).count(LANDSCAPE)
    assert annexes >= 3
    assert text_of(content).count("序号姓名证件号码工种欠薪期间尚欠金额（元）备注") == annexes
    assert "合计共60人，2,190,000.00元（人民币贰佰壹拾玖万元整）2,190,000.00" in text_of(content)


def test_payment_order_leaves_out_what_was_paid_meanwhile(people):
    case = matters.ordered(people, matters.registered(people, matters.worker("王某"), matters.worker("李某")))
    first = case.parties.get(person__name="王某")
    case.payments.create(
        worker=first,
        amount_fen=matters.OWED_FEN,
        paid_on=timezone.localdate(),
        source="employer",
        payer_name=matters.EMPLOYER,
        voucher_no="回单1",
        verified_by=people["lead"],
        verified_at=timezone.now(),
    )

    with transaction.atomic():
        services.issue(matters.fresh(case), "D18", people["lead"])

    text = text_of(printed("D18"))
    assert f"尚欠1名劳动者工资共计{SUM}" in text
    assert "王某—" not in text


def test_handling_decision_states_facts_decision_term_and_remedies(case, people):
    case = matters.ordered(people, case)
    today = timezone.localdate()
    complaint = case.complaint
    complaint.notice_served_on, complaint.statement_waived_on = (
        today - timedelta(days=2),
        today - timedelta(days=1),
    )
    complaint.decision_pay_within = 15
    complaint.investigation_summary = "以上事实有工资表、考勤记录证实。"
    complaint.save()
    content = "责令支付1名劳动者工资36,500.00元。\n逾期不支付的，加付百分之五十的赔偿金。"

    with transaction.atomic():
        services.issue(matters.fresh(case), "D26", people["head"], facts={"content": content})

    printed_pdf = printed("D26")
    assert text_of(printed_pdf).replace(FOOT, "").replace("—1—", "").replace("—2—", "") == (
        f"{BUREAU}劳动保障监察行政处理决定书铜人社监理〔2026〕1号"
        "当事人：重庆某某建筑劳务有限公司，统一社会信用代码：91500151MA60AB125J，法定代表人：张某某，"
        "地址：重庆市铜梁区东城街道龙城大道88号。"
        f"我局于{TODAY}对当事人涉嫌拖欠劳动者工资一案立案调查（案号：铜人社监案〔2026〕1号），现已调查终结。"
        "一、查明的事实和证据重庆某某建筑劳务有限公司没有按月足额支付劳动者工资。以上事实有工资表、考勤记录证实。"
        "上述行为违反了《中华人民共和国劳动法》第五十条、《保障农民工工资支付条例》第三条的规定。"
        "二、告知和听取意见的情况我局于2026年11月1日向当事人送达行政处理事先告知书，"
        "告知拟作出处理的内容、事实、理由、依据和陈述、申辩的权利。当事人于2026年11月2日书面放弃陈述、申辩。"
        "三、处理决定依照《劳动保障监察条例》第十八条、第二十六条的规定，我局决定："
        "责令支付1名劳动者工资36,500.00元。逾期不支付的，加付百分之五十的赔偿金。"
        "四、履行方式和期限当事人应当自收到本决定书之日起15日内履行本决定，将款项足额支付给劳动者本人，"
        f"并将支付凭证报{OFFICE}（联系电话：023-45678901）核验。逾期不履行的，我局将依法申请人民法院强制执行。"
        "五、救济途径如不服本决定，可以自收到本决定书之日起60日内向重庆市铜梁区人民政府申请行政复议，"
        "也可以自收到本决定书之日起6个月内依法向人民法院提起行政诉讼。"
        "行政复议、行政诉讼期间，本决定不停止执行。"
        f"{BUREAU}{TODAY}"
    )
    assert set(sizes_of(printed_pdf)) == {PORTRAIT}


def test_proof_of_service_is_filled_in_as_far_as_service_is_on_record(case, people):
    case = matters.ordered(people, case)
    order, party = Document.objects.get(kind="D18"), matters.respondent(case)
    with transaction.atomic():
        services.record_service(
            document=order,
            party=party,
            method="left",
            served_on=timezone.localdate(),
            by=people["lead"],
            at=timezone.now(),
            proof="拒收，见证人王某，照片编号0012。",
        )

    services.issue_by_hand(
        case=case,
        kind="D29",
        by=people["lead"],
        version=case.version,
        key=new_key(),
        facts={"document": order, "party": party},
    )

    content = printed("D29")
    assert text_of(content) == (
        f"{OFFICE}送达回证案由和案号拖欠劳动者工资铜人社监案〔2026〕1号"
        f"送达文书名称、文号劳动保障监察限期改正指令书铜人社监令〔2026〕1号（{TODAY}签发）"
        "受送达人重庆某某建筑劳务有限公司送达地址重庆市铜梁区东城街道龙城大道88号"
        "送达方式□直接送达□邮寄送达√留置送达□张贴送达□电子送达□公告送达"
        f"送达时间{TODAY}受送达人签名或盖章年月日代收人签名和代收理由年月日"
        "拒收理由、送达证明拒收，见证人王某，照片编号0012。见证人签名年月日送达人签名（两名）年月日"
        f"备注留置送达的，写明拒收情况，由见证人签名或者附照片、录像编号。{FOOT}第1页共1页"
    )
    assert sizes_of(content) == [PORTRAIT]


def test_closing_form(case, people):
    matters.closed(people, case)

    content = printed("D36")
    assert text_of(content) == (
        f"{OFFICE}结案审批表铜人社监结〔2026〕1号案号铜人社监案〔2026〕1号案件来源窗口"
        f"案由拖欠劳动者工资立案日期{TODAY}承办人李建国、张晓燕结案日期{TODAY}{UNIT}投诉人王某某"
        "处理文书劳动保障监察限期改正指令书铜人社监令〔2026〕1号送达日期未送达"
        f"办理经过和结果王某某于{TODAY}投诉被投诉单位拖欠2026年3月至8月工资，主张金额{SUM}。"
        f"{TODAY}立案调查。经调查，认定欠付{SUM}。被投诉单位收到指令书后，已向劳动者足额支付所欠工资。"
        f"履行情况{TODAY}，重庆某某建筑劳务有限公司向1名劳动者支付工资共计{SUM}，"
        "支付来源：用人单位支付，凭证号：回单1。已抽查回访劳动者，确认收到工资。"
        "结案方式责令后足额支付"
        f"承办人意见本案已经办理完毕，符合结案条件，建议结案。承办人（签名）：李建国{TODAY}"
        f"监察机构负责人审批意见同意结案。负责人（签名）：陈志强{TODAY}备注{FOOT}第1页共1页"
    )
    assert sizes_of(content) == [PORTRAIT]
    assert all(fonts_of(content).values())


def test_opinions_are_printed_as_they_were_written(case, people):
    case = matters.accepted(people, case)
    inspectors = {"lead": people["lead"].pk, "second": people["second"].pk}

    matters.step(case, "file_case", people["head"], note="同意立案，从快办理。", **inspectors)

    assert "审批意见同意立案，从快办理。主办监察员：李建国" in text_of(printed("D10"))
