"""Which files are read, in which order, under which keys, and what documents.csv adds."""

import os
import pickle
import unicodedata
from pathlib import Path

import pytest

from ciskg.read import READ, ReadError, Sources, find_sources, read_document

SENTENCE = "The heads of state of the Commonwealth met in Minsk."


def write(path: Path, text: str = SENTENCE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def keys(sources: Sources) -> list[str]:
    return [source.key for source in sources.documents]


def only_problem(sources: Sources) -> ReadError:
    assert len(sources.problems) == 1, sources.problems
    return sources.problems[0]


def test_a_folder_gives_all_its_documents_in_the_order_of_their_keys(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "sub/c.md", "sub/deeper/d.HTM", ".hidden.txt", ".git/e.txt"):
        write(tmp_path / name)
    write(tmp_path / "image.png")
    sources = find_sources([tmp_path])
    assert keys(sources) == ["a", "b", "c", "d"]
    assert sources.skipped == (tmp_path / "image.png",)
    assert sources.problems == ()


def test_the_order_of_the_paths_does_not_matter(tmp_path: Path) -> None:
    paths = [write(tmp_path / name) for name in ("b.txt", "a.txt", "c/a.txt", "d.txt")]
    forwards = find_sources(paths)
    assert find_sources(paths[::-1]) == forwards
    assert find_sources([str(path) for path in paths]) == forwards
    assert keys(forwards) == sorted(keys(forwards))


def test_a_file_that_is_reached_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "docs" / "a.txt")
    (tmp_path / "docs" / "b.txt").symlink_to(path)
    assert keys(find_sources([tmp_path, path, tmp_path / "docs"])) == ["a"]


def test_a_folder_that_links_to_itself_ends(tmp_path: Path) -> None:
    write(tmp_path / "docs" / "a.txt")
    (tmp_path / "docs" / "again").symlink_to(tmp_path / "docs", target_is_directory=True)
    assert keys(find_sources([tmp_path])) == ["a"]


def test_a_link_to_itself_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    problem = only_problem(find_sources([tmp_path / "a.txt"]))
    assert problem.path == str(tmp_path / "a.txt")
    assert "cannot be opened" in problem.problem


def test_a_link_to_nothing_is_a_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path / "b.txt")
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere.txt")
    sources = find_sources([tmp_path])
    assert "a link to a file that is not there" in str(only_problem(sources))
    assert keys(sources) == ["b"]


def test_stems_that_meet_are_told_apart(tmp_path: Path) -> None:
    for name in ("2020/report.txt", "2021/report.txt", "2021/Report.html", "note.txt", "note.md"):
        write(tmp_path / name)
    found = {str(s.path.relative_to(tmp_path)): s.key for s in find_sources([tmp_path]).documents}
    assert found == {
        "2020/report.txt": "report",
        "2021/report.txt": "report-txt",
        "2021/Report.html": "Report-html",
        "note.txt": "note-txt",
        "note.md": "note-md",
    }
    (tmp_path / "2021" / "Report.html").unlink()
    assert keys(find_sources([tmp_path])) == ["2020-report", "2021-report", "note-md", "note-txt"]


def test_a_key_has_composed_letters_and_nothing_that_cannot_be_printed(tmp_path: Path) -> None:
    write(tmp_path / (unicodedata.normalize("NFD", "Москвой") + ".txt"))
    write(tmp_path / "two\nlines.txt")
    assert keys(find_sources([tmp_path])) == [
        "two%0Alines",
        unicodedata.normalize("NFC", "Москвой"),
    ]


def test_a_file_name_that_is_no_utf8_gives_a_key_that_is(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(name)).write_text(SENTENCE)
    except OSError:
        pytest.skip("this file system only takes names in UTF-8")
    assert keys(find_sources([tmp_path])) == ["caf%E9"]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    problem = only_problem(find_sources([tmp_path / "none.txt"]))
    assert (
        str(problem) == f"{tmp_path / 'none.txt'}: there is no such file or folder; check the path"
    )


def test_all_missing_paths_are_named(tmp_path: Path) -> None:
    problems = find_sources([tmp_path / "x.txt", tmp_path / "y.txt"]).problems
    assert [p.path for p in problems] == [str(tmp_path / "x.txt"), str(tmp_path / "y.txt")]


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    assert "no document is there" in str(only_problem(find_sources([tmp_path])))


@pytest.mark.parametrize("name", ["a.doc", "a.xlsx", "a", "a.gz", "a.json"])
def test_another_ending_is_refused_with_those_that_are_read(tmp_path: Path, name: str) -> None:
    problem = only_problem(find_sources([write(tmp_path / name)]))
    assert problem.remedy == READ


