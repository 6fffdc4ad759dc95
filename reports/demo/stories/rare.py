"""Turns that a year brings a few times only."""

from typing import Any

from cases.models import PartyRole
from cases.services.payments import unpaid_by_worker
from inspection.liability import Situation
from inspection.states import Cause, ClosingCode
from reports.demo.fiction import Wish
from reports.demo.office import DEMAND, FINE, NOTICE, ORDER, File
from reports.demo.stories.passages import (
    Days,
    closed,
    concluded,
    confirm_amounts,
    enquire,
    filed,
    legally_reviewed,
    looked_into,
    ordered,
    put_away,
    sued_in_vain,
    term_over,
    to_police,
    up_to_decision,
)


def penalised(file: File) -> Days:
    """阻挠调查: accounts were looked up, a hearing held, a fine made; the fine and the wages were paid."""
    staff = file.staff
    yield from filed(file, Wish(workers=3, months=3))
    enquire(file, "site", "单位拒绝提供考勤表和工资台账，阻挠查看现场。")
    confirm_amounts(file, Cause.HARDSHIP)
    asked: dict[str, Any] = {
        "target": "单位基本账户",
        "approval_no": f"示例渝人社查〔{file.today.year}〕{file.number}号",
    }
    yield from file.agreed("query_accounts", file.lead, staff.bureau, "查账户流水，核实支付能力。", **asked)
    yield file.later(3)
    yield from concluded(file, review=True)
    reason = "单位账册在外地，要核对"
    yield from file.agreed(
        "extend_decision", file.lead, staff.deputy, "延长作出处理的期限。", more_days=10, reason=reason
    )
    content = "拟对阻挠调查处以罚款，并告知陈述、申辩和要求听证的权利。"
    notice: dict[str, Any] = {"fine": 500_000, "notice_content": content, "hearing_right": True}
    obstruction = "拒绝提供考勤表和工资台账，阻止查看现场。"
    yield from file.agreed(
        "give_notice_for_obstruction", file.lead, staff.head, obstruction=obstruction, **notice
    )
    yield file.later(1)
    file.serve(NOTICE)
    unit = file.parties(PartyRole.RESPONDENT)[0]
    file.take("request_hearing", file.lead, party=unit, done_on=file.today, how="书面申请")
    file.take("schedule_hearing", staff.head, hearing_on=file.later(9), place="局三楼会议室")
    told_on = file.today
    yield file.later(9)
    report = "单位承认没有提供台账，对欠薪数额没有异议。"
    file.take(
        "hold_hearing", staff.head, held_on=file.today, notified_on=told_on, chair="示例主持人", report=report
    )
    file.take("hear_statement", file.lead, party=unit, waived=True, content="听证中已经陈述，没有新的意见。")
    legally_reviewed(file)
    yield from file.agreed("decide", staff.deputy, staff.bureau, "同意承办意见。", **fine_facts())
    yield file.later(2)
    file.serve(FINE)
    file.take("report_fine", file.lead, done_on=file.today, how="报市劳动保障监察总队备案")
    yield file.later(5)
    file.pay("employer")
    file.take("record_fine", file.lead, done_on=file.today, how=f"示例缴款书{file.number}号")
    summary = "工资和罚款都已缴清，回访属实。"
    yield from closed(file, "close_performed", ClosingCode.PENALTY_PERFORMED, summary, call_back_done=True)
    yield from put_away(file)


def ended_by_court(file: File) -> Days:
    """法院终结执行: the decision was upheld, and nothing was found to execute on."""
    yield from up_to_decision(file, Wish(workers=2, months=3))
    yield file.later(12)
    yield from sued_in_vain(file)
    demand = "请在收到催告书之日起十个工作日内履行处理决定。"
    yield from file.agreed("enforce", file.lead, file.staff.deputy, "建议催告后申请强制执行。", demand=demand)
    yield file.later(1)
    file.serve(DEMAND)
    yield file.later(11)
    file.take("apply_to_court", file.lead, done_on=file.today, how="向铜梁区人民法院递交申请书")
    yield file.later(15)
    result = f"示例行审〔{file.today.year}〕{file.number}号，裁定终结执行"
    file.take("record_court", file.lead, court_event="ended", done_on=file.today, result=result)
    summary = "法院裁定终结本次执行程序，单位没有可供执行的财产。"
    yield from closed(file, "close_executed", ClosingCode.COURT_ENDED, summary)


def handed_over(file: File) -> Days:
    """移送公安立案, with every sheet that goes to and fro, and the workers told."""
    yield from filed(file, Wish(workers=11, months=3), is_major=True)
    yield from looked_into(file, Cause.FLIGHT)
    yield from ordered(file, posted=True)
    yield from to_police(file)
    yield file.later(1)
    file.take("send_to_police", file.lead, done_on=file.today, how="专人送交，经办人示例")
    yield file.later(3)
    file.take("police_open", file.staff.police, notice_no=f"示例公立字{file.number:04}号")
    yield file.later(2)
    file.take("hand_over", file.lead, done_on=file.today, how="移交案卷副本一册")
    file.take("tell_result", file.lead, done_on=file.today, how="电话告知劳动者代表")
    yield from put_away(file)


