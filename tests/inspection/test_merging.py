"""A second complaint about the same unit or site joins the one that is being dealt with."""

import pytest
from django.utils import timezone

from cases.audit import verify
from cases.models import Attachment, Case, Claim, Party, Person, Project
from cases.search import find
from cases.workflow.table import StepRefused
from inspection.merging import joinable
from inspection.services import Registration, WorkerEntry, register_complaint
from inspection.states import State
from inspection.workflow import INSPECTION
from tests.inspection.situations import complaint, fresh, new_key, propose, staff, take

pytestmark = pytest.mark.django_db

UNIT = "重庆某某建筑劳务有限公司"


@pytest.fixture
def people():
    return staff()


def worker(name: str, id_number: str = "", **more) -> WorkerEntry:
    usual = {"from_month": "2026-01", "to_month": "2026-03", "owed_fen": 900_000, "phone": "13812345678"}
    return WorkerEntry(name=name, id_number=id_number, **{**usual, **more})


def registered(people, *workers: WorkerEntry, unit: str = UNIT, join: Case | None = None, **more) -> Case:
    entry = Registration(employer_name=unit, workers=workers, channel="window", **more)
    return register_complaint(by=people["W"], key=new_key(), entry=entry, join=join)


def merged(people, case: Case, into: Case) -> Case:
    propose("merge", case, people["W"], people, into=into.pk, reason="同一单位。")
    return take("merge", case, people["J"])


def test_workers_and_sums_go_on_in_the_other_case(people):
    first = registered(people, worker("王某某", "11010519491231002X"))
    second = registered(people, worker("李某某", "500151199001010011", owed_fen=500_000), worker("张某某"))

    merged(people, second, first)

    there = fresh(first)
    assert [party.name for party in there.parties.filter(role="worker")] == ["王某某", "李某某", "张某某"]
    assert (there.worker_count, there.claimed_fen) == (3, 900_000 + 500_000 + 900_000)
    assert sum(claim.owed_fen for claim in there.claims.all()) == there.claimed_fen


def test_joined_complaint_is_void_and_leads_to_the_other(people):
    first, second = registered(people, worker("王某某")), registered(people, worker("李某某"))

    done = merged(people, second, first)

    assert (done.state, done.complaint.merged_into_id) == (State.VOID, first.pk)
    assert done.ended_on == timezone.localdate()
    assert not done.clocks.filter(met_on=None, ended_on=None).exists()
    assert list(first.merged_complaints.values_list("case__receipt_no", flat=True)) == [second.receipt_no]


def test_receipt_number_of_the_joined_complaint_stays_findable(people):
    first, second = registered(people, worker("王某某")), registered(people, worker("李某某"))
    merged(people, second, first)

    assert list(find(people["W"], second.receipt_no)) == [Case.objects.get(pk=second.pk)]


def test_months_that_the_other_case_has_are_not_claimed_twice(people):
    same = "500151199001010011"
    first = registered(people, worker("李某某", same))
    again = registered(people, worker("李某某", same, from_month="2026-02"))
    later = registered(people, worker("李某某", same, from_month="2026-04", to_month="2026-05"))

    merged(people, again, first)
    merged(people, later, first)

    claims = Claim.objects.filter(case=first).values_list("from_month", "to_month")
    assert set(claims) == {("2026-01", "2026-03"), ("2026-04", "2026-05")}
    assert fresh(first).worker_count == Party.objects.filter(case=first, role="worker").count() == 1
    assert Person.objects.count() == 1


def test_months_that_only_overlap_are_not_lost(people):
    same = "500151199001010011"
    first = registered(people, worker("李某某", same))
    longer = registered(people, worker("李某某", same, from_month="2026-03", to_month="2026-06"))

    merged(people, longer, first)

    claims = Claim.objects.filter(case=first).values_list("from_month", "to_month")
    assert set(claims) == {("2026-01", "2026-03"), ("2026-03", "2026-06")}


def test_secrecy_that_was_asked_for_goes_on_in_the_other_case(people):
    first = registered(people, worker("王某某"))
    secret = registered(people, worker("李某某"), identity_withheld=True)

    merged(people, secret, first)

    assert fresh(first).complaint.identity_withheld
    assert first.timeline.get(step="joined").after["identity_withheld"] is True


def test_two_complaints_that_join_each_other_become_one(people):
    first, second = registered(people, worker("王某某")), registered(people, worker("李某某"))
    propose("merge", second, people["W"], people, into=first.pk)
    merged(people, first, second)

    with pytest.raises(StepRefused, match="选的案件现在不能并入"):
        take("merge", second, people["J"])

    assert (fresh(first).state, fresh(second).state) == (State.VOID, State.REGISTERED)


def test_ten_workers_together_are_a_group(people):
    first = registered(people, *(worker(f"王某{n}") for n in range(6)))
    second = registered(people, *(worker(f"李某{n}") for n in range(4)))

    merged(people, second, first)

    assert (fresh(first).worker_count, fresh(first).is_group) == (10, True)


