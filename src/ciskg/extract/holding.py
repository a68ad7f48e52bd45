"""Who holds which office in one document, where an office does not say of what it is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ciskg.cues import cue, word_list, word_table
from ciskg.recognise import Holder, Lexicon, Mention, Office, Sentence

Held = dict[str, list[Office]]
BARE = "Minister"  # the office without its portfolio


@dataclass(frozen=True, slots=True)
class Said:
    """An office that stands apart from the name of the one who holds it."""

    sentence: int
    at: int  # in the encoded sentence
    name: str
    office: Office


@dataclass(frozen=True, slots=True)
class _Where:
    """A place in the document where an office without `of` is named."""

    name: str
    office: Office
    sentence: int
    at: int


def hold_offices(
    sentences: Sequence[Sentence],
    home: str,
    organization: str,
    focus: Sequence[str],
    lexicon: Lexicon,
) -> tuple[dict[str, tuple[Office, ...]], tuple[Said, ...]]:
    """Each person's offices, and those named apart from their holders.

    An office that does not say of what takes it from around.
    """
    held: Held = {}
    waiting: list[_Where] = []
    minister = _ministers(sentences, lexicon)
    for n, at, holder in _holders(sentences):
        for office in holder.offices if holder.name else ():
            if minister and office.role.label == BARE:
                office = replace(office, title=office.title.replace(BARE, minister))
            office = _short(office, focus[n] or organization, organization, lexicon)
            if office.of:
                held.setdefault(holder.name, []).append(_of_body(office, lexicon))
            elif office.near != "?":
                waiting.append(_Where(holder.name, office, n, at))
    unnamed = [
        (office.title, office.of)
        for _, _, holder in _holders(sentences)
        if not holder.name and not holder.plural
        for office in holder.offices
        if office.of and not office.former
    ]
    for where in waiting:
        of = _of(
            where, sentences, home, focus[where.sentence] or organization, held, unnamed, lexicon
        )
        if of:
            held.setdefault(where.name, []).append(_of_body(replace(where.office, of=of), lexicon))
    said = tuple(_apart(sentences, held, home))
    for one in said:
        held.setdefault(one.name, []).append(one.office)
    return {name: tuple(_distinct(offices)) for name, offices in sorted(held.items())}, said


def _ministers(sentences: Sequence[Sentence], lexicon: Lexicon) -> str:
    """The office of the members of the council of ministers that the document names first."""
    for sentence in sentences[:12]:
        for _, mention in sorted(sentence.encoded.mentions.items()):
            for body in (*mention.names("body"), *mention.names("short"), *mention.names("summit")):
                if lexicon.members.get(body, "").startswith(BARE):
                    return lexicon.members[body]
    return ""


def _holders(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int, Holder]]:
    for n, sentence in enumerate(sentences):
        for at, mention in sorted(sentence.encoded.mentions.items()):
            if isinstance(mention.value, Holder):
                yield n, at, mention.value


def _short(office: Office, focus: str, organization: str, lexicon: Lexicon) -> Office:
    """`Council of Heads of State` alone is that of the document's organization."""
    if office.of or not office.bodies:
        return office
    for whole in (organization, focus):
        fits = [b for b in office.bodies if lexicon.by_name[b].unit_of == whole]
        if fits:
            return replace(office, of=fits[0], bodies=())
    return replace(office, of=office.bodies[0], bodies=())


def _of_body(office: Office, lexicon: Lexicon) -> Office:
    """`Chairman of the Executive Committee` of the CIS is chairman of the CIS Executive Committee."""
    short = word_table("of-short").get(office.title)
    state = lexicon.by_name.get(office.of)
    if short and state and state.kind == "state":
        return replace(office, of=_body(short, office.of, lexicon) or office.of)
    title, _, body = office.title.partition(" of the ")
    if body and office.of.endswith(f" {body}"):
        return replace(office, title=title)
    name = f"{office.of} {body}"
    return replace(office, title=title, of=name) if body and name in lexicon.by_name else office


