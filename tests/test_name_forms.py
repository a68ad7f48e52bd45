"""Forms of a body's name that a rule makes, and bodies named with their owner."""

from pathlib import Path

import pytest

from ciskg.knowledge import KnowledgeError, laid_over
from ciskg.recognise import find_labels, load_lexicon
from ciskg.recognise.owned import own_bodies
from ciskg.recognise.variants import name_variants, owned_variants


def bodies(text: str) -> list[tuple[str, str]]:
    """Each body of a text: its words, and its name."""
    lexicon = load_lexicon()
    [found], _ = own_bodies(
        text, [(0, len(text))], [find_labels(text, 0, len(text), lexicon)], lexicon
    )
    return [(text[m.start : m.end], m.names("body")[0]) for m in found if m.kind == "body"]


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        (
            "Экономический суд",
            "Экономического суда, Экономическому суду, Экономический суд, "
            "Экономическим судом, Экономическом суде",
        ),
        (
            "Межпарламентская ассамблея СНГ",
            "Межпарламентской ассамблеи СНГ, Межпарламентской ассамблее СНГ, "
            "Межпарламентскую ассамблею СНГ, Межпарламентской ассамблеей СНГ, "
            "Межпарламентской ассамблее СНГ",
        ),
        (
            "Государственное собрание",
            "Государственного собрания, Государственному собранию, Государственное собрание, "
            "Государственным собранием, Государственном собрании",
        ),
        ("Рийгикогу", ""),  # no noun that we decline
    ],
)
def test_a_russian_name_is_declined(name: str, forms: str) -> None:
    assert ", ".join(name_variants(name, "ru")) == forms


def test_an_english_council_has_its_members_before_it_too() -> None:
    name = "Council of Heads of Customs Services"
    assert list(name_variants(name, "en")) == [
        "Heads of Customs Services Council",
        "Council of the Heads of Customs Services",
    ]
    assert list(owned_variants(name, "en", "CIS")) == [
        "Council of CIS Heads of Customs Services",
        "Council of the CIS Heads of Customs Services",
    ]
    assert list(name_variants("Council of Europe", "en")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "the Economic Council of the CIS member states met",
            [("Economic Council of the CIS member states", "CIS Economic Council")],
        ),
        (
            "CIS countries' Economic Council",
            [("CIS countries' Economic Council", "CIS Economic Council")],
        ),
        (
            "заседание Экономического совета государств – участников СНГ",
            [("Экономического совета государств – участников СНГ", "CIS Economic Council")],
        ),
        (
            "the Tajik interior ministry and the Supreme Court of the Republic of Belarus",
            [
                ("Tajik interior ministry", "Ministry of Internal Affairs of Tajikistan"),
                ("Supreme Court of the Republic of Belarus", "Supreme Court of Belarus"),
            ],
        ),
        (
            "глава Нацбанка Армении",
            [("Нацбанка Армении", "National Bank of Armenia")],
        ),
        (
            "Council of CIS Interior Ministers",
            [("Council of CIS Interior Ministers", "CIS Council of Interior Ministers")],
        ),
        (
            "Совета руководителей (глав) таможенных служб СНГ",  # a word beside the name
            [],
        ),
        (
            "CIS Coordination Council of Heads of Tax (Financial) Investigation Bodies",
            [
                (
                    "CIS Coordination Council of Heads of Tax (Financial) Investigation Bodies",
                    "CIS Coordinating Council of Heads of Tax Investigation Bodies",
                )
            ],
        ),
        ("the supreme court ruled", []),  # of no state
        ("the EU sent the Economic Council a letter", []),  # no owner: another body stands between
    ],
)  # fmt: skip
def test_a_body_is_named_with_its_owner(text: str, expected: list[tuple[str, str]]) -> None:
    assert bodies(text) == expected


def test_a_broken_table_of_forms_is_told(tmp_path: Path) -> None:
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "name-forms.toml").write_text('[ru.noun_endings]\n"ет" = ["ета"]\n')
    with laid_over(tmp_path), pytest.raises(KnowledgeError, match=r"name-forms\.toml: give 5"):
        list(name_variants("Совет", "ru"))
