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
READY_OF_AID = {f"LD{number:02}" for number in range(1, 29)}

READY_OF_ARBITRATION = {f"AD{number:02}" for number in range(1, 46)}
READY_OF_MEDIATION = {f"MD{number:02}" for number in range(1, 18)}
READY_OF_ALL = {"RF01", "RF02"}
EVERY_READY = READY | READY_OF_AID | READY_OF_ARBITRATION | READY_OF_MEDIATION | READY_OF_ALL
COUNTS = {"D": 37, "LD": 28, "AD": 45, "MD": 17, "RF": 2}

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
    """D of the inspection, LD of legal aid, AD of arbitration, MD of mediation, RF of every kind of case."""
    found: dict[str, list[str]] = {}
    for kind in catalogue.KINDS:
        found.setdefault(kind.id.rstrip("0123456789"), []).append(kind.id)

    assert {letters: len(ids) for letters, ids in found.items()} == COUNTS
    assert all(ids == [f"{letters}{n:02}" for n in range(1, len(ids) + 1)] for letters, ids in found.items())


def test_papers_that_only_the_office_reads():
    """The means statement; where decisions are reviewed, reasons and opinions too; of arbitration the second file."""
    second = {"AD05", "AD13", "AD15", "AD24", "AD31", "AD34", "AD45"}
    aid = {"LD02", "LD05", "LD07", "LD23", "LD26", "LD27"}

    def hidden(**who: bool) -> set[str]:
        return {code for code in catalogue.hidden_kinds(**who) if not code.startswith("MD")}

    assert hidden(is_own=True, reviews=False, decides=True) == set()
    assert hidden(is_own=True, reviews=False) == second
    assert hidden(is_own=False, reviews=True, decides=True) == {"LD02"} | second
    assert hidden(is_own=False, reviews=False) == aid | second


def test_every_kind_has_a_title_of_its_own():
    titles = [kind.title for kind in catalogue.KINDS]

    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_type_characters_are_the_suggested_ones():
    assert {code: catalogue.kind(code).character for code in CHARACTERS} == CHARACTERS


def test_no_type_character_counts_two_kinds():
    used = [(kind.track, kind.character) for kind in catalogue.KINDS if kind.character]

    assert len(set(used)) == len(used)


def test_these_kinds_are_ready():
    assert catalogue.ready_kinds() == EVERY_READY


def test_every_ready_kind_has_its_template_and_its_builder():
    assert checks.problems() == []


def test_an_unknown_kind_is_an_error():
    with pytest.raises(KeyError):
        catalogue.kind("D38")


def test_every_document_the_procedure_names_is_in_the_catalogue():
    named = {document for step in INSPECTION.steps for document in step.documents}

    assert named <= {kind.id for kind in catalogue.KINDS}


def test_the_procedure_takes_its_ready_documents_from_the_catalogue():
    assert INSPECTION.ready_documents() == EVERY_READY
