"""What the panel of a mediation asks: who reads the offers, what is due on which day, where people went on."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from arbitration.mediation import concessions, standing
from arbitration.mediation.states import OWED, PAYMENT_ORDER_TYPES
from cases.models import Case

register = template.Library()


@register.simple_tag
def concessions_open(case: Any, user: User) -> bool:
    """Whether the person reads what the sides offered each other."""
    return concessions.may_read(user, case)


@register.simple_tag
def payment_days(case: Any) -> list[standing.Day]:
    """What is due on which day; empty before an agreement."""
    return standing.days(case, timezone.localdate()) if case.mediation.agreed_on else []


@register.simple_tag(takes_context=True)
def opened_disputes(context: dict[str, Any], case: Any) -> list[Case]:
    """The disputes that people of the mediation went on to, as far as the reader may see them."""
    return list(Case.objects.visible_to(context["user"]).filter(dispute__source_case=case.pk))


@register.simple_tag
def broken_hint(case: Any) -> str:
    """What is open to the workers when a day was missed; empty while none was."""
    if case.state not in OWED or not standing.overdue(case, timezone.localdate()):
        return ""
    order = any(demand.type in PAYMENT_ORDER_TYPES for demand in case.demands.all())
    hint = _("有到期未付的款项：可以办理“转仲裁”，材料随案转去，不用再填。")
    if order:
        hint += _(
            "这份协议也可以申请支付令：没有申请期限，法院5日内答复是否受理，受理后15日内发出，"
            "债务人收到后15日内清偿或者提出异议。"
        )
    return hint
