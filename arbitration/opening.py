"""How a dispute begins: rows without a state before them."""

from django.utils.translation import gettext_lazy as _

from arbitration import deadlines as d
from arbitration.actors import R
from arbitration.effects import EnterLane, StartIntake
from arbitration.states import State
from cases.workflow.table import Step
from documents.effects import Issue

RECEIVED = (EnterLane(), StartIntake(), Issue("AD02"))

RECEIVE = Step(
    name="receive",
    row="1",
    label=_("收到仲裁申请"),
    source=(),
    target=State.RECEIVED,
    by=(R,),
    then=RECEIVED,
    documents=("AD01", "AD02", "AD35"),
    public=_("已收件"),
    law=f"{d.LAW}第二十八条、{d.CASE_RULES}第二十九条",
)
REFER = Step(
    name="refer",
    row="1a",
    label=_("收到转来的仲裁申请"),
    source=(),
    target=State.RECEIVED,
    by=(R,),
    then=RECEIVED,
    documents=("AD02",),
    public=_("已收件"),
    law=f"{d.LAW}第五条、第二十八条",
)
