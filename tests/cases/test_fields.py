import copy
import pickle
import uuid
from collections.abc import Callable

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Lower
from django.test.utils import CaptureQueriesContext, isolate_apps

from agencies.models import Agency
from agencies.services import load_agencies
from cases.crypto import CannotOpenError, blind_index, key_id_of
from cases.fields import BlindIndexField, EncryptedTextField, Sealed
from cases.models import Person

NUMBER, OTHER_NUMBER = "50022419850615002X", "500151199001010011"
PHONE = "13812345678"


@pytest.fixture
def agency(db: None) -> Agency:
    load_agencies()
    return Agency.objects.get(code="inspection")


@pytest.fixture
def person(agency: Agency) -> Person:
    """As read back from the database: nothing opened yet."""
    made = Person.objects.create(agency=agency, name="王五", id_number=NUMBER, phone=PHONE)
    return Person.objects.get(pk=made.pk)


def stored(person: Person, column: str) -> str:
    """What lies in the database."""
    table = Person._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [person.pk])
        return cursor.fetchone()[0]


def store(person: Person, column: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Person._meta.db_table} SET {column} = %s WHERE id = %s", [value, person.pk])


def opened(person: Person, name: str) -> bool:
    return not isinstance(person.__dict__[name], Sealed)


# Values


def test_value_is_sealed_in_the_database_and_plain_on_the_instance(person: Person) -> None:
    assert person.id_number == NUMBER
    assert person.phone == PHONE
    for column in ("id_number", "phone"):
        assert NUMBER not in stored(person, column)
        assert PHONE not in stored(person, column)
        assert len(stored(person, column)) > 40


def test_assigned_value_is_read_back_before_and_after_saving(person: Person) -> None:
    person.id_number = OTHER_NUMBER
    assert person.id_number == OTHER_NUMBER
    person.save()
    assert person.id_number == OTHER_NUMBER
    assert Person.objects.get(pk=person.pk).id_number == OTHER_NUMBER


def test_empty_value_stays_empty(person: Person) -> None:
    assert person.bank_card == ""
    assert stored(person, "bank_card") == ""
    person.id_number = ""
    person.save()
    assert (
        stored(person, "id_number")
        == stored(person, "id_number_index")
        == stored(person, "id_number_tail")
        == ""
    )


@pytest.mark.parametrize("text", ["𠮷\U000e0100", "a\x00b", "x" * 100_000, " ", "%s '\"\\"])
def test_any_text_comes_back_unchanged(person: Person, text: str) -> None:
    person.bank_card = text
    person.save()
    assert Person.objects.get(pk=person.pk).bank_card == text


@pytest.mark.parametrize("value", [12345678901234567, b"bytes", Lower(Value("x")), F("name")])
def test_anything_but_text_is_refused(person: Person, value: object) -> None:
    person.id_number = value
    with pytest.raises(TypeError, match="takes text only"):
        person.save()


def test_value_is_opened_only_when_it_is_read(person: Person) -> None:
    assert not opened(person, "id_number")
    assert person.id_number == NUMBER
    assert opened(person, "id_number")
    assert not opened(person, "phone")


def test_list_does_not_open_what_it_does_not_show(person: Person, settings) -> None:
    settings.FIELD_KEYS = []
    assert [listed.name for listed in Person.objects.all()] == ["王五"]


def test_unread_value_shows_nothing(person: Person) -> None:
    assert repr(person.__dict__["id_number"]) == "<sealed>"
    row = Person.objects.filter(pk=person.pk).values("id_number").get()
    assert str(row) == "{'id_number': <sealed>}"


# Ways to save and load


def test_bulk_create_seals_and_indexes(agency: Agency) -> None:
    people = [Person(agency=agency, name=f"工{n}人", id_number=NUMBER, phone=PHONE) for n in range(3)]
    Person.objects.bulk_create(people)
    made = Person.objects.filter(id_number_index=blind_index("id_number", NUMBER))
    assert [person.id_number for person in made] == [NUMBER] * 3
    assert len({stored(person, "id_number") for person in made}) == 3
    assert made.filter(phone_tail=blind_index("phone", "5678", last=4)).count() == 3


