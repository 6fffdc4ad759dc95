"""The record of a case: whatever is done to it behind the site's back is found, and said where.

The attacker of these tests owns the database, triggers included, but neither the key nor the anchor files.
"""

import hmac
from collections.abc import Iterator
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from cases import audit, services, triggers
from cases.models import Case, TimelineEvent
from inspection.services import Registration, WorkerEntry, register_complaint
from tests.inspection.situations import TODAY, fresh, moment, new_key, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anchors(settings, tmp_path):
    settings.AUDIT_ANCHOR_DIR = tmp_path / "anchors"
    return settings.AUDIT_ANCHOR_DIR


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXJ")


@pytest.fixture
def case(people) -> Case:
    """A complaint with four entries: registered, edited twice, voided. Its receipt does not hold on to the first."""
    case = registered(people)
    case.documents.update(event=None)
    for text in ("甲", "乙"):
        services.edit_case(
            case=case, by=people["W"], version=fresh(case).version, key=new_key(), values={"facts_text": text}
        )
    services.advance(
        case=case, step="void", by=people["J"], version=fresh(case).version, key=new_key(), reason="重复登记"
    )
    return fresh(case)


def registered(people) -> Case:
    worker = WorkerEntry(name="王某某", from_month="2026-01", to_month="2026-03", owed_fen=1_200_000)
    entry = Registration(employer_name="某公司", workers=(worker,), channel="window")
    return register_complaint(by=people["W"], key=new_key(), entry=entry)


@pytest.fixture
def tamper() -> Iterator:
    """``tamper(statement, values…)`` runs SQL with the triggers out of the way."""

    def run(statement: str, *values) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    triggers.remove()
    yield run
    triggers.install()


def faults() -> list[tuple[int, str]]:
    """Number of the entry and sentence of every fault that is found."""
    return [(fault.seq, fault.sentence) for fault in audit.verify()]


ALTERED = "内容与校验码不符，被改过、插入过或调换过"
MISSING = "这一条缺失，或顺序被改过"
CUT = "末尾被截断，或案件上的校验码被改过"


# A whole record


def test_record_that_nobody_touched_is_whole(case):
    assert (case.audit_length, faults()) == (4, [])


def test_record_is_whole_after_anchoring_and_more_acts(people):
    case = registered(people)
    audit.anchor()
    services.record_refusal(case=case, by=people["W"], step="void", label="登记作废", reasons=["不由你办理"])

    assert faults() == []


def test_record_of_an_act_by_the_system_is_whole(case):
    locked = fresh(case)
    services.acting.append(locked, None, kind=TimelineEvent.Kind.STEP, step="recount", label="重新计算")
    locked.save()

    assert (faults(), fresh(case).timeline.first().by_name) == ([], "系统")


# Alteration

CHANGES = {
    "kind": "edit",
    "step": "accept",
    "label": "受理",
    "source": "FILING",
    "target": "FILING",
    "acted_on": "2026-06-15",
    "at": "2026-06-15 02:00:00",
    "by_name": "别人",
    "by_role": "window",
    "by_agency": "hrss",
    "note": "补写的理由",
    "facts": '{"reason": "别的"}',
    "before": '{"state": "FILING"}',
    "after": '{"state": "FILING"}',
    "version": 7,
    "request_id": "x",
    "key_id": "a0",
    "mac": "0" * 64,
    "seq": 9,
}


@pytest.mark.parametrize("column", CHANGES)
def test_altered_column_is_found(case, tamper, column):
    tamper(
        f"UPDATE cases_timelineevent SET {column} = %s WHERE case_id = %s AND seq = 4",
        CHANGES[column],
        case.pk,
    )

    assert faults() == [(4, MISSING if column == "seq" else ALTERED)]


def test_altered_author_is_found(case, tamper, people):
    tamper(
        "UPDATE cases_timelineevent SET by_id = %s WHERE case_id = %s AND seq = 2", people["Z"].pk, case.pk
    )

    assert faults() == [(2, ALTERED)]


def test_every_column_of_an_entry_is_tried():
    untried = {field.column for field in TimelineEvent._meta.concrete_fields} - set(CHANGES)

    assert untried == {"id", "case_id", "by_id"}, (
        "moving an entry and changing its author have tests of their own"
    )


def test_first_altered_entry_is_named(case, tamper):
    tamper("UPDATE cases_timelineevent SET note = 'x' WHERE case_id = %s AND seq IN (2, 3)", case.pk)

    assert faults() == [(2, ALTERED)]


