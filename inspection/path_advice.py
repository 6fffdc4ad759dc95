"""Which path fits a complaint as it is told: a suggestion with its reason, which the clerk may follow or not."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inspection import deadlines as d
from inspection.states import Path

_COURT = re.compile(r"法院|起诉|诉讼|民初|民终")
_NOT_WAGES = re.compile(r"工程款|材料款|货款|借款|租金|押金|保证金")
_NO_RELATION = re.compile(
    r"(不承认|否认|没有|不存在|有争议|争议)[^。；]{0,6}(劳动|用工)关系|(劳动|用工)关系[^。；]{0,6}(不承认|否认|不清|有争议|争议)"
)
_NO_SUM = re.compile(
    r"(金额|数额|工资标准|工资|工程量)[^。；]{0,8}(说法不一|说不清|没有约定|没约定|有争议|不一致)"
)
_WORK = re.compile(r"劳动报酬|工资|人工费|劳务费")


@dataclass(frozen=True)
class Advice:
    """The path, why, and the article."""

    path: Path
    reason: str | Promise
    law: str = ""


@dataclass(frozen=True)
class Told:
    """What the advice looks at."""

    facts_text: str = ""
    other_proceeding: bool = False
    other_proceeding_note: str = ""
    within_two_years: bool = True
    respondent_clear: bool = True
    within_mandate: bool = True
    contract: str = ""


def advise(told: Told) -> Advice:
    """What holds first: pending elsewhere, not the office's, not wages, relation or sum in dispute, too old."""
    text = told.facts_text
    if told.other_proceeding:
        return Advice(
            Path.COURT if _COURT.search(told.other_proceeding_note) else Path.ARBITRATION,
            _("同一请求已在仲裁或诉讼中，监察一般不再立案"),
            f"{d.SUPERVISION}第二十一条",
        )
    if not told.within_mandate:
        return Advice(
            Path.OTHER_DISTRICT, _("不属于本机构的职权或管辖，告知有管辖权的机构"), f"{d.PROVISIONS}第十八条"
        )
    if _NOT_WAGES.search(text) and not _WORK.search(text):
        return Advice(Path.COURT, _("说的是工程款、材料款等，不是工资，监察不能处理"), f"{d.WAGES}第五十二条")
    if _NO_RELATION.search(text):
        return Advice(Path.ARBITRATION, _("单位不承认劳动关系，由仲裁确认"), f"{d.SUPERVISION}第二十一条")
    if _NO_SUM.search(text):
        return Advice(
            Path.ARBITRATION, _("工资数额说法不一，没有凭据，由仲裁认定"), f"{d.SUPERVISION}第二十一条"
        )
    if not told.within_two_years:
        return Advice(Path.ARBITRATION, _("超过两年，监察不再查处，可以申请仲裁"), f"{d.SUPERVISION}第二十条")
    if not told.respondent_clear:
        return Advice(
            Path.INSPECTION, _("被投诉单位还不明确，先登记，补正后再受理"), f"{d.PROVISIONS}第十八条"
        )
    return Advice(Path.INSPECTION, _("欠薪事实清楚，由监察处理最快"), f"{d.SUPERVISION}第十一条")
