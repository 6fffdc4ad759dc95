"""The lawyer of an aid case at another body: in by the letter 公函, out when the aid or the lawyer changes."""

from datetime import timedelta

import pytest

from cases import policies
from cases.models import Case
from cases.workflow.table import StepRefused
from documents import representation
from documents.models import Document
from inspection.states import State
from tests.inspection import situations as inspection
from tests.inspection.situations import moment
from tests.legal_aid.test_documents import TODAY, begun, firm, people, take  # noqa: F401  people is a fixture

pytestmark = pytest.mark.django_db
NUMBER = "50022419850615002X"


@pytest.fixture
def aid(people):  # noqa: F811
    """An aid case whose lawyer has begun, and the number of its letter."""
    case = begun(people)
    return case, Document.objects.filter(case=case, kind="LD10").latest("pk")


@pytest.fixture
def elsewhere(aid):
    """The same worker's case at another agency."""
    staff = inspection.staff("WZX")
    case = inspection.complaint(staff, State.INVESTIGATING)
    person = inspection.worker_of(case).person
    person.name, person.id_number = "王某某", NUMBER
    person.save()
    return case, staff


def admitted(elsewhere, number: str):
    case, staff = elsewhere
    return representation.admit(inspection.fresh(case), number, by=staff["Z"], at=moment(TODAY))


def sees(user, case) -> bool:
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def test_letter_opens_the_case_to_its_lawyer_alone(people, aid, elsewhere):  # noqa: F811
    case = elsewhere[0]
    before = sees(people["N"], case)

    share = admitted(elsewhere, f" {aid[1].number} ")

    assert (before, sees(people["N"], case), share.user) == (False, True, people["N"])
    assert not sees(people["U"], case)
    assert not policies.can(people["N"], policies.READ, inspection.fresh(case))


def test_letter_recorded_twice_shares_once(people, aid, elsewhere):  # noqa: F811
    admitted(elsewhere, aid[1].number)
    admitted(elsewhere, aid[1].number)

    assert elsewhere[0].shares.count() == 1


def test_replaced_lawyer_sees_neither_case(people, aid, elsewhere, time_machine):  # noqa: F811
    admitted(elsewhere, aid[1].number)
    time_machine.move_to(moment(TODAY) + timedelta(minutes=5), tick=False)
    case = take(
        "request_replacement",
        aid[0],
        people["U"],
        asked_by="cannot",
        arrived_on="2026-06-16",
        reason="生病。",
        proof="病历。",
    )
    other = firm("重庆另一律师事务所")
    case = take("replace", case, people["M"], firm=other.pk, reason="不能承办。", hand_over_by="2026-06-22")

    assert not sees(people["N"], elsewhere[0])
    assert not sees(people["N"], case)
    with pytest.raises(StepRefused, match="已经更换或者援助已经终止"):
        admitted(elsewhere, aid[1].number)


@pytest.mark.parametrize("number", ["", "铜法援函字〔2026〕第999号"])
def test_unknown_letter_is_refused(aid, elsewhere, number):
    with pytest.raises(StepRefused, match="没有这个文号的公函"):
        admitted(elsewhere, number)


def test_void_letter_is_refused(people, aid, elsewhere):  # noqa: F811
    Document.objects.filter(pk=aid[1].pk).update(
        state="void", voided_at=moment(TODAY), voided_by=people["U"], void_reason="错"
    )

    with pytest.raises(StepRefused, match="没有这个文号的公函"):
        admitted(elsewhere, aid[1].number)


def test_letter_for_somebody_else_is_refused(aid, elsewhere):
    person = inspection.worker_of(elsewhere[0]).person
    person.id_number = "11010519491231002X"
    person.save()

    with pytest.raises(StepRefused, match="受援人不是这件案子的当事人"):
        admitted(elsewhere, aid[1].number)
