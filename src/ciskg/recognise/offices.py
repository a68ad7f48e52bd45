"""Offices as they are written: `First Deputy Minister of Water Resources of Tajikistan`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ciskg.cues import cue, word_list, word_table
from ciskg.recognise.lexicon import Lexicon, Thing
from ciskg.recognise.mentions import Encoded, Mention

REACH = 60  # characters before an office in which its owner and its modifiers stand


@dataclass(frozen=True, slots=True)
class Office:
    """An office as it is written."""

    title: str  # normal: `Acting President`
    of: str  # state, organization or body; "" where not said
    start: int  # in the encoded text
    end: int
    role: Thing
    bodies: tuple[
        str, ...
    ] = ()  # what a short name may mean, where the document's focus settles it
    former: bool = False
    plural: bool = False
    members: tuple[Thing, ...] = ()  # bodies whose members are called so: `heads of government`
    written: str = ""  # the document's words, where they are not English
    near: str = ""  # of the one spoken of: "state", "org", "its", "home"; "?": of one not known


def find_offices(encoded: Encoded, text: str, lexicon: Lexicon) -> list[Office]:
    """Each office of an encoded block, in order; `text` is the document's."""
    out: list[Office] = []
    for at, mention in sorted(encoded.mentions.items()):
        if mention.kind == "role" and (not out or at >= out[-1].end):
            out.append(_office(encoded, text, at, mention, lexicon, out[-1].end if out else 0))
    return out


