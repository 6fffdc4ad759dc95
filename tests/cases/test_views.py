"""The pages of a case: what they answer, what they record, and that nothing typed is lost or saved twice."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import User
from cases.models import Case, CaseClock, Proposal
from inspection.states import State
from tests.inspection.situations import (
    TODAY,
    clock,
    complaint,
    facts_for,
    fresh,
    moment,
    new_key,
    pay,
    propose,
    ready_for,
    share,
    staff,
    task,
    worker_of,
)
from tests.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(time_machine) -> dict[str, User]:
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXNJFLBDH")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(name: str, case: Case, *more: Any) -> str:
    return reverse(f"cases:{name}", args=[case.public_id, *more])


def send(user: User, case: Case, step: str, *, do: str = "take", **fields: Any):
    """The answer when the person sends the form of the step; version and key as the page had them."""
    data = {"do": do, "version": case.version, "key": new_key(), **fields}
    return signed_in(user).post(address("take_step", case, step), data)


# Steps


def test_step_that_is_taken_leads_back_to_the_case(people):
    case = ready_for("void", people, State.REGISTERED)

    answer = send(people["J"], case, "void", reason="重复登记", note="与前件相同")

    assert (answer.status_code, answer["Location"]) == (302, f"{case.get_absolute_url()}?new=1")
    assert fresh(case).state == "VOID"
    assert case.timeline.get().note == "与前件相同"


def test_refused_step_keeps_what_was_typed_and_says_why(people):
    case = ready_for("request_correction", people, State.REGISTERED)

    answer = send(
        people["W"], case, "request_correction", missing_items="缺身份证复印件", due_on="2026-06-01"
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "补正期限要晚于今天" in page
    assert "缺身份证复印件" in page
    assert "<title>有错误：" in page


def test_refused_step_is_recorded_and_leaves_the_version(people):
    case = ready_for("archive", people, State.CLOSED)

    send(people["Z"], case, "archive", pages="9", contents_complete="no")

    event = case.timeline.get()
    sentence = "目录还不完整，或没有逐页编号，补齐再归档（《关于实施〈劳动保障监察条例〉若干规定》第四十条）"
    assert (event.kind, event.by, event.facts) == ("refused", people["Z"], {"reasons": [sentence]})
    assert (fresh(case).version, fresh(case).state) == (case.version, "CLOSED")


def test_form_that_was_not_filled_in_is_no_record(people):
    case = ready_for("void", people, State.REGISTERED)

    answer = send(people["J"], case, "void", reason="")

    assert (answer.status_code, "还没填理由" in answer.content.decode()) == (422, True)
    assert not case.timeline.exists()


def test_denied_step_is_recorded_and_says_who_may(people):
    case = ready_for("void", people, State.REGISTERED)

    answer = send(people["W"], case, "void", reason="重复登记")

    assert answer.status_code == 403
    assert "“登记作废”由监察机构负责人办理" in answer.content.decode()
    assert (case.timeline.get().kind, case.timeline.get().by) == ("refused", people["W"])


def test_stale_step_shows_what_happened_and_keeps_what_was_typed(people):
    case = ready_for("void", people, State.REGISTERED)
    signed_in(people["W"]).post(
        address("edit", case), {"facts_text": "补充", "version": case.version, "key": new_key()}
    )

    answer = send(people["J"], case, "void", reason="重复登记，见前件")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "你打开之后，这件案子有人改过" in page
    assert "修改案件信息" in page
    assert "重复登记，见前件" in page
    assert fresh(case).state == "REGISTERED"


def test_form_of_a_stale_step_can_be_sent_again(people):
    case = ready_for("void", people, State.REGISTERED)
    signed_in(people["W"]).post(
        address("edit", case), {"facts_text": "补充", "version": case.version, "key": new_key()}
    )
    form = send(people["J"], case, "void", reason="重复登记").context

    answer = send(people["J"], form["case"], "void", reason="重复登记", key=form["key"])

    assert (answer.status_code, fresh(case).state) == (302, "VOID")


@pytest.mark.parametrize("version", ["", "0", "-1", "1.5", "x", "²", "٣", "9" * 30, None])
def test_form_without_a_sensible_version_is_stale(people, version):
    case = ready_for("void", people, State.REGISTERED)
    fields = {} if version is None else {"version": version}

    answer = signed_in(people["J"]).post(
        address("take_step", case, "void"), {"do": "take", "key": new_key(), "reason": "重复登记", **fields}
    )

    assert (answer.status_code, fresh(case).state) == (409, "REGISTERED")


def test_form_sent_twice_acts_once(people):
    case, key = ready_for("void", people, State.REGISTERED), new_key()

    answers = [send(people["J"], case, "void", reason="重复登记", key=key).status_code for _ in range(2)]

    assert (answers, case.timeline.count(), fresh(case).version) == ([302, 302], 1, 2)


def test_form_sent_again_with_other_content_is_refused(people):
    case, key = ready_for("coordinate", people, State.INVESTIGATING), new_key()
    send(people["Z"], case, "coordinate", key=key, going_on="yes", record="第一次")

    answer = send(people["Z"], fresh(case), "coordinate", key=key, going_on="yes", record="第二次")

    assert answer.status_code == 409
    assert "这一页已经保存过，内容又被改了" in answer.content.decode()
    assert case.timeline.count() == 1


@pytest.mark.parametrize("hostile", ["\x00", "理由\x00", "\ud800", "\u202e理由", "x" * 100_000])
def test_odd_characters_break_nothing(people, hostile):
    case = ready_for("void", people, State.REGISTERED)

    answer = send(people["J"], case, "void", reason="重复登记", note=hostile.encode("utf-8", "surrogatepass"))

    assert answer.status_code in (302, 400, 422)


@pytest.mark.parametrize("key", ["", "short", "k" * 65, "\x00" * 32])
def test_key_that_is_none_breaks_nothing(people, key):
    case = ready_for("void", people, State.REGISTERED)

    assert send(people["J"], case, "void", reason="重复登记", key=key).status_code in (302, 400, 422)


def test_step_of_no_procedure_does_not_exist(people):
    case = ready_for("void", people, State.REGISTERED)

    assert send(people["J"], case, "dissolve").status_code == 404
    assert signed_in(people["J"]).get(address("take_step", case, "dissolve")).status_code == 404


def test_page_of_a_step_is_for_those_who_may_take_it(people):
    case = ready_for("void", people, State.REGISTERED)

    statuses = {
        letter: signed_in(people[letter]).get(address("take_step", case, "void")).status_code
        for letter in "JWL"
    }

    assert statuses == {"J": 200, "W": 403, "L": 403}


def test_page_of_a_step_says_what_is_missing_before_anything_is_typed(people):
    case = ready_for("give_notice", people, State.ORDERED, details={"order_served_on": None})

    page = signed_in(people["Z"]).get(address("take_step", case, "give_notice")).content.decode()

    assert "限期改正指令书还没有送达全部被投诉单位，送达以后期限才开始" in page


def test_approver_sees_the_facts_of_the_proposal(people):
    case = ready_for("order", people, State.INVESTIGATING)
    propose("order", case, people["Z"], people, breach="拖欠王某1工资。", pay_by_on="2026-06-30")

    page = signed_in(people["J"]).get(address("take_step", case, "order")).content.decode()

    assert "拖欠王某1工资。" in page
    assert "测试inspector01" in page
    assert 'value="decide"' in page


def test_approver_agrees_through_the_page(people):
    case = ready_for("order", people, State.INVESTIGATING)
    propose("order", case, people["Z"], people, breach="拖欠王某1工资。")

    answer = send(people["J"], fresh(case), "order", do="decide", note="同意")

    assert (answer.status_code, fresh(case).state) == (302, "ORDERED")
    assert fresh(case).complaint.breach == "拖欠王某1工资。"


def test_approver_sends_back_through_the_page(people):
    case = ready_for("order", people, State.INVESTIGATING)
    propose("order", case, people["Z"], people)

    answer = send(people["J"], fresh(case), "order", do="return", note="补充考勤证据")

    assert (answer.status_code, fresh(case).state) == (302, "INVESTIGATING")
    assert case.proposals.get().state == Proposal.State.RETURNED


def test_approver_who_gives_no_reason_does_not_send_back(people):
    case = ready_for("order", people, State.INVESTIGATING)
    propose("order", case, people["Z"], people)

    answer = send(people["J"], fresh(case), "order", do="return", note=" ")

    assert answer.status_code == 422
    assert "退回要写明理由" in answer.content.decode()


def step_form_works(people, step: str, state: str, by: str, act: str) -> int:
    """The status when the page's own form is filled in and sent as a browser sends it, its button last."""
    case = ready_for(step, people, state)
    client = signed_in(people[by])
    page = client.get(address("take_step", case, step))
    facts = facts_for(step, case, people)
    data = {"version": case.version, "key": page.context["key"], **facts, "note": "", "do": act}
    return client.post(address("take_step", case, step), data).status_code


