"""The scorer, on cases made by hand: what counts as the same fact, and how it is counted."""

import json
from pathlib import Path
from typing import Any

import pytest

from ciskg.evaluate import Scores, read_facts, score, select
from ciskg.evaluate.report import figures
from ciskg.evaluate.text import as_table

HERE = Path(__file__).parent

SUMMIT = {
    "id": "m1",
    "type": "meeting",
    "kind": "council",
    "body": "CIS Council of Heads of State",
    "date": "2020-12-18",
}


def one(gold: dict[str, Any], predicted: dict[str, Any]) -> Scores:
    """The scores of one predicted fact against one gold fact of a document."""
    return score({"d": [{"id": "g", **gold}]}, {"d": [{"id": "p", **predicted}]})


def meeting(**fields: Any) -> dict[str, Any]:
    return {"type": "meeting", **fields}


def role(person: str, title: str, of: str, **more: Any) -> dict[str, Any]:
    return {"type": "role", "person": person, "title": title, "of": of, **more}


def instrument(title: str, **more: Any) -> dict[str, Any]:
    return {"type": "agreement", "title": title, **more}


PUTIN = role("Vladimir Putin", "President", "RUS")
COUNCIL = meeting(kind="council", body="CIS Economic Council", date="2021-03")
TALKS = meeting(kind="bilateral", parties=["Vladimir Putin", "Ilham Aliyev"], date="2020")
FORUM = meeting(kind="forum", title="Forum of Young Scientists", date="2019")
CHAIR = {"type": "chairmanship", "org": "CIS", "chair": "RUS", "year": "2024"}
LANGUAGE = instrument("Agreement on the International Russian Language Organization")
RATIFIED = {"type": "ratification", "agreement": LANGUAGE["title"], "state": "KGZ"}
YEAR = {"type": "thematic_year", "org": "CIS", "year": "2023", "theme": "Russian Language"}
VISIT = {"type": "visit", "person": "Sergei Lebedev", "to": "TJK", "date": "2018-09-28"}
ELECTION = {"type": "election", "state": "UZB", "kind": "presidential", "date": "2021-10-24"}
AWARD = {"type": "award", "person": "Ilham Aliyev", "award": "Order of Friendship"}


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        pytest.param(PUTIN, PUTIN, id="equal"),
        pytest.param(PUTIN, role("V. V. Putin", "President", "RUS"), id="initials"),
        pytest.param(PUTIN, role("Putin", "President", "RUS"), id="surname alone"),
        pytest.param(
            role("Aleksandr Lukashenko", "President", "BLR"),
            role("Alexander Lukashenka", "President", "BLR"),
            id="spelling",
        ),
        pytest.param(
            role("Sergei Lebedev", "Chairman", "CIS Executive Committee"),
            role("Sergei Lebedev", "Chairperson", "CIS Executive Committee"),
            id="another word for chair",
        ),
        pytest.param(
            role("S. Lebedev", "Head", "CIS Executive Committee", written="Chairman"),
            role("S. Lebedev", "Chair", "CIS Executive Committee"),
            id="title as written",
        ),
        pytest.param(
            role("V. Matvienko", "Chair of the Council", "CIS Interparliamentary Assembly"),
            role("V. Matvienko", "Chair", "Council of the CIS Interparliamentary Assembly"),
            id="council in the title or in the body",
        ),
        pytest.param(PUTIN, role("Wladimir Putin", "President", "RUS"), id="first letter"),
        pytest.param(COUNCIL, {**COUNCIL, "date": "2021-03-12"}, id="finer date"),
        pytest.param(COUNCIL, {**COUNCIL, "date": "2021"}, id="coarser date"),
        pytest.param(COUNCIL, {**COUNCIL, "date": "XXXX-03"}, id="unknown year"),
        pytest.param(COUNCIL, {**COUNCIL, "date": None}, id="no date"),
        pytest.param(TALKS, {**TALKS, "parties": ["Ilham Aliyev"]}, id="half of the parties"),
        pytest.param(FORUM, {**FORUM, "title": "Young Scientists Forum"}, id="order of words"),
        pytest.param(CHAIR, {**CHAIR, "org": "cis"}, id="case"),
        pytest.param(CHAIR, {**CHAIR, "org": "CIS Council of Heads of State"}, id="summit"),
        pytest.param(LANGUAGE, instrument("Russian Language Organization agreement"), id="short"),
        pytest.param(
            instrument("Соглашение о русском языке", aliases=["Russian language agreement"]),
            instrument("Agreement on the Russian language"),
            id="title in another language",
        ),
        pytest.param(RATIFIED, {**RATIFIED, "state": "kgz"}, id="ratification"),
        pytest.param(YEAR, {**YEAR, "theme": "the Russian Language"}, id="theme"),
        pytest.param(VISIT, {**VISIT, "date": "2018-09"}, id="visit"),
        pytest.param(ELECTION, ELECTION, id="election"),
        pytest.param(
            AWARD, {**AWARD, "award": "the Order of Friendship (second class)"}, id="award"
        ),
    ],
)
def test_these_are_the_same_fact(gold: dict[str, Any], predicted: dict[str, Any]) -> None:
    row = one(gold, predicted)["all"]
    assert (row.hit, row.predicted, row.gold) == (1, 1, 1)
    assert row.f1 == 1


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        pytest.param(PUTIN, role("Vladimir Putin", "President", "BLR"), id="another state"),
        pytest.param(PUTIN, role("Ilham Putin", "President", "RUS"), id="another first name"),
        pytest.param(PUTIN, role("Vladimir Voronin", "President", "RUS"), id="another surname"),
        pytest.param(PUTIN, role("Vladimir Putin", "Prime Minister", "RUS"), id="another office"),
        pytest.param(
            {**COUNCIL, "body": "CIS Council of Heads of State"},
            {**COUNCIL, "body": "CIS Council of Foreign Ministers"},
            id="another council",
        ),
        pytest.param(COUNCIL, {**COUNCIL, "date": "2020-03"}, id="another year"),
        pytest.param(COUNCIL, {**COUNCIL, "kind": "forum"}, id="another kind of meeting"),
        pytest.param(TALKS, {**TALKS, "parties": ["Emomali Rahmon"]}, id="other parties"),
        pytest.param(TALKS, {**TALKS, "parties": []}, id="no parties"),
        pytest.param(FORUM, {**FORUM, "title": "Forum of Old Masters"}, id="another forum"),
        pytest.param(CHAIR, {**CHAIR, "year": "2023"}, id="another chair year"),
        pytest.param(CHAIR, {**CHAIR, "org": "EAEU"}, id="another organization"),
        pytest.param(LANGUAGE, instrument("Agreement on free trade"), id="another title"),
        pytest.param(RATIFIED, {**RATIFIED, "state": "TJK"}, id="another ratifier"),
        pytest.param(YEAR, {**YEAR, "year": "2022"}, id="another thematic year"),
        pytest.param(VISIT, {**VISIT, "to": "UZB"}, id="another goal"),
        pytest.param(ELECTION, {**ELECTION, "kind": "parliamentary"}, id="another election"),
        pytest.param(AWARD, {**AWARD, "award": "Order of Lenin's Banner"}, id="another award"),
        pytest.param(VISIT, {**AWARD}, id="another type"),
    ],
)
def test_these_are_not_the_same_fact(gold: dict[str, Any], predicted: dict[str, Any]) -> None:
    scores = one(gold, predicted)
    assert (scores["all"].hit, scores["all"].predicted, scores["all"].gold) == (0, 1, 1)
    assert scores["all"].f1 == 0
    assert sorted(error.what for error in scores.errors) == ["false", "missed"]


