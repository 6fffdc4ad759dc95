"""Who acts in the procedure of arbitration, by letters of its own table."""

from django.utils.translation import gettext_lazy as _

from agencies.rights import Right
from cases.models import Duty
from cases.workflow.table import Actor

R = Actor("R", _("立案人员"), Right.RECEIVE_DISPUTE)
A = Actor("A", _("独任或者首席仲裁员"), Right.ARBITRATE, (Duty.SOLE, Duty.CHIEF))
Q = Actor("Q", _("仲裁庭成员"), Right.ARBITRATE, (Duty.SOLE, Duty.CHIEF, Duty.MEMBER))
C = Actor("C", _("书记员"), Right.RECORD_HEARING)
T = Actor("T", _("调解员"), Right.MEDIATE)
Y = Actor("Y", _("仲裁院负责人"), Right.HEAD_INSTITUTE)
V = Actor("V", _("仲裁委员会主任"), Right.CHAIR_COMMITTEE)
