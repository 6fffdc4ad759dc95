"""The facts of each step, at most seven fields, and what may be chosen."""

from datetime import date, time
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from agencies.models import User
from agencies.rights import Role
from arbitration import items
from arbitration.people import (
    applicants,
    arbitrators,
    clerks,
    respondents,
    spokespeople,
    standing,
    tribunal,
    workers,
)
from arbitration.states import (
    PERIOD_NEEDED,
    WITHOUT_AMOUNT,
    AfterAward,
    ClaimType,
    InterruptionKind,
    Jurisdiction,
    NoticeMethod,
    RefusalGround,
    ServiceMethod,
    SimpleBar,
    SimpleGround,
    SuspensionGround,
    TribunalForm,
)
from calendars.services import current_calendar
from cases.forms import (
    ChosenField,
    DayField,
    FactsForm,
    MoneyField,
    MonthField,
    SpokenCharField,
    StaffField,
    TestField,
    TextField,
    UsccField,
    about,
)
from cases.models import Case, CaseKind, Party
from cases.models.people import ChainRole

BLANK = [("", "")]
EVERYBODY = "all"
CORRECTION_DAYS = 5  # proposed to the officer, who sets the day
MORNING, NOON = time(9, 30), time(11, 30)
CLAIM_ARTICLE = "《劳动争议调解仲裁法》第二十八条、《劳动人事争议仲裁办案规则》第三十条"


class CountField(forms.IntegerField):
    """A whole number with the sentences of its bounds."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}
        self.error_messages |= {
            "required": about(gettext_noop("还没填%(label)s"), self.label),
            "invalid": about(gettext_noop("%(label)s要填数字"), self.label),
            "min_value": about(gettext_noop("%(label)s至少是%(least)s"), self.label, least=self.min_value),
            "max_value": about(gettext_noop("%(label)s最多是%(most)s"), self.label, most=self.max_value),
        }


class HourField(SpokenCharField):
    """A time of day typed as 9:30 or 0930; the cleaned value is a time."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=8, **kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        if isinstance(value, time):
            return value
        text = super().clean(value).replace("：", ":").replace(":", "").strip()
        if not text:
            return None
        try:
            digits = text.zfill(4)
            return time(int(digits[:-2]), int(digits[-2:]))
        except ValueError as error:
            raise ValidationError(
                _now("%(label)s看不懂，写成9:30或者0930") % {"label": self.label}
            ) from error


