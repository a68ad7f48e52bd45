"""Which state presides over which organization in which year."""

import re
from collections.abc import Iterator, Mapping, Sequence

from ciskg.cues import cue
from ciskg.extract.context import ORGANIZATIONS, Context
from ciskg.extract.draft import Draft, span
from ciskg.extract.narrowing import Fitting
from ciskg.extract.presiding import by_office, chaired_body, presiding
from ciskg.extract.rules import Found, Rule, find
from ciskg.extract.scene import Scene
from ciskg.extract.terms import Year, earlier, years
from ciskg.recognise import CHAR, Holder, Mention, Recognised, Sentence

D, S = CHAR["date"], CHAR["state"]
ROW = re.compile(
    rf"^[\s•*·–—-]*(?:\d{{1,2}}[.)] ?)?"
    rf"(?:{D}(?:\s*\||:| –| —|,)? (?:the )?{S}|(?:the )?{S}(?: ?\||:| –| —| -|,| \() ?(?:in )?{D})"
)


def read_chairmanships(
    read: Recognised, context: Context, scene: Scene, fits: Sequence[Fitting]
) -> Iterator[Draft]:
    """Chairmanships of states, from verbs, nouns, tables, and from who chairs a highest council.

    What names neither organization nor year only repeats what is said elsewhere of that state, and
    a change of chair without a year gives way to one that tells it.
    """
    rows = _rows(read.sentences, context.text)
    late: list[Draft] = []
    said: set[object] = set()
    changed: set[object] = set()
    for n, sentence in enumerate(read.sentences):
        read_closely = False  # a frame reads what no closer rule has read
        for rule in sorted(fits[n].get("chairmanship", ()), key=_wide):
            if (rule.fields["time"] == "row" and n not in rows) or (_wide(rule) and read_closely):
                continue
            founds = list(find(rule, sentence.encoded))
            if "frame" in rule.fields:
                framed = (presiding(found, sentence, context) for found in founds)
                founds = [found for found in framed if found][:1]
            if rule.fields["time"] == "series" and not _series(n, founds, read.sentences, context):
                continue
            read_closely = read_closely or (bool(founds) and not rule.clause)
            for found in founds:
                for draft in _read(n, found, read.sentences, context, scene, rows):
                    chair = draft.values["chair"]
                    if _weak(found) or (
                        "year-of-change" in draft.steps and not found.slots.get("when")
                    ):
                        late.append(draft)
                    else:
                        said |= {chair, (draft.values["org"], chair)}
                        yield _tidy(draft)
    for draft in (d for d in late if "year-of-change" in d.steps):
        chair = draft.values["chair"]
        if (draft.values["org"], chair) not in said:
            changed.add(chair)
            yield _tidy(draft)
    for draft in (d for d in late if "year-of-change" not in d.steps):
        if draft.values["chair"] not in said | changed:
            yield _tidy(draft)
    yield from by_office(read, context)


def _wide(rule: Rule) -> bool:
    """Whether a rule is a frame, which reads what no closer rule has read."""
    return bool(rule.clause) or "frame" in rule.fields


def _tidy(draft: Draft) -> Draft:
    draft.steps = tuple(
        "year-from-document-date" if s == "year-of-change" else s for s in draft.steps
    )
    return draft


def _weak(found: Found) -> bool:
    """Whether the match says neither the organization nor the year: it may only repeat."""
    if "frame" in found.rule.fields and not found.slots.get("when"):
        return True
    return (
        found.rule.id.startswith(("adjective", "possessive", "chairmanship-of", "its-", "our-"))
        and (found.rule.language == "ru" or not found.slots.get("org"))
        and not found.slots.get("when")
    )


def _series(
    n: int, founds: Sequence[Found], sentences: Sequence[Sentence], context: Context
) -> bool:
    """Whether `A in 2024, B in 2025` follows words on the chair, in this sentence or beside it."""
    near = sentences[max(0, n - 1) : n + 2]
    words = " ".join(
        context.text[s.encoded.starts[0] : s.encoded.starts[-1]] for s in near if s.text
    )
    return len(founds) > 1 and bool(cue("chairmanships-chair-heading").search(words))


def _rows(sentences: Sequence[Sentence], source: str) -> dict[int, str]:
    """The rows of lists and tables under words on the chair, and their organization."""
    rows: dict[int, str] = {}
    heading, organization, open_ = "", "", False
    for n, sentence in enumerate(sentences):
        text = sentence.text
        row = ROW.match(text) and len(text) < 200
        written = source[sentence.encoded.starts[0] : sentence.encoded.starts[-1]]
        if row and open_:
            rows[n] = organization
            continue
        if len(text) < 160:
            if cue("chairmanships-chair-heading").search(written):
                open_, heading = True, text
                organization = next(
                    (name for m in sentence.encoded.mentions.values() for name in m.names("org")),
                    organization,
                )
            elif sentence.kind == "heading":
                open_ = False
        elif sentence.kind == "heading":
            open_ = False
        for mention in sentence.encoded.mentions.values():
            if len(text) < 400 and mention.names("org") and not open_:
                organization = mention.names("org")[0]
    return rows if heading else {}


