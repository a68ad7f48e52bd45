"""Instruments: what was signed, adopted, approved or planned, by whom, at which gathering."""

import re
from collections.abc import Iterator, Sequence

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft, span, tight
from ciskg.extract.joining import joined
from ciskg.extract.lists import OpenList, is_item, opens, read_item
from ciskg.extract.narrowing import Fitting
from ciskg.extract.origins import gathering_of, parties_of, placed, subject_words
from ciskg.extract.ratifications import Instrument, read_ratifications
from ciskg.extract.rules import Rule
from ciskg.extract.russian_titles import find_titles
from ciskg.extract.scene import Scene
from ciskg.extract.statuses import Status, around, nearest, status_of
from ciskg.extract.titles import ABOUT, Title, words
from ciskg.model import Span, Value
from ciskg.recognise import CHAR, Holder, Recognised, Sentence

KIND, STATE, ORG, ADJECTIVE = (CHAR[k] for k in ("kind", "state", "org", "adj"))


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
        found = list(_sentence(n, sentence, read, context, scene, fits, default))
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
) -> Iterator[Draft]:
    text, acts = sentence.text, fits[n].get("act", ())
    titles = list(find_titles(sentence.encoded, context.text))
    before = default or (around(n, sentence, read.sentences, fits) if titles else None)
    skip = -1
    for k, title in enumerate(titles):
        if title.start < skip:
            continue
        inner = _wrapped(titles, k, text)
        status = status_of(title, titles, text, acts)
        if inner is not None:
            status = _inner_status(inner, status or status_of(inner, titles, text, acts))
            title, skip = inner, inner.end
        if status is None and before:
            status = _inner_status(title, before) if inner is not None else before
        if status is None or not _names_one(titles, k, title, text):
            continue
        for written, evidence in _titles(title, sentence, context):
            written = _owner(written, titles, k, sentence, context)
            parties = parties_of(title, sentence, context)
            bare = title.end == title.head + 1 and not title.quoted
            if bare and (organization := _its(n, title, sentence, context)):
                written += f" of the {organization}"
            elif bare and not parties and not _capital(written, title, sentence, context):
                continue
            if bare and parties and " of " not in written:
                subject = subject_words(sentence, title)
                if subject:
                    written += f" of {words(sentence.encoded, context.text, *subject)}"
            values: dict[str, Value] = {"title": written, "kind": title.kind, "status": status[0]}
            if parties:
                values["parties"] = parties
            gathering = gathering_of(n, title, sentence, scene, status[0])
            where = (sentence, title, titles)
            yield placed(values, gathering, [evidence, span(sentence)], status[1], where, context)


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
        gathering = gathering_of(n, where, sentence, scene, status[0])
        spans = [span(sentence), evidence]
        yield placed(values, gathering, spans, status[1], (sentence, where, ()), context)


def _inner_status(inner: Title, status: Status | None) -> Status | None:
    """A decision on a programme is signed, the programme approved."""
    if status and status[0] == "signed":
        spoken = inner.kind in ("statement", "declaration", "address")
        return "adopted" if spoken else "approved", status[1]
    return status


def _names_one(titles: Sequence[Title], k: int, title: Title, text: str) -> bool:
    """Whether the words are one instrument, not a lot, not one refused or only referred to."""
    before = text[: title.start]
    low = max((m.end() for m in CLAUSE.finditer(before)), default=0)
    high = CLAUSE.search(text, title.end)
    near = text[max(low, title.start - 70) : title.end]
    near += text[title.end : min(high.start() if high else len(text), title.end + 60)]
    if cue("instruments-negated").search(near):
        return False
    if cue("instruments-lot").search(before) and not title.quoted and len(title.pieces) < 2:
        return False
    if title.plural and len(title.pieces) < 2 and not title.quoted:
        return False
    referred = cue("instruments-present").search(before)
    return not referred or cue("instruments-signed").search(before) is not None


WRAPS = re.compile(
    rf" (?:on|approving|adopting) (?:the |an? )?"
    rf"(?P<mods>(?:[\w’-]+ |[{STATE}{ORG}{ADJECTIVE}] ){{0,4}}){KIND}"
)
CLAUSE = re.compile(r"[;:]|, (?:while|but|though|although|whereas|after|as) | – ")


def _owner(
    written: str, titles: Sequence[Title], k: int, sentence: Sentence, context: Context
) -> str:
    """`the concept and a plan for its implementation`: the plan for that of the concept."""
    own = cue("instruments-own").search(written)
    if not own or not k:
        return written
    whole = words(sentence.encoded, context.text, titles[k - 1].start, titles[k - 1].end)
    return f"{written[: own.start()]}the {own.group(1)} of the {whole}"


def _its(n: int, title: Title, sentence: Sentence, context: Context) -> str:
    """The organization whose `its Charter` is; "" where the words are no name."""
    whole = words(sentence.encoded, context.text, title.start, title.end)
    its = cue("instruments-its").search(sentence.text[: title.start])
    thing = context.lexicon.by_name.get(context.organization_at(n))
    return thing.label if thing and its and whole[:1].isupper() else ""


def _capital(written: str, title: Title, sentence: Sentence, context: Context) -> bool:
    """Whether a title that is only a kind with modifiers (`Minsk Declaration`) is a name."""
    if written.split()[0] == written.split()[-1]:
        return False
    whole = words(sentence.encoded, context.text, title.start, title.end)
    return re.match(r"(?:[A-Z\W]|[^a-z])", whole) is not None


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
    rest = WRAPS.match(text, title.head + 1)
    if rest:
        head = rest.end() - 1
        if title.pieces:
            return None
        return Title(rest.start("mods"), head, title.end, title.kind, False, title.quoted)
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