def test_saving_an_unread_row_keeps_token_and_index(person: Person) -> None:
    before = [stored(person, column) for column in ("id_number", "id_number_index", "phone", "phone_tail")]
    person.name = "王六"
    person.save()
    assert [
        stored(person, column) for column in ("id_number", "id_number_index", "phone", "phone_tail")
    ] == before


def test_refresh_from_db_brings_the_stored_value(person: Person) -> None:
    person.id_number = OTHER_NUMBER
    person.refresh_from_db()
    assert person.id_number == NUMBER
    person.phone = "changed"
    person.refresh_from_db(fields=["phone"])
    assert person.phone == PHONE


def test_deferred_value_is_loaded_when_read_in_one_query(person: Person) -> None:
    for query in (Person.objects.defer("id_number"), Person.objects.only("name")):
        deferred = query.get(pk=person.pk)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert deferred.id_number == NUMBER
        assert len(captured) == 1


def test_saving_a_deferred_row_leaves_value_and_index_alone(person: Person) -> None:
    before = stored(person, "id_number"), stored(person, "id_number_index")
    deferred = Person.objects.defer("id_number").get(pk=person.pk)
    deferred.name = "王六"
    deferred.save()
    assert (stored(person, "id_number"), stored(person, "id_number_index")) == before


def test_update_or_create_and_get_or_create_seal_and_index(agency: Agency) -> None:
    values = {"agency": agency, "name": "赵六"}
    Person.objects.update_or_create(**values, defaults={"id_number": NUMBER})
    Person.objects.update_or_create(**values, defaults={"id_number": OTHER_NUMBER})
    found = Person.objects.get(id_number_index=blind_index("id_number", OTHER_NUMBER))
    assert found.id_number == OTHER_NUMBER


def test_copied_and_pickled_instances_open(person: Person) -> None:
    for twin in (copy.copy(person), copy.deepcopy(person), pickle.loads(pickle.dumps(person))):
        assert twin.id_number == NUMBER


def test_row_without_its_own_id_cannot_be_saved(agency: Agency) -> None:
    with pytest.raises(ValueError, match="public_id is not set"):
        Person.objects.create(agency=agency, name="王五", id_number=NUMBER, public_id=None)


def test_new_row_made_from_an_unread_one_is_refused(person: Person) -> None:
    person.pk, person.public_id = None, uuid.uuid4()
    with pytest.raises(CannotOpenError):
        person.save()


def test_new_row_made_from_a_read_one_is_sealed_for_itself(person: Person) -> None:
    assert (person.id_number, person.phone) == (NUMBER, PHONE)
    person.pk, person.public_id = None, uuid.uuid4()
    person.save()
    assert {twin.id_number for twin in Person.objects.all()} == {NUMBER}


# Tampering and keys


def test_token_moved_to_another_row_does_not_open(person: Person, agency: Agency) -> None:
    other = Person.objects.create(agency=agency, name="赵六", id_number=OTHER_NUMBER)
    store(other, "id_number", stored(person, "id_number"))
    with pytest.raises(CannotOpenError, match="changed or belongs elsewhere"):
        _ = Person.objects.get(pk=other.pk).id_number


def test_token_moved_to_another_column_does_not_open(person: Person) -> None:
    store(person, "bank_card", stored(person, "id_number"))
    with pytest.raises(CannotOpenError, match="changed or belongs elsewhere"):
        _ = Person.objects.get(pk=person.pk).bank_card


def test_plain_text_in_the_column_does_not_open_and_cannot_be_saved_over(person: Person) -> None:
    store(person, "id_number", NUMBER)
    found = Person.objects.get(pk=person.pk)
    with pytest.raises(CannotOpenError):
        _ = found.id_number
    with pytest.raises(CannotOpenError):
        found.save()


def test_saving_under_a_new_key_seals_anew(person: Person, settings) -> None:
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = [("t3", b"n" * 32), *old]
    Person.objects.get(pk=person.pk).save()
    assert key_id_of(stored(person, "id_number")) == key_id_of(stored(person, "phone")) == "t3"
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert Person.objects.get(pk=person.pk).id_number == NUMBER


# What a sealed column refuses


