"""What a complaint came from and what it went into: the clue, the complaints that joined it, the one it joined."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from inspection.models import Complaint


@dataclass(frozen=True)
class Origin:
    """One such thing with its number and its page."""

    what: str
    number: str
    url: str
    about: str = ""


def origins_of(complaint: "Complaint") -> Iterator[Origin]:
    """In the order of time; asks the database only for what `cases.selectors.page_case` counted."""
    case = complaint.case
    for clue in case.clues.all() if getattr(case, "clue_count", 0) else ():
        yield Origin(_("来自线索"), clue.number, clue.get_absolute_url(), clue.employer_name)
    for each in complaint.joined if getattr(case, "joined_count", 0) else ():
        yield Origin(_("并入本案的投诉"), each.case.receipt_no, each.case.get_absolute_url(), each.case.title)
    if complaint.merged_into:
        into = complaint.merged_into
        yield Origin(_("本案已并入"), into.number, into.get_absolute_url(), into.title)