def _of(
    where: _Where,
    sentences: Sequence[Sentence],
    home: str,
    organization: str,
    held: Held,
    unnamed: Sequence[tuple[str, str]],
    lexicon: Lexicon,
) -> str:
    office = where.office
    known = [o for o in held.get(where.name, ()) if lexicon.by_name.get(o.of)]
    same = [o for o in known if o.role == office.role] or known
    if same and not (office.role.role_in_state and lexicon.by_name[same[0].of].kind != "state"):
        return same[0].of
    if office.near == "each":
        return ""
    if office.near == "host":
        return _host(sentences, lexicon)
    first = office.role.label.split()[0].lower()
    of_state = office.role.role_in_state or first in word_list("of-state")
    if office.near == "home":
        return home
    if office.near == "state" or (office.near == "its" and of_state):
        before = list(_states(sentences[where.sentence], where.at))
        earlier = [
            s for n in (1, 2) if where.sentence >= n for s in _states(sentences[where.sentence - n])
        ]
        return before[-1] if before else earlier[0] if earlier else home
    short = word_table("of-short").get(office.title)
    if of_state or short:
        state = _state_near(where, sentences, home, held, unnamed, lexicon)
        return state
    return "" if first in word_list("of-nothing") and not office.near else organization


def _body(short: str, state: str, lexicon: Lexicon) -> str:
    """The body of a state that a short name means; "" where the reference has none."""
    entries = lexicon.trie.get(short, {}).get("", ())
    return next((t.name for e in entries for t in e.things if state and t.unit_of == state), "")


def _states(sentence: Sentence, stop: int | None = None) -> Iterator[str]:
    """The states named in a sentence, and those for which its persons stand, in order."""
    for i, mention in sorted(sentence.encoded.mentions.items()):
        if stop is not None and i >= stop:
            return
        if isinstance(mention.value, Holder):
            if len(mention.value.of) == 3:
                yield mention.value.of
        elif mention.kind in ("state", "adj"):
            yield mention.names(mention.kind)[0]


def _state_near(
    where: _Where,
    sentences: Sequence[Sentence],
    home: str,
    held: Mapping[str, list[Office]],
    unnamed: Sequence[tuple[str, str]],
    lexicon: Lexicon,
) -> str:
    """The state that an office named without one belongs to, from the words before it."""
    sentence, at, title = sentences[where.sentence], where.at, where.office.title
    others = {
        o.of
        for person, offices in held.items()
        if person != where.name
        for o in offices
        if o.title == title
    }
    states = [
        state
        for i, m in sorted(sentence.encoded.mentions.items())
        if i < at and (state := _stands(m, sentence.text, i))
    ]
    free = [s for s in states if s not in others]
    beside = _beside(sentence, at, lexicon)
    if beside and beside not in others:
        return beside
    if free:
        return free[-1]
    section = _section(sentences, where.sentence)
    if section and section not in others:
        return section
    meant = {of for t, of in unnamed if t == title} - others
    after = [
        state
        for i, m in sorted(sentence.encoded.mentions.items())
        if i > at and (state := _named(m, lexicon)) and state not in others
    ]
    taken = any(
        o.of == home and o.title == "President"
        for p, offices in held.items()
        if p != where.name
        for o in offices
    )
    if len(meant) == 1 and not home:
        return meant.pop()
    if after and (taken or not home):
        return after[0]
    if home and not (taken and title == "President"):
        return home
    before = [
        m.names(m.kind)[0]
        for s in sentences[max(0, where.sentence - 1) : where.sentence]
        for m in s.encoded.mentions.values()
        if m.kind in ("state", "adj")
    ]
    free = [s for s in before if s not in others and s != home]
    if free or states:
        return free[-1] if free else states[-1]
    return "" if taken else home or _most(sentences)


def _most(sentences: Sequence[Sentence]) -> str:
    """The state of which a document speaks more than of all others together; "" for none."""
    count = Counter(
        mention.names(mention.kind)[0]
        for sentence in sentences
        for mention in sentence.encoded.mentions.values()
        if mention.kind in ("state", "adj")
    )
    best = count.most_common(1)
    return best[0][0] if best and best[0][1] * 2 > sum(count.values()) else ""


