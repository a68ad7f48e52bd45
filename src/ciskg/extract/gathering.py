"""A gathering of a document: what is known of it, and when two namings mean one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ciskg.cues import cue
from ciskg.model import Span

ORDINAL = re.compile(r"\b(?:[IVXL]+|\d+)(?:st|nd|rd|th)?\b")


@dataclass(slots=True)
class Gathering:
    """A meeting of the document, filled as the document is read."""

    kind: str
    body: str = ""
    title: str = ""
    parties: list[str] = field(default_factory=list)
    date: str | None = None
    place: str = ""
    country: str = ""
    mode: str = ""
    status: str = "held"
    rule: str = ""
    spans: list[Span] = field(default_factory=list)
    steps: tuple[str, ...] = ()
    main: bool = False
    present: list[str] = field(default_factory=list)  # named with a council of no standing body
    adhoc: bool = False  # a council of no standing body
    beside: bool = False  # talks on the sidelines of another gathering
    sentence: int = 0
    number: int = 0  # of `the 59th session`; 0 where it is not counted


@dataclass(slots=True)
class Scene:
    """The gatherings of a document, where they are named, and the one in focus."""

    gatherings: list[Gathering]
    at: Mapping[int, Sequence[tuple[int, int, Gathering]]]  # sentence -> where which is named
    main: Gathering | None
    dateline: str  # place of the dateline
    blocks: tuple[int, ...] = ()  # of each sentence
    headings: tuple[bool, ...] = ()  # whether each sentence is a heading

    def focus(self, n: int, *, here: bool = True) -> Gathering | None:
        """The gathering of sentence n: named in it, the last of its paragraph, or the main one.

        Without `here`, what the sentence itself names counts for nothing.
        """
        named = self.at.get(n)
        if named and here:
            return named[0][2]
        for back in range(n - 1, max(-1, n - 5), -1):
            if self.blocks[back] != self.blocks[n]:
                break
            held = [
                x[2]
                for x in self.at.get(back, ())
                if x[2].status == "held" and x[2].kind == "council"
            ]
            if held:
                return held[-1]
        for back in range(n - 1, -1, -1):  # the heading of the section
            if self.headings[back]:
                above = [x[2] for x in self.at.get(back, ()) if x[2].kind == "council"]
                above = [g for g in above if g.status == "held"] or above
                if above:
                    return above[-1]
        return self.main


def worth(g: Gathering) -> bool:
    if g.kind == "bilateral" and len(g.parties) < 2:
        return False
    if g.status == "planned" and not g.main:
        return bool(g.date or g.place or g.country) and (
            g.date is None or len(g.date) > 4 or bool(g.place)
        )
    return True


def settle(
    new: Gathering,
    known: list[Gathering],
    main: Gathering | None,
    lead: bool,
    words: str,
    today: str | None,
) -> Gathering | None:
    """The gathering of the document that a naming means; a new one where none fits."""
    before = [main] if any(old is main for old in known) and main else []
    for old in (*before, *(old for old in reversed(known) if old is not main)):
        if _same(new, old, words, today):
            _merge(old, new)
            return old
    known.append(new)
    return new


def _same(new: Gathering, old: Gathering, words: str, today: str | None) -> bool:
    if new.kind != old.kind:
        return False
    if new.kind == "council" and new.adhoc != old.adhoc and new.date and old.date:
        return new.date == old.date and _places_agree(new, old)  # who met, and as what
    if new.adhoc and not new.date and old.main and old.status == new.status:
        return _places_agree(new, old)  # those who sit in the council, told by their names
    if new.kind == "council" and new.body != old.body:
        return old.main and _slip(new, old, today)
    if new.number and old.number and new.number != old.number:
        return False
    if new.kind == "forum" and not _alike(new.title, old.title):
        return False
    if new.kind == "bilateral":
        both = set(new.parties) & set(old.parties)
        if len(both) < min(len(new.parties), len(old.parties)):
            return False
        if old.main and not old.date and new.date and today and apart(new.date, today):
            return False  # the news of the day, and what is told of another year
    if new.date and old.date:
        other = new.status != old.status and bool(cue("scene-next").search(words))
        return not other and agree(new.date, old.date) and _places_agree(new, old)
    if not _places_agree(new, old):
        return False
    if cue("scene-next").search(words) and old.status == "held" and not new.date:
        return old.main and new.status == "held" and bool(new.place) and new.place == old.place
    if not new.date and not new.place and not new.country and not cue("scene-other").search(words):
        return True
    if new.status != old.status:
        return new.kind == "bilateral" or (
            new.status == "planned"
            and not new.date
            and not cue("scene-next").search(words)
            and old.main
        )
    if new.date and not old.date:
        return not cue("scene-other").search(words) or (
            old.main and new.status == "held" and not cue("scene-before").search(words)
        )
    return not (
        cue("scene-other").search(words)
        and new.kind == "council"
        and not new.date
        and "informal" not in words.lower()
    )


def apart(a: str, b: str) -> bool:
    """Whether two dates are of years that are not next to one another."""
    return a[:4].isdigit() and b[:4].isdigit() and abs(int(a[:4]) - int(b[:4])) > 1


def _slip(new: Gathering, old: Gathering, today: str | None) -> bool:
    """Whether the name of another organization slipped in: the same council on the same day."""
    same = new.body.partition(" ")[2] == old.body.partition(" ")[2] and new.body.partition(" ")[
        2
    ].startswith("Council")
    return same and bool(new.date) and new.date == (old.date or today)


def _places_agree(new: Gathering, old: Gathering) -> bool:
    return not (new.place and old.place and new.place != old.place and new.country != old.country)


def agree(a: str, b: str) -> bool:
    """Whether two dates may be those of one gathering: a day in a span, a month and its days."""
    if "X" in a + b:
        a, b = a.split("/")[0], b.split("/")[0]
        short = min(len(a), len(b))
        return a[:short] == b[:short]
    (a0, a1), (b0, b1) = _bounds(a), _bounds(b)
    return a0 <= b1 and b0 <= a1


def _bounds(edtf: str) -> tuple[str, str]:
    """The first and the last day of a date or a span, as strings that compare like days."""
    first, _, last = edtf.partition("/")
    return f"{first}-00-00"[:10], f"{last or first}-99-99"[:10]


def _alike(a: str, b: str) -> bool:
    if ORDINAL.findall(a) != ORDINAL.findall(b) and ORDINAL.search(a) and ORDINAL.search(b):
        return False
    x, y = (
        {w.lower() for w in re.findall(r"\w+", t)} - {"the", "of", "on", "for", "and"}
        for t in (a, b)
    )
    return bool(x and y) and (
        x <= y
        or y <= x
        or (
            len(x & y) * 2 >= 1.6 * min(len(x), len(y))
            and len(x & y) * 2 / (len(x) + len(y)) > 0.75
        )
    )


def _merge(old: Gathering, new: Gathering) -> None:
    dated = bool(new.date) and not old.date  # the words that tell the day show a gathering best
    if new.date and (not old.date or len(new.date) > len(old.date)):
        old.date, old.steps = new.date, new.steps
    old.place = old.place or new.place
    old.country = old.country or new.country
    old.mode = old.mode or new.mode
    old.number = old.number or new.number
    old.present += [person for person in new.present if person not in old.present]
    if old.adhoc and not new.adhoc:
        old.body, old.adhoc = new.body, False
    if new.status == "held" and old.status == "planned" and (old.date in (None, new.date)):
        old.status = "held"
    for party in new.parties:
        if party not in old.parties and len(old.parties) < 2:
            old.parties.append(party)
    if new.kind == "forum" and len(new.title) > len(old.title) and len(new.title) < 160:
        old.title = new.title
    old.spans[:] = [*new.spans, *old.spans] if dated else [*old.spans, *new.spans]


def next_to(new: Gathering, known: Sequence[Gathering]) -> Gathering | None:
    """The session that a counted one comes next to: of `the 59th` the 58th; None for none."""
    if not new.number:
        return None
    near = [g for g in known if g.kind == "council" and g.number]
    return next((g for g in reversed(near) if abs(g.number - new.number) <= 1), None)


def host_of(
    g: Gathering, gatherings: Sequence[Gathering], main: Gathering | None
) -> Gathering | None:
    """The gathering of which talks without a day are told as a part; None where there is none."""
    told_with = g.beside or (g.kind == "bilateral" and main and g.sentence == main.sentence)
    if told_with and g.status == "held" and main and main.date:
        return main
    if g.status == "planned" and g.kind == "bilateral":
        coming = [x for x in gatherings if x.status == "planned" and x.date and x is not g]
        return next(
            (x for x in reversed(coming) if x.sentence <= g.sentence), next(iter(coming), None)
        )
    return None
