"""Who is who across documents: what must be one is one, what must be two stays two."""

import itertools
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from ciskg.identities import Decisions, Identities
from ciskg.model import Reading, Value
from ciskg.normal import fold, name_form, slug, title_stems
from ciskg.reconcile import reconcile
from ciskg.reference import installed
from mapped import ID, fact, reading, readings

LANGUAGE_AGREEMENT = (
    "Agreement to create the International Russian Language Organization",
    "Agreement on the establishment of an International organization for the Russian Language",
    "Agreement establishing the International Organisation for the Russian Language",
)
CHS = "CIS Council of Heads of State"


def identities(*read: Reading, decisions: Decisions | None = None) -> Identities:
    return reconcile(read, installed(), decisions)


def holders(*names: tuple[str, str | None]) -> list[Reading]:
    """One document for each name, whose bearer holds an office of the state."""
    return [
        reading(
            f"d{n}", fact("role", "r", person=name, title="Minister", **({"of": of} if of else {}))
        )
        for n, (name, of) in enumerate(names)
    ]


def people(read: Iterable[Reading]) -> list[str]:
    """The persons of the documents, in the order of the documents."""
    found = identities(*read).persons
    return [found[key].removeprefix(f"{ID}person/") for key in sorted(found)]


def test_the_seeds_hold_the_named_identities() -> None:
    read = readings("seeds")
    found = identities(*read)
    spelt: dict[str, set[str]] = {}
    for (_, name), iri in found.persons.items():
        spelt.setdefault(iri.removeprefix(f"{ID}person/"), set()).add(name)
    assert spelt["sergei-lebedev"] == {"Sergei Lebedev", "Sergey Lebedev"}
    assert spelt["alexander-lukashenko"] == {"Alexander Lukashenko", "Aleksandr Lukashenko"}
    assert spelt["gurbanguly-berdimuhamedov"] == {"Gurbanguly Berdimuhamedov"}
    assert spelt["serdar-berdimuhamedov"] == {"Serdar Berdimuhamedov"}
    assert spelt["shavkat-mirzioev"] == {"Shavkat Mirziyoyev", "Sh.M.Mirziyoyev"}
    assert spelt["sadyr-japarov"] == {"Sadyr Japarov", "S.N.Zhaparov"}

    titles: dict[str, list[str]] = {}
    for one in read:
        for told in one.facts:
            if told.type == "agreement":
                iri = found.instruments[one.document.key, told.id]
                titles.setdefault(iri, []).append(str(told.values["title"]))
    assert [sorted(t) for t in titles.values() if len(t) > 1] == [sorted(LANGUAGE_AGREEMENT[:2])]
    (agreement,) = (iri for iri, t in titles.items() if len(t) > 1)
    assert set(found.titles.values()) == {agreement}


@pytest.mark.parametrize(
    "names",
    [
        (
            "Sergei Lebedev",
            "Sergey Lebedev",
            "S. Lebedev",
            "S.N.Lebedev",
            "С.Н. Лебедев",
            "Lebedev",
        ),
        ("Alexander Lukashenko", "Aleksandr Lukashenko", "A.G.Lukashenko", "Александр Лукашенко"),
        ("Kassym-Jomart Tokayev", "Kasym-Zhomart Tokaev", "K.-J.K.Tokayev", "K.-J. Tokayev"),
        ("Gurbanguly Berdimuhamedov", "Gurbanguly Berdymukhammedov", "Gurbanguly Berdimuhamedow"),
        ("Ilhom Toychievich Nematov", "Ilhom Nematov", "Nematov Ilhom Toychievich"),
        ("Emomali Rahmon", "Emomali Rakhmon", "E. Rahmon", "E.S.Rahmon"),
        ("Sadyr Japarov", "Sadyr Zhaparov", "S.N.Zhaparov", "S. Japarov"),
        ("Shavkat Mirziyoyev", "Shavkat Mirziyoev", "Sh.M.Mirziyoyev", "Шавкат Мирзиёев"),
        (
            "Vladimir Putin",
            "V. V. Putin",
            "V.V.Putin",
            "Putin V.V.",
            "Putin Vladimir Vladimirovich",
        ),
        ("Artur Rasizade", "Artur Rasi-zade", "Артур Раси-заде"),
    ],
)
def test_spellings_of_one_name_are_one_person(names: tuple[str, ...]) -> None:
    assert len(set(people(holders(*((name, "RUS") for name in names))))) == 1
    assert len(set(people(holders(*((name, None) for name in names))))) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Gurbanguly Berdimuhamedov", "Serdar Berdimuhamedow"),
        ("Serzh Sargsyan", "Tigran Sargsyan"),
        ("Sadyr Japarov", "Akylbek Zhaparov"),
        ("Ilham Aliyev", "Heydar Aliyev"),
        ("Sergei Lebedev", "Sergei Lebed"),
        ("A.U. Japarov", "S.N. Japarov"),
    ],
)
def test_fathers_and_sons_and_namesakes_stay_two(left: str, right: str) -> None:
    assert len(set(people(holders((left, "TKM"), (right, "TKM"))))) == 2


