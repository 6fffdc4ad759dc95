"""The outbox: an effect is written with its decision and happens once."""

import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
from celery import Celery
from celery.exceptions import SoftTimeLimitExceeded
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from config.log import JsonLine
from notifications import outbox, tasks, waker
from notifications.models import InboxMessage, OutboxMessage
from tests.people import make_user

KIND = "test.count"
FAILING = "test.fail"
SLOW = "test.slow"
LIMIT = "test.limit"
CHAIN = "test.chain"

calls: list = []


@outbox.handler(KIND)
def count(payload):
    calls.append(payload["n"])


@outbox.handler(FAILING)
def fail(payload):
    InboxMessage.objects.all().delete()
    raise ValueError("张三 13912345678")


@outbox.handler(SLOW, prepare=lambda payload: (payload["n"] * 2, connection.in_atomic_block))
def slow(payload, prepared):
    calls.append((payload["n"], *prepared, connection.in_atomic_block))


@outbox.handler(LIMIT)
def limit(payload):
    raise SoftTimeLimitExceeded


@outbox.handler(CHAIN)
def chain(payload):
    outbox.put(KIND, f"after-{payload['n']}", {"n": payload["n"]})


@pytest.fixture(autouse=True)
def _no_calls_yet():
    calls.clear()


def put(kind=KIND, key="k", **payload):
    with transaction.atomic():
        outbox.put(kind, key, payload or {"n": 1})


def make_due():
    OutboxMessage.objects.filter(state="pending").update(due_at=timezone.now())


def rows():
    return list(OutboxMessage.objects.values_list("kind", "key", "state", "attempts"))


@pytest.mark.django_db
def test_effect_happens_once():
    put(n=7)

    assert outbox.run_due() == outbox.Tally(done=1)
    assert outbox.run_due() == outbox.Tally()
    assert calls == [7]
    assert rows() == [(KIND, "k", "done", 1)]


@pytest.mark.django_db
def test_same_key_is_written_once_and_the_first_stays():
    put(n=1)
    put(n=2)
    put(kind=CHAIN, n=3)

    assert [row[:2] for row in rows()] == [(KIND, "k"), (CHAIN, "k")]
    assert OutboxMessage.objects.get(kind=KIND).payload == {"n": 1}


@pytest.mark.django_db
def test_key_stays_taken_after_the_effect():
    put()
    outbox.run_due()
    put()

    assert outbox.run_due() == outbox.Tally()


@pytest.mark.django_db(transaction=True)
def test_undone_decision_leaves_no_effect():
    with transaction.atomic():
        outbox.put(KIND, "k", {"n": 1})
        transaction.set_rollback(True)

    assert rows() == []


@pytest.mark.django_db(transaction=True)
def test_effect_outside_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError):
        outbox.put(KIND, "k", {"n": 1})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value", ["张三", "two words", "13912345678", "110101199003071234", "11010119900307123X", "", "a\nb"]
)
def test_payload_and_key_hold_ids_only(value):
    with pytest.raises(ValueError, match="ids only"):
        outbox.put(KIND, "k", {"x": value})
    with pytest.raises(ValueError, match="ids only"):
        outbox.put(KIND, value, {"x": 1})


@pytest.mark.django_db
def test_put_off_effect_waits():
    with transaction.atomic():
        outbox.put(KIND, "k", {"n": 1}, due_at=timezone.now() + timedelta(hours=1))

    assert outbox.run_due() == outbox.Tally()
    make_due()
    assert outbox.run_due() == outbox.Tally(done=1)


@pytest.mark.django_db(transaction=True)
def test_slow_work_runs_before_the_transaction_of_the_effect():
    put(kind=SLOW, n=4)

    outbox.run_due()

    assert calls == [(4, 8, False, True)]


@pytest.mark.django_db
def test_failed_effect_is_undone_and_waits():
    user = make_user()
    InboxMessage.objects.create(recipient=user, kind="x", title="x", key="x")
    put(kind=FAILING)

    assert outbox.run_due() == outbox.Tally(failed=1)

    row = OutboxMessage.objects.get()
    assert InboxMessage.objects.count() == 1
    assert (row.state, row.attempts, row.last_error) == ("pending", 1, "ValueError")
    assert timedelta(seconds=5) < row.due_at - timezone.now() <= outbox.BACK_OFF[0]


@pytest.mark.django_db
def test_effect_is_parked_after_the_fifth_failure_and_the_queue_moves_on():
    put(kind=FAILING)
    put()
    for _ in range(6):
        make_due()
        outbox.run_due()

    assert rows() == [(FAILING, "k", "parked", 5), (KIND, "k", "done", 1)]


@pytest.mark.django_db
def test_unknown_kind_is_a_failure_like_any_other():
    put(kind="test.nobody")

    assert outbox.run_due() == outbox.Tally(failed=1)
    assert OutboxMessage.objects.get().last_error == "UnknownKindError"


@pytest.mark.django_db
def test_waiting_times_grow():
    put(kind=FAILING)
    waits = []
    for _ in range(4):
        make_due()
        outbox.run_due()
        waits.append(OutboxMessage.objects.get().due_at - timezone.now())

    assert [round(wait.total_seconds()) for wait in waits] == [10, 60, 300, 1800]


