"""Names of persons in Russian documents: where they stand, and in which case."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ciskg.cues import cue
from ciskg.recognise.lexicon import Lexicon
from ciskg.recognise.mentions import Mention
from ciskg.recognise.russian_forms import (
    INITIAL,
    SHORTEST,
    WORD,
    case_of,
    endings,
    nominative,
    without_capitals,
)
from ciskg.recognise.tokens import normal

INITIALS_FIRST = re.compile(
    rf"(?<![\w.])(?P<given>(?:{INITIAL}[ \xa0]?){{1,3}})(?P<surname>{WORD})(?!\.\w)"
)
INITIALS_LAST = re.compile(
    rf"(?<![\w.])(?P<surname>{WORD})[ \xa0](?P<given>{INITIAL}[ \xa0]?(?:{INITIAL})?)"
    rf"(?![ \xa0]?(?:{WORD}))"
)
NUMBERED = re.compile(r"(?:ул|им|св|пос|гл|ст|г|п)\.$", re.IGNORECASE)
GOVERNED = re.compile(r"(?<!\w)([СсКкОоУу]|[Сс]о|[Оо]б|[Оо]т|[Кк]о|[Пп]ри) $")
PREPOSITIONS = {
    "ins": ("с", "со"), "dat": ("к", "ко"), "gen": ("от", "у"), "pre": ("о", "об", "при"),
}  # fmt: skip
LONGEST_ACRONYM = 6
LINKED = re.compile(r"[ \xa0]")


@dataclass(frozen=True, slots=True)
class Written:
    """A name where it stands, in the case in which it is written."""

    start: int
    end: int
    given: tuple[str, ...]  # given name and patronymic, or initials
    surname: str
    case: str  # "nom", "gen", "dat", "ins", "pre"; "" where only the surname can tell
    woman: bool = False


def written_names(
    text: str, start: int, end: int, labels: Sequence[Mention], lexicon: Lexicon
) -> Iterator[Written]:
    """The persons' names of text[start:end]: by initials, by a given name, by an office before."""
    taken: list[tuple[int, int]] = [(m.start, m.end) for m in labels if m.kind == "date"]
    hard = [(m.start, m.end) for m in labels if m.kind not in ("place", "adj", "state", "kind")]
    for pattern in (INITIALS_FIRST, INITIALS_LAST):
        for match in pattern.finditer(text, start, end):
            surname = match.group("surname")
            spot = match.span("surname")
            if (
                _over(match.span(), taken)
                or _over(spot, hard)
                or len(surname) < SHORTEST
                or normal(surname) in endings().stop
                or NUMBERED.search(text, max(start, match.start() - 5), match.start("given"))
            ):
                continue
            given = re.sub(r"\s+", "", match.group("given"))
            taken.append(match.span())
            case = _case_before(text, match.start(), labels)
            yield Written(*match.span(), (given,), without_capitals(surname), case)
    for run in _runs(text, start, end, labels, lexicon):
        if cue("names-namesake-ru").search(text, max(start, run[0][0] - 16), run[0][0]):
            continue  # `орден Александра Невского` is nobody here
        if not _over((run[0][0], run[-1][1]), taken):
            name = _by_given(text, run, labels, lexicon)
            if name:
                taken.append((name.start, name.end))
                yield name


def _over(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in taken)


TOKEN = re.compile(
    rf"(?<![\w-])(?:{WORD})(?![\w-])|(?<!\w)(?:оглы|оглу|кызы|кизи|уулу|улы|угли)(?!\w)"
)
Run = list[tuple[int, int]]


def _runs(
    text: str, start: int, end: int, labels: Sequence[Mention], lexicon: Lexicon
) -> Iterator[Run]:
    """The runs of capitalised words that no label takes."""
    run: Run = []
    known = lexicon.given_russian
    for match in TOKEN.finditer(text, start, end):
        label = next((m for m in labels if m.start < match.end() and match.start() < m.end), None)
        form = normal(match.group())
        whole = label is not None and (label.start, label.end) == match.span()
        given = form in known
        lone = (
            label is not None
            and whole
            and (given or bool(run and normal(text[slice(*run[-1])]) in known))
            and (
                label.kind in ("place", "adj", "state", "kind")
                or (label.kind == "role" and given and match.group()[1:].islower())
            )  # `Хоким` is a governor, and a given name where a surname follows
        )
        bad = (label is not None and not lone) or (form in endings().stop and not given)
        bad = bad or _is_acronym(text, *match.span())
        if run and (bad or not LINKED.fullmatch(text[run[-1][1] : match.start()])):
            yield run
            run = []
        if not bad:
            run.append(match.span())
    if run:
        yield run


def _is_acronym(text: str, start: int, end: int) -> bool:
    """Whether a word of capitals stands among words that are written otherwise."""
    if not text[start:end].isupper() or end - start > LONGEST_ACRONYM:
        return False
    around = re.findall(r"[А-ЯЁа-яё]{2,}", text[max(0, start - 20) : end + 20])
    return len([word for word in around if word.isupper()]) < 2


