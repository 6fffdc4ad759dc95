"""Every change of a case. Each function is one transaction: lock, permission, version, key, change, record."""

from cases.services.acting import StaleVersion, perform, record_refusal
from cases.services.editing import edit_case
from cases.services.evidence import Piece, add_evidence, remove_evidence
from cases.services.notes import add_note
from cases.services.opening import open_case
from cases.services.payments import PaymentRow, record_payments, reverse_payment
from cases.services.referring import refer
from cases.services.steps import advance, propose, return_proposal

__all__ = [
    "PaymentRow",
    "Piece",
    "StaleVersion",
    "add_evidence",
    "add_note",
    "advance",
    "edit_case",
    "open_case",
    "perform",
    "propose",
    "record_payments",
    "record_refusal",
    "refer",
    "remove_evidence",
    "return_proposal",
    "reverse_payment",
]
