"""Names of persons, known by their form and by the offices beside them, not from a list."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ciskg.cues import cue
from ciskg.recognise.lexicon import Lexicon
from ciskg.recognise.mentions import Mention, merge
from ciskg.recognise.tokens import normal

_UP = "A-ZÀ-ÖØ-ÞĀĂĞİŞŠŽČА-ЯЁ"
_LETTER = r"[\w’'ʼ]"
WORD = rf"[{_UP}]{_LETTER}*(?:[-‐‑][{_UP}a-z]{_LETTER}+)*"
INITIAL = rf"(?:[{_UP}][a-zа-я]?h?\.(?:-[{_UP}][a-zа-я]?\.)?)"
WITH_INITIALS = re.compile(
    rf"(?<![\w.])(?!(?:St|Mt|Dr|Mr|Ms|No|Jr|Sr|Co|Vs|Ул|Им|Св)\.)"
    rf"(?:{INITIAL}\s?){{1,3}}(?P<surname>{WORD})(?!\.\w)"
)
RUN = re.compile(
    rf"(?<![\w.])(?:{WORD})(?:[ \xa0](?:(?:bin|ibn|al|ogly|oglu|kyzy|de|von)\s)?(?:{INITIAL}|{WORD}))*"
)
NUMERAL = re.compile(r"[IVX]+\. [A-Z][a-z]+ [a-z]|[IVX]{2,}\.|[IVX]\. [A-Z][\w-]+(?:\n|$)")
SPACE = re.compile(r"[ \xa0]")
POSSESSIVE = re.compile(r"(?:[’'ʼ]s|(?<=s)[’'ʼ])$")
# Capitalised words that open sentences or headlines and are no names.
STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "it",
        "its",
        "he",
        "she",
        "they",
        "we",
        "i",
        "you",
        "his",
        "her",
        "their",
        "our",
        "my",
        "in",
        "on",
        "at",
        "for",
        "from",
        "to",
        "of",
        "by",
        "with",
        "without",
        "as",
        "and",
        "or",
        "but",
        "if",
        "when",
        "while",
        "after",
        "before",
        "during",
        "since",
        "until",
        "under",
        "over",
        "between",
        "among",
        "within",
        "according",
        "also",
        "additionally",
        "all",
        "any",
        "both",
        "each",
        "every",
        "few",
        "many",
        "more",
        "most",
        "much",
        "no",
        "not",
        "nor",
        "only",
        "other",
        "some",
        "such",
        "there",
        "here",
        "then",
        "thus",
        "today",
        "tomorrow",
        "yesterday",
        "however",
        "although",
        "though",
        "because",
        "so",
        "yet",
        "still",
        "even",
        "now",
        "later",
        "earlier",
        "meanwhile",
        "moreover",
        "furthermore",
        "finally",
        "first",
        "second",
        "third",
        "next",
        "last",
        "new",
        "former",
        "late",
        "acting",
        "speaking",
        "answering",
        "question",
        "answer",
        "note",
        "press",
        "service",
        "news",
        "events",
        "event",
        "meeting",
        "summit",
        "photo",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "friends",
        "colleagues",
        "ladies",
        "gentlemen",
        "thank",
        "good",
        "dear",
        "what",
        "who",
        "which",
        "how",
        "why",
        "where",
        "whose",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "shall",
        "do",
        "does",
        "did",
        "let",
        "against",
        "about",
        "around",
        "regarding",
        "following",
        "taking",
        "addressing",
        "opening",
        "closing",
        "attending",
        "asked",
        "special",
        "joint",
        "general",
        "regular",
        "extended",
        "top",
        "high",
        "official",
        "government",
        "state",
        "national",
        "international",
        "regional",
        "central",
        "republic",
        "union",
        "federation",
        "council",
        "assembly",
        "commission",
        "committee",
        "ministry",
        "parliament",
        "court",
        "office",
        "agency",
        "organization",
        "organisation",
        "university",
        "institute",
        "academy",
        "centre",
        "center",
        "house",
        "palace",
        "airport",
        "square",
        "street",
        "order",
        "forum",
        "congress",
        "conference",
        "session",
        "agreement",
        "treaty",
        "protocol",
        "statement",
        "declaration",
        "memorandum",
        "programme",
        "program",
        "plan",
        "concept",
        "strategy",
        "year",
        "day",
        "week",
        "month",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "great",
        "patriotic",
        "war",
        "victory",
        "world",
    ]
)


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name where it stands, before it is known whose it is."""

    start: int
    end: int
    given: str  # "", initials or the given names
    surname: str


