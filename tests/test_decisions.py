"""The file of decisions: what is applied, what is added, and that nothing in it is ever changed."""

import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

import ciskg
from ciskg.atomic import OutputError
from ciskg.decisions import HEADER, answered, decide, entries
from ciskg.knowledge import KnowledgeError
from ciskg.result import Result

ID = "https://w3id.org/ciskg/id/"
REVIEW = [sys.executable, "-c", "import sys; from ciskg.cli import run; sys.exit(run())", "review"]
NAMED = {
    "two.txt": "CIS Executive Secretary Sergei Lebedev met with President of Belarus Alexander "
    "Lukashenko in Minsk on 5 May 2023.",
    "more.txt": "CIS Executive Secretary Sergei Lebedev arrived in Astana.",
    "three.txt": "CIS Executive Secretary Sergei Lebedav arrived in Minsk.",
}


def pair(status: str, left: str, right: str, more: str = "") -> str:
    return f'[[pair]]\nstatus = "{status}"\nleft = "id:{left}"\nright = "id:{right}"\n{more}\n'


def told(*pairs: tuple[str, str, str]) -> str:
    return "".join(pair(status, f"person/{a}", f"person/{b}") for status, a, b in pairs)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    place = tmp_path / "documents"
    place.mkdir()
    for name, text in NAMED.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


def people(result: Result) -> set[str]:
    rows = result.store.query(
        "SELECT DISTINCT ?p { GRAPH ?g { ?p a <http://xmlns.com/foaf/0.1/Person> } }"
    )
    return {row["p"].value.removeprefix(f"{ID}person/") for row in rows}  # type: ignore[union-attr]


def names(result: Result, person: str) -> set[str]:
    rows = result.store.query(
        f"SELECT ?l {{ GRAPH ?g {{ <{ID}person/{person}> ?p ?l . FILTER(isLiteral(?l)) }} }}"
    )
    return {row["l"].value for row in rows}  # type: ignore[union-attr]


