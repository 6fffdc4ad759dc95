"""The procedure of legal aid, row by row, as the law and the procedural rules order it.

Read it beside 《法律援助法》 and 《办理法律援助案件程序规定》. What an applicant, a firm or another authority does is
recorded by the centre. Row numbers are those of `docs/procedure-legal-aid.md`.
"""

from django.utils.translation import gettext_lazy as _

from cases.effects import Drop, EndClocks, Meet, NumberCase, Pause, Reopen, Resume, Start
from cases.forms import SentForm
from cases.models import CaseKind
from cases.workflow.table import Step, Workflow
from documents.catalogue import ready_kinds, title_of
from documents.effects import Issue
from documents.selectors import hidden_from
from legal_aid import deadlines as d
from legal_aid import forms as f
from legal_aid import guards as g
from legal_aid.actors import K, M, N, S, U
from legal_aid.desk import rows_for
from legal_aid.effects import (
    AssignFirm,
    DecideObjection,
    FileObjection,
    LogWork,
    MarkReceived,
    NameLawyer,
    PaySubsidy,
    ProposeSubsidy,
    RecordService,
    SaveRefusal,
    SaveReview,
    TakeBack,
    TellDirectors,
)
from legal_aid.opening import RECEIVED
from legal_aid.services import open_for
from legal_aid.states import AIDED, BEFORE_DECISION, WITH_A_LAWYER, State, Work

BASIS = _("依据：《法律援助法》《法律援助条例》《办理法律援助案件程序规定》等。")
RIGHTS_OF_OTHERS = (d.OBJECT,)
# From the question to the decision

APPLY = Step(
    name="apply",
    row="1a",
    label=_("咨询转为申请"),
    source=(State.CONSULTATION,),
    target=State.APPLIED,
    by=(K,),
    guards=(g.parties_named,),
    then=RECEIVED,
    documents=("LD01", "LD03"),
    form=f.ApplyForm,
    public=_("已申请"),
    explain=_("出具受理凭证；审查期限从收到申请起算"),
    awaited=g.always,
    law=f"{d.LAW}第四十三条、{d.PROCEDURE}第二章",
)

END_CONSULTATION = Step(
    name="end_consultation",
    row="0a",
    label=_("咨询办结"),
    source=(State.CONSULTATION,),
    target=State.ARCHIVED,
    by=(K,),
    form=f.ReasonForm,
    public=_("咨询已答复"),
    explain=_("已经答复，没有申请援助；以后可以重新申请"),
    law=f"{d.LAW}第二十二条",
)

REQUEST_CORRECTION = Step(
    name="request_correction",
    row="2",
    label=_("告知补充材料"),
    source=(State.APPLIED,),
    target=State.CORRECTING,
    by=(U,),
    then=(Pause(d.DECIDE), Start(d.SUPPLY_MISSING, due="due_on"), Issue("LD04")),
    documents=("LD04",),
    form=f.MissingForm,
    public=_("还缺材料，请补齐"),
    explain=_("一次告知全部内容；从今天起到补齐的日期，审查期限暂停"),
    law=f"{d.LAW}第四十三条、{d.PROCEDURE}第三章",
)

SUPPLY = Step(
    name="supply",
    row="3",
    label=_("收到补充材料"),
    source=(State.CORRECTING,),
    target=State.UNDER_REVIEW,
    by=(K,),
    guards=(g.supplied_in_time,),
    then=(Meet(d.SUPPLY_MISSING, from_="received_on"), Resume(d.DECIDE, from_="received_on"), Issue("LD03")),
    documents=("LD03",),
    form=f.SuppliedForm,
    public=_("材料已补齐，正在审查"),
    explain=_("审查期限从收到材料的日期起接着计算"),
    awaited=g.always,
    law=f"{d.LAW}第四十三条",
)