def _office(
    encoded: Encoded, text: str, at: int, mention: Mention, lexicon: Lexicon, floor: int
) -> Office:
    role = next(t for e in mention.entries if e.kind == "role" for t in e.things)
    code = encoded.text
    start, end = at, at + 1
    owners: list[Mention] = []
    modifiers: list[str] = []
    near = ""
    plural = bool(cue("holders-plural").search(text[mention.start : mention.end]))
    before = cue("holders-before").search(code, max(floor, at - REACH), at)
    infix = tuple(e for e in mention.entries if e.kind == "adj")
    if infix:
        owners.append(Mention("adj", mention.start, mention.end, None, infix))
    if before:
        start = before.start()
        owners += [encoded.mentions[before.start(g)] for g in "ab" if before.group(g)]
        modifiers = before.group("mods").lower().replace("-", " ").split()
        if len(owners) == 1 and owners[0].kind == "adj" and len(owners[0].entries) > 1:
            owners = []
        if not owners:
            near = _near(cue("holders-near-before").search(code, max(floor, start - 24), start))
    title = role.label
    sent = title.split()[0].lower() in word_list("sent")
    free = ""
    house = cue("holders-lower-house").match(code, end)
    if house:
        free, end = _words(encoded, text, *house.span("what")), house.end()
    mission = cue("holders-mission").match(code, at)
    if mission and role.label in word_table("ministry-heads"):
        title, end = word_table("titles")["mission"], mission.end()
        owners += [encoded.mentions[mission.start(g)] for g in "abc" if mission.group(g)][-1:]
    if title == word_table("titles")["mission"]:
        rest = cue("holders-mission-rest").match(code, end)
        end = rest.end() if rest else end
    while not free and not mission:
        match = cue("holders-after").match(code, end)
        if not match or (match.group("prep").lower() not in ("of", "for") and not sent):
            break
        found = [encoded.mentions[match.start(g)] for g in "ab" if match.group(g)]
        if cue("holders-house-name").match(text, found[-1].start):
            free = _words(encoded, text, match.start("a"), match.end("a"))
        if _goes_on(found[-1], bool(match.group("own")), code, match.end()):
            break
        where = (
            _post(found[0], lexicon)
            if sent and match.group("prep").lower() in ("to", "in")
            else None
        )
        if where and title.startswith(("Ambassador", "Envoy")):
            title = f"{title} to {where.label}"
        elif found[0].kind == "place":
            prep = match.group("prep").lower()
            posted = (
                sent and owners and prep in ("in", "to")
            )  # "Consul General of Russia in Almaty"
            if not posted and (role.role_in_state or prep != "of"):
                break
            free = free if posted else things(found[0])[0].label
        elif not (
            owners and (sent or found[0].kind == "org") and match.group("prep").lower() != "of"
        ):
            # "Minister of Defence of Russia": the owner after `of` is nearer than the one before.
            owners = (
                [*found, *(o for o in owners if o.kind in ("body", "short"))]
                if before and owners and found[0].kind in ("state", "org")
                else [*owners, *found]
            )
        end = match.end()
    role_of = cue("holders-of-role").match(code, end)
    if role_of and title.split()[0].lower() in word_list("of-state"):
        end = role_of.end()  # "Press Secretary of the Head of State"
        owners += [encoded.mentions[role_of.start("a")]] if role_of.group("a") else []
    under = cue("holders-under").match(code, end)
    if under:  # "of the Security Council under the President of X"
        owners, end = [*owners, encoded.mentions[under.start("a")]], under.end()
    if not owners and not free and not near:
        match = cue("holders-near-after").match(code, end)
        near, end = (_near(match), match.end()) if match else (near, end)
    open_ = not near and (not role.role_in_state or " of " not in role.label)
    if not free and not mission and open_ and all(o.kind == "adj" for o in owners):
        match = cue("holders-free").match(code, end)
        if not match and not role.role_in_state:
            match = cue("holders-phrase").match(code, end)
        if match:
            free, end = _words(encoded, text, *match.span("what")), match.end()
        elif not owners and not plural and not role.role_in_state:
            match = cue("holders-free-before").search(code, max(floor, start - REACH), start)
            if match and (match.group("first") or "").lower() not in word_list("name-stop"):
                free, start = _words(encoded, text, *match.span("what")), match.start("what")
    if not owners and not free and not near and cue("holders-open").match(code, end):
        near = "?"
    of, bodies = settle(owners, lexicon)
    title, of, bodies = _ministry(title, of, bodies, lexicon)
    if mission or (title != role.label and not title.startswith(role.label)):
        role = replace(role, label=title, role_in_state=not mission)
    kept = word_table("kept")
    if modifiers[-1:] == ["first"] and cue("offices-never-first").match(role.label):
        modifiers = modifiers[:-1]  # "taking the floor first President X"
    prefix = " ".join(
        kept[m] for m in modifiers if kept.get(m) and not role.label.startswith(kept[m])
    )
    return Office(
        title=f"{prefix} {title}".strip(),
        of=free or of,
        start=start,
        end=end,
        role=role,
        bodies=() if of or free else bodies,
        former=not word_list("former").isdisjoint(modifiers),
        plural=plural,
        members=tuple(t for e in mention.entries if e.kind == "members" for t in e.things),
        near="" if of or free or bodies else near,
    )


def _ministry(
    title: str, of: str, bodies: tuple[str, ...], lexicon: Lexicon
) -> tuple[str, str, tuple[str, ...]]:
    """The head of a ministry is the minister: title and state instead of the ministry."""
    name = of or (bodies[0] if bodies else "")
    match = cue("holders-ministry").fullmatch(name)
    new = word_table("ministry-heads").get(title)
    if not match or not new:
        return title, of, bodies
    return f"{new} of {match.group('what')}", unit(of, lexicon), ()


def _goes_on(mention: Mention, owned: bool, code: str, end: int) -> bool:
    """Whether what an office is of has a longer name than the mention: `Belarusian Railways`."""
    if mention.kind == "adj" or owned:  # "of the Kazakh delegation", "of Russia's Institute"
        return cue("holders-adjective-of").match(code, end) is not None
    if mention.kind in ("body", "short"):
        return cue("holders-body-of").match(code, end) is not None
    return cue("holders-name-on").match(code, end) is not None


def _near(match: re.Match[str] | None) -> str:
    return (match.lastgroup or "") if match else ""


