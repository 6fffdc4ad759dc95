"""Figures proved later, as of an instant, and the same number in every place."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from agencies.services import load_agencies
from cases.models import Case, Export, TimelineEvent
from reports import check_views
from reports.definitions import INDICATORS, Indicator, indicator
from reports.indicators import measure
from reports.periods import Period, end_of
from reports.proofs import fingerprint
from reports.sameness import check
from tests.people import make_user
from tests.reports.aid import application
from tests.reports.complaints import complaint, moment, payment, worker
from tests.reports.disputes import award, dispute, mediation

pytestmark = pytest.mark.django_db

MARCH, MAY, CUT_OFF = date(2025, 3, 3), date(2025, 5, 6), date(2025, 10, 31)
PERIOD = {"period": "custom", "from_on": "2025-01-01", "as_of": "2025-10-31"}


@pytest.fixture(autouse=True)
def _bodies(db):
    load_agencies()


@pytest.fixture
def leader(client):
    client.force_login(make_user("leader01", agency="district", role="leader"))
    return client


def a_bit_of_everything():
    case = complaint(filed_on=MARCH, closed_on=MAY, due_on=date(2025, 5, 30), is_priority=True)
    payment(worker(case), 123_400, paid_on=MAY)
    complaint(filed_on=MARCH, due_on=date(2025, 5, 30), is_group=True)
    award(dispute(accepted_on=MARCH, closed_on=MAY, outcome="award_final"), made_on=MAY)
    dispute(accepted_on=MARCH, is_suspended=True)
    mediation(accepted_on=MARCH, closed_on=MAY)
    application(received_on=MARCH, granted_on=MARCH, concluded_on=MAY, obtained_fen=500)


def kpi(*arguments):
    out = StringIO()
    call_command("kpi", *arguments, stdout=out)
    return out.getvalue()


# Proofs


@pytest.fixture
def kept(tmp_path):
    a_bit_of_everything()
    file = tmp_path / "figures.json"
    kpi("--as-of", "2025-10-31", "--proof", str(file))
    return file


def verified(file):
    """What the verification says, and the code it ends with."""
    out, code = StringIO(), 0
    try:
        call_command("kpi", "--verify", str(file), stdout=out)
    except CommandError as error:
        code = error.returncode
    return out.getvalue().splitlines(), code


def test_a_proof_holds_versions_numbers_and_the_fingerprint_of_the_sorted_case_numbers(kept):
    entries = {each["id"]: each for each in json.loads(kept.read_text())["indicators"]}

    assert set(entries) == set(INDICATORS)
    numbers = sorted(Case.objects.filter(kind="inspection").values_list("case_no", flat=True))
    assert entries["K1"]["cases"]["denominator"] == {
        "fingerprint": fingerprint(reversed(numbers)),
        "numbers": numbers,
    }
    assert (entries["A1"]["version"], entries["A1"]["parts"]["denominator"]) == (1, 2)


def test_nothing_changed_is_verified(kept):
    assert verified(kept) == (["27项指标重新计算，和文件完全相同"], 0)


def test_what_changed_since_is_listed_with_its_case_numbers(kept):
    late = Case.objects.get(kind="inspection", closed_on=None)
    Case.objects.filter(pk=late.pk).update(closed_on=CUT_OFF, ended_on=CUT_OFF, outcome="01")

    lines, code = verified(kept)

    assert code == 1
    assert "K1 欠薪投诉立案办结率：分子原为1，现为2" in lines
    assert f"K1 欠薪投诉立案办结率 本期办结：多了1件：{late.case_no}" in lines
    assert f"K1 欠薪投诉立案办结率 期末未结：少了1件：{late.case_no}" in lines
    assert not [line for line in lines if line.startswith(("A", "M", "L"))]


def test_a_changed_definition_and_a_changed_file_are_found(kept):
    document = json.loads(kept.read_text())
    document["indicators"][0]["version"] = 0
    document["indicators"][1]["cases"]["numerator"]["numbers"].append("案〔2025〕999号")
    kept.write_text(json.dumps(document))

    lines, _code = verified(kept)

    assert lines == [
        "K1 欠薪投诉立案办结率：定义原为第0版，现为第1版",
        "K2 当期立案办结率 本期立案且已办结：文件里的案号和指纹对不上，文件改动过",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "文件不是JSON"),
        ("[]", "这不是指标的证明文件"),
        ('{"as_of": "2025-10-31"}', "这不是指标的证明文件"),
        (
            '{"as_of": "someday", "from": "2025-01-01", "agency": null, "indicators": []}',
            "这不是指标的证明文件",
        ),
        (
            '{"as_of": "2025-10-31", "from": "2025-01-01", "agency": null, "indicators": [{"id": "Z1"}]}',
            "这不是指标的证明文件",
        ),
        (
            '{"as_of": "2025-10-31", "from": "2025-01-01", "agency": "moon", "indicators": []}',
            "没有代码为moon",
        ),
        ('{"as_of": "2099-10-31", "from": "2025-01-01", "agency": null, "indicators": []}', "晚于今天"),
    ],
)
def test_a_file_that_is_no_proof_is_said(tmp_path, text, sentence):
    file = tmp_path / "figures.json"
    file.write_text(text)

    with pytest.raises(CommandError, match=sentence) as refused:
        kpi("--verify", str(file))

    assert refused.value.returncode == 2


def test_a_file_that_there_is_not_is_said(tmp_path):
    with pytest.raises(CommandError, match=r"nothing\.json") as refused:
        kpi("--verify", str(tmp_path / "nothing.json"))

    assert refused.value.returncode == 2


# As of an instant


def record(case, at, before, after):
    """The record says that the act at that instant changed the columns."""
    seq = case.timeline.count() + 1
    TimelineEvent.objects.create(
        case=case,
        seq=seq,
        kind=TimelineEvent.Kind.STEP,
        step="act",
        label="办理",
        acted_on=timezone.localdate(at),
        at=at,
        by=case.registered_by,
        before=before,
        after=after,
        version=seq,
        key_id="a1",
    )


def at(moment):
    """K1 and A1 as the record had them."""
    days = {"from_on": date(2025, 1, 1), "as_of": timezone.localdate(moment)}
    return [(each.numerator, each.denominator) for each in measure(["K1", "A1"], **days, moment=moment)]


def test_an_instant_counts_what_was_recorded_by_then():
    for case in (complaint(filed_on=MARCH, closed_on=MAY), dispute(accepted_on=MARCH, closed_on=MAY)):
        record(case, moment(MARCH, 9), {"filed_on": None}, {"filed_on": str(MARCH)})
        record(
            case,
            moment(MAY, 15),
            {"closed_on": None, "outcome": ""},
            {"closed_on": str(MAY), "outcome": case.outcome},
        )

    seen = [at(moment(day, hour)) for day, hour in ((MARCH, 9), (MARCH, 11), (MAY, 15), (MAY, 16))]

    assert [k1 for k1, _a1 in seen] == [(0, 0), (0, 1), (0, 1), (1, 1)]
    assert all(k1 == a1 for k1, a1 in seen)


def test_what_was_dated_back_later_is_not_known_then_but_now():
    case = dispute(accepted_on=MARCH, closed_on=MAY)
    record(
        case,
        moment(date(2025, 6, 2)),
        {"closed_on": None, "outcome": ""},
        {"closed_on": str(MAY), "outcome": case.outcome},
    )

    document = json.loads(kpi("--as-of", "2025-05-31", "--recorded", "--id", "A1", "--format", "json"))

    assert document["as_of"] == "2025-06-01T00:00:00+08:00"
    (entry,) = document["indicators"]
    assert (entry["numerator"], entry["denominator"], entry["met"]) == (0, 1, False)
    assert entry["now"] == {"numerator": 1, "denominator": 1, "rate": 1.0, "met": True}
    assert "A1  劳动争议案件结案率  0.00%  0/1" in kpi("--as-of", "2025-05-31T18:00", "--id", "A1")
    assert "现在所知：100.00%  1/1" in kpi("--as-of", "2025-05-31T18:00", "--id", "A1")


def test_a_reopening_is_in_the_record_of_the_instant_too():
    case = complaint(filed_on=MARCH, reopened_on=date(2025, 6, 2))
    wiped = {"closed_on": str(MAY), "outcome": "01", "reopened_on": None}
    record(case, moment(date(2025, 6, 2), 9), wiped, {"closed_on": None, "outcome": ""})

    assert [at(moment(date(2025, 6, 2), hour))[0] for hour in (9, 10)] == [(1, 1), (0, 1)]


def test_wages_of_an_instant_are_those_verified_by_then():
    payment(worker(complaint(filed_on=MARCH)), 5_000, paid_on=MAY, verified_on=date(2025, 6, 2))

    def wages(day):
        (k6,) = measure(["K6"], from_on=date(2025, 1, 1), as_of=day, moment=end_of(day))
        return k6.numerator

    assert [wages(date(2025, 6, 1)), wages(date(2025, 6, 2))] == [0, 5_000]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("2099-10-31T15:30", "晚于现在"), ("2025-10-31T25:30", "时刻看不懂"), ("x:y", "时刻看不懂")],
)
def test_an_instant_that_cannot_be_is_said(typed, sentence):
    with pytest.raises(CommandError, match=sentence) as refused:
        kpi("--as-of", typed)

    assert refused.value.returncode == 2


def test_the_end_of_a_day_is_its_midnight_in_beijing():
    assert end_of(CUT_OFF) == datetime.fromisoformat("2025-11-01T00:00:00+08:00")


# The same number everywhere


ROLES = [
    ("district", "leader"),
    ("hrss", "stats"),
    ("hrss", "bureau_head"),
    ("hrss", "deputy_head"),
    ("inspection", "inspection_head"),
    ("inspection", "inspector"),
    ("arb", "institute_head"),
    ("arb", "committee_chair"),
    ("aid", "aid_director"),
]


@pytest.mark.parametrize(("agency", "role"), ROLES)
def test_count_list_file_and_answer_are_the_same_for_every_role(client, agency, role):
    a_bit_of_everything()
    user = make_user("somebody", agency=agency, role=role)
    client.force_login(user)

    lines = check(Period(date(2025, 1, 1), CUT_OFF), user)

    assert [line for line in lines if not line.is_same] == []
    assert any(line.counted for line in lines)
    answer = client.get(reverse("reports:figures"), PERIOD).json()
    told = {each["id"]: each["parts"] for each in answer["indicators"]}
    assert all(
        told[each.indicator.id][each.name] == each.counted for each in lines if each.indicator.id in told
    )


def test_the_page_says_that_all_are_the_same(leader):
    a_bit_of_everything()

    response = leader.get(reverse("reports:check"), PERIOD)

    assert response.status_code == 200
    assert len(response.context["lines"]) > 90
    assert response.context["different"] == []
    assert "个数，0个不同" in response.content.decode()


def test_more_cases_than_a_page_reads_are_left_to_the_command(leader, monkeypatch):
    a_bit_of_everything()
    monkeypatch.setattr(check_views, "MOST_ROWS", 3)

    response = leader.get(reverse("reports:check"), PERIOD)

    assert response.context["lines"] == []
    assert "请系统管理员运行 manage.py check_figures" in response.content.decode()


def test_a_wrong_period_of_the_check_is_said(leader):
    response = leader.get(
        reverse("reports:check"), {"period": "custom", "from_on": "x", "as_of": "2025-10-31"}
    )

    assert response.status_code == 422
    assert "日期看不懂" in response.content.decode()


def test_the_command_checks_one_person_of_every_role():
    a_bit_of_everything()
    for number, (agency, role) in enumerate(ROLES[:3]):
        make_user(f"person{number}", agency=agency, role=role)
    make_user("window", role="window")
    out = StringIO()

    call_command("check_figures", "--as-of", "2025-10-31", stdout=out)

    lines = out.getvalue().splitlines()
    assert len(lines) == 4
    assert all("个数，0个不同" in line for line in lines)


def test_the_command_refuses_a_period_that_cannot_be():
    tomorrow = timezone.localdate() + timedelta(days=1)

    for arguments in (("--as-of", str(tomorrow)), ("--from", "someday")):
        with pytest.raises(CommandError) as refused:
            call_command("check_figures", *arguments)
        assert refused.value.returncode == 2


def test_the_answer_for_programs_is_that_of_the_command_with_parts(leader):
    a_bit_of_everything()

    answer = leader.get(reverse("reports:figures"), {**PERIOD, "id": ["K1", "A1"]}).json()

    command = json.loads(kpi("--as-of", "2025-10-31", "--id", "K1", "A1", "--format", "json"))
    parts = [each.pop("parts") for each in answer["indicators"]]
    assert [each.pop("version") for each in answer["indicators"]] == [1, 1]
    assert answer == command
    assert (parts[0]["opening"], parts[0]["filed"], parts[1]["suspended"]) == (0, 2, 1)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({**PERIOD, "id": "Z1"}, "没有这个指标，可用：K1、"),
        ({"period": "decade"}, "选本年累计、本季、本月或自选"),
    ],
)
def test_what_a_program_asks_wrongly_is_said(leader, query, sentence):
    response = leader.get(reverse("reports:figures"), query)

    assert response.status_code == 422
    assert sentence in response.json()["error"]


def file_of(client, indicator_, part, **fields):
    address = reverse("reports:export", args=[indicator_, part])
    return client.post(f"{address}?period=custom&from_on=2025-01-01&as_of=2025-10-31", fields)


def test_the_file_holds_exactly_the_cases_and_is_recorded(leader):
    a_bit_of_everything()

    response = file_of(leader, "A1", "gap", purpose="向区政府报告")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    case = Case.objects.get(kind="arbitration", closed_on=None)
    assert rows[0] == ["案号", "办理机构", "收到日期", "立案日期", "办结期限", "办结日期", "状态"]
    assert rows[1:] == [
        [case.case_no, str(case.agency), "2025-03-03", "2025-03-03", "", "", case.state_label]
    ]
    (kept,) = Export.objects.all()
    assert (kept.purpose, kept.case_count, kept.query.split("?")[0]) == ("向区政府报告", 1, "A1/gap")


def test_a_file_without_a_purpose_is_refused_and_the_list_shown_again(leader):
    a_bit_of_everything()

    response = file_of(leader, "A1", "gap", purpose=" ")

    assert response.status_code == 422
    assert "还没填用途" in response.content.decode()
    assert not Export.objects.exists()


@pytest.mark.parametrize("place", [("Z1", "gap"), ("K1", "everything")])
def test_a_file_of_a_number_that_there_is_not_is_not_found(leader, place):
    assert file_of(leader, *place, purpose="核对").status_code == 404


# Definitions


def test_every_definition_is_data_with_version_validity_owner_and_cut_off():
    for each in INDICATORS.values():
        assert isinstance(each, Indicator)
        assert all(
            (each.label, each.formula, each.basis, each.exclusions, each.source, each.cut_off, each.owner)
        )
        assert (each.version, each.valid_from) == (1, date(2025, 1, 1))


@pytest.mark.parametrize(
    ("year", "target"), [(2024, "0.96"), (2025, "0.96"), (2026, "0.97"), (2027, "0.98"), (2030, "0.98")]
)
def test_a_target_holds_from_its_year_on(year, target):
    stepped = Indicator(
        **{**vars(indicator("K1")), "targets": ((2025, "0.96"), (2026, "0.97"), (2027, "0.98"))}
    )

    assert stepped.target_in(year) == target
    assert indicator("A2").target_in(year) is None


def test_the_page_of_definitions_says_which_is_reported_and_what_the_others_say(leader):
    a_bit_of_everything()

    response = leader.get(reverse("reports:definitions"))

    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("报送用</span>") == 1
    assert page.count("对照</span>") == 2
    assert "2025年起98%" in page
    assert "2025年起97%" in page
    assert [row[0].id for row in response.context["rows"]][: len(INDICATORS)] == list(INDICATORS)
