"""PDF and Word files, made here and built by the real command; every sentence is made up."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import docx
import fpdf
import pymupdf_fonts
import pytest

from ciskg.read import ReadError, Source, read_document
from ciskg.read.hyphens import joined, rules, words_of

MOSCOW = (
    "On 8 October 2024 the Council of Heads of State of the Commonwealth of Independent States"
    " met in Moscow under the chairmanship of Russia."
)
FILLER = "The ministers spoke about railways, customs posts, harvests and the price of bread. "
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ciskg(ciskg: Run) -> Run:
    """Build in an empty folder; gives exit code, stdout and stderr."""
    return partial(ciskg, "build")


def quotes() -> list[str]:
    """The words of all evidence, each as it stands at its place in the stored text."""
    with Path("build/tables/evidence.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        text = Path("build/texts", f"{row['document']}.txt").read_bytes().decode()
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]
    return [row["quote"] for row in rows]


def read(path: str) -> Any:
    return read_document(Source("a", Path(path)))


def blocks(document: Any, *kinds: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind in kinds]


class Paper(fpdf.FPDF):  # type: ignore[misc]
    """Pages with a head and a number, as a printed bulletin has them."""

    def header(self) -> None:
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, "Bulletin of the Commonwealth, No. 3", new_x="LMARGIN", new_y="NEXT")
        self.ln(6)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, f"- {self.page_no()} -", align="C")

    def says(self, words: str, *, size: int = 11, width: int = 0, font: str = "Helvetica") -> None:
        self.set_font(font, size=size)
        self.multi_cell(width, size * 0.5, words, align="J", new_x="LMARGIN", new_y="NEXT")
        self.ln(3)


@pytest.fixture
def paper() -> Paper:
    made = Paper()
    made.add_page()
    return made


# PDF


def test_a_pdf_is_built_with_true_quotes(ciskg: Run, paper: Paper) -> None:
    paper.says("Session of the Council of Heads of State", size=18)
    paper.says("8 October 2024")
    paper.says(f"{MOSCOW} {FILLER * 3}")
    paper.output("a.pdf")
    code, _, err = ciskg("a.pdf")
    assert code == 0, err
    assert any("Council of Heads of State" in quote for quote in quotes())
    document = read("a.pdf")
    assert blocks(document, "heading")[0] == "Session of the Council of Heads of State"
    assert f"{MOSCOW} {FILLER * 3}".strip() in blocks(document, "paragraph")
    assert (document.published, document.published_from) == ("2024-10-08", "text")


def test_heads_and_feet_are_furniture_and_paragraphs_go_on_over_pages(
    tmp_path: Path, paper: Paper
) -> None:
    for number in range(30):
        paper.says(f"Paragraph {number} begins here. {FILLER * 5}Here paragraph {number} ends.")
    paper.output(str(tmp_path / "a.pdf"))
    document = read(str(tmp_path / "a.pdf"))
    pages = paper.page_no()
    assert pages > 2
    head = "Bulletin of the Commonwealth, No. 3"
    feet = {f"- {n} -" for n in range(1, pages + 1)}
    assert blocks(document, "furniture").count(head) == pages
    assert feet <= set(blocks(document, "furniture"))
    own = blocks(document, "paragraph")
    assert len(own) == 30
    for number, text in enumerate(own):
        assert text.startswith(f"Paragraph {number} begins")
        assert text.endswith(f"paragraph {number} ends.")


def test_a_file_says_no_day_and_no_title_that_its_pages_do_not(
    tmp_path: Path, paper: Paper
) -> None:
    paper.says("Session of the Council", size=18)
    paper.says(FILLER * 4)
    paper.set_title("Microsoft Word - draft7.docx")
    paper.set_creation_date(datetime(2024, 1, 2, tzinfo=UTC))
    path = str(tmp_path / "a.pdf")
    paper.output(path)
    assert (read(path).title, read(path).published) == ("Session of the Council", None)


def test_the_title_of_a_file_that_its_first_page_shows_is_taken(
    tmp_path: Path, paper: Paper
) -> None:
    paper.says("No. 3", size=18)
    paper.says(f"Talks on railways. {FILLER}")
    paper.set_title("Talks on  Railways")
    path = str(tmp_path / "a.pdf")
    paper.output(path)
    assert read(path).title in ("Talks on Railways", "Talks on  Railways")


def test_words_parted_at_the_end_of_a_line_are_whole(tmp_path: Path, paper: Paper) -> None:
    lines = [
        "The ministers of the Kazakh-",
        "Russian commission and the vice-",
        "president praised the coope-",
        "ration of their states in 2020-",
        "2024, a well-known success.",
    ]
    paper.set_font("Helvetica", size=11)
    for line in lines:
        paper.cell(60, 5, line, new_x="LMARGIN", new_y="NEXT")
    path = str(tmp_path / "a.pdf")
    paper.output(path)
    assert blocks(read(path), "paragraph") == [
        "The ministers of the Kazakh-Russian commission and the vice-president praised the"
        " cooperation of their states in 2020-2024, a well-known success."
    ]


def test_soft_hyphens_are_no_letters(tmp_path: Path, paper: Paper) -> None:
    paper.says("The Com\u00admon\u00adwealth of Inde\u00adpen\u00addent States is a body. " * 6)
    path = str(tmp_path / "a.pdf")
    paper.output(path)
    document = read(path)
    assert document.text.count("Commonwealth of Independent States") == 6
    assert "\u00ad" not in document.text


def test_a_table_of_a_pdf_is_rows(tmp_path: Path, paper: Paper) -> None:
    paper.says(FILLER * 4)
    paper.set_font("Helvetica", size=11)
    rows = (
        ("Year", "Chair", "City"),
        ("2023", "Kyrgyzstan", "Bishkek"),
        ("2024", "Russia", "Moscow"),
    )
    with paper.table(first_row_as_headings=False) as table:
        for row in rows:
            line = table.row()
            for cell in row:
                line.cell(cell)
    paper.says(FILLER * 4)
    path = str(tmp_path / "a.pdf")
    paper.output(path)
    assert blocks(read(path), "row") == [" | ".join(row) for row in rows]


def test_russian_text_is_read(ciskg: Run, paper: Paper) -> None:
    Path("cyrillic.ttf").write_bytes(pymupdf_fonts.myfont("notos"))
    paper.add_font("Sans", fname="cyrillic.ttf")
    russian = (
        "8 октября 2024 года в Москве состоялось заседание Совета глав государств СНГ"
        " под председательством России. "
    )
    paper.says(russian * 4, font="Sans")
    paper.output("a.pdf")
    assert ciskg("a.pdf")[0] == 0
    assert any("Совета глав государств СНГ" in quote for quote in quotes())
    assert read("a.pdf").language == "ru"


def test_a_pdf_of_pictures_is_told_with_the_remedy(ciskg: Run, paper: Paper) -> None:
    made = fpdf.FPDF()
    made.add_page()
    made.rect(20, 20, 100, 100)
    made.output("scan.pdf")
    paper.says(FILLER * 3)
    paper.output("a.pdf")
    code, out, err = ciskg("scan.pdf", "a.pdf")
    assert code == 3
    assert out.startswith("1 document, ")
    assert (
        "scan.pdf: it has no text layer: its pages are pictures;"
        " recognise its text first, for example with ocrmypdf" in err
    )


def test_pages_without_text_among_others_are_told(ciskg: Run) -> None:
    made = fpdf.FPDF()
    for number in range(3):
        made.add_page()
        made.set_font("Helvetica", size=11)
        if number != 1:
            made.multi_cell(0, 5, f"{MOSCOW} {number}", new_x="LMARGIN", new_y="NEXT")
    made.output("a.pdf")
    code, out, _ = ciskg("a.pdf")
    assert code == 0
    assert "a.pdf: no text on 1 of its pages: 2" in out


def test_an_encrypted_pdf_is_told(tmp_path: Path, paper: Paper) -> None:
    paper.says(FILLER)
    paper.set_encryption("owner", "user")
    path = str(tmp_path / "a.pdf")
    paper.output(path)
    with pytest.raises(ReadError, match="encrypted with a password"):
        read(path)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7\nbroken", b"PK\x03\x04broken", b"words", b"\0" * 99]
)
def test_a_broken_file_is_told(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError) as told:
        read(str(path))
    assert str(told.value).startswith(f"{path}: ")


def test_every_example_of_hyphens_is_read() -> None:
    assert rules().reads
    for example in (*rules().reads, *rules().ignores):
        first, second = example["lines"]
        assert joined(first, second) == example["text"]


def test_the_document_itself_settles_a_hyphen() -> None:
    words = words_of(["a well-to-do re-elected", "the reelection of x"])
    assert joined("they re-", "elected him", words) == "they re-elected him"
    assert joined("the re-", "election", words) == "the reelection"
    assert joined("a dash -", "and more") == "a dash - and more"


# Word


def word() -> Any:
    made = docx.Document()
    made.add_heading("Session of the Council of Heads of State", 0)
    made.add_paragraph("8 October 2024, Moscow")
    return made


def test_a_word_file_is_built_with_true_quotes(ciskg: Run) -> None:
    made = word()
    made.add_heading("Results", 1)
    made.add_paragraph(f"{MOSCOW} {FILLER}")
    made.add_paragraph("a joint list", style="List Bullet")
    table = made.add_table(3, 2)
    for row, cells in enumerate((("Year", "Chair"), ("2023", "Kyrgyzstan"), ("2024", "Russia"))):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    made.sections[0].header.paragraphs[0].text = "Bulletin, page head"
    made.save("a.docx")
    code, _, err = ciskg("a.docx")
    assert code == 0, err
    assert any("Council of Heads of State" in quote for quote in quotes())
    document = read("a.docx")
    assert blocks(document, "row") == ["Year | Chair", "2023 | Kyrgyzstan", "2024 | Russia"]
    assert blocks(document, "item") == ["a joint list"]
    assert "Results" in blocks(document, "heading")
    assert document.title == "Session of the Council of Heads of State"
    assert (document.published, document.published_from) == ("2024-10-08", "text")
    assert "page head" not in document.text


def test_days_and_titles_of_a_word_file_that_its_text_does_not_say(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Talks on railways")
    made.add_paragraph(FILLER * 2)
    made.core_properties.title = "Template of letters"
    path = str(tmp_path / "a.docx")
    made.save(path)
    assert (read(path).title, read(path).published) == ("Talks on railways", None)
    made.core_properties.title = "talks on Railways"
    made.save(path)
    assert read(path).title == "talks on Railways"


def test_what_was_struck_out_is_not_read_and_what_was_added_is(tmp_path: Path) -> None:
    made = word()
    paragraph = made.add_paragraph("The ministers met in Minsk")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for mark, tag, words in (("del", "delText", " yesterday"), ("ins", "t", " in the morning")):
        inner = f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'
        xml = f"<w:{mark} {space}>{inner}</w:{mark}>"
        paragraph._p.append(docx.oxml.parse_xml(xml))
    path = str(tmp_path / "a.docx")
    made.save(path)
    assert read(path).text.endswith("The ministers met in Minsk in the morning")


def test_entities_that_grow_are_refused(tmp_path: Path) -> None:
    made = word()
    buffer = io.BytesIO()
    made.save(buffer)
    path = tmp_path / "a.docx"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                head = f'<!DOCTYPE d [<!ENTITY l0 "{"ha" * 50}">{laughs}]>'.encode()
                data = data.replace(b"?>", b"?>" + head, 1).replace(b"8 October", b"&l9; October")
            new.writestr(name, data)
    with pytest.raises(ReadError, match="no DOCX file, or a broken one"):
        read(str(path))


def test_an_old_word_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(ReadError, match="encrypted document, or one of an old Word"):
        read(str(path))
