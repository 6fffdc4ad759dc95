"""The log: one JSON line an event, nothing personal in it."""

import json
import logging
import sys

import pytest

from config.log import JsonLine, PersonalDataInLogError, Redaction, has_personal_shape, redact, request_id

PERSONAL = [
    "110101199003071234",
    "11010119900307123X",
    "身份证11010119900307123x的人",
    "110101900307123",
    "13912345678",
    "电话13912345678。",
    "139 1234 5678",
    "139-1234-5678",
    "+86 13912345678",
    "１３９１２３４５６７８",
    "6222021234567890123",
    "6222 0212 3456 7890 123",
    "4111-1111-1111-1111",
    "phone=13912345678&x=1",
]
HARMLESS = [
    "6f1c2a9d3b4e4f5a8b7c9d0e1f2a3b4c",
    "5f0c9a54-1390-4234-8678-139123456789",
    "2026-10-31T12:34:56.123456+08:00",
    "1767225600",
    "1767225600123",
    "铜人社监登〔2026〕88号",
    "outbox_failed",
    "12345",
]


def record(message, *args, exc_info=None, **extra):
    logger = logging.getLogger("huxin.test")
    return logger.makeRecord("huxin.test", logging.INFO, __file__, 1, message, args, exc_info, extra=extra)


def written(made):
    Redaction().filter(made)
    return JsonLine().format(made)


@pytest.mark.parametrize("text", PERSONAL)
def test_personal_shapes_are_found_and_blanked(text):
    assert has_personal_shape(text)
    assert not has_personal_shape(redact(text))


@pytest.mark.parametrize("text", HARMLESS)
def test_ids_and_times_are_left_alone(text):
    assert redact(text) == text


@pytest.mark.parametrize("text", PERSONAL)
def test_personal_shapes_never_reach_the_line(text):
    line = written(record("typed %s", text, note=text))

    assert "[***]" in json.loads(line)["event"]
    assert "[***]" in json.loads(line)["note"]
    assert not has_personal_shape(line.encode().decode("unicode_escape"))


def test_a_number_as_extra_field_is_blanked():
    assert json.loads(written(record("x", phone=13912345678)))["phone"] == "[***]"


@pytest.mark.parametrize("made", [record("typed %s", "13912345678"), record("typed", note="13912345678")])
def test_strict_redaction_raises_without_repeating_the_value(made):
    with pytest.raises(PersonalDataInLogError) as raised:
        Redaction(strict=True).filter(made)

    assert "139" not in str(raised.value)


def test_careless_logging_fails_a_test():
    with pytest.raises(PersonalDataInLogError):
        logging.getLogger("cases.anything").warning("worker %s", "110101199003071234")


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "a\u2028b", "a\x1b[31mb", "a\u202eb", "a\x00b", "\ud800"])
def test_one_event_is_one_line_of_ascii(text):
    line = written(record(text, note=text))

    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["note"] == text


def test_line_carries_the_request_id():
    token = request_id.set("abc")
    try:
        assert json.loads(written(record("x")))["request_id"] == "abc"
    finally:
        request_id.reset(token)


def test_exception_is_logged_without_its_text():
    try:
        raise ValueError("Key (name)=(张三) already exists")
    except ValueError:
        line = json.loads(written(record("failed", exc_info=sys.exc_info())))

    assert line["error"] == "ValueError"
    assert line["frames"][-1].endswith("test_exception_is_logged_without_its_text")
    assert "张三" not in json.dumps(line, ensure_ascii=False)


def test_objects_among_the_extra_fields_are_not_written():
    line = json.loads(written(record("x", request=object(), data={"args": "secret"}, status_code=404)))

    assert line.keys() == {"at", "level", "logger", "event", "status_code"}
