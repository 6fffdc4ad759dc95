"""A matter goes from one agency to another 转办、移送: each act one transaction on the case it comes from.

The receiver reads no case before taking the matter; then the case is shared with it, and what it becomes there is a
case of its own with nothing typed again. A return names its rule; the second one is ruled upon by the bureau that
leads, and the ruling binds both. 《保障农民工工资支付条例》第七条、第十条
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from agencies.models import Agency, User
from agencies.rights import Right
from cases import clocks, policies, sharing
from cases import referral_deadlines as d
from cases.models import (
    RECEIVING_RIGHT,
    RULING_RIGHT,
    Case,
    Party,
    Referral,
    ReferralState,
    ShareReason,
    TimelineEvent,
)
from cases.services.acting import append, perform
from cases.workflow.registry import workflow_for
from cases.workflow.table import Change, Effect, StepRefused
from cases.workflow.table import Referral as People
from notifications.services import notify

BINDING, DROPPED = "binding", "dropped"
SENDING = (
    Right.INTAKE,
    Right.INVESTIGATE,
    Right.HEAD,
    Right.RECEIVE_DISPUTE,
    Right.ARBITRATE,
    Right.HEAD_INSTITUTE,
    Right.RECEIVE_AID,
    Right.REVIEW_AID,
    Right.DIRECT_AID,
)


@dataclass(frozen=True)
class Offer:
    """A matter as it is offered: to whom, as what, which people, why, and how they were told."""

    receiver: Agency
    kind: str
    people: tuple[Party, ...]
    reason: str
    basis: str
    told_on: date
    told_how: str


def may_send(user: User, case: Case) -> bool:
    """Whether the person deals with the case: they pass it on, insist, or take it back."""
    return policies.is_own(user, case) and any(policies.can(user, right, case) for right in SENDING)


def may_receive(user: User, referral: Referral) -> bool:
    """Whether the referral came to the person's agency and their role takes such matters in."""
    return (
        user.is_active
        and user.agency_id == referral.receiver_id
        and user.has_right(RECEIVING_RIGHT[referral.kind])
    )


def may_rule(user: User) -> bool:
    """Whether the person decides for the bureau that leads."""
    return user.is_active and user.has_right(RULING_RIGHT)


def district_received_on(case: Case) -> date:
    """When the district first had the matter: the day of the case it came from, however often it was passed on."""
    earlier = Referral.objects.filter(opened=case).first()
    return earlier.received_on if earlier else case.received_on


# What the sender does


def offer(
    *, case: Case, by: User, version: int, key: str, entry: Offer, then: Sequence[Effect] = ()
) -> TimelineEvent:
    """The matter is offered; the receiver has its time limit, the district's runs from its first receipt.

    ``then`` are the letters that go with it. Raises PermissionDenied, StepRefused, StaleVersion, KeyReused.
    """

    def do(locked: Case, at: Any) -> tuple[Referral, dict[str, Any]]:
        _refuse_twice(locked, entry)
        referral = Referral.objects.create(
            case=locked,
            receiver=entry.receiver,
            kind=entry.kind,
            reason=entry.reason,
            basis=entry.basis,
            told_on=entry.told_on,
            told_how=entry.told_how,
            received_on=district_received_on(locked),
            sent_by=by,
            sent_at=at,
        )
        referral.people.set(entry.people)
        clocks.start(locked, d.TAKE_IN, timezone.localdate(at), cause=referral.cause)
        if clocks.running(locked, d.DISTRICT_PLACES) is None:
            clocks.start(locked, d.DISTRICT_PLACES, referral.received_on)
        _tell_receivers(referral, _("收到转办：%(number)s") % {"number": locked.number})
        return referral, {
            "receiver": entry.receiver.name,
            "as": referral.kind,
            "people": "、".join(party.name for party in entry.people),
            "reason": entry.reason,
            "basis": entry.basis,
            "told_on": entry.told_on.isoformat(),
            "told_how": entry.told_how,
        }

    payload = [case.pk, entry.receiver.pk, entry.kind, [each.pk for each in entry.people], entry.reason]
    act = _Act("offer_referral", gettext_noop("发出转办"), then)
    return act.on(case, by, version, key, payload, do, allowed=lambda locked: _require(may_send(by, locked)))