@pytest.mark.parametrize(
    "query",
    [
        lambda: Person.objects.filter(id_number=NUMBER),
        lambda: Person.objects.exclude(id_number=NUMBER),
        lambda: Person.objects.filter(id_number__icontains="5002"),
        lambda: Person.objects.filter(id_number__in=[NUMBER]),
        lambda: Person.objects.filter(id_number=F("name")),
        lambda: Person.objects.filter(id_number__lower=NUMBER),
    ],
)
def test_lookups_are_refused(query: Callable[[], object]) -> None:
    with pytest.raises(
        FieldError, match=r"id_number is sealed and cannot be searched; filter on its BlindIndexField"
    ):
        query()


def test_isnull_is_the_one_lookup(person: Person) -> None:
    assert list(Person.objects.filter(id_number__isnull=False)) == [person]


@pytest.mark.parametrize("value", [OTHER_NUMBER, F("name"), Lower("name"), Value(OTHER_NUMBER)])
def test_update_without_an_instance_is_refused(person: Person, value: object) -> None:
    with pytest.raises(FieldError, match="is sealed and cannot"), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(id_number=value)
    assert Person.objects.get(pk=person.pk).id_number == NUMBER


def test_bulk_update_is_refused(person: Person) -> None:
    person.id_number = OTHER_NUMBER
    with pytest.raises(FieldError, match="is sealed and cannot"), transaction.atomic():
        Person.objects.bulk_update([person], ["id_number"])
    assert Person.objects.get(pk=person.pk).id_number == NUMBER


def test_dump_is_refused(person: Person) -> None:
    with pytest.raises(FieldError, match="cannot be dumped"):
        serializers.serialize("json", [person])


def test_save_of_the_value_without_its_indexes_is_refused(person: Person) -> None:
    person.id_number = OTHER_NUMBER
    with pytest.raises(FieldError, match="id_number_tail must be saved together with id_number"):
        person.save(update_fields=["id_number", "id_number_index"])
    person.save(update_fields=["id_number", "id_number_index", "id_number_tail"])
    assert Person.objects.get(id_number_index=blind_index("id_number", OTHER_NUMBER)) == person


# Indexes


def test_indexes_find_the_whole_value_and_the_tail(person: Person) -> None:
    field = Person._meta.get_field("id_number_tail")
    assert isinstance(field, BlindIndexField)
    assert person.id_number_index == blind_index("id_number", NUMBER.lower())
    assert person.id_number_tail == field.index_of("002X") == blind_index("id_number", "002x", last=4)
    assert person.phone_index == blind_index("phone", f"+86 {PHONE}")


def test_indexes_follow_the_value(person: Person) -> None:
    person.id_number = OTHER_NUMBER
    person.save()
    assert (
        person.id_number_index == stored(person, "id_number_index") == blind_index("id_number", OTHER_NUMBER)
    )
    assert stored(person, "id_number_tail") == blind_index("id_number", "0011", last=4)


def test_indexes_of_a_read_value_follow_a_new_index_key(person: Person, settings) -> None:
    settings.INDEX_KEY = b"n" * 32
    assert person.id_number == NUMBER
    person.save()
    assert stored(person, "id_number_index") == blind_index("id_number", NUMBER)


# Definition


@isolate_apps("cases")
def test_fields_deconstruct_to_themselves() -> None:
    class Note(models.Model):
        key = models.UUIDField(default=uuid.uuid4)
        text = EncryptedTextField("笔记", row="key", null=True)
        text_tail = BlindIndexField(source="text", scope="note", last=4)

        class Meta:
            app_label = "cases"

    _, path, args, kwargs = Note._meta.get_field("text").deconstruct()
    assert (path, args, kwargs) == (
        "cases.fields.EncryptedTextField", [], {"row": "key", "null": True, "verbose_name": "笔记"},
    )  # fmt: skip
    _, path, args, kwargs = Note._meta.get_field("text_tail").deconstruct()
    assert (path, args, kwargs) == (
        "cases.fields.BlindIndexField", [], {"source": "text", "scope": "note", "last": 4},
    )  # fmt: skip
    assert BlindIndexField(**kwargs).max_length == 64
    assert Note.check() == []


@isolate_apps("cases")
def test_check_finds_what_a_sealed_column_cannot_be() -> None:
    class Note(models.Model):
        public_id = models.UUIDField(default=uuid.uuid4)
        text = EncryptedTextField(unique=True)

        class Meta:
            app_label = "cases"

    assert [fault.id for fault in Note.check()] == ["cases.E001"]
