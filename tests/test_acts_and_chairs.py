"""What no rule on instruments, chairmanships, years, elections and awards shows alone."""

from dataclasses import replace

import pytest

from ciskg.extract import read_facts
from ciskg.model import Fact
from ciskg.read import read_text
from ciskg.recognise import load_lexicon

LEXICON = load_lexicon()


def facts(text: str, kind: str, published: str | None = None) -> list[Fact]:
    document = replace(read_text(text), published=published)
    return [f for f in read_facts(document, LEXICON).facts if f.type == kind]


def titles(text: str) -> list[object]:
    return [f.values["title"] for f in facts(text, "agreement", "2021-05-06")]


def chairs(text: str, published: str) -> set[tuple[object, object, object]]:
    found = facts(text, "chairmanship", published)
    return {(f.values["org"], f.values["chair"], f.values["year"]) for f in found}


def test_the_lines_of_a_numbered_list_are_instruments() -> None:
    text = (
        "The following documents were signed at the CIS summit:\n"
        "1. Agreement on Cooperation in Tourism.\n"
        "2. On the Programme of Joint Work in Forestry until 2030.\n"
        "3. On holding the next meeting."
    )
    found = facts(text, "agreement", "2021-05-06")
    assert [(f.values["title"], f.values["status"]) for f in found] == [
        ("Agreement on Cooperation in Tourism", "signed"),
        ("Programme of Joint Work in Forestry until 2030", "approved"),
        ("On holding the next meeting", "signed"),
    ]


def test_paragraphs_after_a_colon_are_instruments() -> None:
    text = (
        "More than 20 documents were signed by the CIS prime ministers. The key ones are:\n\n"
        "Agreement on Cooperation in Tourism. It opens new routes.\n\n"
        "The Plan of Joint Measures against Locusts. It names dates."
    )
    assert titles(text) == [
        "Agreement on Cooperation in Tourism",
        "Plan of Joint Measures against Locusts",
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The CIS leaders adopted statements on trade, on water and on the occasion of the day.",
            [
                "Statement on trade",
                "Statement on water",
                "Statement on the occasion of the day",
            ],
        ),
        (
            "The CIS leaders adopted a statement on trade and one on water.",
            ["Statement on trade", "Statement on water"],
        ),
        (
            "The CIS leaders signed a declaration on Monday on the protection of rivers.",
            ["Declaration on the protection of rivers"],
        ),
        ("The CIS leaders signed 6 agreements on cooperation between regions.", []),
        ("Ukraine refused to sign the Agreement on Trade in the CIS.", []),
        ("The CIS countries need to sign a treaty on water.", []),
        ("The CIS works according to the Agreement on Trade signed by nobody.", []),
        ("Kazakhstan and Russia plan to sign nothing, and the minister plans to visit Minsk.", []),
    ],
)
def test_titles_end_and_part_where_the_sentence_goes_on(sentence: str, expected: list[str]) -> None:
    assert titles(sentence) == expected


def test_it_was_signed_means_the_instrument_before() -> None:
    text = "The CIS summit considered the Treaty on Rivers. It was signed by Armenia and Belarus."
    [found] = facts(text, "agreement", "2021-05-06")
    assert (found.values["title"], found.values["status"]) == ("Treaty on Rivers", "signed")
    assert found.values["parties"] == ("ARM", "BLR")


def test_a_short_title_joins_the_long_one() -> None:
    text = (
        "Uzbekistan and Tajikistan sign Strategic Partnership Agreement\n\n"
        "The Strategic Partnership Agreement between Uzbekistan and Tajikistan was signed today."
    )
    assert titles(text) == ["Strategic Partnership Agreement between Uzbekistan and Tajikistan"]


def test_a_firm_signs_no_instrument() -> None:
    assert (
        titles("The company signed a memorandum of understanding on cooperation in turbines.") == []
    )


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        (
            "The CIS chairmanship passes to Tajikistan.",
            "2024-10-08",
            {("CIS", "TJK", "2025")},
        ),
        (
            "Kazakhstan assumes CIS chairmanship from Belarus.",
            "2022-01-05",
            {("CIS", "KAZ", "2022"), ("CIS", "BLR", "2021")},
        ),
        (
            "The CIS chairmanship will pass from Tajikistan to Turkmenistan on January 1, 2026.",
            "2025-10-10",
            {("CIS", "TJK", "2025"), ("CIS", "TKM", "2026")},
        ),
        (
            "The SCO summit was held in Samarkand on 16 September 2022, where Uzbekistan passed "
            "the chairmanship to India.",
            "2022-12-30",
            {("SCO", "UZB", "2022"), ("SCO", "IND", "2023")},
        ),
        ("Moldova declined to chair the CIS in 2017.", "2016-09-16", set()),
        ("Kazakhstan takes over power plants from Russia in the EAEU.", "2022-01-05", set()),
    ],
)
def test_the_year_of_a_chair_follows_its_organization(
    text: str, published: str, expected: set[tuple[str, str, str]]
) -> None:
    assert chairs(text, published) == expected


def test_a_parliament_ratifies_for_its_state() -> None:
    text = "The State Duma of Russia ratified the Agreement on Cooperation in Tourism."
    assert [f.values["state"] for f in facts(text, "ratification")] == ["RUS"]
    for unreal in ("has yet to ratify", "will ratify", "refused to ratify"):
        assert not facts(text.replace("ratified", unreal), "ratification")


def test_an_election_takes_its_day_from_the_document() -> None:
    text = (
        "CIS observers are at work before the early presidential election in Kazakhstan.\n\n"
        "The election will be held on November 20."
    )
    [found] = facts(text, "election", "2022-11-18")
    assert found.values == {
        "state": "KAZ", "kind": "presidential", "observers": "CIS", "date": "2022-11-20",
    }  # fmt: skip


def test_two_themes_of_one_year_are_two_years() -> None:
    text = "The CIS declared 2010 the Year of Science. It also made 2010 the Year of Veterans."
    found = facts(text, "thematic_year", "2010-02-04")
    assert {f.values["theme"] for f in found} == {"Science", "Veterans"}


def test_an_award_told_twice_is_one() -> None:
    text = (
        "Belarus president awarded Order of Friendship\n\n"
        "President of Russia Vladimir Putin presented the Order of Friendship to President of "
        "Belarus Alexander Lukashenko."
    )
    [found] = facts(text, "award", "2021-05-06")
    assert found.values["by"] == "Vladimir Putin"
