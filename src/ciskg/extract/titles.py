"""Titles of instruments: where they begin and end in a sentence.

A title starts at the word for its kind (`agreement`, `Joint Statement`), with the modifiers
before it, and runs over `on …`, `of …`, `to …` until the sentence goes on without it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ciskg.cues import cue
from ciskg.recognise import CHAR, KIND, Encoded

K = CHAR["kind"]
NOUNS = (
    "state", "adj", "org", "place", "body", "many", "summit", "role", "short", "office",
)  # fmt: skip
_NOUN = f"[{''.join(CHAR[k] for k in NOUNS)}]"
_PLAIN = rf"(?:(?!(?:and|the|an?|to|of|on|in|for|with|by) )[\w’'-]+|{_NOUN}(?:[’']s)?)"


@dataclass(frozen=True, slots=True)
class Title:
    """A title where it stands in an encoded text."""

    start: int  # of the whole with its modifiers
    head: int  # of the word for its kind
    end: int
    kind: str  # of the annotation convention
    plural: bool
    quoted: bool
    pieces: tuple[
        tuple[int, int], ...
    ] = ()  # the title's words apart from its head; several for several titles
    by: tuple[int, int] = (0, 0)  # who made it, between the head and the pieces


ABOUT = r"[Oo]n|in connection with|on the occasion of|concerning|regarding"
QUOTES = re.compile(r"[“\"«„‘]([^”\"»“]{4,300})[”\"»“’]")


def find_titles(encoded: Encoded, source: str) -> Iterator[Title]:
    """The titles of a sentence in order; `source` is the document's text."""
    text = encoded.text
    quotes = [m.span(1) for m in QUOTES.finditer(text)]
    at = 0
    for head in [i for i, m in sorted(encoded.mentions.items()) if m.kind == "kind"]:
        if head < at:
            continue
        mention = encoded.mentions[head]
        kind = mention.names("kind")[0]
        written = source[mention.start : mention.end]
        first = written.partition(" of ")[0]
        plural = first.lower().endswith("s") and not cue("titles-plural-name").search(first)
        quote = next((q for q in quotes if q[0] <= head < q[1]), None)
        if quote and cue("titles-speech").search(text, quote[0], head):
            quote = None
        if quote:
            start, end = quote
            yield Title(start, head, end, kind, False, True)
            at = end + 1
            continue
        if cue("titles-ratifying").match(text, head) or not _is_noun(written, text, head):
            continue
        start = _left(text, head, at)
        while start < head and "," in _written(encoded, source, start):
            start += 2  # `adoption by the Council, of the CIS Charter`: no part of the title
        clause = cue("titles-clause").match(text, head + 1)
        if clause and not plural:  # `a protocol by which the agreement on … is amended`
            yield Title(start, head, clause.end(), kind, False, False)
            at = clause.end()
            continue
        parted = cue("titles-parted").match(text, head)
        if parted:
            title = _parted(text, start, head, parted, kind, plural)
            if title:
                yield title
                at = title.end
                continue
        if kind in ("decision", "resolution") and cue("titles-wraps").match(text, head + 1):
            yield Title(start, head, head + 1, kind, plural, False)
            at = head + 1
            continue
        end, quoted = _right(text, head, plural)
        pieces: tuple[tuple[int, int], ...] = ()
        row = cue("titles-quoted").match(text, head + 1) if plural and quoted else None
        if row:  # `the model laws “On A”, “On B” and “On C”`
            pieces = tuple(q for q in quotes if row.start() <= q[0] < row.end())
            end = row.end()
        elif plural and end > head + 1:
            pieces = tuple(_pieces(text, head, end))
            if pieces:
                end = pieces[-1][1]
        yield Title(start, head, end, kind, plural, quoted, pieces)
        at = end
        another = cue("titles-another").match(text, end)
        if another and not plural:  # `a statement on A and one on B`
            stop, _ = _right(text, another.start("on") - 2)
            if stop > another.end():
                at = stop
                piece = (another.start("on"), stop)
                yield Title(start, head, stop, kind, False, False, (piece,), (head + 1, head + 1))


def _written(encoded: Encoded, source: str, at: int) -> str:
    """The words of the mention that stands at a place; "" for none."""
    mention = encoded.mentions.get(at)
    return source[mention.start : mention.end] if mention else ""


def _is_noun(written: str, text: str, head: int) -> bool:
    """Whether `plans` is no verb, and `document` tells what it is about."""
    if written.lower() == "accord" and cue("titles-no-accord").search(text, 0, head):
        return False
    if written.lower() == "plans":
        return cue("titles-no-head").match(text, head) is None
    return written.lower() != "document" or cue("titles-document").match(text, head) is not None


def _left(text: str, head: int, floor: int) -> int:
    start = head
    for _ in range(6):
        match = cue("titles-modifier").search(text, max(floor, start - 40), start)
        if not match or cue("titles-not-modifier").match(match.group().strip()):
            break
        if match.start() > 0 and text[match.start() - 1].isalnum():
            break
        start = match.start()
    if start == head and (
        noun := cue("titles-noun-phrase").search(text, max(floor, head - 60), head)
    ):
        start = noun.start("noun")
    return start


