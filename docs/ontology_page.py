"""Writes a page about the ontology: `python docs/ontology_page.py dist/ontology.html`.

pyLODE takes each `skos:ConceptScheme` for an ontology and gives the page all their names for a
title, so it gets the ontology without the types of the schemes.
"""

import logging
import sys
from pathlib import Path

from pylode import OntPub  # type: ignore[import-untyped]
from rdflib import OWL, RDF, SKOS, Graph

ONTOLOGY = Path(__file__).resolve().parent.parent / "ontology" / "ciskg.ttl"


def main(target: Path) -> int:
    logging.disable(logging.INFO)
    graph = Graph().parse(ONTOLOGY)
    graph.remove((None, RDF.type, SKOS.ConceptScheme))
    page = OntPub(graph).make_html()
    terms = sorted(map(str, graph.subjects(RDF.type, OWL.Class)))
    if missing := [term for term in terms if term not in page]:
        print(f"not on the page: {', '.join(missing)}", file=sys.stderr)
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
