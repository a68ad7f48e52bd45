"""Dates as documents write them, and what they come to beside a document's own date."""

import re

import pytest

from ciskg.recognise import load_lexicon
from ciskg.recognise.dates import find_dates, resolve
from ciskg.recognise.mentions import encode, find_labels
from ciskg.recognise.narrative import tie_dates

WRITTEN = {
    "30 May – 1 June 2024": "2024-05-30/2024-06-01",
    "May 30-June 1, 2024": "2024-05-30/2024-06-01",
    "from 8 to 10 October 2025": "2025-10-08/2025-10-10",
    "the 5th of May, 2023": "2023-05-05",
    "Sept. 13, 2021": "2021-09-13",
    "late May 2019": "2019-05",
    "2021–2025": "2021/2025",
    "18th and 19th of this month": "2024-07-18/2024-07-19",
    "on 3 and 10 May 2018": "2018-05-03",
    "on the last day of February": "2024-02-28",
    "six years ago": "2018",
    "on June 14-15 last year": "2023-06-14/2023-06-15",
    "in mid-October": "2024-10",
    "last year": "2023",
    "yesterday": "2024-06-30",
    "on Friday": "2024-06-28",
    "next Friday": "2024-07-05",
    "next week": "2024-07",
    "last week": "2024-06",
    "12 октября этого года": "2024-10-12",
    "в декабре 2020 года": "2020-12",
    "вчера": "2024-06-30",
}
NO_DATES = ["a march on Moscow", "it may be", "1,998 documents", "2000bn roubles", "this may help"]


@pytest.mark.parametrize(("text", "edtf"), WRITTEN.items())
def test_a_written_date_is_found_and_resolved(text: str, edtf: str) -> None:
    found = [resolve(date.value, "2024-07-01") for date in find_dates(text)]
    assert [r.edtf for r in found if r] == [edtf]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_none(text: str) -> None:
    assert not list(find_dates(text))


def test_without_a_document_date_the_year_stays_open() -> None:
    (date,) = find_dates("on 12 October")
    assert resolve(date.value, None) == resolve("XXXX-10-12", None)


TIED = {
    "Talks ended on 8 December 1991. A treaty followed a fortnight later, on 21 December.": [
        "1991-12-08",
        "1991-12-21",
    ],
    "By 2000 all was done; on 21 June of that year a force was recalled.": ["2000", "2000-06-21"],
    "The vote was on 1 November 2015. He was received the following day.": [
        "2015-11-01",
        "2015-11-02",
    ],
    "They met on October 31. The next day they left.": ["XXXX-10-31", "XXXX-11-01"],
    "The plan was approved in 2019 (decision of 13 December).": ["2019", "2019-12-13"],
    "Two were held last year: on 28 May and on 12 November.": [
        "year-1",
        "year-1-05-28",
        "year-1-11-12",
    ],
    "In 1992 a council was set up. On 6 May it met.": ["1992", "1992-05-06"],
    "They met on 8 December 1991. On 21 December the paper wrote of it.": [
        "1991-12-08",
        "XXXX-12-21",
    ],
}


@pytest.mark.parametrize(("text", "values"), TIED.items())
def test_a_day_is_tied_to_the_date_told_before_it(text: str, values: list[str]) -> None:
    sentences = [
        (0, encode(text, a, b, find_labels(text, a, b, load_lexicon("en"))))
        for a, b in ((m.start(), m.end()) for m in re.finditer(r"[^.]+\.", text))
    ]
    tied = [m.value for e in tie_dates(sentences) for m in e.mentions.values() if m.kind == "date"]
    assert tied == values
