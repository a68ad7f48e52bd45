"""Who holds which office: from the words beside a name, and from what a sentence says."""

from collections.abc import Iterator, Sequence

from ciskg.cues import cue
from ciskg.extract.cases import position
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft, span
from ciskg.extract.narrowing import Fitting
from ciskg.extract.rules import Found, find
from ciskg.model import Value
from ciskg.recognise import Holder, Office, Recognised, Sentence

GENERAL = frozenset({"Leader", "Head", "Head of State", "Chief"})

BARE = "Minister"  # said of one whose portfolio the document names elsewhere


def read_roles(read: Recognised, context: Context, fits: Sequence[Fitting]) -> Iterator[Draft]:
    """The offices of each person, with the words that name them."""
    yield from _named(read, context)
    yield from _apart(read, context)
    for n, sentence in enumerate(read.sentences):
        for rule in fits[n].get("role", ()):
            for found in find(rule, sentence.encoded):
                for values in _said(found, n, sentence, context):
                    if rule.fields.get("former"):
                        values["former"] = "true"
                    whole = [span(sentence, found.start, found.end), span(sentence)]
                    yield Draft("role", values, whole, rule.id)


def _said(found: Found, n: int, sentence: Sentence, context: Context) -> Iterator[dict[str, Value]]:
    """Each office that a rule gives to a person: named, a predecessor's, or the rule's own."""
    who = found.slots.get(found.rule.fields.get("who", "person"), ())
    name = next((context.holder(m).name for m in who if m.kind in ("person", "office")), "")
    if not name:
        return
    for title, of in _offices(found, n, name, sentence, context):
        if title and of:
            yield {"person": name, "title": title, "of": of}


def _offices(
    found: Found, n: int, name: str, sentence: Sentence, context: Context
) -> Iterator[tuple[str, str]]:
    if title := found.rule.fields.get("title"):
        orgs = [m for m in sentence.encoded.mentions.values() if m.names("org")]
        yield title, orgs[0].names("org")[0] if orgs else context.organization_at(n)
    for mention in found.slots.get("office", ()):
        after = position(mention, sentence) + 1
        if found.rule.clause and cue("roles-of-unknown").match(sentence.text, after):
            continue  # `координатором наблюдательной группы`: of what is not known
        if isinstance(mention.value, Holder) and mention.value.offices:
            for office in () if mention.value.plural else mention.value.offices:
                prefix = found.rule.fields.get("prefix", "")
                yield f"{prefix} {office.title}".strip(), _of(office, n, name, context)
    for mention in found.slots.get("body", ()):
        body = (mention.names("body") or ("",))[0] or context.short(mention, n)
        yield _heads(body, found.rule.fields.get("heads", ""), context)
    for mention in found.slots.get("before", ()):
        for office in context.offices.get(context.holder(mention).name, ()):
            yield office.title, office.of


def _heads(body: str, title: str, context: Context) -> tuple[str, str]:
    """The office of one who heads a body, and whose it is: a ministry's head is its minister."""
    ministry = cue("holders-ministry").fullmatch(body)
    if ministry:
        thing = context.lexicon.by_name.get(body)
        return f"Minister of {ministry.group('what')}", thing.unit_of if thing else ""
    return title or ("Chairman" if cue("roles-chaired").search(body) else "Head"), body


def _of(office: Office, n: int, name: str, context: Context) -> str:
    if office.of:
        return office.of
    fits = [
        b for b in office.bodies if context.lexicon.by_name[b].unit_of == context.organization_at(n)
    ]
    if fits:
        return fits[0]
    return context.state_of(name) if office.role.role_in_state else context.organization_at(n)


def _named(read: Recognised, context: Context) -> Iterator[Draft]:
    shown: set[tuple[str, str, str]] = set()
    for sentence in read.sentences:
        for at, mention in sorted(sentence.encoded.mentions.items()):
            if mention.kind != "person" or not isinstance(mention.value, Holder):
                continue
            held = context.offices.get(mention.value.name, ())
            for office in held:
                written = next((o for o in mention.value.offices if o.role == office.role), None)
                key = (mention.value.name, office.title, office.of)
                if written is None or key in shown or not office.of:
                    continue
                if office.role.label in GENERAL and any(
                    o.of == office.of and o.role.label not in GENERAL for o in held
                ):
                    continue
                if office.title == BARE and any(o.title.startswith(f"{BARE} of") for o in held):
                    continue
                shown.add(key)
                title = office.title
                extra: dict[str, Value] = {}
                if office.role.label in GENERAL:
                    title, extra = _usual(office.role.label, office.of, context)
                values: dict[str, Value] = {
                    "person": mention.value.name,
                    "title": title,
                    "of": office.of,
                    **extra,
                }
                if written.written:
                    values["written"] = written.written
                if office.former:
                    values["former"] = "true"
                steps = () if written.of else ("office-from-context",)
                yield Draft(
                    "role",
                    values,
                    [span(sentence, at, at + 1), span(sentence)],
                    f"office-holder-{context.language}",
                    steps=steps,
                )


def _apart(read: Recognised, context: Context) -> Iterator[Draft]:
    """Offices named apart from their holders: `Tokayev arrived. The President of Kazakhstan …`."""
    for said in context.said:
        sentence = read.sentences[said.sentence]
        yield Draft(
            "role",
            {"person": said.name, "title": said.office.title, "of": said.office.of},
            [span(sentence, said.at, said.at + 1), span(sentence)],
            f"office-apart-{context.language}",
            steps=("office-from-context",),
        )


def _usual(label: str, of: str, context: Context) -> tuple[str, dict[str, Value]]:
    """The usual term for `leader` and `head`: a state's is its president, a body's its chairman."""
    thing = context.lexicon.by_name.get(of)
    if thing and thing.kind == "state":
        return "President", {"written": label}
    return ("Chairman" if thing and thing.kind == "body" else "Head"), {"written": label}
