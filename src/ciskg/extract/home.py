"""The state for which a document's publisher speaks: whose `the President` is."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from ciskg.cues import cue
from ciskg.knowledge import cached, folder, read_table
from ciskg.recognise import Holder, Lexicon, Recognised, find_labels

HOST = re.compile(r"(?:[\w-]+\.)+(?P<end>[a-z]{2})(?=[/:]|$)")
HEAD = 600  # characters at the top of a document in which its publisher is named
STATE = 3  # letters of the code of a state
SHARE = 3  # times that another state may be named for each naming of the publisher's
FOOT = 200  # and at its end


def home_state(read: Recognised, lexicon: Lexicon) -> str:
    """The state that speaks in a document; "" where nothing tells.

    What the page says of its publisher counts first, then the publisher's name and address,
    then the place of a dateline, at last the state that a ministry speaks of first.
    """
    return _office(read, lexicon) or _publisher(read) or _dateline(read, lexicon) or _first(read)


def _office(read: Recognised, lexicon: Lexicon) -> str:
    """The state of the office whose page it is: `Press service of the President of X`."""
    for line in read.document.text[:HEAD].splitlines()[:14]:
        short = len(line) < 110 and cue("home-office").search(line)
        if not short and not cue("home-speaker").search(line):
            continue
        for mention in find_labels(line, 0, len(line), lexicon):
            units = [
                unit
                for body in mention.names("body")
                if (unit := lexicon.by_name[body].unit_of)
                and (thing := lexicon.by_name.get(unit))
                and thing.kind == "state"
            ]
            found = (*mention.names("state"), *mention.names("adj"), *units)
            if found:
                return found[0]
    return ""


@cached
def _homes() -> Mapping[str, Any]:
    return read_table(folder("rules") / "homes.toml")


@cached
def _names() -> re.Pattern[str]:
    names = sorted(_homes()["publisher"], key=lambda n: (-len(n), n))
    return re.compile(rf"(?<!\w)(?P<name>{'|'.join(map(re.escape, names))})(?!\w)")


@cached
def _dateline_names() -> re.Pattern[str]:
    """A publisher where it signs a text, not where it is cited: `/TASS/`, `ASTANA. KAZINFORM -`."""
    name = _names().pattern
    return re.compile(rf"(?:(?<=[/(])|(?<=[a-z]\. )|^){name}", re.MULTILINE)


def _publisher(read: Recognised) -> str:
    document = read.document
    said = " ".join((document.publisher or "", document.url or "")).lower()
    head = f"{document.text[:HEAD]}\n{document.text[-FOOT:]}".lower()
    abroad = any(name in said for name in _homes()["abroad"]["names"])
    match = _names().search(said) or (None if abroad else _dateline_names().search(head))
    if match:
        state = str(_homes()["publisher"][match.group("name")])
        agency = match.group("name") in _homes()["agency"]["names"]
        return "" if agency and not _spoken_of(state, read) else state
    ends = [m.group("end") for m in HOST.finditer(said)]
    return next((str(_homes()["domain"][e]) for e in reversed(ends) if e in _homes()["domain"]), "")


def _dateline(read: Recognised, lexicon: Lexicon) -> str:
    said = f"{read.document.publisher} {read.document.url} {read.document.text[:HEAD]}".lower()
    if any(name in said for name in _homes()["abroad"]["names"]):
        return ""
    count: Counter[str] = Counter()
    for sentence in read.sentences[:8]:
        if cue("home-dateline").match(sentence.text):
            for mention in sentence.encoded.mentions.values():
                for place in mention.names("place"):
                    count[lexicon.countries.get(place, "")] += 1
    state = count.most_common(1)[0][0] if count else ""
    return state if _spoken_of(state, read, share=None) else ""


def _spoken_of(state: str, read: Recognised, share: int | None = SHARE) -> bool:
    """Whether a page is also about a state: an agency reports on others, and from abroad."""
    count: Counter[str] = Counter()
    for sentence in read.sentences:
        for mention in sentence.encoded.mentions.values():
            holder = mention.value
            named = (*mention.names("state"), *mention.names("adj"))[:1]
            if isinstance(holder, Holder):
                named = tuple(o.of for o in holder.offices[:1] if len(o.of) == STATE)
            count.update(named)
    if not count and share is not None:
        return True  # no other state is spoken of either
    most = max(count.values(), default=0)
    return count[state] > 1 and (share is None or count[state] * share >= most)


def _first(read: Recognised) -> str:
    """The state that a ministry which does not say of which state speaks of first."""
    if not cue("home-ministry").search(read.document.text[:HEAD]):
        return ""
    for sentence in read.sentences[:9]:
        for _, mention in sorted(sentence.encoded.mentions.items()):
            if mention.kind == "state":
                return mention.names("state")[0]
    return ""
