"""Each stored query on hand-made data: the same rows in two engines and in any order of triples."""

import csv
import re
import tomllib
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from ciskg.namespaces import ID, last, term
from ciskg.query import QueryError, Rows, StoredQuery, get, run, stored
from mapped import quads, readings, store_of

HERE = Path(__file__).parent
DERIVED, BEST = term("prov:wasDerivedFrom"), term("ck:bestEvidence")
CASES = sorted(path for path in (HERE / "queries").iterdir() if path.is_dir())
QUERIES = stored()
NAMES = [query.name for query in QUERIES]

SEEDS = tomllib.loads((HERE / "queries" / "seeds.toml").read_text(encoding="utf-8"))["asked"]

# What other values give on the data of a query: query, values, what the first columns hold.
ASKED = [
    ("who-chaired", {"organization": "EAEU", "year": 2020}, [("Belarus",)]),
    ("who-chaired", {"organization": "CIS", "year": "2021"}, [("Belarus",), ("Kyrgyzstan",)]),
    ("who-chaired", {"organization": "CIS", "year": 1999}, []),
    ("chairmanships-of-state", {"state": "KGZ"}, [("CIS",)]),
    ("meetings-of-body", {"organization": "CIS Council of Heads of Government"}, 1),
    ("meetings-of-body", {"organization": "СНГ"}, 5),
    ("meetings-in-year", {"year": 2021}, 3),
    ("meetings-in-place", {"place": "Astana"}, 2),
    ("meetings-in-state", {"state": "Kazakhstan"}, 2),
    ("participants-on-day", {"day": "2020-12-19"}, 2),
    ("meetings-of-person", {"person": "Sergei Lebedev"}, 3),
    ("holders-on-day", {"day": "2020-01-15"}, 5),
    ("offices-of-person", {"person": "Aleksandr Lukashenko"}, 1),
    ("instruments-of-kind", {"kind": "statement"}, 1),
    ("instruments-in-year", {"year": 2019}, 1),
    ("ratifications", {"state": "Belarus"}, 1),
    ("ratifications", {"state": "Kazakhstan"}, 0),
    ("ratifications", {"instrument": "Agreement on trade"}, 1),
    ("ratifications", {"instrument": "Agreement on trade", "state": "Belarus"}, 0),
    ("planned-and-held", {"year": 2021}, 1),
    ("thematic-years", {"organization": "EAEU"}, 1),
    ("visits", {"year": 2024}, 1),
    ("visits", {"year": 2023}, 3),
    ("visits", {"state": "Russia", "person": "Shavkat Mirziyoyev"}, 2),
    ("elections-and-observers", {"state": "Armenia"}, 2),
    ("awards", {"person": "Vladimir Putin"}, 1),
    ("who-met-whom", {"person": "Vladimir Putin"}, 2),
    ("who-met-whom", {"minimum": 2}, 1),
    ("single-source-facts", {"document": "single-source-facts-a"}, 1),
    ("inferred-facts", {"document": "inferred-facts-a"}, 3),
    ("claims-by-speaker", {"person": "Sergei Lebedev"}, 1),
    ("sentences-with-words", {"text": "ARMENIA"}, 0),
    ("sentences-with-words", {"text": "исполком"}, 1),
    ("sentences-with-words", {"text": "председатель исполкома"}, 1),
    ("sentences-with-words", {"text": "Председатель \u00a0\nисполкома"}, 1),
    ("sentences-with-words", {"text": "председательисполкома"}, 0),
    ("chairmanships-in-order", {"first": 2012, "last": 2014}, 4),
]


def in_oxigraph(*paths: Path) -> ox.Store:
    store = ox.Store()
    for path in paths:
        store.load(path=str(path), format=ox.RdfFormat.TRIG)
    return store


def in_rdflib(*paths: Path) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    for path in paths:
        dataset.parse(path, format="trig")
    return dataset


def data(name: str) -> Path:
    return HERE / "queries" / name / "data.trig"


def expected(name: str) -> list[list[str]]:
    path = HERE / "queries" / name / "expected.csv"
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))


def as_text(rows: Rows) -> list[list[str]]:
    lines = [["" if term is None else term.value for term in row] for row in rows.terms]
    return [list(rows.columns), *lines]


@pytest.fixture(scope="module")
def joined() -> tuple[ox.Store, rdflib.Dataset]:
    """The data of all queries as one graph."""
    paths = [data(name) for name in NAMES]
    return in_oxigraph(*paths), in_rdflib(*paths)


def test_every_query_has_a_case_and_every_case_a_query() -> None:
    assert len(NAMES) >= 22
    assert [path.name for path in CASES] == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_the_expected_ones(name: str) -> None:
    rows = expected(name)
    assert len(rows) > 1  # a query that finds nothing shows nothing
    assert as_text(run(in_oxigraph(data(name)), name)) == rows


@pytest.mark.parametrize("name", NAMES)
def test_rdflib_gives_the_same_terms(name: str) -> None:
    assert run(in_rdflib(data(name)), name) == run(in_oxigraph(data(name)), name)


@pytest.mark.parametrize("name", NAMES)
def test_engines_agree_on_all_data_joined(
    name: str, joined: tuple[ox.Store, rdflib.Dataset]
) -> None:
    store, dataset = joined
    rows = run(store, name)
    assert len(rows) >= len(expected(name)) - 1 or name in SHRINKING
    assert run(dataset, name) == rows


# More documents settle what fewer left open, so that these may have fewer rows.
SHRINKING = {"chairmanships-in-order", "persons-without-office", "single-source-facts"}


