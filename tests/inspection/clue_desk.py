"""Clues in any situation, made directly: what a test relies on stands in the test."""

from datetime import date, datetime
from itertools import count
from typing import Any

from agencies.models import User
from inspection.clues import Clue, clocks, register_clue
from inspection.clues.services import put_clue, take_step
from tests.inspection.situations import TODAY, moment, new_key

_numbers = count(1)

PHONE = "13812345678"
ID_NUMBER = "500151199001010011"
SENT = moment(TODAY, 9)
VERDICT = {"verdict": "untrue", "transferred_to": "", "result": "工资已按月发放", "reply": ""}
REACHED = {"method": "phone", "reached": True, "result": "本人说工资差两个月"}
MISSED = {"method": "phone", "reached": False, "result": "无人接听"}


def facts(**values: Any) -> dict[str, Any]:
    """Columns of a clue of the national platform, sent on `TODAY`."""
    return {
        "channel": "national",
        "external_no": f"GZ-{next(_numbers):04}",
        "received_at": SENT,
        "dispatched_at": SENT,
        "reporter_name": "王小明",
        "reporter_phone": PHONE,
        "reporter_id_number": ID_NUMBER,
        "employer_name": "重庆某某建筑劳务有限公司",
        "site": "某某安置房二期",
        "content": "三个月工资没有发",
    } | values


def new_clue(by: User, **values: Any) -> Clue:
    """The clue as the window registers it."""
    return register_clue(by=by, key=new_key(), values=facts(**values))


def silent_clue(by: User, **values: Any) -> Clue:
    """The clue as an interface puts it, for people without the right to register one."""
    return put_clue(agency=by.agency, by=None, values=facts(**values), label="导入线索")


def fresh(clue: Clue) -> Clue:
    return Clue.objects.get(pk=clue.pk)


def step(name: str, clue: Clue, by: User, note: str = "", **given: Any) -> Clue:
    """The clue after the step, taken with its present version."""
    take_step(clue=clue, step=name, by=by, version=fresh(clue).version, key=new_key(), note=note, **given)
    return fresh(clue)


def rung(clue: Clue, by: User, at: datetime | None = None, **given: Any) -> Clue:
    """The clue after an attempt to reach the person, successful unless told otherwise."""
    return step("contact_clue", clue, by, at=at or moment(TODAY, 10), **(REACHED | given))


def limits(clue: Clue, now: datetime) -> dict[str, tuple[date, bool]]:
    """Each limit of the clue by its code: the day it ends, and whether it still runs."""
    return {
        line.rule.code: (line.due.due_on, line.is_running)
        for line in clocks.lines(fresh(clue), now)
        if line.due is not None
    }
