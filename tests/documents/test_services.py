"""Documents are issued, voided, printed and served."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation

from cases import audit
from cases.idempotency import KeyReused
from cases.models import Case, Employer, NumberSeries, TimelineEvent
from cases.services import StaleVersion
from cases.workflow.table import Change, StepRefused
from documents import services
from documents.effects import Issue
from documents.models import Document
from inspection.workflow import ACCEPT
from tests.documents import matters
from tests.documents.matters import fresh, new_key
from tests.people import make_user

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(people):
    """An accepted complaint: D04 and D06 were issued with its steps."""
    return matters.accepted(people, matters.registered(people))


def issue(case: Case, kind: str, by, **facts) -> Document:
    with transaction.atomic():
        return services.issue(fresh(case), kind, by, facts=facts)


def issue_by_hand(case: Case, kind: str, by, **options) -> Document:
    options = {"version": fresh(case).version, "key": new_key(), **options}
    return services.issue_by_hand(case=case, kind=kind, by=by, **options)


def void(document: Document, by, reason: str = "姓名写错", **options) -> Document:
    options = {"version": fresh(document.case).version, "key": new_key(), **options}
    return services.void(document=document, by=by, reason=reason, **options)


def numbers(kind: str) -> list[str]:
    return list(Document.objects.filter(kind=kind).order_by("pk").values_list("number", flat=True))


# Issuing


def test_a_step_issues_its_document_and_no_further_entry(case, people):
    document = Document.objects.get(kind="D06")

    assert (document.number, document.state, document.issued_on) == (
        "铜人社监受〔2026〕1号",
        "issued",
        date(2026, 11, 3),
    )
    assert (document.issued_by, document.addressee_name) == (people["head"], "王某某")
    assert document.event.step == "accept"
    assert not case.timeline.filter(kind=TimelineEvent.Kind.DOCUMENT).exists()


def test_the_receipt_bears_the_number_of_the_registration_and_takes_none(case):
    receipt = Document.objects.get(kind="D04")

    assert (receipt.number, receipt.series, receipt.n) == (case.receipt_no, "", None)


def test_each_kind_counts_for_itself_from_one(case, people):
    issue(case, "D06", people["head"])
    matters.step(case, "file_case", people["head"], lead=people["lead"].pk, second=people["second"].pk)

    assert numbers("D06") == ["铜人社监受〔2026〕1号", "铜人社监受〔2026〕2号"]
    assert numbers("D10") == ["铜人社监立〔2026〕1号"]


def test_a_new_year_starts_at_one(case, people, time_machine):
    time_machine.move_to(matters.TODAY.replace(year=2027, month=1, day=4), tick=False)

    assert issue(case, "D06", people["head"]).number == "铜人社监受〔2027〕1号"


def test_an_act_that_fails_gives_its_number_back(case, people):
    with transaction.atomic():
        services.issue(fresh(case), "D06", people["head"])
        transaction.set_rollback(True)

    assert issue(case, "D06", people["head"]).number == "铜人社监受〔2026〕2号"


def test_a_character_that_cannot_be_printed_is_named_and_takes_no_number(people):
    case = matters.registered(people)
    Employer.objects.update(name="重庆😀建筑有限公司")

    with pytest.raises(StepRefused) as refused:
        matters.accepted(people, case)

    assert "《受理通知书》里有印不出来的字：😀（U+1F600）" in refused.value.reasons[0]
    assert not Document.objects.filter(kind="D06").exists()
    assert not NumberSeries.objects.filter(series="document:D06").exists()
    assert fresh(case).state == "REGISTERED"


@pytest.mark.parametrize("name", ["王㛃", "李𬭎", "张䶮"])
def test_rare_names_are_no_obstacle(name, people):
    matters.accepted(people, matters.registered(people, matters.worker(name)))

    assert name in Document.objects.get(kind="D06").html


def test_a_kind_that_is_not_ready_is_refused(case, people):
    with pytest.raises(StepRefused, match="《证据登记保存通知书》还不能由系统开具"):
        issue(case, "D14", people["head"])


def test_documents_stay_chinese_for_a_reader_of_english(people):
    with translation.override("en"):
        matters.accepted(people, matters.registered(people))

    html = Document.objects.get(kind="D06").html
    assert "你于2026年11月3日投诉" in html


def test_the_frozen_text_does_not_follow_the_case(case):
    before = Document.objects.get(kind="D06").html

    case.parties.get(role="worker").person.__class__.objects.update(name="李某某")

    document = Document.objects.get(kind="D06")
    assert document.html == before
    assert document.text_is_intact()


def test_the_text_lies_sealed_in_the_database(case):
    stored = Document.objects.filter(kind="D06").values_list("html", flat=True).get()

    assert "王某某" not in stored.token


def change_of(case: Case, by, documents: list[str] | None) -> Change:
    now = timezone.now()
    event = case.timeline.first()
    return Change(
        case=case,
        step=ACCEPT,
        by=by,
        on=now.date(),
        at=now,
        facts={},
        note="",
        event=event,
        documents=documents,
    )


def test_the_effect_issues_every_ready_kind(case, people):
    Issue("D06", "D14", "D10").apply(change_of(case, people["head"], None))

    assert (numbers("D06"), numbers("D14"), numbers("D10")) == (
        ["铜人社监受〔2026〕1号", "铜人社监受〔2026〕2号"],
        [],
        ["铜人社监立〔2026〕1号"],
    )


def test_the_effect_leaves_out_what_the_person_left_out(case, people):
    Issue("D06", "D10").apply(change_of(case, people["head"], ["D10"]))

    assert (len(numbers("D06")), len(numbers("D10"))) == (1, 1)


def test_the_effect_says_what_it_issues():
    assert str(Issue("D06", "D10")) == "文书D06、D10"
    assert Issue("D06") == Issue("D06")


# By hand


def test_a_receipt_is_issued_by_hand_with_an_entry_of_its_own(case, people):
    document = issue_by_hand(case, "D04", people["window"], facts={"materials": "工资条3张"})

    assert document.event.kind == TimelineEvent.Kind.DOCUMENT
    assert document.event.label == "开具《材料接收清单（回执）》铜人社监登〔2026〕1号"
    assert document.event.facts["text_sha256"] == document.text_sha256
    assert fresh(case).version == case.version + 1
    assert list(audit.verify()) == []


def test_the_same_key_again_gives_the_same_document(case, people):
    call = {"version": case.version, "key": "k" * 32, "facts": {"materials": "工资条3张"}}

    first = issue_by_hand(case, "D04", people["window"], **call)
    again = issue_by_hand(case, "D04", people["window"], **call)

    assert again == first
    assert Document.objects.filter(kind="D04").count() == 2


def test_the_key_with_other_facts_is_refused(case, people):
    issue_by_hand(case, "D04", people["window"], key="k" * 32, facts={"materials": "工资条3张"})

    with pytest.raises(KeyReused):
        issue_by_hand(case, "D04", people["window"], key="k" * 32, facts={"materials": "合同1份"})


def test_a_page_that_is_stale_issues_nothing(case, people):
    with pytest.raises(StaleVersion):
        issue_by_hand(case, "D04", people["window"], version=case.version - 1)

    assert Document.objects.filter(kind="D04").count() == 1


def test_a_decision_is_not_issued_before_its_step(case, people):
    with pytest.raises(StepRefused, match="办理“责令限期支付”“重新责令、改期”时开具"):
        issue_by_hand(case, "D18", people["head"])


def test_a_document_that_stands_is_not_issued_again(case, people):
    with pytest.raises(StepRefused, match="已经开具《受理通知书》铜人社监受〔2026〕1号"):
        issue_by_hand(case, "D06", people["head"])


def test_after_voiding_the_document_is_issued_anew_under_the_next_number(case, people):
    void(Document.objects.get(kind="D06"), people["head"])

    replacement = issue_by_hand(case, "D06", people["head"])

    assert numbers("D06") == ["铜人社监受〔2026〕1号", "铜人社监受〔2026〕2号"]
    assert (replacement.state, replacement.event.step) == ("issued", "issue_document")


def test_a_document_left_out_of_its_step_is_issued_later(people, case):
    Document.objects.filter(kind="D06").delete()

    assert issue_by_hand(case, "D06", people["head"]).number == "铜人社监受〔2026〕2号"


def test_strangers_issue_nothing(case):
    stranger = make_user("clerk01", agency="arb", role="clerk")

    with pytest.raises(Case.DoesNotExist):
        issue_by_hand(case, "D04", stranger)


def test_people_who_only_look_issue_nothing(case):
    leader = make_user("leader01", agency="district", role="leader")

    with pytest.raises(PermissionDenied):
        issue_by_hand(case, "D04", leader)


# Voiding


def test_a_void_document_keeps_its_number_and_its_reason(case, people):
    document = void(Document.objects.get(kind="D06"), people["head"])

    assert (document.state, document.number, document.void_reason, document.voided_by) == (
        "void",
        "铜人社监受〔2026〕1号",
        "姓名写错",
        people["head"],
    )
    event = fresh(case).timeline.first()
    assert (event.step, event.note) == ("void_document", "姓名写错")
    assert list(audit.verify()) == []


def test_voiding_asks_for_a_reason(case, people):
    with pytest.raises(StepRefused, match="还没填作废理由"):
        void(Document.objects.get(kind="D06"), people["head"], reason="  ")


def test_a_document_is_voided_once(case, people):
    document = void(Document.objects.get(kind="D06"), people["head"])

    with pytest.raises(StepRefused, match="已经作废"):
        void(document, people["head"])


def test_a_document_that_was_served_is_not_voided(case, people):
    document = Document.objects.get(kind="D06")
    serve(document, people["lead"])

    with pytest.raises(StepRefused, match="已经送达的文书不能作废"):
        void(document, people["head"])


# Prints and service


def test_the_first_print_is_the_original_and_the_next_a_reprint(case, people):
    document = Document.objects.get(kind="D06")

    prints = [services.record_print(document, people["window"]) for _ in range(3)]

    assert [each.is_reprint for each in prints] == [False, True, True]
    labels = [each.event.label for each in prints]
    assert labels[:2] == [
        "打印《受理通知书》铜人社监受〔2026〕1号",
        "补打《受理通知书》铜人社监受〔2026〕1号",
    ]
    assert fresh(case).version == case.version
    assert list(audit.verify()) == []


def test_a_void_document_is_not_printed(case, people):
    document = void(Document.objects.get(kind="D06"), people["head"])

    with pytest.raises(StepRefused, match="已经作废，不能再打印"):
        services.record_print(document, people["window"])


def test_printing_needs_the_right_to_it(case):
    leader = make_user("leader01", agency="district", role="leader")

    with pytest.raises(PermissionDenied):
        services.record_print(Document.objects.get(kind="D06"), leader)


def serve(document: Document, by, **changes):
    served = {
        "method": "direct",
        "served_on": timezone.localdate(),
        "at": timezone.now(),
        "receiver": "王某某",
        "proof": "本人签收",
        **changes,
    }
    party = document.case.parties.get(role="worker")
    with transaction.atomic():
        return services.record_service(document=document, party=party, by=by, **served)


def test_a_second_record_of_service_corrects_the_first(case, people):
    document = Document.objects.get(kind="D06")
    serve(document, people["lead"])

    second = serve(document, people["lead"], method="mail", proof="EMS 1234")

    assert list(document.service.filter(superseded_at=None)) == [second]
    assert document.service.count() == 2