def test_entry_moved_to_another_case_is_found(case, tamper, people):
    other = registered(people)
    tamper(
        "UPDATE cases_timelineevent SET case_id = %s, seq = 2 WHERE case_id = %s AND seq = 4",
        other.pk,
        case.pk,
    )

    assert faults() == [(3, CUT), (2, ALTERED)]


# Deletion


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_deleted_entry_is_found(case, tamper, seq):
    tamper("DELETE FROM cases_timelineevent WHERE case_id = %s AND seq = %s", case.pk, seq)

    assert faults() == [(seq, MISSING)]


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_deleted_entry_is_found_when_the_others_close_up(case, tamper, seq):
    tamper("DELETE FROM cases_timelineevent WHERE case_id = %s AND seq = %s", case.pk, seq)
    for number in range(seq + 1, 5):
        tamper(
            "UPDATE cases_timelineevent SET seq = seq - 1 WHERE case_id = %s AND seq = %s", case.pk, number
        )

    assert faults() == [(seq, ALTERED)]


def test_cut_tail_is_found(case, tamper):
    tamper("DELETE FROM cases_timelineevent WHERE case_id = %s AND seq = 4", case.pk)

    assert faults() == [(3, CUT)]


def test_cut_tail_is_found_when_the_length_fits(case, tamper):
    tamper("DELETE FROM cases_timelineevent WHERE case_id = %s AND seq = 4", case.pk)
    tamper("UPDATE cases_case SET audit_length = 3, state = 'REGISTERED' WHERE id = %s", case.pk)

    assert faults() == [(3, CUT)]


def test_record_that_was_emptied_is_found(case, tamper):
    tamper("DELETE FROM cases_timelineevent WHERE case_id = %s", case.pk)
    tamper("UPDATE cases_case SET audit_length = 0, audit_mac = '' WHERE id = %s", case.pk)

    assert faults() == [(0, "没有任何记录")]


def put_back(case: Case, tamper, head: tuple[int, str, str]) -> None:
    """Tail and head as they were when the attacker took note of the head: nothing inside the database contradicts."""
    length, mac, state = head
    tamper("DELETE FROM cases_timelineevent WHERE case_id = %s AND seq > %s", case.pk, length)
    tamper(
        "UPDATE cases_case SET audit_length = %s, audit_mac = %s, state = %s WHERE id = %s",
        length,
        mac,
        state,
        case.pk,
    )


def test_old_head_put_back_is_found_once_it_was_anchored(people, tamper):
    case = registered(people)
    old = (case.audit_length, case.audit_mac, case.state)
    triggers.install()
    services.advance(case=case, step="void", by=people["J"], version=1, key=new_key(), reason="重复登记")
    audit.anchor()
    triggers.remove()

    put_back(case, tamper, old)

    assert faults() == [(1, "比锚定文件里的记录短，末尾被截断")]


def test_history_rewritten_after_an_old_head_is_found(people, tamper):
    """Back to the anchored length with another act in place of the last one: the anchor still knows the first."""
    case = registered(people)
    old = (case.audit_length, case.audit_mac, case.state)
    services.edit_case(case=case, by=people["W"], version=1, key=new_key(), values={"facts_text": "甲"})
    audit.anchor()
    put_back(case, tamper, old)
    Case.objects.filter(pk=case.pk).update(version=1)

    services.edit_case(case=case, by=people["W"], version=1, key=new_key(), values={"facts_text": "乙"})

    assert faults() == [(2, "与锚定文件不符，整条记录被重写过")]


# Insertion, swap, new chains

COLUMNS = (
    "kind, step, label, source, target, acted_on, at, by_id, by_name, by_role, by_agency, note, facts, before, after,"
    " version, request_id, key_id, mac"
)


def test_entry_added_at_the_end_is_found(case, tamper):
    copied = COLUMNS.replace("before", '"before"').replace("after", '"after"')
    tamper(
        f"INSERT INTO cases_timelineevent (case_id, seq, {copied})"
        f" SELECT case_id, 5, {copied} FROM cases_timelineevent WHERE case_id = %s AND seq = 3",
        case.pk,
    )

    assert faults() == [(5, ALTERED)]


def test_entry_inserted_in_between_is_found(case, tamper):
    copied = COLUMNS.replace("before", '"before"').replace("after", '"after"')
    for number in (4, 3):
        tamper(
            "UPDATE cases_timelineevent SET seq = seq + 1 WHERE case_id = %s AND seq = %s", case.pk, number
        )
    tamper(
        f"INSERT INTO cases_timelineevent (case_id, seq, {copied})"
        f" SELECT case_id, 3, {copied} FROM cases_timelineevent WHERE case_id = %s AND seq = 2",
        case.pk,
    )
    tamper("UPDATE cases_case SET audit_length = 5 WHERE id = %s", case.pk)

    assert faults() == [(3, ALTERED)]


