"""The scene: which gatherings a document speaks of, and which is in focus at each sentence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.draft import span
from ciskg.extract.rules import Found, Rule, find
from ciskg.model import Span
from ciskg.recognise import CHAR, Holder, Mention, Recognised, Sentence

D, L, S, G, P, O = (CHAR[k] for k in ("date", "place", "state", "org", "person", "office"))
DATELINE = re.compile(
    rf"^\W*(?:(?:The |At )?[{D}{L}{S}]|\d\d[:.]\d\d|[\s,.|/()–-]|Region|region)+$"
)
QUOTED = re.compile(r"[“\"«][^”\"»]{12,}[”\"»]")


@dataclass(slots=True)
class Gathering:
    """A meeting of the document, filled as the document is read."""

    kind: str
    body: str = ""
    title: str = ""
    parties: list[str] = field(default_factory=list)
    date: str | None = None
    place: str = ""
    country: str = ""
    mode: str = ""
    status: str = "held"
    rule: str = ""
    spans: list[Span] = field(default_factory=list)
    steps: tuple[str, ...] = ()
    main: bool = False
    sentence: int = 0


@dataclass(slots=True)
class Scene:
    """The gatherings of a document, where they are named, and the one in focus."""

    gatherings: list[Gathering]
    at: Mapping[int, Sequence[tuple[int, int, Gathering]]]  # sentence -> where which is named
    main: Gathering | None
    dateline: str  # place of the dateline
    blocks: tuple[int, ...] = ()  # of each sentence
    headings: tuple[bool, ...] = ()  # whether each sentence is a heading

    def focus(self, n: int) -> Gathering | None:
        """The gathering that sentence n speaks of: named in it, else the last of its paragraph, else the main one."""
        named = self.at.get(n)
        if named:
            return named[0][2]
        for back in range(n - 1, max(-1, n - 5), -1):
            if self.blocks[back] != self.blocks[n]:
                break
            held = [
                x[2]
                for x in self.at.get(back, ())
                if x[2].status == "held" and x[2].kind == "council"
            ]
            if held:
                return held[-1]
        for back in range(n - 1, -1, -1):  # the heading of the section
            if self.headings[back] and (
                held := [x[2] for x in self.at.get(back, ()) if x[2].kind == "council"]
            ):
                return held[-1]
        return self.main


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    end: int
    found: Found
    body: str
    title: str
    parties: tuple[str, ...]


def read_scene(read: Recognised, context: Context, rules: Sequence[Rule]) -> Scene:
    """All gatherings of a document."""
    gatherings: list[Gathering] = []
    at: dict[int, list[tuple[int, int, Gathering]]] = {}
    dateline = _dateline(read.sentences, context)
    body_seen = False
    main: Gathering | None = None
    columns: dict[int, str] = {}
    for n, sentence in enumerate(read.sentences):
        if sentence.kind == "row":
            columns = _columns(sentence, context) or columns
            row = _row(sentence, columns, context, n)
            if row:
                gatherings.append(row)
                at[n] = [(0, len(sentence.text), row)]
            continue
        named = list(_named(sentence, context, rules, read.sentences, n))
        antecedent = next(
            (x[2] for m in range(n, max(-1, n - 4), -1) for x in reversed(at.get(m, []))), main
        )
        for k, one in enumerate(named):
            low = named[k - 1].end if k else 0
            high = named[k + 1].start if k + 1 < len(named) else len(sentence.text)
            for new in _fill(one, sentence, low, high, context, n):
                new.sentence = n
                generic = new.kind == "generic"
                if generic and not _refer(new, antecedent, main, context, read.sentences, one, n):
                    continue
                lead = not body_seen and (sentence.kind == "heading" or n < 9)
                old = antecedent or main
                if (
                    generic
                    and old
                    and not new.date
                    and not new.place
                    and (new.kind, new.body or new.parties) == (old.kind, old.body or old.parties)
                    and not cue("scene-next").search(sentence.text[one.start : one.end])
                ):
                    at.setdefault(n, []).append((one.start, one.end, old))
                    continue
                gathering = _settle(
                    new,
                    gatherings,
                    main,
                    lead,
                    sentence.text[max(0, one.start - 40) : one.end + 20],
                    context.date,
                )
                if gathering is None:
                    continue
                at.setdefault(n, []).append((one.start, one.end, gathering))
                antecedent = gathering
                ours = (
                    gathering.kind == "council"
                    and _unit(gathering, context) == context.organization
                )
                if (
                    main
                    and main is not gathering
                    and lead
                    and ours
                    and gathering.status == "held"
                    and main.kind == "council"
                    and _unit(main, context) != context.organization
                ):
                    main.main, main = False, None
                if (
                    main is None
                    and lead
                    and gathering.status == "held"
                    and gathering.kind != "forum"
                ):
                    main = gathering
                    main.main = True
        if sentence.kind == "paragraph" and len(sentence.text) > 120 and named:
            body_seen = True
    if main is None and gatherings:
        first = gatherings[0]
        if first.sentence < 6:
            main = first
            main.main = True
    _complete(gatherings, main, dateline, context, read)
    kept = [g for g in gatherings if _worth(g)]
    return Scene(
        kept,
        {
            n: [x for x in found if x[2] in kept]
            for n, found in at.items()
            if any(x[2] in kept for x in found)
        },
        main if main in kept else None,
        dateline,
        tuple(s.block for s in read.sentences),
        tuple(s.kind == "heading" for s in read.sentences),
    )


def _columns(sentence: Sentence, context: Context) -> dict[int, str]:
    """The columns of a table's head that hold meetings, years and places."""
    if sentence.encoded.within(0, len(sentence.text), "date"):
        return {}
    found: dict[int, str] = {}
    at = 0
    for k, cell in enumerate(sentence.text.split("|")):
        a, b = sentence.encoded.source(at, at + len(cell)) if cell else (0, 0)
        written = context.text[a:b]
        if cue("scene-meeting-column").search(written) or cue("scene-meeting-column").search(cell):
            found[k] = "meeting"
        elif re.search(r"\b[Yy]ear\b|\b[Гг]од\b", written):
            found[k] = "year"
        at += len(cell) + 1
    return found if "meeting" in found.values() else {}


