"""The types of facts, as ontology/facts.toml declares them: the mapping as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ciskg.knowledge import KnowledgeError, cached, folder, read_table
from ciskg.namespaces import expand

FILE = "facts.toml"
THINGS = frozenset({"state", "organization", "body", "place", "role", "person"})
KINDS = THINGS | {"meeting", "instrument", "period", "concept", "class", "text", "flag"}


@dataclass(frozen=True, slots=True)
class Field:
    """What one field of a fact becomes."""

    name: str
    property: str  # IRI
    kinds: tuple[str, ...]  # kinds of value, tried in this order
    on: str  # "fact", "both", "claim"
    values: Mapping[str, str] = field(default_factory=dict)  # word -> IRI
    scheme: str | None = None  # of a concept
    list: bool = False
    usual: bool = False
    day: str | None = None  # IRI of the property for a date that is one day


@dataclass(frozen=True, slots=True)
class Post:
    """The office that a tenure fills."""

    property: str
    class_: str
    path: str
    identity: tuple[str, ...]
    label: tuple[str, ...]
    says: Mapping[str, str]  # field -> IRI of the property


@dataclass(frozen=True, slots=True)
class FactType:
    """What one type of fact becomes."""

    name: str
    class_: str
    path: str
    label: tuple[str, ...]
    fields: Mapping[str, Field]
    identity: tuple[str, ...] = ()
    reconciled: bool = False  # its IRIs come from `reconcile`
    exact: tuple[str, ...] = ()  # date and place: the identity holds only where they are precise
    coarse: tuple[str, ...] = ()  # dates that count by their year
    joiner: str = "--"
    ending: str | None = None
    constants: Mapping[str, str] = field(default_factory=dict)  # property IRI -> IRI
    concepts: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # -> scheme, notation
    post: Post | None = None
    read: bool = True

    @property
    def persons(self) -> tuple[str, ...]:
        """The fields that hold persons and nothing else."""
        return tuple(f.name for f in self.fields.values() if f.kinds == ("person",))


@cached
def fact_types(path: Path | None = None) -> Mapping[str, FactType]:
    """The types of facts by name.

    Raises KnowledgeError that names the file, the type and the field.
    """
    path = path or folder("ontology") / FILE
    raw = read_table(path)
    errors: list[str] = []
    common = raw.get("common", {}).get("fields", {})
    found = {
        name: made
        for name, table in raw.get("types", {}).items()
        if (made := _type(name, table, common, f"{path.name}: {name}", errors))
    }
    if errors:
        raise KnowledgeError("\n".join(errors))
    return found


def _type(
    name: str, table: Mapping[str, Any], common: Mapping[str, Any], where: str, errors: list[str]
) -> FactType | None:
    try:
        fields = {
            key: _field(key, said, f"{where}: {key}", errors)
            for key, said in {**table["fields"], **common}.items()
        }
        for key in (*table.get("identity", ()), *table.get("exact", ()), *table.get("coarse", ())):
            if key not in fields:
                errors.append(
                    f"{where}: identity names {key!r}, which is no field; add it to fields"
                )
        post = table.get("post")
        return FactType(
            name=name,
            class_=expand(table["class"]),
            path=table["path"],
            label=tuple(table["label"]),
            fields=fields,
            identity=tuple(table.get("identity", ())),
            reconciled="reconciled" in table,
            exact=tuple(table.get("exact", ())),
            coarse=tuple(table.get("coarse", ())),
            joiner=table.get("joiner", "--"),
            ending=table.get("ending"),
            constants={expand(k): expand(v) for k, v in table.get("constants", {}).items()},
            concepts={expand(k): (v[0], v[1]) for k, v in table.get("concepts", {}).items()},
            post=None
            if post is None
            else Post(
                property=expand(post["property"]),
                class_=expand(post["class"]),
                path=post["path"],
                identity=tuple(post["identity"]),
                label=tuple(post["label"]),
                says={k: expand(v) for k, v in post["says"].items()},
            ),
            read=table.get("read", True),
        )
    except KeyError as error:
        errors.append(f"{where}: {error} is missing; add it")
    except ValueError as error:
        errors.append(f"{where}: {error}")
    return None


def _field(name: str, said: Mapping[str, Any], where: str, errors: list[str]) -> Field:
    kinds = tuple(said.get("as", ()))
    if not kinds or not KINDS.issuperset(kinds):
        errors.append(f"{where}: as = {list(kinds)}; use of {' '.join(sorted(KINDS))}")
    if said.get("on") not in ("fact", "both", "claim"):
        errors.append(f'{where}: on = {said.get("on")!r}; use "fact", "both" or "claim"')
    return Field(
        name=name,
        property=expand(said["property"]),
        kinds=kinds,
        on=said.get("on", "both"),
        values={word: expand(iri) for word, iri in said.get("values", {}).items()},
        scheme=said.get("scheme"),
        list=said.get("list", False),
        usual=said.get("usual", False),
        day=expand(said["day"]) if "day" in said else None,
    )
