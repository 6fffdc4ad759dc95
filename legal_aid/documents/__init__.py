"""What each document of legal aid says: finished values for the templates, one builder per kind.

Imported for its effect: the builders register themselves when the app starts.
"""

from documents import context
from legal_aid.documents import afterwards, handling, intake

for _kind, _builder in (
    ("LD01", intake.application_form),
    ("LD02", intake.means_form),
    ("LD03", intake.receipt),
    ("LD04", intake.supplement_notice),
    ("LD05", intake.approval_form),
    ("LD06", intake.grant_decision),
    ("LD07", intake.refusal_decision),
    ("LD08", intake.urgent_decision),
    ("LD09", handling.assignment_notice),
    ("LD10", handling.official_letter),
    ("LD11", handling.agreement),
    ("LD12", handling.power_of_attorney),
    ("LD13", handling.meeting_record),
    ("LD14", handling.progress_record),
    ("LD15", handling.replacement_form),
    ("LD16", handling.replacement_notice),
    ("LD17", handling.termination_form),
    ("LD18", handling.termination_decision),
    ("LD19", handling.closing_report),
    ("LD20", handling.subsidy_form),
    ("LD21", handling.call_back_form),
    ("LD22", handling.evaluation_form),
    ("LD24", intake.withdrawal_notice),
    ("LD25", intake.region_letter),
    ("LD26", afterwards.objection),
    ("LD27", intake.objection_decision),
    ("LD28", afterwards.hand_over_list),
):
    context.register(_kind, _builder)
context.register("LD23", afterwards.complaint_form, afterwards.ComplaintForm)
