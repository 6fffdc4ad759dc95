"""Clues 线索: one inbound item from any channel, with a table of its own; it ends with a verdict or as a complaint."""

from inspection.clues.acting import StaleClue
from inspection.clues.conversion import registration_initial
from inspection.clues.forms import Verdict, VerdictForm
from inspection.clues.models import Clue, ClueContact, ClueEvent
from inspection.clues.services import (
    AlreadyThere,
    convert,
    edit_clue,
    may_convert,
    on_time,
    propose_step,
    register_clue,
    return_step,
    take_step,
)
from inspection.clues.table import ATTEMPTS, CLUE, ClueState

__all__ = [
    "ATTEMPTS",
    "CLUE",
    "AlreadyThere",
    "Clue",
    "ClueContact",
    "ClueEvent",
    "ClueState",
    "StaleClue",
    "Verdict",
    "VerdictForm",
    "convert",
    "edit_clue",
    "may_convert",
    "on_time",
    "propose_step",
    "register_clue",
    "registration_initial",
    "return_step",
    "take_step",
]
