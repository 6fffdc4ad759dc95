"""Every row of the law notes is in the catalogue, with the length typed here by hand."""

import re

import pytest

from arbitration import deadlines as arb
from calendars import catalogue
from calendars.catalogue import Catalogue, UnknownRule
from calendars.clock import Confidence, Direction, Period, Rule, Unit, period_words
from calendars.rules import calendar_days, hours, months, working_days, years
from cases import referral_deadlines as passing_on
from inspection import deadlines as ins
from legal_aid import deadlines as aid

WD, CD, MO, YR, HR = "wd", "cd", "mo", "yr", "h"
INSPECTION = {
    "T01": "5wd", "T02": "0cd", "T03": "", "T04": "10wd", "T05": "", "T06": "2yr", "T07a": "1wd", "T07b": "2wd",
    "T07c": "15wd", "T08": "15wd", "T09": "2wd", "HOT": "2h", "T10": "60wd", "T11": "15wd", "T12": "90cd",
    "T13": "3wd", "T14": "7wd", "T15": "3wd", "T16": "7cd", "T17": "5wd", "T18": "", "T19": "5wd", "T20": "7wd",
    "T21": "7wd", "T22": "30cd", "T23": "2cd", "T24": "10wd", "T25": "15cd", "T26": "15cd", "T27a": "3yr",
    "T27b": "3yr", "T27c": "3yr", "T28": "", "T30": "60cd", "T30b": "1yr", "T31": "6mo", "T31b": "1yr",
    "T31c": "15cd", "T32": "", "T33": "60cd", "T33b": "60cd", "T33c": "15cd", "T34": "", "T35": "10wd",
    "T36": "3mo", "T37a": "5wd", "T37b": "7wd", "T37c": "30cd", "T38": "", "T40": "", "T40a": "3wd", "T40b": "24h",
    "T41": "3wd", "T41b": "24h", "T42a": "3wd", "T42b": "3wd", "T42c": "3wd", "T43": "3wd", "T44": "20wd",
    "T45a": "5wd", "T45b": "5wd", "T46": "3yr", "T47": "15wd", "T47b": "6mo", "T48": "10wd", "T49": "",
    "T49b": "15wd", "T50": "5wd", "T51": "10wd", "T52a": "20wd", "T52b": "10wd", "T53a": "5wd", "T53b": "3wd",
    "T53c": "30cd", "T54a": "30cd", "T54b": "30cd", "T54c": "30cd", "T55": "1mo", "T56": "5wd", "TASK": "5wd",
    "PART": "",
}  # fmt: skip
ARBITRATION = {
    "MED-01": "5cd", "MED-02": "3wd", "MED-03": "15cd", "MED-04": "15cd", "MED-05": "15cd", "MED-06": "5wd",
    "MED-07": "30cd", "MED-08": "", "MED-09": "5cd", "MED-10": "15cd", "MED-11": "15cd", "MED-12": "15cd", "MED-13": "",
    "ARB-01": "5wd", "ARB-02": "5wd", "ARB-03": "5wd", "ARB-04": "5wd", "ARB-05": "10wd", "ARB-06": "5wd",
    "ARB-07": "5wd", "ARB-08": "", "ARB-09": "", "ARB-10": "5wd", "ARB-11": "", "ARB-12": "3wd", "ARB-13": "5wd",
    "ARB-14a": "5wd", "ARB-14b": "5wd", "ARB-20": "5wd", "ARB-21": "3wd", "ARB-22": "10wd", "ARB-23": "45cd",
    "ARB-24": "45cd", "ARB-25": "", "ARB-26": "", "ARB-27": "", "ARB-28": "", "ARB-29": "", "AFT-01": "15cd",
    "AFT-02": "15cd", "AFT-03": "30cd", "AFT-03b": "30cd", "AFT-04": "15cd", "AFT-05": "30cd", "AFT-06": "2yr",
    "AFT-07": "", "AFT-08": "3mo", "AFT-09a": "10yr", "AFT-09b": "5yr", "LIM-01": "1yr", "LIM-02": "1yr",
    "LIM-03": "1yr", "LIM-04": "", "LIM-05": "1yr", "PRI-01": "30cd", "PRI-02": "", "PRI-03": "0cd",
    "PRI-04a": "0cd", "PRI-04b": "7cd", "PRI-04c": "30cd", "PRI-05": "30cd", "PRI-06": "", "PRI-07": "",
    "PRI-08": "3wd",
}  # fmt: skip
LEGAL_AID = {
    "LA-01": "7cd", "LA-02": "", "LA-03": "3cd", "LA-04": "24h", "LA-05": "5cd", "LA-06": "", "LA-07": "15cd",
    "LA-08": "5cd", "LA-09": "5cd", "LA-10": "3cd", "LA-11": "30cd", "LA-12": "30cd", "LA-13": "24h", "LA-14": "0cd",
}  # fmt: skip
SHORT = {
    Unit.WORKING_DAYS: WD, Unit.CALENDAR_DAYS: CD, Unit.MONTHS: MO, Unit.YEARS: YR, Unit.HOURS: HR,
}  # fmt: skip
EXTENSIONS = {
    "T04": 10, "T07a": None, "T07b": None, "T07c": None, "T08": None, "T10": 30, "T11": None, "T16": None,
    "T25": None, "T44": 20, "MED-01": None, "MED-04": None, "MED-06": 5, "ARB-23": 15, "ARB-24": 15,
}  # fmt: skip
ALL = catalogue.all_rules()


