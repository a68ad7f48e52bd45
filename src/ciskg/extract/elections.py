"""Elections, with the organizations that sent observers."""

import re
from collections.abc import Iterator, Sequence

from ciskg.cues import cue
from ciskg.extract.chairmanships import state_of
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft, span
from ciskg.extract.narrowing import Fitting
from ciskg.extract.rules import Found, closest
from ciskg.model import Value
from ciskg.recognise import Holder, Mention, Recognised, Sentence
from ciskg.recognise.dates import resolve

PRESIDENTS = ("President", "Head of State")
NEAR = (0, 1, -1, 2, 3, -2)  # sentences in which a mission is looked for, the nearest first


def read_elections(read: Recognised, context: Context, fits: Sequence[Fitting]) -> Iterator[Draft]:
    """The elections of a document that were observed or whose date it tells."""
    out: list[Draft] = []
    last = ""
    for n, sentence in enumerate(read.sentences):
        rules = fits[n].get("election")
        if not rules or cue("events-unreal").search(sentence.text):
            continue
        taken = -1
        made: list[Draft] = []
        for found in closest(rules, sentence.encoded, made):
            kinds = _kinds(found, sentence) or ([last] if last else [])
            for kind in kinds:
                last = kind
                for state in _states(n, found, sentence, read, context):
                    draft = _election(n, kind, state, found, read, context)
                    if draft is None or (taken >= found.start and "when" not in found.slots):
                        continue
                    made.append(draft)
                    _add(draft, out)
            if kinds:
                taken = max(taken, found.end - 1)
    for draft in out:
        _settle(draft, read, context)
    yield from out


def _kinds(found: Found, sentence: Sentence) -> list[str]:
    """The kinds that a rule names; its field `kind` where its words do."""
    named = [
        sentence.text[slice(*found.words[slot])].lower()
        for slot in ("kind", "second")
        if slot in found.words
    ]
    fixed = found.rule.fields.get("kind")
    return named or ([fixed] if fixed else [])


def _states(
    n: int, found: Found, sentence: Sentence, read: Recognised, context: Context
) -> list[str]:
    named = []
    if any(not _is_president(m) for m in found.slots.get("office", ())):
        return []
    for mention in found.slots.get("state", ()):
        name = state_of(mention)
        if not name and isinstance(mention.value, Holder) and mention.value.offices:
            if not _is_president(mention):
                return []
            name = mention.value.offices[0].of
        for body in mention.names("body"):
            name = _owner(body, context)
        if name and _is_state(name, context):
            named.append(name)
    if named or found.rule.fields.get("state") == "named":
        return list(dict.fromkeys(named))
    near = [
        m.names("state")[0]
        for i, m in sorted(sentence.encoded.mentions.items())
        if m.kind == "state" and i < found.start
    ]
    state = near[-1] if near else _spoken_of(read, context)
    state = state or _of_person(found, sentence, context) or context.home
    state = state or _first_state(read, context)
    return [state] if state else []


def _spoken_of(read: Recognised, context: Context) -> str:
    """The one state whose elections the document names; "" where it names several."""
    states = set()
    for sentence in read.sentences:
        for match in cue("elections-state").finditer(sentence.text):
            mention = sentence.encoded.mentions[match.start(match.lastgroup or 0)]
            name = state_of(mention) or next(
                (_owner(b, context) for b in mention.names("body")), ""
            )
            if _is_state(name, context):
                states.add(name)
    return states.pop() if len(states) == 1 else ""


def _of_person(found: Found, sentence: Sentence, context: Context) -> str:
    """The state of the person who stands for election: the last one named before."""
    for at, mention in sorted(sentence.encoded.mentions.items(), reverse=True):
        if at < found.start and mention.kind == "person":
            of = context.state_of(context.holder(mention).name)
            return of if _is_state(of, context) else ""
    return ""


def _is_president(mention: Mention) -> bool:
    offices = mention.value.offices if isinstance(mention.value, Holder) else ()
    return bool(offices) and offices[0].role.label in PRESIDENTS


def _owner(name: str, context: Context) -> str:
    thing = context.lexicon.by_name.get(name)
    while thing and thing.kind == "body":
        thing = context.lexicon.by_name.get(thing.unit_of)
    return thing.name if thing else ""


def _is_state(name: str, context: Context) -> bool:
    thing = context.lexicon.by_name.get(name)
    return thing is not None and thing.kind == "state"


def _first_state(read: Recognised, context: Context) -> str:
    """The state of the document's first person, else the one most named in its first lines."""
    for sentence in read.sentences[:4]:
        for _, mention in sorted(sentence.encoded.mentions.items()):
            if mention.kind == "person":
                of = context.state_of(context.holder(mention).name)
                if _is_state(of, context):
                    return of
    states = [
        name
        for s in read.sentences[:8]
        for m in s.encoded.mentions.values()
        for name in (m.names("state") or m.names("adj"))[:1]
    ]
    return max(sorted(set(states)), key=states.count) if states else ""