def test_initials_join_the_one_person_whom_they_fit() -> None:
    father, son = ("Gurbanguly Berdimuhamedov", "TKM"), ("Serdar Berdimuhamedov", "TKM")
    assert people(
        holders(father, son, ("S.G.Berdimuhamedov", "TKM"), ("G.M. Berdimuhamedov", None))
    ) == [
        "gurbanguly-berdimuhamedov",
        "serdar-berdimuhamedov",
        "serdar-berdimuhamedov",
        "gurbanguly-berdimuhamedov",
    ]
    assert people(holders(father, son, ("Berdimuhamedov", "TKM")))[2] == "berdimuhamedov"
    assert people(holders(father, ("S.G.Berdimuhamedov", "TKM")))[1] == "s-g-berdimuhamedov"
    assert people(holders(father, ("G. Berdimuhamedov", "RUS")))[1] == "g-berdimuhamedov"


def test_a_document_that_names_the_person_in_full_settles_its_short_forms() -> None:
    both = reading(
        "both",
        fact("role", "r1", person="Serdar Berdimuhamedov", title="President", of="TKM"),
        fact("role", "r2", person="Berdimuhamedov", title="President", of="TKM"),
    )
    found = identities(both, *holders(("Gurbanguly Berdimuhamedov", "TKM"))).persons
    assert found["both", "Berdimuhamedov"] == found["both", "Serdar Berdimuhamedov"]


def test_short_forms_that_fit_two_are_proposed_and_not_joined() -> None:
    found = identities(
        *holders(("Serzh Sargsyan", "ARM"), ("Stepan Sargsyan", "ARM"), ("S. Sargsyan", "ARM"))
    )
    assert len(set(found.persons.values())) == 3
    assert {(p.left, p.right) for p in found.proposals if p.kind == "person"} == {
        (f"{ID}person/serzh-sargsian", f"{ID}person/s-sargsian"),
        (found.persons["d1", "Stepan Sargsyan"], f"{ID}person/s-sargsian"),
    }


def test_one_name_in_two_states_is_two_persons_with_the_state_in_the_iri() -> None:
    found = people(holders(("Ivan Petrov", "RUS"), ("Ivan Petrov", "BLR"), ("Ivan Petrov", "RUS")))
    assert found == ["ivan-petrov-rus", "ivan-petrov-blr", "ivan-petrov-rus"]
    assert people(holders(("Ivan Petrov", "RUS"), ("Ivan Petrov", None))) == ["ivan-petrov"] * 2
    unknown = people(holders(("Ivan Petrov", "RUS"), ("Ivan Petrov", "BLR"), ("Ivan Petrov", None)))
    assert unknown[2] == "ivan-petrov"


