"""Many more cases from few: copies of histories that were written act by act, written in bulk.

What the law makes of a date is not computed a second time. A copy keeps every day and instant of its template, and
with them every clock, lamp and closing day that the product itself computed for it; what differs are the people, the
employer, the project, the town, the numbers and the ids. So one template for many days of the year gives a year of
cases whose dates are right, and the chain of each record is sealed by `cases.audit` as any other.

What copies lack, because writing it costs more than it shows: documents (their papers were written by hand), files,
messages, and the keys that keep a form from being sent twice.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate, groupby, islice, pairwise
from typing import Any

from django.db import connection, models
from django.utils import timezone

from agencies.models import Agency
from cases import audit, numbers
from cases.models import Case, Claim, Employer, Person, Project, TimelineEvent
from cases.names import pinyin_key
from inspection.models import Complaint
from reports.demo.fiction import ADDRESS, CONTACT, Fiction, Particulars, Unit
from reports.demo.histories import History, Keys, Table

BATCH = 400
"""Cases written together; some twenty thousand rows lie in memory then."""

ROWS_OF_A_STATEMENT = 500


@dataclass(frozen=True)
class Wanted:
    """One copy to be made."""

    history: History
    receipt_no: str
    case_no: str


def write(
    histories: Sequence[History],
    weights: Sequence[float],
    count: int,
    *,
    fiction: Fiction,
    progress: Callable[[int], None],
) -> None:
    """So many copies stand in the database, of each history as many as its weight asks for.

    Call it inside a transaction; ``progress`` is called with the number of copies written so far.
    """
    registry = Registry(fiction, histories[0].case.agency)
    wanted = numbered(histories, shares(weights, count))
    done = 0
    while batch := list(islice(wanted, BATCH)):
        _write(batch, fiction, registry)
        done += len(batch)
        progress(done)


def shares(weights: Sequence[float], count: int) -> list[int]:
    """Whole numbers with that sum in the proportion of the weights."""
    sums = [0, *accumulate(weights)]
    ends = [int(count * each / sums[-1] + 1e-9) for each in sums[:-1]] + [count]
    return [after - before for before, after in pairwise(ends)]


def numbered(histories: Sequence[History], counts: Sequence[int]) -> Iterator[Wanted]:
    """Each history so many times in the order of registration, with the next numbers of its agency.

    The counters are moved once per year and series.
    """
    ordered = sorted(zip(histories, counts, strict=True), key=lambda pair: pair[0].case.registered_at)
    receipts = _numbers("receipt", [(each.case, n) for each, n in ordered], _registered_on)
    filed = [(each.case, n) for each, n in ordered if each.case.case_no]
    case_numbers = _numbers("case", filed, _filed_on)
    for history, n in ordered:
        for _ in range(n):
            case_no = next(case_numbers[history.case.pk]) if history.case.case_no else ""
            yield Wanted(history, next(receipts[history.case.pk]), case_no)


def _registered_on(case: Case) -> date:
    return timezone.localdate(case.registered_at)


def _filed_on(case: Case) -> date:
    assert case.filed_on is not None, "a numbered case is filed"
    return case.filed_on


def _numbers(
    series: str, wanted: Sequence[tuple[Case, int]], day_of: Callable[[Case], date]
) -> dict[int, Iterator[str]]:
    """For each case so many numbers of the year of its day, given out in the order of these days."""
    given: dict[int, Iterator[str]] = {}
    in_order = sorted(wanted, key=lambda pair: day_of(pair[0]))
    for _year, found in groupby(in_order, key=lambda pair: day_of(pair[0]).year):
        rows = list(found)
        first = rows[0][0]
        taken = iter(numbers.take_several(first.agency, series, day_of(first), sum(n for _case, n in rows)))
        given |= {case.pk: iter(list(islice(taken, n))) for case, n in rows}
    return given


class Registry:
    """The employers and projects that the copies are about."""

    def __init__(self, fiction: Fiction, agency: Agency) -> None:
        self._fiction = fiction
        self._agency = agency
        self._employers = dict(Employer.objects.filter(agency=agency).values_list("name", "pk"))
        self._projects = dict(Project.objects.filter(agency=agency).values_list("name", "pk"))

    def employer(self, unit: Unit) -> int:
        """The key of the unit's row, which is made when there is none."""
        if unit.name not in self._employers:
            row = Employer.objects.create(
                agency=self._agency,
                name=unit.name,
                pinyin=unit_key(unit.name),
                uscc=self._fiction.uscc(unit),
                industry=unit.industry,
                town=self._fiction.town(),
                contact=CONTACT,
            )
            self._employers[unit.name] = row.pk
        return self._employers[unit.name]

    def project(self, unit: Unit) -> int | None:
        """The key of what the unit builds, None where it builds nothing."""
        if unit.works is None:
            return None
        name, kind = unit.works
        if name not in self._projects:
            row = Project.objects.create(agency=self._agency, name=name, type=kind, pinyin=unit_key(name))
            self._projects[name] = row.pk
        return self._projects[name]


