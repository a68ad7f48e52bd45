"""Joins offices and names into persons, and rewrites the encoded text with them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ciskg.cues import cue
from ciskg.recognise.holders import Holder, Office, chains, find_offices, share, stands_for
from ciskg.recognise.lexicon import Lexicon
from ciskg.recognise.mentions import CHAR, Encoded, Mention
from ciskg.recognise.russian_offices import find_offices_ru

S, A, G, B, R, N = (CHAR[k] for k in ("state", "adj", "org", "body", "role", "name"))
_AND = r"(?:, and (?:the )?|, (?:the )?| and (?:the )?| и |; )"
NAME_AFTER = re.compile(rf" ?(?:[“\"]?){N}")
BRACKETS = re.compile(rf"(?P<s>[{S}{G}]) \({N}\)")


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    holder: Holder


def find_persons(
    encoded: Encoded, text: str, lexicon: Lexicon, language: str = "en"
) -> Encoded:
    """The encoded block with each person and unnamed holder of an office as one mention.

    Persons become `person` (value: Holder), a single holder without a name `office`, several
    (`the presidents of A and B`) `many`.
    """
    find = find_offices_ru if language == "ru" else find_offices
    offices = find(encoded, text, lexicon)
    pieces = sorted(_pieces(encoded, offices, lexicon), key=lambda p: (p.start, -p.end))
    kept: list[_Piece] = []
    for piece in pieces:
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return _rewrite(encoded, kept)


def _pieces(encoded: Encoded, offices: list[Office], lexicon: Lexicon) -> Iterator[_Piece]:
    code = encoded.text
    used: set[int] = set()
    for match in (
        *cue("persons-respective").finditer(code),
        *cue("persons-respective-ru").finditer(code),
        *cue("persons-alternating-ru").finditer(code),
    ):
        states = encoded.within(*match.span("states"), "state")
        names = [i for i in range(*match.span("names")) if code[i] == N]
        office = next((o for o in offices if o.start <= match.start() < o.end), None)
        if office and len(states) == len(names):
            for state, at in zip(states, names, strict=True):
                used.add(at)
                of = state.names("state")[0]
                yield _person(encoded, at, at + 1, at, (replace(office, of=of),), of, lexicon)
    plural: list[Office] = []
    for chain in chains(encoded, offices):
        start, end = chain[0].start, chain[-1].end
        holders = share(chain, lexicon)
        if chain[-1].plural:
            plural.append(holders[-1])
            yield from _several(encoded, holders, end, used, lexicon)
            if not any(o.former for o in holders):
                yield _Piece(start, end, Holder("", holders, "", True))
            continue
        after = NAME_AFTER.match(code, end)
        before = cue("persons-name-before").search(code, max(0, start - 20), start)
        comma = cue("persons-name-comma").match(code, end)
        at = -1
        if before and after and len(chain) > 1 and before.start() not in used:
            cut = max(n for n in range(1, len(chain)))
            links = [encoded.text[a.end : b.start] for a, b in zip(chain, chain[1:], strict=False)]
            cut = next((n + 1 for n in reversed(range(len(links))) if "and" in links[n]), cut)
            first = share(chain[:cut], lexicon)
            used.add(before.start())
            yield _person(
                encoded,
                before.start(),
                chain[cut - 1].end,
                before.start(),
                first,
                stands_for(first, lexicon),
                lexicon,
            )
            chain, before = chain[cut:], None
            start, holders = chain[0].start, share(chain, lexicon)
        if after and after.end() - 1 not in used:
            at, end = after.end() - 1, after.end()
            state = cue("persons-of-state").match(code, end)
            if state and not holders[-1].of:
                group = "s" if state.group("s") else "b"
                of = _name(encoded.mentions[state.start(group)])
                holders = (*holders[:-1], replace(holders[-1], of=of))
                holders = share(holders, lexicon)
                end = state.end()
        elif before and before.start() not in used:
            at, start = before.start(), before.start()
            if "(" in before.group() and code[end : end + 1] == ")":
                end += 1
            own = re.search(rf"[{S}{G}](?=[’']s $)", before.group())
            if own and not holders[0].of:
                holders = share(
                    (
                        replace(
                            holders[0], of=_name(encoded.mentions[before.start() + own.start()])
                        ),
                        *holders[1:],
                    ),
                    lexicon,
                )
        elif (
            comma
            and comma.end() - 1 not in used
            and not cue("persons-name-before").search(code, 0, start)
        ):
            at, end = comma.end() - 1, comma.end()
        if at >= 0:
            used.add(at)
            yield _person(encoded, start, end, at, holders, stands_for(holders, lexicon), lexicon)
        else:
            yield _Piece(start, end, Holder("", holders, stands_for(holders, lexicon)))
    for match in BRACKETS.finditer(code):
        at = match.end() - 2
        if at not in used:
            used.add(at)
            of = _name(encoded.mentions[match.start("s")])
            role = next((o for o in reversed(plural) if o.end <= match.end()), None)
            held = (replace(role, of=of),) if role else ()
            yield _person(encoded, match.start(), match.end(), at, held, of, lexicon)
    for match in cue("persons-bare").finditer(code):
        at = match.start()
        if at not in used:
            used.add(at)
            group = next(g for g in "sbc" if match.group(g))
            of = _name(encoded.mentions[match.start(group)])
            yield _person(encoded, at, match.end() if group != "c" else at + 1, at, (), of, lexicon)
    for at, mention in encoded.mentions.items():
        if mention.kind == "name" and at not in used:
            yield _Piece(at, at + 1, Holder(str(mention.value), ()))


def _several(
    encoded: Encoded, holders: tuple[Office, ...], end: int, used: set[int], lexicon: Lexicon
) -> Iterator[_Piece]:
    """`Presidents V. Putin and I. Aliyev`, `Presidents A (Belarus), B (Russia)`: the office of each."""
    first = re.compile(rf" \({N}\)").match(encoded.text, end)
    if (
        first and first.start() + 2 not in used and holders[-1].of
    ):  # "Presidents of Azerbaijan (I. Aliyev), …"
        at = first.start() + 2
        used.add(at)
        office = replace(holders[-1], plural=False)
        yield _person(encoded, at, at + 1, at, (office,), office.of, lexicon)
    names = cue("persons-plural-names").match(encoded.text, end)
    if not names:
        return
    found = [i for i in range(*names.span()) if encoded.text[i] == N and i not in used]
    origin = cue("persons-from-states").match(encoded.text, names.end()) or cue(
        "persons-states-before"
    ).search(encoded.text, 0, holders[-1].start)
    origins = [_name(m) for m in encoded.within(*origin.span(), "state")] if origin else []
    adjectives = encoded.mentions.get(holders[-1].start)
    shared = (
        [t.name for e in adjectives.entries for t in e.things[:1]]
        if adjectives and adjectives.kind == "adj"
        else []
    )
    for n, at in enumerate(found):
        state = re.compile(rf"{N} \((?P<b>[{S}{G}])\)").match(encoded.text, at)
        of = _name(encoded.mentions[state.start("b")]) if state else ""
        if not of and len(shared) == len(found) > 1:
            of = shared[n]
        if not of and len(origins) == len(found) > 1:
            of = origins[n]
        used.add(at)
        office = replace(
            holders[-1], of=of or (holders[-1].of if len(found) == 1 else ""), plural=False
        )
        yield _person(encoded, at, state.end() if state else at + 1, at, (office,), of, lexicon)


def _person(
    encoded: Encoded,
    start: int,
    end: int,
    at: int,
    offices: Sequence[Office],
    of: str,
    lexicon: Lexicon,
) -> _Piece:
    name = str(encoded.mentions[at].value)
    return _Piece(start, end, Holder(name, tuple(offices), of or stands_for(offices, lexicon)))


def _name(mention: Mention) -> str:
    return (mention.names("state") or mention.names("org") or ("",))[0]


def resolve_pronouns(sentences: Sequence[Encoded]) -> list[Encoded]:
    """The sentences with `he` and `she` as mentions of the person they mean.

    That is the first person of the sentence before the pronoun, else the first of the sentence
    before it; the subject of a sentence stands first in this genre.
    """
    out: list[Encoded] = []
    subject = ""
    for encoded in sentences:
        named = [
            (i, m.value.name)
            for i, m in sorted(encoded.mentions.items())
            if m.kind == "person" and isinstance(m.value, Holder)
        ]
        pieces = []
        for match in cue("persons-pronoun").finditer(encoded.text):
            name = next(
                (
                    n
                    for i, n in named
                    if i < match.start() and not cue("persons-oblique").search(encoded.text[:i])
                ),
                subject,
            )
            if name:
                pieces.append(_Piece(match.start(), match.end(), Holder(name, ())))
        out.append(_rewrite(encoded, pieces, "office") if pieces else encoded)
        first = next(
            (i for i, n in named if not cue("persons-oblique").search(encoded.text[:i])), None
        )
        if first is not None and not (pieces and pieces[0].start < first):
            subject = next(n for i, n in named if i == first)
    return out


def _rewrite(encoded: Encoded, pieces: Sequence[_Piece], always: str = "") -> Encoded:
    parts: list[str] = []
    starts: list[int] = []
    mentions: dict[int, Mention] = {}
    at = 0

    def copy(stop: int) -> None:
        for i in range(at, stop):
            if i in encoded.mentions:
                mentions[len(starts)] = encoded.mentions[i]
            starts.append(encoded.starts[i])
        parts.append(encoded.text[at:stop])

    for piece in pieces:
        copy(piece.start)
        kind = always or (
            "person" if piece.holder.name else "many" if piece.holder.plural else "office"
        )
        a, b = encoded.source(piece.start, piece.end)
        mentions[len(starts)] = Mention(kind, a, b, piece.holder)
        parts.append(CHAR[kind])
        starts.append(encoded.starts[piece.start])
        at = piece.end
    copy(len(encoded.text))
    starts.append(encoded.starts[-1])
    return Encoded("".join(parts), tuple(starts), mentions)
