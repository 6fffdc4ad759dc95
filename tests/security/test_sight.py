"""Sight: lists and single questions say the same, grants open exactly one case, and nothing else opens any."""

import hypothesis.strategies as st
import pytest
from django.contrib.auth.models import Permission
from django.db import transaction
from hypothesis import given, settings

from agencies.models import Agency, User
from agencies.reference import DEMO_ACCOUNTS
from agencies.services import load_agencies
from cases import policies
from cases.models import Case, CaseGroupGrant, CaseUserGrant
from inspection.states import State
from tests.inspection.situations import complaint
from tests.people import make_user
from tests.security.world import grant

pytestmark = pytest.mark.django_db

# Every role at every place where it exists, towns by two of them; and people of roles that sit in several offices.
PLACES = {
    "window": ("inspection", "arb", "aid"),
    "inspector": ("inspection",),
    "inspection_head": ("inspection",),
    "legal_reviewer": ("hrss",),
    "deputy_head": ("hrss",),
    "bureau_head": ("hrss", "justice"),
    "stats": ("hrss",),
    "mediator": ("arb",),
    "arbitrator": ("arb",),
    "clerk": ("arb",),
    "institute_head": ("arb",),
    "committee_chair": ("arb",),
    "aid_reviewer": ("aid",),
    "aid_director": ("aid",),
    "aid_lawyer": ("aid",),
    "liaison": ("housing", "transport", "water", "police", "town-dongcheng", "town-anju"),
    "leader": ("district",),
    "auditor": ("district",),
    "sysadmin": ("district",),
}
PARENTS = {
    "district": "",
    "hrss": "district",
    "inspection": "hrss",
    "arb": "hrss",
    "justice": "district",
    "aid": "justice",
    "housing": "district",
    "police": "district",
}
SEES_OWN = {"window", "inspector", "mediator", "arbitrator", "clerk", "aid_reviewer"}
SEES_DOWN = {
    "inspection_head",
    "legal_reviewer",
    "deputy_head",
    "bureau_head",
    "stats",
    "institute_head",
    "committee_chair",
    "aid_director",
    "leader",
}
SEES_SHARED_ONLY = {"aid_lawyer", "liaison"}
SEES_WHAT_IS_PERSONAL = {"aid_lawyer"}  # what is shared with the agency is not for them
OFFICES = sorted(PARENTS)
PEOPLE = [(role, place) for role, places in PLACES.items() for place in places]


def is_below(office: str, top: str) -> bool:
    while office and office != top:
        office = PARENTS[office]
    return office == top


def may_see(role: str, place: str, office: str, *, shared: bool) -> bool:
    """The rule of sight in four lines, independent of the code under test."""
    if role in SEES_OWN:
        return office == place or shared
    if role in SEES_DOWN:
        return is_below(office, place) or shared
    return shared and role in SEES_SHARED_ONLY


def seen_in_lists(user: User) -> set[int]:
    return set(Case.objects.visible_to(user).values_list("pk", flat=True))


def seen_one_by_one(user: User) -> set[int]:
    return {case.pk for case in Case.objects.select_related("agency") if policies.can_see(user, case)}


@pytest.fixture
def cases() -> dict[str, Case]:
    """One case in each office."""
    load_agencies()
    by = {"W": make_user("registrar", agency="inspection", role="window")}
    return {office: complaint(by, State.INVESTIGATING, agency=office) for office in OFFICES}


def person(role: str, place: str) -> User:
    return make_user(f"{role}-{place}", agency=place, role=role)


@pytest.mark.parametrize("role, place", PEOPLE)
def test_sight_without_grants(cases, role, place):
    user = person(role, place)

    expected = {case.pk for office, case in cases.items() if may_see(role, place, office, shared=False)}

    assert seen_in_lists(user) == seen_one_by_one(user) == expected


@pytest.mark.parametrize("role, place", PEOPLE)
def test_grant_to_the_agency_opens_its_case_only(cases, role, place):
    user = person(role, place)
    grant(cases["police"], place)

    reached = set() if role in SEES_WHAT_IS_PERSONAL else {"police"}
    expected = {
        case.pk for office, case in cases.items() if may_see(role, place, office, shared=office in reached)
    }

    assert seen_in_lists(user) == seen_one_by_one(user) == expected


@pytest.mark.parametrize("role, place", PEOPLE)
def test_grant_to_the_person_opens_its_case_only(cases, role, place):
    user = person(role, place)
    view = Permission.objects.get(content_type__app_label="cases", codename="view_case")
    CaseUserGrant.objects.create(content_object=cases["police"], user=user, permission=view)

    expected = {
        case.pk for office, case in cases.items() if may_see(role, place, office, shared=office == "police")
    }

    assert seen_in_lists(user) == seen_one_by_one(user) == expected


