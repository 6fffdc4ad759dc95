"""谁能看到: the page and the command say what the rule decides."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agencies.models import User
from cases import access, policies, sharing
from cases.models import CaseShare, ShareReason
from inspection.states import State
from tests.inspection.situations import DAY, TODAY, complaint, fresh, moment, staff, strangers

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXJFLBDGPH")


def shared(people, receiver, **how):
    case = complaint(people, State.INVESTIGATING)
    at = how.pop("at", moment(TODAY - DAY))
    sharing.share(case, receiver, reason=ShareReason.TASK, by=people["Z"], at=at, **how)
    return fresh(case)


def test_explanation_says_what_the_rule_decides(people):
    others = strangers()
    case = shared(people, people["H"].agency)

    for user in (*people.values(), *others.values()):
        assert access.explain(user, case)[0] == policies.can_see(user, case)
        assert access.explain(user, case)[1]


def test_page_lists_shares_and_those_inside(client, people):
    case = shared(people, people["H"].agency)
    client.force_login(people["Z"])

    page = client.get(f"/cases/{case.public_id}/access/").content.decode()

    assert str(people["H"].agency) in page
    assert "能查看共享的内容，能办理" in page
    for letter in "WZXJLBG":
        assert str(people[letter]) in page
    assert str(people["P"]) not in page


def test_page_is_not_for_guests(client, people):
    case = shared(people, people["H"].agency)
    client.force_login(people["H"])

    assert client.get(f"/cases/{case.public_id}/access/").status_code == 404


def test_number_of_queries_does_not_grow_with_the_people(client, people, django_assert_max_num_queries):
    case = shared(people, people["H"].agency)
    client.force_login(people["Z"])

    with django_assert_max_num_queries(24):
        client.get(f"/cases/{case.public_id}/access/")


def test_grant_for_one_person_is_that_person_s_only(people):
    lawyer = strangers("aid lawyer")["aid lawyer"]
    case = shared(people, lawyer)

    assert access.explain(lawyer, case)[0]
    assert not access.explain(people["P"], case)[0]


def test_grant_that_was_taken_back_is_kept_as_history(people):
    agency = people["H"].agency
    case = shared(people, agency)

    sharing.revoke(case, agency, reason=ShareReason.TASK, at=moment(TODAY))

    assert not access.explain(people["H"], fresh(case))[0]
    assert CaseShare.objects.get().ended_at == moment(TODAY)


def test_finished_share_only_reads(people):
    agency = people["H"].agency
    case = shared(people, agency)

    sharing.finish(case, agency, reason=ShareReason.TASK, at=moment(TODAY))

    assert access.explain(people["H"], fresh(case)) == (
        True,
        f"因“协办任务”共享给{agency}，从2026-06-15 10:00起只能查看",
    )


def test_command_explains_a_yes_and_a_no(people):
    case, out = shared(people, people["H"].agency), StringIO()

    call_command("access", case.number, "--as", "housing01", stdout=out)
    with pytest.raises(SystemExit) as no:
        call_command("access", case.receipt_no, "--as", "police01", stdout=out)

    assert out.getvalue().startswith("能看到：因“协办任务”共享给")
    assert "不能看到：案件由劳动保障监察支队办理，没有共享给" in out.getvalue()
    assert no.value.code == 1


@pytest.mark.parametrize("number, user", [("没有的号", "housing01"), (None, "nobody")])
def test_command_knows_what_it_is_asked(people, number, user):
    case = complaint(people, State.INVESTIGATING)

    with pytest.raises(CommandError) as unknown:
        call_command("access", number or case.number, "--as", user)

    assert unknown.value.returncode == 2
    assert User.objects.filter(username=user).exists() == (user == "housing01")
