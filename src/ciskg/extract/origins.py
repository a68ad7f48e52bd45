"""Where and when an instrument belongs: its gathering, its date, its parties."""

import re
from collections.abc import Sequence

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft
from ciskg.extract.scene import Gathering, Scene
from ciskg.extract.titles import Title
from ciskg.model import Span, Value
from ciskg.recognise import CHAR, Holder, Mention, Sentence

STATE, ORG, PERSON, OFFICE, MANY, KIND = (
    CHAR[k] for k in ("state", "org", "person", "office", "many", "kind")
)
LIST = r"(?:, (?:and )?(?:the )?| and (?:the )?)"


def gathering_of(
    n: int, title: Title, sentence: Sentence, scene: Scene, status: str
) -> Gathering | None:
    """The gathering an instrument of sentence n comes from: named near it, else the main one."""
    named = [x for x in scene.at.get(n, ()) if not title.start <= x[0] < title.end]
    if named:
        return min(named, key=lambda x: min(abs(x[0] - title.end), abs(title.start - x[1])))[2]
    if status == "planned":
        for back in range(n - 1, max(-1, n - 8), -1):
            for _, _, gathering in reversed(scene.at.get(back, [])):
                if gathering.status == "planned" and gathering.kind == "council":
                    return gathering
    for back in range(n - 1, max(-1, n - 3), -1):
        for _, _, gathering in reversed(scene.at.get(back, [])):
            if gathering.kind == "council" and gathering.status == "held":
                return gathering
    return scene.main


def placed(
    values: dict[str, Value],
    gathering: Gathering | None,
    spans: list[Span],
    rule: str,
    where: tuple[Sentence, Title, Sequence[Title]] | None,
    context: Context,
) -> Draft:
    """The draft with its date: one written beside the instrument, else that of its gathering."""
    steps: tuple[str, ...] = ()
    date = None
    if where:
        date, steps = _date(*where, context, str(values["status"]))
    if date and gathering and gathering.date and not _within(date, gathering.date):
        gathering = None
    if gathering and gathering.date and (not date or len(date) <= len(gathering.date)):
        date, steps = gathering.date, ("date-from-meeting",)
    if gathering and gathering.kind == "bilateral" and "parties" not in values:
        states = tuple(of for p in gathering.parties if (of := context.state_of(p)))
        if len(states) == len(gathering.parties) and all(_is_state(s, context) for s in states):
            values["parties"] = states
    if not date and values["status"] in ("signed", "adopted", "approved"):
        year = context.review_year or (context.date or "")[:4]
        if year.isdigit():
            date, steps = year, ("year-from-document-date",)
    if date:
        values["date"] = date
    modality = "planned" if values["status"] == "planned" else "stated"
    return Draft("agreement", values, spans, rule, modality, steps, gathering=gathering)


def _within(a: str, b: str) -> bool:
    short = min(len(a), len(b))
    return a[:short] == b[:short]


def _is_state(name: str, context: Context) -> bool:
    thing = context.lexicon.by_name.get(name)
    return thing is not None and thing.kind == "state"


def _date(
    sentence: Sentence, title: Title, titles: Sequence[Title], context: Context, status: str
) -> tuple[str | None, tuple[str, ...]]:
    """The nearest date that is no part of a title and no term (`until 2030`)."""
    best: tuple[int, str] | None = None
    inside = [span for t in titles if t is not title for span in (t.pieces or ((t.start, t.end),))]
    for at, mention in sentence.encoded.mentions.items():
        if mention.kind != "date" or title.start <= at < title.end:
            continue
        if any(a <= at < b for a, b in inside):
            continue
        value = str(mention.value)
        if "/" in value and re.fullmatch(r"\d{4}/\d{4}", value):
            continue
        if cue("instruments-no-date").search(sentence.text[max(0, at - 14) : at]):
            continue
        distance = min(abs(at - title.end), abs(title.start - at))
        if distance < 120 and (best is None or distance < best[0]):
            best = (distance, value)
    if best is None:
        return None, ()
    resolved = context.resolve(best[1], sentence.text, future=status == "planned")
    if resolved is None or resolved.edtf.startswith("XXXX"):
        return None, ()
    now = (context.date or "")[:4]
    if status != "planned" and now.isdigit() and resolved.edtf[:4] > now:
        return None, ()
    return resolved.edtf, resolved.steps


def parties_of(title: Title, sentence: Sentence, context: Context) -> tuple[str, ...]:
    """The parties of an instrument: in its title, its signers, or the subject of the verb."""
    text, encoded = sentence.text, sentence.encoded
    inside = text[title.head : title.end]
    by = re.match(rf"{KIND} (?:of|by) (?:the )?(?P<m>[{MANY}{OFFICE}])", inside)
    if by:
        holder = encoded.mentions[title.head + by.start("m")].value
        of = holder.offices[-1].of if isinstance(holder, Holder) and holder.offices else ""
        return (of,) if of else ()
    between = re.search(
        rf"\b(?:between|между) (?:the )?(?P<a>[{STATE}{ORG}])"
        rf" (?:and|и) (?:the )?(?P<b>[{STATE}{ORG}])",
        inside,
    )
    if between:
        return tuple(_name(encoded.mentions[title.head + between.start(g)]) for g in "ab")
    subject = cue("instruments-subject").search(text[: title.start]) or cue(
        "instruments-subject-ru"
    ).search(text)
    if subject:
        return tuple(_name(m) for m in encoded.within(*subject.span("s"), "state", "org"))
    signers = re.compile(
        rf"[^.;{KIND}]{{0,40}}\bsigned by (?:the )?(?P<s>{STATE}(?:{LIST}{STATE})*)"
    ).match(text, title.end)
    if signers:
        return tuple(_name(m) for m in encoded.within(*signers.span("s"), "state"))
    pair = re.search(
        rf"(?P<a>{PERSON}) and (?P<b>{PERSON})[^.;{PERSON}]{{0,30}} sign(?:ed)? [^.;]*$",
        text[: title.start],
    )
    if pair:
        names = [context.holder(encoded.mentions[pair.start(g)]).name for g in "ab"]
        states = tuple(context.state_of(name) for name in names)
        if all(_is_state(s, context) for s in states) and len(set(states)) == len(states):
            return states
    return ()


def subject_words(sentence: Sentence, title: Title) -> tuple[int, int] | None:
    """Where the states stand that adopted a bare `Joint Statement`."""
    subject = cue("instruments-subject").search(sentence.text[: title.start])
    return subject.span("s") if subject else None


def _name(mention: Mention) -> str:
    return (mention.names("state") or mention.names("org"))[0]
