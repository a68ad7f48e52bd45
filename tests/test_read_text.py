"""Plain text: blocks, furniture, title and date of publication; every sentence is made up."""

import hashlib
import re
from pathlib import Path

import pytest

from ciskg.model import Document
from ciskg.read import Source, read_document, read_text

SENTENCE = "The heads of state of the Commonwealth of Independent States met in Minsk."
LONG = SENTENCE + " They signed an agreement on a common market and talked about transport."


def blocks(document: Document, *kinds: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if not kinds or b.kind in kinds]


def assert_covers(document: Document) -> None:
    """No word stands outside the blocks, and the blocks are in order."""
    at = 0
    for block in document.blocks:
        assert not re.search(r"\w", document.text[at : block.start])
        assert block.start < block.end
        at = block.end
    assert not re.search(r"\w", document.text[at:])


PAGE = f"""View settings

Font size:

Official website of the Council

News   /

Meeting of the Council

May 5, 2020, Minsk

{LONG}

* * *

Speech at the meeting

President of Belarus: Colleagues,

I have four things to say about our work this year.

See also
Meeting with the Executive Secretary
May 4, 2020
Visit to a museum. The director showed the hall of the nineteenth century
May 3, 2020

Publication status
Published in section: News
Publication date: May 6, 2020, 21:17
Text version
"""


def test_a_page_is_divided_into_its_parts() -> None:
    document = read_text(PAGE)
    assert document.text == PAGE
    assert_covers(document)
    assert blocks(document, "heading") == [
        "Meeting of the Council",
        "May 5, 2020, Minsk",
        "Speech at the meeting",
    ]
    assert blocks(document, "paragraph") == [
        LONG,
        "President of Belarus: Colleagues,",
        "I have four things to say about our work this year.",
    ]
    assert document.title == "Meeting of the Council"
    assert document.publisher == "Official website of the Council"
    assert (document.published, document.published_from) == ("2020-05-06", "text")


def test_the_hash_is_of_the_stored_text() -> None:
    digest = hashlib.sha256("Минск.\n".encode()).hexdigest()
    assert read_text("\ufeffМинск.\r\n").sha256 == digest


def test_lines_broken_at_a_width_are_one_paragraph() -> None:
    text = """\
The heads of state of the Commonwealth of Independent States met today in
Minsk and signed a number of documents, among them an agreement on the
Common Market of the states. The session was opened by the host, Mr.
Lukashenko, and closed at ten.
Next day, the ministers came together.
"""
    document = read_text(text)
    assert len(blocks(document)) == 2
    small = "The heads of state of the Commonwealth of Independent States met\ntoday in Minsk.\n"
    assert blocks(read_text(small)) == [small.strip()]
    assert blocks(document)[0].startswith("The heads")
    assert blocks(document)[0].endswith("ten.")


def test_a_paragraph_that_is_one_line_stays_one_block() -> None:
    document = read_text(f"{LONG}\n{LONG}\nMr Lukashenko: We agree.\n{LONG}\n")
    assert len(blocks(document, "paragraph")) == 4


def test_a_title_over_several_lines_is_one_heading() -> None:
    document = read_text(
        f"LIST OF DOCUMENTS\nof the meeting of the Council\n\nMinsk, 5 May 2020\n\n{LONG}"
    )
    assert document.title == "LIST OF DOCUMENTS of the meeting of the Council"
    assert blocks(document, "heading")[0] == "LIST OF DOCUMENTS\nof the meeting of the Council"
    assert document.published == "2020-05-05"


def test_items_keep_the_lines_that_belong_to_them() -> None:
    text = f"""{LONG}

1. Decision on the chairmanship.
   (Belarus; co-chair: Armenia)
2. Decision on the budget.

• a first decision;
• a second decision.

* one more
a) letters
"""
    assert blocks(read_text(text), "item") == [
        "1. Decision on the chairmanship.\n   (Belarus; co-chair: Armenia)",
        "2. Decision on the budget.",
        "• a first decision;",
        "• a second decision.",
        "* one more",
        "a) letters",
    ]


def test_dashes_are_items_only_in_a_list() -> None:
    text = f"""{LONG}

The session went on to adopt

– the plan for transport;
– the plan for forests.

– Как вы оцениваете итоги саммита?

– Высоко оцениваем, они важны для всех.
"""
    document = read_text(text)
    assert blocks(document, "item") == ["– the plan for transport;", "– the plan for forests."]
    assert "The session went on to adopt" in blocks(document, "paragraph")
    assert "– Как вы оцениваете итоги саммита?" in blocks(document, "paragraph")


def test_three_short_lines_without_bullets_are_a_list() -> None:
    text = f"{LONG}\n\nWho chaired when\n\n2008 Kyrgyzstan\n2009 Moldova\n2010 Russia\n\n{LONG}"
    document = read_text(text)
    assert blocks(document, "heading") == ["Who chaired when"]
    assert blocks(document, "item") == ["2008 Kyrgyzstan", "2009 Moldova", "2010 Russia"]


