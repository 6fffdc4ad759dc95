"""What each document of arbitration says: finished values for the templates, one builder per kind.

Imported for its effect: the builders register themselves when the app starts.
"""

from arbitration.documents import decisions, intake, procedure, records, result
from documents import context, proof

for _kind, _builder in (
    ("AD01", intake.application_form),
    ("AD02", intake.receipt),
    ("AD03", intake.correction_notice),
    ("AD04", intake.mediation_proposal),
    ("AD05", intake.approval_form),
    ("AD06", intake.acceptance_notice),
    ("AD07", intake.refusal_notice),
    ("AD08", procedure.answer_notice),
    ("AD09", procedure.evidence_notice),
    ("AD10", procedure.tribunal_notice),
    ("AD11", procedure.hearing_notice),
    ("AD13", procedure.extension_form),
    ("AD14", procedure.extension_notice),
    ("AD15", procedure.suspension_form),
    ("AD16", procedure.suspension_notice),
    ("AD17", decisions.jurisdiction_decision),
    ("AD18", decisions.recusal_decision),
    ("AD19", decisions.withdrawal_decision),
    ("AD20", decisions.deemed_decision),
    ("AD21", decisions.revocation_decision),
    ("AD22", decisions.correction_decision),
    ("AD23", records.hearing_record),
    ("AD24", records.deliberation_record),
    ("AD25", result.mediation_paper),
    ("AD26", result.final_award),
    ("AD27", result.nonfinal_award),
    ("AD28", result.partial_award),
    ("AD29", result.advance_award),
    ("AD30", result.enforcement_letter),
    ("AD31", result.closing_form),
    ("AD32", result.transfer_letter),
    ("AD33", result.main_cover),
    ("AD34", result.second_cover),
    ("AD35", intake.oral_record),
    ("AD36", intake.redirection),
    ("AD37", procedure.counterclaim_notice),
    ("AD38", procedure.change_notice),
    ("AD39", procedure.entrusting_letter),
    ("AD40", procedure.resumption_notice),
    ("AD41", procedure.merger_notice),
    ("AD42", decisions.termination_decision),
    ("AD43", result.certificate),
    ("AD44", procedure.announcement),
    ("AD45", records.mediation_record),
):
    context.register(_kind, _builder)
context.register("AD12", proof.proof_of_service, proof.ProofOfServiceForm)
