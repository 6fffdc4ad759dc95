"""The procedure of a wage-arrears complaint, row by row, as the regulations order it.

Read it beside 《劳动保障监察条例》 and the provisions that implement it. X proposes (``proposed_by``), Y decides
(``by``); the two are never the same person. Row numbers are those of `docs/procedure-inspection.md`.
"""

from django.utils.translation import gettext_lazy as _

from cases.effects import Assign, Drop, EndClocks, Extend, Meet, NumberCase, Reopen, Restart, Share, Start
from cases.models import CaseKind, Duty
from cases.workflow.table import Step, Workflow
from documents.catalogue import ready_kinds, title_of
from documents.effects import Issue
from inspection import deadlines as d
from inspection import forms as f
from inspection import guards as g
from inspection.actors import B, F, H, J, L, P, W, X, Z
from inspection.desk import rows_for
from inspection.effects import (
    AddRespondent,
    DecideRecusal,
    RecordService,
    ReplyTask,
    SendTask,
    StartChannelClock,
    StartCourtWindow,
    after_payment,
)
from inspection.states import OPEN_UNDER_INVESTIGATION, State

# The day of service of these documents is a fact that later rows ask for.
SERVED_DAY = {
    "D18": "order_served_on",
    "D21": "notice_served_on",
    "D26": "decision_served_on",
    "D27": "decision_served_on",
}

OTHERS_RIGHTS = (d.REVIEW, d.SUE, d.TELL_RESULT, d.PAY_FINE)
BASIS = _("依据：《劳动保障监察条例》《关于实施〈劳动保障监察条例〉若干规定》《保障农民工工资支付条例》等。")

REGISTER = Step(
    name="register",
    row="3",
    label=_("登记投诉"),
    source=(),
    target=State.REGISTERED,
    by=(W,),
    then=(Start(d.ACCEPT, from_="received_on"), StartChannelClock(), Issue("D04")),
    documents=("D01", "D02", "D03", "D04"),
    public=_("已登记"),
    law=f"{d.PROVISIONS}第十二条至第十四条",
)

REQUEST_CORRECTION = Step(
    name="request_correction",
    row="4",
    label=_("告知补正"),
    source=(State.REGISTERED,),
    target=State.CORRECTING,
    by=(W,),
    then=(Drop(d.ACCEPT), Start(d.SUPPLY_MISSING, due="due_on"), Issue("D05")),
    documents=("D05",),
    form=f.MissingForm,
    public=_("还缺材料，请补齐"),
    explain=_("投诉转为“待补正”；收到补齐的材料后，受理期限重新起算"),
    law=f"{d.PROVISIONS}第十八条",
)

RECEIVE_CORRECTION = Step(
    name="receive_correction",
    row="5",
    label=_("收到补正材料"),
    source=(State.CORRECTING,),
    target=State.REGISTERED,
    by=(W,),
    then=(Meet(d.SUPPLY_MISSING), Restart(d.ACCEPT, from_="received_on"), Issue("D04")),
    documents=("D04",),
    form=f.ReceivedForm,
    public=_("材料已补齐"),
    explain=_("受理期限从收到补齐材料的次日重新起算"),
    awaited=g.always,
    law=f"{d.PROVISIONS}第十八条",
)

LAPSE_CORRECTION = Step(
    name="lapse_correction",
    row="29",
    label=_("期满未补正，不予受理"),
    source=(State.CORRECTING,),
    target=State.NOT_ACCEPTED,
    proposed_by=(W,),
    by=(J,),
    guards=(g.correction_ran_out,),
    then=(EndClocks(keep=OTHERS_RIGHTS), Start(d.TELL_RESULT), Issue("D07")),
    documents=("D07",),
    form=f.ReasonForm,
    confirm=True,
    public=_("没有补齐材料，未受理，可以重新投诉"),
    explain=_("投诉终结，投诉人可以补齐后重新投诉"),
    awaited=g.always,
    law=f"{d.PROVISIONS}第十八条",
)

REFUSE = Step(
    name="refuse",
    row="6",
    label=_("不予受理"),
    source=(State.REGISTERED,),
    target=State.NOT_ACCEPTED,
    proposed_by=(W,),
    by=(J,),
    guards=(g.over_two_years,),
    then=(Meet(d.ACCEPT), EndClocks(keep=OTHERS_RIGHTS), Start(d.TELL_RESULT), Issue("D07")),
    documents=("D07",),
    form=f.ReasonForm,
    confirm=True,
    public=_("不予受理，决定书写明理由和复议办法"),
    explain=_("生成《不予受理决定书》，并停止计时"),
    law=f"{d.SUPERVISION}第二十条、{d.PROVISIONS}第十八条",
)

