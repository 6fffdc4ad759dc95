"""What an agency knows of a person or a unit, and what it is told anew."""

from collections.abc import Mapping
from typing import Any

from agencies.models import Agency
from cases.models import Employer, Person


def known_unit(agency: Agency, uscc: str, name: str) -> Employer | None:
    """The unit as the agency knows it by its code or, failing that, by its name."""
    known = Employer.objects.filter(agency=agency).order_by("pk")
    found = known.filter(uscc=uscc).first() if uscc else None
    return found or known.filter(name=name).first()


def take_in(row: Person | Employer, values: Mapping[str, Any]) -> None:
    """The row holds what was told now; what was left empty stays as it is known. Saved when something differs."""
    told = {name: value for name, value in values.items() if value not in ("", None)}
    if any(getattr(row, name) != value for name, value in told.items()):
        for name, value in told.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
