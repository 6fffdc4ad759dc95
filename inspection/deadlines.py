"""Every time limit of a wage-arrears complaint, each number of the law once, with its article.

The codes are those of the office's catalogue; a row with several lengths has a suffix per length, in the
order of the text. Where the law leaves the number open the length is the office's default and can be set.
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
    hours,
    months,
    working_days,
    years,
)

SUPERVISION = "《劳动保障监察条例》"
PROVISIONS = "《关于实施〈劳动保障监察条例〉若干规定》"
WAGES = "《保障农民工工资支付条例》"
PENALTY = "《行政处罚法》"
COERCION = "《行政强制法》"
REVIEW_LAW = "《行政复议法》"
LITIGATION = "《行政诉讼法》"
INTERPRETATION = "《最高人民法院关于适用〈行政诉讼法〉的解释》（法释〔2018〕1号）"
CIVIL_PROCEDURE = "《民事诉讼法》"
TRANSFER = "《行政执法机关移送涉嫌犯罪案件的规定》"
BLACK_LIST = "《拖欠农民工工资失信联合惩戒对象名单管理暂行办法》"
PUBLICATION = "《重大劳动保障违法行为社会公布办法》"
ACCOUNT = "《工程建设领域农民工工资专用账户管理暂行办法》"
DEPOSIT = "《工程建设领域农民工工资保证金规定》"
OWN_DAYS = "（天数由本单位设定）"

MEDIUM, LOW = Confidence.MEDIUM, Confidence.LOW
AS_APPROVED = Extension()
NO_PAUSE = _("法律没有规定这一期限可以中止；中止只作记录，期限照算")

# From clue to filing

ACCEPT = Rule(
    "T01", _("受理或者书面不予受理"), working_days(5), f"{PROVISIONS}第十八条", starts=_("收到投诉")
)
FILE_SAME_DAY = Rule("T02", _("立案"), SAME_DAY, f"{PROVISIONS}第十八条", starts=_("受理"))
ASK_FOR_MISSING = Rule(
    "T03",
    _("告知补正"),
    None,
    f"{PROVISIONS}第十八条",
    MEDIUM,
    starts=_("收到投诉"),
    sets_date_by=_("没有单独的期限，在T01的受理期限内告知；收到补齐的投诉以后T01重新起算"),
)
SUPPLY_MISSING = Rule(
    "T04",
    _("投诉人补正"),
    working_days(10),
    f"{PROVISIONS}第十八条{OWN_DAYS}",
    LOW,
    starts=_("收到补正告知"),
    nature=Nature.RIGHT,
    extension=Extension(10),
)
FILE_OWN_FINDING = Rule(
    "T05",
    _("巡查、举报、书面审查或者移送发现的案件立案"),
    None,
    f"{SUPERVISION}第十四条；{PROVISIONS}第十九条",
    starts=_("发现"),
    sets_date_by=_("法律要求及时立案，没有天数；监察机构负责人签批的日期就是立案日期"),
)
LOOK_BACK = Rule(
    "T06",
    _("违法行为查处时效"),
    years(2),
    f"{SUPERVISION}第二十条；{PENALTY}第三十六条",
    starts=_("违法行为发生；连续或者继续的，行为终了"),
    nature=Nature.RIGHT,
    note=_("被发现、举报或者投诉时时效即停止"),
)
CLUE_RECEIVE = Rule(
    "T07a",
    _("线索签收"),
    working_days(1),
    f"全国根治欠薪线索反映平台办理要求{OWN_DAYS}",
    LOW,
    starts=_("派发到区"),
    extension=AS_APPROVED,
)
CLUE_CONTACT = Rule(
    "T07b",
    _("线索首次联系"),
    working_days(2),
    f"全国根治欠薪线索反映平台办理要求{OWN_DAYS}",
    LOW,
    starts=_("派发到区"),
    extension=AS_APPROVED,
)
CLUE_CONCLUDE = Rule(
    "T07c",
    _("线索办结"),
    working_days(15),
    f"全国根治欠薪线索反映平台办理要求{OWN_DAYS}",
    LOW,
    starts=_("派发到区"),
    extension=AS_APPROVED,
)
HOTLINE_TICKET = Rule(
    "T08",
    _("12345投诉工单办结"),
    working_days(15),
    f"12345热线派单要求{OWN_DAYS}",
    LOW,
    starts=_("派单"),
    extension=AS_APPROVED,
)
TRANSFER_MATTER = Rule(
    "T09",
    _("移送有权处理的部门并告知投诉人"),
    working_days(2),
    f"{WAGES}第十条{OWN_DAYS}",
    MEDIUM,
    starts=_("收到"),
)
ESCALATE_HOT_CLUE = Rule(
    "HOT",
    _("紧急线索报告"),
    hours(2),
    f"{SUPERVISION}第十四条（时数由本单位设定）",
    LOW,
    starts=_("发现紧急情形"),
    statutory=False,
    note=_("政府或者国企项目、十人以上、扬言自残、堵路的线索当天上报"),
)

# Investigation and decision

INVESTIGATE = Rule(
    "T10",
    _("调查"),
    working_days(60),
    f"{SUPERVISION}第十七条；{PROVISIONS}第三十条",
    starts=_("立案"),
    extension=Extension(30),
    pausable=False,
    note=NO_PAUSE,
)
DECIDE = Rule(
    "T11",
    _("作出处理"),
    working_days(15),
    f"{PROVISIONS}第三十七条",
    starts=_("调查完成"),
    extension=AS_APPROVED,
    pausable=False,
    note=NO_PAUSE,
)
PENALTY_OVERALL = Rule(
    "T12",
    _("处罚决定总时长预警"),
    calendar_days(90),
    f"{PENALTY}第六十条",
    MEDIUM,
    starts=_("立案"),
    statutory=False,
    note=_("监察条例的调查和处理期限属于另有规定，这里只作预警"),
)
DECIDE_RECUSAL = Rule(
    "T13",
    _("决定回避申请"),
    working_days(3),
    f"{PROVISIONS}第二十五条；{PENALTY}第四十三条",
    starts=_("收到申请"),
)
PRESERVED_EVIDENCE = Rule(
    "T14",
    _("对先行登记保存的证据作出处理"),
    working_days(7),
    f"{PENALTY}第五十六条、第八十五条；{PROVISIONS}第二十八条",
    starts=_("登记保存"),
)
ANSWER_ENQUIRY = Rule(
    "T15",
    _("用人单位答复调查询问书"),
    working_days(3),
    f"{SUPERVISION}第十五条、第三十条",
    starts=_("送达"),
    set_in_document=True,
    bounds=(1, None),
)
ORDER_PAY_BY = Rule(
    "T16",
    _("限期改正指令书的履行期限"),
    calendar_days(7),
    f"{SUPERVISION}第二十六条；{PROVISIONS}第三十一条",
    MEDIUM,
    starts=_("送达"),
    extension=AS_APPROVED,
    set_in_document=True,
    bounds=(3, 15),
)
STATE_AND_DEFEND = Rule(
    "T17",
    _("陈述、申辩"),
    working_days(5),
    f"{SUPERVISION}第十九条；{PENALTY}第四十四条、第四十五条",
    MEDIUM,
    starts=_("事先告知书送达"),
    nature=Nature.RIGHT,
    note=_("书面放弃即终止"),
)
ADDITIONAL_COMPENSATION = Rule(
    "T18",
    _("责令加付赔偿金"),
    None,
    f"{SUPERVISION}第二十六条；《劳动合同法》第八十五条",
    starts=_("限期改正期满未支付"),
    sets_date_by=_("没有单独的期限，随行政处理决定一并作出"),
)
REQUEST_HEARING = Rule(
    "T19",
    _("申请听证"),
    working_days(5),
    f"{PENALTY}第六十四条",
    starts=_("听证告知书送达"),
    nature=Nature.RIGHT,
)
HEARING_NOTICE = Rule(
    "T20",
    _("听证通知最晚送达日"),
    working_days(7),
    f"{PENALTY}第六十四条",
    starts=_("听证日（往前推算）"),
    direction=Direction.BACKWARD,
)
SERVE_DECISION = Rule(
    "T21",
    _("当事人不在场时送达决定"),
    working_days(7),
    f"{PROVISIONS}第三十八条；{PENALTY}第六十一条、第八十五条",
    MEDIUM,
    starts=_("作出决定"),
    warn=calendar_days(7),
    note=_("处罚决定按工作日；处理决定按工作日和自然日中较早的一个预警"),
)
PUBLIC_NOTICE = Rule(
    "T22",
    _("公告送达"),
    calendar_days(30),
    f"{CIVIL_PROCEDURE}第九十五条",
    starts=_("公告"),
    nature=Nature.WAIT,
)
ON_THE_SPOT_COPY = Rule(
    "T23", _("当场处理的材料归队"), calendar_days(2), f"{PROVISIONS}第三十二条", MEDIUM, starts=_("当场作出")
)
REPORT_PENALTY = Rule(
    "T24",
    _("处罚决定报上一级备案"),
    working_days(10),
    f"{PROVISIONS}第四十六条",
    MEDIUM,
    starts=_("作出决定"),
)
PAY_FINE = Rule(
    "T25",
    _("缴纳罚款"),
    calendar_days(15),
    f"{PENALTY}第六十六条、第六十七条、第七十二条",
    starts=_("收到处罚决定"),
    extension=AS_APPROVED,
    pause_basis=f"{PENALTY}第七十三条",
    note=_("复议、诉讼期间加处罚款不计算"),
)
PERFORM_DECISION = Rule(
    "T26",
    _("履行行政处理决定"),
    calendar_days(15),
    f"{PROVISIONS}第三十六条、第四十一条",
    MEDIUM,
    starts=_("送达"),
    set_in_document=True,
)
KEEP_CASE_FILE = Rule(
    "T27a", _("案卷保存"), years(3), f"{PROVISIONS}第四十条", starts=_("结案"), nature=Nature.KEEP
)
KEEP_WAGE_LEDGER = Rule(
    "T27b", _("用人单位工资台账保存"), years(3), f"{WAGES}第十五条", starts=_("支付"), nature=Nature.KEEP
)
KEEP_SITE_ROSTER = Rule(
    "T27c",
    _("工程用工管理台账保存"),
    years(3),
    f"{WAGES}第二十八条",
    starts=_("工程完工且工资全部结清"),
    nature=Nature.KEEP,
)
SUMMARY_FINE = Rule(
    "T28",
    _("简易程序罚款上限"),
    None,
    f"{PENALTY}第五十一条",
    sets_date_by=_("是金额界限，不是期限：公民200元以下、单位3000元以下罚款或者警告"),
)

# After the decision

REVIEW = Rule(
    "T30",
    _("申请行政复议"),
    calendar_days(60),
    f"{REVIEW_LAW}第二十条、第二十四条",
    starts=_("知道或者应当知道（一般为送达）"),
    nature=Nature.RIGHT,
    aliases=("T30a",),
)
REVIEW_NOT_TOLD = Rule(
    "T30b",
    _("申请行政复议（没有告知复议权的最长期限）"),
    years(1),
    f"{REVIEW_LAW}第二十条",
    starts=_("知道或者应当知道行政行为内容"),
    nature=Nature.RIGHT,
)
SUE = Rule(
    "T31",
    _("提起行政诉讼"),
    months(6),
    f"{LITIGATION}第四十六条",
    starts=_("知道或者应当知道（一般为送达）"),
    nature=Nature.RIGHT,
    aliases=("T31a",),
)
SUE_NOT_TOLD = Rule(
    "T31b",
    _("提起行政诉讼（没有告知起诉期限的最长期限）"),
    years(1),
    f"{INTERPRETATION}第六十四条",
    starts=_("知道或者应当知道行政行为内容"),
    nature=Nature.RIGHT,
)
SUE_AFTER_REVIEW = Rule(
    "T31c",
    _("复议以后提起行政诉讼"),
    calendar_days(15),
    f"{REVIEW_LAW}第三十四条；{LITIGATION}第四十五条",
    starts=_("收到复议决定或者复议期满"),
    nature=Nature.RIGHT,
)
REVIEW_COMES_FIRST = Rule(
    "T32",
    _("复议前置"),
    None,
    f"{REVIEW_LAW}第二十三条",
    MEDIUM,
    sets_date_by=_("不是期限：当场处罚、不履行法定职责须先申请复议，复议期限见T30"),
)
INACTION_REVIEW = Rule(
    "T33",
    _("对不履行职责申请复议"),
    calendar_days(60),
    f"{REVIEW_LAW}第二十三条；《行政复议法实施条例》第十六条",
    MEDIUM,
    starts=_("规定的履行期限届满；没有规定的，T33b届满"),
    nature=Nature.RIGHT,
    aliases=("T33a",),
)
INACTION_NO_PERIOD = Rule(
    "T33b",
    _("没有规定履行期限时的等待期"),
    calendar_days(60),
    "《行政复议法实施条例》第十六条",
    MEDIUM,
    starts=_("行政机关收到申请"),
    nature=Nature.WAIT,
)
INACTION_SUE = Rule(
    "T33c",
    _("对不履行职责复议以后起诉"),
    calendar_days(15),
    f"{REVIEW_LAW}第二十三条、第三十四条",
    MEDIUM,
    starts=_("收到复议决定或者复议期满"),
    nature=Nature.RIGHT,
)
NOT_STAYED = Rule(
    "T34",
    _("复议、诉讼期间不停止执行"),
    None,
    f"{REVIEW_LAW}第四十二条；{PENALTY}第七十三条",
    sets_date_by=_("不是期限：复议和诉讼期间决定继续有效"),
)
DEMAND = Rule(
    "T35",
    _("催告期"),
    working_days(10),
    f"{COERCION}第五十四条、第六十九条",
    starts=_("催告书送达"),
    nature=Nature.WAIT,
)
APPLY_TO_COURT = Rule(
    "T36",
    _("申请法院强制执行"),
    months(3),
    f"{COERCION}第五十三条；{INTERPRETATION}第一百五十六条",
    starts=_("复议和起诉期限都届满"),
)
COURT_ACCEPTS = Rule(
    "T37a", _("法院受理强制执行申请"), working_days(5), f"{COERCION}第五十六条", starts=_("收到申请")
)
COURT_RULES = Rule("T37b", _("法院作出执行裁定"), working_days(7), f"{COERCION}第五十七条", starts=_("受理"))
COURT_CONTESTED = Rule(
    "T37c", _("法院听取意见后作出裁定"), calendar_days(30), f"{COERCION}第五十八条", starts=_("受理")
)
FREEZE_ASSETS = Rule(
    "T38",
    _("申请财产保全"),
    None,
    f"{INTERPRETATION}第一百五十九条",
    MEDIUM,
    sets_date_by=_("执行以前随时可以申请，日期由法院决定"),
)
POLICE_TEAM = Rule(
    "T40",
    _("发现涉嫌犯罪组成专案组"),
    None,
    f"{TRANSFER}第五条",
    starts=_("发现涉嫌犯罪"),
    sets_date_by=_("发现时立即指定两名以上人员组成专案组；决定见T40a，移送见T40b"),
)
DECIDE_POLICE_TRANSFER = Rule(
    "T40a",
    _("决定是否移送公安"),
    working_days(3),
    f"{TRANSFER}第五条",
    starts=_("局正职负责人收到书面报告"),
    warn=calendar_days(3),
    unit_confidence=MEDIUM,
)
SEND_TO_POLICE = Rule("T40b", _("移送公安"), hours(24), f"{TRANSFER}第五条", starts=_("批准移送"))
POLICE_REPLY = Rule(
    "T41",
    _("公安审查立案"),
    working_days(3),
    f"{TRANSFER}第七条、第八条",
    starts=_("接受移送案件"),
    warn=calendar_days(3),
    unit_confidence=MEDIUM,
    aliases=("T41a",),
)
POLICE_FORWARD = Rule(
    "T41b", _("公安转送有管辖权的机关"), hours(24), f"{TRANSFER}第七条、第八条", starts=_("接受移送案件")
)
ASK_POLICE_AGAIN = Rule(
    "T42a",
    _("提请公安复议或者建议检察院监督"),
    working_days(3),
    f"{TRANSFER}第九条",
    starts=_("收到不予立案通知"),
    warn=calendar_days(3),
    unit_confidence=MEDIUM,
)
POLICE_ANSWER_AGAIN = Rule(
    "T42b",
    _("公安答复复议"),
    working_days(3),
    f"{TRANSFER}第九条",
    starts=_("收到提请复议"),
    warn=calendar_days(3),
    unit_confidence=MEDIUM,
)
ASK_PROCURATORATE = Rule(
    "T42c",
    _("对复议仍有异议建议检察院监督"),
    working_days(3),
    f"{TRANSFER}第九条",
    starts=_("收到复议答复"),
    warn=calendar_days(3),
    unit_confidence=MEDIUM,
)
HAND_OVER_MATERIALS = Rule(
    "T43",
    _("向公安移交涉案物品和材料"),
    working_days(3),
    f"{TRANSFER}第十二条",
    starts=_("收到立案通知"),
    warn=calendar_days(3),
    unit_confidence=MEDIUM,
)
BLACK_LIST_DECISION = Rule(
    "T44",
    _("决定列入失信名单"),
    working_days(20),
    f"{BLACK_LIST}第八条",
    starts=_("责令期限届满未支付"),
    extension=Extension(20),
)
BLACK_LIST_OBJECTION = Rule(
    "T45a",
    _("对拟列入提出异议"),
    working_days(5),
    f"{BLACK_LIST}第六条",
    starts=_("收到告知"),
    nature=Nature.RIGHT,
)
BLACK_LIST_CHECK = Rule("T45b", _("核查异议"), working_days(5), f"{BLACK_LIST}第六条", starts=_("收到异议"))
BLACK_LISTED = Rule(
    "T46",
    _("列入失信名单的期限"),
    years(3),
    f"{BLACK_LIST}第十一条",
    starts=_("列入决定"),
    nature=Nature.KEEP,
)
EARLY_REMOVAL = Rule(
    "T47",
    _("决定提前移出"),
    working_days(15),
    f"{BLACK_LIST}第十二条至第十四条",
    starts=_("收到申请"),
    aliases=("T47a",),
)
EARLY_REMOVAL_WAIT = Rule(
    "T47b",
    _("申请提前移出须满的期限"),
    months(6),
    f"{BLACK_LIST}第十二条至第十四条",
    starts=_("改正且列入"),
    nature=Nature.WAIT,
)
TAKE_OFF_LIST = Rule(
    "T48",
    _("移出名单并停止公示"),
    working_days(10),
    f"{BLACK_LIST}第十七条",
    starts=_("期满、提前移出或者撤销"),
)
PUBLISH_BREACHES = Rule(
    "T49",
    _("公布重大违法行为"),
    None,
    PUBLICATION,
    starts=_("季度"),
    sets_date_by=_("每季度公布一次，必要时随时公布；异议复核见T49b"),
    aliases=("T49a",),
)
PUBLISH_OBJECTION = Rule("T49b", _("复核公布异议"), working_days(15), PUBLICATION, starts=_("收到异议"))
BANK_PAYS = Rule(
    "T50",
    _("银行从工资保证金支付"),
    working_days(5),
    f"{DEPOSIT}第十九条",
    MEDIUM,
    starts=_("收到支付通知书"),
)
TOP_UP_DEPOSIT = Rule(
    "T51", _("补足工资保证金"), working_days(10), f"{DEPOSIT}第二十条", MEDIUM, starts=_("保证金使用")
)
STORE_DEPOSIT = Rule(
    "T52a", _("存储工资保证金"), working_days(20), DEPOSIT, MEDIUM, starts=_("取得施工许可或者签订合同")
)
FILE_DEPOSIT = Rule("T52b", _("工资保证金备案"), working_days(10), DEPOSIT, MEDIUM, starts=_("存储"))
CHECK_REFUND = Rule(
    "T53a", _("审核返还保证金"), working_days(5), f"{DEPOSIT}第二十二条", MEDIUM, starts=_("公示期满后申请")
)
CERTIFY_REFUND = Rule(
    "T53b", _("出具返还保证金确认书"), working_days(3), f"{DEPOSIT}第二十二条", MEDIUM, starts=_("审核完毕")
)
REFUND_NOTICE = Rule(
    "T53c",
    _("返还保证金公示"),
    calendar_days(30),
    f"{DEPOSIT}第二十二条",
    MEDIUM,
    starts=_("公示"),
    nature=Nature.WAIT,
)
OPEN_ACCOUNT = Rule(
    "T54a",
    _("开立工资专用账户"),
    calendar_days(30),
    ACCOUNT,
    starts=_("签订合同"),
    note=_("重庆：合同价400万元以上且工期3个月以上的项目"),
)
FILE_ACCOUNT = Rule("T54b", _("工资专用账户备案"), calendar_days(30), ACCOUNT, starts=_("开立"))
CLOSE_ACCOUNT = Rule(
    "T54c",
    _("撤销工资专用账户前公示"),
    calendar_days(30),
    f"{ACCOUNT}；{WAGES}第二十七条",
    starts=_("完工且无欠薪后公示"),
    nature=Nature.WAIT,
)
PAY_LABOUR_COST = Rule(
    "T55",
    _("拨付人工费用周期"),
    months(1),
    f"{WAGES}第二十四条",
    starts=_("上一周期终了"),
)
TELL_RESULT = Rule(
    "T56",
    _("告知投诉人处理结果"),
    working_days(5),
    f"{WAGES}第十条{OWN_DAYS}",
    MEDIUM,
    starts=_("作出决定或者移送"),
)
REPLY_TO_TASK = Rule(
    "TASK",
    _("协办任务答复"),
    working_days(5),
    f"{WAGES}第七条{OWN_DAYS}",
    LOW,
    starts=_("发出协办单"),
    set_in_document=True,
    note=_("等待协办不停止案件的期限"),
)
INSTALMENT = Rule(
    "PART",
    _("分期支付"),
    None,
    f"{SUPERVISION}第二十六条、{PENALTY}第六十六条",
    LOW,
    starts=_("分期支付计划"),
    sets_date_by=_("日期写在分期支付计划里；到期没有付足的，按原来的指令书或决定书继续办理"),
)

# Every rule above, in its order.
RULES = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