@pytest.mark.parametrize(
    "step, state, by, act",
    [
        ("request_correction", "REGISTERED", "W", "take"),
        ("accept", "REGISTERED", "W", "propose"),
        ("file_case", "FILING", "J", "take"),
        ("investigate", "INVESTIGATING", "Z", "take"),
        ("confirm_amounts", "INVESTIGATING", "Z", "take"),
        ("order", "INVESTIGATING", "Z", "propose"),
        ("serve", "ORDERED", "W", "take"),
        ("close_paid", "ORDERED", "Z", "propose"),
        ("reply_task", "INVESTIGATING", "H", "take"),
    ],
)
def test_form_of_the_page_is_accepted(people, step, state, by, act):
    assert step_form_works(people, step, state, by, act) == 302


# Verbs


@pytest.mark.parametrize("verb", ["put", "patch", "delete"])
@pytest.mark.parametrize("name", ["detail", "edit", "payments"])
def test_other_verbs_are_refused(people, verb, name):
    case = complaint(people, State.ORDERED)

    assert getattr(signed_in(people["Z"]), verb)(address(name, case)).status_code == 405


@pytest.mark.parametrize("name", ["home", "list", "workflows"])
def test_pages_that_only_show_take_no_post(people, name):
    assert signed_in(people["Z"]).post(reverse(f"cases:{name}")).status_code == 405