def find_names(
    text: str, start: int, end: int, labels: Sequence[Mention], lexicon: Lexicon
) -> list[NameSpan]:
    """The persons' names in text[start:end] that their form or an office beside them shows."""
    found: list[NameSpan] = []
    taken = end and [(m.start, m.end) for m in labels if m.kind == "date"]
    for match in WITH_INITIALS.finditer(text, start, end):
        if (
            NUMERAL.match(text, match.start())
            and text[max(start, match.start() - 1) : match.start()].strip() == ""
        ):
            continue
        if not any(a < match.end() and match.start() < b for a, b in taken):
            surname = match.group("surname")
            stop = match.end() - len(surname) + len(POSSESSIVE.sub("", surname))
            if (
                normal(surname) in STOP
                or len(surname) < 3
                or any(
                    m.start == match.start("surname") and m.kind in ("role", "org", "body")
                    for m in labels
                )
            ):
                continue
            given = text[match.start() : match.start("surname")].strip()
            found.append(NameSpan(match.start(), stop, given, text[match.start("surname") : stop]))
    spans = [(n.start, n.end) for n in found]
    for run in RUN.finditer(text, start, end):
        for piece in _pieces(text, run.start(), run.end(), labels, lexicon):
            if any(a < piece[-1][1] and piece[0][0] < b for a, b in spans):
                continue
            name = _name(text, start, end, piece, labels, lexicon)
            if name:
                found.append(name)
    return sorted(found, key=lambda n: n.start)


Token = tuple[int, int]


def _pieces(
    text: str, start: int, end: int, labels: Sequence[Mention], lexicon: Lexicon
) -> Iterable[list[Token]]:
    """The runs of capitalised words of text[start:end] that no label takes."""
    piece: list[Token] = []
    at = start
    for word in SPACE.split(text[start:end]):
        token = (at, at + len(word))
        at = token[1] + 1
        form = normal(word)
        label = next((m for m in labels if m.start < token[1] and token[0] < m.end), None)
        covered = label is not None and not (
            form in lexicon.given_names
            and label.kind in ("place", "adj", "kind", "state")
            and (label.start, label.end) == (token[0], token[0] + len(POSSESSIVE.sub("", word)))
            and label.end < end
        )
        if covered or (form in STOP and form not in lexicon.given_names):
            if piece:
                yield piece
            piece = []
            continue
        piece.append(token)
        if POSSESSIVE.search(word):
            yield piece
            piece = []
    if piece:
        yield piece


def _name(
    text: str, start: int, end: int, piece: list[Token], labels: Sequence[Mention], lexicon: Lexicon
) -> NameSpan | None:
    forms = [normal(text[a:b]) for a, b in piece]
    known = next((n for n, form in enumerate(forms) if form in lexicon.given_names), None)
    if known is not None and known + 1 < len(piece):
        if known:
            piece, forms = piece[known:], forms[known:]
        length = 2
        if len(piece) > 2 and (
            cue("names-patronymic").search(forms[1]) or (len(piece) == 3 and forms[2] not in STOP)
        ):
            length = 3
        if len(piece) > 3 and cue("names-patronymic").search(forms[2]):
            length = 4
        piece = piece[: max(length, 2)]
    elif len(piece) > 4 or not (
        _office_before(text, piece[0][0], labels)
        or cue("names-title").search(text, max(start, piece[0][0] - 14), piece[0][0])
        or (len(piece) > 1 and _office_after(text, piece[-1][1], labels))
        or (
            len(piece) > 1
            and known is None
            and piece[0][0] == start
            and text[piece[-1][1] : piece[-1][1] + 2] == ": "
        )
    ):
        return None
    first, last = piece[0][0], piece[-1][1]
    surname = POSSESSIVE.sub("", text[piece[-1][0] : last])
    if len(surname) < 2:
        return None
    last = piece[-1][0] + len(surname)
    if normal(surname) in lexicon.given_names and len(piece) == 1:
        return None
    return NameSpan(first, last, text[first : piece[-1][0]].strip(), surname)


def _office_before(text: str, at: int, labels: Sequence[Mention]) -> bool:
    """Whether an office ends right before, such as `President` or `Chairman of the Board of X`."""
    before = [m for m in labels if at - 160 < m.start and m.end <= at]
    if not before or text[before[-1].end : at] not in (" ", "\xa0", ", ", " (", "\n"):
        return False
    last = before[-1]
    if last.kind == "role":
        return True
    if last.kind not in ("state", "org", "body", "short", "place"):
        return False
    nearer = last
    for mention in reversed(before[-7:-1]):
        if not cue("names-office-gap").fullmatch(text[mention.end : nearer.start]):
            return False
        if mention.kind == "role":
            return text[last.end : at] in (" ", "\xa0", "\n", ", ")
        nearer = mention
    return False


