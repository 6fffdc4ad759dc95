"""The words a sheet of help is written in, and the articles that several sheets cite."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inspection import deadlines as d

Text = str | Promise


@dataclass(frozen=True)
class Law:
    """An article and what it says, in one sentence of our own."""

    article: str
    says: Text


@dataclass(frozen=True)
class Sheet:
    """Help for one page: how to use it (3 to 7 short steps), its own keys, questions with answers, articles.

    ``keys`` are those that work on this page and not everywhere; the table under ? has them all.
    """

    title: Text
    how: tuple[Text, ...]
    questions: tuple[tuple[Text, Text], ...]
    keys: tuple[tuple[str, Text], ...] = ()
    law: tuple[Law, ...] = ()


Sheets = Mapping[str, Sheet]

SEND = ("F9", _("办这张表单：保存、报批或同意（红色按钮不听快捷键）"))
SAVE = ("F9", _("保存这张表单"))
ROWS = (("J K", _("到下一行、上一行")), ("Enter", _("打开该行的案件")))

ACCEPT_IN_FIVE = Law(
    f"{d.PROVISIONS}第十八条", _("收到投诉后5个工作日内决定受理或书面不予受理；受理的当日立案。")
)
WRITTEN_OR_SPOKEN = Law(
    f"{d.PROVISIONS}第十二条", _("投诉一般递交文书；自己写有困难的可以口述，由工作人员记下并请本人签字。")
)
LOOK_BACK = Law(
    f"{d.SUPERVISION}第二十条",
    _("违法行为过了两年没有被发现、举报或投诉的不再查处；一直连续或继续的，从结束那天起算。"),
)
SIXTY_DAYS = Law(
    f"{d.SUPERVISION}第十七条",
    _("调查从立案起60个工作日内完成；情况复杂、经批准，可以再延长30个工作日。"),
)
TWO_INSPECTORS = Law(
    f"{d.SUPERVISION}第十六条", _("调查、检查不得少于两名监察员，要出示证件；与案件有关系的要回避。")
)
FIFTEEN_DAYS = Law(f"{d.PROVISIONS}第三十七条", _("调查完成以后15个工作日内作出处理。"))
ORDER_TO_PAY = Law(
    f"{d.SUPERVISION}第二十六条",
    _("拖欠工资的，责令限期支付；到期仍不付的，责令另付应付金额50%以上1倍以下的赔偿金。"),
)
WHO_PAYS_FIRST = Law(
    f"{d.WAGES}第三十条", _("分包单位拖欠农民工工资的，由施工总承包单位先行清偿，再依法追偿。")
)
TELL_THE_PERSON = Law(f"{d.WAGES}第十条", _("属于职责范围的投诉及时处理；不属于的及时转给有权处理的部门。"))
PREVENT_AND_HANDLE = Law(f"{d.WAGES}第三十九条", _("各主管部门按职责监督工资支付，预防并及时处理拖欠。"))
ON_REQUEST_OF_OTHERS = Law(
    f"{d.WAGES}第七条", _("人社部门查处拖欠农民工工资的案件；住建、交通、水利等部门监管本行业。")
)
OTHER_WAYS = Law(
    f"{d.SUPERVISION}第二十一条",
    _("应当通过劳动争议处理程序解决的，或者已经在仲裁、诉讼的，告知按那个程序办理。"),
)
PUBLIC_NOTICE = Law(f"{d.CIVIL_PROCEDURE}第九十五条", _("下落不明或用别的方式送不到的，公告满30天视为送达。"))
SERVE_IN_SEVEN = Law(f"{d.PROVISIONS}第三十八条", _("处理决定当场交付；当事人不在场的，7日内送达。"))
STATE_AND_DEFEND = Law(
    f"{d.PENALTY}第四十五条", _("作出处罚前当事人有权陈述、申辩，办案的人要听取，不因此加重。")
)
SHORT_DAYS = Law(f"{d.PENALTY}第八十五条", _("处罚程序里的2日、3日、5日、7日都按工作日算，不含法定节假日。"))
