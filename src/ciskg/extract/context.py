"""What the whole document tells a sentence: its date, its organization, who holds which office."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ciskg.cues import cue
from ciskg.extract.counterparts import Said
from ciskg.extract.docdate import document_date
from ciskg.extract.holding import hold_offices
from ciskg.extract.home import home_state
from ciskg.recognise import Holder, Lexicon, Mention, Office, Recognised, Sentence
from ciskg.recognise.dates import Resolved, resolve
from ciskg.recognise.holders import stands_for


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
    said: tuple[Said, ...] = ()  # offices that stand apart from their holders' names
    language: str = "en"
    organizations: frozenset[str] = frozenset()  # the organizations that the document names

    def organization_at(self, n: int) -> str:
        """The organization that sentence n speaks of."""
        return (self.focus[n] if n < len(self.focus) else "") or self.organization

    def short(self, mention: Mention, n: int) -> str:
        """The body that a short name means in sentence n; "" where that is open."""
        names = mention.names("short")
        fits = [b for b in names if self.lexicon.by_name[b].unit_of == self.organization_at(n)]
        fits = fits or [b for b in names if self.lexicon.by_name[b].unit_of == self.organization]
        if fits or len(names) != 1:
            return fits[0] if fits else ""
        whole = self.lexicon.by_name.get(self.lexicon.by_name[names[0]].unit_of)
        known = whole is None or whole.kind != "org" or whole.name in self.organizations
        return names[0] if known else ""

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
        """The one person of the document who holds one of these offices; "" for none or several."""
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

    def country(self, place: str) -> str:
        """The name of the state in which a place of the lexicon lies."""
        return self.lexicon.countries.get(place, "")


HEADS = frozenset({"President", "Leader", "Head of State", "Head"})


def make_context(read: Recognised, lexicon: Lexicon) -> Context:
    """The context of one recognised document."""
    organization = _organization(read.sentences)
    home = home_state(read, lexicon)
    date, steps, review = document_date(read)
    focus = tuple(_focus(read.sentences, organization))
    offices, said = hold_offices(read.sentences, home, organization, focus, lexicon)
    of = {name: stands_for(held, lexicon) for name, held in offices.items()}
    for sentence in read.sentences:
        for mention in sentence.encoded.mentions.values():
            holder = mention.value
            if isinstance(holder, Holder) and holder.name and holder.of and not of.get(holder.name):
                of[holder.name] = holder.of
    context = Context(
        date, steps, organization, home, review, offices, of, lexicon, read.document.text, focus,
        said=said, language=read.document.language,
        organizations=frozenset(_organizations(read.sentences)),
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


def _organizations(sentences: Sequence[Sentence]) -> Iterator[str]:
    """Yield the organizations that are named, or one of whose bodies is."""
    for sentence in sentences:
        for mention in sentence.encoded.mentions.values():
            for entry in mention.entries:
                if entry.kind == "org":
                    yield from (t.name for t in entry.things)
                elif entry.kind in ("body", "summit"):
                    yield from (t.unit_of for t in entry.things)


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
            if isinstance(mention.value, Holder):  # "the CIS heads of state"
                for of in sorted({office.of for office in mention.value.offices}):
                    count[of] += weight
    ranked = [
        n for n, _ in sorted(count.items(), key=lambda i: (-i[1], i[0])) if n in ORGANIZATIONS
    ]
    return ranked[0] if ranked else ""


ORGANIZATIONS = frozenset(
    {"CIS", "EAEU", "CSTO", "SCO", "OSCE", "EurAsEC", "OTS", "UN", "EU", "BRICS"}
)
