"""Complaints from which a matter went on to another agency."""

from cases.models.people import ProjectType
from cases.services import referrals
from inspection.states import ClosingCode, Path
from reports.demo.fiction import Wish
from reports.demo.office import File
from reports.demo.stories.passages import Days, closed, filed, looked_into, ordered, put_away
from reports.demo.stories.standing import under_investigation

OF_THE_SECTOR = "《保障农民工工资支付条例》第七条第二款"
WHY = "建设单位没有按约拨付人工费，请行业主管部门督促。"


def ruled_upon(file: File) -> Days:
    """转办住房城乡建委，两次退回，裁定由其办理；工资付清后办结."""
    yield from filed(file, Wish(workers=2, project=ProjectType.MUNICIPAL))
    yield from looked_into(file)
    file.pass_on("housing", WHY, OF_THE_SECTOR)
    housing = file.staff.liaisons["housing"]
    returned = {"return_rule": OF_THE_SECTOR, "reason": "不是房屋建筑工程。"}
    yield file.later(1)
    file.answer(referrals.turn_back, housing, **returned)
    file.answer(referrals.resend, file.lead, answer="施工许可由你委核发。")
    yield file.later(1)
    file.answer(referrals.turn_back, housing, **returned)
    yield file.later(1)
    ruling = "施工许可由住房城乡建委核发的工程，欠付人工费由住房城乡建委督促。"
    file.answer(referrals.rule, file.staff.deputy, verdict=referrals.BINDING, ruling=ruling)
    file.answer(referrals.accept, housing)
    yield from ordered(file)
    file.answer(referrals.report_back, housing, result="已约谈建设单位，人工费拨付到专用账户。")
    file.pay("employer")
    yield file.later(1)
    outcome = ClosingCode.PAID_AFTER_ORDER
    yield from closed(file, "close_paid", outcome, "工资已经付清，回访属实。", call_back_done=True)
    yield from put_away(file)


def waiting_for_answer(file: File) -> Days:
    """调查中，转办住房城乡建委，等接收."""
    yield from under_investigation(file)
    file.pass_on("housing", WHY, OF_THE_SECTOR)


def to_arbitration(file: File) -> Days:
    """告知仲裁途径，凭本人同意转仲裁院，等接收."""
    file.register(Wish(workers=2, months=2, may_be_accepted=False))
    yield file.later(1)
    reason = "单位否认劳动关系，请求超出监察职权。"
    yield from file.agreed(
        "redirect",
        file.staff.window,
        file.staff.head,
        reason,
        path=Path.ARBITRATION,
        redirect_to="铜梁区劳动人事争议仲裁院，窗口见告知书",
        reason=reason,
    )
    file.pass_on("arb", reason, "《劳动保障监察条例》第二十一条", kind="arbitration")
