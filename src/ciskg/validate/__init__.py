"""Checks a graph against the SHACL shapes: what must hold, what a person should look at."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ciskg.knowledge import KnowledgeError
from ciskg.validate.rdf import ValidationInputError, quiet, read_data, to_rdflib, union
from ciskg.validate.report import Finding, Report, findings
from ciskg.validate.shapes import blame, has_focus, properties_read, read_shapes, shape_files

if TYPE_CHECKING:
    import rdflib

__all__ = [
    "Finding",
    "Report",
    "ValidationInputError",
    "read_data",
    "read_shapes",
    "shape_files",
    "validate",
]


def validate(
    data: "rdflib.Graph | ox.Store | Path | str | Iterable[Path | str]",
    *,
    shapes: "rdflib.Graph | Iterable[Path] | None" = None,
    allow_warnings: bool = True,
) -> Report:
    """What the shapes say of a graph; a dataset, a store or files with named graphs count as one.

    Without `shapes`, those of the installation: all of them, but for a store, which is a build's,
    those that each build runs. Without `allow_warnings`, a graph with any finding does not conform.
    Raises ValidationInputError where data cannot be read, KnowledgeError where shapes are broken.
    """
    import pyshacl
    import rdflib
    from pyshacl.errors import ReportableRuntimeError

    if shapes is None:
        shapes = shape_files(reference=not isinstance(data, ox.Store))
    files = () if isinstance(shapes, rdflib.Graph) else tuple(shapes)
    rules = shapes if isinstance(shapes, rdflib.Graph) else read_shapes(files)
    graph = _graph(data, rules)
    with quiet():
        try:
            _, found, text = pyshacl.validate(graph, shacl_graph=rules, allow_warnings=True)
        except ReportableRuntimeError as error:
            raise KnowledgeError(blame(str(error), rules, files)) from error
        if not isinstance(found, rdflib.Graph):  # pySHACL hands the failure back
            raise KnowledgeError(blame(text, rules, files))
    return Report.of(
        findings(found, rules), allow_warnings=allow_warnings, checked=has_focus(graph, rules)
    )


def _graph(
    data: "rdflib.Graph | ox.Store | Path | str | Iterable[Path | str]", shapes: "rdflib.Graph"
) -> "rdflib.Graph":
    """The data as one rdflib graph; of a store, what the shapes read."""
    import rdflib

    if isinstance(data, ox.Store):
        read = properties_read(shapes)
        wanted = [None] if read is None else [ox.NamedNode(iri) for iri in sorted(read)]
        return to_rdflib(
            quad.triple for p in wanted for quad in data.quads_for_pattern(None, p, None, None)
        )
    if isinstance(data, rdflib.Dataset):
        return union(data)
    if isinstance(data, rdflib.Graph):
        return data
    return read_data([Path(data)] if isinstance(data, str | Path) else [Path(p) for p in data])
