"""The two letters of a matter that goes to another agency, from whatever kind of case: RF01 and RF02."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import Referral
from cases.services.referrals import Offer
from documents import context
from documents.context import Matter, required
from documents.wording import cn_date, paragraphs

LETTERS = ("RF01", "RF02")


def _matter(matter: Matter) -> tuple[str, str, str, list[str], str]:
    """Receiver, reason, article, names and day of the district's receipt: of the row, or of the form before it."""
    found = matter.fact("referral")
    if isinstance(found, Referral):
        people = [party.name for party in found.people.select_related("person", "employer")]
        return found.receiver.name, found.reason, found.basis, people, cn_date(found.received_on)
    offer: Offer = required(found, _("转办的内容填好以后才能预览"))
    people = [party.name for party in offer.people]
    return offer.receiver.name, offer.reason, offer.basis, people, cn_date(matter.case.received_on)


def to_receiver(matter: Matter) -> dict[str, Any]:
    """转办（移送）函: what the matter is, why it belongs there; names go with the file, not with the letter."""
    receiver, reason, basis, people, received_on = _matter(matter)
    return {
        "to": receiver,
        "reasons": paragraphs(reason),
        "laws": basis,
        "headcount": len(people),
        "district_received_on": received_on,
    }


def to_worker(matter: Matter) -> dict[str, Any]:
    """转办告知书: where the matter went, when, and whom to ask."""
    receiver, reason, basis, people, received_on = _matter(matter)
    return {
        "to": "、".join(people),
        "where": receiver,
        "reasons": paragraphs(reason),
        "laws": basis,
        "district_received_on": received_on,
    }


context.register("RF01", to_receiver)
context.register("RF02", to_worker)
