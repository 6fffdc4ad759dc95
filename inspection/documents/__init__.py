"""What each document of a wage-arrears complaint says: finished values for the templates, one builder per kind.

Imported for its effect: the builders register themselves when the app starts.
"""

from documents import context, proof
from inspection import document_forms as f
from inspection.documents import ending, intake, investigation, letters, orders
from inspection.documents.secrecy import discreet

for _kind, _builder, _form in (
    ("D01", intake.registration_form, None),
    ("D04", intake.receipt, f.ReceiptForm),
    ("D05", intake.correction_notice, None),
    ("D06", intake.acceptance_notice, None),
    ("D07", intake.refusal, None),
    ("D08", intake.redirection_notice, None),
    ("D09", letters.letter, f.LetterForm),
    ("D10", investigation.filing_form, None),
    ("D11", investigation.inquiry, f.InquiryForm),
    ("D12", investigation.interview, f.InterviewForm),
    ("D17", investigation.extension_form, None),
    ("D18", orders.payment_order, None),
    ("D19", orders.recheck_record, f.RecheckForm),
    ("D20", investigation.handling_report, None),
    ("D21", orders.prior_notice, None),
    ("D26", orders.handling_decision, None),
    ("D27", orders.penalty_decision, None),
    ("D29", proof.proof_of_service, proof.ProofOfServiceForm),
    ("D30", letters.police_transfer, None),
    ("D31", orders.demand, None),
    ("D33", letters.bank_notice, None),
    ("D35", ending.cancellation, None),
    ("D36", ending.closing_form, None),
):
    context.register(_kind, discreet(_kind, _builder), _form)
