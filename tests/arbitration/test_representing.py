"""A lawyer of legal aid in a dispute: in by the letter, sees the own client's part and nothing else."""

import pytest
from django.urls import reverse

from arbitration.models import DisputeClaim
from cases.models import Case, Party, Person
from cases.workflow.table import StepRefused
from tests.arbitration.situations import LETTER, dispute, fresh, letter_for, staff, take, worker_of
from tests.inspection.situations import TODAY, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db, time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff()


@pytest.fixture
def case(people):
    """A dispute of two workers, the first of whom has a lawyer."""
    case = dispute(people, "REPLY_PERIOD")
    colleague = Person.objects.create(agency=case.agency, name="李乙同事", id_number="11010519491231002X")
    other = Party.objects.create(case=case, role="worker", person=colleague, position=2, added_on=TODAY)
    DisputeClaim.objects.create(
        case=case,
        party=other,
        type="wage",
        amount_fen=777_700,
        filed_on=TODAY,
        from_month="2026-01",
        to_month="2026-02",
    )
    Case.objects.filter(pk=case.pk).update(worker_count=2)
    return fresh(case)


def admitted(case, people, number=""):
    lawyer = letter_for(case)
    return lawyer, take("admit_lawyer", case, people["C"], people, letter_no=number or LETTER.format(case.pk))


def test_lawyer_reads_the_own_clients_claims_and_nothing_of_the_colleague(client, case, people):
    lawyer, case = admitted(case, people)
    client.force_login(lawyer)

    page = client.get(case.get_absolute_url()).content.decode()

    assert worker_of(case).person.name in page
    assert "李乙同事" not in page
    assert "7,777" not in page
    for name in ("people", "files", "record", "related", "access"):
        assert client.get(reverse(f"cases:{name}", args=[case.public_id])).status_code == 404


def test_lawyer_without_a_recorded_letter_finds_nothing(client, case, people):
    client.force_login(letter_for(case))

    assert client.get(case.get_absolute_url()).status_code == 404


def test_letter_that_does_not_exist_is_refused_with_what_to_do(case, people):
    with pytest.raises(StepRefused, match="没有这个文号的公函"):
        admitted(case, people, number="铜法援函字〔2020〕第9号")
    assert not case.shares.exists()


def test_letter_for_somebody_else_is_refused(case, people):
    letter_for(case)
    person = worker_of(case).person
    person.id_number = "500151199001010011"
    person.name = "张丙别人"
    person.save()

    with pytest.raises(StepRefused, match="不是这件案子的当事人"):
        take("admit_lawyer", case, people["C"], people, letter_no=LETTER.format(case.pk))


def test_lawyers_list_says_nothing_of_what_the_colleagues_ask(client, case, people):
    Case.objects.filter(pk=case.pk).update(claimed_fen=98_765_400)
    lawyer, case = admitted(case, people)
    client.force_login(lawyer)

    rows = client.get(reverse("cases:list"), {"tab": "all"}).content.decode()
    page = client.get(case.get_absolute_url()).content.decode()

    assert case.number in rows
    assert "987,654" not in rows + page
    assert "等2人" not in rows + page
    assert "涉及2人" not in rows + page
