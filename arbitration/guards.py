"""What must be true before a step, each with the sentence said when it is not and the article that asks for it."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from arbitration import booking, items
from arbitration import deadlines as d
from arbitration.forms import EVERYBODY, claim_faults, spoken_to
from arbitration.people import (
    applicants,
    mediated_before,
    respondents,
    tribunal,
    tribunal_and_clerk,
    workers,
)
from arbitration.rates import AVERAGE_WAGE, rate_on, threshold
from arbitration.states import (
    AfterAward,
    AwardForm,
    Finality,
    Jurisdiction,
    NoticeMethod,
    ServiceMethod,
    State,
    TribunalForm,
)
from cases import clocks
from cases.models import Case, CaseClock, PartyRole
from cases.workflow.table import Facts, guard

ANNOUNCED_FOR = timedelta(days=30)  # 民事诉讼法第九十五条
POSTED_FROM_WORKERS = 10  # 办案规则第二十条
AWARD_RULES = (d.AWARD, d.AWARD_RESTARTED)


# Intake


@guard(_("还没有写明申请人和被申请人"), law=f"{d.LAW}第二十八条、{d.CASE_RULES}第三十条")
def parties_named(case: Case, facts: Facts) -> bool:
    roles = {party.role for party in case.parties.all()}
    return {PartyRole.WORKER, PartyRole.RESPONDENT} <= roles


@guard(_("仲裁请求还不明确，先补正"), law=f"{d.LAW}第二十八条、{d.CASE_RULES}第三十条")
def claims_clear(case: Any, facts: Facts) -> bool | str:
    rows = list(case.dispute_claims.select_related("party__person", "party__employer"))
    if not rows:
        return _now("还没有登记仲裁请求")
    found = []
    for claim in rows:
        told = {
            "type": claim.type,
            "amount": claim.amount_fen,
            "from_month": claim.from_month,
            "to_month": claim.to_month,
        }
        found += [f"{claim.party}：{sentence}" for _field, sentence in claim_faults(told)]
    return "；".join(found[:5]) or True


@guard(_("已经告知过一次补正，不能再次要求补正"), law=f"{d.CASE_RULES}第二十九条")
def corrected_once(case: Any, facts: Facts) -> bool:
    return case.dispute.corrected_on is None and not case.dispute.correction_items


@guard(_("补正期限还没到"), law=f"{d.CASE_RULES}第二十九条")
def correction_ran_out(case: Any, facts: Facts) -> bool | str:
    due_on = case.dispute.correction_due_on
    if due_on is not None and timezone.localdate() > due_on:
        return True
    return _now("期限到%(day)s") % {"day": due_on} if due_on else False


@guard(_("只有农民工工资争议可以凭承诺先立案"), law=f"{d.CASE_RULES}第三十条、{d.FAST_COURT}")
def in_the_lane(case: Case, facts: Facts) -> bool:
    return case.is_priority


@guard(_("没有等待补齐的承诺材料"), law=f"{d.CASE_RULES}第三十条、{d.FAST_COURT}")
def promise_is_open(case: Any, facts: Facts) -> bool:
    return bool(case.dispute.promised) and case.dispute.promise_kept_on is None


@guard(_("已经调解过，不再建议调解"), law=f"{d.CASE_RULES}第六十九条")
def not_mediated_yet(case: Any, facts: Facts) -> bool:
    return case.dispute.mediation_ended_on is None and not case.dispute.mediation_no


@guard(_("管辖依据是“不属本委管辖”，不能受理"), law=f"{d.LAW}第二十一条、{d.CASE_RULES}第三十条")
def ours_to_hear(case: Any, facts: Facts) -> bool:
    return case.dispute.jurisdiction != Jurisdiction.NONE


@guard(
    _("同一劳动者相同月份的请求已在另一件在办的集体争议里"),
    law=f"{d.CASE_RULES}第三十四条",
)
def not_in_two_groups(case: Any, facts: Facts) -> bool | str:
    return "；".join(in_other_groups(case)) or True


def in_other_groups(case: Any) -> list[str]:
    """Sentences for the workers of a collective case who claim the same months in another open collective case."""
    if not case.is_group:
        return []
    mine = list(
        case.dispute_claims.exclude(from_month="").values_list(
            "party__person__id_number_index", "type", "from_month", "to_month"
        )
    )
    indexes = {row[0] for row in mine if row[0]}
    others = case.dispute_claims.model.objects.filter(
        case__agency=case.agency_id,
        case__is_group=True,
        case__ended_on=None,
        party__person__id_number_index__in=indexes,
        withdrawn_on=None,
    ).exclude(case=case.pk)
    found = []
    for claim in others.select_related("party__person", "case"):
        index = claim.party.person.id_number_index
        if any(
            row[0] == index
            and row[1] == claim.type
            and row[2] <= claim.to_month
            and claim.from_month <= row[3]
            for row in mine
        ):
            words = {"who": claim.party, "number": claim.case.number}
            found.append(_now("%(who)s在%(number)s") % words)
    return found[:5]


@guard(_("撤回要有被代表的人同意的依据"), law=f"{d.CASE_RULES}第六十三条", needs_facts=True)
def group_agrees(case: Case, facts: Facts) -> bool:
    return not case.is_group or bool((facts.get("consent") or "").strip())


@guard(_("还没有受理，用“撤回申请”"), law=f"{d.CASE_RULES}第三十五条")
def accepted(case: Case, facts: Facts) -> bool:
    return case.filed_on is not None


# The tribunal


@guard(
    _("十人以上的集体争议由三名仲裁员组成仲裁庭"),
    law=f"{d.LAW}第三十一条、《劳动人事争议仲裁组织规则》第十三条",
    needs_facts=True,
)
def enough_arbitrators(case: Case, facts: Facts) -> bool:
    return not case.is_group or facts.get("tribunal_form") == TribunalForm.PANEL


@guard(
    _("调解过这件争议的人不能审理，除非登记了双方当事人的同意"),
    law=f"{d.CASE_RULES}第六十九条、第七十条",
    needs_facts=True,
)
def no_former_mediator(case: Any, facts: Facts) -> bool | str:
    if case.dispute.mediator_consent_on is not None:
        return True
    sat = mediated_before(case)
    named = [facts.get(name) for name in ("leader", "member", "member2")]
    return "、".join(str(person) for person in named if person is not None and person.pk in sat) or True


@guard(_("下落不明要公告送达的，不适用简易处理"), law=f"{d.CASE_RULES}第五十七条", needs_facts=True)
def simple_allowed(case: Any, facts: Facts) -> bool:
    return not facts.get("simple_ground") or not case.dispute.simple_bar


@guard(_("标的额超过了上年度职工年平均工资"), law=f"{d.CASE_RULES}第五十六条", needs_facts=True)
def small_enough(case: Case, facts: Facts) -> bool:
    limit = average_wage(case)
    return facts.get("simple_ground") != "small" or limit is None or case.claimed_fen <= limit


def average_wage(case: Case) -> int | None:
    """The average yearly wage that bounds a simple case; None before one was registered."""
    return rate_on(AVERAGE_WAGE, timezone.localdate())


@guard(_("现在不是简易处理"), law=f"{d.CASE_RULES}第六十一条")
def is_simplified(case: Any, facts: Facts) -> bool:
    return bool(case.dispute.is_simplified)


@guard(_("已经是简易处理"), law=f"{d.CASE_RULES}第五十六条")
def not_simplified(case: Any, facts: Facts) -> bool:
    return not case.dispute.is_simplified


@guard(_("简易处理转为一般程序要在裁决期限届满以前决定"), law=f"{d.CASE_RULES}第六十一条")
def limit_not_over(case: Case, facts: Facts) -> bool | str:
    row = award_clock(case)
    if row is None or row.due_on is None or timezone.localdate() <= row.due_on:
        return True
    return _now("期限到%(day)s") % {"day": row.due_on}


def award_clock(case: Case) -> CaseClock | None:
    """The clock of the award that runs now, the first or the one that counts anew."""
    rows = clocks.running_rows(case, *AWARD_RULES)
    return rows[-1] if rows else None


@guard(_("没有等待决定的回避申请"), law=f"{d.CASE_RULES}第十二条", needs_facts=True)
def recusal_was_asked(case: Case, facts: Facts) -> bool:
    person = facts.get("person")
    return person is not None and any(
        row.cause == f"user-{person.pk}" for row in clocks.running_rows(case, d.DECIDE_RECUSAL)
    )


@guard(_("回避由别人决定，不能自己决定自己的回避"), law=f"{d.CASE_RULES}第十二条", needs_facts=True)
def head_is_not_judged(case: Case, facts: Facts) -> bool:
    person = facts.get("person")
    return person is None or person.role != "institute_head"


@guard(_("仲裁庭成员已经被申请回避，先决定回避，紧急措施除外"), law=f"{d.CASE_RULES}第十一条")
def nobody_steps_back(case: Case, facts: Facts) -> bool:
    return not clocks.runs(case, d.DECIDE_RECUSAL)


# Service and reply


@guard(_("送达日期不能早于受理，也不能晚于今天"), law=f"{d.CASE_RULES}第十八条", needs_facts=True)
def served_after_acceptance(case: Case, facts: Facts) -> bool:
    day = facts.get("served_on")
    return day is not None and (case.filed_on or case.received_on) <= day <= timezone.localdate()


@guard(_("送达日期不能早于文书日期，也不能晚于今天"), law=f"{d.CASE_RULES}第十八条", needs_facts=True)
def served_after_issue(case: Case, facts: Facts) -> bool:
    document, day = facts.get("document"), facts.get("served_on")
    return bool(document and day and document.issued_on <= day <= timezone.localdate())


@guard(
    _("裁决书、调解书还没有作出，或者送达日期早于作出的日期"),
    law=f"{d.CASE_RULES}第十八条",
    needs_facts=True,
)
def served_after_result(case: Any, facts: Facts) -> bool:
    day = facts.get("served_on")
    made_on = case.dispute.decided_on
    return day is not None and made_on is not None and made_on <= day <= timezone.localdate()


@guard(
    _("留置、张贴要写明拒收或者停业的情况、见证人和照片编号"),
    law=f"{d.CASE_RULES}第二十条",
    needs_facts=True,
)
def left_with_proof(case: Case, facts: Facts) -> bool:
    if facts.get("method") not in (ServiceMethod.LEFT, ServiceMethod.POSTED):
        return True
    return len((facts.get("proof") or "").strip()) >= 6


@guard(
    _("张贴送达要满十名劳动者，单位停业不能送达，照片拍下以后经过3个工作日"),
    law=f"{d.CASE_RULES}第二十条",
    needs_facts=True,
)
def may_post(case: Case, facts: Facts) -> bool:
    return facts.get("method") != ServiceMethod.POSTED or case.worker_count >= POSTED_FROM_WORKERS


@guard(_("裁决书、调解书不能用电子方式送达"), law=f"{d.CASE_RULES}第五十九条", needs_facts=True)
def not_by_wire(case: Case, facts: Facts) -> bool:
    return facts.get("method") != ServiceMethod.ELECTRONIC


@guard(_("简易处理才可以缩短、取消答辩期"), law=f"{d.CASE_RULES}第五十八条")
def reply_may_be_waived(case: Any, facts: Facts) -> bool:
    return bool(case.dispute.is_simplified)


@guard(_("答辩期已过，逾期提出的不影响审理"), law=f"{d.CASE_RULES}第十条", needs_facts=True)
def within_reply_period(case: Case, facts: Facts) -> bool | str:
    due_on = _reply_ends(case, facts.get("party"))
    day = facts.get("arrived_on")
    if due_on is None or (day is not None and day <= due_on):
        return True
    return _now("期限到%(day)s") % {"day": due_on}


@guard(_("答辩期已过，逾期的反申请另行申请仲裁"), law=f"{d.CASE_RULES}第三十六条", needs_facts=True)
def counterclaims_in_time(case: Case, facts: Facts) -> bool | str:
    return within_reply_period.check(case, facts)


def _reply_ends(case: Case, party: Any) -> date | None:
    ends = [
        row.due_on
        for row in case.clocks.all()
        if row.rule_code == d.REPLY.code and (party is None or row.party_id == party.pk)
    ]
    return max((day for day in ends if day), default=None)


@guard(_("没有等待决定的管辖异议"), law=f"{d.CASE_RULES}第十条")
def objection_is_open(case: Any, facts: Facts) -> bool:
    return case.dispute.objection_on is not None and case.dispute.objection_decided_on is None


@guard(_("管辖异议还没有决定"), law=f"{d.CASE_RULES}第十条")
def objection_decided(case: Any, facts: Facts) -> bool:
    return case.dispute.objection_on is None or case.dispute.objection_decided_on is not None


@guard(
    _("公告送达以前要先试直接送达和邮寄送达，把试过的方式都写上"),
    law="《民事诉讼法》第九十五条",
    needs_facts=True,
)
def other_ways_tried(case: Case, facts: Facts) -> bool:
    told = facts.get("tried") or ""
    return ("直接" in told or "上门" in told) and ("邮寄" in told or "邮政" in told)


@guard(_("这个当事人已经在公告"), law="《民事诉讼法》第九十五条", needs_facts=True)
def not_announced_yet(case: Any, facts: Facts) -> bool:
    party = facts.get("party")
    return not case.suspensions.filter(kind="announcement", party=party, to_on=None).exists()


@guard(_("公告要满30日才视为送达"), law="《民事诉讼法》第九十五条", needs_facts=True)
def announcement_is_over(case: Any, facts: Facts) -> bool | str:
    row = case.suspensions.filter(kind="announcement", party=facts.get("party"), to_on=None).first()
    if row is None:
        return False
    served_on = row.from_on + ANNOUNCED_FOR
    return timezone.localdate() >= served_on or _now("%(day)s期满") % {"day": served_on}


# Claims and parties


@guard(_("举证期限已过，增加、变更的请求另行申请"), law=f"{d.CASE_RULES}第四十四条", needs_facts=True)
def before_evidence_limit(case: Any, facts: Facts) -> bool | str:
    due_on, day = case.dispute.evidence_due_on, facts.get("arrived_on")
    if due_on is None or (day is not None and day <= due_on):
        return True
    return _now("举证期限到%(day)s") % {"day": due_on}


@guard(_("没有等待决定的反申请"), law=f"{d.CASE_RULES}第三十六条")
def counterclaim_is_open(case: Any, facts: Facts) -> bool:
    return bool(case.dispute_claims.filter(origin="counter", accepted_on=None, refused_on=None).exists())


@guard(_("反申请还没有决定是否受理"), law=f"{d.CASE_RULES}第三十六条")
def counterclaims_decided(case: Any, facts: Facts) -> bool:
    return not counterclaim_is_open.check(case, facts)


@guard(_("至少要留一项请求；全部撤回的办理“准予撤回”"), law=f"{d.CASE_RULES}第三十五条")
def more_than_one_claim(case: Any, facts: Facts) -> bool:
    rows = case.dispute_claims.filter(withdrawn_on=None, refused_on=None).exclude(origin="counter")
    return bool(rows.count() > 1)


@guard(
    _("合并审理的要是同一单位、同类请求，主案已经受理"),
    law=f"{d.CASE_RULES}第四十一条",
    needs_facts=True,
)
def belongs_together(case: Any, facts: Facts) -> bool:
    into = facts.get("into")
    if into is None or into.filed_on is None or into.pk == case.pk:
        return False
    same = into.respondent_name == case.respondent_name
    mine = set(case.dispute_claims.values_list("type", flat=True))
    others = set(case.dispute_claims.model.objects.filter(case=into.pk).values_list("type", flat=True))
    return same and bool(mine & others)


@guard(_("这件案子已经并入另一件，或者另有案件并入它"), law=f"{d.CASE_RULES}第四十一条")
def stands_alone(case: Any, facts: Facts) -> bool:
    return case.dispute.merged_into_id is None and not case.merged_disputes.exists()


@guard(_("这件案子没有并入别的案件"), law=f"{d.CASE_RULES}第四十一条")
def is_merged(case: Any, facts: Facts) -> bool:
    return case.dispute.merged_into_id is not None


# Hearings


@guard(_("还有被申请人没有收到申请书副本"), law=f"{d.LAW}第三十条")
def copies_served(case: Any, facts: Facts) -> bool | str:
    rows = {row.party_id: row for row in case.dispute_parties.all()}
    waiting = [
        str(party)
        for party in respondents(case)
        if party.pk not in rows or rows[party.pk].copy_received_on is None
    ]
    return "、".join(waiting) or True


@guard(_("开庭不能早于答辩期届满"), law=f"{d.LAW}第三十条、第三十五条", needs_facts=True)
def after_the_reply(case: Case, facts: Facts) -> bool | str:
    day = facts.get("hearing_on")
    ends = [row.due_on for row in clocks.running_rows(case, d.REPLY) if row.due_on]
    late = [end for end in ends if day is not None and day <= end]
    return _now("答辩期到%(day)s") % {"day": max(late)} if late else True


@guard(
    _("开庭日太近，来不及在开庭五日前通知双方，改一个晚些的日子"),
    law=f"{d.LAW}第三十五条",
    needs_facts=True,
)
def notice_in_time(case: Case, facts: Facts) -> bool | str:
    day = facts.get("hearing_on")
    if day is None:
        return False
    latest = booking.notice_by(day)
    return timezone.localdate() <= latest or _now("最晚要在%(day)s通知") % {"day": latest}


@guard(_("时间冲突，换一个时间或者换一间庭室"), law=f"{d.CASE_RULES}第三十八条", needs_facts=True)
def nothing_clashes(case: Case, facts: Facts) -> bool | str:
    day, starts, ends = facts.get("hearing_on"), facts.get("starts"), facts.get("ends")
    if not (day and starts and ends):
        return False
    found = booking.clashes(
        starts_at=moment(day, starts),
        ends_at=moment(day, ends),
        room=facts.get("room"),
        people=tribunal_and_clerk(case),
        without=getattr(planned(case), "pk", None),
    )
    return "；".join(found) or True


def moment(day: date, hour: Any) -> datetime:
    """The time of day on the day, here."""
    return timezone.make_aware(datetime.combine(day, hour))


def planned(case: Any) -> Any:
    """The hearing that was set and not held yet; None when there is none."""
    return case.hearings.filter(state="planned").order_by("starts_at").last()


@guard(_("还没有组成仲裁庭"), law=f"{d.LAW}第三十一条、第三十二条")
def has_a_tribunal(case: Any, facts: Facts) -> bool:
    need = 3 if case.dispute.tribunal_form == TribunalForm.PANEL else 1
    return len(tribunal(case)) >= need


@guard(_("通知晚于开庭五日前，改期以后再通知"), law=f"{d.LAW}第三十五条", needs_facts=True)
def notified_in_time(case: Any, facts: Facts) -> bool | str:
    hearing, day = planned(case), facts.get("notified_on")
    if hearing is None or day is None:
        return False
    latest = booking.notice_by(timezone.localdate(hearing.starts_at))
    return day <= latest or _now("最晚%(day)s") % {"day": latest}


@guard(_("电话、短信等简便方式只适用于简易处理"), law=f"{d.CASE_RULES}第五十九条", needs_facts=True)
def simple_notice_allowed(case: Any, facts: Facts) -> bool:
    return facts.get("method") != NoticeMethod.SIMPLE or bool(case.dispute.is_simplified)


@guard(_("当事人要在开庭三日前申请延期"), law=f"{d.LAW}第三十五条", needs_facts=True)
def asked_in_time(case: Any, facts: Facts) -> bool | str:
    hearing, day = planned(case), facts.get("asked_on")
    if hearing is None or day is None:
        return False
    if facts.get("asked_by") == "tribunal":
        return True
    latest = booking.postponement_by(timezone.localdate(hearing.starts_at))
    return day <= latest or _now("最晚%(day)s") % {"day": latest}


@guard(_("还没有通知全部当事人开庭"), law=f"{d.LAW}第三十五条")
def everybody_notified(case: Any, facts: Facts) -> bool | str:
    hearing = planned(case)
    if hearing is None:
        return False
    told = set(hearing.notices.values_list("party", flat=True))
    return "、".join(str(party) for party in spoken_to(case) if party.pk not in told) or True


@guard(_("还没有到排定的开庭日"), law=f"{d.LAW}第三十五条", needs_facts=True)
def hearing_day_came(case: Any, facts: Facts) -> bool | str:
    hearing, day = planned(case), facts.get("held_on") or facts.get("happened_on")
    if hearing is None or day is None:
        return case.state == State.IN_HEARING
    set_on = timezone.localdate(hearing.starts_at)
    return day >= set_on or _now("开庭日是%(day)s") % {"day": set_on}


@guard(
    _("没有正式的送达证明，不能缺席审理"),
    law=f"{d.LAW}第三十六条、{d.CASE_RULES}第五十九条",
    needs_facts=True,
)
def default_is_proved(case: Any, facts: Facts) -> bool | str:
    absent = facts.get("absent")
    if not absent:
        return True
    chosen = [party for party in respondents(case) if absent == EVERYBODY or str(party.pk) == str(absent)]
    return _unproved(case, chosen)


@guard(
    _("没有申请人收到开庭通知的正式证明，不能按撤回处理"),
    law=f"{d.LAW}第三十六条、{d.CASE_RULES}第五十九条",
)
def receipt_is_proved(case: Any, facts: Facts) -> bool | str:
    speaking = {party.pk for party in spoken_to(case)}
    return _unproved(case, [party for party in applicants(case) if party.pk in speaking])


def _unproved(case: Any, parties: list[Any]) -> bool | str:
    """True when every one of them has a proved notice of the last hearing; their names otherwise."""
    hearing = case.hearings.filter(state__in=("planned", "held")).order_by("starts_at").last()
    if hearing is None:
        return False
    proved = set(hearing.notices.filter(is_proved=True).values_list("party", flat=True))
    return "、".join(str(party) for party in parties if party.pk not in proved) or True


@guard(_("双方还没有同意委托调解"), law=f"{d.CASE_RULES}第七十条", needs_facts=True)
def both_consent(case: Case, facts: Facts) -> bool:
    return bool((facts.get("how") or "").strip()) and facts.get("consent_on") is not None


# Results


@guard(_("每一项还没有处理的请求都要写一行"), law=f"{d.CASE_RULES}第五十三条", needs_facts=True)
def every_claim_decided(case: Any, facts: Facts) -> bool | str:
    wanted = items.undecided(case)
    given = {each.claim.pk for each in items.read(case, facts.get("items") or "")}
    left = [f"{claim.party}{claim.get_type_display()}" for claim in wanted if claim.pk not in given]
    return "、".join(left[:5]) or True


@guard(
    _("部分裁决、部分调解只写已经清楚的请求，全部清楚的作出整份裁决"),
    law=f"{d.LAW}第四十三条、{d.CASE_RULES}第四十九条",
    needs_facts=True,
)
def only_a_part(case: Any, facts: Facts) -> bool:
    given = items.read(case, facts.get("items") or "")
    return 0 < len(given) < len(items.undecided(case))


@guard(_("最低工资标准还没有登记，不能判断是不是终局"), law=f"{d.LAW}第四十七条")
def threshold_known(case: Case, facts: Facts) -> bool:
    return threshold(case.received_on, timezone.localdate()) is not None


@guard(_("还没有评议，先登记评议笔录"), law=f"{d.LAW}第四十五条")
def deliberated(case: Any, facts: Facts) -> bool:
    return bool(case.deliberations.exists())


@guard(_("还没有拟好的裁决书"), law=f"{d.LAW}第四十六条")
def award_drafted(case: Any, facts: Facts) -> bool:
    return bool(case.awards.filter(made_on=None, dropped_at=None).exists())


@guard(_("每名劳动者都要有处理结果才能结案"), law=f"{d.CASE_RULES}第六十七条")
def everybody_has_a_result(case: Any, facts: Facts) -> bool | str:
    """Every worker's claims are all decided or to be decided by the drafts that are signed now."""
    open_claims = case.dispute_claims.filter(
        award=None, withdrawn_on=None, refused_on=None, party__role=PartyRole.WORKER
    )
    names = sorted({str(claim.party) for claim in open_claims.select_related("party__person")})
    return "、".join(names[:5]) or True