def test_a_pipe_is_no_document(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    problem = only_problem(find_sources([tmp_path / "a.txt"]))
    assert problem.problem == "neither a file nor a folder"


def test_an_error_survives_the_way_between_processes() -> None:
    error = ReadError("a.txt", "the file is empty", "give a file with text")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.remedy) == (str(error), error.remedy)


TABLE = "file,title,publisher,url,published,language\n"


def test_the_table_wins_over_the_document(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "Title in the text\n\n5 May 2020\n\n" + SENTENCE)
    write(
        tmp_path / "documents.csv",
        TABLE + 'a.txt,"A title, with a comma",TASS,https://example.org/a,2021-09,ru\n',
    )
    document = read_document(find_sources([tmp_path]).documents[0])
    assert document.title == "A title, with a comma"
    assert document.publisher == "TASS"
    assert document.url == "https://example.org/a"
    assert (document.published, document.published_from) == ("2021-09", "table")
    assert document.language == "ru"


def test_the_table_is_found_beside_a_single_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    write(tmp_path / "b.txt")
    write(tmp_path / "documents.csv", TABLE + "a.txt,,,,XXXX-10-23,\nb.txt,,,,2020,\n")
    (source,) = find_sources([path]).documents
    assert read_document(source).published == "XXXX-10-23"


def test_empty_cells_leave_what_the_document_says(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "A title\n\n5 May 2020\n\n" + SENTENCE)
    write(tmp_path / "documents.csv", TABLE + "a.txt,,TASS,,,\n")
    document = read_document(find_sources([tmp_path]).documents[0])
    assert (document.title, document.publisher) == ("A title", "TASS")
    assert (document.published, document.published_from) == ("2020-05-05", "text")


def test_a_table_above_describes_files_below_and_the_nearest_row_wins(tmp_path: Path) -> None:
    write(tmp_path / "sub" / "a.txt")
    write(tmp_path / "sub" / "b.txt")
    write(tmp_path / "documents.csv", TABLE + "sub/a.txt,upper,,,,\nsub\\b.txt,upper,,,,\n")
    write(tmp_path / "sub" / "documents.csv", TABLE + "b.txt,lower,,,,\n")
    titles = {s.key: s.described.title for s in find_sources([tmp_path]).documents}
    assert titles == {"a": "upper", "b": "lower"}


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbffile;title\r\na.txt;T\r\n",  # as spreadsheets write it
        b"title\tfile\nT\ta.txt\n",
        "file,title\na.txt,T\n".encode("utf-16"),
    ],
    ids=["semicolons", "tabs", "utf-16"],
)
def test_other_forms_of_the_table_are_read(tmp_path: Path, data: bytes) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "documents.csv").write_bytes(data)
    sources = find_sources([tmp_path])
    assert sources.problems == ()
    assert sources.documents[0].described.title == "T"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("name,title\na.txt,T\n", "the first line names no column 'file'"),
        ("", "the file is empty"),
        (TABLE + "a.txt,,,,14.10.2022,\n", "row 2: published is no date: '14.10.2022'"),
        (TABLE + "a.txt,,,,2023-02-30,\n", "row 2: published is no date: '2023-02-30'"),
        (TABLE + "a.txt,,,,,English\n", "row 2: language is no code: 'English'"),
        (TABLE + "a.txt,,,,,\na.txt,,,,,\n", "row 3: a.txt stands in the table twice"),
        (TABLE + ",T,,,,\n", "row 2: names no file"),
        (TABLE + "a.txt,T,,,,,,\n", "row 2: more cells than columns"),
        (TABLE + 'a.txt,"T\n', "not CSV"),
    ],
)
def test_a_broken_table_is_a_problem_with_its_row(tmp_path: Path, rows: str, message: str) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "documents.csv", rows)
    problem = only_problem(find_sources([tmp_path]))
    assert message in str(problem)
    assert "documents.csv" in problem.path


def test_a_wrong_cell_is_told_and_not_used(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "A title\n\n5 May 2020\n\n" + SENTENCE)
    write(tmp_path / "documents.csv", TABLE + "a.txt,,TASS,,14.10.2022,English\n")
    sources = find_sources([tmp_path])
    assert len(sources.problems) == 2
    document = read_document(sources.documents[0])
    assert (document.publisher, document.published) == ("TASS", "2020-05-05")
    assert document.language == "en"


def test_all_errors_of_a_table_are_told(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "documents.csv", TABLE + "a.txt,,,,soon,\n,T,,,,\n")
    assert len(find_sources([tmp_path]).problems) == 2


def test_what_a_table_says_in_vain_is_a_warning(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "documents.csv", "file,titel\na.txt,T\ngone.txt,T\n")
    sources = find_sources([tmp_path])
    name = tmp_path / "documents.csv"
    assert sources.warnings == (
        f"{name}: column 'titel' is not used; "
        "rename it to one of file, title, publisher, url, published, language",
        f"{name}: row 3: there is no file gone.txt",
    )
    assert sources.problems == ()
