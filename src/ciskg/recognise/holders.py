"""Offices and those who hold them: `Chairman of the Board of X, Minister of Y of Z N.N.`"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ciskg.cues import cue
from ciskg.recognise.lexicon import Lexicon, Thing
from ciskg.recognise.mentions import CHAR, Encoded, Mention

S, A, G, B, SHORT, R, N, L, D = (
    CHAR[k] for k in ("state", "adj", "org", "body", "short", "role", "name", "place", "date")
)
OWNER = f"[{S}{A}{G}{B}{SHORT}{CHAR['summit']}]"
_MOD = (
    r"(?:acting|interim|first|deputy|vice|senior|former|ex|then|late|new|incumbent|outgoing|re-elected"
    r"|newly[- ]elected|current)[ -]"
)
_CAP = rf"(?:[A-ZА-ЯЁ][\w’-]+|[{A}{S}{G}{L}{SHORT}{B}{CHAR['kind']}])"
FORMER = frozenset({"former", "ex", "late", "then", "outgoing"})
KEPT = {
    "acting": "Acting",
    "interim": "Acting",
    "first": "First",
    "deputy": "Deputy",
    "vice": "Deputy",
}
TO = (
    "Ambassador",
    "Envoy",
    "Assistant",
    "Representative",
    "Permanent",
    "Plenipotentiary",
    "Adviser",
    "Special",
    "Aide",
)


@dataclass(frozen=True, slots=True)
class Office:
    """An office as it is written."""

    title: str  # normal: `Acting President`
    of: str  # state, organization or body; "" where not said
    start: int  # in the encoded text
    end: int
    role: Thing
    bodies: tuple[
        str, ...
    ] = ()  # what a short name may mean, where the document's focus settles it
    former: bool = False
    plural: bool = False
    members: tuple[Thing, ...] = ()  # bodies whose members are called so: `heads of government`


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with the offices named beside; `name` is "" for a holder who is not named."""

    name: str
    offices: tuple[Office, ...]
    of: str = ""  # state or organization the person stands for, where said
    plural: bool = False


def find_offices(encoded: Encoded, text: str, lexicon: Lexicon) -> list[Office]:
    """Each office of an encoded block, in order; `text` is the document's."""
    out: list[Office] = []
    for at, mention in sorted(encoded.mentions.items()):
        if mention.kind == "role" and (not out or at >= out[-1].end):
            out.append(_office(encoded, text, at, mention, lexicon, out[-1].end if out else 0))
    return out


def _office(
    encoded: Encoded, text: str, at: int, mention: Mention, lexicon: Lexicon, floor: int
) -> Office:
    role = next(t for e in mention.entries if e.kind == "role" for t in e.things)
    start, end = at, at + 1
    owners: list[Mention] = []
    modifiers: list[str] = []
    before = cue("holders-before").search(encoded.text, max(floor, at - 60), at)
    if before:
        start = before.start()
        owners += [encoded.mentions[before.start(g)] for g in "ab" if before.group(g)]
        modifiers = before.group("mods").lower().replace("-", " ").split()
        if owners and len(owners) == 1 and owners[0].kind == "adj" and len(owners[0].entries) > 1:
            owners = []
    title = role.label
    free = ""
    house = cue("holders-lower-house").match(encoded.text, end)
    if house:
        free, end = _words(encoded, text, *house.span("what")), house.end()
    while not free:
        match = cue("holders-after").match(encoded.text, end)
        if not match or (
            match.group("prep").lower() in ("to", "with", "in", "at", "on")
            and not role.label.startswith(TO)
        ):
            break
        found = [encoded.mentions[match.start(g)] for g in "ab" if match.group(g)]
        if match.group("prep") == "to" and role.label.startswith(("Ambassador", "Envoy")):
            title = f"{title} to {_things(found[0])[0].label}"
        else:
            # "Minister of Defence of Russia": the owner after `of` is nearer than the one before.
            owners = (
                [*found, *(o for o in owners if o.kind in ("body", "short"))]
                if before and owners and found[0].kind in ("state", "org")
                else [*owners, *found]
            )
        end = match.end()
    if not owners and not free and not role.role_in_state:
        match = cue("holders-free").match(encoded.text, end)
        if match:
            free, end = _words(encoded, text, *match.span("what")), match.end()
    of, bodies = _settle(owners, lexicon)
    prefix = " ".join(
        KEPT[m] for m in modifiers if m in KEPT and not role.label.startswith(KEPT[m])
    )
    return Office(
        title=f"{prefix} {title}".strip(),
        of=of or free,
        start=start,
        end=end,
        role=role,
        bodies=() if of else bodies,
        former=not FORMER.isdisjoint(modifiers),
        plural=bool(cue("holders-plural").search(text[mention.start : mention.end])),
        members=tuple(t for e in mention.entries if e.kind == "members" for t in e.things),
    )