def test_a_lettered_line_over_sentences_is_a_heading() -> None:
    document = read_text(f"{LONG}\n\nII. Security\n\n{LONG}\n\nA. Meeting in Minsk\n{LONG}\n")
    assert blocks(document, "heading") == ["II. Security", "A. Meeting in Minsk"]


@pytest.mark.parametrize("mark", [" | ", "\t"])
def test_rows_are_lines_with_the_same_number_of_marks(mark: str) -> None:
    rows = [mark.join(row) for row in (("Year", "Chair"), ("2023", "Belarus"), ("2024", "Russia"))]
    document = read_text(f"{LONG}\n\n" + "\n".join(rows) + f"\n\n{LONG}\n")
    assert blocks(document, "row") == rows


def test_questions_and_unfinished_sentences_are_no_headings() -> None:
    text = f"""Meeting of the Council

{LONG}

QUESTION: What did you talk about?

How it began?

In addition, an agreement was signed on the joint engineering unit of the armed forces and a \
decision on the programme of cooperation to strengthen border security for 2021–2025

{LONG}

This last line was cut off in the"""
    assert blocks(read_text(text), "heading") == ["Meeting of the Council", "How it began?"]


def test_related_links_end_where_a_sentence_stands() -> None:
    document = read_text(f"A title\nRead also\n{LONG}\n{LONG}\n")
    assert blocks(document, "furniture") == ["Read also"]
    text = f"{LONG}\n\nSee also\n\nA link\n\nAnother link\n\nBackground\n\n{LONG}\n"
    document = read_text(text)
    assert blocks(document, "furniture") == ["See also", "A link", "Another link"]
    assert blocks(document, "heading") == ["Background"]


def test_notes_under_a_page_are_no_furniture() -> None:
    for heading in ("Background", "For reference", "For information", "Справка"):
        document = read_text(f"A title\n\n{LONG}\n\n{heading}\n\n{LONG}\n")
        assert blocks(document, "furniture") == []


def test_the_end_of_a_page_is_furniture() -> None:
    text = f"""A title

{LONG}

For printing

Views: 1544

Follow us. Be first to read what is new.

Share this story with somebody

  • Name:
  • E-mail:
  • E-m"""
    document = read_text(text)
    assert blocks(document, "heading", "paragraph", "item") == ["A title", LONG]
    assert_covers(document)


def test_a_counter_glued_to_the_text_is_set_apart() -> None:
    document = read_text(f"Presidents gather\nWorld\n−\n09 October\n8801{LONG}\n")
    assert blocks(document, "furniture") == ["World", "−", "8801"]
    assert blocks(document, "paragraph") == [LONG]
    assert document.published == "XXXX-10-09"


@pytest.mark.parametrize(
    ("head", "title", "publisher"),
    [
        ("Events\nA meeting in Minsk", "A meeting in Minsk", None),
        ("TODAY.AZ / Politics\n\nA meeting in Minsk", "A meeting in Minsk", None),
        ("POLITICS\nA meeting in Minsk", "A meeting in Minsk", None),
        ("GOVERNMENT PORTAL\nNews > Integration\n\nA meeting", "A meeting", "GOVERNMENT PORTAL"),
        ("Our Gazette\nHome » News\n\nA meeting", "A meeting", "Our Gazette"),
        ("MINISTRY OF TRANSPORT\nPress release\n\nA meeting", "A meeting", "MINISTRY OF TRANSPORT"),
        ("ELECTION 2022: OBSERVERS", "ELECTION 2022: OBSERVERS", None),
        ("THE COMMONWEALTH\nCouncil of Heads\n\nDocuments of 2020", "Documents of 2020", None),
        ("Rights Today\n\nПрава людини сьогодні\n\nA meeting", "A meeting", "Rights Today"),
        ("A meeting\n\nA meeting", "A meeting", None),
        ("19.06.2009  A meeting", "A meeting", None),
    ],
)
def test_the_title_is_found_under_the_head_of_the_site(
    head: str, title: str, publisher: str | None
) -> None:
    document = read_text(f"{head}\n\n{LONG}\n\n{LONG}")
    assert document.title == title
    if publisher is not None:
        assert document.publisher == publisher


