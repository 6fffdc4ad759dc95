"""The check of means: exemptions with ground and article, written by hand from the law."""

from datetime import date
from fractions import Fraction

import pytest

from legal_aid.means import Circumstances, exemption_of, find
from legal_aid.proposal import shares
from legal_aid.states import Matter

TODAY = date(2026, 6, 16)
THIRD = "《法律援助法》第四十二条第三项"
NOTHING = ("", "")

# What is known, and the exemption with its article.
EXEMPTIONS = [
    ({"matter": "31-5w", "is_migrant": True}, ("migrant_wage", THIRD)),
    ({"matter": "31-7i", "is_migrant": True}, ("migrant_injury", THIRD)),
    # A bare finding that a labour relation exists is neither wages nor injury.
    ({"matter": "31-5r", "is_migrant": True}, NOTHING),
    ({"matter": "31-2", "is_migrant": True}, NOTHING),
    ({"matter": "31-7o", "is_migrant": True}, NOTHING),
    ({"matter": "31-5w", "is_migrant": False}, NOTHING),
    ({"matter": "32-2", "is_migrant": False}, ("no_test", "《法律援助法》第三十二条")),
    (
        {"matter": "31-5w", "is_migrant": False, "special_status": "minimum"},
        ("assisted", "《法律援助法》第四十二条第二项"),
    ),
    (
        {"matter": "31-5w", "is_migrant": False, "category": "disabled", "has_stable_income": False},
        ("no_income", "《法律援助法》第四十二条第一项"),
    ),
    ({"matter": "31-5w", "is_migrant": False, "category": "disabled", "has_stable_income": True}, NOTHING),
    ({"matter": "31-5w", "is_migrant": False, "category": "disabled"}, NOTHING),
    (
        {
            "matter": "31-5w",
            "is_migrant": False,
            "birth_on": date(1966, 6, 16),
            "has_stable_income": False,
        },
        ("no_income", "《法律援助法》第四十二条第一项"),
    ),
    (
        {
            "matter": "31-5w",
            "is_migrant": False,
            "birth_on": date(1966, 6, 17),
            "has_stable_income": False,
        },
        NOTHING,
    ),
    (
        {
            "matter": "31-5w",
            "is_migrant": False,
            "birth_on": date(2008, 6, 17),
            "has_stable_income": False,
        },
        ("no_income", "《法律援助法》第四十二条第一项"),
    ),
    (
        {"matter": "31-5w", "is_migrant": False, "exempt_by_law": True},
        ("by_law", "《法律援助法》第四十二条第四项"),
    ),
]


@pytest.mark.parametrize(("known", "expected"), EXEMPTIONS)
def test_exemption_names_ground_and_article(known, expected):
    assert exemption_of(Circumstances(**known), TODAY) == expected


def test_matters_of_article_32_are_never_tested():
    found = {matter.value: exemption_of(Circumstances(matter, False), TODAY)[0] for matter in Matter}

    assert {matter for matter, ground in found.items() if ground == "no_test"} == {
        "32-1",
        "32-2",
        "32-3",
        "32-4",
        "32-5",
    }


@pytest.mark.parametrize(
    ("income", "standard", "expected"),
    [
        (120_000, 120_000, (True, True)),
        (120_001, 120_000, (False, False)),
        (None, 120_000, (None, False)),
        (100, None, (None, False)),
    ],
)
def test_income_is_held_against_the_standard(income, standard, expected):
    found = find(Circumstances("31-5r", True, income_fen=income), standard, TODAY)

    assert (found.hard_up, found.passes) == expected
    assert found.article == "《法律援助法》第四十一条"


def test_matters_cite_their_item():
    assert Matter.WAGES.article == "《法律援助法》第三十一条第五项"
    assert Matter.WORK_INJURY.article == "《法律援助法》第三十一条第七项"
    assert Matter.BRAVE_ACT.article == "《法律援助法》第三十二条第二项"


def test_shares_follow_the_weights():
    """Three firms of weight 3, 2, 1; of six cases the first had one, the second four, the third one."""
    found = shares([3, 2, 1], [1, 4, 1])

    assert [ideal for ideal, _achieved in found] == [Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)]
    assert [achieved for _ideal, achieved in found] == [Fraction(1, 6), Fraction(2, 3), Fraction(1, 6)]
    assert shares([3, 1], [0, 0]) == [(Fraction(3, 4), Fraction(3, 4)), (Fraction(1, 4), Fraction(1, 4))]
    assert shares([], []) == []
