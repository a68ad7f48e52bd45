"""What the whole document tells a sentence: its date, its organization, who holds which office."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ciskg.cues import cue
from ciskg.extract.docdate import document_date
from ciskg.recognise import CHAR, Holder, Lexicon, Mention, Office, Recognised, Sentence
from ciskg.recognise.dates import Resolved, resolve
from ciskg.recognise.holders import stands_for

S, A, G = CHAR["state"], CHAR["adj"], CHAR["org"]


@dataclass(frozen=True, slots=True)
class Context:
    """A document's own knowledge, settled before its facts are read."""

    date: str | None  # EDTF, as exact as the document allows
    date_steps: tuple[str, ...]  # how it was found, where it was not written
    organization: str  # the organization most spoken of; "" for none
    home: str  # the state whose publisher speaks; "" where not known
    review_year: str | None  # the year that a review of a year is about
    offices: Mapping[str, tuple[Office, ...]]  # person -> offices, with `of` settled
    of: Mapping[str, str]  # person -> whom the person stands for
    lexicon: Lexicon
    text: str = ""
    focus: tuple[
        str, ...
    ] = ()  # of each sentence: the organization last named in its block, or before
    body: str = ""  # the body that the headings name
    language: str = "en"

    def organization_at(self, n: int) -> str:
        """The organization that sentence n speaks of."""
        return (self.focus[n] if n < len(self.focus) else "") or self.organization

    def short(self, mention: Mention, n: int) -> str:
        """The body that a short name means in sentence n; "" where that is open."""
        names = mention.names("short")
        fits = [b for b in names if self.lexicon.by_name[b].unit_of == self.organization_at(n)]
        fits = fits or [b for b in names if self.lexicon.by_name[b].unit_of == self.organization]
        return fits[0] if fits else names[0] if len(names) == 1 else ""

    def resolve(self, value: str, sentence: str, *, future: bool | None = None) -> Resolved | None:
        """The EDTF of a written date in a sentence."""
        ahead = bool(cue("context-future").search(sentence)) if future is None else future
        anchor = self.date
        if self.review_year and value.startswith("XXXX") and not ahead:
            anchor = self.review_year
        found = resolve(value, anchor, future=ahead, past=not ahead)
        if found and found.steps and self.date_steps:
            return Resolved(found.edtf, (*self.date_steps, *found.steps))
        return found

    def holder(self, mention: Mention) -> Holder:
        """The holder of a mention, named where the document names the one who holds that office."""
        holder = mention.value
        if not isinstance(holder, Holder) or holder.name:
            return holder if isinstance(holder, Holder) else Holder("", ())
        return replace(holder, name=self.named(holder))

    def named(self, holder: Holder) -> str:
        """The one person of the document who holds one of these offices; "" where not exactly one."""
        for office in holder.offices:
            if office.former or office.plural:
                continue
            fits = {
                name
                for name, offices in self.offices.items()
                for held in offices
                if not held.former
                and (held.title == office.title or {held.role.label, office.role.label} <= HEADS)
                and (held.of == office.of or not office.of)
            }
            if not office.of and len(fits) > 1:
                home = {n for n in fits if self.of.get(n) == self.home}
                fits = home or fits
            if len(fits) == 1:
                return fits.pop()
        return ""

    def state_of(self, name: str) -> str:
        """The state or organization in whose name a person of the document acts; "" if unknown."""
        return self.of.get(name, "")

    def state_of_body(self, name: str) -> str:
        """The state whose body this is, as a chamber of its parliament; "" for none."""
        thing = self.lexicon.by_name.get(name)
        while thing and thing.kind == "body":
            thing = self.lexicon.by_name.get(thing.unit_of)
        return thing.name if thing and thing.kind == "state" else ""

    def country(self, place: str) -> str:
        """The name of the state in which a place of the lexicon lies."""
        return self.lexicon.countries.get(place, "")


HEADS = frozenset({"President", "Leader", "Head of State", "Head"})