# Corrections


def save(user: User, case: Case, **fields: Any):
    return signed_in(user).post(address("edit", case), {"version": case.version, "key": new_key(), **fields})


def test_correction_is_saved(people):
    case = complaint(people, State.REGISTERED, details={"facts_text": "旧"})

    answer = save(people["W"], case, facts_text="新", external_no="12345-1")

    assert answer.status_code == 302
    assert (fresh(case).complaint.facts_text, fresh(case).complaint.external_no) == ("新", "12345-1")


def test_two_corrections_at_once_show_both_texts(people):
    case = complaint(people, State.REGISTERED, details={"facts_text": "原来的情况"})
    save(people["W"], case, facts_text="周敏写的情况")

    answer = save(people["J"], case, facts_text="陈志强写的情况")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "陈志强写的情况" in page
    assert "周敏写的情况" in page
    assert "测试window01在10:00改过这件案子" in page
    assert fresh(case).complaint.facts_text == "周敏写的情况"


def test_chosen_text_of_a_conflict_is_saved(people):
    case = complaint(people, State.REGISTERED)
    save(people["W"], case, facts_text="甲", external_no="1")
    page = save(people["J"], case, facts_text="乙", external_no="1").context

    kept = dict(page["fields"])
    answer = signed_in(people["J"]).post(
        page["action"], {**kept, "facts_text": "乙", "version": page["version"], "key": page["key"]}
    )

    assert answer.status_code == 302
    assert (fresh(case).complaint.facts_text, fresh(case).complaint.external_no) == ("乙", "1")


