"""Rosters: a sentence or list that names the officials of several states is who was there.

In a report of one session, officials of three or more states are named together because they
came. What else brings them together (an award, a message, an absence) is told by the cue
`roster-other`.
"""

from collections.abc import Iterator, Sequence

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft, span
from ciskg.extract.gathering import Gathering, Scene
from ciskg.recognise import Holder, Recognised, Sentence

STATES = 3  # whose officials a roster names at least
LIST = ("item", "row")

Named = tuple[Sentence, int, str, str]  # where, position, person, state or organization


def read_rosters(read: Recognised, context: Context, scene: Scene) -> Iterator[Draft]:
    """The participants that rosters name, of the gathering in focus where they stand."""
    for n, run in _runs(read.sentences):
        gathering = scene.focus(n)
        if gathering is None or gathering.kind != "council" or gathering.adhoc:
            continue
        named = [one for sentence in run for one in _named(sentence, context)]
        if len({of for *_, of in named if len(of) == 3}) < STATES:
            continue
        if any(cue("roster-other").search(sentence.text) for sentence in run[:2]):
            continue
        for sentence, at, name, of in named:
            yield _draft(sentence, at, name, of, gathering, context)


def _runs(sentences: Sequence[Sentence]) -> Iterator[tuple[int, list[Sentence]]]:
    """Each sentence alone, but the lines of a list together."""
    n = 0
    while n < len(sentences):
        run = [sentences[n]]
        if sentences[n].kind in LIST:
            while n + len(run) < len(sentences) and sentences[n + len(run)].kind in LIST:
                run.append(sentences[n + len(run)])
        yield n, run
        n += len(run)


def _named(sentence: Sentence, context: Context) -> Iterator[Named]:
    """The persons of a sentence told with an office or state, each with whom they stand for."""
    for at, mention in sorted(sentence.encoded.mentions.items()):
        holder = mention.value
        if mention.kind != "person" or not isinstance(holder, Holder) or not holder.name:
            continue
        offices = context.offices.get(holder.name, ())
        if any(not office.former for office in offices) or (
            context.state_of(holder.name) and not offices
        ):
            yield sentence, at, holder.name, context.state_of(holder.name)


def _draft(
    sentence: Sentence, at: int, name: str, of: str, gathering: Gathering, context: Context
) -> Draft:
    return Draft(
        "participant",
        {"person": name, "of": of} if of else {"person": name},
        [span(sentence, max(0, at - 30), min(len(sentence.text), at + 50)), span(sentence)],
        f"roster-{context.language}",
        "planned" if gathering.status == "planned" else "stated",
        gathering=gathering,
    )
