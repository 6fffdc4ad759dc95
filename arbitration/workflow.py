"""The procedure of arbitration, row by row, as the law and the rules of procedure order it.

Read it beside 《劳动争议调解仲裁法》 and 《劳动人事争议仲裁办案规则》. What a party does is recorded by the institute.
Where a row has ``proposed_by``, another person decides. Row numbers are those of `docs/procedure-arbitration.md`.
"""

from django.utils.translation import gettext_lazy as _

from arbitration import deadlines as d
from arbitration import forms as f
from arbitration import guards as g
from arbitration.actors import A, C, Q, R, T, V, Y
from arbitration.desk import rows_for
from arbitration.effects import (
    MERGED,
    OUTLIVES,
    SPLIT,
    AcceptClaims,
    AddParty,
    Advance,
    Announce,
    AnnouncementOver,
    ApplicantGone,
    AskRecusal,
    AssignTribunal,
    ByMotion,
    Close,
    CopyReceived,
    DecideRecusal,
    DraftResult,
    DropDrafts,
    DropPaper,
    EnterLane,
    ExtendAward,
    HoldHearing,
    InForce,
    IntakeGoesOn,
    IssueResult,
    KeepFile,
    MarkClaim,
    MeetAward,
    NoteMerger,
    OfParty,
    OpenMediation,
    PauseAward,
    Postpone,
    RemedyOfPart,
    RestartAward,
    ResultReceived,
    ResumeAward,
    SaveClaim,
    SaveDeliberation,
    SaveInterruption,
    ServePaper,
    SetHearing,
    SignAwards,
    SignPaper,
    Stamp,
    StartAward,
    TellHeads,
    TellParty,
    WentOn,
)
from arbitration.representing import AdmitLawyer, LetterForm
from arbitration.services import open_for
from arbitration.states import (
    BEFORE_ACCEPTANCE,
    TO_THE_RESULT,
    UNDER_WAY,
    AwardForm,
    ClaimOrigin,
    Outcome,
    State,
)
from cases.effects import Drop, EndClocks, Meet, NumberCase, Pause, Start
from cases.models import CaseKind
from cases.workflow.table import Step, Workflow
from documents.catalogue import ready_kinds, title_of
from documents.effects import Issue
from documents.selectors import hidden_from

BASIS = _("依据：《劳动争议调解仲裁法》《劳动人事争议仲裁办案规则》等。")

BEFORE_THE_HEARING = (
    State.ACCEPTED,
    State.CONSTITUTING,
    State.REPLY_PERIOD,
    State.ENTRUSTED_MEDIATION,
    State.AWAITING_HEARING,
)
WITH_A_TRIBUNAL = tuple(state for state in UNDER_WAY if state != State.ACCEPTED)
CAN_SETTLE = (State.ENTRUSTED_MEDIATION, State.TRIBUNAL_MEDIATION)
MADE = (State.DECIDED, State.SERVING, State.CLOSED, State.EFFECTIVE)
INTAKE_DONE = (
    Meet(d.ASK_FOR_CORRECTION),
    Meet(d.ACCEPT_OR_REFUSE),
    Meet(d.ACCEPT_COLLECTIVE),
    Meet(d.EXPLAIN_JURISDICTION),
    Meet(d.FAST_ACCEPTANCE),
)

# Intake

REQUEST_CORRECTION = Step(
    name="request_correction",
    row="2",
    label=_("一次性告知补正"),
    source=(State.RECEIVED,),
    target=State.CORRECTING,
    by=(R,),
    guards=(g.corrected_once,),
    then=(Meet(d.ASK_FOR_CORRECTION), Drop(d.ACCEPT_OR_REFUSE), Drop(d.ACCEPT_COLLECTIVE), Issue("AD03")),
    documents=("AD03",),
    form=f.MissingForm,
    public=_("还缺材料，请补齐"),
    explain=_("只能要求补正一次，把缺的一次写全；收到补正的材料后，受理期限重新起算"),
    awaited=g.lacks_something,
    law=f"{d.CASE_RULES}第二十九条",
)

RECEIVE_CORRECTION = Step(
    name="receive_correction",
    row="3",
    label=_("收到补正材料，报批"),
    source=(State.CORRECTING,),
    target=State.FOR_APPROVAL,
    by=(R,),
    then=(IntakeGoesOn("received_on"), TellHeads("等立案审批")),
    form=f.CorrectedForm,
    public=_("材料已补齐，正在审批"),
    explain=_("受理期限从收到补正材料的次日重新起算"),
    awaited=g.always,
    law=f"{d.CASE_RULES}第二十九条、第四十六条",
)

LAPSE_CORRECTION = Step(
    name="lapse_correction",
    row="3a",
    label=_("期满未补正，报批"),
    source=(State.CORRECTING,),
    target=State.FOR_APPROVAL,
    by=(R,),
    guards=(g.correction_ran_out,),
    then=(IntakeGoesOn(), TellHeads("等立案审批")),
    form=f.OpinionForm,
    public=_("没有补齐材料，正在审批"),
    explain=_("由仲裁院负责人决定是否受理"),
    awaited=g.always,
    law=f"{d.CASE_RULES}第二十九条、第三十条",
)

ACCEPT_PROMISE = Step(
    name="accept_promise",
    row="3b",
    label=_("凭书面承诺报批（容缺受理）"),
    source=(State.RECEIVED, State.CORRECTING),
    target=State.FOR_APPROVAL,
    by=(R,),
    guards=(g.in_the_lane, g.claims_clear),
    then=(IntakeGoesOn(), Meet(d.ASK_FOR_CORRECTION), TellHeads("等立案审批（优先）")),
    form=f.PromiseForm,
    public=_("已承诺后补材料，正在审批"),
    explain=_("农民工工资争议，次要材料可以书面承诺后补，不等补齐就报批"),
    law=f"{d.CASE_RULES}第三十条、{d.FAST_COURT}",
)

SUPPLY_PROMISED = Step(
    name="supply_promised",
    row="3c",
    label=_("收到承诺后补的材料"),
    source=(State.FOR_APPROVAL, *TO_THE_RESULT),
    target=None,
    by=(R,),
    guards=(g.promise_is_open,),
    form=f.PromiseKeptForm,
    explain=_("承诺的材料补齐后登记"),
    awaited=g.promise_waits,
    law=f"{d.CASE_RULES}第三十条、{d.FAST_COURT}",
)

SUBMIT = Step(
    name="submit",
    row="4",
    label=_("材料齐全，报批立案"),
    source=(State.RECEIVED,),
    target=State.FOR_APPROVAL,
    by=(R,),
    guards=(g.parties_named, g.claims_clear),
    then=(Meet(d.ASK_FOR_CORRECTION), TellHeads("等立案审批")),
    form=f.OpinionForm,
    public=_("正在审批立案"),
    explain=_("写明审查意见，由仲裁院负责人决定；受理期限仍从收件起算"),
    awaited=g.is_complete,
    law=f"{d.LAW}第二十九条、{d.CASE_RULES}第三十条",
)