def _stands(mention: Mention, text: str, at: int) -> str:
    """The state that a name, an adjective or a capital (`Minsk declined`) stands for."""
    if cue("holding-not-subject").search(text, max(0, at - 12), at):
        return ""
    if mention.kind in ("state", "adj"):
        return mention.names(mention.kind)[0]
    if cue("holding-where").search(text, max(0, at - 12), at):
        return ""
    return next(
        (t.unit_of for e in mention.entries if e.kind == "place" for t in e.things if t.capital), ""
    )


def _named(mention: Mention, lexicon: Lexicon) -> str:
    """The state that a mention names, by itself or in the name of a state's body."""
    if mention.kind == "state":
        return mention.names("state")[0]
    units = [lexicon.by_name[b].unit_of for b in mention.names("body")[:1]]
    return next((u for u in units if (t := lexicon.by_name.get(u)) and t.kind == "state"), "")


def _beside(sentence: Sentence, at: int, lexicon: Lexicon) -> str:
    """The state of the person named right before: `Speaker of the Senate of A X and Premier Y`."""
    gap = cue("holding-beside").search(sentence.text, 0, at)
    mention = sentence.encoded.mentions.get(gap.start()) if gap else None
    if mention is None or not isinstance(mention.value, Holder) or not mention.value.offices:
        return ""
    of = mention.value.offices[-1].of
    thing = lexicon.by_name.get(of)
    return thing.unit_of if thing and thing.kind == "body" else of if len(of) == 3 else ""


def _host(sentences: Sequence[Sentence], lexicon: Lexicon) -> str:
    """The state of the place that the document names first."""
    for sentence in sentences[:8]:
        for _, mention in sorted(sentence.encoded.mentions.items()):
            for place in mention.names("place")[:1]:
                return lexicon.countries.get(place, "")
    return ""


def _section(sentences: Sequence[Sentence], n: int) -> str:
    """The state that is the whole of the heading above a sentence: `RUSSIA`."""
    for sentence in reversed(sentences[max(0, n - 40) : n]):
        mentions = list(sentence.encoded.mentions.values())
        if sentence.text.strip() and len(sentence.text.strip()) == 1 and mentions[:1]:
            if mentions[0].kind == "state":
                return mentions[0].names("state")[0]
    return ""


def _apart(sentences: Sequence[Sentence], held: Held, home: str) -> Iterator[Said]:
    """Offices that open a sentence and mean the one person without office just spoken of.

    `Tokayev arrived in Baku. The President of Kazakhstan …`: only where nobody else of the
    document holds that office, and the two sentences before name one person without an office.
    """
    taken = {(o.title, o.of) for offices in held.values() for o in offices if not o.former}
    known = set(held) | _of_themselves(sentences)
    for n, at, holder in _holders(sentences):
        if holder.name or holder.plural or len(holder.offices) != 1 or n == 0:
            continue
        office = holder.offices[0]
        if office.near == "home" and home:
            office = replace(office, of=home, near="")
        if (
            not office.of
            or office.former
            or not office.role.role_in_state
            or (office.title, office.of) in taken
            or not cue("holding-opens").fullmatch(sentences[n].text, 0, at)
        ):
            continue
        taken.add((office.title, office.of))  # who is meant is settled where it is first said
        spoken = [
            (m.value.name, m.value.of)
            for s in sentences[max(0, n - 2) : n]
            for m in s.encoded.mentions.values()
            if isinstance(m.value, Holder) and m.value.name
        ]
        if len({name for name, _ in spoken}) != 1:
            continue
        name, of = spoken[0]
        if name in known or of not in ("", office.of):
            continue
        known.add(name)
        yield Said(n, at, name, office)


def _of_themselves(sentences: Sequence[Sentence]) -> set[str]:
    """The persons of whom a verb says what they are."""
    return {
        sentence.encoded.mentions[match.start()].value.name  # type: ignore[attr-defined]
        for sentence in sentences
        for match in cue("holding-predicate").finditer(sentence.text)
    }


def _distinct(offices: Sequence[Office]) -> list[Office]:
    seen: dict[tuple[str, str, bool], Office] = {}
    for office in offices:
        seen.setdefault((office.title, office.of, office.former), office)
    return list(seen.values())
