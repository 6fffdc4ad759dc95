"""The numbers of the figures of legal aid."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from legal_aid.states import Category, Result, Satisfaction, State
from reports.definitions import L1, L2, L3, L4, L5
from reports.parts.part import DENOMINATOR, GAP, NUMERATOR, Condition, Part, Parts
from reports.periods import Period

SATISFIED = (Satisfaction.GOOD, Satisfaction.FAIR)


def _in_period(column: str) -> Condition:
    return lambda at: Q(**{f"{column}__range": (at.from_on, at.as_of)})


def _granted(at: Period) -> Q:
    """Aid was given in the period: by decision, or at once with the decision to follow."""
    return Q(filed_then__range=(at.from_on, at.as_of))


def _concluded(at: Period) -> Q:
    return Q(aid__concluded_on__range=(at.from_on, at.as_of))


def _under_way(at: Period) -> Q:
    """Aid was given by the cut-off, and the case was neither concluded nor terminated by then."""
    given = Q(filed_then__lte=at.as_of)
    concluded_later = Q(aid__concluded_on__isnull=True) | Q(aid__concluded_on__gt=at.as_of)
    terminated_later = Q(aid__terminated_on__isnull=True) | Q(aid__terminated_on__gt=at.as_of)
    return given & concluded_later & terminated_later


def _applied(at: Period) -> Q:
    """Received in the period, and more than a question: a consultation is none."""
    asked = Q(state=State.CONSULTATION) | Q(outcome=Result.SERVED, aid__concluded_on__isnull=True)
    return Q(received_on__range=(at.from_on, at.as_of)) & ~asked


def _decided(at: Period) -> Q:
    return Q(decided_then__range=(at.from_on, at.as_of), aid__urgent_ground="")


def _decided_in_time(at: Period) -> Q:
    return _decided(at) & Q(decided_then__lte=F("decision_due"))


def _decided_late(at: Period) -> Q:
    in_time = Q(decided_then__lte=F("decision_due"))
    return _decided(at) & (Q(decision_due__isnull=True) | ~in_time)


def _called(*answers: str) -> Condition:
    return lambda at: _in_period("aid__called_back_on")(at) & Q(aid__satisfaction__in=answers)


PARTS: Parts = {
    L1.id: {
        NUMERATOR: Part(_("本期给予"), _granted),
        "applied": Part(_("本期申请"), _applied),
        "refused": Part(_("本期不予"), _in_period("aid__refused_on")),
        "withdrawn": Part(_("本期撤回"), _in_period("aid__withdrawn_on")),
        "migrants": Part(_("本期给予中农民工"), lambda at: _granted(at) & Q(aid__category=Category.MIGRANT)),
        "concluded": Part(_("本期结案"), _concluded),
        "terminated": Part(_("本期终止"), _in_period("aid__terminated_on")),
        "open": Part(_("期末在办"), _under_way),
    },
    L2.id: {
        NUMERATOR: Part(_("按期决定"), _decided_in_time),
        DENOMINATOR: Part(_("本期决定"), _decided),
        GAP: Part(_("逾期决定"), _decided_late),
    },
    L3.id: {
        NUMERATOR: Part(
            _("按期指派"),
            lambda at: _in_period("assigned_then")(at) & Q(assigned_then__lte=F("assignment_due")),
        ),
        DENOMINATOR: Part(_("本期指派"), _in_period("assigned_then")),
    },
    L4.id: {
        NUMERATOR: Part(_("本期结案并取得金额"), lambda at: _concluded(at) & Q(aid__obtained_fen__gt=0)),
        DENOMINATOR: Part(_("本期结案"), _concluded),
    },
    L5.id: {
        NUMERATOR: Part(_("满意、基本满意"), _called(*SATISFIED)),
        DENOMINATOR: Part(_("回访到"), _called(*SATISFIED, Satisfaction.POOR)),
        "unreached": Part(_("没有联系上"), _called(Satisfaction.UNREACHED)),
    },
}