SUGGEST_MEDIATION = Step(
    name="suggest_mediation",
    row="5",
    label=_("案前调解，暂缓受理"),
    source=(State.RECEIVED,),
    target=State.PRE_MEDIATION,
    by=(R,),
    guards=(g.not_mediated_yet,),
    then=(
        Pause(d.ACCEPT_OR_REFUSE, from_="consent_on"),
        Start(d.MEDIATE_BEFORE_CASE, from_="consent_on"),
        OpenMediation(),
        Issue("AD04"),
    ),
    documents=("AD04",),
    form=f.SuggestForm,
    public=_("同意先调解"),
    explain=_("当事人同意才调解，随时可以不调；调解期间受理期限停住，结束之日起重新起算"),
    law=f"{d.LAW}第十条、{d.CASE_RULES}第六十九条",
)

MEDIATION_ENDED = Step(
    name="mediation_ended",
    row="6",
    label=_("案前调解结束，报批"),
    source=(State.PRE_MEDIATION,),
    target=State.FOR_APPROVAL,
    by=(R, T),
    guards=(g.parties_named, g.claims_clear),
    then=(
        Meet(d.MEDIATE_BEFORE_CASE, from_="ended_on"),
        IntakeGoesOn("ended_on"),
        Meet(d.ASK_FOR_CORRECTION),
        TellHeads("等立案审批"),
    ),
    form=f.MediationFailedForm,
    public=_("调解没有结果，正在审批立案"),
    explain=_("没有调成的报批立案；调成的，申请人撤回申请或者申请仲裁审查"),
    awaited=g.always,
    law=f"{d.LAW}第十四条、{d.CASE_RULES}第六十九条",
)

MEDIATION_DECLINED = Step(
    name="mediation_declined",
    row="6a",
    label=_("不愿调解，恢复收件审查"),
    source=(State.PRE_MEDIATION,),
    target=State.RECEIVED,
    by=(R, T),
    then=(Drop(d.MEDIATE_BEFORE_CASE), IntakeGoesOn("ended_on")),
    form=f.MediationEndForm,
    public=_("不调解，正在审查"),
    explain=_("任何一方不愿调解的，照常审查受理"),
    law=f"{d.CASE_RULES}第六十九条",
)

ACCEPT = Step(
    name="accept",
    row="7",
    label=_("受理"),
    source=(State.FOR_APPROVAL,),
    target=State.ACCEPTED,
    by=(Y, V),
    guards=(g.parties_named, g.claims_clear, g.ours_to_hear, g.not_in_two_groups),
    then=(
        NumberCase("arbitration_case"),
        *INTAKE_DONE,
        AcceptClaims(),
        StartAward(),
        EnterLane(),
        Issue("AD05", "AD06"),
    ),
    documents=("AD05", "AD06"),
    public=_("已受理"),
    explain=_("受理日期是审批人签署的今天；45日从今天起算，5个工作日内组庭并送达副本"),
    awaited=g.always,
    law=f"{d.LAW}第二十九条、{d.CASE_RULES}第三十条",
)

REFUSE = Step(
    name="refuse",
    row="8",
    label=_("不予受理"),
    source=(State.FOR_APPROVAL,),
    target=State.REFUSED,
    by=(Y, V),
    then=(*INTAKE_DONE, EndClocks(keep=OUTLIVES), Issue("AD07")),
    documents=("AD07",),
    form=f.RefuseForm,
    confirm=True,
    public=_("不予受理，通知书写明理由和起诉的权利"),
    explain=_("不计入受理数；申请人可以向法院起诉。时效不是不予受理的理由"),
    law=f"{d.LAW}第二十九条、{d.CASE_RULES}第三十一条、第三十四条",
)

RETURN_INTAKE = Step(
    name="return_intake",
    row="8a",
    label=_("退回补充审查"),
    source=(State.FOR_APPROVAL,),
    target=State.RECEIVED,
    by=(Y, V),
    form=f.ReasonForm,
    explain=_("退回立案人员，受理期限照算"),
    law=f"{d.CASE_RULES}第三十条",
)

REDIRECT = Step(
    name="redirect",
    row="9",
    label=_("不属本委管辖，书面说明"),
    source=(State.RECEIVED, State.CORRECTING, State.FOR_APPROVAL),
    target=State.REDIRECTED,
    by=(R,),
    then=(
        Meet(d.EXPLAIN_JURISDICTION),
        Meet(d.ACCEPT_OR_REFUSE),
        EndClocks(keep=OUTLIVES),
        Issue("AD36"),
    ),
    documents=("AD36",),
    form=f.ElsewhereForm,
    confirm=True,
    public=_("请向书面说明里的仲裁委员会申请"),
    explain=_("写明理由和有管辖权的机构；不计入受理数"),
    law=f"{d.LAW}第二十一条、{d.CASE_RULES}第三十一条",
)

WITHDRAW_APPLICATION = Step(
    name="withdraw_application",
    row="9a",
    label=_("受理以前撤回申请"),
    source=BEFORE_ACCEPTANCE,
    target=State.WITHDRAWN,
    by=(R,),
    then=(Drop(d.MEDIATE_BEFORE_CASE), EndClocks(keep=OUTLIVES)),
    form=f.WithdrawForm,
    confirm=True,
    public=_("已撤回申请，可以重新申请"),
    explain=_("不计入受理数；以后可以重新申请"),
    law=f"{d.CASE_RULES}第三十五条",
)

RECORD_LIMITATION = Step(
    name="record_limitation",
    row="9b",
    label=_("登记时效中断"),
    source=(*BEFORE_ACCEPTANCE, *UNDER_WAY),
    target=None,
    by=(R, C),
    then=(SaveInterruption(),),
    form=f.LimitationForm,
    explain=_("时效从中断之日起重新计算；只作提示，不妨碍受理"),
    law=f"{d.LAW}第二十七条、{d.CASE_RULES}第二十七条",
)

# Priority

ENTER_LANE = Step(
    name="enter_lane",
    row="L1",
    label=_("申请优先办理"),
    source=(*BEFORE_ACCEPTANCE, *TO_THE_RESULT),
    target=None,
    proposed_by=(R, A),
    by=(Y,),
    guards=(g.not_in_lane,),
    then=(ByMotion(),),
    form=f.LaneForm,
    explain=_("不符合农民工工资争议条件的，写明理由，由仲裁院负责人决定"),
    law=f"{d.CASE_RULES}第五条、{d.WAGE_NOTICE}",
)

LEAVE_LANE = Step(
    name="leave_lane",
    row="L2",
    label=_("退出优先办理"),
    source=(*BEFORE_ACCEPTANCE, *TO_THE_RESULT),
    target=None,
    proposed_by=(R, A),
    by=(Y,),
    guards=(g.is_in_lane,),
    then=(Drop(d.FAST_AWARD), Drop(d.FAST_ACCEPTANCE)),
    form=f.LaneForm,
    explain=_("核实后不符合条件的，写明理由；法定期限不变"),
    law=f"{d.CASE_RULES}第五条、{d.WAGE_NOTICE}",
)

