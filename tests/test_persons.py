"""Persons and their offices, in the ways in which documents of the genre write them."""

import pytest

from ciskg.extract import read_facts
from ciskg.extract.context import make_context
from ciskg.read import read_text
from ciskg.recognise import Holder, load_lexicon, recognise

LEXICON = load_lexicon()

# A text, and the offices a reader takes out of it: person, title, of.
READ = {
    "a portfolio that no label has": (
        "Minister of Water Resources and Irrigation of Uzbekistan Olim Tursunov greeted the CIS.",
        {("Olim Tursunov", "Minister of Water Resources and Irrigation", "UZB")},
    ),
    "a portfolio before the word": (
        "Kazakh Culture and Information Minister Aida Serikova came to the CIS forum.",
        {("Aida Serikova", "Minister of Culture and Information", "KAZ")},
    ),
    "the head of a ministry": (
        "The head of the Ministry of Foreign Affairs of Armenia, Aram Petrosyan, spoke of the CIS.",
        {("Aram Petrosyan", "Minister of Foreign Affairs", "ARM")},
    ),
    "a state inside the label of an office": (
        "Head of the Kyrgyz Presidential Administration Azamat Isakov met CIS guests.",
        {("Azamat Isakov", "Head of the Presidential Administration", "KGZ")},
    ),
    "a rank before the name": (
        "Defence Minister of Belarus Lieutenant General Ivan Kovalev opened the CIS drill.",
        {("Ivan Kovalev", "Minister of Defence", "BLR")},
    ),
    "each of several with his state": (
        "Presidents Timur Aliev of Azerbaijan and Ion Rusu of Moldova left the CIS summit.",
        {("Timur Aliev", "President", "AZE"), ("Ion Rusu", "President", "MDA")},
    ),
    "each state with its holder": (
        "He met the premiers of Kyrgyzstan Ulan Toktorov and Uzbekistan Anvar Saidov.",
        {("Ulan Toktorov", "Prime Minister", "KGZ"), ("Anvar Saidov", "Prime Minister", "UZB")},
    ),
    "adjectives before several holders": (
        "Georgian and Ukrainian Presidents Giorgi Beridze and Viktor Bondar met CIS envoys.",
        {("Giorgi Beridze", "President", "GEO"), ("Viktor Bondar", "President", "UKR")},
    ),
    "respectively": (
        "The delegations of Armenia, Belarus and Russia at the CIS talks were led by the foreign "
        "ministers Aram Petrosyan, Ivan Kovalev and Oleg Zimin respectively.",
        {
            ("Aram Petrosyan", "Minister of Foreign Affairs", "ARM"),
            ("Ivan Kovalev", "Minister of Foreign Affairs", "BLR"),
            ("Oleg Zimin", "Minister of Foreign Affairs", "RUS"),
        },
    ),
    "the organization spoken of": (
        "The SCO met. The Secretary General of the organization Wei Zhang took part.",
        {("Wei Zhang", "Secretary General", "SCO")},
    ),
    "the state spoken of": (
        "Moldovan President Ion Rusu is ill, said the country's first deputy foreign minister, "
        "Andrei Popa, before the CIS summit.",
        {
            ("Ion Rusu", "President", "MDA"),
            ("Andrei Popa", "First Deputy Minister of Foreign Affairs", "MDA"),
        },
    ),
    "the name of an institution that begins with a state": (
        "Pavel Orlov, Head of Belarusian Railways, told the CIS council.",
        {("Pavel Orlov", "Head", "Belarusian Railways")},
    ),
    "an institution before the office": (
        "The CIS council heard Russian Railways CEO Oleg Zimin.",
        {("Oleg Zimin", "Chief Executive Officer", "Russian Railways")},
    ),
    "a rector": (
        "Rector of Moscow State University Viktor Orlov welcomed the CIS students.",
        {("Viktor Orlov", "Rector", "Moscow State University")},
    ),
    "a body whose name is longer than the office's": (
        "Chairman of the Council of Heads of Government of the CIS Azamat Isakov spoke.",
        {("Azamat Isakov", "Chairman", "CIS Council of Heads of Government")},
    ),
    "the head of a mission": (
        "Head of the CIS observer mission at the election in Uzbekistan Ilhom Karimov spoke.",
        {("Ilhom Karimov", "Head of the observer mission", "CIS")},
    ),
    "a representative to an organization is his state's": (
        "Russia's Permanent Representative to the UN Vasily Orlov spoke of the CIS.",
        {("Vasily Orlov", "Permanent Representative", "RUS")},
    ),
    "an office named apart from its holder": (
        "Tokayev arrived in Baku for the CIS summit on a visit by invitation, Serik Tokayev said. "
        "The President of Kazakhstan laid flowers.",
        {("Serik Tokayev", "President", "KAZ")},
    ),
    "the one whose office is said elsewhere": (
        "Prime Minister Aram Petrosyan opened the CIS session. "
        "The Prime Minister of Armenia then welcomed the guests.",
        {("Aram Petrosyan", "Prime Minister", "ARM")},
    ),
    "one who comes after another": (
        "The summit appointed Aram Petrosyan as Secretary General of the CSTO to replace "
        "Ivan Kovalev as Secretary General of the CSTO.",
        {("Aram Petrosyan", "Secretary General", "CSTO")},
    ),
}  # fmt: skip

