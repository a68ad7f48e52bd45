"""Who took part in a gathering, who stayed away, and who presided."""

import re
from collections.abc import Iterator, Sequence

from ciskg.cues import cue
from ciskg.extract.cases import PEOPLE, position
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft, span
from ciskg.extract.gathering import agree
from ciskg.extract.narrowing import Fitting
from ciskg.extract.rules import Found, Rule, closest, find
from ciskg.extract.scene import Gathering, Scene
from ciskg.extract.scopes import acts, in_scope
from ciskg.recognise import Mention, Recognised, Sentence

CHAIRS = ("Chair of the Council", "Chairman of the Council")
SECRETARIES = ("Executive Secretary", "Secretary General")


def read_attendance(
    read: Recognised, context: Context, scene: Scene, fits: Sequence[Fitting]
) -> Iterator[Draft]:
    """Participants, absences and chairs of meetings."""
    away: dict[int, set[str]] = {}
    sentences = read.sentences
    for n, sentence in enumerate(sentences):
        for rule in fits[n].get("absence", ()):
            for found in find(rule, sentence.encoded):
                gathering = scene.focus(n)
                if gathering is None:
                    continue
                for name in _names(found.slots.get("who", ()), context):
                    away.setdefault(id(gathering), set()).add(name)
                    yield _draft(
                        "absence", name, gathering, context, rule, sentence, found.start, found.end
                    )
    for gathering in scene.gatherings:
        for party in (*gathering.parties, *gathering.present):
            if party not in context.lexicon.by_name:  # else a state: nobody is named
                yield Draft(
                    "participant",
                    _of({"person": party}, party, context),
                    list(gathering.spans[:2]),
                    gathering.rule,
                    "planned" if gathering.status == "planned" else "stated",
                    gathering=gathering,
                )
    yield from _beside(scene, context)
    for n, sentence in enumerate(sentences):
        yield from _chairs(n, sentence, context, scene, fits[n])
        for rule in fits[n].get("participant", ()):
            if sentence.kind == "heading" and rule.fields.get("heading") == "no":
                continue
            for found in find(rule, sentence.encoded):
                gathering = _which(n, found, sentence, scene)
                if gathering is None or gathering.kind == "bilateral":
                    continue
                if rule.fields.get("seat") == "yes" and not _sits(
                    found, sentence, gathering, context
                ):
                    continue
                report = rule.fields.get("report") == "yes"
                if report and not _reported(n, sentence, gathering, scene):
                    continue
                if rule.fields.get("named") == "yes" and not scene.at.get(n):
                    continue
                for where, mention in in_scope(rule, found, n, sentences, context):
                    name = context.holder(mention).name
                    subject = rule.fields.get("scope") == "subject" and "seat" in rule.fields
                    if subject and not acts(mention, where, context):
                        continue
                    if (
                        report
                        and rule.fields.get("official") != "no"
                        and not _official(name, mention, context)
                    ):
                        continue
                    if name and name not in away.get(id(gathering), ()):
                        a = max(0, position(mention, where) - 30)
                        draft = _draft(
                            "participant", name, gathering, context, rule, where, a, None
                        )
                        for state in found.slots.get("of", ())[:1]:
                            draft.values.setdefault("of", state.names("state")[0])
                        yield draft


def _beside(scene: Scene, context: Context) -> Iterator[Draft]:
    """Those who met on the sidelines of a session and sit in its council: they were there."""
    main = scene.main
    if main is None or main.kind != "council" or main.status != "held":
        return
    for talks in scene.gatherings:
        if talks.beside and talks.status == "held" and agree(talks.date or "", main.date or ""):
            for party in talks.parties:
                if _seated(party, main, context):
                    yield Draft(
                        "participant",
                        _of({"person": party}, party, context),
                        list(talks.spans[:2]),
                        talks.rule,
                        "stated",
                        gathering=main,
                    )


def _which(n: int, found: Found, sentence: Sentence, scene: Scene) -> Gathering | None:
    """The gathering that is meant: the one named nearest to the trigger, else that in focus."""
    if (
        found.rule.type == "participant"
        and found.rule.fields.get("scope") == "slots"
        and scene.main
        and scene.main.status == "held"
        and scene.at.get(n)
        and all(x[2].status == "planned" for x in scene.at[n])
    ):
        return scene.main
    named = [x for x in scene.at.get(n, ()) if x[2].kind != "bilateral"] or list(
        scene.at.get(n, ())
    )
    if found.rule.fields.get("report") == "yes":  # `reported what had been done since the session`
        named = [x for x in named if not _aside(x[0], sentence)]
        if not named:
            return scene.focus(n, here=False)
    if named:
        return min(reversed(named), key=lambda x: _far(x[0], x[1], found, sentence))[2]
    return scene.focus(n)


def _sits(found: Found, sentence: Sentence, gathering: Gathering, context: Context) -> bool:
    """Whether one who only speaks in a report of a session sits in that body by office."""
    if not gathering.main or gathering.status != "held" or gathering.kind != "council":
        return False
    if cue("attendance-elsewhere").search(sentence.text):
        return False
    if _elsewhere(sentence, gathering, context):
        return False
    names = list(_names(found.slots.get("who", ()), context))
    if any(len(context.state_of(name)) == 3 and not context.offices.get(name) for name in names):
        return True  # "Azerbaijan's Ilham Aliyev": who is told with a state speaks for it
    return any(_seated(name, gathering, context) for name in names)