def _row(
    sentence: Sentence, columns: Mapping[int, str], context: Context, n: int
) -> Gathering | None:
    """The meeting of a table row: its day and place from the cell, its year from the column of years."""
    if not columns:
        return None
    at, year, cell_span = 0, "", (0, 0)
    for k, cell in enumerate(sentence.text.split("|")):
        if columns.get(k) == "year":
            year = next(
                (str(m.value) for m in sentence.encoded.within(at, at + len(cell), "date")), ""
            )
        elif columns.get(k) == "meeting":
            cell_span = (at, at + len(cell))
        at += len(cell) + 1
    body = _summit(context.organization_at(n), context)
    day = next((str(m.value) for m in sentence.encoded.within(*cell_span, "date")), "")
    place = next((_place(m, context) for m in sentence.encoded.within(*cell_span, "place")), "")
    date = day.replace("XXXX", year) if year else day
    date = date or year
    if not body or not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", date):
        return None
    cell_text = sentence.text[slice(*cell_span)]
    planned = bool(context.date and date > context.date) or bool(
        re.search(r"\b(?:to be|TBA|TBC|planned)\b", cell_text)
    )
    video = bool(re.search(r"video|online|virtual", cell_text, re.I))
    return Gathering(
        "council", body, date=date, place=place, country=context.country(place), mode="videoconference" if video else "",
        status="planned" if planned else "held", rule="table-of-meetings-en", spans=[span(sentence)], sentence=n,
    )  # fmt: skip


def _unit(gathering: Gathering, context: Context) -> str:
    thing = context.lexicon.by_name.get(gathering.body)
    return thing.unit_of if thing else ""


def _two_before(sentences: Sequence[Sentence], n: int) -> list[str]:
    """The two persons that the sentences before n name, where they are just two."""
    names: list[str] = []
    for sentence in sentences[max(0, n - 3) : n]:
        for _, mention in sorted(sentence.encoded.mentions.items()):
            if (
                mention.kind == "person"
                and isinstance(mention.value, Holder)
                and mention.value.name not in names
            ):
                names.append(mention.value.name)
    return names if len(names) == 2 else []


