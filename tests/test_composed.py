"""What no list has: composed bodies, counterparts, lists of holders, talks of four states."""

from collections.abc import Mapping

import pytest

from ciskg.extract import read_facts
from ciskg.model import Value
from ciskg.read import read_text
from ciskg.recognise import load_lexicon

LEXICON = load_lexicon("en")


def facts(text: str, kind: str) -> list[Mapping[str, Value]]:
    return [f.values for f in read_facts(read_text(text), LEXICON).facts if f.type == kind]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "The Council of Heads of Beekeeping Services of the CIS member states met in Minsk "
            "on 5 June 2019.",
            "CIS Council of Heads of Beekeeping Services",
        ),
        (
            "The Intergovernmental Commission on Trade and Economic Cooperation between Russia and "
            "Tajikistan met in Dushanbe on 14 March 2017.",
            "Intergovernmental Commission on Trade and Economic Cooperation between Russia and "
            "Tajikistan",
        ),
        (
            "A session of the Uzbek-Kazakh intergovernmental commission on trade and economic "
            "cooperation was held in Tashkent on 2 March 2018.",
            "Uzbek-Kazakh intergovernmental commission on trade and economic cooperation",
        ),
    ],
)
def test_a_body_that_no_label_names_is_composed(text: str, body: str) -> None:
    assert [m["body"] for m in facts(text, "meeting")] == [body]


def test_a_short_name_with_an_organization_is_no_body_of_its_own() -> None:
    text = "The CIS Council met in Minsk on 5 June 2019."
    assert all(m.get("body") != "CIS Council" for m in facts(text, "meeting"))


def test_a_counterpart_holds_the_office_in_a_state_of_its_own() -> None:
    text = (
        "Prime Minister of Tajikistan Kokhir Rasulzoda met in Tashkent on 3 May 2018 with his "
        "Uzbek counterpart Abdulla Aripov."
    )
    held = {(r["person"], r["title"], r["of"]) for r in facts(text, "role")}
    assert ("Abdulla Aripov", "Prime Minister", "UZB") in held


def test_a_heading_opens_a_list_of_holders() -> None:
    text = (
        "The CIS is an organization of states: Russia, Belarus and Kazakhstan among them.\n\n"
        "Executive Secretaries\n\n"
        "Ivan Korotchenya, 14 May 1994 – 29 April 1998\n\n"
        "Sergei Lebedev, 5 October 2007 – incumbent\n"
    )
    found = {r["person"]: r.get("former") for r in facts(text, "role")}
    assert found == {"Ivan Korotchenya": "true", "Sergei Lebedev": None}


def test_talks_of_four_states_are_a_council_of_their_own() -> None:
    text = (
        "The leaders of Russia, Belarus, Kazakhstan and Kyrgyzstan held talks in Moscow on 29 "
        "March 1996."
    )
    (meeting,) = facts(text, "meeting")
    assert meeting["kind"] == "council"
    assert meeting["body"] == "Heads of state of Russia, Belarus, Kazakhstan and Kyrgyzstan"
    assert facts(text, "participant") == []


def test_who_heads_a_ministry_is_its_minister() -> None:
    text = "Rashid Meredov, who heads the Turkmen foreign ministry, spoke at the CIS summit."
    assert [(r["title"], r["of"]) for r in facts(text, "role")] == [
        ("Minister of Foreign Affairs", "TKM")
    ]


def test_apposed_offices_are_dealt_out_to_the_names_before_them() -> None:
    text = "Vladimir Putin and Alexander Lukashenko, the presidents of Russia and Belarus, met."
    held = {(r["person"], r["of"]) for r in facts(text, "role")}
    assert held == {("Vladimir Putin", "RUS"), ("Alexander Lukashenko", "BLR")}