def _read(
    n: int,
    found: Found,
    sentences: Sequence[Sentence],
    context: Context,
    scene: Scene,
    rows: Mapping[int, str],
) -> Iterator[Draft]:
    sentence = sentences[n]
    time = found.rule.fields["time"]
    clause = sentence.text[max(0, found.start - 25) : found.end + 25]
    if time != "row" and cue("chairmanships-unreal").search(clause):
        return
    if time in ("term", "following") and not _series(n, (found, found), sentences, context):
        return
    if not _offices_fit(found):
        return
    organization = _organization(n, found, sentences, context, rows.get(n, ""))
    if not organization:
        return
    chairs = [
        name
        for m in (*found.slots.get("chair", ()), *found.slots.get("chairs", ()))
        if (name := state_of(m) or _state_of_person(m, context))
    ]
    if found.rule.fields.get("chair") == "previous":
        chairs = _previous(n, sentences)
    if found.rule.fields.get("chair") == "home" and context.home:
        chairs = [context.home]
    found_years = years(n, found, sentence, context, scene, time, organization)
    for year in found_years:
        for chair in chairs:
            yield _draft(organization, chair, year, found, sentence, context)
    before = next((name for m in found.slots.get("before", ()) if (name := state_of(m))), "")
    if before and before not in chairs and found_years:
        last = earlier(found_years[0], context)
        if last:
            yield _draft(organization, before, last, found, sentence, context)
    twice = cue("chairmanships-twice").search(sentence.text)
    if twice and found_years and found_years[0].value.isdigit():
        first = Year(str(int(found_years[0].value) - 1), ("year-before",))
        for chair in chairs:
            yield _draft(organization, chair, first, found, sentence, context)


def state_of(mention: Mention) -> str:
    """The state that a name, an adjective or a capital stands for; "" for another place."""
    names = mention.names("state") or mention.names("adj")
    if names:
        return names[0]
    return next(
        (t.unit_of for e in mention.entries if e.kind == "place" for t in e.things if t.capital), ""
    )


def _state_of_person(mention: Mention, context: Context) -> str:
    name = context.holder(mention).name if mention.kind in ("person", "office") else ""
    thing = context.lexicon.by_name.get(context.state_of(name)) if name else None
    return thing.name if thing and thing.kind == "state" else ""


def _previous(n: int, sentences: Sequence[Sentence]) -> list[str]:
    """The state that the sentence before names last, which `it` means."""
    before = sentences[n - 1] if n else sentences[n]
    if before.block != sentences[n].block:
        return []
    named = [m for _, m in sorted(before.encoded.mentions.items()) if m.kind == "state"]
    return [state_of(named[-1])] if named else []


def _offices_fit(found: Found) -> bool:
    """Whether an office that fills a slot of the rule is that of a chair (or co-chair)."""
    for slot, word in (("office", "Chair"), ("cochair", "Co-")):
        for mention in found.slots.get(slot, ()):
            offices = mention.value.offices if isinstance(mention.value, Holder) else ()
            if not offices or not offices[0].role.label.startswith(word):
                return False
    return True


def _draft(
    organization: str, chair: str, year: Year, found: Found, sentence: Sentence, context: Context
) -> Draft:
    first = year.value.split("/")[0]
    planned = bool(context.date) and first[:4].isdigit() and first[:4] > (context.date or "")[:4]
    return Draft(
        "chairmanship",
        {
            "org": organization,
            "chair": chair,
            "year": year.value,
            "status": "planned" if planned else "held",
        },
        [span(sentence, found.start, found.end), span(sentence)],
        found.rule.id,
        "planned" if planned else "stated",
        year.steps,
    )


def _organization(
    n: int, found: Found, sentences: Sequence[Sentence], context: Context, row_org: str
) -> str:
    for mention in (*found.slots.get("office", ()), *found.slots.get("post", ())):
        for office in getattr(mention.value, "offices", ())[:1]:
            thing = context.lexicon.by_name.get(office.of)
            if thing and thing.kind != "state":
                return thing.unit_of if thing.summit else thing.name
    for mention in found.slots.get("org", ()):
        for name in mention.names("body") + mention.names("summit"):
            thing = context.lexicon.by_name[name]
            return thing.unit_of if thing.summit else name
        if mention.names("org"):
            return mention.names("org")[0]
        if mention.kind == "short" and (body := context.short(mention, n)):
            return body
    if row_org:
        return row_org
    if chaired := chaired_body(n, found, sentences, context):
        return chaired
    for sentence in reversed(sentences[max(0, n - 2) : n + 1]):
        if (
            sentence.block != sentences[n].block
            and sentence.kind != "heading"
            and len(sentence.text) > 400
        ):
            break
        limit = found.start if sentence is sentences[n] else len(sentence.text)
        named = [m for i, m in sorted(sentence.encoded.mentions.items()) if i <= limit]
        for mention in reversed(named):
            for kind in ("org", "summit", "body"):
                body = context.short(mention, n) if mention.kind == "short" else ""
                for name in (body,) if body else mention.names(kind):
                    thing = context.lexicon.by_name.get(name)
                    if thing and thing.kind == "body":
                        if not thing.summit and cue("chairmanships-of-body").search(sentence.text):
                            return name
                        own = thing.summit or thing.unit_of == context.organization
                        return thing.unit_of if own else ""
                    if name in ORGANIZATIONS:
                        return name
    return context.organization_at(n)