def test_a_participant_counts_only_at_the_meeting_that_was_matched() -> None:
    gold: list[dict[str, Any]] = [
        SUMMIT,
        {"id": "p1", "type": "participant", "meeting": "m1", "person": "Putin"},
    ]
    right = [{**SUMMIT, "id": "x"}, {**gold[1], "meeting": "x"}]
    wrong = [{**SUMMIT, "id": "x", "date": "1999"}, {**gold[1], "meeting": "x"}]
    assert score({"d": gold}, {"d": right})["participant"].hit == 1
    assert score({"d": gold}, {"d": wrong})["participant"].hit == 0


def test_the_surest_pair_is_matched_first_and_each_fact_once() -> None:
    vague, exact = {**SUMMIT, "id": "a", "date": "2020"}, {**SUMMIT, "id": "b"}
    scores = score({"d": [SUMMIT]}, {"d": [vague, exact]})
    assert (scores["meeting"].hit, scores["meeting"].predicted) == (1, 2)
    assert [error.fact["id"] for error in scores.errors] == ["a"]


def test_an_optional_fact_counts_on_neither_side() -> None:
    optional = {**PUTIN, "id": "r", "optional": True}
    missed, found = score({"d": [optional]}, {}), score({"d": [optional]}, {"d": [PUTIN]})
    assert missed.errors == found.errors == ()
    for row in (missed["role"], found["role"]):
        assert (row.hit, row.predicted, row.gold) == (0, 0, 0)