SUPERVISE = Step(
    name="supervise",
    row="L3",
    label=_("挂牌督办"),
    source=TO_THE_RESULT,
    target=None,
    by=(Y, V),
    guards=(g.is_in_lane,),
    form=f.ReasonForm,
    explain=_("重大案件由负责人督办；没有理由不再延期"),
    law=f"{d.CASE_RULES}第五条、{d.WAGE_NOTICE}",
)

# After acceptance: elsewhere, or not at all

TRANSFER = Step(
    name="transfer",
    row="10",
    label=_("移送管辖"),
    source=(State.ACCEPTED, State.CONSTITUTING, State.REPLY_PERIOD),
    target=State.REDIRECTED,
    by=(Y, V),
    then=(Close(Outcome.TRANSFER), EndClocks(keep=OUTLIVES), Issue("AD32")),
    documents=("AD17", "AD32"),
    form=f.ElsewhereForm,
    confirm=True,
    public=_("已移送有管辖权的仲裁委员会"),
    explain=_("受理以后发现不属本委管辖；裁决期限从受移送的委员会接收之日起算"),
    law=f"{d.CASE_RULES}第九条、第四十六条",
)

REVOKE = Step(
    name="revoke",
    row="11",
    label=_("撤销案件"),
    source=(State.ACCEPTED, State.CONSTITUTING, State.REPLY_PERIOD),
    target=State.REVOKED,
    by=(Y, V),
    then=(
        Close(Outcome.REVOKE),
        EndClocks(keep=OUTLIVES),
        Start(d.NOTIFY_REVOCATION),
        Issue("AD21"),
    ),
    documents=("AD21",),
    form=f.ReasonForm,
    confirm=True,
    public=_("案件已撤销"),
    explain=_("不应当受理的撤销案件，5个工作日内通知当事人"),
    law=f"{d.CASE_RULES}第三十二条",
)

NOTIFY_REVOCATION = Step(
    name="notify_revocation",
    row="11a",
    label=_("登记撤销通知"),
    source=(State.REVOKED,),
    target=None,
    by=(C, R),
    then=(Meet(d.NOTIFY_REVOCATION, from_="done_on"),),
    documents=("AD21",),
    form=f.DoneForm,
    explain=_("双方都通知到以后登记"),
    awaited=g.revocation_to_tell,
    law=f"{d.CASE_RULES}第三十二条",
)

# The tribunal

CONSTITUTE = Step(
    name="constitute",
    row="12",
    label=_("组成仲裁庭"),
    source=(State.ACCEPTED,),
    target=State.CONSTITUTING,
    by=(Y,),
    guards=(g.enough_arbitrators, g.no_former_mediator, g.simple_allowed, g.small_enough),
    then=(AssignTribunal(), Meet(d.FORM_TRIBUNAL), Issue("AD08", "AD09", "AD10")),
    documents=("AD08", "AD09", "AD10"),
    form=f.ConstituteForm,
    public=_("已组成仲裁庭"),
    explain=_("十人以上三人组庭；书记员不能兼任仲裁员，调解过本案的人要双方同意"),
    awaited=g.always,
    law=f"{d.LAW}第三十一条、第三十二条、{d.CASE_RULES}第三十七条、第五十六条",
)

REPLACE_TRIBUNAL = Step(
    name="replace_tribunal",
    row="12a",
    label=_("更换仲裁庭成员"),
    source=WITH_A_TRIBUNAL,
    target=None,
    by=(Y,),
    guards=(g.enough_arbitrators, g.no_former_mediator),
    then=(AssignTribunal(), Issue("AD10")),
    documents=("AD10",),
    form=f.ReplaceTribunalForm,
    explain=_("换下来的人不再办理；重新通知双方组庭情况"),
    law=f"{d.LAW}第三十二条、{d.CASE_RULES}第三十七条",
)

CONSENT_TO_MEDIATOR = Step(
    name="consent_to_mediator",
    row="12b",
    label=_("登记同意原调解员审理"),
    source=(State.ACCEPTED, *WITH_A_TRIBUNAL),
    target=None,
    by=(R, C),
    form=f.MediatorConsentForm,
    explain=_("双方当事人都同意的，调解过本案的人才可以担任仲裁员"),
    law=f"{d.CASE_RULES}第六十九条、第七十条",
)

ASK_RECUSAL = Step(
    name="ask_recusal",
    row="12c",
    label=_("登记回避申请"),
    source=WITH_A_TRIBUNAL,
    target=None,
    by=(C, A),
    then=(AskRecusal(), TellHeads("申请回避")),
    form=f.AskRecusalForm,
    explain=_("3个工作日内决定；决定以前被申请的人不办理，紧急措施除外"),
    law=f"{d.LAW}第三十三条、{d.CASE_RULES}第十一条、第十二条",
)

DECIDE_RECUSAL = Step(
    name="decide_recusal",
    row="12d",
    label=_("决定回避"),
    source=WITH_A_TRIBUNAL,
    target=None,
    by=(Y,),
    guards=(g.recusal_was_asked, g.head_is_not_judged),
    then=(DecideRecusal(), Issue("AD18")),
    documents=("AD18",),
    form=f.DecideRecusalForm,
    explain=_("准予的不再办理本案，另指派人；仲裁院负责人的回避由主任决定"),
    awaited=g.recusal_waits,
    law=f"{d.LAW}第三十三条、{d.CASE_RULES}第十二条",
)

DECIDE_HEADS_RECUSAL = Step(
    name="decide_heads_recusal",
    row="12e",
    label=_("决定负责人回避"),
    source=WITH_A_TRIBUNAL,
    target=None,
    by=(V,),
    guards=(g.recusal_was_asked,),
    then=(DecideRecusal(), Issue("AD18")),
    documents=("AD18",),
    form=f.DecideRecusalForm,
    explain=_("仲裁院负责人的回避由仲裁委员会主任决定"),
    law=f"{d.CASE_RULES}第十二条",
)

SIMPLIFY = Step(
    name="simplify",
    row="12f",
    label=_("改用简易处理"),
    source=(State.CONSTITUTING, State.REPLY_PERIOD, State.AWAITING_HEARING),
    target=None,
    by=(A,),
    guards=(g.not_simplified, g.simple_allowed, g.small_enough),
    form=f.SimpleForm,
    explain=_("可以用简便方式通知，经同意缩短答辩期"),
    law=f"{d.CASE_RULES}第五十六条、第五十七条",
)