def refused_after_decision(file: File) -> Days:
    """决定以后移送公安，不予立案: the prosecutor is asked, the employer performs late."""
    staff = file.staff
    yield from up_to_decision(file, Wish(workers=1, months=4))
    yield file.later(12)
    yield from to_police(file)
    yield file.later(1)
    file.take("send_to_police", file.lead, done_on=file.today, how="专人送交，经办人示例")
    yield file.later(3)
    reply = "现有证据不能证明有能力支付而拒不支付。"
    file.take("record_refusal", file.lead, answered_on=file.today, reply=reply)
    yield file.later(2)
    asked = {"asked": "procuratorate", "how": "向区检察院提交立案监督申请"}
    file.take("ask_police_again", file.lead, done_on=file.today, **asked)
    file.take("police_refuse", staff.bureau, remedies="已提请检察机关立案监督。")
    yield file.later(6)
    file.pay("employer")
    summary = "单位筹款付清，处理决定已经履行，回访属实。"
    yield from closed(file, "close_performed", ClosingCode.DECISION_PERFORMED, summary, call_back_done=True)


def fine_facts(fen: int = 500_000) -> dict[str, Any]:
    """A fine and nothing else."""
    return {"content": "拒不提供工资支付的材料，予以罚款。", "fine": fen}


def fined_and_ordered(file: File) -> Days:
    """处罚后继续查处: fined for obstruction, to be paid later; the hearing dropped; then ordered to pay the wages."""
    staff = file.staff
    yield from filed(file, Wish(workers=2, months=3))
    enquire(file, "site", "单位拒绝提供考勤表和工资台账。")
    confirm_amounts(file, Cause.HARDSHIP)
    yield from concluded(file)
    content = "拟对阻挠调查处以罚款，并告知陈述、申辩和要求听证的权利。"
    notice: dict[str, Any] = {"notice_content": content, "hearing_right": True}
    obstruction = "拒绝提供考勤表和工资台账。"
    step, lead, head = "give_notice_for_obstruction", file.lead, staff.head
    yield from file.agreed(step, lead, head, obstruction=obstruction, fine=800_000, **notice)
    yield file.later(1)
    notice |= {"notice_kind": "penalty", "fine": 1_000_000}
    yield from file.agreed("give_notice_again", lead, head, **notice)
    yield file.later(1)
    file.serve(NOTICE)
    unit = file.parties(PartyRole.RESPONDENT)[0]
    file.take("request_hearing", lead, party=unit, done_on=file.today, how="书面申请")
    file.take("schedule_hearing", head, hearing_on=file.later(9), place="局三楼会议室")
    yield file.later(2)
    file.take("drop_hearing", head, party=unit, ground="taken_back", done_on=file.today, how="书面撤回")
    file.take("hear_statement", lead, party=unit, waived=True, content="单位书面表示不陈述、不申辩。")
    yield from file.agreed("decide", staff.deputy, staff.bureau, **fine_facts(1_000_000))
    yield file.later(1)
    file.serve(FINE)
    file.take("report_fine", lead, done_on=file.today, how="报市劳动保障监察总队备案")
    yield from file.agreed("defer_fine", lead, staff.deputy, more_days=30, reason="账户余额不足，申请分期")
    yield from file.agreed("go_on_after_fine", lead, head, reason="工资还没有支付，继续查处")
    enquire(file, "papers", "单位补交了工资台账。")
    yield from ordered(file)
    file.pay("employer")
    summary = "工资付清，回访属实；罚款按批准的期限缴纳。"
    yield from closed(file, "close_paid", ClosingCode.PAID_AFTER_ORDER, summary, call_back_done=True)
    yield from put_away(file)


def changed_hands(file: File) -> Days:
    """更换承办人、中止又恢复: the inspectors change places; the employer is in liquidation and pays after all."""
    staff = file.staff
    yield from filed(file, Wish(workers=4, months=2))
    reason = "单位进入破产清算，等管理人核对债权，法定期限照算"
    yield from file.agreed("suspend", file.lead, staff.deputy, "登记中止。", reason=reason)
    yield file.later(5)
    file.take("resume", file.lead)
    swapped = {"lead": file.second, "second": file.lead}
    file.take("change_inspectors", staff.head, **swapped, reason="主办人员到其他专案组，两人对调")
    file.lead, file.second = file.second, file.lead
    wrong: dict[str, Any] = {"name": "重庆示例误列劳务有限公司", "chain_role": "labour_subcontractor"}
    yield from file.agreed("add_party", file.lead, staff.head, **wrong, reason="劳动者说工资由它发")
    party = file.parties(PartyRole.RESPONDENT)[-1]
    yield from file.agreed("remove_party", file.lead, staff.head, party=party, reason="名称相近，登记错了")
    yield from looked_into(file, Cause.SHUT_DOWN)
    basis = "劳动合同、破产管理人债权表"
    file.take("determine_payer", file.lead, situation=Situation.DISSOLVED, basis=basis)
    yield from ordered(file)
    file.pay("employer", "示例破产管理人")
    summary = "管理人从破产财产中优先支付，回访属实。"
    yield from closed(file, "close_paid", ClosingCode.PAID_AFTER_ORDER, summary, call_back_done=True)
    yield from put_away(file)


