"""The hint panel 提示栏 beside the registration form, read leniently from what is typed so far. It stops nobody."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import User
from cases import identity, money
from cases.forms import whole_number
from cases.identity import InvalidValue
from cases.models import Case, CaseKind
from cases.months import Period, months_between, parse_month
from cases.names import normalise_name
from inspection.guards import (
    CRIME_LINE,
    ONE_WORKER_FEN,
    ONE_WORKER_MONTHS,
    SEVERAL_FEN,
    SEVERAL_WORKERS,
)
from inspection.merging import GROUP_FROM, JOINABLE, MOST_REPRESENTATIVES, REPRESENTATIVES_FROM
from inspection.path_advice import Advice, Told, advise
from inspection.resemblance import KnownWorker, Twin, resemblance, same_complaints
from inspection.states import Path

WORKING_AGE = 16
MOST_ROWS = 500
Value = TypeVar("Value")


@dataclass(frozen=True)
class SketchedWorker:
    """A worker as far as he can be read: what is missing or unreadable is empty, None or 0."""

    name: str = ""
    id_number: str = ""
    birth_on: date | None = None
    months: Period | None = None
    owed_fen: int = 0
    is_representative: bool = False


@dataclass(frozen=True)
class Sketch:
    """The form as far as it can be read."""

    employer_name: str = ""
    uscc: str = ""
    project_name: str = ""
    workers: tuple[SketchedWorker, ...] = ()
    told: Told = field(default_factory=Told)
    path: str = ""
    join: str = ""
    not_same: frozenset[str] = frozenset()


def sketch(fields: Any) -> Sketch:
    """What the posted fields say so far; nothing unreadable raises."""
    answers: Mapping[str, str] = fields
    return Sketch(
        employer_name=normalise_name(answers.get("employer_name", "")[:120].replace("\x00", "")),
        uscc=_read(lambda: identity.check_uscc(answers.get("uscc", "")).value, ""),
        project_name=normalise_name(answers.get("project_name", "")[:120].replace("\x00", "")),
        workers=tuple(_workers(answers)),
        told=Told(
            facts_text=answers.get("facts_text", "")[:2000],
            other_proceeding=answers.get("other_proceeding") == "yes",
            other_proceeding_note=answers.get("other_proceeding_note", ""),
            within_two_years=answers.get("within_two_years") != "no",
            respondent_clear=answers.get("respondent_clear") != "no",
            within_mandate=answers.get("within_mandate") != "no",
            contract=answers.get("contract", ""),
        ),
        path=answers.get("path", ""),
        join=answers.get("join", ""),
        not_same=frozenset(fields.getlist("not_same")),
    )


def _read(call: Any, otherwise: Value) -> Value:
    with suppress(InvalidValue):
        return call()
    return otherwise


def _workers(answers: Mapping[str, str]) -> list[SketchedWorker]:
    count = min(whole_number(answers.get("w-TOTAL_FORMS")) or 0, MOST_ROWS)
    rows = [_worker(answers, f"w-{i}-") for i in range(count) if not answers.get(f"w-{i}-DELETE")]
    return [row for row in rows if row.name or row.id_number or row.owed_fen]


def _worker(answers: Mapping[str, str], prefix: str) -> SketchedWorker:
    def typed(name: str) -> str:
        return answers.get(prefix + name, "")

    number = _read(lambda: identity.check_document(typed("id_type") or "resident", typed("id_number")), None)
    first = _read(lambda: parse_month(typed("from_month")), "")
    last = _read(lambda: parse_month(typed("to_month")), "")
    return SketchedWorker(
        name=normalise_name(typed("name")[:50].replace("\x00", "")),
        id_number=number.number if number else "",
        birth_on=number.birth_date if number else None,
        months=(first, last) if first and last and first <= last else None,
        owed_fen=_read(lambda: money.parse_amount(typed("owed")), 0),
        is_representative=bool(typed("is_representative")),
    )


@dataclass(frozen=True)
class Panel:
    """What the panel shows. ``joined`` is the case that this complaint is to be merged into."""

    strong: list[Twin]
    weak: list[Twin]
    elsewhere: list[Twin]
    nearby: Twin | None
    open_cases: int
    open_persons: int
    warnings: list[str]
    advice: Advice | None
    path: str
    joined: Case | None
    apart: list[Twin]

    @property
    def is_empty(self) -> bool:
        return not (
            self.strong or self.weak or self.elsewhere or self.nearby or self.open_cases
            or self.warnings or self.advice or self.joined or self.apart
        )  # fmt: skip

    @property
    def path_differs(self) -> bool:
        return self.advice is not None and self.path != self.advice.path

    @property
    def summary(self) -> str:
        """One sentence for those who cannot see the panel change; empty when there is nothing pressing."""
        parts = [_("可能重复：%(n)d件") % {"n": len(self.strong)}] if self.strong else []
        return "；".join([*parts, *self.warnings])


def twins(user: User, known: Sketch) -> tuple[Twin, ...]:
    """The open complaints that say the same; registering this one apart from them needs a reason."""
    workers = [KnownWorker(w.name, w.id_number, w.months) for w in known.workers]
    return same_complaints(user, name=known.employer_name, uscc=known.uscc, workers=workers)


def panel(user: User, known: Sketch, today: date) -> Panel:
    """Everything worth telling about the complaint as typed so far; a constant number of queries."""
    alike = resemblance(
        user,
        name=known.employer_name,
        uscc=known.uscc,
        project=known.project_name,
        workers=[KnownWorker(w.name, w.id_number, w.months) for w in known.workers],
        today=today,
    )

    def kept(twins: tuple[Twin, ...]) -> list[Twin]:
        return [twin for twin in twins if str(twin.case.public_id) not in known.not_same]

    strong = kept(alike.strong)
    nearby = alike.nearby
    if nearby and str(nearby.case.public_id) in known.not_same | {str(t.case.public_id) for t in strong}:
        nearby = None
    is_begun = bool(known.employer_name or known.workers)
    return Panel(
        strong=strong,
        weak=kept(alike.weak),
        elsewhere=kept(alike.elsewhere),
        nearby=nearby,
        open_cases=alike.open_cases,
        open_persons=alike.open_persons,
        warnings=warnings(known.workers, today) if is_begun else [],
        advice=advise(known.told) if is_begun else None,
        path=known.path or Path.INSPECTION,
        joined=case_to_join(user, known.join),
        apart=[twin for twin in alike.strong if str(twin.case.public_id) in known.not_same],
    )


def case_to_join(user: User, public_id: str) -> Case | None:
    """The open complaint of the person's own agency with that public id; None for anything else."""
    try:
        wanted = UUID(public_id)
    except ValueError:
        return None
    cases = Case.objects.visible_to(user).open().filter(agency=user.agency, kind=CaseKind.INSPECTION)
    return cases.filter(public_id=wanted, state__in=JOINABLE).first()