TO_GENERAL = Step(
    name="to_general",
    row="12g",
    label=_("转为一般程序"),
    source=WITH_A_TRIBUNAL,
    target=None,
    by=(A,),
    guards=(g.is_simplified, g.limit_not_over),
    form=f.GeneralForm,
    explain=_("在裁决期限届满以前决定；期限仍从受理起算"),
    law=f"{d.CASE_RULES}第六十一条",
)

# Service and reply

SERVE_COPY = Step(
    name="serve_copy",
    row="13",
    label=_("登记副本送达"),
    source=(State.CONSTITUTING,),
    target=State.REPLY_PERIOD,
    by=(C,),
    guards=(g.served_after_acceptance, g.left_with_proof, g.may_post),
    then=(ServePaper(("AD08",)), CopyReceived()),
    documents=("AD08", "AD12"),
    form=f.ServeCopyForm,
    public=_("申请书已送达被申请人，正在答辩期"),
    explain=_("答辩期从被申请人自己收到副本的次日起算；还有其他被申请人的，用“登记其他被申请人的副本送达”"),
    awaited=g.always,
    law=f"{d.LAW}第三十条、{d.CASE_RULES}第三十三条",
)

SERVE_FURTHER_COPY = Step(
    name="serve_further_copy",
    row="13a",
    label=_("登记其他被申请人的副本送达"),
    source=(State.REPLY_PERIOD, State.ENTRUSTED_MEDIATION, State.AWAITING_HEARING, State.IN_HEARING),
    target=None,
    by=(C,),
    guards=(g.served_after_acceptance, g.left_with_proof, g.may_post),
    then=(ServePaper(("AD08",)), CopyReceived()),
    documents=("AD08", "AD12"),
    form=f.ServeCopyForm,
    explain=_("每名被申请人的答辩期从自己收到起算"),
    awaited=g.copies_missing,
    law=f"{d.LAW}第三十条、{d.CASE_RULES}第三十三条",
)

RECORD_REPLY = Step(
    name="record_reply",
    row="14",
    label=_("登记答辩"),
    source=(State.REPLY_PERIOD, State.ENTRUSTED_MEDIATION, State.AWAITING_HEARING),
    target=None,
    by=(C, R),
    then=(
        Stamp("replied_on", "replied_on"),
        OfParty(d.REPLY, "replied_on"),
        Start(d.SERVE_REPLY, from_="replied_on", party="party"),
    ),
    form=f.ReplyForm,
    explain=_("5个工作日内把副本送达申请人；不答辩不影响审理"),
    law=f"{d.LAW}第三十条",
)

SERVE_REPLY = Step(
    name="serve_reply",
    row="14a",
    label=_("登记答辩书送达申请人"),
    source=(State.REPLY_PERIOD, State.ENTRUSTED_MEDIATION, State.AWAITING_HEARING, State.IN_HEARING),
    target=None,
    by=(C,),
    then=(Stamp("reply_served_on", "served_on"), OfParty(d.SERVE_REPLY, "served_on")),
    form=f.ServeReplyForm,
    explain=_("从收到答辩书起5个工作日"),
    law=f"{d.LAW}第三十条",
)

WAIVE_REPLY = Step(
    name="waive_reply",
    row="14b",
    label=_("登记同意缩短、取消答辩期"),
    source=(State.REPLY_PERIOD,),
    target=None,
    by=(C, A),
    guards=(g.reply_may_be_waived,),
    then=(Stamp("reply_waived_on", "waived_on"), OfParty(d.REPLY, "waived_on", met=False)),
    form=f.WaiveReplyForm,
    explain=_("简易处理经被申请人书面同意，可以不等答辩期"),
    law=f"{d.CASE_RULES}第五十八条",
)

OBJECT_JURISDICTION = Step(
    name="object_jurisdiction",
    row="14c",
    label=_("登记管辖异议"),
    source=(State.REPLY_PERIOD,),
    target=None,
    by=(C, R),
    guards=(g.within_reply_period,),
    then=(TellHeads("提出管辖异议"),),
    form=f.ObjectForm,
    explain=_("答辩期内书面提出；逾期的不影响审理"),
    law=f"{d.CASE_RULES}第十条",
)

REJECT_OBJECTION = Step(
    name="reject_objection",
    row="14d",
    label=_("驳回管辖异议"),
    source=(State.REPLY_PERIOD,),
    target=None,
    by=(Y, V),
    guards=(g.objection_is_open,),
    then=(Issue("AD17"),),
    documents=("AD17",),
    form=f.ReasonForm,
    explain=_("成立的办理“移送管辖”"),
    awaited=g.objection_waits,
    law=f"{d.CASE_RULES}第十条",
)

FILE_COUNTERCLAIM = Step(
    name="file_counterclaim",
    row="15",
    label=_("登记反申请"),
    source=(State.REPLY_PERIOD,),
    target=None,
    by=(C, R),
    guards=(g.counterclaims_in_time,),
    then=(
        SaveClaim(ClaimOrigin.COUNTER, is_accepted=False),
        Start(d.DECIDE_COUNTERCLAIM, from_="arrived_on"),
        TellHeads("提出反申请"),
    ),
    form=f.CounterclaimForm,
    explain=_("5个工作日内决定是否受理；逾期的另行申请"),
    law=f"{d.CASE_RULES}第三十六条",
)

ACCEPT_COUNTERCLAIM = Step(
    name="accept_counterclaim",
    row="15a",
    label=_("受理反申请，合并审理"),
    source=WITH_A_TRIBUNAL,
    target=None,
    by=(Y, V),
    guards=(g.counterclaim_is_open,),
    then=(Meet(d.DECIDE_COUNTERCLAIM), MarkClaim("accepted_on"), RestartAward(), Issue("AD37")),
    documents=("AD37",),
    form=f.DecideCounterclaimForm,
    explain=_("45日从受理反申请之日重新起算，原来的到期日不再算"),
    awaited=g.counterclaim_waits,
    law=f"{d.CASE_RULES}第三十六条、第四十六条",
)

REFUSE_COUNTERCLAIM = Step(
    name="refuse_counterclaim",
    row="15b",
    label=_("不予受理反申请"),
    source=WITH_A_TRIBUNAL,
    target=None,
    by=(Y, V),
    guards=(g.counterclaim_is_open,),
    then=(Meet(d.DECIDE_COUNTERCLAIM), MarkClaim("refused_on"), Issue("AD37")),
    documents=("AD37",),
    form=f.RefuseCounterclaimForm,
    explain=_("告知另行申请；裁决期限不变"),
    law=f"{d.CASE_RULES}第三十六条",
)

ADD_PARTY = Step(
    name="add_party",
    row="16",
    label=_("追加当事人"),
    source=UNDER_WAY,
    target=None,
    by=(A, Y),
    then=(AddParty(), RestartAward(), Issue("AD38")),
    documents=("AD38", "AD08"),
    form=f.AddPartyForm,
    explain=_("45日从决定追加之日重新起算；给追加的被申请人送达副本"),
    law=f"{d.LAW}第二十二条、第二十三条、{d.CASE_RULES}第四十六条",
)

