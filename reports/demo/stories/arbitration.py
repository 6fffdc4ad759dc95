"""Disputes of the last months, at least one in every state, written through the services of arbitration.

They have a clock of their own, as clues and legal aid have: the institute is another office.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heappush

from arbitration.models import Room
from arbitration.states import ClaimType
from cases.models import Case, PartyRole
from reports.demo.clock import turned_back
from reports.demo.institute import Desk, Institute
from reports.demo.office import last_working_day

ROOMS = (("第一仲裁庭", "三楼301"), ("第二仲裁庭", "三楼302"), ("速裁庭", "一楼大厅西侧"))


Story = Callable[["Desk"], Iterator[date]]


# Intake, one for each state


def just_received(desk: Desk) -> Iterator[date]:
    yield desk.back(1)
    desk.arrive()


def interrupted(desk: Desk) -> Iterator[date]:
    yield desk.back(2)
    desk.arrive(
        migrant=False, types=(ClaimType.TERMINATE,), employment_ended_on=desk.today - timedelta(days=340)
    )
    desk.take(
        "record_limitation",
        desk.staff.window,
        kind="demand",
        happened_on=desk.day(-60),
        proof="催要工资的短信记录",
    )
    desk.agreed("enter_lane", desk.staff.window, desk.staff.head, reason="申请人重病，急需医疗费。")


def waiting_for_papers(desk: Desk) -> Iterator[date]:
    yield desk.back(3)
    desk.arrive()
    yield desk.back(2)
    desk.take(
        "request_correction", desk.staff.window, missing_items="工资结算依据\n工地名称", due_on=desk.day(8)
    )


def never_completed(desk: Desk) -> Iterator[date]:
    yield desk.back(34)
    desk.arrive()
    desk.take(
        "request_correction", desk.staff.window, missing_items="被申请人的名称和地址", due_on=desk.day(7)
    )
    yield desk.after(9)
    desk.take(
        "lapse_correction", desk.staff.window, jurisdiction="performance", opinion="没有补正，拟不予受理。"
    )
    desk.take("refuse", desk.staff.head, ground="interest", reason="没有写明被申请人，经告知没有补正。")


def refused(desk: Desk) -> Iterator[date]:
    yield desk.back(20)
    desk.arrive(migrant=False, types=(ClaimType.OTHER,))
    desk.submitted()
    yield desk.later(1)
    desk.take("return_intake", desk.staff.head, reason="请写明是不是同一争议。")
    yield desk.later(1)
    desk.submitted()
    desk.take("refuse", desk.staff.head, ground="scope", reason="请求返还承包保证金，不属于劳动争议。")
    desk.archived()


def told_where_to_go(desk: Desk) -> Iterator[date]:
    yield desk.back(26)
    desk.arrive()
    yield desk.later(1)
    desk.take(
        "redirect",
        desk.staff.window,
        to="重庆市大足区劳动人事争议仲裁委员会（示例）",
        reason="履行地和单位住所都在大足区。",
    )


def withdrawn_at_once(desk: Desk) -> Iterator[date]:
    yield desk.back(31)
    desk.arrive()
    yield desk.later(2)
    desk.take(
        "withdraw_application",
        desk.staff.window,
        arrived_on=desk.day(),
        reason="单位已经付清。",
        reconciled="yes",
    )


def mediated_first(desk: Desk) -> Iterator[date]:
    yield desk.back(4)
    desk.arrive()
    yield desk.back(3)
    desk.take(
        "suggest_mediation",
        desk.staff.window,
        body="仲裁院调解中心",
        consent_on=desk.day(),
        how="当面签字的同意书",
    )


def mediation_in_vain(desk: Desk) -> Iterator[date]:
    yield desk.back(24)
    desk.arrive()
    facts = {"body": "仲裁院调解中心", "consent_on": desk.day(), "how": "当面签字的同意书"}
    desk.take("suggest_mediation", desk.staff.window, **facts)
    yield desk.later(5)
    desk.take(
        "mediation_ended",
        desk.staff.window,
        ended_on=desk.day(),
        result="没有谈成。",
        opinion="符合条件，拟受理。",
    )


def mediation_unwanted(desk: Desk) -> Iterator[date]:
    yield desk.back(22)
    desk.arrive()
    facts = {"body": "东城街道调解中心", "consent_on": desk.day(), "how": "电话同意，录音10:32"}
    desk.take("suggest_mediation", desk.staff.window, **facts)
    yield desk.later(2)
    desk.take("mediation_declined", desk.staff.window, ended_on=desk.day(), result="单位不愿意调解。")
    desk.accepted()
    desk.formed()
    desk.served()
    yield desk.scheduled()
    desk.heard()
    desk.mediating()
    desk.settled()
    desk.finished()


# Accepted and under way


def newly_accepted(desk: Desk) -> Iterator[date]:
    yield desk.back(2)
    desk.arrive()
    desk.take(
        "accept_promise",
        desk.staff.window,
        promised="工友证言",
        promise_due_on=desk.day(6),
        jurisdiction="performance",
        opinion="主要材料齐全，凭承诺先行立案。",
    )
    yield desk.back(1)
    desk.take("accept", desk.staff.head)


def tribunal_named(desk: Desk) -> Iterator[date]:
    yield desk.back(4)
    desk.arrive()
    yield desk.back(3)
    desk.accepted()
    desk.formed()
    desk.agreed("leave_lane", desk.arbitrator, desk.staff.head, reason="核实后申请人不是农民工。")


def replying(desk: Desk) -> Iterator[date]:
    yield desk.back(8)
    desk.arrive(migrant=False)
    yield desk.back(7)
    desk.accepted()
    desk.formed(simple=False)
    yield desk.back(5)
    desk.served(waives=False)
    desk.take("set_evidence_limit", desk.arbitrator, evidence_due_on=desk.day(12))
    yield desk.back(3)
    desk.take(
        "object_jurisdiction",
        desk.staff.clerk,
        party=desk.unit.pk,
        arrived_on=desk.day(),
        reason="单位住所在外区。",
    )
    yield desk.back(2)
    desk.take("reject_objection", desk.staff.head, reason="劳动合同履行地在本区，本委有管辖权。")
    desk.take(
        "file_counterclaim",
        desk.staff.clerk,
        party=desk.unit.pk,
        type="other",
        formula="赔偿工具损失",
        arrived_on=desk.day(),
    )
    yield desk.back(1)
    counter = desk.case.dispute_claims.get(origin="counter")
    desk.take(
        "refuse_counterclaim", desk.staff.head, claim=counter.pk, reason="与本案不是同一劳动关系的争议。"
    )


def entrusted(desk: Desk) -> Iterator[date]:
    yield desk.back(6)
    desk.arrive()
    yield desk.back(5)
    desk.to_reply()
    yield desk.back(3)
    desk.take(
        "entrust", desk.arbitrator, body="巴川街道调解中心", consent_on=desk.day(), how="双方签字的同意书"
    )


def waiting_for_the_hearing(desk: Desk) -> Iterator[date]:
    yield desk.back(5)
    desk.arrive()
    yield desk.back(4)
    desk.to_reply()
    desk.take(
        "ask_recusal",
        desk.staff.clerk,
        person=desk.arbitrator.pk,
        asked_by=desk.unit.name[:60],
        asked_on=desk.day(),
        reason="认为与申请人认识。",
    )
    yield desk.back(3)
    about = {"person": desk.arbitrator.pk, "granted": "no", "reason": "没有证据证明有利害关系。"}
    desk.take("decide_recusal", desk.staff.head, **about)
    desk.scheduled()
    yield desk.back(2)
    desk.scheduled(
        "postpone",
        desk.arbitrator,
        asked_by="tribunal",
        asked_on=desk.day(),
        reason="书记员参加培训。",
    )


def being_heard(desk: Desk) -> Iterator[date]:
    yield desk.back(20)
    desk.arrive(types=(ClaimType.WAGE, ClaimType.OVERTIME))
    yield desk.back(19)
    desk.to_reply()
    yield desk.scheduled()
    desk.heard()
    desk.agreed(
        "order_advance",
        desk.arbitrator,
        desk.staff.head,
        party=desk.worker.pk,
        amount="3000",
        rights_clear="yes",
        hardship="申请人的孩子住院，急需医疗费。",
    )


def part_first(desk: Desk) -> Iterator[date]:
    """Wages first, in part by mediation and in part by award; the rest is still talked about."""
    yield desk.back(22)
    desk.arrive(types=(ClaimType.WAGE, ClaimType.OVERTIME, ClaimType.TERMINATE))
    yield desk.back(21)
    desk.to_reply()
    yield desk.scheduled()
    desk.heard()
    desk.mediating()
    desk.take(
        "settle_part",
        desk.arbitrator,
        items=desk.lines(only=1),
        terms="先付清三个月工资。",
        pay_by_on=desk.day(10),
    )
    desk.agreed(
        "award_part",
        desk.arbitrator,
        desk.staff.head,
        items=desk.lines(80, only=1),
        found="加班事实有考勤表证明。",
        reasons="单位没有支付加班工资。",
    )


def deliberating(desk: Desk) -> Iterator[date]:
    yield desk.back(24)
    desk.arrive(types=(ClaimType.WAGE, ClaimType.CONFIRM))
    yield desk.back(23)
    desk.to_reply()
    yield desk.scheduled()
    desk.heard()
    desk.mediating()
    yield desk.later(1)
    desk.deliberated()


def waiting_for_signature(desk: Desk) -> Iterator[date]:
    yield desk.back(26)
    desk.arrive()
    yield desk.back(25)
    desk.to_reply()
    yield desk.scheduled()
    desk.heard()
    desk.mediating()
    yield desk.later(1)
    desk.deliberated()
    desk.drafted()
    desk.take("return_draft", desk.staff.head, reason="补充证据的采信理由。")
    yield desk.later(1)
    desk.drafted()


def suspended(desk: Desk) -> Iterator[date]:
    yield desk.back(36)
    desk.arrive(migrant=False)
    yield desk.back(35)
    desk.to_reply(simple=False)
    yield desk.back(20)
    desk.agreed("suspend", desk.arbitrator, desk.staff.head, ground="6", reason="等待伤残等级鉴定结论。")


def paper_to_be_signed(desk: Desk) -> Iterator[date]:
    yield desk.back(15)
    desk.arrive()
    yield desk.back(14)
    desk.to_reply()
    yield desk.scheduled()
    desk.heard()
    desk.mediating()
    desk.settled()
    document = desk.case.documents.filter(kind="AD45", state="issued").first()
    if document is not None:
        desk.take("serve", desk.staff.clerk, document=document.pk, **desk.proof(desk.unit))


# Ended


def settled_soon(desk: Desk) -> Iterator[date]:
    """Entrusted and agreed within days; both sides sign, and the file is closed."""
    desk.arrive()
    yield desk.later(1)
    desk.to_reply()
    desk.take(
        "entrust", desk.arbitrator, body="仲裁院调解中心", consent_on=desk.day(), how="双方签字的同意书"
    )
    yield desk.later(2)
    desk.settled()
    yield desk.later(1)
    desk.finished()


def reconciled(desk: Desk) -> Iterator[date]:
    desk.arrive()
    yield desk.later(1)
    desk.accepted()
    desk.formed()
    yield desk.later(4)
    desk.withdrawn()


def completed(desk: Desk) -> Iterator[date]:
    desk.arrive()
    due_on = desk.day(8)
    desk.take("request_correction", desk.staff.window, missing_items="工资结算依据", due_on=due_on)
    yield desk.later(3)
    desk.take(
        "receive_correction",
        desk.staff.window,
        received_on=desk.day(),
        materials="工资结算单",
        jurisdiction="performance",
        opinion="已经补正，拟受理。",
    )
    desk.take("accept", desk.staff.head)
    desk.formed()
    yield desk.later(3)
    desk.withdrawn()


def decided_finally(desk: Desk) -> Iterator[date]:
    desk.arrive()
    yield desk.later(1)
    desk.to_reply()
    yield desk.scheduled()
    desk.heard()
    desk.awarded()
    yield desk.later(1)
    desk.finished()
    desk.in_force()


def decided_not_finally(desk: Desk) -> Iterator[date]:
    desk.arrive(types=(ClaimType.WAGE, ClaimType.CONFIRM))
    yield desk.later(1)
    desk.to_reply()
    yield desk.scheduled()
    desk.heard()
    desk.awarded(85)
    yield desk.later(1)
    desk.finished()


def award_in_force(desk: Desk) -> Iterator[date]:
    yield from decided_not_finally(desk)
    yield desk.after(18)
    desk.in_force()
    desk.archived()


def group_of_twelve(desk: Desk) -> Iterator[date]:
    """Twelve workers of one site, three arbitrators, two papers: one final, one not."""
    desk.arrive(workers=12, types=(ClaimType.WAGE, ClaimType.TERMINATE), yuan=8_800)
    desk.take(
        "accept_promise",
        desk.staff.window,
        promised="全部工友的身份证复印件",
        promise_due_on=desk.day(6),
        jurisdiction="performance",
        opinion="群体欠薪，凭承诺先行立案。",
    )
    desk.take("accept", desk.staff.head)
    desk.take("supervise", desk.staff.head, reason="十二人集体争议，挂牌督办。")
    desk.take("supply_promised", desk.staff.window, received_on=desk.day(), materials="身份证复印件12份")
    desk.formed(panel=True, simple=False)
    desk.served(waives=False)
    desk.take(
        "record_reply",
        desk.staff.clerk,
        party=desk.unit.pk,
        replied_on=desk.day(),
        content="同意支付，要求分期。",
    )
    desk.take("serve_reply", desk.staff.clerk, party=desk.unit.pk, served_on=desk.day(), proof="代表人签收")
    yield desk.later(1)
    yield desk.scheduled()
    desk.heard()
    desk.awarded()
    yield desk.later(1)
    desk.finished()


def went_to_court(desk: Desk) -> Iterator[date]:
    yield from decided_not_finally(desk)
    award = desk.case.awards.filter(dropped_at=None).first()
    desk.take(
        "correct",
        desk.arbitrator,
        award=award.pk,
        wrong="证据名称有笔误。",
        right="“结算单”更正为“工资结算单”。",
    )
    yield desk.later(5)
    desk.take(
        "went_on",
        desk.staff.clerk,
        party=desk.unit.pk,
        went_on="suit",
        happened_on=desk.day(),
        court_no="铜梁区法院（示例）民初0001号",
    )


def reneged(desk: Desk) -> Iterator[date]:
    """A paper of mediation that the employer did not sign; then an award."""
    desk.arrive()
    yield desk.later(1)
    desk.to_reply()
    yield desk.scheduled()
    desk.heard()
    desk.mediating()
    desk.settled()
    yield desk.later(2)
    desk.take("back_out", desk.arbitrator, party=desk.unit.pk, refused_on=desk.day(), facts="单位拒绝签收。")
    desk.take(
        "deliberate",
        desk.arbitrator,
        held_on=desk.day(),
        unanimous="yes",
        by_chief="no",
        opinion="请求有结算单证明，应当支持。",
    )
    desk.drafted()
    desk.take("sign", desk.staff.head)
    yield desk.later(1)
    desk.finished()


def stayed_away(desk: Desk) -> Iterator[date]:
    desk.arrive()
    yield desk.later(1)
    desk.to_reply()
    yield desk.scheduled()
    desk.take(
        "deem_withdrawn",
        desk.arbitrator,
        happened_on=desk.day(),
        left="no",
        facts="经合法通知没有到庭，也没有说明理由。",
    )


def in_default(desk: Desk) -> Iterator[date]:
    desk.arrive()
    yield desk.later(1)
    desk.to_reply()
    yield desk.scheduled()
    desk.heard(absent=str(desk.unit.pk))
    desk.awarded()
    yield desk.later(1)
    desk.delivered()


def moved_elsewhere(desk: Desk) -> Iterator[date]:
    desk.arrive()
    yield desk.later(1)
    desk.accepted()
    yield desk.later(2)
    desk.take(
        "transfer",
        desk.staff.head,
        to="重庆市永川区劳动人事争议仲裁委员会（示例）",
        reason="受理后查明履行地在永川区。",
    )


def revoked(desk: Desk) -> Iterator[date]:
    desk.arrive(migrant=False)
    yield desk.later(1)
    desk.accepted()
    yield desk.later(2)
    desk.take("revoke", desk.staff.head, reason="受理后发现双方是承揽关系，不属于受理范围。")
    yield desk.later(1)
    desk.take("notify_revocation", desk.staff.clerk, done_on=desk.day(), how="当面送达")


def taken_by_the_court(desk: Desk) -> Iterator[date]:
    """Not decided in time; the worker sued, and the court took the case."""
    desk.arrive(migrant=False, types=(ClaimType.TERMINATE,))
    yield desk.later(1)
    desk.to_reply(simple=False)
    yield desk.after(60)
    desk.take(
        "terminate",
        desk.staff.head,
        court_no="铜梁区法院（示例）民初0002号",
        court_on=desk.day(),
        reason="逾期没有裁决，申请人起诉，法院已经立案。",
    )


def stopped_and_extended(desk: Desk) -> Iterator[date]:
    """Suspended for an appraisal, resumed, extended, then withdrawn by agreement."""
    desk.arrive(migrant=False)
    yield desk.later(1)
    desk.to_reply(simple=False)
    desk.take("simplify", desk.arbitrator, simple_ground="agreed")
    desk.take("to_general", desk.arbitrator, simple_bar="complex", reason="涉及笔迹鉴定。")
    yield desk.later(3)
    desk.agreed("suspend", desk.arbitrator, desk.staff.head, ground="6", reason="等待笔迹鉴定结论。")
    yield desk.after(20)
    desk.take("resume", desk.arbitrator, resumed_on=desk.day(), reason="鉴定结论已经送达。")
    desk.agreed("extend", desk.arbitrator, desk.staff.head, reason="鉴定材料多，案情复杂。")
    yield desk.later(3)
    desk.withdrawn()


def more_came_in(desk: Desk) -> Iterator[date]:
    """A further respondent, a further claim, a counterclaim; recusals; a claim was dropped, and then all settled."""
    desk.arrive(migrant=False, types=(ClaimType.WAGE, ClaimType.TERMINATE))
    yield desk.later(1)
    desk.to_reply(simple=False)
    desk.take("set_evidence_limit", desk.arbitrator, evidence_due_on=desk.day(20))
    desk.take(
        "add_party",
        desk.arbitrator,
        name="重庆示例总承包工程有限公司",
        place="respondent",
        chain_role="main_contractor",
        reason="总承包单位先行清偿。",
    )
    added = desk.parties(PartyRole.RESPONDENT)[-1]
    desk.take("serve_further_copy", desk.staff.clerk, **desk.proof(added))
    desk.take(
        "add_claim",
        desk.arbitrator,
        party=desk.worker.pk,
        type="rest",
        formula="补休年休假",
        arrived_on=desk.day(),
    )
    dropped = desk.case.dispute_claims.filter(origin="added").first()
    desk.take("drop_claim", desk.arbitrator, claim=dropped.pk, arrived_on=desk.day(), reason="不再要求。")
    desk.take(
        "file_counterclaim",
        desk.staff.clerk,
        party=desk.unit.pk,
        type="other",
        amount="1200",
        formula="赔偿工具损失",
        arrived_on=desk.day(),
    )
    yield desk.later(1)
    counter = desk.case.dispute_claims.get(origin="counter")
    desk.take("accept_counterclaim", desk.staff.head, claim=counter.pk)
    for person, step, by in (
        (desk.staff.head, "decide_heads_recusal", desk.staff.chair),
        (desk.arbitrator, "decide_recusal", desk.staff.head),
    ):
        about = {"person": person.pk, "reason": "认为与对方认识。"}
        desk.take("ask_recusal", desk.staff.clerk, **about, asked_by="申请人", asked_on=desk.day())
        desk.take(step, by, **{**about, "granted": "no"})
    desk.take("consent_to_mediator", desk.staff.clerk, consented_on=desk.day(), how="双方当面签字")
    desk.take(
        "replace_tribunal",
        desk.staff.head,
        tribunal_form="sole",
        leader=desk.arbitrator.pk,
        clerk=desk.staff.clerk.pk,
        reason="书记员恢复办理。",
    )
    desk.take(
        "entrust", desk.arbitrator, body="仲裁院调解中心", consent_on=desk.day(), how="双方签字的同意书"
    )
    yield desk.later(4)
    desk.settled()
    yield desk.later(1)
    desk.finished()
    desk.in_force()
    desk.archived()


def merged_for_a_while(desk: Desk) -> Iterator[date]:
    """Two workers of one unit: heard together, then apart again. The other one is accepted the day before."""
    desk.arrive(unit=3)
    yield desk.later(1)
    desk.accepted()
    desk.formed()
    desk.served()
    others = Case.objects.visible_to(desk.staff.head).filter(
        kind="arbitration", respondent_name=desk.case.respondent_name, ended_on=None, filed_on__isnull=False
    )
    other = others.exclude(pk=desk.key).filter(dispute__merged_into=None).first()
    if other is not None:
        desk.take("merge", desk.arbitrator, into=other.pk, reason="同一单位拖欠工资。")
        yield desk.later(1)
        desk.take("split_off", desk.arbitrator, reason="另一件的申请人申请延期。")
    yield desk.later(2)
    desk.withdrawn()


def companion(desk: Desk) -> Iterator[date]:
    desk.arrive(unit=3)
    yield desk.later(1)
    desk.accepted()
    desk.formed()
    yield desk.later(8)
    desk.withdrawn()


def nowhere_to_be_found(desk: Desk) -> Iterator[date]:
    """The boss cannot be found: the copy and the award are announced."""
    desk.arrive()
    yield desk.later(1)
    desk.accepted()
    desk.formed(simple=False)
    yield desk.later(3)
    desk.announced()
    yield desk.after(31)
    desk.take("copy_announced", desk.staff.clerk, party=desk.unit.pk, proof="公告栏照片、网页截图")
    yield desk.scheduled()
    desk.heard(absent=str(desk.unit.pk))
    desk.awarded()
    desk.take("serve_result", desk.staff.clerk, **{**desk.proof(desk.worker), "party": str(desk.worker.pk)})
    desk.announced()
    yield desk.after(31)
    desk.take("announcement_over", desk.staff.clerk, party=desk.unit.pk, proof="公告栏照片、网页截图")
    desk.take("finish", desk.staff.clerk)


# The office


@dataclass(frozen=True)
class Told:
    """A story that begins so many working days before the last one, so many times in a history of some length."""

    story: Story
    starts: int = 0
    """0: the story says itself when it begins."""
    by_hand: bool = False


STANDING: tuple[Told, ...] = tuple(
    Told(story)
    for story in (
        just_received,
        interrupted,
        waiting_for_papers,
        never_completed,
        refused,
        told_where_to_go,
        withdrawn_at_once,
        mediated_first,
        mediation_in_vain,
        mediation_unwanted,
        newly_accepted,
        tribunal_named,
        replying,
        entrusted,
        waiting_for_the_hearing,
        being_heard,
        part_first,
        deliberating,
        waiting_for_signature,
        suspended,
        paper_to_be_signed,
    )
)
ENDED: tuple[Told, ...] = (
    Told(settled_soon, 30),
    Told(reconciled, 25),
    Told(completed, 29),
    Told(decided_finally, 40),
    Told(decided_not_finally, 20),
    Told(award_in_force, 70),
    Told(group_of_twelve, 45),
    Told(went_to_court, 50),
    Told(reneged, 38),
    Told(stayed_away, 33),
    Told(in_default, 28),
    Told(moved_elsewhere, 44),
    Told(revoked, 48),
    Told(taken_by_the_court, 75),
    Told(stopped_and_extended, 65),
    Told(more_came_in, 55),
    Told(companion, 60),
    Told(merged_for_a_while, 59),
    Told(nowhere_to_be_found, 110),
)
YEAR: tuple[tuple[Story, int, int], ...] = (
    (settled_soon, 200, 8),
    (reconciled, 130, 8),
    (decided_finally, 45, 22),
    (decided_not_finally, 8, 22),
)
"""What a district's year has besides: story, how often, and how many working days it takes at most."""


