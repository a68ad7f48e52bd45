"""Names of persons in Russian documents: found, brought to the nominative, spelt in English."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ciskg.knowledge import KnowledgeError, folder
from ciskg.recognise.lexicon import Lexicon
from ciskg.recognise.mentions import Mention, merge
from ciskg.recognise.tokens import normal

FILE = "ru/names.toml"
WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё][а-яё]+)*|[А-ЯЁ]{2,}(?:-[А-ЯЁ]{2,})*"
INITIAL = r"(?:Дж|Ш|[А-ЯЁ])\.(?:-[А-ЯЁ]\.)?"
INITIALS_FIRST = re.compile(
    rf"(?<![\w.])(?P<given>(?:{INITIAL}[ \xa0]?){{1,3}})(?P<surname>{WORD})(?!\.\w)"
)
INITIALS_LAST = re.compile(
    rf"(?<![\w.])(?P<surname>{WORD})[ \xa0](?P<given>{INITIAL}[ \xa0]?(?:{INITIAL})?)"
    rf"(?![ \xa0]?(?:{WORD}))"
)
NUMBERED = re.compile(r"(?:ул|им|св|пос|гл|ст|г|п)\.$", re.IGNORECASE)
LINKED = re.compile(r"[ \xa0]")
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Endings:
    """The tables of rules/ru/names.toml."""

    indeclinable: re.Pattern[str]
    patronymic: re.Pattern[str]
    particle: re.Pattern[str]
    masculine: frozenset[str]
    stop: frozenset[str]
    men: tuple[tuple[str, re.Pattern[str], str], ...]
    women: tuple[tuple[str, re.Pattern[str], str], ...]
    unmistakable: Mapping[str, re.Pattern[str]]
    office: tuple[tuple[str, re.Pattern[str]], ...]
    sequences: tuple[tuple[re.Pattern[str], str], ...]
    letters: Mapping[str, str]
    initials: Mapping[str, str]


@cache
def endings() -> Endings:
    """The case endings and spellings of Russian names.

    Raises KnowledgeError where the file is broken.
    """
    path = folder("rules") / FILE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return Endings(
            indeclinable=re.compile(raw["indeclinable"]),
            patronymic=re.compile(raw["patronymic"]),
            particle=re.compile(raw["particle"] + "$"),
            masculine=frozenset(raw["masculine"]),
            stop=frozenset(raw["stop"]),
            men=_rows(raw["masculine_ending"]),
            women=_rows(raw["feminine_ending"]),
            unmistakable={k: re.compile(v) for k, v in raw["unmistakable"].items()},
            office=tuple((r["case"], re.compile(r["form"])) for r in raw["office_case"]),
            sequences=tuple((re.compile(a), b) for a, b in raw["romanise"]["sequences"]),
            letters=raw["romanise"]["letters"],
            initials=raw["romanise"]["initials"],
        )
    except (tomllib.TOMLDecodeError, re.error, OSError) as error:
        raise KnowledgeError(f"rules/{FILE}: {error}") from error
    except KeyError as error:
        raise KnowledgeError(f"rules/{FILE}: {error} is missing; add it") from error


def _rows(rows: Sequence[Mapping[str, str]]) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    return tuple((r["case"], re.compile(r["form"]), r["nominative"]) for r in rows)


@dataclass(frozen=True, slots=True)
class Written:
    """A name where it stands, in the case in which it is written."""

    start: int
    end: int
    given: tuple[str, ...]  # given name and patronymic, or initials
    surname: str
    case: str  # "nom", "gen", "dat", "ins", "pre"; "" where only the surname can tell
    woman: bool = False


def russian_names(
    text: str,
    blocks: Sequence[tuple[int, int]],
    labels: Sequence[Sequence[Mention]],
    lexicon: Lexicon,
) -> tuple[list[list[Mention]], dict[str, tuple[str, ...]]]:
    """The mentions of each block with the names of persons among them, and each person's forms.

    The value of a name is the fullest name of that person in the document, in the nominative and
    in English spelling; the first form is the nominative as the document's language writes it.
    """
    found = [
        list(_written(text, a, b, block, lexicon))
        for (a, b), block in zip(blocks, labels, strict=True)
    ]
    persons = _persons([w for block in found for w in block], lexicon)
    bearers: dict[str, set[str]] = {}
    for (_, surname, _), (russian, _) in persons.items():
        del surname
        bearers.setdefault(_key(russian.split()[-1]), set()).add(russian)
    english = {russian: name for russian, name in persons.values()}
    forms: dict[str, dict[str, None]] = {name: {r: None} for r, name in english.items()}
    out: list[list[Mention]] = []
    for (a, b), block, names in zip(blocks, labels, found, strict=True):
        mentions: list[Mention] = []
        for w in names:
            name = persons[_same(w)][1]
            mentions.append(Mention("name", w.start, w.end, name))
            forms[name].setdefault(re.sub(r"\s+", " ", text[w.start : w.end]))
        taken = merge(
            mentions,
            [m for m in block if not any(n.start < m.end and m.start < n.end for n in mentions)],
        )
        alone = []
        for match in re.finditer(WORD, text[a:b]):
            fits = {
                r
                for form in surname_forms(match.group())
                for r in bearers.get(_key(form), ())
            }
            if len(fits) == 1 and len(match.group()) >= SHORTEST:
                name = english[next(iter(fits))]
                alone.append(Mention("name", a + match.start(), a + match.end(), name))
        out.append(merge(taken, alone))
    return out, {name: tuple(values) for name, values in sorted(forms.items())}


def _key(word: str) -> str:
    return word.lower().replace("ё", "е")


def _same(w: Written) -> tuple[tuple[str, ...], str, str]:
    return tuple(_key(g) for g in w.given), _key(w.surname), w.case


def _written(
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
            yield Written(*match.span(), (given,), _plain(surname), case)
    for run in _runs(text, start, end, labels, lexicon):
        if not _over((run[0][0], run[-1][1]), taken):
            name = _by_given(text, run, labels, lexicon)
            if name:
                taken.append((name.start, name.end))
                yield name


def _over(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in taken)


def _plain(word: str) -> str:
    return "-".join(p.capitalize() for p in word.split("-")) if word.isupper() else word


TOKEN = re.compile(rf"(?<![\w-])(?:{WORD})(?![\w-])|(?<!\w)(?:оглы|оглу|кызы|кизи|уулу|улы|угли)(?!\w)")
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
            and label.kind in ("place", "adj", "state", "kind")
        )
        bad = (label is not None and not lone) or (form in endings().stop and not given)
        if run and (bad or not LINKED.fullmatch(text[run[-1][1] : match.start()])):
            yield run
            run = []
        if not bad:
            run.append(match.span())
    if run:
        yield run


def _by_given(
    text: str, run: Run, labels: Sequence[Mention], lexicon: Lexicon
) -> Written | None:
    words = [text[a:b] for a, b in run]
    forms = [normal(w) for w in words]
    known = next((n for n, f in enumerate(forms) if f in lexicon.given_russian), None)
    if known is not None and known + 1 < len(words) and endings().patronymic.search(
        forms[known + 1]
    ):
        if known + 2 < len(words):
            return _full(text, run[known : known + 3], words[known : known + 3], labels, lexicon)
        if known == 1:  # "Путин Владимир Владимирович"
            return _full(text, run[:3], [*words[1:3], words[0]], labels, lexicon)
        if _fathers_name(forms[known + 1], lexicon):
            return None
    if known is not None and known + 2 < len(words) and (
        endings().particle.match(forms[known + 2]) and known + 3 < len(words)
    ):
        return _full(text, run[known : known + 4], words[known : known + 4], labels, lexicon)
    if known is not None and len(words) == known + 3:  # "Реджеп Тайип Эрдоган"
        return _full(text, run[known:], words[known:], labels, lexicon)
    if known is not None and known + 1 < len(words):
        return _full(text, run[known : known + 2], words[known : known + 2], labels, lexicon)
    if known is None and 2 <= len(words) <= 3 and _office_before(text, run[0][0], labels):
        return _full(text, run, words, labels, lexicon)
    if known is None and len(words) == 2 and _office_after(text, run[-1][1], labels):
        return _full(text, run, words, labels, lexicon)
    return None


def _fathers_name(form: str, lexicon: Lexicon) -> bool:
    """Whether a patronymic is made from a known given name (`Владимирович`, not `Янукович`)."""
    stem = re.sub(r"(?:[оеё]вич|ич|[оеё]вн|ичн|инична)\w*$", "", form)
    return any(stem + end in lexicon.given_russian for end in ("", "й", "ь", "а", "я", "ий", "ей"))


def _full(
    text: str, run: Run, words: Sequence[str], labels: Sequence[Mention], lexicon: Lexicon
) -> Written | None:
    *given, surname = (_plain(w) for w in words)
    if len(surname) < SHORTEST and not surname.isupper():
        return None
    known = lexicon.given_russian.get(normal(given[0]))
    before = _case_before(text, run[0][0], labels)
    case, woman = "", False
    if known:
        nominative = known[0]
        case = case_of(given[0], nominative)
        last = nominative[-1:].lower()
        woman = last in "ая" and nominative.lower() not in endings().masculine
        if case == "nom" and (last in "иыоуэюе" or last == "ь" and woman):
            case = before if before != "nom" else "nom"
    else:
        case = before
    patronymic = next((g for g in given[1:] if endings().patronymic.search(g.lower())), "")
    if patronymic:
        woman = re.search(r"[вч]н[аыеуо]", patronymic.lower()) is not None
        case = case or ("nom" if re.search(r"(?:ич|на)$", patronymic.lower()) else "")
    return Written(run[0][0], run[-1][1], tuple(given), surname, case, woman)


def case_of(form: str, nominative: str) -> str:
    """The case of a form of a given name."""
    form, nominative = _key(form), _key(nominative)
    if form == nominative:
        return "nom"
    stem = nominative[:-1] if nominative[-1:] in "аяйьуюеио" else nominative
    rest = form[len(stem) :] if form.startswith(stem) else form[-1:]
    feminine = nominative[-1:] in "ая"
    if rest in ("ы", "и"):
        return "gen"
    if rest in ("а", "я"):
        return "gen"
    if rest in ("у", "ю"):
        return "gen" if feminine else "dat"
    if rest.endswith(("м", "й", "ю")):
        return "ins"
    return "dat" if feminine else "pre"


def _case_before(text: str, at: int, labels: Sequence[Mention]) -> str:
    """The case that the office before a name shows; "" without one."""
    before = [m for m in labels if at - 160 < m.start and m.end <= at]
    if not _office_before(text, at, labels):
        return ""
    role = next((m for m in reversed(before) if m.kind == "role"), None)
    if role is None:
        return ""
    first = text[role.start : role.end].split()[0].lower()
    return next((c for c, pattern in endings().office if pattern.search(first)), "nom")


GAP = re.compile(r"[\s,–—-]*(?:[а-яё-]+[\s,–—-]+){0,9}")


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


def _persons(
    found: Sequence[Written], lexicon: Lexicon
) -> Mapping[tuple[tuple[str, ...], str, str], tuple[str, str]]:
    """The fullest nominative name of each written one, and that name in English."""
    sure = {(_key(w.surname), w.given[0][0]) for w in found if w.case in ("nom", "")}
    plain: dict[tuple[tuple[str, ...], str, str], tuple[tuple[str, ...], str]] = {}
    for w in found:
        plain[_same(w)] = (
            tuple(_given_nominative(g, w, lexicon) for g in w.given),
            _surname_nominative(w, sure),
        )
    people: dict[str, set[tuple[str, ...]]] = {}
    for given, surname in plain.values():
        people.setdefault(_key(surname), set()).add(given)
    out = {}
    for key, (given, surname) in plain.items():
        best = _fullest(given, people[_key(surname)])
        names = " ".join((*best, surname)) if "." not in best[0] else best[0] + " " + surname
        shown = names if "." not in best[0] else best[0] + surname
        out[key] = (shown if " " in shown else names, _english(best, surname, lexicon))
    return out


def _fullest(given: tuple[str, ...], others: set[tuple[str, ...]]) -> tuple[str, ...]:
    """The longest given names in the document that these may stand for; themselves if several."""
    first = given[0]
    if "." in first:
        fits = {
            o for o in others if "." not in o[0] and o[0][0].lower() == first[0].lower()
        } or {o for o in others if o[0].startswith(first) and len(o[0]) > len(first)}
    else:
        fits = {o for o in others if o[0] == first and len(o) > len(given)}
    firsts = {o[0] for o in fits}
    return max(fits, key=lambda o: (len(o), o)) if len(firsts) == 1 else given


def _given_nominative(word: str, w: Written, lexicon: Lexicon) -> str:
    if "." in word:
        return word
    known = lexicon.given_russian.get(normal(word))
    if known:
        return known[0]
    lower = word.lower()
    if endings().patronymic.search(lower):
        stem = re.sub(r"(?<=ич)(?:а|у|ем|ом|е)$|(?<=[вч]н)(?:ы|е|ой|ою|у)$", "", word)
        return stem + "а" if re.search(r"[вч]н$", stem) else stem
    if w.case in ("", "nom") or endings().particle.match(lower):
        return word
    plain = _decline(word, w.case, w.woman)
    if plain.endswith("ый"):  # given names are nouns: `Ильхому` is no adjective
        plain = re.sub(r"(?:у|ом|е|а)$", "", word)
    return plain or word


def _surname_nominative(w: Written, sure: set[tuple[str, str]]) -> str:
    word = w.surname
    if w.case == "nom":
        return word
    if w.case:
        return _decline(word, w.case, w.woman) or word
    others = [f for f in surname_forms(word) if f != word]
    known = next((f for f in others if (_key(f), w.given[0][0]) in sure), None)
    if known:
        return known
    lower = word.lower()
    case = next((c for c, p in endings().unmistakable.items() if p.search(lower)), "")
    return (_decline(word, case, False) if case else "") or word


@lru_cache(maxsize=16384)
def _decline(word: str, case: str, woman: bool) -> str:
    """The nominative of a form of a surname; "" where the form does not show this case."""
    lower = word.lower()
    table = endings().women if woman else endings().men
    if not woman and endings().indeclinable.search(lower) and case != "pre":
        return ""
    for named, pattern, nominative in table:
        match = pattern.search(lower) if woman or named == case else None
        if match:
            return word[: match.start()] + nominative
    return ""


@lru_cache(maxsize=16384)
def surname_forms(word: str) -> tuple[str, ...]:
    """The nominatives that a form of a surname may have, itself first."""
    plain = _plain(word)
    found = [_decline(plain, case, False) for case in ("gen", "dat", "ins", "pre")]
    found.append(_decline(plain, "obl", True))
    return tuple(dict.fromkeys((plain, *(f for f in found if len(f) >= SHORTEST))))


def _english(given: Sequence[str], surname: str, lexicon: Lexicon) -> str:
    if "." in given[0]:
        letters = [
            "-".join(endings().initials.get(c.rstrip("."), romanise(c.rstrip("."))) + "." for c in i.split("-"))
            for i in re.findall(INITIAL, given[0])
        ]
        return f"{''.join(letters)} {romanise(surname)}"
    known = lexicon.given_russian.get(normal(given[0]))
    first = known[1] if known else romanise(given[0])
    return " ".join((first, *(romanise(g) for g in given[1:]), romanise(surname)))


@lru_cache(maxsize=16384)
def romanise(word: str) -> str:
    """A Russian name in its usual English spelling."""
    parts = []
    tables = endings()
    whole = next((b for p, b in tables.sequences if p.pattern == word.lower()), "")
    if whole:
        return whole.capitalize()
    for part in word.split("-"):
        lower, at, spelt = part.lower(), 0, ""
        while at < len(lower):
            for pattern, letters in tables.sequences:
                match = pattern.match(lower, at)
                if match:
                    spelt, at = spelt + letters, match.end()
                    break
            else:
                spelt, at = spelt + tables.letters.get(lower[at], lower[at]), at + 1
        parts.append(spelt.capitalize() if part[:1].isupper() else spelt)
    return "-".join(parts)
