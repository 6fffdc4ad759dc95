"""Values that several documents of legal aid share, written out for the templates."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import PartyRole, Person
from cases.names import mask_id
from documents.blocks import SEXES, cell, pair, wide
from documents.context import Matter, required
from documents.wording import NOTHING, cn_date, plain_yuan, sum_in_words
from legal_aid.states import AidForm, Category, Stage
from legal_aid.states import Matter as Subject


def aid_of(matter: Matter) -> Any:
    return matter.case.aid


def applicant_of(matter: Matter) -> Person:
    """The first of those who ask for aid. Lacking without one."""
    workers = matter.people.workers
    person = workers[0].person if workers else None
    found: Person = required(person, _("还没有写明申请人"))
    return found


def opponents(matter: Matter) -> str:
    """The names of those against whom the claim is."""
    names = [party.name for party in matter.case.parties.all() if party.role != PartyRole.WORKER]
    return "、".join(names) or matter.case.respondent_name


def matter_words(matter: Matter) -> str:
    """What aid is asked for, in the words of the law."""
    subject = required(aid_of(matter).matter, _("还没有选定申请援助的事项"))
    return str(Subject(subject).label)


def matter_article(matter: Matter) -> str:
    return Subject(required(aid_of(matter).matter, _("还没有选定申请援助的事项"))).article


def form_words(matter: Matter) -> str:
    return str(AidForm(aid_of(matter).form).label)


def identity(matter: Matter) -> list[list[dict[str, Any]]]:
    """The rows of a form that say who asks."""
    person, aid = applicant_of(matter), aid_of(matter)
    number = mask_id(person.id_number) if person.id_number else person.no_id_reason or NOTHING
    rows = [
        pair(cell("姓　　名", people_named(matter)), cell("性　　别", SEXES.get(person.sex, NOTHING))),
        pair(cell("出生日期", cn_date(person.birth_on) or NOTHING), cell("证件号码", number)),
        pair(
            cell("联系电话", person.phone or person.contact or NOTHING),
            cell("受援类别", str(Category(aid.category).label)),
        ),
        wide("住　　址", person.address or NOTHING),
    ]
    if aid.agent_name:
        rows.append(
            pair(cell("代 理 人", aid.agent_name), cell("与申请人关系", aid.agent_relation or NOTHING))
        )
    return rows


def people_named(matter: Matter) -> str:
    return matter.people.workers_named or matter.case.applicant_name


def claim(matter: Matter) -> list[list[dict[str, Any]]]:
    """The rows of a form that say what the aid is for."""
    case, aid = matter.case, aid_of(matter)
    return [
        wide("对方当事人", opponents(matter)),
        pair(cell("申请事项", matter_words(matter)), cell("援助形式", form_words(matter))),
        pair(
            cell("案件阶段", str(Stage(aid.stage).label)),
            cell("涉及金额", f"{plain_yuan(case.claimed_fen)}元" if case.claimed_fen else NOTHING),
        ),
        wide("办理机关", forum(matter)),
    ]


def forum(matter: Matter) -> str:
    aid = aid_of(matter)
    return f"{aid.forum}{f'（{aid.forum_case_no}）' if aid.forum_case_no else ''}" or NOTHING


def money(fen: int) -> str:
    return sum_in_words(fen) if fen else NOTHING


def standing(matter: Matter) -> Any:
    """The firm and lawyer that have the case. Lacking while nobody has."""
    return required(aid_of(matter).standing_assignment, _("还没有指派承办机构"))
