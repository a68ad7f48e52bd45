"""Which state presides over which organization in which year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ciskg.cues import cue
from ciskg.extract.context import ORGANIZATIONS, Context
from ciskg.extract.draft import Draft, span
from ciskg.extract.rules import Found, Rule, find
from ciskg.extract.scene import Scene
from ciskg.recognise import CHAR, Holder, Mention, Recognised, Sentence
from ciskg.recognise.dates import resolve

D, S = CHAR["date"], CHAR["state"]
ROW = re.compile(rf"^\W*?{D}(?:\s*\||:| –| —|,)? (?:the )?{S}")
ROW_NOTE = re.compile(r"\((?:in (?P<year>\d{4}) )?(?:in place of|instead of)")


@dataclass(frozen=True, slots=True)
class _Year:
    value: str
    steps: tuple[str, ...]


def read_chairmanships(
    read: Recognised, context: Context, scene: Scene, rules: Sequence[Rule]
) -> Iterator[Draft]:
    """Chairmanships of states, from verbs, nouns, tables, and from who chairs a highest council."""
    rows = _rows(read.sentences, context.text)
    late: list[Draft] = []
    said: set[str] = set()
    for n, sentence in enumerate(read.sentences):
        for rule in (r for r in rules if r.type == "chairmanship"):
            if (rule.fields["time"] == "row") != (n in rows):
                if rule.fields["time"] == "row":
                    continue
            for found in find(rule, sentence.encoded):
                for draft in _read(
                    n, found, sentence, read.sentences, context, scene, rows.get(n, "")
                ):
                    if _weak(found):
                        late.append(draft)
                    else:
                        said.add(str(draft.values["chair"]))
                        yield draft
    yield from (d for d in late if d.values["chair"] not in said)
    yield from _by_office(read, context)


def _weak(found: Found) -> bool:
    """Whether the match says neither the organization nor the year: it may only repeat."""
    return (
        found.rule.id.startswith(("adjective", "possessive", "chairmanship-of"))
        and (found.rule.language == "ru" or not found.slots.get("org"))
        and not found.slots.get("when")
    )


def _rows(sentences: Sequence[Sentence], source: str) -> dict[int, str]:
    """The rows of lists and tables under a heading that speaks of the chair, and its organization."""
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
    sentence: Sentence,
    sentences: Sequence[Sentence],
    context: Context,
    scene: Scene,
    row_org: str,
) -> Iterator[Draft]:
    text = sentence.text
    time = found.rule.fields["time"]
    clause = text[max(0, found.start - 25) : found.end + 25]
    if time != "row" and cue("chairmanships-unreal").search(clause):
        return
    for mention in found.slots.get("office", ()):
        office = (
            mention.value.offices[0]
            if isinstance(mention.value, Holder) and mention.value.offices
            else None
        )
        if office is None or not office.role.label.startswith("Chair"):
            return
    for mention in found.slots.get("cochair", ()):
        if isinstance(mention.value, Holder) and not mention.value.offices[0].role.label.startswith(
            "Co-"
        ):
            return
    organization = _organization(n, found, sentences, context, row_org)
    if not organization:
        return
    years = _years(n, found, sentence, context, scene, time)
    chairs = [
        name
        for m in (*found.slots.get("chair", ()), *found.slots.get("chairs", ()))
        for name in (m.names("state") or m.names("adj"))[:1]
    ]
    for year in years:
        for chair in chairs:
            yield _draft(organization, chair, year, found, sentence, context)
    before = next(
        (
            name
            for m in found.slots.get("before", ())
            for name in (m.names("state") or m.names("adj"))[:1]
        ),
        "",
    )
    if before and years and years[0].value.isdigit():
        year = int(years[0].value)
        now = (context.date or "")[:4]
        if now.isdigit() and year >= int(now):
            earlier = str(min(year - 1, int(now))) if year > int(now) else str(year - 1)
            if (
                not (
                    context.organization == "CIS"
                    and year == int(now)
                    and not re.search(r"January", sentence.text)
                )
                or True
            ):
                yield _draft(
                    organization,
                    before,
                    _Year(earlier, (*years[0].steps, "year-before-successor")),
                    found,
                    sentence,
                    context,
                )
    if (
        re.search(r"second year (?:in a row|running)|two years (?:in a row|running)", text, re.I)
        and years
        and years[0].value.isdigit()
    ):
        for chair in chairs:
            yield _draft(
                organization,
                chair,
                _Year(str(int(years[0].value) - 1), ("year-before",)),
                found,
                sentence,
                context,
            )


def _draft(
    organization: str, chair: str, year: _Year, found: Found, sentence: Sentence, context: Context
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
    for mention in found.slots.get("office", ()):
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
    if row_org:
        return row_org
    for sentence in reversed(sentences[max(0, n - 2) : n + 1]):
        limit = found.start if sentence is sentences[n] else len(sentence.text)
        named = [m for i, m in sorted(sentence.encoded.mentions.items()) if i <= limit]
        for mention in reversed(named):
            for kind in ("org", "summit", "body"):
                for name in mention.names(kind):
                    thing = context.lexicon.by_name.get(name)
                    if thing and thing.kind == "body":
                        return (
                            thing.unit_of
                            if thing.summit or thing.unit_of == context.organization
                            else ""
                        )
                    if name in ORGANIZATIONS:
                        return name
    return context.organization


def _years(
    n: int, found: Found, sentence: Sentence, context: Context, scene: Scene, time: str
) -> list[_Year]:
    text = sentence.text
    now = (context.date or "")[:4]
    dates = list(found.slots.get("when", ()))
    if not dates:
        dates = [
            m
            for i, m in sorted(sentence.encoded.mentions.items())
            if m.kind == "date"
            and (found.end <= i < found.end + 45 or found.start - 45 < i < found.start)
            and not re.search(r"[;:]", text[min(i, found.end) : max(i, found.start)])
        ]
    for mention in sorted(dates, key=lambda m: m.start):
        value = str(mention.value)
        if value.startswith("after"):
            named = re.findall(r"\d{4}", text)
            continue
        ahead = (
            time in ("next", "passed")
            and not cue("chairmanships-done").search(text[found.start : found.end])
        ) or bool(cue("context-future").search(text[max(0, found.start - 30) : found.end + 30]))
        if re.search(r"-01-01$", value) and not re.search(r"\bsince\b", text):
            ahead = ahead or not cue("chairmanships-done").search(text[found.start : found.end])
        if value == "XXXX-01-01":  # the day on which calendar-year chairs change
            resolved = resolve(value, context.date, future=ahead, past=not ahead)
        else:
            resolved = context.resolve(value, text, future=ahead)
        if resolved and resolved.edtf[:4].isdigit():
            if "/" in resolved.edtf and re.fullmatch(r"\d{4}/\d{4}", resolved.edtf):
                a, b = map(int, resolved.edtf.split("/"))
                if time == "row" and b - a < 12:
                    return [_Year(str(y), ("years-of-range",)) for y in range(a, b + 1)]
                return [_Year(resolved.edtf, resolved.steps)]
            return [_Year(resolved.edtf[:4], resolved.steps)]
    if not now.isdigit():
        return []
    if time in ("next", "passed"):
        # A calendar-year chair that changes hands in autumn begins in January.
        autumn = (context.date or "")[5:7] in (
            "08",
            "09",
            "10",
            "11",
            "12",
        ) and context.organization_at(n) != "SCO"
        year = int(now) + (
            0
            if cue("chairmanships-done").search(text[found.start : found.end]) and not autumn
            else 1
        )
        return [_Year(str(year), ("year-from-document-date",))]
    for back in range(n, max(-1, n - 3), -1):
        for _, _, gathering in reversed(scene.at.get(back, [])):
            if (
                gathering.kind == "council"
                and gathering.date
                and gathering.date[:4].isdigit()
                and gathering.status == "held"
            ):
                return [_Year(gathering.date[:4], ("year-from-meeting",))]
    year = context.review_year or now
    return [_Year(year, ("year-from-document-date",))]


def _by_office(read: Recognised, context: Context) -> Iterator[Draft]:
    """Who chairs an organization's highest council: the state of that person chairs the organization."""
    year = (context.date or "")[:4]
    for sentence in read.sentences:
        for at, mention in sorted(sentence.encoded.mentions.items()):
            if mention.kind != "person" or not isinstance(mention.value, Holder):
                continue
            for office in context.offices.get(mention.value.name, ()):
                body = context.lexicon.by_name.get(office.of)
                state = next(
                    (
                        o.of
                        for o in context.offices[mention.value.name]
                        if (t := context.lexicon.by_name.get(o.of))
                        and t.kind == "state"
                        and not o.former
                    ),
                    "",
                )
                written = any(o.title == office.title for o in mention.value.offices)
                if (
                    body
                    and body.summit
                    and office.role.label.startswith("Chair")
                    and state
                    and written
                    and not office.former
                    and year.isdigit()
                ):
                    yield Draft(
                        "chairmanship",
                        {"org": body.unit_of, "chair": state, "year": year, "status": "held"},
                        [span(sentence, at, at + 1), span(sentence)],
                        f"chair-of-highest-council-{context.language}",
                        steps=("chair-of-highest-council", "year-from-document-date"),
                    )


def _mention_names(mention: Mention) -> tuple[str, ...]:
    return mention.names("state") or mention.names("adj")
