"""The tables of the case. One module per noun; everything is importable from here."""

from cases.models.case import Case, CaseGroupGrant, CaseKind, CaseQuerySet, CaseUserGrant, KindManager
from cases.models.clocks import CaseClock, ClockChange
from cases.models.files import Attachment, AttachmentKind, FileType
from cases.models.pages import Density, Export, Preference, Presence, SavedView
from cases.models.people import Claim, Employer, Party, PartyRole, Payment, Person, Project, ProjectMember
from cases.models.record import Draft, IdempotencyRecord, NumberSeries, Proposal, SearchQuery, TimelineEvent
from cases.models.referrals import RECEIVING_RIGHT, RULING_RIGHT, Referral, ReferralState
from cases.models.rights import LEADING, Assignment, Duty, Recusal
from cases.models.sharing import CaseShare, ShareReason
from cases.models.tasks import RequestType, Task, TaskState

__all__ = [
    "LEADING",
    "RECEIVING_RIGHT",
    "RULING_RIGHT",
    "Assignment",
    "Attachment",
    "AttachmentKind",
    "Case",
    "CaseClock",
    "CaseGroupGrant",
    "CaseKind",
    "CaseQuerySet",
    "CaseShare",
    "CaseUserGrant",
    "Claim",
    "ClockChange",
    "Density",
    "Draft",
    "Duty",
    "Employer",
    "Export",
    "FileType",
    "IdempotencyRecord",
    "KindManager",
    "NumberSeries",
    "Party",
    "PartyRole",
    "Payment",
    "Person",
    "Preference",
    "Presence",
    "Project",
    "ProjectMember",
    "Proposal",
    "Recusal",
    "Referral",
    "ReferralState",
    "RequestType",
    "SavedView",
    "SearchQuery",
    "ShareReason",
    "Task",
    "TaskState",
    "TimelineEvent",
]