def test_swapped_entries_are_found(case, tamper):
    for old, new in ((2, 99), (3, 2), (99, 3)):
        tamper("UPDATE cases_timelineevent SET seq = %s WHERE case_id = %s AND seq = %s", new, case.pk, old)

    assert faults() == [(2, ALTERED)]


def forge(case: Case, tamper, key: bytes) -> None:
    """The whole chain made anew with a key of the attacker's, head included."""
    previous = ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            audit,
            "_mac",
            lambda purpose, text: hmac.new(key, f"{purpose}|{text}".encode(), sha256).hexdigest(),
        )
        for event in case.timeline.order_by("seq"):
            previous = audit.event_mac(event, str(case.public_id), previous)
            tamper("UPDATE cases_timelineevent SET mac = %s WHERE id = %s", previous, event.pk)
        head = audit.head_mac(str(case.public_id), case.audit_length, previous)
    tamper("UPDATE cases_case SET audit_mac = %s WHERE id = %s", head, case.pk)


def test_new_chain_without_the_key_is_found(case, tamper):
    tamper("UPDATE cases_timelineevent SET note = 'x' WHERE case_id = %s AND seq = 3", case.pk)

    forge(case, tamper, b"somebody else's key, 32 bytes ....")

    assert faults() == [(1, ALTERED)]


def test_new_chain_with_the_key_is_found_once_it_was_anchored(case, tamper, settings):
    """Even who has stolen the key cannot rewrite what stands in an anchor file."""
    audit.anchor()
    tamper("UPDATE cases_timelineevent SET note = 'x' WHERE case_id = %s AND seq = 3", case.pk)

    forge(case, tamper, settings.AUDIT_KEY)

    assert faults() == [(4, "与锚定文件不符，整条记录被重写过")]


@pytest.mark.parametrize("column, value", [("audit_mac", "0" * 64), ("audit_length", 3), ("audit_mac", "")])
def test_altered_head_is_found(case, tamper, column, value):
    tamper(f"UPDATE cases_case SET {column} = %s WHERE id = %s", value, case.pk)

    assert faults() == [(4, CUT)]


def test_state_changed_past_the_record_is_found(case, tamper):
    tamper("UPDATE cases_case SET state = 'REGISTERED' WHERE id = %s", case.pk)

    assert faults() == [(4, "案件状态与最后一次办理的记录不一致")]


# Figures that the record bears out


@pytest.mark.parametrize(
    "column, value, label",
    [
        ("ended_on", None, "终结日期"),
        ("ended_on", "2026-06-15", "终结日期"),
        ("filed_on", "2026-06-01", "立案日期"),
        ("outcome", "01", "办结方式"),
        ("reopened_on", "2026-06-01", "恢复办理日期"),
        ("paid_fen", 1, "已付金额（分）"),
    ],
)
def test_figure_changed_past_the_record_is_found(case, tamper, column, value, label):
    """A prettier rate made in the database: the indicators are counted from these columns."""
    tamper(f"UPDATE cases_case SET {column} = %s WHERE id = %s", value, case.pk)

    assert [sentence for _seq, sentence in faults()] == [f"案件的“{label}”与记录不一致"]


@pytest.fixture
def paid(people) -> Case:
    """A case under investigation with one payment of 5,000 yuan."""
    case = registered(people)
    yes = dict.fromkeys(("within_two_years", "respondent_clear", "within_mandate"), "yes")
    services.propose(case=case, step="accept", by=people["W"], version=1, key=new_key(), **yes)
    for step, facts in (("accept", {}), ("file_case", {"lead": people["Z"].pk, "second": people["X"].pk})):
        version = fresh(case).version
        services.advance(case=case, step=step, by=people["J"], version=version, key=new_key(), **facts)
    worker = case.parties.get(role="worker").pk
    row = services.PaymentRow(worker, 500_000, TODAY, "employer", "某公司", "回单1")
    version = fresh(case).version
    services.record_payments(case=case, by=people["Z"], version=version, key=new_key(), rows=[row])
    return fresh(case)


