"""The result and what follows from it: AD25 to AD34, AD43. Every award says whether it is final."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from arbitration import deadlines as d
from arbitration.documents.values import (
    APPLICANT,
    applicants,
    applicants_named,
    cause,
    claim_lines,
    claim_words,
    claimed_total,
    counterclaims_of,
    decision,
    dispute_of,
    everybody,
    finality_words,
    is_listed,
    notice,
    numbered,
    parties_block,
    respondents_named,
    said,
    tribunal,
    tribunal_words,
)
from arbitration.models import Award, DisputeClaim
from arbitration.states import AwardForm, ClaimType, Finality, Outcome, Success
from cases.names import mask_id
from documents.blocks import cell, opinion, pair, proposed_and_decided, wide
from documents.context import Matter, required
from documents.models import Document
from documents.wording import NOTHING, cn_date, cn_months, paragraphs, plain_yuan, sum_in_words

PARTS = "一二三四五六七八九十"
COPY_STAMP = "本件与原本核对无异"
MAIN, SECOND = "正卷", "副卷"
KEEP = {True: "十年", False: "五年"}
"""How long a file is kept: after an award, after any other end. 办案规则第二十四条."""


# Which award, which number


def _awards(matter: Matter) -> list[Award]:
    """The awards of the case that stand or are being made, in the order in which they were drawn up."""
    return list(matter.case.awards.filter(form=AwardForm.AWARD, dropped_at=None).order_by("drafted_at", "pk"))


def _award(matter: Matter, *, finality: str = "", is_partial: bool = False) -> Award:
    """The newest award of that effect. Lacking without one."""
    rows = [row for row in _awards(matter) if row.is_partial == is_partial]
    rows = [row for row in rows if not finality or row.finality == finality]
    found: Award = required(rows[-1] if rows else None, _("还没有这样的裁决"))
    return found


def award_number(matter: Matter, award: Award) -> str:
    """The number of the case; with 之一, 之二 where the case has several awards."""
    rows = _awards(matter)
    number = str(matter.case.case_no)
    if len(rows) == 1 and not award.is_partial:
        return number
    return f"{number}之{PARTS[[row.pk for row in rows].index(award.pk)]}"


# AD26 to AD28


def final_award(matter: Matter) -> dict[str, Any]:
    """仲裁裁决书（终局）."""
    return _award_paper(matter, _award(matter, finality=Finality.FINAL))


def nonfinal_award(matter: Matter) -> dict[str, Any]:
    """仲裁裁决书（非终局）."""
    return _award_paper(matter, _award(matter, finality=Finality.NONFINAL))


def partial_award(matter: Matter) -> dict[str, Any]:
    """部分裁决书: what is clear first; the rest goes on. Its title says whether it is final."""
    award = _award(matter, is_partial=True)
    paper = _award_paper(matter, award)
    return {**paper, "title": f"部分裁决书（{finality_words(award.finality)}）"}


def _award_paper(matter: Matter, award: Award) -> dict[str, Any]:
    """The award in fixed order: parties, claims, what happened, facts, reasons, result, remedy."""
    items = _items(award)
    part = "本裁决为部分裁决，其余仲裁请求继续审理。" if award.is_partial else ""
    return decision(
        matter,
        **{
            "number": award_number(matter, award),
            "sections": [
                {"head": "", "lines": [_course(matter, _stage(award))]},
                {"head": "仲裁请求", "lines": [*claim_lines(matter), _claimed(matter), *_countered(matter)]},
                {"head": "查明的事实", "lines": paragraphs(award.facts)},
                {"head": "裁决理由", "lines": paragraphs(award.reasons)},
                {"head": "裁决结果", "lines": [_under(items), *result_lines(matter, award, items), part]},
                {"head": "", "lines": remedy_lines(award)},
            ],
            "stamp": COPY_STAMP,
            **_members_awarded(matter, items),
        },
    )


def _countered(matter: Matter) -> list[str]:
    rows = counterclaims_of(matter)
    asked = "；".join(f"{claim.party.name}请求{claim_words(claim)}" for claim in rows)
    return [f"反申请：{asked}。"] if rows else []


def _claimed(matter: Matter) -> str:
    total = claimed_total(matter)
    return f"以上请求金额合计{total}。" if total != NOTHING else ""


def _stage(award: Award) -> str:
    return "本案部分事实已经清楚，先行裁决。" if award.is_partial else "本案现已审理终结。"


def _course(matter: Matter, stage: str) -> str:
    """What happened until the decision: acceptance, tribunal, hearing, default, and how far the case is."""
    dispute, case = dispute_of(matter), matter.case
    held = f"，于{cn_date(dispute.hearing_held_on)}开庭审理" if dispute.hearing_held_on else ""
    absent = (
        "。被申请人经依法通知，无正当理由未到庭，本庭缺席审理"
        if dispute.in_default
        else "，双方当事人到庭参加了仲裁活动"
        if held
        else ""
    )
    return (
        f"{applicants_named(matter)}诉{respondents_named(matter)}“{cause(matter)}”一案，本委于{cn_date(case.filed_on)}受理后，"
        f"依法组成仲裁庭（{tribunal_words(matter)}）{held}{absent}。{stage}"
    )


def _items(award: Award) -> list[DisputeClaim]:
    rows = award.items.select_related(
        "party__person", "party__employer", "against__person", "against__employer"
    )
    return list(rows.order_by("party__position", "pk"))


def _under(items: list[DisputeClaim]) -> str:
    """The articles on which the result rests."""
    paid = any(item.type in (ClaimType.WAGE, ClaimType.OVERTIME, ClaimType.DEDUCT) for item in items)
    labour = "《中华人民共和国劳动法》第五十条、《中华人民共和国劳动合同法》第三十条，" if paid else ""
    return f"综上，依照{labour}{d.LAW}第四十二条、第四十七条至第五十条的规定，裁决如下："


def result_lines(matter: Matter, award: Award, items: list[DisputeClaim]) -> list[str]:
    """What is ordered, item by item with sums, then the total in capitals, then what the tribunal wrote besides."""
    if is_listed(matter):
        lines = numbered(_granted_by_type(matter, award, items))
    else:
        lines = numbered([_item_words(matter, award, item, several=_several(items)) for item in items])
    total = sum(item.awarded_fen or 0 for item in items)
    summed = [f"以上款项合计{sum_in_words(total)}。"] if total and len(lines) > 1 else []
    return [*lines, *summed, *paragraphs(award.result)]


def _several(items: list[DisputeClaim]) -> bool:
    return len({item.party_id for item in items}) > 1


def _item_words(matter: Matter, award: Award, item: DisputeClaim, *, several: bool) -> str:
    """One item of the result as a sentence without its stop."""
    who, own = item.party.name if several else APPLICANT, own_words(item)
    kind = str(ClaimType(item.type).label)
    if item.amount_fen is None:
        return own or (f"支持{who}“{kind}”的请求" if item.is_granted else f"驳回{who}“{kind}”的请求")
    months = f"{cn_months(item.from_month, item.to_month)}的" if item.from_month else ""
    if not item.awarded_fen:
        return own or f"驳回{who}支付{months}{kind}{plain_yuan(item.amount_fen)}元的请求"
    paid = f"{_debtor(matter, item)}{_by(award)}支付{who}{months}{kind}{sum_in_words(item.awarded_fen)}"
    rest = item.amount_fen - item.awarded_fen
    more = f"（{own}）" if own else ""
    return paid + more + (f"，驳回其余{plain_yuan(rest)}元的请求" if rest else "")


def own_words(item: DisputeClaim) -> str:
    """What the tribunal wrote about the item; empty where it left what the form proposed."""
    months = f"{item.from_month}至{item.to_month}" if item.from_month else ""
    proposed = f"{item.party.name}{months}{ClaimType(item.type).label}"
    words = str(item.decision).rstrip("。；")
    return "" if words == proposed else words


def _debtor(matter: Matter, item: DisputeClaim) -> str:
    return item.against.name if item.against is not None else respondents_named(matter)


def _by(award: Award) -> str:
    if award.pay_by_on:
        return f"于{cn_date(award.pay_by_on)}前"
    return (
        "自本裁决书作出之日起十五日内" if award.finality == Finality.FINAL else "自本裁决书生效之日起十五日内"
    )


def _granted_by_type(matter: Matter, award: Award, items: list[DisputeClaim]) -> list[str]:
    found = []
    for kind in dict.fromkeys(item.type for item in items):
        rows = [item for item in items if item.type == kind]
        label = str(ClaimType(kind).label)
        granted = [row for row in rows if row.awarded_fen]
        total = sum(row.awarded_fen or 0 for row in granted)
        if granted:
            found.append(
                f"{respondents_named(matter)}{_by(award)}支付{len(granted)}名申请人{label}共计{sum_in_words(total)}，各人金额见附表"
            )
        refused = sum((row.amount_fen or 0) - (row.awarded_fen or 0) for row in rows)
        if refused > 0:
            found.append(f"驳回申请人其余{label}{plain_yuan(refused)}元的请求")
    return found


def _members_awarded(matter: Matter, items: list[DisputeClaim]) -> dict[str, Any]:
    """The list of a group case: who is to be paid what; nothing for few."""
    if not is_listed(matter):
        return {}
    claimed: dict[int, int] = {}
    granted: dict[int, int] = {}
    for item in items:
        claimed[item.party_id] = claimed.get(item.party_id, 0) + (item.amount_fen or 0)
        granted[item.party_id] = granted.get(item.party_id, 0) + (item.awarded_fen or 0)
    rows = [
        {
            "no": n,
            "name": party.name,
            "id_number": mask_id(party.person.id_number) if party.person else NOTHING,
            "note": "代表人" if party.is_representative else "",
            "sums": [plain_yuan(claimed.get(party.pk, 0)), plain_yuan(granted.get(party.pk, 0))],
        }
        for n, party in enumerate(applicants(matter), start=1)
    ]
    totals = [plain_yuan(sum(claimed.values())), plain_yuan(sum(granted.values()))]
    heads = ["请求金额（元）", "裁决金额（元）"]
    return {"list": {"title": "申请人名单和裁决金额", "heads": heads, "rows": rows, "totals": totals}}


def remedy_lines(award: Award) -> list[str]:
    """The last paragraphs: final or not, what each side may do, where, within how many days, and enforcement."""
    enforce = "一方当事人逾期不履行发生法律效力的裁决的，另一方当事人可以向人民法院申请强制执行。"
    if award.finality == Finality.FINAL:
        return [
            f"本裁决为终局裁决，裁决书自作出之日起发生法律效力（{d.LAW}第四十七条）。",
            f"劳动者对本裁决不服的，可以自收到本裁决书之日起十五日内向{settings.DISTRICT_COURT}提起诉讼（第四十八条）。",
            f"用人单位有证据证明本裁决有第四十九条第一款规定情形之一的，可以自收到本裁决书之日起三十日内向"
            f"{settings.INTERMEDIATE_COURT}申请撤销裁决。",
            enforce,
        ]
    required(award.finality, _("裁决书要写明是终局还是非终局"))
    return [
        "本裁决为非终局裁决。",
        f"当事人对本裁决不服的，可以自收到本裁决书之日起十五日内向{settings.DISTRICT_COURT}提起诉讼；"
        f"期满不起诉的，裁决书发生法律效力（{d.LAW}第五十条）。",
        enforce,
    ]


# AD25


def mediation_paper(matter: Matter) -> dict[str, Any]:
    """仲裁调解书: claims, what was agreed, that it takes effect when both have signed for it."""
    rows = matter.case.awards.filter(form=AwardForm.MEDIATION, dropped_at=None).order_by("drafted_at", "pk")
    award: Award = required(rows.last(), _("还没有达成协议"))
    items = _items(award)
    total = sum(item.awarded_fen or 0 for item in items)
    agreed = paragraphs(award.result) or numbered(
        [_agreed(matter, award, item, several=_several(items)) for item in items]
    )
    if is_listed(matter):
        agreed = paragraphs(award.result) or numbered(_granted_by_type(matter, award, items))
    part = "本调解书为部分调解书，其余仲裁请求继续审理。" if award.is_partial else ""
    paper = decision(
        matter,
        sections=[
            {"head": "", "lines": [_opening_of_mediation(matter)]},
            {"head": "仲裁请求", "lines": [*claim_lines(matter), _claimed(matter), *_countered(matter)]},
            {"head": "查明的事实", "lines": paragraphs(award.facts)},
            {
                "head": "协议内容",
                "lines": [
                    "在仲裁庭主持下，双方当事人自愿达成如下协议：",
                    *agreed,
                    f"以上款项合计{sum_in_words(total)}。" if total else "",
                    part,
                ],
            },
            {
                "head": "",
                "lines": [
                    "上述协议不违反法律规定，本委予以确认。",
                    f"本调解书经双方当事人签收后，发生法律效力（{d.LAW}第四十二条）。"
                    "一方当事人逾期不履行的，另一方当事人可以向人民法院申请强制执行。",
                ],
            },
        ],
        stamp=COPY_STAMP,
        **_members_awarded(matter, items),
    )
    paper.pop("number")
    return paper


def _opening_of_mediation(matter: Matter) -> str:
    return (
        f"{applicants_named(matter)}诉{respondents_named(matter)}“{cause(matter)}”一案（案号：{matter.case.case_no}），"
        f"本委于{cn_date(matter.case.filed_on)}受理，依法组成仲裁庭（{tribunal_words(matter)}）进行了审理。"
    )


def _agreed(matter: Matter, award: Award, item: DisputeClaim, *, several: bool) -> str:
    if own := own_words(item):
        return own
    who, kind = item.party.name if several else APPLICANT, str(ClaimType(item.type).label)
    if not item.awarded_fen:
        return f"{who}“{kind}”的请求，双方确认" if item.is_granted else f"{who}放弃“{kind}”的请求"
    when = f"于{cn_date(award.pay_by_on)}前" if award.pay_by_on else "在本调解书签收时"
    return f"{_debtor(matter, item)}{when}支付{who}{kind}{sum_in_words(item.awarded_fen)}"


# AD29, AD30


def advance_award(matter: Matter) -> dict[str, Any]:
    """先予执行裁决书: the sum, the hardship, the court that enforces. 调解仲裁法第四十四条."""
    award = _advance(matter)
    paper = decision(
        matter,
        sections=[
            {
                "head": "",
                "lines": [_course(matter, "审理中，申请人申请先予执行。")],
            },
            {"head": "查明的情况", "lines": [*paragraphs(award.facts), *paragraphs(award.reasons)]},
            {
                "head": "裁决结果",
                "lines": [
                    f"当事人之间权利义务关系明确，不先予执行将严重影响申请人的生活。依照{d.LAW}第四十四条的规定，裁决如下：",
                    *paragraphs(award.result),
                ],
            },
            {
                "head": "",
                "lines": [f"本裁决移送{settings.DISTRICT_COURT}执行。劳动者申请先予执行的，可以不提供担保。"],
            },
        ],
        stamp=COPY_STAMP,
    )
    paper.pop("number")
    return paper


def _advance(matter: Matter) -> Award:
    rows = matter.case.awards.filter(form=AwardForm.ADVANCE, dropped_at=None).order_by("drafted_at", "pk")
    award: Award = required(rows.last(), _("还没有先予执行裁决"))
    return award


def enforcement_letter(matter: Matter) -> dict[str, Any]:
    """先予执行移送函 to the court."""
    award = _advance(matter)
    items = _items(award)
    total = sum(item.awarded_fen or 0 for item in items)
    paper = award.document.number if award.document is not None else ""
    return notice(
        matter,
        to=settings.DISTRICT_COURT,
        body=[
            f"{applicants_named(matter)}诉{respondents_named(matter)}“{cause(matter)}”一案（案号：{matter.case.case_no}），"
            f"本委已作出先予执行裁决{f'（{paper}）' if paper else ''}，"
            f"执行标的{sum_in_words(total) if total else '见裁决书'}。",
            *paragraphs(award.reasons),
            f"依照{d.LAW}第四十四条的规定，现移送你院执行。",
        ],
        items=[
            "先予执行裁决书、送达回证各一份。",
            "申请人身份证明、联系方式和收款账户。",
            "被申请人财产线索（如有）。",
        ],
        closing="请予接收。",
    )


# AD43


def certificate(matter: Matter) -> dict[str, Any]:
    """裁决（调解）生效证明书: which paper took effect when."""
    dispute = dispute_of(matter)
    on = required(dispute.effective_on, _("裁决书、调解书还没有生效"))
    rows = matter.case.awards.exclude(made_on=None).filter(dropped_at=None).exclude(form=AwardForm.ADVANCE)
    papers = [_paper_words(row) for row in rows.select_related("document").order_by("made_on", "pk")]
    return notice(
        matter,
        to=everybody(matter),
        body=[
            f"{applicants_named(matter)}诉{respondents_named(matter)}“{cause(matter)}”一案（案号：{matter.case.case_no}），"
            f"本委{'；'.join(papers) or '已作出处理'}。",
            f"上述文书已于{cn_date(on)}发生法律效力。",
            f"特此证明。申请强制执行的期间为二年（{d.CIVIL_PROCEDURE}第二百五十条）。",
        ],
    )


def _paper_words(award: Award) -> str:
    number = f"（{award.document.number}）" if award.document is not None and award.document.number else ""
    end = f"（{finality_words(award.finality)}）" if award.finality else ""
    return f"于{cn_date(award.made_on)}作出{award.get_form_display()}{end}{number}"


# AD31 to AD34


def closing_form(matter: Matter) -> dict[str, Any]:
    """结案审批表: mode, result, sum, days used, who approved; what the tribunal ended alone waits for the pen."""
    dispute, case = dispute_of(matter), matter.case
    proposed, decided = proposed_and_decided(matter)
    if decided and decided["name"] in {str(user) for _duty, user in tribunal(matter)}:
        proposed, decided = decided, None
    ended = case.closed_on or matter.on
    days = (ended - case.filed_on).days if case.filed_on else 0
    stopped = sum(((row.to_on or ended) - row.from_on).days for row in case.suspensions.all())
    rows = case.awards.filter(dropped_at=None).exclude(form=AwardForm.ADVANCE)
    awarded = sum(item.awarded_fen or 0 for row in rows.prefetch_related("items") for item in row.items.all())
    mode = Outcome(case.outcome).label if case.outcome else _mode(rows)
    used = f"{days}日" + (f"（其中中止、公告{stopped}日，不计入）" if stopped else "")
    return {
        "number": case.number,
        "rows": [
            pair(cell("案　　号", case.case_no), cell("案　　由", cause(matter))),
            wide("当 事 人", parties_block(matter)),
            pair(cell("受理日期", cn_date(case.filed_on)), cell("结案日期", cn_date(ended))),
            pair(cell("处理方式", str(mode)), cell("结　　果", _success(dispute))),
            pair(
                cell("请求金额", claimed_total(matter)),
                cell("结案金额", sum_in_words(awarded) if awarded else NOTHING),
            ),
            pair(cell("审理用时", used), cell("延　　期", "已批准延期" if dispute.extended else "没有延期")),
            wide("仲 裁 庭", tribunal_words(matter)),
            wide("处理结果", _result_summary(rows) or paragraphs(dispute.end_reason) or NOTHING, tall=True),
        ],
        "opinions": [
            opinion("仲裁庭意见", "审理终结，报请审批。", "仲裁员", proposed),
            opinion("审批意见", "同意。" if decided else "", "审批人", decided),
        ],
    }


def _mode(rows: Any) -> str:
    return "、".join(dict.fromkeys(str(row) for row in rows)) or NOTHING


def _success(dispute: Any) -> str:
    return str(Success(dispute.success).label) if dispute.success else NOTHING


def _result_summary(rows: Any) -> list[str]:
    return [line for row in rows for line in [str(row), *paragraphs(row.result)]]


def transfer_letter(matter: Matter) -> dict[str, Any]:
    """移送函: to which committee, why, what goes along."""
    dispute, case = dispute_of(matter), matter.case
    to = required(dispute.redirect_to, _("还没有写明移送到哪里"))
    why = said(matter, "reason", "why")
    papers = Document.objects.valid().filter(case=case).count()
    number = f"案号：{case.case_no}" if case.case_no else f"登记号：{case.receipt_no}"
    return notice(
        matter,
        to=to,
        body=[
            f"{applicants_named(matter)}诉{respondents_named(matter)}“{cause(matter)}”一案"
            f"（{number}），经审查不属本委管辖。",
            *paragraphs(why),
            f"依照{d.LAW}第二十一条、{d.CASE_RULES}第九条的规定，现将本案移送你委处理，审理期限自你委接收之日起计算。",
            "移送材料清单：",
        ],
        items=[
            "仲裁申请书及副本。",
            "当事人提交的证据材料（详见案卷目录）。",
            f"本委已制作的文书共{papers}份及送达回证。",
        ],
        closing="请予接收，并将接收日期函告本委。",
    )


def main_cover(matter: Matter) -> dict[str, Any]:
    """卷皮（正卷）: what parties may read and copy."""
    return _cover(matter, MAIN, dispute_of(matter).pages)


def second_cover(matter: Matter) -> dict[str, Any]:
    """卷皮（副卷）: approvals, deliberation; not opened to the parties."""
    return _cover(matter, SECOND, dispute_of(matter).inner_pages)


def _cover(matter: Matter, volume: str, pages: int | None) -> dict[str, Any]:
    dispute, case = dispute_of(matter), matter.case
    by_award = case.outcome in (Outcome.AWARD_FINAL, Outcome.AWARD_NONFINAL, Outcome.AWARD_PARTIAL)
    return {
        "volume": volume,
        "year": f"{case.filed_on.year}年度" if case.filed_on else "",
        "rows": [
            {"label": "案　　号", "text": case.number},
            {"label": "类　　别", "text": "集体劳动争议" if case.is_group else "劳动争议"},
            {"label": "申 请 人", "text": applicants_named(matter)},
            {"label": "被申请人", "text": respondents_named(matter)},
            {"label": "案　　由", "text": cause(matter)},
            {"label": "处理结果", "text": str(Outcome(case.outcome).label) if case.outcome else NOTHING},
            {"label": "仲 裁 庭", "text": tribunal_words(matter)},
            {"label": "立案日期", "text": cn_date(case.filed_on) or NOTHING},
            {"label": "结案日期", "text": cn_date(case.closed_on) or NOTHING},
            {"label": "归档日期", "text": cn_date(dispute.archived_on) or "　　　　年　　月　　日"},
            {"label": "页　　数", "text": f"本卷共{pages}页" if pages else "本卷共　　　页"},
            {"label": "保管期限", "text": f"不少于{KEEP[by_award]}"},
        ],
        "closed_to_parties": "本卷不对外提供查阅、复制" if volume == SECOND else "",
    }
