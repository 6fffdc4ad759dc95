"""The figures of legal aid."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from cases.models import CaseKind
from reports.definitions.indicator import Indicator, Unit

LAW = "《法律援助法》"

_aid = partial(
    Indicator,
    kind=CaseKind.LEGAL_AID,
    owner=_("法律援助中心"),
    cut_off=_("以截止日24时为准：按申请、决定、指派、结案各自的日期"),
)


_CONSULTED = _("只咨询、没有申请的，不计")

L1 = _aid(
    id="L1",
    label=_("法律援助件数"),
    formula=_("期内决定给予（含先行提供）的件数；另列申请、不予、撤回、结案、终止、在办和农民工件数"),
    basis=_("决定给予之日在本期内；人次按每案受援人数相加，同一人另有一案再计"),
    exclusions=(_CONSULTED,),
    source=f"{LAW}第四十三条",
    numerator_label=_("给予"),
    unit=Unit.CASES,
)
L2 = _aid(
    id="L2",
    label=_("7日内审查决定率"),
    formula=_("期限内作出决定数 ÷ 期内作出决定数"),
    basis=_("收到申请之日起7日；补充材料、异地核查期间不计入"),
    exclusions=(_CONSULTED, _("先行提供的另行审批，不计")),
    source=f"{LAW}第四十三条",
    numerator_label=_("按期决定"),
    denominator_label=_("决定"),
)
L3 = _aid(
    id="L3",
    label=_("3日内指派率"),
    formula=_("期限内指派数 ÷ 期内指派数"),
    basis=_("决定给予之日起3日；改派、更换的不再计"),
    exclusions=(_("先行提供的立即指派，不设3日期限，不计"),),
    source=f"{LAW}第四十三条",
    numerator_label=_("按期指派"),
    denominator_label=_("指派"),
)
L4 = _aid(
    id="L4",
    label=_("法律援助取得金额"),
    formula=_("期内结案的案件为受援人取得的金额之和；人次按每案受援人数相加"),
    basis=_("结案日在本期内，以结案报告写明的金额为准"),
    exclusions=(_("请求而没有取得的不计；和监察追回的工资分开，不相加"),),
    source=f"{LAW}第五十九条",
    numerator_label=_("金额"),
    unit=Unit.MONEY,
)
L5 = _aid(
    id="L5",
    label=_("法律援助回访满意率"),
    formula=_("满意、基本满意数 ÷ 回访到的件数"),
    basis=_("回访日期在本期内"),
    exclusions=(_("没有联系上的不计入分母，另列"),),
    source=f"{LAW}第五十九条",
    numerator_label=_("满意"),
    denominator_label=_("回访到"),
)