REDIRECT = Step(
    name="redirect",
    row="7",
    label=_("告知其他途径、转办"),
    source=(State.REGISTERED,),
    target=State.REDIRECTED,
    proposed_by=(W,),
    by=(J,),
    then=(
        Meet(d.ACCEPT),
        EndClocks(keep=OTHERS_RIGHTS),
        Start(d.TRANSFER_MATTER),
        Start(d.TELL_RESULT),
        Issue("D08"),
    ),
    documents=("D08", "D09"),
    form=f.RedirectForm,
    confirm=True,
    public=_("请到告知书写明的机构办理"),
    explain=_("告知劳动者应走的途径，不作为监察案件受理"),
    awaited=g.belongs_elsewhere,
    law=f"{d.SUPERVISION}第二十一条、{d.PROVISIONS}第十五条、第十八条",
)

VOID = Step(
    name="void",
    row="32",
    label=_("登记作废"),
    source=(State.REGISTERED,),
    target=State.VOID,
    by=(J,),
    guards=(g.reason_given,),
    then=(EndClocks(keep=OTHERS_RIGHTS),),
    form=f.ReasonForm,
    confirm=True,
    explain=_("误登记或重复登记；不计入任何指标，登记号保留"),
    law=f"{d.PROVISIONS}第十八条",
)

ACCEPT = Step(
    name="accept",
    row="8",
    label=_("受理"),
    source=(State.REGISTERED,),
    target=State.FILING,
    proposed_by=(W,),
    by=(J,),
    guards=(g.parties_named, g.not_in_other_proceeding, g.three_tests_hold),
    then=(Meet(d.ACCEPT), Start(d.FILE_SAME_DAY), Issue("D06")),
    documents=("D06", "D10"),
    form=f.AcceptForm,
    public=_("已受理"),
    explain=_("受理当日要立案；生成《受理通知书》"),
    awaited=g.belongs_here,
    law=f"{d.PROVISIONS}第十八条",
)

RETURN_FILING = Step(
    name="return_filing",
    row="28",
    label=_("退回登记"),
    source=(State.FILING,),
    target=State.REGISTERED,
    by=(J,),
    guards=(g.reason_given,),
    then=(Drop(d.FILE_SAME_DAY), Reopen(d.ACCEPT)),
    form=f.ReasonForm,
    public=_("正在重新核对"),
    explain=_("受理期限接着原来的起算日继续计算"),
    law=f"{d.PROVISIONS}第十八条、第十九条",
)

FILE = Step(
    name="file_case",
    row="9",
    label=_("立案"),
    source=(State.FILING,),
    target=State.INVESTIGATING,
    by=(J,),
    guards=(g.inspectors_differ,),
    then=(
        Meet(d.FILE_SAME_DAY),
        NumberCase("case"),
        Assign((("lead", Duty.LEAD), ("second", Duty.SECOND))),
        Start(d.INVESTIGATE),
        Start(d.PENALTY_OVERALL),
        Issue("D10"),
    ),
    documents=("D10",),
    form=f.FileForm,
    public=_("正在调查"),
    explain=_("编案号，指派主办、协办，调查期限60个工作日从今天起算"),
    awaited=g.always,
    law=f"{d.PROVISIONS}第十八条、第十九条、第二十条，{d.SUPERVISION}第十四条、第十七条",
)

INVESTIGATE = Step(
    name="investigate",
    row="10",
    label=_("记录调查情况"),
    source=(State.INVESTIGATING,),
    target=None,
    by=(Z, X),
    guards=(g.two_inspectors,),
    documents=("D11", "D12", "D13", "D15"),
    form=f.InvestigateForm,
    public=_("正在调查"),
    awaited=g.not_investigated_yet,
    law=f"{d.SUPERVISION}第十五条、第十六条",
)

CONFIRM_AMOUNTS = Step(
    name="confirm_amounts",
    row="10a",
    label=_("认定欠付金额"),
    source=(State.INVESTIGATING,),
    target=None,
    by=(Z,),
    guards=(g.two_inspectors, g.investigated),
    form=f.AmountsForm,
    explain=_("按人认定欠付金额，责令支付时列入名单"),
    awaited=g.amounts_open,
    law=f"{d.SUPERVISION}第二十六条、{d.WAGES}第五十条",
)

