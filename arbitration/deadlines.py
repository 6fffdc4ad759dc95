"""Every time limit of mediation, arbitration and what follows an award, each number once, with its article.

Three, five and ten days are working days in arbitration, fifteen and forty-five are calendar days
(办案规则第八十条).
"""

from django.utils.translation import gettext_lazy as _

from calendars.rules import (
    SAME_DAY,
    Confidence,
    Direction,
    Extension,
    Nature,
    Rule,
    calendar_days,
    months,
    working_days,
    years,
)

LAW = "《劳动争议调解仲裁法》"
CASE_RULES = "《劳动人事争议仲裁办案规则》"
ENTERPRISE = "《企业劳动争议协商调解规定》"
CIVIL_PROCEDURE = "《民事诉讼法》"
INTERPRETATION_ONE = "《最高人民法院关于审理劳动争议案件适用法律问题的解释（一）》（法释〔2020〕26号）"
WAGE_NOTICE = "人社部发〔2019〕80号“护薪”行动通知"
FAST_COURT = "人社部办公厅2023年农民工工资争议速裁庭建设专项行动通知"
CIVIL_CODE = "《民法典》"
OWN_DAYS = "（天数由本单位设定）"

MEDIUM, LOW = Confidence.MEDIUM, Confidence.LOW
AS_AGREED = Extension()

# Consultation and mediation

REPLY_TO_NEGOTIATION = Rule(
    "MED-01",
    _("回应协商要求"),
    calendar_days(5),
    f"{ENTERPRISE}第九条、第十条",
    MEDIUM,
    starts=_("提出协商要求"),
    nature=Nature.RIGHT,
    extension=AS_AGREED,
    note=_("期满不回应视为不愿协商"),
)
ACCEPT_MEDIATION = Rule(
    "MED-02",
    _("决定是否受理调解"),
    working_days(3),
    f"{ENTERPRISE}第二十二条",
    MEDIUM,
    starts=_("收到调解申请"),
)
MEDIATE = Rule("MED-03", _("调解结束"), calendar_days(15), f"{LAW}第十四条", starts=_("收到调解申请"))
MEDIATE_IN_ENTERPRISE = Rule(
    "MED-04",
    _("企业调解委员会调解结束"),
    calendar_days(15),
    f"{ENTERPRISE}第二十九条",
    MEDIUM,
    starts=_("受理调解申请"),
    extension=AS_AGREED,
)
REQUEST_REVIEW = Rule(
    "MED-05",
    _("共同申请仲裁审查调解协议"),
    calendar_days(15),
    f"{CASE_RULES}第七十四条",
    starts=_("调解协议生效"),
    nature=Nature.RIGHT,
)
REVIEW_AGREEMENT = Rule(
    "MED-06",
    _("审查调解协议"),
    working_days(5),
    f"{CASE_RULES}第七十六条",
    MEDIUM,
    starts=_("受理审查申请"),
    extension=Extension(5),
)
REQUEST_CONFIRMATION = Rule(
    "MED-07",
    _("共同申请司法确认"),
    calendar_days(30),
    f"{CIVIL_PROCEDURE}第二百零五条",
    starts=_("调解协议生效"),
    nature=Nature.RIGHT,
)
REQUEST_PAYMENT_ORDER = Rule(
    "MED-08",
    _("依调解协议申请支付令"),
    None,
    f"{LAW}第十六条",
    starts=_("约定的支付日未支付"),
    sets_date_by=_("没有申请期限，约定的支付日过后即可申请"),
)
COURT_ANSWERS_ORDER = Rule(
    "MED-09",
    _("法院答复是否受理支付令申请"),
    calendar_days(5),
    f"{CIVIL_PROCEDURE}第二百二十六条",
    starts=_("提出申请"),
)
COURT_ISSUES_ORDER = Rule(
    "MED-10", _("法院发出支付令"), calendar_days(15), f"{CIVIL_PROCEDURE}第二百二十七条", starts=_("受理")
)
ORDER_PAY_OR_OBJECT = Rule(
    "MED-11",
    _("债务人清偿或者提出异议"),
    calendar_days(15),
    f"{CIVIL_PROCEDURE}第二百二十七条、第二百二十八条",
    starts=_("收到支付令"),
    nature=Nature.RIGHT,
)
MEDIATE_BEFORE_CASE = Rule(
    "MED-12",
    _("案前调解"),
    calendar_days(15),
    f"{CASE_RULES}第六十九条{OWN_DAYS}",
    LOW,
    starts=_("当事人同意"),
    statutory=False,
    note=_("期间暂缓受理；调解结束之日起受理期限重新起算"),
)
PAY_AS_AGREED = Rule(
    "MED-13",
    _("按调解协议付款"),
    None,
    f"{LAW}第十四条、第十六条",
    starts=_("调解协议生效"),
    sets_date_by=_("调解协议约定的支付日；每期一个"),
)

