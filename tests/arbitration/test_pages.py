"""The application page, the page of a dispute, its claims and the queue."""

from datetime import timedelta

import pytest
from django.urls import reverse

from arbitration.models import DisputeClaim
from cases.identity import id_check_character
from cases.models import Case, Draft
from tests.arbitration.situations import dispute, fresh, hearing, staff, worker_of
from tests.inspection.situations import TODAY, moment, new_key

pytestmark = pytest.mark.django_db

TYPED = {
    "side": "worker",
    "id_number": "50022419850615002X",
    "name": "王某某",
    "phone": "13800011111",
    "is_migrant": "yes",
    "residence": "rural",
    "unit": "重庆某某建筑劳务有限公司",
    "facts_text": "2026年1月至3月在工地做木工，工资没有支付。",
    "origin": "walk_in",
    "received_on": TODAY.isoformat(),
    "left_on": "2026-03-31",
    "c-TOTAL_FORMS": "4",
    "c-INITIAL_FORMS": "0",
    "c-0-type": "wage",
    "c-0-amount": "18600",
    "c-0-from_month": "2026-01",
    "c-0-to_month": "2026-03",
    "c-1-type": "confirm",
}


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff()


def send(client, **changes):
    return client.post(reverse("arbitration:register"), {"key": new_key(), **TYPED, **changes})


def test_application_is_registered_whole(client, people):
    client.force_login(people["R"])
    answer = send(client)

    case = Case.objects.get()
    assert answer.status_code == 302
    assert answer.url == case.get_absolute_url()
    assert (case.kind, case.state, case.receipt_no) == ("arbitration", "RECEIVED", "铜劳人仲登〔2026〕1号")
    assert (case.claimed_fen, case.worker_count, case.is_priority) == (1_860_000, 1, True)
    assert [(row.type, row.amount_fen, row.from_month) for row in case.dispute_claims.order_by("pk")] == [
        ("wage", 1_860_000, "2026-01"),
        ("confirm", None, ""),
    ]
    assert case.dispute.limitation.ends_on == TODAY.replace(year=2027, month=3, day=31)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "仲裁请求（2项，18,600.00元）" in page
    assert "2027-03-31" in page


def test_second_click_makes_no_second_case(client, people):
    client.force_login(people["R"])
    key = new_key()
    send(client, key=key)
    answer = send(client, key=key)

    assert (answer.status_code, Case.objects.count()) == (302, 1)


def test_claim_without_sum_or_months_is_refused_with_its_article(client, people):
    client.force_login(people["R"])
    answer = send(client, **{"c-0-amount": "", "c-0-to_month": ""})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "请求劳动报酬要写明金额（《劳动争议调解仲裁法》第二十八条" in page
    assert "请求劳动报酬要写明起止月份" in page
    assert 'value="50022419850615002X"' in page
    assert "没有支付。" in page
    assert not Case.objects.exists()


def test_nothing_asked_for_is_refused(client, people):
    client.force_login(people["R"])
    answer = send(
        client, **{"c-0-type": "", "c-0-amount": "", "c-0-from_month": "", "c-0-to_month": "", "c-1-type": ""}
    )

    assert answer.status_code == 422
    assert "还没选请求事项" in answer.content.decode()


def test_draft_is_kept_and_gone_on_with(client, people):
    client.force_login(people["R"])
    send(client, after="draft", name="李某")
    page = client.get(reverse("arbitration:register") + "?draft=1").content.decode()

    assert Draft.objects.get().summary == "李某"
    assert 'value="李某"' in page
    assert 'value="18600"' in page
    assert not Case.objects.exists()


SURNAMES = "零一二三四五六七八九十"


def card(place: int) -> str:
    """A card number with its check character."""
    body = f"5002241985061{place:04}"
    return body + id_check_character(body)


def test_roster_makes_a_group_of_them(client, people):
    """Eleven workers: collective, represented by the first; a faulty line is named, nothing is lost."""
    lines = [
        f"张{SURNAMES[place]}\t{card(place)}\t1380001{place:04}\t5000\t2026-01\t2026-02"
        for place in range(1, 11)
    ]
    client.force_login(people["C"])
    refused = send(client, roster="\n".join([*lines, f"赵某\t{card(11)}\t\tabc\t2026-01\t2026-02"]))
    assert refused.status_code == 422
    assert "第11行" in str(refused.context["form"].errors), refused.context["form"].errors
    assert not Case.objects.exists()

    send(client, roster="\n".join(lines))
    case = Case.objects.get()
    assert (case.worker_count, case.is_group, case.is_priority) == (11, True, True)
    assert case.claimed_fen == 1_860_000 + 10 * 500_000
    assert case.parties.filter(is_representative=True).count() == 1
    assert {row.rule_code for row in case.clocks.all()} == {"ARB-01", "ARB-02", "ARB-14a", "PRI-08"}


