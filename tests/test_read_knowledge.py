"""The examples of furniture.toml and datelines.toml hold, and broken files are named."""

from pathlib import Path

import pytest

from ciskg.knowledge import KnowledgeError
from ciskg.read import datelines, furniture

FURNITURE = furniture.rules()
DATELINES = datelines.rules()


@pytest.mark.parametrize(
    ("rule", "line"),
    [(rule, line) for rule in FURNITURE for line in rule.reads],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_a_furniture_rule_reads_its_lines(rule: furniture.Furniture, line: str) -> None:
    if rule.before:
        assert 0 < furniture.glued_before(line) < len(line)
    else:
        assert furniture.furniture_of(line, top=True) is not None
        assert furniture._compiled(rule).fullmatch(line) is not None


@pytest.mark.parametrize(
    ("rule", "line"),
    [(rule, line) for rule in FURNITURE for line in rule.ignores],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_no_furniture_rule_takes_a_line_of_text(rule: furniture.Furniture, line: str) -> None:
    assert furniture.furniture_of(line, top=True) is None
    if rule.before:
        assert furniture.glued_before(line) == 0


def test_every_class_has_examples() -> None:
    assert len(FURNITURE) > 15
    assert len({rule.id for rule in FURNITURE}) == len(FURNITURE)
    assert all(rule.reads and rule.ignores for rule in FURNITURE)


PLACES = {"top": ("top",), "end": ("end",), "any": ("top", "end")}


@pytest.mark.parametrize(
    ("rule", "example"),
    [(rule, example) for rule in DATELINES for example in rule.reads],
    ids=lambda value: value["text"] if isinstance(value, dict) else value.id,
)
def test_a_dateline_rule_reads_its_lines(rule: datelines.Dateline, example: dict[str, str]) -> None:
    found = datelines.dates_of_line(example["text"], places=PLACES[rule.where])
    assert example["published"] in {d.edtf for d in found if d.rule == rule.id}


@pytest.mark.parametrize(
    ("rule", "line"),
    [(rule, line) for rule in DATELINES for line in rule.ignores],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_a_dateline_rule_ignores_other_lines(rule: datelines.Dateline, line: str) -> None:
    found = datelines.dates_of_line(line, places=PLACES[rule.where])
    assert rule.id not in {d.rule for d in found}


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("December 28, 2007", "2007-12-28"),
        ("28 september 2012", "2012-09-28"),
        ("5 декабря 2012 года", "2012-12-05"),
        ("1st of March 2020", "2020-03-01"),
        ("7 декабря", "XXXX-12-07"),
        ("29 февраля", "XXXX-02-29"),
        ("08.04.2009", "2009-04-08"),
        ("05.01.21", "2021-01-05"),
        ("05.01.98", "1998-01-05"),
        ("18-04-2024", "2024-04-18"),
        ("2022-10-14", "2022-10-14"),
        ("October 2021", "2021-10"),
        ("25/12/2021", "2021-12-25"),
        ("04/05/2021", None),  # the fourth of May or the fifth of April
        ("29 February 2023", None),
        ("31.04.2020", None),
        ("45 May 2020", None),
        ("2022-13-01", None),
    ],
)
def test_a_date_is_read_only_where_the_calendar_has_it(words: str, date: str | None) -> None:
    assert datelines.parse_date(words) == date


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("2022-10-14", True),
        ("2022-10", True),
        ("2022", True),
        ("XXXX-10-23", True),
        ("XXXX-02-29", True),
        ("XXXX-10", False),
        ("2023-02-29", False),
        ("2022-00-01", False),
        ("14.10.2022", False),
        ("", False),
    ],
)
def test_edtf_is_checked_against_the_calendar(text: str, known: bool) -> None:
    assert (datelines.edtf(text) == text) is known


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://example.org/2022/10/14/summit", "2022-10-14"),
        ("https://example.org/2022/10/summit", "2022-10"),
        ("https://example.org/articles/2009-12-31/sng/1", "2009-12-31"),
        ("https://example.org/2022/13/summit", None),
        ("https://example.org/news/352483", None),
    ],
)
def test_an_address_may_hold_a_date(url: str, date: str | None) -> None:
    assert datelines.date_of_url(url) == date


def test_an_address_settles_the_year_only_of_the_same_day() -> None:
    assert datelines.settled_by_url("XXXX-05-21", "https://e.org/2004052139916/") == "2004-05-21"
    assert datelines.settled_by_url("XXXX-12-07", "https://e.org/2018/12/x") == "2018-12-07"
    assert datelines.settled_by_url("XXXX-12-07", "https://e.org/2018/12/08/x") is None
    assert datelines.settled_by_url("XXXX-12-07", "https://e.org/2018/11/x") is None


def test_all_errors_of_a_furniture_file_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "furniture.toml"
    path.write_text('[[furniture]]\nid = "a"\nlines = ["x"]\n[[furniture]]\nid = "b"\nline = 1\n')
    with pytest.raises(KnowledgeError) as caught:
        furniture.read_rules(path)
    message = str(caught.value)
    assert "furniture.toml: a: reads is missing" in message
    assert "furniture.toml: b: unknown key line" in message


def test_a_furniture_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    path = tmp_path / "furniture.toml"
    path.write_text("[[furniture\n")
    with pytest.raises(KnowledgeError, match=r"furniture\.toml: not TOML.*line 1"):
        furniture.read_rules(path)
