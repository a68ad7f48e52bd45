"""What was not understood is shown: sentences, dates, persons, languages."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import ciskg
from ciskg.extract import languages
from ciskg.model import Unread
from ciskg.read.languages import shown_language
from ciskg.unread import Part, as_csv

Run = Callable[..., tuple[int, str, str]]

ENGLISH = """President of Russia Vladimir Putin visited Minsk yesterday.

Several documents were signed.

The guests saw Nikol Pashinyan on 12 October.
"""
UZBEK = (
    "2024 yil 8 oktabr kuni Moskvada davlat rahbarlari kengashining majlisi bo‘lib o‘tdi. Unda "
    "O‘zbekiston Respublikasi Prezidenti ishtirok etdi. Majlisda savdo va iqtisodiy hamkorlik "
    "bilan bog‘liq masalalar hamda xavfsizlik uchun choralar muhokama qilindi. Bu haqda xabar "
    "berildi."
)


def unread(text: str, kind: str, published: str | None = None) -> list[Unread]:
    found = ciskg.read_text(text, published=published).unread
    return [u for u in found if u.kind == kind]


def test_a_sentence_that_promised_a_fact_is_shown_with_its_trigger_and_the_rules() -> None:
    (found,) = unread(ENGLISH, "sentence")
    assert (found.trigger, found.reason) == ("signed", "no agreement was read")
    assert found.remedy == "rules/en/instruments.toml"
    assert ENGLISH[found.span.start : found.span.end] == "Several documents were signed."


def test_an_office_alone_is_not_what_a_sentence_promised() -> None:
    text = "President of Russia Vladimir Putin said that several documents were signed."
    assert [u.trigger for u in unread(text, "sentence")] == ["signed"]


def test_russian_sentences_have_triggers_too() -> None:
    text = "Об этом сообщили в Москве. По итогам были подписаны несколько документов."
    (found,) = unread(text, "sentence")
    assert (found.trigger, found.remedy) == ("подписаны", "rules/ru/instruments.toml")


def test_a_date_that_cannot_be_settled_is_shown_with_the_reason() -> None:
    found = {u.trigger: u for u in unread(ENGLISH, "date")}
    assert set(found) == {"yesterday", "12 October"}
    assert found["12 October"].reason == "no year is told, and the document's date is not known"
    assert found["yesterday"].reason.startswith("it counts from the document's date, and")
    assert {u.remedy for u in found.values()} == {"published in documents.csv"}


def test_a_date_that_the_document_settles_is_not() -> None:
    assert unread(ENGLISH, "date", published="2024-10-20") == []
    (found,) = unread(ENGLISH, "date", published="2024")
    assert found.trigger == "yesterday"
    assert found.reason.endswith("of the document's date only 2024 is known")


def test_a_person_of_whom_no_office_was_read_is_shown() -> None:
    (found,) = unread(ENGLISH, "person")
    assert (found.trigger, found.reason) == ("Nikol Pashinyan", "no office stands beside the name")
    assert ENGLISH[found.span.start : found.span.end] == "Nikol Pashinyan"


def test_a_language_that_is_not_read_is_named() -> None:
    (found,) = ciskg.read_text(UZBEK).unread
    assert (found.kind, found.reason, found.remedy) == ("language", "language: uz", "rules/uz/")
    assert languages() == ("en", "ru")


def test_a_document_of_another_world_is_named() -> None:
    text = "The chairman of the football club signed the agreement at the annual session. " * 9
    (found,) = ciskg.read_text(text).unread
    assert (found.kind, found.remedy) == ("scope", "rules/world.toml")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH * 2, "en"),
        ("Президент России принял участие в саммите и сказал, что он был не в курсе. " * 2, "ru"),
        (UZBEK, "uz"),
        ("Бұл кездесу Астанада өтті және осы ұйым үшін мен оның мүшелері үшін маңызды. " * 2, "kk"),
        ("Президент та прем'єр провели зустріч, що як і до цього має значення. " * 2, "uk"),
        ("Der Präsident und die Minister der Staaten haben sich mit den Gästen des Landes ", "de"),
        ("Հայաստանի վարչապետը մասնակցեց գագաթնաժողովին։", "hy"),
        ("Moscow, Minsk", None),
        ("the va of bilan and uchun to bu in hamda a haqda for va on bilan", None),
    ],
)
def test_a_text_shows_its_language_or_none(text: str, language: str | None) -> None:
    assert shown_language(text) == language


@pytest.fixture
def command(ciskg: Run, tmp_path: Path) -> Run:
    """Run a command beside docs/ of two documents; gives exit code, stdout, stderr."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "docs" / "u.txt").write_text(UZBEK, encoding="utf-8")
    return ciskg


def test_the_command_shows_documents_and_builds_alike(command: Run) -> None:
    code, out, err = command("unread", "docs")
    assert (code, err) == (0, "")
    assert "language: uz; ciskg reads en and ru" in out
    assert "sentence without a fact: signed: no agreement was read; rules/en/instruments" in out
    assert "    2  dates not settled" in out
    assert command("build", "docs")[0] == 0
    assert command("unread")[1] == command("unread", "build")[1] == out
    listed = json.loads(command("unread", "build", "--json")[1])
    rows = list(csv.DictReader(Path("build/unread.csv").read_text("utf-8").splitlines()))
    assert [row["trigger"] for row in rows] == [row["trigger"] for row in listed]
    assert {row["kind"] for row in rows} == {"language", "sentence", "date", "person"}
    only = json.loads(command("unread", "build", "--json", "--kind", "person")[1])
    assert [row["trigger"] for row in only] == ["Nikol Pashinyan"]


def test_the_summary_names_the_language_and_counts_the_rest(command: Run) -> None:
    _, out, _ = command("build", "docs")
    assert "in a language that is not read; ciskg reads en and ru (1)\n    u: language: uz" in out
    assert (
        "    a: 1 sentence without a fact, 2 dates not settled, 1 person without an office" in out
    )
    assert "documents without a fact" not in out  # the Uzbek one is named above


def test_no_build_and_no_documents_are_told(command: Run) -> None:
    code, _, err = command("unread")
    assert code == 3
    assert "build: does not exist" in err
    assert command("unread", "nowhere")[0] == 3


def test_a_cell_is_no_formula() -> None:
    part = Part("=1+1", "person", 0, 1, "@x", "why", "where", "text")
    assert as_csv([part]).splitlines()[1].startswith("'=1+1,person,0,1,'@x,")
