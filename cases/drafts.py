"""What people have typed and not yet sent: kept on the server, encrypted, for seven days."""

import json
from datetime import timedelta

from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from cases.models import Draft

# Forms that keep drafts, and the page on which each is filled in.
FORMS = {
    "register": "inspection:register",
    "aid": "legal_aid:register",
    "mediation": "mediation:register",
    "dispute": "arbitration:register",
}
KEPT_FOR = timedelta(days=7)
LONGEST = 400_000  # characters; a group of 1,000 workers fits
_LEFT_OUT = ("csrfmiddlewaretoken",)


class DraftTooLong(Exception):
    """More than a draft holds; nothing was saved. The text is a sentence."""


def save(user: User, form: str, fields: QueryDict) -> Draft:
    """The person's draft of the form holds these fields; there is one per person and form."""
    content = {name: values for name, values in fields.lists() if name not in _LEFT_OUT}
    text = json.dumps(content, ensure_ascii=False)
    if len(text) > LONGEST:
        raise DraftTooLong(_("内容太多，草稿存不下，先登记一部分"))
    names = (values[0] for key, values in content.items() if key == "name" or key.endswith("-name"))
    name = next(filter(None, names), "")
    draft, _made = Draft.objects.update_or_create(
        user=user, form=form, defaults={"content": text, "summary": name[:80], "saved_at": timezone.now()}
    )
    return draft


def load(user: User, form: str) -> tuple[Draft, QueryDict] | None:
    """The draft and its fields, as if they had just been sent; None when there is none or it is too old."""
    draft = of_user(user).filter(form=form).first()
    if draft is None:
        return None
    fields = QueryDict(mutable=True)
    for name, values in json.loads(draft.content).items():
        fields.setlist(name, values)
    return draft, fields


def drop(user: User, form: str) -> None:
    """The draft is gone, where there was one: asked in one statement, for every registration does."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_draft WHERE user_id = %s AND form = %s", [user.pk, form])


def of_user(user: User) -> QuerySet[Draft]:
    """The drafts that are still kept, newest first."""
    return Draft.objects.filter(user=user, saved_at__gt=timezone.now() - KEPT_FOR).order_by("-saved_at")


def sweep() -> int:
    """Drafts older than seven days are gone. Returns how many there were."""
    return Draft.objects.filter(saved_at__lte=timezone.now() - KEPT_FOR).delete()[0]