def test_a_build_asks_and_the_next_one_does_as_it_is_told(documents: Path, tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    first = ciskg.build(documents, decisions=file)
    assert people(first) >= {"sergei-lebedev", "sergei-lebedav"}
    text = file.read_text("utf-8")
    (entry,) = entries(text, "")
    assert (entry.status, entry.left, entry.right) == (
        "open", f"{ID}person/sergei-lebedev", f"{ID}person/sergei-lebedav",
    )  # fmt: skip
    assert entry.about["left_in"] == ["more", "two"]
    assert entry.about["right_said"] == NAMED["three.txt"]
    assert first.summary.merges == {"open": 1, "confirmed": 0, "rejected": 0, "elsewhere": 0}
    assert text.startswith(HEADER)

    ciskg.build(documents, decisions=file)
    assert file.read_text("utf-8") == text

    file.write_text(text.replace('"open"\nleft', '"confirmed" # sure\nleft'), "utf-8")
    joined = ciskg.build(documents, decisions=file)
    assert "sergei-lebedav" not in people(joined)
    assert names(joined, "sergei-lebedev") >= {"Sergei Lebedev", "Sergei Lebedav"}
    assert joined.summary.merges["open"] == 0
    assert joined.summary.merges["confirmed"] == 1
    assert joined.conforms

    file.write_text(text.replace('"open"\nleft', '"rejected" # no\nleft'), "utf-8")
    apart = ciskg.build(documents, decisions=file)
    assert people(apart) == people(first)
    assert apart.summary.merges["open"] == 0
    assert apart.summary.merges["rejected"] == 1
    assert "# no" in file.read_text("utf-8")


def test_what_a_person_wrote_stays_byte_for_byte(documents: Path, tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    first = pair("rejected", "person/z", "person/a", "note = 'why'  # see the archive")
    second = pair("confirmed", "meeting/gone", "meeting/gone-too")
    mine = f"# ours, since 2024\n{first}{second}".rstrip().replace("\n", "\r\n")
    file.write_bytes(mine.encode())
    result = ciskg.build(documents, decisions=file)
    text = file.read_bytes().decode()
    assert text.startswith(mine)
    added = text.removeprefix(mine)
    assert added.count("[[pair]]") == 1
    assert added.replace("\r\n", "").count("\n") == 0
    assert len(entries(text, "")) == 3
    assert result.summary.merges["elsewhere"] == 2


def test_new_pairs_come_sorted_and_do_not_depend_on_the_order_of_documents(
    documents: Path, tmp_path: Path
) -> None:
    (documents / "four.txt").write_text(
        "President of Belarus Alexander Lukashenco arrived in Minsk.", encoding="utf-8"
    )
    paths = sorted(documents.iterdir())
    texts = []
    for number, order in enumerate((paths, paths[::-1])):
        file = tmp_path / f"{number}.toml"
        ciskg.build(order, decisions=file)
        texts.append(file.read_text("utf-8"))
    assert texts[0] == texts[1]
    found = [(entry.left, entry.right) for entry in entries(texts[0], "")]
    assert len(found) == 2
    assert found == sorted(found)


def test_a_file_that_cannot_be_made_is_told(documents: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there is no folder"):
        ciskg.build(documents, decisions=tmp_path / "no" / "decisions.toml")


def test_of_several_that_are_one_what_is_kept_does_not_depend_on_the_order() -> None:
    text = told(("confirmed", "b", "c"), ("confirmed", "a", "b"), ("confirmed", "d", "c"))
    same = decide(entries(text, ""), "").same
    assert same == {f"{ID}person/{x}": f"{ID}person/a" for x in "bcd"}
    turned = told(("confirmed", "d", "c"), ("confirmed", "b", "c"), ("confirmed", "a", "b"))
    assert decide(entries(turned, ""), "").same == same
    assert decide(entries(turned, ""), "", {f"{ID}person/c"}).same[f"{ID}person/a"].endswith("/c")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[pair]\n", r"d\.toml: not TOML"),
        ('[[same]]\nleft = "x"\n', "unknown 'same'"),
        ('[[pair]]\nstatus = "open"\n', r"d\.toml:1: give left and right"),
        (told(("yes", "a", "b")), r"d\.toml:1: status 'yes' is none of open"),
        (told(("open", "a", "a")), "itself"),
        (pair("open", "person/a", "meeting/a"), "kind person, the other of meeting"),
        (told(("open", "a", "b"), ("confirmed", "b", "a")), r"d\.toml:6: this pair .* line 1"),
        (
            told(("confirmed", "a", "b"), ("confirmed", "b", "c"), ("rejected", "c", "a")),
            r"d\.toml:11: id:person/c and id:person/a are rejected here and confirmed to be one by "
            r"id:person/b = id:person/c \(line 6\), id:person/a = id:person/b \(line 1\)",
        ),
    ],
)
def test_what_is_broken_or_contradicts_itself_is_named_with_its_line(
    text: str, message: str
) -> None:
    with pytest.raises(KnowledgeError, match=message):
        decide(entries(text, "d.toml"), "d.toml")


def test_two_names_of_the_reference_are_never_one() -> None:
    text = pair("confirmed", "org/cis", "org/x") + pair("confirmed", "org/x", "org/eaeu")
    with pytest.raises(KnowledgeError, match="org/cis and id:org/eaeu are both known"):
        decide(entries(text, "d.toml"), "d.toml", {f"{ID}org/cis", f"{ID}org/eaeu"})


def test_a_body_that_is_one_of_the_reference_lends_it_its_name(tmp_path: Path) -> None:
    document = tmp_path / "a.txt"
    document.write_text(
        "The Council of Archive Keepers of the CIS met in Minsk on 5 May 2023.", encoding="utf-8"
    )
    met = [f for f in ciskg.build(document).facts() if f["type"] == "meeting"]
    (body,) = {f["body"] for f in met}
    from ciskg.reference import installed

    iri = installed().iri(("organization", "body"), body)
    assert iri not in installed().words
    file = tmp_path / "decisions.toml"
    file.write_text(pair("confirmed", "org/cis-council-of-heads-of-state", iri.removeprefix(ID)))
    result = ciskg.build(document, decisions=file)
    rows = result.store.query(
        "SELECT ?l { GRAPH <https://w3id.org/ciskg/graph/facts> { "
        f"<{ID}org/cis-council-of-heads-of-state> "
        "<http://www.w3.org/2004/02/skos/core#altLabel> ?l } }"
    )
    assert [row["l"].value for row in rows] == [body]  # type: ignore[union-attr]
    assert result.facts() == ciskg.build(document).facts()


def test_an_answer_changes_its_own_line_and_no_other() -> None:
    text = "# a\n" + told(("open", "a", "b"), ("open", "c", "d")) + "# end"
    second = entries(text, "")[1]
    assert answered(text, second, "rejected") == (
        "# a\n" + told(("open", "a", "b"), ("rejected", "c", "d")) + "# end"
    )
    new = answered(text, second, "confirmed", by='A "B"', on="2024-01-02")
    assert entries(new, "")[1].about["by"] == 'A "B"'
    odd = 'pair = [{status = "open", left = "id:person/a", right = "id:person/b"}]'
    with pytest.raises(KnowledgeError, match="by hand"):
        answered(odd, entries(odd, "")[0], "confirmed")


def review(
    folder: Path, *arguments: str, said: str | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*REVIEW, *arguments],
        cwd=folder,
        input=said,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        timeout=60,
    )


