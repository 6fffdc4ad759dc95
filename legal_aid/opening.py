"""How a legal-aid case begins: rows without a state before them."""

from django.utils.translation import gettext_lazy as _

from cases.effects import Start
from cases.workflow.table import Step
from documents.effects import Issue
from legal_aid import deadlines as d
from legal_aid.actors import K
from legal_aid.effects import StartTargets
from legal_aid.states import State

RECEIVED = (Start(d.DECIDE, from_="received_on"), StartTargets(), Issue("LD03"))

CONSULT = Step(
    name="consult",
    row="0",
    label=_("登记咨询"),
    source=(),
    target=State.CONSULTATION,
    by=(K,),
    public=_("已登记咨询"),
    law=f"{d.LAW}第二十二条、{d.PROCEDURE}第二章",
)
RECEIVE = Step(
    name="receive",
    row="1",
    label=_("登记申请"),
    source=(),
    target=State.APPLIED,
    by=(K,),
    then=RECEIVED,
    documents=("LD01", "LD03"),
    public=_("已申请"),
    law=f"{d.LAW}第四十三条、{d.PROCEDURE}第二章",
)
REFER = Step(
    name="refer",
    row="1b",
    label=_("凭本人同意转交的申请"),
    source=(),
    target=State.APPLIED,
    by=(K,),
    then=RECEIVED,
    documents=("LD03",),
    public=_("已申请"),
    law=f"{d.LAW}第三十五条、第四十三条",
)