def _refer(
    new: Gathering,
    antecedent: Gathering | None,
    main: Gathering | None,
    context: Context,
    sentences: Sequence[Sentence],
    one: _Named,
    n: int,
) -> bool:
    """Gives `the summit`, `the next session` the body or the parties it means; False where that is open."""
    word = sentences[n].text[one.start : one.end].lower()
    old = antecedent or main
    summit = "summit" in word or "leaders" in word or "саммит" in word
    if old is None and cue("scene-talks").search(word) and (pair := _two_before(sentences, n)):
        new.kind, new.parties = "bilateral", pair
        return True
    if old and old.kind == "bilateral" and not summit and not cue("scene-next").search(word):
        new.kind, new.parties = "bilateral", list(old.parties)
        return True
    if main and main.kind == "council" and re.search(r"\b(?:next|previous|last)\b|следующ|предыдущ", word):
        old = main
    body = old.body if old and old.kind == "council" else ""
    if not body and main and main.kind == "council":
        body = main.body
    body = body or context.body
    thing = context.lexicon.by_name.get(body)
    if summit and not (thing and thing.summit):
        body = _summit(context.organization_at(n), context)
    if not body or (old is None and not (new.date or new.place)):
        return False
    if re.search(r"\b(?:previous|last)\b", word) and not new.date:
        return False
    new.kind, new.body = "council", body
    return True


def _worth(g: Gathering) -> bool:
    if g.kind == "bilateral":
        return len(g.parties) > 1
    if g.status == "planned" and not g.main:
        return bool(g.date or g.place or g.country) and (
            g.date is None or len(g.date) > 4 or bool(g.place)
        )
    return True


def _named(
    sentence: Sentence,
    context: Context,
    rules: Sequence[Rule],
    sentences: Sequence[Sentence],
    n: int,
) -> Iterator[_Named]:
    found: list[_Named] = []
    for rule in rules:
        if rule.type != "meeting":
            continue
        for match in find(rule, sentence.encoded):
            if any(match.start < f.end and f.start < match.end for f in found):
                continue
            one = _name(match, sentence, context, sentences, n)
            if one:
                found.append(one)
    return iter(sorted(found, key=lambda f: f.start))


def _name(
    match: Found, sentence: Sentence, context: Context, sentences: Sequence[Sentence], n: int
) -> _Named | None:
    kind = match.rule.fields["kind"]
    if kind == "generic":
        return _Named(match.start, match.end, match, "", "", ())
    if kind == "council":
        body = _body(match, context, n)
        return _Named(match.start, match.end, match, body, "", ()) if body else None
    if kind == "forum":
        title = _title(match, sentence, context)
        return _Named(match.start, match.end, match, "", title, ()) if title else None
    parties: list[str] = []
    for slot in ("one", "pair", "other"):
        for mention in match.slots.get(slot, ()):
            if mention.kind in ("person", "office"):
                name = context.holder(mention).name
                if not name and slot == "one" and isinstance(mention.value, Holder):
                    return None
                if name and name not in parties:
                    parties.append(name)
    if not parties or ("pair" in match.slots and not 2 <= len(parties) <= 3):
        return None
    if "one" not in match.slots and "pair" not in match.slots:
        other = _partner(parties, sentences, n, context)
        if other:
            parties.insert(0, other)
    return (
        _Named(match.start, match.end, match, "", "", tuple(parties)) if len(parties) > 1 else None
    )


def _partner(
    parties: Sequence[str], sentences: Sequence[Sentence], n: int, context: Context
) -> str:
    """Who met the person of a heading `Meeting with X`: who is named first in the document, or next below."""
    if n > 3:
        for sentence in sentences[:4]:
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


def _body(match: Found, context: Context, n: int) -> str:
    by_name = context.lexicon.by_name
    for mention in match.slots.get("body", ()):
        if mention.kind == "body":
            names = mention.names("body")
            fits = [b for b in names if by_name[b].unit_of == context.organization]
            best = (fits or list(names) or [""])[0]
            meets = re.search(r"\b(?:[Mm]eeting|[Ss]ummit)\b", best)
            return best if meets or "itself" not in match.rule.fields else ""
        if mention.kind == "short":
            return context.short(mention, n)
    for mention in match.slots.get("summit", ()):
        return (mention.names("summit") or ("",))[0]
    for mention in match.slots.get("org", ()):
        return _summit(mention.names("org")[0], context) if mention.names("org") else ""
    for mention in match.slots.get("many", ()):
        holder = mention.value
        if isinstance(holder, Holder) and holder.offices:
            office = holder.offices[-1]
            thing = by_name.get(office.of)
            owner = thing.unit_of if thing and thing.kind == "body" else office.of
            if not office.of and match.rule.fields.get("alone") == "yes":
                owner = context.organization_at(n)
            elif thing is None or thing.kind == "state":
                return ""
            fits = [b.name for b in office.members if b.unit_of == owner]
            return fits[0] if fits else ""
    return ""