ADD_CLAIM = Step(
    name="add_claim",
    row="16a",
    label=_("受理增加、变更的请求"),
    source=WITH_A_TRIBUNAL,
    target=None,
    by=(A,),
    guards=(g.before_evidence_limit,),
    then=(
        SaveClaim(ClaimOrigin.ADDED, is_accepted=True),
        RestartAward(),
        EnterLane(),
        Issue("AD38"),
    ),
    documents=("AD38",),
    form=f.ClaimFields,
    explain=_("45日从受理新的请求之日重新起算；举证期限届满以后提出的另行申请"),
    law=f"{d.CASE_RULES}第四十四条、第四十六条",
)

DROP_CLAIM = Step(
    name="drop_claim",
    row="16b",
    label=_("登记撤回部分请求"),
    source=WITH_A_TRIBUNAL,
    target=None,
    by=(A, C),
    guards=(g.more_than_one_claim,),
    then=(MarkClaim("withdrawn_on"),),
    form=f.DropClaimForm,
    explain=_("其他请求继续审理，期限不变"),
    law=f"{d.CASE_RULES}第三十五条",
)

SET_EVIDENCE_LIMIT = Step(
    name="set_evidence_limit",
    row="16c",
    label=_("确定举证期限"),
    source=BEFORE_THE_HEARING[1:],
    target=None,
    by=(A,),
    then=(Issue("AD09"),),
    documents=("AD09",),
    form=f.EvidenceLimitForm,
    explain=_("单位掌握的名册、工资单、考勤由单位提供，不提供的承担不利后果"),
    law=f"{d.LAW}第六条、第三十九条、{d.CASE_RULES}第四十四条",
)

ADMIT_LAWYER = Step(
    name="admit_lawyer",
    row="16d",
    label=_("登记法律援助公函"),
    source=(*BEFORE_ACCEPTANCE, *UNDER_WAY, State.FOR_SIGNATURE, *MADE),
    target=None,
    by=(C, R),
    then=(AdmitLawyer(),),
    form=LetterForm,
    explain=_("照公函文号登记；承办律师从此看得到受援人的请求、开庭和结果，看不到副卷和调解让步"),
    law="《法律援助法》第四十六条、《办理法律援助案件程序规定》第三章",
)

MERGE = Step(
    name="merge",
    row="17",
    label=_("合并审理"),
    source=BEFORE_THE_HEARING,
    target=None,
    by=(A, Y),
    guards=(g.stands_alone, g.belongs_together),
    then=(NoteMerger(MERGED), Issue("AD41")),
    documents=("AD41",),
    form=f.MergeForm,
    explain=_("两个案号都查得到；各案的受理日期和期限不变"),
    law=f"{d.CASE_RULES}第四十一条",
)

SPLIT_OFF = Step(
    name="split_off",
    row="17a",
    label=_("分案审理"),
    source=(*BEFORE_THE_HEARING, State.IN_HEARING),
    target=None,
    by=(A, Y),
    guards=(g.is_merged,),
    then=(NoteMerger(SPLIT), Issue("AD41")),
    documents=("AD41",),
    form=f.ReasonForm,
    explain=_("不再合并，分别审理和裁决"),
    law=f"{d.CASE_RULES}第四十一条",
)

ANNOUNCE = Step(
    name="announce",
    row="18",
    label=_("公告送达"),
    source=(State.CONSTITUTING, State.REPLY_PERIOD, State.AWAITING_HEARING, State.SERVING),
    target=None,
    by=(C,),
    guards=(g.other_ways_tried, g.not_announced_yet),
    then=(Announce(), PauseAward("announcement", from_="announced_on"), Issue("AD44")),
    documents=("AD44",),
    form=f.AnnounceForm,
    explain=_("满30日视为送达，公告期间不计入裁决期限；不再适用简易处理"),
    law=f"《民事诉讼法》第九十五条、{d.CASE_RULES}第二十条、第四十六条、第五十七条",
)

COPY_ANNOUNCED = Step(
    name="copy_announced",
    row="18a",
    label=_("副本公告期满"),
    source=(State.CONSTITUTING,),
    target=State.REPLY_PERIOD,
    by=(C,),
    guards=(g.announcement_is_over,),
    then=(AnnouncementOver("copy"), ResumeAward("announcement")),
    form=f.AnnouncedForm,
    public=_("已公告送达被申请人，正在答辩期"),
    explain=_("按公告满30日的那天视为送达，裁决期限从那天接着计算"),
    awaited=g.announcement_waits,
    law=f"《民事诉讼法》第九十五条、{d.CASE_RULES}第四十六条",
)

ANNOUNCEMENT_OVER = Step(
    name="announcement_over",
    row="18b",
    label=_("公告期满"),
    source=(State.REPLY_PERIOD, State.AWAITING_HEARING, State.SERVING),
    target=None,
    by=(C,),
    guards=(g.announcement_is_over,),
    then=(AnnouncementOver("any"), ResumeAward("announcement")),
    form=f.AnnouncedForm,
    explain=_("按公告满30日的那天视为送达，裁决期限从那天接着计算"),
    awaited=g.announcement_waits,
    law=f"《民事诉讼法》第九十五条、{d.CASE_RULES}第四十六条",
)

# Hearings

ENTRUST = Step(
    name="entrust",
    row="19",
    label=_("委托调解"),
    source=(State.REPLY_PERIOD,),
    target=State.ENTRUSTED_MEDIATION,
    by=(A,),
    guards=(g.both_consent,),
    then=(Start(d.ENTRUSTED_MEDIATION, from_="consent_on"), Issue("AD39")),
    documents=("AD39",),
    form=f.EntrustForm,
    public=_("正在委托调解"),
    explain=_("10个工作日；调不成的要开庭，裁决期限照算"),
    law=f"{d.CASE_RULES}第七十条",
)

SCHEDULE = Step(
    name="schedule",
    row="20",
    label=_("确定开庭"),
    source=(State.REPLY_PERIOD, State.ENTRUSTED_MEDIATION, State.IN_HEARING),
    target=State.AWAITING_HEARING,
    by=(A, C),
    guards=(
        g.has_a_tribunal,
        g.copies_served,
        g.objection_decided,
        g.counterclaims_decided,
        g.nobody_steps_back,
        g.after_the_reply,
        g.notice_in_time,
        g.nothing_clashes,
    ),
    then=(Meet(d.ENTRUSTED_MEDIATION), SetHearing(), Issue("AD11")),
    documents=("AD11",),
    form=f.ScheduleForm,
    public=_("已定开庭时间"),
    explain=_("开庭五日前通知双方；庭室和仲裁庭的人不能同时有别的庭"),
    awaited=g.copies_done,
    law=f"{d.LAW}第三十五条、{d.CASE_RULES}第三十八条",
)

