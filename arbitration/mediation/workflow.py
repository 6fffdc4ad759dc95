"""The procedure of labour mediation, row by row, as the law and the rules of case handling order it.

Read it beside 《劳动争议调解仲裁法》第二章 and 《劳动人事争议仲裁办案规则》第四章. What the parties and the court do is
recorded by the institute. Row numbers are those of `docs/procedure-mediation.md`.
"""

from django.utils.translation import gettext_lazy as _

from arbitration import deadlines as d
from arbitration.mediation import forms as f
from arbitration.mediation import guards as g
from arbitration.mediation.actors import A, C, K, T, Y, Z
from arbitration.mediation.desk import rows_for
from arbitration.mediation.effects import (
    KeepDemand,
    KeepMinutes,
    MakeAgreement,
    MarkRepresentatives,
    MoveOrder,
    NobodyAgreed,
    OpenDispute,
    PayInstalment,
    RecordService,
    StartOwnLimits,
    TellWaiting,
)
from arbitration.mediation.opening import RECEIVED
from arbitration.mediation.services import open_for
from arbitration.mediation.states import BEFORE_AGREEMENT, ENFORCEABLE, OWED, State
from cases.effects import Assign, EndClocks, Extend, Meet, NumberCase, Start
from cases.models import CaseKind, Duty
from cases.workflow.table import Step, Workflow
from documents.catalogue import ready_kinds, title_of
from documents.effects import Issue
from documents.selectors import hidden_from

BASIS = _("依据：《劳动争议调解仲裁法》《劳动人事争议仲裁办案规则》《企业劳动争议协商调解规定》等。")
MEDIATOR = (("mediator", Duty.MEDIATOR),)
SAID = ("worker_position", "employer_position", "proposals", "result")

# From the question to the mediator

APPLY = Step(
    name="apply",
    row="1a",
    label=_("登记调解申请"),
    source=(State.INQUIRY,),
    target=State.SEEKING_CONSENT,
    by=(K,),
    guards=(g.parties_named, g.claims_complete),
    then=(KeepDemand(), *RECEIVED, Issue("MD01")),
    documents=("MD01", "MD02"),
    form=f.ApplyForm,
    public=_("已登记，正在征求对方意见"),
    explain=_("调解期限从收到申请起算；3个工作日内征求对方意见，决定是否受理"),
    awaited=g.always,
    law=f"{d.LAW}第十二条、第十四条、{d.ENTERPRISE}第二十二条",
)

ACCEPT = Step(
    name="accept",
    row="2",
    label=_("对方同意，受理"),
    source=(State.SEEKING_CONSENT,),
    target=State.ACCEPTED,
    by=(T, Y),
    guards=(g.other_side_consents, g.mediator_is_neutral),
    then=(
        Assign(MEDIATOR),
        NumberCase("mediation_case"),
        Meet(d.ACCEPT_MEDIATION),
        StartOwnLimits(),
        Issue("MD03"),
    ),
    documents=("MD03",),
    form=f.AcceptForm,
    public=_("双方同意调解，已受理"),
    explain=_("编调解案号，确定调解员；受理通知书交双方"),
    awaited=g.always,
    law=f"{d.ENTERPRISE}第二十二条、{d.LAW}第十一条",
)

CHANGE_MEDIATOR = Step(
    name="change_mediator",
    row="2a",
    label=_("更换调解员"),
    source=(State.ACCEPTED, State.MEDIATING),
    target=None,
    by=(Y,),
    guards=(g.mediator_is_neutral, g.is_another_mediator),
    then=(Assign(MEDIATOR),),
    form=f.ChangeMediatorForm,
    explain=_("原调解员不再看得到双方的方案；期限照算"),
    law=f"{d.LAW}第十一条",
)

DECLINE = Step(
    name="decline",
    row="3",
    label=_("不予受理或者对方不同意"),
    source=(State.SEEKING_CONSENT,),
    target=State.DECLINED,
    by=(T,),
    guards=(g.no_answer_in_time,),
    then=(EndClocks(), TellWaiting(), Issue("MD04")),
    documents=("MD04",),
    form=f.DeclineForm,
    confirm=True,
    public=_("没有受理调解，可以申请仲裁"),
    explain=_("书面告知当事人可以申请仲裁"),
    law=f"{d.ENTERPRISE}第二十二条、{d.LAW}第五条",
)