def _things(mention: Mention) -> list[Thing]:
    return [t for e in mention.entries if e.kind == mention.kind for t in e.things]


def _settle(owners: Sequence[Mention], lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """What an office is of: the body named, helped by the organization or state named with it."""
    around = [o for o in owners if o.kind in ("state", "adj", "org", "summit")]
    inner = [o for o in owners if o.kind in ("body", "short")]
    whole = _things(around[-1])[0] if around else None
    full = [o for o in inner if o.kind == "body"]
    if full and len(inner) == 1:
        return _of_unit(_things(full[0]), whole), ()
    owner = whole.name if whole and whole.kind in ("state", "org") else ""
    if full:
        owner = _things(full[0])[0].unit_of
    for mention in inner:
        if mention.kind == "short":
            things = _things(mention)
            named = next((t.name for t in things if owner and t.unit_of == owner), "")
            if named:
                return named, ()
            if not owner:
                return ("", tuple(t.name for t in things))
            return f"{things[0].label}", ()
    return (whole.name if whole else ""), ()


def _of_unit(things: Sequence[Thing], whole: Thing | None) -> str:
    return next((t.name for t in things if whole and t.unit_of == whole.name), things[0].name)


def _words(encoded: Encoded, text: str, a: int, b: int) -> str:
    start, end = encoded.source(a, b)
    words = re.sub(r"\s+", " ", text[start:end])
    return words[:1].upper() + words[1:]


def chains(encoded: Encoded, offices: Sequence[Office]) -> Iterator[list[Office]]:
    """Offices stacked on one holder: joined by a dash, a comma or `and`, nothing between."""
    chain: list[Office] = []
    for office in offices:
        if chain and not cue("holders-link").fullmatch(encoded.text[chain[-1].end : office.start]):
            yield chain
            chain = []
        chain.append(office)
    if chain:
        yield chain


def share(chain: Sequence[Office], lexicon: Lexicon) -> tuple[Office, ...]:
    """An office without `of` takes that of the next one in its chain, else of the one before."""
    offices = list(chain)
    for n in reversed(range(len(offices))):
        if offices[n].of:
            continue
        near = [o.of for o in (*offices[n + 1 :], *reversed(offices[:n])) if o.of]
        if offices[n].bodies:
            wholes = {w for of in near for w in (of, _unit(of, lexicon))}
            fits = [b for b in offices[n].bodies if _unit(b, lexicon) in wholes]
            if fits:
                offices[n] = replace(offices[n], of=fits[0], bodies=())
        elif near:
            of = (
                _unit(near[0], lexicon)
                if offices[n].role.role_in_state and _unit(near[0], lexicon)
                else near[0]
            )
            offices[n] = replace(offices[n], of=of)
    return tuple(offices)


def _unit(name: str, lexicon: Lexicon) -> str:
    thing = lexicon.by_name.get(name)
    return thing.unit_of if thing and thing.kind == "body" else ""


def stands_for(offices: Sequence[Office], lexicon: Lexicon) -> str:
    """The state or organization in whose name the holder of these offices acts.

    An executive organ acts for its organization; of several offices the one in an organization
    of states counts before a state's.
    """
    best = ""
    for office in offices:
        of = office.of
        thing = lexicon.by_name.get(of)
        if office.former or not of:
            continue
        if thing and thing.kind == "body":
            whole = lexicon.by_name.get(thing.unit_of)
            executive = any(w in of for w in ("Executive Committee", "Secretariat"))
            if whole and (whole.kind == "state" or executive):
                of = whole.name
        above = lexicon.by_name.get(of)
        # Who chairs a council of heads of state does so as the head of a state.
        lasting = above is not None and above.kind != "state" and not above.summit
        if not best or lasting:
            best = of
        elif (b := lexicon.by_name.get(best)) and b.summit:
            best = of
    return best
