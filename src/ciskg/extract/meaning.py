"""Which instrument words mean, and whether they mean one at all."""

import re
from collections.abc import Sequence

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft
from ciskg.extract.titles import Title, words
from ciskg.recognise import CHAR, Sentence

KIND, STATE, ORG, ADJECTIVE = (CHAR[k] for k in ("kind", "state", "org", "adj"))
LONG, ENOUGH = 3, 3  # letters of a word that tells something, and how many tell a decision
SHORTEST = 22  # characters of a title that tells enough where no verb does
WRAPS = re.compile(
    rf" (?:on|approving|adopting) (?:the |an? )?"
    rf"(?P<mods>(?:[\w’-]+ |[{STATE}{ORG}{ADJECTIVE}] ){{0,4}}){KIND}"
)


def no_document(title: Title, sentence: Sentence, context: Context) -> bool:
    """Whether a decision is no document: `the decision to quit`, `a decision on the chair`."""
    whole = words(sentence.encoded, context.text, title.start, title.end)
    if cue("instruments-no-decision").search(whole):
        return True
    few = sum(len(w) > LONG for w in whole.split()) < ENOUGH
    return title.kind == "decision" and title.end > title.head + 1 and not title.pieces and few


def constitutive(n: int, title: Title, sentence: Sentence, context: Context) -> str:
    """The organization whose charter `the Charter` is; "" for another instrument."""
    whole = words(sentence.encoded, context.text, title.start, title.end)
    if not cue("instruments-constitutive").fullmatch(whole):
        return ""
    if not cue("instruments-definite").search(sentence.text[: title.start]):
        return ""
    thing = context.lexicon.by_name.get(context.organization_at(n))
    return thing.label if thing else ""


def meant(title: Title, sentence: Sentence, context: Context, drafts: Sequence[Draft]) -> str:
    """The title of the instrument that `the protocol` means: the last one of that kind."""
    whole = words(sentence.encoded, context.text, title.start, title.end)
    if whole[:1].isupper() and title.start:
        return ""
    if not cue("instruments-the").search(sentence.text[: title.start]):
        return ""
    fits = [d for d in drafts if d.type == "agreement" and d.values["kind"] == title.kind]
    return str(fits[-1].values["title"]) if fits else ""


def only_named(sentence: Sentence, title: Title, context: Context) -> bool:
    """Whether a title of which nothing is told names an instrument: `under the Treaty on …`."""
    text = sentence.text
    whole = words(sentence.encoded, context.text, title.start, title.end)
    if title.plural or title.pieces or sentence.kind == "heading" or len(whole) < SHORTEST:
        return False
    if cue("instruments-unnamed").search(whole) or cue("instruments-nothing-yet").search(
        text, max(0, title.start - 50), title.start
    ):
        return False
    if not cue("instruments-definite").search(text[: title.start]) and not whole[:1].isupper():
        return False
    head = words(sentence.encoded, context.text, title.head, title.head + 1)
    if cue("instruments-term").search(text[title.head : title.end]):
        return True
    return bool(cue("instruments-lasting").fullmatch(head)) or (
        head[:1].isupper() and title.kind not in ("decision", "statement")
    )


def names_one(titles: Sequence[Title], k: int, title: Title, text: str) -> bool:
    """Whether the words are one instrument, not a lot, not one refused or only referred to."""
    before = text[: title.start]
    low = max((m.end() for m in cue("instruments-clause").finditer(before)), default=0)
    high = cue("instruments-clause").search(text, title.end)
    near = text[max(low, title.start - 70) : title.end]
    near += text[title.end : min(high.start() if high else len(text), title.end + 60)]
    if cue("instruments-negated").search(near):
        return False
    if cue("instruments-lot").search(before) and not title.quoted and len(title.pieces) < 2:
        return False
    if title.plural and len(title.pieces) < 2 and not title.quoted:
        return False
    referred = cue("instruments-present").search(before)
    return not referred or cue("instruments-signed").search(before) is not None


def owner(
    written: str, titles: Sequence[Title], k: int, sentence: Sentence, context: Context
) -> str:
    """`the concept and a plan for its implementation`: the plan for that of the concept."""
    own = cue("instruments-own").search(written)
    if not own or not k:
        return written
    whole = words(sentence.encoded, context.text, titles[k - 1].start, titles[k - 1].end)
    return f"{written[: own.start()]}the {own.group(1)} of the {whole}"


def its_organization(n: int, title: Title, sentence: Sentence, context: Context) -> str:
    """The organization whose `its Charter` is; "" where the words are no name."""
    whole = words(sentence.encoded, context.text, title.start, title.end)
    its = cue("instruments-its").search(sentence.text[: title.start])
    thing = context.lexicon.by_name.get(context.organization_at(n))
    return thing.label if thing and its and whole[:1].isupper() else ""


def is_name(written: str, title: Title, sentence: Sentence, context: Context) -> bool:
    """Whether a title that is only a kind with modifiers (`Minsk Declaration`) is a name."""
    if written.split()[0] == written.split()[-1]:
        return False
    whole = words(sentence.encoded, context.text, title.start, title.end)
    return re.match(r"(?:[A-Z\W]|[^a-z])", whole) is not None


def wrapped(titles: Sequence[Title], k: int, text: str) -> Title | None:
    """`a decision on the Programme of …`: the programme is what was approved."""
    title = titles[k]
    if title.kind not in ("decision", "resolution") or text[title.start : title.head].strip():
        return None
    for other in titles[k + 1 :]:
        gap = text[title.head + 1 : other.start]
        if re.fullmatch(
            r" (?:on|approving|adopting|to adopt|to approve) (?:the |an? )?[“\"«]?", gap
        ):
            return other
    if text[title.head + 1 :].startswith(" On "):
        return None
    rest = WRAPS.match(text, title.head + 1)
    if rest:
        head = rest.end() - 1
        if title.pieces:
            return None
        return Title(rest.start("mods"), head, title.end, title.kind, False, title.quoted)
    return None
