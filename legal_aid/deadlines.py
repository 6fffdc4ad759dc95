"""Every time limit of legal aid, each number once, with its article.

The law says 日 without more, where older rules said working days. They are counted as calendar days that end
on a working day; the office may set working days for each (confidence of the unit is medium).
"""

from django.utils.translation import gettext_lazy as _

from calendars.rules import SAME_DAY, Confidence, Nature, Rule, calendar_days, hours

LAW = "《法律援助法》"
PROCEDURE = "《办理法律援助案件程序规定》"
MEDIUM, LOW = Confidence.MEDIUM, Confidence.LOW

DECIDE = Rule(
    "LA-01",
    _("审查并作出决定"),
    calendar_days(7),
    f"{LAW}第四十三条；{PROCEDURE}第三章",
    starts=_("收到申请"),
    unit_confidence=MEDIUM,
    pause_basis=_(
        "申请人补充材料、作出说明和异地核查的时间不计入（《法律援助法》第四十三条、程序规定第三章）"
    ),
)
SUPPLY_MISSING = Rule(
    "LA-02",
    _("补充材料或者作出说明"),
    None,
    f"{LAW}第四十三条；{PROCEDURE}第三章",
    starts=_("一次性告知"),
    nature=Nature.RIGHT,
    sets_date_by=_("由补充材料通知书确定；逾期不补视为撤回申请"),
    set_in_document=True,
)
ASSIGN = Rule(
    "LA-03",
    _("指派承办机构或者人员"),
    calendar_days(3),
    f"{LAW}第四十三条；{PROCEDURE}第二十四条",
    starts=_("决定给予法律援助"),
    unit_confidence=MEDIUM,
)
NAME_PERSON = Rule(
    "LA-04",
    _("确定承办人员"),
    hours(24),
    f"{PROCEDURE}第二十五条（时数由本单位设定）",
    LOW,
    starts=_("收到指派"),
    statutory=False,
    note=_("规定要求及时，没有时数"),
)
SIGN_AGREEMENT = Rule(
    "LA-05",
    _("签订委托代理协议和授权委托书"),
    calendar_days(5),
    f"{PROCEDURE}第二十七条",
    starts=_("收到指派"),
    unit_confidence=MEDIUM,
    note=_("受援人原因或者其他客观原因不能签订的除外"),
)
URGENT_AID = Rule(
    "LA-06",
    _("先行提供法律援助"),
    None,
    f"{LAW}第四十四条；{PROCEDURE}第三章",
    starts=_("申请"),
    sets_date_by=_(
        "距时效或者期限届满不足7日，或者需要立即保全、先予执行的，立即提供；补办手续的日期由通知书确定"
    ),
    set_in_document=True,
)
OBJECT = Rule(
    "LA-07",
    _("对不予援助或者终止援助提出异议"),
    calendar_days(15),
    f"{LAW}第四十九条；{PROCEDURE}第三章",
    MEDIUM,
    starts=_("收到决定"),
    nature=Nature.RIGHT,
    unit_confidence=MEDIUM,
)
DECIDE_OBJECTION = Rule(
    "LA-08",
    _("司法局审查异议"),
    calendar_days(5),
    f"{LAW}第四十九条",
    starts=_("收到异议"),
    unit_confidence=MEDIUM,
)
DECIDE_REPLACEMENT = Rule(
    "LA-09",
    _("决定是否更换承办人员"),
    calendar_days(5),
    f"{PROCEDURE}第四章",
    MEDIUM,
    starts=_("收到更换申请"),
    unit_confidence=MEDIUM,
)
NOTIFY_TERMINATION = Rule(
    "LA-10",
    _("送达终止决定"),
    calendar_days(3),
    f"{LAW}第四十八条；{PROCEDURE}第四章",
    MEDIUM,
    starts=_("作出决定"),
    unit_confidence=MEDIUM,
)
HAND_IN_FILE = Rule(
    "LA-11",
    _("提交结案材料"),
    calendar_days(30),
    f"{PROCEDURE}第四章",
    MEDIUM,
    starts=_("结案日"),
    unit_confidence=MEDIUM,
)
CHECK_FILE_AND_PAY = Rule(
    "LA-12",
    _("审查案卷并支付补贴"),
    calendar_days(30),
    f"{PROCEDURE}第四章",
    MEDIUM,
    starts=_("收到结案材料"),
    unit_confidence=MEDIUM,
)
PASS_ON_DETAINED = Rule("LA-13", _("转交被羁押人的申请"), hours(24), f"{LAW}第三十九条", starts=_("收到申请"))
SAME_DAY_FOR_WAGES = Rule(
    "LA-14",
    _("农民工讨薪当天受理、审查、指派"),
    SAME_DAY,
    "司法部2024年农民工法律援助工作通知",
    starts=_("申请"),
    statutory=False,
)

# Every rule above, in its order.
RULES = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
