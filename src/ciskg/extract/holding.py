"""Who holds which office in one document, where an office does not say of what it is."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ciskg.cues import cue, word_list, word_table
from ciskg.extract.counterparts import Said, counterparts
from ciskg.extract.nearby import Where, host_state, state_near, states_named
from ciskg.recognise import Holder, Lexicon, Office, Sentence

Held = dict[str, list[Office]]
CHAIR = {"Chair": "Chairman"}
HEADS = ("President", "Prime Minister", "Head of State")
OFTEN, EARLY = 3, 4  # times that the person of the news is named; sentences in which first
BARE = "Minister"  # the office without its portfolio


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
    waiting: list[Where] = []
    minister = _ministers(sentences, lexicon)
    for n, at, holder in _holders(sentences):
        for office in holder.offices if holder.name else ():
            if minister and office.role.label == BARE:
                office = replace(office, title=office.title.replace(BARE, minister))
            office = _council(office, sentences[: n + 1], lexicon)
            office = _short(office, focus[n] or organization, organization, lexicon)
            if office.of:
                held.setdefault(holder.name, []).append(_of_body(office, lexicon))
            elif office.near != "?":
                waiting.append(Where(holder.name, office, n, at))
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
    said = (
        *_apart(sentences, held, home),
        *(one for one in counterparts(sentences, held) if one.name not in held),
    )
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


def _council(office: Office, before: Sequence[Sentence], lexicon: Lexicon) -> Office:
    """`the chairman of the Council` chairs the council that was named last."""
    if office.of or office.bodies or not cue("holding-of-council").fullmatch(office.role.label):
        return office
    for sentence in reversed(before):
        for _, mention in sorted(sentence.encoded.mentions.items(), reverse=True):
            for body in mention.names("body")[:1]:
                if "Council" in body and lexicon.by_name[body].unit_of:
                    title = office.title.partition(" of the ")[0]
                    return replace(office, title=CHAIR.get(title, title), of=body)
    return office


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
    """`Chairman of the Executive Committee` of the CIS as chairman of that committee."""
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
    where: Where,
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
        return host_state(sentences, lexicon)
    first = office.role.label.split()[0].lower()
    of_state = office.role.role_in_state or first in word_list("of-state")
    if office.near == "home":
        return home
    if office.near == "state" or (office.near == "its" and of_state):
        before = list(states_named(sentences[where.sentence], where.at))
        earlier = [
            s
            for n in (1, 2)
            if where.sentence >= n
            for s in states_named(sentences[where.sentence - n])
        ]
        return before[-1] if before else earlier[0] if earlier else home
    short = word_table("of-short").get(office.title)
    if of_state or short:
        state = state_near(where, sentences, home, held, unnamed, lexicon)
        return state
    return "" if first in word_list("of-nothing") and not office.near else organization


def _body(short: str, state: str, lexicon: Lexicon) -> str:
    """The body of a state that a short name means; "" where the reference has none."""
    entries = lexicon.trie.get(short, {}).get("", ())
    return next((t.name for e in entries for t in e.things if state and t.unit_of == state), "")


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
    yield from _of_the_news(sentences, known, taken)


def _of_the_news(
    sentences: Sequence[Sentence], known: set[str], taken: set[tuple[str, str]]
) -> Iterator[Said]:
    """In Russian: an office of a state that acts and that nobody holds is the first person's.

    Of the person that the news names first, again and again, without an office.
    """
    named = [h.name for _, _, h in _holders(sentences) if h.name]
    first = named[0] if named else ""
    if not first or first in known or named.count(first) < OFTEN:
        return
    if not any(h.name == first and not h.of for n, _, h in _holders(sentences) if n < EARLY):
        return
    for n, at, holder in _holders(sentences):
        if holder.name or holder.plural or sentences[n].encoded.mentions[at].case != "nom":
            continue
        for office in holder.offices[:1]:
            if (office.title, office.of) in taken or not office.role.role_in_state:
                continue
            if office.of and office.title in HEADS and not office.former:
                yield Said(n, at, first, office)
                return


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
