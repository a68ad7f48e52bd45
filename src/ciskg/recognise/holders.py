"""Those who hold offices, and in whose name they act."""

from collections.abc import Sequence
from dataclasses import dataclass

from ciskg.recognise.lexicon import Lexicon, Thing
from ciskg.recognise.offices import Office

COUNCIL = "CIS Council of "  # of heads, of ministers


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with the offices named beside; `name` is "" for a holder who is not named."""

    name: str
    offices: tuple[Office, ...]
    of: str = ""  # state or organization the person stands for, where said
    plural: bool = False


def _passes(thing: Thing) -> bool:
    """Whether those who hold an office of a body do so in turn, for their states."""
    return thing.summit or (thing.kind == "body" and COUNCIL in thing.name)


def stands_for(offices: Sequence[Office], lexicon: Lexicon) -> str:
    """The state or organization in whose name the holder of these offices acts.

    An executive organ acts for its organization; of several offices the one in an organization
    of states counts before a state's.
    """
    best = ""
    for office in offices:
        of = office.of
        thing = lexicon.by_name.get(of)
        if office.former or not of:
            continue
        if thing and thing.kind == "body":
            whole = lexicon.by_name.get(thing.unit_of)
            executive = any(w in of for w in ("Executive Committee", "Secretariat"))
            while whole and whole.kind == "body":  # a chamber, of a parliament, of a state
                whole = lexicon.by_name.get(whole.unit_of)
            if whole and (whole.kind == "state" or executive):
                of = whole.name
        above = lexicon.by_name.get(of)
        # Who chairs a council of heads or ministers does so as the head or minister of a state.
        lasting = above is not None and above.kind != "state" and not _passes(above)
        passing = lexicon.by_name.get(best)
        if not best or lasting or (passing is not None and _passes(passing)):
            best = of
    return best
