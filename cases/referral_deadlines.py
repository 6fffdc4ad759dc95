"""The time limits of a matter that goes from one agency to another, each number once.

《保障农民工工资支付条例》第十条 makes whoever is asked first see to it that the matter reaches who is competent; the
days are the district's own order.
"""

from django.utils.translation import gettext_lazy as _

from calendars.rules import Confidence, Rule, working_days

WAGES = "《保障农民工工资支付条例》"
FIRST_ASKED = f"{WAGES}第十条（首问负责；天数由本区设定）"

TAKE_IN = Rule(
    "REF-01",
    _("接收或者退回转办"),
    working_days(2),
    FIRST_ASKED,
    Confidence.LOW,
    starts=_("发出转办"),
    statutory=False,
)
ANSWER_RETURN = Rule(
    "REF-02",
    _("处理退回的转办"),
    working_days(2),
    FIRST_ASKED,
    Confidence.LOW,
    starts=_("接收单位退回"),
    statutory=False,
)
RULE_ON_RETURN = Rule(
    "REF-03",
    _("裁定两次退回的转办"),
    working_days(3),
    FIRST_ASKED,
    Confidence.LOW,
    starts=_("第二次退回"),
    statutory=False,
)
REPORT_BACK = Rule(
    "REF-04",
    _("向转出单位反馈办理结果"),
    working_days(15),
    FIRST_ASKED,
    Confidence.LOW,
    starts=_("接收转办"),
    statutory=False,
)
DISTRICT_PLACES = Rule(
    "REF-05",
    _("全区首次收到后由有权机构接收"),
    working_days(5),
    FIRST_ASKED,
    Confidence.LOW,
    starts=_("区内任一机构收到"),
    statutory=False,
    note=_("退回、再转不重新起算"),
)

RULES = (TAKE_IN, ANSWER_RETURN, RULE_ON_RETURN, REPORT_BACK, DISTRICT_PLACES)