def _summit(organization: str, context: Context) -> str:
    things = context.lexicon.by_name.values()
    return next(
        (t.name for t in things if t.kind == "body" and t.summit and t.unit_of == organization), ""
    )


ORDINAL = re.compile(r"\b(?:[IVXL]+|\d+)(?:st|nd|rd|th)?\b")


def _title(match: Found, sentence: Sentence, context: Context) -> str:
    if "title" not in match.words:
        return ""
    found = span(sentence, *match.words["title"])
    return _clean_title(context.text[found.start : found.end])


def _clean_title(written: str) -> str:
    title = cue("scene-leading").sub("", re.sub(r"\s+", " ", written)).strip()
    if (
        re.search(r"\b(?:press|news|video)[- ]conference\b", title, re.I)
        or cue("scene-generic").match(title)
        or len(title) > 220
    ):
        return ""
    words = title.split()
    head = next(
        (
            k
            for k, w in enumerate(words)
            if re.match(r"(?i)forum|conference|congress|exhibition|consultative", w)
        ),
        0,
    )
    cut = max(
        (k + 1 for k, w in enumerate(words[:head]) if cue("scene-cut").fullmatch(w)), default=0
    )
    words, head = words[cut:], head - cut
    title = " ".join(words)
    if cue("scene-generic").match(title):
        return ""
    if head > 9 or (head == 0 and len(words) == 1):
        return ""
    return title


def _fill(
    one: _Named, sentence: Sentence, low: int, high: int, context: Context, n: int
) -> Iterator[Gathering]:
    """The gathering of one naming, with its date and place; two where the sentence tells two."""
    text = sentence.text
    low, high = _clause(text, one.start, one.end, low, high)
    clause = text[max(low, one.start - 60) : min(high, one.end + 70)]
    planned = bool(cue("context-future").search(clause)) and not cue("scene-held").search(clause)
    place, country = _where(sentence, one.start, one.end, low, high, context)
    kind = one.found.rule.fields["kind"]
    dates = _when(sentence, one.start, one.end, low, high, near=kind == "generic")
    if not dates and cue("scene-this").search(text, max(0, one.start - 16), one.end):
        dates = ["day+0"]
    mode = ""
    around = text[max(0, one.start - 80) : one.end + 120]
    if cue("scene-video").search(around) and not cue("scene-joined").search(
        around.replace("took part in the", "")
    ):
        mode = "videoconference"
    elif cue("scene-in-person").search(around):
        mode = "in-person"
    groups: list[list[str]] = [list(one.parties)]
    if kind == "bilateral" and "pair" not in one.found.slots and len(one.parties) > 2:
        groups = [[one.parties[0], other] for other in one.parties[1:]]
    several = [] if kind == "bilateral" else list(_several(sentence, one.end, high, context))
    if several:
        for value, where, by_video, face in several:
            resolved = context.resolve(value, clause, future=planned)
            if resolved:
                yield Gathering(
                    kind=kind, body=one.body, title=one.title, date=resolved.edtf, place=where, country=context.country(where),
                    mode="videoconference" if by_video else "in-person" if face else "", status="planned" if planned else "held",
                    rule=one.found.rule.id, spans=[span(sentence, one.start, high), span(sentence)], steps=resolved.steps,
                )  # fmt: skip
        return
    for parties in groups:
        found = (context.resolve(date, clause, future=planned) for date in dates)
        resolved = next((date for date in found if date), None)
        yield Gathering(
            kind=kind,
            body=one.body,
            title=one.title,
            parties=parties,
            date=resolved.edtf if resolved else None,
            place=place,
            country=country,
            mode=mode,
            status="planned" if planned else "held",
            rule=one.found.rule.id,
            spans=[span(sentence, one.start, one.end), span(sentence)],
            steps=resolved.steps if resolved else (),
        )


ONE_DAY = rf"(?:in (?P<l{{n}}>{L}),? )?(?:on |in )?(?P<d{{n}}>{D})(?P<v{{n}}> by video\w*| (?:via|by) video[ -]\w+)?(?P<f{{n}}> (?:face to face|in person))?(?: in (?P<m{{n}}>{L}))?"
IN_BRACKETS = re.compile(
    rf"(?:in |held in |: )?(?P<all>{L} \({D}\)(?:(?:, | and | or |, and |, or )(?:in )?{L} \({D}\))+)"
)