LAPSE_CORRECTION = Step(
    name="lapse_correction",
    row="4",
    label=_("期满未补充，视为撤回"),
    source=(State.CORRECTING,),
    target=State.WITHDRAWN,
    by=(U,),
    guards=(g.correction_ran_out,),
    then=(EndClocks(keep=RIGHTS_OF_OTHERS), Issue("LD24")),
    documents=("LD24",),
    confirm=True,
    public=_("没有补齐材料，视为撤回，可以重新申请"),
    explain=_("申请终结，申请人可以补齐后重新申请"),
    awaited=g.always,
    law=f"{d.LAW}第四十三条",
)

AID_FIRST = Step(
    name="aid_first",
    row="5",
    label=_("先行提供法律援助"),
    source=(State.APPLIED,),
    target=State.URGENT_AID,
    by=(M,),
    guards=(g.matter_chosen, g.is_urgent),
    then=(Drop(d.DECIDE), Start(d.URGENT_AID, due="papers_due_on"), NumberCase("aid_case"), Issue("LD08")),
    documents=("LD08",),
    form=f.UrgentForm,
    public=_("先行提供援助，手续后补"),
    explain=_("不等审查，立即指派；受援人在期限内补办手续"),
    awaited=g.urgent_by_date,
    law=f"{d.LAW}第四十四条、{d.PROCEDURE}第三章",
)

START_REVIEW = Step(
    name="start_review",
    row="2a",
    label=_("材料齐全，开始审查"),
    source=(State.APPLIED,),
    target=State.UNDER_REVIEW,
    by=(U,),
    guards=(g.matter_chosen,),
    public=_("正在审查"),
    explain=_("材料齐全；审查期限一直从收到申请起算"),
    awaited=g.not_urgent,
    law=f"{d.LAW}第四十三条",
)

ASK_OTHER_REGION = Step(
    name="ask_other_region",
    row="6",
    label=_("请异地协作核查"),
    source=(State.UNDER_REVIEW,),
    target=State.CROSS_REGION_CHECK,
    by=(U,),
    then=(Pause(d.DECIDE), Issue("LD25")),
    documents=("LD25",),
    form=f.RegionForm,
    public=_("正在请外地核实情况"),
    explain=_("生成协作函；到收到答复为止，审查期限暂停"),
    law=f"{d.PROCEDURE}第三章",
)

REGION_ANSWERED = Step(
    name="region_answered",
    row="7",
    label=_("收到协作核查答复"),
    source=(State.CROSS_REGION_CHECK,),
    target=State.UNDER_REVIEW,
    by=(U,),
    then=(Resume(d.DECIDE, from_="received_on"),),
    form=f.RegionAnsweredForm,
    public=_("正在审查"),
    explain=_("审查期限从收到答复的日期起接着计算"),
    awaited=g.always,
    secret=("answer",),
    law=f"{d.PROCEDURE}第三章",
)

RECORD_REVIEW = Step(
    name="record_review",
    row="8a",
    label=_("记录审查意见"),
    source=(State.UNDER_REVIEW,),
    target=None,
    by=(U,),
    guards=(g.matter_chosen, g.means_are_known),
    then=(SaveReview(),),
    documents=("LD05",),
    form=f.ReviewForm,
    explain=_("系统按事项、身份和收入指出是否免予核查和依据；意见只有本中心的人看得到"),
    awaited=g.not_reviewed,
    secret=("opinion",),
    law=f"{d.LAW}第四十一条、第四十二条、第四十三条",
)

GRANT = Step(
    name="grant",
    row="8",
    label=_("决定给予援助"),
    source=(State.UNDER_REVIEW,),
    target=State.GRANTED,
    by=(M,),
    guards=(g.reviewed, g.matter_chosen, g.entitled, g.hard_up_or_exempt),
    then=(Meet(d.DECIDE), NumberCase("aid_case"), Start(d.ASSIGN), Issue("LD05", "LD06")),
    documents=("LD05", "LD06"),
    form=f.GrantForm,
    public=_("决定给予援助"),
    explain=_("编案号；3日内指派承办机构"),
    awaited=g.passes_review,
    law=f"{d.LAW}第三十一条、第四十二条、第四十三条",
)

