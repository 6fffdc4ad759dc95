"""The facts of each step, at most seven fields, and what may be chosen."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from calendars.services import current_calendar
from cases.forms import (
    ChosenField,
    DayField,
    FactsForm,
    MoneyField,
    SpokenCharField,
    StaffField,
    TestField,
    TextField,
    about,
    gettext_noop,
)
from documents.catalogue import KINDS, Addressee
from documents.models import Document, ServiceRecord
from legal_aid.proposal import firms_for, lawyers_for
from legal_aid.states import (
    AidForm,
    AskedBy,
    Basis,
    Matter,
    Notable,
    RefusalGround,
    Result,
    Satisfaction,
    Stage,
    TerminationGround,
    UrgentGround,
    Work,
)

SUPPLY_DAYS = 5  # proposed to the officer, who sets the day
PAPERS_DAYS = 7
BLANK = [("", "")]


class NumberField(forms.IntegerField):
    """A whole number with the sentences of its bounds."""

    def __init__(self, *, unit: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}
        bounds = {"least": self.min_value, "most": self.max_value, "unit": unit}
        self.error_messages |= {
            "required": about(gettext_noop("还没填%(label)s"), self.label),
            "invalid": about(gettext_noop("%(label)s要填数字"), self.label),
            "min_value": about(gettext_noop("%(label)s至少是%(least)s%(unit)s"), self.label, **bounds),
            "max_value": about(gettext_noop("%(label)s最多是%(most)s%(unit)s"), self.label, **bounds),
        }


class ReasonForm(FactsForm):
    reason = TextField(label=_("理由"), max_length=1000)


class ApplyForm(FactsForm):
    received_on = DayField(label=_("收到申请的日期"), past_only=True, initial=timezone.localdate)
    matter = ChosenField(label=_("事项"), choices=[*BLANK, *Matter.choices])
    stage = ChosenField(label=_("案件阶段"), choices=Stage.choices)
    form = ChosenField(label=_("援助形式"), choices=AidForm.choices)
    forum = SpokenCharField(label=_("案件办理机关"), max_length=120, required=False)
    limit_on = DayField(label=_("时效或者期限届满日"), required=False)
    request = TextField(label=_("案情和请求"), max_length=2000)

    def prepare(self) -> None:
        super().prepare()
        for name in ("matter", "stage", "form", "forum", "limit_on"):
            self.fields[name].initial = getattr(self.case.aid, name)
        self.fields["request"].initial = self.case.aid.facts_text

    def clean_received_on(self) -> date:
        day = self.cleaned_data["received_on"]
        if day < self.case.received_on:
            raise ValidationError(_("申请日期不能早于咨询的日期"))
        return day


class MissingForm(FactsForm):
    missing_items = TextField(
        label=_("需补充的材料或者说明"),
        max_length=1000,
        help_text=_("一次写全，每行一项；补充期间不计入审查期限"),
    )
    due_on = DayField(label=_("补充期限"))

    def prepare(self) -> None:
        today = timezone.localdate()
        self.fields["due_on"].initial = current_calendar().nth_working_day(today, SUPPLY_DAYS)

    def clean_due_on(self) -> date:
        day = self.cleaned_data["due_on"]
        if day <= timezone.localdate():
            raise ValidationError(_("补充期限要晚于今天"))
        return day


class SuppliedForm(FactsForm):
    received_on = DayField(label=_("收到日期"), past_only=True, initial=timezone.localdate)
    materials = TextField(label=_("收到的材料"), max_length=1000, help_text=_("每行一种，如：欠条复印件1份"))


class WithdrawForm(FactsForm):
    received_on = DayField(label=_("收到撤回申请的日期"), past_only=True, initial=timezone.localdate)
    reason = TextField(label=_("撤回的理由"), max_length=500)


class RegionForm(FactsForm):
    region = SpokenCharField(
        label=_("协作机构"), max_length=80, help_text=_("写全称，如：四川省华蓥市法律援助中心")
    )
    questions = TextField(label=_("请求核查的事项"), max_length=1000)


class RegionAnsweredForm(FactsForm):
    received_on = DayField(label=_("收到答复的日期"), past_only=True, initial=timezone.localdate)
    answer = TextField(label=_("答复内容"), max_length=1000)


class UrgentForm(FactsForm):
    ground = ChosenField(label=_("先行提供的理由"), choices=[*BLANK, *UrgentGround.choices])
    limit_on = DayField(label=_("时效或者期限届满日"), required=False)
    facts = TextField(label=_("紧急情况"), max_length=500)
    papers_owed = TextField(label=_("需补交的材料"), max_length=500)
    papers_due_on = DayField(label=_("补办手续期限"))

    def prepare(self) -> None:
        today = timezone.localdate()
        self.fields["limit_on"].initial = self.case.aid.limit_on
        self.fields["papers_due_on"].initial = current_calendar().nth_working_day(today, PAPERS_DAYS)

    def clean_papers_due_on(self) -> date:
        day = self.cleaned_data["papers_due_on"]
        if day <= timezone.localdate():
            raise ValidationError(_("补办手续期限要晚于今天"))
        return day


class ReviewForm(FactsForm):
    is_entitled = TestField(label=_("申请人是公民，或者符合法定条件的其他当事人"))
    opinion = TextField(label=_("审查意见"), max_length=1000)


class PapersForm(ReviewForm):
    received_on = DayField(label=_("手续补齐的日期"), past_only=True, initial=timezone.localdate)

    field_order = ("received_on", "is_entitled", "opinion")


class GrantForm(FactsForm):
    form = ChosenField(label=_("援助形式"), choices=AidForm.choices)

    def prepare(self) -> None:
        self.fields["form"].initial = self.case.aid.form


class RefuseForm(FactsForm):
    ground = ChosenField(label=_("不予的理由"), choices=[*BLANK, *RefusalGround.choices])
    reason = TextField(label=_("不予的事实和理由"), max_length=1000)


class ObjectForm(FactsForm):
    arrived_on = DayField(label=_("司法局收到异议的日期"), past_only=True, initial=timezone.localdate)
    reason = TextField(label=_("异议理由"), max_length=1000)


class ObjectionForm(FactsForm):
    reason = TextField(label=_("审查结论和理由"), max_length=1000)


class FirmField(StaffField):
    """A firm, the one whose turn it is first, with its share."""

    def label_from_instance(self, firm: Any) -> str:
        return f"{firm.name}（{_('在办')}{firm.open_count}/{firm.most_open}）"


class AssignForm(FactsForm):
    firm = FirmField(label=_("承办机构"), queryset=None)
    conflict_note = SpokenCharField(label=_("有利害关系仍要指派的理由"), max_length=300, required=False)

    def prepare(self) -> None:
        firms = firms_for(self.case)
        field = self.fields["firm"]
        field.queryset = firms
        field.error_messages["invalid_choice"] = _("这家机构不在名册里，重新选")


class ReplaceForm(AssignForm):
    reason = TextField(label=_("更换的理由"), max_length=500)
    hand_over_by = DayField(label=_("移交材料的期限"))

    def clean_hand_over_by(self) -> date:
        day = self.cleaned_data["hand_over_by"]
        if day < timezone.localdate():
            raise ValidationError(_("移交材料的期限不能早于今天"))
        return day


class AssignmentReceivedForm(FactsForm):
    arrived_on = DayField(label=_("机构收到指派的日期"), past_only=True, initial=timezone.localdate)
    how = SpokenCharField(label=_("方式和签收人"), max_length=120)


class LawyerField(StaffField):
    def label_from_instance(self, lawyer: Any) -> str:
        return f"{lawyer}（{lawyer.licence_no}）"


class NameLawyerForm(FactsForm):
    lawyer = LawyerField(label=_("承办律师"), queryset=None)
    named_on = DayField(label=_("确定的日期"), past_only=True, initial=timezone.localdate)
    conflict_note = SpokenCharField(label=_("有利害关系仍要指派的理由"), max_length=300, required=False)

    def prepare(self) -> None:
        super().prepare()
        field = self.fields["lawyer"]
        field.queryset = lawyers_for(self.case)
        field.error_messages["invalid_choice"] = _("这位律师不在承办机构的名册里，重新选")


class SignForm(FactsForm):
    signed_on = DayField(label=_("签订日期"), past_only=True, initial=timezone.localdate)
    special_power = TestField(label=_("特别授权"), initial="no")
    scope = SpokenCharField(label=_("授权范围"), max_length=200)
    delay = SpokenCharField(label=_("超过期限签订的原因"), max_length=200, required=False)


class BeginForm(FactsForm):
    met_on = DayField(label=_("约见日期"), past_only=True, initial=timezone.localdate)
    place = SpokenCharField(label=_("地点"), max_length=120)
    explained = TextField(label=_("告知的权利义务和风险"), max_length=1000)
    requests = TextField(label=_("受援人的陈述和要求"), max_length=1000)


class WorkForm(FactsForm):
    work = ChosenField(label=_("工作"), choices=[*BLANK, *Work.choices])
    done_on = DayField(label=_("日期"), past_only=True, initial=timezone.localdate)
    minutes = NumberField(label=_("用时（分钟）"), min_value=0, max_value=1440, required=False)
    content = TextField(label=_("内容"), max_length=2000)


class ReportForm(FactsForm):
    notable = ChosenField(label=_("报告事项"), choices=[*BLANK, *Notable.choices])
    people = NumberField(label=_("涉及人数"), min_value=1, max_value=9999, required=False)
    content = TextField(label=_("情况"), max_length=1000)


class RequestReplacementForm(FactsForm):
    asked_by = ChosenField(label=_("由谁提出、为什么"), choices=[*BLANK, *AskedBy.choices])
    arrived_on = DayField(label=_("收到申请的日期"), past_only=True, initial=timezone.localdate)
    reason = TextField(label=_("事实和理由"), max_length=1000)
    proof = TextField(label=_("证据和核实情况"), max_length=1000)


class TerminateForm(FactsForm):
    ground = ChosenField(label=_("终止情形"), choices=[*BLANK, *TerminationGround.choices])
    facts = TextField(label=_("事实"), max_length=1000)


class ConcludeForm(FactsForm):
    result = ChosenField(
        label=_("办理结果"), choices=[*BLANK, *(row for row in Result.choices if row[0] != Result.TERMINATED)]
    )
    basis = ChosenField(label=_("结案依据"), choices=[*BLANK, *Basis.choices])
    concluded_on = DayField(label=_("结案日"), past_only=True, initial=timezone.localdate)
    obtained = MoneyField(label=_("为受援人取得的金额"), required=False, allow_zero=True)
    summary = TextField(label=_("办案情况"), max_length=2000)


class ConcludeTerminatedForm(FactsForm):
    concluded_on = DayField(label=_("承办机构收到终止决定的日期"), past_only=True, initial=timezone.localdate)
    summary = TextField(label=_("终止前的办案情况"), max_length=2000)


class FileForm(FactsForm):
    arrived_on = DayField(label=_("收到结案材料的日期"), past_only=True, initial=timezone.localdate)
    pages = NumberField(label=_("卷宗页数"), min_value=1, max_value=9999)


class CheckFileForm(FactsForm):
    complete = TestField(label=_("材料齐全"))
    regular = TestField(label=_("文书规范，签名、日期齐全"))
    extra = MoneyField(label=_("其他费用"), required=False, allow_zero=True)
    extra_reason = SpokenCharField(label=_("其他费用的理由"), max_length=200, required=False)
    payee = SpokenCharField(label=_("收款人"), max_length=80)

    def prepare(self) -> None:
        standing = self.case.aid.standing_assignment
        self.fields["payee"].initial = standing.firm.name if standing else ""


class PayForm(FactsForm):
    paid_on = DayField(label=_("支付日期"), past_only=True, initial=timezone.localdate)


class ArchiveForm(FactsForm):
    pages = NumberField(label=_("页数"), min_value=1, max_value=9999)
    contents_complete = TestField(label=_("目录完整，逐页编号"))

    def prepare(self) -> None:
        self.fields["pages"].initial = self.case.aid.file_pages


class CallBackForm(FactsForm):
    called_on = DayField(label=_("回访日期"), past_only=True, initial=timezone.localdate)
    satisfaction = ChosenField(label=_("满意程度"), choices=[*BLANK, *Satisfaction.choices])
    content = TextField(label=_("受援人的意见"), max_length=1000)


class EvaluateForm(FactsForm):
    """Three parts of a mark out of a hundred."""

    duty = NumberField(label=_("约见、通报和时限（满分30）"), min_value=0, max_value=30)
    quality = NumberField(label=_("办案质量（满分40）"), min_value=0, max_value=40)
    file = NumberField(label=_("卷宗（满分30）"), min_value=0, max_value=30)
    opinion = TextField(label=_("评估意见"), max_length=1000)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        parts = [data.get(name) for name in ("duty", "quality", "file")]
        if all(part is not None for part in parts):
            data["score"] = sum(part for part in parts if part is not None)
        return data


class ServeForm(FactsForm):
    document = forms.ModelChoiceField(label=_("文书"), queryset=Document.objects.none(), empty_label="")
    party = forms.ModelChoiceField(label=_("受送达人"), queryset=None, empty_label="")
    method = ChosenField(label=_("送达方式"), choices=[])
    served_on = DayField(label=_("送达日期"), past_only=True)
    receiver = SpokenCharField(label=_("签收人"), max_length=60, required=False)
    proof = TextField(label=_("送达证明"), max_length=300, help_text=_("签收、邮件单号、照片编号"))

    def prepare(self) -> None:
        outward = [kind.id for kind in KINDS if kind.addressee == Addressee.WORKER]
        self.fields["document"].queryset = Document.objects.filter(
            case=self.case, state="issued", kind__in=outward
        )
        self.fields["party"].queryset = self.case.parties.filter(role="worker").select_related("person")
        self.fields["method"].choices = ServiceRecord.Method.choices
        self.fields["served_on"].initial = timezone.localdate()
        for name in ("document", "party"):
            self.fields[name].error_messages["required"] = about(
                gettext_noop("还没选%(label)s"), self.fields[name].label
            )
