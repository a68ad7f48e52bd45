"""Gold facts that break the convention are refused, with file, line and remedy."""

import json
from pathlib import Path
from typing import Any

import pytest

from ciskg.evaluate import GoldError, read_gold

MEETING = {
    "id": "m1",
    "type": "meeting",
    "kind": "council",
    "body": "CIS Council of Heads of State",
    "date": "2020-12-18",
}
ROLE = {"id": "r1", "type": "role", "person": "Vladimir Putin", "title": "President", "of": "RUS"}


def write(folder: Path, *facts: dict[str, Any] | str) -> Path:
    lines = [fact if isinstance(fact, str) else json.dumps(fact) for fact in facts]
    (folder / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({}, id="as it is"),
        pytest.param({"date": "XXXX-10-12"}, id="a year that is not known"),
        pytest.param({"date": "2021/2025"}, id="a span"),
        pytest.param({"note": "x", "optional": True, "certainty": "inferred"}, id="notes"),
        pytest.param({"body": None, "title": "Talks"}, id="known by its title"),
    ],
)
def test_these_are_of_the_convention(changed: dict[str, Any], tmp_path: Path) -> None:
    gold = read_gold([write(tmp_path, {**MEETING, **changed}, ROLE)])
    assert [len(facts) for facts in gold.facts.values()] == [2]
    assert gold.places["a", "r1"] == f"{tmp_path / 'a.jsonl'}:2"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("nope", "not JSON"),
        ("[1]", "a JSON object with a type"),
        ({**ROLE, "type": "rol"}, "'rol' is no type of fact; did you mean 'role'?"),
        ({**ROLE, "id": ""}, "has no id"),
        ({**ROLE, "id": "m1"}, "the id 'm1' stands at"),
        ({**ROLE, "persn": "x"}, "'persn' is no field of role; did you mean 'person'?"),
        ({**ROLE, "title": ""}, "role lacks 'title'"),
        ({**ROLE, "former": "yes"}, "write true or false"),
        ({**ROLE, "person": {"name": "x"}}, "write a text"),
        ({**ROLE, "quote": 5}, "'quote' is 5"),
        ({**MEETING, "id": "m2", "date": "18.12.2020"}, "write EDTF"),
        ({**MEETING, "id": "m2", "date": "2020-02-30"}, "no such day"),
        ({**MEETING, "id": "m2", "kind": "counsil"}, "did you mean 'council'?"),
        ({**MEETING, "id": "m2", "body": ""}, "a council meeting lacks 'body' or 'title'"),
        ({"id": "a", "type": "agreement", "title": "T", "kind": "pact"}, "'pact'; it is one of"),
        ({"id": "p", "type": "participant", "person": "x"}, "participant lacks 'meeting'"),
        (
            {"id": "p", "type": "participant", "person": "x", "meeting": "m9"},
            "no meeting of the document has the id 'm9'",
        ),
    ],
    ids=str,
)
def test_these_are_not(line: dict[str, Any] | str, says: str, tmp_path: Path) -> None:
    with pytest.raises(GoldError) as caught:
        read_gold([write(tmp_path, MEETING, line)])
    (message,) = str(caught.value).splitlines()
    assert message.startswith(f"{tmp_path / 'a.jsonl'}:2: ")
    assert says in message


def test_all_faults_are_told_together_and_not_more_than_a_screen(tmp_path: Path) -> None:
    with pytest.raises(GoldError) as caught:
        read_gold([write(tmp_path, *["{"] * 30)])
    assert len(str(caught.value).splitlines()) == 21
    assert str(caught.value).endswith("… and 10 more")


def test_what_is_not_selected_is_not_looked_at(tmp_path: Path) -> None:
    write(tmp_path, "nope")
    (tmp_path / "b2.jsonl").write_text(json.dumps(ROLE), encoding="utf-8")
    assert list(read_gold([tmp_path], ["even"]).facts) == ["b2"]
    with pytest.raises(GoldError, match="no gold facts that odd selects"):
        read_gold([tmp_path], ["odd"])


def test_one_file_may_hold_the_gold_of_several_documents(tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    rows = [{**ROLE, "doc": "x"}, {**ROLE, "doc": "y"}]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert sorted(read_gold([file]).facts) == ["x", "y"]
    file.write_bytes(b"\xff")
    with pytest.raises(GoldError, match="not UTF-8"):
        read_gold([file])