# A text, and words that are no person's name in it.
NOBODY = {
    "an acronym in brackets": (
        "Director of the Executive Committee of the SCO Regional Anti-Terrorist Structure (RATS) "
        "Jumakhon Giyosov spoke.",
        {"Jumakhon Giyosov"},
    ),
    "the name of an association": (
        "Chair of the SCO Interbank Association Council Rustam Karimov spoke.",
        {"Rustam Karimov"},
    ),
    "member states": ("The Secretary of the Security Council of Member States met.", set()),
    "an American department": ("Officials of the U.S. Department of State came.", set()),
}


@pytest.mark.parametrize("case", READ.values(), ids=READ.keys())
def test_offices_are_read(case: tuple[str, set[tuple[str, str, str]]]) -> None:
    text, expected = case
    facts = read_facts(read_text(text), LEXICON).facts
    found = {
        tuple(f.values.get(k) for k in ("person", "title", "of"))
        for f in facts
        if f.type == "role" and not f.values.get("former")
    }
    assert found == expected


@pytest.mark.parametrize("case", NOBODY.values(), ids=NOBODY.keys())
def test_what_is_no_name_is_nobody(case: tuple[str, set[str]]) -> None:
    text, expected = case
    read = recognise(read_text(text), LEXICON)
    found = {
        m.value.name
        for s in read.sentences
        for m in s.encoded.mentions.values()
        if isinstance(m.value, Holder) and m.value.name
    }
    assert found == expected


def test_spellings_of_one_name_are_one_person() -> None:
    text = (
        "CIS Secretary General S.Lebedev came. Sergei Lebedev spoke, and Sergey Lebedev left. "
        "Sergei Lebedev returned."
    )
    read = recognise(read_text(text), LEXICON)
    assert set(read.forms) == {"Sergei Lebedev"}
    assert set(read.forms["Sergei Lebedev"]) == {"S.Lebedev", "Sergei Lebedev", "Sergey Lebedev"}


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("DUSHANBE, October 11. /TASS/. The minister came to the CIS.", "RUS"),
        ("Moldova leaves the CIS, TASS reports.", ""),
        ("Prague, 3 July 2003 (RFE/RL) -- The CIS meets.", ""),
    ],
)
def test_a_publisher_speaks_for_its_state_where_it_signs(text: str, home: str) -> None:
    assert make_context(recognise(read_text(text), LEXICON), LEXICON).home == home
