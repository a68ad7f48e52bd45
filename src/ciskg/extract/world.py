"""Whether a document is of this world at all: of the region's states, organizations, officials."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ciskg.knowledge import KnowledgeError, folder, read_table
from ciskg.recognise import Holder, Lexicon, Recognised

ENOUGH = 4  # namings of the region from which a document of any length is of this world
LENGTH = 500  # characters of a shorter document for each naming that is wanted
ELSEWHERE = 2.5  # times that other states may be named for each naming of the region


@dataclass(frozen=True, slots=True)
class World:
    """The states and organizations whose naming tells that a document is of this world."""

    states: frozenset[str]
    shared: frozenset[str]
    organizations: frozenset[str]
    ambiguous: frozenset[str]


@cache
def _load(path: Path) -> World:
    data = read_table(path)
    try:
        return World(*(frozenset(data[k]) for k in World.__dataclass_fields__))
    except KeyError as error:
        raise KnowledgeError(f"rules/{path.name}: lacks {error}; add it") from error


def of_this_world(read: Recognised) -> bool:
    """Whether a document speaks of the region often enough for its length.

    A match report, a college's minutes or another continent's summit names presidents, sessions
    and agreements too, and `CIS`, `Georgia` or `the Union` in another sense.
    """
    world = _load(folder("rules") / "world.toml")
    named = Counter(_named(read, world))
    region = {s: n for s, n in named.items() if s in world.states or s in world.organizations}
    short = len(read.document.text) < LENGTH
    if set(region) <= world.shared and not short:
        return False
    count = sum(region.values())
    elsewhere = sum(n for s, n in named.items() if len(s) == 3 and s not in region)
    wanted = min(ENOUGH, 1 + len(read.document.text) // LENGTH)
    return count >= wanted and elsewhere <= ELSEWHERE * count


def _named(read: Recognised, world: World) -> Iterator[str]:
    """Each state and organization that a document names: by itself, its towns, bodies, offices."""
    lexicon = read.lexicon
    short = len(read.document.text) < LENGTH
    for sentence in read.sentences:
        for mention in sentence.encoded.mentions.values():
            yield from (*mention.names("state")[:1], *mention.names("adj")[:1])
            for place in mention.names("place")[:1]:
                yield lexicon.countries.get(place, "")
            for body in (*mention.names("body")[:1], *mention.names("summit")[:1]):
                yield _whole(body, lexicon)
            for org in mention.names("org")[:1]:
                written = read.document.text[mention.start : mention.end]
                if short or org not in world.ambiguous or len(written.split()) > 2:
                    yield org
            if isinstance(mention.value, Holder):
                of = next((o.of for o in mention.value.offices), "")
                whole = _whole(of, lexicon)
                if short or whole in world.states or whole != of:
                    yield whole


def _whole(name: str, lexicon: Lexicon) -> str:
    """The state or organization that a body is of, over the body above it; else the name itself."""
    for _ in range(3):
        thing = lexicon.by_name.get(name)
        if thing is None or thing.kind != "body" or not thing.unit_of:
            break
        name = thing.unit_of
    return name


def names_officials(read: Recognised) -> bool:
    """Whether a text names a body, an organization, or one who holds an office of a state.

    A fair in Tashkent is no gathering of this world where nobody acts for a state.
    """
    known = read.lexicon.by_name
    for sentence in read.sentences:
        for mention in sentence.encoded.mentions.values():
            if mention.kind in ("body", "summit", "short", "org"):
                return True
            if isinstance(mention.value, Holder) and any(
                o.of in known for o in mention.value.offices
            ):
                return True
    return False