PRESERVE_EVIDENCE = Step(
    name="preserve_evidence",
    row="11",
    label=_("先行登记保存证据"),
    source=(State.INVESTIGATING,),
    target=None,
    proposed_by=(Z,),
    by=(L,),
    guards=(g.two_inspectors,),
    then=(Start(d.PRESERVED_EVIDENCE),),
    documents=("D14",),
    form=f.PreserveForm,
    explain=_("7日内要作出处理决定"),
    law=f"{d.PENALTY}第五十六条、{d.PROVISIONS}第二十七条、第二十八条",
)

DISPOSE_EVIDENCE = Step(
    name="dispose_evidence",
    row="11a",
    label=_("处理登记保存的证据"),
    source=(State.INVESTIGATING, State.ORDERED, State.PRE_NOTICE),
    target=None,
    by=(Z,),
    guards=(g.two_inspectors,),
    then=(Meet(d.PRESERVED_EVIDENCE),),
    documents=("D14",),
    form=f.DisposeForm,
    law=f"{d.PENALTY}第五十六条",
)

QUERY_ACCOUNTS = Step(
    name="query_accounts",
    row="12",
    label=_("查询账户、房产、车辆"),
    source=(State.INVESTIGATING, State.ORDERED),
    target=None,
    proposed_by=(Z,),
    by=(B,),
    guards=(g.two_inspectors,),
    documents=("D15",),
    form=f.QueryForm,
    explain=_("要有设区的市级以上部门批准"),
    law=f"{d.WAGES}第四十条",
)

EXTEND = Step(
    name="extend_investigation",
    row="13",
    label=_("延长调查期限"),
    source=(State.INVESTIGATING, State.ORDERED),
    target=None,
    proposed_by=(Z,),
    by=(L,),
    guards=(g.not_yet_concluded, g.reason_given),
    then=(Extend(d.INVESTIGATE, amount=30), Issue("D17")),
    documents=("D17",),
    form=f.ExtendForm,
    explain=_("从立案起共90个工作日；要在原期限届满前批准"),
    law=f"{d.SUPERVISION}第十七条",
)

CONCLUDE = Step(
    name="conclude_investigation",
    row="16a",
    label=_("调查终结"),
    source=(State.INVESTIGATING, State.ORDERED),
    target=None,
    proposed_by=(Z,),
    by=(J,),
    guards=(g.not_yet_concluded, g.two_inspectors),
    then=(Meet(d.INVESTIGATE), Start(d.DECIDE), Issue("D20")),
    documents=("D20",),
    form=f.ConcludeForm,
    public=_("调查已结束，正在研究处理"),
    explain=_("15个工作日内要作出处理"),
    awaited=g.order_in_vain,
    law=f"{d.SUPERVISION}第十七条、{d.PROVISIONS}第三十七条",
)

ORDER = Step(
    name="order",
    row="14",
    label=_("责令限期支付"),
    source=(State.INVESTIGATING,),
    target=State.ORDERED,
    proposed_by=(Z,),
    by=(J,),
    guards=(g.two_inspectors, g.amounts_confirmed, g.something_owed, g.term_in_future),
    then=(Issue("D18"),),
    documents=("D18", "D29"),
    form=f.OrderForm,
    public=_("已责令单位支付"),
    explain=_("生成《限期改正指令书》；期限从送达起算，送达后登记送达"),
    awaited=g.always,
    law=f"{d.SUPERVISION}第二十六条、{d.PROVISIONS}第三十一条",
)

SERVE = Step(
    name="serve",
    row="S",
    label=_("登记送达"),
    source=tuple(state for state in State if state not in (State.VOID, State.ARCHIVED)),
    target=None,
    by=(W, Z, X),
    guards=(g.served_after_issue, g.left_with_witness),
    then=(RecordService(),),
    documents=("D29",),
    form=f.ServeForm,
    explain=_("从送达起算的期限，从这一天的次日开始计算"),
    awaited=g.document_to_serve,
    law=f"{d.PROVISIONS}第三十八条、{d.CIVIL_PROCEDURE}第八十七条至第九十五条",
)

