"""The engine of stored queries: what it reads, binds, refuses and shows."""

import contextlib
import csv
import datetime
import io
import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from ciskg.knowledge import KnowledgeError
from ciskg.query import FORMATS, QueryError, Rows, bind, get, render, resolve, run, stored

HERE = Path(__file__).parent
ID = "https://w3id.org/ciskg/id/"
XSD = "http://www.w3.org/2001/XMLSchema#"

GOOD = """\
#+ summary: What is said of a thing
#+ description: Labels of one thing since a year.
#+ tags:
#+   - test
#+ defaults:
#+   - thing: https://w3id.org/ciskg/id/org/cis
#+   - year: 2020

# What is it called?
#
# ?_thing_iri     parameter: the thing,
#                 whatever it is
# ?_year_integer  parameter: the year
# ?label          what it is called

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?label
WHERE {
    VALUES ?_thing_iri { <https://w3id.org/ciskg/id/org/cis> }
    VALUES ?_year_integer { 2020 }

    ?_thing_iri rdfs:label ?label .
    FILTER(?_year_integer > 2000)
}
ORDER BY ?label
"""

# What breaks the file above: what is put in place of what, and what the message says.
BROKEN = [
    ("SELECT ?label", "SELEKT ?label", ["thing.rq:18: not SPARQL"]),
    ("rdfs:label ?label", "skos:label ?label", ["thing.rq:23: not SPARQL"]),
    ("SELECT ?label\n", "ASK\n", ["thing.rq:", "SELECT"]),
    ("#+ summary: What is said of a thing\n", "", ["no summary"]),
    ("#+   - test\n", "", ["no tags"]),
    (
        "ORDER BY ?label\n",
        "",
        ["thing.rq:26: no ORDER BY", "end it with the line: ORDER BY ?label"],
    ),
    (
        "ORDER BY ?label\n",
        "ORDER BY ?_year_integer",
        ["thing.rq:26: ORDER BY leaves out ?label", "the line: ORDER BY ?label"],
    ),
    ("#+ tags:", "#+ tags", ["thing.rq:3: not a decorator"]),
    ("#+   - year: 2020", "#+   - year: 2021", ["`#+ defaults:`", "2021", "agree"]),
    ("# ?label          what it is called\n", "", ["column ?label is not explained"]),
    (
        "# ?_year_integer  parameter: the year\n",
        "",
        ["thing.rq:20: ?_year_integer is not explained"],
    ),
    ("    VALUES ?_year_integer { 2020 }\n", "", ["?_year_integer has no line `VALUES"]),
    ("{ 2020 }", '{ "2020" }', ["default of ?_year_integer is no integer"]),
    ("{ 2020 }", "{ 2020 }\n    VALUES ?_year_integer { 2021 }", ["bound twice"]),
    ("_year_integer", "_year_number", ["?_year_number has no kind", "integer"]),
]

# What a user may try to slip in through a parameter.
HOSTILE = [
    '"',
    "'",
    '" } ; DROP ALL ; #',
    "2020 } ; DROP ALL",
    "} UNION { ?s ?p ?o",
    "a\nb } # c",
    "a\r\nVALUES ?x { 1 }",
    "<http://example.org/a> } ; DROP ALL",
    "http://example.org/a b",
    "http://example.org/a>",
    "http://example.org/a> } ; CLEAR ALL ; { <http://example.org/b",
    "id:org/cis> }",
    "id:org/cis\n",
    'x"^^<http://example.org/t>',
    "\\u0022 } ; DROP ALL ; #",
    "\\",
    "{{}}",
    "?_year_integer",
    "$(id)",
    "\x00",
    "\u2028}",
    "\ud800",
    "",
    " ",
    "٢٠٢٠",
    "2020.5",
    "1e3",
    "99999999999999999999",
    "2024-02-30",
    "2024-1-1",
    "20241008",
    "2024-10-08T00:00:00",
]


def data(name: str) -> ox.Store:
    store = ox.Store()
    path = HERE / "queries" / name / "data.trig"
    store.load(path=str(path), format=ox.RdfFormat.TRIG)
    return store


def folder_with(tmp_path: Path, text: str) -> Path:
    (tmp_path / "thing.rq").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def rows() -> Rows:
    """An answer with all kinds of terms, and with words that mean no good."""
    text = "a | b\n<script>`x` [l](javascript:1) \x1b[31mred, \t“Привет”"
    terms = (
        (ox.NamedNode(f"{ID}state/rus"), ox.Literal(text), ox.Literal(2020)),
        (None, ox.Literal("Россия", language="ru"), None),
    )
    values = ((f"{ID}state/rus", text, 2020), (None, "Россия", None))
    return Rows(("state", "quote", "year"), values, terms)