class PartyField(forms.ModelChoiceField):
    """One party of the case; the form says which."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "")
        super().__init__(queryset=Party.objects.none(), **kwargs)
        self.error_messages["required"] = about(gettext_noop("还没选%(label)s"), self.label)
        self.error_messages["invalid_choice"] = about(
            gettext_noop("%(label)s里没有这一项，从列表里选"), self.label
        )

    def offer(self, case: Case, parties: list[Party]) -> None:
        """These parties of the case; the only one is chosen at once."""
        rows = case.parties.filter(pk__in=[party.pk for party in parties])
        self.queryset = rows.select_related("person", "employer").order_by("role", "position")
        if len(parties) == 1:
            self.initial = parties[0].pk


def offer(form: FactsForm, name: str, parties: list[Party]) -> None:
    """The field of that name in the form offers the parties."""
    field = form.fields[name]
    assert isinstance(field, PartyField)
    field.offer(form.case, parties)


class ReasonForm(FactsForm):
    reason = TextField(label=_("理由"), max_length=1000)


class DoneForm(FactsForm):
    done_on = DayField(label=_("日期"), past_only=True, initial=timezone.localdate)
    how = SpokenCharField(label=_("方式和经手人"), max_length=120)


# Intake


class MissingForm(FactsForm):
    missing_items = TextField(
        label=_("需补正的内容"), max_length=1000, help_text=_("一次写全，每行一项；只能要求补正一次")
    )
    how_to_fix = TextField(label=_("怎样补正"), max_length=500, required=False)
    due_on = DayField(label=_("补正期限"))

    def prepare(self) -> None:
        today = timezone.localdate()
        self.fields["due_on"].initial = current_calendar().nth_working_day(today, CORRECTION_DAYS)

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day <= timezone.localdate():
            raise ValidationError(_("补正期限要晚于今天"))
        return day


class OpinionForm(FactsForm):
    jurisdiction = ChosenField(
        label=_("管辖依据"),
        choices=[row for row in Jurisdiction.choices if row[0] != Jurisdiction.NONE],
    )
    opinion = TextField(label=_("立案审查意见"), max_length=1000)

    def prepare(self) -> None:
        self.fields["jurisdiction"].initial = self.case.dispute.jurisdiction


class CorrectedForm(OpinionForm):
    received_on = DayField(label=_("收到补正的日期"), past_only=True, initial=timezone.localdate)
    materials = TextField(label=_("收到的材料"), max_length=1000)

    field_order = ("received_on", "materials", "jurisdiction", "opinion")


class PromiseForm(OpinionForm):
    promised = TextField(
        label=_("承诺后补的材料"), max_length=500, help_text=_("只能是次要材料；身份和请求不能后补")
    )
    promise_due_on = DayField(label=_("承诺补齐的日期"))

    field_order = ("promised", "promise_due_on", "jurisdiction", "opinion")

    def clean_promise_due_on(self) -> date:
        day: date = self.cleaned_data["promise_due_on"]
        if day < timezone.localdate():
            raise ValidationError(_("承诺补齐的日期不能早于今天"))
        return day


class PromiseKeptForm(FactsForm):
    received_on = DayField(label=_("收到日期"), past_only=True, initial=timezone.localdate)
    materials = TextField(label=_("收到的材料"), max_length=1000)


class SuggestForm(FactsForm):
    body = SpokenCharField(label=_("建议的调解组织"), max_length=120)
    consent_on = DayField(label=_("当事人同意的日期"), past_only=True, initial=timezone.localdate)
    how = SpokenCharField(
        label=_("怎样同意的"), max_length=200, help_text=_("如：当面签字的同意书，编号12；电话录音，10:32")
    )


class MediationEndForm(FactsForm):
    ended_on = DayField(label=_("调解结束的日期"), past_only=True, initial=timezone.localdate)
    result = TextField(label=_("调解结果"), max_length=1000)


class MediationFailedForm(MediationEndForm):
    opinion = TextField(label=_("立案审查意见"), max_length=1000)


class RefuseForm(FactsForm):
    ground = ChosenField(label=_("不予受理的理由"), choices=[*BLANK, *RefusalGround.choices])
    reason = TextField(label=_("说明"), max_length=1000)


class ElsewhereForm(FactsForm):
    to = SpokenCharField(label=_("有管辖权的机构"), max_length=120)
    reason = TextField(label=_("理由"), max_length=1000)


class LimitationForm(FactsForm):
    kind = ChosenField(label=_("中断的事由"), choices=[*BLANK, *InterruptionKind.choices])
    happened_on = DayField(label=_("日期"), past_only=True)
    proof = SpokenCharField(label=_("凭据"), max_length=200)


class WithdrawForm(FactsForm):
    arrived_on = DayField(label=_("收到撤回申请的日期"), past_only=True, initial=timezone.localdate)
    reason = TextField(label=_("撤回的理由"), max_length=200)
    reconciled = TestField(label=_("和解后撤回"), initial="no")


class GroupWithdrawForm(WithdrawForm):
    consent = SpokenCharField(
        label=_("被代表的人同意的依据"),
        max_length=200,
        required=False,
        help_text=_("由代表人撤回的，写全体被代表的人怎样同意"),
    )


# The tribunal


class LaneForm(FactsForm):
    reason = TextField(label=_("优先的理由"), max_length=200)


class ConstituteForm(FactsForm):
    tribunal_form = ChosenField(label=_("仲裁庭"), choices=TribunalForm.choices, initial=TribunalForm.SOLE)
    leader = StaffField(label=_("独任或者首席仲裁员"), queryset=None)
    member = StaffField(label=_("仲裁员"), queryset=None, required=False)
    member2 = StaffField(label=_("另一名仲裁员"), queryset=None, required=False)
    clerk = StaffField(label=_("书记员"), queryset=None)
    simple_ground = ChosenField(
        label=_("简易处理的理由"), choices=[*BLANK, *SimpleGround.choices], required=False
    )

    def prepare(self) -> None:
        for name in ("leader", "member", "member2"):
            self.fields[name].queryset = arbitrators(self.case)
        self.fields["clerk"].queryset = clerks(self.case)
        if self.case.is_group:
            self.fields["tribunal_form"].initial = TribunalForm.PANEL

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_panel = data.get("tribunal_form") == TribunalForm.PANEL
        members = [data.get(name) for name in ("member", "member2")]
        if is_panel and not all(members):
            self.add_error("member", _("三人仲裁庭要选齐两名仲裁员"))
        if data.get("tribunal_form") == TribunalForm.SOLE and any(members):
            self.add_error("member", _("独任的不选其他仲裁员"))
        named = [data.get(name) for name in ("leader", "member", "member2", "clerk")]
        chosen = [person.pk for person in named if person is not None]
        if len(chosen) != len(set(chosen)):
            self.add_error("leader", _("同一个人只能担任一项，书记员不能兼任仲裁员"))
        return data


class ReplaceTribunalForm(ConstituteForm):
    reason = SpokenCharField(label=_("更换的理由"), max_length=200)

    def prepare(self) -> None:
        super().prepare()
        self.fields["tribunal_form"].initial = self.case.dispute.tribunal_form
        self.fields["simple_ground"].initial = self.case.dispute.simple_ground
        held = self.case.assignments.filter(until=None)
        by_duty: dict[str, list[int]] = {}
        for row in held:
            by_duty.setdefault(row.duty, []).append(row.user_id)
        leader = by_duty.get("sole") or by_duty.get("chief") or []
        members = by_duty.get("member") or []
        self.fields["leader"].initial = next(iter(leader), None)
        self.fields["member"].initial = next(iter(members), None)
        self.fields["member2"].initial = members[1] if len(members) > 1 else None
        self.fields["clerk"].initial = next(iter(by_duty.get("clerk") or []), None)


class MediatorConsentForm(FactsForm):
    consented_on = DayField(label=_("双方同意的日期"), past_only=True, initial=timezone.localdate)
    how = SpokenCharField(label=_("怎样同意的"), max_length=200)


class AskRecusalForm(FactsForm):
    person = StaffField(label=_("申请谁回避"), queryset=None)
    asked_by = SpokenCharField(label=_("申请人"), max_length=60)
    asked_on = DayField(label=_("收到申请的日期"), past_only=True, initial=timezone.localdate)
    reason = TextField(label=_("理由"), max_length=200)

    def prepare(self) -> None:
        self.fields["person"].queryset = sitting(self.case)


def sitting(case: Any) -> Any:
    """Whoever may have to step back: the tribunal, the clerk, the head of the institute."""
    held = case.assignments.filter(until=None).values("user")
    heads = User.objects.filter(agency_id=case.agency_id, role=Role.INSTITUTE_HEAD, is_active=True)
    return (User.objects.filter(pk__in=held) | heads).distinct()


class DecideRecusalForm(FactsForm):
    person = StaffField(label=_("申请谁回避"), queryset=None)
    granted = TestField(label=_("准予回避"))
    reason = TextField(label=_("理由"), max_length=200)

    def prepare(self) -> None:
        self.fields["person"].queryset = sitting(self.case)


class SimpleForm(FactsForm):
    simple_ground = ChosenField(label=_("简易处理的理由"), choices=[*BLANK, *SimpleGround.choices])


class GeneralForm(FactsForm):
    simple_bar = ChosenField(label=_("转为一般程序的理由"), choices=[*BLANK, *SimpleBar.choices])
    reason = TextField(label=_("说明"), max_length=500)


# Service and reply


class ServiceForm(FactsForm):
    """That a paper reached one party, how and when, and what proves it."""

    party = PartyField(label=_("受送达人"))
    method = ChosenField(
        label=_("送达方式"),
        choices=[row for row in ServiceMethod.choices if row[0] != ServiceMethod.ANNOUNCEMENT],
    )
    served_on = DayField(label=_("送达日期"), past_only=True, initial=timezone.localdate)
    receiver = SpokenCharField(label=_("签收人"), max_length=60, required=False)
    proof = TextField(label=_("送达证明"), max_length=300, help_text=_("签收、邮件单号、照片编号"))

    def prepare(self) -> None:
        offer(self, "party", self.whom())

    def whom(self) -> list[Party]:
        """The parties to whom the paper goes."""
        return list(self.case.parties.all())


class ServeCopyForm(ServiceForm):
    def whom(self) -> list[Party]:
        waiting = [
            party for party in respondents(self.case) if standing(self.case, party).copy_received_on is None
        ]
        return waiting or respondents(self.case)


class ServeAnyForm(ServiceForm):
    document = forms.ModelChoiceField(label=_("文书"), queryset=None, empty_label="")

    field_order = ("document", "party", "method", "served_on", "receiver", "proof")

    def prepare(self) -> None:
        super().prepare()
        self.fields["document"].queryset = self.case.documents.filter(state="issued").defer("html")
        self.fields["document"].error_messages["required"] = about(
            gettext_noop("还没选%(label)s"), self.fields["document"].label
        )


class ServeResultForm(ServiceForm):
    """Service of the award or the mediation paper; the workers of a group may be served through those they chose."""

    party = ChosenField(label=_("受送达人"), choices=[])

    def prepare(self) -> None:
        rows = {row.party_id: row for row in self.case.dispute_parties.all()}
        waiting = [
            party
            for party in self.case.parties.select_related("person", "employer")
            if party.pk not in rows or rows[party.pk].result_received_on is None
        ]
        people = [party for party in waiting if party.person_id is not None]
        chosen = [(str(party.pk), str(party)) for party in waiting]
        if len(people) > 1:
            words = _now("全体劳动者（%(n)d人，由代表人或者代理人签收）") % {"n": len(people)}
            chosen = [(EVERYBODY, words), *chosen]
        self.fields["party"].choices = [*BLANK, *chosen] if len(chosen) != 1 else chosen


class ReplyForm(FactsForm):
    party = PartyField(label=_("答辩人"))
    replied_on = DayField(label=_("收到答辩书的日期"), past_only=True, initial=timezone.localdate)
    content = TextField(label=_("答辩要点"), max_length=2000)

    def prepare(self) -> None:
        offer(self, "party", respondents(self.case))


class WaiveReplyForm(FactsForm):
    party = PartyField(label=_("被申请人"))
    waived_on = DayField(label=_("书面同意的日期"), past_only=True, initial=timezone.localdate)
    proof = SpokenCharField(label=_("同意的文书"), max_length=120)

    def prepare(self) -> None:
        offer(self, "party", respondents(self.case))


class ServeReplyForm(FactsForm):
    party = PartyField(label=_("谁的答辩书"))
    served_on = DayField(label=_("送达申请人的日期"), past_only=True, initial=timezone.localdate)
    proof = SpokenCharField(label=_("送达证明"), max_length=120)

    def prepare(self) -> None:
        offer(self, "party", respondents(self.case))


class ObjectForm(FactsForm):
    party = PartyField(label=_("提出异议的人"))
    arrived_on = DayField(label=_("收到书面异议的日期"), past_only=True, initial=timezone.localdate)
    reason = TextField(label=_("异议的理由"), max_length=1000)

    def prepare(self) -> None:
        offer(self, "party", respondents(self.case))


class AnnounceForm(FactsForm):
    party = PartyField(label=_("受送达人"))
    tried = TextField(
        label=_("已经试过的送达方式"),
        max_length=500,
        help_text=_("按直接、邮寄、留置或者张贴的先后写，每行一种：日期、方式、结果、照片编号"),
    )
    announced_on = DayField(label=_("公告日期"), past_only=True, initial=timezone.localdate)
    where = SpokenCharField(label=_("公告的地方"), max_length=120)

    def prepare(self) -> None:
        offer(self, "party", list(self.case.parties.all()))


class AnnouncedForm(FactsForm):
    party = PartyField(label=_("受送达人"))
    proof = SpokenCharField(label=_("公告的凭据"), max_length=200)

    def prepare(self) -> None:
        open_rows = self.case.suspensions.filter(kind="announcement", to_on=None).values_list(
            "party", flat=True
        )
        offer(self, "party", [party for party in self.case.parties.all() if party.pk in set(open_rows)])


# Claims and parties


class ClaimFields(FactsForm):
    """One thing asked for, with its sum and months where they belong to it."""

    party = PartyField(label=_("请求人"))
    type = ChosenField(label=_("请求事项"), choices=[*BLANK, *ClaimType.choices])
    amount = MoneyField(label=_("金额"), required=False, max_length=40)
    from_month = MonthField(label=_("起始月"), required=False, max_length=20)
    to_month = MonthField(label=_("截止月"), required=False, max_length=20)
    formula = SpokenCharField(label=_("计算方法和依据"), max_length=200, required=False)
    arrived_on = DayField(label=_("收到日期"), past_only=True, initial=timezone.localdate)

    def prepare(self) -> None:
        offer(self, "party", self.whom())

    def whom(self) -> list[Party]:
        """Who may ask."""
        return applicants(self.case)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for field, sentence in claim_faults(data):
            if field not in self.errors:
                self.add_error(field, sentence)
        return data


def claim_faults(data: Any) -> list[tuple[str, str]]:
    """What a claim lacks, by field, each with its article; empty for one that can be decided."""
    found = []
    kind, first, last = data.get("type"), data.get("from_month"), data.get("to_month")
    label = ClaimType(kind).label if kind in ClaimType.values else ""
    if kind and kind not in WITHOUT_AMOUNT and data.get("amount") is None:
        found.append(
            ("amount", _now("请求%(type)s要写明金额（%(law)s）") % {"type": label, "law": CLAIM_ARTICLE})
        )
    if kind in PERIOD_NEEDED and not (first and last):
        field = "from_month" if not first else "to_month"
        found.append(
            (field, _now("请求%(type)s要写明起止月份（%(law)s）") % {"type": label, "law": CLAIM_ARTICLE})
        )
    elif bool(first) != bool(last):
        found.append(("to_month" if first else "from_month", _now("起始月和截止月要一起填")))
    if first and last and last < first:
        found.append(("to_month", _now("截止月早于起始月")))
    return found


class CounterclaimForm(ClaimFields):
    def whom(self) -> list[Party]:
        return respondents(self.case)


class ClaimChoice(forms.ModelChoiceField):
    """One claim of the case."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "")
        super().__init__(queryset=None, **kwargs)
        self.error_messages["required"] = about(gettext_noop("还没选%(label)s"), self.label)
        self.error_messages["invalid_choice"] = about(
            gettext_noop("%(label)s里没有这一项，从列表里选"), self.label
        )