def test_a_former_ambassador_of_one_state_and_official_of_a_union_is_one_person() -> None:
    read = holders(("Sergei Lebedev", "RUS"), ("Sergei Lebedev", "CIS"), ("Sergei Lebedev", "UN"))
    assert people(read) == ["sergei-lebedev"] * 3


def test_near_spellings_are_only_proposed() -> None:
    found = identities(*holders(("Sergei Lebedev", "RUS"), ("Sergei Lebedeva", "RUS")))
    (proposal,) = found.proposals
    assert proposal.kind == "person"
    assert 0.8 <= proposal.score < 1


def meeting(key: str, **values: Value) -> Reading:
    return reading(key, fact("meeting", "m", **values))


def session(key: str, **values: Value) -> Reading:
    return meeting(key, **{"kind": "council", "body": CHS, **values})


def same(*read: Reading) -> bool:
    found = identities(*read)
    return len({*found.meetings.values(), *found.instruments.values()}) == 1


def test_meetings_of_one_body_on_one_day_are_one() -> None:
    assert same(session("a", date="2023-10-13"), session("b", date="2023-10-13", place="Bishkek"))
    assert not same(session("a", date="2023-10-13"), session("b", date="2023-10-14"))
    near = "CIS Council of Heads of Government"
    assert not same(session("a", date="2023-10-13"), session("b", date="2023-10-13", body=near))


def test_meetings_whose_day_is_not_known_need_a_place() -> None:
    assert same(
        session("a", date="2023", place="Bishkek"), session("b", date="2023", place="Bishkek")
    )
    assert not same(session("a", date="2023"), session("b", date="2023"))
    assert not same(session("a", place="Minsk"), session("b", place="Minsk"))
    assert not same(session("a", date="XXXX-10-12"), session("b", date="XXXX-10-12"))


def test_meetings_whose_dates_overlap_are_proposed() -> None:
    found = identities(session("a", date="2023-10"), session("b", date="2023-10-13"))
    assert [(p.kind, len({p.left, p.right})) for p in found.proposals] == [("meeting", 2)]
    assert not identities(session("a", date="2023-11"), session("b", date="2023-10-13")).proposals


def test_talks_are_one_by_parties_in_any_order_and_spelling() -> None:
    def talks(key: str, *parties: str) -> Reading:
        values = {"kind": "bilateral", "parties": parties, "date": "2015-10-12"}
        return reading(key, fact("meeting", "m", **values))

    assert same(
        talks("a", "Aleksandr Lukashenko", "Sergei Lebedev"),
        talks("b", "Sergey Lebedev", "Alexander Lukashenko"),
    )
    assert not same(
        talks("a", "Aleksandr Lukashenko", "Sergei Lebedev"),
        talks("b", "Vladimir Putin", "Alexander Lukashenko"),
    )


def instrument(key: str, title: str, **values: Value) -> Reading:
    return reading(key, fact("agreement", "a", title=title, **values))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        *itertools.combinations(LANGUAGE_AGREEMENT, 2),
        ("Treaty on a Free Trade Area", "Free trade zone treaty"),
        (
            "Programme of Cooperation in Combating Human Trafficking for 2011-2013",
            "Program of cooperation to combat human trafficking for 2011–2013",
        ),
        (
            "Concept of Military Cooperation of the CIS Member States until 2015",
            "Concept of military cooperation of the member states of the "
            "Commonwealth of Independent States until 2015",
        ),
    ],
)  # fmt: skip
def test_wordings_of_one_title_are_one_instrument(left: str, right: str) -> None:
    assert same(instrument("a", left, date="2023"), instrument("b", right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Joint Statement", "Joint Statement"),
        ("Treaty on Allied Relations", "Treaty on Allied Relations"),
        ("Joint statement of Russia and Belarus", "Joint statement of Russia and Belarus"),
        ("Declaration of the Collective Security Council",) * 2,
        ("Anti-Drug Strategy for 2026–2030", "Anti-Drug Strategy for 2021–2025"),
        (
            "Programme of Cooperation in Border Security",
            "Concept of Cooperation in Border Security",
        ),
    ],
)
def test_common_titles_and_other_numbers_do_not_join(left: str, right: str) -> None:
    assert not same(instrument("a", left), instrument("b", right))


