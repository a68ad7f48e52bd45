"""The Russian case forms of the reference are forms of its names, and not of other words."""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path

import pyoxigraph as ox

from ciskg.knowledge import triples
from ciskg.namespaces import expand
from ciskg.recognise.variants import name_variants

FILES = sorted((Path(__file__).parent.parent / "ontology" / "reference").glob("*.ttl"))

WORD = re.compile(r"[А-Яа-яЁё]+")
# What a name is declined from, and the property with its forms.
DECLINED = (
    (("skos:prefLabel", "skos:altLabel"), "skos:hiddenLabel"),
    (("skos:prefLabel", "skos:altLabel"), "ck:shortName"),
    (("ck:demonym",), "ck:demonymForm"),
)
# Words of forms alone: "Совет министров обороны стран СНГ", "парламент" for the Milli Majlis.
BESIDE = ("стран", "государств", "участник", "член", "парламент", "саммит", "центризбирком")
# Superlatives that a table of forms gives for the positive or the comparative, and no name has.
IMPOSSIBLE = (
    *("высочайш", "величайш", "главнейш", "старшейш", "наивысш", "новейш", "важнейш"),
    *("ближайш", "верховнейш", "крупнейш", "лучш", "человеков"),
)


def bare(word: str) -> str:
    """The word without what comes and goes in a declension: совет, Лев – Льва, посол – послами."""
    return re.sub("[еёоьъй]", "", word.lower())


def of_one_stem(one: str, other: str) -> bool:
    """Whether two words differ by an ending alone."""
    one, other = bare(one), bare(other)
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
    return one == other or (same > 0 and max(len(one), len(other)) - same <= 3)


def foreign(form: str, names: Iterable[str]) -> list[str]:
    """The words of a form that are no form of any word of the names.

    An abbreviation has no forms; "южно-корейский" is a spelling of "южнокорейский".
    """
    whole = [word.replace("-", "") for name in names for word in name.split()]
    known = [*whole, *(word for name in names for word in WORD.findall(name))]
    return [
        word
        for written in form.split()
        if not any(of_one_stem(written.replace("-", ""), k) for k in whole)
        for word in WORD.findall(written)
        if not (word.isupper() or word.lower().startswith(BESIDE))
        if not any(of_one_stem(word, k) for k in known)
    ]


def russian() -> Iterator[tuple[str, str, str]]:
    """Each Russian name or form of a thing, with its property."""
    for path in FILES:
        for line in triples(path):
            if isinstance(line.object, ox.Literal) and line.object.language == "ru":
                assert isinstance(line.subject, ox.NamedNode)
                yield line.subject.value, line.predicate.value, line.object.value


def test_a_planted_slip_is_found() -> None:
    name = ["Высший Евразийский экономический совет"]
    assert foreign("Высшему Евразийскому экономическому совету", name) == []
    assert foreign("Высочайшего Евразийского экономического совета", name) == ["Высочайшего"]
    assert foreign("Высшего Европейского совета", name) == ["Европейского"]
    assert of_one_stem("Льва", "Лев")
    assert not of_one_stem("Москвы", "Минск")


def test_every_russian_form_is_a_form_of_the_name() -> None:
    said: dict[tuple[str, str], list[str]] = {}
    for thing, property_, text in russian():
        said.setdefault((thing, property_), []).append(text)
    checked, wrong = 0, []
    for names, forms in DECLINED:
        for thing in sorted({thing for thing, property_ in said if property_ == expand(forms)}):
            bases = [text for name in names for text in said.get((thing, expand(name)), [])]
            for form in said[thing, expand(forms)]:
                checked += 1
                if forms == "ck:shortName" and any(name_variants(form, "ru")):
                    continue  # a name of its own, declined by rule
                if words := foreign(form, bases):
                    wrong.append(f"{thing}: {form}: {', '.join(words)}")
    assert checked > 5000
    assert not wrong, "\n".join(["give the names of these as skos:altLabel, or mend them:", *wrong])


def test_no_name_has_an_impossible_word() -> None:
    found = [
        (thing, text)
        for thing, property_, text in russian()
        if property_ != expand("skos:definition")
        and any(word.lower().startswith(IMPOSSIBLE) for word in WORD.findall(text))
    ]
    assert found == []
