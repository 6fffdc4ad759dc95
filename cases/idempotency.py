"""The same request never acts twice: the key is stored with the act's answer, in the act's own transaction."""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from cases.models import IdempotencyRecord

KEPT_FOR = timedelta(days=7)


class KeyReused(Exception):
    """The key came back with other content: nothing was done."""

    sentence = _("这一页已经保存过，内容又被改了。打开案件看一下已保存的，再从新的一页填写")


def request_hash(payload: Any) -> str:
    """A digest of what was asked for; equal requests have equal digests."""
    return sha256(json.dumps(payload, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()


def recall(*, user: User, key: str, action: str, payload: Any) -> dict[str, Any] | None:
    """The answer of the first time, None when this is it. KeyReused when the content differs."""
    record = IdempotencyRecord.objects.filter(user=user, key=key).first()
    if record is None:
        return None
    if record.action != action or record.request_hash != request_hash(payload):
        raise KeyReused(KeyReused.sentence)
    return record.answer


def claim(
    *, user: User, key: str, action: str, payload: Any, answer: dict[str, Any] | None = None
) -> dict[str, Any] | None:
    """Take the key where there is no row to lock yet (a registration): None for the first, the answer for the others.

    A second request with the key waits at the unique index until the first has ended. ``answer`` is what repetitions
    get, where it is known beforehand; else `remember` says it later.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO cases_idempotencyrecord (user_id, "key", action, request_hash, answer)'
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [user.pk, key, action, request_hash(payload), json.dumps(answer or {})],
        )
        is_first = cursor.rowcount == 1
    return None if is_first else recall(user=user, key=key, action=action, payload=payload)


def sweep() -> int:
    """Keys older than seven days are gone; a form that old is stale anyway. Returns how many there were."""
    return IdempotencyRecord.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def remember(*, user: User, key: str, action: str, payload: Any, answer: dict[str, Any]) -> None:
    """The key belongs to this act from now on, with the answer that a repetition gets."""
    IdempotencyRecord.objects.update_or_create(
        user=user,
        key=key,
        defaults={"action": action, "request_hash": request_hash(payload), "answer": answer},
    )
