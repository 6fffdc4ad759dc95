"""Who acts in mediation, by letters of its own table."""

from django.utils.translation import gettext_lazy as _

from agencies.rights import Right
from cases.models import Duty
from cases.workflow.table import Actor

K = Actor("K", _("调解登记人员"), Right.RECEIVE_DISPUTE)
T = Actor("T", _("调解员"), Right.MEDIATE)
Z = Actor("Z", _("本案调解员"), Right.MEDIATE, (Duty.MEDIATOR,))
A = Actor("A", _("仲裁员"), Right.ARBITRATE)
Y = Actor("Y", _("仲裁院负责人"), Right.HEAD_INSTITUTE)
C = Actor("C", _("仲裁委员会主任"), Right.CHAIR_COMMITTEE)