class DecideCounterclaimForm(FactsForm):
    claim = ClaimChoice(label=_("反申请"))

    def prepare(self) -> None:
        rows = self.case.dispute_claims.filter(origin="counter", accepted_on=None, refused_on=None)
        self.fields["claim"].queryset = rows.select_related("party__person", "party__employer")
        if rows.count() == 1:
            self.fields["claim"].initial = rows[0].pk


class RefuseCounterclaimForm(DecideCounterclaimForm):
    reason = TextField(label=_("不予受理的理由"), max_length=500)


class DropClaimForm(FactsForm):
    claim = ClaimChoice(label=_("撤回的请求"))
    arrived_on = DayField(label=_("收到日期"), past_only=True, initial=timezone.localdate)
    reason = SpokenCharField(label=_("理由"), max_length=200)

    def prepare(self) -> None:
        rows = self.case.dispute_claims.filter(award=None, withdrawn_on=None, refused_on=None)
        self.fields["claim"].queryset = rows.select_related("party__person", "party__employer")


class AddPartyForm(FactsForm):
    name = SpokenCharField(label=_("单位名称"), max_length=120)
    uscc = UsccField(label=_("统一社会信用代码"), max_length=40, required=False)
    place = ChosenField(
        label=_("地位"),
        choices=[("respondent", _("共同被申请人")), ("third_party", _("第三人"))],
    )
    chain_role = ChosenField(label=_("责任身份"), choices=ChainRole.choices, initial=ChainRole.EMPLOYER)
    reason = SpokenCharField(label=_("追加的理由"), max_length=200)


