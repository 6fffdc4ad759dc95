"""Model fields for personal values: sealed in the database, plain on the instance, found by a blind index.

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    id_number = EncryptedTextField()
    id_number_index = BlindIndexField(source="id_number", scope="id_number")

    Person.objects.filter(id_number_index__in=blind_indexes("id_number", typed))

A token is bound to `table.column.public_id`. Renaming a table or column, or giving a row another public_id,
therefore needs a migration that opens and seals every value again.
"""

from typing import Any, NoReturn

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import pre_save

from cases.crypto import blind_index, is_current, open_token, seal


class Sealed:
    """A value as it lies in the database. Shows nothing of it, in logs and tracebacks either."""

    __slots__ = ("token",)

    def __init__(self, token: str) -> None:
        self.token = token

    def __repr__(self) -> str:
        return "<sealed>"


class SealedAttribute(DeferredAttribute):
    """Opens the value when it is first read; until then the instance holds the token."""

    field: "EncryptedTextField"

    def __get__(self, instance: models.Model | None, owner: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        held = instance.__dict__
        name = self.field.attname
        if name not in held:
            # Together, or the row's own id would cost a second query.
            instance.refresh_from_db(fields=[name, self.field.row])
        if isinstance(held[name], Sealed):
            held[name] = self.field.opened(instance, held[name])
        return held[name]

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):
    """Text that is sealed when the instance is saved and opened when the attribute is first read.

    `row` names the field that identifies the row and is set before saving. An empty string stays empty in the
    database. The column cannot be searched, updated without an instance, dumped or loaded: each of these
    raises, because each would store or compare something else than the value. `values()` gives it unopened.
    """

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, row: str = "public_id", **kwargs: Any) -> None:
        self.row = row
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """The arguments that make the same field again."""
        name, path, args, kwargs = super().deconstruct()
        if self.row != "public_id":
            kwargs["row"] = self.row
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Also finds what a sealed column cannot be."""
        found = super().check(**kwargs)
        if self.unique or getattr(self, "db_index", False) or self.has_default() or self.choices:
            wrong = "A sealed column has no index, default or choices."
            hint = "Put unique or db_index on a BlindIndexField; defaults and choices are no secrets."
            found.append(checks.Error(wrong, hint, self, "cases.E001"))
        return found

    def place(self, instance: models.Model) -> str:
        """What the instance's value is bound to: table, column, row."""
        row = getattr(instance, self.row)
        if not row:
            raise ValueError(f"{self.model._meta.label}.{self.row} is not set: the value has no place yet")
        return f"{self.model._meta.db_table}.{self.column}.{row}"

    def opened(self, instance: models.Model, sealed: Sealed) -> str:
        """The text of a stored value; raises CannotOpenError when it was changed or moved."""
        return open_token(sealed.token, self.place(instance)) if sealed.token else ""

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Sealed | None:
        """The stored value, unopened."""
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        """The token to store. An unread value under the present key keeps its token, if that opens."""
        held = model_instance.__dict__.get(self.attname)
        text: Any
        if isinstance(held, Sealed):
            text = self.opened(model_instance, held)
            if not held.token or is_current(held.token):
                return held
        else:
            text = getattr(model_instance, self.attname)
        if text is None:
            return None
        if not isinstance(text, str):
            raise TypeError(f"{self} takes text only")
        return Sealed(seal(text, self.place(model_instance)) if text else "")

    def get_prep_value(self, value: Any) -> Any:
        """Only what `pre_save` sealed may go to the database, and nothing: NULL or an empty string."""
        if isinstance(value, Sealed):
            return value.token
        if value is None or value == "":
            return value
        return self._refuse("be written except by saving the instance")

    def get_placeholder(self, value: Any, compiler: object, connection: object) -> str:
        """Refuses expressions such as F("name"): the database cannot seal."""
        if hasattr(value, "as_sql"):
            self._refuse("take an expression")
        return "%s"

    def get_lookup(self, lookup_name: str) -> Any:
        """Only `isnull`: the same text never has the same token twice."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else self._refuse_search()

    def get_transform(self, lookup_name: str) -> Any:
        """None is possible on a token."""
        self._refuse_search()

    def value_to_string(self, obj: models.Model) -> str:
        """Refuses dumpdata, which would write the text where no key protects it."""
        self._refuse("be dumped; use the backup")

    def _refuse_search(self) -> NoReturn:
        self._refuse("be searched; filter on its BlindIndexField with cases.crypto.blind_indexes")

    def _refuse(self, what: str) -> NoReturn:
        raise FieldError(f"{self} is sealed and cannot {what}.")


class BlindIndexField(models.CharField):
    """The blind index of another field of the same row, brought up to date whenever the row is saved.

    `source` is the other field's name, `scope` the kind of value (values of one scope can be compared across
    tables), `last` keeps an index of the last so many characters only. Saving `source` with `update_fields`
    but without its index raises, or a search would miss the row.
    """

    def __init__(self, *args: Any, source: str, scope: str, last: int | None = None, **kwargs: Any) -> None:
        self.source, self.scope, self.last = source, scope, last
        fixed = {"max_length": 64, "db_index": True, "blank": True, "default": "", "editable": False}
        super().__init__(*args, **{**kwargs, **fixed})

    def deconstruct(self) -> Any:
        """The arguments that make the same field again."""
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "db_index", "blank", "default", "editable"):
            kwargs.pop(fixed, None)
        kwargs |= {"source": self.source, "scope": self.scope}
        if self.last is not None:
            kwargs["last"] = self.last
        return name, path, args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Also watches partial saves of the model."""
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            pre_save.connect(self._refuse_half_a_save, sender=cls)

    def index_of(self, value: str) -> str:
        """The index that the value has in this field."""
        return blind_index(self.scope, value, last=self.last)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The index of the source as it is saved; left alone while the source is unread or not loaded."""
        held = model_instance.__dict__
        unread = self.source not in held or isinstance(held[self.source], Sealed)
        if not (unread and not add and held.get(self.attname)):
            setattr(model_instance, self.attname, self.index_of(getattr(model_instance, self.source) or ""))
        return str(getattr(model_instance, self.attname))

    def _refuse_half_a_save(self, update_fields: frozenset[str] | None = None, **kwargs: object) -> None:
        if update_fields and self.source in update_fields and self.name not in update_fields:
            raise FieldError(f"{self} must be saved together with {self.source}.")