def _clause(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """The bounds of the clause round text[start:end], between low and high."""
    for match in cue("scene-relative-clause").finditer(text, low, start):
        low = match.end()
    after = cue("scene-relative-clause").search(text, end, high)
    while after and (after.start() - end < 4 or after.group() in (":", " – ")):
        after = cue("scene-relative-clause").search(text, after.end(), high)
    return low, after.start() if after else high


def _several(
    sentence: Sentence, end: int, high: int, context: Context
) -> Iterator[tuple[str, str, bool, bool]]:
    """`in Minsk on April 12 and in Moscow on October 7`: two days and places of one body."""
    found = cue("scene-twice").search(sentence.text, end, min(high + 60, len(sentence.text)))
    if found and found.start() - end < 70:
        for n in "12":
            spot = (found.group("l" + n) and found.start("l" + n)) or (
                found.start("m" + n) if found.group("m" + n) else -1
            )
            place = (
                _place(sentence.encoded.mentions[spot], context)
                if spot >= 0 and spot in sentence.encoded.mentions
                else ""
            )
            day = sentence.encoded.mentions[found.start("d" + n)]
            yield str(day.value), place, bool(found.group("v" + n)), bool(found.group("f" + n))
        return
    brackets = IN_BRACKETS.search(sentence.text, end, min(high + 60, len(sentence.text)))
    if brackets and brackets.start() - end < 12:
        inside = sentence.encoded.within(*brackets.span("all"), "place", "date")
        for place, day in zip(inside[::2], inside[1::2], strict=False):
            yield str(day.value), _place(place, context), False, False


def _when(
    sentence: Sentence, start: int, end: int, low: int, high: int, near: bool = False
) -> list[str]:
    """The dates of a gathering named at start:end, the best first; only those right after it if `near`."""
    text = sentence.text
    quoted = [m.span() for m in QUOTED.finditer(text)]
    quoted = [(a, b) for a, b in quoted if not a < start < b]  # what names it may be quoted too
    best: list[tuple[int, int, str]] = []
    for at, mention in sentence.encoded.mentions.items():
        if mention.kind != "date" or not low <= at < high or any(a < at < b for a, b in quoted):
            continue
        value = str(mention.value)
        exact = (
            3
            if re.search(r"(?:-\d\d-\d\d|^day|^week|same)", value)
            else 2
            if re.search(r"-\d\d$", value)
            else 1
        )
        if (
            exact == 1
            and ("/" in value or cue("scene-until").search(text[:at]))
            and not value.startswith(("year", "after"))
        ):
            continue
        distance = at - end if at >= end else max(0, start - at) + 5
        if near and not (start <= at < end + 45):
            continue
        if distance < 160:
            best.append((-exact, distance, value))
    return [value for _, _, value in sorted(best)]


def _where(
    sentence: Sentence, start: int, end: int, low: int, high: int, context: Context
) -> tuple[str, str]:
    text = sentence.text
    spots: list[tuple[int, str, str]] = []
    for pattern in (cue("scene-in-place"), cue("scene-host"), cue("scene-in-place-ru"), cue("scene-host-ru")):
        for match in pattern.finditer(text, low, high):
            group = next(g for g in ("l", "s", "l2") if g in match.re.groupindex and match.group(g))
            mention = sentence.encoded.mentions[match.start(group)]
            distance = (
                match.start() - end if match.start() >= end - 12 else start - match.start() + 15
            )
            if group == "s":
                spots.append((distance + 40, "", (mention.names("state") or ("",))[0]))
            else:
                name = _place(mention, context)
                spots.append((distance, name, context.country(name)))
    spots = [s for s in spots if s[0] < 150]
    return min(spots)[1:] if spots else ("", "")


def _place(mention: Mention, context: Context) -> str:
    return (mention.names("place") or ("",))[0]


def _settle(
    new: Gathering,
    known: list[Gathering],
    main: Gathering | None,
    lead: bool,
    words: str,
    today: str | None,
) -> Gathering | None:
    """The gathering of the document that a naming means; a new one where none fits."""
    for old in sorted(known, key=lambda g: (g is not main, -known.index(g))):
        if _same(new, old, words, today):
            _merge(old, new)
            return old
    known.append(new)
    return new


def _same(new: Gathering, old: Gathering, words: str, today: str | None) -> bool:
    if new.kind != old.kind:
        return False
    if new.kind == "council" and new.body != old.body:
        return old.main and _slip(new, old, today)
    if new.kind == "forum" and not _alike(new.title, old.title):
        return False
    if new.kind == "bilateral":
        both = set(new.parties) & set(old.parties)
        if len(both) < min(len(new.parties), len(old.parties)):
            return False
    if new.date and old.date:
        return _agree(new.date, old.date) and _places_agree(new, old)
    if not _places_agree(new, old):
        return False
    if cue("scene-next").search(words) and old.status == "held" and not new.date:
        return False
    if not new.date and not new.place and not new.country and not cue("scene-other").search(words):
        return True
    if new.status != old.status:
        return new.kind == "bilateral" or (
            new.status == "planned"
            and not new.date
            and not cue("scene-next").search(words)
            and old.main
        )
    if new.date and not old.date:
        return not cue("scene-other").search(words) or (
            old.main
            and new.status == "held"
            and not re.search(r"\b(?:previous|last|earlier|another)\b|[Пп]редыдущ|[Пп]рошл", words)
        )
    return not (
        cue("scene-other").search(words)
        and new.kind == "council"
        and not new.date
        and "informal" not in words.lower()
    )


def _slip(new: Gathering, old: Gathering, today: str | None) -> bool:
    """Whether the name of another organization slipped in: the same council on the same day."""
    same = new.body.partition(" ")[2] == old.body.partition(" ")[2] and new.body.partition(" ")[
        2
    ].startswith("Council")
    return same and bool(new.date) and new.date == (old.date or today)


def _places_agree(new: Gathering, old: Gathering) -> bool:
    return not (new.place and old.place and new.place != old.place and new.country != old.country)


def _agree(a: str, b: str) -> bool:
    a0, b0 = a.split("/")[0], b.split("/")[0]
    short = min(len(a0), len(b0))
    return a0[:short] == b0[:short]


def _alike(a: str, b: str) -> bool:
    if ORDINAL.findall(a) != ORDINAL.findall(b) and ORDINAL.search(a) and ORDINAL.search(b):
        return False
    x, y = (
        {w.lower() for w in re.findall(r"\w+", t)} - {"the", "of", "on", "for", "and"}
        for t in (a, b)
    )
    return bool(x and y) and (
        x <= y
        or y <= x
        or (
            len(x & y) * 2 >= 1.6 * min(len(x), len(y))
            and len(x & y) * 2 / (len(x) + len(y)) > 0.75
        )
    )


def _merge(old: Gathering, new: Gathering) -> None:
    if new.date and (not old.date or len(new.date) > len(old.date)):
        old.date, old.steps = new.date, new.steps
    old.place = old.place or new.place
    old.country = old.country or new.country
    old.mode = old.mode or new.mode
    if new.status == "held" and old.status == "planned" and old.date == new.date:
        old.status = "held"
    for party in new.parties:
        if party not in old.parties and len(old.parties) < 2:
            old.parties.append(party)
    if new.kind == "forum" and len(new.title) > len(old.title) and len(new.title) < 160:
        old.title = new.title
    old.spans.extend(new.spans)


def _dateline(sentences: Sequence[Sentence], context: Context) -> str:
    """The place of a dateline: a line of date and place, or `DUSHANBE, September 28 /Agency/`."""
    for sentence in [*sentences[:12], *sentences[-2:]]:
        places = [m for _, m in sorted(sentence.encoded.mentions.items()) if m.kind == "place"]
        if not places:
            continue
        agency = cue("scene-agency").match(sentence.text)
        if DATELINE.match(sentence.text) or agency:
            names = [_place(m, context) for m in places]
            if agency:
                return names[0]
            towns = [n for n in names if n not in ("Kremlin", "Moscow Kremlin")]
            return (towns or names)[0]
    return ""


def _complete(
    gatherings: list[Gathering],
    main: Gathering | None,
    dateline: str,
    context: Context,
    read: Recognised,
) -> None:
    """Fills what the document settles for a gathering that does not say it itself."""
    for g in gatherings:
        if g is main and g.status == "held":
            if not g.date and context.date:
                g.date, g.steps = context.date, (*context.date_steps, "date-from-document-date")
            if (
                not g.place
                and dateline
                and g.mode != "videoconference"
                and (not g.country or g.country == context.country(dateline))
            ):
                g.place, g.country = dateline, context.country(dateline)
                g.steps = (*g.steps, "place-from-dateline")
        elif not g.date and g.status == "held":
            year = context.review_year or (context.date or "")[:4]
            if year.isdigit():
                g.date, g.steps = year, ("year-from-document-date",)
        if g.mode == "videoconference" and g.place and g is main:
            g.place, g.country = "", ""