REFUSE = Step(
    name="refuse",
    row="9",
    label=_("决定不予援助"),
    source=(State.UNDER_REVIEW,),
    target=State.REFUSED,
    by=(M,),
    guards=(g.reviewed, g.reason_given, g.refusal_fits_means),
    then=(
        SaveRefusal(),
        Meet(d.DECIDE),
        EndClocks(keep=RIGHTS_OF_OTHERS),
        Issue("LD05", "LD07"),
    ),
    documents=("LD05", "LD07"),
    form=f.RefuseForm,
    confirm=True,
    public=_("决定不予援助，决定书写明理由和异议办法"),
    explain=_("生成决定书，写明理由和异议办法；异议期限从送达起算"),
    awaited=g.fails_review,
    secret=("ground", "reason"),
    law=f"{d.LAW}第四十三条、第四十九条",
)

OBJECT = Step(
    name="object",
    row="10",
    label=_("登记异议"),
    source=(State.REFUSED, State.TERMINATED),
    target=State.OBJECTION,
    by=(K,),
    guards=(g.objects_once, g.objects_in_time),
    then=(FileObjection(), Meet(d.OBJECT, from_="arrived_on"), Start(d.DECIDE_OBJECTION, from_="arrived_on")),
    documents=("LD26",),
    form=f.ObjectForm,
    public=_("司法局正在审查异议"),
    explain=_("司法局5日内作出审查决定"),
    secret=("reason",),
    law=f"{d.LAW}第四十九条、{d.PROCEDURE}第三章",
)

ORDER_CORRECTION = Step(
    name="order_correction",
    row="11",
    label=_("责令改正，给予援助"),
    source=(State.OBJECTION,),
    target=State.GRANTED,
    by=(S,),
    guards=(g.reason_given,),
    then=(
        DecideObjection(is_upheld=False),
        Meet(d.DECIDE_OBJECTION),
        TakeBack(),
        NumberCase("aid_case"),
        Start(d.ASSIGN),
        Issue("LD27"),
    ),
    documents=("LD27",),
    form=f.ObjectionForm,
    public=_("司法局责令改正，给予援助"),
    explain=_("法律援助中心要给予援助，3日内指派"),
    awaited=g.always,
    secret=("reason",),
    law=f"{d.LAW}第四十九条",
)

UPHOLD_DECISION = Step(
    name="uphold_decision",
    row="12",
    label=_("维持原决定"),
    source=(State.OBJECTION,),
    target=None,
    back_to=(State.REFUSED, State.TERMINATED),
    by=(S,),
    guards=(g.reason_given,),
    then=(DecideObjection(is_upheld=True), Meet(d.DECIDE_OBJECTION), EndClocks(), Issue("LD27")),
    documents=("LD27",),
    form=f.ObjectionForm,
    confirm=True,
    public=_("司法局维持原决定，可以申请行政复议或者起诉"),
    explain=_("回到异议前的状态；决定书告知行政复议和行政诉讼"),
    awaited=g.always,
    secret=("reason",),
    law=f"{d.LAW}第四十九条",
)

SUPPLY_URGENT_PAPERS = Step(
    name="supply_urgent_papers",
    row="5a",
    label=_("补齐先行提供的手续"),
    source=AIDED,
    target=None,
    proposed_by=(U,),
    by=(M,),
    guards=(g.papers_are_owed, g.matter_chosen, g.means_are_known, g.hard_up_or_exempt),
    then=(SaveReview(), Meet(d.URGENT_AID, from_="received_on"), Issue("LD05", "LD06")),
    documents=("LD05", "LD06"),
    form=f.PapersForm,
    explain=_("审查合格的补发给予决定书；不合格的办理“决定终止援助”"),
    secret=("opinion",),
    law=f"{d.LAW}第四十四条、{d.PROCEDURE}第三章",
)

WITHDRAW = Step(
    name="withdraw",
    row="W",
    label=_("登记撤回申请"),
    source=BEFORE_DECISION,
    target=State.WITHDRAWN,
    by=(K,),
    then=(EndClocks(),),
    form=f.WithdrawForm,
    confirm=True,
    public=_("已撤回申请，可以重新申请"),
    explain=_("申请终结；申请人可以重新申请"),
    law=f"{d.LAW}第四十三条、{d.PROCEDURE}第三章",
)

