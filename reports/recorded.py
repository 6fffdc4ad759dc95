"""What the record said at an instant, whatever has been recorded since."""

from datetime import datetime

from django.db.models import Case as Choose
from django.db.models import CharField, DateField, Exists, Expression, F, OuterRef, Q, Subquery, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from cases.models import TimelineEvent


def as_recorded(column: str, kept_as: DateField | CharField, at: datetime) -> Expression:
    """The column of the case, or of its detail, as it stood right before the instant.

    An event keeps what it changed as it was before. So the first event from the instant on that changed the column says
    what it was then; where there is none, the column is what it was.
    """
    name = column.rpartition("__")[2]
    later = TimelineEvent.objects.filter(case=OuterRef("pk"), at__gte=at, before__has_key=name)
    found = later.order_by("seq").values(was=Cast(KT(f"before__{name}"), kept_as))
    changed_since = Q(changed_at__gte=at) & Exists(later)
    return Choose(When(changed_since, then=Subquery(found[:1])), default=F(column), output_field=kept_as)
