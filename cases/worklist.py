"""The work list as it stands in an address: which tab, which filters, in which order.

The list, the case opened from it (第4件/共48件), and what is done with many cases at once all read the same address,
so that they mean the same cases in the same order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Window
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from cases import selectors
from cases.forms import whole_number
from cases.list_filters import FilterForm
from cases.models import Case

SIZES = (20, 50, 100)
SORTS = {
    "due": selectors.by_urgency,
    "registered": lambda cases: cases.order_by("-registered_at", "-pk"),
    "amount": lambda cases: cases.order_by("-claimed_fen", "-pk"),
}
KEYS = ("tab", "sort", "rows", *FilterForm.base_fields)
LONGEST_VALUE = 60
AROUND = 25  # how many rows a case may have moved while it was open and still be found


@dataclass(frozen=True)
class Place:
    """Where a case stands in the list it was opened from; ``n`` is None when it is no longer in it."""

    n: int | None
    total: int
    previous_url: str
    next_url: str
    list_url: str


class WorkList:
    """The list that an address describes, for one person on one day. What it does not know is left out."""

    def __init__(self, user: User, address: Mapping[str, Any], *, default_size: int = SIZES[0]) -> None:
        self.user, self.today = user, timezone.localdate()
        given = {key: str(address.get(key) or "")[:LONGEST_VALUE] for key in KEYS}
        self.given = {key: value for key, value in given.items() if value and "\x00" not in value}
        self.code = self.given.get("tab", "") if self.given.get("tab") in selectors.TABS else "todo"
        self.sort = self.given.get("sort", "") if self.given.get("sort") in SORTS else "due"
        rows = whole_number(self.given.get("rows"))
        self.size = rows if rows in SIZES else default_size
        self.filters = FilterForm(self.given, user=user)

    @cached_property
    def query(self) -> str:
        """The address of the list, without what does not narrow or order it."""
        known = {"tab": self.code} | ({"sort": self.sort} if self.sort != "due" else {})
        if "rows" in self.given and whole_number(self.given["rows"]) in SIZES:
            known["rows"] = self.given["rows"]
        chosen = self.filters.chosen
        return urlencode(known | {key: self.given[key] for key in FilterForm.base_fields if key in chosen})

    @cached_property
    def seen(self) -> QuerySet[Case]:
        """What this person sees of it, whatever the tab."""
        return self.filters.apply(Case.objects.visible_to(self.user))

    def cases(self) -> QuerySet[Case]:
        """The cases of the tab in order."""
        wanted = selectors.TABS[self.code].wanted(self.user, self.today)
        return self.in_order(self.seen.filter(wanted))

    def in_order(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        """The cases as this list orders them."""
        return SORTS[self.sort](cases)

    def url(self, position: int = 1, case: Any = None) -> str:
        """The page of the list that holds the position, at the row of the case."""
        page = (position - 1) // self.size + 1
        anchor = f"#c-{case.public_id}" if case else ""
        return f"{reverse('cases:list')}?{self.query}" + (f"&page={page}" if page > 1 else "") + anchor

    def case_url(self, public_id: Any, position: int) -> str:
        return f"{reverse('cases:detail', args=[public_id])}?{self.query}&n={position}"

    def place(self, case: Case, position: int) -> Place:
        """The case with its neighbours, found near the position at which it was opened; one query."""
        first = max(0, position - 1 - AROUND)
        counted = self.cases().annotate(of=Window(Count("pk"))).values_list("public_id", "of")
        rows = list(counted[first : position + AROUND])
        near = [public_id for public_id, _of in rows]
        here = near.index(case.public_id) if case.public_id in near else None
        # A case that left the list gave its place to the one behind it.
        after = position - 1 - first if here is None else here + 1
        before = after - 1 if here is None else here - 1
        found = None if here is None else first + here + 1

        def url(index: int) -> str:
            return self.case_url(near[index], first + index + 1) if 0 <= index < len(near) else ""

        return Place(
            n=found,
            total=rows[0][1] if rows else self.cases().order_by().count(),
            previous_url=url(before),
            next_url=url(after),
            list_url=self.url(found or position, case),
        )
