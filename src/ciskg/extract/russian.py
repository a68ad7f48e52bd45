"""The last touch to facts of Russian documents: nominatives, English words, names as written."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft
from ciskg.extract.scene import Scene
from ciskg.kinds import CHAR
from ciskg.knowledge import KnowledgeError, folder
from ciskg.recognise import Recognised

FILE = "ru/values.toml"
PERSONS = ("person", "chair", "by")
TITLES = {"agreement": "title", "ratification": "agreement", "award": "award"}
KIND = re.compile(r"\{([a-z]+)\}")
QUOTES = re.compile(r"[«»“”„\"]")


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of rules/ru/values.toml."""

    heads: Mapping[str, str]  # form -> nominative of nouns that head titles
    adjectives: tuple[tuple[re.Pattern[str], str, str], ...]  # ending, gender, nominative
    kinds: tuple[tuple[re.Pattern[str], str], ...]  # words -> the English word for the kind


@cache
def tables() -> Tables:
    """The Russian words that facts show otherwise than written.

    Raises KnowledgeError where the file is broken.
    """
    path = folder("rules") / FILE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return Tables(
            {str(k): str(v) for k, v in raw["heads"].items()},
            tuple((re.compile(r["form"]), r["gender"], r["nominative"]) for r in raw["adjective"]),
            tuple(
                (re.compile(KIND.sub(lambda m: CHAR[m.group(1)], r["word"])), r["english"])
                for r in raw["kind"]
            ),
        )
    except (tomllib.TOMLDecodeError, re.error, OSError, KeyError) as error:
        raise KnowledgeError(f"rules/{FILE}: {error}") from error


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
        field = TITLES.get(draft.type)
        if field and field in draft.values:
            draft.values[field] = nominative(str(draft.values[field]), context)
        person = next((str(draft.values[f]) for f in PERSONS if f in draft.values), "")
        written = read.forms.get(person, ())[:1]
        if written and "aliases" not in draft.values and draft.type not in TITLES:
            draft.values["aliases"] = written
    for gathering in scene.gatherings:
        if gathering.title:
            gathering.title = nominative(gathering.title, context)
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


def nominative(title: str, context: Context) -> str:
    """A title with head and adjectives in the nominative, without quotation marks."""
    plain = re.sub(r"\s+", " ", QUOTES.sub("", title)).replace(" : ", " ").strip(" ,")
    heads, agree = tables().heads, tables().adjectives
    parts = plain.split(" ")
    for n, part in enumerate(parts[:8]):
        head = heads.get(part.lower().replace("ё", "е"))
        if head is None:
            if not any(p.search(part.lower()) for p, _, _ in agree):
                break
            continue
        gender = "f" if head[-1] in "ая" else "n" if head[-1] in "оеё" else "m"
        before = [_agree(p, gender) for p in parts[:n]]
        out = " ".join((*before, head, *parts[n + 1 :]))
        return out[:1].upper() + out[1:]
    return plain[:1].upper() + plain[1:]


def _agree(word: str, gender: str) -> str:
    """An adjective in the nominative of a gender."""
    for pattern, named, ending in tables().adjectives:
        match = pattern.search(word.lower()) if named == gender else None
        if match:
            cut = word[: match.start()]
            return cut + ending
    return word
