"""The chain behind a building project: who stands where, who pays first, who supervises, where to write."""

import pytest

from agencies.models import Agency
from cases.models import Employer, Project, ProjectMember
from inspection.chain import chain_of
from inspection.states import State
from tests.inspection.situations import EMPLOYER, complaint, fresh, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return staff("WZXJ")


def site(people, *members, kind="housing", situation="", **project):
    """A complaint on a building site whose project has these units in these roles."""
    case = complaint(people, State.INVESTIGATING, details={"situation": situation})
    case.project = Project.objects.create(agency=case.agency, name="某某工程", type=kind, **project)
    case.save()
    for name, role in members:
        unit, _made = Employer.objects.get_or_create(agency=case.agency, name=name)
        ProjectMember.objects.create(project=case.project, employer=unit, role=role)
    return fresh(case)


def drawn(case) -> list[tuple[str, list[str]]]:
    return [
        (link.place.code, [unit.employer.name for unit in link.units]) for link in chain_of(fresh(case)).links
    ]


def payers(case) -> list[str]:
    return [unit.employer.name for unit in chain_of(fresh(case)).payers]


def test_places_stand_in_the_order_of_the_chain(people):
    case = site(people, ("某班组", "individual"), ("总包公司", "main_contractor"), ("开发公司", "developer"))

    assert drawn(case) == [
        ("developer", ["开发公司"]),
        ("main_contractor", ["总包公司"]),
        ("subcontractor", [EMPLOYER]),
        ("team", ["某班组"]),
    ]


def test_place_that_nobody_is_known_for_is_drawn_empty(people):
    assert drawn(site(people)) == [("developer", []), ("main_contractor", []), ("subcontractor", [EMPLOYER])]


def test_unit_of_the_case_stands_where_the_project_has_it(people):
    case = site(people, (EMPLOYER, "labour_subcontractor"))

    assert [unit.role for link in chain_of(case).links for unit in link.units] == ["labour_subcontractor"]


@pytest.mark.parametrize(
    "situation, expected, article",
    [
        ("", [EMPLOYER], "第十六条"),
        ("subcontractor", ["总包公司"], "第三十条第三款"),
        ("relet", ["总包公司"], "第三十条第四款"),
        ("to_unqualified", ["开发公司", "总包公司"], "第三十六条第一款"),
        ("developer_late", ["开发公司"], "第二十九条第二款"),
        ("illegal_project", ["开发公司"], "第三十七条"),
        ("name_lent", [], "第三十六条第二款"),
    ],
)
def test_first_payer_follows_from_the_situation(people, situation, expected, article):
    units = (("开发公司", "developer"), ("总包公司", "main_contractor"))
    case = site(people, *units, situation=situation)

    assert sorted(payers(case)) == sorted(expected)
    assert chain_of(case).duty.law.endswith(article)


@pytest.mark.parametrize(
    "kind, supervisor",
    [("housing", "housing"), ("road", "transport"), ("water", "water"), ("farmland", None)],
)
def test_sector_decides_who_supervises(people, kind, supervisor):
    found = chain_of(site(people, kind=kind)).supervisor

    assert (found and found.code) == supervisor


def test_notices_go_to_every_unit_and_the_authority(people):
    case = site(people, ("总包公司", "main_contractor"))
    Employer.objects.filter(name="总包公司").update(address="某某路1号", contact="刘某", phone="023-1")

    addressees = chain_of(fresh(case)).addressees

    assert "总包公司，某某路1号，刘某，023-1" in addressees
    assert addressees[-1].startswith(Agency.objects.get(code="housing").name)
    assert len(addressees) == 3


def test_page_draws_the_chain_of_a_building_case_only(client, people):
    case = site(people, ("总包公司", "main_contractor"), situation="subcontractor", deposit_no="保函9号")
    other = complaint(people, State.INVESTIGATING)
    client.force_login(people["Z"])

    page = client.get(case.get_absolute_url()).content.decode()

    assert all(word in page for word in ("责任链条", "总包公司", "保函9号", "第三十条第三款", "建设单位"))
    assert "责任链条" not in client.get(other.get_absolute_url()).content.decode()