def test_conflict_offers_only_what_differs(people):
    case = complaint(people, State.REGISTERED)
    save(people["W"], case, facts_text="甲", external_no="1")

    page = save(people["J"], case, facts_text="乙", external_no="1").context

    assert [(row["name"], row["yours"], row["saved"]) for row in page["rows"]] == [("facts_text", "乙", "甲")]


@pytest.mark.parametrize(
    "letter, status", [("W", 200), ("Z", 200), ("J", 200), ("L", 403), ("F", 403), ("D", 403)]
)
def test_corrections_are_for_the_office(people, letter, status):
    case = complaint(people, State.INVESTIGATING)

    assert signed_in(people[letter]).get(address("edit", case)).status_code == status


def test_case_that_is_over_is_not_corrected(people):
    case = complaint(people, State.CLOSED)

    assert save(people["W"], case, facts_text="新").status_code == 403


# Payments


def grid(case: Case, **row: Any) -> dict[str, Any]:
    values = {
        "worker": worker_of(case).pk,
        "amount": "5000",
        "paid_on": "2026-06-15",
        "source": "employer",
        "payer_name": "某公司",
        "voucher_no": "回单1",
        **row,
    }
    counts = {"p-TOTAL_FORMS": "1", "p-INITIAL_FORMS": "1", "p-MIN_NUM_FORMS": "0", "p-MAX_NUM_FORMS": "1000"}
    return {**counts, **{f"p-0-{name}": value for name, value in values.items()}}


def record(user: User, case: Case, **row: Any):
    data = {"version": case.version, "key": new_key(), **grid(case, **row)}
    return signed_in(user).post(address("payments", case), data)


def test_payment_is_recorded_through_the_page(people):
    case = complaint(people, State.ORDERED)

    answer = record(people["Z"], case)

    assert (answer.status_code, fresh(case).paid_fen) == (302, 500_000)


def test_payment_beyond_the_debt_is_refused_in_words_and_recorded(people):
    case = complaint(people, State.ORDERED)

    answer = record(people["Z"], case, amount="12000.01")

    assert answer.status_code == 422
    assert "王某1：比欠付金额多付了0.01元，核对金额" in answer.content.decode()
    assert (case.payments.count(), case.timeline.get().kind) == (0, "refused")


@pytest.mark.parametrize("field, sentence", [("voucher_no", "还没填凭证号"), ("payer_name", "还没填付款人")])
def test_payment_without_proof_is_refused_at_its_field(people, field, sentence):
    case = complaint(people, State.ORDERED)

    answer = record(people["Z"], case, **{field: ""})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("worker", ["", "x", "²", "9" * 30, "-1"])
def test_payment_to_nobody_breaks_nothing(people, worker):
    case = complaint(people, State.ORDERED)

    assert record(people["Z"], case, worker=worker).status_code == 422
    assert case.payments.count() == 0


def test_stale_payment_is_not_recorded(people):
    case = complaint(people, State.ORDERED)
    record(people["Z"], case)

    answer = record(people["Z"], case, amount="100")

    assert (answer.status_code, case.payments.count()) == (409, 1)


@pytest.mark.parametrize("letter", ["W", "N", "J", "L"])
def test_payments_are_for_the_inspectors_of_the_case(people, letter):
    case = complaint(people, State.ORDERED)

    assert signed_in(people[letter]).get(address("payments", case)).status_code == 403


# Lists


def shown(client: Client, **query: Any) -> list[str]:
    return [case.number for case in client.get(reverse("cases:list"), query).context["rows"]]


def test_list_shows_what_is_due_first(people):
    late, soon, far = (
        complaint(people, State.INVESTIGATING, due_on=day)
        for day in (date(2026, 6, 1), date(2026, 6, 17), date(2026, 9, 1))
    )

    assert shown(signed_in(people["Z"]), tab="open") == [late.number, soon.number, far.number]


