"""Tidy CSV tables of a graph, as ontology/tables.toml describes them."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from ciskg import knowledge, labels
from ciskg.facttypes import fact_types
from ciskg.labels import Term
from ciskg.namespaces import term

RDF_TYPE = term("rdf:type")
SHOWS = ("iri", "code", "name", "word")
SEPARATOR = " | "  # between the values of one cell

Step = tuple[bool, ox.NamedNode]  # backwards?, property


@dataclass(frozen=True, slots=True)
class Column:
    """A name, the way from the row's thing to the values, and how a value is shown."""

    name: str
    about: str
    path: tuple[Step, ...]
    show: str  # one of SHOWS


@dataclass(frozen=True, slots=True)
class Table:
    """One row for each thing of the classes."""

    name: str
    about: str
    classes: tuple[ox.NamedNode, ...]
    columns: tuple[Column, ...]


def read_tables() -> tuple[Table, ...]:
    """The tables of ontology/tables.toml, in the order of the file.

    Raises KnowledgeError that names the file, the table and what is wrong.
    """
    path = knowledge.folder("ontology") / "tables.toml"
    described = knowledge.read_table(path)
    common = described.pop("common", {})
    tables = []
    for name, table in described.items():
        try:
            classes = tuple(_node(word) for word in table["classes"])
            columns = tuple(_column(c, said, common) for c, said in table["columns"].items())
            tables.append(Table(name, table["about"], classes, columns))
        except (KeyError, TypeError, AttributeError) as error:
            raise knowledge.KnowledgeError(
                f"{path.name}: [{name}]: {_complaint(error)}; "
                "a table has about, classes and columns"
            ) from error
    return tuple(tables)


def rows(store: ox.Store, table: Table) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table, in the order of the things' IRIs."""
    things = {
        str(quad.subject): quad.subject
        for class_ in table.classes
        for quad in store.quads_for_pattern(None, RDF_TYPE, class_, None)
    }
    for _, thing in sorted(things.items()):
        yield tuple(_cell(store, thing, column) for column in table.columns)


def csv_text(store: ox.Store, table: Table) -> str:
    """A table as CSV (RFC 4180) with a header line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows(rows(store, table))
    return text.getvalue()


def no_formula(text: str) -> str:
    """A cell, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _cell(store: ox.Store, thing: Term, column: Column) -> str:
    """The values at the end of a way, sorted, each once."""
    ends: set[Term] = {thing}
    for step in column.path:
        ends = {end for start in ends for end in _follow(store, start, step)}
    texts = sorted({_shown(store, end, column.show) for end in ends})
    return no_formula(SEPARATOR.join(texts))


def _follow(store: ox.Store, start: Term, step: Step) -> Iterator[Term]:
    backwards, property_ = step
    if backwards:
        for quad in store.quads_for_pattern(None, property_, start, None):
            yield quad.subject
    elif not isinstance(start, ox.Literal):
        for quad in store.quads_for_pattern(start, property_, None, None):
            yield quad.object


def _shown(store: ox.Store, term: Term, show: str) -> str:
    if isinstance(term, ox.Literal):
        return term.value
    match show:
        case "code":
            return labels.code(store, term)
        case "name":
            return labels.name(store, term)
        case "word":
            return _words().get(labels.iri(term)) or labels.word(term)
    return labels.iri(term)


@knowledge.cached
def _words() -> Mapping[str, str]:
    """The words of the convention by the terms that facts.toml writes for them."""
    return {
        iri: word
        for type_ in fact_types().values()
        for field in type_.fields.values()
        for word, iri in field.values.items()
    }


def _column(name: str, said: str | Mapping[str, Any], common: Mapping[str, str]) -> Column:
    """A column from its way: properties joined by `>`, `^` for backwards, `@…` how to show."""
    way, about = (said, common.get(name)) if isinstance(said, str) else (said["way"], said["about"])
    if about is None:
        raise KeyError(f"column {name}: nothing says what it holds; add about")
    steps = [step.strip() for step in way.split(">")]
    show = steps.pop().removeprefix("@") if steps[-1].startswith("@") else "iri"
    if show not in SHOWS:
        raise KeyError(f"column {name}: @{show} is none of {', '.join(SHOWS)}")
    path = tuple((step.startswith("^"), _node(step.lstrip("^"))) for step in steps)
    return Column(name, about, path, show)


def _node(word: str) -> ox.NamedNode:
    try:
        return term(word)
    except ValueError as error:
        raise KeyError(str(error)) from error


def _complaint(error: Exception) -> str:
    if isinstance(error, KeyError) and " " not in str(error.args[0]):
        return f"{error.args[0]} is missing"
    return str(error.args[0])
