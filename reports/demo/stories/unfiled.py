"""Complaints that ended before a case was filed."""

from inspection.states import Path
from reports.demo.fiction import Wish
from reports.demo.office import File
from reports.demo.stories.passages import Days


def refused(file: File) -> Days:
    """不予受理: the breach ended more than two years before."""
    file.register(Wish(months=3, ended_months_ago=28, may_be_accepted=False))
    yield file.later(1)
    reason = "欠薪行为终了已超过两年，其间没有投诉、举报。"
    yield from file.agreed("refuse", file.staff.window, file.staff.head, reason, reason=reason)


def never_completed(file: File) -> Days:
    """补正期满: what was missing never came."""
    file.register(Wish(may_be_accepted=False))
    yield file.later(1)
    due_on = file.later(10)
    file.take(
        "request_correction", file.staff.window, missing_items="单位全称和地址；欠薪证据", due_on=due_on
    )
    file.hand_over("D05")
    yield file.open_after(due_on)
    reason = "补正期满没有补正，被投诉单位仍不明确。"
    yield from file.agreed("lapse_correction", file.staff.window, file.staff.head, reason, reason=reason)


def redirected(file: File) -> Days:
    """告知: the same claim is before the arbitration commission."""
    file.register(Wish(may_be_accepted=False, other_proceeding=True))
    yield file.later(1)
    yield from file.agreed(
        "redirect",
        file.staff.window,
        file.staff.head,
        "同一请求已申请仲裁。",
        path=Path.ARBITRATION,
        redirect_to="铜梁区劳动人事争议仲裁院，窗口见告知书",
        reason="同一请求已申请仲裁，不作为监察投诉受理。",
    )


def voided(file: File) -> Days:
    """登记作废: typed twice."""
    file.register(Wish())
    yield file.today
    file.take("void", file.staff.head, reason="同一投诉误登记两次，以前一件为准。")