def test_record_with_a_payment_is_whole(paid):
    assert (paid.paid_fen, faults()) == (500_000, [])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_payment SET amount_fen = amount_fen + 1 WHERE case_id = %s",
        "UPDATE cases_payment SET reversed_at = verified_at WHERE case_id = %s",
        "DELETE FROM cases_payment WHERE case_id = %s",
    ],
)
def test_ledger_changed_past_the_record_is_found(paid, tamper, statement):
    tamper(statement, paid.pk)

    assert [sentence for _seq, sentence in faults()] == ["支付记录的合计与案件的已付金额不一致"]


# Cases and anchors


def erase(case: Case, tamper) -> None:
    with connection.cursor() as cursor, connection.constraint_checks_disabled():
        cursor.execute("DELETE FROM cases_timelineevent WHERE case_id = %s", [case.pk])
        for model in Case._meta.related_objects:
            table = model.related_model._meta.db_table
            if model.one_to_many or model.one_to_one:
                cursor.execute(f"DELETE FROM {table} WHERE {model.field.column} = %s", [case.pk])
        cursor.execute("DELETE FROM cases_case WHERE id = %s", [case.pk])


def test_deleted_case_is_found_once_it_was_anchored(case, tamper):
    audit.anchor()
    case.documents.all().delete()

    erase(case, tamper)

    assert [str(fault) for fault in audit.verify()] == [
        f"{case.public_id} 第4条：锚定文件里有这件案子，数据库里没有"
    ]


def test_each_damaged_case_is_named_once(case, tamper, people):
    other = registered(people)
    tamper("UPDATE cases_timelineevent SET note = 'x' WHERE case_id IN (%s, %s)", case.pk, other.pk)

    assert [fault.case for fault in audit.verify()] == [case.number, other.number]


def test_anchor_holds_each_head_that_moved(case, people, anchors):
    assert audit.anchor() == 1
    assert audit.anchor() == 0
    registered(people)
    assert audit.anchor() == 1

    assert audit.read_anchors()[str(case.public_id)] == (4, case.audit_mac)


def test_anchor_is_kept_in_the_file_of_the_day(case, anchors):
    audit.anchor()

    assert [path.name for path in sorted(anchors.glob("*.txt"))] == ["2026-06-16.txt"]


def edit_anchor(anchors, old: str, new: str) -> None:
    path = next(anchors.glob("*.txt"))
    path.write_text(path.read_text().replace(old, new))


@pytest.mark.parametrize("old, new", [(" 4 ", " 3 "), ("a", "b")])
def test_edited_anchor_is_found(case, anchors, old, new):
    audit.anchor()
    edit_anchor(anchors, old, new)

    with pytest.raises(audit.AnchorFault) as fault:
        list(audit.verify())

    assert str(fault.value) == "2026-06-16.txt 第1行被改过"


# The command


def verify_audit(*arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out, stderr=err)
    except SystemExit as exit_:
        return exit_.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_command_says_that_all_is_well(case):
    code, out, err = verify_audit()

    assert (code, err) == (0, "")
    assert "4条记录完整" in out


def test_command_fails_and_names_the_first_bad_entry(case, tamper, people):
    other = registered(people)
    tamper(
        "UPDATE cases_timelineevent SET note = 'x' WHERE case_id IN (%s, %s) AND seq = 1", case.pk, other.pk
    )

    code, out, err = verify_audit()

    assert (code, out) == (1, "")
    assert err.splitlines() == [f"{case.number} 第1条：{ALTERED}"]


def test_command_lists_every_damaged_case_when_asked(case, tamper, people):
    other = registered(people)
    tamper(
        "UPDATE cases_timelineevent SET note = 'x' WHERE case_id IN (%s, %s) AND seq = 1", case.pk, other.pk
    )

    code, _out, err = verify_audit("--all")

    assert code == 1
    assert err.splitlines() == [f"{case.number} 第1条：{ALTERED}", f"{other.number} 第1条：{ALTERED}"]


def test_command_fails_on_an_edited_anchor(case, anchors):
    audit.anchor()
    edit_anchor(anchors, " 4 ", " 3 ")

    assert verify_audit() == (1, "", "2026-06-16.txt 第1行被改过\n")


def test_act_without_its_entry_is_impossible(people, settings):
    """Fail closed: without the key nothing is recorded, so nothing is done."""
    case = registered(people)
    settings.AUDIT_KEY = None

    with pytest.raises(TypeError):
        services.edit_case(case=case, by=people["W"], version=1, key=new_key(), values={"facts_text": "甲"})

    assert (fresh(case).version, fresh(case).complaint.facts_text) == (1, "")
