"""What is asked before a document is issued by hand."""

from datetime import date

import pytest
from django.urls import reverse

from documents.models import Document
from inspection.document_forms import InquiryForm, InterviewForm, RecheckForm
from tests.documents import matters, stages
from tests.documents.matters import fresh, new_key
from tests.documents.pages import text_of
from tests.documents.stages import printed

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(people):
    return matters.filed(people, stages.known(people))


SUMMONS = {"appear_on": "20261106", "appear_at": "9:30", "place": "支队", "papers": ["licence", "wages"]}


def inquiry(case, **changes) -> InquiryForm:
    return InquiryForm({**SUMMONS, **changes}, case=case)


SPOKEN = {"9:30": "9时30分", "14：05": "14时5分", "930": "9时30分", "10": "10时0分", "9时": "9时0分"}


@pytest.mark.parametrize(("typed", "spoken"), SPOKEN.items())
def test_a_time_is_typed_in_several_ways(case, typed, spoken):
    form = inquiry(case, appear_at=typed)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["appear_at"] == spoken


@pytest.mark.parametrize("typed", ["25:00", "9:75", "上午"])
def test_a_time_that_does_not_exist_is_refused(case, typed):
    assert inquiry(case, appear_at=typed).errors == {"appear_at": ["时间看不懂，可写9:30"]}


def test_the_employer_appears_in_the_future(case):
    assert inquiry(case, appear_on="20261103").errors == {"appear_on": ["到场日期要晚于今天"]}


def test_the_inquiry_asks_for_some_paper(case):
    assert inquiry(case, papers=[]).errors == {"papers": ["还没选要携带的材料"]}


def test_the_inquiry_proposes_three_working_days_and_the_usual_papers(case):
    form = InquiryForm(case=case)

    assert form["appear_on"].initial == date(2026, 11, 6)
    assert form["papers"].initial[0] == "licence"
    assert len(form.fields["papers"].choices) == 14


def test_building_papers_are_offered_only_for_projects(people):
    case = matters.filed(people, matters.registered(people, project_name=""))

    offered = [code for code, _label in InquiryForm(case=case).fields["papers"].choices]

    assert offered == [
        *(
            "licence",
            "representative",
            "power",
            "roster",
            "contracts",
            "wages",
            "attendance",
            "rules",
            "insurance",
        )
    ]


def interview(case, **changes) -> InterviewForm:
    usual = {"name": "赵某某", "asked_on": "20261103", "place": "支队"}
    return InterviewForm({**usual, **changes}, case=case)


def test_hours_are_typed_from_to(case):
    form = interview(case, hours="9:30-10:20")

    assert form.is_valid(), form.errors
    assert form.cleaned_data["hours"] == ("9时30分", "10时20分")


@pytest.mark.parametrize("typed", ["9:30", "9:30-"])
def test_hours_that_cannot_be_read_are_refused(case, typed):
    assert list(interview(case, hours=typed).errors) == ["hours"]


def test_one_person_is_asked(case):
    worker = case.parties.get(role="worker").pk
    sentence = {"name": ["选一名劳动者，或填其他被询问人的姓名，只填一处"]}

    assert interview(case, name="").errors == sentence
    assert interview(case, worker=worker).errors == sentence
    assert interview(case, name="", worker=worker).is_valid()


def test_a_recheck_lies_in_the_past(case):
    form = RecheckForm({"checked_on": "20261104", "place": "支队", "findings": "无"}, case=case)

    assert form.errors == {"checked_on": ["复查日期不能晚于今天"]}


def test_the_page_of_an_inquiry_offers_boxes_and_issues_what_was_ticked(client, people, case):
    client.force_login(people["lead"])
    url = reverse("documents:new", args=[case.public_id, "D11"])

    page = client.get(url).content.decode()
    answer = client.post(url, {**SUMMONS, "version": fresh(case).version, "key": new_key()})

    assert page.count('type="checkbox"') == 14
    assert page.count(" checked") == 7
    assert answer.status_code == 302
    assert Document.objects.get(kind="D11").number == "铜人社监询〔2026〕1号"
    assert "1√营业执照复印件建、总、分2□法定代表人" in text_of(printed("D11"))
