"""Requests to other authorities: returned with a rule, sent again, ruled upon, withdrawn; and who sees what then."""

import pytest
from django.core.exceptions import PermissionDenied

from cases import access
from cases.models import Case, CaseShare, Task
from cases.workflow.table import StepRefused
from inspection.states import State
from tests.inspection.situations import (
    DAY,
    TODAY,
    fresh,
    moment,
    ready_for,
    staff,
    take,
)

pytestmark = pytest.mark.django_db

BACK = {"scope": "whole", "rule": "《某某区部门职责规定》第三条", "reason": "不属于我委监管。"}
TERM = (TODAY + 7 * DAY).isoformat()


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXJLBGH")


@pytest.fixture
def at(time_machine):
    """Lets a minute pass, so that one act is later than the other."""
    minutes = iter(range(1, 60))

    def pass_() -> None:
        time_machine.move_to(moment(TODAY, 10, next(minutes)), tick=False)

    return pass_


def asked(people) -> Case:
    """The housing commission was asked today."""
    case = ready_for("order", people, State.INVESTIGATING)
    case.shares.all().delete()
    facts = {"receiver": people["H"].agency_id, "request": "verify", "content": "核实合同。", "due_on": TERM}
    return take("send_task", case, people["Z"], **facts)


def task_of(case) -> Task:
    return case.tasks.get()


def back(case, people, **facts):
    return take("return_task", case, people["H"], task=task_of(case).pk, **{**BACK, **facts})


def again(case, people):
    facts = {"task": task_of(case).pk, "answer": "由你委核发许可。", "due_on": TERM}
    return take("resend_task", case, people["Z"], **facts)


def ruled(case, people, result="binding"):
    facts = {"task": task_of(case).pk, "result": result, "ruling": "由住建委办理。", "due_on": TERM}
    return take("rule_on_task", case, people["L"], **facts)


def running(case) -> list[str]:
    return list(
        case.clocks.filter(met_on=None, ended_on=None, rule_code="TASK").values_list("rule_code", flat=True)
    )


def sees(user, case) -> bool:
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def test_request_shows_the_case_until_it_is_withdrawn(people):
    case = asked(people)
    assert sees(people["H"], case)

    done = take("withdraw_task", case, people["Z"], task=task_of(case).pk, reason="已自行查清。")

    assert (sees(people["H"], done), running(done), task_of(done).state) == (False, [], "withdrawn")
    assert CaseShare.objects.get().ended_at == moment(TODAY)


def test_answered_request_is_read_but_not_acted_on(client, people):
    case = asked(people)
    done = take("reply_task", case, people["H"], task=task_of(case).pk, reply="合同属实。")

    assert sees(people["H"], done)
    with pytest.raises(PermissionDenied):
        take("reply_task", done, people["H"], task=task_of(done).pk, reply="再答一次。")
    client.force_login(people["H"])
    page = client.get(done.get_absolute_url()).content.decode()
    assert "没有等你单位办理的事项" in page


def test_second_request_lets_the_authority_act_again(people):
    case = asked(people)
    case = take("reply_task", case, people["H"], task=task_of(case).pk, reply="合同属实。")
    facts = {"receiver": people["H"].agency_id, "request": "press", "content": "督促拨付。", "due_on": TERM}
    case = take("send_task", case, people["Z"], **facts)
    open_task = case.tasks.get(request="press")

    done = take("reply_task", case, people["H"], task=open_task.pk, reply="已督促。")

    assert {task.state.value for task in done.tasks.all()} == {"replied"}


def test_withdrawing_one_of_two_requests_leaves_the_sight_of_the_other(people):
    case = asked(people)
    facts = {"receiver": people["H"].agency_id, "request": "press", "content": "督促拨付。", "due_on": TERM}
    case = take("send_task", case, people["Z"], **facts)

    done = take(
        "withdraw_task", case, people["Z"], task=case.tasks.get(request="press").pk, reason="已拨付。"
    )

    assert sees(people["H"], done)


@pytest.mark.parametrize("rule", ["按规定", "部门职责"])
def test_return_names_the_article(people, rule):
    with pytest.raises(StepRefused, match="依据的规定要写明是哪份文件的第几条"):
        back(asked(people), people, rule=rule)


def test_first_return_waits_for_the_sender(people, at):
    case = asked(people)
    at()
    case = back(case, people)

    assert (task_of(case).state, running(case)) == ("returned", [])
    with pytest.raises(StepRefused, match="选的任务现在不能这样办理"):
        ruled(case, people)
    at()
    sent = again(case, people)
    assert (task_of(sent).state, running(sent)) == ("asked", ["TASK"])
    assert "由你委核发许可" in task_of(sent).content


def disputed(people, at):
    case = asked(people)
    for act in (back, again, back):
        at()
        case = act(case, people)
    at()
    return case


def test_second_return_is_ruled_upon(people, at):
    case = disputed(people, at)
    assert task_of(case).state == "disputed"
    with pytest.raises(StepRefused, match="选的任务现在不能这样办理"):
        again(case, people)

    done = ruled(case, people)

    assert (task_of(done).state, running(done), task_of(done).ruled_by) == ("asked", ["TASK"], people["L"])
    at()
    answered = take("reply_task", done, people["H"], task=task_of(done).pk, reply="已办理。")
    assert task_of(answered).state == "replied"


def test_ruling_may_release_the_authority(people, at):
    done = ruled(disputed(people, at), people, "dropped")

    assert (task_of(done).state, sees(people["H"], done)) == ("withdrawn", False)


def test_dispute_lies_on_the_desk_of_the_deputy_head(client, people, at):
    case = disputed(people, at)
    client.force_login(people["L"])

    assert case.number in client.get("/cases/?tab=todo").content.decode()
    ruled(case, people)
    assert case.number not in client.get("/cases/?tab=todo").content.decode()


def test_ruling_is_shown_at_the_next_request(client, people, at):
    case = ruled(disputed(people, at), people)
    client.force_login(people["Z"])

    text = client.get(f"/cases/{case.public_id}/steps/send_task/").content.decode()

    assert "由住建委办理。" in text


def test_every_way_of_seeing_is_explained(people):
    case = asked(people)
    everybody = {**people, **staff("P")}

    answers = {letter: access.explain(user, fresh(case)) for letter, user in everybody.items()}

    assert {letter for letter, (yes, _why) in answers.items() if yes} == set("WZXJLBGH")
    assert "因“协办任务”共享给" in answers["H"][1]
    assert answers["H"][1].endswith("可以办理")
    assert "上级机构" in answers["L"][1]
    assert "没有共享给" in answers["P"][1]
