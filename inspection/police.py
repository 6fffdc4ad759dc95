"""What may still be asked for when the police do not open a case.

《行政执法机关移送涉嫌犯罪案件的规定》第九条: three days each for asking them again, for their answer, and for the
procuratorate.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases import clocks
from cases.forms import ChosenField, DayField, FactsForm, SpokenCharField, TextField
from cases.models import Case
from cases.workflow.table import Change, Facts, guard
from inspection import deadlines as d

AGAIN, ANSWERED, PROCURATORATE, WAIVED = "again", "answered", "procuratorate", "waived"


class RefusalForm(FactsForm):
    answered_on = DayField(label=_("收到不予立案通知的日期"), past_only=True, initial=timezone.localdate)
    reply = TextField(label=_("公安机关不予立案的理由"), max_length=1000)


class AskAgainForm(FactsForm):
    asked = ChosenField(
        label=_("发生了什么"),
        choices=[
            (AGAIN, _("提请公安机关复议")),
            (ANSWERED, _("公安机关答复：维持不立案")),
            (PROCURATORATE, _("建议检察院立案监督")),
            (WAIVED, _("不再提请")),
        ],
    )
    done_on = DayField(label=_("日期"), past_only=True, initial=timezone.localdate)
    how = SpokenCharField(label=_("方式和经手人"), max_length=120)


@guard(_("还没有提请公安机关复议，不能登记它的答复"), law=f"{d.TRANSFER}第九条", needs_facts=True)
def was_asked_again(case: Case, facts: Facts) -> bool:
    return facts.get("asked") != ANSWERED or clocks.runs(case, d.POLICE_ANSWER_AGAIN)


@guard(_("公安机关没有作出不予立案的答复，先“登记公安不予立案”"), law=f"{d.TRANSFER}第八条、第九条")
def police_refused(case: Case, facts: Facts) -> bool:
    return case.complaint.police_answered_on is not None


@guard(_("公安机关不予立案的答复已经登记"), law=f"{d.TRANSFER}第八条")
def not_refused_yet(case: Case, facts: Facts) -> bool:
    return case.complaint.police_answered_on is None


@guard(_("还没有把材料移送到公安机关，先“登记移送材料送达公安”"), law=f"{d.TRANSFER}第五条")
def police_have_the_file(case: Case, facts: Facts) -> bool:
    return not clocks.runs(case, d.SEND_TO_POLICE)


@guard(
    _("提请复议、立案监督还没有结果，也没有登记不再提请；先办理“登记提请复议、立案监督”"),
    law=f"{d.TRANSFER}第九条、第十条",
)
def remedies_used_or_waived(case: Case, facts: Facts) -> bool:
    return not clocks.runs(case, d.ASK_POLICE_AGAIN, d.POLICE_ANSWER_AGAIN, d.ASK_PROCURATORATE)


def refusal_open(case: Case) -> bool:
    """Whether the police refused and what may be asked for is neither used nor waived."""
    return clocks.runs(case, d.ASK_POLICE_AGAIN, d.ASK_PROCURATORATE)


def refused(case: Case) -> bool:
    return case.complaint.police_answered_on is not None


@dataclass(frozen=True)
class AskedAgain:
    """What was asked meets its period; what is waited for next begins."""

    def apply(self, change: Change) -> None:
        case, on, asked = change.case, change.facts["done_on"], change.facts["asked"]
        if asked == AGAIN:
            clocks.meet(case, d.ASK_POLICE_AGAIN, on)
            clocks.start(case, d.POLICE_ANSWER_AGAIN, on)
        elif asked == ANSWERED:
            clocks.meet(case, d.POLICE_ANSWER_AGAIN, on)
            clocks.start(case, d.ASK_PROCURATORATE, on)
        elif asked == PROCURATORATE:
            clocks.meet_all(case, (d.ASK_POLICE_AGAIN, d.ASK_PROCURATORATE), on)
            clocks.drop(case, d.POLICE_ANSWER_AGAIN, on)
        else:
            clocks.drop(case, d.ASK_POLICE_AGAIN, on)
            clocks.drop(case, d.POLICE_ANSWER_AGAIN, on)
            clocks.drop(case, d.ASK_PROCURATORATE, on)

    def __str__(self) -> str:
        return "■T42a ▶T42b（提请复议）▶T42c（答复维持）"
