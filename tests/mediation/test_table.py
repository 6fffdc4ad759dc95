"""The mediator's table: sums anybody can check by hand, saved round by round, and the agreement made of them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from arbitration.mediation.agreement import numeral
from arbitration.mediation.arithmetic import Part, discount_shown, discounted, instalments, share
from arbitration.mediation.models import Instalment, Offer, Round, Term
from tests.inspection.situations import TODAY, moment, new_key
from tests.mediation.situations import fresh, mediation, staff, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("KZMAY")


# Arithmetic


@pytest.mark.parametrize(
    ("claim", "percent", "expected"),
    [
        (1_860_000, 90, 1_674_000),  # 18,600 × 90% = 16,740
        (1_860_000, 100, 1_860_000),
        (100, 1, 1),
        (12_345, 50, 6_173),  # 61.725, half a fen rounded up
        (1_001, 33, 330),  # 3.3033
    ],
)
def test_discount_is_claim_times_percent(claim, percent, expected):
    assert discounted(claim, percent) == expected


def test_discount_shows_its_sum():
    assert discount_shown(1_860_000, 90) == "18,600.00 × 90% = 16,740.00"


def test_instalments_drop_what_is_below_a_yuan_and_the_last_takes_the_rest():
    parts = [Part(date(2026, 7, 1), 33), Part(date(2026, 8, 1), 33), Part(date(2026, 9, 1), 34)]

    dues = instalments(1_000_050, parts)

    assert [(due.due_on.month, due.fen) for due in dues] == [(7, 330_000), (8, 330_000), (9, 340_050)]
    assert [due.shown for due in dues] == [
        "10,000.50 × 33% → 3,300.00",
        "10,000.50 × 33% → 3,300.00",
        "10,000.50 − 6,600.00 = 3,400.50",
    ]


@pytest.mark.parametrize("fen", [1, 99, 100, 12_345, 1_860_000])
def test_instalments_always_add_up(fen):
    parts = [Part(date(2026, 7, 1), 40), Part(date(2026, 8, 1), 60)]

    assert sum(due.fen for due in instalments(fen, parts)) == fen


def test_share_and_numerals():
    assert [share(1, 3), share(2, 0), share(97, 100)] == ["33.33%", "—", "97.00%"]
    assert [numeral(n) for n in (1, 10, 11, 20, 21)] == ["一", "十", "十一", "二十", "二十一"]


# The page

HEAD = {
    "proposed_by": "mediator",
    "percent": "90",
    "pay_on": "20260701",
    "day_1": "20260701",
    "part_1": "50",
    "day_2": "20260801",
    "part_2": "50",
    "note": "",
}


def send(client, case, user, do="save", **fields):
    client.force_login(user)
    address = reverse("mediation:table", args=[case.public_id])
    sent = {**HEAD, "version": fresh(case).version, "key": new_key(), "do": do, **fields}
    return client.post(address, {name: value for name, value in sent.items() if value is not None})


def test_round_is_saved_with_what_everybody_is_offered(client, people):
    case = mediation(people, workers=3)

    answer = send(
        client,
        case,
        people["Z"],
        **{
            "kind-1": "full",
            "yes-1": "on",
            "kind-2": "discounted",
            "kind-3": "instalments",
            "sum-3": "1.8万",
        },
    )

    offers = list(Offer.objects.order_by("worker__position").values_list("kind", "amount_fen", "is_accepted"))
    assert answer.status_code == 302
    assert offers == [
        ("full", 1_860_000, True),
        ("discounted", 1_674_000, False),
        ("instalments", 1_800_000, False),
    ]
    event = case.timeline.get(step="save_round")
    assert event.facts == {"round": 1}
    page = client.get(answer.url).content.decode()
    assert "请求55,800.00元，方案53,340.00元（95.59%），相差2,460.00元。" in page
    assert "18,600.00 × 90% = 16,740.00" in page
    assert "18,000.00 × 50% → 9,000.00" in page


def test_reckoning_saves_nothing(client, people):
    case = mediation(people)

    answer = send(client, case, people["Z"], do="reckon", **{"kind-1": "discounted"})

    assert (answer.status_code, Round.objects.count(), fresh(case).version) == (200, 0, 1)
    assert "18,600.00 × 90% = 16,740.00" in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind-1": "discounted", "sum-1": "20000"}, "王某甲：方案不能多于请求的金额"),
        ({"kind-1": "discounted", "sum-1": "abc"}, "金额"),
        ({"kind-1": "full", "sum-1": "100"}, "王某甲：全额就是请求的金额；要改金额，选打折或者分期"),
        ({"kind-1": "discounted", "sum-1": "0"}, "王某甲：方案的金额是0；没有方案的选“没有方案”"),
        ({"kind-1": "none", "yes-1": "on"}, "王某甲：没有方案，不能勾选双方同意"),
        ({"kind-1": "instalments", "day_2": "", "part_2": ""}, "王某甲：分期至少写两期的日期和比例"),
        ({"kind-1": "full", "part_2": "40"}, "各期比例合计是90%，要等于100%"),
        ({"kind-1": "full", "day_2": "20260601"}, "分期的日期要从早到晚，不能重复"),
        ({"kind-1": "full", "day_2": ""}, "第2期还没填日期"),
        ({"kind-1": "full", "percent": "120"}, "打折比例写1到100的整数"),
        ({"kind-1": "full", "pay_on": ""}, "还没填一次付清的日期"),
    ],
)
def test_fault_is_said_and_everything_typed_stays(client, people, fields, said):
    case = mediation(people)

    answer = send(client, case, people["Z"], note="先谈两期", **fields)

    page = answer.content.decode()
    assert (answer.status_code, Round.objects.count()) == (422, 0)
    assert said in page
    assert "先谈两期" in page


def test_only_the_mediator_saves(client, people):
    case = mediation(people)
    answers = {
        letter: send(client, case, people[letter], **{"kind-1": "full"}).status_code for letter in "KMAYZ"
    }

    assert answers == {"K": 404, "M": 404, "A": 404, "Y": 403, "Z": 302}


def test_stale_and_repeated_rounds(client, people):
    case = mediation(people)
    key = new_key()

    first = send(client, case, people["Z"], key=key, version=1, **{"kind-1": "full"})
    again = send(client, case, people["Z"], key=key, version=1, **{"kind-1": "full"})
    stale = send(client, case, people["Z"], version=1, **{"kind-1": "discounted"})

    assert (first.status_code, again.status_code, stale.status_code) == (302, 302, 409)
    assert Round.objects.count() == 1


def test_page_asks_the_database_as_often_for_many_as_for_one(client, people):
    counts = []
    for workers in (1, 12):
        case = mediation(people, workers=workers)
        for _round in range(2):
            fields = {f"kind-{n}": "discounted" for n in range(1, workers + 1)}
            assert send(client, case, people["Z"], **fields).status_code == 302
        client.get(reverse("mediation:table", args=[case.public_id]))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("mediation:table", args=[case.public_id]))
        counts.append(len(asked))

    assert counts[0] == counts[1]


# The agreement


def test_accepted_offers_become_the_agreement(client, people):
    case = mediation(people, workers=3)
    fields = {
        "kind-1": "instalments",
        "yes-1": "on",
        "kind-2": "discounted",
        "yes-2": "on",
        "kind-3": "none",
    }
    assert send(client, case, people["Z"], **fields).status_code == 302

    case = take(
        "agree",
        case,
        people["Z"],
        agreed_on="2026-06-16",
        is_voluntary="yes",
        is_signed="yes",
        pay_how="转入工资卡",
        default_clause="任何一期没有付的，可以要求一次付清。",
    )

    terms = list(Term.objects.order_by("worker__position").values_list("outcome", "agreed_fen"))
    assert terms == [("agreed", 1_860_000), ("agreed", 1_674_000), ("failed", 0)]
    dues = Instalment.objects.order_by("worker__position", "no")
    assert [(row.worker.position, row.due_on.isoformat(), row.amount_fen) for row in dues] == [
        (1, "2026-07-01", 930_000),
        (1, "2026-08-01", 930_000),
        (2, "2026-07-01", 1_674_000),
    ]
    assert (case.state, case.outcome, case.closed_on, case.confirmed_fen) == (
        "AGREED",
        "agreed",
        TODAY,
        3_534_000,
    )
    assert case.mediation.agreement_text.splitlines() == [
        "一、重庆某某餐饮管理有限公司支付王某甲、王某乙2人共35,340.00元（人民币叁万伍仟叁佰肆拾元整），"
        "各人的金额和期次见附表。",
        "二、付款日期和合计：第1期2026年7月1日前26,040.00元；第2期2026年8月1日前9,300.00元。",
        "三、付款方式：转入工资卡。",
        "四、任何一期没有付的，可以要求一次付清。",
        "五、双方就本协议所列请求再无其他争议；本协议自双方签名或者盖章、经调解员签名并加盖调解组织印章之日起生效。",
    ]
    ends = {(row.rule_code, row.due_on.isoformat()) for row in case.clocks.filter(met_on=None, ended_on=None)}
    assert ends == {
        ("MED-05", "2026-07-01"),  # 15 days after 16 June
        ("MED-07", "2026-07-16"),  # 30 days
        ("MED-13", "2026-07-01"),
        ("MED-13", "2026-08-03"),  # 1 August is a Saturday
    }
