"""Joins offices and names into persons, and rewrites the encoded text with them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ciskg.cues import cue
from ciskg.kinds import CHAR
from ciskg.recognise.holders import Holder, stands_for
from ciskg.recognise.lexicon import Lexicon
from ciskg.recognise.mentions import Encoded, Mention
from ciskg.recognise.offices import Office, chains, find_offices, share
from ciskg.recognise.pieces import Piece, rewrite
from ciskg.recognise.russian_offices import find_offices_ru

S, G, N = (CHAR[k] for k in ("state", "org", "name"))
RESPECTIVE = (
    "persons-respective",
    "persons-respective-before",
    "persons-respective-after",
    "persons-respective-ru",
    "persons-alternating-ru",
)
OWN = re.compile(rf"[{S}{G}](?=[’']s $)")


def find_persons(encoded: Encoded, text: str, lexicon: Lexicon, language: str = "en") -> Encoded:
    """The encoded block with each person and unnamed holder of an office as one mention.

    Persons become `person` (value: Holder), a single holder without a name `office`, several
    (`the presidents of A and B`) `many`.
    """
    find = find_offices_ru if language == "ru" else find_offices
    offices = find(encoded, text, lexicon)
    pieces = sorted(_pieces(encoded, offices, lexicon), key=lambda p: (p.start, -p.end))
    kept: list[Piece] = []
    for piece in pieces:
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return rewrite(encoded, kept)


def _pieces(encoded: Encoded, offices: list[Office], lexicon: Lexicon) -> Iterator[Piece]:
    used: set[int] = set()
    yield from _respective(encoded, offices, used, lexicon)
    plural: list[Office] = []
    for chain in chains(encoded, offices):
        holders = share(chain, lexicon)
        if chain[-1].plural:
            plural.append(holders[-1])
            yield from _several(encoded, holders, used, lexicon)
            if not any(o.former for o in holders):
                yield Piece(chain[0].start, chain[-1].end, Holder("", holders, "", True))
        else:
            yield from _single(encoded, chain, used, lexicon)
    yield from _bare(encoded, plural, used, lexicon)


def _respective(
    encoded: Encoded, offices: Sequence[Office], used: set[int], lexicon: Lexicon
) -> Iterator[Piece]:
    """`the foreign ministers of A and B, X and Y`: the office of each."""
    found = [match for name in RESPECTIVE for match in cue(name).finditer(encoded.text)]
    for match in found:
        states = _each(encoded, *match.span("states"))
        names = _names(encoded, *match.span("names"))
        role = match.start("role") if "role" in match.groupdict() else match.start()
        office = next((o for o in offices if o.start <= role < o.end), None)
        if office and len(states) == len(names):
            for of, at in zip(states, names, strict=True):
                used.add(at)
                near = "" if of else "host"
                held = (replace(office, of=of, plural=False, near=near),)
                yield _person(encoded, at, at + 1, at, held, of, lexicon)


def _each(encoded: Encoded, start: int, end: int) -> list[str]:
    """The states of a list, in order; "" for `the host country`."""
    return [
        encoded.mentions[m.start()].names("state")[0] if m.group("s") else ""
        for m in cue("persons-state-or-host").finditer(encoded.text, start, end)
    ]


def _names(encoded: Encoded, start: int, end: int) -> list[int]:
    return [i for i in range(start, end) if encoded.text[i] == N]


def _single(
    encoded: Encoded, chain: Sequence[Office], used: set[int], lexicon: Lexicon
) -> Iterator[Piece]:
    """The holder of offices that stand together, with the name before or after them."""
    code = encoded.text
    holders = share(chain, lexicon)
    start, end = chain[0].start, chain[-1].end
    after = cue("persons-name-after").match(code, end)
    before = cue("persons-name-before").search(code, max(0, start - 40), start)
    if before and (before.start() in used or cue("persons-owned").match(code, end)):
        before = None
    if after and after.end() - 1 in used:
        after = None
    if before and after and len(chain) > 1:
        # "N, Speaker of A, and President of B M": the first offices are N's, the others M's.
        links = [code[a.end : b.start] for a, b in pairwise(chain)]
        cut = next((n + 1 for n in reversed(range(len(links))) if "and" in links[n]), len(links))
        yield _joined(
            encoded, share(chain[:cut], lexicon), before, chain[cut - 1].end, used, lexicon
        )
        chain, before = chain[cut:], None
        start, holders = chain[0].start, share(chain, lexicon)
    if after:
        at, end = after.end() - 1, after.end()
        state = cue("persons-of-state").match(code, end)
        if state and not holders[-1].of:
            of = _name(encoded.mentions[state.start("s" if state.group("s") else "b")])
            holders = share((*holders[:-1], replace(holders[-1], of=of, near="")), lexicon)
            end = state.end()
        used.add(at)
        yield _person(encoded, start, end, at, holders, stands_for(holders, lexicon), lexicon)
        return
    if before:
        yield _joined(encoded, holders, before, end, used, lexicon)
        return
    comma = cue("persons-name-comma").match(code, end)
    if comma and comma.end() - 1 not in used:
        at = comma.end() - 1
        used.add(at)
        yield _person(
            encoded, start, comma.end(), at, holders, stands_for(holders, lexicon), lexicon
        )
        return
    again = cue("persons-name-again").search(code, max(0, start - 40), start)
    if cue("persons-not-again").match(code[start:end]) or cue("persons-not-again").match(
        holders[0].written
    ):
        again = None
    name = str(encoded.mentions[again.start() + again.group().rindex(N)].value) if again else ""
    yield Piece(start, end, Holder(name, holders, stands_for(holders, lexicon)))


def _joined(
    encoded: Encoded,
    holders: tuple[Office, ...],
    before: re.Match[str],
    end: int,
    used: set[int],
    lexicon: Lexicon,
) -> Piece:
    """The person whose name stands before offices."""
    at = before.start()
    used.add(at)
    if "(" in before.group() and encoded.text[end : end + 1] == ")":
        end += 1
    if cue("persons-replaced").search(encoded.text, max(0, at - 24), at):
        holders = tuple(replace(o, former=True) for o in holders)
    own = OWN.search(before.group())
    if own and not holders[0].of:
        of = _name(encoded.mentions[at + own.start()])
        holders = share((replace(holders[0], of=of, near=""), *holders[1:]), lexicon)
    return _person(encoded, at, end, at, holders, stands_for(holders, lexicon), lexicon)


def _several(
    encoded: Encoded, holders: tuple[Office, ...], used: set[int], lexicon: Lexicon
) -> Iterator[Piece]:
    """`Presidents A (Belarus), B of Russia and C`: the office of each."""
    code = encoded.text
    office = replace(holders[-1], plural=False)
    role = next(i for i in range(office.start, office.end) if code[i] == CHAR["role"])
    listed = cue("persons-plural").match(code, role)
    if not listed:
        return
    found: list[tuple[int, int, int, str]] = []
    for item in cue("persons-plural-item").finditer(code, role + 1, listed.end()):
        at = item.start("n" if item.group("n") else "m")
        own = next((g for g in ("s", "t", "u") if item.group(g)), None)
        of = _name(encoded.mentions[item.start(own)]) if own else ""
        if at not in used:
            inside = item.start() < office.end  # "Presidents of A (N)": the state is in the office
            found.append((at if inside else item.start(), item.end(), at, of))
    ahead = _owners(encoded, role)
    origin = cue("persons-from-states").match(code, listed.end()) or cue(
        "persons-states-before"
    ).search(code, 0, holders[-1].start)
    origins = [_name(m) for m in encoded.within(*origin.span(), "state")] if origin else []
    for n, (start, end, at, of) in enumerate(found):
        if not of and len(found) > 1:
            of = next((each[n] for each in (ahead, origins) if len(each) == len(found)), "")
        of = of or (office.of if len(found) == 1 else "")
        used.add(at)
        near = "" if of or len(found) < 3 else "each"  # each of a state that is not said
        yield _person(encoded, start, end, at, (replace(office, of=of, near=near),), of, lexicon)


def _owners(encoded: Encoded, role: int) -> list[str]:
    """The states of `Russian and Kazakh` or of `Turkmen-Uzbek` before a plural office."""
    match = cue("persons-plural-owners").search(encoded.text, max(0, role - 60), role)
    if not match:
        return []
    return [
        thing.name
        for mention in encoded.within(*match.span(), "state", "adj")
        for entry in mention.entries
        for thing in entry.things[:1]
        if entry.kind in ("state", "adj")
    ]


def _bare(
    encoded: Encoded, plural: Sequence[Office], used: set[int], lexicon: Lexicon
) -> Iterator[Piece]:
    """Names without an office of their own: `N of S`, `S (N)` after a plural, and names alone."""
    code = encoded.text
    for match in cue("persons-brackets").finditer(code):
        at = match.end() - 2
        if at not in used:
            used.add(at)
            of = _name(encoded.mentions[match.start("s")])
            role = next((o for o in reversed(plural) if o.end <= match.end()), None)
            held = (replace(role, of=of, plural=False),) if role else ()
            yield _person(encoded, match.start(), match.end(), at, held, of, lexicon)
    for match in cue("persons-bare").finditer(code):
        at = match.start("n") if match.group("n") else match.start("m")
        if at not in used:
            used.add(at)
            group = next(g for g in "sbcp" if match.group(g))
            of = _name(encoded.mentions[match.start(group)])
            end = at + 1 if group == "c" else match.end()
            yield _person(encoded, match.start(), end, at, (), of, lexicon)
    for at, mention in encoded.mentions.items():
        if mention.kind == "name" and at not in used:
            yield Piece(at, at + 1, Holder(str(mention.value), ()))


def _person(
    encoded: Encoded,
    start: int,
    end: int,
    at: int,
    offices: Sequence[Office],
    of: str,
    lexicon: Lexicon,
) -> Piece:
    name = str(encoded.mentions[at].value)
    return Piece(start, end, Holder(name, tuple(offices), of or stands_for(offices, lexicon)))


def _name(mention: Mention) -> str:
    return (mention.names("state") or mention.names("org") or mention.names("adj") or ("",))[0]
