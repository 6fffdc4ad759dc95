"""The database itself refuses to change the record, and to move a state past the one way in."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from cases import triggers
from cases.checks import triggers_are_there
from cases.models import Case
from inspection.models import InspectionCase
from inspection.states import State
from tests.inspection.situations import complaint, fresh, ready_for, staff, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    """A case with an entry in its record."""
    people = staff("WZX")
    return take("resume", ready_for("resume", people, State.INVESTIGATING), people["Z"])


def refused(statement: str, *values) -> str:
    """What the database says when it refuses the statement."""
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return str(error.value)


@pytest.mark.parametrize("column", ["note", "by_name", "mac", "label", "target"])
def test_entry_is_not_altered(case, column):
    said = refused(f"UPDATE cases_timelineevent SET {column} = 'x' WHERE case_id = %s", case.pk)

    assert "timeline events are append-only" in said


def test_entry_is_not_deleted(case):
    said = refused("DELETE FROM cases_timelineevent WHERE case_id = %s", case.pk)

    assert "timeline events are append-only" in said
    assert case.timeline.count() == 1


def test_entries_are_not_altered_through_the_models(case):
    with pytest.raises(DatabaseError), transaction.atomic():
        case.timeline.update(note="x")
    event = case.timeline.get()
    event.note = "x"
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()


def test_state_is_not_moved_alone(case):
    said = refused("UPDATE cases_case SET state = 'CLOSED' WHERE id = %s", case.pk)

    assert "state changes only together with version and record" in said
    assert fresh(case).state == "INVESTIGATING"


@pytest.mark.parametrize(
    "with_it", ["version = version + 1", "audit_length = audit_length + 1", "version = 9"]
)
def test_state_is_not_moved_without_version_and_record(case, with_it):
    said = refused(f"UPDATE cases_case SET state = 'CLOSED', {with_it} WHERE id = %s", case.pk)

    assert "state changes only together with version and record" in said


def test_state_is_not_moved_through_a_queryset(case):
    with pytest.raises(DatabaseError), transaction.atomic():
        InspectionCase.objects.filter(pk=case.pk).update(state="CLOSED")


def test_other_columns_may_change_alone(case):
    Case.objects.filter(pk=case.pk).update(respondent_name="某公司")

    assert fresh(case).respondent_name == "某公司"


def test_new_case_may_begin_anywhere():
    assert complaint(staff("W"), State.DECIDED).state == "DECIDED"


def test_triggers_are_all_there():
    assert triggers.missing() == []


def test_removed_triggers_are_missed_and_come_back_with_migrate(case):
    triggers.remove()

    assert triggers.missing() == sorted(
        triggers.POSTGRES if connection.vendor == "postgresql" else triggers.SQLITE
    )
    call_command("migrate", verbosity=0)
    assert triggers.missing() == []
    refused("DELETE FROM cases_timelineevent WHERE case_id = %s", case.pk)


def test_installing_twice_does_no_harm():
    triggers.install()
    triggers.install()

    assert triggers.missing() == []


def test_missing_triggers_stop_the_site_but_not_the_migration_that_makes_them():
    triggers.remove()
    stopped = triggers_are_there(None, databases=["default"])
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied(
        "agencies", max(name for app, name in recorder.applied_migrations() if app == "agencies")
    )

    still_to_migrate = triggers_are_there(None, databases=["default"])
    triggers.install()

    assert {error.id for error in stopped} == {"cases.E004"}
    assert still_to_migrate == []