def test_common_titles_join_where_parties_and_day_agree() -> None:
    known = {"parties": ("RUS", "BLR"), "date": "2023-04-05"}
    other = {**known, "parties": ("RUS", "KAZ")}
    assert same(
        instrument("a", "Joint Statement", **known), instrument("b", "Joint statement", **known)
    )
    assert not same(
        instrument("a", "Joint Statement", **known), instrument("b", "Joint Statement", **other)
    )


def test_a_russian_title_meets_the_english_one_by_its_rendering() -> None:
    russian = "Соглашение об учреждении Международной организации по русскому языку"
    assert same(
        instrument("a", russian, aliases=(LANGUAGE_AGREEMENT[2],)),
        instrument("b", LANGUAGE_AGREEMENT[0]),
    )


def test_titles_that_are_alike_are_proposed() -> None:
    found = identities(
        instrument("a", "Agreement on Cooperation in the Prevention and Mitigation of Emergencies"),
        instrument("b", "Agreement on Cooperation in the Prevention of Emergencies"),
    )
    assert [p.kind for p in found.proposals] == ["instrument"]


def test_decisions_join_and_silence_proposals() -> None:
    read = (session("a", date="2023-10"), session("b", date="2023-10-13"))
    (proposal,) = identities(*read).proposals
    one = identities(*read, decisions=Decisions({proposal.right: proposal.left}))
    assert set(one.meetings.values()) == {proposal.left}
    assert one.proposals == ()
    rejected = frozenset((frozenset((proposal.left, proposal.right)),))
    apart = identities(*read, decisions=Decisions({}, rejected))
    assert len(set(apart.meetings.values())) == 2
    assert apart.proposals == ()
    assert one.met == apart.met == {proposal.left, proposal.right}


def test_decided_persons_share_their_talks() -> None:
    def talks(key: str, person: str) -> Reading:
        parties = (person, "Vladimir Putin")
        values: dict[str, Value] = {"kind": "bilateral", "parties": parties, "date": "2015-10-12"}
        return reading(key, fact("meeting", "m", **values))

    read = (talks("a", "Sergei Lebedev"), talks("b", "Sergo Lebedoff"))
    assert not same(*read)
    kept, other = f"{ID}person/sergei-lebedev", identities(*read).persons["b", "Sergo Lebedoff"]
    decided = identities(*read, decisions=Decisions({other: kept}))
    assert len(set(decided.meetings.values())) == 1


def proposed(*read: Reading) -> dict[str, float]:
    return {p.reason: p.score for p in identities(*read).proposals}


def test_rejected_pairs_stay_apart_under_the_names_of_what_they_are_joined_to() -> None:
    read = holders(("Sergei Lebedev", "RUS"), ("Sergei Lebedeva", "RUS"), ("Sergo Lebedoff", "RUS"))
    found = identities(*read)
    right, left, third = (found.persons[f"d{n}", name] for n, name in enumerate(
        ("Sergei Lebedev", "Sergei Lebedeva", "Sergo Lebedoff")
    ))  # fmt: skip
    assert [(p.left, p.right) for p in found.proposals] == [(right, left)]
    rejected = frozenset((frozenset((left, third)),))
    assert identities(*read, decisions=Decisions({third: right}, rejected)).proposals == ()


NAMES = tomllib.loads((Path(__file__).parent / "reconcile/names.toml").read_text("utf-8"))


def test_how_many_spellings_of_persons_meet_and_how_many_namesakes_are_proposed() -> None:
    """The figures of docs/decisions.md; they change with a reason or not at all."""

    def outcome(pair: str) -> str:
        left, right = pair.split(" | ")
        found = identities(*holders((left, "RUS"), (right, "RUS")))
        if len(set(found.persons.values())) == 1:
            return "one"
        return "proposed" if found.proposals else "two"

    same, two = (Counter(map(outcome, NAMES[key])) for key in ("one", "two"))
    assert same == {"one": 21, "proposed": 9, "two": 2}
    assert two == {"two": 28, "proposed": 2}
    told = (Path(__file__).parent.parent / "docs/decisions.md").read_text("utf-8")
    assert "| persons | 21 | 9 | 2 | 0 | 2 | 28 |" in told


