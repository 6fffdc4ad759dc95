"""What is asked before each act on a matter that goes to another agency."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.rights import Right, Role
from cases import rulings
from cases.forms import ArticleField, ChosenField, DayField, FactsForm, SpokenCharField, TextField
from cases.models import CaseKind, Party, PartyRole, Referral
from cases.services import referrals
from cases.workflow.registry import workflows

# Legal aid is not offered: it is asked for by the people themselves, with their own form.
TAKEN_IN_AS = (CaseKind.INSPECTION, CaseKind.ARBITRATION, CaseKind.MEDIATION)
SEAT = {
    CaseKind.INSPECTION: "inspection",
    CaseKind.ARBITRATION: "arb",
    CaseKind.MEDIATION: "arb",
}


def receivers(case: Any) -> list[tuple[str, str]]:
    """Whom the matter can go to: offices that open a case of their own, then authorities that answer for a sector."""
    open_cases = {flow.kind for flow in workflows() if flow.on_referral is not None}
    seats = {agency.code: agency for agency in Agency.objects.filter(code__in=SEAT.values())}
    found = [
        (f"{seats[SEAT[kind]].code}:{kind}", f"{seats[SEAT[kind]].short_name}（{CaseKind(kind).label}）")
        for kind in TAKEN_IN_AS
        if kind in open_cases and SEAT[kind] in seats and seats[SEAT[kind]].pk != case.agency_id
    ]
    others = Agency.objects.filter(staff__role=Role.LIAISON, staff__is_active=True).distinct()
    return found + [(f"{each.code}:", each.short_name) for each in others.order_by("pk")]


def earlier_rulings() -> str:
    """What was ruled last on matters returned twice: nothing is argued over again."""
    ruled = Referral.objects.exclude(ruled_at=None).select_related("receiver").order_by("-ruled_at")
    return rulings.in_short((each.receiver.short_name, each.ruling) for each in ruled[: rulings.MOST])


class OfferForm(FactsForm):
    """Where the matter goes, with whom, why, and how its people were told."""

    receiver = ChosenField(label=_("转给"))
    people = forms.ModelMultipleChoiceField(
        label=_("随同转交的人"), queryset=Party.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    reason = TextField(label=_("转办理由"), max_length=1000)
    basis = ArticleField(label=_("依据"), max_length=160)
    told_on = DayField(label=_("告知本人的日期"), past_only=True, initial=timezone.localdate)
    told_how = SpokenCharField(
        label=_("怎样告知的、本人意见"),
        max_length=120,
        help_text=_("如：当面告知，同意转交；电话告知，10:32"),
    )

    def prepare(self) -> None:
        receiver = self.fields["receiver"]
        assert isinstance(receiver, ChosenField)
        receiver.choices = [("", ""), *receivers(self.case)]
        receiver.help_text = earlier_rulings()
        people = self.fields["people"]
        assert isinstance(people, forms.ModelMultipleChoiceField)
        people.queryset = self.case.parties.filter(role=PartyRole.WORKER).select_related("person")
        if len(people.queryset) == 1:  # of several, those who were told are ticked one by one
            people.initial = [people.queryset[0].pk]
        people.error_messages |= {
            "required": _("还没选随同转交的人"),
            "invalid_choice": _("选的人不在这件案子里，重新选"),
            "invalid_pk_value": _("选的人不在这件案子里，重新选"),
        }

    def offer(self) -> referrals.Offer:
        """The matter in its stored form."""
        data = self.cleaned_data
        code, _colon, kind = data["receiver"].partition(":")
        return referrals.Offer(
            receiver=Agency.objects.get(code=code),
            kind=kind,
            people=tuple(data["people"]),
            reason=data["reason"],
            basis=data["basis"],
            told_on=data["told_on"],
            told_how=data["told_how"],
        )


class ReturnForm(forms.Form):
    use_required_attribute = False
    return_rule = ArticleField(
        label=_("依据的规定"), max_length=160, help_text=_("写明文件和条款，如：《……条例》第七条第二款")
    )
    reason = TextField(label=_("为什么不该由你单位办理"), max_length=1000)


class ResendForm(forms.Form):
    use_required_attribute = False
    answer = TextField(label=_("为什么仍请该单位办理"), max_length=1000)


class RevokeForm(forms.Form):
    use_required_attribute = False
    reason = TextField(label=_("收回理由"), max_length=500)


class ReportForm(forms.Form):
    use_required_attribute = False
    result = TextField(label=_("办理情况和结果"), max_length=2000)


class RulingForm(forms.Form):
    use_required_attribute = False
    verdict = ChosenField(
        label=_("裁定"),
        choices=[
            (referrals.BINDING, _("由接收单位办理，不能再退回")),
            (referrals.DROPPED, _("退回转出单位办理")),
        ],
    )
    ruling = TextField(label=_("裁定的内容和依据"), max_length=1000)


# What may be done: the name of the act, its words, its form, its service.
ACTS: dict[str, tuple[Any, type[forms.Form] | None, Any]] = {
    "accept": (_("接收"), None, referrals.accept),
    "return": (_("退回"), ReturnForm, referrals.turn_back),
    "report": (_("反馈结果"), ReportForm, referrals.report_back),
    "resend": (_("说明理由再转"), ResendForm, referrals.resend),
    "revoke": (_("收回"), RevokeForm, referrals.revoke),
    "rule": (_("裁定"), RulingForm, referrals.rule),
}


def open_acts(user: User, referral: Referral) -> list[str]:
    """The acts that this person may take on the referral as it stands."""
    state = referral.state
    found: list[str] = []
    if referrals.may_receive(user, referral):
        found += {
            "offered": ["accept"] if referral.ruled_at else ["accept", "return"],
            "accepted": ["report"],
        }.get(state, [])
    if state not in ("done", "revoked") and referrals.may_send(user, referral.case):
        found += ["resend", "revoke"] if state == "returned" else ["revoke"]
    if state == "disputed" and referrals.may_rule(user):
        found.append("rule")
    return found


def waits_for(user: User) -> Any:
    """The referrals that wait for this person: to take in, to report on, to answer a return, to rule upon."""
    seen = Referral.objects.visible_to(user)
    mine = Referral.objects.of_receiver(user)
    wanted = mine.offered() | mine.filter(accepted_at__isnull=False, done_at=None)
    if any(user.has_right(right) for right in referrals.SENDING):
        wanted |= Referral.objects.filter(case__agency_id=user.agency_id).back()
    if user.has_right(Right.DEPUTY):
        wanted |= Referral.objects.disputed()
    return seen.filter(pk__in=wanted.values("pk"))
