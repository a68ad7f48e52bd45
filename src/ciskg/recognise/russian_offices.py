"""Offices as Russian writes them: `председатель коллегии ЕЭК`, `азербайджанский вице-премьер`."""

from ciskg.cues import cue, word_table
from ciskg.recognise.lexicon import Lexicon
from ciskg.recognise.mentions import Encoded, Mention
from ciskg.recognise.offices import Office, settle


def find_offices_ru(encoded: Encoded, text: str, lexicon: Lexicon) -> list[Office]:
    """Each office of an encoded block, in order; `text` is the document's."""
    out: list[Office] = []
    for at, mention in sorted(encoded.mentions.items()):
        if cue("offices-ru-none").search(encoded.text, max(0, at - 12), at):
            continue
        if mention.kind == "role" and (not out or at >= out[-1].end):
            out.append(_office(encoded, text, at, mention, lexicon, out[-1].end if out else 0))
    return out


def _office(
    encoded: Encoded, text: str, at: int, mention: Mention, lexicon: Lexicon, floor: int
) -> Office:
    role = next(t for e in mention.entries if e.kind == "role" for t in e.things)
    start, end = at, at + 1
    owners: list[Mention] = []
    infix = tuple(e for e in mention.entries if e.kind == "adj")
    if infix:  # `глава киргизского правительства`
        owners.append(Mention("adj", mention.start, mention.end, None, infix))
    former = False
    prefix = ""
    before = cue("offices-ru-before").search(encoded.text, max(floor, at - 60), at)
    if before and before.group():
        start = before.start()
        if before.group("a"):
            owners.append(encoded.mentions[before.start("a")])
        words = before.group().lower()
        kept = word_table("kept")
        former = cue("offices-ru-former").search(words) is not None
        prefix = next(
            (
                title
                for name, title in (
                    ("offices-ru-acting", kept["acting"]),
                    ("offices-ru-first", kept["first"]),
                    ("offices-ru-deputy", kept["deputy"]),
                )
                if cue(name).search(words) and not role.label.startswith(title)
            ),
            "",
        )
    if cue("offices-ru-late").search(encoded.text, max(0, start - 20), start):
        former = True
    while True:
        after = cue("offices-ru-after").match(encoded.text, end)
        if not after:
            break
        owners += [encoded.mentions[after.start(g)] for g in "ab" if after.group(g)]
        end = after.end()
        if len(owners) > 2:
            break
    if "Minister" in role.label and role.role_in_state:
        field = cue("offices-ru-field").match(encoded.text, end)
        after = field and cue("offices-ru-after").match(encoded.text, field.end())
        if field and (after or not owners):
            end = after.end() if after else field.end()
            owners += [encoded.mentions[after.start("a")]] if after else []
    near = ""
    spoken = cue("offices-ru-spoken").match(encoded.text, end)
    if spoken and not owners:  # `министр обороны этой страны`
        near, end = str(spoken.lastgroup), spoken.end()
    free = cue("offices-ru-free").match(encoded.text, end)
    if free and not near:  # `директор ФСБ России`: of a body that the reference data do not know
        near, end, owners = "?", free.end(), []
    title = role.label
    to = cue("offices-ru-to").match(encoded.text, end)
    if to and role.label.startswith(("Ambassador", "Envoy", "Permanent", "Plenipotentiary")):
        host = encoded.mentions[to.start("a")]
        title = f"{title} to {next(t.label for e in host.entries for t in e.things)}"
        end = to.end()
    of, bodies = ("", ()) if near == "?" else settle(owners, lexicon)
    return Office(
        title=f"{prefix} {title}".strip(),
        of=of,
        start=start,
        end=end,
        role=role,
        bodies=() if of else bodies,
        former=former,
        written=" ".join(text[slice(*encoded.source(start, end))].split()),
        plural=bool(cue("holders-plural").search(text[mention.start : mention.end])),
        members=tuple(t for e in mention.entries if e.kind == "members" for t in e.things),
        near="" if of else near,
    )
