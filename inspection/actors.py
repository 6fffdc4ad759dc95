"""Who acts in the procedure, by the letters of the procedure tables."""

from django.utils.translation import gettext_lazy as _

from agencies.rights import Right
from cases.models import Duty
from cases.workflow.table import Actor

W = Actor("W", _("窗口受理员"), Right.INTAKE)
Z = Actor("Z", _("主办监察员"), Right.INVESTIGATE, (Duty.LEAD,))
X = Actor("X", _("协办监察员"), Right.INVESTIGATE, (Duty.SECOND,))
J = Actor("J", _("监察机构负责人"), Right.HEAD)
F = Actor("F", _("法制审核员"), Right.LEGAL_REVIEW)
L = Actor("L", _("分管副局长"), Right.DEPUTY)
B = Actor("B", _("局长"), Right.BUREAU)
H = Actor("H", _("协办单位联络员"), Right.REPLY_TASK)
P = Actor("P", _("公安联络员"), Right.POLICE_REPLY)