# From the grant to the lawyer

ASSIGN = Step(
    name="assign",
    row="13",
    label=_("指派承办机构"),
    source=(State.GRANTED, State.URGENT_AID),
    target=State.FIRM_ASSIGNED,
    by=(M,),
    guards=(g.firm_takes_cases, g.firm_has_room, g.conflict_weighed),
    then=(AssignFirm(), Meet(d.ASSIGN), Meet(d.SAME_DAY_FOR_WAGES), Issue("LD09")),
    documents=("LD09",),
    form=f.AssignForm,
    public=_("已指派律师事务所"),
    explain=_("按份额、专长和在办件数排在最前的先派，由你决定；有利害关系的要写明理由"),
    awaited=g.always,
    law=f"{d.LAW}第四十三条、{d.PROCEDURE}第二十四条",
)

REASSIGN = Step(
    name="reassign",
    row="13a",
    label=_("改派承办机构"),
    source=(State.FIRM_ASSIGNED,),
    target=None,
    by=(M,),
    guards=(g.firm_takes_cases, g.firm_has_room, g.conflict_weighed),
    then=(AssignFirm(), Drop(d.NAME_PERSON), Drop(d.SIGN_AGREEMENT), Issue("LD09")),
    documents=("LD09",),
    form=f.AssignForm,
    explain=_("原机构不能承办的，另派一家；期限从新机构收到起算"),
    law=f"{d.PROCEDURE}第二十四条",
)

RECEIVE_ASSIGNMENT = Step(
    name="receive_assignment",
    row="14",
    label=_("登记机构收到指派"),
    source=(State.FIRM_ASSIGNED,),
    target=None,
    by=(U,),
    then=(
        MarkReceived(),
        Start(d.NAME_PERSON),
        Start(d.SIGN_AGREEMENT, from_="arrived_on"),
    ),
    form=f.AssignmentReceivedForm,
    explain=_("24小时内确定承办人，5日内签订委托代理协议"),
    awaited=g.not_received,
    law=f"{d.PROCEDURE}第二十五条、第二十七条",
)

NAME_LAWYER = Step(
    name="name_lawyer",
    row="15",
    label=_("登记承办律师"),
    source=(State.FIRM_ASSIGNED,),
    target=State.LAWYER_NAMED,
    by=(U,),
    guards=(g.assignment_received, g.conflict_weighed),
    then=(NameLawyer(), Meet(d.NAME_PERSON, from_="named_on"), Issue("LD10")),
    documents=("LD10",),
    form=f.NameLawyerForm,
    public=_("已确定承办律师"),
    explain=_("律师从现在起看得到这件案子；生成给办理机关的公函"),
    awaited=g.always,
    law=f"{d.PROCEDURE}第二十五条",
)

SIGN = Step(
    name="sign",
    row="16",
    label=_("签订委托"),
    source=(State.LAWYER_NAMED,),
    target=State.ENGAGED,
    by=(N,),
    guards=(g.delay_explained,),
    then=(Meet(d.SIGN_AGREEMENT, from_="signed_on"), Issue("LD11", "LD12")),
    documents=("LD11", "LD12"),
    form=f.SignForm,
    public=_("已签委托"),
    explain=_("生成委托协议和授权委托书，免费"),
    awaited=g.always,
    law=f"{d.PROCEDURE}第二十七条",
)

BEGIN = Step(
    name="begin",
    row="17",
    label=_("约见受援人，开始承办"),
    source=(State.ENGAGED,),
    target=State.IN_PROGRESS,
    by=(N,),
    then=(LogWork(Work.MEETING, "met_on", ("place", "explained", "requests")), Issue("LD13")),
    documents=("LD13",),
    form=f.BeginForm,
    public=_("律师正在办理"),
    explain=_("告知权利义务和风险，制作约见笔录"),
    awaited=g.always,
    law=f"{d.PROCEDURE}第四章",
)

