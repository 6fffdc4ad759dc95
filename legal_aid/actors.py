"""Who acts in the procedure of legal aid, by letters of its own table."""

from django.utils.translation import gettext_lazy as _

from agencies.rights import Right
from cases.workflow.table import Actor

K = Actor("K", _("法律援助窗口"), Right.RECEIVE_AID)
U = Actor("U", _("法律援助审查员"), Right.REVIEW_AID)
M = Actor("M", _("法律援助中心负责人"), Right.DIRECT_AID)
N = Actor("N", _("承办律师"), Right.REPRESENT)
S = Actor("S", _("司法局负责人"), Right.DECIDE_OBJECTION)
