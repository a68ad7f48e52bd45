"""Instruments: what was signed, adopted, approved or planned, by whom, at which gathering."""

import re
from collections.abc import Iterator, Sequence

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft, span, tight
from ciskg.extract.joining import joined
from ciskg.extract.lists import OpenList, is_item, opens, read_item
from ciskg.extract.meaning import (
    constitutive,
    is_name,
    its_organization,
    meant,
    names_one,
    no_document,
    only_named,
    owner,
    wrapped,
)  # fmt: skip
from ciskg.extract.narrowing import Fitting
from ciskg.extract.origins import TREATIES, gathering_of, own_date, placed, told_date
from ciskg.extract.parties import parties_of, subject_words
from ciskg.extract.ratifications import Instrument, read_ratifications
from ciskg.extract.rules import Rule
from ciskg.extract.russian_titles import find_titles
from ciskg.extract.scene import Scene
from ciskg.extract.statuses import Status, around, nearest, status_of
from ciskg.extract.titles import ABOUT, Title, words
from ciskg.model import Span, Value
from ciskg.recognise import Holder, Recognised, Sentence

FIRST = 160  # characters of a sentence whose instruments belong to the date told before it


def read_instruments(
    read: Recognised,
    context: Context,
    scene: Scene,
    fits: Sequence[Fitting],
    acts: Sequence[Rule],
) -> Iterator[Draft]:
    """Instruments and ratifications, in the order of the document."""
    if not _of_states(read, context):
        return
    known: list[Instrument] = []
    open_: OpenList | None = None
    drafts: list[Draft] = []
    for n, sentence in enumerate(read.sentences):
        default: Status | None = None
        if is_item(n, read.sentences, open_):
            draft = read_item(sentence, open_, context) if open_ and not open_.plain else None
            if draft:
                known.append(Instrument(str(draft.values["title"]), n))
                drafts.append(draft)
                continue
            if sentence.text.rstrip().endswith(":"):  # `Decision on approving the following:`
                continue
            default = (open_.status, open_.rule) if open_ else None
        else:
            open_ = opens(n, read.sentences, acts, scene, open_)
        found = list(_sentence(n, sentence, read, context, scene, fits, default, drafts))
        found = found or list(_referred(n, read, context, scene, fits))
        known += [Instrument(str(d.values["title"]), n) for d in found]
        drafts += found
        drafts += read_ratifications(n, read, context, fits[n], known)
    yield from joined(drafts)


def _of_states(read: Recognised, context: Context) -> bool:
    """Whether the document speaks of states or their organizations, not of firms or clubs."""
    if context.organization:
        return True
    states: set[str] = set()
    for sentence in read.sentences:
        for mention in sentence.encoded.mentions.values():
            states.update((mention.names("state") or mention.names("adj"))[:1])
            offices = mention.value.offices if isinstance(mention.value, Holder) else ()
            things = [context.lexicon.by_name.get(o.of) for o in offices]
            if mention.names("body") or any(t and t.kind in ("state", "org") for t in things):
                return True
    return len(states) > 1


def _sentence(
    n: int,
    sentence: Sentence,
    read: Recognised,
    context: Context,
    scene: Scene,
    fits: Sequence[Fitting],
    default: Status | None,
    drafts: Sequence[Draft],
) -> Iterator[Draft]:
    text, acts = sentence.text, fits[n].get("act", ())
    titles = list(find_titles(sentence.encoded, context.text))
    if context.language == "en":
        titles = [t for t in titles if not no_document(t, sentence, context)]
    before = default or (around(n, sentence, read.sentences, fits) if titles else None)
    # Its date is that of another act.
    undated = {r.id for r in fits[n].get("act", ()) if r.fields.get("date") == "no"}
    skip = -1
    for k, title in enumerate(titles):
        if title.start < skip:
            continue
        inner = wrapped(titles, k, text)
        status = status_of(title, titles, text, acts)
        if inner is not None:
            status = _inner_status(inner, status or status_of(inner, titles, text, acts))
            title, skip = inner, inner.end
        if status is None and before:
            status = _inner_status(title, before) if inner is not None else before
        if status is None or not names_one(titles, k, title, text):
            if context.language == "en" and only_named(sentence, title, context):
                yield from _mentioned(sentence, title, context)
            continue
        for written, evidence in _titles(title, sentence, context):
            written = owner(written, titles, k, sentence, context)
            parties = parties_of(title, sentence, context, context.organization_at(n))
            bare = title.end == title.head + 1 and not title.quoted
            if bare and (known := meant(title, sentence, context, drafts)):
                written = known
                bare = False
            if bare and (
                organization := its_organization(n, title, sentence, context)
                or constitutive(n, title, sentence, context)
            ):
                written += f" of the {organization}"
            elif (
                bare
                and not is_name(written, title, sentence, context)
                and (not parties or cue("instruments-definite").search(text[: title.start]))
            ):
                continue
            if bare and parties and " of " not in written:
                subject = subject_words(sentence, title)
                if subject:
                    written += f" of {words(sentence.encoded, context.text, *subject)}"
            values: dict[str, Value] = {"title": written, "kind": title.kind, "status": status[0]}
            if parties:
                values["parties"] = parties
            gathering = gathering_of(n, title, read.sentences, scene, context, status[0])
            where = (sentence, title, titles)
            told = told_date(n, read.sentences, scene, context) if title.start < FIRST else None
            spans = [evidence, span(sentence)]
            draft = placed(values, gathering, spans, status[1], where, context, told)
            if status[1] in undated:
                draft.values.pop("date", None)
                draft.steps, draft.gathering = (), None
            yield draft


