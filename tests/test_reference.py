"""The reference data: names that point to one thing, and things that agree with each other."""

import json
import re
import tomllib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from unicodedata import normalize

import pyoxigraph as ox

from ciskg.knowledge import triples
from ciskg.namespaces import ID, PREFIXES, expand
from ciskg.normal import fold
from ciskg.reference import read_reference

HERE = Path(__file__).parent
ROOT = HERE.parent
ONTOLOGY = ROOT / "ontology" / "ciskg.ttl"
FILES = sorted((ROOT / "ontology" / "reference").glob("*.ttl"))

TYPE = expand("rdf:type")
PREF, ALT, HIDDEN = (expand(f"skos:{name}Label") for name in ("pref", "alt", "hidden"))
UNIT_OF, SUMMIT_OF = expand("org:unitOf"), expand("ck:summitOf")
IN_SCHEME, NOTATION = expand("skos:inScheme"), expand("skos:notation")
DEMONYMS = (expand("ck:demonym"), expand("ck:demonymForm"))
IN_FOCUS = tuple(expand(f"ck:{n}") for n in ("shortName", "memberPhrase", "gatheringName"))
NAMED = {  # what the reference may say of a thing, beside its type: names, never events
    PREF, ALT, HIDDEN, UNIT_OF, SUMMIT_OF, IN_SCHEME, NOTATION, *DEMONYMS, *IN_FOCUS,
    *map(expand, ("ck:capital", "ck:country", "schema:containedInPlace", "ck:roleIn")),
    expand("skos:definition"),
}  # fmt: skip

Said = Mapping[str, list[ox.NamedNode | ox.Literal]]


def described(lines: Iterable[ox.Triple]) -> dict[str, Said]:
    """What is said of each thing, by property."""
    about: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    for line in lines:
        assert isinstance(line.subject, ox.NamedNode), line
        assert isinstance(line.object, ox.NamedNode | ox.Literal), line
        said = about.setdefault(line.subject.value, defaultdict(list))
        said[line.predicate.value].append(line.object)
    return {iri: dict(said) for iri, said in about.items()}


@cache
def reference() -> dict[str, Said]:
    return described(line for path in FILES for line in triples(path))


def values(said: Said, *properties: str) -> list[str]:
    return [value.value for property_ in properties for value in said.get(property_, ())]


def shared(about: Mapping[str, Said], properties: Iterable[str], group: str) -> dict[str, set[str]]:
    """The names that stand for two things of one value of `group`, case apart."""
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for iri, said in about.items():
        for kind in values(said, group):
            for name in values(said, *properties):
                bearers[kind, fold(name)].add(iri)
    return {name: iris for (_, name), iris in bearers.items() if len(iris) > 1}


def planted(text: str) -> dict[str, Said]:
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    return described(
        quad.triple for quad in ox.parse(f"{prefixes}\n{text}", format=ox.RdfFormat.TURTLE)
    )


def test_a_planted_shared_name_is_found() -> None:
    about = planted(
        """
        <s:a> a ck:State ; skos:prefLabel "Congo"@en .
        <s:b> a ck:State ; skos:altLabel "CONGO"@en .
        <s:c> a schema:Place ; skos:prefLabel "Congo"@en .
        """
    )
    assert shared(about, (PREF, ALT, HIDDEN), TYPE) == {"congo": {"s:a", "s:b"}}


def test_no_name_stands_for_two_things_of_one_class() -> None:
    concepts = {iri: said for iri, said in reference().items() if IN_SCHEME in said}
    things = {iri: said for iri, said in reference().items() if iri not in concepts}
    assert concepts
    assert things
    assert shared(things, (PREF, ALT, HIDDEN), TYPE) == {}
    assert shared(concepts, (PREF, ALT, HIDDEN), IN_SCHEME) == {}


def test_no_adjective_stands_for_two_states() -> None:
    assert shared(reference(), DEMONYMS, TYPE) == {}


def test_a_short_name_stands_for_one_body_of_an_organization() -> None:
    for property_ in IN_FOCUS:
        assert any(property_ in said for said in reference().values())
        assert shared(reference(), [property_], UNIT_OF) == {}


def test_a_code_stands_for_one_thing_of_a_class() -> None:
    assert shared(reference(), [NOTATION], TYPE).keys() - {
        fold(code) for said in reference().values() if IN_SCHEME in said
        for code in values(said, NOTATION)
    } == set()  # fmt: skip
    assert shared(reference(), [NOTATION], IN_SCHEME) == {}