# Intake

ASK_FOR_CORRECTION = Rule(
    "ARB-01", _("一次性告知补正"), working_days(5), f"{CASE_RULES}第二十九条", starts=_("收到仲裁申请")
)
ACCEPT_OR_REFUSE = Rule(
    "ARB-02",
    _("受理或者不予受理"),
    working_days(5),
    f"{LAW}第二十九条；{CASE_RULES}第三十条、第三十一条、第四十六条",
    starts=_("收到仲裁申请；补正的，收到补正材料"),
    pause_basis=f"{CASE_RULES}第六十九条",
)
EXPLAIN_JURISDICTION = Rule(
    "ARB-03",
    _("不属本委管辖的书面说明"),
    working_days(5),
    f"{CASE_RULES}第三十一条",
    starts=_("收到仲裁申请"),
)
SERVE_COPY = Rule(
    "ARB-04",
    _("送达仲裁申请书副本"),
    working_days(5),
    f"{LAW}第三十条；{CASE_RULES}第三十三条",
    starts=_("受理"),
)
REPLY = Rule(
    "ARB-05",
    _("提交答辩书"),
    working_days(10),
    f"{LAW}第三十条；{CASE_RULES}第三十三条",
    starts=_("被申请人收到副本"),
    nature=Nature.RIGHT,
    note=_("简易处理经被申请人同意可以缩短或者取消"),
)
SERVE_REPLY = Rule(
    "ARB-06",
    _("送达答辩书副本"),
    working_days(5),
    f"{LAW}第三十条；{CASE_RULES}第三十三条",
    starts=_("收到答辩书"),
)
FORM_TRIBUNAL = Rule(
    "ARB-07",
    _("组成仲裁庭并告知当事人"),
    working_days(5),
    f"{LAW}第三十二条；{CASE_RULES}第三十七条",
    starts=_("受理"),
)
OBJECT_TO_JURISDICTION = Rule(
    "ARB-08",
    _("提出管辖异议"),
    None,
    f"{CASE_RULES}第十条",
    MEDIUM,
    sets_date_by=_("在ARB-05的答辩期内提出"),
)
COUNTERCLAIM = Rule(
    "ARB-09",
    _("提出反申请"),
    None,
    f"{CASE_RULES}第三十六条",
    MEDIUM,
    sets_date_by=_("在ARB-05的答辩期内提出，以后提出的另行申请"),
)
DECIDE_COUNTERCLAIM = Rule(
    "ARB-10",
    _("决定是否受理反申请"),
    working_days(5),
    f"{CASE_RULES}第三十六条",
    MEDIUM,
    starts=_("收到反申请"),
)
CHANGE_CLAIMS = Rule(
    "ARB-11",
    _("增加或者变更仲裁请求"),
    None,
    f"{CASE_RULES}第四十四条",
    sets_date_by=_("举证期限届满前提出，举证期限由仲裁庭确定"),
)
DECIDE_RECUSAL = Rule(
    "ARB-12",
    _("决定回避申请"),
    working_days(3),
    f"{CASE_RULES}第十一条、第十二条",
    MEDIUM,
    starts=_("提出申请"),
)
NOTIFY_REVOCATION = Rule(
    "ARB-13", _("通知撤销案件"), working_days(5), f"{CASE_RULES}第三十二条", MEDIUM, starts=_("作出决定")
)
ACCEPT_COLLECTIVE = Rule(
    "ARB-14a",
    _("集体争议受理或者不予受理"),
    working_days(5),
    f"{CASE_RULES}第六十四条",
    MEDIUM,
    starts=_("收到仲裁申请"),
)
NOTIFY_COLLECTIVE = Rule(
    "ARB-14b",
    _("集体争议一并通知组庭、答辩、举证、开庭"),
    working_days(5),
    f"{CASE_RULES}第六十四条",
    MEDIUM,
    starts=_("受理"),
)