class EvidenceLimitForm(FactsForm):
    evidence_due_on = DayField(label=_("举证期限"))

    def clean_evidence_due_on(self) -> date:
        day: date = self.cleaned_data["evidence_due_on"]
        if day < timezone.localdate():
            raise ValidationError(_("举证期限不能早于今天"))
        return day


class MergeForm(FactsForm):
    into = forms.ModelChoiceField(label=_("并入的主案"), queryset=None, empty_label="")
    reason = SpokenCharField(label=_("合并的理由"), max_length=200)

    def prepare(self) -> None:
        field = self.fields["into"]
        field.queryset = Case.objects.filter(
            kind=CaseKind.ARBITRATION,
            agency=self.case.agency_id,
            respondent_name=self.case.respondent_name,
            ended_on=None,
            filed_on__isnull=False,
            dispute__merged_into=None,
        ).exclude(pk=self.case.pk)
        field.label_from_instance = lambda case: f"{case.number} {case.title}"
        field.error_messages["required"] = _("还没选并入的主案")


# Hearings


class EntrustForm(FactsForm):
    body = SpokenCharField(label=_("受委托的调解组织"), max_length=120)
    consent_on = DayField(label=_("双方同意的日期"), past_only=True, initial=timezone.localdate)
    how = SpokenCharField(label=_("怎样同意的"), max_length=200)