def _election(
    n: int, kind: str, state: str, found: Found, read: Recognised, context: Context
) -> Draft | None:
    sentence = read.sentences[n]
    values: dict[str, Value] = {"state": state, "kind": kind}
    observers = _observers(n, read, context)
    if observers:
        values["observers"] = observers
    elif not found.slots.get("when"):
        return None
    ahead = bool(
        cue("events-ahead").search(sentence.text, max(0, found.start - 40), found.end + 30)
    )
    steps: tuple[str, ...] = ()
    date = _date(found, sentence, context, ahead)
    if date:
        values["date"], steps = date
    modality = "planned" if ahead else "stated"
    evidence = [span(sentence, found.start, found.end), span(sentence)]
    return Draft("election", values, evidence, found.rule.id, modality, steps)


def _date(
    found: Found, sentence: Sentence, context: Context, ahead: bool
) -> tuple[str, tuple[str, ...]] | None:
    """The date that the words give the election, not that of a remark on it."""
    dates = [m for m in found.slots.get("when", ()) if m.kind == "date"]
    after = cue("elections-held-on").match(sentence.text, found.end)
    if not dates and after:
        dates = sentence.encoded.within(*after.span(), "date")[-1:]
    if not dates and "kind" in found.rule.fields:  # `On Sunday Uzbekistan chooses its president`
        named = sentence.encoded.within(0, len(sentence.text), "date")
        dates = named if len(named) == 1 else []
    for mention in dates:
        resolved = resolve(str(mention.value), context.date, future=ahead)  # else the nearest
        if resolved and not resolved.edtf.startswith("XXXX"):
            return resolved.edtf, resolved.steps
    return None


def _add(draft: Draft, out: list[Draft]) -> None:
    """Joins what is told of one election: its most exact date, its observers."""
    for other in out:
        if any(other.values[k] != draft.values[k] for k in ("state", "kind")):
            continue
        x, y = (str(d.values.get("date", "")) for d in (other, draft))
        if not (x.startswith(y) or y.startswith(x)):
            continue
        if len(y) > len(x):
            other.values["date"], other.steps = y, draft.steps
        if "observers" in draft.values:
            other.values.setdefault("observers", draft.values["observers"])
        other.spans += [s for s in draft.spans if s not in other.spans]
        return
    out.append(draft)


def _settle(draft: Draft, read: Recognised, context: Context) -> None:
    """A date from elsewhere in the document (`the vote is on Sunday`), else the document's year."""
    if len(str(draft.values.get("date", ""))) == 10:
        return
    year = str(draft.values.get("date", ""))
    for sentence in read.sentences:
        for match in cue("elections-day").finditer(sentence.text):
            if cue("events-unreal").search(sentence.text) or _other(match, sentence, draft):
                continue
            mention = sentence.encoded.within(*match.span(), "date")[-1]
            ahead = draft.modality == "planned" or bool(
                cue("elections-coming").search(match.group())
            )
            found = resolve(str(mention.value), context.date, future=ahead)  # else the nearest
            if found and len(found.edtf) == 10 and found.edtf.startswith(year):
                draft.values["date"], draft.steps = found.edtf, found.steps
                return
    now = context.review_year or (context.date or "")[:4]
    if not year and now.isdigit():
        coming = draft.modality == "planned" and (context.date or "")[5:7] == "12"
        draft.values["date"] = str(int(now) + 1) if coming else now
        draft.steps = ("year-of-coming-event" if coming else "year-from-document-date",)


def _other(match: re.Match[str], sentence: Sentence, draft: Draft) -> bool:
    """Whether a sentence on an election day means another election."""
    kind = {"presidential": "parliamentary", "parliamentary": "presidential"}
    if kind.get(str(draft.values["kind"]), "-") in match.group().lower():
        return True
    states = [
        name
        for m in sentence.encoded.within(0, len(sentence.text), "state", "adj")
        for name in (m.names("state") or m.names("adj"))[:1]
    ]
    return bool(states) and draft.values["state"] not in states


def _observers(n: int, read: Recognised, context: Context) -> str:
    """The organization whose mission watched: named with observers near by."""
    near = [m for d in NEAR if 0 <= (m := n + d) < len(read.sentences)]
    watched = []
    for m in near:
        encoded = read.sentences[m].encoded
        written = context.text[encoded.starts[0] : encoded.starts[-1]]
        if cue("events-observers").search(written):
            watched.append(encoded)
    for encoded in watched:
        for _, mention in sorted(encoded.mentions.items()):
            if name := _organization(mention, context):
                return name
    return context.organization if watched else ""


def _organization(mention: Mention, context: Context) -> str:
    """The organization that a mention names, or whose office it names (`CIS observers`)."""
    if mention.names("org"):
        return mention.names("org")[0]
    for body in mention.names("body"):  # an assembly sends its own observers
        if cue("elections-assembly").search(body):
            return body
    offices = mention.value.offices if isinstance(mention.value, Holder) else ()
    thing = context.lexicon.by_name.get(offices[0].of) if offices else None
    return thing.name if thing and thing.kind == "org" else ""