def speakers(case: Case) -> list[str]:
    return [party.name for party in case.parties.filter(is_representative=True).order_by("position")]


def test_representatives_stay_so_while_there_are_five_at_most(people):
    first = registered(people, *(worker(f"王某{n}", is_representative=n < 4) for n in range(6)))
    second = registered(people, *(worker(f"李某{n}", is_representative=n < 3) for n in range(5)))

    merged(people, second, first)

    assert speakers(first) == ["王某0", "王某1", "王某2", "王某3", "李某0"]
    assert first.timeline.get(step="joined").note == "代表已满5名，李某1、李某2并入后不再是代表"


def test_few_representatives_all_stay(people):
    first = registered(people, *(worker(f"王某{n}", is_representative=n < 2) for n in range(6)))
    second = registered(people, *(worker(f"李某{n}", is_representative=n < 3) for n in range(5)))

    merged(people, second, first)

    assert len(speakers(first)) == 5
    assert first.timeline.get(step="joined").note == ""


def material(case: Case, name: str, *, removed: bool = False) -> Attachment:
    gone = {"removed_at": timezone.now(), "removed_by": case.registered_by, "removal_reason": "重复"}
    return Attachment.objects.create(
        case=case,
        kind="payslip",
        name=name,
        is_original=False,
        pages=1,
        content_type="image/png",
        size=1,
        sha256=name.ljust(64, "0"),
        received_sha256="0" * 64,
        stored_name=name.ljust(32, "0"),
        uploaded_by=case.registered_by,
        uploaded_at=timezone.now(),
        **(gone if removed else {}),
    )


def test_material_goes_over_and_what_was_removed_stays(people):
    first, second = registered(people, worker("王某某")), registered(people, worker("李某某"))
    slip, removed = material(second, "工资条"), material(second, "旧照片", removed=True)

    merged(people, second, first)

    assert list(first.attachments.all()) == [slip]
    assert list(second.attachments.all()) == [removed]
    joined = first.timeline.get(step="joined")
    assert joined.note == "材料1份随案并入"
    assert joined.facts["files"] == [{"name": "工资条", "sha256": slip.sha256}]


def test_both_records_tell_of_it_and_verify(people):
    first, second = registered(people, worker("王某某")), registered(people, worker("李某某"))

    merged(people, second, first)

    joined = first.timeline.get(step="joined")
    assert joined.facts == {"receipt_no": second.receipt_no, "workers": 1, "claims": 1, "files": []}
    assert joined.note == ""
    assert (joined.before["worker_count"], joined.after["worker_count"]) == (1, 2)
    assert list(verify()) == []


def test_a_form_opened_before_the_joining_is_stale(people):
    first, second = registered(people, worker("王某某")), registered(people, worker("李某某"))
    seen = fresh(first).version

    merged(people, second, first)

    assert fresh(first).version == seen + 1


def test_window_registers_and_joins_in_one_go(people):
    first = registered(people, worker("王某某"))

    second = registered(people, worker("李某某"), join=first, path_reason="同一工地")

    proposal = second.proposals.get()
    assert (proposal.step, proposal.facts) == ("merge", {"into": first.pk, "reason": "同一工地"})
    assert second.documents.filter(kind="D04").exists()


@pytest.mark.parametrize("state", [State.ORDERED, State.DECIDED, State.CLOSED, State.NOT_ACCEPTED])
def test_nothing_joins_a_case_that_is_past_the_investigation(people, state):
    complaint(people, state)

    assert not joinable(registered(people, worker("李某某"))).exists()


def test_case_of_another_unit_and_site_is_no_choice(people):
    registered(people, worker("王某某"), unit="重庆另一家有限公司")

    alone = registered(people, worker("李某某"))

    assert INSPECTION.by_name["merge"].refusals(alone) == [
        "没有同一单位或同一项目、还没责令支付的投诉可以并入（《关于实施〈劳动保障监察条例〉若干规定》第十八条）"
    ]


def test_same_site_is_enough(people):
    first = registered(people, worker("王某某"), unit="重庆甲劳务有限公司", project_name="示例安置房二期")
    second = registered(people, worker("李某某"), unit="重庆乙劳务有限公司", project_name="示例安置房二期")

    assert Project.objects.count() == 1
    assert list(joinable(second)) == [Case.objects.get(pk=first.pk)]


def test_case_that_went_on_meanwhile_is_not_joined(people):
    first, second = complaint(people, State.INVESTIGATING), registered(people, worker("李某某"))
    propose("merge", second, people["W"], people, into=first.pk, reason="同一单位。")
    Case.objects.filter(pk=first.pk).update(state=State.ORDERED, version=9, audit_length=9)

    with pytest.raises(StepRefused):
        take("merge", second, people["J"])

    assert fresh(second).state == State.REGISTERED
    assert fresh(first).worker_count == 1
