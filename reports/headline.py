"""The definition in use: which of the closure rates is the one that is reported."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from cases import idempotency
from reports.definitions import DEFAULT_SHARE, SHARES, Indicator
from reports.models import DefinitionChoice

ACTION = "choose_definition"
BY_ID = {each.id: each for each in SHARES}


class StaleDefinition(Exception):
    """Somebody else changed the definition in between; nothing was done."""


class SameDefinition(ValueError):
    """The definition chosen is the one in use; the text is a sentence for the person."""


@dataclass(frozen=True)
class InUse:
    """The definition that is reported, and the change that made it so; none while nobody chose."""

    definition: Indicator
    change: DefinitionChoice | None = None

    @property
    def position(self) -> int:
        """How many changes there were."""
        return self.change.position if self.change else 0


def in_use() -> InUse:
    """The definition that is reported; one query."""
    change = DefinitionChoice.objects.select_related("by").first()
    return InUse(BY_ID[change.new], change) if change else InUse(DEFAULT_SHARE)


def choose(*, new: Indicator, reason: str, by: User, seen: int, key: str) -> InUse:
    """The definition is in use from now on, with who, when, why and what before; the same key acts once.

    ``seen`` is the position of the change that the person saw in use. Raises StaleDefinition when there is a
    newer one, SameDefinition, and KeyReused.
    """
    payload = {"new": new.id, "reason": reason, "seen": seen}
    with transaction.atomic():
        if idempotency.claim(user=by, key=key, action=ACTION, payload=payload) is not None:
            return in_use()
        before = in_use()
        if before.position != seen:
            raise StaleDefinition
        if before.definition is new:
            raise SameDefinition(_("现在用的就是%(id)s，选另一个口径") % {"id": new.id})
        _add(DefinitionChoice(position=seen + 1, old=before.definition.id, new=new.id, reason=reason, by=by))
    return in_use()


def _add(change: DefinitionChoice) -> None:
    change.at = timezone.now()
    try:
        with transaction.atomic():
            change.save(force_insert=True)
    except IntegrityError as error:
        raise StaleDefinition from error