NOTIFY_HEARING = Step(
    name="notify_hearing",
    row="20a",
    label=_("登记开庭通知"),
    source=(State.AWAITING_HEARING,),
    target=None,
    by=(C,),
    guards=(g.simple_notice_allowed, g.notified_in_time),
    then=(TellParty(),),
    documents=("AD11", "AD12"),
    form=f.NoticeForm,
    explain=_("每名当事人登记一次；没有正式的送达证明，不能缺席审理，也不能按撤回处理"),
    awaited=g.notices_missing,
    law=f"{d.LAW}第三十五条、{d.CASE_RULES}第五十九条",
)

POSTPONE = Step(
    name="postpone",
    row="20b",
    label=_("延期开庭"),
    source=(State.AWAITING_HEARING,),
    target=None,
    by=(A, Y),
    guards=(g.asked_in_time, g.notice_in_time, g.nothing_clashes),
    then=(Postpone(), Issue("AD11")),
    documents=("AD11",),
    form=f.PostponeForm,
    explain=_("当事人在开庭三日前申请；改期以后重新通知"),
    law=f"{d.LAW}第三十五条、{d.CASE_RULES}第三十八条",
)

HEAR = Step(
    name="hear",
    row="21",
    label=_("开庭"),
    source=(State.AWAITING_HEARING,),
    target=State.IN_HEARING,
    by=(A,),
    guards=(g.everybody_notified, g.nobody_steps_back, g.hearing_day_came, g.default_is_proved),
    then=(HoldHearing(), Meet(d.HEARING_NOTICE), Meet(d.ASK_TO_POSTPONE), Issue("AD23")),
    documents=("AD23",),
    form=f.HearForm,
    public=_("已开庭"),
    explain=_("被申请人没有到庭的，有正式送达证明才能缺席审理"),
    awaited=g.notices_done,
    law=f"{d.LAW}第三十六条、第三十八条、第四十条",
)

DEEM_WITHDRAWN = Step(
    name="deem_withdrawn",
    row="22",
    label=_("按撤回申请处理"),
    source=(State.AWAITING_HEARING, State.IN_HEARING),
    target=State.DEEMED_WITHDRAWN,
    by=(A,),
    guards=(g.receipt_is_proved, g.hearing_day_came),
    then=(ApplicantGone(), Close(Outcome.DEEMED_WITHDRAW), EndClocks(keep=OUTLIVES), Issue("AD20", "AD31")),
    documents=("AD20", "AD31"),
    form=f.AbsentForm,
    confirm=True,
    public=_("申请人没有到庭，按撤回申请处理"),
    explain=_("申请人收到书面通知无正当理由不到庭或者中途退庭；再次申请的不予受理"),
    law=f"{d.LAW}第三十六条、{d.CASE_RULES}第三十九条",
)

MEDIATE_AFTER = Step(
    name="mediate_after",
    row="23",
    label=_("庭审后调解"),
    source=(State.IN_HEARING,),
    target=State.TRIBUNAL_MEDIATION,
    by=(A,),
    guards=(g.nobody_steps_back,),
    then=(Issue("AD45"),),
    documents=("AD45",),
    form=f.MediateForm,
    public=_("正在调解"),
    explain=_("作出裁决以前应当先行调解"),
    awaited=g.always,
    secret=("minutes",),
    law=f"{d.LAW}第四十二条",
)

# Results

SETTLE = Step(
    name="settle",
    row="24",
    label=_("达成协议，制作调解书"),
    source=CAN_SETTLE,
    target=State.DECIDED,
    by=(A,),
    guards=(g.every_claim_decided,),
    then=(
        Meet(d.ENTRUSTED_MEDIATION),
        DraftResult(AwardForm.MEDIATION, is_made=True),
        IssueResult(("AD25",)),
        Issue("AD31"),
    ),
    documents=("AD25", "AD31"),
    form=f.SettleForm,
    public=_("已达成调解协议，等双方签收"),
    explain=_("双方签收后生效、结案；签收前反悔的及时裁决"),
    law=f"{d.LAW}第四十二条、{d.CASE_RULES}第七十一条",
)

SETTLE_PART = Step(
    name="settle_part",
    row="24a",
    label=_("部分调解"),
    source=(State.IN_HEARING, State.TRIBUNAL_MEDIATION),
    target=None,
    by=(A,),
    guards=(g.only_a_part,),
    then=(
        DraftResult(AwardForm.MEDIATION, is_partial=True, is_made=True),
        IssueResult(("AD25",)),
    ),
    documents=("AD25",),
    form=f.SettleForm,
    explain=_("先就已经谈妥的请求制作调解书，其余的继续审理"),
    law=f"{d.CASE_RULES}第七十三条",
)

BACK_OUT = Step(
    name="back_out",
    row="24b",
    label=_("签收前反悔"),
    source=(State.DECIDED, State.SERVING),
    target=State.DELIBERATING,
    by=(A, C),
    guards=(g.paper_not_signed,),
    then=(DropPaper(),),
    form=f.BackOutForm,
    public=_("调解书没有生效，继续审理"),
    explain=_("调解书不生效，仲裁庭应当及时作出裁决"),
    law=f"{d.LAW}第四十二条",
)

NO_AGREEMENT = Step(
    name="no_agreement",
    row="25",
    label=_("调解不成，评议"),
    source=(State.TRIBUNAL_MEDIATION,),
    target=State.DELIBERATING,
    by=(A,),
    form=f.ReasonForm,
    public=_("正在评议"),
    explain=_("调解不成的及时裁决"),
    awaited=g.always,
    secret=("reason",),
    law=f"{d.LAW}第四十二条",
)

AWARD_PART = Step(
    name="award_part",
    row="26",
    label=_("部分裁决（先行裁决）"),
    source=(State.IN_HEARING, State.TRIBUNAL_MEDIATION, State.DELIBERATING),
    target=None,
    proposed_by=(A,),
    by=(Y, V),
    guards=(g.threshold_known, g.only_a_part),
    then=(DraftResult(is_partial=True, is_made=True), IssueResult(("AD28",))),
    documents=("AD28",),
    form=f.AwardForm,
    explain=_("部分事实已经清楚的先裁决，其余的继续审理"),
    law=f"{d.LAW}第四十三条、{d.CASE_RULES}第四十九条",
)

ORDER_ADVANCE = Step(
    name="order_advance",
    row="26a",
    label=_("裁决先予执行"),
    source=(
        State.REPLY_PERIOD,
        State.AWAITING_HEARING,
        State.IN_HEARING,
        State.TRIBUNAL_MEDIATION,
        State.DELIBERATING,
    ),
    target=None,
    proposed_by=(A,),
    by=(Y, V),
    guards=(g.rights_are_clear, g.advance_within_claims),
    then=(Advance(), IssueResult(("AD29",)), Issue("AD30")),
    documents=("AD29", "AD30"),
    form=f.AdvanceForm,
    explain=_("追索劳动报酬等，劳动者可以不提供担保；移送法院执行"),
    law=f"{d.LAW}第四十四条、{d.CASE_RULES}第五十一条",
)