class ScheduleForm(FactsForm):
    hearing_on = DayField(label=_("开庭日期"))
    starts = HourField(label=_("开始"), initial=MORNING)
    ends = HourField(label=_("结束"), initial=NOON)
    room = forms.ModelChoiceField(label=_("仲裁庭室"), queryset=None, empty_label="", required=False)
    place = SpokenCharField(label=_("庭外开庭的地点"), max_length=160, required=False)

    def prepare(self) -> None:
        rooms = apps.get_model("arbitration", "Room").objects
        self.fields["room"].queryset = rooms.filter(agency=self.case.agency_id, is_active=True)

    def clean_hearing_on(self) -> date:
        day: date = self.cleaned_data["hearing_on"]
        if day <= timezone.localdate():
            raise ValidationError(_("开庭日期要晚于今天"))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("结束要晚于开始"))
        if not data.get("room") and not data.get("place"):
            self.add_error("room", _("选一间仲裁庭室；在外面开庭的写地点"))
        return data


class PostponeForm(ScheduleForm):
    asked_by = ChosenField(label=_("谁要求延期"), choices=[])
    asked_on = DayField(label=_("提出的日期"), past_only=True, initial=timezone.localdate)
    reason = SpokenCharField(label=_("延期的理由"), max_length=200)

    field_order = ("asked_by", "asked_on", "reason", "hearing_on", "starts", "ends", "room")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["place"]

    def prepare(self) -> None:
        super().prepare()
        parties = [(str(party), str(party)) for party in spoken_to(self.case)]
        self.fields["asked_by"].choices = [*BLANK, ("tribunal", _("仲裁庭")), *parties]


