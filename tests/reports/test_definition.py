"""Which definition is reported: who may change it, that it takes a reason, and what is kept of it."""

import re
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agencies.services import load_agencies
from reports import headline
from reports.definitions import K1, K2, K3
from reports.models import DefinitionChoice
from tests.people import make_user

pytestmark = pytest.mark.django_db

URL = "reports:definition"


@pytest.fixture
def stats(client):
    load_agencies()
    user = make_user("stats01", agency="hrss", role="stats", display_name="赵某")
    client.force_login(user)
    return user


def send(client, **fields):
    return client.post(reverse(URL), {"seen": "0", "key": "key-0001", "reason": "市局通知", **fields})


def text_of(response):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", response.content.decode())))


def test_nobody_chose_means_the_default_of_the_district(stats):
    assert headline.in_use() == headline.InUse(K1)


def test_a_change_is_kept_with_who_when_old_new_and_why(client, stats):
    response = send(client, new="K2")

    assert response.status_code == 302
    (kept,) = DefinitionChoice.objects.all()
    assert (kept.old, kept.new, kept.reason, kept.by, kept.position) == ("K1", "K2", "市局通知", stats, 1)
    board = text_of(client.get(reverse("reports:dashboard")))
    assert "口径：只算本期立案，本年累计（K2，报送用）" in board
    assert "赵某把报送口径由K1改为K2，理由：市局通知" in board
    assert "赵某把报送口径由K1改为K2，理由：市局通知" in text_of(client.get(reverse(URL)))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"new": "K2", "reason": " "}, "还没填理由"),
        ({"new": "", "reason": "市局通知"}, "还没选报送口径"),
        ({"new": "K8"}, "口径里没有这一项，选K1、K2或K3"),
        ({"new": "K1"}, "现在用的就是K1，选另一个口径"),
        ({"new": "K2", "reason": "长" * 201}, "理由最多写200个字"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(client, stats, fields, sentence):
    response = send(client, **fields)

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert fields.get("reason", "市局通知").strip() in response.content.decode()
    assert not DefinitionChoice.objects.exists()


def test_the_same_form_twice_changes_once(client, stats):
    first, second = send(client, new="K2"), send(client, new="K2")

    assert (first.status_code, second.status_code) == (302, 302)
    assert DefinitionChoice.objects.count() == 1


@pytest.mark.parametrize("seen", ["0", "x", "", "7"])
def test_a_form_that_is_out_of_date_changes_nothing(client, stats, seen):
    send(client, new="K2")

    response = send(client, new="K3", key="key-0002", seen=seen)

    assert response.status_code == 409
    assert "已被改过" in text_of(response)
    assert headline.in_use().definition is K2


def test_a_key_with_another_content_changes_nothing(client, stats):
    send(client, new="K2")

    assert send(client, new="K3", seen="1").status_code == 409
    assert DefinitionChoice.objects.count() == 1


def test_two_changes_at_the_same_place_cannot_both_stand(stats):
    headline.choose(new=K2, reason="一", by=stats, seen=0, key="key-0001")

    with pytest.raises(IntegrityError), transaction.atomic():
        DefinitionChoice.objects.create(
            position=1, old="K1", new="K3", reason="二", by=stats, at="2026-01-01T00:00:00Z"
        )
    assert headline.choose(new=K3, reason="三", by=stats, seen=1, key="key-0003").definition is K3


@pytest.mark.parametrize(
    ("agency", "role", "status"),
    [
        ("district", "leader", 200),
        ("hrss", "stats", 200),
        ("hrss", "bureau_head", 200),
        ("hrss", "deputy_head", 403),
        ("inspection", "inspection_head", 403),
        ("inspection", "inspector", 403),
        ("inspection", "window", 403),
        ("arb", "institute_head", 403),
        ("housing", "liaison", 403),
        ("district", "sysadmin", 403),
    ],
)
def test_leader_statistics_and_bureau_head_may_change_it_and_nobody_else(client, agency, role, status):
    load_agencies()
    client.force_login(make_user("someone", agency=agency, role=role))

    assert client.get(reverse(URL)).status_code == status
    assert send(client, new="K2").status_code == (302 if status == 200 else 403)
    assert DefinitionChoice.objects.exists() is (status == 200)
    if role in ("deputy_head", "inspection_head"):
        assert reverse(URL) not in client.get(reverse("reports:dashboard")).content.decode()