CLOSE_PAID = Step(
    name="close_paid",
    row="15",
    label=_("责令后付清，结案"),
    source=(State.ORDERED,),
    target=State.CLOSED,
    proposed_by=(Z,),
    by=(J,),
    guards=(g.amounts_confirmed, g.everyone_paid, g.proof_fits_outcome, g.called_back),
    then=(EndClocks(keep=OTHERS_RIGHTS), Start(d.TELL_RESULT), Issue("D36")),
    documents=("D19", "D36"),
    form=f.ClosePaidForm,
    confirm=True,
    public=_("已办结，工资已付清"),
    explain=_("案件办结，停止全部计时，计入办结率"),
    awaited=g.always,
    law=f"{d.SUPERVISION}第十八条、{d.PROVISIONS}第三十五条",
)

GIVE_NOTICE = Step(
    name="give_notice",
    row="16",
    label=_("处理、处罚事先告知"),
    source=(State.ORDERED,),
    target=State.PRE_NOTICE,
    proposed_by=(Z,),
    by=(J,),
    guards=(g.two_inspectors, g.investigation_concluded, g.order_served, g.pay_by_passed, g.not_fully_paid),
    then=(Issue("D21"),),
    documents=("D20", "D21", "D22"),
    form=f.NoticeForm,
    public=_("单位没有按期支付，正在依法处理"),
    explain=_("送达以后，当事人有5个工作日陈述、申辩"),
    awaited=g.always,
    law=f"{d.SUPERVISION}第十九条、{d.PENALTY}第四十四条、第六十三条",
)

GIVE_NOTICE_FOR_OBSTRUCTION = Step(
    name="give_notice_for_obstruction",
    row="16b",
    label=_("阻挠调查，事先告知"),
    source=(State.INVESTIGATING,),
    target=State.PRE_NOTICE,
    proposed_by=(Z,),
    by=(J,),
    guards=(g.two_inspectors, g.investigation_concluded),
    then=(Issue("D21"),),
    documents=("D20", "D21", "D22"),
    form=f.NoticeForm,
    public=_("正在依法处理"),
    law=f"{d.SUPERVISION}第十九条、第三十条",
)

HEAR_STATEMENT = Step(
    name="hear_statement",
    row="20a",
    label=_("听取陈述申辩"),
    source=(State.PRE_NOTICE,),
    target=None,
    by=(Z,),
    guards=(g.two_inspectors, g.notice_served),
    documents=("D23",),
    form=f.StatementForm,
    law=f"{d.SUPERVISION}第十九条、{d.PENALTY}第四十五条",
)

HOLD_HEARING = Step(
    name="hold_hearing",
    row="20b",
    label=_("举行听证"),
    source=(State.PRE_NOTICE,),
    target=None,
    by=(J,),
    guards=(g.notice_served,),
    documents=("D22",),
    form=f.HearingForm,
    law=f"{d.PENALTY}第六十三条、第六十四条",
)

REVIEW_LAW = Step(
    name="review_law",
    row="20c",
    label=_("法制审核"),
    source=(State.PRE_NOTICE,),
    target=None,
    by=(F,),
    documents=("D24",),
    form=f.ReviewForm,
    awaited=g.review_missing,
    law=f"{d.PENALTY}第五十八条",
)

DISCUSS = Step(
    name="discuss",
    row="20d",
    label=_("集体讨论"),
    source=(State.PRE_NOTICE,),
    target=None,
    by=(B,),
    documents=("D25",),
    form=f.DiscussForm,
    awaited=g.discussion_missing,
    law=f"{d.PENALTY}第五十七条",
)

DECIDE = Step(
    name="decide",
    row="20",
    label=_("作出处理、处罚决定"),
    source=(State.PRE_NOTICE,),
    target=State.DECIDED,
    proposed_by=(L,),
    by=(B,),
    guards=(
        g.notice_served,
        g.statement_period_over,
        g.hearing_period_over,
        g.legally_reviewed,
        g.discussed_if_major,
        g.term_in_future,
    ),
    then=(Meet(d.DECIDE), Meet(d.PENALTY_OVERALL), Start(d.SERVE_DECISION), Issue("D26")),
    documents=("D22", "D23", "D24", "D25", "D26", "D27"),
    form=f.DecideForm,
    confirm=True,
    public=_("已作出处理决定"),
    explain=_("决定书7日内送达；复议60日、起诉6个月从送达起算"),
    awaited=g.always,
    law=f"{d.SUPERVISION}第十八条、{d.PENALTY}第五十七条至第五十九条",
)