def statuses(file: Path) -> list[str]:
    return [entry.status for entry in entries(file.read_text("utf-8"), "")]


THREE = (("open", "a", "b"), ("open", "b", "c"), ("open", "a", "c"))


def test_review_by_pipe_answers_skips_and_ends_with_the_input(tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(told(*THREE), encoding="utf-8")
    done = review(tmp_path, said="y\n")
    assert (done.returncode, statuses(file)) == (0, ["confirmed", "open", "open"])
    assert "1 decided, 2 open" in done.stderr
    done = review(tmp_path, said="maybe\ns\nn\ny\n")
    assert statuses(file) == ["confirmed", "open", "rejected"]
    done = review(tmp_path, "--list")
    assert "1/1" in done.stdout
    assert "id:person/b" in done.stdout
    done = review(tmp_path, said="y")
    assert "rejected here and confirmed to be one" in done.stderr
    assert "not saved" in done.stderr
    assert statuses(file) == ["confirmed", "open", "rejected"]
    done = review(tmp_path, "--by", "A. B.", said="n\n")
    assert statuses(file) == ["confirmed", "rejected", "rejected"]
    assert entries(file.read_text("utf-8"), "")[1].about["by"] == "A. B."
    done = review(tmp_path, said="")
    assert (done.returncode, done.stdout) == (0, "")
    assert "nothing is open" in done.stderr


def test_a_build_with_nothing_to_decide_makes_the_file_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    one = tmp_path / "one.txt"
    one.write_text(NAMED["more.txt"], encoding="utf-8")
    ciskg.build([one], decisions=file)
    assert file.read_text("utf-8") == HEADER
    done = review(tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "nothing is open" in done.stderr


def test_review_tells_what_is_wrong(tmp_path: Path) -> None:
    done = review(tmp_path)
    assert done.returncode == 2
    assert "ciskg build DOCUMENTS/ --decisions decisions.toml` makes it" in done.stderr
    (tmp_path / "decisions.toml").write_text("[[pair]]\n", encoding="utf-8")
    done = review(tmp_path)
    assert done.returncode == 2
    assert "decisions.toml:1: status" in done.stderr
    assert "Traceback" not in done.stderr


def test_review_shows_nothing_that_steers_a_terminal(tmp_path: Path) -> None:
    said = 'left_said = "\\u001b[31mred\\u0007"'
    (tmp_path / "decisions.toml").write_text(pair("open", "person/a", "person/b", said))
    done = review(tmp_path, "--list")
    assert "red" in done.stdout
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout


def test_review_in_a_terminal(tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(told(*THREE), encoding="utf-8")
    child = pexpect.spawn(
        REVIEW[0],
        REVIEW[1:],
        cwd=str(tmp_path),
        env={**os.environ, "PYTHONUTF8": "1"},
        encoding="utf-8",
        timeout=30,
    )
    child.expect("1/3")
    child.expect("id:person/a")
    child.expect("uit: ")
    child.sendline("n")
    child.expect("2/3")
    assert statuses(file) == ["rejected", "open", "open"]  # saved before the next is asked
    child.expect("uit: ")
    child.sendline("what")
    child.expect("uit: ")
    child.sendline("")
    child.expect("uit: ")
    child.sendline("s")
    child.expect("3/3")
    child.expect("uit: ")
    child.sendline("q")
    child.expect("1 decided, 2 open")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert statuses(file) == ["rejected", "open", "open"]


def test_review_that_is_interrupted_keeps_what_was_answered(tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(told(*THREE), encoding="utf-8")
    child = pexpect.spawn(REVIEW[0], REVIEW[1:], cwd=str(tmp_path), encoding="utf-8", timeout=30)
    child.expect("uit: ")
    child.sendline("y")
    child.expect("2/3")
    child.expect("uit: ")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert statuses(file) == ["confirmed", "open", "open"]
