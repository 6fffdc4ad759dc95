"""A body that is too large is refused before anybody is asked who they are."""

import pytest
from django.test import override_settings

pytestmark = pytest.mark.django_db


@override_settings(BODY_LIMIT=1000)
def test_large_body_is_answered_413_with_a_sentence(client):
    answer = client.post("/login/", {"username": "x" * 2000})

    assert answer.status_code == 413
    assert "太大" in answer.content.decode()


@override_settings(BODY_LIMIT=1000)
def test_small_body_is_taken(client):
    assert client.post("/login/", {"username": "x", "password": "y"}).status_code != 413


def test_length_that_is_no_number_is_refused(client):
    assert client.post("/login/", CONTENT_LENGTH="many").status_code == 413
