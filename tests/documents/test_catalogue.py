"""The catalogue of documents against the list of the procedure notes."""

import pytest

from documents import catalogue, checks
from inspection.workflow import INSPECTION

READY = {
    *(
        "D01",
        "D04",
        "D05",
        "D06",
        "D07",
        "D08",
        "D09",
        "D10",
        "D11",
        "D12",
        "D17",
        "D18",
        "D19",
        "D20",
        "D21",
    ),
    *("D26", "D27", "D29", "D30", "D31", "D33", "D35", "D36"),
}

# Applications of others, complaints and hand-over lists are written by hand.
READY_OF_AID = {f"LD{number:02}" for number in range(1, 29) if number not in (23, 26, 28)}

# The suggested type characters, by document.
CHARACTERS = {
    "D05": "补",
    "D06": "受",
    "D07": "不受",
    "D10": "立",
    "D11": "询",
    "D15": "函",
    "D17": "延",
    "D18": "令",
    "D21": "告",
    "D22": "听告",
    "D26": "理",
    "D27": "罚",
    "D30": "移",
    "D31": "催",
    "D32": "执申",
    "D34": "信告",
    "D35": "撤",
    "D36": "结",
}


def test_catalogue_holds_every_kind_in_order():
    """D01 to D37 of the inspection, LD01 to LD28 of legal aid."""
    of_inspection = [f"D{number:02}" for number in range(1, 38)]
    of_legal_aid = [f"LD{number:02}" for number in range(1, 29)]

    assert [kind.id for kind in catalogue.KINDS] == of_inspection + of_legal_aid


def test_papers_that_only_the_office_reads():
    """The means statement; where decisions are reviewed, reasons and opinions too."""
    assert catalogue.hidden_kinds(is_own=True, reviews=False) == set()
    assert catalogue.hidden_kinds(is_own=False, reviews=True) == {"LD02"}
    assert catalogue.hidden_kinds(is_own=False, reviews=False) == {"LD02", "LD05", "LD07", "LD27"}


def test_every_kind_has_a_title_of_its_own():
    titles = [kind.title for kind in catalogue.KINDS]

    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_type_characters_are_the_suggested_ones():
    assert {code: catalogue.kind(code).character for code in CHARACTERS} == CHARACTERS


def test_no_type_character_counts_two_kinds():
    used = [kind.character for kind in catalogue.KINDS if kind.character]

    assert len(set(used)) == len(used)


def test_these_kinds_are_ready():
    assert catalogue.ready_kinds() == READY | READY_OF_AID


def test_every_ready_kind_has_its_template_and_its_builder():
    assert checks.problems() == []


def test_an_unknown_kind_is_an_error():
    with pytest.raises(KeyError):
        catalogue.kind("D38")


def test_every_document_the_procedure_names_is_in_the_catalogue():
    named = {document for step in INSPECTION.steps for document in step.documents}

    assert named <= {kind.id for kind in catalogue.KINDS}


def test_the_procedure_takes_its_ready_documents_from_the_catalogue():
    assert INSPECTION.ready_documents() == READY | READY_OF_AID
