"""The figures of labour disputes: before the arbitration committee, in its priority lane, and in mediation."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from cases.models import CaseKind
from reports.definitions.indicator import DISTRICT_PLAN, Gap, Indicator, Unit

LAW = "《劳动争议调解仲裁法》"
CASE_RULES = "《劳动人事争议仲裁办案规则》"
COURT_OF_ARBITRATION = _("劳动人事争议仲裁院")
WHEN_ACCEPTED = _("以截止日24时为准：受理之日为立案，作出裁决、签收调解书、决定撤回或者终止之日为结案")

_OUTSIDE = (
    _("不予受理、受理前撤回或者告知其他机构的，不计"),
    _("一案只计一件，不论人数；案前调解不计入"),
)
_STOCK = (
    _("上期未结的计入；中止的不扣除，另列件数和不计中止的比率"),
    _("移送其他仲裁委员会的不算结案；移出当期仍计入应结，另列，以后各期不再计"),
)
_LANE = (_("只算农民工优先案件；是否优先按现在的标记"),)


_arbitration = partial(
    Indicator,
    kind=CaseKind.ARBITRATION,
    owner=COURT_OF_ARBITRATION,
    cut_off=WHEN_ACCEPTED,
    source=DISTRICT_PLAN,
)

A1 = _arbitration(
    id="A1",
    label=_("劳动争议案件结案率"),
    formula=_("期内结案数 ÷（期初未结数＋期内受理数）"),
    basis=_("期初未结+本期受理"),
    exclusions=_OUTSIDE + _STOCK,
    numerator_label=_("结案"),
    denominator_label=_("应结"),
    targets=((2025, "0.97"),),
    gap=Gap.NUMERATOR,
)
A2 = _arbitration(
    id="A2",
    label=_("劳动争议当期结案率"),
    formula=_("期内受理且已结案数 ÷ 期内受理数"),
    basis=_("只算本期受理"),
    exclusions=_OUTSIDE + _STOCK[1:],
    numerator_label=_("结案"),
    denominator_label=_("受理"),
)
A3 = _arbitration(
    id="A3",
    label=_("劳动争议按期结案率"),
    formula=_("到期日当日或之前结案数 ÷ 期内结案数"),
    basis=_("审理期限连同批准的延长、重新起算和扣除，结案时定下"),
    exclusions=(*_OUTSIDE, _STOCK[1], _("期限停止计算时结案的，算按期，另列")),
    source=f"{LAW}第四十三条；{CASE_RULES}第四十六条、第五十八条",
    numerator_label=_("按期结案"),
    denominator_label=_("结案"),
)
A4 = _arbitration(
    id="A4",
    label=_("劳动争议超期未结"),
    formula=_("截止日未结案、审理期限已过的案件数"),
    basis=_("已受理，审理期限（含延长、重新起算）早于截止日"),
    exclusions=(*_OUTSIDE, _("中止、公告期间期限停止计算的，不算超期")),
    source=f"{LAW}第四十三条",
    numerator_label=_("超期"),
    unit=Unit.CASES,
)
A5 = _arbitration(
    id="A5",
    label=_("案内调解率"),
    formula=_("（期内调解结案数＋和解后撤回数）÷ 期内结案数"),
    basis=_("受理以后调解、和解的；案前调解不计"),
    exclusions=(*_OUTSIDE, _STOCK[1]),
    source=f"{LAW}第四十二条",
    numerator_label=_("调解、和解"),
    denominator_label=_("结案"),
)
A6 = _arbitration(
    id="A6",
    label=_("终局裁决率"),
    formula=_("期内作出的终局裁决书份数 ÷ 期内作出的裁决书份数"),
    basis=_("按裁决书计，一案可以有终局、非终局各一份"),
    exclusions=(_("调解书、先予执行裁决书不计；没有签发的稿子不计"),),
    source=f"{LAW}第四十七条",
    numerator_label=_("终局裁决书"),
    denominator_label=_("裁决书"),
    cut_off=_("以截止日24时为准：按裁决书作出的日期"),
)
A7 = _arbitration(
    id="A7",
    label=_("农民工优先案件结案率"),
    formula=A1.formula,
    basis=A1.basis,
    exclusions=_LANE + A1.exclusions,
    numerator_label=_("结案"),
    denominator_label=_("应结"),
)
A8 = _arbitration(
    id="A8",
    label=_("农民工优先案件当期结案率"),
    formula=A2.formula,
    basis=A2.basis,
    exclusions=_LANE + A2.exclusions,
    numerator_label=_("结案"),
    denominator_label=_("受理"),
)
A9 = _arbitration(
    id="A9",
    label=_("农民工优先案件按期结案率"),
    formula=A3.formula,
    basis=A3.basis,
    exclusions=_LANE + A3.exclusions,
    source=A3.source,
    numerator_label=_("按期结案"),
    denominator_label=_("结案"),
)
A10 = _arbitration(
    id="A10",
    label=_("农民工优先案件超期未结"),
    formula=A4.formula,
    basis=A4.basis,
    exclusions=_LANE + A4.exclusions,
    source=A4.source,
    numerator_label=_("超期"),
    unit=Unit.CASES,
)
A11 = _arbitration(
    id="A11",
    label=_("农民工优先案件平均审理天数"),
    formula=_("期内结案的优先案件从受理到结案的自然日之和 ÷ 其件数；另列中位数"),
    basis=_("本期结案的优先案件，自然日"),
    exclusions=(*_LANE, _OUTSIDE[0], _STOCK[1]),
    source="《保障农民工工资支付条例》第十条",
    numerator_label=_("天数"),
    denominator_label=_("结案"),
    unit=Unit.DAYS,
)
A12 = _arbitration(
    id="A12",
    label=_("农民工优先案件30日内结案率"),
    formula=_("期内结案的优先案件中受理后30日内结案数 ÷ 期内结案的优先案件数"),
    basis=_("自然日，受理的次日为第1日"),
    exclusions=(*_LANE, _OUTSIDE[0], _STOCK[1]),
    source="《保障农民工工资支付条例》第十条",
    numerator_label=_("30日内结案"),
    denominator_label=_("结案"),
)

A13 = _arbitration(
    id="A13",
    label=_("劳动争议涉案金额"),
    formula=_("期内受理的案件请求金额之和；人数按每案劳动者相加，集体争议另列件数"),
    basis=_("本期受理的案件，以仲裁请求为准"),
    exclusions=(*_OUTSIDE, _("和结案金额分开，不相加")),
    source=f"{LAW}第二条",
    numerator_label=_("请求金额"),
    unit=Unit.MONEY,
)
A14 = _arbitration(
    id="A14",
    label=_("劳动争议结案金额"),
    formula=_("期内结案的案件裁决、调解确定的金额之和；人数按每案劳动者相加"),
    basis=_("本期结案的案件，以裁决书、调解书为准"),
    exclusions=(*_OUTSIDE, _STOCK[1], _("确定而没有付清的也计入；和涉案金额、追回工资分开，不相加")),
    source=f"{LAW}第四十二条、第四十六条",
    numerator_label=_("确定金额"),
    unit=Unit.MONEY,
)

_ENDED = _("达成协议、经审查或者司法确认、调解不成、撤回、转入仲裁的，都算结束")

_mediation = partial(
    Indicator,
    kind=CaseKind.MEDIATION,
    owner=COURT_OF_ARBITRATION,
    cut_off=_("以截止日24时为准：受理之日为立案，达成协议、调解不成或者撤回之日为结束"),
    source=f"{LAW}第十四条、第十五条",
)

M1 = _mediation(
    id="M1",
    label=_("调解成功率"),
    formula=_("（期内达成协议数＋和解后撤回数）÷ 期内结束的调解数"),
    basis=_("本期结束的调解"),
    exclusions=(
        _ENDED,
        _("对方不同意调解、没有受理的，不计"),
        _("达成协议后违约、转入仲裁的仍算达成；仲裁审查不予出具调解书的，算调解不成"),
        _("和仲裁的案内调解率分开计算，不相加"),
    ),
    numerator_label=_("达成协议、和解"),
    denominator_label=_("结束"),
)
M2 = _mediation(
    id="M2",
    label=_("调解结案率"),
    formula=_("期内结束数 ÷（期初未结数＋期内受理数）"),
    basis=_("期初未结+本期受理的调解"),
    exclusions=(_ENDED, _("对方不同意调解、没有受理的，不计")),
    numerator_label=_("结束"),
    denominator_label=_("应结"),
)
M3 = _mediation(
    id="M3",
    label=_("按期调解率"),
    formula=_("期限内结束数 ÷ 期内结束数"),
    basis=_("调解期限连同当事人同意的延长"),
    exclusions=(_ENDED,),
    source=f"{LAW}第十四条",
    numerator_label=_("按期结束"),
    denominator_label=_("结束"),
)
