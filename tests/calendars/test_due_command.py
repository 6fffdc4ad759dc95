"""`manage.py due`: JSON, text, batches, refusals and their exit codes."""

import json
import os
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from calendars import services
from calendars.rules import working_days
from tests.people import make_user

pytestmark = pytest.mark.django_db
PROJECT = Path(__file__).resolve().parents[2]


def ask(*words, **options):
    out, err = StringIO(), StringIO()
    call_command("due", *words, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def ask_json(*words):
    return json.loads(ask(*words, "--format", "json")[0])


def refused(*words):
    with pytest.raises(CommandError) as refusal:
        ask(*words)
    return refusal.value.returncode, str(refusal.value)


def test_json_of_working_days():
    assert ask_json("T01", "2026-02-10") == {
        "rule": "T01",
        "start": "2026-02-10",
        "raw_end": "2026-02-24",
        "due_on": "2026-02-24",
        "due_at": None,
        "warn_on": None,
        "unit": "working_days",
        "article": "《关于实施〈劳动保障监察条例〉若干规定》第十八条",
        "provisional": False,
        "days": [
            {"date": "2026-02-11", "counted": True, "reason": "工作日"},
            {"date": "2026-02-12", "counted": True, "reason": "工作日"},
            {"date": "2026-02-13", "counted": True, "reason": "工作日"},
            {"date": "2026-02-14", "counted": True, "reason": "调休上班"},
            *[{"date": f"2026-02-{day}", "counted": False, "reason": "春节"} for day in range(15, 24)],
            {"date": "2026-02-24", "counted": True, "reason": "工作日"},
        ],
    }


def test_json_of_a_suspended_and_extended_award():
    answer = ask_json("ARB-23", "2026-03-20", "--pause", "2026-04-10:2026-06-01", "--extend", "15")

    assert (answer["raw_end"], answer["due_on"]) == ("2026-07-10", "2026-07-10")
    assert sum(day["counted"] for day in answer["days"]) == 60
    assert sum(day["reason"] == "中止" for day in answer["days"]) == 52


def test_json_of_hours():
    answer = ask_json("T40b", "2026-11-20T14:30")

    assert answer["start"] == "2026-11-20T14:30:00+08:00"
    assert (answer["due_at"], answer["due_on"], answer["raw_end"]) == (
        "2026-11-21T14:30:00+08:00",
        "2026-11-21",
        "2026-11-21",
    )
    assert ask_json("T40b", "2026-11-20")["due_at"] == "2026-11-21T00:00:00+08:00"
    assert ask_json("T40b", "2026-11-20T06:30:00Z") == answer


def test_json_of_a_second_reading():
    answer = ask_json("T21", "2026-04-17")

    assert (answer["due_on"], answer["warn_on"]) == ("2026-04-28", "2026-04-24")


def test_json_of_a_restart_counts_from_it():
    answer = ask_json("ARB-23", "2026-03-20", "--restart", "2026-04-13")

    assert (answer["start"], answer["due_on"]) == ("2026-04-13", "2026-05-28")
    assert answer["days"][0]["date"] == "2026-04-14"


def test_json_of_a_hearing_counts_back():
    answer = ask_json("ARB-20", "2026-03-10")

    assert (answer["due_on"], answer["warn_on"]) == ("2026-03-03", "2026-03-02")
    assert [day["date"] for day in answer["days"]][:3] == ["2026-03-09", "2026-03-08", "2026-03-07"]


def test_json_of_the_next_year_is_provisional():
    answer = ask_json("T10", "2026-11-24")

    assert (answer["due_on"], answer["provisional"], answer["warn_on"]) == ("2027-02-23", True, "2027-02-16")


def test_an_alias_is_answered_under_its_own_name():
    assert ask_json("t30A", "2026-04-21")["rule"] == "T30a"
    assert ask_json("arb-02", "2026-02-09")["rule"] == "ARB-02"


def test_several_pauses():
    answer = ask_json(
        "ARB-23", "2026-03-20", "--pause", "2026-04-10:2026-04-20", "--pause", "2026-04-15:2026-04-25"
    )

    assert answer["raw_end"] == "2026-05-19"


def test_what_the_law_does_not_know_is_remarked_beside_the_json():
    _, remarks = ask(
        "T01", "2026-02-10", "--extend", "3", "--pause", "2026-02-11:2026-02-12", "--format", "json"
    )

    assert "T01没有延长的规定，这里只作推算" in remarks
    assert "T01没有中止的规定，这里只作推算" in remarks
    _, remarks = ask(
        "T10", "2026-02-12", "--pause", "2026-03-02:2026-03-16", "--extend", "31", "--format", "json"
    )
    assert "T10最多延长30，这里只作推算" in remarks
    assert "T10不因中止而停，按法定期限照算；扣除中止的话是2026年7月15日" in remarks


def test_text_explains_each_day():
    text, _ = ask("T01", "2026-02-12")

    assert text.splitlines()[:4] == [
        "T01 受理或者书面不予受理：5个工作日，《关于实施〈劳动保障监察条例〉若干规定》第十八条",
        "起算：收到投诉，2026年2月12日 周四（当日不计）",
        "到期：2026年2月26日 周四",
        "",
    ]
    assert "   2  2026-02-14 周六  调休上班" in text
    assert "   -  2026-02-15 周日  春节" in text


def test_text_of_a_date_that_rolled_and_is_provisional():
    text, _ = ask("ARB-23", "2026-11-26", "--pause", "2026-12-01:2026-12-31")

    assert "中止：2026年12月1日至2026年12月31日恢复" in text
    assert "期满日：2027年2月9日 周二，逢休息日顺延" in text
    assert "注意：预计2027年2月11日（2027年放假安排未公布，公布后自动重算）" in text
    assert "预警：2027年2月9日 周二" in text


def test_a_rule_without_length_exits_2_with_what_sets_its_date():
    assert refused("LA-02", "2026-04-27") == (
        2,
        "LA-02 补充材料或者作出说明没有固定期限：由补充材料通知书确定；逾期不补视为撤回申请",
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("T99", "2026-02-10"), "没有编号为“T99”的期限规则"),
        (("T07", "2026-02-10"), "T07分为T07a、T07b、T07c，写明是哪一个"),
        (("T01", "2026-02-30"), "日期看不懂：“2026-02-30”，写成2026-02-10；按小时计算的写成2026-02-10T14:30"),
        (("T01", "2026-02-10", "--pause", "2026-02-11"), "中止写成“中止日:恢复日”"),
        (("T01", "2026-02-10", "--pause", "2026-03-11:2026-03-10"), "恢复日2026-03-10早于中止日2026-03-11"),
        (("T01", "2026-02-10", "--pause", "2026-02-11:"), "2026年2月11日起中止，恢复以后才能算出到期日"),
        (("T01", "2026-02-10", "--extend", "many"), "延长的期限是不超过四位的整数"),
        (("T01", "2026-02-10", "--restart", "2026-02-09"), "重新起算的日子早于原来的起算日"),
        (("T10", "2027-11-24"), "2028年的放假安排没有录入"),
        (("T10", "2026-11-24", "--official-only"), "2027年的放假安排没有录入"),
        (("T46", "2026-11-24", "--official-only"), "只按已公布的安排不能算"),
        (("T01",), "写明规则编号和起算日"),
        ((), "写明规则编号和起算日"),
        (("--batch", "/nowhere/at/all"), "文件读不了"),
    ],
)
def test_what_cannot_be_answered_exits_1_with_a_sentence(words, sentence):
    code, text = refused(*words)

    assert code == 1
    assert sentence in text