PASSING_ON = {"REF-01": "2wd", "REF-02": "2wd", "REF-03": "3wd", "REF-04": "15wd", "REF-05": "5wd"}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (passing_on.RULES, PASSING_ON),
        (ins.RULES, INSPECTION),
        (arb.RULES, ARBITRATION),
        (aid.RULES, LEGAL_AID),
    ],
)
def test_every_row_has_its_length(rules, expected):
    found = {
        rule.code: f"{rule.period.length}{SHORT[rule.period.unit]}" if rule.period else "" for rule in rules
    }

    assert found == expected


def test_the_apps_have_registered_their_rules():
    assert {rule.code for rule in ALL} == (
        INSPECTION.keys() | ARBITRATION.keys() | LEGAL_AID.keys() | PASSING_ON.keys()
    )


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_every_rule_cites_a_provision_and_says_from_when_it_runs(rule):
    assert re.search(r"《.+》|通知|要求", rule.law), rule.law
    assert str(rule.label)
    assert str(rule.starts) or rule.period is None
    assert rule.period is not None or len(str(rule.sets_date_by)) > 8


def test_extensions_are_those_of_the_law():
    found = {rule.code: rule.extension.most for rule in ALL if rule.extension}

    assert found == EXTENSIONS


def test_no_pause_stops_investigation_and_decision():
    assert {rule.code for rule in ALL if not rule.pausable} == {"T10", "T11"}


def test_what_counts_back_from_a_hearing():
    backward = {rule.code for rule in ALL if rule.direction is Direction.BACKWARD}

    assert backward == {"T20", "ARB-20", "ARB-21"}


def test_what_has_an_earlier_reading():
    three_days = dict.fromkeys(("T40a", "T41", "T42a", "T42b", "T42c", "T43"), calendar_days(3))
    found = {rule.code: rule.warn for rule in ALL if rule.warn}

    assert found == {**three_days, "T21": calendar_days(7), "PRI-08": calendar_days(0)}


def test_targets_of_the_office():
    targets = {rule.code for rule in ALL if not rule.statutory}

    lane = {code for code in ARBITRATION if code.startswith("PRI-")}
    assert targets == lane | PASSING_ON.keys() | {"HOT", "T12", "MED-12", "LA-04", "LA-14"}


def test_what_the_law_fixes_cannot_be_set():
    assert not catalogue.rule("T01").configurable
    assert not catalogue.rule("ARB-23").unit_configurable
    assert catalogue.rule("T07c").configurable
    assert catalogue.rule("T15").configurable
    assert not catalogue.rule("LA-03").configurable
    assert catalogue.rule("LA-03").unit_configurable


def test_no_two_rules_share_a_name():
    names = [name.casefold() for rule in ALL for name in (rule.code, *rule.aliases)]

    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("asked", "found"),
    [("t10", "T10"), (" arb-23 ", "ARB-23"), ("T30a", "T30"), ("T07A", "T07a"), ("AFT-03a", "AFT-03")],
)
def test_a_rule_is_found_by_code_or_alias_in_any_letters(asked, found):
    assert catalogue.rule(asked).code == found


def test_a_row_of_several_lengths_names_its_parts():
    with pytest.raises(UnknownRule, match="T07分为T07a、T07b、T07c"):
        catalogue.rule("T07")


def test_an_unknown_code_is_refused():
    with pytest.raises(UnknownRule, match="没有编号为“T99”的期限规则"):
        catalogue.rule("T99")


def make(code, **more):
    return Rule(code, "测试", working_days(1), "《法》第一条", **more)


def test_duplicates_are_refused_and_nothing_of_the_batch_is_added():
    mine = Catalogue()
    mine.register([make("A1", aliases=("A1a",))])

    for twice in (make("a1"), make("A1A"), make("B1", aliases=("A1",))):
        with pytest.raises(ValueError, match="registered already"):
            mine.register([make("C1"), twice])
    assert [rule.code for rule in mine.all_rules()] == ["A1"]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (working_days(60), "60个工作日"),
        (calendar_days(45), "45天（自然日）"),
        (months(6), "6个月"),
        (years(2), "2年"),
        (hours(24), "24小时"),
        (calendar_days(0), "当日"),
    ],
)
def test_period_in_words(period, words):
    assert period_words(period) == words


def test_a_period_is_not_negative():
    with pytest.raises(ValueError, match="negative"):
        Period(-1, Unit.MONTHS)


def test_confidence_is_told_in_the_letters_of_the_notes():
    assert {rule.confidence for rule in ALL} == {Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW}
    assert [catalogue.rule(code).confidence.value for code in ("T01", "T12", "T07a")] == ["H", "M", "L"]