def _office_after(text: str, at: int, labels: Sequence[Mention]) -> bool:
    after = [m for m in labels if at <= m.start < at + 60]
    if not after:
        return False
    gap = text[at : after[0].start]
    if not re.fullmatch(
        r",\s(?:the\s|an?\s|first\s|acting\s|deputy\s|who is\s)*|\s\((?:the\s)?|\sof\s(?:the\s)?",
        gap,
    ):
        return False
    if after[0].kind == "role":
        return True
    if gap.startswith(" of"):
        return False
    return (
        len(after) > 1
        and after[1].kind == "role"
        and text[after[0].end : after[1].start] in (" ", "’s ", "'s ")
    )


def name_mentions(
    text: str,
    blocks: Sequence[tuple[int, int]],
    labels: Sequence[Sequence[Mention]],
    lexicon: Lexicon,
) -> tuple[list[list[Mention]], dict[str, tuple[str, ...]]]:
    """The mentions of each block with the names of persons among them, and each person's forms.

    A surname alone is a mention of the one person of the document who bears it. The value of a
    name is the fullest form in the document; where several persons share a surname, a surname
    alone is nobody's.
    """
    spans = [
        find_names(text, a, b, found, lexicon) for (a, b), found in zip(blocks, labels, strict=True)
    ]
    persons = _persons([span for block in spans for span in block])
    surnames: dict[str, set[str]] = {}
    for (_, surname), name in persons.items():
        surnames.setdefault(surname, set()).add(name)
    out: list[list[Mention]] = []
    forms: dict[str, set[str]] = {}
    for (a, b), found, names in zip(blocks, labels, spans, strict=True):
        mentions: list[Mention] = []
        for span in names:
            name = persons[_key(span)]
            mentions.append(Mention("name", span.start, span.end, name))
            forms.setdefault(name, set()).add(text[span.start : span.end])
        taken = merge(mentions, [m for m in found if not _inside(m, mentions)])
        alone = []
        for match in re.finditer(WORD, text[a:b]):
            word = POSSESSIVE.sub("", match.group())
            bearers = surnames.get(normal(word), set())
            if len(bearers) == 1 and len(word) > 2:
                alone.append(
                    Mention(
                        "name",
                        a + match.start(),
                        a + match.start() + len(word),
                        next(iter(bearers)),
                    )
                )
        out.append(merge(taken, alone))
    return out, {name: tuple(sorted(values)) for name, values in sorted(forms.items())}


def _inside(mention: Mention, names: Sequence[Mention]) -> bool:
    return any(n.start < mention.end and mention.start < n.end for n in names)


def _key(span: NameSpan) -> tuple[str, str]:
    return _tidy(span.given), normal(span.surname)


def _tidy(given: str) -> str:
    return re.sub(r"\s+", "", given).lower().replace("ё", "е")


def _persons(spans: Sequence[NameSpan]) -> Mapping[tuple[str, str], str]:
    """The fullest name of the document for each given name and surname met."""
    by_surname: dict[str, dict[str, NameSpan]] = {}
    for span in spans:
        by_surname.setdefault(normal(span.surname), {}).setdefault(_tidy(span.given), span)
    out: dict[tuple[str, str], str] = {}
    for surname, bearers in by_surname.items():
        full = {g: s for g, s in bearers.items() if g and "." not in g}
        initials = {g: s for g, s in bearers.items() if "." in g}
        for given, span in bearers.items():
            best = span
            if given in full:
                longer = [
                    s for g, s in full.items() if g.startswith(given) and len(g) > len(given) + 2
                ]
                best = longer[0] if len(longer) == 1 else span
            elif given:
                fits = [s for g, s in full.items() if g[0] == given[0]]
                fuller = [s for g, s in initials.items() if g.startswith(given) and g != given]
                best = fits[0] if len(fits) == 1 else (fuller[0] if len(fuller) == 1 else span)
            else:
                known = full or initials
                best = next(iter(known.values())) if len(_distinct(known)) == 1 else span
            out[given, surname] = _written(best)
    return out


def _distinct(bearers: Mapping[str, NameSpan]) -> set[str]:
    return {given[0] for given in bearers}


def _written(span: NameSpan) -> str:
    given = span.given.title() if span.given.isupper() and "." not in span.given else span.given
    surname = span.surname
    if surname.isupper() and len(surname) > 1:
        surname = "-".join(part.capitalize() for part in surname.split("-"))
    if not given:
        return surname
    return f"{given}{'' if given.endswith('.') and span.end - span.start == len(span.given) + len(span.surname) else ' '}{surname}"
