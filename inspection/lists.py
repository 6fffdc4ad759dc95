"""The lists of codes that complaints and clues use, as the district may set them (`agencies.code_lists`).

The program acts on some codes: those keep their meaning whatever they are called, and only a list on whose other codes
nothing hangs grows.
"""

from django.utils.translation import gettext_lazy as _

from agencies.code_lists import CodeList
from inspection.clues.forms import Verdict
from inspection.states import Cause, Channel, ClosingCode, Industry

CAUSE = CodeList(
    "cause",
    _("欠薪原因"),
    Cause,
    grows=True,
    longest_code=2,
    note=_("01、04按代码办理：调查终结以前要先给行业主管部门发协办任务，改名称不影响"),
)
CHANNEL = CodeList(
    "channel",
    _("来源"),
    Channel,
    grows=True,
    note=_("12345、全国平台、市级平台的线索各有自己的期限，按代码办理，改名称不影响"),
)
VERDICT = CodeList(
    "verdict", _("核处结论"), Verdict, grows=True, note=_("“非本辖区，转办”要写转办单位，按代码办理")
)
INDUSTRY = CodeList(
    "industry",
    _("行业"),
    Industry,
    note=_("代码照《国民经济行业分类》GB/T 4754—2017，不增加；建筑业四类要填工程项目"),
)
CLOSING = CodeList(
    "closing", _("结案方式"), ClosingCode, note=_("结案条件、指标和文书按代码办理，不增加；可以改名称、停用")
)

LISTS = (CAUSE, CHANNEL, VERDICT, INDUSTRY, CLOSING)
