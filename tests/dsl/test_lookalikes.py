"""Two names that a reader takes for one are told, and so is a name that nobody can tell by sight (UTS 39)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl.lookalikes import lookalike, skeleton, unclear
from tests.laws.depth import deep


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Seller", "Sel1er"), ("Seller", "SeIIer"), ("Seller", "SELLER"), ("Agent O", "Agent 0"), ("Bern", "Bem"),
        ("Ann", "\u0410nn"), ("COCA", "\u0421\u041e\u0421\u0410"), ("Eve", "\u0415v\u0435"),
        ("Toto", "\u03a4\u03bft\u03bf"),
        ("Ada", "\uff21\uff44\uff41"), ("Ada", "\U0001d400\U0001d41d\U0001d41a"), ("Ada", "A\u200bda"),
        ("Ada", "Ada\u00a0"),
        ("Ada", "A\u00adda"), ("Ada", "\u202aAda\u202c"), ("a-b", "a\u2010b"), ("O'Brien", "O\u2019Brien"),
        ("Vienna", "Vienn\u0251"), ("Jos\u00e9", "Jose\u0301"), ("wide", "vvide"), ("Lisa", "1isa"),
        ("Ho", "\u13bbo"), ("sun", "s\u057dn"), ("file", "\ufb01le"),
    ],
)  # fmt: skip
def test_two_names_that_look_alike_are_found(name: str, other: str) -> None:
    assert lookalike(name, ["Somebody else", other]) == other
    assert lookalike(other, [name]) == name


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Ada", "Ida"), ("Seller", "Buyer"), ("M\u00fcller", "Muller"), ("Agent 2", "Agent 3"),
        ("Ada Bell", "Ada-Bell"),
        ("\u0418\u0432\u0430\u043d", "\u0418\u0432\u0430\u043d\u0430"), ("\u5c71\u7530", "\u5c71\u672c"),
    ],
)  # fmt: skip
def test_two_names_that_differ_are_two(name: str, other: str) -> None:
    assert lookalike(name, [other, name]) is None


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Ada\u202eBell", "right-to-left override"), ("Ada\u200b", "zero width space"), ("\u2066Ada\u2069", "isolate"),
        ("Ada\u00ad", "soft hyphen"), ("A\x00da", "character number 0"), ("Ada\u3164", "hangul filler"),
        ("Ada\u2028Bell", "line separator"), ("\ue000", "character number"), ("Jose\u0301", "put together"),
        (" Ada", "begins or ends with a space"), ("Ada  Bell", "a space"), ("Ada\u00a0Bell", "a space"),
        ("Ad\u0430 Bell", "Cyrillic and Latin"), ("P\u03b1ul", "Greek and Latin"), ("\u0531dam", "Armenian and Latin"),
        ("\u0430\u03bf", "Cyrillic and Greek"), ("\uff21da", "Fullwidth and Latin"),
    ],
)  # fmt: skip
def test_a_name_that_nobody_can_tell_by_sight_is_told(name: str, why: str) -> None:
    assert why in str(unclear(name))


@pytest.mark.parametrize(
    "name",
    [
        "Ada Bell", "O'Brien & Sons (No. 2), Ltd.", "Jos\u00e9 M\u00fcller-L\u00fcdenscheidt",
        "\u0418\u0432\u0430\u043d \u0418\u0432\u0430\u043d\u043e\u0432",
        "\u0391\u03b8\u03b7\u03bd\u03ac", "\u5c71\u7530\u30a8\u30df\u30ea", "\uae40\u5c71",
        "\u05d3\u05d5\u05d3", "\u0645\u062d\u0645\u062f",
        "Acme \u0410\u041e", "anna@example.com", "user_7", "auth0|5f7c8ec7c33c6c004bbafe82", "",
    ],
)  # fmt: skip
def test_names_of_people_and_firms_are_clear(name: str) -> None:
    assert unclear(name) is None


@deep(100)
@given(st.text(max_size=30))
def test_a_skeleton_is_its_own_and_no_case_changes_it(name: str) -> None:
    once = skeleton(name)

    assert skeleton(unicodedata.normalize("NFC", name)) == skeleton(unicodedata.normalize("NFD", name)) == once
    assert lookalike(name, [name]) is None
