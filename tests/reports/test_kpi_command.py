"""`manage.py kpi` as people and other programs call it."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from agencies.services import load_agencies
from tests.reports.complaints import complaint, payment, worked_example, worker

pytestmark = pytest.mark.django_db

SHARES = ("--id", "K1", "K2", "K3")


@pytest.fixture(autouse=True)
def _bodies(db):
    load_agencies()


def kpi(*arguments):
    out = StringIO()
    call_command("kpi", *arguments, stdout=out)
    return out.getvalue()


def kpi_json(*arguments):
    return json.loads(kpi("--format", "json", *arguments))


def share(id_, label, numerator, denominator, rate, met):
    target = None if rate is None else "0.98"
    names = ("id", "label", "numerator", "denominator", "rate", "target", "met")
    return dict(zip(names, (id_, label, numerator, denominator, rate, target, met), strict=True))


def test_json_of_the_worked_example():
    worked_example()

    assert kpi_json("--as-of", "2025-10-31", *SHARES) == {
        "as_of": "2025-10-31",
        "from": "2025-01-01",
        "agency": None,
        "indicators": [
            share("K1", "欠薪投诉立案办结率", 123, 126, 0.97619, False),
            share("K2", "当期立案办结率", 118, 120, 0.983333, True),
            share("K3", "按期办结率", 117, 119, 0.983193, True),
        ],
    }


def test_json_without_cases_has_no_rate_target_or_verdict():
    answer = kpi_json("--from", "2025-03-01", "--as-of", "2025-03-31", "--agency", "arb", "--id", "K1")

    assert answer == {
        "as_of": "2025-03-31",
        "from": "2025-03-01",
        "agency": "arb",
        "indicators": [share("K1", "欠薪投诉立案办结率", 0, 0, None, None)],
    }


def test_json_of_money_and_time_says_what_stands_beside():
    case = complaint(filed_on=date(2025, 3, 3), closed_on=date(2025, 3, 10))
    complaint(filed_on=date(2025, 3, 3), closed_on=date(2025, 3, 12))
    payment(worker(case), 123_456, paid_on=date(2025, 3, 7))

    money, time = kpi_json("--as-of", "2025-03-31", "--id", "K6", "--id", "K8")["indicators"]

    assert money == {**share("K6", "追回工资", 123_456, None, None, None), "persons": 1, "cases": 1}
    assert time == {**share("K8", "平均处置时长", 16, 2, 8.0, None), "target": None, "median": "8.00"}


@pytest.mark.parametrize(
    ("closed", "open_cases", "rate"),
    [(1, 2, 0.333333), (2, 1, 0.666667), (1, 63, 0.015625), (1, 127, 0.007812), (3, 125, 0.023438)],
)
def test_rates_are_rounded_half_to_even(closed, open_cases, rate):
    for _ in range(closed):
        complaint(filed_on=date(2025, 3, 3), closed_on=date(2025, 3, 10))
    for _ in range(open_cases):
        complaint(filed_on=date(2025, 3, 3))

    assert kpi_json("--as-of", "2025-03-31", "--id", "K1")["indicators"][0]["rate"] == rate


def test_the_period_is_the_year_of_the_cut_off_and_the_cut_off_today():
    today = timezone.localdate()

    answer = kpi_json("--id", "k1")

    assert (answer["from"], answer["as_of"]) == (f"{today.year}-01-01", str(today))
    assert [each["id"] for each in answer["indicators"]] == ["K1"]


def test_without_ids_every_computed_indicator_is_given_once():
    ids = [each["id"] for each in kpi_json()["indicators"]]

    assert ids == [
        *("K1", "K2", "K3", "K6", "K8"),
        *(f"A{n}" for n in range(1, 15)),
        *("M1", "M2", "M3"),
        *("L1", "L2", "L3", "L4", "L5"),
    ]


def test_agency_counts_itself_and_those_below():
    complaint(filed_on=date(2025, 3, 3))
    complaint(filed_on=date(2025, 3, 3), agency="housing")

    def denominator(*agency):
        answer = kpi_json("--as-of", "2025-03-31", "--id", "K1", *agency)
        return answer["agency"], answer["indicators"][0]["denominator"]

    assert denominator() == (None, 2)
    assert denominator("--agency", "hrss") == ("hrss", 1)
    assert denominator("--agency", "housing") == ("housing", 1)


def test_text_says_fraction_target_and_what_is_missing():
    worked_example()

    lines = kpi("--as-of", "2025-10-31").splitlines()

    assert lines[:4] == [
        "2025-01-01至2025-10-31（含首尾两日），全区",
        "K1  欠薪投诉立案办结率  97.62%  123/126  低于目标98%  再办结1件可达标  口径：期初未结+本期立案",
        "K2  当期立案办结率  98.33%  118/120  达到目标98%  口径：只算本期立案",
        "K3  按期办结率  98.32%  117/119  达到目标98%  口径：办结期限（含批准的延长）在本期内",
    ]
    assert lines[4].startswith("K6  追回工资  0.00元  0人，0件  口径：")
    assert lines[5].startswith("K8  平均处置时长  平均64.10天，中位数64.00天  123件  口径：")


TOMORROW = str(timezone.localdate() + timedelta(days=1))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--id", "K4"), "没有K4这个指标，可用：K1、K2、K3、K6、K8"),
        (("--id", "K1", "X"), "没有X这个指标"),
        (("--agency", "moon"), "没有代码为moon的机构，可用：district、"),
        (("--from", "2025-02-01", "--as-of", "2025-01-31"), "截止日期2025-01-31早于开始日期2025-02-01"),
        (("--as-of", TOMORROW), "晚于今天"),
        (("--as-of", "someday"), "--as-of someday：日期看不懂"),
        (("--from", "2025-02-30", "--as-of", "2025-03-31"), "--from 2025-02-30：没有2025年2月30日这一天"),
    ],
)
def test_bad_input_is_said_in_a_sentence_and_nothing_is_printed(arguments, sentence):
    out = StringIO()

    with pytest.raises(CommandError) as refused:
        call_command("kpi", *arguments, stdout=out)

    assert sentence in str(refused.value)
    assert refused.value.returncode == 2
    assert out.getvalue() == ""
