"""Every step of inference that the code names is described for readers."""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from rdflib import RDF, SKOS, Graph

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "ciskg"
FILE = ROOT / "ontology" / "reference" / "inference-steps.ttl"
# How steps are called: what is inferred, and from what.
STEP = re.compile(r"[a-z]+(?:-[a-z]+)*-(?:from|of|before|after)(?:-[a-z]+)+")
INNER = {"year-of-change"}  # replaced before a fact is made


def words(text: str) -> Iterator[str]:
    """The strings of a program, docstrings apart by their spaces."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def named_by_rules() -> set[str]:
    """The ids of rules and cues, which may look like steps."""
    found: set[str] = set()
    for path in (SOURCE / "rules").rglob("*.toml"):
        for name, tables in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found.add(name)
            found |= {
                table["id"]
                for table in (tables if isinstance(tables, list) else ())
                if isinstance(table, dict) and "id" in table
            }
            found |= set(tables) if isinstance(tables, dict) else set()
    return found


def used() -> dict[str, set[str]]:
    """The steps that the code names, each with its modules."""
    found: dict[str, set[str]] = defaultdict(set)
    for folder in ("recognise", "extract", "reconcile"):
        for path in sorted((SOURCE / folder).rglob("*.py")):
            for word in words(path.read_text(encoding="utf-8")):
                rule = word.endswith(("-en", "-ru"))
                if STEP.fullmatch(word) and not rule:
                    found[word].add(path.relative_to(SOURCE).as_posix())
    for word in INNER | named_by_rules():
        found.pop(word, None)
    return dict(found)


def described() -> dict[str, set[str | None]]:
    """The steps of the reference, each with the languages of its labels."""
    graph = Graph().parse(FILE)
    return {
        str(notation): {label.language for label in graph.objects(step, SKOS.prefLabel)}  # type: ignore[attr-defined]
        for step in graph.subjects(RDF.type, SKOS.Concept)
        for notation in graph.objects(step, SKOS.notation)
    }


def test_a_step_in_a_program_is_found() -> None:
    program = 'def f():\n    """A year-from-nowhere."""\n    return ("2023", ("year-from-moon",))'
    assert [word for word in words(program) if STEP.fullmatch(word)] == ["year-from-moon"]


def test_every_step_that_the_code_names_is_described() -> None:
    steps = used()
    assert len(steps) > 10
    missing = {step: sorted(modules) for step, modules in steps.items() if step not in described()}
    assert not missing, f"{FILE.name} has no block for {missing}"


def test_every_step_has_labels_and_is_used() -> None:
    assert {step for step, languages in described().items() if languages != {"en", "ru"}} == set()
    assert {step for step in described() if not STEP.fullmatch(step)} == set()
    assert described().keys() - used().keys() == set()