DELIBERATE = Step(
    name="deliberate",
    row="27",
    label=_("登记评议"),
    source=(State.DELIBERATING,),
    target=None,
    by=(Q,),
    then=(SaveDeliberation(), Issue("AD24")),
    documents=("AD24",),
    form=f.DeliberationForm,
    explain=_("按多数意见裁决，少数意见如实记录；归入副卷，当事人不能查阅"),
    awaited=g.not_deliberated,
    secret=("unanimous", "by_chief", "opinion", "dissent"),
    law=f"{d.LAW}第四十五条、{d.CASE_RULES}第五十二条",
)

DRAFT = Step(
    name="draft",
    row="28",
    label=_("拟裁决书，送签"),
    source=(State.DELIBERATING,),
    target=State.FOR_SIGNATURE,
    by=(A,),
    guards=(g.deliberated, g.threshold_known, g.every_claim_decided),
    then=(DraftResult(), TellHeads("裁决书等签发")),
    form=f.AwardForm,
    public=_("正在签发裁决书"),
    explain=_("逐项判断终局、非终局；两种都有的分成两份裁决书；确认劳动关系的全案非终局"),
    awaited=g.was_deliberated,
    secret=("reasons",),
    law=f"{d.LAW}第四十五条至第四十七条、{d.CASE_RULES}第五十条、第五十三条",
)

RETURN_DRAFT = Step(
    name="return_draft",
    row="28a",
    label=_("退回修改"),
    source=(State.FOR_SIGNATURE,),
    target=State.DELIBERATING,
    by=(Y, V),
    then=(DropDrafts(),),
    form=f.ReasonForm,
    explain=_("退回仲裁庭重新拟稿，期限照算"),
    secret=("reason",),
    law=f"{d.CASE_RULES}第五十三条",
)

SIGN = Step(
    name="sign",
    row="29",
    label=_("签发裁决书"),
    source=(State.FOR_SIGNATURE,),
    target=State.DECIDED,
    by=(Y, V),
    guards=(g.award_drafted, g.everybody_has_a_result),
    then=(
        SignAwards(),
        MeetAward(),
        IssueResult(("AD26", "AD27")),
        EndClocks(keep=OUTLIVES),
        Issue("AD31"),
    ),
    documents=("AD26", "AD27", "AD31"),
    public=_("已作出裁决"),
    explain=_("裁决日期是今天，案件今天结案；终局裁决作出即生效"),
    awaited=g.always,
    law=f"{d.LAW}第四十三条、第四十六条",
)

SERVE_RESULT = Step(
    name="serve_result",
    row="30",
    label=_("登记裁决书、调解书送达"),
    source=(State.DECIDED,),
    target=State.SERVING,
    by=(C,),
    guards=(g.served_after_result, g.not_by_wire, g.left_with_proof, g.may_post),
    then=(SignPaper(), ResultReceived()),
    documents=("AD12",),
    form=f.ServeResultForm,
    public=_("正在送达"),
    explain=_("起诉、申请撤销的期限，每名当事人从自己收到的次日起算；调解书双方签收即生效"),
    awaited=g.always,
    law=f"{d.LAW}第四十二条、第四十六条至第五十条",
)

SERVE_FURTHER_RESULT = Step(
    name="serve_further_result",
    row="30a",
    label=_("登记其他当事人的送达"),
    source=(State.SERVING,),
    target=None,
    by=(C,),
    guards=(g.served_after_result, g.not_by_wire, g.left_with_proof, g.may_post),
    then=(SignPaper(), ResultReceived()),
    documents=("AD12",),
    form=f.ServeResultForm,
    explain=_("每名当事人都收到以后才能结束送达"),
    awaited=g.result_not_served,
    law=f"{d.LAW}第四十二条、第四十六条至第五十条",
)

FINISH = Step(
    name="finish",
    row="31",
    label=_("送达完毕"),
    source=(State.SERVING,),
    target=State.CLOSED,
    by=(C,),
    guards=(g.all_served,),
    public=_("已结案"),
    explain=_("全部当事人都已送达"),
    awaited=g.result_served,
    law=f"{d.CASE_RULES}第十八条",
)

WENT_ON = Step(
    name="went_on",
    row="32",
    label=_("登记起诉、申请撤销"),
    source=(State.SERVING, State.CLOSED, State.EFFECTIVE),
    target=None,
    by=(C, R),
    guards=(g.only_employers_set_aside, g.goes_on_in_time),
    then=(WentOn(),),
    form=f.WentOnForm,
    explain=_("起诉的裁决在这些当事人之间不生效；申请撤销期间中止执行"),
    law=f"{d.LAW}第四十八条至第五十条、{d.INTERPRETATION_ONE}第十六条、第十七条、第二十一条",
)

TAKE_EFFECT = Step(
    name="take_effect",
    row="33",
    label=_("裁决、调解生效"),
    source=(State.CLOSED,),
    target=State.EFFECTIVE,
    by=(C,),
    guards=(g.nobody_sued, g.nobody_can_sue),
    then=(InForce(), Issue("AD43")),
    documents=("AD43",),
    public=_("已生效，可以申请强制执行"),
    explain=_("期限届满没有人起诉的生效；终局裁决作出时、调解书双方签收时生效"),
    awaited=g.always,
    law=f"{d.LAW}第四十二条、第四十九条至第五十一条",
)

CORRECT = Step(
    name="correct",
    row="34",
    label=_("补正裁决书"),
    source=MADE,
    target=None,
    by=(A,),
    then=(Issue("AD22"),),
    documents=("AD22",),
    form=f.CorrectionForm,
    explain=_("文字、计算错误或者遗漏已经裁决的事项，作出决定书并送达"),
    law=f"{d.CASE_RULES}第五十四条",
)

# Suspension, extension, ends

SUSPEND = Step(
    name="suspend",
    row="35",
    label=_("中止审理"),
    source=TO_THE_RESULT,
    target=State.SUSPENDED,
    proposed_by=(A, C),
    by=(Y, V),
    then=(PauseAward("suspended"), Issue("AD15", "AD16")),
    documents=("AD15", "AD16"),
    form=f.SuspendForm,
    public=_("已中止审理"),
    explain=_("从今天起裁决期限停住，恢复之日起接着计算；书面通知双方"),
    law=f"{d.CASE_RULES}第四十六条、第四十七条",
)

RESUME = Step(
    name="resume",
    row="36",
    label=_("恢复审理"),
    source=(State.SUSPENDED,),
    target=None,
    back_to=TO_THE_RESULT,
    by=(A, Y),
    guards=(g.resumed_after_stop,),
    then=(ResumeAward("suspended", from_="resumed_on"), Issue("AD40")),
    documents=("AD40",),
    form=f.ResumeForm,
    public=_("已恢复审理"),
    explain=_("回到中止以前的步骤；中止的天数不计入裁决期限"),
    awaited=g.always,
    law=f"{d.CASE_RULES}第四十七条",
)

