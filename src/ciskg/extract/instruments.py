"""Instruments: what was signed, adopted, approved or planned, by whom, at which gathering."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft, span, tight
from ciskg.extract.rules import Rule, find
from ciskg.extract.scene import Gathering, Scene
from ciskg.extract.russian_titles import find_titles, status_ru
from ciskg.extract.titles import Title, words
from ciskg.model import Span, Value
from ciskg.recognise import CHAR, Recognised, Sentence

K, S, G, P, O, M = (CHAR[k] for k in ("kind", "state", "org", "person", "office", "many"))
ITEM = re.compile(r"^\W*(?:\(?\d{1,3}[.)]|[•–—*·-]|[a-z]\))\s*")


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument of the document, for what refers back to it."""

    title: str
    sentence: int


@dataclass(slots=True)
class _List:
    """The list that is open: its items are instruments."""

    status: str
    rule: str
    gathering: Gathering | None
    left: int = 0


def read_instruments(
    read: Recognised, context: Context, scene: Scene, rules: Sequence[Rule]
) -> Iterator[Draft]:
    """Instruments and ratifications, in the order of the document."""
    acts = [r for r in rules if r.type == "act"]
    known: list[Instrument] = []
    open_: _List | None = None
    for n, sentence in enumerate(read.sentences):
        if ITEM.match(sentence.text) and (open_ or sentence.kind == "item"):
            draft = _item(n, sentence, open_, context, scene) if open_ else None
            if draft:
                known.append(Instrument(str(draft.values["title"]), n))
                yield draft
                continue
        else:
            open_ = _opens(n, sentence, read.sentences, acts, scene, open_)
        for draft in _sentence(n, sentence, read, context, scene, acts):
            known.append(Instrument(str(draft.values["title"]), n))
            yield draft
        yield from _ratifications(n, sentence, read, context, rules, known)


def _opens(
    n: int,
    sentence: Sentence,
    sentences: Sequence[Sentence],
    acts: Sequence[Rule],
    scene: Scene,
    before: _List | None,
) -> _List | None:
    """The list that this sentence opens, if the next lines are items and it speaks of documents."""
    following = sentences[n + 1] if n + 1 < len(sentences) else None
    if following is None or not ITEM.match(following.text):
        return before if before and len(sentence.text) < 90 and sentence.kind == "heading" else None
    if len(sentence.text) < 120 and before:  # a heading between the items of one list
        status = _nearest(sentence.text, len(sentence.text), acts)
        gathering = _last_meeting(n, scene) or before.gathering
        return _List(status[0] if status else before.status, before.rule, gathering)
    if any(cue("instruments-documents").search(s.text) for s in sentences[:6]) and cue(
        "instruments-intro"
    ).search(" ".join(s.text for s in sentences[: n + 1])):
        status = _nearest(" ".join(s.text for s in sentences[:6]), 0, acts)
        return _List(
            status[0] if status else "adopted",
            status[1] if status else "list-of-documents-en",
            _last_meeting(n, scene),
        )
    for back in range(n, max(-1, n - 6), -1):
        text = sentences[back].text
        if ITEM.match(text) and back != n:
            continue
        found = cue("instruments-intro").search(text)
        if found:
            status = _nearest(text, len(text), acts)
            return _List(
                status[0] if status else "adopted",
                status[1] if status else "list-of-documents-en",
                _last_meeting(n, scene),
            )
    return None


def _last_meeting(n: int, scene: Scene) -> Gathering | None:
    for back in range(n, max(-1, n - 12), -1):
        for _, _, gathering in reversed(scene.at.get(back, [])):
            if gathering.kind == "council" and gathering.status == "held":
                return gathering
    return scene.main