# Hearing and award

HEARING_NOTICE = Rule(
    "ARB-20",
    _("开庭通知最晚送达日"),
    working_days(5),
    f"{LAW}第三十五条；{CASE_RULES}第三十八条",
    starts=_("开庭日（往前推算）"),
    direction=Direction.BACKWARD,
)
ASK_TO_POSTPONE = Rule(
    "ARB-21",
    _("申请延期开庭最晚日"),
    working_days(3),
    f"{LAW}第三十五条；{CASE_RULES}第三十八条",
    starts=_("开庭日（往前推算）"),
    direction=Direction.BACKWARD,
    nature=Nature.RIGHT,
)
ENTRUSTED_MEDIATION = Rule(
    "ARB-22",
    _("委托调解"),
    working_days(10),
    f"{CASE_RULES}第七十条",
    MEDIUM,
    starts=_("双方同意"),
)
AWARD = Rule(
    "ARB-23",
    _("作出裁决"),
    calendar_days(45),
    f"{LAW}第四十三条；{CASE_RULES}第四十五条",
    starts=_("受理"),
    extension=Extension(15),
    pause_basis=f"{CASE_RULES}第四十六条、第四十七条",
)
AWARD_RESTARTED = Rule(
    "ARB-24",
    _("重新起算的裁决期限"),
    calendar_days(45),
    f"{CASE_RULES}第四十六条",
    starts=_("决定追加当事人、受理新的请求、受理合并的反申请或者接收移送"),
    extension=Extension(15),
    pause_basis=f"{CASE_RULES}第四十六条、第四十七条",
)
AWARD_STOPPED = Rule(
    "ARB-25",
    _("不计入裁决期限的期间"),
    None,
    f"{CASE_RULES}第四十六条、第四十七条",
    sets_date_by=_("中止和公告送达的期间不计入ARB-23，由中止决定、恢复通知和公告的日期确定"),
)
TO_GENERAL_PROCEDURE = Rule(
    "ARB-26",
    _("简易处理转为一般程序"),
    None,
    f"{CASE_RULES}第六十一条",
    sets_date_by=_("在ARB-23届满以前决定，起算日不变"),
)
PARTIAL_AWARD = Rule(
    "ARB-27",
    _("先行裁决"),
    None,
    f"{LAW}第四十三条；{CASE_RULES}第四十九条",
    sets_date_by=_("没有单独的期限，部分事实清楚时即可作出"),
)
ADVANCE_ENFORCEMENT = Rule(
    "ARB-28",
    _("先予执行裁决"),
    None,
    f"{LAW}第四十四条；{CASE_RULES}第五十一条；{INTERPRETATION_ONE}第十条",
    sets_date_by=_("没有单独的期限，依申请作出"),
)
CORRECT_AWARD = Rule(
    "ARB-29",
    _("补正裁决书"),
    None,
    f"{CASE_RULES}第五十四条",
    MEDIUM,
    sets_date_by=_("及时作出，没有天数"),
)

# After the award

