"""Every term in the knowledge files exists: SHACL and SPARQL ignore a misspelt one in silence."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import rdflib

from ciskg.namespaces import PREFIXES

HERE = Path(__file__).parent
ROOT = HERE.parent
BASE = "https://w3id.org/ciskg/"
CK = f"{BASE}def#"
PLANTED = HERE / "vocabulary"
ONTOLOGY = ROOT / "ontology" / "ciskg.ttl"
FILES = sorted(
    path
    for folder, pattern in (
        (ROOT / "ontology", "*.ttl"),
        (ROOT / "queries", "*.rq"),
        (HERE, "*.ttl"),
        (HERE, "*.rq"),
    )
    for path in folder.rglob(pattern)
    if PLANTED not in path.parents
)
CODE = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "ontology").rglob("*.toml")])
CLOSED = (  # of rdflib
    *("DCAT", "DCTERMS", "FOAF", "ORG", "OWL", "PROV", "RDF", "RDFS"),
    *("SDO", "SH", "SKOS", "VOID", "XSD"),
)

TOKEN = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\s]*>)
    |   (?P<long>\"{3}.*?\"{3}|'{3}.*?'{3})
    |   "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'
    |   \#[^\n]*
    |   (?P<name>(?<![\w:.?$/-])[A-Za-z][\w-]*:\w(?:[\w.-]*[\w-])?)""",
    re.VERBOSE | re.DOTALL,
)
DECLARED = re.compile(r"^\s*@?PREFIX\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
SCHEME = re.compile(r"[A-Za-z][\w+.-]*:")
EXAMPLE = "https://example.org/"
DOCUMENTS = {"https://creativecommons.org/licenses/by/4.0/"}  # on the web, and no terms
QUOTED = re.compile(rf"""["']({"|".join(PREFIXES)}):([A-Za-z]\w*)["']""")


def terms(text: str, prefixes: dict[str, str]) -> Iterator[str]:
    """Yield the IRIs in a Turtle or SPARQL text, those of SPARQL inside Turtle too."""
    prefixes = prefixes | dict(DECLARED.findall(text))
    for token in TOKEN.finditer(text):
        if token["long"] is not None:
            yield from terms(token["long"][3:-3], prefixes)
        elif token["iri"] is not None:
            yield token["iri"][1:-1]
        elif token["name"] is not None:
            prefix, _, local = token["name"].partition(":")
            yield prefixes.get(prefix, f"{prefix}:") + local


@cache
def listed() -> dict[str, frozenset[str]]:
    """The terms of the ontology and of the vocabularies that rdflib does not know."""
    raw = tomllib.loads((PLANTED / "vocabularies.toml").read_text(encoding="utf-8"))
    found = {table["namespace"]: frozenset(table["terms"].split()) for table in raw.values()}
    subjects = set(rdflib.Graph().parse(ONTOLOGY).subjects())
    found[CK] = frozenset(str(s).removeprefix(CK) for s in subjects if str(s).startswith(CK))
    return found


def exists(iri: str) -> bool:
    """Whether the IRI is a term of its vocabulary, or a thing of ours and no term.

    The IRI of a vocabulary that is not known here does not exist.
    """
    for namespace, known in listed().items():
        if iri.startswith(namespace):
            return iri in (namespace, namespace.rstrip("#")) or iri[len(namespace) :] in known
    for closed in (getattr(rdflib, name) for name in CLOSED):
        if iri.startswith(str(closed)):
            return iri == str(closed) or iri in closed
    return iri.startswith((BASE, EXAMPLE)) or iri in DOCUMENTS or not SCHEME.match(iri)


def misspelt(path: Path) -> set[str]:
    return {iri for iri in terms(path.read_text(encoding="utf-8"), PREFIXES) if not exists(iri)}


def test_a_planted_typo_of_each_vocabulary_is_found() -> None:
    found = {iri.rpartition("/")[2].rpartition("#")[2] for iri in misspelt(PLANTED / "typo.ttl")}
    assert found == {
        "dataType",
        "preflabel",
        "membership",
        "meating",
        "exakt",
        "date_dokument",
        "dat",
        "wasDerivedfrom",
        "Entitty",
        "Evnt",
    }
    assert misspelt(PLANTED / "typo.rq") == {f"{CK}inDokument"}


def test_there_are_files_to_check() -> None:
    assert {path.suffix for path in FILES} == {".ttl", ".rq"}
    assert ONTOLOGY in FILES


def test_every_term_of_the_knowledge_files_exists() -> None:
    found = {path.relative_to(ROOT).as_posix(): misspelt(path) for path in FILES}
    assert {path: iris for path, iris in found.items() if iris} == {}


def test_every_term_that_the_code_names_exists() -> None:
    named = {
        (path.relative_to(ROOT).as_posix(), PREFIXES[prefix] + local)
        for path in CODE
        for prefix, local in QUOTED.findall(path.read_text(encoding="utf-8"))
        if prefix != "id"
    }
    assert named
    assert {(path, iri) for path, iri in named if not exists(iri)} == set()