NAME_REPRESENTATIVES = Step(
    name="name_representatives",
    row="4a",
    label=_("登记推举代表"),
    source=(State.SEEKING_CONSENT, State.ACCEPTED, State.MEDIATING),
    target=None,
    by=(T, K),
    guards=(g.is_collective,),
    then=(MarkRepresentatives(),),
    form=f.RepresentativesForm,
    explain=_("十人以上推举三至五名代表参加调解"),
    awaited=g.is_group_without_voice,
    law=f"{d.LAW}第七条、{d.CASE_RULES}第六十三条",
)

# Meetings

CONVENE = Step(
    name="convene",
    row="4",
    label=_("安排调解"),
    source=(State.ACCEPTED, State.MEDIATING),
    target=State.MEDIATING,
    by=(Z,),
    guards=(g.represented,),
    then=(Issue("MD05"),),
    documents=("MD05",),
    form=f.ConveneForm,
    public=_("正在调解"),
    explain=_("生成调解通知；可以安排几次"),
    awaited=g.no_meeting_yet,
    law=f"{d.LAW}第十一条、第十三条",
)

RECORD_MEETING = Step(
    name="record_meeting",
    row="5",
    label=_("登记调解笔录"),
    source=(State.MEDIATING,),
    target=None,
    by=(Z,),
    guards=(g.held_after_acceptance,),
    then=(KeepMinutes(), Issue("MD06")),
    documents=("MD06",),
    form=f.MinutesForm,
    explain=_("双方的意见和方案只有本案调解员和仲裁院负责人看得到"),
    secret=SAID,
    law=f"{d.LAW}第十三条",
)

AGREE = Step(
    name="agree",
    row="6",
    label=_("达成协议"),
    source=(State.MEDIATING,),
    target=State.AGREED,
    by=(Z,),
    guards=(
        g.offers_settled,
        g.agreed_after_acceptance,
        g.paid_after_agreement,
        g.is_voluntary,
        g.is_signed,
    ),
    then=(
        MakeAgreement(),
        Meet(d.MEDIATE),
        Meet(d.MEDIATE_IN_ENTERPRISE),
        Meet(d.MEDIATE_BEFORE_CASE),
        Start(d.REQUEST_REVIEW, from_="agreed_on"),
        Start(d.REQUEST_CONFIRMATION, from_="agreed_on"),
        TellWaiting(),
        Issue("MD07"),
    ),
    documents=("MD07",),
    form=f.AgreeForm,
    public=_("已达成调解协议"),
    explain=_(
        "协议内容按调解台最后一轮双方同意的方案生成；每期付款各有期限；15日内可以申请仲裁审查，30日内可以申请司法确认"
    ),
    awaited=g.always,
    law=f"{d.LAW}第十四条",
)

FAIL = Step(
    name="fail",
    row="7",
    label=_("调解不成"),
    source=(State.ACCEPTED, State.MEDIATING),
    target=State.FAILED,
    by=(Z,),
    guards=(g.stopped_after_acceptance,),
    then=(NobodyAgreed(), EndClocks(), TellWaiting(), Issue("MD08")),
    documents=("MD08",),
    form=f.FailForm,
    confirm=True,
    public=_("调解不成，可以申请仲裁"),
    explain=_("书面告知当事人可以申请仲裁"),
    law=f"{d.LAW}第五条、第十四条",
)

LAPSE = Step(
    name="lapse",
    row="7a",
    label=_("期限届满，调解不成"),
    source=(State.ACCEPTED, State.MEDIATING),
    target=State.FAILED,
    by=(Z,),
    guards=(g.limit_passed,),
    then=(NobodyAgreed(), EndClocks(), TellWaiting(), Issue("MD08")),
    documents=("MD08",),
    confirm=True,
    public=_("期限届满没有达成协议，可以申请仲裁"),
    explain=_("收到申请15日内没有达成协议的，当事人可以申请仲裁"),
    awaited=g.limit_is_over,
    law=f"{d.LAW}第十四条",
)

WITHDRAW = Step(
    name="withdraw",
    row="13",
    label=_("登记撤回申请"),
    source=BEFORE_AGREEMENT,
    target=State.WITHDRAWN,
    by=(K,),
    guards=(g.withdrawn_after_receipt,),
    then=(EndClocks(), TellWaiting(), Issue("MD17")),
    documents=("MD17",),
    form=f.WithdrawForm,
    confirm=True,
    public=_("已撤回申请，可以重新申请"),
    explain=_("达成协议以前，申请人可以撤回"),
    law=f"{d.LAW}第十二条",
)

