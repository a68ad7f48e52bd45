"""The names under which pages say what they are, by rules/pages.toml."""

from dataclasses import dataclass

from ciskg.knowledge import KnowledgeError, cached, folder, read_table

_TABLES = {
    "meta": ("published", "title", "publisher", "url", "language"),
    "linked": ("article", "page"),
    "marked": ("published",),
    "time": ("published", "other"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """Lists of names, each by its table and key in the file."""

    lists: dict[tuple[str, str], tuple[str, ...]]

    def of(self, table: str, key: str) -> tuple[str, ...]:
        """One list, in its order."""
        return self.lists[table, key]


@cached
def names() -> Names:
    """The lists of pages.toml.

    Raises KnowledgeError where the file is broken.
    """
    path = folder("rules") / "pages.toml"
    data = read_table(path)
    try:
        return Names({(t, key): tuple(data[t][key]) for t, keys in _TABLES.items() for key in keys})
    except KeyError as error:
        raise KnowledgeError(f"{path.name}: {error} is missing; add it") from error
