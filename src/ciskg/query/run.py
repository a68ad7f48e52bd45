"""Asks a stored query of a store and gives typed rows."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ciskg.query.bind import bind, resolve
from ciskg.query.stored import XSD, QueryError, get

if TYPE_CHECKING:
    import rdflib

    Store = ox.Store | rdflib.Graph

Value = str | int | float | bool | datetime.date | None


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a query."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]  # IRIs and texts as str; None where nothing is known
    terms: tuple[tuple[ox.NamedNode | ox.Literal | None, ...], ...]  # the same, as RDF

    def records(self) -> list[dict[str, Value]]:
        """The rows as dictionaries, as `pandas.DataFrame` takes them."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def only(self, *columns: str) -> "Rows":
        """The rows with these columns alone, in this order; a row that then repeats stands once.

        Raises QueryError for a column that is not there.
        """
        unknown = [name for name in columns if name not in self.columns]
        if unknown:
            raise QueryError(f"no column {', '.join(unknown)}; there are {', '.join(self.columns)}")
        places = [self.columns.index(name) for name in columns]
        chosen = dict.fromkeys(tuple(row[place] for place in places) for row in self.terms)
        return to_rows(columns, chosen)

    def readable(self) -> "Rows":
        """The rows without the columns of IRIs: a person reads the names beside them.

        An IRI stays where it has no name, and all do where nothing else would be left.
        """
        kept = [n for n, name in enumerate(self.columns) if not self._is_for_programs(n, name)]
        if not kept:
            return self
        return Rows(
            tuple(self.columns[n] for n in kept),
            tuple(tuple(row[n] for n in kept) for row in self.rows),
            tuple(tuple(row[n] for n in kept) for row in self.terms),
        )

    def _is_for_programs(self, place: int, name: str) -> bool:
        """Whether a column holds IRIs alone, each with a name beside it where there are names."""
        named = [row for row in self.terms if row[place] is not None]
        if not named or not all(isinstance(row[place], ox.NamedNode) for row in named):
            return False
        if (label := f"{name}_label") not in self.columns:
            return True
        beside = self.columns.index(label)
        return all(row[beside] is not None for row in named)

    def __len__(self) -> int:
        return len(self.rows)


def run(store: "Store", name: str, /, **parameters: object) -> Rows:
    """The rows that answer the stored query of this name.

    The store is pyoxigraph's, or a graph or dataset of rdflib; all named graphs count. A parameter
    takes an IRI, a label or notation of the store, a number, a date or a text; one that is None
    keeps its default. Raises QueryError where the question cannot be asked so.
    """
    query = get(name)
    store = union(store)
    given = {key: value for key, value in parameters.items() if value is not None}
    return select(store, bind(query, resolve(store, query, given)))


def union(store: "Store") -> "Store":
    """The store with all its named graphs as one."""
    if isinstance(store, ox.Store):
        return store  # it is asked so, see below
    import rdflib

    if isinstance(store, rdflib.Dataset):
        return rdflib.Dataset(store=store.store, default_union=True)
    return store


def select(store: "Store", text: str) -> Rows:
    """The rows of one SELECT query over the union of all graphs."""
    if isinstance(store, ox.Store):
        solutions = store.query(text, use_default_graph_as_union=True)
        assert isinstance(solutions, ox.QuerySolutions)
        columns = [variable.value for variable in solutions.variables]
        return to_rows(columns, (tuple(solution) for solution in solutions))
    graph = union(store)
    assert not isinstance(graph, ox.Store)
    result = graph.query(text)
    bindings = result.bindings
    columns = [str(variable) for variable in result.vars or ()]
    variables = list(result.vars or ())
    return to_rows(
        columns, (tuple(_from_rdflib(row.get(v)) for v in variables) for row in bindings)
    )


def to_rows(columns: Iterable[str], terms: Iterable[tuple[object, ...]]) -> Rows:
    """Rows of these terms, with their plain values."""
    known = tuple(tuple(_named_or_literal(term) for term in row) for row in terms)
    rows = tuple(tuple(value(term) for term in row) for row in known)
    return Rows(tuple(columns), rows, known)


def _named_or_literal(term: object) -> ox.NamedNode | ox.Literal | None:
    """The term; the model has no blank nodes, but a user's own graph may show one as a text."""
    if term is None or isinstance(term, ox.NamedNode | ox.Literal):
        return term
    return ox.Literal(str(term))


def _from_rdflib(term: object) -> object:
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        if term.datatype is not None:
            return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
        return ox.Literal(str(term))
    return term


_TYPES: dict[str, Callable[[str], Value]] = {
    f"{XSD}integer": int,
    f"{XSD}decimal": float,
    f"{XSD}double": float,
    f"{XSD}boolean": lambda text: text in ("true", "1"),
    f"{XSD}date": datetime.date.fromisoformat,
}


def value(term: ox.NamedNode | ox.Literal | None) -> Value:
    """The term as a plain value of Python; its text where Python has no such value."""
    if not isinstance(term, ox.Literal):
        return None if term is None else term.value
    convert = _TYPES.get(term.datatype.value)
    if convert is None:
        return term.value
    try:
        return convert(term.value)
    except ValueError:
        return term.value