TRANSFER_TO_POLICE = Step(
    name="transfer_to_police",
    row="17",
    label=_("移送公安"),
    source=(State.ORDERED, State.DECIDED),
    target=State.POLICE_PENDING,
    proposed_by=(Z,),
    by=(B,),
    guards=(g.two_inspectors, g.over_crime_line, g.ordered_in_vain, g.flight_or_refusal),
    then=(Start(d.SEND_TO_POLICE), Share("police"), Issue("D30")),
    documents=("D30",),
    form=f.PoliceForm,
    confirm=True,
    public=_("已移送公安机关"),
    explain=_("批准后24小时内移送；公安立案前案件仍在办理"),
    law=f"{d.TRANSFER}第三条、第五条，{d.WAGES}第四十一条",
)

SEND_TO_POLICE = Step(
    name="send_to_police",
    row="17a",
    label=_("登记移送材料送达公安"),
    source=(State.POLICE_PENDING,),
    target=None,
    by=(Z,),
    then=(Meet(d.SEND_TO_POLICE), Start(d.POLICE_REPLY, from_="done_on")),
    form=f.SentForm,
    awaited=g.not_sent_to_police,
    law=f"{d.TRANSFER}第五条、第六条",
)

POLICE_OPEN = Step(
    name="police_open",
    row="18",
    label=_("公安立案"),
    source=(State.POLICE_PENDING,),
    target=State.CLOSED,
    by=(P,),
    then=(
        Meet(d.POLICE_REPLY),
        EndClocks(keep=OTHERS_RIGHTS),
        Start(d.HAND_OVER_MATERIALS),
        Start(d.TELL_RESULT),
        Issue("D36"),
    ),
    documents=("D30", "D36"),
    form=f.PoliceOpenForm,
    confirm=True,
    public=_("公安机关已立案"),
    explain=_("案件以“移送公安立案”办结"),
    awaited=g.always,
    law=f"{d.TRANSFER}第八条、第十二条",
)

HAND_OVER = Step(
    name="hand_over",
    row="18a",
    label=_("登记移交案件材料"),
    source=(State.CLOSED,),
    target=None,
    by=(Z,),
    guards=(g.police_opened,),
    then=(Meet(d.HAND_OVER_MATERIALS),),
    documents=("D30",),
    form=f.SentForm,
    law=f"{d.TRANSFER}第十二条",
)

ASK_POLICE_AGAIN = Step(
    name="ask_police_again",
    row="19a",
    label=_("登记提请复议、立案监督"),
    source=(State.DECIDED, State.PRE_NOTICE),
    target=None,
    by=(Z,),
    guards=(g.police_refused,),
    then=(Meet(d.ASK_POLICE_AGAIN),),
    form=f.SentForm,
    law=f"{d.TRANSFER}第九条",
)

POLICE_REFUSE = Step(
    name="police_refuse",
    row="19",
    label=_("公安不予立案，作出决定"),
    source=(State.POLICE_PENDING,),
    target=State.DECIDED,
    by=(B,),
    guards=(g.notice_served,),
    then=(Meet(d.POLICE_REPLY), Start(d.ASK_POLICE_AGAIN)),
    form=f.PoliceRefuseForm,
    public=_("正在依法处理"),
    law=f"{d.TRANSFER}第九条、第十条",
)

POLICE_REFUSE_BEFORE_NOTICE = Step(
    name="police_refuse_before_notice",
    row="33",
    label=_("公安不予立案，先行告知"),
    source=(State.POLICE_PENDING,),
    target=State.PRE_NOTICE,
    by=(B,),
    guards=(g.notice_not_served,),
    then=(Meet(d.POLICE_REPLY), Start(d.ASK_POLICE_AGAIN), Issue("D21")),
    documents=("D21",),
    form=f.PoliceRefuseNoticeForm,
    public=_("正在依法处理"),
    law=f"{d.TRANSFER}第九条、第十条",
)

