"""The time limits of referrals, for pages that show referrals the reader sees."""

from dataclasses import dataclass
from datetime import date

from calendars.services import effective_rule
from cases import referral_deadlines as d
from cases.models import CaseClock, Referral


@dataclass(frozen=True)
class Term:
    """What is to be done about a referral, and by which day."""

    words: str
    due_on: date | None


def with_clocks(rows: list[Referral]) -> None:
    """Each row has its running time limit as ``clock``, None where none runs; one query for any number."""
    codes = [rule.code for rule in d.RULES if rule != d.DISTRICT_PLACES]
    running = CaseClock.objects.filter(
        case__in=[row.case_id for row in rows], rule_code__in=codes, met_on=None, ended_on=None
    )
    by_cause = {clock.cause: clock for clock in running}
    for row in rows:
        clock = by_cause.get(row.cause)
        row.clock = Term(str(effective_rule(clock.rule_code).label), clock.due_on) if clock else None


def district_clock(referral: Referral) -> CaseClock | None:
    """By when some agency of the district was to take the matter in; None for one that was taken in at once."""
    runs = CaseClock.objects.filter(case=referral.case_id, rule_code=d.DISTRICT_PLACES.code)
    return runs.order_by("-pk").first()