# Performance

RECORD_PAYMENT = Step(
    name="record_payment",
    row="8",
    label=_("登记履行"),
    source=OWED,
    target=State.PERFORMING,
    by=(Z,),
    guards=(g.something_owed, g.paid_after_effect),
    then=(PayInstalment(), Issue("MD15")),
    documents=("MD15",),
    form=f.PaymentForm,
    public=_("协议正在履行"),
    explain=_("一期一期登记，要有付款凭证；这一期都收到了，它的期限就完成"),
    awaited=g.waits_for_payment,
    law=f"{d.LAW}第十四条",
)

RECORD_LATER_PAYMENT = Step(
    name="record_later_payment",
    row="8a",
    label=_("登记履行（审查或者确认后）"),
    source=ENFORCEABLE,
    target=None,
    by=(Z,),
    guards=(g.something_owed, g.paid_after_effect),
    then=(PayInstalment(), Issue("MD15")),
    documents=("MD15",),
    form=f.PaymentForm,
    explain=_("审查、确认以后照样按期登记付款"),
    awaited=g.waits_for_payment,
    law=f"{d.LAW}第十四条",
)

RECORD_PERFORMANCE = Step(
    name="record_performance",
    row="8b",
    label=_("登记其他义务的履行"),
    source=OWED,
    target=State.PERFORMING,
    by=(Z,),
    then=(Issue("MD15"),),
    documents=("MD15",),
    form=f.PerformanceForm,
    public=_("协议正在履行"),
    explain=_("补签合同、出具证明等不付钱的义务"),
    law=f"{d.LAW}第十四条",
)

NOTE_DEFAULT = Step(
    name="note_default",
    row="8c",
    label=_("登记违约"),
    source=OWED,
    target=None,
    by=(Z,),
    guards=(g.something_overdue, g.default_not_noted),
    form=f.DefaultForm,
    explain=_("到期没有付款：下一步可以申请支付令，或者转仲裁"),
    awaited=g.is_broken,
    law=f"{d.LAW}第十五条、第十六条",
)

# 仲裁审查

REQUEST_REVIEW = Step(
    name="request_review",
    row="9",
    label=_("共同申请仲裁审查"),
    source=(State.AGREED,),
    target=State.UNDER_REVIEW,
    by=(K,),
    guards=(g.review_in_time, g.confirms_no_relation, g.not_before_the_court),
    then=(Meet(d.REQUEST_REVIEW, from_="requested_on"), Issue("MD09")),
    documents=("MD09",),
    form=f.ReviewRequestForm,
    public=_("正在仲裁审查"),
    explain=_("双方共同申请；审查合格的出具有强制执行力的调解书"),
    law=f"{d.CASE_RULES}第七十四条、第七十五条",
)

ACCEPT_REVIEW = Step(
    name="accept_review",
    row="9a",
    label=_("受理审查申请"),
    source=(State.UNDER_REVIEW,),
    target=None,
    by=(A,),
    guards=(g.review_not_accepted,),
    then=(Start(d.REVIEW_AGREEMENT), Issue("MD10")),
    documents=("MD10",),
    explain=_("5个工作日内审查完毕"),
    awaited=lambda case: case.mediation.review_accepted_on is None,
    law=f"{d.CASE_RULES}第七十五条、第七十六条",
)

EXTEND_REVIEW = Step(
    name="extend_review",
    row="9b",
    label=_("延长审查期限"),
    source=(State.UNDER_REVIEW,),
    target=None,
    proposed_by=(A,),
    by=(Y, C),
    guards=(g.review_accepted, g.review_extendable),
    then=(Extend(d.REVIEW_AGREEMENT, 5),),
    form=f.ExtendReviewForm,
    explain=_("经批准可以延长5个工作日，只能延长一次"),
    law=f"{d.CASE_RULES}第七十六条",
)

CONFIRM_REVIEW = Step(
    name="confirm_review",
    row="9c",
    label=_("审查合格，出具调解书"),
    source=(State.UNDER_REVIEW,),
    target=State.REVIEW_CONFIRMED,
    by=(A,),
    guards=(g.review_accepted, g.agreement_lawful),
    then=(Meet(d.REVIEW_AGREEMENT), Issue("MD11")),
    documents=("MD11",),
    form=f.ConfirmReviewForm,
    public=_("审查合格，已出具调解书"),
    explain=_("双方签收以后，调解书可以申请强制执行"),
    awaited=lambda case: case.mediation.review_accepted_on is not None,
    law=f"{d.CASE_RULES}第七十七条",
)