CLOSE_PERFORMED = Step(
    name="close_performed",
    row="21",
    label=_("决定已履行，结案"),
    source=(State.DECIDED,),
    target=State.CLOSED,
    proposed_by=(Z,),
    by=(J,),
    guards=(g.everyone_paid, g.proof_fits_outcome, g.called_back),
    then=(EndClocks(keep=OTHERS_RIGHTS), Start(d.TELL_RESULT), Issue("D36")),
    documents=("D36",),
    form=f.ClosePerformedForm,
    confirm=True,
    public=_("已办结，决定已履行"),
    explain=_("案件办结，停止全部计时，计入办结率"),
    awaited=g.always,
    law=f"{d.PROVISIONS}第三十五条",
)

RECORD_REMEDY = Step(
    name="record_remedy",
    row="22a",
    label=_("登记复议、诉讼"),
    source=(State.DECIDED, State.ENFORCING),
    target=None,
    by=(Z,),
    form=f.RemedyForm,
    law="《行政复议法》第二十条、《行政诉讼法》第四十六条",
)

ENFORCE = Step(
    name="enforce",
    row="22",
    label=_("催告、申请强制执行"),
    source=(State.DECIDED,),
    target=State.ENFORCING,
    proposed_by=(Z,),
    by=(L,),
    guards=(g.decision_served, g.remedies_over, g.not_fully_paid),
    then=(StartCourtWindow(), Issue("D31")),
    documents=("D31", "D32"),
    form=f.EnforceForm,
    confirm=True,
    public=_("正在申请法院强制执行"),
    explain=_("催告书送达10个工作日后申请；三个月内要提出"),
    awaited=g.always,
    law=f"{d.COERCION}第五十三条至第五十五条",
)

CLOSE_EXECUTED = Step(
    name="close_executed",
    row="23",
    label=_("执行完毕，结案"),
    source=(State.ENFORCING,),
    target=State.CLOSED,
    proposed_by=(Z,),
    by=(J,),
    guards=(g.executed_means_paid, g.proof_fits_outcome),
    then=(EndClocks(keep=OTHERS_RIGHTS), Start(d.TELL_RESULT), Issue("D36")),
    documents=("D36",),
    form=f.CloseExecutedForm,
    confirm=True,
    public=_("已办结"),
    awaited=g.always,
    law=f"{d.COERCION}第五十三条、{d.PROVISIONS}第三十五条",
)

CANCEL = Step(
    name="cancel",
    row="24",
    label=_("撤销立案"),
    source=(State.INVESTIGATING,),
    target=State.CANCELLED,
    proposed_by=(Z,),
    by=(L, J),
    guards=(g.two_inspectors, g.withdrawn_if_so_coded),
    then=(EndClocks(keep=OTHERS_RIGHTS), Start(d.TELL_RESULT), Issue("D35")),
    documents=("D35",),
    form=f.CancelForm,
    confirm=True,
    public=_("已撤销立案，告知书写明理由"),
    explain=_("违法轻微已改正，或事实不成立；单独列示"),
    law=f"{d.SUPERVISION}第十八条第三项、{d.PROVISIONS}第三十五条",
)

WITHDRAW = Step(
    name="withdraw",
    row="25",
    label=_("登记撤回投诉"),
    source=OPEN_UNDER_INVESTIGATION,
    target=None,
    proposed_by=(Z,),
    by=(J,),
    guards=(g.voluntary,),
    form=f.WithdrawForm,
    explain=_("只作登记：可以再撤销立案，也可以依职权继续办理"),
    law=f"{d.PROVISIONS}第三十五条",
)

CLOSE_TRANSFERRED = Step(
    name="close_transferred",
    row="30",
    label=_("移送、转仲裁诉讼，结案"),
    source=(State.INVESTIGATING,),
    target=State.CLOSED,
    by=(J,),
    then=(EndClocks(keep=OTHERS_RIGHTS), Start(d.TELL_RESULT), Issue("D36")),
    documents=("D09", "D36"),
    form=f.CloseTransferredForm,
    confirm=True,
    public=_("已转到其他机构办理"),
    law=f"{d.SUPERVISION}第十八条、第二十一条",
)

REOPEN = Step(
    name="reopen",
    row="26",
    label=_("恢复办理"),
    source=(State.CLOSED,),
    target=State.INVESTIGATING,
    proposed_by=(J,),
    by=(L,),
    guards=(g.reason_given,),
    then=(Start(d.INVESTIGATE),),
    form=f.ReasonForm,
    confirm=True,
    public=_("重新办理"),
    explain=_("原来的办结从今天起取消；调查期限重新起算"),
    law=f"{d.SUPERVISION}第十七条、第十八条",
)

