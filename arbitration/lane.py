"""The priority lane for migrants' wages: who enters by rule, what changes there, the order of the queue and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case as When_
from django.db.models import (
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arbitration.states import PAY_FOR_WORK, ClaimType, LaneReason, QueueClass, Residence, Side, Vulnerable
from cases.models import CaseKind, PartyRole

GROUP = 10
"""From so many people with the same claim a dispute is collective. 办案规则第五条、第六十二条."""
OVER_AGE = 60
DANGER = timedelta(days=7)


@dataclass(frozen=True)
class Facts:
    """What the entry rule looks at, of the whole case."""

    side: str
    claim_types: frozenset[str]
    all_migrant: bool
    all_rural: bool
    youngest_birth: date | None
    received_on: date


@dataclass(frozen=True)
class EntryRule:
    """One way into the lane: a test of the facts, the reason it gives, and where it stands."""

    reason: str
    label: Any
    article: str
    holds: Callable[[Facts], bool]


def _asks_for_pay(facts: Facts) -> bool:
    return facts.side == Side.WORKER and bool(facts.claim_types & set(PAY_FOR_WORK))


def _is_over_age(facts: Facts) -> bool:
    born = facts.youngest_birth
    return born is not None and born.replace(day=1).replace(year=born.year + OVER_AGE) <= facts.received_on


ENTRY: tuple[EntryRule, ...] = (
    EntryRule(
        LaneReason.RULE,
        gettext_lazy("农民工追索劳动报酬"),
        "《保障农民工工资支付条例》第二条、第十条；人社部发〔2019〕80号",
        lambda facts: _asks_for_pay(facts) and facts.all_migrant,
    ),
    EntryRule(
        LaneReason.OVER_AGE,
        gettext_lazy("超龄农村劳动者追索劳动报酬"),
        "《超龄劳动者基本权益保障暂行规定》第十九条",
        lambda facts: _asks_for_pay(facts) and facts.all_rural and _is_over_age(facts),
    ),
)
"""Tried in this order; the first that holds lets the case in. Whoever says so at the desk is a migrant worker."""


def entry(facts: Facts) -> EntryRule | None:
    """The rule by which the case is in the lane; None where somebody has to ask for it with a reason."""
    return next((rule for rule in ENTRY if rule.holds(facts)), None)


def facts_of(case: Any) -> Facts:
    """The facts of the case as its rows are now."""
    workers = [
        party
        for party in case.parties.select_related("person", "standing")
        if party.role == PartyRole.WORKER and party.person is not None
    ]
    births = [party.person.birth_on for party in workers if party.person.birth_on]
    return Facts(
        side=case.dispute.side,
        claim_types=frozenset(case.dispute_claims.values_list("type", flat=True)),
        all_migrant=bool(workers) and all(party.person.is_migrant for party in workers),
        all_rural=bool(workers) and all(_residence(party) == Residence.RURAL for party in workers),
        youngest_birth=max(births) if births and len(births) == len(workers) else None,
        received_on=case.received_on,
    )


def _residence(party: Any) -> str:
    standing = getattr(party, "standing", None)
    return standing.residence if standing else Residence.UNKNOWN


# What changes in the lane, for the panel of a case


@dataclass(frozen=True)
class Difference:
    """One step as it is in the lane, beside how it is otherwise."""

    step: Any
    ordinary: Any
    lane: Any


DIFFERENCES: tuple[Difference, ...] = (
    Difference(
        gettext_lazy("受理"), gettext_lazy("5个工作日"), gettext_lazy("当天受理，次要材料可以书面承诺后补")
    ),
    Difference(
        gettext_lazy("法律援助"), gettext_lazy("告知权利"), gettext_lazy("当场问是否需要，推送援助工作站")
    ),
    Difference(
        gettext_lazy("仲裁庭"),
        gettext_lazy("独任或者三人"),
        gettext_lazy("不满10人的简单案件由速裁庭独任，10人以上三人"),
    ),
    Difference(gettext_lazy("答辩"), gettext_lazy("10个工作日"), gettext_lazy("书面同意的可以缩短、取消")),
    Difference(
        gettext_lazy("通知"),
        gettext_lazy("书面"),
        gettext_lazy("通知可以用电话、短信、电子邮件；调解书、裁决书不行"),
    ),
    Difference(gettext_lazy("审理"), gettext_lazy("全面审理"), gettext_lazy("要素式审理")),
    Difference(
        gettext_lazy("裁决"), gettext_lazy("45日，可以延长15日"), gettext_lazy("目标30日，第20日预警")
    ),
    Difference(
        gettext_lazy("结果"), gettext_lazy("裁决"), gettext_lazy("标准以内终局裁决；可以部分裁决、先予执行")
    ),
)


# The order of the queue


def queued(cases: QuerySet[Any], today: date) -> QuerySet[Any]:
    """The open disputes in the order in which they are to be taken up; ``queue_class`` says the class of each.

    Within a class: what is due first, then the larger sum per worker, then who came first, then the number. One
    query, whatever the number of cases.
    """
    rows = cases.filter(kind=CaseKind.ARBITRATION, ended_on=None)
    return with_class(rows, today).order_by(
        "queue_class", F("due_on").asc(nulls_last=True), "-fen_each", "registered_at", "receipt_no"
    )


def with_class(cases: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Each case with its ``queue_class`` and ``fen_each``, the sum claimed per worker."""
    injured = cases.model._meta.get_field("dispute_claims").related_model.objects.filter(
        case=OuterRef("pk"), type=ClaimType.INJURY
    )
    in_lane = ~Q(dispute__lane_reason="") & Q(is_priority=True)
    limits = Q(filed_on=None) & (
        Q(
            dispute__employment_ended_on__gt=_year_before(today),
            dispute__employment_ended_on__lt=_year_before(today) + DANGER,
        )
        | Q(
            dispute__right_known_on__gt=_year_before(today),
            dispute__right_known_on__lt=_year_before(today) + DANGER,
        )
    )
    return cases.annotate(
        has_injury=Exists(injured),
        fen_each=ExpressionWrapper(
            F("claimed_fen") / Greatest(Coalesce(F("worker_count"), Value(1)), Value(1)),
            output_field=IntegerField(),
        ),
    ).annotate(
        queue_class=When_(
            When(due_on__lt=today, then=Value(QueueClass.OVERDUE)),
            When(limits, then=Value(QueueClass.LIMITATION)),
            When(in_lane & Q(is_group=True), then=Value(QueueClass.GROUP_MIGRANT)),
            When(in_lane, then=Value(QueueClass.MIGRANT)),
            When(is_group=True, then=Value(QueueClass.GROUP)),
            When(Q(has_injury=True) | ~Q(dispute__vulnerable=""), then=Value(QueueClass.VULNERABLE)),
            default=Value(QueueClass.OTHER),
            output_field=IntegerField(),
        )
    )


