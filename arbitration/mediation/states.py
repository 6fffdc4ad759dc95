"""The states of a mediation, and the lists of codes that the law or the forms fix."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from arbitration.states import ClaimType


class State(models.TextChoices):
    INQUIRY = "INQUIRY", _("待登记")
    SEEKING_CONSENT = "SEEKING_CONSENT", _("征求意见")
    ACCEPTED = "ACCEPTED", _("已受理")
    MEDIATING = "MEDIATING", _("调解中")
    AGREED = "AGREED", _("已达成协议")
    PERFORMING = "PERFORMING", _("履行中")
    UNDER_REVIEW = "UNDER_REVIEW", _("仲裁审查中")
    REVIEW_CONFIRMED = "REVIEW_CONFIRMED", _("审查出具调解书")
    COURT_CONFIRMED = "COURT_CONFIRMED", _("司法确认")
    FAILED = "FAILED", _("调解不成")
    DECLINED = "DECLINED", _("不予受理或者不同意")
    WITHDRAWN = "WITHDRAWN", _("撤回")
    TO_ARBITRATION = "TO_ARBITRATION", _("转仲裁")
    ARCHIVED = "ARCHIVED", _("已归档")


BEFORE_AGREEMENT = (State.INQUIRY, State.SEEKING_CONSENT, State.ACCEPTED, State.MEDIATING)
"""Nothing is agreed and nothing has ended."""

OWED = (State.AGREED, State.PERFORMING)
"""An agreement stands that nobody can enforce yet."""

ENFORCEABLE = (State.UNDER_REVIEW, State.REVIEW_CONFIRMED, State.COURT_CONFIRMED)
"""The agreement is being made enforceable, or is: it is performed all the same."""


class Origin(models.TextChoices):
    """Where the request comes from."""

    WALK_IN = "walk_in", _("当事人申请")
    ARBITRATION_INTAKE = "arbitration_intake", _("仲裁案前调解")
    INSPECTION = "inspection", _("劳动保障监察转来")
    OTHER = "other", _("其他机构转来")


class Body(models.TextChoices):
    """Who mediates. 劳动争议调解仲裁法第十条."""

    INSTITUTE = "institute", _("仲裁院调解中心")
    ENTERPRISE = "enterprise", _("企业劳动争议调解委员会")
    PEOPLE = "people", _("人民调解组织")
    TOWN = "town", _("镇街劳动争议调解组织")


class DeclineGround(models.TextChoices):
    OTHER_SIDE = "other_side", _("对方当事人不同意调解")
    NO_ANSWER = "no_answer", _("对方当事人期满没有答复")
    OUT_OF_SCOPE = "scope", _("不属于劳动争议")
    OTHER = "other", _("其他")


class FailReason(models.TextChoices):
    """Why no agreement came about. 劳动争议调解仲裁法第十四条."""

    REFUSED = "refused", _("一方书面表示不再调解")
    NO_AGREEMENT = "no_agreement", _("双方不能达成协议")
    LIMIT = "limit", _("期限届满没有达成协议")
    REVIEW_REFUSED = "review", _("仲裁审查不予出具调解书")
    REVIEW_WITHDRAWN = "review_withdrawn", _("撤回仲裁审查申请")


class RefusalGround(models.TextChoices):
    """Why no mediation paper is made of an agreement. 办案规则第七十八条."""

    UNLAWFUL = "unlawful", _("违反法律、行政法规的强制性规定")
    PUBLIC = "public", _("损害国家利益、社会公共利益或者他人合法权益")
    PAPERS = "papers", _("当事人提供的证据材料有伪造嫌疑，或者内容不明确")
    INVOLUNTARY = "involuntary", _("违反自愿原则")
    OTHER = "other", _("其他不能出具调解书的情形")


class OfferKind(models.TextChoices):
    """What one worker is offered in one round."""

    FULL = "full", _("全额")
    DISCOUNTED = "discounted", _("打折")
    INSTALMENTS = "instalments", _("分期")
    NONE = "none", _("没有方案")


class ProposedBy(models.TextChoices):
    WORKERS = "workers", _("劳动者一方")
    EMPLOYER = "employer", _("用人单位一方")
    MEDIATOR = "mediator", _("调解员")


class MemberOutcome(models.TextChoices):
    """What came of it for one worker of the case."""

    AGREED = "agreed", _("达成协议")
    FAILED = "failed", _("没有达成协议")


class Outcome(models.TextChoices):
    """How the case ended."""

    AGREED = "agreed", _("达成协议")
    REVIEW = "review", _("仲裁审查出具调解书")
    COURT = "court", _("司法确认")
    FAILED = "failed", _("调解不成")
    DECLINED = "declined", _("不予受理或者不同意")
    WITHDRAWN = "withdrawn", _("撤回")
    TO_ARBITRATION = "to_arbitration", _("转仲裁")


class OrderStage(models.TextChoices):
    """How far a payment order 支付令 has come. 民事诉讼法第二百二十五条至第二百二十八条."""

    REQUESTED = "requested", _("已申请")
    TAKEN = "taken", _("法院已受理")
    REJECTED = "rejected", _("法院不受理")
    ISSUED = "issued", _("已发出并送达债务人")
    OBJECTED = "objected", _("债务人异议成立，程序终结")
    ENFORCEABLE = "enforceable", _("期满没有异议，可以申请执行")


ORDER_FOLLOWS: dict[str, tuple[str, ...]] = {
    OrderStage.REQUESTED: (OrderStage.TAKEN, OrderStage.REJECTED),
    OrderStage.TAKEN: (OrderStage.ISSUED,),
    OrderStage.ISSUED: (OrderStage.OBJECTED, OrderStage.ENFORCEABLE),
}
"""Which stage of a payment order may follow which."""

PAYMENT_ORDER_TYPES = (
    ClaimType.WAGE,
    ClaimType.OVERTIME,
    ClaimType.DEDUCT,
    ClaimType.INJURY,
    ClaimType.TERMINATE,
    ClaimType.DOUBLE_PAY,
)
"""Claims for which an agreement opens the way to a payment order. 劳动争议调解仲裁法第十六条."""