def test_a_text_that_begins_with_a_sentence_has_no_title() -> None:
    assert read_text(f"{LONG}\n\n{SENTENCE}").title is None


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (f"A title\n\nDecember 18, 2020, Novo-Ogaryovo, Moscow Region\n\n{LONG}", "2020-12-18"),
        (f"A title\n\n5 декабря 2012 года\n\n{LONG}", "2012-12-05"),
        (f"A title\n\n18-04-2024\n\n{LONG}", "2024-04-18"),
        (f"28 september 2012\n\nA title\n\n{LONG}", "2012-09-28"),
        (f"A title\n\nWorld | 28 Sep 2018, 16:12 (GMT+5) | 1 412 views\n\n{LONG}", "2018-09-28"),
        (f"A title\n\nDUSHANBE, September 28. /TASS/. {LONG}", "XXXX-09-28"),
        (f"A title\n\nMoscow, 29 April 1998 (RFE/RL) -- {LONG}", "1998-04-29"),
        (f"A title\n\n{LONG}\n\n16 January 2023\n\nPrint | PDF", "2023-01-16"),
        (f"A title\n\n{LONG}\n\nPrint | 16.01.2023 21:40", "2023-01-16"),
        # The date beside the title is surer than one at the end or above.
        (f"A title\n\n26 December 2024\n\n{LONG}\n\n27-12-2024 14:30", "2024-12-26"),
        (f"1 March 2025\n\nA title\n\n26 December 2024\n\n{LONG}", "2024-12-26"),
        # A full date beats one without its year.
        (f"A title\n\n28 Sep 2018, 16:12\n\nDUSHANBE, September 28. /TASS/. {LONG}", "2018-09-28"),
        # Never from these.
        (f"Saturday, February 8\n\nA title\n\n{LONG}", None),
        (f"18:28 GMT +321 February 2019\n\nA title\n\n{LONG}", None),
        (f"A title\n\nUpdated: March 2025\n\n{LONG}", None),
        (f"A title\n\nLast update: 09.02.2024 10:05\n\n{LONG}", None),
        (f"A title\n\n{LONG}\n\nPage generated 03.12.2024 11:52", None),
        (f"A title\n\n{LONG}\n\nФото пресс-службы. Обновлено 06.12.2012, 09:15", None),
        (f"A title\n\n{LONG}\n\n© 2011–2024 Handbook", None),
        (f"A title\n\n{LONG}\n\nRelated materials\n22 October 2013\nAnother meeting", None),
        (f"A title\n\n{LONG}\n\nWeather in Minsk, October 11 | Exchange rates", None),
        (f"A title\n\nOn 12 October 2020 the President met the Secretary. {LONG}", None),
        (f"A title\n\n8 December 1991 was the day of the agreement. {LONG}", None),
        (f"A title\n\n{LONG}\n\nPrevious list: Moscow, 8 October 2024.", None),
    ],
)
def test_the_date_of_publication(text: str, published: str | None) -> None:
    document = read_text(text)
    assert document.published == published
    assert document.published_from == ("text" if published else None)


def test_the_address_gives_the_date_or_the_year() -> None:
    document = read_text(LONG, url="https://example.org/2022/10/summit/")
    assert (document.published, document.published_from) == ("2022-10", "url")
    text = f"Алматы. 7 декабря. КазТАГ — {LONG}"
    document = read_text(text, url="https://example.org/2018/12/07/summit")
    assert (document.published, document.published_from) == ("2018-12-07", "url")
    assert read_text(text).published == "XXXX-12-07"


def test_the_agency_is_the_publisher_where_nobody_else_is() -> None:
    assert read_text(f"DUSHANBE, September 28. /Oxus Wire/. {LONG}").publisher == "Oxus Wire"
    assert read_text(f"YEREVAN, May 21 (RIA Novosti) - {LONG}").publisher == "RIA Novosti"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (LONG, "en"),
        ("Главы государств собрались в Минске.", "ru"),
        ("Главы государств приняли план CIS Plus в Минске и в Астане.", "ru"),
        ("The centre «Вясна» is one of the observers of the presidential election.", "en"),
        ("2020 2021", "en"),
    ],
)
def test_the_language_is_told_by_the_script(text: str, language: str) -> None:
    assert read_text(text).language == language


def test_what_the_caller_says_wins() -> None:
    document = read_text(
        PAGE,
        key="k",
        title="T",
        publisher="P",
        url="https://e.org",
        published="2001",
        language="ru",
    )
    assert (document.key, document.title, document.publisher) == ("k", "T", "P")
    assert (document.url, document.published, document.language) == ("https://e.org", "2001", "ru")
    assert document.published_from == "table"


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(ValueError, match="'txt', 'html' or 'md'"):
        read_text(LONG, form="pdf")


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "The president said. " * 50_000,
        "| " * 500_000,
        "• a " * 250_000,
        " " * 500_000 + "x" + " " * 500_000,
        "a\n" * 500_000,
        "Kyrgyzstan chairs\n" * 55_000,
        "Kyrgyzstan chairs\n\n" * 50_000,
        "See also\n\n" * 100_000,
        "See also\nSentences end here with a period.\n\n" * 20_000,
        "World | News | 1 view\n" * 45_000,
        "A. " * 300_000,
        "Главы государств, " * 60_000,
    ],
    ids=[
        "word",
        "sentences",
        "bars",
        "bullets",
        "spaces",
        "lines",
        "titles",
        "titles apart",
        "related",
        "related and text",
        "menus",
        "initials",
        "commas",
    ],
)
def test_a_million_characters_are_read_in_little_time(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    document = read_document(Source("a", path))
    assert document.text == text
    assert_covers(document)


def test_a_text_of_very_many_lines_has_fewer_blocks() -> None:
    document = read_text("A line of text.\n" * 450_000)
    assert 1000 < len(document.blocks) < 10_000
    assert_covers(document)