REFUSE_REVIEW = Step(
    name="refuse_review",
    row="9d",
    label=_("不予出具调解书"),
    source=(State.UNDER_REVIEW,),
    target=State.FAILED,
    by=(A,),
    then=(Meet(d.REVIEW_AGREEMENT), EndClocks(), Issue("MD12")),
    documents=("MD12",),
    form=f.RefuseReviewForm,
    confirm=True,
    public=_("审查不予出具调解书，可以申请仲裁"),
    explain=_("当事人可以就原争议申请仲裁"),
    law=f"{d.CASE_RULES}第七十五条、第七十八条",
)

WITHDRAW_REVIEW = Step(
    name="withdraw_review",
    row="9e",
    label=_("撤回审查申请"),
    source=(State.UNDER_REVIEW,),
    target=State.FAILED,
    by=(K,),
    then=(EndClocks(),),
    form=f.WithdrawReviewForm,
    confirm=True,
    public=_("撤回了审查申请，可以申请仲裁"),
    explain=_("调解书作出以前，一方或者双方撤回的，审查终止"),
    law=f"{d.CASE_RULES}第七十九条",
)

SIGN_PAPER = Step(
    name="sign_paper",
    row="9f",
    label=_("登记双方签收调解书"),
    source=(State.REVIEW_CONFIRMED,),
    target=None,
    by=(K,),
    guards=(g.paper_unsigned, g.signed_after_paper),
    form=f.SignPaperForm,
    explain=_("双方签收的，调解书生效，可以申请强制执行"),
    awaited=lambda case: case.mediation.paper_signed_on is None,
    law=f"{d.CASE_RULES}第七十七条",
)

# The court

REQUEST_CONFIRMATION = Step(
    name="request_confirmation",
    row="10",
    label=_("共同申请司法确认"),
    source=(State.AGREED,),
    target=None,
    by=(K,),
    guards=(g.confirmation_in_time, g.not_before_the_court),
    then=(Meet(d.REQUEST_CONFIRMATION, from_="requested_on"), Issue("MD13")),
    documents=("MD13",),
    form=f.CourtForm,
    explain=_("双方共同向法院申请确认协议的效力"),
    law=f"{d.CIVIL_PROCEDURE}第二百零五条",
)

CONFIRM_IN_COURT = Step(
    name="confirm_in_court",
    row="10a",
    label=_("法院裁定确认"),
    source=(State.AGREED,),
    target=State.COURT_CONFIRMED,
    by=(K,),
    guards=(g.confirmation_requested, g.ruled_after_request),
    form=f.RulingForm,
    public=_("法院已确认协议有效"),
    explain=_("确认裁定可以申请强制执行"),
    awaited=lambda case: case.mediation.court_requested_on is not None,
    law=f"{d.CIVIL_PROCEDURE}第二百零六条",
)

COURT_REFUSES = Step(
    name="court_refuses",
    row="10b",
    label=_("法院不予确认"),
    source=(State.AGREED,),
    target=None,
    by=(K,),
    guards=(g.confirmation_requested, g.ruled_after_request),
    form=f.CourtRefusesForm,
    explain=_("协议仍是合同；不履行的可以转仲裁"),
    law=f"{d.CIVIL_PROCEDURE}第二百零六条",
)

REQUEST_ORDER = Step(
    name="request_order",
    row="11",
    label=_("申请支付令"),
    source=OWED,
    target=None,
    by=(K,),
    guards=(g.is_for_money_of_work, g.something_overdue, g.no_order_open),
    then=(Start(d.COURT_ANSWERS_ORDER, from_="requested_on"), Issue("MD14")),
    documents=("MD14",),
    form=f.CourtForm,
    explain=_("协议约定的支付日没有付款，劳动者可以凭协议向法院申请支付令"),
    law=f"{d.LAW}第十六条、{d.CIVIL_PROCEDURE}第二百二十五条",
)

MOVE_ORDER = Step(
    name="move_order",
    row="11a",
    label=_("登记支付令进展"),
    source=OWED,
    target=None,
    by=(K,),
    guards=(g.order_open, g.stage_follows),
    then=(MoveOrder(),),
    form=f.OrderForm,
    explain=_("法院5日内答复，受理后15日内发出；债务人收到后15日内清偿或者提出异议"),
    law=f"{d.CIVIL_PROCEDURE}第二百二十六条至第二百二十八条",
)

