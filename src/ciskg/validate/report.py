"""What came out of a validation: sorted findings, as text for people and as Turtle for programs."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ciskg.namespaces import BASE, PREFIXES

if TYPE_CHECKING:
    import rdflib

SH = "http://www.w3.org/ns/shacl#"
SEVERITIES = ("Violation", "Warning", "Info")
MEANING = {
    "Violation": "must not be published",
    "Warning": "a person should look",
    "Info": "not known",
}
REPORT = f"{BASE}id/report"
UNSAFE = re.compile(r"[\x00-\x20<>\"{}|^`\\]")  # in an IRI; rdflib lets them pass
# How SPARQL writes a path of SHACL around the path inside.
MARKS = {
    "inversePath": "^{}",
    "zeroOrMorePath": "{}*",
    "oneOrMorePath": "{}+",
    "zeroOrOnePath": "{}?",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One result: a node that a shape has something to say of. Terms are in N-Triples form."""

    severity: str  # "Violation", "Warning", "Info", or the IRI of another
    shape: str  # IRI
    focus: str
    path: str  # as SPARQL writes it; "" where the shape is of a node
    value: str | None
    message: str  # in English, where the shape has it so
    messages: tuple[tuple[str, str], ...] = ()  # language and text, sorted
    component: str = ""  # IRI of the kind of constraint
    plain_path: str | None = None  # the IRI of a path that is one property

    @property
    def node(self) -> str:
        """What a person has to look at: a query's focus is the dataset, its value the node."""
        return self.focus if self.path or self.value is None else self.value


@dataclass(frozen=True, slots=True)
class Report:
    """All that the shapes say of a graph."""

    conforms: bool
    results: tuple[Finding, ...]  # by severity, shape, focus, path, value
    checked: bool = True  # whether the graph holds anything that the shapes look at

    @classmethod
    def of(
        cls, results: Iterable[Finding], *, allow_warnings: bool = True, checked: bool = True
    ) -> "Report":
        """A report of these findings in their order, each once."""
        ordered = tuple(sorted(set(results), key=_order))
        allowed = ("Warning", "Info") if allow_warnings else ()
        return cls(all(finding.severity in allowed for finding in ordered), ordered, checked)

    @property
    def failed(self) -> frozenset[str]:
        """The IRIs of all shapes that have a finding."""
        return frozenset(finding.shape for finding in self.results)

    @property
    def violations(self) -> int:
        """How many findings forbid to publish the graph."""
        return sum(finding.severity not in SEVERITIES[1:] for finding in self.results)

    @property
    def warnings(self) -> int:
        """How many findings a person should look at."""
        return sum(finding.severity == "Warning" for finding in self.results)

    @property
    def infos(self) -> int:
        """How many gaps in what is known were found."""
        return sum(finding.severity == "Info" for finding in self.results)

    @property
    def text(self) -> str:
        """The report for people: each shape once, with the nodes it speaks of."""
        return "".join(_text(self))

    @property
    def turtle(self) -> str:
        """The report in the vocabulary of SHACL, the same bytes for the same findings.

        Results have IRIs. A path that is more than one property is left to the source shape.
        """
        return "".join(_turtle(self))


def findings(found: "rdflib.Graph", shapes: "rdflib.Graph") -> Iterator[Finding]:
    """The results in a report of pySHACL."""
    from rdflib import Literal, URIRef

    for result in found.objects(None, URIRef(f"{SH}result")):
        said: dict[str, Any] = {}
        messages: list[tuple[str, str]] = []
        for property_, value in found.predicate_objects(result):
            said[str(property_).removeprefix(SH)] = value
            if str(property_) == f"{SH}resultMessage" and isinstance(value, Literal):
                messages.append((value.language or "", str(value)))
        messages.sort()
        shape, path = said["sourceShape"], said.get("resultPath")
        if path is not None:  # pySHACL copies it without what hangs on it
            path = next(shapes.objects(shape, URIRef(f"{SH}path")), path)
        english = [text for language, text in messages if language in ("", "en")]
        yield Finding(
            severity=str(said["resultSeverity"]).removeprefix(SH),
            shape=str(shape),
            focus=_nt(said["focusNode"]),
            path="" if path is None else _path(path, shapes),
            value=_nt(said["value"]) if "value" in said else None,
            message=(english or [text for _, text in messages] or [""])[0],
            messages=tuple(messages),
            component=str(said["sourceConstraintComponent"]),
            plain_path=str(path) if isinstance(path, URIRef) else None,
        )


