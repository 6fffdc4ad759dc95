"""Firms, lawyers and amounts are changed here; every change stands in the record of settings."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies import changes
from agencies.models import User
from agencies.rights import Right
from calendars import memo
from cases.money import yuan
from legal_aid.models import Firm, Lawyer, Rate, Tie
from legal_aid.states import Matter

AREA = changes.Area.LEGAL_AID


def _require(by: User) -> None:
    if not by.has_right(Right.DIRECT_AID):
        raise PermissionDenied


@transaction.atomic
def save_firm(*, by: User, firm: Firm | None, values: dict[str, Any], ties: list[tuple[str, str]]) -> Firm:
    """The firm stands in the registry with these values and relations. PermissionDenied."""
    _require(by)
    before = _words(firm) if firm else {}
    firm = firm or Firm(agency=by.agency)
    for name, value in values.items():
        setattr(firm, name, value)
    firm.version += 1
    firm.save()
    firm.ties.filter(lawyer=None).delete()
    Tie.objects.bulk_create(Tie(firm=firm, unit_name=unit, reason=reason) for unit, reason in ties)
    _record(
        by,
        f"firm:{firm.public_id}",
        firm,
        _("修改承办机构") if before else _("登记承办机构"),
        before,
        _words(firm),
    )
    return firm


def _words(firm: Firm) -> dict[Any, Any]:
    return {
        _("机构名称"): firm.name,
        _("类别"): firm.get_kind_display(),
        _("权重"): firm.weight,
        _("同时在办上限"): firm.most_open,
        _("专长"): "、".join(str(Matter(code).label) for code in firm.specialities),
        _("接受指派"): firm.is_active,
        _("利害关系"): "；".join(f"{tie.unit_name}，{tie.reason}" for tie in firm.ties.filter(lawyer=None)),
    }


@transaction.atomic
def add_lawyer(*, by: User, firm: Firm, user: User, licence_no: str) -> Lawyer:
    """The account belongs to a lawyer of the firm, who can be named on its cases. PermissionDenied."""
    _require(by)
    lawyer = Lawyer.objects.create(firm=firm, user=user, licence_no=licence_no)
    after = {_("承办律师"): user, _("执业证号"): licence_no}
    _record(by, f"firm:{firm.public_id}", firm, _("登记承办律师"), {}, after)
    return lawyer


@transaction.atomic
def add_rate(*, by: User, code: str, from_on: Any, amount_fen: int, basis: str) -> Rate:
    """The amount holds from the day on. PermissionDenied."""
    _require(by)
    rate = Rate.objects.create(
        code=code, from_on=from_on, amount_fen=amount_fen, basis=basis, made_by=by, made_at=timezone.now()
    )
    memo.forget()
    after = {_("金额（元）"): yuan(amount_fen), _("自"): from_on, _("依据"): basis}
    _record(by, f"rate:{code}", rate.get_code_display(), _("设定标准"), {}, after, reason=basis)
    return rate


def _record(by: User, key: str, subject: Any, act: Any, before: Any, after: Any, reason: str = "") -> None:
    changes.record(
        by=by,
        area=AREA,
        key=key[:80],
        subject=subject,
        act=act,
        before=before,
        after=after,
        reason=reason,
        agency=by.agency,
    )
