"""`ciskg evaluate` on documents with gold of one's own: tables, errors by kind, floors, rules."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from ciskg.evaluate.diagnose import classes

Run = Callable[..., tuple[int, str, str]]

TEXT = """\
CIS summit in Moscow

Moscow, October 8, 2024

President of Russia Vladimir Putin met with Prime Minister of Armenia Nikol Pashinyan in Moscow.

In 2024, Russia chairs the CIS. <b>Xyzzy Plugh</b> was awarded the Order of Frobnication.
"""
GOLD = [
    {"id": "m1", "type": "meeting", "kind": "bilateral", "date": "2024-10-08", "place": "Moscow",
     "parties": ["Vladimir Putin", "Nikol Pashinyan"], "country": "RUS", "status": "held",
     "quote": "Vladimir Putin met with Prime Minister of Armenia Nikol Pashinyan"},
    {"id": "m2", "type": "meeting", "kind": "forum", "title": "Forum of Nobody",
     "quote": "CIS summit in Moscow"},
    {"id": "p1", "type": "participant", "meeting": "m1", "person": "Vladimir Putin"},
    {"id": "p2", "type": "participant", "meeting": "m2", "person": "Vladimir Putin"},
    {"id": "r1", "type": "role", "person": "Vladimir Putin", "title": "President", "of": "RUS"},
    {"id": "r2", "type": "role", "person": "Nikol Pashinyan", "title": "Prime Minister",
     "of": "AZE", "quote": "Prime Minister of Armenia"},
    {"id": "c1", "type": "chairmanship", "org": "CIS", "chair": "RUS", "year": "2023",
     "status": "held", "quote": "Russia chairs the CIS"},
    {"id": "w1", "type": "award", "person": "Xyzzy Plugh", "award": "Order of Frobnication",
     "quote": "Xyzzy Plugh</b> was awarded"},
    {"id": "v1", "type": "visit", "person": "Nikol Pashinyan", "to": "RUS",
     "quote": "Nikol Pashinyan in Moscow"},
    {"id": "x1", "type": "ratification", "agreement": "Agreement on fish", "state": "KGZ",
     "optional": True, "quote": "not a word of this"},
]  # fmt: skip


@pytest.fixture
def ciskg(ciskg: Run, tmp_path: Path) -> Run:
    """Run a command beside gold/ and docs/ of one document; gives exit code, stdout, stderr."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a1.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "docs" / "z.txt").write_text("A document without gold facts.", encoding="utf-8")
    (tmp_path / "gold").mkdir()
    lines = [json.dumps(fact) for fact in GOLD]
    (tmp_path / "gold" / "a1.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return ciskg


def judged(ciskg: Run, *arguments: str) -> dict[str, Any]:
    code, out, _ = ciskg("evaluate", *arguments, "--format", "json")
    assert code == 0
    found: dict[str, Any] = json.loads(out)
    return found


def test_it_counts_what_was_found(ciskg: Run) -> None:
    found = judged(ciskg, "gold", "docs")
    assert found["documents"] == 1  # the one with gold
    rows = found["rows"]
    assert (rows["meeting"]["hit"], rows["meeting"]["gold"]) == (1, 2)
    assert (rows["role"]["hit"], rows["role"]["predicted"]) == (1, 2)
    assert rows["ratification"]["gold"] == 0  # optional


def test_each_error_has_a_class(ciskg: Run) -> None:
    errors = {
        (error["what"], error["fact"]["id"]): (error["class"], error.get("field"))
        for error in judged(ciskg, "gold", "docs")["errors"]
        if error["what"] == "missed"
    }
    assert errors == {
        ("missed", "m2"): ("guarded", None),  # a rule fits `CIS summit`, and reads another meeting
        ("missed", "p2"): ("meeting-missed", None),
        ("missed", "r2"): ("name-differs", "of"),
        ("missed", "c1"): ("date-differs", "year"),
        ("missed", "v1"): ("no-rule", None),
        ("missed", "w1"): ("person-not-recognised", "person"),
    }


def test_an_error_shows_its_line_and_its_sentence(ciskg: Run) -> None:
    errors = judged(ciskg, "gold", "docs")["errors"]
    (error,) = (e for e in errors if e["fact"]["id"] == "c1" and e["what"] == "missed")
    assert (error["line"], error["quote"]) == (7, "Russia chairs the CIS")
    assert error["sentence"] == "In 2024, Russia chairs the CIS."
    false = [e for e in errors if e["what"] == "false"]
    assert any(e["class"] == "date-differs" and e["rule"] for e in false)


def test_the_text_has_tables_kinds_and_the_first_errors(ciskg: Run) -> None:
    code, out, err = ciskg("evaluate", "gold", "docs", "--errors", "1", "--by", "language")
    assert code == 0
    assert "a1.jsonl:10: the quote does not stand in the document" in err
    assert re.search(r"^meeting +0\.500  0\.500", out, re.M)
    assert re.search(r", en \(1 document\)$", out, re.M)
    assert "missed: in the gold, not in the graph (1 of 6)" in out
    assert re.search(r"^ +1  missed meeting-missed ", out, re.M)
    *_, by_document = ciskg("evaluate", "gold", "docs", "--errors", "0", "--by", "document")[:2]
    assert re.search(r"^a1 +0\.\d{3}", by_document, re.M)
    assert "(1 of" not in by_document


def test_a_build_gives_the_same_as_its_documents(ciskg: Run) -> None:
    assert ciskg("build", "docs")[0] == 0
    assert judged(ciskg, "gold", "build", "--name", "x") == judged(
        ciskg, "gold", "docs", "--name", "x"
    )


def test_documents_are_found_beside_the_gold(ciskg: Run) -> None:
    code, out, err = ciskg("evaluate", "gold", "--errors", "0")
    assert code == 0
    assert f"documents: {Path.cwd() / 'docs'}" in err
    Path("docs").rename("elsewhere")
    code, out, err = ciskg("evaluate", "gold")
    assert (code, out) == (2, "")
    assert "name their folder" in err
    Path("elsewhere/a1.txt").rename("gold/a1.txt")
    assert ciskg("evaluate", "gold")[0] == 0


class Marks(HTMLParser):
    """The tags of a page and the marked words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.marked: list[str] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.inside = tag == "mark"
        assert not {"src", "onclick"} & {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.marked.append(data)
        self.inside = False


def test_the_page_needs_nothing_else_and_believes_no_document(ciskg: Run) -> None:
    code, out, _ = ciskg("evaluate", "gold", "docs", "--format", "html", "-o", "page.html")
    assert (code, out) == (0, "")
    page = Path("page.html").read_text("utf-8")
    marks = Marks(page)
    assert {"table", "mark", "blockquote"} <= marks.tags
    assert not {"b", "script", "link", "img"} & marks.tags  # <b> stands in the document
    assert "Russia chairs the CIS" in marks.marked
    assert "&lt;b&gt;<mark>Xyzzy Plugh&lt;/b&gt; was awarded</mark>" in page
    assert "prefers-color-scheme" in page or "color-scheme: light dark" in page


def test_the_output_is_whole_or_not_at_all(ciskg: Run) -> None:
    code, _, err = ciskg("evaluate", "gold", "docs", "-o", "nowhere/page.html")
    assert code == 2
    assert "nowhere/page.html: cannot be written" in err
    assert not Path("nowhere").exists()


def test_floors_give_the_exit_code(ciskg: Run) -> None:
    floors = Path("floors.toml")
    floors.write_text("[mine]\nf1 = 0.1\n")
    assert ciskg("evaluate", "gold", "docs", "--floor", "floors.toml", "--name", "mine")[0] == 0
    code, _, err = ciskg("evaluate", "gold", "docs", "--floor", "floors.toml")
    assert code == 2
    assert "choose one of mine with --name" in err
    floors.write_text("f1 = 0.99\ntype_f1 = 0.1\n")
    code, out, err = ciskg("evaluate", "gold", "docs", "--floor", "floors.toml", "--name", "x")
    assert code == 1
    assert out
    assert re.search(r"x: f1 is 0\.\d+, below 0\.99", err)
    assert "x: f1 of award is 0.000, below 0.1" in err
    for broken, says in (
        ("recal = 1", "no figure"),
        ("f1 = 7", "between 0 and 1"),
        ("", "no floor"),
        ("f1", "not TOML"),
    ):
        floors.write_text(broken)
        code, _, err = ciskg("evaluate", "gold", "docs", "--floor", "floors.toml")
        assert code == 2
        assert says in err


def test_wrong_gold_and_gold_without_a_document_are_named(ciskg: Run) -> None:
    Path("gold/b.jsonl").write_text("", encoding="utf-8")
    code, _, err = ciskg("evaluate", "gold", "docs")
    assert code == 2
    assert "no document for the gold of b" in err
    assert ciskg("evaluate", "gold", "docs", "--only", "a*")[0] == 0
    Path("gold/b.jsonl").write_text("{", encoding="utf-8")
    code, _, err = ciskg("evaluate", "gold", "docs")
    assert code == 2
    assert "gold/b.jsonl:1: not JSON" in err


def test_a_document_that_cannot_be_read_is_told(ciskg: Run) -> None:
    Path("docs/b.txt").write_bytes(b"\0\0\0")
    Path("gold/b.jsonl").write_text("", encoding="utf-8")
    code, out, err = ciskg("evaluate", "gold", "docs", "--errors", "0")
    assert code == 3
    assert "docs/b.txt" in err
    assert "(1 document)" in out


def test_the_rules_are_counted(ciskg: Run) -> None:
    code, out, _ = ciskg("evaluate", "gold", "docs", "--rules", "--format", "json")
    assert code == 0
    counts = {row["rule"]: row for row in json.loads(out)}
    met = counts["met-with-en"]
    assert met["fits"] >= 1
    assert met["right"] >= 1
    assert counts["state-chairs-en"]["wrong"] == 1
    assert counts["talks-between-ru"]["fits"] == 0
    text = ciskg("evaluate", "gold", "docs", "--rules")[1]
    assert re.search(r"^met-with-en +\d", text, re.M)
    assert "fit nowhere (" in text
    assert ciskg("evaluate", "gold", "docs", "--rules", "--by", "document")[0] == 2


def test_every_kind_of_error_is_described() -> None:
    page = (Path(__file__).parent.parent / "docs" / "accuracy.md").read_text("utf-8")
    assert len(classes()) > 15
    for class_ in classes():
        assert f"| {class_.what} | `{class_.id}` | {class_.label} |" in page