def test_a_file_is_read_as_it_describes_itself(tmp_path: Path) -> None:
    (query,) = stored(folder_with(tmp_path, GOOD))
    assert (query.name, query.summary) == ("thing", "What is said of a thing")
    assert query.tags == ("test",)
    assert query.columns == (("label", "what it is called"),)
    thing, year = query.parameters
    assert (thing.name, thing.kind) == ("thing", "iri")
    assert thing.description == "the thing, whatever it is"
    assert thing.default == ox.NamedNode(f"{ID}org/cis")
    assert (year.name, year.variable, year.kind) == ("year", "_year_integer", "integer")
    assert year.default == ox.Literal(2020)


@pytest.mark.parametrize(("old", "new", "said"), BROKEN, ids=[b[2][-1] for b in BROKEN])
def test_a_broken_file_is_named_with_line_and_remedy(
    old: str, new: str, said: list[str], tmp_path: Path
) -> None:
    assert old in GOOD
    with pytest.raises(KnowledgeError) as caught:
        stored(folder_with(tmp_path, GOOD.replace(old, new)))
    assert str(caught.value).startswith("thing.rq:")
    for part in said:
        assert part in str(caught.value)


def test_all_that_is_wrong_in_a_file_is_said_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("#+ summary: What is said of a thing\n", "").replace("{ 2020 }", '{ "x" }')
    with pytest.raises(KnowledgeError) as caught:
        stored(folder_with(tmp_path, text))
    assert "no summary" in str(caught.value)
    assert "is no integer" in str(caught.value)


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "thing.rq").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KnowledgeError, match=r"thing\.rq: cannot be read.*UTF-8"):
        stored(tmp_path)


def test_another_broken_query_does_not_hide(tmp_path: Path) -> None:
    """A copy of the shipped queries with one broken: only that one is named."""
    for path in (HERE.parent / "queries").glob("*.rq"):
        shutil.copy(path, tmp_path)
    broken = tmp_path / "visits.rq"
    broken.write_text(broken.read_text(encoding="utf-8") + "}", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"^visits\.rq:\d+: not SPARQL"):
        stored(tmp_path)


def test_binding_changes_only_what_is_between_the_braces() -> None:
    query = get("who-chaired")
    text = bind(query, {"year": "2024", "organization": f"{ID}org/eaeu"})
    old, new = query.text.split("\n"), text.split("\n")
    changed = [(a.strip(), b.strip()) for a, b in zip(old, new, strict=True) if a != b]
    assert changed == [
        (
            f"VALUES ?_organization_iri {{ <{ID}org/cis> }}",
            f"VALUES ?_organization_iri {{ <{ID}org/eaeu> }}",
        ),
        (
            "VALUES ?_year_integer { 2020 }",
            f'VALUES ?_year_integer {{ "2024"^^<{XSD}integer> }}',
        ),
    ]
    assert bind(query, {}) == query.text


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("who-chaired", "year"),
        ("who-chaired", "organization"),
        ("holders-on-day", "day"),
        ("sentences-with-words", "text"),
    ],
)
def test_hostile_values_are_refused_or_stay_values(name: str, parameter: str, text: str) -> None:
    """What is accepted is one term: the query's own shape, with this text as its only value."""
    store = data(name)
    query = get(name)
    before = len(store)
    try:
        terms = resolve(store, query, {parameter: text})
        bound = bind(query, terms)
    except QueryError as error:
        refusal = str(error)
        assert refusal.startswith(f"--{parameter}")
    else:
        assert terms[parameter].value == text
        (hole,) = [p for p in query.parameters if p.name == parameter]
        lines = bound.split("\n")
        assert len(lines) == len(query.text.split("\n"))
        values = lines[hole.line].strip().removeprefix("VALUES ")
        solutions = store.query(f"SELECT * {{ VALUES {values} }}")
        assert isinstance(solutions, ox.QuerySolutions)
        assert [list(solution) for solution in solutions] == [[terms[parameter]]]
        graph = rdflib.Graph()
        (row,) = graph.query(f"SELECT * {{ VALUES {values} }}").bindings
        assert [str(value) for value in row.values()] == [text]
        run(store, name, **{parameter: text})
    assert len(store) == before