SUE_ON_AWARD = Rule(
    "AFT-01",
    _("对非终局裁决起诉"),
    calendar_days(15),
    f"{LAW}第五十条",
    starts=_("本人收到裁决书"),
    nature=Nature.RIGHT,
)
WORKER_SUES_FINAL = Rule(
    "AFT-02",
    _("劳动者对终局裁决起诉"),
    calendar_days(15),
    f"{LAW}第四十七条、第四十八条",
    starts=_("收到裁决书"),
    nature=Nature.RIGHT,
)
SET_ASIDE = Rule(
    "AFT-03",
    _("用人单位申请撤销终局裁决"),
    calendar_days(30),
    f"{LAW}第四十九条",
    starts=_("收到裁决书"),
    nature=Nature.RIGHT,
    aliases=("AFT-03a",),
)
SET_ASIDE_AFTER_SUIT = Rule(
    "AFT-03b",
    _("劳动者的起诉被驳回或者撤诉以后申请撤销"),
    calendar_days(30),
    f"{INTERPRETATION_ONE}第二十一条",
    starts=_("收到驳回或者准予撤诉的裁定"),
    nature=Nature.RIGHT,
)
SUE_AFTER_SET_ASIDE = Rule(
    "AFT-04",
    _("裁决被撤销以后起诉"),
    calendar_days(15),
    f"{LAW}第四十九条",
    starts=_("收到裁定"),
    nature=Nature.RIGHT,
)
SUE_AFTER_NO_ENFORCEMENT = Rule(
    "AFT-05",
    _("裁决不予执行以后起诉"),
    calendar_days(30),
    f"{INTERPRETATION_ONE}第二十四条",
    starts=_("收到裁定"),
    nature=Nature.RIGHT,
)
APPLY_FOR_ENFORCEMENT = Rule(
    "AFT-06",
    _("申请强制执行"),
    years(2),
    f"{CIVIL_PROCEDURE}第二百五十条",
    starts=_("履行期届满；没有履行期的，生效"),
    nature=Nature.RIGHT,
    note=_("可以中断"),
)
MEDIATION_DOCUMENT_EFFECTIVE = Rule(
    "AFT-07",
    _("仲裁调解书生效"),
    None,
    f"{LAW}第四十二条",
    sets_date_by=_("双方签收即时生效；签收前反悔的，及时裁决"),
)
ENFORCE_PRESERVED = Rule(
    "AFT-08",
    _("采取保全措施的申请强制执行"),
    months(3),
    f"{INTERPRETATION_ONE}第四十九条",
    starts=_("裁决或者判决生效"),
    nature=Nature.RIGHT,
)
KEEP_AWARD_FILE = Rule(
    "AFT-09a",
    _("裁决案卷保存"),
    years(10),
    f"{CASE_RULES}第二十四条",
    starts=_("结案"),
    nature=Nature.KEEP,
)
KEEP_OTHER_FILE = Rule(
    "AFT-09b",
    _("调解和其他方式结案的案卷保存"),
    years(5),
    f"{CASE_RULES}第二十四条",
    starts=_("结案"),
    nature=Nature.KEEP,
)

# Limitation

LIMITATION = Rule(
    "LIM-01",
    _("仲裁时效"),
    years(1),
    f"{LAW}第二十七条；{CASE_RULES}第二十六条",
    starts=_("知道或者应当知道权利被侵害"),
    nature=Nature.RIGHT,
    pause_basis=f"{LAW}第二十七条",
)
LIMITATION_WAGES = Rule(
    "LIM-02",
    _("拖欠劳动报酬的仲裁时效"),
    years(1),
    f"{LAW}第二十七条",
    starts=_("劳动关系终止；存续期间不受一年限制"),
    nature=Nature.RIGHT,
    pause_basis=f"{LAW}第二十七条",
)
LIMITATION_INTERRUPTED = Rule(
    "LIM-03",
    _("时效中断以后重新计算"),
    years(1),
    f"{LAW}第二十七条；{CASE_RULES}第二十七条",
    starts=_("主张权利、申请调解、投诉、仲裁、起诉、申请支付令或者对方同意履行"),
    nature=Nature.RIGHT,
    pause_basis=f"{LAW}第二十七条",
)
LIMITATION_SUSPENDED = Rule(
    "LIM-04",
    _("时效中止"),
    None,
    f"{LAW}第二十七条；{CASE_RULES}第二十八条",
    sets_date_by=_("不可抗力等原因消除之日起继续计算，由原因发生和消除的日期确定"),
)
LIMITATION_COMPLAINT = Rule(
    "LIM-05",
    _("投诉以后的仲裁时效"),
    years(1),
    f"{LAW}第二十七条；{CIVIL_CODE}第一百九十五条",
    MEDIUM,
    starts=_("投诉"),
    nature=Nature.RIGHT,
    note=_("从投诉之日起算最稳妥；主张从处理程序终结起算有争议"),
)

