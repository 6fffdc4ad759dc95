"""Workers, employers, projects and what is owed between them.

The registries belong to the agency that entered them: what one agency typed is never suggested to another.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies import code_lists
from agencies.code_lists import CodeList
from agencies.models import Agency, Town, User
from cases.fields import BlindIndexField, EncryptedTextField
from cases.models.case import Case


class IdType(models.TextChoices):
    RESIDENT = "resident", _("居民身份证")
    RESIDENCE_PERMIT = "residence_permit", _("港澳台居民居住证")
    FOREIGN_PERMANENT = "foreign_permanent", _("外国人永久居留身份证")
    PASSPORT = "passport", _("护照")
    NONE = "none", _("暂无证件")


class Person(models.Model):
    """A worker as one agency knows them. ID number, phone and bank card are encrypted; the indexes find them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = models.CharField(_("姓名"), max_length=50)
    pinyin = models.CharField(max_length=200, blank=True, editable=False)
    id_type = models.CharField(_("证件类型"), max_length=20, choices=IdType.choices, default=IdType.RESIDENT)
    id_number = EncryptedTextField(_("证件号码"), blank=True)
    id_number_index = BlindIndexField(source="id_number", scope="id_number")
    id_number_tail = BlindIndexField(source="id_number", scope="id_number", last=4)
    phone = EncryptedTextField(_("手机号"), blank=True)
    phone_index = BlindIndexField(source="phone", scope="phone")
    phone_tail = BlindIndexField(source="phone", scope="phone", last=4)
    contact = EncryptedTextField(_("联系人及电话"), blank=True)
    no_id_reason = models.CharField(_("没有证件的原因"), max_length=80, blank=True)
    bank_card = EncryptedTextField(_("银行卡号"), blank=True)
    sex = models.CharField(_("性别"), max_length=8, blank=True)
    birth_on = models.DateField(_("出生日期"), null=True, blank=True)
    address = models.CharField(_("住址"), max_length=160, blank=True)
    is_migrant = models.BooleanField(_("农民工"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("人员")
        indexes = [models.Index(fields=["agency", "name"], name="person_agency_name")]

    def __str__(self) -> str:
        return self.name


class Employer(models.Model):
    """A unit or person that employs, as one agency knows it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = models.CharField(_("单位名称"), max_length=120)
    pinyin = models.CharField(max_length=400, blank=True, editable=False)
    former_names = models.CharField(_("曾用名"), max_length=240, blank=True)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    industry = models.CharField(_("行业"), max_length=8, blank=True)
    town = models.ForeignKey(Town, models.PROTECT, null=True, blank=True, verbose_name=_("镇街"))
    address = models.CharField(_("地址"), max_length=160, blank=True)
    legal_representative = models.CharField(_("法定代表人"), max_length=50, blank=True)
    contact = models.CharField(_("联系人"), max_length=50, blank=True)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("用人单位")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "uscc"], condition=~Q(uscc=""), name="employer_uscc_once"
            ),
        ]
        indexes = [models.Index(fields=["agency", "name"], name="employer_agency_name")]

    def __str__(self) -> str:
        return self.name


class ProjectType(models.TextChoices):
    """Kind of works; it decides which authority supervises. 保障农民工工资支付条例第七条."""

    HOUSING = "housing", _("房屋建筑")
    MUNICIPAL = "municipal", _("市政")
    ROAD = "road", _("公路")
    WATERWAY = "waterway", _("水运")
    WATER = "water", _("水利")
    FARMLAND = "farmland", _("农田")
    OTHER = "other", _("其他")


PROJECT_TYPE = CodeList(
    "project_type", _("工程类别"), ProjectType, note=_("决定由哪个行业主管部门监管，不增加；可以改名称、停用")
)


class ProjectFunding(models.TextChoices):
    GOVERNMENT = "government", _("政府投资")
    STATE_FIRM = "state_firm", _("国企投资")
    PRIVATE = "private", _("社会投资")
    PPP = "ppp", _("政府和社会资本合作")


class Project(models.Model):
    """A building project; `members` is its chain from developer to team leader."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = models.CharField(_("项目名称"), max_length=120)
    pinyin = models.CharField(max_length=400, blank=True, editable=False)
    type = models.CharField(
        _("工程类别"), max_length=12, choices=ProjectType.choices, default=ProjectType.HOUSING
    )
    funding = models.CharField(_("资金来源"), max_length=12, choices=ProjectFunding.choices, blank=True)
    site = models.CharField(_("工地地址"), max_length=160, blank=True)
    permit_no = models.CharField(_("施工许可证号"), max_length=60, blank=True)
    wage_account = models.CharField(_("工资专用账户"), max_length=80, blank=True)
    deposit_no = models.CharField(_("工资保证金凭证号"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("工程项目")
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="project_name_once_per_agency")
        ]

    def __str__(self) -> str:
        return self.name

    def get_type_display(self) -> str:  # type: ignore[no-redef]  # the district's words
        return code_lists.label("project_type", self.type)


class ChainRole(models.TextChoices):
    """Place of a unit in the chain of a project, or towards the worker."""

    DEVELOPER = "developer", _("建设单位")
    MAIN_CONTRACTOR = "main_contractor", _("施工总承包")
    SPECIALIST = "specialist", _("专业分包")
    LABOUR_SUBCONTRACTOR = "labour_subcontractor", _("劳务分包")
    USER_UNIT = "user_unit", _("用工单位")
    DISPATCHER = "dispatcher", _("劳务派遣单位")
    INDIVIDUAL = "individual", _("个人")
    PLATFORM = "platform", _("平台企业")
    EMPLOYER = "employer", _("用人单位")


class ProjectMember(models.Model):
    """One unit in the chain of a project and the unit it works for."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="members")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="memberships")
    role = models.CharField(_("角色"), max_length=24, choices=ChainRole.choices)
    above = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "employer", "role"], name="project_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.employer}"


class PartyRole(models.TextChoices):
    WORKER = "worker", _("投诉人")
    RESPONDENT = "respondent", _("被投诉单位")
    THIRD_PARTY = "third_party", _("第三人")


class Party(models.Model):
    """A worker or a unit in one case: exactly one of person and employer is set."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="parties")
    role = models.CharField(_("身份"), max_length=16, choices=PartyRole.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="parties")
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, blank=True, related_name="parties")
    chain_role = models.CharField(_("责任身份"), max_length=24, choices=ChainRole.choices, blank=True)
    is_representative = models.BooleanField(_("代表人"), default=False)
    position = models.PositiveIntegerField(_("序号"), default=1)
    added_on = models.DateField(_("加入日期"))
    reason = models.CharField(_("追加理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("当事人")
        ordering = ["role", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(employer__isnull=True),
                name="party_is_person_or_employer",
            ),
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(person__isnull=False), name="party_person_once"
            ),
            models.UniqueConstraint(
                fields=["case", "employer", "role"],
                condition=Q(employer__isnull=False),
                name="party_employer_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return str(self.person or self.employer)

    @property
    def role_label(self) -> str:
        """What somebody in that place is called in cases of this kind."""
        return str(self.case.workflow.roles.get(self.role) or self.get_role_display())


class PayBasis(models.TextChoices):
    TIME = "time", _("计时")
    PIECE = "piece", _("计件")
    LUMP = "lump", _("包干")


class Claim(models.Model):
    """What one worker says is owed for a run of months, in fen, and what the office found to be owed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="claims")
    worker = models.ForeignKey(Party, models.CASCADE, related_name="claims")
    job = models.CharField(_("工种"), max_length=40, blank=True)
    from_month = models.CharField(_("欠薪起始月"), max_length=7)
    to_month = models.CharField(_("欠薪截止月"), max_length=7)
    pay_basis = models.CharField(_("计酬方式"), max_length=8, choices=PayBasis.choices, blank=True)
    due_fen = models.BigIntegerField(_("应发（分）"))
    already_paid_fen = models.BigIntegerField(_("已发（分）"), default=0)
    owed_fen = models.BigIntegerField(_("欠付（分）"))
    confirmed_fen = models.BigIntegerField(_("认定欠付（分）"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("欠薪明细")
        ordering = ["worker__position", "from_month"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owed_fen=F("due_fen") - F("already_paid_fen")), name="claim_owed_is_due_less_paid"
            ),
            models.CheckConstraint(condition=Q(owed_fen__gt=0), name="claim_owed_positive"),
            models.CheckConstraint(condition=Q(from_month__lte=F("to_month")), name="claim_months_in_order"),
            models.CheckConstraint(
                condition=Q(confirmed_fen__isnull=True) | Q(confirmed_fen__gte=0),
                name="claim_confirmed_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker} {self.from_month}–{self.to_month}"


class PaymentSource(models.TextChoices):
    """Who paid, in the order in which the law looks for money."""

    EMPLOYER = "employer", _("用人单位支付")
    MAIN_CONTRACTOR = "main_contractor", _("施工总承包先行清偿")
    WAGE_ACCOUNT = "wage_account", _("工资专用账户支付")
    DEPOSIT = "deposit", _("工资保证金支付")
    EMERGENCY_FUND = "emergency_fund", _("应急周转金垫付")
    COURT = "court", _("法院执行")


class Payment(models.Model):
    """Wages that reached one worker, in fen, proved by a voucher. Recovered sums are counted from these rows only."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="payments")
    worker = models.ForeignKey(Party, models.CASCADE, related_name="payments")
    amount_fen = models.BigIntegerField(_("金额（分）"))
    paid_on = models.DateField(_("支付日期"))
    source = models.CharField(_("支付来源"), max_length=20, choices=PaymentSource.choices)
    payer_name = models.CharField(_("付款人"), max_length=120)
    voucher_no = models.CharField(_("凭证号"), max_length=60)
    verified_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(_("核验时间"))
    reversed_at = models.DateTimeField(_("冲销时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("支付记录")
        ordering = ["paid_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payment_positive"),
            models.CheckConstraint(condition=~Q(voucher_no=""), name="payment_has_voucher"),
        ]

    def __str__(self) -> str:
        return f"{self.worker} {self.amount_fen}"
