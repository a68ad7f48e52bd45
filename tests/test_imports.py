"""Data flows one way: a step knows values and knowledge, never another step."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "ciskg"
# The way of the data; each step is a module or a folder.
STEPS = ("read", "recognise", "extract", "reconcile", "mapping", "validate", "export", "facts")
# What a step may build on besides the plain modules below: only the step before it in a document.
ALLOWED = {"extract": {"recognise"}}
# Values, knowledge, names and small tools that know no step.
GROUND = {
    *("model", "knowledge", "namespaces", "normal", "periods", "labels", "reference", "facttypes"),
    *("identities", "decisions", "personnames", "kinds", "cues", "needs", "openings", "store"),
    "atomic",
}
# what puts the steps together
JOINING = {"assemble", "pipeline", "result", "assess", "examples", "cli"}
IN_CIRCLES = {
    "query",
    "find",
    "explain",
    "graphs",
    "summary",
    "evaluate",
    "unread",
}  # look at the outcome


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _step(path: Path) -> str:
    """The module or folder of the package that a file belongs to."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def _imports(path: Path) -> set[str]:
    """The modules or folders of the package that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "ciskg":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ciskg."):
            found.add(str(node.module).split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("ciskg.")}
        assert not (isinstance(node, ast.ImportFrom) and node.level), f"{path}: relative import"
    return found - {"__version__"}


def test_the_check_sees_imports() -> None:
    assert {"read", "extract", "assemble"} <= _imports(PACKAGE / "pipeline.py")


@pytest.mark.parametrize("step", STEPS)
def test_a_step_imports_no_other_step(step: str) -> None:
    files = [path for path in _modules() if _step(path) == step]
    assert files
    for path in files:
        foreign = _imports(path) - GROUND - ALLOWED.get(step, set()) - {step}
        assert not foreign, f"{path.relative_to(PACKAGE)} imports {', '.join(sorted(foreign))}"


def test_the_ground_knows_no_step() -> None:
    for path in _modules():
        if _step(path) in GROUND:
            foreign = _imports(path) - GROUND
            assert not foreign, f"{path.relative_to(PACKAGE)} imports {', '.join(sorted(foreign))}"


def test_every_module_has_its_place() -> None:
    known = {*STEPS, *GROUND, *JOINING, *IN_CIRCLES, "__init__", "__main__"}
    assert {_step(path) for path in _modules()} <= known


def test_only_what_joins_the_steps_is_long_of_imports() -> None:
    """Nothing but what joins them, or the command line, imports what joins the steps."""
    for path in _modules():
        if _step(path) not in JOINING | {"__init__", "__main__"}:
            assert not _imports(path) & JOINING, path


def test_there_is_no_module_of_odds_and_ends() -> None:
    assert not {path.stem for path in _modules()} & {"utils", "util", "helpers", "common", "misc"}
