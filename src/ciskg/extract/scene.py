"""The scene: which gatherings a document speaks of, and which is in focus at each sentence."""

from collections.abc import Sequence

from ciskg.cues import cue
from ciskg.extract.chronicle import chronicle
from ciskg.extract.completing import complete
from ciskg.extract.context import Context
from ciskg.extract.dateline import dateline_of
from ciskg.extract.gathering import Gathering, Scene, apart, next_to, settle, worth
from ciskg.extract.naming import namings
from ciskg.extract.narrowing import Fitting
from ciskg.extract.placing import fill
from ciskg.extract.referring import (
    entry_head,
    give_entry_head,
    give_own_day,
    give_place_before,
    in_passing,
    refer,
    unit_of,
)
from ciskg.extract.tables import columns_of, row_meeting
from ciskg.extract.world import names_officials
from ciskg.recognise import Recognised

__all__ = ["Gathering", "Scene", "read_scene"]


def read_scene(read: Recognised, context: Context, fits: Sequence[Fitting]) -> Scene:
    """All gatherings of a document."""
    gatherings: list[Gathering] = []
    at: dict[int, list[tuple[int, int, Gathering]]] = {}
    dateline = dateline_of(read.sentences, context)
    body_seen = False
    main: Gathering | None = None
    columns: dict[int, str] = {}
    entries = chronicle(read.sentences, context)
    for n, sentence in enumerate(read.sentences):
        if sentence.kind == "row":
            columns = columns_of(sentence, context) or columns
            row = row_meeting(sentence, columns, context, n)
            if row:
                gatherings.append(row)
                at[n] = [(0, len(sentence.text), row)]
            continue
        if n in entries:
            gatherings.append(entries[n])
            at[n] = [(0, 0, entries[n])]
        named = list(namings(sentence, context, fits[n], read.sentences, n))
        head = entry_head(read.sentences, n)
        antecedent = next(
            (
                x[2]
                for m in range(n, max(-1, n - 4), -1)
                for x in reversed(at.get(m, []))
                if not in_passing(x[2], main, sentence.block != read.sentences[m].block)
            ),
            main,
        )
        for one in named:
            low = max((x.end for x in named if x.end <= one.start), default=0)
            high = min((x.start for x in named if x.start >= one.end), default=len(sentence.text))
            same = main.date if main else None
            for new in fill(one, sentence, low, high, context, same, bool(head)):
                new.sentence = n
                give_place_before(new, one, read.sentences, n, context)
                give_entry_head(new, head, context)
                generic = new.kind == "generic"
                counted = next_to(new, gatherings) if generic else None
                before = counted or antecedent
                if generic and not refer(new, before, main, context, read.sentences, one, n):
                    continue
                lead = not body_seen and (sentence.kind == "heading" or n < 9)
                old = before or main
                if (
                    generic
                    and not counted
                    and old
                    and not new.date
                    and not new.place
                    and (new.kind, new.body or new.parties) == (old.kind, old.body or old.parties)
                    and not cue("scene-next").search(sentence.text[one.start : one.end])
                ):
                    at.setdefault(n, []).append((one.start, one.end, old))
                    continue
                gathering = settle(
                    new,
                    gatherings,
                    main,
                    lead,
                    sentence.text[max(0, one.start - 40) : one.end + 20],
                    context.date,
                )
                if gathering is None:
                    continue
                at.setdefault(n, []).append((one.start, one.end, gathering))
                antecedent = gathering
                ours = (
                    gathering.kind == "council"
                    and unit_of(gathering, context) == context.organization
                )
                if (
                    main
                    and main is not gathering
                    and lead
                    and ours
                    and gathering.status == "held"
                    and main.kind == "council"
                    and unit_of(main, context) != context.organization
                ):
                    main.main, main = False, None
                if (
                    main is None
                    and lead
                    and gathering.status == "held"
                    and gathering.kind != "forum"
                    and not _long_past(gathering, context.date)
                ):
                    main = gathering
                    main.main = True
        if sentence.kind == "paragraph" and len(sentence.text) > 120 and named:
            body_seen = True
    if main is None and gatherings:
        first = gatherings[0]
        if first.sentence < 6 and not (
            first.date and context.date and apart(first.date, context.date)
        ):
            main = first
            main.main = True
    give_own_day(gatherings, at, read.sentences, context)
    complete(gatherings, main, dateline, context, read)
    kept = [g for g in gatherings if worth(g)] if names_officials(read) else []
    return Scene(
        kept,
        {
            n: [x for x in found if x[2] in kept]
            for n, found in at.items()
            if any(x[2] in kept for x in found)
        },
        main if main in kept else None,
        dateline,
        tuple(s.block for s in read.sentences),
        tuple(s.kind == "heading" for s in read.sentences),
    )


def _long_past(gathering: Gathering, today: str | None) -> bool:
    """Whether talks lie weeks before the day of the document, which is not about them."""
    day = gathering.date or ""
    if gathering.kind != "bilateral" or len(today or "") != 10 or len(day) < 7:
        return False
    return day[:7] < (today or "")[:7] and (len(day) < 10 or (today or "")[8:] > "07")