@pytest.mark.django_db
def test_attempt_that_killed_its_process_counts_and_is_taken_up_again():
    put()
    claimed = outbox._claim()

    assert outbox.run_due() == outbox.Tally()
    assert claimed.due_at - timezone.now() > timedelta(seconds=90)
    make_due()
    assert outbox.run_due() == outbox.Tally(done=1)
    assert rows() == [(KIND, "k", "done", 2)]


@pytest.mark.django_db
def test_effect_that_kills_its_process_every_time_is_parked():
    put()
    for _ in range(5):
        outbox._claim()
        make_due()

    assert outbox.run_due() == outbox.Tally(parked=1)
    assert rows() == [(KIND, "k", "parked", 5)]
    assert calls == []


@pytest.mark.django_db
def test_attempt_whose_lease_was_taken_over_does_nothing():
    put()
    late = outbox._claim()
    make_due()
    outbox.run_due()

    assert outbox._attempt(late) is False
    assert calls == [1]


@pytest.mark.django_db
def test_time_limit_ends_the_run_and_is_recorded():
    put(kind=LIMIT)
    put()

    with pytest.raises(SoftTimeLimitExceeded):
        outbox.run_due()

    assert rows() == [(LIMIT, "k", "pending", 1), (KIND, "k", "pending", 0)]


@pytest.mark.django_db
def test_effect_of_an_effect_runs_in_the_same_round():
    put(kind=CHAIN, n=5)

    assert outbox.run_due() == outbox.Tally(done=2)
    assert calls == [5]


@pytest.mark.django_db(transaction=True)
def test_several_relays_at_once_run_each_effect_once():
    for n in range(60):
        put(key=f"k{n}", n=n)
    start = threading.Barrier(4)

    def relay(_number):
        try:
            start.wait()
            return outbox.run_due().done
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        done = sum(pool.map(relay, range(4)))

    assert done == 60
    assert sorted(calls) == list(range(60))


@pytest.mark.django_db(transaction=True)
def test_same_effect_put_by_many_at_once_is_one_row():
    def submit(_number):
        try:
            put(n=1)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=20) as pool:
        list(pool.map(submit, range(20)))

    assert [row[:2] for row in rows()] == [(KIND, "k")]


@pytest.mark.django_db(transaction=True)
def test_commit_wakes_the_relay_through_the_file_queue(settings):
    folder = settings.VAR_DIR / "queue" / "messages"
    before = set(folder.iterdir())

    put()

    assert _eventually(lambda: [_task(path) for path in set(folder.iterdir()) - before]) == [waker.RELAY_TASK]


def _task(path):
    return json.loads(path.read_text())["headers"]["task"]


def _eventually(question, seconds=5):
    end = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < end:
        time.sleep(0.02)
    return answer


def _app_with(address):
    app = Celery("probe", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.broker_url = address
    app.conf.broker_transport_options = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}
    return app


@pytest.mark.parametrize("address", ["redis://127.0.0.1:9/0", "redis://:wrong@127.0.0.1:9/0"])
def test_broker_that_is_down_is_no_error(address):
    assert waker.send(_app_with(address)) is False


def test_nobody_waits_for_a_silent_broker():
    with socket.create_server(("127.0.0.1", 0)) as server:
        app = _app_with(f"redis://127.0.0.1:{server.getsockname()[1]}/0")
        began = time.monotonic()
        waker.Waker(app).wake()

        assert time.monotonic() - began < 0.2
        server.accept()[0].close()  # the thread did try


@pytest.mark.django_db
def test_relay_task_does_what_is_due():
    put(n=3)

    tasks.relay()

    assert calls == [3]


@pytest.mark.django_db
def test_sweep_raises_the_alarm_about_parked_effects(caplog):
    put()
    OutboxMessage.objects.update(state="parked")

    tasks.sweep()

    assert [(record.message, record.count) for record in caplog.records] == [("outbox_has_parked", 1)]


@pytest.mark.django_db
def test_command_runs_what_is_due():
    put(n=3)
    out = StringIO()

    call_command("relay_outbox", stdout=out)

    assert out.getvalue() == "已做1件，没做成0件（稍后再试），搁置0件\n"
    assert calls == [3]


@pytest.mark.django_db
def test_command_fails_while_effects_lie_parked_and_can_retry_them():
    put()
    OutboxMessage.objects.update(state="parked", attempts=5)
    with pytest.raises(CommandError):
        call_command("relay_outbox", stdout=StringIO())

    call_command("relay_outbox", "--retry-parked", stdout=StringIO())

    assert rows() == [(KIND, "k", "done", 1)]


@pytest.mark.django_db
def test_error_text_stays_out_of_row_and_log(caplog):
    put(kind=FAILING)

    outbox.run_due()

    lines = [JsonLine().format(record) for record in caplog.records]
    assert [json.loads(line)["error"] for line in lines] == ["ValueError"]
    assert "13912345678" not in "".join(lines)
    assert OutboxMessage.objects.get().last_error == "ValueError"
