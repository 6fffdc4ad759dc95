"""The states of a wage-arrears complaint, and how it may end."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    REGISTERED = "REGISTERED", _("投诉登记")
    CORRECTING = "CORRECTING", _("待补正")
    NOT_ACCEPTED = "NOT_ACCEPTED", _("不予受理")
    REDIRECTED = "REDIRECTED", _("告知/转办")
    FILING = "FILING", _("立案审批")
    INVESTIGATING = "INVESTIGATING", _("调查取证")
    ORDERED = "ORDERED", _("责令限期改正/支付")
    PRE_NOTICE = "PRE_NOTICE", _("告知陈述申辩/听证")
    DECIDED = "DECIDED", _("行政处理/处罚决定")
    ENFORCING = "ENFORCING", _("催告、申请强制执行")
    POLICE_PENDING = "POLICE_PENDING", _("移送公安待立案")
    CLOSED = "CLOSED", _("结案")
    CANCELLED = "CANCELLED", _("撤销立案")
    ARCHIVED = "ARCHIVED", _("归档")
    VOID = "VOID", _("登记作废")


OPEN_UNDER_INVESTIGATION = (
    State.INVESTIGATING,
    State.ORDERED,
    State.PRE_NOTICE,
    State.DECIDED,
    State.ENFORCING,
    State.POLICE_PENDING,
)


class ClosingCode(models.TextChoices):
    """How a filed case ended 结案方式."""

    PAID_AFTER_ORDER = "01", _("责令后足额支付")
    DECISION_PERFORMED = "02", _("处理决定履行")
    PENALTY_PERFORMED = "03", _("处罚履行")
    MAIN_CONTRACTOR_PAID = "04", _("总包先行清偿")
    DEPOSIT_PAID = "05", _("保证金支付")
    EMERGENCY_FUND = "06", _("应急周转金垫付")
    COURT_EXECUTED = "07", _("法院执行到位")
    COURT_ENDED = "08", _("法院终结执行")
    POLICE_OPENED = "09", _("移送公安立案")
    TRANSFERRED = "10", _("移送其他部门")
    CANCELLED_CORRECTED = "11", _("撤销立案-轻微已改")
    CANCELLED_UNFOUNDED = "12", _("撤销立案-事实不成立")
    WITHDRAWN = "13", _("撤回投诉且无继续必要")
    TO_ARBITRATION = "14", _("转仲裁诉讼")


PAID_CODES = (
    ClosingCode.PAID_AFTER_ORDER,
    ClosingCode.DECISION_PERFORMED,
    ClosingCode.MAIN_CONTRACTOR_PAID,
    ClosingCode.DEPOSIT_PAID,
    ClosingCode.EMERGENCY_FUND,
)


class CourtAnswer(models.TextChoices):
    """What the court said to the application for enforcement."""

    ACCEPTED = "accepted", _("受理")
    CONTESTED = "contested", _("听取意见，30日内裁定")
    GRANTED = "granted", _("裁定准予执行")
    REFUSED = "refused", _("不予受理或裁定不予执行")
    ENDED = "ended", _("裁定终结执行")


class Path(models.TextChoices):
    """办理途径 suggested at registration."""

    INSPECTION = "inspection", _("监察投诉")
    ARBITRATION = "arbitration", _("劳动争议仲裁")
    COURT = "court", _("法院诉讼")
    OTHER_AUTHORITY = "other_authority", _("其他部门")
    OTHER_DISTRICT = "other_district", _("其他区县")


class Channel(models.TextChoices):
    """Where a complaint comes from."""

    WINDOW = "window", _("窗口")
    LETTER = "letter", _("来信")
    PHONE = "phone", _("电话")
    H12345 = "12345", _("12345")
    H12333 = "12333", _("12333")
    NATIONAL = "national", _("全国根治欠薪线索反映平台")
    CITY = "city", _("市级平台/二维码")
    PETITION = "petition", _("信访")
    OPINION = "opinion", _("网络舆情")
    SUPERIOR = "superior", _("上级交办")
    REFERRAL = "referral", _("部门移送")
    TOWN = "town", _("镇街上报")
    MONITORING = "monitoring", _("监测预警")
    PATROL = "patrol", _("巡查")


class Cause(models.TextChoices):
    """Cause of the arrears; a local list."""

    DEVELOPER = "01", _("建设单位未按约拨付工程款/人工费")
    MAIN_CONTRACTOR = "02", _("总包未及时足额代发")
    SUBCONTRACTOR = "03", _("分包或班组长截留、卷款")
    ILLEGAL_CHAIN = "04", _("违法发包/转包/分包/挂靠")
    SETTLEMENT = "05", _("工程量或结算争议")
    HARDSHIP = "06", _("经营困难、资金链断裂")
    SHUT_DOWN = "07", _("企业停产、注销、破产")
    FLIGHT = "08", _("恶意欠薪、逃匿")
    DISPUTE = "09", _("劳动关系或数额争议")
    PUBLIC_FUNDS = "10", _("政府投资资金不到位")
    OTHER = "99", _("其他")


class Industry(models.TextChoices):
    """Sections of GB/T 4754-2017, construction by division."""

    E47 = "E47", _("房屋建筑业")
    E48 = "E48", _("土木工程建筑业")
    E49 = "E49", _("建筑安装业")
    E50 = "E50", _("建筑装饰、装修和其他建筑业")
    A = "A", _("农、林、牧、渔业")
    B = "B", _("采矿业")
    C = "C", _("制造业")
    D = "D", _("电力、热力、燃气及水生产和供应业")
    F = "F", _("批发和零售业")
    G = "G", _("交通运输、仓储和邮政业")
    H = "H", _("住宿和餐饮业")
    I = "I", _("信息传输、软件和信息技术服务业")  # noqa: E741
    J = "J", _("金融业")
    K = "K", _("房地产业")
    L = "L", _("租赁和商务服务业")
    M = "M", _("科学研究和技术服务业")
    N = "N", _("水利、环境和公共设施管理业")
    O = "O", _("居民服务、修理和其他服务业")  # noqa: E741
    P = "P", _("教育")
    Q = "Q", _("卫生和社会工作")
    R = "R", _("文化、体育和娱乐业")
    S = "S", _("公共管理、社会保障和社会组织")
    T = "T", _("国际组织")