def _referred(
    n: int, read: Recognised, context: Context, scene: Scene, fits: Sequence[Fitting]
) -> Iterator[Draft]:
    """`It was signed in Minsk`: of the instrument that the sentence before names last."""
    sentence = read.sentences[n]
    match = cue("instruments-it").match(sentence.text)
    if not match or not n or read.sentences[n - 1].block != sentence.block:
        return
    status = nearest(match.group(), fits[n].get("act", ()))
    before = read.sentences[n - 1]
    titles = [
        t for t in find_titles(before.encoded, context.text) if not t.plural and t.end > t.head + 1
    ]
    if status is None or not titles:
        return
    where = Title(0, 0, 0, titles[-1].kind, False, False)
    for written, evidence in _titles(titles[-1], before, context):
        values: dict[str, Value] = {
            "title": written, "kind": titles[-1].kind, "status": status[0]
        }  # fmt: skip
        parties = parties_of(titles[-1], before, context) or parties_of(where, sentence, context)
        if parties:
            values["parties"] = parties
        gathering = gathering_of(n, where, read.sentences, scene, context, status[0])
        spans = [span(sentence), evidence]
        yield placed(values, gathering, spans, status[1], (sentence, where, ()), context)


def _mentioned(sentence: Sentence, title: Title, context: Context) -> Iterator[Draft]:
    """The instrument that a sentence only names, with the date that its title has."""
    for written, evidence in _titles(title, sentence, context):
        values: dict[str, Value] = {"title": written, "kind": title.kind}
        if date := own_date(sentence, title, context):
            values["date"] = date
            if title.kind in TREATIES:
                values["status"] = "signed"
        elif _running(title, sentence, context):
            values["status"] = "in force"
        if parties := parties_of(title, sentence, context):
            values["parties"] = parties
        yield Draft("agreement", values, [evidence, span(sentence)], "named-instrument-en")


def _running(title: Title, sentence: Sentence, context: Context) -> bool:
    """Whether a programme is carried out, or its years are not over: `for 2014–2018`, in 2017."""
    if title.kind not in ("programme", "plan", "concept", "other"):
        return False
    if cue("instruments-running").search(sentence.text):
        return True
    dates = sentence.encoded.within(title.head, title.end, "date")
    term = re.fullmatch(r"(?:(\d{4})/)?(\d{4})", str(dates[-1].value)) if dates else None
    now = (context.date or "")[:4]
    return term is not None and now.isdigit() and (term.group(1) or "0") <= now <= term.group(2)


def _inner_status(inner: Title, status: Status | None) -> Status | None:
    """A decision on a programme is signed, the programme approved."""
    if status and status[0] == "signed":
        spoken = inner.kind in ("statement", "declaration", "address")
        return "adopted" if spoken else "approved", status[1]
    return status


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
    if title.by == (0, 0) and re.search(r"\b(?:was|were|has|have|signed|adopted)\b", by):
        by = ""
    by = re.sub(r"^by ", "of ", by)
    prep = words(encoded, context.text, first, title.pieces[0][1])
    prep = re.match(r"in connection with|on the occasion of|\w+", prep).group() if prep else "on"  # type: ignore[union-attr]
    for a, b in title.pieces:
        words_ = words(encoded, context.text, a, b).strip('“”"«» ,;')
        if not re.match(rf"(?:{re.escape(prep)}|{ABOUT})\b", words_, re.I):
            words_ = f"{prep} {words_}"
        whole = " ".join(part for part in (head, by, words_) if part)
        yield whole[:1].upper() + whole[1:], tight(encoded, a, b)


def _singular(head: str) -> str:
    last = head.split()[-1]
    if last.lower() == "memoranda":
        return head[: -len(last)] + "memorandum"
    return head[:-1] if last.endswith("s") else head
