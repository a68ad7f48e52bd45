"""Encodings, and files that are no text."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ciskg.model import Document
from ciskg.read import ReadError, Source, find_sources, read_document, read_text

RUSSIAN = (
    "Саммит СНГ в Минске\n\n"
    "Главы государств Содружества обсудили повестку дня и подписали ряд документов.\n"
    "Председательство переходит к Республике Казахстан, сообщил исполнительный секретарь.\n"
)
FRENCH = "Le président a été reçu à Genève. La décision a été adoptée à l'unanimité.\n"
ENGLISH = "The “summit” – held in Minsk’s palace – was chaired by President Lukashenko.\n"


def read(path: Path, data: bytes) -> Document:
    path.write_bytes(data)
    return read_document(Source(path.stem, path))


def refused(path: Path, data: bytes) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read(path, data)
    assert caught.value.path == str(path)
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (RUSSIAN, "utf-32"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        ("Саммит СНГ прошёл в Минске.", "cp1251"),
        ("«СНГ» — так назвали Содружество.", "cp1251"),
        ("CIS summit. Саммит прошёл в «Минске».", "cp1251"),
        (FRENCH, "latin-1"),
        (FRENCH, "utf-16-le"),
        (ENGLISH, "cp1252"),
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-16-be"),
        ("Мир", "utf-16-le"),
    ],
)
def test_an_encoding_is_found(tmp_path: Path, text: str, encoding: str) -> None:
    assert read(tmp_path / "a.txt", text.encode(encoding)).text == text


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path, mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert read(tmp_path / "a.txt", mark + RUSSIAN.encode(encoding)).text == RUSSIAN


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "cp1251"])
def test_newlines_are_made_one(tmp_path: Path, newline: str, encoding: str) -> None:
    data = RUSSIAN.replace("\n", newline).encode(encoding)
    assert read(tmp_path / "a.txt", data).text == RUSSIAN


def test_no_other_character_of_a_text_is_changed(tmp_path: Path) -> None:
    text = (
        "\ufeff\u00a0Title\u2028\x0c with\u00a0spaces e\u0301 and é\n \n\tA sentence is here.  \n\n"
    )
    assert read(tmp_path / "a.txt", text.encode("utf-8")).text == text.removeprefix("\ufeff")


def test_one_wrong_byte_in_utf8_is_named_with_its_offset(tmp_path: Path) -> None:
    data = RUSSIAN.encode("utf-8")
    broken = data[:100] + b"\xff" + data[100:]
    assert "byte 100 (0xff)" in str(refused(tmp_path / "a.txt", broken))


def test_two_encodings_in_one_file_are_refused(tmp_path: Path) -> None:
    first = RUSSIAN.encode("utf-8")
    error = refused(tmp_path / "a.txt", first + RUSSIAN.encode("cp1251"))
    assert f"byte {len(first)} " in str(error)
    assert "mixes encodings" in str(error)
    error = refused(tmp_path / "b.txt", RUSSIAN.encode("cp1251") * 20 + first)
    assert "byte 0 " in str(error)


def test_a_file_cut_off_inside_a_character_is_refused(tmp_path: Path) -> None:
    data = RUSSIAN.rstrip().removesuffix(".").encode("utf-8")[:-1]
    assert f"byte {len(data) - 1} " in str(refused(tmp_path / "a.txt", data))


def test_utf16_cut_off_inside_a_character_is_refused(tmp_path: Path) -> None:
    data = RUSSIAN.encode("utf-16")[:-1]
    assert f"byte {len(data) - 1} does not fit" in str(refused(tmp_path / "a.txt", data))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.txt", b"").problem == "the file is empty"


@pytest.mark.parametrize("data", [b" \n\t\r\n ", b"\xef\xbb\xbf", b"\xff\xfe", "\u00a0\n".encode()])
@pytest.mark.parametrize("ending", ["txt", "md", "html"])
def test_a_file_without_words_is_refused(tmp_path: Path, data: bytes, ending: str) -> None:
    assert refused(tmp_path / f"a.{ending}", data).problem == "it holds no words"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "a JPEG image"),
        (b"GIF89a\x01\x00\x01\x00\x80", "a GIF image"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "a gzip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "an old Word or Excel file"),
        (b"{\\rtf1\\ansi Summit}", "an RTF file"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "an image, sound or film"),
    ],
)
def test_other_formats_are_named(tmp_path: Path, data: bytes, name: str) -> None:
    assert f"not text but {name}" in refused(tmp_path / "a.txt", data).problem


def test_a_word_that_begins_like_a_format_is_text(tmp_path: Path) -> None:
    text = "GIF8 and RIFF are formats, says the minister.\n"
    assert read(tmp_path / "a.txt", text.encode()).text == text


def test_binary_data_are_refused(tmp_path: Path) -> None:
    data = bytes(range(256)) * 40
    assert refused(tmp_path / "a.txt", data).problem == "a binary file, not text"


def test_a_nul_byte_in_a_text_is_named_with_its_offset(tmp_path: Path) -> None:
    data = ENGLISH.encode() * 5
    error = refused(tmp_path / "a.txt", data[:50] + b"\0" + data[50:])
    assert error.problem == "NUL byte at byte 50 in otherwise plain text"
    error = refused(tmp_path / "b.txt", ("Саммит\0 СНГ " * 9).encode("utf-16"))
    assert error.problem == "NUL character at character 6"


def test_a_single_control_character_does_not_make_a_text_binary(tmp_path: Path) -> None:
    text = "The summit\x07 of the Commonwealth of Independent States was held in Minsk.\n"
    assert read(tmp_path / "a.txt", text.encode()).text == text


def test_the_declared_encoding_of_a_page_is_used(tmp_path: Path) -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>СОВЕТ ГЛАВ.</p>'
    assert read(tmp_path / "a.html", page.encode("koi8-r")).text == "СОВЕТ ГЛАВ."


def test_a_page_saved_as_utf8_may_declare_another_encoding(tmp_path: Path) -> None:
    page = '<meta charset="windows-1251"><p>Саммит СНГ.</p>'
    assert read(tmp_path / "a.html", page.encode()).text == "Саммит СНГ."


@pytest.mark.parametrize("charset", ["no-such-thing", "base64", "utf-8"])
def test_a_wrong_declaration_is_passed_over(tmp_path: Path, charset: str) -> None:
    page = f"<meta charset={charset}><p>{RUSSIAN}</p>"
    assert "Содружества" in read(tmp_path / "a.html", page.encode("cp1251")).text


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="No such file"):
        read_document(Source("a", tmp_path / "a.txt"))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may read, while the test runs without the rights of root."""
    user = os.geteuid()
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
        os.seteuid(user)