@guard(_("先予执行要当事人之间权利义务关系明确"), law=f"{d.LAW}第四十四条", needs_facts=True)
def rights_are_clear(case: Case, facts: Facts) -> bool:
    return bool(facts.get("rights_clear"))


@guard(_("先予执行的金额不能超过请求"), law=f"{d.LAW}第四十四条、{d.CASE_RULES}第五十一条", needs_facts=True)
def advance_within_claims(case: Any, facts: Facts) -> bool:
    party, amount = facts.get("party"), facts.get("amount") or 0
    rows = case.dispute_claims.filter(party=party, withdrawn_on=None)
    return bool(sum(fen or 0 for fen in rows.values_list("amount_fen", flat=True)) >= amount)


@guard(_("还没有全部送达"), law=f"{d.LAW}第四十六条、第四十二条")
def all_served(case: Any, facts: Facts) -> bool | str:
    rows = {row.party_id: row for row in case.dispute_parties.all()}
    waiting = [
        str(party)
        for party in case.parties.all()
        if party.pk not in rows or rows[party.pk].result_received_on is None
    ]
    return "、".join(waiting[:5]) or True


@guard(_("调解书已经签收生效，不能再反悔；或者作出的是裁决书"), law=f"{d.LAW}第四十二条")
def paper_not_signed(case: Any, facts: Facts) -> bool:
    forms = set(case.awards.filter(dropped_at=None, is_partial=False).values_list("form", flat=True))
    return forms == {AwardForm.MEDIATION} and case.dispute.effective_on is None