def spoken_to(case: Any) -> list[Party]:
    """Whom a hearing is told to: those who speak for the workers, every unit, every third person."""
    speaking = {party.pk for party in spokespeople(case)}
    people = {party.pk for party in workers(case)}
    return [party for party in case.parties.all() if party.pk in speaking or party.pk not in people]


class NoticeForm(FactsForm):
    party = PartyField(label=_("通知谁"))
    method = ChosenField(label=_("通知方式"), choices=NoticeMethod.choices)
    notified_on = DayField(label=_("收到的日期"), past_only=True, initial=timezone.localdate)
    proof = SpokenCharField(
        label=_("正式的送达证明"),
        max_length=200,
        required=False,
        help_text=_("没有的不填；电话、短信要本人书面确认才算，没有证明不能缺席审理、按撤回处理"),
    )

    def prepare(self) -> None:
        offer(self, "party", spoken_to(self.case))


class HearForm(FactsForm):
    held_on = DayField(label=_("开庭日期"), past_only=True, initial=timezone.localdate)
    absent = ChosenField(label=_("被申请人到庭"), choices=[], required=False)
    minutes = TextField(label=_("庭审要点"), max_length=4000)

    def prepare(self) -> None:
        answering = respondents(self.case)
        rows = [(str(party.pk), _now("%(who)s没有到庭，缺席审理") % {"who": party}) for party in answering]
        if len(answering) > 1:
            rows.append((EVERYBODY, _now("都没有到庭，缺席审理")))
        self.fields["absent"].choices = [("", _now("都到庭")), *rows]


class AbsentForm(FactsForm):
    happened_on = DayField(label=_("开庭日期"), past_only=True, initial=timezone.localdate)
    left = TestField(label=_("到庭后未经许可中途退庭"), initial="no")
    facts = TextField(label=_("经过"), max_length=1000)


class MediateForm(FactsForm):
    minutes = TextField(label=_("各方意见"), max_length=2000)


# Results


