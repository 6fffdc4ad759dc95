"""The states of a legal-aid case, and the lists of codes that the law or the forms fix."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    CONSULTATION = "CONSULTATION", _("咨询")
    APPLIED = "APPLIED", _("已申请")
    CORRECTING = "CORRECTING", _("待补充材料")
    UNDER_REVIEW = "UNDER_REVIEW", _("审查中")
    CROSS_REGION_CHECK = "CROSS_REGION_CHECK", _("异地协作核查")
    URGENT_AID = "URGENT_AID", _("先行提供")
    GRANTED = "GRANTED", _("决定给予")
    REFUSED = "REFUSED", _("决定不予")
    OBJECTION = "OBJECTION", _("异议审查")
    FIRM_ASSIGNED = "FIRM_ASSIGNED", _("已指派机构")
    LAWYER_NAMED = "LAWYER_NAMED", _("已确定承办人")
    ENGAGED = "ENGAGED", _("已签委托")
    IN_PROGRESS = "IN_PROGRESS", _("承办中")
    REPLACING = "REPLACING", _("更换审批")
    TERMINATED = "TERMINATED", _("终止")
    CONCLUDED = "CONCLUDED", _("办结待归档")
    FILE_CHECK = "FILE_CHECK", _("卷宗审查")
    SUBSIDY = "SUBSIDY", _("补贴")
    ARCHIVED = "ARCHIVED", _("归档")
    EVALUATED = "EVALUATED", _("质量评估/回访")
    WITHDRAWN = "WITHDRAWN", _("撤回/视为撤回")


BEFORE_DECISION = (State.APPLIED, State.CORRECTING, State.UNDER_REVIEW, State.CROSS_REGION_CHECK)
"""Applied for and not yet decided."""

WITH_A_LAWYER = (State.LAWYER_NAMED, State.ENGAGED, State.IN_PROGRESS)
"""A lawyer is on the case."""

AIDED = (
    State.URGENT_AID,
    State.GRANTED,
    State.FIRM_ASSIGNED,
    State.LAWYER_NAMED,
    State.ENGAGED,
    State.IN_PROGRESS,
    State.REPLACING,
)
"""Aid is being given."""


class Channel(models.TextChoices):
    """Where an application comes in. 办理法律援助案件程序规定第二章."""

    WINDOW = "window", _("窗口")
    HOTLINE = "12348", _("12348热线")
    WEB = "web", _("网上申请")
    STATION = "station", _("仲裁院工作站")
    CONTACT = "contact", _("联络点")
    COMPLAINT = "complaint", _("监察投诉转交")
    DISPUTE = "dispute", _("仲裁案件转交")
    DETENTION = "detention", _("监管场所转交")
    OTHER = "other", _("其他")


class Matter(models.TextChoices):
    """The matters in which aid may be given: 法律援助法第三十一条、第三十二条."""

    STATE_COMPENSATION = "31-1", _("依法请求国家赔偿")
    INSURANCE = "31-2", _("请求给予社会保险待遇或者社会救助")
    PENSION = "31-3", _("请求发给抚恤金")
    SUPPORT = "31-4", _("请求给付赡养费、抚养费、扶养费")
    WAGES = "31-5w", _("请求支付劳动报酬")
    RELATION = "31-5r", _("请求确认劳动关系")
    CAPACITY = "31-6", _("请求认定公民无民事行为能力或者限制民事行为能力")
    WORK_INJURY = "31-7i", _("请求工伤事故人身损害赔偿")
    OTHER_INJURY = "31-7o", _("请求交通、食品药品、医疗事故人身损害赔偿")
    ENVIRONMENT = "31-8", _("请求环境污染、生态破坏损害赔偿")
    OTHER_LAW = "31-9", _("法律、法规、规章规定的其他情形")
    HEROES = "32-1", _("英雄烈士近亲属为维护其人格权益")
    BRAVE_ACT = "32-2", _("因见义勇为行为主张民事权益")
    ACQUITTED = "32-3", _("再审改判无罪请求国家赔偿")
    ABUSE = "32-4", _("遭受虐待、遗弃或者家庭暴力主张权益")
    OTHER_EXEMPT = "32-5", _("法律、法规、规章规定的不受经济困难限制的其他情形")

    @property
    def article(self) -> str:
        """The article with its item, as decisions cite it."""
        article, item = self.value.rstrip("wrio").split("-")
        return f"《法律援助法》第{ARTICLES[article]}条第{NUMERALS[int(item)]}项"


ARTICLES = {"31": "三十一", "32": "三十二"}
NUMERALS = "〇一二三四五六七八九"


class Stage(models.TextChoices):
    """How far the applicant's own case has come."""

    NONE = "none", _("未进入程序")
    INSPECTION = "inspection", _("劳动保障监察")
    MEDIATION = "mediation", _("调解")
    ARBITRATION = "arbitration", _("劳动仲裁")
    FIRST = "first", _("一审")
    SECOND = "second", _("二审")
    RETRIAL = "retrial", _("再审")
    ENFORCEMENT = "enforcement", _("执行")


class AidForm(models.TextChoices):
    """What the aid consists of. 法律援助法第二十二条."""

    ADVICE = "advice", _("法律咨询")
    DRAFTING = "drafting", _("代拟法律文书")
    OUT_OF_COURT = "out_of_court", _("非诉讼代理")
    ARBITRATION = "arbitration", _("劳动争议调解与仲裁代理")
    COURT = "court", _("民事诉讼代理")


