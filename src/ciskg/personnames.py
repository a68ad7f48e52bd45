"""Personal names: their parts, and whether a short form may stand for a full one."""

import re
from dataclasses import dataclass

from ciskg.knowledge import cached
from ciskg.normal import forms, name_form, romanise

INITIAL = re.compile(r"[A-Z][a-z]{0,2}\.|[A-Z]")
HAS_INITIALS = re.compile(r"(?:^|[\s.\-])[A-ZА-ЯЁ][a-zа-яё]{0,2}\.\s?-?[A-ZА-ЯЁ]")


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a personal name in their normal forms."""

    surname: str
    given: str  # "" where only initials or the surname are known
    parts: tuple[str, ...]  # the parts of a hyphenated given name
    middle: tuple[str, ...]
    initials: tuple[str, ...]

    @property
    def level(self) -> int:
        """How much of the name is known: 0 is all, 3 the surname alone."""
        return 0 if self.given else max(1, 3 - len(self.initials))


def has_initials(name: str) -> bool:
    """Whether the name is written with initials, as only persons' names are."""
    return HAS_INITIALS.search(name) is not None


@cached
def parse_name(written: str) -> Name:
    """The parts of a name as documents write it: in full, with initials, or the surname alone."""
    spaced = re.sub(r"\.\s*-?", ". ", romanise(written))
    words = [w.strip("-,;:\"'") for w in spaced.split()]
    words = [w for w in words if any(c.isalnum() for c in w)] or [written]
    if len(words) > 1 and INITIAL.fullmatch(words[-1]) and not INITIAL.fullmatch(words[0]):
        words = words[1:] + words[:1]  # "Putin V.V."
    patronymic = forms().patronymic
    if (
        len(words) == 3
        and patronymic.search(words[2].lower())
        and not patronymic.search(words[1].lower())
    ):
        words = [words[1], words[2], words[0]]  # "Putin Vladimir Vladimirovich"
    *before, surname = words
    initials = tuple(name_form(w) for w in before if INITIAL.fullmatch(w))
    full = [w for w in before if not INITIAL.fullmatch(w)]
    if not full:
        return Name(name_form(surname), "", (), (), initials)
    given, *middle = full
    parts = tuple(name_form(part) for part in given.split("-") if part)
    return Name(
        name_form(surname),
        name_form(given),
        parts,
        tuple(name_form(w) for w in middle) or initials,
        (),
    )


def is_short_for(short: Name, full: Name) -> bool:
    """Whether the initials of one name may be those of the other."""
    if short.given or short.surname != full.surname:
        return False
    if full.given:
        sequences = [(*full.parts, *full.middle), (full.given, *full.middle)]
    else:
        sequences = [full.initials]
    return any(
        all(b.startswith(a) or a.startswith(b) for a, b in zip(short.initials, s, strict=False))
        for s in sequences
    )