@guard(_("起诉、申请撤销的期限还没过，裁决还没有生效"), law=f"{d.LAW}第五十条")
def nobody_can_sue(case: Any, facts: Facts) -> bool | str:
    if case.dispute.effective_on is not None:
        return True
    if not case.awards.filter(
        form=AwardForm.AWARD, finality=Finality.NONFINAL, dropped_at=None, made_on__isnull=False
    ).exists():
        return True
    ends = [row.due_on for row in case.clocks.all() if row.rule_code == d.SUE_ON_AWARD.code and row.due_on]
    last = max(ends, default=None)
    if last is None:
        return False
    return timezone.localdate() > last or _now("期限到%(day)s") % {"day": last}


@guard(_("有人起诉，裁决在这些当事人之间不生效"), law=f"{d.INTERPRETATION_ONE}第十六条、第十七条")
def nobody_sued(case: Any, facts: Facts) -> bool | str:
    """A suit of one worker leaves the award in force for those who did not sue."""
    rows = list(case.dispute_parties.select_related("party__person", "party__employer"))
    sued = [row for row in rows if row.went_on in (AfterAward.SUIT, AfterAward.ANNULLED)]
    people = workers(case)
    by_unit = [row for row in sued if row.party.person_id is None]
    if not sued or (not by_unit and len(sued) < len(people)):
        return True
    return "、".join(str(row) for row in sued)