def test_further_fields_of_matched_facts_are_compared() -> None:
    gold = {**SUMMIT, "place": "Moscow", "mode": "videoconference", "status": "held", "note": "x"}
    scores = one(gold, {**gold, "place": "the city of Moscow", "mode": "in-person"})
    assert (scores["meeting"].fields_hit, scores["meeting"].fields_gold) == (3, 4)
    assert scores["all"].fields == 0.75
    less_exact = one(gold, {**gold, "date": "2020-12"})
    assert less_exact["all"].fields == 0.75
    assert one(PUTIN, PUTIN)["all"].fields is None


def test_parties_agree_as_a_whole_and_in_any_order() -> None:
    gold = instrument("Protocol on fish", parties=["RUS", "Ilham Aliyev"])
    assert one(gold, {**gold, "parties": ["I. Aliyev", "RUS"]})["all"].fields == 1
    assert one(gold, {**gold, "parties": ["RUS"]})["all"].fields == 0


def test_a_document_without_gold_is_not_scored_and_one_without_facts_is() -> None:
    gold: dict[str, list[dict[str, Any]]] = {"silent": []}
    predicted = {"silent": [PUTIN], "unknown": [PUTIN]}
    scores = score(gold, predicted)
    assert (scores["all"].predicted, scores["all"].precision) == (1, 0)
    assert [(error.what, error.document) for error in scores.errors] == [("false", "silent")]


def test_precision_recall_and_f1_are_counted_over_all_documents() -> None:
    other = role("Ilham Aliyev", "President", "AZE")
    third = role("Emomali Rahmon", "President", "TJK")
    scores = score(
        {"a": [PUTIN, other], "b": [PUTIN, other]}, {"a": [PUTIN], "b": [PUTIN, other, third]}
    )
    row = scores["role"]
    assert (row.hit, row.predicted, row.gold) == (3, 4, 4)
    assert (row.precision, row.recall, row.f1) == (0.75, 0.75, 0.75)


def test_facts_are_read_from_a_folder_or_from_one_file(tmp_path: Path) -> None:
    fact = json.dumps(PUTIN)
    (tmp_path / "a.jsonl").write_text(f"{fact}\n\n{fact}\n", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text("", encoding="utf-8")
    assert read_facts(tmp_path) == {"a": [PUTIN, PUTIN], "b": []}
    lines = tmp_path / "all.json"
    lines.write_text(json.dumps({**PUTIN, "doc": "c"}), encoding="utf-8")
    assert read_facts(lines) == {"c": [{**PUTIN, "doc": "c"}]}


@pytest.mark.parametrize("line", ["{", "[1]", '{"person": "Putin"}'])
def test_a_broken_line_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text(f"{json.dumps(PUTIN)}\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken\.jsonl:2: "):
        read_facts(path)


def test_documents_are_selected_by_their_last_digit_or_their_beginning() -> None:
    facts: dict[str, list[dict[str, Any]]] = {"r01": [], "r02": [], "s03a": [], "none": []}
    assert list(select(facts, "even")) == ["r02"]
    assert list(select(facts, "odd")) == ["r01", "s03a"]
    assert list(select(facts, "r*")) == ["r01", "r02"]
    assert list(select(facts, "odd", "r0?", "nowhere")) == ["r01", "r02", "s03a"]
    assert select(facts) == facts


def test_the_table_shows_types_that_occur() -> None:
    table = as_table(one({**PUTIN, "quote": "President Putin"}, COUNCIL)).splitlines()
    assert [line.split()[0] for line in table] == ["type", "meeting", "role", "all"]
    assert table[1].split() == ["meeting", "0.000", "0.000", "0.000", "0", "1", "0", "-"]


def test_figures_are_rounded() -> None:
    scores = score({"d": [PUTIN] * 3}, {"d": [PUTIN]})
    assert figures(scores["role"])["recall"] == 0.333
    assert figures(scores["all"]) == figures(scores["role"])
    assert figures(scores["award"])["fields"] is None


def test_another_scorer_of_the_same_convention_counts_alike() -> None:
    """expected.json was written by a scorer of its own, which shares no line with this one."""
    expected = json.loads((HERE / "evaluate/expected.json").read_text("utf-8"))
    gold = read_facts(HERE / "evaluate/gold")
    scores = score(gold, read_facts(HERE / "evaluate/predicted.jsonl"))
    assert len(gold) == 3
    assert expected["all"]["gold"] > 100
    assert {name: figures(scores[name]) for name in expected} == expected