def write(*, as_of: date, latest: datetime, whole_year: bool = False) -> None:
    """Every situation stands in the institute; ``whole_year`` adds the many that ended without much ado."""
    with turned_back(latest) as clock:
        staff, end = Institute.on_duty(), last_working_day(as_of)
        waiting = [
            _begun(each, Desk(number, staff, clock, end, by_hand=each.by_hand))
            for number, each in enumerate((*STANDING, *ENDED, *(_year() if whole_year else ())), start=1)
        ]
        _open_rooms(staff)
        heapify(waiting)
        clock.start(waiting[0][0])
        while waiting:
            day, number, story = heappop(waiting)
            clock.open(day)
            next_day = next(story, None)
            if next_day is not None and next_day <= as_of:
                heappush(waiting, (next_day, number, story))


def _year() -> Iterator[Told]:
    """The many cases of a year, spread evenly over it."""
    for story, often, longest in YEAR:
        for place in range(often):
            yield Told(story, longest + 1 + (MOST_DAYS - longest) * place // often, by_hand=True)


MOST_DAYS = 210
"""How many working days the year reaches back."""


def _begun(told: Told, desk: Desk) -> tuple[date, int, Iterator[date]]:
    story = told.story(desk)
    first = desk.back(told.starts) if told.starts else next(story)
    return first, desk.number, story


def _open_rooms(staff: Institute) -> None:
    for room, where in ROOMS:
        Room.objects.get_or_create(
            agency=staff.head.agency, name=room, defaults={"place": where, "seats": 12}
        )