def _item(n: int, sentence: Sentence, open_: _List, context: Context, scene: Scene) -> Draft | None:
    text = sentence.text
    mark = ITEM.match(text)
    start = mark.end() if mark else 0
    tail = cue("instruments-tail").search(text, start)
    end = tail.start() if tail else len(text)
    lead = re.match(r"(?:the|an?|The|An?) ", text[start:end])
    start += lead.end() if lead else 0
    if end - start < 12:
        return None
    title = words(sentence.encoded, context.text, start, end)
    head = next(
        (
            m
            for i, m in sorted(sentence.encoded.mentions.items())
            if start <= i < end and m.kind == "kind"
        ),
        None,
    )
    position = next((i for i, m in sentence.encoded.mentions.items() if m is head), None)
    kind = (
        head.names("kind")[0]
        if head and position is not None and position - start < 45
        else "other"
    )
    if head is None and not re.match(r"[A-ZА-Я«“\"\ue000-\ue020]", text[start]):
        return None
    if sentence.encoded.within(start, end, "person") and head is None:
        return None
    values: dict[str, Value] = {
        "title": title[:1].upper() + title[1:],
        "kind": kind,
        "status": open_.status,
    }
    return _placed(
        values,
        open_.gathering,
        [span(sentence, start, end), span(sentence)],
        open_.rule,
        None,
        context,
    )


def _sentence(
    n: int,
    sentence: Sentence,
    read: Recognised,
    context: Context,
    scene: Scene,
    acts: Sequence[Rule],
) -> Iterator[Draft]:
    text = sentence.text
    titles = list(find_titles(sentence.encoded, context.text))
    around = _around(n, sentence, read, acts)
    skip = -1
    for k, title in enumerate(titles):
        if title.start < skip:
            continue
        before = text[: title.start]
        inner = _wrapped(titles, k, text)
        status = _status(title, titles, text, acts)
        if inner is not None:
            if status is None:
                status = _status(inner, titles, text, acts)
            if status and status[0] == "signed":
                status = (
                    "adopted"
                    if inner.kind in ("statement", "declaration", "address")
                    else "approved",
                    status[1],
                )
            title, skip = inner, inner.end
        status = status or around
        if status is None or cue("instruments-negated").search(
            text[max(0, title.start - 70) : title.end + 60]
        ):
            continue
        if cue("instruments-lot").search(before) and not title.quoted and len(title.pieces) < 2:
            continue
        if title.plural and not title.pieces and not title.quoted:
            continue
        if cue("instruments-present").search(before) and not re.search(
            r"\bsigned (?:the |an? )?$", before
        ):
            continue
        for written, evidence in _titles(title, sentence, context):
            own = cue("instruments-own").search(written)
            if own and k:
                whole = words(
                    sentence.encoded, context.text, titles[k - 1].start, titles[k - 1].end
                )
                written = f"{written[: own.start()]}the {own.group(1)} of the {whole}"
            values: dict[str, Value] = {"title": written, "kind": title.kind, "status": status[0]}
            parties = _parties(title, sentence, context, scene, n)
            bare = title.end == title.head + 1 and not title.quoted
            if (
                bare
                and not (
                    written.split()[0] != written.split()[-1]
                    and re.match(
                        r"(?:[A-Z\W]|[^a-z]).*",
                        words(sentence.encoded, context.text, title.start, title.end),
                    )
                )
                and not parties
            ):
                continue
            if bare and parties and " of " not in written:
                written += _subject_words(title, sentence, context)
            if parties:
                values["parties"] = parties
            gathering = _meeting(n, title, sentence, scene, status[0])
            yield _placed(
                values,
                gathering,
                [evidence, span(sentence)],
                status[1],
                (n, sentence, title),
                context,
            )


def _around(
    n: int, sentence: Sentence, read: Recognised, acts: Sequence[Rule]
) -> tuple[str, str] | None:
    """What happened to the documents of `The documents include …`: the sentence before says it."""
    if not n or not cue("instruments-continued").match(sentence.text):
        return None
    before = read.sentences[n - 1].text
    return _nearest(before, len(before), acts)


