"""Who belongs to a session, and what Django's own permission checks may answer."""

from typing import Any

from django.contrib.auth.backends import BaseBackend, ModelBackend

from agencies.models import User
from agencies.rights import Right

REFERENCE_APPS = ("agencies", "calendars")


class PeopleBackend(ModelBackend):
    """The person of a session with the agency and the personal settings that every page needs: one query."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("agency", "preference").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class ReferenceDataBackend(BaseBackend):
    """The administrator of the system maintains reference data under /admin/, and nothing else; no cases."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return perm.partition(".")[0] in REFERENCE_APPS and self._administers(user_obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return app_label in REFERENCE_APPS and self._administers(user_obj)

    def _administers(self, user: Any) -> bool:
        return user.is_active and user.is_authenticated and user.has_right(Right.MANAGE_SYSTEM)