EXTEND = Step(
    name="extend",
    row="37",
    label=_("延长裁决期限15日"),
    source=(*WITH_A_TRIBUNAL, State.FOR_SIGNATURE),
    target=None,
    proposed_by=(A,),
    by=(Y, V),
    guards=(g.not_extended,),
    then=(ExtendAward(), Issue("AD13", "AD14")),
    documents=("AD13", "AD14"),
    form=f.ReasonForm,
    explain=_("案情复杂的，期限届满以前批准，最多15日，书面通知双方"),
    law=f"{d.LAW}第四十三条、{d.CASE_RULES}第四十五条",
)

WITHDRAW = Step(
    name="withdraw",
    row="38",
    label=_("准予撤回"),
    source=(*TO_THE_RESULT, State.SUSPENDED),
    target=State.WITHDRAWN,
    by=(A, Y),
    guards=(g.accepted, g.group_agrees),
    then=(Close(Outcome.WITHDRAW), EndClocks(keep=OUTLIVES), Issue("AD19", "AD31")),
    documents=("AD19", "AD31"),
    form=f.GroupWithdrawForm,
    confirm=True,
    public=_("已撤回"),
    explain=_("作出裁决以前可以撤回；以后就同一争议再申请的应当受理"),
    law=f"{d.LAW}第四十一条、{d.CASE_RULES}第三十五条、第六十三条",
)

TERMINATE = Step(
    name="terminate",
    row="39",
    label=_("终止审理（法院已受理）"),
    source=(*TO_THE_RESULT, State.SUSPENDED),
    target=State.TERMINATED,
    by=(Y, V),
    guards=(g.court_took_it_after_delay,),
    then=(Close(Outcome.TERMINATE), EndClocks(keep=OUTLIVES), Issue("AD42", "AD31")),
    documents=("AD42", "AD31"),
    form=f.TerminateForm,
    confirm=True,
    public=_("法院已受理，仲裁终止"),
    explain=_("超过裁决期限，当事人起诉并已由法院受理"),
    law=f"{d.LAW}第四十三条、{d.CASE_RULES}第四十八条",
)

ARCHIVE = Step(
    name="archive",
    row="40",
    label=_("归档"),
    source=(
        State.CLOSED,
        State.EFFECTIVE,
        State.WITHDRAWN,
        State.DEEMED_WITHDRAWN,
        State.REVOKED,
        State.TERMINATED,
        State.REFUSED,
        State.REDIRECTED,
    ),
    target=State.ARCHIVED,
    by=(C,),
    guards=(g.file_complete,),
    then=(EndClocks(keep=OUTLIVES), KeepFile()),
    documents=("AD33", "AD34"),
    form=f.ArchiveForm,
    public=_("已归档"),
    explain=_("正卷可以给当事人查阅，副卷不可以；裁决案卷保存10年，其他5年"),
    awaited=g.always,
    law=f"{d.CASE_RULES}第二十二条至第二十四条",
)

SERVE = Step(
    name="serve",
    row="S",
    label=_("登记送达"),
    source=tuple(state for state in State if state != State.ARCHIVED),
    target=None,
    by=(C, R),
    guards=(g.served_after_issue, g.left_with_proof),
    then=(ServePaper(), RemedyOfPart()),
    documents=("AD12",),
    form=f.ServeAnyForm,
    explain=_("副本、开庭通知、裁决书另有登记的步骤，其他文书在这里登记"),
    law=f"{d.CASE_RULES}第十八条至第二十条、《民事诉讼法》第八十七条至第九十五条",
)

ARBITRATION = Workflow(
    kind=CaseKind.ARBITRATION,
    label=_("劳动争议仲裁"),
    version=1,
    model_name="arbitration.ArbitrationCase",
    detail="dispute",
    states=State,
    initial=State.RECEIVED,
    final=frozenset({State.ARCHIVED}),
    headline_rules=("ARB-24", "ARB-23", "ARB-02"),
    law=BASIS,
    ready_documents=ready_kinds,
    document_title=title_of,
    steps=(
        REQUEST_CORRECTION,
        RECEIVE_CORRECTION,
        LAPSE_CORRECTION,
        ACCEPT_PROMISE,
        SUPPLY_PROMISED,
        SUBMIT,
        SUGGEST_MEDIATION,
        MEDIATION_ENDED,
        MEDIATION_DECLINED,
        ACCEPT,
        REFUSE,
        RETURN_INTAKE,
        REDIRECT,
        WITHDRAW_APPLICATION,
        RECORD_LIMITATION,
        ENTER_LANE,
        LEAVE_LANE,
        SUPERVISE,
        TRANSFER,
        REVOKE,
        NOTIFY_REVOCATION,
        CONSTITUTE,
        REPLACE_TRIBUNAL,
        CONSENT_TO_MEDIATOR,
        ASK_RECUSAL,
        DECIDE_RECUSAL,
        DECIDE_HEADS_RECUSAL,
        SIMPLIFY,
        TO_GENERAL,
        SERVE_COPY,
        SERVE_FURTHER_COPY,
        RECORD_REPLY,
        SERVE_REPLY,
        WAIVE_REPLY,
        OBJECT_JURISDICTION,
        REJECT_OBJECTION,
        FILE_COUNTERCLAIM,
        ACCEPT_COUNTERCLAIM,
        REFUSE_COUNTERCLAIM,
        ADD_PARTY,
        ADD_CLAIM,
        DROP_CLAIM,
        SET_EVIDENCE_LIMIT,
        ADMIT_LAWYER,
        MERGE,
        SPLIT_OFF,
        ANNOUNCE,
        COPY_ANNOUNCED,
        ANNOUNCEMENT_OVER,
        ENTRUST,
        SCHEDULE,
        NOTIFY_HEARING,
        POSTPONE,
        HEAR,
        DEEM_WITHDRAWN,
        MEDIATE_AFTER,
        SETTLE,
        SETTLE_PART,
        BACK_OUT,
        NO_AGREEMENT,
        AWARD_PART,
        ORDER_ADVANCE,
        DELIBERATE,
        DRAFT,
        RETURN_DRAFT,
        SIGN,
        SERVE_RESULT,
        SERVE_FURTHER_RESULT,
        FINISH,
        WENT_ON,
        TAKE_EFFECT,
        CORRECT,
        SUSPEND,
        RESUME,
        EXTEND,
        WITHDRAW,
        TERMINATE,
        ARCHIVE,
        SERVE,
    ),
    to_do=rows_for,
    panel="arbitration/_panel.html",
    shared_panel="arbitration/_shared.html",
    roles={
        "worker": _("劳动者"),
        "respondent": _("用人单位"),
        "third_party": _("第三人"),
    },
    on_referral=open_for,
    hidden_documents=hidden_from,
)
