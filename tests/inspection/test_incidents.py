"""One employer, many doors: what may be read is named; of the rest only that an agency has something."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency
from cases.models import Employer, Project, TimelineEvent
from inspection import incidents
from inspection.states import State
from tests.inspection.situations import EMPLOYER, TODAY, complaint, fresh, moment, staff
from tests.legal_aid import situations as aid
from tests.people import make_user
from tests.security.world import holdings

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXJG")


@pytest.fixture
def aid_people():
    return {"K": make_user("window03", agency="aid", role="window")}


def found(user, case):
    return incidents.incident(user, fresh(case))


def numbers(user, case) -> list[str]:
    return [matter.case.number for matter in found(user, case).matters]


def page(client, user, case) -> str:
    client.force_login(user)
    return client.get(reverse("inspection:incident", args=[case.public_id])).content.decode()


def against_another(case) -> None:
    """The respondent is a unit that no other case is about."""
    unit = Employer.objects.create(agency=case.agency, name="重庆另一家有限公司")
    case.parties.filter(role="respondent").update(employer=unit)


def test_own_matters_are_named_and_others_only_by_agency_and_telephone(client, people, aid_people):
    case, second = complaint(people), complaint(people, workers=3)
    request = aid.application(aid_people)
    Agency.objects.filter(code="aid").update(phone="023-45679999")

    assert numbers(people["Z"], case) == [second.number]
    assert [agency.code for agency in found(people["Z"], case).elsewhere] == ["aid"]
    text = page(client, people["Z"], case)
    assert "023-45679999" in text
    assert not any(
        word in text for word in (request.receipt_no, request.applicant_name + "（", "法律援助申请")
    )


def test_who_reads_both_sees_both(people, aid_people):
    case, request = complaint(people), aid.application(aid_people)

    assert numbers(people["G"], case) == [request.number]
    assert found(people["G"], case).elsewhere == []


def test_name_typed_elsewhere_is_never_shown(client, people, aid_people):
    """The other agency wrote the name with other brackets: it matches, and its way of writing stays there."""
    case = complaint(people)
    Employer.objects.filter(agency__code="inspection").update(name="重庆示例（铜梁）公司")
    aid.application(aid_people)
    Employer.objects.filter(agency__code="aid").update(name="重庆示例(铜梁)公司")

    assert [agency.code for agency in found(people["Z"], case).elsewhere] == ["aid"]
    assert "重庆示例(铜梁)公司" not in page(client, people["Z"], case)


def test_code_matches_whatever_the_name(people, aid_people):
    case = complaint(people)
    aid.application(aid_people)
    Employer.objects.filter(agency__code="aid").update(name="另一个名称", uscc="91500151MA5U4XT91P")
    assert found(people["Z"], case).elsewhere == []

    Employer.objects.filter(agency__code="inspection").update(uscc="91500151MA5U4XT91P")

    assert [agency.code for agency in found(people["Z"], case).elsewhere] == ["aid"]


def test_site_of_another_employer_matches(people):
    site = Project.objects.create(agency=Agency.objects.get(code="inspection"), name="某某工程")
    case = complaint(people, project=site)
    other = complaint(people, project=site)
    against_another(other)

    assert [matter.tie for matter in found(people["Z"], case).matters] == ["同一工程"]


def test_ended_matters_and_strange_ones_are_left_out(people):
    case = complaint(people)
    complaint(people, State.CLOSED)
    other = complaint(people)
    against_another(other)

    assert found(people["Z"], case).is_empty


def test_clues_count_as_doors(people):
    case = complaint(people)
    mine, theirs = holdings("inspection").clue, holdings("arb").clue
    type(mine).objects.filter(pk__in=[mine.pk, theirs.pk]).update(employer_name=EMPLOYER)

    incident = found(people["Z"], case)

    assert [clue.pk for clue in incident.clues] == [mine.pk]
    assert [agency.code for agency in incident.elsewhere] == ["arb"]


@pytest.mark.parametrize(
    "workers, proposed", [((4, 5), False), ((5, 5), True), ((1, 1), False), ((1, 1, 1), True)]
)
def test_collective_case_is_proposed_from_ten_persons_or_three_matters(people, workers, proposed):
    cases = [complaint(people, workers=n) for n in workers]

    assert bool(found(people["W"], cases[0]).advice) is proposed


def test_others_join_the_one_that_is_filed(client, people):
    small = complaint(people, workers=5)
    filed = complaint(people, State.INVESTIGATING, workers=5)

    assert found(people["W"], small).target.pk == filed.pk
    assert reverse("cases:take_step", args=[small.public_id, "merge"]) in page(client, people["W"], small)
    assert "/steps/merge/" not in page(client, people["Z"], small)
    assert found(people["G"], small).advice == ""


def test_every_look_stands_in_the_record(client, people, aid_people):
    case = complaint(people)
    aid.application(aid_people)

    page(client, people["Z"], case)

    look = TimelineEvent.objects.get(case=case, step="look_across")
    assert (look.by, look.kind, look.facts["agencies"]) == (people["Z"], TimelineEvent.Kind.READ, ["aid"])


def test_case_that_may_not_be_read_opens_nothing(client, people, aid_people):
    case = complaint(people)
    client.force_login(aid_people["K"])

    assert client.get(reverse("inspection:incident", args=[case.public_id])).status_code == 404


def test_more_matters_cost_no_more(client, people):
    case = complaint(people)
    complaint(people)
    page(client, people["W"], case)
    with CaptureQueriesContext(connection) as few:
        page(client, people["W"], case)
    for _n in range(3):
        complaint(people)

    with CaptureQueriesContext(connection) as many:
        page(client, people["W"], case)
    assert len(few) == len(many)
