"""Commands print results to stdout, messages to stderr, and give the right exit code."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from ciskg import __version__
from ciskg.assemble import Readings, assemble, write
from ciskg.cli import VERBS, run
from gold_readings import gold_readings

CISKG = Path(sys.executable).with_name("ciskg")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of what careful readers found in the seeds."""
    folder = tmp_path_factory.mktemp("cli") / "build"
    folder.mkdir()
    write(assemble(Readings(gold_readings())), folder)
    return folder


@pytest.fixture
def ciskg(folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command beside the build; gives exit code, stdout and stderr."""
    monkeypatch.chdir(folder.parent)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        out, err = capfd.readouterr()
        return code, out, err

    return call


def test_without_arguments_it_says_what_to_do_first(
    ciskg: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = ciskg()
    assert (code, err) == (0, "")
    assert "There is a graph in build/" in out
    monkeypatch.chdir(tmp_path)
    code, out, err = ciskg()
    assert (code, err) == (0, "")
    assert "ciskg build DOCUMENTS/" in out


def test_each_command_has_help_with_examples(ciskg: Run) -> None:
    code, out, _ = ciskg("--help")
    assert code == 0
    for verb in VERBS:
        assert f"\n  {verb} " in out
        code, help_, _ = ciskg(verb, "--help")
        assert code == 0
        assert f"    ciskg {verb} " in help_


def test_the_version_is_that_of_the_package(ciskg: Run) -> None:
    assert ciskg("--version") == (0, f"ciskg, version {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nonsense"], "No such command 'nonsense'; there are build, validate, query"),
        (["buld"], "No such command 'buld'; did you mean build?"),
        (["valdate", "x.ttl"], "did you mean validate?"),
        (["build"], "Missing argument 'PATHS...'"),
        (["build", "--nonsense", "x"], "No such option"),
        (["export", "--format", "xml"], "'xml' is not one of 'turtle'"),
        (["export", "--table", "meetings"], "--table goes with --format csv"),
        (["export", "--format", "csv"], "name one table with --table, or a folder with -o"),
        (["export", "--format", "csv", "--table", "x"], "'x' is none of documents, meetings"),
        (["query", "who-chared"], "did you mean who-chaired"),
        (["query", "who-chaired", "--yeer", "2024"], "No such option"),
        (["query", "who-chaired", "--year", "abc"], "year"),
        (["query", "who-chaired", "--organization", "Nowhere"], "Nowhere"),
        (["query", "show", "who-chared"], "did you mean who-chaired"),
        (["explain"], "Missing argument 'IRI'"),
        (["explain", "chairmanship/cis-rus-2042"], "near it:"),
        (["--knowledge", "build", "query"], "holds none of the folders ontology, queries, rules"),
    ],
)
def test_wrong_usage_is_told_and_gives_2(ciskg: Run, arguments: list[str], message: str) -> None:
    code, out, err = ciskg(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["query", "who-chaired", "--build", "nowhere"], "nowhere: does not exist; make it with"),
        (
            ["query", "who-chaired", "--build", "."],
            ".: is not a ciskg build; name the folder that `ciskg build PATH -o FOLDER` wrote",
        ),
        (["query", "who-chaired", "--data", "x.ttl"], "x.ttl: no such file"),
        (["explain", "x", "--build", "nowhere"], "nowhere: does not exist"),
        (["facts", "nowhere"], "nowhere: does not exist"),
        (["export", "nowhere"], "nowhere: does not exist"),
        (["validate", "nowhere.ttl"], "nowhere.ttl: No such file"),
        (["validate", "build/tables/claims.csv"], "claims.csv: "),
    ],
)
def test_an_input_that_cannot_be_read_gives_3(
    ciskg: Run, arguments: list[str], message: str
) -> None:
    code, out, err = ciskg(*arguments)
    assert (code, out) == (3, "")
    assert message in err
    assert "Traceback" not in err


def test_the_questions_are_listed_with_their_parameters(ciskg: Run) -> None:
    code, out, _ = ciskg("query")
    assert code == 0
    assert ciskg("query", "list") == (0, out, "")
    assert "who-chaired" in out
    assert "--organization --year" in out
    listed = json.loads(ciskg("query", "list", "--json")[1])
    assert len(listed) >= 20
    assert {row["name"]: row["parameters"] for row in listed}["who-chaired"] == [
        "organization",
        "year",
    ]


def test_a_question_is_shown_as_sparql_that_runs(ciskg: Run) -> None:
    code, out, _ = ciskg("query", "show", "who-chaired")
    assert code == 0
    ox.Store().query(out)


def test_a_question_has_help_of_its_own(ciskg: Run) -> None:
    code, out, _ = ciskg("query", "who-chaired", "--help")
    assert code == 0
    assert "--year INTEGER" in out
    assert "Columns:" in out


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json", "markdown"])
def test_a_question_is_answered_in_each_format(ciskg: Run, format: str) -> None:
    code, out, err = ciskg(
        "query", "who-chaired", "--organization", "CIS", "--year", "2020", "--format", format
    )
    assert (code, err) == (0, "")
    assert "Uzbekistan" in out
    assert "\x1b" not in out


def test_the_defaults_are_told(ciskg: Run) -> None:
    code, out, err = ciskg("query", "participants-on-day", "--columns", "person_label")
    assert code == 0
    assert "Sergei Lebedev" in out
    assert "--organization id:org/cis-council-of-heads-of-state, --day 2020-12-18\n" in err
    asked = ("query", "participants-on-day", "--day", "2020-12-18", "--format", "csv")
    assert ciskg(*asked)[2].endswith(
        "default --organization id:org/cis-council-of-heads-of-state\n"
    )
    assert ciskg(*asked, "--organization", "CIS")[2] == ""


@pytest.mark.parametrize("format", ["table", "csv"])
def test_an_empty_answer_is_a_message_on_stderr(ciskg: Run, format: str) -> None:
    asked = ("query", "who-chaired", "--organization", "CIS", "--year", "1901", "--format", format)
    code, out, err = ciskg(*asked)
    assert code == 0
    assert "no rows" not in out
    assert err.endswith("no rows: nothing found for these values\n")


def test_a_sentence_is_found_whatever_spaces_it_has(ciskg: Run, folder: Path) -> None:
    quoted = Path("build/texts/001_16830d1d99dc7d5d.txt").read_text("utf-8")
    assert "Plan of\xa0Action" in quoted
    asked = ("query", "sentences-with-words", "--format", "csv", "--text")
    code, out, err = ciskg(*asked, "Plan of Action")
    assert (code, err) == (0, "")
    assert "001_16830d1d99dc7d5d" in out
    for words in ("plan  of\xa0action", "plan of\u202faction", "Plan\n of Action"):
        assert ciskg(*asked, words) == (0, out, "")


def test_on_a_terminal_names_are_shown_and_iris_are_not(folder: Path) -> None:
    asked = ["query", "who-chaired", "--organization", "CIS", "--year", "2020"]
    for more, is_shown in (([], False), (["--columns", "chair,chair_label"], True)):
        reader, writer = pty.openpty()
        with os.fdopen(reader, "rb", 0) as terminal:
            done = subprocess.run(
                [CISKG, *asked, *more], cwd=folder.parent, stdout=writer, stderr=subprocess.PIPE
            )
            os.close(writer)
            out = terminal.read(10_000).decode()
        assert done.returncode == 0
        assert "Uzbekistan" in out
        assert ("id:state/uzb" in out) == is_shown
        assert (b"IRIs not shown: chair, chairmanship, document;" in done.stderr) != is_shown


def test_files_are_asked_in_place_of_a_build(ciskg: Run) -> None:
    asked = ("query", "who-chaired", "--year", "2024", "--format", "csv")
    answer = ciskg(*asked)
    assert "state/rus" in answer[1]
    assert ciskg(*asked, "--data", "build/graph.nq") == answer
    assert ciskg(*asked, "--data", "build/graph.ttl") == answer


def test_a_fact_is_explained_with_its_words_marked(ciskg: Run) -> None:
    code, out, err = ciskg("explain", "id:chairmanship/cis-rus-2024")
    assert (code, err) == (0, "")
    assert out.startswith("Russia chairs ")
    assert "claim 2 of " in out
    assert re.search(r"^    document +004_74664d48c44ec47b$", out, re.MULTILINE)
    assert "[This year, the CIS presidency has passed to Russia.]" in out
    assert "    modality   stated\n    certainty  stated\n    rule       gold\n" in out
    told = json.loads(ciskg("explain", "cis-rus-2024", "--json")[1])
    assert told["iri"].endswith("chairmanship/cis-rus-2024")
    assert {claim["document"] for claim in told["claims"]} == {
        "003_c647624496657154",
        "004_74664d48c44ec47b",
    }


def test_a_person_is_explained_by_facts(ciskg: Run) -> None:
    code, out, _ = ciskg("explain", "id:person/sergei-lebedev")
    assert code == 0
    assert "facts that speak of it" in out


def test_a_document_is_explained_by_the_question_that_reads_it(ciskg: Run) -> None:
    code, out, _ = ciskg("explain", "id:document/001_16830d1d99dc7d5d")
    assert code == 0
    command = out.splitlines()[-1].split()
    assert command[0] == "ciskg"
    assert "no document says" not in out
    code, answer, err = ciskg(*command[1:], "--format", "csv")
    assert (code, err) == (0, "")
    says = re.search(r"makes (\d+) claims", out)
    assert says is not None
    assert len(answer.splitlines()) == int(says[1]) + 1


def test_properties_are_told_in_words(ciskg: Run) -> None:
    out = ciskg("explain", "Russia")[1]
    assert re.search(r"^    name +Russia$", out, re.MULTILINE)
    assert re.search(r"^    other name +Russian Federation$", out, re.MULTILINE)
    assert "prefLabel" not in out


def test_facts_are_json_lines(ciskg: Run) -> None:
    code, out, _ = ciskg("facts", "build")
    assert code == 0
    facts = [json.loads(line) for line in out.splitlines()]
    assert len(facts) == sum(len(reading.facts) for reading in gold_readings())
    assert all({"doc", "id", "type", "quote"} <= fact.keys() for fact in facts)
    assert out == Path("build/facts.jsonl").read_text("utf-8")


@pytest.mark.parametrize(
    ("format", "name"), [("turtle", "graph.ttl"), ("trig", "graph.trig"), ("nquads", "graph.nq")]
)
def test_an_export_is_the_file_of_the_build(ciskg: Run, format: str, name: str) -> None:
    code, out, _ = ciskg("export", "build", "--format", format)
    assert code == 0
    assert out == Path("build", name).read_text("utf-8")


def test_an_export_goes_to_a_file_whole(ciskg: Run, tmp_path: Path) -> None:
    target = tmp_path / "graph.jsonld"
    assert ciskg("export", "--format", "jsonld", "-o", str(target)) == (0, "", "")
    assert set(ox.parse(path=target)) == set(ox.parse(path="build/graph.nq"))
    assert [path.name for path in tmp_path.iterdir()] == ["graph.jsonld"]


def test_tables_go_to_a_folder_or_one_to_stdout(ciskg: Run, tmp_path: Path) -> None:
    target = tmp_path / "tables"
    for _ in range(2):  # the second time it replaces its own
        assert ciskg("export", "--format", "csv", "-o", str(target)) == (0, "", "")
    written = {path.name: path.read_bytes() for path in target.iterdir()}
    assert written == {path.name: path.read_bytes() for path in Path("build/tables").iterdir()}
    code, out, _ = ciskg("export", "--format", "csv", "--table", "meetings")
    assert code == 0
    assert out.encode().replace(b"\r\n", b"\n") == written["meetings.csv"].replace(b"\r\n", b"\n")


@pytest.mark.parametrize("target", ["build", "/dev/null/x", "/proc/x"])
def test_an_export_that_cannot_be_written_is_told(ciskg: Run, target: str) -> None:
    code, out, err = ciskg("export", "build", "-o", target)
    assert (code, out) == (2, "")
    assert f"{target}: " in err


def test_tables_do_not_go_over_files_of_others(ciskg: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("precious")
    code, _, err = ciskg("export", "--format", "csv", "-o", str(tmp_path))
    assert code == 2
    assert "holds files that ciskg did not write" in err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_graph_that_conforms_gives_0_and_one_that_does_not_gives_1(
    ciskg: Run, tmp_path: Path
) -> None:
    fine = tmp_path / "fine.ttl"
    fine.write_text("<urn:s> <urn:p> 1 .")
    assert ciskg("validate", str(fine))[0] == 0
    broken = tmp_path / "broken.ttl"
    broken.write_text("<urn:s> a <https://w3id.org/ciskg/def#Claim> .")
    code, out, _ = ciskg("validate", str(fine), str(broken))
    assert code == 1
    assert "urn:s" in out
    found = json.loads(ciskg("validate", str(broken), "--json")[1])
    assert found["conforms"] is False
    assert found["results"]
    code, out, _ = ciskg("validate", str(broken), "--format", "turtle")
    assert code == 1
    assert list(ox.parse(out, format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize(
    "content", ["", "# nothing\n", "<urn:s> <urn:p> 1 .", "<urn:s> a <urn:C> ."]
)
def test_a_file_with_nothing_to_check_is_told(ciskg: Run, tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(content)
    code, out, err = ciskg("validate", str(path))
    assert code == 0
    assert out.startswith("The graph conforms")
    assert f"{path}: nothing to check" in err
    assert ciskg("validate", str(path), "build/graph.nq")[2] == ""


def test_what_validate_cannot_read_is_told_with_the_remedy(ciskg: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("<urn:s> <urn:p> 1 .")
    code, out, err = ciskg("validate", str(tmp_path / "notes.txt"))
    assert (code, out) == (3, "")
    assert "known endings: .ttl, .trig, .nq, .nt, .jsonld, .rdf" in err
    code, out, err = ciskg("validate", str(tmp_path))
    assert (code, out) == (3, "")
    assert "a folder, and no build of ciskg; name a build or RDF files" in err
    (tmp_path / "a.ttl").write_text("")
    assert f"name its files: {tmp_path}/*" in ciskg("validate", str(tmp_path))[2]
    assert "a build is checked alone" in ciskg("validate", "build", str(tmp_path / "a.ttl"))[2]
    (tmp_path / "a.jsonld").write_text("{}")
    assert ciskg("validate", str(tmp_path / "a.jsonld"))[0] == 0


def test_an_rdf_file_with_a_mistake_is_told_with_its_line(ciskg: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("<urn:s> <urn:p> 1 .\n<urn:s> oops .\n")
    code, _, err = ciskg("validate", str(path))
    assert code == 3
    assert "x.ttl:2: " in err


def _process(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [CISKG, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=60,
    )


def test_a_reader_that_has_enough_gets_no_complaint(folder: Path) -> None:
    with subprocess.Popen(
        [CISKG, "facts", "build"],
        cwd=folder.parent,
        bufsize=0,
        pipesize=4096,  # less than it prints
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 141


def test_russian_words_survive_any_locale(folder: Path) -> None:
    asked = ("query", "who-chaired", "--organization", "СНГ", "--year", "2020", "--format", "csv")
    answers = {_process(*asked, cwd=folder.parent, LC_ALL=x).stdout for x in ("C", "C.UTF-8")}
    assert len(answers) == 1
    assert "Uzbekistan" in answers.pop()


def test_a_shell_completes_commands_questions_and_options(folder: Path) -> None:
    for words, expected in {
        "ciskg exp": {"explain", "export"},
        "ciskg query who-c": {"who-chaired"},
        "ciskg query who-chaired --y": {"--year"},
    }.items():
        done = _process(
            cwd=folder.parent,
            _CISKG_COMPLETE="bash_complete",
            COMP_WORDS=words,
            COMP_CWORD=str(words.count(" ")),
        )
        assert {line.split(",", 1)[1] for line in done.stdout.splitlines()} == expected


@pytest.mark.parametrize(
    ("name", "content", "asked", "message"),
    [
        ("queries/who-chaired.rq", "SELEKT ?x {}", ["query"], "who-chaired.rq:1: not SPARQL"),
        ("queries/mine.rq", "SELECT ?x { ?x ?y ?z }", ["query"], "mine.rq:1: no summary"),
        ("ontology/tables.toml", "[x\n", ["export", "--format", "csv"], "tables.toml: not TOML"),
        (
            "ontology/tables.toml",
            '[x]\nabout = "y"\nclasses = ["no:X"]\ncolumns = {}\n',
            ["export", "--format", "csv"],
            "tables.toml: [x]: ",
        ),
        ("ontology/shapes/zz.ttl", "\n\noops", ["validate", "build/graph.nq"], "zz.ttl:3: "),
    ],
)
def test_a_broken_file_of_knowledge_is_named_with_its_line(
    folder: Path, tmp_path: Path, name: str, content: str, asked: list[str], message: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(content)
    done = _process("--knowledge", str(tmp_path), *asked, cwd=folder.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_question_of_ones_own_stands_beside_ours(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "queries" / "mine.rq"
    own.parent.mkdir()
    own.write_text(
        "#+ summary: Mine\n#+ description: All graphs.\n#+ tags:\n#+   - mine\n#\n# ?g  a graph\n\n"
        "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g\n"
    )
    done = _process("--knowledge", str(tmp_path), "query", "mine", cwd=folder.parent)
    assert done.returncode == 0, done.stderr
    assert "graph/facts" in done.stdout
    listed = _process("--knowledge", str(tmp_path), "query", cwd=folder.parent).stdout
    assert "who-chaired" in listed
    assert "mine" in listed


@pytest.mark.parametrize(("arguments", "limit"), [(["--help"], 0.4), (["--version"], 0.4)])
def test_help_comes_at_once(folder: Path, arguments: list[str], limit: float) -> None:
    """The best of several runs, in processor time, which other programs do not slow."""
    code = (
        "import resource, subprocess, sys;"
        f"subprocess.run([{str(CISKG)!r}, *{arguments!r}], stdout=subprocess.DEVNULL, check=True);"
        "u = resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(u.ru_utime + u.ru_stime)"
    )
    times = [
        float(subprocess.check_output([sys.executable, "-c", code], cwd=folder.parent))
        for _ in range(3)
    ]
    assert min(times) < limit


def test_importing_the_package_brings_nothing_slow() -> None:
    slow = ("rdflib", "pyshacl", "pyoxigraph")
    for module in ("ciskg", "ciskg.cli"):
        code = f"import sys, {module}; print([m for m in {slow!r} if m in sys.modules])"
        assert subprocess.check_output([sys.executable, "-c", code]) == b"[]\n"