LOG_WORK = Step(
    name="log_work",
    row="17a",
    label=_("登记承办工作"),
    source=(State.ENGAGED, State.IN_PROGRESS, State.REPLACING),
    target=None,
    by=(N,),
    then=(LogWork(),),
    documents=("LD14",),
    form=f.WorkForm,
    explain=_("会见、通报、开庭、调查等，记入工作日志"),
    law=f"{d.PROCEDURE}第四章",
)

REPORT_MATTER = Step(
    name="report_matter",
    row="17b",
    label=_("报告重大事项"),
    source=WITH_A_LAWYER,
    target=None,
    by=(N,),
    then=(TellDirectors("报告重大事项"),),
    form=f.ReportForm,
    explain=_("群体性事件、重大社会影响、证据有重大疑问的，报告中心"),
    law=f"{d.PROCEDURE}第四章",
)

REQUEST_REPLACEMENT = Step(
    name="request_replacement",
    row="18",
    label=_("申请更换承办人"),
    source=(State.FIRM_ASSIGNED, *WITH_A_LAWYER),
    target=State.REPLACING,
    by=(U, N),
    then=(Start(d.DECIDE_REPLACEMENT, from_="arrived_on"), TellDirectors("申请更换承办人")),
    documents=("LD15",),
    form=f.RequestReplacementForm,
    public=_("正在审批更换承办人"),
    explain=_("5日内决定；决定以前由原承办人继续承办"),
    law=f"{d.LAW}第五十五条、{d.PROCEDURE}第四章",
)

KEEP_LAWYER = Step(
    name="keep_lawyer",
    row="19",
    label=_("不予更换"),
    source=(State.REPLACING,),
    target=None,
    back_to=(State.FIRM_ASSIGNED, *WITH_A_LAWYER),
    by=(M,),
    guards=(g.reason_given,),
    then=(Meet(d.DECIDE_REPLACEMENT), Issue("LD15")),
    documents=("LD15",),
    form=f.ReasonForm,
    public=_("由原承办人继续办理"),
    explain=_("回到更换前的状态，由原承办人继续承办"),
    law=f"{d.PROCEDURE}第四章",
)

REPLACE = Step(
    name="replace",
    row="20",
    label=_("决定更换"),
    source=(State.REPLACING,),
    target=State.FIRM_ASSIGNED,
    by=(M,),
    guards=(g.firm_takes_cases, g.firm_has_room, g.conflict_weighed, g.reason_given),
    then=(
        Meet(d.DECIDE_REPLACEMENT),
        AssignFirm(),
        Drop(d.NAME_PERSON),
        Drop(d.SIGN_AGREEMENT),
        Issue("LD09", "LD15", "LD16"),
    ),
    documents=("LD09", "LD15", "LD16", "LD28"),
    form=f.ReplaceForm,
    public=_("已更换承办机构或者承办人"),
    explain=_("原承办人不再看得到这件案子；同一机构换人的，选原来的机构"),
    awaited=g.always,
    law=f"{d.LAW}第五十五条、{d.PROCEDURE}第四章",
)

# Termination

TERMINATE = Step(
    name="terminate",
    row="21",
    label=_("决定终止援助"),
    source=AIDED,
    target=State.TERMINATED,
    by=(M,),
    guards=(g.refusal_is_no_ground,),
    then=(
        EndClocks(keep=RIGHTS_OF_OTHERS),
        Start(d.NOTIFY_TERMINATION),
        Issue("LD17", "LD18"),
    ),
    documents=("LD17", "LD18"),
    form=f.TerminateForm,
    confirm=True,
    public=_("已终止援助，决定书写明理由和异议办法"),
    explain=_("3日内通知受援人、承办机构和办理机关；仲裁、诉讼的期限照算"),
    law=f"{d.LAW}第四十八条、{d.PROCEDURE}第四章",
)