def _wrapped(titles: Sequence[Title], k: int, text: str) -> Title | None:
    """`a decision on the Programme of …`: the programme is what was approved."""
    title = titles[k]
    if title.kind not in ("decision", "resolution") or text[title.start : title.head].strip():
        return None
    for other in titles[k + 1 :]:
        gap = text[title.head + 1 : other.start]
        if re.fullmatch(
            r" (?:on|approving|adopting|to adopt|to approve) (?:the |an? )?[“\"«]?", gap
        ):
            return other
    if text[title.head + 1 :].startswith(" On "):
        return None
    rest = re.match(
        rf" (?:on|approving|adopting) (?:the |an? )?(?P<mods>(?:[\w’-]+ |[{S}{G}]|[{CHAR['adj']}] ){{0,4}}){K}",
        text[title.head + 1 :],
    )
    if rest:
        head = title.head + rest.end()
        if title.pieces:
            return None
        return Title(
            title.head + 1 + rest.start("mods"), head, title.end, title.kind, False, title.quoted
        )
    return None


def _titles(title: Title, sentence: Sentence, context: Context) -> Iterator[tuple[str, Span]]:
    encoded = sentence.encoded
    if not title.pieces:
        written = words(encoded, context.text, title.start, title.end).strip('“”"«» ,')
        if title.plural and title.quoted:
            written = written
        yield written[:1].upper() + written[1:], tight(encoded, title.start, title.end)
        return
    first = title.pieces[0][0]
    head = words(encoded, context.text, title.start, title.head + 1)
    head = _singular(head) if title.plural else head
    by = words(encoded, context.text, *(title.by if title.by[1] else (title.head + 1, first)))
    if (
        title.end > title.pieces[0][1] + 1
        and title.by == (0, 0)
        and re.search(r"\b(?:was|were|has|have|signed|adopted)\b", by)
    ):
        by = ""
    by = re.sub(r"^by ", "of ", by)
    prep = words(encoded, context.text, first, title.pieces[0][1])
    prep = re.match(r"in connection with|on the occasion of|\w+", prep).group() if prep else "on"  # type: ignore[union-attr]
    for a, b in title.pieces:
        words_ = words(encoded, context.text, a, b).strip('“”"«» ,;')
        if not re.match(rf"{re.escape(prep)}\b", words_, re.I):
            words_ = f"{prep} {words_}"
        whole = " ".join(part for part in (head, by, words_) if part)
        yield whole[:1].upper() + whole[1:], tight(encoded, a, b)


def _singular(head: str) -> str:
    last = head.split()[-1]
    if last.lower() == "memoranda":
        return head[: -len(last)] + "memorandum"
    return head[:-1] if last.endswith("s") else head


def _status(
    title: Title, titles: Sequence[Title], text: str, acts: Sequence[Rule]
) -> tuple[str, str] | None:
    """What happened to an instrument: the passive verb after it, else the last verb before it."""
    if acts and acts[0].language == "ru":
        return status_ru(title, titles, text, acts)
    inside = [span for t in titles for span in (t.pieces or ((t.start, t.end),))]
    if title.pieces and not title.plural:
        for rule in acts:
            if rule.pattern.search(text[title.head : title.pieces[0][0]]):
                return rule.fields["status"], rule.id
    found: list[tuple[int, int, str, str]] = []
    for rule in acts:
        for match in rule.pattern.finditer(text):
            if any(a <= match.start() < b for a, b in inside):
                continue
            found.append((match.start(), match.end(), rule.fields["status"], rule.id))
    planned = [f for f in found if f[2] == "planned"]
    found = [f for f in found if f[2] == "planned" or not any(p[0] <= f[0] < p[1] for p in planned)]
    if not found:
        return None
    after = [f for f in found if f[0] >= title.end]
    before = [f for f in found if f[1] <= title.start]
    passive = None
    if after:
        first = min(after)
        gap = text[title.end : first[0]]
        gap = re.sub(rf"{K}[^{K}]*", "", gap) if len(gap) > 80 else gap
        if (
            re.search(
                r"\b(?:was|were|is|are|has been|have been|been|be|bear|to)\b[^.;]{0,40}$", gap
            )
            and not re.search(
                r"\b(?:and|but) [^,;]{0,40}\b(?:was|were|has|have)\b.*\b(?:was|were)\b", gap
            )
        ) or re.fullmatch(r"[\s,”\"]*(?:was |were )?(?:also )?", gap):
            passive = first
    if passive and (not before or passive[0] - title.end < 90):
        return passive[2], passive[3]
    if before:
        last = max(before, key=lambda f: f[1])
        return last[2], last[3]
    if not after:
        return None
    first = min(after)
    return (first[2], first[3]) if first[0] - title.end < 110 else None


