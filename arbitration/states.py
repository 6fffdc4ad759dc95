"""The states of an arbitration case, and the lists of codes that the law or the forms fix."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LAW = "《劳动争议调解仲裁法》"
CASE_RULES = "《劳动人事争议仲裁办案规则》"


class State(models.TextChoices):
    RECEIVED = "RECEIVED", _("收件待审")
    CORRECTING = "CORRECTING", _("待补正")
    PRE_MEDIATION = "PRE_MEDIATION", _("案前调解")
    FOR_APPROVAL = "FOR_APPROVAL", _("待审批立案")
    ACCEPTED = "ACCEPTED", _("已受理")
    REFUSED = "REFUSED", _("不予受理")
    REDIRECTED = "REDIRECTED", _("移送管辖")
    CONSTITUTING = "CONSTITUTING", _("组庭送达中")
    REPLY_PERIOD = "REPLY_PERIOD", _("答辩期")
    ENTRUSTED_MEDIATION = "ENTRUSTED_MEDIATION", _("委托调解")
    AWAITING_HEARING = "AWAITING_HEARING", _("待开庭")
    IN_HEARING = "IN_HEARING", _("开庭审理")
    TRIBUNAL_MEDIATION = "TRIBUNAL_MEDIATION", _("庭审后调解")
    DELIBERATING = "DELIBERATING", _("评议拟稿")
    FOR_SIGNATURE = "FOR_SIGNATURE", _("待签发")
    DECIDED = "DECIDED", _("已作出裁决或者调解书")
    SERVING = "SERVING", _("送达中")
    CLOSED = "CLOSED", _("已结案")
    EFFECTIVE = "EFFECTIVE", _("已生效")
    SUSPENDED = "SUSPENDED", _("中止")
    WITHDRAWN = "WITHDRAWN", _("撤回")
    DEEMED_WITHDRAWN = "DEEMED_WITHDRAWN", _("按撤回处理")
    REVOKED = "REVOKED", _("撤销案件")
    TERMINATED = "TERMINATED", _("终止")
    ARCHIVED = "ARCHIVED", _("归档")


BEFORE_ACCEPTANCE = (State.RECEIVED, State.CORRECTING, State.PRE_MEDIATION, State.FOR_APPROVAL)
"""Received, and neither accepted nor refused yet."""

UNDER_WAY = (
    State.ACCEPTED,
    State.CONSTITUTING,
    State.REPLY_PERIOD,
    State.ENTRUSTED_MEDIATION,
    State.AWAITING_HEARING,
    State.IN_HEARING,
    State.TRIBUNAL_MEDIATION,
    State.DELIBERATING,
)
"""Accepted, and no result is made or waits for its signature."""

TO_THE_RESULT = (*UNDER_WAY, State.FOR_SIGNATURE)
"""Accepted, and no result is made."""

RESULT_MADE = (State.DECIDED, State.SERVING, State.CLOSED, State.EFFECTIVE)
"""An award or a mediation paper stands; service and effect go on."""

AFTER_ACCEPTANCE_ENDED = (State.WITHDRAWN, State.DEEMED_WITHDRAWN, State.REVOKED, State.TERMINATED)
"""Accepted and ended by a decision without an award."""


class Side(models.TextChoices):
    """Who applies."""

    WORKER = "worker", _("劳动者")
    EMPLOYER = "employer", _("用人单位")


class Origin(models.TextChoices):
    """Where the application comes from."""

    WALK_IN = "walk_in", _("窗口申请")
    ONLINE = "online", _("网上申请")
    INSPECTION = "inspection", _("劳动保障监察转来")
    MEDIATION = "mediation", _("调解转来")
    COURT = "court", _("法院转来")
    TRANSFER = "transfer", _("其他仲裁委员会移送")


class ClaimType(models.TextChoices):
    """What is asked for. 劳动争议调解仲裁法第二条."""

    WAGE = "wage", _("劳动报酬")
    OVERTIME = "overtime", _("加班工资")
    DEDUCT = "deduct", _("克扣工资")
    INSURANCE = "insurance", _("社会保险")
    INJURY = "injury", _("工伤待遇")
    CONFIRM = "confirm", _("确认劳动关系")
    CONTRACT = "contract", _("订立、变更劳动合同")
    DOUBLE_PAY = "double_pay", _("二倍工资")
    TERMINATE = "terminate", _("解除、终止劳动合同的补偿或者赔偿金")
    REST = "rest", _("工作时间、休息休假")
    WELFARE = "welfare", _("福利")
    TRAINING = "training", _("培训")
    PROTECTION = "protection", _("劳动保护")
    NONCOMPETE = "noncompete", _("竞业限制")
    OTHER = "other", _("其他")


PAY_FOR_WORK = (ClaimType.WAGE, ClaimType.OVERTIME, ClaimType.DEDUCT)
"""Pay for work done: what the priority lane is for. 保障农民工工资支付条例第二条."""

TESTED_BY_AMOUNT = (
    ClaimType.WAGE,
    ClaimType.OVERTIME,
    ClaimType.DEDUCT,
    ClaimType.INJURY,
    ClaimType.TERMINATE,
    ClaimType.DOUBLE_PAY,
)
"""Final where the single item is not above twelve monthly minimum wages. 劳动争议调解仲裁法第四十七条第一项."""

FINAL_BY_MATTER = (ClaimType.REST, ClaimType.INSURANCE)
"""Final whatever the sum: national standards of hours, rest and insurance. 劳动争议调解仲裁法第四十七条第二项."""

WITHOUT_AMOUNT = (
    ClaimType.CONFIRM,
    ClaimType.CONTRACT,
    ClaimType.REST,
    ClaimType.INSURANCE,
    ClaimType.TRAINING,
    ClaimType.PROTECTION,
    ClaimType.OTHER,
)
"""What may be asked for without a sum."""

PERIOD_NEEDED = (ClaimType.WAGE, ClaimType.OVERTIME, ClaimType.DEDUCT, ClaimType.DOUBLE_PAY)
"""What is owed month by month: the first and the last month belong to the claim."""


class Outcome(models.TextChoices):
    """How a case ended 处理方式."""

    MEDIATE = "mediate", _("调解")
    AWARD_FINAL = "award_final", _("终局裁决")
    AWARD_NONFINAL = "award_nonfinal", _("非终局裁决")
    AWARD_PARTIAL = "award_partial", _("部分裁决、分别裁决")
    WITHDRAW = "withdraw", _("撤回")
    DEEMED_WITHDRAW = "deemed_withdraw", _("按撤回处理")
    REVOKE = "revoke", _("撤销案件")
    TRANSFER = "transfer", _("移送")
    TERMINATE = "terminate", _("终止")
    REFUSE = "refuse", _("不予受理")


BY_AWARD = (Outcome.AWARD_FINAL, Outcome.AWARD_NONFINAL, Outcome.AWARD_PARTIAL)


class Success(models.TextChoices):
    """Who got what was asked for 结果."""

    WORKER = "worker", _("劳动者胜")
    EMPLOYER = "employer", _("用人单位胜")
    PARTIAL = "partial", _("双方部分胜")
    SETTLED = "settled", _("调解、和解")
    NONE = "none", _("没有处理结果")


class Residence(models.TextChoices):
    """户籍类型; taken as the person says at the desk."""

    RURAL = "rural", _("农村")
    URBAN = "urban", _("城镇")
    UNKNOWN = "unknown", _("没有说明")


class Vulnerable(models.TextChoices):
    """Whom the queue puts before others."""

    NONE = "", _("没有")
    ELDERLY = "elderly", _("老年人")
    DISABLED = "disabled", _("残疾人")
    MINOR = "minor", _("未成年人")
    PREGNANT = "pregnant", _("孕期、产期、哺乳期")
    SICK = "sick", _("重病")


class Jurisdiction(models.TextChoices):
    """Why this committee has the case. 劳动争议调解仲裁法第二十一条."""

    PERFORMANCE = "performance", _("劳动合同履行地")
    SEAT = "seat", _("用人单位所在地")
    TRANSFERRED = "transferred", _("接受移送")
    NONE = "none", _("不属本委管辖")


class RefusalGround(models.TextChoices):
    """Why a case is not accepted. 办案规则第三十条、第三十四条."""

    OUT_OF_SCOPE = "scope", _("不属于劳动人事争议处理范围")
    UNCLEAR = "unclear", _("没有明确的仲裁请求和事实理由")
    NO_INTEREST = "interest", _("申请人与争议没有直接利害关系，或者没有明确的被申请人")
    REPEATED = "repeated", _("同一争议已经不予受理、已经处理或者正在处理")


class SuspensionGround(models.TextChoices):
    """Why a case stands still. 办案规则第四十七条."""

    DEATH = "1", _("劳动者死亡，等待继承人表明是否参加")
    INCAPACITY = "2", _("劳动者丧失民事行为能力，还没有确定法定代理人")
    EMPLOYER_ENDED = "3", _("用人单位终止，还没有确定承继人")
    FORCE_MAJEURE = "4", _("不可抗力，当事人不能参加")
    OTHER_CASE = "5", _("以另一案的审理结果为依据，另一案还没有审结")
    APPRAISAL = "6", _("等待工伤认定、伤残等级鉴定或者其他鉴定结论")
    OTHER = "7", _("其他应当中止的情形")


class SimpleGround(models.TextChoices):
    """Why the simplified procedure applies. 办案规则第五十六条."""

    CLEAR = "clear", _("事实清楚，权利义务关系明确，争议不大")
    SMALL = "small", _("标的额不超过上年度职工年平均工资")
    AGREED = "agreed", _("双方当事人同意")


class SimpleBar(models.TextChoices):
    """Why the simplified procedure ends or does not apply. 办案规则第五十七条、第六十一条."""

    PUBLIC_INTEREST = "public", _("涉及国家利益、社会公共利益")
    SOCIAL_EFFECT = "social", _("有重大社会影响")
    UNREACHABLE = "unreachable", _("被申请人下落不明")
    COMMITTEE = "committee", _("仲裁委员会认为不宜")
    COMPLEX = "complex", _("审理中发现案情复杂")


class TribunalForm(models.TextChoices):
    """One arbitrator or three. 劳动争议调解仲裁法第三十一条."""

    SOLE = "sole", _("独任")
    PANEL = "panel", _("三人仲裁庭")


class ServiceMethod(models.TextChoices):
    """How a paper reached somebody. 办案规则第二十条；民事诉讼法第八十七条至第九十五条."""

    DIRECT = "direct", _("直接送达")
    MAIL = "mail", _("邮寄送达")
    LEFT = "left", _("留置送达")
    POSTED = "posted", _("张贴送达")
    ELECTRONIC = "electronic", _("电子送达")
    ANNOUNCEMENT = "announcement", _("公告送达")


class NoticeMethod(models.TextChoices):
    """How somebody was told of a hearing; the last is simple and proves receipt only where it was confirmed."""

    DIRECT = "direct", _("直接送达")
    MAIL = "mail", _("邮寄送达")
    LEFT = "left", _("留置送达")
    POSTED = "posted", _("张贴送达")
    ELECTRONIC = "electronic", _("电子送达（本人确认）")
    ANNOUNCEMENT = "announcement", _("公告送达")
    SIMPLE = "simple", _("电话、短信等简便方式")


class LaneReason(models.TextChoices):
    """Why a case is in the priority lane, or in none."""

    NONE = "", _("普通")
    RULE = "rule", _("农民工追索劳动报酬")
    OVER_AGE = "over_age", _("超龄农村劳动者追索劳动报酬")
    MOTION = "motion", _("经批准优先")


class QueueClass(models.IntegerChoices):
    """The order of the work list; a lower number goes first."""

    OVERDUE = 1, _("已超过法定期限")
    LIMITATION = 2, _("时效或者先行提供期限7日内届满")
    GROUP_MIGRANT = 3, _("农民工工资集体争议")
    MIGRANT = 4, _("农民工工资争议")
    GROUP = 5, _("其他集体争议")
    VULNERABLE = 6, _("工伤、老年、残疾、孕期等劳动者")
    OTHER = 7, _("其他")


class ClaimOrigin(models.TextChoices):
    """When a claim came into the case."""

    FILED = "filed", _("申请时提出")
    ADDED = "added", _("增加、变更")
    COUNTER = "counter", _("反申请")


class AwardForm(models.TextChoices):
    AWARD = "award", _("裁决书")
    MEDIATION = "mediation", _("调解书")
    ADVANCE = "advance", _("先予执行裁决书")


class Finality(models.TextChoices):
    FINAL = "final", _("终局")
    NONFINAL = "nonfinal", _("非终局")
    NONE = "", _("不分")


class HearingState(models.TextChoices):
    PLANNED = "planned", _("已排期")
    HELD = "held", _("已开庭")
    POSTPONED = "postponed", _("已延期")
    CANCELLED = "cancelled", _("已取消")


class Attendance(models.TextChoices):
    UNKNOWN = "", _("没有登记")
    PRESENT = "present", _("到庭")
    ABSENT = "absent", _("没有到庭")
    LEFT = "left", _("未经许可中途退庭")


class InterruptionKind(models.TextChoices):
    """What makes the limitation period count anew. 劳动争议调解仲裁法第二十七条；办案规则第二十七条."""

    DEMAND = "demand", _("向对方主张权利")
    MEDIATION = "mediation", _("申请调解")
    COMPLAINT = "complaint", _("向劳动保障监察投诉")
    ARBITRATION = "arbitration", _("申请仲裁")
    SUIT = "suit", _("起诉")
    PAYMENT_ORDER = "payment_order", _("申请支付令")
    ACKNOWLEDGED = "acknowledged", _("对方同意履行")


class AfterAward(models.TextChoices):
    """What a party did against an award. 劳动争议调解仲裁法第四十八条至第五十条."""

    SUIT = "suit", _("起诉")
    SET_ASIDE = "set_aside", _("申请撤销")
    DISMISSED = "dismissed", _("起诉、申请被驳回或者撤回")
    ANNULLED = "annulled", _("裁决被撤销")