def _order(finding: Finding) -> tuple[int, str, str, str, str, str]:
    known = finding.severity in SEVERITIES
    return (
        SEVERITIES.index(finding.severity) if known else -1,
        finding.shape,
        finding.focus,
        finding.path,
        finding.value or "",
        finding.component,
    )


def _nt(term: Any) -> str:
    """An rdflib term in N-Triples form, where nothing can break out of its line."""
    from rdflib import BNode, Literal

    if isinstance(term, BNode):
        return f"_:{term}"
    if isinstance(term, Literal):
        datatype = None if term.datatype is None else ox.NamedNode(str(term.datatype))
        return _printable(str(ox.Literal(str(term), language=term.language, datatype=datatype)))
    return _printable(str(ox.NamedNode(UNSAFE.sub(lambda c: f"%{ord(c[0]):02X}", str(term)))))


def _printable(text: str) -> str:
    """The text with what could steer a terminal or turn a line as N-Triples escapes."""
    return "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in text)


def _path(path: Any, shapes: "rdflib.Graph") -> str:
    """A path of SHACL as SPARQL writes it."""
    from rdflib import RDF, URIRef

    if isinstance(path, URIRef):
        return _short(str(path))
    if (path, RDF.first, None) in shapes:
        return "/".join(_path(step, shapes) for step in shapes.items(path))
    for choice in shapes.objects(path, URIRef(f"{SH}alternativePath")):
        return "(" + "|".join(_path(step, shapes) for step in shapes.items(choice)) + ")"
    for kind, mark in MARKS.items():
        for inner in shapes.objects(path, URIRef(SH + kind)):
            return mark.format(_path(inner, shapes))
    return ""


def _short(iri: str) -> str:
    """The IRI with a prefix where it has one of ours."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri[len(namespace) :].replace("_", "a").isalnum():
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"


def _text(report: Report) -> Iterator[str]:
    yield "The graph conforms" if report.conforms else "The graph does not conform"
    yield f". Violations: {report.violations}, warnings: {report.warnings}, gaps: {report.infos}.\n"
    for (severity, shape), group in groupby(report.results, lambda f: (f.severity, f.shape)):
        results = list(group)
        first = results[0]
        name = shape[max(shape.rfind("#"), shape.rfind("/")) + 1 :]
        path = f" ({first.path})" if first.path else ""
        meaning = MEANING.get(severity, severity)
        yield f"\n{severity}, {meaning}: {name}{path}, {len(results)}\n"
        yield f"    {_printable(first.message)}\n"
        for finding in results:
            value = finding.value if finding.path and finding.value is not None else ""
            yield f"    {finding.node} {value}".rstrip() + "\n"


def _turtle(report: Report) -> Iterator[str]:
    named = [(_iri(finding), finding) for finding in report.results]
    yield f"@prefix sh: <{SH}> .\n\n<{REPORT}> a sh:ValidationReport ;\n"
    yield f"    sh:conforms {str(report.conforms).lower()}"
    for iri, _ in named:
        yield f" ;\n    sh:result <{iri}>"
    yield " .\n"
    for iri, finding in named:
        severity = finding.severity
        yield f"\n<{iri}> a sh:ValidationResult"
        yield f" ;\n    sh:resultSeverity <{severity if ':' in severity else SH + severity}>"
        yield f" ;\n    sh:sourceShape {_node(finding.shape)}"
        yield f" ;\n    sh:sourceConstraintComponent <{finding.component}>"
        yield f" ;\n    sh:focusNode {finding.focus}"
        if finding.plain_path is not None:
            yield f" ;\n    sh:resultPath <{finding.plain_path}>"
        if finding.value is not None:
            yield f" ;\n    sh:value {finding.value}"
        for language, text in finding.messages:
            yield f" ;\n    sh:resultMessage {ox.Literal(text, language=language or None)}"
        yield " .\n"


def _node(shape: str) -> str:
    """A shape in N-Triples form: its IRI, or the label of a blank node."""
    return f"<{shape}>" if ":" in shape else f"_:{shape}"


def _iri(finding: Finding) -> str:
    """The IRI of a result, computed from what it says."""
    said = "\n".join(str(part) for part in (*_order(finding), finding.severity))
    return f"{REPORT}#{hashlib.sha256(said.encode()).hexdigest()[:20]}"
