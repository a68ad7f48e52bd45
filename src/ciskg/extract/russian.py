"""The last touch to facts of Russian documents: nominatives, English words, names as written."""

from collections.abc import Sequence

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft
from ciskg.extract.russian_words import nominative, tables, theme
from ciskg.extract.scene import Scene
from ciskg.recognise import Recognised

PERSONS = ("person", "chair", "by")
TITLES = {"agreement": "title", "ratification": "agreement", "award": "award"}


def finish(
    drafts: Sequence[Draft], scene: Scene, read: Recognised, context: Context
) -> list[Draft]:
    """Titles in the nominative, and beside each person the name as the document writes it.

    A document that names no state, office of a state or organization of states is of another world
    and has no facts; one that only names states has no facts of persons and parties unknown.
    """
    level = _concern(read, context)
    if level == 0:
        scene.gatherings.clear()
        return []
    dates: dict[tuple[object, object], str] = {}
    for draft in drafts:
        if draft.type == "visit":
            _plan(draft, context)
        if draft.type == "election":
            key = draft.values.get("state"), draft.values.get("kind")
            dates[key] = max(dates.get(key, ""), str(draft.values.get("date", "")), key=len)
    for draft in drafts:
        if draft.type == "election":  # a heading names no day: the text does
            key = draft.values.get("state"), draft.values.get("kind")
            if dates[key].startswith(str(draft.values.get("date", ""))) and dates[key]:
                draft.values["date"] = dates[key]
        if draft.type in ("visit", "election") and "kind" in draft.values:
            kind = str(draft.values.pop("kind"))
            english = next((e for p, e in tables().kinds if p.search(kind)), "")
            if english:
                draft.values["kind"] = english
        if draft.type == "thematic_year":
            draft.values["theme"] = theme(str(draft.values["theme"]))
        field = TITLES.get(draft.type)
        if field and field in draft.values:
            draft.values[field] = nominative(str(draft.values[field]))
        person = next((str(draft.values[f]) for f in PERSONS if f in draft.values), "")
        written = read.forms.get(person, ())[:1]
        if written and "aliases" not in draft.values and draft.type not in TITLES:
            draft.values["aliases"] = written
    for gathering in scene.gatherings:
        if gathering.title:
            gathering.title = nominative(gathering.title)
    if level == 2:
        return list(drafts)
    scene.gatherings[:] = [g for g in scene.gatherings if g.kind != "bilateral"]
    return [d for d in drafts if d.type != "agreement" or "parties" in d.values]


def _concern(read: Recognised, context: Context) -> int:
    """How much a document speaks of states: 2 of their offices or organizations, 1 of states."""
    mentions = [m for s in read.sentences for m in s.encoded.mentions.values()]
    if context.organization or any(m.kind in ("body", "summit") for m in mentions):
        return 2
    offices = (o for m in mentions for o in getattr(m.value, "offices", ()))
    if any(o.role.role_in_state or o.of in context.lexicon.by_name for o in offices):
        return 2
    return 1 if any(m.names("state") for m in mentions) else 0


def _plan(draft: Draft, context: Context) -> None:
    """A visit to come has no date where only the document's own date is known."""
    said = context.text[draft.spans[0].start : draft.spans[0].end]
    if not cue("context-future").search(said):
        return
    draft.modality = "planned"
    if "date-from-document-date" in draft.steps:
        draft.values.pop("date", None)
        draft.steps = tuple(s for s in draft.steps if s != "date-from-document-date")