NOTIFY_TERMINATION = Step(
    name="notify_termination",
    row="21a",
    label=_("登记终止通知"),
    source=(State.TERMINATED,),
    target=None,
    by=(U,),
    guards=(g.notified_after_decision,),
    then=(Meet(d.NOTIFY_TERMINATION, from_="done_on"),),
    documents=("LD18",),
    form=SentForm,
    explain=_("受援人、承办机构、案件办理机关都通知到以后登记"),
    awaited=g.unserved_termination,
    law=f"{d.PROCEDURE}第四章",
)

CONCLUDE_TERMINATED = Step(
    name="conclude_terminated",
    row="22a",
    label=_("终止后结案"),
    source=(State.TERMINATED,),
    target=State.CONCLUDED,
    by=(U,),
    guards=(g.had_a_lawyer, g.concluded_after_agreement),
    then=(Start(d.HAND_IN_FILE, from_="concluded_on"), Issue("LD19")),
    documents=("LD19",),
    form=f.ConcludeTerminatedForm,
    explain=_("终止以前的工作归入卷宗；承办机构30日内交结案材料"),
    law=f"{d.PROCEDURE}第四章",
)

# The end

CONCLUDE = Step(
    name="conclude",
    row="22",
    label=_("案件办结"),
    source=(State.IN_PROGRESS,),
    target=State.CONCLUDED,
    by=(N,),
    guards=(g.no_papers_owed, g.concluded_after_agreement),
    then=(Start(d.HAND_IN_FILE, from_="concluded_on"), Issue("LD19")),
    documents=("LD19",),
    form=f.ConcludeForm,
    public=_("已办结"),
    explain=_("结案日是收到裁决、判决或者签订协议的日期；30日内提交结案材料"),
    awaited=g.always,
    law=f"{d.PROCEDURE}第四章",
)

HAND_IN_FILE = Step(
    name="hand_in_file",
    row="23",
    label=_("收到结案材料"),
    source=(State.CONCLUDED,),
    target=State.FILE_CHECK,
    by=(U,),
    guards=(g.file_after_end,),
    then=(
        Meet(d.HAND_IN_FILE, from_="arrived_on"),
        Start(d.CHECK_FILE_AND_PAY, from_="arrived_on"),
    ),
    form=f.FileForm,
    explain=_("30日内审查卷宗并支付补贴"),
    awaited=g.always,
    law=f"{d.PROCEDURE}第四章",
)

RETURN_FILE = Step(
    name="return_file",
    row="23a",
    label=_("退回补正卷宗"),
    source=(State.FILE_CHECK,),
    target=State.CONCLUDED,
    by=(U,),
    guards=(g.reason_given,),
    then=(Drop(d.CHECK_FILE_AND_PAY), Reopen(d.HAND_IN_FILE)),
    form=f.ReasonForm,
    explain=_("提交结案材料的期限接着原来的计算"),
    law=f"{d.PROCEDURE}第四章",
)

CHECK_FILE = Step(
    name="check_file",
    row="24",
    label=_("卷宗审查合格，报批补贴"),
    source=(State.FILE_CHECK,),
    target=State.SUBSIDY,
    by=(U,),
    guards=(g.rate_is_set, g.file_in_order, g.extra_explained),
    then=(ProposeSubsidy(),),
    documents=("LD20",),
    form=f.CheckFileForm,
    explain=_("按结案日的标准计算补贴，由中心负责人批准支付"),
    awaited=g.always,
    law=f"{d.LAW}第五十二条、{d.PROCEDURE}第四章",
)

PAY_SUBSIDY = Step(
    name="pay_subsidy",
    row="25",
    label=_("批准并支付补贴"),
    source=(State.SUBSIDY,),
    target=None,
    by=(M,),
    guards=(g.subsidy_unpaid,),
    then=(PaySubsidy(), Meet(d.CHECK_FILE_AND_PAY, from_="paid_on"), Issue("LD20")),
    documents=("LD20",),
    form=f.PayForm,
    explain=_("补贴免征增值税和个人所得税"),
    awaited=g.nothing_paid,
    law=f"{d.LAW}第五十二条、{d.PROCEDURE}第四章",
)