def _by_given(text: str, run: Run, labels: Sequence[Mention], lexicon: Lexicon) -> Written | None:
    words = [text[a:b] for a, b in run]
    forms = [normal(w) for w in words]
    known = next((n for n, f in enumerate(forms) if f in lexicon.given_russian), None)
    if (
        known is not None
        and known + 1 < len(words)
        and endings().patronymic.search(forms[known + 1])
    ):
        if known + 2 < len(words):
            return _full(text, run[known : known + 3], words[known : known + 3], labels, lexicon)
        if known == 1:  # "Путин Владимир Владимирович"
            return _full(text, run[:3], [*words[1:3], words[0]], labels, lexicon)
        if _fathers_name(forms[known + 1], lexicon):
            return None
    if (
        known is not None
        and known + 2 < len(words)
        and (endings().particle.match(forms[known + 2]) and known + 3 < len(words))
    ):
        return _full(text, run[known : known + 4], words[known : known + 4], labels, lexicon)
    if known == 1 and len(words) > 3 and endings().particle.match(forms[-1]):
        return _full(
            text, run, [*words[1:], words[0]], labels, lexicon
        )  # "Алиев Ильхам Гейдар оглы"
    if (
        known is not None
        and len(words) == known + 3  # "Реджеп Тайип Эрдоган"
        and not _ends_before(words[known : known + 3], lexicon)
    ):
        return _full(text, run[known:], words[known:], labels, lexicon)
    if known is not None and known + 1 < len(words):
        return _full(text, run[known : known + 2], words[known : known + 2], labels, lexicon)
    if known is None and 2 <= len(words) <= 3 and _office_before(text, run[0][0], labels):
        return _full(text, run, words, labels, lexicon)
    if known is None and len(words) == 2 and _office_after(text, run[-1][1], labels):
        return _full(text, run, words, labels, lexicon)
    return None


def _ends_before(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the third word names another: `с Нурсултаном Назарбаевым Медведев говорил`."""
    case = case_of(words[0], lexicon.given_russian[normal(words[0])][0])
    return (
        case not in ("nom", "")
        and bool(nominative(words[1], case, False))
        and not nominative(words[2], case, False)
        and not endings().indeclinable.search(words[2].lower())
    )


def _fathers_name(form: str, lexicon: Lexicon) -> bool:
    """Whether a patronymic is made from a known given name (`Владимирович`, not `Янукович`)."""
    stem = re.sub(r"(?:[оеё]вич|ич|[оеё]вн|ичн|инична)\w*$", "", form)
    ends = ("", "й", "ь", "а", "я", "ий", "ей")
    return any(stem.removesuffix("ь") + end in lexicon.given_russian for end in ends)


def _full(
    text: str, run: Run, words: Sequence[str], labels: Sequence[Mention], lexicon: Lexicon
) -> Written | None:
    *given, surname = (without_capitals(w) for w in words)
    if len(surname) < SHORTEST and not surname.isupper():
        return None
    known = lexicon.given_russian.get(normal(given[0]))
    before = _case_before(text, run[0][0], labels)
    case, woman = "", False
    if known:
        usual = known[0]
        case = case_of(given[0], usual)
        last = usual[-1:].lower()
        woman = last in "ая" and usual.lower() not in endings().masculine
        if case == "nom" and (last in "иыоуэюе" or (last == "ь" and woman)):
            case = before if before != "nom" else "nom"
    else:
        case = before
        woman = case == "gen" and re.search(r"(?:[оеё]в|[иы]н)у$", surname.lower()) is not None
    patronymic = next((g for g in given[1:] if endings().patronymic.search(g.lower())), "")
    if patronymic:
        woman = re.search(r"[вч]н[аыеуо]", patronymic.lower()) is not None
        case = case or ("nom" if re.search(r"(?:ич|на)$", patronymic.lower()) else "")
    return Written(run[0][0], run[-1][1], tuple(given), surname, case, woman)


def _case_before(text: str, at: int, labels: Sequence[Mention]) -> str:
    """The case that the office before a name shows; "" without one."""
    before = [m for m in labels if at - 160 < m.start and m.end <= at]
    if not _office_before(text, at, labels):
        governed = GOVERNED.search(text, max(0, at - 6), at)
        return next(
            (c for c, p in PREPOSITIONS.items() if governed and governed.group(1).lower() in p), ""
        )
    role = next((m for m in reversed(before) if m.kind == "role"), None)
    if role is None:
        return ""
    first = text[role.start : role.end].split()[0].lower()
    return next((c for c, pattern in endings().office if pattern.search(first)), "nom")


GAP = re.compile(r"[\s,–—-]*(?:(?:[а-яё][а-яё-]*|[А-ЯЁ]{2,7})[\s,–—]+(?:- )?){0,9}")


def _office_before(text: str, at: int, labels: Sequence[Mention]) -> bool:
    """Whether an office ends right before: `президент`, `председатель коллегии ЕЭК`."""
    nearer = at
    near = [m for m in labels if at - 160 < m.start and m.end <= at]
    for mention in reversed(near[-7:]):
        gap = text[mention.end : nearer]
        if nearer == at and gap.strip(" \xa0\n–—") not in ("", ","):
            return mention.kind == "role" and GAP.fullmatch(gap) is not None
        if nearer != at and not GAP.fullmatch(gap):
            return False
        if mention.kind == "role":
            return True
        if mention.kind not in ("state", "org", "body", "short", "place", "adj"):
            return False
        nearer = mention.start
    return False


def _office_after(text: str, at: int, labels: Sequence[Mention]) -> bool:
    after = next((m for m in labels if m.start >= at), None)
    return after is not None and after.kind == "role" and text[at : after.start] == ", "