def _write(batch: Sequence[Wanted], fiction: Fiction, registry: Registry) -> None:
    """The copies of the batch lie in the database, table by table."""
    need = Counter[Table]()
    for each in batch:
        need.update({table: len(keys) for table, keys in each.history.tables.items()})
        need[Person] += len(each.history.people)
    pools = {table: reserve(table, n) for table, n in need.items() if not table._meta.pk.remote_field}
    made: dict[Table, list[models.Model]] = {}
    for each in batch:
        for table, rows in _copy(each, pools, fiction, registry).items():
            made.setdefault(table, []).extend(rows)
    for table, rows in made.items():
        insert(table, rows)
    if connection.vendor == "postgresql":
        connection.check_constraints()  # now rather than all at the commit, which has a time limit


def insert(table: Table, rows: Sequence[models.Model]) -> None:
    """The rows with their keys lie in the table, each value as saving the row would have written it."""
    if connection.vendor != "postgresql":
        table._base_manager.bulk_create(rows, batch_size=ROWS_OF_A_STATEMENT)
        return
    fields = table._meta.concrete_fields
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    name = connection.ops.quote_name(table._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(
                [each.get_db_prep_save(each.pre_save(row, add=True), connection) for each in fields]
            )


def _copy(
    wanted: Wanted, pools: Mapping[Table, Iterator[int]], fiction: Fiction, registry: Registry
) -> dict[Table, list[models.Model]]:
    history, case = wanted.history, wanted.history.case
    unit = fiction.like(case.respondent_name)
    keys: Keys = {
        table: {old: next(pools[table]) for old in found}
        for table, found in history.tables.items()
        if table in pools
    }
    people = [(old, fiction.person()) for old in history.people]
    keys[Person] = {old.pk: next(pools[Person]) for old, _new in people}
    keys[Employer] = {history.respondent: registry.employer(unit)}
    project = registry.project(unit)
    keys[Project] = {case.project_id: project} if case.project_id and project else {}
    made = history.copy(keys, _words(wanted, unit, people), _changes(case, unit, people[0][1].name, fiction))
    made[Person] = [_person(old, new, keys[Person][old.pk]) for old, new in people]
    _seal(made)
    return made


def _words(wanted: Wanted, unit: Unit, people: Sequence[tuple[Person, Particulars]]) -> dict[str, str]:
    case: Any = wanted.history.case
    tail = wanted.receipt_no.rpartition("〔")[2]
    words = {
        case.receipt_no: wanted.receipt_no,
        case.case_no: wanted.case_no,
        case.respondent_name: unit.name,
        case.complaint.external_no: f"示例{case.complaint.channel}-{tail}",
    }
    words |= {old.name: new.name for old, new in people}
    words |= {old: f"示例回单{tail}-{n:02}" for n, old in enumerate(wanted.history.vouchers, start=1)}
    if case.project and unit.works:
        words[case.project.name] = unit.works[0]
    return words


def _changes(case: Case, unit: Unit, applicant: str, fiction: Fiction) -> dict[Table, dict[str, Any]]:
    """Columns of the copy that follow from who is in it."""
    names = {"applicant_pinyin": person_key(applicant), "respondent_pinyin": unit_key(unit.name)}
    return {
        Case: {**names, "town_id": fiction.town().pk},
        Complaint: {"industry": unit.industry},
        Claim: {"job": unit.jobs[case.pk % len(unit.jobs)]},
    }


def _person(old: Person, new: Particulars, key: int) -> Person:
    return Person(
        pk=key,
        agency_id=old.agency_id,
        name=new.name,
        pinyin=person_key(new.name),
        id_type=old.id_type,
        id_number=new.id_number,
        phone=new.phone,
        sex=new.sex,
        birth_on=new.birth_on,
        address=ADDRESS,
        is_migrant=old.is_migrant,
    )


def _seal(made: Mapping[Table, list[models.Model]]) -> None:
    """The copy's record is chained anew, and its head stands on the case."""
    case: Any = made[Case][0]
    case_id, previous = str(case.public_id), ""
    events: Any = made[TimelineEvent]
    for event in events:
        event.mac = previous = audit.event_mac(event, case_id, previous)
    case.audit_mac = audit.head_mac(case_id, len(events), previous)


def reserve(table: Table, count: int) -> Iterator[int]:
    """So many keys of the table that nobody else will get.

    On SQLite the transaction already keeps every other writer out.
    """
    if connection.vendor != "postgresql":
        last = table._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
        return iter(range(last + 1, last + count + 1))
    sequence = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(sequence, [table._meta.db_table, table._meta.pk.column, count])
        return iter([row[0] for row in cursor.fetchall()])


@cache
def person_key(name: str) -> str:
    return pinyin_key(name)[:200]


@cache
def unit_key(name: str) -> str:
    return pinyin_key(name, person=False)[:400]
