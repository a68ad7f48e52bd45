"""Whose a name of a Russian document is: brought to the nominative, spelt in English."""

import re
from collections.abc import Mapping, Sequence

from ciskg.recognise.lexicon import Lexicon
from ciskg.recognise.mentions import Mention, merge
from ciskg.recognise.russian_forms import (
    SHORTEST,
    WORD,
    endings,
    english,
    fold,
    nominative,
    surname_forms,
)
from ciskg.recognise.russian_names import Written, written_names
from ciskg.recognise.tokens import normal


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
        list(written_names(text, a, b, block, lexicon))
        for (a, b), block in zip(blocks, labels, strict=True)
    ]
    persons = _persons([w for block in found for w in block], lexicon)
    bearers: dict[str, set[str]] = {}
    for russian, _ in persons.values():
        bearers.setdefault(fold(russian.split()[-1]), set()).add(russian)
    spelt = dict(persons.values())
    forms: dict[str, dict[str, None]] = {name: {r: None} for r, name in spelt.items()}
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
            fits = {r for form in surname_forms(match.group()) for r in bearers.get(fold(form), ())}
            if len(fits) == 1 and len(match.group()) >= SHORTEST:
                name = spelt[next(iter(fits))]
                alone.append(Mention("name", a + match.start(), a + match.end(), name))
        out.append(merge(taken, alone))
    return out, {name: tuple(values) for name, values in sorted(forms.items())}


def _same(w: Written) -> tuple[tuple[str, ...], str, str]:
    return tuple(fold(g) for g in w.given), fold(w.surname), w.case


def _persons(
    found: Sequence[Written], lexicon: Lexicon
) -> Mapping[tuple[tuple[str, ...], str, str], tuple[str, str]]:
    """The fullest nominative name of each written one, and that name in English."""
    sure = {(fold(w.surname), w.given[0][0]) for w in found if w.case in ("nom", "")}
    plain: dict[tuple[tuple[str, ...], str, str], tuple[tuple[str, ...], str]] = {}
    for w in found:
        plain[_same(w)] = (
            tuple(_given_nominative(g, w, lexicon) for g in w.given),
            _surname_nominative(w, sure),
        )
    people: dict[str, set[tuple[str, ...]]] = {}
    for given, surname in plain.values():
        people.setdefault(fold(surname), set()).add(given)
    out = {}
    for key, (given, surname) in plain.items():
        best = _fullest(given, people[fold(surname)])
        out[key] = " ".join((*best, surname)), english(best, surname, lexicon)
    return out


def _fullest(given: tuple[str, ...], others: set[tuple[str, ...]]) -> tuple[str, ...]:
    """The longest given names in the document that these may stand for; themselves if several."""
    first = given[0]
    if "." in first:
        fits = {o for o in others if "." not in o[0] and o[0][0].lower() == first[0].lower()} or {
            o for o in others if o[0].startswith(first) and len(o[0]) > len(first)
        }
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
    if w.woman and w.case == "gen" and re.search(r"[ую]$", word):
        return word[:-1] + ("а" if word.endswith("у") else "я")
    plain = nominative(word, w.case, w.woman)
    if plain.endswith("ый"):  # given names are nouns: `Ильхому` is no adjective
        plain = re.sub(r"(?:у|ом|е|а)$", "", word)
    return plain or word


def _surname_nominative(w: Written, sure: set[tuple[str, str]]) -> str:
    word = w.surname
    if w.case == "nom":
        return word
    if w.case:
        return nominative(word, w.case, w.woman) or word
    others = [f for f in surname_forms(word) if f != word]
    known = next((f for f in others if (fold(f), w.given[0][0]) in sure), None)
    if known:
        return known
    lower = word.lower()
    case = next((c for c, p in endings().unmistakable.items() if p.search(lower)), "")
    return (nominative(word, case, False) if case else "") or word