def _refuse_twice(case: Case, entry: Offer) -> None:
    if not entry.people:
        raise StepRefused([_("还没选随同转交的人")])
    open_ = [
        each for each in case.referrals.filter(receiver=entry.receiver, kind=entry.kind) if _is_open(each)
    ]
    if open_:
        raise StepRefused([_("已经转给%(who)s，对方还没办完") % {"who": entry.receiver.short_name}])


def _is_open(referral: Referral) -> bool:
    return referral.state not in (ReferralState.DONE, ReferralState.REVOKED)


def resend(*, referral: Referral, by: User, key: str, answer: str) -> TimelineEvent:
    """A returned matter is offered once more with the reason why it belongs there."""

    def do(locked: Case, at: Any) -> tuple[Referral, dict[str, Any]]:
        mine = _in_state(referral, ReferralState.RETURNED)
        mine.sent_by, mine.sent_at = by, at
        mine.reason = f"{mine.reason}\n{answer}"
        mine.save()
        clocks.meet(locked, d.ANSWER_RETURN, timezone.localdate(at), cause=mine.cause)
        clocks.start(locked, d.TAKE_IN, timezone.localdate(at), cause=mine.cause)
        _tell_receivers(mine, _("再次转办：%(number)s") % {"number": locked.number})
        return mine, {"receiver": mine.receiver.name, "answer": answer}

    return _of_sender("resend_referral", gettext_noop("说明理由再次转办"), referral, by, key, [answer], do)


def revoke(*, referral: Referral, by: User, key: str, reason: str) -> TimelineEvent:
    """The matter comes back: what the receiver could read of the case it reads no longer.

    A case that was opened there goes on, for it belongs to the receiver.
    """

    def do(locked: Case, at: Any) -> tuple[Referral, dict[str, Any]]:
        mine = _in_state(
            referral,
            ReferralState.OFFERED,
            ReferralState.RETURNED,
            ReferralState.DISPUTED,
            ReferralState.ACCEPTED,
        )
        mine.revoked_by, mine.revoked_at, mine.revoked_because = by, at, reason
        mine.save()
        _end(locked, mine, at)
        return mine, {"receiver": mine.receiver.name, "reason": reason}

    return _of_sender("revoke_referral", gettext_noop("收回转办"), referral, by, key, [reason], do)


def _end(case: Case, referral: Referral, at: Any) -> None:
    on = timezone.localdate(at)
    for rule in (d.TAKE_IN, d.ANSWER_RETURN, d.RULE_ON_RETURN, d.REPORT_BACK):
        clocks.drop(case, rule, on, cause=referral.cause)
    if not any(_is_open(each) for each in case.referrals.all()):
        clocks.drop(case, d.DISTRICT_PLACES, on)
    sharing.revoke(case, referral.receiver, reason=ShareReason.REFERRAL, at=at, source=referral.cause)


# What the receiver does


def accept(*, referral: Referral, by: User, key: str) -> TimelineEvent:
    """The receiver has the matter: the case is shared with it, and its own case is opened where it keeps such cases."""

    def do(locked: Case, at: Any) -> tuple[Referral, dict[str, Any]]:
        mine = _in_state(referral, ReferralState.OFFERED)
        on = timezone.localdate(at)
        mine.accepted_by, mine.accepted_at = by, at
        if mine.kind:
            mine.opened = _opened(locked, mine, by, key)
        mine.save()
        clocks.meet(locked, d.TAKE_IN, on, cause=mine.cause)
        clocks.meet(locked, d.DISTRICT_PLACES, on)
        clocks.start(locked, d.REPORT_BACK, on, cause=mine.cause)
        sharing.share(locked, mine.receiver, reason=ShareReason.REFERRAL, by=by, at=at, source=mine.cause)
        _tell_sender(mine, _("%(who)s已接收转办") % {"who": mine.receiver.short_name})
        return mine, {
            "receiver": mine.receiver.name,
            "receipt_no": mine.opened.receipt_no if mine.opened else "",
        }

    return _of_receiver("accept_referral", gettext_noop("接收转办"), referral, by, key, [], do)


