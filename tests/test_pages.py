"""What the pages show is what the commands print, and their examples run."""

import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox

import ciskg
from ciskg.namespaces import ID, PREFIXES

ROOT = Path(__file__).parent.parent
REFRESH = ROOT / "docs" / "refresh.py"


def refresh(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, REFRESH, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_pages_show_what_the_commands_print() -> None:
    names = ("docs/questions.md", "docs/model.md", "docs/inputs.md", "README.md")
    pages = [ROOT / name for name in names]
    assert all("```console\n$ ciskg " in page.read_text(encoding="utf-8") for page in pages)
    done = refresh("--check", *pages, ROOT / "docs" / "tables.md")
    assert done.returncode == 0, done.stderr


def test_a_page_that_lies_is_found_and_mended(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ ciskg --version\nciskg, version 99\n```\nend\n", "utf-8")
    assert refresh("--check", page).returncode == 1
    assert refresh(page).returncode == 0
    lines = page.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["```console", "$ ciskg --version"]
    assert lines[3:] == ["```", "end"]
    assert re.fullmatch(r"ciskg, version [0-9.]+", lines[2])
    assert lines[2] != "ciskg, version 99"


def test_a_page_that_tells_the_tables_wrongly_is_mended(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("above\n<!-- tables -->\nwrong\n<!-- /tables -->\nbelow\n", "utf-8")
    assert refresh("--check", page).returncode == 1
    assert refresh(page).returncode == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("above\n<!-- tables -->\n\n### documents.csv: ")
    assert text.endswith("|\n<!-- /tables -->\nbelow\n")
    assert "wrong" not in text
    assert "| `sha256` | " in text


def test_the_example_of_the_model_stands_in_the_graph_of_the_seeds() -> None:
    page = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```turtle\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    told = {
        quad.triple
        for quad in ox.parse(prefixes + "\n".join(blocks), format=ox.RdfFormat.TURTLE, base_iri=ID)
    }
    assert len(told) > 15
    store = ciskg.build(ROOT / "seeds").store
    assert [
        str(t) for t in told if not any(store.quads_for_pattern(t.subject, t.predicate, t.object))
    ] == []


def test_the_python_examples_of_the_readme_run(tmp_path: Path) -> None:
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert examples
    for example in examples:
        done = subprocess.run(
            [sys.executable, "-c", example],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()