CALL_BACK = Step(
    name="call_back",
    row="26",
    label=_("登记回访"),
    source=(State.CONCLUDED, State.FILE_CHECK, State.SUBSIDY, State.ARCHIVED),
    target=None,
    by=(U,),
    then=(Issue("LD21"),),
    documents=("LD21", "LD23"),
    form=f.CallBackForm,
    explain=_("询问受援人是否满意、有没有意见"),
    law=f"{d.LAW}第五十九条",
)

ARCHIVE = Step(
    name="archive",
    row="27",
    label=_("归档"),
    source=(State.SUBSIDY, State.REFUSED, State.TERMINATED),
    target=State.ARCHIVED,
    by=(U,),
    guards=(g.subsidy_paid, g.objection_over, g.contents_complete),
    then=(EndClocks(),),
    form=f.ArchiveForm,
    public=_("已归档"),
    explain=_("一案一卷；归档以后不再改动"),
    awaited=g.always,
    law=f"{d.PROCEDURE}第四章",
)

EVALUATE = Step(
    name="evaluate",
    row="28",
    label=_("质量评估"),
    source=(State.ARCHIVED,),
    target=State.EVALUATED,
    by=(U,),
    guards=(g.called_back,),
    then=(Issue("LD22"),),
    documents=("LD22",),
    form=f.EvaluateForm,
    explain=_("分项评分，满分100分"),
    awaited=g.was_aided,
    law=f"{d.LAW}第五十九条",
)

SERVE = Step(
    name="serve",
    row="S",
    label=_("登记送达"),
    source=tuple(state for state in State if state not in (State.ARCHIVED, State.EVALUATED)),
    target=None,
    by=(K,),
    guards=(g.served_after_issue,),
    then=(RecordService(),),
    form=f.ServeForm,
    explain=_("不予、终止决定的异议期限，从送达的次日起计算"),
    awaited=g.decision_to_serve,
    law=f"{d.PROCEDURE}第三章、《民事诉讼法》第八十七条至第九十五条",
)

LEGAL_AID = Workflow(
    kind=CaseKind.LEGAL_AID,
    label=_("法律援助"),
    version=1,
    model_name="legal_aid.AidCase",
    detail="aid",
    states=State,
    initial=State.CONSULTATION,
    final=frozenset({State.WITHDRAWN, State.EVALUATED}),
    headline_rules=("LA-12", "LA-11", "LA-09", "LA-08", "LA-05", "LA-03", "LA-02", "LA-01"),
    law=BASIS,
    ready_documents=ready_kinds,
    document_title=title_of,
    steps=(
        APPLY,
        END_CONSULTATION,
        REQUEST_CORRECTION,
        SUPPLY,
        LAPSE_CORRECTION,
        AID_FIRST,
        START_REVIEW,
        ASK_OTHER_REGION,
        REGION_ANSWERED,
        RECORD_REVIEW,
        GRANT,
        REFUSE,
        OBJECT,
        ORDER_CORRECTION,
        UPHOLD_DECISION,
        SUPPLY_URGENT_PAPERS,
        WITHDRAW,
        ASSIGN,
        REASSIGN,
        RECEIVE_ASSIGNMENT,
        NAME_LAWYER,
        SIGN,
        BEGIN,
        LOG_WORK,
        REPORT_MATTER,
        REQUEST_REPLACEMENT,
        KEEP_LAWYER,
        REPLACE,
        TERMINATE,
        NOTIFY_TERMINATION,
        CONCLUDE_TERMINATED,
        CONCLUDE,
        HAND_IN_FILE,
        RETURN_FILE,
        CHECK_FILE,
        PAY_SUBSIDY,
        CALL_BACK,
        ARCHIVE,
        EVALUATE,
        SERVE,
    ),
    to_do=rows_for,
    joins=("means", "aid_review", "subsidy"),
    panel="legal_aid/_panel.html",
    shared_panel="legal_aid/_shared.html",
    roles={
        "worker": _("申请人"),
        "respondent": _("对方当事人"),
        "third_party": _("第三人"),
    },
    on_referral=open_for,
    hidden_documents=hidden_from,
)