def _opened(case: Case, referral: Referral, by: User, key: str) -> Case:
    workflow = workflow_for(referral.kind)
    if workflow.on_referral is None:
        raise StepRefused([_("“%(kind)s”不接收转交") % {"kind": workflow.label}])
    told = {"consent_on": referral.told_on, "how": referral.told_how}
    people = tuple(referral.people.select_related("person"))
    opened: Case = workflow.on_referral(People(case, people, by, f"r{key}"[:64], told))
    return opened


def turn_back(*, referral: Referral, by: User, key: str, return_rule: str, reason: str) -> TimelineEvent:
    """The receiver returns the matter under an article; a second return waits for the ruling of the bureau."""

    def do(locked: Case, at: Any) -> tuple[Referral, dict[str, Any]]:
        mine = _in_state(referral, ReferralState.OFFERED)
        if mine.ruled_at:
            raise StepRefused([_("这件事已经裁定由你单位办理，不能再退回")])
        on = timezone.localdate(at)
        mine.return_rule, mine.return_reason = return_rule, reason
        mine.returned_by, mine.returned_at = by, at
        mine.return_count += 1
        mine.save()
        clocks.meet(locked, d.TAKE_IN, on, cause=mine.cause)
        again = mine.return_count > 1
        clocks.start(locked, d.RULE_ON_RETURN if again else d.ANSWER_RETURN, on, cause=mine.cause)
        _tell_sender(mine, _("%(who)s退回转办") % {"who": mine.receiver.short_name})
        if again:
            _tell_who_rules(mine)
        return mine, {"receiver": mine.receiver.name, "rule": return_rule, "reason": reason}

    payload = [return_rule, reason]
    return _of_receiver("return_referral", gettext_noop("退回转办"), referral, by, key, payload, do)


def report_back(*, referral: Referral, by: User, key: str, result: str) -> TimelineEvent:
    """The receiver tells what became of the matter: it still reads the case and acts on it no longer."""

    def do(locked: Case, at: Any) -> tuple[Referral, dict[str, Any]]:
        mine = _in_state(referral, ReferralState.ACCEPTED)
        mine.result, mine.done_by, mine.done_at = result, by, at
        mine.save()
        clocks.meet(locked, d.REPORT_BACK, timezone.localdate(at), cause=mine.cause)
        sharing.finish(locked, mine.receiver, reason=ShareReason.REFERRAL, at=at, source=mine.cause)
        _tell_sender(mine, _("%(who)s反馈办理结果") % {"who": mine.receiver.short_name})
        return mine, {"receiver": mine.receiver.name, "result": result}

    return _of_receiver("report_referral", gettext_noop("反馈转办结果"), referral, by, key, [result], do)


# What the bureau that leads does


def rule(*, referral: Referral, by: User, key: str, verdict: str, ruling: str) -> TimelineEvent:
    """Whose matter it is: the receiver takes it and cannot return it again, or it comes back to who sent it."""

    def do(locked: Case, at: Any) -> tuple[Referral, dict[str, Any]]:
        mine = _in_state(referral, ReferralState.DISPUTED)
        on = timezone.localdate(at)
        mine.ruling, mine.ruled_by, mine.ruled_at = ruling, by, at
        if verdict == DROPPED:
            mine.revoked_by, mine.revoked_at, mine.revoked_because = by, at, ruling
        mine.save()
        clocks.meet(locked, d.RULE_ON_RETURN, on, cause=mine.cause)
        if verdict == DROPPED:
            _end(locked, mine, at)
        else:
            clocks.start(locked, d.TAKE_IN, on, cause=mine.cause)
            _tell_receivers(mine, _("裁定由你单位办理：%(number)s") % {"number": locked.number})
        _tell_sender(mine, _("转办争议已裁定"))
        return mine, {"receiver": mine.receiver.name, "verdict": verdict, "ruling": ruling}

    act = _Act("rule_referral", gettext_noop("裁定转办争议"))
    return act.on(
        referral.case,
        by,
        None,
        key,
        [referral.pk, verdict, ruling],
        do,
        allowed=lambda locked: _require(may_rule(by)),
        sees=lambda user, locked: may_rule(user),
    )


