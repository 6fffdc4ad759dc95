"""What each indicator means, as data: a leader, a lawyer and a programmer read the same lines.

Only indicators that are computed stand here. A change of meaning is a new version, so that an old figure
still says under which definition it was made.
"""

from reports.definitions.aid import L1, L2, L3, L4, L5
from reports.definitions.complaints import AGE, GROUP, K1, K2, K3, K6, K8, OVERDUE, PRIORITY_TIME
from reports.definitions.disputes import (
    A1,
    A2,
    A3,
    A4,
    A5,
    A6,
    A7,
    A8,
    A9,
    A10,
    A11,
    A12,
    A13,
    A14,
    M1,
    M2,
    M3,
)
from reports.definitions.indicator import DISTRICT_PLAN, Gap, Indicator, Text, Unit

__all__ = [
    "A1",
    "A2",
    "A3",
    "A4",
    "A6",
    "A11",
    "A13",
    "A14",
    "AGE",
    "COUNTS",
    "DEFAULT_SHARE",
    "DISTRICT_PLAN",
    "GROUP",
    "INDICATORS",
    "K1",
    "K2",
    "K3",
    "K6",
    "K8",
    "L1",
    "L4",
    "OVERDUE",
    "PRIORITY_TIME",
    "SHARES",
    "Gap",
    "Indicator",
    "Text",
    "Unit",
    "UnknownIndicatorError",
    "indicator",
]


class UnknownIndicatorError(KeyError):
    """No indicator of that id is computed."""


SHARES = (K1, K2, K3)
"""The definitions of the closure rate. One of them is reported (`reports.headline`), the others stand beside it."""

DEFAULT_SHARE = K1
"""The one that is reported until somebody chooses another."""

_COMPLAINTS = (K1, K2, K3, K6, K8)
_DISPUTES = (A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14, M1, M2, M3)
_AID = (L1, L2, L3, L4, L5)

INDICATORS: dict[str, Indicator] = {each.id: each for each in (*_COMPLAINTS, *_DISPUTES, *_AID)}
"""What `kpi` knows."""

COUNTS: dict[str, Indicator] = {each.id: each for each in (OVERDUE, PRIORITY_TIME, GROUP, AGE)}
"""What stands on the leader's page only."""


def indicator(id_: str) -> Indicator:
    """The definition of that id. UnknownIndicatorError when nothing of that id is computed."""
    try:
        return (INDICATORS | COUNTS)[id_]
    except KeyError as error:
        raise UnknownIndicatorError(id_) from error
