"""Figures that an evaluation must reach, as a file says."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from ciskg.evaluate.scores import Scores

KNOWN = ("f1", "precision", "recall", "fields", "type_f1")


class FloorError(Exception):
    """A file of floors cannot be used; the message names it and the remedy."""


def read_floors(path: Path, name: str) -> Mapping[str, float]:
    """The floors of the table `name`, or those that stand outside of tables where it has none.

    Raises FloorError.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FloorError(f"{path}: cannot be read: {error.strerror}; check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FloorError(f"{path}: not TOML: {error}") from error
    tables = [key for key, value in data.items() if isinstance(value, dict)]
    if tables and name not in tables:
        remedy = f"choose one of {', '.join(tables)} with --name, or add [{name}]"
        raise FloorError(f"{path}: has no table [{name}]; {remedy}")
    floors = data[name] if tables else data
    for key, value in floors.items():
        if key not in KNOWN:
            raise FloorError(f"{path}: {key!r} is no figure; it is one of {', '.join(KNOWN)}")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise FloorError(f"{path}: {key} = {value!r}; write a number between 0 and 1")
    if not floors:
        raise FloorError(f"{path}: holds no floor; write one of {', '.join(KNOWN)}, as f1 = 0.9")
    return dict(floors)


def below(scores: Scores, floors: Mapping[str, float]) -> Iterator[str]:
    """Yield what falls below its floor; `type_f1` is the floor of each type in the gold."""
    whole = scores["all"]
    figures = {
        "f1": whole.f1,
        "precision": whole.precision,
        "recall": whole.recall,
        "fields": 1.0 if whole.fields is None else whole.fields,
    }
    for key, floor in floors.items():
        if key == "type_f1":
            for row in scores.rows:
                if row.gold and row.f1 < floor:
                    yield f"f1 of {row.type} is {row.f1:.3f}, below {floor}"
        elif figures[key] < floor:
            yield f"{key} is {figures[key]:.3f}, below {floor}"