def _parted(
    text: str, start: int, head: int, parted: re.Match[str], kind: str, plural: bool
) -> Title | None:
    """`an agreement was signed on …`, `the statements adopted by X on … and on …`."""
    at = parted.end() - 2
    end, quoted = _right(text, at, plural)
    if end <= at + 1:
        return None
    dated = parted.group("when") is not None  # `a declaration on Monday on …`
    by = parted.span("by") if parted.group("by") else (head + 1, head + 1) if dated else (0, 0)
    pieces = tuple(_pieces(text, at, end)) if plural else ((at + 1, end),)
    return Title(start, head, pieces[-1][1], kind, plural, quoted, pieces, by) if pieces else None


def _right(text: str, head: int, plural: bool = False) -> tuple[int, bool]:
    end = head + 1
    if back := cue("titles-back").match(text, end):  # `the Protocol to that Agreement`
        return back.end(), False
    if number := cue("titles-number").match(text, end):  # `resolution 48/237`
        end = number.end()
    if plural and (numbered := cue("titles-on-series").match(text, end)):
        return end + len(numbered.group().rstrip(" ,;")), False
    quote = re.compile(r" (?:on |of )?(?:the )?[“\"«]([^”\"»]{4,300})[”\"»]").match(text, end)
    if quote:
        return quote.end(), True
    if not cue("titles-open").match(text, end) or cue("titles-stop").match(text, end):
        return end, False
    stop = cue("titles-stop").search(text, end + 1)
    limit = stop.start() if stop else len(text)
    limit = min(limit, head + 320)
    # A comma ends a title unless its words go on in the same manner.
    comma = end
    while True:
        comma = text.find(",", comma + 1, limit)
        if comma < 0:
            break
        rest = text[comma + 1 : limit]
        if re.match(rf" (?:[A-Z][\w-]+|{_NOUN})(?:[ ,]|$)", rest) or (
            re.match(r" [\w-]+(?: [\w-]+){0,4}(?:,| and )", rest)
            and not re.search(rf"{K}", rest.split(" and ")[0])
            and not re.match(r" (?:the|an?|on|to) ", rest)
        ):
            continue
        if re.match(r" (?:and )?(?:on|to|in connection) ", rest) and text[head] == K:
            continue
        if plural and re.match(r" (?:and )?the ", rest):
            continue
        limit = comma
        break
    words = text[end:limit]
    quote_end = re.search(r"[”\"»]", words)
    if quote_end and not re.search(r"[“«\"].*[”\"»]", words):
        limit = end + quote_end.start()
    other = re.search(
        rf"(?:, (?:and )?|,? and )(?:to )?(?:the |an? )?(?:{_PLAIN}[ -]){{0,4}}{K}", text[end:limit]
    )
    if other:
        limit = end + other.start()
    while limit > end and text[limit - 1] in " ,":
        limit -= 1
    return limit, False


def _pieces(text: str, head: int, end: int) -> Iterator[tuple[int, int]]:
    """`statements by X on A, on B and on C`: each `on …`; nothing where the plural means a lot."""
    named = cue("titles-namely").search(text, head + 1)
    if named and named.start() == end:  # `concepts of cooperation, namely in A and in B`
        yield from _repeated(text, named.start("prep"), named.group("prep"), _stop(text, end))
        return
    match = cue("titles-preposition").match(text[head + 1 : end])
    if not match:
        return
    yield from _repeated(text, head + 1 + match.start("prep"), match.group("prep"), end)


def _stop(text: str, start: int) -> int:
    """Where the words after `namely` end."""
    stop = re.compile(r"[.;:]|, (?!and )|$").search(text, start + 2)
    return stop.start() if stop else len(text)


def _repeated(text: str, start: int, prep: str, end: int) -> Iterator[tuple[int, int]]:
    """Each `on …` of a stretch that repeats its preposition."""
    cuts = [start]
    flags = 0 if prep == "On" else re.I
    repeated = re.compile(
        rf"(?:[,;] (?:and |as well as )?| and | as well as )(?={re.escape(prep)} )", flags
    )
    body = text[start:end]
    for cut in repeated.finditer(body, 2):
        cuts.append(start + cut.end())
    if len(cuts) == 1 and prep.startswith(("in connection", "on the occasion")):
        for cut in re.finditer(r", (?:and )?(?=the )| and (?=the )", body):
            cuts.append(start + cut.end())
    for a, b in zip(cuts, [*cuts[1:], end + 2], strict=True):
        stop = min(b, end)
        yield a, len(text[:stop].rstrip(" ,;").removesuffix(" and"))


def words(encoded: Encoded, source: str, start: int, end: int) -> str:
    """The words of the document behind a stretch of encoded text, blanks made single."""
    a, b = encoded.source(start, end)
    return re.sub(r"\s+", " ", source[a:b]).strip()


def kind_char(char: str) -> str:
    """The kind of mention a character of an encoded text stands for; "" for a letter."""
    return KIND.get(char, "")