@pytest.mark.parametrize(
    ("kind", "accepted"), [("integer", 1), ("date", 0), ("string", 29), ("iri", 0)]
)
def test_hostile_values_are_harmless_only_as_texts(kind: str, accepted: int) -> None:
    name = {"string": "sentences-with-words", "date": "holders-on-day"}.get(kind, "who-chaired")
    query = get(name)
    (parameter,) = [p for p in query.parameters if p.kind == kind]
    bound = []
    for text in HOSTILE:
        with contextlib.suppress(QueryError):
            bound.append(bind(query, {parameter.name: text}))
    assert len(bound) == accepted


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("year", "abc", "--year takes a whole number such as 2020, not “abc”"),
        ("year", 2020.5, "--year takes a whole number such as 2020, not “2020.5”"),
        ("year", True, "--year takes a whole number such as 2020, not “True”"),
        ("yaer", "2020", "who-chaired has no parameter “yaer”; did you mean --year?"),
        ("colour", "red", "it has --organization, --year"),
        (
            "organization",
            "CSI",
            "no organization is called “CSI” here; did you mean “CIS” (id:org/cis)?",
        ),
        ("organization", "", "no organization is called “” here"),
        ("organization", "heads of government", "“CIS Council of Heads of Government”"),
        ("organization", f"{ID}org/nato", "nothing here has the IRI"),
        ("organization", "id:org/nato", "nothing here has the IRI"),
        ("organization", "http://a b", "--organization takes an IRI such as"),
        ("organization", 7, "--organization takes an IRI such as"),
    ],
)
def test_a_wrong_value_is_answered_with_the_remedy(name: str, value: object, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        run(data("who-chaired"), "who-chaired", **{name: value})
    assert said in str(caught.value)


def test_an_unknown_query_is_answered_with_near_names() -> None:
    with pytest.raises(QueryError, match="did you mean who-chaired"):
        get("who-chairs")
    with pytest.raises(QueryError, match="`ciskg query` lists them all"):
        get("zzz")
    with pytest.raises(QueryError, match="has none at all"):
        run(data("absences"), "absences", year=2020)


@pytest.mark.parametrize(
    "name", ["RUS", "rus", "Russia", "РОССИЯ", " Russia ", "id:state/rus", f"{ID}state/rus"]
)
def test_a_state_may_be_named_in_any_way(name: str) -> None:
    store = data("chairmanships-of-state")
    query = get("chairmanships-of-state")
    assert resolve(store, query, {"state": name}) == {"state": ox.NamedNode(f"{ID}state/rus")}


def test_a_name_of_two_things_is_refused_with_both() -> None:
    store = data("visits")
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    for person in ("gurbanguly-berdimuhamedov", "serdar-berdimuhamedov"):
        short = ox.Literal("Berdimuhamedov", language="en")
        store.add(ox.Quad(ox.NamedNode(f"{ID}person/{person}"), label, short))
    with pytest.raises(QueryError) as caught:
        run(store, "visits", person="Berdimuhamedov")
    assert "gurbanguly-berdimuhamedov; " in str(caught.value)
    assert str(caught.value).endswith("serdar-berdimuhamedov; give the IRI")


def test_a_shown_name_wins_over_one_that_is_only_accepted() -> None:
    store = data("visits")
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    other = ox.NamedNode(f"{ID}person/another")
    store.add(ox.Quad(other, label, ox.Literal("Vladimir Putin", language="en")))
    assert len(run(store, "visits", person="Vladimir Putin")) == 2


def test_rows_are_plain_values_of_python() -> None:
    found = run(data("chairmanships-in-order"), "chairmanships-in-order", first=2010, last=2010)
    (record,) = found.records()
    assert record["year"] == 2010
    assert type(record["year"]) is int
    assert record["chair_label"] == "Russia"
    assert found.terms[0][1] == ox.NamedNode(f"{ID}state/rus")
    gap = run(data("chairmanships-in-order"), "chairmanships-in-order", first=2005, last=2005)
    assert gap.records()[0]["chair"] is None


def test_days_may_be_dates_and_none_keeps_the_default() -> None:
    store = data("holders-on-day")
    as_date = run(store, "holders-on-day", day=datetime.date(2020, 12, 18))
    assert as_date == run(store, "holders-on-day", day="2020-12-18")
    assert as_date == run(store, "holders-on-day", day=None) == run(store, "holders-on-day")
    with pytest.raises(QueryError, match="a day such as 2024-10-08"):
        run(store, "holders-on-day", day=datetime.datetime(2020, 12, 18, 12))


def test_rdflib_graphs_of_both_kinds_are_asked() -> None:
    path = HERE / "queries" / "who-chaired" / "data.trig"
    dataset = rdflib.Dataset()
    dataset.parse(path, format="trig")
    graph = rdflib.Graph()
    for subject, predicate, value, _ in dataset.quads():
        graph.add((subject, predicate, value))
    asked = run(data("who-chaired"), "who-chaired", organization="eaeu")
    assert len(asked) == 1
    assert run(dataset, "who-chaired", organization="eaeu") == asked
    assert run(graph, "who-chaired", organization="eaeu") == asked
    assert dataset.default_union is False  # the user's own dataset stays as it was
    with pytest.raises(QueryError, match="nothing here has the IRI"):
        run(dataset, "who-chaired", organization="id:org/nato")


def test_csv_gives_values_back(rows: Rows) -> None:
    lines = list(csv.reader(io.StringIO(render(rows, "csv"), newline="")))
    assert lines[0] == list(rows.columns)
    assert lines[1] == [rows.terms[0][0].value, rows.rows[0][1], "2020"]  # type: ignore[union-attr]
    assert lines[2] == ["", "Россия", ""]


def test_tsv_gives_terms_back(rows: Rows) -> None:
    head, *lines = render(rows, "tsv").split("\n")[:-1]
    assert head == "?state\t?quote\t?year"
    read = [[line.split("\t")][0] for line in lines]
    assert [len(cells) for cells in read] == [3, 3]
    for cells, terms in zip(read, rows.terms, strict=True):
        for cell, term in zip(cells, terms, strict=True):
            if term is None:
                assert cell == ""
                continue
            (triple,) = ox.parse(f"<a:a> <a:a> {cell} .", format=ox.RdfFormat.TURTLE)
            assert triple.object == term


def test_json_is_that_of_sparql(rows: Rows) -> None:
    text = render(rows, "json")
    solutions = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    assert isinstance(solutions, ox.QuerySolutions)
    assert [tuple(solution) for solution in solutions] == list(rows.terms)
    assert json.loads(text)["head"] == {"vars": ["state", "quote", "year"]}


def test_markdown_keeps_hostile_words_in_their_cell(rows: Rows) -> None:
    lines = render(rows, "markdown").split("\n")
    assert len(lines) == 5
    assert lines[0] == "| state | quote | year |"
    assert lines[2].count("|") - lines[2].count(r"\|") == 4
    assert "<script>" not in lines[2]
    assert "[l](" not in lines[2]
    assert lines[2].startswith("| id:state/rus | a \\| b ")


@pytest.mark.parametrize("width", [None, 20, 40, 60, 80, 200])
def test_a_table_fits_its_width_and_loses_no_word(rows: Rows, width: int | None) -> None:
    text = render(rows, "table", width=width)
    assert all(ord(letter) >= 32 or letter == "\n" for letter in text)  # no escape sequence
    if width is not None:
        assert max(map(len, text.split("\n"))) <= width
    words = "".join(text.split())
    for letters in ("id:state/rus", "<script>", "Россия", "2020"):
        assert letters in words or (width is not None and width < 80)
    assert "Привет" in words


def test_colour_is_only_for_the_head(rows: Rows) -> None:
    assert "\x1b" not in render(rows, "table")
    head, *body = render(rows, "table", colour=True).split("\n")
    assert head.startswith("\x1b[1mstate")
    assert not any("\x1b" in line for line in body)


@pytest.mark.parametrize("format", FORMATS)
def test_no_rows_are_shown_as_such(format: str) -> None:
    text = render(Rows(("a",), (), ()), format)
    assert text == "" if format == "table" else text.endswith("\n")


def test_what_a_person_reads_has_no_iris_but_those_without_a_name() -> None:
    iri, name = ox.NamedNode("urn:a"), ox.Literal("A")
    columns = ("thing", "thing_label", "fact", "other", "other_label", "nothing", "year")
    row = (iri, name, iri, iri, None, None, ox.Literal(2020))
    plain = tuple(None if term is None else term.value for term in row)
    rows = Rows(columns, (plain, plain), (row, row)).readable()
    assert rows.columns == ("thing_label", "other", "other_label", "nothing", "year")
    assert rows.terms == ((name, iri, None, None, row[-1]),) * 2
    alone = Rows(("fact",), (("urn:a",),), ((iri,),))
    assert alone.readable() == alone


@pytest.mark.parametrize("text", ["a\nb", "\x1b[31m", "\ud800", "x" * 5000])
def test_messages_are_one_printable_line(text: str) -> None:
    for parameter in ("organization", "year"):
        with pytest.raises(QueryError) as caught:
            run(data("who-chaired"), "who-chaired", **{parameter: text})
        message = str(caught.value)
        assert message.isprintable()
        assert len(message.encode()) < 400


def test_an_unknown_format_is_answered_with_the_known(rows: Rows) -> None:
    with pytest.raises(QueryError, match="no format “xml”; there are table, csv, tsv, json"):
        render(rows, "xml")