def make_context(read: Recognised, lexicon: Lexicon) -> Context:
    """The context of one recognised document."""
    organization = _organization(read.sentences)
    home = _home(read, lexicon)
    date, steps, review = document_date(read)
    offices = _offices(read.sentences, home, organization, lexicon)
    of = {name: stands_for(held, lexicon) for name, held in offices.items()}
    for sentence in read.sentences:
        for mention in sentence.encoded.mentions.values():
            if mention.kind == "person" and isinstance(mention.value, Holder) and mention.value.of:
                if not of.get(mention.value.name):
                    of[mention.value.name] = mention.value.of
    focus = tuple(_focus(read.sentences, organization))
    context = Context(
        date, steps, organization, home, review, offices, of, lexicon, read.document.text, focus,
        language=read.document.language,
    )  # fmt: skip
    return replace(context, body=_headline(read.sentences, context))


def _focus(sentences: Sequence[Sentence], organization: str) -> Iterator[str]:
    current, block = organization, -1
    for sentence in sentences:
        if sentence.block != block and sentence.kind != "item":
            current, block = organization, sentence.block
        named = [
            name
            for _, m in sorted(sentence.encoded.mentions.items())
            for name in (
                *m.names("org"),
                *(
                    t.unit_of
                    for e in m.entries
                    if e.kind in ("body", "summit")
                    for t in e.things[:1]
                ),
            )
            if name in ORGANIZATIONS
        ]
        yield named[0] if named else current
        if named:
            current = named[-1]


def _headline(sentences: Sequence[Sentence], context: Context) -> str:
    """The body that the first lines name, as `Council of Heads of Government` over a list."""
    for n, sentence in enumerate(sentences[:6]):
        for _, mention in sorted(sentence.encoded.mentions.items()):
            name = (mention.names("body") or mention.names("summit") or ("",))[0] or context.short(
                mention, n
            )
            if (
                name
                and (thing := context.lexicon.by_name.get(name))
                and thing.kind == "body"
                and "ouncil" in name
            ):
                return name
    return ""


def _organization(sentences: Sequence[Sentence]) -> str:
    """The organization most named, headings counting threefold."""
    count: Counter[str] = Counter()
    for n, sentence in enumerate(sentences):
        weight = 3 if n < 4 else 1
        for mention in sentence.encoded.mentions.values():
            for name in mention.names("org")[:1]:
                count[name] += weight
            for entry in mention.entries:
                if entry.kind in ("body", "summit") and entry.things[0].unit_of:
                    count[entry.things[0].unit_of] += weight
    ranked = [
        n for n, _ in sorted(count.items(), key=lambda i: (-i[1], i[0])) if n in ORGANIZATIONS
    ]
    return ranked[0] if ranked else ""


ORGANIZATIONS = frozenset(
    {"CIS", "EAEU", "CSTO", "SCO", "OSCE", "EurAsEC", "OTS", "UN", "EU", "BRICS"}
)


def _home(read: Recognised, lexicon: Lexicon) -> str:
    """The state that speaks: of the publisher's office, else of the dateline's place."""
    head = read.document.text[:600]
    from ciskg.recognise import find_labels

    count: Counter[str] = Counter()
    for line in head.splitlines()[:14]:
        short = len(line) < 110 and re.search(
            r"(?i)\b(?:website|portal|press service|press office|ministry of|government of|office of the president|site of)\b",
            line,
        )
        short = short or (len(line) < 110 and cue("context-publisher-ru").search(line))
        if short or re.search(r"(?i)\bofficial representative|spokes(?:man|woman|person)", line):
            for mention in find_labels(line, 0, len(line), lexicon):
                units = [
                    u
                    for b in mention.names("body")
                    if (u := lexicon.by_name[b].unit_of)
                    and (t := lexicon.by_name.get(u))
                    and t.kind == "state"
                ]
                for name in (*mention.names("state"), *mention.names("adj"), *units)[:1]:
                    count[name] += 1
                if count and not short:
                    break
            if count:
                break
    if not count:
        for sentence in read.sentences[:8]:
            if re.match(
                rf"\W*(?:[{CHAR['date']}{CHAR['place']}],? ?(?:\d\d:\d\d)?)+", sentence.text
            ):
                for mention in sentence.encoded.mentions.values():
                    for place in mention.names("place"):
                        count[lexicon.countries.get(place, "")] += 1
    if not count and re.search(
        r"(?i)\b(?:ministry|press service|press department|government portal|prime minister[’']s office)\b",
        head,
    ):
        for sentence in read.sentences[
            :9
        ]:  # a ministry that does not say of which state: the state it speaks of first
            for _, mention in sorted(sentence.encoded.mentions.items()):
                if mention.kind == "state":
                    return mention.names("state")[0]
    return count.most_common(1)[0][0] if count else ""


