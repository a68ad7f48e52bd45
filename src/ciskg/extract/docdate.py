"""A document's own date, where it is not written: settled by what the document says of dates."""

import re
from collections import Counter

from ciskg.cues import cue
from ciskg.kinds import CHAR
from ciskg.knowledge import cached, folder, read_table
from ciskg.recognise import Recognised
from ciskg.recognise.dates import find_dates

D, L, S = (CHAR[k] for k in ("date", "place", "state"))
OPENING = re.compile(rf"(?:[{D}{L}{S}]|[\s,.|/()–—-])+")
LEAD = 3  # sentences in which a day that stands alone is the document's
HEAD = 60_000  # characters in which a page says when it was updated


@cached
def _anniversaries() -> tuple[tuple[re.Pattern[str], int], ...]:
    data = read_table(folder("rules") / "anniversaries.toml")
    return tuple(
        (re.compile(row["name"], re.IGNORECASE), int(row["year"])) for row in data["event"]
    )


def _year(match: re.Match[str]) -> int:
    """The year that a cue of any language has found."""
    return int(next(group for group in match.groups() if group))


def document_date(read: Recognised) -> tuple[str | None, tuple[str, ...], str | None]:
    """The document's date as EDTF, the steps by which it was found, and the year it reviews.

    A date that the document carries stands. Of `XXXX-10-12` or no date, the year is settled by
    `last year … 2023`, by anniversaries, by a review of a year; the day is never invented.
    """
    document = read.document
    published = document.published
    text = "\n".join(
        document.text[s.encoded.starts[0] : s.encoded.starts[-1]] for s in read.sentences
    )
    head = " ".join(
        s.encoded.text and document.text[s.encoded.starts[0] : s.encoded.starts[-1]]
        for s in read.sentences[:3]
    )
    reviewed = cue("docdate-review").search(head) if cue("docdate-reviewing").search(head) else None
    review = reviewed.group(1) if reviewed and cue("docdate-last-year").search(text) else None
    if published and "X" not in published:
        if review and not (int(published[:4]) - 1 <= int(review) <= int(published[:4])):
            review = None
        return published, (), review if review and review != published[:4] else None
    if published is None and (day := _opening(read)):
        return day, (), None
    votes: Counter[tuple[int, str]] = Counter()
    for match in cue("docdate-relative").finditer(text):
        votes[_year(match) + 1, "year-from-relative-words"] += 3
    for match in cue("docdate-this").finditer(text):
        votes[_year(match), "year-from-relative-words"] += 3
    for match in cue("docdate-next").finditer(text):
        votes[_year(match) - 1, "year-from-relative-words"] += 3
    if review:
        votes[int(review) + 1, "year-from-review"] += 3
    for match in cue("docdate-anniversary").finditer(text):
        for name, year in _anniversaries():
            if name.search(match.group("what")):
                votes[year + int(match.group(1)), "year-from-anniversary"] += 2
                break
    for number in re.findall(r"\b(?:19|20)\d\d\b", head):
        if number != review:
            votes[int(number), "year-from-heading"] += 2
    past, ahead = _whole_dates(read)
    if ahead:  # what is to come is seldom more than a year away
        votes[int(min(ahead)[:4]), "year-from-other-dates"] += 1
    updated = cue("docdate-updated").search(document.text, 0, HEAD)
    if updated:
        votes[int(updated.group(1)), "year-from-update"] += 3
    if past:  # nothing that has happened is later than the document
        votes = Counter({k: v for k, v in votes.items() if k[0] >= int(max(past)[:4])})
    if not votes:
        return published, (), None
    years: Counter[int] = Counter()
    for (year, _), weight in votes.items():
        years[year] += weight
    # Documents also speak of the anniversaries of the year to come: of equals the earlier.
    best = max(years, key=lambda y: (years[y], -y))
    steps = tuple(sorted({step for (year, step) in votes if year == best}))
    date = f"{best}{published[4:]}" if published else str(best)
    return date, steps, review


def _opening(read: Recognised) -> str:
    """The one day that stands, alone or with a place, as a sentence before the text; "" for none.

    A chronicle has many such sentences, and no day of its own.
    """
    days = [
        (n, str(m.value))
        for n, s in enumerate(read.sentences)
        if OPENING.fullmatch(s.text.strip())
        for m in s.encoded.mentions.values()
        if m.kind == "date"
    ]
    if len(days) == 1 and days[0][0] < LEAD and re.fullmatch(r"\d{4}-\d\d-\d\d", days[0][1]):
        return days[0][1]
    return ""


def _whole_dates(read: Recognised) -> tuple[list[str], list[str]]:
    """The months and days written with their year: of what has been, and of what is to come."""
    past: list[str] = []
    ahead: list[str] = []
    for sentence in read.sentences:
        starts = sentence.encoded.starts
        future = cue("docdate-future").search(sentence.text)
        for found in find_dates(read.document.text[starts[0] : starts[-1]]):
            if re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", found.value):
                (ahead if future else past).append(found.value)
    return past, ahead
