"""Who belongs to a session."""

from django.contrib.auth.backends import ModelBackend

from agencies.models import User


class PeopleBackend(ModelBackend):
    """The person of a session with the agency and the personal settings that every page needs: one query."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("agency", "preference").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