def test_every_thing_has_one_english_and_one_russian_name() -> None:
    assert len(reference()) > 1000
    wrong = {}
    for iri, said in reference().items():
        languages = sorted(
            label.language or "" for label in said.get(PREF, ()) if isinstance(label, ox.Literal)
        )
        if languages != ["en", "ru"]:
            wrong[iri] = languages
    assert wrong == {}


def test_names_are_in_the_script_of_their_language_and_tidy() -> None:
    latin, cyrillic = re.compile(r"[A-Za-z]"), re.compile(r"[А-Яа-яЁё]")
    for iri, said in reference().items():
        for property_ in (PREF, ALT, HIDDEN, *DEMONYMS, *IN_FOCUS):
            for name in said.get(property_, ()):
                assert isinstance(name, ox.Literal), (iri, name)
                text, script = name.value, {"en": latin, "ru": cyrillic}[name.language or ""]
                assert script.search(text), (iri, text)
                assert not (name.language == "en" and cyrillic.search(text)), (iri, text)
                assert text == normalize("NFC", text), (iri, text)
                assert text == " ".join(text.split()), (iri, text)


def test_no_name_of_a_thing_is_given_twice() -> None:
    twice = {}
    for iri, said in reference().items():
        names = [str(name) for p in (PREF, ALT, HIDDEN) for name in said.get(p, ())]
        if len(names) != len(set(names)):
            twice[iri] = sorted(name for name in set(names) if names.count(name) > 1)
    assert twice == {}


def test_the_reference_says_names_and_never_what_happened() -> None:
    assert {p for said in reference().values() for p in said} - {TYPE} <= NAMED


def test_what_a_thing_points_to_is_described_and_is_of_the_right_class() -> None:
    organizations = {expand("org:FormalOrganization"), expand("org:OrganizationalUnit")}
    targets = {
        "ck:capital": {expand("schema:Place")},
        "ck:country": {expand("ck:State")},
        "org:unitOf": organizations | {expand("ck:State")},
        "ck:summitOf": {expand("org:FormalOrganization")},
    }
    for name, classes in targets.items():
        links = [
            (iri, target)
            for iri, said in reference().items()
            for target in values(said, expand(name))
        ]
        assert links, name
        for iri, target in links:
            types = set(values(reference().get(target, {}), TYPE))
            assert types & classes, f"{iri} {name} {target}"


def test_every_capital_lies_in_its_state() -> None:
    capitals = [
        (iri, capital)
        for iri, said in reference().items()
        for capital in values(said, expand("ck:capital"))
    ]
    assert len(capitals) > 100
    for state, capital in capitals:
        assert values(reference()[capital], expand("ck:country")) == [state]


def test_every_place_lies_in_one_state() -> None:
    places = [said for said in reference().values() if expand("schema:Place") in values(said, TYPE)]
    assert len(places) > 300
    assert {len(values(said, expand("ck:country"))) for said in places} == {1}


def test_a_highest_body_belongs_to_the_organization_it_leads() -> None:
    summits = [said for said in reference().values() if SUMMIT_OF in said]
    assert len({values(said, SUMMIT_OF)[0] for said in summits}) == len(summits) > 5
    for said in summits:
        assert values(said, SUMMIT_OF) == values(said, UNIT_OF)


def test_a_state_is_found_under_its_code() -> None:
    states = {
        iri: values(said, NOTATION)
        for iri, said in reference().items()
        if expand("ck:State") in values(said, TYPE)
    }
    with_code = {iri: codes for iri, codes in states.items() if codes}
    assert len(with_code) >= 195  # the members and the two observers of the United Nations
    for iri, codes in with_code.items():
        assert codes == [iri.removeprefix(f"{ID}state/").upper()]


def test_concepts_have_a_code_a_definition_and_a_declared_scheme() -> None:
    schemes = {
        iri
        for iri, said in described(triples(ONTOLOGY)).items()
        if expand("skos:ConceptScheme") in values(said, TYPE)
    }
    concepts = [said for said in reference().values() if IN_SCHEME in said]
    assert concepts
    for said in concepts:
        assert set(values(said, IN_SCHEME)) <= schemes
        assert len(values(said, NOTATION)) == 1
        definitions = said[expand("skos:definition")]
        languages = {text.language for text in definitions if isinstance(text, ox.Literal)}
        assert languages == {"en", "ru"}


