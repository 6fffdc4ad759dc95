"""The parts of a case's page: what is missing, clocks, record in words, remarks, who else is there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agencies import sessions
from agencies.models import User
from cases import audit, presence, services
from cases.case_page import checklist, clock_cards, record_lines
from cases.idempotency import KeyReused
from cases.models import Case, ClockChange, Presence
from cases.selectors import documents_of, page_case
from cases.workflow.table import StepRefused
from documents.models import ServiceRecord
from inspection.states import State
from tests.inspection.situations import (
    TODAY,
    clock,
    complaint,
    document,
    fresh,
    moment,
    new_key,
    ready_for,
    share,
    staff,
    take,
    task,
    worker_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(time_machine) -> dict[str, User]:
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXNJFLBDH")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(name: str, case: Case) -> str:
    return reverse(f"cases:{name}", args=[case.public_id])


# 待办清单


def to_do(case: Case, user: User) -> list[str]:
    case = page_case(user, case.public_id)
    return [missing.text for missing in checklist(case, documents_of(case, user), TODAY)]


def test_documents_are_printed_then_served_then_proved(people):
    case = complaint(people, State.ORDERED)
    row = document(case, "D18")
    row.addressee = worker_of(case)
    row.save()
    first = to_do(case, people["Z"])
    ServiceRecord.objects.create(
        document=row,
        party=worker_of(case),
        method="direct",
        served_on=TODAY,
        recorded_by=people["W"],
        recorded_at=moment(TODAY),
    )

    assert f"打印《{row.title}》" in first
    assert f"登记送达《{row.title}》" in first
    assert "上传送达回证的扫描件" not in first
    assert f"登记送达《{row.title}》" not in to_do(case, people["Z"])
    assert "上传送达回证的扫描件" in to_do(case, people["Z"])


def test_several_documents_are_one_line(people):
    case = complaint(people, State.ORDERED)
    for _number in range(3):
        document(case, "D04")

    assert [text for text in to_do(case, people["Z"]) if text.startswith("打印")] == [
        f"打印《{case.documents.first().title}》等3份"
    ]


def test_request_without_a_reply_is_waited_for_or_pressed(people):
    case = complaint(people, State.INVESTIGATING)
    task(case, "housing", due_on=TODAY + timedelta(days=3))
    task(case, "water", due_on=TODAY - timedelta(days=3))

    assert [text for text in to_do(case, people["Z"]) if "答复" in text] == [
        "催区水利局答复，2026-06-13已过",
        "等区住房城乡建委答复（2026-06-19前）",
    ]


def test_case_that_was_never_accepted_needs_nothing(people):
    case = complaint(people, State.VOID)
    document(case, "D04")

    assert to_do(case, people["J"]) == []


# Clocks


def test_clock_says_how_much_of_it_has_run(people):
    case = complaint(people, State.INVESTIGATING)
    running = clock(case, "T10", TODAY - timedelta(days=7), TODAY + timedelta(days=80), raw_end=TODAY)
    ClockChange.objects.create(
        clock=running,
        kind="extend",
        from_on=TODAY,
        amount=30,
        reason="案情复杂",
        made_at=moment(TODAY),
    )
    clock(case, "T01", TODAY - timedelta(days=9), TODAY, raw_end=TODAY, met_on=TODAY - timedelta(days=5))

    going, over = clock_cards(page_case(people["Z"], case.public_id), TODAY)

    assert [(card.used, [change.amount for change in card.extensions]) for card in going] == [
        ("5个工作日", [30])
    ]
    assert [card.line.clock.rule_code for card in over] == ["T01"]


def test_codes_of_rules_stay_out_of_the_panel(people):
    case = complaint(people, State.INVESTIGATING)
    clock(case, "T10", TODAY, TODAY + timedelta(days=80))

    page = signed_in(people["Z"]).get(case.get_absolute_url()).content.decode()

    assert "调查" in page
    assert "T10" not in page


# The record


def test_record_says_what_changed_in_words(people):
    case = ready_for("file_case", people, State.FILING)

    take("file_case", case, people["J"], people)

    line = record_lines(page_case(people["J"], case.public_id))[0]
    changes = {change.label: (change.before, change.after) for change in line.changes}
    assert changes["状态"] == ("立案审批", "调查取证")
    assert changes["立案日期"] == ("—", "2026-06-16")


def test_record_is_narrowed_to_one_kind(people):
    case = ready_for("investigate", people, State.INVESTIGATING)
    take("investigate", case, people["Z"], people)
    services.add_note(case=case, by=people["J"], key=new_key(), text="抓紧")

    client = signed_in(people["J"])
    every = client.get(address("record", case)).context
    notes = client.get(address("record", case), {"kind": "note"}).context

    assert [line.event.kind for line in every["lines"]] == ["note", "step"]
    assert [line.event.note for line in notes["lines"]] == ["抓紧"]
    assert [value for value, _label in every["kinds"]] == ["step", "note"]
    assert len(client.get(address("record", case), {"kind": "\x00x"}).context["lines"]) == 2


def test_new_record_is_marked(people):
    case = ready_for("investigate", people, State.INVESTIGATING)
    take("investigate", case, people["Z"], people)
    client = signed_in(people["Z"])

    pages = [client.get(case.get_absolute_url(), query).content.decode() for query in ({"new": "1"}, {})]

    assert ["刚办的" in page for page in pages] == [True, False]


@pytest.mark.parametrize("name", ["people", "record", "preview", "note", "presence"])
def test_pages_of_the_file_are_not_for_those_with_whom_it_is_shared(people, name):
    case = complaint(people, State.INVESTIGATING)
    share(case, "housing")
    client = signed_in(people["H"])

    answer = client.post(address(name, case)) if name == "presence" else client.get(address(name, case))

    assert answer.status_code == 404


# Remarks


def test_remark_stands_in_the_record_and_makes_no_page_stale(people):
    case = complaint(people, State.INVESTIGATING)

    answer = signed_in(people["Z"]).post(address("note", case), {"text": " 已电话催办 ", "key": new_key()})

    event = case.timeline.get()
    assert answer["Location"] == f"{case.get_absolute_url()}?new=1"
    assert (event.kind, event.note, event.by, event.source) == (
        "note",
        "已电话催办",
        people["Z"],
        "INVESTIGATING",
    )
    assert fresh(case).version == case.version
    assert fresh(case).audit_length == 1


def test_remark_is_part_of_the_sealed_record(people):
    case = ready_for("investigate", people, State.INVESTIGATING)
    take("investigate", case, people["Z"], people)
    before = {fault.sentence for fault in audit.verify()}

    services.add_note(case=case, by=people["Z"], key=new_key(), text="已电话催办")

    assert {fault.sentence for fault in audit.verify()} == before
    assert case.timeline.count() == fresh(case).audit_length == 2


def test_remark_sent_twice_is_written_once(people):
    case, key = complaint(people, State.INVESTIGATING), new_key()

    first = services.add_note(case=case, by=people["Z"], key=key, text="一")

    assert services.add_note(case=case, by=people["Z"], key=key, text="一") == first
    with pytest.raises(KeyReused):
        services.add_note(case=case, by=people["Z"], key=key, text="二")
    assert case.timeline.count() == 1


@pytest.mark.parametrize(
    "text, sentence",
    [("", "还没填备注"), (" \n", "还没填备注"), ("字" * 1001, "备注最多写1000个字")],
)
def test_remark_that_says_nothing_or_too_much_is_refused(people, text, sentence):
    case = complaint(people, State.INVESTIGATING)

    answer = signed_in(people["Z"]).post(address("note", case), {"text": text, "key": new_key()})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert case.timeline.count() == 0
    with pytest.raises(StepRefused):
        services.add_note(case=case, by=people["Z"], key=new_key(), text=text)


@pytest.mark.parametrize(
    "letter, status", [("W", 200), ("Z", 200), ("N", 200), ("J", 200), ("L", 200), ("D", 403)]
)
def test_remarks_are_for_those_who_act_on_cases(people, letter, status):
    case = complaint(people, State.CLOSED)

    assert signed_in(people[letter]).get(address("note", case)).status_code == status


# 谁在看、谁在办


def be_there(user: User, case: Case, **fields: str):
    return signed_in(user).post(address("presence", case), fields)


def test_colleagues_see_who_looks_and_who_acts(people):
    case = complaint(people, State.INVESTIGATING)
    be_there(people["Z"], case, acting="1")
    be_there(people["J"], case)

    seen = be_there(people["W"], case).content.decode()

    assert "测试inspector01正在办理" in seen
    assert "测试head01在看" in seen
    assert "测试window01" not in seen


def test_nobody_is_there_after_a_minute(people, time_machine):
    case = complaint(people, State.INVESTIGATING)
    be_there(people["Z"], case)
    time_machine.move_to(moment(TODAY, 10, 1), tick=False)

    assert presence.others(case, people["W"]) == []
    assert (presence.sweep(), Presence.objects.count()) == (1, 0)


def test_person_is_there_once(people):
    case = complaint(people, State.INVESTIGATING)

    be_there(people["Z"], case, acting="1")
    be_there(people["Z"], case)

    assert [(row.user, row.is_acting) for row in Presence.objects.all()] == [(people["Z"], False)]


def test_being_there_does_not_keep_the_session_alive(people, time_machine):
    case, client = complaint(people, State.INVESTIGATING), signed_in(people["Z"])
    client.get("/")
    before = client.session[sessions.SEEN_AT]
    time_machine.move_to(moment(TODAY, 10, 5), tick=False)

    client.post(address("presence", case), headers={"Huxin-Poll": "1"})

    assert client.session[sessions.SEEN_AT] == before
    client.get("/")
    assert client.session[sessions.SEEN_AT] > before
