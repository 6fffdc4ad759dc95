import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from cases.crypto import (
    CannotOpenError,
    UnknownKeyError,
    blind_index,
    blind_indexes,
    is_current,
    key_id_of,
    open_token,
    seal,
)

PLACE = "cases_person.id_number.0b8f6f0e-3f0c-4f51-9b9d-1f1b1c6f7a55"
NUMBER = "50022419850615002X"
OLD, NEW, OTHER = ("k1", b"o" * 32), ("k2", b"n" * 32), ("k1", b"x" * 32)
texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(texts)
def test_what_was_sealed_opens_at_its_place(text: str) -> None:
    assert open_token(seal(text, PLACE), PLACE) == text


def test_a_token_is_ascii_text_without_the_value_and_never_the_same_twice() -> None:
    tokens = {seal(NUMBER, PLACE) for _ in range(200)}
    assert len(tokens) == 200
    for token in tokens:
        assert NUMBER.encode() not in base64.urlsafe_b64decode(token)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "cases_person.id_number.0b8f6f0e-3f0c-4f51-9b9d-1f1b1c6f7a56",
        "cases_person.phone.0b8f6f0e-3f0c-4f51-9b9d-1f1b1c6f7a55",
        "cases_worker.id_number.0b8f6f0e-3f0c-4f51-9b9d-1f1b1c6f7a55",
        "",
    ],
)
def test_a_token_moved_to_another_row_column_or_table_does_not_open(elsewhere: str) -> None:
    with pytest.raises(CannotOpenError, match="changed or belongs elsewhere"):
        open_token(seal(NUMBER, PLACE), elsewhere)


def test_every_changed_byte_is_found() -> None:
    raw = base64.urlsafe_b64decode(seal(NUMBER, PLACE))
    for place in range(len(raw)):
        for bit in range(8):
            changed = bytearray(raw)
            changed[place] ^= 1 << bit
            with pytest.raises(CannotOpenError):
                open_token(base64.urlsafe_b64encode(changed).decode(), PLACE)


@given(st.data())
def test_every_changed_cut_or_added_character_is_found(data: st.DataObject) -> None:
    token = seal(NUMBER, PLACE)
    place = data.draw(st.integers(0, len(token) - 1))
    character = data.draw(st.characters().filter(lambda drawn: drawn != token[place]))
    for changed in (
        token[:place] + character + token[place + 1 :],
        token[:place] + token[place + 1 :],
        token[:place] + character + token[place:],
        token[:place],
    ):
        with pytest.raises(CannotOpenError):
            open_token(changed, PLACE)


def test_an_unknown_algorithm_is_named_as_such() -> None:
    raw = bytearray(base64.urlsafe_b64decode(seal(NUMBER, PLACE)))
    raw[0] = 2
    with pytest.raises(CannotOpenError, match="unknown algorithm"):
        open_token(base64.urlsafe_b64encode(raw).decode(), PLACE)


@given(st.text())
def test_text_that_was_never_sealed_does_not_open(text: str) -> None:
    with pytest.raises(CannotOpenError):
        open_token(text, PLACE)


def test_old_keys_still_open_and_the_first_one_seals(settings) -> None:
    settings.FIELD_KEYS = [OLD]
    token = seal(NUMBER, PLACE)
    settings.FIELD_KEYS = [NEW, OLD]
    assert open_token(token, PLACE) == NUMBER
    assert [is_current(token), is_current(seal(NUMBER, PLACE))] == [False, True]
    assert [key_id_of(token), key_id_of(seal(NUMBER, PLACE))] == ["k1", "k2"]


def test_a_withdrawn_key_is_named_as_the_reason(settings) -> None:
    settings.FIELD_KEYS = [OLD]
    token = seal(NUMBER, PLACE)
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(UnknownKeyError, match="FIELD_KEYS does not hold"):
        open_token(token, PLACE)


def test_another_key_of_the_same_id_does_not_open(settings) -> None:
    settings.FIELD_KEYS = [OLD]
    token = seal(NUMBER, PLACE)
    settings.FIELD_KEYS = [OTHER]
    with pytest.raises(CannotOpenError, match="changed or belongs elsewhere"):
        open_token(token, PLACE)


@pytest.mark.parametrize(
    "keys", [[], [("k1", b"short")], [("", b"k" * 32)], [("密", b"k" * 32)], [("k" * 33, b"k" * 32)]]
)
def test_unusable_keys_are_a_fault_of_the_configuration(settings, keys: list[tuple[str, bytes]]) -> None:
    settings.FIELD_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        seal(NUMBER, PLACE)


def test_no_exception_shows_the_value_or_the_token() -> None:
    token = seal(NUMBER, PLACE)
    with pytest.raises(CannotOpenError) as refused:
        open_token(token, "elsewhere")
    assert NUMBER not in repr(refused.value)
    assert token[-20:] not in repr(refused.value)
    with pytest.raises(ValueError, match="half a character") as half:
        seal("secret\ud800", PLACE)
    assert "secret" not in repr(half.value)


def test_blind_index_is_the_same_for_every_spelling_of_a_number() -> None:
    spellings = [
        NUMBER, "50022419850615002x", "50022419850615002×", "500224 19850615 002Ｘ",
        "５００２２４１９８５０６１５００２Ｘ", "500224-19850615-002X", "\u200b50022419850615002X\ufeff",
    ]  # fmt: skip
    assert len({blind_index("id_number", spelling) for spelling in spellings}) == 1
    phones = [
        "13812345678",
        "138 1234 5678",
        "+86 138-1234-5678",
        "１３８１２３４５６７８",
        "\u202a13812345678\u202c",
    ]
    assert len({blind_index("phone", phone) for phone in phones}) == 1


def test_blind_index_differs_by_value_scope_tail_and_key(settings) -> None:
    whole = blind_index("id_number", "1234")
    others = {
        blind_index("id_number", "1235"),
        blind_index("phone", "1234"),
        blind_index("id_number", "1234", last=4),
        blind_index("id_number", "1234", last=3),
    }
    settings.INDEX_KEY = b"z" * 32
    others.add(blind_index("id_number", "1234"))
    assert len(others) == 5
    assert whole not in others
    assert len(whole) == 64


def test_blind_index_of_the_tail_is_found_by_the_typed_tail() -> None:
    assert blind_index("id_number", NUMBER, last=4) == blind_index("id_number", "002x", last=4)
    assert blind_index("phone", "+86 138 1234 5678", last=4) == blind_index("phone", "5678", last=4)


def test_blind_index_of_nothing_is_nothing() -> None:
    assert [
        blind_index("phone", ""),
        blind_index("phone", " \u200b"),
        blind_index("phone", "678", last=4),
    ] == [""] * 3
    assert blind_indexes("phone", "") == []


def test_blind_indexes_hold_those_of_old_keys(settings) -> None:
    settings.INDEX_KEY = b"o" * 32
    old = blind_index("phone", "13812345678")
    settings.INDEX_KEY, settings.OLD_INDEX_KEYS = b"n" * 32, [b"o" * 32]
    assert blind_indexes("phone", "13812345678") == [blind_index("phone", "13812345678"), old]


def test_blind_index_without_a_key_is_a_fault_of_the_configuration(settings) -> None:
    settings.INDEX_KEY = b""
    with pytest.raises(ImproperlyConfigured, match="INDEX_KEY"):
        blind_index("phone", "13812345678")
