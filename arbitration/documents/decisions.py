"""The decisions of the tribunal that are no award: AD17 to AD22, AD42, one family with one layout."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from arbitration import deadlines as d
from arbitration.documents.values import (
    applicants_named,
    cause,
    decision,
    dispute_of,
    respondents_named,
    said,
    tribunal,
)
from documents.context import Matter, required
from documents.wording import cn_date, cn_datetime, paragraphs


def _found(matter: Matter, opening: str, text: str) -> list[str]:
    return [opening, *paragraphs(text)]


def _decided(
    matter: Matter,
    *,
    facts: list[str],
    basis: str,
    result: list[str],
    after: str,
    by_committee: bool = False,
) -> dict[str, Any]:
    return decision(
        matter,
        by_committee=by_committee,
        sections=[
            {"head": "", "lines": facts},
            {"head": "", "lines": [f"依照{basis}的规定，决定如下：", *result]},
            {"head": "", "lines": [after]},
        ],
    )


def _opening(matter: Matter) -> str:
    case = matter.case
    return (
        f"{applicants_named(matter)}诉{respondents_named(matter)}“{cause(matter)}”一案（案号：{case.case_no}），"
        f"本委于{cn_date(case.filed_on)}受理。"
    )


def jurisdiction_decision(matter: Matter) -> dict[str, Any]:
    """管辖异议决定书: the objection, what was found, and that it is rejected or the case goes elsewhere."""
    why = required(said(matter, "reason", "why", "ground"), _("在“管辖异议”时开具"))
    goes = dispute_of(matter).redirect_to
    result = f"管辖异议成立，本案移送{goes}处理。" if goes else "驳回被申请人提出的管辖异议。"
    return _decided(
        matter,
        facts=[f"{_opening(matter)}被申请人在答辩期内提出管辖异议。经审查：", *paragraphs(why)],
        basis=f"{d.LAW}第二十一条、{d.CASE_RULES}第十条",
        result=[result],
        after="本决定自送达之日起生效。",
        by_committee=True,
    )


def recusal_decision(matter: Matter) -> dict[str, Any]:
    """仲裁回避决定书: who asked, about whom, why, what was decided."""
    why = required(said(matter, "reason", "why", "ground"), _("在“回避”时开具"))
    who = said(matter, "person")
    asked = said(matter, "asked_by") or "当事人"
    refused = matter.fact("granted") in (False, "no", "False")
    result = (
        f"驳回{asked}的回避申请。" if refused else f"{who or '被申请回避的人员'}回避，不再参加本案的审理。"
    )
    return _decided(
        matter,
        facts=[f"{_opening(matter)}{asked}申请{who}回避。理由和查明的情况：", *paragraphs(why)],
        basis=f"{d.LAW}第三十三条、{d.CASE_RULES}第十一条、第十二条",
        result=[result],
        after="本决定自送达之日起生效。",
        by_committee=True,
    )


def withdrawal_decision(matter: Matter) -> dict[str, Any]:
    """准予撤回仲裁申请决定书; who withdrew may apply again."""
    dispute = dispute_of(matter)
    on = required(dispute.withdrawn_on, _("申请人没有撤回申请"))
    reason = dispute.withdrawal_reason or ("双方已经自行和解" if dispute.is_reconciled else "")
    because = f"，理由是：{reason.rstrip('。')}" if reason else ""
    return _decided(
        matter,
        by_committee=not tribunal(matter),
        facts=[
            f"{_opening(matter)}在作出处理结果以前，申请人于{cn_date(on)}申请撤回仲裁申请{because}。"
            "经审查，撤回申请是申请人的真实意思，不违反法律规定。"
        ],
        basis=f"{d.CASE_RULES}第三十五条",
        result=["准予申请人撤回仲裁申请。"],
        after="本决定自送达之日起生效。撤回后就同一争议重新申请仲裁，符合受理条件的，本委应当受理。",
    )


def deemed_decision(matter: Matter) -> dict[str, Any]:
    """按撤回仲裁申请处理决定书: absence in spite of proved notice; the same claim is not accepted again."""
    dispute = dispute_of(matter)
    on = required(dispute.deemed_on, _("本案没有按撤回处理"))
    return _decided(
        matter,
        facts=[
            f"{_opening(matter)}本委已将开庭通知书依法送达申请人。申请人{_absence(matter)}。",
            *paragraphs(dispute.end_reason),
        ],
        basis=f"{d.LAW}第三十六条第一款、{d.CASE_RULES}第三十九条",
        result=["本案按申请人撤回仲裁申请处理。"],
        after=f"本决定于{cn_date(on)}作出，自送达之日起生效。申请人重新申请仲裁的，本委不予受理。",
    )


def _absence(matter: Matter) -> str:
    """How the applicant stayed away, as far as the notices of the last hearing tell."""
    found = matter.case.hearings.order_by("-pk").first()
    if found is not None and found.notices.filter(attendance="left").exists():
        return "未经仲裁庭同意中途退庭"
    when = f"在{cn_datetime(found.starts_at)}开庭时" if found is not None else ""
    return f"{when}无正当理由拒不到庭"


def revocation_decision(matter: Matter) -> dict[str, Any]:
    """撤销案件决定书: a case that should not have been accepted."""
    dispute = dispute_of(matter)
    required(dispute.revoked_on, _("本案没有撤销"))
    after = f"请向{dispute.redirect_to}申请处理。" if dispute.redirect_to else ""
    return _decided(
        matter,
        facts=[f"{_opening(matter)}经审查，本案不应受理：", *paragraphs(dispute.end_reason)],
        basis=f"{d.CASE_RULES}第三十二条",
        result=["撤销本案。"],
        after=f"本决定自送达之日起生效。{after}",
        by_committee=True,
    )


def correction_decision(matter: Matter) -> dict[str, Any]:
    """补正决定书: a slip of the award is put right."""
    text = required(said(matter, "right"), _("在“补正裁决书”时开具"))
    wrong = said(matter, "wrong")
    facts = [f"{_opening(matter)}本委作出的裁决书中有文字、计算错误或者遗漏：", *paragraphs(wrong)]
    return _decided(
        matter,
        facts=facts if wrong else [f"{_opening(matter)}本委作出的裁决书中有文字、计算错误或者遗漏。"],
        basis=f"{d.CASE_RULES}第五十四条",
        result=paragraphs(text),
        after="本决定与原裁决书一并生效。",
    )


def termination_decision(matter: Matter) -> dict[str, Any]:
    """终止审理决定书: a court has taken the same dispute."""
    dispute = dispute_of(matter)
    required(dispute.terminated_on, _("本案没有终止"))
    court = f"，案号：{dispute.court_no}" if dispute.court_no else ""
    return _decided(
        matter,
        facts=[
            f"{_opening(matter)}因本案逾期未作出裁决，当事人就该争议向人民法院起诉，人民法院已经受理{court}。",
            *paragraphs(dispute.end_reason),
        ],
        basis=f"{d.LAW}第四十三条、{d.CASE_RULES}第四十八条",
        result=["终止本案的审理。"],
        after="本决定自送达之日起生效。",
        by_committee=True,
    )
