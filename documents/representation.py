"""A lawyer of legal aid before another body: admitted there by the letter 公函 of the centre, out when it ends.

The two cases stay strangers. What joins them is the number of the letter and the person in both. The
letter says who represents, and nothing of means.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from agencies.models import User
from cases import sharing
from cases.models import Case, CaseShare, Party, PartyRole, ShareReason
from cases.workflow.table import StepRefused
from documents.models import Document

LETTER = "LD10"


def letter_of(number: str) -> Document | None:
    """The valid letter with that number, spaces aside; None when there is none or it was voided."""
    plain = "".join(number.split())
    found = Document.objects.valid().filter(kind=LETTER, number=plain) if plain else Document.objects.none()
    return found.select_related("case").first()


def lawyer_of(letter: Document) -> User | None:
    """Who represents by the letter now; None once the lawyer was replaced or the aid is over."""
    standing = CaseShare.objects.filter(
        case=letter.case, reason=ShareReason.REPRESENTATION, finished_at=None, ended_at=None
    )
    share = standing.exclude(user=None).select_related("user").order_by("-since", "-pk").first()
    return share.user if share else None


def admit(case: Case, number: str, *, by: User, at: datetime) -> CaseShare:
    """The lawyer whom the letter names sees this case from now on. Call it inside the act's transaction.

    StepRefused when there is no such letter, nobody represents by it any more, or it is for nobody of this case.
    """
    letter = letter_of(number)
    if letter is None:
        raise StepRefused([_("没有这个文号的公函，或者公函已经作废；核对文号")])
    lawyer = lawyer_of(letter)
    if lawyer is None or not lawyer.is_active:
        raise StepRefused([_("这份公函的承办律师已经更换或者援助已经终止，请法律援助中心重新出具")])
    if not clients(letter.case, case):
        raise StepRefused([_("公函上的受援人不是这件案子的当事人；核对文号")])
    return sharing.share(
        case, lawyer, reason=ShareReason.REPRESENTATION, by=by, at=at, source=source_of(letter.case)
    )


def dismiss(aid_case: Case, lawyer: User, *, at: datetime) -> None:
    """The lawyer no longer sees the cases to which letters of this aid case admitted them."""
    rows = CaseShare.objects.filter(
        user=lawyer, reason=ShareReason.REPRESENTATION, source=source_of(aid_case), ended_at=None
    )
    for share in rows.select_related("case"):
        sharing.revoke(share.case, lawyer, reason=ShareReason.REPRESENTATION, at=at, source=share.source)


def source_of(aid_case: Case) -> str:
    """How the sight that follows from one aid case is told from that of others."""
    return f"aid:{aid_case.public_id.hex}"


def aid_case_of(share: CaseShare) -> Case | None:
    """The aid case behind the sight that `admit` gave; None when it is gone."""
    return Case.objects.filter(public_id=share.source.removeprefix("aid:")).first()


def clients(aid_case: Case, case: Case) -> list[Party]:
    """The workers of the case who are aided in the aid case: by the identity number, which every agency keeps for
    itself; by the name where one of the two knows no number.
    """
    aided = _workers(aid_case)
    known = {(party.person.id_number_index, party.person.name) for party in aided if party.person}
    numbers, names = {number for number, _name in known if number}, {name for _number, name in known}
    unnumbered = {name for number, name in known if not number}

    def is_client(number: str, name: str) -> bool:
        return (number in numbers or name in unnumbered) if number else name in names

    return [
        party
        for party in _workers(case)
        if party.person and is_client(party.person.id_number_index, party.person.name)
    ]


def _workers(case: Case) -> list[Party]:
    people = Party.objects.filter(case=case, role=PartyRole.WORKER, person__isnull=False)
    return list(people.select_related("person"))
