"""Asks the stored queries of a SPARQL endpoint.

The queries look for triples in the endpoint's default graph: a server that keeps the named graphs
of graph.nq must show their union there (Oxigraph: `--union-default-graph`).
"""

import ast
import http.client
import json
import urllib.error
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

import pyoxigraph as ox

from ciskg import __version__
from ciskg.query.bind import NAMES, bind, resolve
from ciskg.query.run import Rows, to_rows
from ciskg.query.stored import QueryError, get, shown

TIMEOUT = 60  # seconds
LABELS = """\
SELECT DISTINCT ?thing ?property ?label
WHERE {{
    VALUES ?property {{ {names} }}
    ?thing ?property ?label .
    FILTER(STRSTARTS(STR(?thing), "{part}") && !CONTAINS(STR(?thing), "#"))
}}
ORDER BY ?thing ?property ?label
"""
OCCURS = "SELECT ?there WHERE {{ {{ {0} ?p ?o }} UNION {{ ?s ?p {0} }} BIND(1 AS ?there) }} LIMIT 1"
REFUSED = {
    401: "it wants a user and a password; give them as https://USER:PASSWORD@HOST/…",
    403: "it does not let you read; ask who runs it",
    404: "nothing is at this path; SPARQL endpoints are often at /query or /sparql",
}


class EndpointError(Exception):
    """An endpoint does not answer as it should; the message names it and the reason."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL endpoint, by its address; it may hold a user and a password, and parameters."""

    url: str
    timeout: int = TIMEOUT  # seconds without a sign of life

    def select(self, text: str) -> Rows:
        """The rows of one SELECT query; raises EndpointError."""
        from SPARQLWrapper import JSON, POST, POSTDIRECTLY, SELECT, SPARQLWrapper

        place, user, password, parameters = self._parts()
        wrapper = SPARQLWrapper(place, agent=f"ciskg/{__version__}")
        wrapper.setQuery(text)
        wrapper.queryType = SELECT  # it guesses from any word, those of comments too
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(POSTDIRECTLY)
        wrapper.setReturnFormat(JSON)
        wrapper.setOnlyConneg(True)
        wrapper.setTimeout(self.timeout)
        if user:
            wrapper.setCredentials(user, password)
        for name, value in parameters:
            wrapper.addParameter(name, value)
        kind, body = self._answer(wrapper, place)
        try:
            return _rows(json.loads(body))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise EndpointError(
                f"{place}: answered with {shown(kind)}, not with SPARQL results in JSON; "
                "is it the address of a SPARQL endpoint?"
            ) from error

    def labels(self, part: str) -> Iterator[tuple[str, str, int]]:
        """IRI, label and rank of each name of the things whose IRI starts so."""
        names = " ".join(f"<{name}>" for name in NAMES)
        for thing, property_, label in self.select(LABELS.format(names=names, part=part)).terms:
            if isinstance(label, ox.Literal) and thing is not None and property_ is not None:
                yield thing.value, label.value, NAMES.index(property_.value)

    def occurs(self, term: ox.NamedNode) -> bool:
        """Whether the endpoint says anything of, or with, this thing."""
        return len(self.select(OCCURS.format(term))) > 0

    def _parts(self) -> tuple[str, str, str, list[tuple[str, str]]]:
        """The address alone, user and password, and the parameters."""
        try:
            parts = urlsplit(self.url)
            host = parts.netloc.rpartition("@")[2]
            fits = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            fits = None
        if not fits or any(c.isspace() or not c.isprintable() for c in self.url):
            raise QueryError(f"--endpoint takes an address http://… or https://…, not “{self.url}”")
        place = urlunsplit((parts.scheme, host, parts.path, "", ""))
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return place, user, password, parse_qsl(parts.query, keep_blank_values=True)

    def _answer(self, wrapper: Any, place: str) -> tuple[str, bytes]:
        """The kind and the bytes of an answer."""
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        try:
            answer = wrapper.query()
            return answer.info().get("content-type", "no kind at all"), answer.response.read()
        except SPARQLWrapperException as error:
            raise _refused(place, error.__context__, _body(str(error))) from error
        except urllib.error.HTTPError as error:
            raise _refused(place, error, error.read(4096)) from error
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                why = f"no answer within {self.timeout} seconds; --timeout SECONDS waits longer"
            else:
                said = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
                why = f"not reachable: {shown(said)}; check the address, and whether it runs"
            raise EndpointError(f"{place}: {why}") from error


def ask(endpoint: Endpoint, name: str, /, **parameters: object) -> Rows:
    """The rows that answer the stored query of this name, asked of an endpoint.

    Parameters are those of `ciskg.query.run`. Raises QueryError where the question cannot be asked
    so, EndpointError where the endpoint does not answer.
    """
    query = get(name)
    given = {key: value for key, value in parameters.items() if value is not None}
    return endpoint.select(bind(query, resolve(endpoint, query, given)))


def _refused(place: str, error: object, body: bytes) -> EndpointError:
    """What to say of an answer that is an error of HTTP."""
    code = error.code if isinstance(error, urllib.error.HTTPError) else 0
    reason = shown(getattr(error, "reason", "") or "no reason given")
    lines = [line.strip() for line in body.decode("utf-8", "replace").splitlines()]
    first = next((line for line in lines if line), "")
    said = shown(first) if first and not first.startswith("<") else reason
    return EndpointError(f"{place}: HTTP {code}: {said}; {REFUSED.get(code, _remedy(code))}")


def _remedy(code: int) -> str:
    return (
        "its log says more" if code >= 500 else "it does not take the question; check the address"
    )


def _body(message: str) -> bytes:
    """The body of an answer in the message of an exception, where it stands as Python writes it."""
    try:
        body = ast.literal_eval(message.partition("Response:\n")[2])
    except (ValueError, SyntaxError):
        return b""
    return body if isinstance(body, bytes) else b""


def _rows(answer: Any) -> Rows:
    """The rows of SPARQL 1.1 results in JSON."""
    columns = tuple(map(str, answer["head"]["vars"]))
    bindings = answer["results"]["bindings"]
    return to_rows(columns, (tuple(_term(row.get(c)) for c in columns) for row in bindings))


def _term(said: Any) -> object:
    if said is None:
        return None
    kind, value = said["type"], said["value"]
    if kind == "uri":
        return ox.NamedNode(value)
    if kind == "bnode":
        return ox.Literal(f"_:{value}")
    if language := said.get("xml:lang"):
        return ox.Literal(value, language=language)
    datatype = said.get("datatype")
    return ox.Literal(value, datatype=ox.NamedNode(datatype) if datatype else None)
