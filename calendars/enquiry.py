"""One question to the calculator: which rule, from when, with what changes. Command and page ask it alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from calendars import catalogue
from calendars.clock import Clock, ClockError, Due, Pause, Rule, Unit, due, period_words
from calendars.counting import beijing_day
from calendars.rules import Direction
from calendars.working_days import WorkingCalendar


@dataclass(frozen=True)
class Enquiry:
    """What was asked. ``code`` is as it was asked for, ``rule`` as the office has set it."""

    code: str
    rule: Rule
    clock: Clock
    official_only: bool = False


def parse_moment(text: str) -> date | datetime:
    """A date as 2026-02-10, or an instant as 2026-02-10T14:30 (Beijing time unless it names a zone)."""
    text = text.strip()
    for parse in (date.fromisoformat, datetime.fromisoformat):
        try:
            return parse(text)
        except ValueError:
            continue
    raise ClockError(f"日期看不懂：“{text}”，写成2026-02-10；按小时计算的写成2026-02-10T14:30")


def parse_pause(text: str) -> Pause:
    """FROM:RESUMED in dates, 2026-04-10:2026-06-01; without the second date the pause is still open."""
    first, colon, resumed = text.partition(":")
    if not colon:
        raise ClockError(f"中止写成“中止日:恢复日”，例如2026-04-10:2026-06-01；现在是“{text}”")
    return Pause(_day(first), _day(resumed) if resumed.strip() else None)


def parse_amount(text: str) -> int:
    """The units of an extension, 30; not negative."""
    if not text.strip().isdecimal() or len(text) > 4:
        raise ClockError(f"延长的期限是不超过四位的整数，例如30；现在是“{text}”")
    return int(text)


def enquire(
    code: str,
    rule: Rule,
    start: str,
    *,
    pauses: Sequence[str] = (),
    extend: str = "0",
    restart: str = "",
    official_only: bool = False,
) -> Enquiry:
    """The question of a command line. ClockError when a part cannot be read."""
    clock = Clock(
        rule=rule,
        start=parse_moment(start),
        pauses=tuple(parse_pause(text) for text in pauses),
        extended_by=parse_amount(str(extend)),
        restart_on=parse_moment(restart) if restart else None,
    )
    return Enquiry(asked_code(rule, code), rule, clock, official_only)


def asked_code(rule: Rule, code: str) -> str:
    """The code as the catalogue spells it, which may be an alias of the rule."""
    names = {name.casefold(): name for name in (rule.code, *rule.aliases)}
    return names.get(code.strip().casefold(), rule.code)


def answer(enquiry: Enquiry, calendar: WorkingCalendar) -> Due:
    """When it ends. Raises what `due` raises; ClockError when it must be official and is not."""
    if not enquiry.official_only:
        return due(enquiry.clock, calendar)
    result = due(enquiry.clock, calendar.without_provisional)
    if result.provisional:
        raise ClockError(f"算到了没有公布放假安排的年份（{result.due_on.year}年），只按已公布的安排不能算")
    return result


def remarks(enquiry: Enquiry, result: Due) -> list[str]:
    """What somebody who relies on the answer should know about the law behind it."""
    rule, clock = enquiry.rule, enquiry.clock
    found = []
    if not rule.may_extend_by(clock.extended_by):
        most = rule.extension.most if rule.extension else None
        limit = f"最多延长{most}" if most else "没有延长的规定"
        found.append(f"{rule.code}{limit}，这里只作推算")
    if clock.pauses and not rule.pausable:
        other = f"；扣除中止的话是{full_day(result.if_paused_on)}" if result.if_paused_on else ""
        found.append(f"{rule.code}不因中止而停，按法定期限照算{other}")
    elif clock.pauses and not str(rule.pause_basis):
        found.append(f"{rule.code}没有中止的规定，这里只作推算")
    if result.provisional:
        found.append(provisional_words(result))
    if rule.set_in_document:
        found.append("期限以文书写明的日期为准，这里按默认长度推算")
    return found


def provisional_words(result: Due) -> str:
    """预计2027年2月24日（2027年放假安排未公布，公布后自动重算）."""
    return f"预计{full_day(result.due_on)}（{result.provisional_year}年放假安排未公布，公布后自动重算）"


def full_day(day: date) -> str:
    """2026年5月18日."""
    return f"{day.year}年{day.month}月{day.day}日"


def as_json(enquiry: Enquiry, result: Due) -> dict[str, Any]:
    """The answer for programs. Days are ISO dates, instants carry their zone; what does not apply is null."""
    return {
        "rule": enquiry.code,
        "start": result.start.isoformat(),
        "raw_end": result.raw_end.isoformat(),
        "due_on": result.due_on.isoformat(),
        "due_at": result.due_at.isoformat() if result.due_at else None,
        "warn_on": result.warn_on.isoformat() if result.warn_on else None,
        "unit": result.unit.value,
        "article": result.article,
        "provisional": result.provisional,
        "days": [
            {"date": line.date.isoformat(), "counted": line.counted, "reason": line.reason}
            for line in result.days
        ],
    }


WEEKDAYS = "一二三四五六日"


def as_text(enquiry: Enquiry, result: Due) -> str:
    """The answer for people, with every day on a line of its own."""
    rule, clock = enquiry.rule, enquiry.clock
    period = period_words(rule.period) if rule.period else ""
    lines = [f"{enquiry.code} {rule.label}：{period}，{result.article}"]
    if str(rule.starts):
        lines.append(f"起算：{rule.starts}，{_moment_words(result.start)}（当日不计）")
    if clock.extended_by:
        lines.append(f"延长：{clock.extended_by}")
    lines += [f"中止：{full_day(pause.from_)}至{_resumed_words(pause)}" for pause in clock.pauses]
    lines.append(f"{_end_words(rule)}：{_moment_words(result.due_at or result.due_on)}")
    if result.rolled:
        lines.append(f"期满日：{_moment_words(result.raw_end)}，逢休息日顺延")
    if result.warn_on:
        lines.append(f"预警：{_moment_words(result.warn_on)}")
    lines += [f"注意：{remark}" for remark in remarks(enquiry, result)]
    lines.append("")
    counted = 0
    for line in result.days:
        counted += line.counted
        number = f"{counted:>4}" if line.counted else "   -"
        lines.append(f"{number}  {line.date.isoformat()} 周{WEEKDAYS[line.date.weekday()]}  {line.reason}")
    return "\n".join(lines).rstrip()


def known_parts() -> list[tuple[str, list[Rule]]]:
    """The rules of the catalogue in groups by the letters of their codes, in order."""
    groups: dict[str, list[Rule]] = {}
    for rule in catalogue.all_rules():
        groups.setdefault(_family(rule.code), []).append(rule)
    return list(groups.items())


def _family(code: str) -> str:
    letters = code.partition("-")[0]
    return "T" if letters[0] == "T" or letters == "HOT" else letters


def _end_words(rule: Rule) -> str:
    return "最晚" if rule.direction is Direction.BACKWARD else "到期"


def _moment_words(moment: date | datetime) -> str:
    day = beijing_day(moment)
    words = f"{full_day(day)} 周{WEEKDAYS[day.weekday()]}"
    return f"{words} {moment:%H:%M}" if isinstance(moment, datetime) else words


def _resumed_words(pause: Pause) -> str:
    return f"{full_day(pause.resumed)}恢复" if pause.resumed else "未恢复"


def _day(text: str) -> date:
    return beijing_day(parse_moment(text))


def is_by_the_clock(rule: Rule) -> bool:
    """Whether the rule runs in hours."""
    return rule.period is not None and rule.period.unit is Unit.HOURS
