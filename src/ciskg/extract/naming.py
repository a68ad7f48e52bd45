"""Where a sentence names a gathering: which body, forum or parties a rule's match means."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from ciskg.cues import cue, word_table
from ciskg.extract.called import body_in_words, body_of, title_of
from ciskg.extract.context import Context
from ciskg.extract.narrowing import Fitting
from ciskg.extract.rules import Found, Rule, find
from ciskg.extract.talks import talk_parties
from ciskg.recognise import Holder, Mention, Office, Sentence

ASSEMBLED = 4  # parties from which talks are a council of no standing body


@dataclass(frozen=True, slots=True)
class Named:
    start: int
    end: int
    found: Found
    body: str
    title: str
    parties: tuple[str, ...]
    kind: str  # council, forum, bilateral; generic: what the document settles
    present: tuple[str, ...] = ()  # who is named with a council of no standing body

    @property
    def adhoc(self) -> bool:
        """Whether it is a summit or talks of four or more states without a body."""
        return self.kind == "council" and self.found.rule.fields["kind"] == "bilateral"

    @property
    def alone(self) -> bool:
        """Whether it is told by its members only, and not of which organization they are."""
        holders = [m.value for m in self.found.slots.get("many", ())]
        offices = [h.offices[-1] for h in holders if isinstance(h, Holder) and h.offices]
        return self.kind == "council" and bool(offices) and not any(o.of for o in offices)


def namings(
    sentence: Sentence,
    context: Context,
    fits: Fitting,
    sentences: Sequence[Sentence],
    n: int,
) -> Iterator[Named]:
    found: list[Named] = []
    for rule in sorted(fits.get("meeting", ()), key=_last):
        last = rule.clause or rule.fields.get("dated") == "both"
        if last and any(f.kind == rule.fields["kind"] for f in found):
            continue  # a frame, or what only lies near, where no closer rule has read anything
        for match in find(rule, sentence.encoded):
            if any(
                match.start < f.end and f.start < match.end and not _apart(match, f) for f in found
            ):
                continue
            one = _name(match, sentence, context, sentences, n)
            if one:
                found.append(one)
    standing = any(f.kind == "council" and not f.adhoc for f in found)
    named = any(f.kind == "council" and not f.adhoc and not f.alone for f in found)
    kept = (
        f
        for f in found
        if not (standing and (f.adhoc or "two" in f.found.rule.fields)) and not (f.alone and named)
    )
    return iter(sorted(kept, key=lambda f: f.start))


def _last(rule: Rule) -> int:
    """What a sentence names by its own words is read first, then what only lies near."""
    return (rule.fields["kind"] == "generic") + ("dated" in rule.fields) + 3 * bool(rule.clause)


def _apart(match: Found, other: Named) -> bool:
    """Whether one is talks and the other the session on whose sidelines they were held."""
    kinds = {match.rule.fields["kind"], other.kind}
    if kinds == {"bilateral"}:  # one who was received by X and met Y
        return min(match.end, other.end) - max(match.start, other.start) <= 1
    return kinds in ({"bilateral", "council"}, {"bilateral", "forum"})


def _name(
    match: Found, sentence: Sentence, context: Context, sentences: Sequence[Sentence], n: int
) -> Named | None:
    kind = match.rule.fields["kind"]
    if kind == "generic":
        return Named(match.start, match.end, match, "", "", (), kind)
    if kind == "council":
        body = body_of(match, context, n) or body_in_words(match, sentence, context)
        return Named(match.start, match.end, match, body, "", (), kind) if body else None
    if kind == "forum":
        title = title_of(match, sentence, context)
        return Named(match.start, match.end, match, "", title, (), kind) if title else None
    parties = _bilateral(match, sentence, context, sentences, n)
    if len(parties) >= ASSEMBLED and "pair" in match.slots:
        body = _assembled(match.slots["pair"], parties, context)
        present = tuple(p for p in parties if p not in context.lexicon.by_name)
        return (
            Named(match.start, match.end, match, body, "", (), "council", present) if body else None
        )
    return Named(match.start, match.end, match, "", "", parties, kind) if parties else None


def _bilateral(
    match: Found, sentence: Sentence, context: Context, sentences: Sequence[Sentence], n: int
) -> tuple[str, ...]:
    """Who met whom: the one and then each whom that one met, or those who met one another."""
    if "frame" in match.rule.fields:
        return talk_parties(match, sentence, context, sentences, n)
    words = sentence.text[match.start : match.end]
    if cue("bilateral-call").search(words):
        return ()
    if match.rule.fields.get("unreal") != "no" and cue("bilateral-unreal").search(words):
        return ()
    pair = _parties(match.slots.get("pair", ()), context, ())
    if "pair" in match.slots:
        return tuple(pair) if len(pair) >= 2 else ()
    one = ""
    offices: Sequence[Office] = ()
    for mention in match.slots.get("one", ()):
        mention = subject(mention, sentence)
        holder = context.holder(mention)
        one = holder.name or _state(holder, context)
        offices = context.offices.get(one, ()) or holder.offices
    if "one" in match.slots and not one:
        return ()
    others = [p for p in _parties(match.slots.get("other", ()), context, offices) if p != one]
    if not others:
        return ()
    if not one and match.rule.fields.get("who") == "before":
        one = next(
            (
                name
                for at, m in sorted(sentence.encoded.mentions.items(), reverse=True)
                if at < match.start
                and m.kind in ("person", "office")
                and (name := context.holder(m).name)
            ),
            "",
        )
    elif not one:
        one = _partner(others, sentences, n, context)
    return (one, *(p for p in others if p != one)) if one and one not in others else ()


def _assembled(mentions: Sequence[Mention], parties: Sequence[str], context: Context) -> str:
    """What talks of four or more states are called: `Heads of state of A, B, C and D`."""
    by_name = context.lexicon.by_name
    names = [p if p in by_name else context.state_of(p) for p in parties]
    states = [by_name[name].label for name in names if name in by_name and len(name) == 3]
    if len(set(states)) < len(parties):
        return ""
    offices = [
        office.role.label
        for m in mentions
        if isinstance(m.value, Holder)
        for office in m.value.offices[-1:]
    ]
    role = max(sorted(set(offices)), key=offices.count, default="")
    many = word_table("assembled").get(role) or re.sub(r"^\w+", r"\g<0>s", role) or "Leaders"
    return f"{many} of {', '.join(states[:-1])} and {states[-1]}"


def subject(mention: Mention, sentence: Sentence) -> Mention:
    """Who does what is told after a mention: of `X saw Z with Y and was received` X, not Y."""
    people = [
        (at, m)
        for at, m in sorted(sentence.encoded.mentions.items())
        if m.kind in ("person", "office")
    ]
    here = next((at for at, m in people if m is mention), 0)
    text = sentence.text
    if cue("naming-oblique").search(text, 0, here) and cue("naming-also").match(text, here + 1):
        return next(
            (m for at, m in people if at < here and not cue("naming-oblique").search(text, 0, at)),
            mention,
        )
    return mention


def _parties(mentions: Sequence[Mention], context: Context, offices: Sequence[Office]) -> list[str]:
    """The parties that a stretch names: persons, else the states of those who are not named."""
    found: list[str] = []
    held: Office | None = None  # the office of `the presidents of A, B and C`
    named = _described(mentions)
    for k, mention in enumerate(mentions):
        if k in named:
            continue
        after = mentions[k + 1].kind if k + 1 < len(mentions) else ""
        party = ""
        if mention.kind in ("person", "office"):
            holder = context.holder(mention)
            party = holder.name or _state(holder, context)
            held = None
        elif mention.kind == "many" and isinstance(mention.value, Holder):
            held = mention.value.offices[-1]
            party = _holder_of(held, context)
        elif mention.kind == "state" and held and after not in ("person", "office"):
            party = _holder_of(replace(held, of=mention.names("state")[0]), context)
        elif mention.kind == "adj" and after not in ("person", "office"):
            offered = list(offices)
            if after == "many" and isinstance(mentions[k + 1].value, Holder):
                offered = list(mentions[k + 1].value.offices[-1:])  # type: ignore[attr-defined]
            for office in offered[-1:]:
                party = _holder_of(replace(office, of=mention.names("adj")[0]), context)
        if party and party not in found:
            found.append(party)
    states = {context.state_of(p) for p in found}
    return [p for p in found if p not in states]


def _described(mentions: Sequence[Mention]) -> set[int]:
    """The offices whose holders are all named beside: `presidents of A and B, X and Y`."""
    described: set[int] = set()
    k = 0
    while k < len(mentions):
        run = k
        while run < len(mentions) and mentions[run].kind in ("adj", "many", "state"):
            run += 1
        persons = run
        while persons < len(mentions) and mentions[persons].kind == "person":
            persons += 1
        several = any(m.kind == "many" for m in mentions[k:run])
        after = k - len(list(takewhile(_is_person, reversed(mentions[:k]))))
        if several and max(persons - run, k - after) >= max(2, run - k - 1):
            described.update(range(k, run))
        k = max(persons, run, k + 1)
    return described


def _is_person(mention: Mention) -> bool:
    return mention.kind == "person"


def _holder_of(office: Office, context: Context) -> str:
    """Who holds an office, else the state whose office it is."""
    return context.named(Holder("", (replace(office, plural=False),))) or _state(
        Holder("", (office,)), context
    )


def _state(holder: Holder, context: Context) -> str:
    of = next((o.of for o in holder.offices if o.of), holder.of)
    thing = context.lexicon.by_name.get(of)
    return of if thing and thing.kind == "state" else ""


def _partner(
    parties: Sequence[str], sentences: Sequence[Sentence], n: int, context: Context
) -> str:
    """Who met the person of a heading `Meeting with X`: who is named first, or next below."""
    for sentence in sentences[: min(n, 4)]:
        for _, mention in sorted(sentence.encoded.mentions.items()):
            if mention.kind == "person":
                name = context.holder(mention).name
                if name not in parties:
                    return name
    for sentence in sentences[n + 1 : n + 14]:
        for _, mention in sorted(sentence.encoded.mentions.items()):
            if mention.kind in ("person", "office"):
                name = context.holder(mention).name
                if name and name not in parties:
                    return name
    return ""