def _offices(
    sentences: Sequence[Sentence], home: str, organization: str, lexicon: Lexicon
) -> dict[str, tuple[Office, ...]]:
    """Each person's offices; an office that does not say of what takes it from around."""
    held: dict[str, list[Office]] = {}
    waiting: list[tuple[str, Office, int, int]] = []
    for n, sentence in enumerate(sentences):
        for at, mention in sorted(sentence.encoded.mentions.items()):
            if mention.kind == "person" and isinstance(mention.value, Holder):
                for office in mention.value.offices:
                    office = _short(office, organization, lexicon)
                    if office.of:
                        held.setdefault(mention.value.name, []).append(office)
                    else:
                        waiting.append((mention.value.name, office, n, at))
    for name, office, n, at in waiting:
        known = [o for o in held.get(name, ()) if lexicon.by_name.get(o.of)]
        same = [o for o in known if o.role == office.role] or known
        if same and not (office.role.role_in_state and lexicon.by_name[same[0].of].kind != "state"):
            of = same[0].of
        elif office.role.role_in_state:
            of = _state_near(sentences, n, at, home, name, held)
        else:
            of = organization
        if of:
            held.setdefault(name, []).append(replace(office, of=of))
    return {name: tuple(_distinct(offices)) for name, offices in sorted(held.items())}


def _short(office: Office, organization: str, lexicon: Lexicon) -> Office:
    """`Council of Heads of State` alone is that of the document's organization."""
    if office.of or not office.bodies:
        return office
    fits = [b for b in office.bodies if lexicon.by_name[b].unit_of == organization]
    return replace(office, of=(fits or list(office.bodies))[0], bodies=())


def _state_near(
    sentences: Sequence[Sentence],
    n: int,
    at: int,
    home: str,
    name: str,
    held: Mapping[str, list[Office]],
) -> str:
    """The state that an office named without one belongs to, from the words before it."""
    sentence = sentences[n]
    title = (
        sentence.encoded.mentions[at].value.offices[-1].title
        if isinstance(sentence.encoded.mentions[at].value, Holder)
        else ""
    )
    others = {
        o.of
        for person, offices in held.items()
        if person != name
        for o in offices
        if o.title == title
    }
    states = [
        state
        for i, m in sorted(sentence.encoded.mentions.items())
        if i < at and (state := _stands(m)) and not re.search(r"\bto (?:the )?$", sentence.text[:i])
    ]
    sent = [
        m.names("state")[0]
        for i, m in sorted(sentence.encoded.mentions.items())
        if i < at and m.kind == "state" and re.search(r"(?:^|\W)[Оо]т $", sentence.text[:i])
    ]
    if sent:  # `от Молдавии – премьер-министр …`
        return sent[-1]
    free = [s for s in states if s not in others]
    if free:
        return free[-1]
    after = [
        m.names(m.kind)[0]
        for i, m in sorted(sentence.encoded.mentions.items())
        if i > at and m.kind == "state" and m.names("state")[0] not in others
    ]
    taken = any(
        o.of == home and o.title == "President"
        for p, offices in held.items()
        if p != name
        for o in offices
    )
    if after and (taken or not home):
        return after[0]
    if home and home not in {
        o.of for p, os in held.items() if p != name for o in os if o.title == "President"
    }:
        return home
    before = [
        m.names(m.kind)[0]
        for s in sentences[max(0, n - 1) : n]
        for m in s.encoded.mentions.values()
        if m.kind in ("state", "adj")
    ]
    free = [s for s in before if s not in others and s != home]
    return free[-1] if free else (states[-1] if states else "" if taken else home)


def _stands(mention: Mention) -> str:
    """The state that a name, an adjective or a capital (`Minsk declined`) stands for."""
    if mention.kind in ("state", "adj"):
        return mention.names(mention.kind)[0]
    return next(
        (t.unit_of for e in mention.entries if e.kind == "place" for t in e.things if t.capital), ""
    )


def _distinct(offices: Sequence[Office]) -> list[Office]:
    seen: dict[tuple[str, str, bool], Office] = {}
    for office in offices:
        seen.setdefault((office.title, office.of, office.former), office)
    return list(seen.values())
