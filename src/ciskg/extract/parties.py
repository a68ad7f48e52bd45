"""The parties of an instrument: in its title, its signers, or the subject of the verb."""

import re
from collections.abc import Iterator, Sequence

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.titles import Title
from ciskg.recognise import CHAR, Holder, Mention, Sentence

STATE, ORG, BODY, PERSON, OFFICE, MANY, KIND = (
    CHAR[k] for k in ("state", "org", "body", "person", "office", "many", "kind")
)
SIGNERS = ("state", "org", "person", "office", "many", "adj")


def parties_of(
    title: Title, sentence: Sentence, context: Context, organization: str = ""
) -> tuple[str, ...]:
    """The parties of an instrument, as names of states, organizations or persons.

    `organization` is the one spoken of: it concluded `an agreement with A` that names nobody else.
    """
    text, encoded = sentence.text, sentence.encoded
    inside = text[title.head : title.end]
    by = re.match(rf"{KIND} (?:\w+ed )?(?:of|by) (?:the )?(?P<m>[{MANY}{OFFICE}])", inside)
    if by:
        holder = encoded.mentions[title.head + by.start("m")].value
        of = holder.offices[-1].of if isinstance(holder, Holder) and holder.offices else ""
        return (of,) if of else ()
    between = cue("parties-between").search(inside)
    if between:
        a, b = between.span("s")
        return _unique(_named(m) for m in encoded.within(title.head + a, title.head + b))
    if context.language == "en":
        signed = _signed_by(title, sentence, context) or _signing(title, sentence, context)
        if signed:
            return signed
        partner = cue("parties-with-state").search(inside)
        concludes = cue("parties-organization").fullmatch(organization)
        if partner and concludes and not encoded.within(0, title.start, "state"):
            state = _named(encoded.mentions[title.head + partner.start("s")])
            return (organization, state)
    subject = cue("instruments-subject").search(text[: title.start]) or cue(
        "instruments-subject-ru"
    ).search(text)
    if subject:
        return _unique(_named(m) for m in encoded.within(*subject.span("s"), "state", "org"))
    return ()


def subject_words(sentence: Sentence, title: Title) -> tuple[int, int] | None:
    """Where the states stand that adopted a bare `Joint Statement`."""
    subject = cue("instruments-subject").search(sentence.text[: title.start])
    return subject.span("s") if subject else None


def _signed_by(title: Title, sentence: Sentence, context: Context) -> tuple[str, ...]:
    """`… signed by the presidents of A, B and C`, `… bears the signatures of A and B`."""
    match = cue("parties-signed-by").match(sentence.text, title.end)
    return _parties(match.start("s"), match.end(), sentence, context) if match else ()


def _signing(title: Title, sentence: Sentence, context: Context) -> tuple[str, ...]:
    """Who stands before the verb of signing, and with whom they signed after the title."""
    verbs = list(cue("parties-verb").finditer(sentence.text, 0, title.start))
    if not verbs:
        match = cue("parties-to-which").match(sentence.text, title.end)
        return _parties(*match.span("s"), sentence, context) if match else ()
    verb = verbs[-1]
    low = max(
        (m.end() for m in cue("parties-clause").finditer(sentence.text, 0, verb.start())), default=0
    )
    if sentence.encoded.within(low, verb.start(), "body", "summit", "meeting"):
        return ()
    found = _parties(low, verb.start(), sentence, context)
    partner = cue("parties-with").match(sentence.text, title.end)
    if partner:
        found = _unique((*found, *_parties(*partner.span("s"), sentence, context)))
    alone = len(found) == 1 and not _is_state(found[0], context)
    return () if alone else found


def _parties(a: int, b: int, sentence: Sentence, context: Context) -> tuple[str, ...]:
    """The states for which those named in a stretch sign, or they themselves."""
    mentions = sentence.encoded.within(a, b, *SIGNERS)
    people = [m for m in mentions if m.kind in ("person", "office")]
    if len(people) > 1:  # `Boris Yeltsin of Russia, … signed`
        names = [context.holder(m).name for m in people]
        of = _unique(
            context.state_of(name) or _office_of(m) for name, m in zip(names, people, strict=True)
        )
        return of if len(of) == len(set(names)) else ()
    found = _unique(name for m in mentions for name in _stands(m, context))
    return found if all(_is_party(s, context) for s in found) else ()


def _stands(mention: Mention, context: Context) -> Iterator[str]:
    if isinstance(mention.value, Holder):
        for office in mention.value.offices:
            yield office.of
        if mention.kind == "person" and not mention.value.offices:
            yield context.state_of(mention.value.name)
    elif mention.kind != "adj":
        yield _named(mention)


def _office_of(mention: Mention) -> str:
    offices = mention.value.offices if isinstance(mention.value, Holder) else ()
    return offices[-1].of if offices else ""


def _is_state(name: str, context: Context) -> bool:
    thing = context.lexicon.by_name.get(name)
    return thing is not None and thing.kind == "state"


def _is_party(name: str, context: Context) -> bool:
    thing = context.lexicon.by_name.get(name)
    return thing is not None and thing.kind in ("state", "org", "body")


def _unique(names: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _named(mention: Mention) -> str:
    return next(iter((*mention.names("state"), *mention.names("org"), *mention.names("body"))), "")
