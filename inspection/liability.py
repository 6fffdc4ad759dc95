"""Who pays first in a construction case, and the money to look for, each with its article.

《保障农民工工资支付条例》第十八条至第二十二条、第二十九条、第三十条、第三十六条、第三十七条、第六十三条.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
WAGES = "《保障农民工工资支付条例》"


class Situation(models.TextChoices):
    """How the arrears came about, as far as it decides who pays first."""

    SUBCONTRACTOR = "subcontractor", _("分包单位拖欠")
    RELET = "relet", _("工程转包")
    TO_UNQUALIFIED = "to_unqualified", _("发包、分包给个人或不具备资质的单位")
    NAME_LENT = "name_lent", _("挂靠、出借资质")
    DEVELOPER_LATE = "developer_late", _("建设单位未按约定拨付工程款")
    ILLEGAL_PROJECT = "illegal_project", _("工程违反规划或建筑法规")
    DISPATCH = "dispatch", _("个人或无许可的单位派遣")
    OWNERS = "owners", _("合伙、个人独资、个体工商户")
    MERGED = "merged", _("用人单位合并、分立")
    DISSOLVED = "dissolved", _("被吊销、注销或解散")


class Payer(StrEnum):
    """Places in the chain that may have to pay."""

    EMPLOYER = "employer"
    MAIN_CONTRACTOR = "main_contractor"
    DEVELOPER = "developer"
    LETTER = "developer_or_main_contractor"
    NAME_OWNER = "name_owner"
    USER_UNIT = "user_unit"
    OWNERS = "owners"
    SUCCESSOR = "successor"
    INVESTORS = "investors"


@dataclass(frozen=True)
class Duty:
    """Who pays first, under which article, in one sentence."""

    payer: Payer
    who: Text
    law: str
    sentence: Text


DUTIES: dict[str, Duty] = {
    Situation.SUBCONTRACTOR: Duty(
        Payer.MAIN_CONTRACTOR,
        _("施工总承包单位"),
        f"{WAGES}第三十条第三款",
        _("分包单位拖欠的，施工总承包单位先行清偿，再依法追偿"),
    ),
    Situation.RELET: Duty(
        Payer.MAIN_CONTRACTOR,
        _("施工总承包单位"),
        f"{WAGES}第三十条第四款",
        _("工程转包的，施工总承包单位先行清偿，再依法追偿"),
    ),
    Situation.TO_UNQUALIFIED: Duty(
        Payer.LETTER,
        _("发包的建设单位或者施工总承包单位"),
        f"{WAGES}第三十六条第一款",
        _("发包、分包给个人或不具备资质的单位的，由发包的建设单位或者施工总承包单位清偿"),
    ),
    Situation.NAME_LENT: Duty(
        Payer.NAME_OWNER,
        _("出借名义的施工单位"),
        f"{WAGES}第三十六条第二款",
        _("允许他人以自己名义施工的，由该施工单位清偿"),
    ),
    Situation.DEVELOPER_LATE: Duty(
        Payer.DEVELOPER,
        _("建设单位"),
        f"{WAGES}第二十九条第二款",
        _("没有按约定拨付工程款的，建设单位以未结清的工程款为限先行垫付"),
    ),
    Situation.ILLEGAL_PROJECT: Duty(
        Payer.DEVELOPER, _("建设单位"), f"{WAGES}第三十七条", _("工程违反规划或建筑法规的，由建设单位清偿")
    ),
    Situation.DISPATCH: Duty(
        Payer.USER_UNIT,
        _("用工单位"),
        f"{WAGES}第十八条",
        _("使用个人或无许可单位派遣的劳动者的，由用工单位清偿"),
    ),
    Situation.OWNERS: Duty(
        Payer.OWNERS, _("出资人、业主"), f"{WAGES}第二十条", _("单位不清偿的，由出资人、业主依法清偿")
    ),
    Situation.MERGED: Duty(
        Payer.SUCCESSOR,
        _("合并、分立后承继的单位"),
        f"{WAGES}第二十一条",
        _("合并、分立前清偿；经劳动者书面同意，由承继的单位清偿"),
    ),
    Situation.DISSOLVED: Duty(
        Payer.INVESTORS,
        _("主要出资人"),
        f"{WAGES}第二十二条",
        _("注销登记前清偿；没有清偿的，主要出资人在注册新单位前清偿"),
    ),
}

BY_DEFAULT = Duty(Payer.EMPLOYER, _("用人单位"), f"{WAGES}第十六条", _("用人单位拖欠的，依法清偿"))


def duty(situation: str) -> Duty:
    """Who pays first in the situation; the employer where none is established."""
    return DUTIES.get(situation, BY_DEFAULT)


@dataclass(frozen=True)
class MoneyTool:
    """A source of money, tried in the order of the list."""

    source: str
    label: Text
    law: str
    needs: Text


MONEY_TOOLS = (
    MoneyTool("employer", _("用人单位支付"), f"{WAGES}第十六条", _("责令限期支付")),
    MoneyTool(
        "main_contractor",
        _("施工总承包先行清偿"),
        f"{WAGES}第三十条",
        _("分包、转包的工程建设项目，责令总承包先行清偿"),
    ),
    MoneyTool(
        "wage_account",
        _("工资专用账户余额"),
        f"{WAGES}第三十三条",
        _("开设了专用账户；除本项目工资外不得查封、冻结、划拨"),
    ),
    MoneyTool(
        "deposit",
        _("工资保证金"),
        "《工程建设领域农民工工资保证金规定》第十九条",
        _("限期清偿或先行清偿的处理决定到期没有履行，向银行发支付通知书"),
    ),
    MoneyTool(
        "emergency_fund",
        _("应急周转金"),
        f"{WAGES}第六十三条",
        _("一时难以解决或逃匿的，先垫付部分工资或基本生活费"),
    ),
)


@dataclass(frozen=True)
class Standing:
    """How far one source of money has been used on a case: what it paid in fen, and whether it may be turned to now."""

    tool: MoneyTool
    paid_fen: int
    is_open: bool


def money_tools(case: Any, today: date) -> list[Standing]:
    """Every source in the order of the law with what it paid and whether its condition holds on the day.

    The main contractor, the account, and the deposit belong to building projects; the deposit needs a decision that
    was served and not performed in time. 《工程建设领域农民工工资保证金规定》第十九条.
    """
    term = case.complaint.decision_pay_by_on
    in_vain = case.complaint.decision_served_on is not None and term is not None and today > term
    holds = {
        "employer": True,
        "main_contractor": case.project is not None,
        "wage_account": case.project is not None and bool(case.project.wage_account),
        "deposit": case.project is not None and in_vain,
        "emergency_fund": True,
    }
    paid: dict[str, int] = {}
    for row in case.payments.all():
        if row.reversed_at is None:
            paid[row.source] = paid.get(row.source, 0) + row.amount_fen
    return [Standing(tool, paid.get(tool.source, 0), holds[tool.source]) for tool in MONEY_TOOLS]
