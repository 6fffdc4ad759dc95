"""What becomes of an agreement: review, court, performance, the file: MD09 to MD16."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from arbitration import deadlines as d
from arbitration.mediation import standing
from arbitration.mediation.documents.values import (
    agreed_list,
    both_named,
    claim_lines,
    mediation_of,
    mediator_named,
    notice,
    unit_named,
    unit_of,
    unit_rows,
    worker_rows,
    workers,
)
from arbitration.mediation.states import Outcome, RefusalGround, State
from documents.blocks import cell, opinion, pair, signed, wide
from documents.context import Matter, required
from documents.wording import NOTHING, cn_date, paragraphs, plain_yuan, sum_in_words


def _agreed_on(matter: Matter) -> str:
    return cn_date(required(mediation_of(matter).agreed_on, _("还没有达成协议")))


def _agreed_rows(matter: Matter) -> list[list[dict[str, Any]]]:
    case = matter.case
    return [
        pair(cell("协议案号", case.case_no), cell("生效日期", _agreed_on(matter))),
        wide("协议金额", sum_in_words(case.confirmed_fen) if case.confirmed_fen else NOTHING),
    ]


# 仲裁审查


def review_request(matter: Matter) -> dict[str, Any]:
    """仲裁审查申请书 of both sides."""
    mediation = mediation_of(matter)
    requested = cn_date(required(mediation.review_requested_on, _("还没有申请仲裁审查")))
    return {
        "rows": [
            wide("共同申请人", both_named(matter)),
            *_agreed_rows(matter),
            pair(cell("申请日期", requested), cell("调 解 员", mediator_named(matter))),
            wide("送达地址和电话", str(matter.fact("addresses") or NOTHING), tall=True),
            wide("申请事项", f"请求依照{d.CASE_RULES}第七十四条的规定审查上述调解协议，制作调解书。"),
            wide("附　　件", ["1．调解协议书原件", "2．身份证明、营业执照复印件", "3．有关证据材料"]),
        ],
        "opinions": [
            opinion("劳 动 者", "双方自愿、共同申请，协议内容真实。", "劳动者"),
            opinion("用人单位", "双方自愿、共同申请，协议内容真实。", "代表人"),
        ],
    }


def review_accepted(matter: Matter) -> dict[str, Any]:
    """仲裁审查受理通知书."""
    mediation = mediation_of(matter)
    accepted = cn_date(required(mediation.review_accepted_on, _("还没有受理审查申请")))
    return notice(
        matter,
        to=both_named(matter),
        body=[
            f"你们于{cn_date(mediation.review_requested_on)}共同提出的审查调解协议（{matter.case.case_no}）的申请收悉。"
            f"依照{d.CASE_RULES}第七十五条的规定，本委自{accepted}起受理。",
            "审查自受理之日起五个工作日内结束，情况复杂的经批准可以延长五个工作日。调解书作出以前，一方或者双方撤回申请的，审查终止。",
        ],
    )


def mediation_paper(matter: Matter) -> dict[str, Any]:
    """仲裁调解书 made of an agreement that was reviewed: its articles, and from when it binds."""
    case, mediation = matter.case, mediation_of(matter)
    made = required(mediation.review_decided_on, _("审查还没有结束"))
    return {
        **notice(
            matter,
            to=both_named(matter),
            body=[
                f"申请人{both_named(matter)}因劳动争议（{'；'.join(claim_lines(matter))}），经{case.agency.name}调解，"
                f"于{_agreed_on(matter)}达成调解协议（{case.case_no}），共同申请本委审查。本委于{cn_date(made)}审查终结。",
                "经审查查明：",
                *paragraphs(mediation.review_text),
                f"上述协议是双方真实意思表示，内容明确，不违反法律、行政法规的强制性规定。依照{d.CASE_RULES}第七十七条的规定，确认如下：",
                *paragraphs(mediation.agreement_text),
            ],
            after=[
                "本调解书经双方当事人签收后，发生法律效力。一方逾期不履行的，另一方可以向有管辖权的人民法院申请强制执行。"
            ],
            closing="",
        ),
        "list": agreed_list(matter),
    }


def review_refused(matter: Matter) -> dict[str, Any]:
    """不予制作调解书通知书: the ground and what the parties may do."""
    mediation = mediation_of(matter)
    ground = RefusalGround(required(mediation.review_ground, _("没有决定不予出具")))
    return notice(
        matter,
        to=both_named(matter),
        body=[
            f"你们共同申请审查的调解协议（{matter.case.case_no}），经审查有“{ground.label}”的情形：",
            *paragraphs(mediation.review_text),
            f"依照{d.CASE_RULES}第七十八条的规定，本委不予制作调解书。当事人可以就原争议依法申请仲裁。",
        ],
    )


# The court


def confirmation_request(matter: Matter) -> dict[str, Any]:
    """司法确认申请书 of both sides."""
    mediation = mediation_of(matter)
    required(mediation.court_requested_on, _("还没有申请司法确认"))
    return {
        "rows": [
            wide("受理法院", mediation.court),
            wide("共同申请人", both_named(matter)),
            *worker_rows(matter),
            *unit_rows(matter),
            *_agreed_rows(matter),
            wide("申请事项", f"请求依照{d.CIVIL_PROCEDURE}第二百零五条的规定，裁定确认上述调解协议有效。"),
            wide(
                "双方承诺",
                "协议出于自愿，没有恶意串通、规避法律的行为；损害他人合法权益的，愿意承担法律责任。",
            ),
        ],
        "opinions": [opinion("劳 动 者", "", "劳动者"), opinion("用人单位", "", "代表人")],
        "list": agreed_list(matter),
    }


def order_request(matter: Matter) -> dict[str, Any]:
    """支付令申请书: the agreement, the sum that was not paid, since when."""
    mediation, unit = mediation_of(matter), unit_of(matter)
    asked = required(mediation.order_requested_on, _("还没有申请支付令"))
    late = standing.overdue(matter.case, asked) or standing.unpaid(matter.case)
    owed = sum(row.left_fen for row in late)
    since = min((row.due_on for row in late), default=None)
    named = {row.worker_id for row in late}
    people = [party.name for party in workers(matter) if party.pk in named]
    return {
        "rows": [
            wide("受理法院", mediation.court or settings.DISTRICT_COURT),
            wide("申 请 人", "、".join(people[:5]) + (f"等{len(people)}人" if len(people) > 5 else "")),
            wide("被申请人", f"{unit.name}{f'（{unit.uscc}）' if unit.uscc else ''}"),
            *_agreed_rows(matter),
            pair(cell("违约日期", cn_date(since)), cell("申请日期", cn_date(asked))),
            wide("请求金额", sum_in_words(owed) if owed else NOTHING),
            wide(
                "事实和理由",
                f"双方于{_agreed_on(matter)}达成调解协议，被申请人没有按约定的日期支付。依照{d.LAW}第十六条的规定，"
                "请求向被申请人发出支付令。",
                tall=True,
            ),
        ],
        "opinions": [opinion("申 请 人", "", "申请人")],
    }


# Performance and the file


def performance_record(matter: Matter) -> dict[str, Any]:
    """履行记录: every payment with its voucher, and what is left."""
    case = matter.case
    payments: dict[tuple[Any, str], int] = {}
    for row in case.payments.filter(reversed_at=None).order_by("paid_on", "pk"):
        payments[row.paid_on, row.voucher_no] = (
            payments.get((row.paid_on, row.voucher_no), 0) + row.amount_fen
        )
    lines = [f"{cn_date(on)}　{plain_yuan(fen)}元　凭证{no}" for (on, no), fen in payments.items()]
    left = sum(row.left_fen for row in standing.unpaid(case))
    other = matter.fact("content")
    return {
        "rows": [
            wide("双　　方", both_named(matter)),
            *_agreed_rows(matter),
            wide("付款记录", lines or [NOTHING], tall=True),
            wide("其他义务", str(other) if other else NOTHING),
            pair(
                cell("已　　付", f"{plain_yuan(case.paid_fen)}元"),
                cell("未　　付", f"{plain_yuan(left)}元" if left else "付清"),
            ),
        ],
        "opinions": [opinion("核　　对", "", "调解员", signed(case.handler, matter.on))],
    }


def contents(matter: Matter) -> dict[str, Any]:
    """卷宗目录: the papers in order, how the case ended. What was kept from others is named, not shown."""
    case, mediation = matter.case, mediation_of(matter)
    papers = case.documents.filter(state="issued").order_by("issued_at", "pk").values_list("title", "number")
    listed = [f"{n}．{title}{f'　{number}' if number else ''}" for n, (title, number) in enumerate(papers, 1)]
    outcome = str(Outcome(case.outcome).label) if case.outcome else str(State(case.state).label)
    return {
        "rows": [
            pair(cell("登 记 号", case.receipt_no), cell("案　　号", case.case_no or NOTHING)),
            wide("双　　方", f"{matter.people.workers_named}与{unit_named(matter)}"),
            pair(
                cell("收到日期", cn_date(case.received_on)),
                cell("结束日期", cn_date(case.ended_on) or NOTHING),
            ),
            pair(cell("结束方式", outcome), cell("调 解 员", str(case.handler or NOTHING))),
            wide("目　　录", listed or [NOTHING], tall=True),
            wide("页　　数", f"{mediation.pages}页" if mediation.pages else NOTHING),
        ],
        "opinions": [opinion("立　　卷", "", "立卷人", signed(matter.by, matter.on))],
    }
