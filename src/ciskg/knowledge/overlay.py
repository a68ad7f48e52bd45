"""Lays a folder of somebody's own knowledge over that of the installation.

Questions (.rq) take the place of ours file by file, the things of Turtle block by block, tables
and rules (.toml) key by key and id by id.
"""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from ciskg.knowledge import FOLDERS, KnowledgeError
from ciskg.knowledge.blocks import lay_turtle
from ciskg.knowledge.tables import lay_tables

LANGUAGES = ("en", "ru")
ENDINGS = {  # folder of knowledge -> what the files in it end in
    "ontology": (".ttl", ".toml"),
    "ontology/reference": (".ttl",),
    "ontology/shapes": (".ttl",),
    "queries": (".rq",),
    "queries/internal": (".rq",),
    "rules": (".toml",),
    **{f"rules/{language}": (".toml",) for language in LANGUAGES},
}
NOTES = (".md", ".txt")  # what people write beside them
REMEDY = "docs/knowledge.md says which file belongs where"


def merge(own: Path, ours: Mapping[str, Path], into: Path) -> None:
    """Write into a folder what the three folders `ours` and `own` say together.

    Raises KnowledgeError with all errors of `own`, each with its file and line.
    """
    files = _files(own, ours)
    for name, folder in ours.items():
        shutil.copytree(folder, into / name)
    errors: list[str] = []
    for ending, lay in ((".ttl", lay_turtle), (".toml", lay_tables)):
        errors += lay([path for path in files if path.suffix == ending], own, into)
    for path in files:
        if path.suffix == ".rq":
            place = into / path.relative_to(own)
            place.parent.mkdir(exist_ok=True)
            shutil.copy(path, place)
    if errors:
        raise KnowledgeError("\n".join(errors))


def _files(own: Path, ours: Mapping[str, Path]) -> list[Path]:
    """The files of knowledge in `own`, sorted.

    Raises KnowledgeError where a file stands where nobody would read it.
    """
    if not any((own / name).is_dir() for name in FOLDERS):
        raise KnowledgeError(f"{own}: holds none of the folders {', '.join(FOLDERS)}; {REMEDY}")
    paths = sorted(path for name in FOLDERS for path in (own / name).rglob("*"))
    paths = [path for path in paths if path.is_file() and path.suffix not in NOTES]
    paths = [
        path
        for path in paths
        if not any(part.startswith((".", "__")) for part in path.relative_to(own).parts)
    ]
    errors = [
        f"{path}: {wrong}; {REMEDY}" for path in paths for wrong in _misplaced(path, own, ours)
    ]
    if errors:
        raise KnowledgeError("\n".join(errors))
    return paths


def _misplaced(path: Path, own: Path, ours: Mapping[str, Path]) -> Iterator[str]:
    place = path.relative_to(own).parent.as_posix()
    if place not in ENDINGS:
        yield f"nothing is read from {place}/, but from {'/, '.join(ENDINGS)}/"
    elif path.suffix not in ENDINGS[place]:
        yield f"files in {place}/ end in {' or '.join(ENDINGS[place])}"
    elif place in ("rules", "ontology") and path.suffix == ".toml":
        top = ours[place]
        if not (top / path.name).is_file():
            there = ", ".join(sorted(p.name for p in top.glob("*.toml")))
            yield f"no table of ours has this name: {there}"
