"""How a mediation begins: rows without a state before them."""

from django.utils.translation import gettext_lazy as _

from arbitration import deadlines as d
from arbitration.mediation.actors import K
from arbitration.mediation.states import State
from cases.effects import Start
from cases.workflow.table import Step
from documents.effects import Issue

RECEIVED = (Start(d.ACCEPT_MEDIATION, from_="received_on"), Start(d.MEDIATE, from_="received_on"))

INQUIRE = Step(
    name="inquire",
    row="0",
    label=_("登记咨询"),
    source=(),
    target=State.INQUIRY,
    by=(K,),
    public=_("已登记咨询"),
    law=f"{d.LAW}第十二条",
)
RECEIVE = Step(
    name="receive",
    row="1",
    label=_("登记调解申请"),
    source=(),
    target=State.SEEKING_CONSENT,
    by=(K,),
    then=(*RECEIVED, Issue("MD01")),
    documents=("MD01",),
    public=_("已登记，正在征求对方意见"),
    law=f"{d.LAW}第十二条、{d.ENTERPRISE}第二十一条、第二十二条",
)
RECEIVE_ORALLY = Step(
    name="receive_orally",
    row="1o",
    label=_("登记口头调解申请"),
    source=(),
    target=State.SEEKING_CONSENT,
    by=(K,),
    then=(*RECEIVED, Issue("MD02")),
    documents=("MD02",),
    public=_("已登记，正在征求对方意见"),
    law=f"{d.LAW}第十二条",
)
REFER = Step(
    name="refer",
    row="1b",
    label=_("凭本人同意转来的调解"),
    source=(),
    target=State.SEEKING_CONSENT,
    by=(K,),
    then=RECEIVED,
    public=_("已登记，正在征求对方意见"),
    law=f"{d.LAW}第十条、第十二条、{d.CASE_RULES}第六十九条",
)