def test_official_only_answers_what_is_official():
    assert ask_json("T10", "2026-02-12", "--official-only")["due_on"] == "2026-05-18"


def test_a_batch_answers_line_by_line(tmp_path):
    file = tmp_path / "questions.txt"
    file.write_text(
        "T01 2026-02-10\n"
        "\n"
        "ARB-23 2026-03-20 --pause 2026-04-10:2026-06-01 --extend 15\n"
        "T99 2026-02-10\n"
        "T05 2026-02-10\n"
        "T01\n"
        "T01 2026-02-10 --wrong\n"
        "T01 '2026-02-10\n"
        "T10 2026-11-24 --official-only\n",
        encoding="utf-8",
    )

    out, err = ask("--batch", str(file))

    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer.get("due_on") for answer in answers] == ["2026-02-24", "2026-07-10", *[None] * 6]
    assert answers[0] == ask_json("T01", "2026-02-10")
    unreadable = "这一行看不懂，写成“规则 起算日 [选项]”，例如：T10 2026-02-12 --extend 30"
    assert answers[2:] == [
        {"error": "没有编号为“T99”的期限规则", "line": 4},
        {
            "error": "T05 巡查、举报、书面审查或者移送发现的案件立案没有固定期限："
            "法律要求及时立案，没有天数；监察机构负责人签批的日期就是立案日期",
            "line": 5,
        },
        {"error": unreadable, "line": 6},
        {"error": unreadable, "line": 7},
        {"error": "这一行的引号不成对：T01 '2026-02-10", "line": 8},
        {"error": "2027年的放假安排没有录入，工作日期限算不到这一年；录入以后再算", "line": 9},
    ]
    assert err == ""


def test_the_office_s_setting_and_calendar_are_used():
    editor = make_user("admin01", agency="district", role="sysadmin")
    services.load_official_calendars()
    services.set_rule(
        code="T07c", period=working_days(1), valid_from=date(2026, 1, 1), by=editor, reason="平台通知"
    )
    services.replace_days(year=2027, days={}, official=True, by=editor, reason="试", expected_version=1)

    assert ask_json("T07c", "2026-12-31")["due_on"] == "2027-01-01"
    assert not ask_json("T07c", "2026-12-31")["provisional"]


def test_without_a_database_the_built_in_years_are_used(tmp_path):
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "HUXIN_VAR_DIR": str(tmp_path),
        "HUXIN_PROFILE": "test",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    command = [sys.executable, "manage.py", "due", "T01", "2026-02-10", "--format", "json"]

    done = subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True, timeout=300
    )

    assert json.loads(done.stdout)["due_on"] == "2026-02-24"
    assert done.stderr.strip() == "数据库还没有建好，按系统自带的放假安排计算"


def test_the_process_exits_2_for_a_rule_without_length():
    command = [sys.executable, "manage.py", "due", "T05", "2026-02-10"]
    environment = {**os.environ, "HUXIN_PROFILE": "test", "DJANGO_SETTINGS_MODULE": "config.settings.test"}

    done = subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False, timeout=300
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert "监察机构负责人签批的日期就是立案日期" in done.stderr