def _seated(name: str, gathering: Gathering, context: Context) -> bool:
    """Whether a person sits by office in the body that meets."""
    thing = context.lexicon.by_name.get(gathering.body)
    unit = thing.unit_of if thing else ""
    return any(
        not office.former
        and (
            gathering.body in context.lexicon.seats.get(office.role.label, ())
            or (office.of == unit and office.role.label in SECRETARIES)
        )
        for office in context.offices.get(name, ())
    )


def _elsewhere(sentence: Sentence, gathering: Gathering, context: Context) -> bool:
    """Whether a sentence tells a place or date at which the gathering was not."""
    away = cue("attendance-in-place").match(sentence.text)
    if away and gathering.place:
        where = sentence.encoded.mentions[away.start("place")]
        if gathering.place not in where.names("place"):
            return True
    for mention in sentence.encoded.mentions.values():
        if mention.kind != "date" or not gathering.date:
            continue
        day = context.resolve(str(mention.value), sentence.text)
        if day and not day.edtf.startswith("XXXX") and not agree(day.edtf, gathering.date):
            return True
    return False


def _reported(n: int, sentence: Sentence, gathering: Gathering, scene: Scene) -> bool:
    """Whether a sentence tells of the session that its document reports."""
    return (
        (gathering.main or gathering in (scene.focus(n), scene.focus(n, here=False)))
        and gathering.status == "held"
        and gathering.kind == "council"
        and gathering.sentence <= n
        and sentence.kind != "heading"
        and not cue("attendance-elsewhere").search(sentence.text)
    )


def _official(name: str, mention: Mention, context: Context) -> bool:
    """Whether a person of the document has an office, and none of those who speak to the press."""
    offices = [*context.offices.get(name, ()), *context.holder(mention).offices]
    return bool(offices or context.state_of(name)) and not any(
        cue("attendance-press").search(office.title) for office in offices
    )


def _far(start: int, end: int, found: Found, sentence: Sentence) -> tuple[bool, int]:
    """How far a naming is from the trigger; `after the summit` is farther than all others."""
    aside = _aside(start, sentence)
    if start < found.end and found.start < end:
        return aside, 0
    return aside, min(abs(start - found.end), abs(found.start - end))


def _aside(start: int, sentence: Sentence) -> bool:
    """Whether a gathering is only named to tell when something else was."""
    return cue("scene-aside").search(sentence.text[max(0, start - 40) : start]) is not None


def _chairs(
    n: int, sentence: Sentence, context: Context, scene: Scene, fits: Fitting
) -> Iterator[Draft]:
    made: list[str] = []
    for found in closest(fits.get("meeting_chair", ()), sentence.encoded, made):
        gathering = _which(n, found, sentence, scene)
        mention = next(
            (m for m in found.slots.get("chair", ()) if m.kind in (*PEOPLE, "state")), None
        )
        if gathering is None or mention is None or gathering.kind == "bilateral":
            continue
        chair = (
            mention.names("state")[0] if mention.kind == "state" else context.holder(mention).name
        )
        if not chair:
            continue
        if found.rule.fields.get("sitting") == "yes" and not _presides(mention, gathering, context):
            continue
        made.append(chair)
        evidence = [span(sentence, found.start, found.end), span(sentence)]
        planned = gathering.status == "planned" or bool(
            cue("context-future").search(sentence.text[found.start : found.end])
        )
        modality = "planned" if planned else "stated"
        twins = [
            x[2]
            for x in scene.at.get(n, ())
            if x[2].body == gathering.body and x[2].status == gathering.status
        ]
        for one in twins or [gathering]:  # `sat twice under the chairmanship of X`
            yield Draft(
                "meeting_chair",
                {"chair": chair},
                list(evidence),
                found.rule.id,
                modality,
                gathering=one,
            )
            if mention.kind != "state" and not planned:
                yield _draft(
                    "participant", chair, one, context, found.rule, sentence, found.start, found.end
                )


def _presides(mention: Mention, gathering: Gathering, context: Context) -> bool:
    """Whether a person is the chairman of the body that meets, or of a part of it."""
    holder = context.holder(mention)
    return any(
        re.search(r"\b(?:[Cc]hair|President|Speaker)", office.title)
        and not office.former
        and (office.of in gathering.body or gathering.body in office.of or office.title in CHAIRS)
        for office in (*context.offices.get(holder.name, ()), *holder.offices)
        if office.of
    )


def _names(mentions: Sequence[Mention], context: Context) -> Iterator[str]:
    for mention in mentions:
        if mention.kind in PEOPLE:
            name = context.holder(mention).name
            if name:
                yield name


def _of(
    values: dict[str, str | tuple[str, ...]], name: str, context: Context
) -> dict[str, str | tuple[str, ...]]:
    of = context.state_of(name)
    if of:
        values["of"] = of
    return values


def _draft(
    kind: str,
    name: str,
    gathering: Gathering,
    context: Context,
    rule: Rule,
    sentence: Sentence,
    start: int,
    end: int | None,
) -> Draft:
    stop = end if end is not None else min(len(sentence.text), start + 80)
    return Draft(
        kind,
        _of({"person": name}, name, context),
        [span(sentence, start, stop), span(sentence)],
        rule.id,
        "planned" if gathering.status == "planned" else "stated",
        gathering=gathering,
    )