def misplaced(blocks: list[str]) -> list[str]:
    """What to do so that the blocks of a file stand in order, each once."""
    best: list[list[str]] = []  # for each length, the sorted run so far that ends soonest
    for block in blocks:
        at = bisect_left([run[-1] for run in best], block)
        best[at : at + 1] = [[*best[at - 1], block] if at else [block]]
    stays = best[-1] if best else []
    moved = [block for block in dict.fromkeys(blocks) if block not in stays]
    told = [f"{block} stands twice" for block in stays if blocks.count(block) > 1]
    for block in moved:
        at = bisect_left(stays, block)
        told.append(
            f"move the block {block} before {stays[at]}"
            if at < len(stays)
            else f"move the block {block} to the end"
        )
    return told


def test_a_block_out_of_order_is_told_with_its_place() -> None:
    assert misplaced(["a:a", "a:c", "a:d"]) == []
    assert misplaced(["a:a", "a:d", "a:e", "a:b"]) == ["move the block a:b before a:d"]
    assert misplaced(["a:z", "a:a", "a:b"]) == ["move the block a:z to the end"]
    assert misplaced(["a:a", "a:a", "a:b"]) == ["a:a stands twice"]


def test_the_blocks_of_a_file_are_sorted_and_say_a_thing_once() -> None:
    block = re.compile(r"^([\w-]+:[\w-]+) a ", re.MULTILINE)
    for path in FILES:
        found = block.findall(path.read_text(encoding="utf-8"))
        told = misplaced(found)
        assert not told, f"{path.name}: {'; '.join(told)}"
        assert len(found) == len(described(triples(path))), path.name


def test_every_kind_of_name_in_the_gold_facts_is_known() -> None:
    kinds = {  # field -> what it may be in the reference
        "body": ("organization", "body"),
        "org": ("organization", "body"),
        "country": ("state",),
        "place": ("place",),
    }
    unknown = tomllib.loads((HERE / "reference" / "not-in-reference.toml").read_text("utf-8"))
    reading = read_reference()
    met: dict[str, set[str]] = defaultdict(set)
    missing: dict[str, set[str]] = defaultdict(set)
    for path in sorted(
        [*(HERE / "gold").glob("*.jsonl"), *(HERE / "dev" / "gold").glob("*.jsonl")]
    ):
        for line in filter(None, path.read_text(encoding="utf-8").splitlines()):
            fact = json.loads(line)
            asked = kinds | ({"title": ("role",)} if fact["type"] == "role" else {})
            for field, kind in asked.items():
                if name := fact.get(field):
                    met[field].add(name)
                    if reading.known(kind, name) is None:
                        missing[field].add(name)
    assert met.keys() == {*kinds, "title"}
    assert {field: sorted(names) for field, names in missing.items()} == unknown


def test_every_term_of_ours_has_labels_and_a_definition() -> None:
    terms = {
        iri: said
        for iri, said in described(triples(ONTOLOGY)).items()
        if iri.startswith(PREFIXES["ck"])
    }
    assert len(terms) > 50
    wrong = set()
    for iri, said in terms.items():
        for property_ in ("rdfs:label", "skos:definition"):
            texts = [t for t in said.get(expand(property_), ()) if isinstance(t, ox.Literal)]
            if sorted(text.language or "" for text in texts) != ["en", "ru"]:
                wrong.add((iri, property_))
    assert wrong == set()


def test_every_term_of_ours_is_used() -> None:
    sources = [
        *FILES,
        *(ROOT / "ontology").glob("*.toml"),
        *(ROOT / "ontology" / "shapes").glob("*.ttl"),
        *(ROOT / "src").rglob("*.py"),
        ROOT / "docs" / "model.md",
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    about = described(triples(ONTOLOGY))
    used = set(re.findall(r"\bck:(\w+)", text))
    used |= {
        iri.removeprefix(PREFIXES["ck"]) for said in about.values() for iri in values(said, *said)
    }
    declared = {iri.removeprefix(PREFIXES["ck"]) for iri in about if iri.startswith(PREFIXES["ck"])}
    assert declared - used == set()


def test_the_ontology_bears_the_version_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    said = described(triples(ONTOLOGY))[PREFIXES["ck"].rstrip("#")]
    assert values(said, "http://www.w3.org/2002/07/owl#versionInfo") == [project["version"]]
    [version] = values(said, "http://www.w3.org/2002/07/owl#versionIRI")
    assert version.endswith(f"/{project['version']}")
    assert values(said, expand("dcterms:license")) == [
        "https://creativecommons.org/licenses/by/4.0/"
    ]
