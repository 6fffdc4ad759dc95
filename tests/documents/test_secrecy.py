"""A complainant whose identity is secret stands in no document that the employer reads."""

from datetime import date

import pytest

from cases.workflow.table import StepRefused
from documents.catalogue import KINDS, Addressee
from documents.models import Document
from tests.documents import matters, stages
from tests.documents.pages import sizes_of, text_of
from tests.documents.stages import by_hand, printed

pytestmark = pytest.mark.usefixtures("today")

SECRET_REFUSED = "本案为投诉人保密，发给单位的文书不能出现劳动者的姓名、证件号码和电话"
PHONE = "13812345678"


@pytest.fixture
def everybody(people):
    return stages.everybody(people)


@pytest.fixture
def case(everybody):
    """The complaint of 王某某, who wants to stay unknown to his employer."""
    worker = matters.worker(id_number="500151199001010011", phone=PHONE)
    return stages.with_secret(stages.known(everybody, worker))


def for_employers() -> list[Document]:
    """Everything issued that the employer or the contractor gets."""
    kinds = [kind.id for kind in KINDS if kind.addressee == Addressee.EMPLOYER]
    return list(Document.objects.filter(kind__in=[*kinds, "D33"]))


def test_no_document_for_the_employer_names_the_worker(everybody, case, time_machine):
    case = stages.decided(everybody, case, time_machine)
    bank = {
        "bank": "某某银行",
        "account": "保函1号",
        "contractor": "某某建设集团",
        "reached_on": date(2026, 12, 7),
    }
    case = matters.step(case, "notify_bank", everybody["lead"], **bank)
    summons = {"appear_on": date(2026, 12, 9), "appear_at": "9时0分", "place": "支队", "papers": ["wages"]}
    by_hand(case, "D11", everybody["lead"], **summons)
    case = stages.upheld(everybody, case)
    matters.step(case, "enforce", everybody["deputy"], proposer=everybody["lead"], demand="没有支付。")

    issued = for_employers()

    assert {document.kind for document in issued} == {"D11", "D18", "D21", "D26", "D31", "D33"}
    assert [
        document.kind for document in issued if "王某某" in document.html or "0011" in document.html
    ] == []


def test_cancellation_does_not_name_the_worker(everybody, case):
    case = matters.filed(everybody, case)

    matters.step(
        case, "cancel", everybody["head"], proposer=everybody["lead"], outcome="12", summary="没有拖欠。"
    )

    assert "王某某" not in Document.objects.get(kind="D35").html


def test_order_says_that_its_list_is_apart_and_secret(everybody, case):
    matters.ordered(everybody, case)

    content = printed("D18")
    text = text_of(content)
    assert f"尚欠1名劳动者工资共计{stages.SUM}，名单另附（保密）。" in text
    assert "附件：欠付工资劳动者名单（共1人，另附，保密）" in text
    assert set(sizes_of(content)) == {stages.PORTRAIT}


@pytest.mark.parametrize("given_away", ["王某某", "500151199001010011", PHONE])
def test_a_text_that_gives_the_worker_away_is_refused(everybody, case, time_machine, given_away):
    with pytest.raises(StepRefused, match=SECRET_REFUSED):
        stages.noticed(everybody, case, time_machine, notice_content=f"拖欠{given_away}工资。")

    assert not Document.objects.filter(kind="D21").exists()
    assert matters.fresh(case).state == "ORDERED"


def test_the_same_text_passes_where_nothing_is_secret(everybody, time_machine):
    case = stages.known(everybody)

    stages.noticed(everybody, case, time_machine, notice_content="拖欠王某某工资。")

    assert "拖欠王某某工资。" in text_of(printed("D21"))


def test_the_name_of_the_unit_gives_nobody_away(everybody):
    """The employer is called after its owner, who has the worker's family name and given name."""
    case = stages.with_secret(stages.known(everybody, employer_name="铜梁区王某某餐饮店"))

    matters.ordered(everybody, case)

    assert "铜梁区王某某餐饮店没有按月足额支付劳动者工资。" in text_of(printed("D18"))


def test_internal_papers_keep_the_names(everybody, case):
    matters.filed(everybody, case)

    assert "投诉人王某某" in text_of(printed("D10"))


def test_recheck_record_of_a_secret_complaint_is_not_shown_to_the_employer(everybody, case):
    case = matters.ordered(everybody, case)

    text = text_of(by_hand(case, "D19", everybody["lead"], place="支队", findings="没有支付。"))

    assert "不向被复查单位出示，不由其签名。" in text
    assert "被复查单位意见、签名" not in text


def test_registration_form_ticks_the_wish_for_secrecy(everybody, case):
    assert "要求对身份保密：√是□否" in text_of(by_hand(case, "D01", everybody["window"]))