@guard(
    _("期限已过，起诉、申请撤销不能登记；法院受理的按法院的文书办理"),
    law=f"{d.LAW}第四十八条至第五十条",
    needs_facts=True,
)
def goes_on_in_time(case: Case, facts: Facts) -> bool | str:
    party, day = facts.get("party"), facts.get("happened_on")
    if facts.get("went_on") not in (AfterAward.SUIT, AfterAward.SET_ASIDE) or party is None or day is None:
        return True
    codes = {d.SUE_ON_AWARD.code, d.WORKER_SUES_FINAL.code, d.SET_ASIDE.code, d.SET_ASIDE_AFTER_SUIT.code}
    ends = [
        row.due_on
        for row in case.clocks.all()
        if row.rule_code in codes and row.party_id == party.pk and row.due_on
    ]
    last = max(ends, default=None)
    if last is None:
        return False
    return day <= last or _now("期限到%(day)s") % {"day": last}


@guard(_("只有用人单位可以申请撤销终局裁决"), law=f"{d.LAW}第四十九条", needs_facts=True)
def only_employers_set_aside(case: Case, facts: Facts) -> bool:
    party = facts.get("party")
    return facts.get("went_on") != AfterAward.SET_ASIDE or party is None or party.person_id is None


# Suspension, extension, ends