# Priority lane. What other places do is kept for comparison, as targets.

FAST_AWARD = Rule(
    "PRI-01",
    _("农民工工资争议裁决目标"),
    calendar_days(30),
    WAGE_NOTICE,
    MEDIUM,
    starts=_("受理"),
    statutory=False,
    pause_basis=f"{CASE_RULES}第四十六条、第四十七条",
)
FAST_LANE = Rule(
    "PRI-02",
    _("快立快调快审快结"),
    None,
    FAST_COURT,
    sets_date_by=_("没有天数：次要材料可以书面承诺后补，当场立案，一次性告知补正"),
    statutory=False,
)
FAST_FILING_ELSEWHERE = Rule(
    "PRI-03",
    _("当天立案（上饶、巴中的做法）"),
    SAME_DAY,
    f"{FAST_COURT}；上饶、巴中2023年做法",
    MEDIUM,
    starts=_("收到齐全的申请或者书面承诺"),
    statutory=False,
)
TIER_SIMPLE_ELSEWHERE = Rule(
    "PRI-04a",
    _("简单案件当天办结（湖北的做法）"),
    SAME_DAY,
    f"{FAST_COURT}；湖北2023年做法",
    MEDIUM,
    starts=_("受理"),
    statutory=False,
)
TIER_HARDER_ELSEWHERE = Rule(
    "PRI-04b",
    _("较难案件一周办结（湖北的做法）"),
    calendar_days(7),
    f"{FAST_COURT}；湖北2023年做法",
    MEDIUM,
    starts=_("受理"),
    statutory=False,
)
TIER_HARDEST_ELSEWHERE = Rule(
    "PRI-04c",
    _("疑难案件三十天办结（湖北的做法）"),
    calendar_days(30),
    f"{FAST_COURT}；湖北2023年做法",
    MEDIUM,
    starts=_("受理"),
    statutory=False,
)
FAST_AWARD_ELSEWHERE = Rule(
    "PRI-05",
    _("速裁庭三十天办结（宁夏的做法）"),
    calendar_days(30),
    f"{FAST_COURT}；宁夏2023年做法",
    MEDIUM,
    starts=_("立案通知送达"),
    statutory=False,
)
FAST_EXAMPLE = Rule(
    "PRI-06",
    _("集体案件速裁实例"),
    None,
    f"{FAST_COURT}；上饶2023年案例",
    MEDIUM,
    sets_date_by=_("是一个实例，不是期限：21人、415600元，28天裁决"),
    statutory=False,
)
COLLECTIVE_FIRST = Rule(
    "PRI-07",
    _("十人以上争议优先立案、优先审理"),
    None,
    f"{CASE_RULES}第五条、第六十二条至第六十七条",
    sets_date_by=_("只定先后，没有天数；各步骤的期限照常"),
    statutory=False,
)
FAST_ACCEPTANCE = Rule(
    "PRI-08",
    _("农民工工资争议受理目标"),
    working_days(3),
    f"{LAW}第二十九条{OWN_DAYS}",
    LOW,
    starts=_("收到仲裁申请"),
    statutory=False,
    warn=SAME_DAY,
    note=_("目标为当天受理，三个工作日预警"),
)

# Every rule above, in its order.
RULES = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