@pytest.mark.parametrize("role, place", PEOPLE)
def test_permissions_on_the_model_open_nothing(cases, role, place):
    """Django's own permissions, given to the person and to the group of the agency, are not asked."""
    user = person(role, place)
    before = seen_in_lists(user)
    every = Permission.objects.filter(content_type__app_label__in=["cases", "inspection", "documents"])
    user.user_permissions.set(every)
    user.agency.group.permissions.set(every)

    again = User.objects.get(pk=user.pk)
    assert again.has_perm("cases.view_case")
    assert seen_in_lists(again) == seen_one_by_one(again) == before


@pytest.mark.parametrize("role, place", PEOPLE)
def test_group_of_another_agency_in_the_account_opens_nothing(cases, role, place):
    """Membership rows that somebody added by hand do not widen sight: only the account's own agency counts."""
    user = person(role, place)
    before = seen_in_lists(user)
    other = Agency.objects.get(code="water" if place != "water" else "housing")
    grant(cases["district"], other.code)
    user.groups.add(other.group)

    again = User.objects.get(pk=user.pk)
    assert seen_in_lists(again) == seen_one_by_one(again) == before


def test_person_who_left_sees_nothing(cases):
    user = person("leader", "district")
    user.is_active = False
    user.save()

    assert (seen_in_lists(user), seen_one_by_one(user)) == (set(), set())


def test_person_who_moved_sees_with_the_new_agency(cases):
    user = person("window", "inspection")
    user.agency = Agency.objects.get(code="arb")
    user.save()

    again = User.objects.get(pk=user.pk)
    assert seen_in_lists(again) == seen_one_by_one(again) == {cases["arb"].pk}


def test_withdrawn_grant_opens_nothing(cases):
    user = person("liaison", "housing")
    given = grant(cases["inspection"], "housing")
    before = seen_in_lists(user)

    given.delete()

    assert (before, seen_in_lists(user)) == ({cases["inspection"].pk}, set())


def test_grants_go_with_their_case(cases):
    user, case = person("liaison", "housing"), cases["inspection"]
    grant(case, "housing")
    view = Permission.objects.get(content_type__app_label="cases", codename="view_case")
    CaseUserGrant.objects.create(content_object=case, user=user, permission=view)

    case.delete()

    assert (CaseGroupGrant.objects.count(), CaseUserGrant.objects.count()) == (0, 0)


def test_case_opened_later_under_an_old_number_inherits_no_grant(cases):
    """A grant hangs on a row, not on a number that may come back."""
    user, case = person("liaison", "housing"), cases["inspection"]
    grant(case, "housing")
    key = case.pk
    case.delete()

    again = complaint({"W": make_user("registrar02")}, State.INVESTIGATING, id=key)

    assert again.pk == key
    assert seen_in_lists(user) == set()


def test_there_is_no_anonymous_account():
    assert not User.objects.filter(username__iexact="anonymoususer").exists()


def test_accounts_of_the_reference_data_are_the_roles_tried_here():
    assert {row[2] for row in DEMO_ACCOUNTS} <= set(PLACES)


# At random


@st.composite
def districts(draw):
    """Grants of every kind, between random offices, agencies and people."""
    offices = draw(st.lists(st.sampled_from(OFFICES), min_size=1, max_size=5))
    people = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4, unique=True))
    pair = st.tuples(st.integers(0, len(offices) - 1), st.integers(0, len(people) - 1))
    to_people = draw(st.sets(pair, max_size=4))
    to_agencies = draw(st.sets(pair, max_size=4))
    useless = draw(st.sets(pair, max_size=2))
    return offices, people, to_people, to_agencies, useless


def permission(codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label="cases", codename=codename)


@settings(max_examples=60)
@given(districts())
def test_lists_and_single_questions_agree_whatever_was_shared(drawn):
    offices, people, to_people, to_agencies, useless = drawn
    with transaction.atomic():
        load_agencies()
        by = {"W": make_user("registrar", agency="inspection", role="window")}
        cases = [complaint(by, State.INVESTIGATING, agency=office) for office in offices]
        users = [person(role, place) for role, place in people]
        for case, user in to_people:
            CaseUserGrant.objects.create(
                content_object=cases[case], user=users[user], permission=permission("view_case")
            )
        for case, user in to_agencies:
            CaseGroupGrant.objects.get_or_create(
                content_object=cases[case], group=users[user].agency.group, permission=permission("view_case")
            )
        for case, user in useless:
            CaseUserGrant.objects.create(
                content_object=cases[case], user=users[user], permission=permission("reply_case")
            )

        for number, (user, (role, place)) in enumerate(zip(users, people, strict=True)):
            shared = {case for case, other in to_people if other == number}
            if role not in SEES_WHAT_IS_PERSONAL:
                shared |= {case for case, other in to_agencies if people[other][1] == place}
            expected = {
                cases[index].pk
                for index, office in enumerate(offices)
                if may_see(role, place, office, shared=index in shared)
            }
            assert seen_in_lists(user) == seen_one_by_one(user) == expected
        transaction.set_rollback(True)
