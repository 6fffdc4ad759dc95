"""Who may do what on which case, role by role; written from the table of duties, not read from it."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from agencies.models import Agency, User
from agencies.rights import Right, Role
from cases import policies
from cases.models import Case, CaseUserGrant, Recusal
from inspection.states import State
from tests.inspection.situations import STRANGERS, TODAY, complaint, moment, share, staff, strangers
from tests.people import make_user

pytestmark = pytest.mark.django_db

# Who reads a complaint of the inspection office: its own people, the bureau above it, the district.
READERS = "WZXNJFLBDG"
# right: letters of those who hold it on a complaint of their office.
HOLDERS = {
    Right.REGISTER: "WZXN",
    Right.INTAKE: "W",
    Right.INVESTIGATE: "ZXN",
    Right.HEAD: "J",
    Right.LEGAL_REVIEW: "F",
    Right.DEPUTY: "L",
    Right.BUREAU: "B",
    Right.ISSUE_DOCUMENT: "WZXNJ",
    Right.VIEW_CASES: "WZXNJFLBDG",
    Right.VIEW_INDICATORS: "ZXNJLBDG",
    Right.CHOOSE_DEFINITION: "BDG",
    Right.FREEZE_REPORTS: "D",
    Right.EDIT_CALENDAR: "J",
    Right.MANAGE_ABSENCE: "JB",
}


@pytest.fixture
def people() -> dict[str, User]:
    return staff("WZXNJFLBDGPH")


@pytest.fixture
def case(people) -> Case:
    return complaint(people, State.INVESTIGATING)


def test_complaint_is_seen_and_read_by_its_office_and_those_above(people, case):
    seen = {letter for letter, user in people.items() if policies.can(user, policies.VIEW, case)}
    read = {letter for letter, user in people.items() if policies.can(user, policies.READ, case)}

    assert seen == read == set(READERS)


@pytest.mark.parametrize("right", Right.values)
def test_right_is_held_by_these_roles_only(people, case, right):
    found = {letter for letter, user in people.items() if policies.can(user, right, case)}

    assert found == set(HOLDERS.get(right, ""))


@pytest.mark.parametrize("role", STRANGERS)
def test_stranger_may_nothing(case, role):
    user = strangers(role)[role]

    assert [right for right in (*Right.values, "view", "read") if policies.can(user, right, case)] == []


@pytest.mark.parametrize("right", [*Right.values, "view", "read"])
def test_somebody_not_signed_in_may_nothing(case, right):
    assert policies.can(AnonymousUser(), right, case) is False


def test_person_who_left_may_nothing(people, case):
    people["J"].is_active = False

    assert [
        right for right in (*Right.values, "view", "read") if policies.can(people["J"], right, case)
    ] == []


def test_sister_office_sees_nothing(case):
    """Sight goes down the tree, never across: the heads of the institute and the aid centre stay outside."""
    outside = strangers("institute head", "aid director", "committee chair")

    assert [name for name, user in outside.items() if policies.can_see(user, case)] == []


def test_sight_goes_down_the_tree_for_those_above_only(people):
    """A case of the bureau itself: the district sees it, the office below it does not."""
    above = complaint(people, State.INVESTIGATING, agency="hrss")

    seen = {letter for letter, user in people.items() if policies.can_see(user, above)}

    assert seen == set("FLBDG")


# Shared cases


def test_shared_case_is_seen_but_not_read(people, case):
    share(case, "housing")

    assert policies.can(people["H"], policies.VIEW, case)
    assert not policies.can(people["H"], policies.READ, case)


def test_shared_case_may_be_answered_and_nothing_else(people, case):
    share(case, "police")

    found = {right for right in Right.values if policies.can(people["P"], right, case)}

    assert found == {Right.POLICE_REPLY, Right.REPLY_TASK, Right.VIEW_CASES}


def test_share_gives_nobody_an_act_of_the_office(case):
    """An inspector of another office to whom a case is shared does not investigate it."""
    share(case, "arb")
    window = strangers("window of the institute")["window of the institute"]

    assert policies.can_see(window, case)
    assert not policies.can(window, Right.INTAKE, case)
    assert not policies.can(window, Right.ISSUE_DOCUMENT, case)


def test_grant_to_one_person_opens_nothing_for_colleagues(people, case):
    lawyer = strangers("aid lawyer")["aid lawyer"]
    colleague = make_user("lawyer02", agency="aid", role="aid_lawyer")
    CaseUserGrant.objects.create(
        content_object=case, user=lawyer, permission=Permission.objects.get(codename="view_case")
    )

    assert [policies.can_see(user, case) for user in (lawyer, colleague)] == [True, False]


def test_grant_of_another_permission_is_no_sight(people, case):
    reply = Permission.objects.get(codename="reply_case")
    CaseUserGrant.objects.create(content_object=case, user=people["H"], permission=reply)

    assert not policies.can_see(people["H"], case)
    assert not Case.objects.visible_to(people["H"]).exists()


def test_share_opens_nothing_to_roles_without_case_content(case):
    share(case, "district")
    blind = strangers("auditor", "system administrator")

    assert [name for name, user in blind.items() if policies.can_see(user, case)] == []


# Recusal and duties


def test_recused_person_sees_but_does_nothing(people, case):
    Recusal.objects.create(
        case=case, user=people["Z"], reason="亲属", decided_by=people["L"], decided_at=moment(TODAY)
    )

    assert policies.can(people["Z"], policies.READ, case)
    assert [right for right in Right.values if policies.can(people["Z"], right, case)] == []
    assert policies.can(people["X"], Right.INVESTIGATE, case)


def test_recusal_holds_for_its_case_only(people, case):
    other = complaint(people, State.INVESTIGATING)
    Recusal.objects.create(
        case=case, user=people["Z"], reason="亲属", decided_by=people["L"], decided_at=moment(TODAY)
    )

    assert policies.can(people["Z"], Right.INVESTIGATE, other)


def test_duty_that_ended_is_none(people, case):
    case.assignments.filter(duty="lead").update(until=moment(TODAY))

    assert [row.duty for row in policies.current_assignments(case)] == ["second"]


# The table of roles


def test_every_role_has_its_row():
    from_cast = {role for _name, _agency, role in (*STRANGERS.values(),)} | {
        user.role for user in staff("WZJFLBDGP").values()
    }

    assert from_cast == set(Role.values)


def test_no_account_is_a_superuser_or_gets_rights_from_django(people, case):
    people["W"].user_permissions.add(*Permission.objects.filter(content_type__app_label="cases"))
    fresh = User.objects.get(pk=people["W"].pk)

    assert not User.objects.filter(is_superuser=True).exists()
    assert not policies.can(fresh, Right.HEAD, case)


def test_agency_with_a_similar_name_is_not_below(people, case):
    """``/district/hrss`` covers ``/district/hrss/inspection`` but not ``/district/hrss2``."""
    bureau = Agency.objects.get(code="hrss")
    neighbour = Agency(code="hrss2", path=bureau.path.rstrip("/") + "2/")

    assert not bureau.covers(neighbour)
    assert bureau.covers(Agency.objects.get(code="inspection"))
