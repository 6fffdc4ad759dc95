"""The procedure of a clue: two states, who acts, on what condition, under which article."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies.rights import Right
from cases.workflow.table import Actor, Facts, Step, Workflow, guard
from documents.catalogue import ready_kinds
from inspection import deadlines as d
from inspection.actors import J, W
from inspection.clues import clocks, forms

ATTEMPTS = 3  # logged attempts to reach the person, after which the clue may be closed without contact

# Registering a complaint is the window's, and so is making one of a clue; inspectors stand in at the window.
REGISTRAR = Actor("W", _("窗口受理员"), Right.REGISTER)
# A clue has no lead inspector: any inspector of the office may ring up the person who reported it.
OFFICER = Actor("Z", _("监察员"), Right.INVESTIGATE)


class ClueState(models.TextChoices):
    CLUE_NEW = "CLUE_NEW", _("线索待核")
    CLUE_CLOSED = "CLUE_CLOSED", _("线索办结")


@guard(_("还没联系上反映人；联系不上的要有三次记录"), law=f"{d.WAGES}第三十八条、第三十九条")
def contacted(clue: Any, facts: Facts) -> bool:
    """Asked of the log: reached once, or tried often enough."""
    log = list(clue.contacts.all())
    return any(contact.reached for contact in log) or len(log) >= ATTEMPTS


@guard(_("还没有由这条线索登记的投诉"), law=f"{d.PROVISIONS}第十二条", needs_facts=True)
def complaint_named(clue: Any, facts: Facts) -> bool:
    return facts.get("complaint") is not None


@guard(_("只能延期一次，这条线索已经延过"), law=d.CLUE_CONCLUDE.law)
def not_extended(clue: Any, facts: Facts) -> bool:
    return not clue.extension_days


@guard(_("到期以后不能再延期"), law=d.CLUE_CONCLUDE.law)
def not_overdue(clue: Any, facts: Facts) -> bool:
    return clue.due_on is None or timezone.localdate() <= clue.due_on


@guard(_("延期超过了规定的天数"), law=d.CLUE_CONCLUDE.law, needs_facts=True)
def within_extension(clue: Any, facts: Facts) -> bool | str:
    """The most that the office's setting of the rule allows; without one, what was approved."""
    rule = clocks.conclude_rule(clue)
    if rule.may_extend_by(facts["days"]):
        return True
    most = rule.extension.most if rule.extension else 0
    return _now("最多%(n)d个工作日") % {"n": most or 0}


@guard(_("不是紧急线索，不用上报"), law=f"{d.SUPERVISION}第十四条")
def hot(clue: Any, facts: Facts) -> bool:
    return clue.hot_at is not None


@guard(_("已经上报过"), law=f"{d.SUPERVISION}第十四条")
def not_reported(clue: Any, facts: Facts) -> bool:
    return clue.escalated_at is None


CLOSE_CLUE = Step(
    name="close_clue",
    row="2",
    label=_("线索办结"),
    source=(ClueState.CLUE_NEW,),
    target=ClueState.CLUE_CLOSED,
    by=(J,),
    proposed_by=(W,),
    guards=(contacted,),
    form=forms.VerdictForm,
    explain=_("线索按核处结论办结，停止计时，答复内容回填平台。办结由监察机构负责人审批。"),
    law=f"{d.WAGES}第三十八条、第三十九条",
)

TRANSFER_CLUE = Step(
    name="transfer_clue",
    row="2a",
    label=_("转办"),
    source=(ClueState.CLUE_NEW,),
    target=ClueState.CLUE_CLOSED,
    by=(J,),
    proposed_by=(W,),
    form=forms.TransferForm,
    explain=_("线索转给有权处理的单位，并告知反映人；结论记为“非本辖区，转办”，停止计时。"),
    law=f"{d.WAGES}第十条",
)

CONTACT_CLUE = Step(
    name="contact_clue",
    row="2b",
    label=_("记录联系"),
    source=(ClueState.CLUE_NEW,),
    target=None,
    by=(W, OFFICER),
    form=forms.ContactForm,
    explain=_("记下这次联系。第一次联系停止“线索首次联系”的计时；联系上，或者有三次记录，才能办结。"),
    law=f"{d.WAGES}第三十八条、第三十九条",
)

EXTEND_CLUE = Step(
    name="extend_clue",
    row="2c",
    label=_("延期"),
    source=(ClueState.CLUE_NEW,),
    target=None,
    by=(J,),
    proposed_by=(W,),
    guards=(not_extended, not_overdue, within_extension),
    form=forms.ExtensionForm,
    explain=_("办结期限从原来的起算日起延长，只能延一次，要在到期以前批准。"),
    law=d.CLUE_CONCLUDE.law,
)

REPORT_CLUE = Step(
    name="report_clue",
    row="2d",
    label=_("上报紧急情形"),
    source=(ClueState.CLUE_NEW,),
    target=None,
    by=(W, OFFICER),
    guards=(hot, not_reported),
    form=forms.ReportForm,
    explain=_("记下当天向谁报告，停止“紧急线索报告”的计时；监察机构负责人收到消息。"),
    law=f"{d.SUPERVISION}第十四条",
)

CONVERT_CLUE = Step(
    name="convert_clue",
    row="3",
    label=_("转为投诉"),
    source=(ClueState.CLUE_NEW,),
    target=ClueState.CLUE_CLOSED,
    by=(REGISTRAR,),
    guards=(complaint_named,),
    documents=("D01", "D02", "D03"),
    law=f"{d.PROVISIONS}第十二条至第十四条",
)

JOIN_CLUE = Step(
    name="join_clue",
    row="3a",
    label=_("并入已有案件"),
    source=(ClueState.CLUE_NEW,),
    target=ClueState.CLUE_CLOSED,
    by=(W,),
    form=forms.JoinForm,
    explain=_("线索并入已有的案件，在案件里继续办，停止计时；案件页上能看到这条线索。"),
    law=f"{d.PROVISIONS}第十二条至第十四条",
)

CLUE = Workflow(
    kind="clue",
    label=_("线索"),
    version=2,
    model_name="inspection.Clue",
    detail="",
    states=ClueState,
    initial=ClueState.CLUE_NEW,
    final=frozenset({ClueState.CLUE_CLOSED}),
    headline_rules=("T07c", "T08"),
    law=_("依据：《保障农民工工资支付条例》第三十八条、第三十九条。线索不计入案件。"),
    ready_documents=ready_kinds,
    steps=(
        CLOSE_CLUE,
        TRANSFER_CLUE,
        CONTACT_CLUE,
        EXTEND_CLUE,
        REPORT_CLUE,
        CONVERT_CLUE,
        JOIN_CLUE,
    ),
)