# The frame they share

Doing = Callable[[Case, Any], tuple[Referral, dict[str, Any]]]


@dataclass(frozen=True)
class _Act:
    """One act on a referral: its name in the record, its words, and what follows beside it."""

    name: str
    label: str
    then: Sequence[Effect] = ()

    def on(
        self,
        case: Case,
        by: User,
        version: int | None,
        key: str,
        payload: Any,
        doing: Doing,
        *,
        allowed: Callable[[Case], None],
        sees: Callable[[User, Case], bool] = policies.can_see,
    ) -> TimelineEvent:
        def do(locked: Case) -> TimelineEvent:
            at = timezone.now()
            referral, facts = doing(locked, at)
            event = append(
                locked,
                by,
                kind=TimelineEvent.Kind.STEP,
                step=self.name,
                label=self.label[:80],
                source=locked.state,
                facts=facts,
            )
            change = Change(locked, None, by, timezone.localdate(at), at, {"referral": referral}, "", event)
            for effect in self.then:
                effect.apply(change)
            clocks.refresh_headline(locked)
            return event

        return perform(
            case=case,
            by=by,
            version=version,
            key=key,
            action=self.name,
            payload=payload,
            do=do,
            allowed=allowed,
            sees=sees,
        )


def _of_sender(
    name: str, label: str, referral: Referral, by: User, key: str, payload: Any, doing: Doing
) -> TimelineEvent:
    def allowed(locked: Case) -> None:
        _require(may_send(by, locked))

    return _Act(name, label).on(referral.case, by, None, key, [referral.pk, *payload], doing, allowed=allowed)


def _of_receiver(
    name: str, label: str, referral: Referral, by: User, key: str, payload: Any, doing: Doing
) -> TimelineEvent:
    return _Act(name, label).on(
        referral.case,
        by,
        None,
        key,
        [referral.pk, *payload],
        doing,
        allowed=lambda locked: _require(may_receive(by, referral)),
        sees=lambda user, locked: may_receive(user, referral),
    )


def _require(answer: bool) -> None:
    if not answer:
        raise PermissionDenied(_("这件转办不由你处理"))


def _in_state(referral: Referral, *states: ReferralState) -> Referral:
    """The row as it is now, under the lock of its case; StepRefused when it stands elsewhere."""
    fresh = Referral.objects.select_related("receiver", "case").get(pk=referral.pk)
    if fresh.state not in states:
        raise StepRefused([_("这件转办现在是“%(state)s”，不能这样办理") % {"state": fresh.state.label}])
    return fresh


def _tell_receivers(referral: Referral, title: str) -> None:
    right = RECEIVING_RIGHT[referral.kind]
    for user in User.objects.filter(agency_id=referral.receiver_id, is_active=True).select_related("agency"):
        if user.has_right(right):
            _tell(referral, user, title)


def _tell_sender(referral: Referral, title: str) -> None:
    sender = referral.case.handler or referral.sent_by
    _tell(referral, sender, f"{referral.case.number} {title}")


def _tell_who_rules(referral: Referral) -> None:
    for user in User.objects.filter(is_active=True).select_related("agency"):
        if may_rule(user):
            _tell(referral, user, _("转办第二次退回，请裁定：%(number)s") % {"number": referral.case.number})


def _tell(referral: Referral, user: User, title: str) -> None:
    notify(
        recipient=user,
        kind="referral",
        title=title[:200],
        url=referral.get_absolute_url(),
        key=f"referral:{referral.cause}:{referral.case.version}:{user.pk}",
    )
