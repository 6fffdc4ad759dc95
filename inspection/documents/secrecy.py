"""A reporter whose identity is to be kept secret 为投诉人保密: what the employer reads does not give him away."""

from collections.abc import Iterator, Mapping
from functools import wraps
from typing import Any

from django.utils.translation import gettext_lazy as _

from documents.catalogue import Addressee, kind
from documents.context import Builder, Lacking, Matter

# Goes to the bank, and a copy to the contractor.
ALSO_READ_BY_EMPLOYERS = ("D33",)
# What the register says of the units is theirs to read.
NOT_TYPED = ("units",)


def discreet(code: str, builder: Builder) -> Builder:
    """The builder of the kind; where the employer reads the document, it refuses texts that name a secret reporter."""
    if kind(code).addressee != Addressee.EMPLOYER and code not in ALSO_READ_BY_EMPLOYERS:
        return builder

    @wraps(builder)
    def build(matter: Matter) -> dict[str, Any]:
        content = builder(matter)
        if matter.case.complaint.identity_withheld and names_somebody(matter, content):
            raise Lacking(
                _("本案为投诉人保密，发给单位的文书不能出现劳动者的姓名、证件号码和电话，改掉文字里的再办理")
            )
        return content

    return build


def names_somebody(matter: Matter, content: Mapping[str, Any]) -> bool:
    """Whether a worker's name, number or telephone stands in the texts; names of the units do not count."""
    said = "\n".join(_texts({name: value for name, value in content.items() if name not in NOT_TYPED}))
    for unit in matter.people.respondents:
        said = said.replace(unit.name, "")
    persons = [party.person for party in matter.people.workers if party.person]
    secrets = [(person.name, person.id_number, person.phone, person.bank_card) for person in persons]
    return any(secret in said for row in secrets for secret in row if secret)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