def test_namesakes_of_two_states_are_proposed_and_father_and_son_are_not() -> None:
    assert proposed(*holders(("Ivan Petrov", "RUS"), ("Ivan Petrov", "BLR"))) == {
        "one name, but other states or none": 0.5
    }
    assert not proposed(
        *holders(("Gurbanguly Berdimuhamedov", "TKM"), ("Serdar Berdimuhamedow", "TKM"))
    )
    assert not proposed(*holders(("Igor Petrov", "RUS"), ("Ivan Petrov", "RUS")))


def test_one_session_under_four_names_is_proposed_to_be_one() -> None:
    people = ("Vladimir Putin", "Ilham Aliyev", "Emomali Rahmon")

    def told(key: str, **values: Value) -> Reading:
        meeting = fact("meeting", "m", **values)
        took_part = (
            fact("participant", f"p{n}", meeting="m", person=name) for n, name in enumerate(people)
        )
        return reading(key, meeting, *took_part)

    full = {"date": "2021-10-15", "place": "Minsk"}
    read = (
        told("a", kind="council", body=CHS, **full),
        told("b", kind="council", body=CHS, date="2021-10"),
        told("c", kind="forum", title="Minsk summit", **full),
        told(
            "d", kind="forum", title="Meeting of the leaders of the Commonwealth", date="2021-10-15"
        ),
    )
    found = identities(*read)
    assert len(set(found.meetings.values())) == 4
    joined = {frozenset((p.left, p.right)) for p in found.proposals}
    first = found.meetings["a", "m"]
    assert {frozenset((first, found.meetings[key, "m"])) for key in "bcd"} <= joined
    decided = Decisions({found.meetings[key, "m"]: first for key in "bcd"})
    one = identities(*read, decisions=decided)
    assert set(one.meetings.values()) == {first}
    assert one.proposals == ()


def test_sessions_of_other_bodies_places_and_days_are_not_proposed() -> None:
    one = session("a", date="2021-10-15", place="Minsk")
    other = "CIS Council of Heads of Government"
    for apart in (
        session("b", date="2021-10-15", place="Minsk", body=other),
        session("b", date="2021-10", place="Sochi"),
        session("b", date="2021-10-16", place="Minsk"),
        session("b", date="2021-11"),
        meeting("b", kind="forum", title="Sochi forum", date="2021-10-15", place="Sochi"),
        meeting("b", kind="bilateral", parties=("RUS", "BLR"), date="2021-10-15"),
    ):
        assert not identities(one, apart).proposals


