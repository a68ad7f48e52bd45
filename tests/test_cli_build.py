"""`ciskg build` with inputs good and bad: a message, the right exit code, nothing half written."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
CISKG = Path(sys.executable).with_name("ciskg")
GOOD = (
    "Meeting of the CIS Council of Heads of State\n\nOctober 8, 2024, Moscow\n\n"
    "Vladimir Putin took part in a meeting of the CIS Council of Heads of State.\n"
)
Run = Callable[..., tuple[int, str, str]]


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_seeds_become_a_build_and_the_build_answers(ciskg: Run) -> None:
    code, out, err = ciskg("build", str(SEEDS))
    assert code == 0
    assert out.startswith("5 documents, ")
    assert "written to build/; ask it: ciskg query" in err
    assert _names(Path()) == ["build"]
    code, out, _ = ciskg("query", "who-chaired", "--organization", "CIS", "--year", "2020")
    assert code == 0
    assert "Uzbekistan" in out


def test_the_summary_may_come_as_json(ciskg: Run) -> None:
    Path("good.txt").write_text(GOOD)
    code, out, _ = ciskg("build", "good.txt", "-o", "graph", "--json")
    assert code == 0
    assert json.loads(out)["documents"][0]["document"] == "good"
    assert out == Path("graph/summary.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.txt", None, "missing.txt: "),
        ("empty.txt", b"", "empty.txt: the file is empty"),
        ("spaces.txt", b" \n\t\n", "spaces.txt: it holds no words"),
        ("binary.txt", bytes(range(256)) * 40, "binary.txt: "),
        ("nul.txt", GOOD.encode() + b"\0more", "nul.txt: "),
        ("mixed.txt", "Содружество ".encode() * 9 + "Содружество".encode("cp1251"), "mixed.txt: "),
        ("picture.png", b"\x89PNG\r\n\x1a\n", "picture.png: "),
        ("documents.csv", b"file,title\n", "documents.csv: "),
    ],
)
def test_one_document_that_cannot_be_read_gives_3_and_no_build(
    ciskg: Run, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    before = _names(Path())
    code, out, err = ciskg("build", name)
    assert (code, out) == (3, "")
    assert message in err
    assert _names(Path()) == before


def test_a_broken_document_does_not_stop_the_others(ciskg: Run) -> None:
    Path("in").mkdir()
    Path("in/good.txt").write_text(GOOD)
    Path("in/empty.txt").write_bytes(b"")
    Path("in/dangling.txt").symlink_to("nowhere")
    code, out, err = ciskg("build", "in", "missing.txt")
    assert code == 3
    assert out.startswith("1 document, ")
    assert "not read (3)" in out
    for name in ("empty.txt", "dangling.txt", "missing.txt"):
        assert f"{name}: " in err
        assert name in Path("build/summary.txt").read_text("utf-8")
    assert Path("build/texts/good.txt").read_text("utf-8") == GOOD


@pytest.mark.parametrize("cell", ["8 October 2024", "08.10.2024", "2024-13-45", "yesterday"])
def test_a_bad_date_in_the_table_is_told_and_stops_no_document(ciskg: Run, cell: str) -> None:
    Path("in").mkdir()
    for name in ("a", "b"):
        Path(f"in/{name}.txt").write_text(GOOD)
    Path("in/documents.csv").write_text(f"file,published\na.txt,{cell}\nb.txt,2024-10-09\n")
    code, out, err = ciskg("build", "in")
    assert code == 3
    assert out.startswith("2 documents, ")
    assert f"in/documents.csv: row 2: published is no date: '{cell}'; write 2022-10-14" in err
    graph = Path("build/graph.nq").read_text("utf-8")
    assert '"2024-10-09"^^<http://www.w3.org/2001/XMLSchema#date>' in graph


def test_what_is_passed_over_is_told(ciskg: Run) -> None:
    Path("in").mkdir()
    Path("in/good.txt").write_text(GOOD)
    Path("in/a.XLS").write_bytes(b"\xd0\xcf")
    Path("in/b.png").write_bytes(b"PK")
    Path("in/documents.csv").write_text("file,date\ngood.txt,2024-10-08\n")
    assert ciskg("build", "in", "-o", "in/build")[0] == 0
    code, out, _ = ciskg("build", "in", "-o", "in/build")  # the first build is none of them
    assert code == 0
    assert "2 files skipped (.png, .xls): ciskg reads .txt, .html, .md, .mhtml" in out
    remedy = "column 'date' is not used; rename it to one of file, title, publisher, url, published"
    assert remedy in out


def test_help_names_the_columns_of_the_table(ciskg: Run) -> None:
    words = ciskg("build", "--help")[1].split()
    assert {"documents.csv", "file,", "publisher,", "published", "language"} <= set(words)


def test_the_summary_and_the_report_count_alike(ciskg: Run) -> None:
    code, out, _ = ciskg("build", str(SEEDS))
    assert code == 0
    report = Path("build/report.txt").read_text("utf-8")
    found = re.match(r".*Violations: (\d+), warnings: (\d+), gaps: (\d+)\.\n", report)
    assert found is not None
    assert int(found[2]) > 0
    assert f"shapes: no violations, {found[2]} warnings, {found[3]} gaps\n" in out
    section = out.partition("shapes: ")[2].partition("\n\n")[0]
    assert sum(map(int, re.findall(r"^ +(\d+)  ", section, re.MULTILINE))) == int(found[2])
    assert ciskg("validate", "build") == (0, report, "")


def test_the_summary_says_where_the_triples_are(ciskg: Run) -> None:
    _, out, _ = ciskg("build", str(SEEDS))
    section = out.partition("\ntriples\n")[2].partition("\n\n")[0]
    parts = {name: int(n) for n, name in re.findall(r" +(\d+)  (\w+)", section)}
    assert {"facts", "documents", "reference", "ontology", "shapes", "queries"} <= parts.keys()
    assert f" facts, {sum(parts.values())} triples\n" in out


@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling", "loop"])
def test_what_is_no_document_is_told(ciskg: Run, kind: str) -> None:
    path = Path("x.txt")
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("x.txt" if kind == "loop" else "nowhere")
    code, out, err = ciskg("build", "x.txt")
    assert (code, out) == (3, "")
    assert "x.txt: " in err
    assert _names(Path()) == ["x.txt"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8-sig", GOOD),
        ("utf-16", GOOD),
        (
            "cp1251",
            "Заседание Совета глав государств СНГ прошло в Минске.\n" * 9,
        ),
    ],
)
def test_usual_encodings_are_read(ciskg: Run, encoding: str, text: str) -> None:
    Path("x.txt").write_bytes(text.encode(encoding))
    code, _, err = ciskg("build", "x.txt")
    assert code == 0, err
    assert Path("build/texts/x.txt").read_text("utf-8") == text


def test_a_document_without_any_date_is_built(ciskg: Run) -> None:
    Path("x.txt").write_text("The presidents of Russia and Belarus met. They signed a treaty.\n")
    assert ciskg("build", "x.txt")[0] == 0


def test_a_document_without_facts_is_built(ciskg: Run) -> None:
    Path("x.txt").write_text("A recipe: take two eggs and a spoon of flour.\n")
    code, out, _ = ciskg("build", "x.txt")
    assert code == 0
    assert out.startswith("1 document, no claims of no facts, ")
    assert (
        "documents without a fact; English and Russian are read (1)\n    x: of another world\n"
        in out
    )


def test_a_document_with_facts_is_not_listed_as_one_without(ciskg: Run) -> None:
    Path("x.txt").write_text("The presidents of Russia and Belarus met in Minsk on 3 May 2021.\n")
    _, out, _ = ciskg("build", "x.txt")
    assert "documents without a fact" not in out


def test_one_line_of_a_million_characters_is_built(ciskg: Run) -> None:
    sentence = "Vladimir Putin met with Sergei Lebedev in Moscow on October 8, 2024. "
    Path("x.txt").write_text(sentence * (1_000_000 // len(sentence) + 1))
    start = time.process_time()
    assert ciskg("build", "x.txt")[0] == 0
    assert time.process_time() - start < 60


def test_a_file_of_50_megabytes_is_refused_and_the_others_are_built(ciskg: Run) -> None:
    Path("x.txt").write_text(GOOD * (50_000_000 // len(GOOD) + 1))
    Path("y.txt").write_text(GOOD)
    code, out, err = ciskg("build", "x.txt", "y.txt")
    assert code == 3
    assert "x.txt: " in err
    assert "divide it" in err
    assert out.startswith("1 document")


def test_two_documents_with_one_stem_stay_two(ciskg: Run) -> None:
    for folder in ("a", "b"):
        Path(folder).mkdir()
        Path(folder, "minutes.txt").write_text(f"{GOOD}\nOf {folder}.\n")
    keys = set()
    for order in (("a", "b"), ("b", "a")):
        assert ciskg("build", *order)[0] == 0
        texts = {p.name: p.read_text("utf-8") for p in Path("build/texts").iterdir()}
        assert len(texts) == 2
        keys.add(tuple(sorted(texts.items())))
    assert len(keys) == 1


def test_hostile_names_and_words_do_no_harm(ciskg: Run) -> None:
    Path("in").mkdir()
    name = "$(touch pwned) ;\"'<b>&\n#?%2e%2e"
    Path("in", f"{name}.txt").write_text(
        'President of Russia <script>alert(1)</script> "Vladimir Putin" } DROP ALL ; '
        "met with President of Belarus Alexander Lukashenko\x1b[31m in Minsk on May 5, 2020.\n"
    )
    code, out, err = ciskg("build", "in")
    assert code == 0, err
    assert "\x1b" not in out + err
    assert _names(Path()) == ["build", "in"]
    assert len(_names(Path("build/texts"))) == 1


def test_what_an_earlier_build_wrote_is_not_read_as_documents(ciskg: Run) -> None:
    Path("good.txt").write_text(GOOD)
    for _ in range(2):
        code, out, _ = ciskg("build", ".")
        assert code == 0
        assert out.startswith("1 document, ")


def test_a_failed_build_leaves_the_old_one(ciskg: Run) -> None:
    Path("good.txt").write_text(GOOD)
    assert ciskg("build", "good.txt")[0] == 0
    before = {p: p.read_bytes() for p in Path("build").rglob("*") if p.is_file()}
    Path("empty.txt").write_text("")
    assert ciskg("build", "empty.txt")[0] == 3
    assert {p: p.read_bytes() for p in Path("build").rglob("*") if p.is_file()} == before
    assert _names(Path()) == ["build", "empty.txt", "good.txt"]


@pytest.mark.parametrize("out", ["a-file", "full", "/dev/null/x", "/proc/x", "dangling"])
def test_a_place_that_cannot_take_a_build_gives_2(ciskg: Run, out: str) -> None:
    Path("good.txt").write_text(GOOD)
    Path("a-file").write_text("precious")
    Path("full").mkdir()
    Path("full/thesis.docx").write_text("precious")
    Path("dangling").symlink_to("nowhere")
    before = _names(Path())
    code, stdout, err = ciskg("build", "good.txt", "-o", out)
    assert (code, stdout) == (2, "")
    assert f"{out}: " in err
    assert _names(Path()) == before
    assert Path("a-file").read_text() == "precious"
    assert _names(Path("full")) == ["thesis.docx"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("ontology/reference/zz.ttl", "\n<urn:s> oops .\n", "zz.ttl:2: "),
        ("ontology/shapes/zz.ttl", "\n\n<urn:s> oops .\n", "zz.ttl:3: "),
        ("ontology/zz.ttl", "<urn:s> oops .\n", "zz.ttl:1: "),
        ("ontology/facts.toml", "[types\n", "facts.toml: "),
        ("queries/zz.rq", "SELEKT", "zz.rq:1: not SPARQL"),
        ("rules/en/zz.toml", "[[rule\n", "zz.toml: "),
    ],
)
def test_a_broken_file_of_knowledge_gives_2_and_no_build(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    path = tmp_path / "own" / name
    path.parent.mkdir(parents=True)
    path.write_text(content)
    done = _process("--knowledge", "own", "build", str(SEEDS), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert _names(tmp_path) == ["own"]


def test_a_graph_that_breaks_a_shape_gives_1_and_a_build_with_the_report(tmp_path: Path) -> None:
    shape = tmp_path / "own/ontology/shapes/zz.ttl"
    shape.parent.mkdir(parents=True)
    shape.write_text(
        "PREFIX sh: <http://www.w3.org/ns/shacl#>\nPREFIX schema: <https://schema.org/>\n"
        "<urn:shape> a sh:NodeShape ; sh:targetClass schema:CreativeWork ; sh:property <urn:p> .\n"
        '<urn:p> a sh:PropertyShape ; sh:path <urn:none> ; sh:minCount 1 ; sh:message "No!"@en .\n'
    )
    done = _process("--knowledge", "own", "build", str(SEEDS), cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "5 violations of shapes; see build/report.txt" in done.stderr
    assert "No!" in (tmp_path / "build/report.txt").read_text("utf-8")


def test_a_broken_file_of_decisions_gives_2_and_no_build(ciskg: Run) -> None:
    Path("broken.toml").write_text("[[pair]]\nleft = 1\n")
    code, _, err = ciskg("build", str(SEEDS), "--decisions", "broken.toml")
    assert code == 2
    assert "broken.toml:1: status '' is none of open, confirmed, rejected" in err
    assert "broken.toml:1: give left and right an IRI each" in err
    assert _names(Path()) == ["broken.toml"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_build_that_is_stopped_leaves_nothing(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    (tmp_path / "in").mkdir()
    for n in range(200):
        (tmp_path / "in" / f"{n}.txt").write_text(GOOD * 20)
    with subprocess.Popen(
        [CISKG, "build", "in"], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    ) as process:
        while not list(tmp_path.glob(".build.new-*")):
            assert process.poll() is None, "it ended before it was stopped"
            time.sleep(0.01)
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
    assert process.returncode == code
    assert "Traceback" not in err
    assert _names(tmp_path) == ["in"]


def _process(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [CISKG, *arguments], cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=120
    )
