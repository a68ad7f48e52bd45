"""Whose a name is: the spellings, initials and surnames of one document's persons."""

import re
from collections.abc import Mapping, Sequence

from ciskg.normal import name_form
from ciskg.recognise.lexicon import Lexicon
from ciskg.recognise.mentions import Mention, encode, merge
from ciskg.recognise.names import CAPITALISED, POSSESSIVE, NameSpan, find_names
from ciskg.recognise.tokens import normal

Key = tuple[str, str]


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
        find_names(text, a, b, encode(text, a, b, found), lexicon)
        for (a, b), found in zip(blocks, labels, strict=True)
    ]
    persons = _persons([span for block in spans for span in block])
    surnames: dict[str, set[str]] = {}
    for (_, surname), name in persons.items():
        surnames.setdefault(name_form(surname), set()).add(name)
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
        for match in CAPITALISED.finditer(text, a, b) if surnames else ():
            word = POSSESSIVE.sub("", match.group())
            if len(word) < 3:
                continue
            bearers = surnames.get(name_form(word), set())
            if len(bearers) == 1:
                start = match.start()
                alone.append(Mention("name", start, start + len(word), next(iter(bearers))))
        out.append(merge(taken, alone))
    return out, {name: tuple(sorted(values)) for name, values in sorted(forms.items())}


def _inside(mention: Mention, names: Sequence[Mention]) -> bool:
    return any(n.start < mention.end and mention.start < n.end for n in names)


def _key(span: NameSpan) -> Key:
    return _tidy(span.given), normal(span.surname)


def _tidy(given: str) -> str:
    return re.sub(r"\s+", "", given).lower().replace("ё", "е")


def _persons(spans: Sequence[NameSpan]) -> Mapping[Key, str]:
    """The fullest name of the document for each given name and surname met.

    Spellings of one name (Sergei and Sergey, Nazarbaev and Nazarbayev) are one person, who is
    called as the document calls him most.
    """
    count: dict[Key, int] = {}
    first: dict[Key, NameSpan] = {}
    for span in spans:
        key = _key(span)
        count[key] = count.get(key, 0) + 1
        first.setdefault(key, span)
    groups: dict[str, list[Key]] = {}
    for key, span in first.items():
        groups.setdefault(name_form(span.surname), []).append(key)
    out: dict[Key, str] = {}
    for keys in groups.values():
        same: dict[str, list[Key]] = {}  # spellings of one given name
        for key in keys:
            same.setdefault(_form(key[0]), []).append(key)
        best = {
            form: max(written, key=lambda k: (count[k], -first[k].start))
            for form, written in same.items()
        }
        for key in keys:
            fullest = _fullest(_form(key[0]), set(best))
            out[key] = _written(first[best[fullest]])
    return out


def _form(given: str) -> str:
    """The normal form of given names; initials keep their points."""
    if "." in given:
        return given
    return name_form(given) if given else ""


def _fullest(given: str, known: set[str]) -> str:
    """The form of the same bearer's name that says most; `given` itself where that is open."""
    full = sorted(g for g in known if g and "." not in g)
    initials = sorted(g for g in known if "." in g)
    if "." not in given and given:
        longer = [g for g in full if g.startswith(given) and len(g) > len(given) + 2]
        return longer[0] if len(longer) == 1 else given
    if given:
        start = name_form(given.split(".")[0])
        fits = [g for g in full if g.startswith(start)]
        fuller = [g for g in initials if g.startswith(given) and g != given]
        return fits[0] if len(fits) == 1 else fuller[0] if len(fuller) == 1 else given
    bearers = full or initials
    heads = {name_form(b.split(".")[0])[:1] for b in bearers}
    return bearers[0] if len(heads) == 1 else given


def _written(span: NameSpan) -> str:
    given = span.given.title() if span.given.isupper() and "." not in span.given else span.given
    surname = span.surname
    if surname.isupper() and len(surname) > 1:
        surname = "-".join(part.capitalize() for part in surname.split("-"))
    if not given:
        return surname
    close = given.endswith(".") and span.end - span.start == len(span.given) + len(span.surname)
    return f"{given}{'' if close else ' '}{surname}"
