"""The figures of wage-arrears complaints."""

from django.utils.translation import gettext_lazy as _

from reports.definitions.indicator import DISTRICT_PLAN, Gap, Indicator, Unit

_OUTSIDE = (
    _("不予受理、立案前告知或转办的，以及登记作废的，不计"),
    _("一案只计一件，不论人数"),
)
_INSIDE = (
    _("上年结转的计入；中止的不扣除，另列"),
    _("立案后移送其他部门的，移送之日为办结；移送公安的，公安立案之日为办结"),
    _("撤回投诉的，撤销立案之后才算办结；事实不成立而撤销立案的计为办结，另列"),
    _("恢复办理的，原办结自恢复之日起不算"),
)

K1 = Indicator(
    id="K1",
    label=_("欠薪投诉立案办结率"),
    formula=_("期内办结数 ÷（期初未结数＋期内立案数）"),
    basis=_("期初未结+本期立案"),
    exclusions=_OUTSIDE + _INSIDE,
    source=DISTRICT_PLAN,
    numerator_label=_("办结"),
    denominator_label=_("应办"),
    targets=((2025, "0.98"),),
    gap=Gap.NUMERATOR,
)
K2 = Indicator(
    id="K2",
    label=_("当期立案办结率"),
    formula=_("期内立案且已办结数 ÷ 期内立案数"),
    basis=_("只算本期立案"),
    exclusions=_OUTSIDE + _INSIDE[1:],
    source=DISTRICT_PLAN,
    numerator_label=_("办结"),
    denominator_label=_("立案"),
    targets=((2025, "0.98"),),
    gap=Gap.NUMERATOR,
)
K3 = Indicator(
    id="K3",
    label=_("按期办结率"),
    formula=_("到期日当日或之前办结数 ÷ 期内到期数"),
    basis=_("办结期限（含批准的延长）在本期内"),
    exclusions=(
        *_OUTSIDE,
        _("办结期限为调查期限60个工作日及批准延长的30个工作日；中止不停止计时"),
        _INSIDE[3],
    ),
    source=f"《劳动保障监察条例》第十七条；{DISTRICT_PLAN}",
    numerator_label=_("按期办结"),
    denominator_label=_("到期"),
    targets=((2025, "0.98"),),
    gap=Gap.BOTH,
)
K6 = Indicator(
    id="K6",
    label=_("追回工资"),
    formula=_("期内支付并核验的工资之和；人数按每案劳动者计，不重复"),
    basis=_("支付日期在本期内，截止日前已核验，未冲销"),
    exclusions=(_("责令、决定、承诺支付而未到账的不计"), _("截止日之后才核验的，计入以后的统计")),
    source="《保障农民工工资支付条例》",
    numerator_label=_("金额"),
    unit=Unit.MONEY,
    cut_off=_("以截止日24时为准：支付日期在期内，并且在截止时刻以前核验、没有冲销"),
)
K8 = Indicator(
    id="K8",
    label=_("平均处置时长"),
    formula=_("期内办结案件从立案到办结的自然日之和 ÷ 期内办结数；另列中位数"),
    basis=_("本期办结的案件，自然日"),
    exclusions=_OUTSIDE,
    source="《劳动保障监察条例》第十七条",
    numerator_label=_("天数"),
    denominator_label=_("办结"),
    unit=Unit.DAYS,
)
PRIORITY_TIME = Indicator(
    id="priority",
    label=_("农民工优先平均用时"),
    formula=_("期内办结的农民工优先案件从立案到办结的自然日之和 ÷ 其件数；另列中位数"),
    basis=_("本期办结的农民工优先案件，自然日；是否优先按现在的标记"),
    exclusions=_OUTSIDE,
    source="《保障农民工工资支付条例》",
    numerator_label=_("天数"),
    denominator_label=_("办结"),
    unit=Unit.DAYS,
)
GROUP = Indicator(
    id="group",
    label=_("群体案件"),
    formula=_("截止日未办结的群体案件数；另列本期立案数和办结数"),
    basis=_("截止日在办；是否群体按现在的标记"),
    exclusions=_OUTSIDE,
    source=DISTRICT_PLAN,
    numerator_label=_("在办"),
    unit=Unit.CASES,
)
AGE = Indicator(
    id="age",
    label=_("在办账龄"),
    formula=_("截止日未办结的案件，从立案次日数到截止日的工作日，按工作日历"),
    basis=_("截止日在办，立案之日不计"),
    exclusions=_OUTSIDE,
    source="《劳动保障监察条例》第十七条",
    numerator_label=_("在办"),
    unit=Unit.CASES,
)
OVERDUE = Indicator(
    id="overdue",
    label=_("超期在办"),
    formula=_("截止日未办结、办结期限已过的案件数"),
    basis=_("已立案，办结期限（含批准的延长）早于截止日"),
    exclusions=_OUTSIDE,
    source="《劳动保障监察条例》第十七条",
    numerator_label=_("超期"),
    unit=Unit.CASES,
)
