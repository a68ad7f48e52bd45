"""Stores, and files and folders that are written whole or not at all."""

import os
import threading
from pathlib import Path

import pyoxigraph as ox
import pytest

from ciskg import store
from ciskg.atomic import OutputError, whole_file, whole_folder

QUAD = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("о"), ox.NamedNode("urn:g"))
MARKER = "marker.json"


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _fill(target: Path, content: str) -> None:
    with whole_folder(target, marker=MARKER) as folder:
        (folder / MARKER).write_text("{}")
        (folder / "content").write_text(content)


def test_a_store_on_disk_keeps_its_quads_and_takes_no_more(tmp_path: Path) -> None:
    store.write_store(f"{QUAD} .".encode(), tmp_path / store.STORE)
    (tmp_path / store.MARKER).write_text("{}")
    opened = store.open_build(tmp_path)
    assert list(opened) == [QUAD]
    with pytest.raises(RuntimeError, match="read-write"):
        opened.add(QUAD)
    assert list(store.open_build(tmp_path)) == [QUAD]  # a second reader at the same time


def test_a_folder_that_is_no_build_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(store.StoreError, match=r"is not a ciskg build; name the folder that"):
        store.open_build(tmp_path)
    with pytest.raises(store.StoreError, match=r"nowhere: does not exist"):
        store.open_build(tmp_path / "nowhere")


def test_a_damaged_store_is_named(tmp_path: Path) -> None:
    (tmp_path / store.MARKER).write_text("{}")
    with pytest.raises(store.StoreError, match="damaged; build it again"):
        store.open_build(tmp_path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ttl", '<urn:s> <urn:p> "о" .'),
        ("a.nt", '<urn:s> <urn:p> "о" .'),
        ("a.nq", '<urn:s> <urn:p> "о" <urn:g> .'),
        ("a.TRIG", '<urn:g> { <urn:s> <urn:p> "о" }'),
        ("a.jsonld", '{"@id": "urn:s", "urn:p": "о"}'),
    ],
)
def test_rdf_files_are_read_by_their_ending(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert [quad.triple for quad in store.load_files([path])] == [QUAD.triple]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", b"<urn:s> <urn:p> 1 .\n<urn:s> oops .\n", r"a\.ttl:2: "),
        ("a.ttl", b'<urn:s> <urn:p> "\xff" .\n', r"a\.ttl"),
        ("a.csv", b"a,b\n", r"a\.csv: not RDF by its name; known endings: \.ttl"),
    ],
)
def test_a_broken_rdf_file_is_named(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(store.StoreError, match=message):
        store.load_files([path])


def test_a_missing_rdf_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(store.StoreError, match=r"a\.ttl: no such file"):
        store.load_files([tmp_path / "a.ttl"])


def test_a_folder_is_replaced_by_a_whole_one(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "build"
    _fill(target, "old")
    (target / "left over").write_text("")
    _fill(target, "new")
    assert (target / "content").read_text() == "new"
    assert _names(target) == ["content", MARKER]
    assert _names(target.parent) == ["build"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_after_an_error_the_old_folder_stands_and_nothing_else(
    tmp_path: Path, error: type[BaseException]
) -> None:
    target = tmp_path / "build"
    _fill(target, "old")

    def fail() -> None:
        with whole_folder(target, marker=MARKER) as folder:
            (folder / "content").write_text("half")
            raise error

    with pytest.raises(error):
        fail()
    assert (target / "content").read_text() == "old"
    assert _names(tmp_path) == ["build"]


def test_a_reader_never_meets_half_a_folder(tmp_path: Path) -> None:
    target = tmp_path / "build"
    _fill(target, "0")
    seen, stop = set(), threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                seen.add((target / "content").read_text())
            except FileNotFoundError:
                continue  # between two renames

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 30):
        _fill(target, str(number))
    stop.set()
    reader.join()
    assert seen <= {str(number) for number in range(30)}
    assert seen


@pytest.mark.parametrize("there", ["file", "foreign", "dangling"])
def test_what_ciskg_did_not_write_stays(tmp_path: Path, there: str) -> None:
    target = tmp_path / "mine"
    if there == "file":
        target.write_text("precious")
    elif there == "foreign":
        target.mkdir()
        (target / "thesis.docx").write_text("precious")
    else:
        target.symlink_to(tmp_path / "nowhere")
    with pytest.raises(OutputError, match="mine: "):
        _fill(target, "new")
    assert _names(tmp_path) == ["mine"]
    if there == "file":
        assert target.read_text() == "precious"
    if there == "foreign":
        assert _names(target) == ["thesis.docx"]


def test_an_empty_folder_is_filled_and_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    _fill(tmp_path / "link", "new")
    _fill(tmp_path / "link", "newer")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "content").read_text() == "newer"


@pytest.mark.parametrize("target", ["/proc/build", "/dev/null/build"])
def test_a_place_that_cannot_be_written_is_named(target: str) -> None:
    with pytest.raises(OutputError, match=target):
        _fill(Path(target), "new")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    def broken() -> object:
        yield "half"
        raise ValueError

    target = tmp_path / "graph.ttl"
    whole_file(target, ["one\r\n", "два\n"])
    assert target.read_bytes() == "one\r\nдва\n".encode()
    with pytest.raises(ValueError, match=r"^$"):
        whole_file(target, broken())  # type: ignore[arg-type]
    assert target.read_bytes() == "one\r\nдва\n".encode()
    assert _names(tmp_path) == ["graph.ttl"]


def test_a_file_has_the_rights_that_the_user_gives_to_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        whole_file(tmp_path / "a", ["x"])
        _fill(tmp_path / "b", "x")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o750


def test_a_file_is_not_written_over_a_folder_or_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="is a folder; name a file"):
        whole_file(tmp_path, ["x"])
    with pytest.raises(OutputError, match="cannot be written"):
        whole_file(tmp_path / "file" / "x", ["x"])


def test_a_pipe_is_written_as_it_comes() -> None:
    whole_file(Path("/dev/null"), ["x"])
    assert not Path("/dev/null").is_file()
