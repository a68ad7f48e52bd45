"""Lists of instruments: lines that follow words on documents, each one an instrument."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft, span
from ciskg.extract.origins import placed
from ciskg.extract.rules import Rule
from ciskg.extract.scene import Gathering, Scene
from ciskg.extract.statuses import nearest
from ciskg.extract.titles import words
from ciskg.model import Value
from ciskg.normal import is_cyrillic
from ciskg.recognise import CHAR, Sentence

KIND = CHAR["kind"]
ITEM = re.compile(r"^[\s“”\"«»]*(?:\(?\d{1,3}(?:\.\d{1,2})*[.)]|[•–—*·-]|\(?[a-zа-я]\))\s*")
NAME = re.compile(r"[A-ZА-Я«“\"\ue000-\ue020]")
HEAD_WITHIN = 45  # characters in which an item names its kind
SHORTEST = 12  # characters of a title
WORDS = 3  # of an item that does not say what kind of document it is
LINE = 600  # characters of an item; what is longer is prose


@dataclass(slots=True)
class OpenList:
    """The list that is open: its items are instruments."""

    status: str
    rule: str
    gathering: Gathering | None
    plain: bool = False  # its items have no mark: each paragraph opens with a title


def opens(
    n: int,
    sentences: Sequence[Sentence],
    acts: Sequence[Rule],
    scene: Scene,
    before: OpenList | None,
) -> OpenList | None:
    """The list that sentence n opens, if the next lines are items and it speaks of documents."""
    sentence = sentences[n]
    following = sentences[n + 1] if n + 1 < len(sentences) else None
    if following is None or not ITEM.match(following.text):
        if following is not None and _introduces(n, sentences):
            status = nearest(" ".join(s.text for s in sentences[max(0, n - 1) : n + 1]), acts)
            return _open(status, _last_meeting(n, scene), plain=True)
        if before and before.plain and sentence.block == sentences[n - 1].block:
            return before
        return before if before and len(sentence.text) < 90 and sentence.kind == "heading" else None
    if len(sentence.text) < 120 and before:  # a heading between the items of one list
        status = nearest(sentence.text, acts)
        gathering = _last_meeting(n, scene) or before.gathering
        return OpenList(status[0] if status else before.status, before.rule, gathering)
    if any(cue("instruments-documents").search(s.text) for s in sentences[:6]) and cue(
        "instruments-intro"
    ).search(" ".join(s.text for s in sentences[: n + 1])):
        return _open(_first(sentences, acts), _last_meeting(n, scene))
    for back in range(n, max(-1, n - 6), -1):
        text = sentences[back].text
        if ITEM.match(text) and back != n:
            continue
        if cue("instruments-intro").search(text):
            return _open(nearest(text, acts), _last_meeting(n, scene))
    return None


def _introduces(n: int, sentences: Sequence[Sentence]) -> bool:
    """Whether `The key ones are:` stands before paragraphs that open with a title."""
    sentence, following = sentences[n : n + 2]
    intro = " ".join(s.text for s in sentences[max(0, n - 1) : n + 1])
    return (
        sentence.text.rstrip().endswith(":")
        and following.block != sentence.block
        and cue("instruments-intro").search(intro) is not None
        and _heads(following)
    )


def _heads(sentence: Sentence) -> bool:
    return re.match(rf"\W?(?:The |A )?[^.;:,{KIND}]{{0,30}}{KIND}", sentence.text) is not None


def _first(sentences: Sequence[Sentence], acts: Sequence[Rule]) -> tuple[str, str] | None:
    return nearest(" ".join(s.text for s in sentences[:6]), acts)


def _open(
    status: tuple[str, str] | None, gathering: Gathering | None, *, plain: bool = False
) -> OpenList:
    value, rule = status or ("adopted", "list-of-documents-en")
    return OpenList(value, rule, gathering, plain)


def _last_meeting(n: int, scene: Scene) -> Gathering | None:
    for back in range(n, max(-1, n - 12), -1):
        for _, _, gathering in reversed(scene.at.get(back, [])):
            if gathering.kind == "council" and gathering.status == "held":
                return gathering
    return scene.main


def is_item(n: int, sentences: Sequence[Sentence], open_: OpenList | None) -> bool:
    """Whether sentence n is a line of the open list."""
    sentence = sentences[n]
    if cue("lists-clause").match(sentence.text):
        return False
    if open_ and open_.plain:
        first = n == 0 or sentences[n - 1].block != sentence.block
        return first and _heads(sentence)
    return bool(ITEM.match(sentence.text)) and (open_ is not None or sentence.kind == "item")


def read_item(sentence: Sentence, open_: OpenList, context: Context) -> Draft | None:
    """The instrument of one line of a list; None where the line names none."""
    text, encoded = sentence.text, sentence.encoded
    mark = ITEM.match(text)
    start = mark.end() if mark else 0
    tail = cue("instruments-tail").search(text, start)
    end = tail.start() if tail else len(text)
    more = cue("instruments-item-end").search(text, start + SHORTEST, end)
    end = more.start() if more else end
    lead = re.match(r"(?:the|an?|The|An?) ", text[start:end])
    start += lead.end() if lead else 0
    wrapped = cue("instruments-wrapped-item").match(text, start, end)
    status = open_.status
    if wrapped:  # `On the Programme of …`: the decision approves the programme
        start, status = wrapped.end("wrap"), "approved"
    if text.rstrip().endswith(":"):  # `Decision on approving the following documents:`
        return None
    if not SHORTEST <= end - start <= LINE or cue("instruments-no-item").match(text, start, end):
        return None
    heads = [
        (i, m) for i, m in sorted(encoded.mentions.items()) if start <= i < end and m.kind == "kind"
    ]
    kind = heads[0][1].names("kind")[0] if heads and heads[0][0] - start < HEAD_WITHIN else "other"
    if not heads and is_cyrillic(text) and not cue("instruments-about-item").match(text, start):
        return None
    if not heads:
        if re.match(r"On |About ", text[start:end]):
            kind = "decision"
        elif (
            len(text[start:end].split()) < WORDS
            or not NAME.match(text, start)
            or encoded.within(start, end, "person")
        ):
            return None
    title = words(encoded, context.text, start, end).strip(' ,;“”"«»' if wrapped else " ,;")
    values: dict[str, Value] = {
        "title": title[:1].upper() + title[1:],
        "kind": kind,
        "status": status,
    }
    evidence = [span(sentence, start, end), span(sentence)]
    return placed(values, open_.gathering, evidence, open_.rule, None, context)