class Category(models.TextChoices):
    """Whom the aid is for; one word per person, as the ledger counts."""

    MIGRANT = "migrant", _("农民工")
    ELDERLY = "elderly", _("老年人")
    DISABLED = "disabled", _("残疾人")
    MINOR = "minor", _("未成年人")
    WOMAN = "woman", _("妇女")
    SOLDIER_FAMILY = "soldier_family", _("军人军属")
    VETERAN = "veteran", _("退役军人")
    OTHER = "other", _("其他")


class Exemption(models.TextChoices):
    """Why no check of means is made. 法律援助法第三十二条、第四十二条."""

    NO_INCOME = "no_income", _("无固定生活来源的未成年人、老年人、残疾人等特定群体")
    ASSISTED = "assisted", _("社会救助、司法救助或者优抚对象")
    MIGRANT_WAGE = "migrant_wage", _("进城务工人员申请支付劳动报酬")
    MIGRANT_INJURY = "migrant_injury", _("进城务工人员请求工伤事故人身损害赔偿")
    BY_LAW = "by_law", _("法律、法规规定的其他人员")
    NO_TEST = "no_test", _("事项不受经济困难条件限制")


class SpecialStatus(models.TextChoices):
    """What somebody receives already, which proves hardship. 法律援助法第四十二条第二项."""

    NONE = "none", _("没有")
    MINIMUM = "minimum", _("最低生活保障")
    EXTREME = "extreme", _("特困人员供养")
    JUDICIAL = "judicial", _("司法救助")
    PREFERENTIAL = "preferential", _("优抚")
    OTHER = "other", _("其他社会救助")


class UrgentGround(models.TextChoices):
    """Why aid comes before the check. 法律援助法第四十四条."""

    LIMIT = "limit", _("距法定时效或者期限届满不足7日")
    MEASURES = "measures", _("需要立即申请财产保全、证据保全或者先予执行")
    OTHER = "other", _("法律、法规、规章规定的其他情形")


class RefusalGround(models.TextChoices):
    NOT_ENTITLED = "not_entitled", _("申请人不符合条件")
    OUT_OF_SCOPE = "out_of_scope", _("不属于法律援助事项范围")
    NOT_HARD_UP = "not_hard_up", _("不符合经济困难标准")
    OTHER = "other", _("其他")


class TerminationGround(models.TextChoices):
    """法律援助法第四十八条."""

    DECEIT = "1", _("以欺骗或者其他不正当手段获得法律援助")
    CONCEALED = "2", _("故意隐瞒与案件有关的重要事实或者提供虚假证据")
    ILLEGAL_USE = "3", _("利用法律援助从事违法活动")
    NO_LONGER_HARD_UP = "4", _("经济状况发生变化，不再符合法律援助条件")
    CASE_ENDED = "5", _("案件终止审理或者已经被撤销")
    OWN_LAWYER = "6", _("自行委托律师或者其他代理人")
    OWN_WISH = "7", _("有正当理由要求终止法律援助")
    OTHER = "8", _("法律、法规规定的其他情形")

    @property
    def article(self) -> str:
        return f"《法律援助法》第四十八条第{NUMERALS[int(self.value)]}项"


class Result(models.TextChoices):
    """How the aided person's case ended."""

    WON = "won", _("请求全部得到支持")
    PARTLY = "partly", _("请求部分得到支持")
    SETTLED = "settled", _("调解、和解")
    LOST = "lost", _("请求没有得到支持")
    WITHDRAWN = "withdrawn", _("撤回")
    SERVED = "served", _("已代书、已咨询")
    TERMINATED = "terminated", _("终止援助")


class Basis(models.TextChoices):
    """From which day the case counts as concluded. 办理法律援助案件程序规定第四章."""

    AWARD = "award", _("收到仲裁裁决书、调解书")
    JUDGMENT = "judgment", _("收到判决书、裁定书、调解书")
    AGREEMENT = "agreement", _("签订调解、和解协议")
    PERFORMED = "performed", _("没有文书，对方开始履行")
    OTHER = "other", _("其他")


class Work(models.TextChoices):
    """What a lawyer does on a case."""

    MEETING = "meeting", _("会见、约见")
    REPORT = "report", _("通报进展")
    EVIDENCE = "evidence", _("调查取证")
    DRAFTING = "drafting", _("起草文书")
    NEGOTIATION = "negotiation", _("协商、调解")
    HEARING = "hearing", _("开庭")
    OTHER = "other", _("其他")


class Notable(models.TextChoices):
    """What a lawyer has to report to the centre. 办理法律援助案件程序规定."""

    GROUP = "group", _("群体性事件")
    SOCIAL = "social", _("重大社会影响")
    DOUBT = "doubt", _("证据、事实有重大疑问")


class AskedBy(models.TextChoices):
    """Who wants the lawyer replaced, and why."""

    POOR_SERVICE = "poor_service", _("受援人：承办人不依法履行职责")
    REFUSES = "refuses", _("受援人：不接受指派的承办人")
    CONFLICT = "conflict", _("承办方：有利益冲突")
    CANNOT = "cannot", _("承办方：不能继续承办")


class Satisfaction(models.TextChoices):
    GOOD = "good", _("满意")
    FAIR = "fair", _("基本满意")
    POOR = "poor", _("不满意")
    UNREACHED = "unreached", _("没有联系上")