def test_whose_page_it_is(client, people):
    answers = {}
    for letter in ("R", "C", "T", "A", "Y", "V", "G"):
        client.force_login(people[letter])
        answers[letter] = client.get(reverse("arbitration:register")).status_code

    assert answers == {"R": 200, "C": 200, "T": 200, "A": 403, "Y": 403, "V": 403, "G": 403}


def test_queue_says_why_each_stands_where_it_stands(client, people):
    """The order of the rule by hand: overdue, limitation, migrant group, migrant, other group, vulnerable, other."""
    year_ago = TODAY.replace(year=2025)
    made = {
        "other": dispute(people, "ACCEPTED", migrant=False),
        "vulnerable": dispute(people, "ACCEPTED", migrant=False, details={"vulnerable": "elderly"}),
        "group": dispute(people, "ACCEPTED", migrant=False, workers=10),
        "later": dispute(
            people, "ACCEPTED", details={"lane_reason": "rule"}, due_on=TODAY + timedelta(days=9)
        ),
        "sooner": dispute(
            people, "ACCEPTED", details={"lane_reason": "rule"}, due_on=TODAY + timedelta(days=3)
        ),
        "migrants": dispute(people, "ACCEPTED", workers=10, details={"lane_reason": "rule"}),
        "limit": dispute(
            people, "RECEIVED", migrant=False, details={"employment_ended_on": year_ago + timedelta(days=3)}
        ),
        "overdue": dispute(people, "ACCEPTED", migrant=False, due_on=TODAY - timedelta(days=1)),
    }
    client.force_login(people["Y"])
    places = client.get(reverse("arbitration:queue")).context["places"]
    names = {case.pk: name for name, case in made.items()}

    assert [names[case.pk] for case, _why in places] == [
        "overdue",
        "limit",
        "migrants",
        "sooner",
        "later",
        "group",
        "vulnerable",
        "other",
    ]
    assert places[0][1] == "第1类：法定期限2026-06-15已过"
    assert places[3][1] == "第4类：农民工追索劳动报酬，2026-06-19到期"
    assert places[6][1] == "第6类：老年人"


def test_untold_tag_does_not_jump_the_queue(client, people):
    """A case flagged by hand without a reason of the lane stands among the others."""
    tagged = dispute(people, "ACCEPTED", migrant=True)
    client.force_login(people["A"])
    ((case, why),) = client.get(reverse("arbitration:queue")).context["places"]

    assert (case.pk, why) == (tagged.pk, "第7类：普通争议")


def test_queue_and_case_take_the_same_queries_however_many(client, people, django_assert_max_num_queries):
    for _each in range(3):
        dispute(people, "ACCEPTED")
    client.force_login(people["Y"])
    client.get(reverse("arbitration:queue"))
    with django_assert_max_num_queries(14):
        client.get(reverse("arbitration:queue"))
    for _each in range(9):
        dispute(people, "ACCEPTED", workers=3)
    with django_assert_max_num_queries(14):
        client.get(reverse("arbitration:queue"))


def test_three_hundred_claims_are_read_a_page_at_a_time(client, people):
    case = dispute(people, "REPLY_PERIOD", workers=300)
    client.force_login(people["A"])
    page = client.get(case.get_absolute_url()).content.decode()
    claims = client.get(reverse("arbitration:claims", args=[case.public_id]) + "?page=6")

    assert "看全部300项" in page
    assert claims.status_code == 200
    assert len(claims.context["page_obj"].object_list) == 50


def test_every_step_page_opens(client, people):
    """The form of each row that an arbitrator or a clerk may take from a hearing, with its choices."""
    case = dispute(people, "AWAITING_HEARING")
    hearing(case, people, days=14)
    broken = {}
    for letter in ("A", "C", "Y"):
        client.force_login(people[letter])
        for step in fresh(case).workflow.from_state("AWAITING_HEARING"):
            answer = client.get(reverse("cases:take_step", args=[case.public_id, step.name]))
            if answer.status_code not in (200, 403):
                broken[letter, step.name] = answer.status_code

    assert broken == {}


def test_award_above_its_claim_is_refused_with_the_rule(client, people):
    case = dispute(people, "TRIBUNAL_MEDIATION")
    client.force_login(people["A"])
    answer = client.post(
        reverse("cases:take_step", args=[case.public_id, "settle"]),
        {"do": "take", "key": new_key(), "version": case.version, "items": "1 20000", "terms": "照付。"},
    )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert (
        "第1行超出了请求：请求18,600.00元，写了20,000.00元；裁决不能超出仲裁请求（《劳动人事争议仲裁办案规则》第五十三条）"
        in page
    )
    assert "1 20000" in page
    assert DisputeClaim.objects.get(party=worker_of(case)).award is None
