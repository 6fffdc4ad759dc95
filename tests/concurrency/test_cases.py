"""Twenty hands on the same button: one effect, nothing lost, no number twice, on either database."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import Town
from calendars.services import load_official_calendars
from cases import audit, services, triggers
from cases.models import Assignment, Case, NumberSeries, TimelineEvent
from documents.models import Document
from documents.services import issue_by_hand
from inspection.services import Registration, WorkerEntry, register_complaint
from inspection.states import State
from notifications.models import OutboxMessage
from tests.concurrency.crowd import at_once, tally
from tests.inspection.situations import complaint, fresh, new_key, staff

pytestmark = pytest.mark.django_db(transaction=True)

HANDS = 20


@pytest.fixture
def people():
    ContentType.objects.clear_cache()  # the table was emptied after the last test
    load_official_calendars()
    return staff("WZXJ")


def entry(n: int = 0) -> Registration:
    worker = WorkerEntry(name=f"王某{n}", from_month="2026-01", to_month="2026-03", owed_fen=1_200_000)
    tests = dict.fromkeys(("within_two_years", "respondent_clear", "within_mandate"), True)
    return Registration(employer_name=f"某公司{n}", workers=(worker,), channel="window", tests=tests)


def registered(people) -> Case:
    return register_complaint(by=people["W"], key=new_key(), entry=entry())


def whole_record() -> bool:
    return list(audit.verify()) == []


# Registration


def test_double_click_registers_one_complaint(people):
    key = new_key()

    results = at_once([partial(register_complaint, by=people["W"], key=key, entry=entry())] * HANDS)

    assert tally(results) == {"done": HANDS}
    assert {case.pk for case in results} == set(Case.objects.values_list("pk", flat=True))
    assert Case.objects.count() == 1
    assert (NumberSeries.objects.get(series="receipt").last, Document.objects.count()) == (1, 1)
    assert whole_record()


def form_of_the_page() -> dict[str, str]:
    return {
        "employer_name": "某公司",
        "town": Town.objects.first().pk,
        "path": "inspection",
        "channel": "window",
        "received_on": f"{timezone.localdate():%Y%m%d}",
        "other_proceeding": "no",
        "within_two_years": "yes",
        "respondent_clear": "yes",
        "within_mandate": "yes",
        "key": new_key(),
        "w-TOTAL_FORMS": "1",
        "w-INITIAL_FORMS": "0",
        "w-0-name": "王示例",
        "w-0-id_type": "resident",
        "w-0-id_number": "500151199001010011",
        "w-0-phone": "13812345678",
        "w-0-is_migrant": "yes",
        "w-0-from_month": "2601",
        "w-0-to_month": "2603",
        "w-0-owed": "12000",
    }


def test_double_click_on_the_page_registers_one_complaint(people):
    client, form = Client(), form_of_the_page()
    client.force_login(people["W"])

    answers = at_once([partial(click, client, reverse("inspection:register"), form)] * HANDS)

    where = f"{reverse('inspection:registered', args=[Case.objects.get().public_id])}?print=1"
    assert [(answer.status_code, answer.get("Location")) for answer in answers] == [(302, where)] * HANDS


def test_late_second_click_leads_to_the_same_complaint(people):
    """The browser shows the last answer: it has to be the complaint, not a warning that it exists already."""
    client, form = Client(), form_of_the_page()
    client.force_login(people["W"])

    answers = [client.post(reverse("inspection:register"), form) for _ in range(2)]

    where = f"{reverse('inspection:registered', args=[Case.objects.get().public_id])}?print=1"
    assert [(answer.status_code, answer.get("Location")) for answer in answers] == [(302, where)] * 2


def click(client: Client, url: str, form: dict):
    """The same browser sends the same form: a client of its own with the same cookies."""
    again = Client()
    again.cookies = client.cookies
    return again.post(url, form)


def test_fifty_registrations_at_once_have_the_numbers_1_to_50(people):
    results = at_once(
        [partial(register_complaint, by=people["W"], key=new_key(), entry=entry(n)) for n in range(50)]
    )

    year = timezone.localdate().year
    assert tally(results) == {"done": 50}
    assert sorted(case.receipt_no for case in results) == sorted(
        f"铜人社监登〔{year}〕{n}号" for n in range(1, 51)
    )
    assert whole_record()


def test_failed_registrations_leave_no_gap_between_the_others(people):
    """Every second one is refused after its number was taken."""
    broken = Registration(**{**vars(entry()), "employer_name": "某公司\U0001f477"})
    acts = [
        partial(register_complaint, by=people["W"], key=new_key(), entry=broken if n % 2 else entry(n))
        for n in range(HANDS)
    ]

    results = at_once(acts)

    numbers = sorted(int(case.receipt_no.split("〕")[1].rstrip("号")) for case in Case.objects.all())
    assert tally(results) == {"done": HANDS // 2, "StepRefused": HANDS // 2}
    assert numbers == list(range(1, HANDS // 2 + 1))


# Steps


def take(case: Case, step: str, by, *, version: int, key: str = "", **facts) -> TimelineEvent:
    return services.advance(case=case, step=step, by=by, version=version, key=key or new_key(), **facts)


def test_same_step_by_twenty_hands_is_taken_once(people):
    case = registered(people)

    results = at_once(
        [partial(take, case, "accept", people["J"], version=case.version) for _ in range(HANDS)]
    )

    assert tally(results) == {"done": 1, "StaleVersion": HANDS - 1}
    assert case.timeline.filter(step="accept", kind="step").count() == 1
    assert case.clocks.filter(rule_code="T02").count() == 1
    assert case.documents.filter(kind="D06").count() == 1
    assert (fresh(case).state, fresh(case).version) == ("FILING", case.version + 1)
    assert whole_record()


def test_same_step_with_the_same_key_is_one_act_for_all(people):
    case, key = registered(people), new_key()

    results = at_once([partial(take, case, "accept", people["J"], version=case.version, key=key)] * HANDS)

    assert tally(results) == {"done": HANDS}
    assert len({event.pk for event in results}) == 1
    assert fresh(case).version == case.version + 1


def test_every_message_of_a_step_goes_out_once(people):
    case = registered(people)
    take(case, "accept", people["J"], version=case.version)
    case = fresh(case)
    before = OutboxMessage.objects.count()

    at_once(
        [
            partial(
                take,
                case,
                "file_case",
                people["J"],
                version=case.version,
                lead=people["Z"].pk,
                second=people["X"].pk,
            )
            for _ in range(HANDS)
        ]
    )

    assert Assignment.objects.count() == 2
    assert NumberSeries.objects.get(series="case").last == 1
    assert (
        OutboxMessage.objects.count() - before == 2 + 1
    )  # a message to each inspector, the PDF of the filing form
    assert whole_record()


def test_of_two_different_steps_one_is_taken(people):
    case = registered(people)
    services.propose(
        case=case,
        step="redirect",
        by=people["W"],
        version=case.version,
        key=new_key(),
        path="arbitration",
        redirect_to="仲裁院",
        reason="劳动关系有争议",
    )
    case = fresh(case)
    steps = ["accept", "redirect"] * (HANDS // 2)

    results = at_once([partial(take, case, step, people["J"], version=case.version) for step in steps])

    done = [step for step, result in zip(steps, results, strict=True) if isinstance(result, TimelineEvent)]
    assert tally(results) == {"done": 1, "StaleVersion": HANDS - 1}
    assert fresh(case).state == {"accept": "FILING", "redirect": "REDIRECTED"}[done[0]]
    assert case.timeline.exclude(target="").count() == 2
    assert sorted(case.proposals.values_list("state", flat=True)) == ["lapsed", "taken"]
    assert whole_record()


def test_of_three_different_steps_by_hands_that_saw_nothing_one_is_taken(people):
    """Void, acceptance and return of the proposal at the same moment."""
    case = registered(people)
    seen = case.version

    def acts(n: int):
        if n % 3 == 0:
            return partial(take, case, "void", people["J"], version=seen, reason="重复登记")
        if n % 3 == 1:
            return partial(take, case, "accept", people["J"], version=seen)
        return partial(
            services.return_proposal,
            case=case,
            step="accept",
            by=people["J"],
            version=seen,
            key=new_key(),
            note="补充",
        )

    results = at_once([acts(n) for n in range(HANDS)])

    assert tally(results) == {"done": 1, "StaleVersion": HANDS - 1}
    assert fresh(case).version == seen + 1
    assert whole_record()


def test_twenty_proposals_are_one(people):
    case = registered(people)
    facts = {"path": "arbitration", "redirect_to": "仲裁院", "reason": "劳动关系有争议"}

    results = at_once(
        [
            partial(
                services.propose,
                case=case,
                step="redirect",
                by=people["W"],
                version=case.version,
                key=new_key(),
                **facts,
            )
            for _ in range(HANDS)
        ]
    )

    assert tally(results) == {"done": 1, "StaleVersion": HANDS - 1}
    assert case.proposals.filter(step="redirect").count() == 1


# Corrections


def edit(case: Case, by, *, version: int, text: str) -> TimelineEvent:
    values = {"facts_text": text}
    return services.edit_case(case=case, by=by, version=version, key=new_key(), values=values)


def test_of_twenty_corrections_of_the_same_page_one_is_saved(people):
    case = registered(people)

    results = at_once(
        [partial(edit, case, people["W"], version=case.version, text=f"第{n}份") for n in range(HANDS)]
    )

    winner = next(result for result in results if isinstance(result, TimelineEvent))
    assert tally(results) == {"done": 1, "StaleVersion": HANDS - 1}
    assert fresh(case).complaint.facts_text == winner.after["facts_text"]


def test_no_correction_is_lost_when_everybody_tries_again(people):
    """Each reads, adds a line, and starts over when somebody was quicker: every line is there in the end."""
    case = registered(people)

    def add(line: str) -> None:
        while True:
            now = fresh(case)
            try:
                edit(case, people["W"], version=now.version, text=f"{now.complaint.facts_text}\n{line}")
            except services.StaleVersion:
                continue
            return

    results = at_once([partial(add, f"第{n}行") for n in range(HANDS)])

    assert tally(results) == {"done": HANDS}
    assert sorted(fresh(case).complaint.facts_text.split()) == sorted(f"第{n}行" for n in range(HANDS))
    assert fresh(case).version == case.version + HANDS
    assert whole_record()


# Payments and the record


def under_investigation(people) -> Case:
    case = registered(people)
    take(case, "accept", people["J"], version=case.version)
    case = fresh(case)
    take(case, "file_case", people["J"], version=case.version, lead=people["Z"].pk, second=people["X"].pk)
    return fresh(case)


def test_the_whole_debt_is_not_paid_twice(people):
    case = under_investigation(people)
    worker, day = case.parties.get(role="worker").pk, timezone.localdate() - timedelta(days=1)
    row = services.PaymentRow(worker, 1_200_000, day, "employer", "某公司", "回单1")

    results = at_once(
        [
            partial(
                services.record_payments,
                case=case,
                by=people["Z"],
                version=case.version,
                key=new_key(),
                rows=[row],
            )
            for _ in range(HANDS)
        ]
    )

    assert tally(results) == {"done": 1, "StaleVersion": HANDS - 1}
    assert (case.payments.count(), fresh(case).paid_fen) == (1, 1_200_000)


def test_record_of_refusals_at_once_is_one_chain(people):
    case = registered(people)
    refusal = partial(
        services.record_refusal,
        case=case,
        by=people["Z"],
        step="void",
        label="登记作废",
        reasons=["不由你办理"],
    )

    results = at_once([refusal] * HANDS)

    assert tally(results) == {"done": HANDS}
    assert sorted(case.timeline.values_list("seq", flat=True)) == list(
        range(1, case.audit_length + HANDS + 1)
    )
    assert whole_record()


def test_acts_on_different_cases_do_not_disturb_each_other(people):
    cases = [registered(people) for _ in range(HANDS)]

    results = at_once([partial(take, case, "accept", people["J"], version=case.version) for case in cases])

    year = timezone.localdate().year
    assert tally(results) == {"done": HANDS}
    assert sorted(Document.objects.filter(kind="D06").values_list("n", flat=True)) == list(
        range(1, HANDS + 1)
    )
    assert Document.objects.filter(kind="D06", year=year).count() == HANDS
    assert whole_record()


def test_database_was_emptied_and_is_guarded_again():
    """After a test that wrote for good: no row of the record is left, and the triggers are back."""
    assert (Case.objects.count(), TimelineEvent.objects.count()) == (0, 0)
    assert Permission.objects.filter(codename="view_case").exists()
    assert triggers.missing() == []


# Documents


def test_fifty_documents_issued_at_once_have_the_numbers_1_to_50(people):
    """Between them are as many that cannot be printed: a sign that no typeface has."""
    cases = [complaint(people, State.INVESTIGATING) for _ in range(75)]
    acts = [partial(questioned, people, case) for case in cases[:50]]
    broken = [partial(questioned, people, case, place="某处\U0001f477") for case in cases[50:]]

    results = at_once([*broken, *acts])

    assert tally(results) == {"done": 50, "StepRefused": 25}
    year = timezone.localdate().year
    issued = Document.objects.filter(kind="D11").values_list("number", flat=True)
    assert sorted(issued) == sorted(f"铜人社监询〔{year}〕{n}号" for n in range(1, 51))


def questioned(people, case: Case, place: str = "监察支队") -> Document:
    facts = {"appear_on": timezone.localdate() + timedelta(days=4), "appear_at": "9:30", "place": place}
    return issue_by_hand(
        case=case, kind="D11", by=people["Z"], version=fresh(case).version, key=new_key(), facts=facts
    )