def test_talks_of_persons_and_of_their_states_are_proposed() -> None:
    def talks(key: str, *parties: str) -> Reading:
        values: dict[str, Value] = {"kind": "bilateral", "parties": parties, "date": "2015-10-12"}
        roles = (
            fact("role", f"r{n}", person=name, title="President", of=of)
            for n, (name, of) in enumerate((("Vladimir Putin", "RUS"), ("Sadyr Japarov", "KGZ")))
            if name in parties
        )
        return reading(key, fact("meeting", "m", **values), *roles)

    persons = talks("a", "Vladimir Putin", "Sadyr Japarov")
    assert list(proposed(persons, talks("b", "RUS", "KGZ"))) == [
        "one day, persons of the same states"
    ]
    assert not proposed(persons, talks("b", "RUS", "KAZ"))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (
            "Договор о дружбе, добрососедстве и сотрудничестве в целях развития Центральной Азии "
            "в XXI веке",
            "Treaty on Friendship, Good-Neighbourliness and Cooperation for the Development of "
            "Central Asia in the 21st Century",
        ),
        (
            "Концепция военного сотрудничества до 2030 года",
            "Concept of Military Cooperation of the CIS Member States until 2030",
        ),
        (
            "Interstate Program of Joint Measures to Combat Crime for 2019-2023",
            "2019-2023 joint intergovernmental program of combating crime",
        ),
        (
            "Протокол о применении Договора о зоне свободной торговли",
            "Protocol on the Application of the Treaty on a Free Trade Area",
        ),
    ],
)  # fmt: skip
def test_titles_in_two_languages_and_wordings_are_proposed(left: str, right: str) -> None:
    found = identities(instrument("a", left), instrument("b", right))
    assert len(set(found.instruments.values())) == 2
    assert [p.kind for p in found.proposals] == ["instrument"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (
            "Programme of Cooperation in Combating Terrorism for 2020–2022",
            "Programme of Cooperation in Combating Terrorism for 2023–2025",
        ),
        (
            "Concept of Cooperation in the Field of Health Protection",
            "Action Plan on Health Protection",
        ),
        (
            "Концепция военного сотрудничества до 2030 года",
            "Concept of Military Cooperation until 2025",
        ),
        (
            "Statement on the 70th anniversary of the Universal Declaration of Human Rights",
            "Statement on the 90th anniversary of the birth of writer Chingiz Aitmatov",
        ),
    ],
)  # fmt: skip
def test_titles_of_other_things_are_not_proposed(left: str, right: str) -> None:
    same_day = {"date": "2023-10-13"}
    assert not proposed(instrument("a", left, **same_day), instrument("b", right, **same_day))


def test_bodies_that_the_reference_does_not_know_are_proposed() -> None:
    def council(key: str, body: str) -> Reading:
        return reading(key, fact("meeting", "m", kind="council", body=body, date="2023-10-13"))

    one = council("a", "Council of Regions of Russia and Uzbekistan")
    other = council("b", "Council of the Regions of Uzbekistan and Russia")
    found = identities(one, other)
    assert ("body", "names alike") in {(p.kind, p.reason) for p in found.proposals}
    near = council("b", "Council of Rectors of Russia and Uzbekistan")
    assert "body" not in {p.kind for p in identities(one, near).proposals}
    misspelt = council("b", "CIS Interparliamentary Asembly")
    (proposal,) = (p for p in identities(misspelt).proposals if p.kind == "body")
    assert proposal.left == installed().known(("body",), "CIS Interparliamentary Assembly")


def test_the_order_of_documents_does_not_matter() -> None:
    read = readings("dev")
    wanted = identities(*read)
    assert len(wanted.proposals) > 3
    for order in (read[::-1], (*read[5:], *read[:5]), (*read[1::2], *read[::2])):
        assert identities(*order) == wanted


def test_slugs_are_short_ascii_and_keep_what_differs_apart() -> None:
    texts = [
        "Минск",
        "中国",
        "国中",
        "a" * 500,
        "a" * 501,
        "",
        " ",
        "é",
        "Ünal",
        "</script>",
        "%2F",
    ]
    slugs = [slug(text) for text in texts]
    assert all(s.isascii() and 0 < len(s) <= 96 for s in slugs)
    assert all(set(s) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for s in slugs)
    assert slugs[0] == "minsk"
    assert len({slug(t) for t in texts[1:5]}) == 4


def test_normal_forms_are_stable_under_themselves() -> None:
    for name in (
        "Berdymukhamedov",
        "Zhaparov",
        "Mirziyoyev",
        "Aleksandr",
        "Yevgeny",
        "Khojamuradov",
    ):
        assert name_form(name_form(name)) == name_form(name)
    assert name_form("Yevgeny") == name_form("Evgeniy") == name_form("Евгений")
    assert title_stems(LANGUAGE_AGREEMENT[0].upper()) == title_stems(LANGUAGE_AGREEMENT[0])
    assert fold("St.\u00a0Petersburg’s") == "st. petersburg's"
