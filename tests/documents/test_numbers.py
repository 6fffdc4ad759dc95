"""Numbers are given once each and without gaps, however many people issue at the same time."""

import threading

import pytest
from django.db import connections, transaction

from agencies.models import User
from cases.models import Case
from cases.services.acting import lock
from documents import services
from documents.models import Document
from tests.documents import matters

CASES, EACH = 10, 5


def issue_some(case: Case, by: User, failures: list[BaseException]) -> None:
    """Five notices on the case, each in a transaction of its own; a sixth is given up after it took its number."""
    try:
        for turn in range(EACH + 1):
            with transaction.atomic():
                services.issue(lock(case), "D06", by)
                transaction.set_rollback(turn == 2)
    except BaseException as failure:  # noqa: BLE001  a thread cannot raise into the test
        failures.append(failure)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_fifty_documents_at_once_are_numbered_without_gap_or_double():
    people = matters.staff()
    cases = [matters.accepted(people, matters.registered(people)) for _ in range(CASES)]
    failures: list[BaseException] = []
    threads = [threading.Thread(target=issue_some, args=(case, people["head"], failures)) for case in cases]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    issued = Document.objects.filter(kind="D06").order_by("n")
    assert [document.n for document in issued] == list(range(1, CASES * (EACH + 1) + 1))
    year = issued[0].year
    assert [document.number for document in issued] == [
        f"铜人社监受〔{year}〕{n}号" for n in range(1, CASES * (EACH + 1) + 1)
    ]
