"""消息: one person's messages and their delivery."""

import json
import uuid

import pytest
from django.db import transaction

from notifications import outbox
from notifications.models import InboxMessage, OutboxMessage
from notifications.selectors import unread_count
from notifications.services import notify
from tests.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def sink(settings, tmp_path):
    settings.OUTBOX_SINK = tmp_path / "sink"
    return settings.OUTBOX_SINK


def tell(user, key="case:1:due", **fields):
    return notify(
        recipient=user, **{"kind": "due", "title": "还有3天到期", "url": "/messages/", "key": key, **fields}
    )


def test_same_key_is_one_message_and_one_delivery():
    user = make_user()

    assert tell(user).pk == tell(user, title="另一个标题").pk
    assert [message.title for message in InboxMessage.objects.all()] == ["还有3天到期"]
    assert OutboxMessage.objects.count() == 1


def test_same_key_for_two_people_is_two_messages():
    tell(make_user())
    tell(make_user("inspector01", role="inspector"))

    assert InboxMessage.objects.count() == 2


def test_undone_decision_tells_nobody():
    user = make_user()
    with transaction.atomic():
        tell(user)
        transaction.set_rollback(True)

    assert (InboxMessage.objects.count(), OutboxMessage.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "messages/"]
)
def test_message_links_into_the_site_only(url):
    with pytest.raises(ValueError, match="this site"):
        tell(make_user(), url=url)


def test_each_delivered_message_is_one_file(sink):
    user = make_user()
    messages = [tell(user, key=f"k{n}") for n in range(3)]

    outbox.run_due()
    OutboxMessage.objects.update(state="pending", sent_at=None)
    outbox.run_due()

    assert sorted(path.name for path in sink.iterdir()) == sorted(
        f"{message.pk}.json" for message in messages
    )
    assert json.loads((sink / f"{messages[0].pk}.json").read_text()) == {
        "id": messages[0].pk,
        "recipient": "window01",
        "kind": "due",
        "key": "k0",
        "title": "还有3天到期",
        "url": "/messages/",
    }


def test_delivery_without_a_sink_only_marks_it_done(settings):
    settings.OUTBOX_SINK = None
    tell(make_user())

    assert outbox.run_due() == outbox.Tally(done=1)


def test_list_shows_own_messages_only(client):
    user = make_user()
    mine = tell(user)
    tell(make_user("inspector01", role="inspector"), title="别人的消息")
    client.force_login(user)

    response = client.get("/messages/")

    assert list(response.context["page_obj"]) == [mine]
    assert "别人的消息" not in response.content.decode()


def test_unread_filter(client):
    user = make_user()
    old, new = tell(user, key="old"), tell(user, key="new")
    client.force_login(user)
    client.post(f"/messages/{old.public_id}/read/")

    assert list(client.get("/messages/?unread=1").context["page_obj"]) == [new]


def test_opening_marks_read_and_leads_on(client):
    user = make_user()
    message = tell(user, url="/messages/?unread=1")
    client.force_login(user)

    response = client.post(f"/messages/{message.public_id}/read/")

    message.refresh_from_db()
    assert response["Location"] == "/messages/?unread=1"
    assert message.read_at is not None
    assert unread_count(user) == 0


def test_first_reading_keeps_its_time(client):
    user = make_user()
    message = tell(user)
    client.force_login(user)
    client.post(f"/messages/{message.public_id}/read/")
    first = InboxMessage.objects.get().read_at
    client.post(f"/messages/{message.public_id}/read/")

    assert InboxMessage.objects.get().read_at == first


def test_message_of_somebody_else_does_not_exist(client):
    message = tell(make_user("inspector01", role="inspector"))
    client.force_login(make_user())

    foreign = client.post(f"/messages/{message.public_id}/read/")
    missing = client.post(f"/messages/{uuid.uuid4()}/read/")

    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.content == missing.content
    assert InboxMessage.objects.get().read_at is None


def test_all_read_touches_own_messages_only(client):
    user, other = make_user(), make_user("inspector01", role="inspector")
    tell(user, key="a")
    tell(user, key="b")
    tell(other)
    client.force_login(user)

    client.post("/messages/read/")

    assert (unread_count(user), unread_count(other)) == (0, 1)


@pytest.mark.parametrize("query", ["?page=0", "?page=99999999999999999999", "?page=x", "?unread=%00"])
def test_odd_pages_are_no_error(client, query):
    client.force_login(make_user())

    assert client.get(f"/messages/{query}").status_code == 200


def test_list_asks_the_database_as_often_for_one_message_as_for_many(client, django_assert_num_queries):
    user = make_user()
    client.force_login(user)
    tell(user, key="0")
    client.get("/messages/")
    counts = []
    for n in range(2):
        with django_assert_num_queries(5):
            counts.append(len(client.get("/messages/").context["page_obj"]))
        for m in range(3):
            tell(user, key=f"{n}-{m}")

    assert counts == [1, 4]


def test_frame_shows_the_unread_number(client):
    user = make_user()
    tell(user)
    client.force_login(user)

    response = client.get("/messages/")

    assert response.context["unread_count"] == 1
    assert '<span class="count">1' in response.content.decode()