def through_the_court(file: File) -> Days:
    """申请强制执行 step by step: the demand was in vain, the court took the case and ordered execution."""
    yield from up_to_decision(file, Wish(workers=2, months=4))
    yield from term_over(file)
    yield from sued_in_vain(file)
    demand = "请在收到催告书之日起十个工作日内履行处理决定。"
    yield from file.agreed("enforce", file.lead, file.staff.deputy, "建议催告后申请强制执行。", demand=demand)
    yield file.later(1)
    file.serve(DEMAND)
    yield file.later(11)
    file.take("apply_to_court", file.lead, done_on=file.today, how="向铜梁区人民法院递交申请书")
    yield file.later(4)
    accepted = f"示例行审〔{file.today.year}〕{file.number}号，已受理"
    file.take("record_court", file.lead, court_event="accepted", done_on=file.today, result=accepted)
    yield file.later(6)
    granted = f"示例行审〔{file.today.year}〕{file.number}号，准予执行"
    file.take("record_court", file.lead, court_event="granted", done_on=file.today, result=granted)
    yield file.later(15)
    file.pay("court", "铜梁区人民法院")
    yield from closed(file, "close_executed", ClosingCode.COURT_EXECUTED, "法院执行到位，工资已付清。")
    yield from put_away(file)


def paid_in_parts(file: File) -> Days:
    """重新责令、分期支付: a second order sets a later day, a plan is agreed, both parts arrive."""
    yield from filed(file, Wish(workers=5, months=2))
    yield from looked_into(file, Cause.HARDSHIP)
    yield from ordered(file)
    breach = f"{file.case.respondent_name}第一次责令后仍没有支付{file.case.worker_count}名劳动者的工资。"
    term = file.calendar_day(30)
    yield from file.agreed("amend_order", file.lead, file.staff.head, breach=breach, pay_by_on=term)
    yield file.later(1)
    file.serve(ORDER)
    left = sum(unpaid_by_worker(file.case).values())
    half = left // 200 * 100
    parts = ((file.calendar_day(10), half), (file.calendar_day(25), left - half))
    plan = "\n".join(f"{day} {fen / 100:.2f}" for day, fen in parts)
    file.take("plan_instalments", file.lead, plan=plan, agreed="全体劳动者签字的分期协议")
    yield file.later(5)
    file.pay("employer", percent=50)
    yield file.later(9)
    file.pay("employer")
    summary = "分两期付清，回访属实。"
    yield from closed(file, "close_paid", ClosingCode.PAID_AFTER_ORDER, summary, call_back_done=True)
    yield from put_away(file)


def listed(file: File) -> Days:
    """失信名单: told, heard and listed after the decision was in vain; off again when the unit paid."""
    staff = file.staff
    yield from up_to_decision(file, Wish(workers=11, months=4))
    yield from term_over(file)
    unit = file.parties(PartyRole.RESPONDENT)[0]
    yield from file.agreed("extend_listing", file.lead, staff.bureau, party=unit, reason="等核实单位的财产")
    file.take("announce_listing", file.lead, party=unit, done_on=file.today, how="告知书送达单位")
    yield file.later(2)
    file.take("receive_objection", file.lead, party=unit, done_on=file.today, how="单位书面异议")
    yield file.later(3)
    reason = "经责令、决定仍不支付，数额达到标准，异议不成立。"
    yield from file.agreed("decide_listing", file.lead, staff.bureau, party=unit, listed=True, reason=reason)
    yield file.later(10)
    reason = "列入决定的送达有误，撤销后另行处理。"
    facts: dict[str, Any] = {"party": unit, "ground": "annulled", "done_on": file.today, "reason": reason}
    yield from file.agreed("decide_removal", file.lead, staff.bureau, **facts)
    yield file.later(3)
    file.take("take_off_list", file.lead, party=unit, done_on=file.today, how="已在网站撤下")
    file.pay("employer")
    summary = "单位筹款付清，处理决定已经履行，回访属实。"
    yield from closed(file, "close_performed", ClosingCode.DECISION_PERFORMED, summary, call_back_done=True)
    yield from put_away(file)
