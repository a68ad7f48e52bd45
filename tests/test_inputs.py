"""Every kind of input, built by the real command: what is read, how it is named, what is told.

The files are made here; the sentences are made up. Every quote of every build is looked up in
the stored text.
"""

import csv
import gzip
import io
import json
import sys
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from warcio import statusandheaders, warcwriter

MOSCOW = (
    "Vladimir Putin took part in a meeting of the CIS Council of Heads of State"
    " on October 8, 2024 in Moscow."
)
MINSK = "On 3 May 2021 the presidents of Russia and Belarus met in Minsk."
ASTANA = (
    "5 мая 2022 года в Астане состоялось заседание Совета глав государств СНГ"
    " под председательством Казахстана."
)
PAGE = f"<html><body><h1>Session of the Council</h1><p>{MOSCOW}</p></body></html>"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ciskg(ciskg: Run) -> Run:
    """Build in an empty folder; gives exit code, stdout and stderr. All quotes must be true."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code, out, err = ciskg("build", *arguments)
        if code == 0:
            assert_quotes_are_true()
        return code, out, err

    return call


def assert_quotes_are_true() -> None:
    rows = table("evidence")
    assert rows
    for row in rows:
        text = Path("build/texts", f"{row['document']}.txt").read_bytes().decode()
        quote = text[int(row["start"]) : int(row["end"])]
        assert quote
        assert quote == row["quote"].removeprefix("'") or quote == row["quote"]


def table(name: str) -> list[dict[str, str]]:
    with Path(f"build/tables/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def documents() -> dict[str, dict[str, str]]:
    return {row["document"]: row for row in sorted(table("documents"), key=lambda r: r["document"])}


def write_zip(path: str, members: Mapping[str, str | bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def write_csv(path: str, header: list[str], *rows: list[str], delimiter: str = ",") -> None:
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([header, *rows])


def write_jsonl(path: str, *objects: object) -> None:
    Path(path).write_text("".join(json.dumps(o) + "\n" for o in objects), encoding="utf-8")


Answer = tuple[str, str, str, bytes]  # address, status, type, what was sent


def write_warc(path: str, *answers: Answer, extra: Mapping[str, str] = {}) -> None:
    with Path(path).open("wb") as file:
        writer = warcwriter.WARCWriter(file, gzip=path.endswith(".gz"))
        for number, (url, status, kind, data) in enumerate(answers, 1):
            headers = statusandheaders.StatusAndHeaders(
                status, [("Content-Type", kind), *extra.items()], protocol="HTTP/1.1"
            )
            record = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(data),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": f"2025-06-{number:02}T00:00:00Z"},
            )
            writer.write_record(record)


def write_parquet(path: str, columns: Mapping[str, list[Any]]) -> None:
    from pyarrow import parquet

    parquet.write_table(pyarrow.table(columns), path)


# Archives


def test_a_zip_is_read_in_place_with_its_table(ciskg: Run) -> None:
    write_zip(
        "pages.zip",
        {
            "2024/moscow.html": PAGE,
            "2021/minsk.txt": MINSK,
            "2022/астана.md": f"# Встреча\n\n{ASTANA}\n",
            "documents.csv": "file,publisher,published\n2021/minsk.txt,Gazette,2021-05-04\n",
            "__MACOSX/2021/._minsk.txt": "x",
            ".hidden.txt": "x",
            "2024/photo.jpg": b"\xff\xd8\xff",
            "2024/style.css": "p{}",
        },
    )
    code, out, err = ciskg("pages.zip")
    assert code == 0, err
    found = documents()
    assert list(found) == ["pages-2021-minsk", "pages-2022-астана", "pages-2024-moscow"]
    minsk = found["pages-2021-minsk"]
    assert (minsk["publisher"], minsk["published"]) == ("Gazette", "2021-05-04")
    assert "pages.zip: 2 members passed over (1 .css, 1 .jpg)" in out
    assert sorted(p.name for p in Path().iterdir()) == ["build", "pages.zip"]


def test_hostile_names_in_a_zip_lead_nowhere(ciskg: Run) -> None:
    with zipfile.ZipFile("in.zip", "w") as archive:
        for name in ("../../up.txt", "/etc/abs.txt", "C:\\x\\win.txt", "two.txt", "a/../b.txt"):
            archive.writestr(name, MINSK)
        archive.writestr("a\nb\x1b[31m.txt", MOSCOW)
        archive.writestr("x" * 300 + ".txt", MOSCOW)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("two.txt", MOSCOW)
    code, out, err = ciskg("in.zip")
    assert code == 0, err
    keys = list(documents())
    assert {"in-up", "in-etc-abs", "in-C:-x-win", "in-two", "in-two-2", "in-a-b"} <= set(keys)
    assert any(key.startswith("in-a%0Ab%1B") for key in keys)
    assert max(len(key.encode()) for key in keys) <= 200
    assert len(keys) == 8
    assert "\x1b" not in out + err
    assert {p.name for p in Path("build/texts").iterdir()} == {f"{key}.txt" for key in keys}


def test_names_in_the_letters_of_russian_dos_are_read(ciskg: Run) -> None:
    write_zip("a.zip", {"XXXXXX.txt": MINSK})
    data = Path("a.zip").read_bytes().replace(b"XXXXXX", "Минск1".encode("cp866"))
    Path("a.zip").write_bytes(data)
    assert ciskg("a.zip")[0] == 0
    assert list(documents()) == ["a-Минск1"]


def test_a_broken_member_stops_no_other(ciskg: Run) -> None:
    with zipfile.ZipFile("in.zip", "w") as archive:
        for name, text in (("a.txt", MINSK), ("b.txt", MOSCOW), ("c.txt", ""), ("d.txt", ASTANA)):
            archive.writestr(name, text)
    data = Path("in.zip").read_bytes()
    Path("in.zip").write_bytes(data.replace(MOSCOW.encode(), MOSCOW[::-1].encode(), 1))
    code, out, err = ciskg("in.zip")
    assert code == 3
    assert out.startswith("2 documents, ")
    assert "in.zip!b.txt: broken in the archive: Bad CRC-32" in err
    assert "in.zip!c.txt: the file is empty" in err
    assert_quotes_are_true()


def test_a_bomb_is_refused_and_the_others_are_read(ciskg: Run) -> None:
    write_zip("in.zip", {"bomb.txt": " " * 50_000_000, "a.txt": MINSK, "b.csv": "x" * 30_000_000})
    code, _, err = ciskg("in.zip")
    assert code == 3
    assert "in.zip!bomb.txt: it expands from" in err
    assert "in.zip!b.csv: it expands from" in err
    assert list(documents()) == ["in-a"]


def test_an_archive_that_expands_beyond_reason_is_refused(ciskg: Run) -> None:
    write_zip("in.zip", {f"{n}.txt": MINSK for n in range(3)})
    data = bytearray(Path("in.zip").read_bytes())
    at = 0
    for _ in range(3):  # the sizes in the directory, as its maker may claim them
        at = data.index(b"PK\x01\x02", at) + 24
        data[at : at + 4] = (2_000_000_000).to_bytes(4, "little")
    Path("in.zip").write_bytes(data)
    code, _, err = ciskg("in.zip")
    assert code == 3
    assert "in.zip: it expands to 6,000,000,000 bytes" in err


def test_an_encrypted_member_is_named(ciskg: Run) -> None:
    write_zip("in.zip", {"a.txt": MINSK, "b.txt": MOSCOW})
    data = bytearray(Path("in.zip").read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag that says so
    Path("in.zip").write_bytes(data)
    code, _, err = ciskg("in.zip")
    assert code == 3
    assert "in.zip!b.txt: it is encrypted; unpack it and give the folder" in err
    assert list(documents()) == ["in-a"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"no archive"])
def test_what_is_no_archive_is_told(ciskg: Run, data: bytes) -> None:
    Path("in.zip").write_bytes(data)
    code, _, err = ciskg("in.zip")
    assert code == 3
    assert "in.zip: no ZIP archive: " in err


def test_a_corpus_in_an_archive_is_read_and_an_archive_in_an_archive_is_not(ciskg: Run) -> None:
    rows = f"{json.dumps({'id': 'a', 'text': MINSK})}\n{{broken\n"
    write_zip("in.zip", {"data/rows.jsonl": rows, "more.zip": b"PK", "t.csv": f"text\n{MINSK}\n"})
    code, _, err = ciskg("in.zip")
    assert code == 3
    assert list(documents()) == ["in-data-rows-a", "in-t-000001"]
    assert "in.zip!data/rows.jsonl:2: no JSON" in err
    assert "in.zip!more.zip: .zip inside an archive is not read; unpack it" in err


# Crawls


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_a_warc_gives_the_pages_under_their_addresses(ciskg: Run, name: str) -> None:
    russian = f"<html><body><p>{ASTANA}</p></body></html>".encode("cp1251")
    write_warc(
        name,
        ("https://www.gazette.example/2024/10/08/moscow", "200 OK", "text/html", PAGE.encode()),
        (
            "https://gazette.example/a.txt?n=1",
            "200 OK",
            "text/plain; charset=utf-8",
            MINSK.encode(),
        ),
        ("https://gazette.example/ru", "200 OK", "text/html; charset=windows-1251", russian),
        ("https://gazette.example/p.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://gazette.example/gone", "404 Not Found", "text/html", PAGE.encode()),
        ("https://gazette.example/ru", "200 OK", "text/html; charset=windows-1251", russian),
    )
    code, out, err = ciskg(name)
    assert code == 0, err
    found = documents()
    assert list(found) == [
        "crawl-gazette.example-2024-10-08-moscow",
        "crawl-gazette.example-a.txt?n=1",
        "crawl-gazette.example-ru",
    ]
    moscow, minsk, _ = found.values()
    assert moscow["url"] == "https://www.gazette.example/2024/10/08/moscow"
    assert moscow["published"] == "2024-10-08"  # of the address, not of the capture
    assert minsk["published"] == ""
    assert (
        f"{name}: 3 records passed over"
        " (1 captured again unchanged, 1 image/png, 1 status 404)" in out
    )
    assert "Казахстана" in Path("build/texts/crawl-gazette.example-ru.txt").read_text("utf-8")


def test_a_page_that_changed_between_two_captures_is_two_documents(ciskg: Run) -> None:
    url = "https://gazette.example/now"
    write_warc(
        "c.warc",
        (url, "200 OK", "text/plain", MINSK.encode()),
        (url, "200 OK", "text/plain", MOSCOW.encode()),
    )
    assert ciskg("c.warc")[0] == 0
    assert list(documents()) == ["c-gazette.example-now", "c-gazette.example-now-20250602000000"]


def test_a_compressed_answer_is_read(ciskg: Run) -> None:
    answer = ("https://e.example/a", "200 OK", "text/html", gzip.compress(PAGE.encode()))
    write_warc("c.warc", answer, extra={"Content-Encoding": "gzip"})
    assert ciskg("c.warc")[0] == 0
    assert MOSCOW in Path("build/texts/c-e.example-a.txt").read_text("utf-8")


def test_a_warc_that_is_cut_off_gives_what_stands_before(ciskg: Run) -> None:
    url = "https://gazette.example/"
    pages = [(f"{url}{n}", "200 OK", "text/plain", f"{MINSK} {n}".encode()) for n in range(5)]
    write_warc("c.warc.gz", *pages)
    data = Path("c.warc.gz").read_bytes()
    Path("c.warc.gz").write_bytes(data[: len(data) * 7 // 10])
    code, _, err = ciskg("c.warc.gz")
    assert code == 3
    assert "c.warc.gz: broken after record 3: Compressed file ended" in err
    assert list(documents()) == [f"c-gazette.example-{n}" for n in range(3)]
    assert_quotes_are_true()


def test_a_record_that_is_cut_off_is_named(ciskg: Run) -> None:
    url = "https://gazette.example/"
    pages = [(f"{url}{n}", "200 OK", "text/plain", f"{MINSK} {n}".encode()) for n in range(2)]
    write_warc("c.warc", *pages)
    Path("c.warc").write_bytes(Path("c.warc").read_bytes()[:-20])
    code, _, err = ciskg("c.warc")
    assert code == 3
    assert f"c.warc!{url}1: its end is missing" in err
    assert list(documents()) == ["c-gazette.example-0"]


@pytest.mark.parametrize("data", [b"", b"no warc\n" * 9, b"\x1f\x8bbroken"])
def test_what_is_no_warc_is_told(ciskg: Run, data: bytes) -> None:
    Path("c.warc.gz").write_bytes(data)
    code, _, err = ciskg("c.warc.gz")
    assert code == 3
    assert "c.warc.gz: " in err


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"WARC-Target-URI", b"WARC-Target-XXX"),
        (b"Content-Length: ", b"Content-Length: 99999999999999999999"),
    ],
)
def test_a_damaged_record_is_told(ciskg: Run, old: bytes, new: bytes) -> None:
    url = "https://gazette.example/"
    pages = [(f"{url}{n}", "200 OK", "text/plain", f"{MINSK} {n}".encode()) for n in range(2)]
    write_warc("c.warc", *pages)
    data = Path("c.warc").read_bytes()
    at = data.rindex(old)
    Path("c.warc").write_bytes(data[:at] + data[at:].replace(old, new))
    code, _, err = ciskg("c.warc")
    assert code == 3
    assert "c.warc: broken after record 1: a damaged record; the rest is not read" in err
    assert list(documents()) == ["c-gazette.example-0"]


# Corpora

HEADER = ["id", "Headline", "date", "source", "link", "lang", "Full text"]
ROWS = [
    ["k/1", "Session", "8 October 2024", "Gazette", "https://g.example/1", "en", MOSCOW],
    ["k/2", "Talks", "2021-05-04T10:00:00+03:00", "https://g.example", "", "", MINSK],
    ["k/3", "Встреча", "05.05.2022", "Газета", "", "ru", ASTANA],
]


def write_rows(path: str) -> None:
    if path.endswith(".parquet"):
        write_parquet(path, {name: [row[n] for row in ROWS] for n, name in enumerate(HEADER)})
    elif "jsonl" in path or "ndjson" in path:
        write_jsonl(path, *(dict(zip(HEADER, row, strict=True)) for row in ROWS))
    else:
        write_csv(path, HEADER, *ROWS, delimiter="\t" if ".tsv" in path else ",")
    if path.endswith(".gz"):
        Path(path).write_bytes(gzip.compress(Path(path).read_bytes()))


@pytest.mark.parametrize(
    "name",
    ["c.csv", "c.tsv", "c.csv.gz", "c.jsonl", "c.ndjson", "c.jsonl.gz", "c.parquet", "C.CSV"],
)
def test_a_corpus_gives_a_document_a_row(ciskg: Run, name: str) -> None:
    write_rows(name)
    code, _, err = ciskg(name)
    assert code == 0, err
    stem = name[0]
    found = documents()
    assert list(found) == [f"{stem}-k-1", f"{stem}-k-2", f"{stem}-k-3"]
    shown = [
        (row["title"], row["published"], row["publisher"], row["url"], row["language"])
        for row in found.values()
    ]
    assert shown == [
        ("Session", "2024-10-08", "Gazette", "https://g.example/1", "en"),
        ("Talks", "2021-05-04", "", "https://g.example", "en"),
        ("Встреча", "2022-05-05", "Газета", "", "ru"),
    ]


def test_rows_without_an_id_have_the_number_of_the_row(ciskg: Run) -> None:
    write_csv("c.csv", ["text"], [MINSK], [""], [MOSCOW])
    code, out, _ = ciskg("c.csv")
    assert code == 0
    assert list(documents()) == ["c-000001", "c-000003"]
    assert "c.csv: 1 row passed over (1 without text)" in out


def test_ids_that_come_twice_stay_two_documents(ciskg: Run) -> None:
    Path("c-a.txt").write_text(MINSK)
    write_jsonl("c.jsonl", *({"id": i, "text": MINSK} for i in ("a", "A", "a", 7, 7.0, None)))
    assert ciskg("c.jsonl", "c-a.txt")[0] == 0
    assert list(documents()) == ["c-000006", "c-7", "c-7-2", "c-A-3", "c-a", "c-a-2", "c-a-4"]


def test_the_columns_may_be_told(ciskg: Run) -> None:
    write_csv("c.csv", ["text", "speech", "made", "who"], ["no", MINSK, "2021", "Gazette"])
    told = ("--column", "published=made", "--column", "publisher=who")
    assert ciskg("c.csv", "--text-column", "speech", *told)[0] == 0
    (row,) = documents().values()
    assert (row["published"], row["publisher"]) == ("2021", "Gazette")
    assert Path("build/texts/c-000001.txt").read_text("utf-8") == MINSK


def test_a_column_in_an_object_is_told_by_its_path(ciskg: Run) -> None:
    write_jsonl("c.jsonl", {"body": [MINSK, MOSCOW], "meta": {"day": "2021-05-04"}})
    assert ciskg("c.jsonl", "--column", "published=meta.day")[0] == 0
    assert documents()["c-000001"]["published"] == "2021-05-04"
    assert Path("build/texts/c-000001.txt").read_text("utf-8") == f"{MINSK}\n\n{MOSCOW}"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["c.csv"], 3, "c.csv: no column of texts among a, b; name it with --text-column NAME"),
        (["c.csv", "--text-column", "x"], 3, "c.csv: no column 'x'; its columns are a, b"),
        (["c.csv", "--column", "a"], 2, "'a' is not FIELD=NAME; FIELD is one of text, id, title"),
        (["c.csv", "--column", "day=a"], 2, "'day=a' is not FIELD=NAME"),
    ],
)
def test_a_column_that_is_not_there_is_told(
    ciskg: Run, arguments: list[str], code: int, message: str
) -> None:
    write_csv("c.csv", ["a", "b"], ["1", "2"])
    got, _, err = ciskg(*arguments)
    assert got == code
    assert message in " ".join(err.split())


def test_a_table_in_a_folder_that_is_no_corpus_is_passed_over(ciskg: Run) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(MINSK)
    write_csv("in/numbers.csv", ["year", "trade"], ["2021", "7"])
    write_csv("in/documents.csv", ["file", "publisher", "text"], ["a.txt", "Gazette", MOSCOW])
    code, out, _ = ciskg("in")
    assert code == 0
    assert "in/numbers.csv: passed over: no column of texts among year, trade" in out
    assert {key: row["publisher"] for key, row in documents().items()} == {"a": "Gazette"}


def test_the_table_tells_of_a_whole_corpus(ciskg: Run) -> None:
    write_csv("c.csv", ["text", "source"], [MINSK, ""], [MOSCOW, "TASS"])
    write_csv("documents.csv", ["file", "publisher", "title"], ["c.csv", "Archive", "All"])
    assert ciskg("c.csv")[0] == 0
    assert [(r["publisher"], r["title"]) for r in documents().values()] == [
        ("Archive", ""),
        ("TASS", ""),
    ]


def test_a_wrong_row_is_named_by_its_line_and_stops_no_other(ciskg: Run) -> None:
    Path("c.csv").write_bytes(
        b"id,text\n" + f'a,"{MINSK}\n{ASTANA}"\n'.encode() + b"b,one,two,three\n"
        b"c,caf\xff\n" + f'd,"{MOSCOW}"\ne,nul \0 here\n'.encode()
    )
    code, _, err = ciskg("c.csv")
    assert code == 3
    assert list(documents()) == ["c-a", "c-d"]
    assert "c.csv:4: more cells than columns" in err
    assert "c.csv:5: byte 0xff does not fit the encoding of the rest" in err
    assert "c.csv:7: a NUL character at character 4" in err
    assert_quotes_are_true()


def test_a_quotation_mark_that_is_never_closed_is_told(ciskg: Run) -> None:
    Path("c.csv").write_text(f'text\n{MINSK}\n"{"x" * 17_000_000}\n{MOSCOW}\n')
    code, _, err = ciskg("c.csv")
    assert code == 3
    assert "c.csv:3: not CSV: field larger than field limit" in err
    assert "the rest of the file is not read" in err
    assert list(documents()) == ["c-000001"]


def test_a_wrong_line_of_json_is_named_and_stops_no_other(ciskg: Run) -> None:
    lines = [
        json.dumps({"text": MINSK}).encode(),
        b"{broken",
        b"[1]",
        b"",
        b'{"text": 7}',
        b'{"text": "\xff"}',
        b'{"text": "half \\ud83d of a pair"}',
        json.dumps({"text": MOSCOW}).encode(),
        b'{"other": 1}',
    ]
    Path("c.jsonl").write_bytes(b"\xef\xbb\xbf" + b"\n".join(lines))
    code, out, err = ciskg("c.jsonl")
    assert code == 3
    assert out.startswith("2 documents, ")
    for message in (
        "c.jsonl:2: no JSON: ",
        "c.jsonl:3: no JSON object; ",
        "c.jsonl:5: the column 'text' holds no text but int",
        "c.jsonl:6: byte 10 of the line (0xff) is not UTF-8",
        "c.jsonl:7: half of a surrogate pair at character 5",
    ):
        assert message in err
    assert "c.jsonl: 1 row passed over (1 without text)" in out


@pytest.mark.parametrize("name", ["c.csv", "c.jsonl", "c.parquet", "c.tsv.gz", "c.csv.gz"])
@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"\x1f\x8bbroken", b"PAR1broken"])
def test_what_is_no_corpus_is_told(ciskg: Run, name: str, data: bytes) -> None:
    Path(name).write_bytes(data)
    code, _, err = ciskg(name)
    assert code == 3
    assert f"{name}:" in err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_a_table_in_another_encoding_is_read(ciskg: Run, encoding: str) -> None:
    text = f"заголовок;текст\nВстреча;{ASTANA}\nПереговоры;{ASTANA} Они говорили о торговле.\n"
    Path("c.csv").write_bytes(text.encode(encoding))
    assert ciskg("c.csv")[0] == 0
    assert [row["title"] for row in documents().values()] == ["Встреча", "Переговоры"]


def test_a_text_that_is_markup_is_read_as_a_page(ciskg: Run) -> None:
    write_csv("c.csv", ["body"], [PAGE], [f"<p>{MINSK}</p><p>More</p>"], ["a < b. " + MINSK])
    assert ciskg("c.csv")[0] == 0
    texts = [Path(f"build/texts/c-00000{n}.txt").read_text("utf-8") for n in (1, 2, 3)]
    assert texts == [f"Session of the Council\n{MOSCOW}", f"{MINSK}\nMore", "a < b. " + MINSK]


def test_days_of_data_frames_are_read_and_others_told(ciskg: Run) -> None:
    days = [1728345600000, 1728345600, 20241008, "20241008", "2024", "8/9/2024", True]
    write_jsonl("c.jsonl", *({"text": MINSK, "date": day} for day in days))
    code, out, _ = ciskg("c.jsonl")
    assert code == 0
    published = [row["published"] for row in documents().values()]
    assert published == ["2024-10-08"] * 4 + ["2024", "", ""]
    assert "c.jsonl: 1 date is not understood in the column 'date'" in out
    assert "'8/9/2024'; write 2024-10-08" in out


def test_days_and_empty_cells_of_parquet(ciskg: Run) -> None:
    write_parquet(
        "c.parquet",
        {
            "text": [MINSK, MOSCOW, None],
            "date": [datetime(2024, 10, 8, 23), None, datetime(2020, 1, 1)],
            "title": ["Talks", None, "x"],
            "score": [1.5, 2.5, 3.5],
        },
    )
    write_parquet("d.parquet", {"text": [MINSK], "day": [date(2021, 5, 4)], "id": [17]})
    code, out, err = ciskg("c.parquet", "d.parquet")
    assert code == 0, err
    assert {k: r["published"] for k, r in documents().items()} == {
        "c-000001": "2024-10-08",
        "c-000002": "",
        "d-17": "2021-05-04",
    }
    assert "c.parquet: 1 row passed over (1 without text)" in out


def test_a_corpus_is_read_a_row_at_a_time(tmp_path: Path) -> None:
    import tracemalloc

    from ciskg.read import Raw, each_document, find_sources

    row = json.dumps({"text": MINSK * 200}) + "\n"
    with (tmp_path / "c.jsonl").open("w") as file:
        for _ in range(4000):
            file.write(row)
    size = (tmp_path / "c.jsonl").stat().st_size
    assert size > 40_000_000
    tracemalloc.start()
    count = sum(isinstance(i, Raw) for i in each_document(find_sources([tmp_path]).documents))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 4000
    assert peak < size / 8


# Patterns, standard input, saved pages


def test_a_pattern_names_files(ciskg: Run) -> None:
    for name, text in (("a/b/c.txt", MINSK), ("a/d.txt", MOSCOW), ("a/e.md", ASTANA)):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)
    Path("a/documents.csv").write_text("file,publisher\nd.txt,Gazette\n")
    assert ciskg("a/**/*.txt")[0] == 0
    assert {k: r["publisher"] for k, r in documents().items()} == {"c": "", "d": "Gazette"}
    assert ciskg("a/*", "a/**/c.*")[0] == 0
    assert list(documents()) == ["c", "d", "e"]
    code, _, err = ciskg("b/*.txt", "a/d.txt")
    assert code == 3
    assert "b/*.txt: no file matches; check the pattern" in err


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(ciskg: Run) -> None:
    Path("a[1].txt").write_text(MINSK)
    Path("a1.txt").write_text(MOSCOW)
    assert ciskg("a[1].txt")[0] == 0
    assert list(documents()) == ["a[1]"]


@pytest.mark.parametrize(
    ("data", "text"), [(MINSK, MINSK), (PAGE, f"Session of the Council\n{MOSCOW}")]
)
def test_standard_input_is_a_document(
    ciskg: Run, monkeypatch: pytest.MonkeyPatch, data: str, text: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    assert ciskg("-")[0] == 0
    assert Path("build/texts/stdin.txt").read_text("utf-8") == text


def test_empty_standard_input_is_told(ciskg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    code, _, err = ciskg("-")
    assert code == 3
    assert "stdin: the file is empty" in err


def test_the_parts_of_a_saved_page_are_no_documents(ciskg: Run) -> None:
    Path("Session_files").mkdir()
    Path("Session.html").write_text(PAGE)
    Path("Session_files/saved_resource.html").write_text("<p>An advertisement</p>")
    Path("notes_files").mkdir()
    Path("notes_files/a.txt").write_text(MINSK)
    for arguments in (["."], ["Session*.html", "**/*.html", "notes_files"]):
        assert ciskg(*arguments)[0] == 0
        assert list(documents()) == ["Session", "a"]


def test_a_page_saved_in_one_file_is_read(ciskg: Run) -> None:
    Path("a.mhtml").write_bytes(
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://g.example/2024/10/08/a\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n'
        b"--B\r\nContent-Type: text/css\r\n\r\np{}\r\n"
        b"--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + PAGE.replace("=", "=3D").replace(" in Moscow", " in=20=\r\nMoscow").encode()
        + b"\r\n--B--\r\n"
    )
    assert ciskg("a.mhtml")[0] == 0
    assert documents()["a"]["url"] == "https://g.example/2024/10/08/a"
    assert documents()["a"]["published"] == "2024-10-08"
    assert MOSCOW in Path("build/texts/a.txt").read_text("utf-8")
    Path("c.mhtml").write_bytes(
        b'Content-Type: text/html; charset="win\0"\n\n' + f"<p>{MINSK} caf\xe9</p>".encode("cp1252")
    )
    assert ciskg("c.mhtml")[0] == 0
    Path("b.mhtml").write_text("Subject: no page\n\nwords")
    assert "b.mhtml: no saved page is in it" in ciskg("b.mhtml")[2]


@pytest.mark.parametrize(
    ("name", "extra", "module"),
    [
        ("a.pdf", "pdf", "pypdfium2"),
        ("a.docx", "docx", "mammoth"),
        ("a.warc", "warc", "warcio.archiveiterator"),
        ("a.parquet", "parquet", "pyarrow"),
    ],
)
def test_without_its_library_an_input_is_named_with_the_remedy(
    ciskg: Run, monkeypatch: pytest.MonkeyPatch, name: str, extra: str, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    Path(name).write_bytes(b"x")
    Path("b.txt").write_text(MINSK)
    code, out, err = ciskg(name, "b.txt")
    assert code == 3
    assert out.startswith("1 document, ")
    assert f"{name}: " in err
    assert f"install it: pip install 'ciskg[{extra}]'" in err


def test_the_order_of_the_inputs_does_not_matter(ciskg: Run) -> None:
    write_rows("c.csv")
    write_zip("p.zip", {"b.txt": MINSK, "a.html": PAGE})
    write_zip("q.zip", {"a.html": PAGE, "b.txt": MINSK})
    graphs = set()
    for order in (("c.csv", "p.zip", "q.zip"), ("q.zip", "p.zip", "c.csv")):
        assert ciskg(*order)[0] == 0
        graphs.add(Path("build/checksums.txt").read_bytes())
    assert len(graphs) == 1


def test_from_python_columns_are_a_mapping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import ciskg as package

    monkeypatch.chdir(tmp_path)
    write_csv("c.csv", ["speech", "made"], [MINSK, "2021-05-04"])
    result = package.build("c.csv", columns={"text": "speech", "published": "made"})
    assert result.documents == ("c-000001",)
    assert result.text("c-000001") == MINSK