def _year_before(today: date) -> date:
    try:
        return today.replace(year=today.year - 1)
    except ValueError:
        return today.replace(year=today.year - 1, day=28)


def why_here(case: Any, today: date) -> str:
    """Why the case stands where it stands in the queue, in one sentence; the case comes from `queued`."""
    place = QueueClass(case.queue_class)
    reason = {
        QueueClass.OVERDUE: _("法定期限%(day)s已过") % {"day": case.due_on},
        QueueClass.LIMITATION: _("仲裁时效7日内届满，还没有受理"),
        QueueClass.GROUP_MIGRANT: _("农民工工资争议，%(n)d人") % {"n": case.worker_count},
        QueueClass.MIGRANT: _lane_words(case),
        QueueClass.GROUP: _("%(n)d人的集体争议") % {"n": case.worker_count},
        QueueClass.VULNERABLE: _vulnerable_words(case),
        QueueClass.OTHER: _("普通争议"),
    }[place]
    due = _("，%(day)s到期") % {"day": case.due_on} if case.due_on and place != QueueClass.OVERDUE else ""
    return _("第%(n)d类：%(reason)s%(due)s") % {"n": int(place), "reason": reason, "due": due}


def _lane_words(case: Any) -> str:
    dispute = case.dispute
    if dispute.lane_reason == LaneReason.MOTION:
        return _("%(who)s批准优先：%(why)s") % {"who": dispute.lane_by, "why": dispute.lane_why}
    return str(dispute.get_lane_reason_display())


def _vulnerable_words(case: Any) -> str:
    if case.dispute.vulnerable:
        return str(Vulnerable(case.dispute.vulnerable).label)
    return _("请求工伤待遇")


@dataclass(frozen=True)
class Wait:
    """How long the accepted cases of a class have taken or are taking, in days from receipt."""

    queue_class: int
    label: str
    cases: int
    median: int | None


def waits(cases: QuerySet[Any], today: date) -> list[Wait]:
    """The open cases of each class and the median of the days since their receipt; one query."""
    found: dict[int, list[int]] = {int(each): [] for each in QueueClass}
    open_cases = with_class(cases.filter(kind=CaseKind.ARBITRATION, ended_on=None), today)
    for place, received_on in open_cases.values_list("queue_class", "received_on"):
        found[place].append((today - received_on).days)
    return [
        Wait(place, str(QueueClass(place).label), len(days), median(days)) for place, days in found.items()
    ]


def median(days: Sequence[int]) -> int | None:
    """The middle of the days, the lower of two middles; None of none."""
    return sorted(days)[(len(days) - 1) // 2] if days else None


def group_size(case: Any) -> int:
    """How many workers of the case ask for the same kind of thing: the largest number for one kind of claim."""
    kinds = case.dispute_claims.filter(withdrawn_on=None).order_by().values("type")
    return max((row["n"] for row in kinds.annotate(n=Count("party", distinct=True))), default=0)