def test_ended_cases_stand_in_their_own_tab(people):
    ended = complaint(people, State.CLOSED)
    complaint(people, State.INVESTIGATING)

    assert shown(signed_in(people["J"]), tab="ended") == [ended.number]


def test_proposal_waits_for_its_approver_and_not_for_its_proposer(people):
    case = ready_for("order", people, State.INVESTIGATING)
    propose("order", case, people["Z"], people)

    waiting = {letter: shown(signed_in(people[letter]), tab="waiting") for letter in "JZLW"}

    assert waiting == {"J": [case.number], "Z": [], "L": [], "W": []}


def test_task_waits_for_the_authority_that_was_asked(people):
    case = complaint(people, State.INVESTIGATING)
    share(case, "housing")
    task(case, "housing")

    assert shown(signed_in(people["H"]), tab="todo") == [case.number]


def queries(client: Client, url: str, counter) -> int:
    client.get(url)  # sessions and content types are read once
    with counter() as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture
def counter(django_assert_max_num_queries):
    return lambda: django_assert_max_num_queries(60)


@pytest.mark.parametrize("name", ["list", "home"])
def test_list_asks_as_often_for_three_cases_as_for_one(people, counter, name):
    def one_more() -> None:
        case = complaint(people, State.INVESTIGATING)
        row = clock(case, "T10", TODAY, TODAY)
        Case.objects.filter(pk=case.pk).update(headline_clock=row, due_on=TODAY)

    client, url = signed_in(people["Z"]), reverse(f"cases:{name}")
    one_more()
    with_one = queries(client, url, counter)
    one_more()
    one_more()

    assert queries(client, url, counter) == with_one


def test_case_page_asks_as_often_for_three_workers_as_for_one(people, counter):
    def page(workers: int) -> str:
        case = complaint(people, State.ORDERED, workers=workers)
        for party in case.parties.filter(role="worker"):
            pay(party, 100)
            CaseClock.objects.create(
                case=case, rule_code="T16", started_on=TODAY, party=party, due_on=TODAY, raw_end=TODAY
            )
        return case.get_absolute_url()

    client = signed_in(people["Z"])

    assert queries(client, page(3), counter) == queries(client, page(1), counter)


# The first page


def test_first_page_counts_what_waits(people):
    case = ready_for("order", people, State.INVESTIGATING)
    propose("order", case, people["Z"], people)

    counts = {str(each["label"]): each["n"] for each in signed_in(people["J"]).get("/").context["counts"]}

    assert counts["待我审批"] == 1


def test_first_page_of_roles_without_cases_shows_none(people):
    complaint(people, State.INVESTIGATING, applicant_name="王示例")
    auditor = make_user("auditor01", agency="district", role="auditor")

    page = signed_in(auditor).get("/").content.decode()

    assert "你的角色不看案件内容" in page
    assert "王示例" not in page


# The case page


def test_case_page_says_who_what_and_until_when(people):
    case = complaint(people, State.INVESTIGATING, workers=2)
    clock(case, "T10", TODAY, date(2026, 9, 9))

    page = signed_in(people["Z"]).get(case.get_absolute_url()).content.decode()

    assert all(
        text in page for text in (case.number, "王某1", "王某2", "12,000.00", "调查取证", "2026-09-09")
    )
    assert "T10" not in page


def test_case_page_masks_numbers_of_persons(people):
    case = complaint(people, State.INVESTIGATING)
    person = worker_of(case).person
    person.id_number, person.phone = "11010519491231002X", "13812345678"
    person.save()

    page = signed_in(people["Z"]).get(case.get_absolute_url()).content.decode()

    assert "11010519491231002X" not in page
    assert "13812345678" not in page
    assert "138****5678" in page


def test_case_page_offers_what_this_person_may_do(people):
    case = ready_for("void", people, State.REGISTERED)

    offered = {
        letter: address("take_step", case, "void")
        in signed_in(people[letter]).get(case.get_absolute_url()).content.decode()
        for letter in "JWZL"
    }

    assert offered == {"J": True, "W": False, "Z": False, "L": False}