@guard(_("已经延期过一次，不能再延"), law=f"{d.LAW}第四十三条")
def not_extended(case: Any, facts: Facts) -> bool:
    row = award_clock(case)
    return row is not None and not any(change.kind == "extend" for change in row.changes.all())


@guard(_("恢复审理的日期不能早于中止的日期"), law=f"{d.CASE_RULES}第四十七条", needs_facts=True)
def resumed_after_stop(case: Any, facts: Facts) -> bool:
    row = case.suspensions.filter(kind="suspended", to_on=None).last()
    day = facts.get("resumed_on")
    return row is not None and day is not None and day >= row.from_on


@guard(
    _("裁决期限还没过，法院受理也不终止仲裁"),
    law=f"{d.LAW}第四十三条、{d.CASE_RULES}第四十八条",
    needs_facts=True,
)
def court_took_it_after_delay(case: Case, facts: Facts) -> bool | str:
    row, day = award_clock(case), facts.get("court_on")
    if row is None or row.due_on is None or day is None:
        return False
    return day > row.due_on or _now("期限到%(day)s") % {"day": row.due_on}


@guard(_("目录还不完整，或没有逐页编号，补齐再归档"), law=f"{d.CASE_RULES}第二十二条", needs_facts=True)
def file_complete(case: Case, facts: Facts) -> bool:
    return bool(facts.get("complete")) and (facts.get("pages") or 0) > 0