def warnings(workers: tuple[SketchedWorker, ...], today: date) -> list[str]:
    """What the clerk should look at: children, old claims, the criminal line, groups."""
    found = [*_by_worker(workers, today), *_crime_line(workers)]
    if len(workers) >= GROUP_FROM:
        words = ngettext("群体案件（%(n)d人）", "群体案件（%(n)d人）", len(workers))
        found.append(words % {"n": len(workers)})
    representatives = sum(worker.is_representative for worker in workers)
    if len(workers) >= REPRESENTATIVES_FROM and not 1 <= representatives <= MOST_REPRESENTATIVES:
        found.append(
            _("%(n)d人以上要勾选1到%(most)d名代表，现在勾了%(count)d名")
            % {"n": REPRESENTATIVES_FROM, "most": MOST_REPRESENTATIVES, "count": representatives}
        )
    return found


def _by_worker(workers: tuple[SketchedWorker, ...], today: date) -> list[str]:
    two_years_ago = f"{today.year - 2}-{today.month:02d}"
    young = [w for w in workers if w.birth_on and w.months and _was_child(w.birth_on, w.months[0])]
    old = [w for w in workers if w.months and w.months[1] < two_years_ago]
    found = []
    if young:
        found.append(_("%(who)s：按出生日期，当时未满16周岁。照常登记，并立即报告") % {"who": _named(young)})
    if old:
        found.append(_("%(who)s：欠薪截止已超过两年，核对一下是否一直在追讨") % {"who": _named(old)})
    return found


def _was_child(birth_on: date, first_month: str) -> bool:
    return identity.age_on(birth_on, date.fromisoformat(f"{first_month}-01")) < WORKING_AGE


def _named(workers: list[SketchedWorker]) -> str:
    """王某某 · 王某某等3人."""
    first = workers[0].name or _("第1名劳动者")
    return first if len(workers) == 1 else _("%(name)s等%(n)d人") % {"name": first, "n": len(workers)}


def _crime_line(workers: tuple[SketchedWorker, ...]) -> list[str]:
    total = sum(worker.owed_fen for worker in workers)
    long_unpaid = [
        worker
        for worker in workers
        if worker.months
        and worker.owed_fen >= ONE_WORKER_FEN
        and months_between(*worker.months) >= ONE_WORKER_MONTHS
    ]
    if len(workers) >= SEVERAL_WORKERS and total >= SEVERAL_FEN:
        line = _("%(n)d人以上、合计%(sum)s元以上") % {
            "n": SEVERAL_WORKERS,
            "sum": money.yuan(SEVERAL_FEN).removesuffix(".00"),
        }
    elif long_unpaid:
        line = _("1人%(n)d个月以上、%(sum)s元以上") % {
            "n": ONE_WORKER_MONTHS,
            "sum": money.yuan(ONE_WORKER_FEN).removesuffix(".00"),
        }
    else:
        return []
    return [
        _("达到拒不支付劳动报酬罪的数额标准（%(line)s，%(law)s）：责令支付后仍不付，可移送公安")
        % {"line": line, "law": CRIME_LINE}
    ]