def give_up_root() -> None:
    if os.geteuid() == 0:
        os.seteuid(65534)


def test_a_file_or_folder_without_rights_is_refused(open_folder: Path) -> None:
    path = open_folder / "a.txt"
    path.write_text(ENGLISH, encoding="utf-8")
    path.chmod(0o644)
    folder = open_folder / "closed"
    folder.mkdir()
    (folder / "b.txt").write_text(ENGLISH, encoding="utf-8")
    closed = open_folder / "c.txt"
    closed.write_text(ENGLISH, encoding="utf-8")
    closed.chmod(0)
    folder.chmod(0)
    give_up_root()
    assert read_document(Source("a", path)).text == ENGLISH
    with pytest.raises(ReadError, match="you may not read it"):
        read_document(Source("c", closed))
    sources = find_sources([open_folder])
    assert [source.key for source in sources.documents] == ["a", "c"]
    assert [str(problem) for problem in sources.problems] == [
        f"{folder}: you may not read it; check its rights"
    ]


def test_a_file_above_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("word " * 300)
    with pytest.raises(ReadError, match="1,500 bytes are more than the 1,000 of one document"):
        read_document(Source("a", path), limit=1000)
    assert read_document(Source("a", path), limit=1500).key == "a"


def test_a_string_may_not_hold_nul_or_half_a_character() -> None:
    with pytest.raises(ReadError, match="NUL character at character 3"):
        read_text("The\0 summit.")
    with pytest.raises(ReadError, match="surrogate pair at character 4"):
        read_text("The \ud800summit.")
    with pytest.raises(ReadError, match="it holds no words"):
        read_text(" \n")