def _nearest(text: str, at: int, acts: Sequence[Rule]) -> tuple[str, str] | None:
    found = [(m.start(), r.fields["status"], r.id) for r in acts for m in r.pattern.finditer(text)]
    return max(found)[1:] if found else None


def _parties(
    title: Title, sentence: Sentence, context: Context, scene: Scene, n: int
) -> tuple[str, ...]:
    text, encoded = sentence.text, sentence.encoded
    inside = text[title.head : title.end]
    by = re.match(rf"{K} (?:of|by) (?:the )?(?P<m>[{M}{O}])", inside)
    if by:
        holder = encoded.mentions[title.head + by.start("m")].value
        of = holder.offices[-1].of if getattr(holder, "offices", ()) else ""  # type: ignore[union-attr]
        return (of,) if of else ()
    between = re.search(rf"\b(?:between|между) (?:the )?(?P<a>[{S}{G}]) (?:and|и) (?:the )?(?P<b>[{S}{G}])", inside)
    if between:
        return tuple(
            (
                encoded.mentions[title.head + between.start(g)].names("state")
                or encoded.mentions[title.head + between.start(g)].names("org")
            )[0]
            for g in "ab"
        )
    subject = cue("instruments-subject").search(text[: title.start]) or cue(
        "instruments-subject-ru"
    ).search(text)
    if not subject:
        subject = re.search(
            rf"signed by (?:the )?(?P<s>[{S}](?:(?:, (?:and )?(?:the )?| and (?:the )?)[{S}])*)",
            text[title.end :],
        )
        if subject:
            found = encoded.within(
                title.end + subject.start("s"), title.end + subject.end("s"), "state"
            )
            return tuple(m.names("state")[0] for m in found)
        return ()
    found = encoded.within(*subject.span("s"), "state", "org")
    return tuple((m.names("state") or m.names("org"))[0] for m in found)


def _subject_words(title: Title, sentence: Sentence, context: Context) -> str:
    subject = cue("instruments-subject").search(sentence.text[: title.start])
    return f" of {words(sentence.encoded, context.text, *subject.span('s'))}" if subject else ""


def _meeting(
    n: int, title: Title, sentence: Sentence, scene: Scene, status: str
) -> Gathering | None:
    named = [x for x in scene.at.get(n, ()) if not title.start <= x[0] < title.end]
    if named:
        return min(named, key=lambda x: min(abs(x[0] - title.end), abs(title.start - x[1])))[2]
    if status == "planned":
        for back in range(n - 1, max(-1, n - 8), -1):
            for _, _, gathering in reversed(scene.at.get(back, [])):
                if gathering.status == "planned" and gathering.kind == "council":
                    return gathering
    if sentence.encoded.within(0, len(sentence.text), "date") and re.search(
        r"\ue00a", sentence.text
    ):
        pass
    for back in range(n - 1, max(-1, n - 3), -1):
        for _, _, gathering in reversed(scene.at.get(back, [])):
            if gathering.kind == "council" and gathering.status == "held":
                return gathering
    return scene.main


