"""How gatherings, those who were there and visits are told apart."""

from collections.abc import Mapping

import pytest

from ciskg.extract import read_facts
from ciskg.model import Value
from ciskg.read import read_text
from ciskg.recognise import load_lexicon

LEXICON = load_lexicon()
SESSION = "The CIS summit was held in Dushanbe on 28 September 2018."


def facts(text: str, kind: str) -> list[Mapping[str, Value]]:
    return [f.values for f in read_facts(read_text(text), LEXICON).facts if f.type == kind]


def test_the_whole_list_before_the_verb_took_part() -> None:
    text = (
        f"{SESSION} President of Belarus Alexander Lukashenko, his Kazakh counterpart Nursultan "
        "Nazarbayev and the Organization’s Executive Secretary, Sergei Lebedev, sat at the table."
    )
    found = {p["person"] for p in facts(text, "participant")}
    assert found == {"Alexander Lukashenko", "Nursultan Nazarbayev", "Sergei Lebedev"}


def test_one_who_was_seen_with_another_is_not_the_subject_of_the_next_verb() -> None:
    text = (
        "On 4 June 2018 Kazakh Foreign Minister Kairat Abdrakhmanov opened a fair with Belarusian "
        "Deputy Prime Minister Mikhail Rusy and was received by President Alexander Lukashenko."
    )
    assert [m["parties"] for m in facts(text, "meeting")] == [
        ("Kairat Abdrakhmanov", "Alexander Lukashenko")
    ]


def test_talks_on_the_sidelines_take_the_day_of_the_session() -> None:
    text = (
        f"{SESSION}\n\nOn the sidelines of the summit President of Russia Vladimir Putin met with "
        "President of Azerbaijan Ilham Aliyev."
    )
    talks = [m for m in facts(text, "meeting") if m["kind"] == "bilateral"]
    assert [m["date"] for m in talks] == ["2018-09-28"]


def test_the_meeting_of_a_new_paragraph_is_the_session_and_not_talks_told_before() -> None:
    text = (
        f"{SESSION}\n\nPresident of Russia Vladimir Putin met with President of Azerbaijan Ilham "
        "Aliyev.\n\nThe meeting was attended by President of Belarus Alexander Lukashenko."
    )
    session = next(
        f
        for f in read_facts(read_text(text), LEXICON).facts
        if f.type == "meeting" and f.values["kind"] == "council"
    )
    there = [p["person"] for p in facts(text, "participant") if p["meeting"] == session.id]
    assert there == ["Alexander Lukashenko"]


def test_unnamed_presidents_are_parties_as_states_and_no_participants() -> None:
    text = "The presidents of Armenia and Azerbaijan met in Minsk on 3 April 2001."
    assert [m["parties"] for m in facts(text, "meeting")] == [("ARM", "AZE")]
    assert not facts(text, "participant")


@pytest.mark.parametrize(
    "text",
    [
        "A CIS summit due in Moscow on 23 January 1998 was postponed.",
        "Meetings of the CIS Council of Foreign Ministers are held twice a year.",
        "President of Belarus Alexander Lukashenko spoke by phone with President of Russia "
        "Vladimir Putin on 3 May 2019.",
        "Goalkeeper John Smith met with manager Jack Jones in Minsk on 3 May 2019.",
        "The Conference on Machine Learning was held in Tashkent in July 2022.",
    ],
)
def test_what_is_no_gathering(text: str) -> None:
    assert not facts(text, "meeting")


def test_each_stop_of_a_tour_has_its_own_day() -> None:
    text = (
        "Foreign Minister of Russia Sergei Lavrov is to visit Ashgabat on 5 April 2016 and Baku "
        "on 7 April 2016."
    )
    assert [(v["to"], v["date"]) for v in facts(text, "visit")] == [
        ("TKM", "2016-04-05"),
        ("AZE", "2016-04-07"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "President of Georgia Mikheil Saakashvili was invited to pay an official visit to Armenia.",
        "The official visit of President of Georgia Mikheil Saakashvili to Armenia was cancelled.",
        "Captain John Smith will visit Germany with his team in May 2019.",
    ],
)
def test_what_is_no_visit(text: str) -> None:
    assert not facts(text, "visit")


def test_officials_of_three_states_named_together_were_there() -> None:
    session = (
        "A session of the CIS Council of Heads of Government was held in Minsk on 26 May 2017.\n"
    )
    roster = (
        "Prime Minister of Russia Dmitry Medvedev, Prime Minister of Kazakhstan Bakytzhan "
        "Sagintayev and Prime Minister of Belarus Andrei Kobyakov"
    )
    found = facts(f"{session}{roster} posed for photographers in the park.", "participant")
    assert {f["person"] for f in found} == {
        "Andrei Kobyakov",
        "Bakytzhan Sagintayev",
        "Dmitry Medvedev",
    }
    assert facts(f"{session}A medal was sent to {roster}.", "participant") == []


def test_each_entry_of_a_chronicle_of_summits_is_one_session() -> None:
    text = (
        "How the summits of the CIS went\n\n"
        "Tashkent, April 4, 2014. Closed doors.\n\n"
        "June 5, 2015 – Minsk. President of Belarus Alexander Lukashenko was in the chair.\n\n"
        "July 6, 2016. Online, for the first time. On September 7 the leaders met in Astana."
    )
    found = [(m["date"], m.get("place"), m.get("mode")) for m in facts(text, "meeting")]
    assert found == [
        ("2014-04-04", "Tashkent", None),
        ("2015-06-05", "Minsk", None),
        ("2016-07-06", None, "videoconference"),
        ("2016-09-07", "Astana", None),
    ]
    held = {m["id"]: m["date"] for m in _with_ids(text)}
    assert [held[str(c["meeting"])] for c in facts(text, "meeting_chair")] == ["2015-06-05"]


def test_days_with_which_paragraphs_open_are_no_sessions_where_no_heading_says_so() -> None:
    text = (
        "From the life of a member of the CIS Economic Council\n\nApril 4, 2014. A harvest.\n\n"
        "June 5, 2015. A wedding.\n\nJuly 6, 2016. A flood."
    )
    assert facts(text, "meeting") == []


def _with_ids(text: str) -> list[dict[str, Value]]:
    found = read_facts(read_text(text), LEXICON).facts
    return [{"id": f.id, **f.values} for f in found if f.type == "meeting"]


def test_a_counted_session_is_the_next_of_the_body_whose_session_was_counted_before() -> None:
    text = (
        "Minsk hosted on 5 May 2021 the 30th session of the CIS Economic Council. It followed the "
        "CIS summit of 3 April 2021 in Astana. The 31st session will be held in Baku on 6 June."
    )
    assert [(m["body"], m["date"]) for m in facts(text, "meeting")][-1] == (
        "CIS Economic Council",
        "2021-06-06",
    )


def test_the_day_on_which_one_resigned_is_no_day_of_the_summit_named_beside() -> None:
    text = (
        f"{SESSION} The host of the summit has no president: President of Moldova Vladimir Voronin "
        "having resigned on 11 September, the speaker fills in."
    )
    assert [m["date"] for m in facts(text, "meeting")] == ["2018-09-28"]
    assert facts(text, "participant") == []
