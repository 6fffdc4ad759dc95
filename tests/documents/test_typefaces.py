"""Which characters the bundled typefaces print."""

import pytest

from documents.typefaces import named, unprintable
from tests.documents.pages import fonts


@pytest.mark.parametrize(
    "name", ["王㛃", "李𬭎", "张䶮", "欧阳喆", "赵堃", "孙玥", "周翀", "吴赟", "买买提·阿卜杜拉", "𬱖"]
)
def test_rare_names_can_be_printed(name):
    assert unprintable(name, fonts()) == []


def test_what_documents_need_besides_characters_can_be_printed():
    assert unprintable("〔2026〕1号　“”‘’《》〈〉（）、。，；：—…·√□¥￥①②", fonts()) == []


def test_characters_without_a_glyph_are_found_once_and_in_order():
    assert unprintable("王😀某\U000f0000😀", fonts()) == ["😀", "\U000f0000"]


def test_characters_written_as_references_are_found_too():
    assert unprintable("<p>&#x1F600;</p>", fonts()) == ["😀"]


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\ufeff", "\x00", "\x1b", "\u2028"])
def test_what_cannot_be_seen_is_not_printable(character):
    assert unprintable(f"王{character}某", fonts()) == [character]


def test_a_character_is_named_by_itself_and_its_code_point():
    assert list(named(["😀", "\u202e"])) == ["😀（U+1F600）", "U+202E"]