def _placed(
    values: dict[str, Value],
    gathering: Gathering | None,
    spans: list[Span],
    rule: str,
    where: tuple[int, Sentence, Title] | None,
    context: Context,
) -> Draft:
    """The draft with its date: one written beside the instrument, else that of its gathering."""
    steps: tuple[str, ...] = ()
    date = None
    if where:
        _, sentence, title = where
        date, steps = _date(sentence, title, context, str(values["status"]))
    if date and gathering and gathering.date and not _within(date, gathering.date):
        gathering = None
    if gathering and gathering.date and (not date or len(date) <= len(gathering.date)):
        date, steps = gathering.date, ("date-from-meeting",)
    if gathering and gathering.kind == "bilateral" and "parties" not in values:
        states = tuple(of for p in gathering.parties if (of := context.state_of(p)))
        thing = [context.lexicon.by_name.get(s) for s in states]
        if len(states) == len(gathering.parties) and all(t and t.kind == "state" for t in thing):
            values["parties"] = states
    if not date and values["status"] in ("signed", "adopted", "approved"):
        year = context.review_year or (context.date or "")[:4]
        if year.isdigit():
            date, steps = year, ("year-from-document-date",)
    if date:
        values["date"] = date
    modality = "planned" if values["status"] == "planned" else "stated"
    return Draft("agreement", values, spans, rule, modality, steps, gathering=gathering)


def _within(a: str, b: str) -> bool:
    short = min(len(a), len(b))
    return a[:short] == b[:short]


def _date(
    sentence: Sentence, title: Title, context: Context, status: str
) -> tuple[str | None, tuple[str, ...]]:
    best: tuple[int, str] | None = None
    for at, mention in sentence.encoded.mentions.items():
        if mention.kind != "date" or title.start <= at < title.end:
            continue
        value = str(mention.value)
        if "/" in value and re.fullmatch(r"\d{4}/\d{4}", value):
            continue
        if re.search(
            r"\b(?:until|till|by|since|for|up to|year|anniversary)\s$",
            sentence.text[max(0, at - 12) : at],
            re.I,
        ):
            continue
        distance = min(abs(at - title.end), abs(title.start - at))
        if distance < 120 and (best is None or distance < best[0]):
            best = (distance, value)
    if best is None:
        return None, ()
    resolved = context.resolve(best[1], sentence.text, future=status == "planned")
    return (
        (resolved.edtf, resolved.steps)
        if resolved and not resolved.edtf.startswith("XXXX")
        else (None, ())
    )


def _ratifications(
    n: int,
    sentence: Sentence,
    read: Recognised,
    context: Context,
    rules: Sequence[Rule],
    known: Sequence[Instrument],
) -> Iterator[Draft]:
    for rule in (r for r in rules if r.type == "ratification"):
        for found in find(rule, sentence.encoded):
            states = [
                name
                for m in (*found.slots.get("who", ()), *found.slots.get("more", ()))
                for name in (m.names("state") or m.names("adj"))[:1]
            ]
            states += [
                state
                for m in found.slots.get("holder", ())
                if (state := context.state_of(context.holder(m).name))
            ]
            states += [
                context.state_of_body(name)
                for m in found.slots.get("house", ())
                for name in m.names("body")[:1]
                if not states
            ]
            states = [s for s in states if s]
            title = _ratified(n, found.start, found.end, sentence, read, context, known)
            if not title:
                continue
            for state in states:
                yield Draft(
                    "ratification",
                    {"agreement": title, "state": state},
                    [span(sentence, found.start, found.end), span(sentence)],
                    rule.id,
                )


def _ratified(
    n: int,
    start: int,
    end: int,
    sentence: Sentence,
    read: Recognised,
    context: Context,
    known: Sequence[Instrument],
) -> str:
    """The title of what was ratified: named in the sentence, else the last named before."""
    named = [
        t
        for t in find_titles(sentence.encoded, context.text)
        if not t.plural and (t.end > t.head + 1 or t.start < t.head)
    ]
    if named:
        nearest = min(named, key=lambda t: min(abs(t.start - end), abs(start - t.end)))
        written = words(sentence.encoded, context.text, nearest.start, nearest.end)
        if len(written) > 14:
            return written[:1].upper() + written[1:]
    if known and n - known[-1].sentence < 14:
        return known[-1].title
    for back in range(n - 1, max(-1, n - 3), -1):
        earlier = read.sentences[back]
        for title in reversed(list(find_titles(earlier.encoded, context.text))):
            written = words(earlier.encoded, context.text, title.start, title.end)
            if not title.plural and len(written) > 14:
                return written[:1].upper() + written[1:]
    return ""
