"""What a gathering is called: the body that meets, or the title of a forum."""

import re

from ciskg.cues import cue
from ciskg.extract.context import HEADS, Context
from ciskg.extract.draft import span
from ciskg.extract.rules import Found
from ciskg.recognise import Holder, Mention, Office, Sentence

QUOTES = re.compile(r"[“”\"«»]")


def body_of(match: Found, context: Context, n: int) -> str:
    by_name = context.lexicon.by_name
    for mention in match.slots.get("body", ()):
        if mention.kind == "body":
            names = mention.names("body")
            fits = [b for b in names if by_name[b].unit_of == context.organization]
            best = (fits or list(names) or [""])[0]
            meets = re.search(r"\b(?:[Mm]eeting|[Ss]ummit)\b", best)
            sits = match.rule.fields.get("council")
            if sits and not cue(f"naming-{sits}").search(best):
                return ""  # an executive organ is always somewhere
            if "dated" in match.rule.fields and not _between_states(best, context):
                return ""  # nor is an act of a state's own organ a gathering of states
            return best if meets or "itself" not in match.rule.fields else ""
        if mention.kind == "short":
            return context.short(mention, n)
    for mention in match.slots.get("summit", ()):
        return (mention.names("summit") or ("",))[0]
    for mention in match.slots.get("org", ()):
        name = (mention.names("org") or ("",))[0]
        alone = match.rule.fields.get("organization") == "yes"  # no label names who meets
        return summit_of(name, context) or (name if alone else "")
    for mention in match.slots.get("many", ()):
        holder = mention.value
        if isinstance(holder, Holder) and holder.offices:
            office = holder.offices[-1]
            if "dated" in match.rule.fields and not _of_states(office, context):
                return ""
            alone = not office.of and match.rule.fields.get("alone") == "yes"
            return body_of_members(mention, context, context.organization_at(n) if alone else "")
    return ""


def body_of_members(mention: Mention, context: Context, organization: str = "") -> str:
    """The body that several who hold an office make up; "" for none.

    `organization`: whose they are, where they do not say it themselves.
    """
    holder = mention.value
    if not isinstance(holder, Holder) or not holder.offices:
        return ""
    office = holder.offices[-1]
    thing = context.lexicon.by_name.get(office.of)
    owner = thing.unit_of if thing and thing.kind == "body" else office.of
    if organization:
        owner = organization
    elif thing is None or thing.kind == "state":
        return ""
    fits = [b.name for b in office.members if b.unit_of == owner]
    if not fits and office.role.label in HEADS and thing and thing.kind == "org":
        return summit_of(owner, context)  # "the heads of CIS countries"
    return fits[0] if fits else ""


def _of_states(office: Office, context: Context) -> bool:
    """Whether several who hold an office are those of an organization, no state's."""
    thing = context.lexicon.by_name.get(office.of)
    return thing is None or thing.kind != "state"


def _between_states(body: str, context: Context) -> bool:
    """Whether a body is a council of an organization of states."""
    thing = context.lexicon.by_name.get(body)
    above = context.lexicon.by_name.get(thing.unit_of) if thing else None
    return bool(cue("naming-council").search(body)) and (above is None or above.kind != "state")


def body_in_words(match: Found, sentence: Sentence, context: Context) -> str:
    """A body in the document's own words, where a rule reads one that no label names."""
    if "named" not in match.words:
        return ""
    found = span(sentence, *match.words["named"])
    return re.sub(r"\s+", " ", QUOTES.sub("", context.text[found.start : found.end])).strip()


def summit_of(organization: str, context: Context) -> str:
    things = context.lexicon.by_name.values()
    return next(
        (t.name for t in things if t.kind == "body" and t.summit and t.unit_of == organization), ""
    )


def title_of(match: Found, sentence: Sentence, context: Context) -> str:
    if "title" not in match.words:
        return ""
    found = span(sentence, *match.words["title"])
    return _clean_title(context.text[found.start : found.end])


def _clean_title(written: str) -> str:
    title = cue("scene-leading").sub("", re.sub(r"\s+", " ", written)).strip()
    if (
        re.search(r"\b(?:press|news|video|tele)[- ]?conference\b", title, re.I)
        or cue("scene-generic").match(title)
        or len(title) > 220
    ):
        return ""
    words = title.split()
    head = next(
        (
            k
            for k, w in enumerate(words)
            if re.match(r"(?i)forum|conference|congress|exhibition|consultative", w)
        ),
        0,
    )
    cut = max(
        (k + 1 for k, w in enumerate(words[:head]) if cue("scene-cut").fullmatch(w)), default=0
    )
    words, head = words[cut:], head - cut
    title = " ".join(words)
    if cue("scene-generic").match(title):
        return ""
    if head > 9 or (head == 0 and len(words) == 1):
        return ""
    return title