class ResultForm(FactsForm):
    """What is decided per claim; the lines are read against the claims of the case."""

    items = items.ItemsField(
        label=_("逐项处理"),
        help_text=_("每行一项：序号、金额（没有金额的写支持或者不支持）、内容；先填的是请求的全额"),
    )
    pay_by_on = DayField(label=_("履行期限"), required=False)

    def prepare(self) -> None:
        self.fields["items"].initial = items.proposed(self.case)

    def clean_items(self) -> str:
        text: str = self.cleaned_data["items"]
        items.read(self.case, text)
        return text


class SettleForm(ResultForm):
    terms = TextField(label=_("协议内容"), max_length=4000)

    field_order = ("items", "terms", "pay_by_on")


class AwardForm(ResultForm):
    found = TextField(label=_("查明的事实"), max_length=6000)
    reasons = TextField(label=_("裁决理由"), max_length=6000)

    field_order = ("found", "reasons", "items", "pay_by_on")


class AdvanceForm(FactsForm):
    party = PartyField(label=_("劳动者"))
    amount = MoneyField(label=_("先予执行金额"), max_length=40)
    rights_clear = TestField(label=_("当事人之间权利义务关系明确"))
    hardship = TextField(label=_("不先予执行将严重影响生活的情况"), max_length=500)

    def prepare(self) -> None:
        offer(self, "party", workers(self.case))


class DeliberationForm(FactsForm):
    held_on = DayField(label=_("评议日期"), past_only=True, initial=timezone.localdate)
    unanimous = TestField(label=_("意见一致"), initial="yes")
    by_chief = TestField(label=_("不能形成多数意见，按首席仲裁员的意见"), initial="no")
    opinion = TextField(label=_("评议意见"), max_length=6000)
    dissent = TextField(label=_("少数意见"), max_length=3000, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("unanimous") is False and not data.get("dissent"):
            self.add_error("dissent", _("意见不一致的，少数意见要如实记入笔录"))
        if data.get("by_chief") and len(tribunal(self.case)) < 2:
            self.add_error("by_chief", _("独任审理没有首席仲裁员的意见"))
        return data


class BackOutForm(FactsForm):
    party = PartyField(label=_("谁反悔"))
    refused_on = DayField(label=_("反悔的日期"), past_only=True, initial=timezone.localdate)
    facts = TextField(label=_("经过"), max_length=500)

    def prepare(self) -> None:
        offer(self, "party", list(self.case.parties.all()))


class CorrectionForm(FactsForm):
    award = forms.ModelChoiceField(label=_("补正哪份"), queryset=None, empty_label="")
    wrong = TextField(label=_("有误或者遗漏的内容"), max_length=1000)
    right = TextField(label=_("补正为"), max_length=1000)

    def prepare(self) -> None:
        self.fields["award"].queryset = self.case.awards.filter(made_on__isnull=False, dropped_at=None)
        self.fields["award"].error_messages["required"] = _("还没选补正哪份")


class WentOnForm(FactsForm):
    party = PartyField(label=_("当事人"))
    went_on = ChosenField(label=_("做了什么"), choices=[*BLANK, *AfterAward.choices])
    happened_on = DayField(label=_("日期"), past_only=True, initial=timezone.localdate)
    court_no = SpokenCharField(label=_("法院和案号"), max_length=60)

    def prepare(self) -> None:
        offer(self, "party", list(self.case.parties.all()))


# Suspension, extension, ends


class SuspendForm(FactsForm):
    ground = ChosenField(label=_("中止的情形"), choices=[*BLANK, *SuspensionGround.choices])
    reason = TextField(label=_("事实"), max_length=300)


class ResumeForm(FactsForm):
    resumed_on = DayField(label=_("恢复审理的日期"), past_only=True, initial=timezone.localdate)
    reason = TextField(label=_("中止的原因怎样消除的"), max_length=300)


class TerminateForm(FactsForm):
    court_no = SpokenCharField(label=_("法院和案号"), max_length=60)
    court_on = DayField(label=_("法院立案日期"), past_only=True)
    reason = TextField(label=_("说明"), max_length=500)


class ArchiveForm(FactsForm):
    pages = CountField(label=_("正卷页数"), min_value=1, max_value=99_999)
    inner_pages = CountField(label=_("副卷页数"), min_value=0, max_value=99_999)
    complete = TestField(label=_("正卷、副卷目录完整，逐页编号"))
