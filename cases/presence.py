"""谁在看、谁在办: which colleagues have a case open. A row is worth a minute."""

from datetime import timedelta

from django.utils import timezone

from agencies.models import User
from cases.models import Case, Presence

LASTS = timedelta(seconds=60)
MOST_SHOWN = 5


def seen(case: Case, user: User, *, is_acting: bool) -> None:
    """The person has the case open now."""
    now = timezone.now()
    Presence.objects.update_or_create(case=case, user=user, defaults={"is_acting": is_acting, "seen_at": now})


def others(case: Case, user: User) -> list[Presence]:
    """The colleagues who have the case open, those who are acting first."""
    recent = Presence.objects.filter(case=case, seen_at__gt=timezone.now() - LASTS).exclude(user=user)
    return list(recent.select_related("user").order_by("-is_acting", "-seen_at")[:MOST_SHOWN])


def sweep() -> int:
    """Rows older than a minute are gone. Returns how many there were."""
    return Presence.objects.filter(seen_at__lte=timezone.now() - LASTS).delete()[0]