# The next track and the end

TO_ARBITRATION = Step(
    name="to_arbitration",
    row="12",
    label=_("转仲裁"),
    source=(*OWED, State.FAILED, State.DECLINED),
    target=State.TO_ARBITRATION,
    by=(K,),
    guards=(g.broken_or_failed, g.nobody_still_waits),
    then=(OpenDispute(), EndClocks()),
    form=f.ToArbitrationForm,
    public=_("已转仲裁"),
    explain=_("打开一件仲裁案件，当事人、请求、协议和材料一并转去，不用再填；时效从今天重新起算"),
    awaited=g.is_broken,
    law=f"{d.LAW}第五条、第十五条、第二十七条",
)

REST_TO_ARBITRATION = Step(
    name="rest_to_arbitration",
    row="12a",
    label=_("部分人转仲裁"),
    source=(*OWED, *ENFORCEABLE),
    target=None,
    by=(K,),
    guards=(g.somebody_left,),
    then=(OpenDispute(),),
    form=f.ToArbitrationForm,
    explain=_("没有达成协议的、到期没有拿到钱的人转仲裁；其他人的协议照常履行"),
    law=f"{d.LAW}第五条、第十五条",
)

ARCHIVE = Step(
    name="archive",
    row="14",
    label=_("归档"),
    source=(
        State.PERFORMING,
        State.REVIEW_CONFIRMED,
        State.COURT_CONFIRMED,
        State.FAILED,
        State.DECLINED,
        State.WITHDRAWN,
    ),
    target=State.ARCHIVED,
    by=(T,),
    guards=(g.nothing_left, g.contents_complete),
    then=(EndClocks(), Issue("MD16")),
    documents=("MD16",),
    form=f.ArchiveForm,
    public=_("已归档"),
    explain=_("生成卷宗目录；归档以后不再改动"),
    awaited=lambda case: (
        case.state in (State.FAILED, State.DECLINED, State.WITHDRAWN) or not g.waits_for_payment(case)
    ),
    law=f"{d.CASE_RULES}第二十二条、第二十四条",
)

SERVE = Step(
    name="serve",
    row="S",
    label=_("登记送达"),
    source=tuple(state for state in State if state not in (State.INQUIRY, State.ARCHIVED)),
    target=None,
    by=(K,),
    guards=(g.served_after_issue,),
    then=(RecordService(),),
    form=f.ServeForm,
    explain=_("受理、不成、不同意的通知送到双方"),
    law=f"{d.CASE_RULES}第二十条、《民事诉讼法》第八十七条至第九十五条",
)

MEDIATION = Workflow(
    kind=CaseKind.MEDIATION,
    label=_("劳动争议调解"),
    version=1,
    model_name="mediation.MediationCase",
    detail="mediation",
    states=State,
    initial=State.INQUIRY,
    final=frozenset({State.TO_ARBITRATION, State.ARCHIVED}),
    headline_rules=("MED-03", "MED-06", "MED-13", "MED-02"),
    law=BASIS,
    ready_documents=ready_kinds,
    document_title=title_of,
    steps=(
        APPLY,
        ACCEPT,
        CHANGE_MEDIATOR,
        DECLINE,
        NAME_REPRESENTATIVES,
        LAPSE,
        CONVENE,
        RECORD_MEETING,
        AGREE,
        FAIL,
        NOTE_DEFAULT,
        TO_ARBITRATION,
        RECORD_PAYMENT,
        RECORD_LATER_PAYMENT,
        RECORD_PERFORMANCE,
        REST_TO_ARBITRATION,
        REQUEST_REVIEW,
        ACCEPT_REVIEW,
        EXTEND_REVIEW,
        CONFIRM_REVIEW,
        REFUSE_REVIEW,
        WITHDRAW_REVIEW,
        SIGN_PAPER,
        REQUEST_CONFIRMATION,
        CONFIRM_IN_COURT,
        COURT_REFUSES,
        REQUEST_ORDER,
        MOVE_ORDER,
        WITHDRAW,
        ARCHIVE,
        SERVE,
    ),
    to_do=rows_for,
    panel="mediation/_panel.html",
    roles={"worker": _("劳动者"), "respondent": _("用人单位"), "third_party": _("第三人")},
    on_referral=open_for,
    hidden_documents=hidden_from,
)
