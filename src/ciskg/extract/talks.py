"""Who met whom, by frames of Russian: a word of talks, those after `with`, and who acts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ciskg.cues import cue
from ciskg.extract.cases import PEOPLE, clause, preposition
from ciskg.extract.context import Context
from ciskg.extract.rules import Found
from ciskg.recognise import Mention, Sentence

BACK = 3  # sentences before one without a subject in which that is looked for
MOST = 3  # persons who talk with one another, not each with one


@dataclass(frozen=True, slots=True)
class _Person:
    at: int  # in the encoded sentence
    name: str  # or the state of one who is not named
    case: str
    preposition: str


def talk_parties(
    found: Found, sentence: Sentence, context: Context, sentences: Sequence[Sentence], n: int
) -> tuple[str, ...]:
    """The one who met and each whom that one met; empty where the words tell no meeting."""
    text = sentence.text
    low, high = clause(text, found.start, found.end)
    if cue("talks-unreal").search(text, low, min(high, found.end + 60)):
        return ()
    people = list(_people(sentence, low, high, context))
    if found.rule.fields["frame"] == "received":
        one, others = _received(found, text, people)
        names = [p.name for p in others]
        if not names and one:
            names = _pronoun(found, text, sentences, n, context)
    else:
        others = _partners(people, text)
        one = _subject(found, people, others)
        names = [p.name for p in others]
        if not others:
            return _together(text[low:high], people)
    if not names:
        return ()
    names = list(dict.fromkeys(names))
    first = one.name if one else _spoken_of(sentence, low, sentences, n, context, names)
    if not first or first in names:
        return ()
    return (first, *names)


def _people(sentence: Sentence, low: int, high: int, context: Context) -> Iterator[_Person]:
    for at, mention in sorted(sentence.encoded.mentions.items()):
        if not low <= at < high or mention.kind not in PEOPLE:
            continue
        if cue("talks-teller").search(sentence.text, max(0, at - 60), at):
            continue
        if name := _name(mention, context):
            yield _Person(at, name, mention.case, preposition(mention, sentence))


def _name(mention: Mention, context: Context) -> str:
    """The person, else the state whose office it is."""
    holder = context.holder(mention)
    if holder.name:
        return holder.name
    of = next((o.of for o in holder.offices if o.of), "")
    thing = context.lexicon.by_name.get(of)
    return of if thing and thing.kind == "state" else ""


def _partners(people: Sequence[_Person], text: str) -> list[_Person]:
    """Those after `with`, and those who follow them in a list."""
    out: list[_Person] = []
    for person in people:
        listed = out and cue("talks-glue").fullmatch(text, out[-1].at + 1, person.at)
        if person.case in ("ins", "") and (person.preposition in ("с", "со") or listed):
            out.append(person)
    return out


def _subject(found: Found, people: Sequence[_Person], others: Sequence[_Person]) -> _Person | None:
    """Who acts: in the nominative, else whose talks they are, else to whom they are ahead."""
    rest = [p for p in people if p not in others]
    for wanted, prepositions in (("nom", ("",)), ("gen", ("у",)), ("dat", ("",)), ("gen", ("",))):
        fits = [p for p in rest if p.case == wanted and p.preposition in prepositions]
        before = [p for p in fits if p.at < found.start]
        after = [p for p in fits if p.at >= found.end]
        if wanted == "gen" and prepositions == ("",):  # `the meeting of X with Y`
            after = [p for p in after if not others or p.at < others[0].at]
            return next(iter([*after, *reversed(before)]), None)
        if fits:
            return before[-1] if before else after[0]
    return None


def _together(clause_: str, people: Sequence[_Person]) -> tuple[str, ...]:
    """`X and Y met`: two or three who act, and a verb in the plural."""
    if not cue("talks-plural").search(clause_):
        return ()
    names = list(dict.fromkeys(p.name for p in people if p.case == "nom" and not p.preposition))
    return tuple(names) if 2 <= len(names) <= MOST else ()


def _received(
    found: Found, text: str, people: Sequence[_Person]
) -> tuple[_Person | None, Sequence[_Person]]:
    """Host and guests of `X received Y` and of `Y was received by X`."""
    free = [p for p in people if not p.preposition]
    if cue("talks-passive").search(text, max(0, found.start - 14), found.end + 1):
        host = next((p for p in free if p.case == "ins" and p.at >= found.end), None)
        return host, [p for p in free if p.case == "nom"] if host else []
    host = next(iter(sorted(
        (p for p in free if p.case == "nom"), key=lambda p: abs(p.at - found.start)
    )), None)  # fmt: skip
    guests: list[_Person] = []
    for person in (p for p in free if p.case == "gen" and p.at >= found.end):
        start = guests[-1].at + 1 if guests else found.end
        glue = "talks-glue" if guests else "talks-direct"
        if not cue(glue).fullmatch(text, start, person.at):
            break
        guests.append(person)
    if not guests:
        before = [p for p in free if p.case in ("gen", "") and p.at < found.start and p is not host]
        near = [p for p in before if cue("talks-direct").fullmatch(text, p.at + 1, found.start)]
        guests = near[-1:] if host else []
    return host, guests


def _pronoun(
    found: Found, text: str, sentences: Sequence[Sentence], n: int, context: Context
) -> list[str]:
    """The person meant by `him` next to the verb: the one who acts in the sentence before."""
    before = cue("talks-him-before").search(text, max(0, found.start - 40), found.start)
    if not before and not cue("talks-him").match(text, found.end):
        return []
    name = _spoken_of(sentences[n], 0, sentences, n, context, ())
    return [name] if name else []


def _spoken_of(
    sentence: Sentence,
    low: int,
    sentences: Sequence[Sentence],
    n: int,
    context: Context,
    others: Sequence[str],
) -> str:
    """Who acts in the words before: earlier in the sentence, else in the sentences before."""
    stretches = [(sentence, low)]
    stretches += [(s, len(s.text)) for s in reversed(sentences[max(0, n - BACK) : n])]
    for one, high in stretches:
        people = [p for p in _people(one, 0, high, context) if p.name not in others]
        acting = [p for p in people if p.case == "nom" and not p.preposition]
        if acting:
            return acting[0].name
    named = [p for one, high in stretches for p in _people(one, 0, high, context)]
    return next((p.name for p in named if p.name not in others), "")