def _post(mention: Mention, lexicon: Lexicon) -> Thing | None:
    """The state or organization to which an ambassador in a place is sent."""
    thing = next(iter(things(mention)), None)
    if thing and thing.kind == "place":
        return lexicon.by_name.get(thing.unit_of) if thing.capital else None
    return thing


def things(mention: Mention) -> list[Thing]:
    """What a mention may stand for, as its kind has it."""
    return [t for e in mention.entries if e.kind == mention.kind for t in e.things]


def settle(owners: Sequence[Mention], lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """What an office is of: the body named, helped by the organization or state named with it."""
    around = [o for o in owners if o.kind in ("state", "adj", "org", "summit")]
    inner = [o for o in owners if o.kind in ("body", "short")]
    whole = things(around[-1])[0] if around else None
    full = [o for o in inner if o.kind == "body"]
    if full and len(inner) == 1:
        return _of_unit(things(full[0]), whole, lexicon), ()
    owner = whole.name if whole and whole.kind in ("state", "org") else ""
    if full:
        owner = things(full[0])[0].unit_of
    for mention in inner:
        if mention.kind == "short":
            known = things(mention)
            named = next((t.name for t in known if owner and t.unit_of == owner), "")
            if named:
                return named, ()
            if not owner:
                return ("", tuple(t.name for t in known))
            return _called(known[0], whole, lexicon), ()
    return (whole.name if whole else ""), ()


def _of_unit(known: Sequence[Thing], whole: Thing | None, lexicon: Lexicon) -> str:
    named = next((t.name for t in known if whole and t.unit_of == whole.name), "")
    if named or whole is None or whole.kind != "state":
        return named or known[0].name
    return _called(known[0], whole, lexicon)


def _called(thing: Thing, whole: Thing | None, lexicon: Lexicon) -> str:
    """A body of a state whose name the reference has for other states only."""
    owner = lexicon.by_name.get(thing.unit_of)
    short = thing.label.removesuffix(f" of {owner.label}") if owner else thing.label
    return f"{short} of {whole.label}" if whole and whole.kind == "state" else thing.label


def _words(encoded: Encoded, text: str, a: int, b: int) -> str:
    start, end = encoded.source(a, b)
    words = re.sub(r"[“”\"«»]", "", re.sub(r"\s+", " ", text[start:end])).strip()
    return words[:1].upper() + words[1:]


def chains(encoded: Encoded, offices: Sequence[Office]) -> Iterator[list[Office]]:
    """Offices stacked on one holder: joined by a dash, a comma or `and`, nothing between."""
    chain: list[Office] = []
    for office in offices:
        if chain and not cue("holders-link").fullmatch(encoded.text, chain[-1].end, office.start):
            yield chain
            chain = []
        chain.append(office)
    if chain:
        yield chain


def share(chain: Sequence[Office], lexicon: Lexicon) -> tuple[Office, ...]:
    """An office without `of` takes that of the next one in its chain, else of the one before."""
    offices = list(chain)
    for n in reversed(range(len(offices))):
        if offices[n].of or offices[n].near:
            continue
        own = offices[n].role.label.split()[0].lower() in word_list("of-own-state")
        near = [o.of for o in (*offices[n + 1 :], *reversed(offices[:n])) if o.of]
        if offices[n].bodies:
            wholes = {w for of in near for w in (of, unit(of, lexicon))}
            fits = [b for b in offices[n].bodies if unit(b, lexicon) in wholes]
            if fits:
                offices[n] = replace(offices[n], of=fits[0], bodies=())
        elif near and not own:
            whole = unit(near[0], lexicon)
            of = whole if offices[n].role.role_in_state and whole else near[0]
            offices[n] = replace(offices[n], of=of)
    return tuple(offices)


def unit(name: str, lexicon: Lexicon) -> str:
    """The state or organization that a body is of; "" for what is no body."""
    thing = lexicon.by_name.get(name)
    return thing.unit_of if thing and thing.kind == "body" else ""