ARCHIVE = Step(
    name="archive",
    row="27",
    label=_("归档"),
    source=(State.CLOSED, State.CANCELLED),
    target=State.ARCHIVED,
    by=(Z,),
    guards=(g.file_complete,),
    then=(Start(d.KEEP_CASE_FILE, from_="closed_on"),),
    documents=("D37",),
    form=f.ArchiveForm,
    confirm=True,
    explain=_("归档以后只能查看"),
    awaited=g.always,
    law=f"{d.PROVISIONS}第四十条",
)

TELL_RESULT = Step(
    name="tell_result",
    row="27a",
    label=_("告知劳动者结果"),
    source=(State.NOT_ACCEPTED, State.REDIRECTED, State.CLOSED, State.CANCELLED),
    target=None,
    by=(W, Z),
    then=(Meet(d.TELL_RESULT), Meet(d.TRANSFER_MATTER)),
    form=f.SentForm,
    awaited=g.not_told,
    explain=_("把处理结果告诉劳动者，多人的告诉代表"),
    law=f"{d.WAGES}第十条",
)

SUSPEND = Step(
    name="suspend",
    row="M1",
    label=_("登记中止"),
    source=OPEN_UNDER_INVESTIGATION,
    target=None,
    proposed_by=(Z,),
    by=(L,),
    guards=(g.reason_given,),
    form=f.ReasonForm,
    explain=_("只作标记：法定期限照算"),
    law=f"{d.SUPERVISION}第十七条（没有规定调查期限可以中止）",
)

RESUME = Step(
    name="resume",
    row="M2",
    label=_("恢复办理（中止后）"),
    source=OPEN_UNDER_INVESTIGATION,
    target=None,
    by=(Z,),
    law=f"{d.SUPERVISION}第十七条",
)

COORDINATE = Step(
    name="coordinate",
    row="M3",
    label=_("协调、调解"),
    source=(State.INVESTIGATING, State.ORDERED),
    target=None,
    by=(Z,),
    form=f.CoordinateForm,
    explain=_("与调查并行，不停止计时"),
    law=f"{d.WAGES}第四条、第七条",
)

CHANGE_INSPECTORS = Step(
    name="change_inspectors",
    row="A1",
    label=_("更换承办人"),
    source=OPEN_UNDER_INVESTIGATION,
    target=None,
    by=(J,),
    guards=(g.inspectors_differ,),
    then=(Assign((("lead", Duty.LEAD), ("second", Duty.SECOND))),),
    form=f.InspectorsForm,
    law=f"{d.PROVISIONS}第二十条",
)

REQUEST_RECUSAL = Step(
    name="request_recusal",
    row="A2",
    label=_("登记回避申请"),
    source=OPEN_UNDER_INVESTIGATION,
    target=None,
    by=(Z, X, J),
    then=(Start(d.DECIDE_RECUSAL),),
    documents=("D16",),
    form=f.RecusalForm,
    explain=_("3个工作日内决定；决定前不停止调查"),
    law=f"{d.PROVISIONS}第二十三条至第二十五条、{d.PENALTY}第四十三条",
)

DECIDE_RECUSAL = Step(
    name="decide_recusal",
    row="A3",
    label=_("决定回避"),
    source=OPEN_UNDER_INVESTIGATION,
    target=None,
    by=(L,),
    then=(Meet(d.DECIDE_RECUSAL), DecideRecusal()),
    documents=("D16",),
    form=f.RecusalDecisionForm,
    law=f"{d.PROVISIONS}第二十三条至第二十五条、{d.PENALTY}第四十三条",
)

ADD_PARTY = Step(
    name="add_party",
    row="A4",
    label=_("追加责任主体"),
    source=(State.INVESTIGATING, State.ORDERED),
    target=None,
    proposed_by=(Z,),
    by=(J,),
    guards=(g.party_is_new,),
    then=(AddRespondent(),),
    form=f.AddPartyForm,
    explain=_("追加的单位单独送达、单独计算救济期限；调查期限不重新起算"),
    law=f"{d.WAGES}第二十九条、第三十条、第三十六条",
)

DETERMINE_PAYER = Step(
    name="determine_payer",
    row="L1",
    label=_("认定先行清偿责任"),
    source=(State.INVESTIGATING, State.ORDERED),
    target=None,
    by=(Z,),
    guards=(g.two_inspectors,),
    form=f.PayerForm,
    explain=_("系统按情形指出由谁先行清偿和依据的条款"),
    law=f"{d.WAGES}第十八条至第二十二条、第二十九条、第三十条、第三十六条、第三十七条",
)

