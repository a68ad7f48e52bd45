"""A graph that was built, with what one may ask of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ciskg.explain import Explanation, explain
from ciskg.facts import read_back
from ciskg.knowledge import laid_over
from ciskg.query import Rows, run
from ciskg.summary import Failed, Summary

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True)
class Result:
    """A graph, the documents behind it, and whether its shapes hold.

    >>> import ciskg
    >>> result = ciskg.build("seeds/001_16830d1d99dc7d5d.txt")
    >>> [fact["person"] for fact in result.facts() if fact["type"] == "participant"][:2]
    ['Vladimir Putin', 'Shavkat Mirziyoyev']
    >>> why = result.explain("id:tenure/vladimir-putin--president--rus")
    >>> print(why.label)
    Vladimir Putin: President, Russia
    >>> print(why.claims[0].passages[0].quote.replace("\\xa0", " "))
    President of Russia Vladimir Putin
    >>> len(result.graph()) == len(result.store)  # an rdflib.Graph
    True
    """

    store: ox.Store = field(repr=False)
    documents: tuple[str, ...]  # their keys, sorted
    summary: Summary = field(repr=False)
    conforms: bool  # no shape is violated
    report: str = field(repr=False)  # of the validation, as text
    folder: Path | None  # None where the build stands in memory alone
    text: Callable[[str], str] = field(repr=False)  # the text of a document, by its key
    knowledge: Path | None = None  # the folder of one's own that is laid over ours

    @property
    def failed(self) -> tuple[Failed, ...]:
        """The documents that could not be read, each with the reason."""
        return self.summary.failed

    def facts(self) -> list[dict[str, Any]]:
        """What each document says, read back from the graph: a dictionary a claim."""
        with laid_over(self.knowledge):
            return [dict(fact) for fact in read_back(self.store)]

    def query(self, name: str, /, **parameters: object) -> Rows:
        """The rows that answer a stored query.

        Raises QueryError where there is no such query or parameter.
        """
        with laid_over(self.knowledge):
            return run(self.store, name, **parameters)

    def explain(self, thing: str) -> Explanation:
        """The claims of a fact with their sentences; `thing` is an IRI, its end, or a name.

        Raises UnknownThing where the graph does not hold it.
        """
        with laid_over(self.knowledge):
            return explain(self.store, thing, self.text)

    def graph(self) -> "rdflib.Graph":
        """All triples as one graph of rdflib."""
        from ciskg.export.as_rdflib import graph

        return graph(self.store)

    def dataset(self) -> "rdflib.Dataset":
        """All triples as a dataset of rdflib, in their named graphs."""
        from ciskg.export.as_rdflib import dataset

        return dataset(self.store)