@pytest.mark.parametrize("name", NAMES)
def test_order_of_triples_does_not_matter(name: str) -> None:
    """ORDER BY is total: a store filled backwards gives the same rows in the same order."""
    store = in_oxigraph(data(name))
    backwards = rdflib.Graph()
    triples = sorted(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in store)
    backwards.parse(data="\n".join(reversed(triples)), format="turtle")
    assert run(backwards, name) == run(store, name)
    text = get(name).text
    order = re.findall(r"\?(\w+)", text[text.rindex("ORDER BY") :])
    assert set(order) == {column for column, _ in get(name).columns}


@pytest.mark.parametrize("query", QUERIES, ids=NAMES)
def test_answers_carry_iri_label_and_evidence(query: StoredQuery) -> None:
    columns = {column for column, _ in query.columns}
    assert "quote" in columns
    assert any(column.endswith("_label") for column in columns)
    asks_document = any(p.name == "document" for p in query.parameters)
    assert "document" in columns or asks_document
    assert "GRAPH" not in query.text  # the default graph is the union


def test_a_thing_with_a_name_has_a_column_for_it(
    joined: tuple[ox.Store, rdflib.Dataset],
) -> None:
    """A column of IRIs of which any has a name of its own stands beside one of names."""
    store, _ = joined
    named = {
        quad.subject
        for name in ("skos:prefLabel", "dcterms:title")
        for quad in store.quads_for_pattern(None, term(name), None)
    }
    checked = 0
    for query in QUERIES:
        rows = run(store, query.name)
        for index, column in enumerate(rows.columns):
            if any(row[index] in named for row in rows.terms):
                assert f"{column}_label" in rows.columns, (query.name, column)
                checked += 1
    assert checked > 50


@pytest.mark.parametrize("name", NAMES)
def test_further_evidence_adds_no_row(name: str, joined: tuple[ox.Store, rdflib.Dataset]) -> None:
    """A claim with many passages stands in one row, with the best: the others are `explain`'s."""
    claims = {quad.subject for quad in joined[0].quads_for_pattern(None, BEST, None)}
    assert len(claims) > 100
    more = ox.Store()
    more.extend(joined[0])
    for number, claim in enumerate(sorted(claims, key=str)):
        evidence = ox.NamedNode(f"{ID}document/x#char=0,{number}")
        selector = ox.NamedNode(f"{ID}document/x#char=0,{number}-selector")
        more.add(ox.Quad(claim, DERIVED, evidence))
        more.add(ox.Quad(evidence, term("oa:hasSelector"), selector))
        more.add(ox.Quad(selector, term("oa:exact"), ox.Literal(f"more, {number}")))
        more.add(ox.Quad(selector, term("oa:start"), ox.Literal(number)))
    assert run(more, name) == run(joined[0], name)


@pytest.mark.parametrize(("name", "values", "found"), ASKED)
def test_parameters_choose(
    name: str, values: dict[str, object], found: int | list[tuple[str, ...]]
) -> None:
    rows = run(in_oxigraph(data(name)), name, **values)
    if isinstance(found, int):
        assert len(rows) == found
    else:
        label = next(i for i, column in enumerate(rows.columns) if column.endswith("_label"))
        assert sorted({(row[label],) for row in rows.rows}) == found
    assert run(in_rdflib(data(name)), name, **values) == rows


def test_data_follow_the_model() -> None:
    """No blank node, no triple in two graphs, every claim with its best evidence, as in builds."""
    assert CASES
    lesser = 0
    for path in CASES:
        store = in_oxigraph(path / "data.trig")
        quads = list(store)
        triples = {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}
        assert len(triples) == len(quads), path.name
        assert not any("_:" in (s[:2], o[:2]) for s, _, o in triples), path.name
        claims = {s for s, p, o in triples if o.endswith("def#Claim>")}
        assert claims, path.name
        derived = {(s, o) for s, p, o in triples if p == str(DERIVED)}
        best = {(s, o) for s, p, o in triples if p == str(BEST)}
        assert best <= derived, path.name
        assert claims == {s for s, _ in derived} == {s for s, _ in best}, path.name
        assert len(best) == len(claims), path.name
        lesser += len(derived - best)
    assert lesser > 10


def test_chosen_columns_come_in_the_order_asked_and_rows_stand_once() -> None:
    term = ox.Literal
    row = (term("a"), term("b"), term(1))
    other = (term("a"), term("c"), term(1))
    rows = Rows(("x", "y", "n"), (), (row, other)).only("n", "x")
    assert (rows.columns, rows.rows) == (("n", "x"), ((1, "a"),))
    with pytest.raises(QueryError, match="no column z; there are n, x"):
        rows.only("z")


@pytest.fixture(scope="module")
def seeds() -> ox.Store:
    return store_of(quads(readings("seeds")))


def test_every_query_is_asked_of_the_seeds() -> None:
    assert {case["query"] for case in SEEDS} == set(NAMES)


@pytest.mark.parametrize("case", SEEDS, ids=lambda case: case["query"])
def test_the_seeds_answer(case: dict[str, Any], seeds: ox.Store) -> None:
    rows = run(seeds, case["query"], **case.get("values", {}))
    index = rows.columns.index(case["column"])
    found = {row[index] for row in rows.terms}
    iris = sorted(term.value for term in found if isinstance(term, ox.NamedNode))
    others = sorted("" if t is None else t.value for t in found if not isinstance(t, ox.NamedNode))
    assert [*map(last, iris), *others] == case["gives"]