SEND_TASK = Step(
    name="send_task",
    row="C1",
    label=_("发协办任务"),
    source=OPEN_UNDER_INVESTIGATION,
    target=None,
    by=(Z,),
    then=(SendTask(), Issue("D09")),
    documents=("D09",),
    form=f.TaskForm,
    explain=_("5个工作日内答复；本案的期限照算，不等答复"),
    law=f"{d.WAGES}第七条",
)

REPLY_TASK = Step(
    name="reply_task",
    row="C2",
    label=_("答复协办任务"),
    source=tuple(state for state in State if state not in (State.VOID, State.ARCHIVED)),
    target=None,
    by=(H,),
    guards=(g.task_open,),
    then=(ReplyTask(),),
    form=f.ReplyForm,
    awaited=g.always,
    law=f"{d.WAGES}第七条",
)

NOTIFY_BANK = Step(
    name="notify_bank",
    row="B1",
    label=_("通知银行动用工资保证金"),
    source=(State.DECIDED, State.ENFORCING),
    target=None,
    by=(Z,),
    guards=(g.two_inspectors, g.decision_served, g.decision_in_vain, g.not_fully_paid),
    then=(Issue("D33"),),
    documents=("D33",),
    form=f.BankForm,
    explain=_("生成《支付通知书》；到达银行后登记，银行5个工作日内直接支付给劳动者"),
    law=f"{d.DEPOSIT}第十九条",
)

BANK_RECEIVED = Step(
    name="bank_received",
    row="B2",
    label=_("登记支付通知书到达银行"),
    source=(State.DECIDED, State.ENFORCING),
    target=None,
    by=(Z,),
    guards=(g.bank_notified,),
    then=(Start(d.BANK_PAYS, from_="done_on"),),
    documents=("D33",),
    form=f.SentForm,
    law=f"{d.DEPOSIT}第十九条",
)

INSPECTION = Workflow(
    kind=CaseKind.INSPECTION,
    label=_("欠薪投诉"),
    version=1,
    model_name="inspection.InspectionCase",
    detail="complaint",
    states=State,
    initial=State.REGISTERED,
    final=frozenset({State.NOT_ACCEPTED, State.REDIRECTED, State.VOID, State.ARCHIVED}),
    headline_rules=("T10", "T02", "T04", "T01"),
    law=BASIS,
    ready_documents=ready_kinds,
    document_title=title_of,
    steps=(
        REQUEST_CORRECTION,
        RECEIVE_CORRECTION,
        REFUSE,
        REDIRECT,
        ACCEPT,
        FILE,
        INVESTIGATE,
        CONFIRM_AMOUNTS,
        PRESERVE_EVIDENCE,
        DISPOSE_EVIDENCE,
        QUERY_ACCOUNTS,
        EXTEND,
        CONCLUDE,
        ORDER,
        SERVE,
        CLOSE_PAID,
        GIVE_NOTICE,
        GIVE_NOTICE_FOR_OBSTRUCTION,
        TRANSFER_TO_POLICE,
        SEND_TO_POLICE,
        POLICE_OPEN,
        HAND_OVER,
        POLICE_REFUSE,
        ASK_POLICE_AGAIN,
        HEAR_STATEMENT,
        HOLD_HEARING,
        REVIEW_LAW,
        DISCUSS,
        DECIDE,
        CLOSE_PERFORMED,
        RECORD_REMEDY,
        ENFORCE,
        CLOSE_EXECUTED,
        CANCEL,
        WITHDRAW,
        REOPEN,
        TELL_RESULT,
        ARCHIVE,
        RETURN_FILING,
        LAPSE_CORRECTION,
        CLOSE_TRANSFERRED,
        VOID,
        POLICE_REFUSE_BEFORE_NOTICE,
        SUSPEND,
        RESUME,
        COORDINATE,
        CHANGE_INSPECTORS,
        REQUEST_RECUSAL,
        DECIDE_RECUSAL,
        ADD_PARTY,
        DETERMINE_PAYER,
        SEND_TASK,
        REPLY_TASK,
        NOTIFY_BANK,
        BANK_RECEIVED,
    ),
    on_payment=after_payment,
    to_do=rows_for,
)