@guard(_("现在不在优先办理里"), law=f"{d.CASE_RULES}第五条")
def is_in_lane(case: Case, facts: Facts) -> bool:
    return case.is_priority


@guard(_("已经优先办理"), law=f"{d.CASE_RULES}第五条")
def not_in_lane(case: Case, facts: Facts) -> bool:
    return not case.is_priority


# What the case waits for now: which row to offer first.


def always(case: Case) -> bool:
    """Wherever its guards let it, the row is the next thing to do."""
    return True


def lacks_something(case: Any) -> bool:
    """Whether the claims are not clear yet and nothing was asked for."""
    return claims_clear.check(case, {}) is not True and not case.dispute.correction_items


def is_complete(case: Any) -> bool:
    return not lacks_something(case)


def copies_missing(case: Any) -> bool:
    return copies_served.check(case, {}) is not True


def copies_done(case: Any) -> bool:
    return case.state != State.IN_HEARING and not copies_missing(case)


def notices_missing(case: Any) -> bool:
    return everybody_notified.check(case, {}) is not True


def notices_done(case: Any) -> bool:
    return not notices_missing(case)


def not_deliberated(case: Any) -> bool:
    return not case.deliberations.exists()


def was_deliberated(case: Any) -> bool:
    return not not_deliberated(case)


def result_not_served(case: Any) -> bool:
    return all_served.check(case, {}) is not True


def result_served(case: Any) -> bool:
    return not result_not_served(case)


def revocation_to_tell(case: Any) -> bool:
    return case.dispute.revocation_notified_on is None


def counterclaim_waits(case: Any) -> bool:
    return bool(counterclaim_is_open.check(case, {}))


def objection_waits(case: Any) -> bool:
    return bool(objection_is_open.check(case, {}))


def recusal_waits(case: Case) -> bool:
    return clocks.runs(case, d.DECIDE_RECUSAL)


def promise_waits(case: Any) -> bool:
    return bool(promise_is_open.check(case, {}))


def announcement_waits(case: Any) -> bool:
    return bool(case.suspensions.filter(kind="announcement", to_on=None).exists())
