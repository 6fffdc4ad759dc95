"""Who may do what: the one table of roles, for a lawyer as much as for a programmer.

Each role names its agencies, how far its sight reaches, and its rights. A right says *what kind of act* a role may
take; on which case it may take it is decided by `cases.policies.can`, which also asks for the assignment where the
act belongs to the people named on the case (lead and second inspector).
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sight(models.TextChoices):
    """How far a role sees among the cases."""

    TREE = "tree", _("本机构及下属机构的案件")
    OWN = "own", _("本机构的案件")
    GRANTED = "granted", _("只有共享给本机构或本人的案件")
    PERSONAL = "personal", _("只有指派给本人的案件")
    NONE = "none", _("不看案件内容")


class Right(models.TextChoices):
    """One kind of act. The letters in brackets are those of the procedure tables."""

    REGISTER = "register", _("登记投诉、出具回执（W）")
    INTAKE = "intake", _("提出受理、补正、不予受理、告知意见（W）")
    INVESTIGATE = "investigate", _("作为主办或协办监察员调查（Z、X）")
    HEAD = "head", _("监察机构负责人审批（J）")
    LEGAL_REVIEW = "legal_review", _("法制审核（F）")
    DEPUTY = "deputy", _("分管副局长审批（L）")
    BUREAU = "bureau", _("局长决定（B）")
    POLICE_REPLY = "police_reply", _("公安机关答复（P）")
    RECEIVE_DISPUTE = "receive_dispute", _("接收仲裁、调解申请，出具收件回执")
    MEDIATE = "mediate", _("主持调解")
    ARBITRATE = "arbitrate", _("仲裁审理")
    RECORD_HEARING = "record_hearing", _("记录、送达、排期")
    HEAD_INSTITUTE = "head_institute", _("仲裁院负责人审批")
    CHAIR_COMMITTEE = "chair_committee", _("仲裁委员会主任审批")
    RECEIVE_AID = "receive_aid", _("接收法律援助申请、出具受理凭证")
    REVIEW_AID = "review_aid", _("法律援助审查")
    DIRECT_AID = "direct_aid", _("法律援助中心负责人决定")
    DECIDE_OBJECTION = "decide_objection", _("审查对法律援助决定的异议")
    REPRESENT = "represent", _("承办法律援助案件")
    REPLY_TASK = "reply_task", _("接收、答复协办任务")
    ISSUE_DOCUMENT = "issue_document", _("开具、打印文书，登记送达")
    VIEW_CASES = "view_cases", _("查看案件队列")
    VIEW_INDICATORS = "view_indicators", _("查看办结率等指标")
    CHOOSE_DEFINITION = "choose_definition", _("更改报送口径")
    FREEZE_REPORTS = "freeze_reports", _("生成、锁定统计报表")
    EDIT_CALENDAR = "edit_calendar", _("维护工作日历和时限规则")
    MANAGE_ABSENCE = "manage_absence", _("打开设置，登记本机构人员的缺勤")
    READ_AUDIT = "read_audit", _("查阅审计记录")
    MANAGE_SYSTEM = "manage_system", _("用户、字典和系统设置")


class Role(models.TextChoices):
    """The duties a person can hold; one account holds one."""

    WINDOW = "window", _("窗口人员")
    INSPECTOR = "inspector", _("监察员")
    INSPECTION_HEAD = "inspection_head", _("监察机构负责人")
    LEGAL_REVIEWER = "legal_reviewer", _("法制审核员")
    DEPUTY_HEAD = "deputy_head", _("分管副局长")
    BUREAU_HEAD = "bureau_head", _("局长")
    STATS = "stats", _("统计员")
    MEDIATOR = "mediator", _("调解员")
    ARBITRATOR = "arbitrator", _("仲裁员")
    CLERK = "clerk", _("书记员")
    INSTITUTE_HEAD = "institute_head", _("仲裁院负责人")
    COMMITTEE_CHAIR = "committee_chair", _("仲裁委员会主任")
    AID_REVIEWER = "aid_reviewer", _("法律援助审查员")
    AID_DIRECTOR = "aid_director", _("法律援助中心负责人")
    AID_LAWYER = "aid_lawyer", _("法律援助律师")
    LIAISON = "liaison", _("联络员")
    LEADER = "leader", _("区领导")
    AUDITOR = "auditor", _("审计员")
    SYSADMIN = "sysadmin", _("系统管理员")


@dataclass(frozen=True)
class RoleSpec:
    """Where a role may sit, how far it sees and what it may do. An agency ending in ``-`` stands for a family."""

    agencies: tuple[str, ...]
    sight: Sight
    rights: frozenset[str]


def _spec(agencies: str, sight: Sight, *rights: Right) -> RoleSpec:
    return RoleSpec(tuple(agencies.split()), sight, frozenset(rights))


R = Right
ROLES: dict[str, RoleSpec] = {
    Role.WINDOW: _spec("inspection", Sight.OWN, R.REGISTER, R.INTAKE, R.ISSUE_DOCUMENT, R.VIEW_CASES),
    Role.INSPECTOR: _spec(
        "inspection", Sight.OWN, R.REGISTER, R.INVESTIGATE, R.ISSUE_DOCUMENT, R.VIEW_CASES, R.VIEW_INDICATORS
    ),
    Role.INSPECTION_HEAD: _spec(
        "inspection",
        Sight.TREE,
        R.HEAD,
        R.ISSUE_DOCUMENT,
        R.VIEW_CASES,
        R.VIEW_INDICATORS,
        R.EDIT_CALENDAR,
        R.MANAGE_ABSENCE,
    ),
    Role.LEGAL_REVIEWER: _spec("hrss", Sight.TREE, R.LEGAL_REVIEW, R.VIEW_CASES),
    Role.DEPUTY_HEAD: _spec("hrss", Sight.TREE, R.DEPUTY, R.VIEW_CASES, R.VIEW_INDICATORS),
    Role.BUREAU_HEAD: _spec(
        "hrss",
        Sight.TREE,
        R.BUREAU,
        R.VIEW_CASES,
        R.VIEW_INDICATORS,
        R.CHOOSE_DEFINITION,
        R.MANAGE_ABSENCE,
    ),
    Role.STATS: _spec(
        "hrss", Sight.TREE, R.VIEW_CASES, R.VIEW_INDICATORS, R.CHOOSE_DEFINITION, R.FREEZE_REPORTS
    ),
    Role.MEDIATOR: _spec("arb", Sight.OWN, R.RECEIVE_DISPUTE, R.MEDIATE, R.ISSUE_DOCUMENT, R.VIEW_CASES),
    Role.ARBITRATOR: _spec("arb", Sight.OWN, R.ARBITRATE, R.ISSUE_DOCUMENT, R.VIEW_CASES),
    Role.CLERK: _spec("arb", Sight.OWN, R.RECEIVE_DISPUTE, R.RECORD_HEARING, R.ISSUE_DOCUMENT, R.VIEW_CASES),
    Role.INSTITUTE_HEAD: _spec(
        "arb",
        Sight.TREE,
        R.HEAD_INSTITUTE,
        R.ISSUE_DOCUMENT,
        R.VIEW_CASES,
        R.VIEW_INDICATORS,
        R.MANAGE_ABSENCE,
    ),
    Role.COMMITTEE_CHAIR: _spec("arb", Sight.TREE, R.CHAIR_COMMITTEE, R.VIEW_CASES, R.VIEW_INDICATORS),
    Role.AID_REVIEWER: _spec("aid", Sight.OWN, R.RECEIVE_AID, R.REVIEW_AID, R.ISSUE_DOCUMENT, R.VIEW_CASES),
    Role.AID_DIRECTOR: _spec(
        "aid",
        Sight.TREE,
        R.DIRECT_AID,
        R.ISSUE_DOCUMENT,
        R.VIEW_CASES,
        R.VIEW_INDICATORS,
        R.MANAGE_ABSENCE,
    ),
    Role.AID_LAWYER: _spec("aid", Sight.PERSONAL, R.REPRESENT, R.VIEW_CASES),
    Role.LIAISON: _spec("housing transport water town-", Sight.GRANTED, R.REPLY_TASK, R.VIEW_CASES),
    Role.LEADER: _spec("district", Sight.TREE, R.VIEW_CASES, R.VIEW_INDICATORS, R.CHOOSE_DEFINITION),
    Role.AUDITOR: _spec("district", Sight.NONE, R.READ_AUDIT),
    Role.SYSADMIN: _spec("district", Sight.NONE, R.MANAGE_SYSTEM, R.EDIT_CALENDAR, R.MANAGE_ABSENCE),
}

# Window staff of the arbitration institute and the legal-aid centre receive other matters than wage complaints.
WINDOW_ELSEWHERE = _spec("arb", Sight.OWN, R.RECEIVE_DISPUTE, R.ISSUE_DOCUMENT, R.VIEW_CASES)
WINDOW_OF_AID = _spec("aid", Sight.OWN, R.RECEIVE_AID, R.ISSUE_DOCUMENT, R.VIEW_CASES)

# The head of the justice bureau reviews what the legal-aid centre below it decided. 法律援助法第四十九条
HEAD_OF_JUSTICE = _spec("justice", Sight.TREE, R.DECIDE_OBJECTION, R.VIEW_CASES)

# The liaison of the police answers transfers; every other liaison answers tasks.
POLICE_LIAISON = _spec("police", Sight.GRANTED, R.REPLY_TASK, R.POLICE_REPLY, R.VIEW_CASES)


# Rows that hold for a role in these agencies instead of its row above.
IN_OTHER_AGENCIES: tuple[tuple[Role, RoleSpec], ...] = (
    (Role.WINDOW, WINDOW_ELSEWHERE),
    (Role.WINDOW, WINDOW_OF_AID),
    (Role.BUREAU_HEAD, HEAD_OF_JUSTICE),
    (Role.LIAISON, POLICE_LIAISON),
)


def spec(role: str, agency_code: str = "") -> RoleSpec:
    """The row of the table for a role, at the given agency where that makes a difference. KeyError if unknown."""
    for other, its in IN_OTHER_AGENCIES:
        if role == other and agency_code in its.agencies:
            return its
    return ROLES[role]


def may_sit_in(role: str, agency_code: str) -> bool:
    """Whether the role exists in that agency: a window clerk of the police does not."""
    return sits_in(spec(role, agency_code), agency_code)


def sits_in(its: RoleSpec, agency_code: str) -> bool:
    """Whether the row of the table names the agency, or the family it belongs to."""
    return any(
        agency_code.startswith(code) if code.endswith("-") else agency_code == code for code in its.agencies
    )
