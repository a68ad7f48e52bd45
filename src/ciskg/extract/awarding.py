"""Frames of awards: a verb or noun of giving, the award near it, who gave and who received it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.rules import Found
from ciskg.extract.titles import words
from ciskg.recognise import Holder, Mention, Recognised, Sentence

BEFORE, AFTER = 130, 70  # characters from a trigger to an award after it, and before it
AWAY = 100  # what another clause adds to that
NEXT_TO = 12  # characters between a verb and the award that a headline puts after it


@dataclass(frozen=True, slots=True)
class Awarded:
    """One award to one person."""

    person: str
    award: str
    by: str  # "" where it is not said
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Named:
    """An award where it is named in a sentence; its owner is a body that its name begins with."""

    start: int
    end: int
    title: str
    owner: str


def read_awarding(
    n: int, founds: Sequence[Found], read: Recognised, context: Context, last: str
) -> Iterator[Awarded]:
    """The awards that the triggers of a sentence tell; `last` is the award named before."""
    sentence = read.sentences[n]
    given = ""
    for award in find_awards(sentence, context, last):
        trigger = _trigger(award, founds, sentence)
        if trigger is None:
            continue
        if cue("awards-unreal").search(sentence.text[: max(trigger.end, award.start)]):
            continue
        low, high = _clause(award, trigger, sentence)
        frame = Frame(n, low, high, award, trigger, read, context)
        people, giver = frame.fill()
        giver = award.owner or giver or given
        given = giver
        for person in people:
            by = giver if giver != person else ""
            start, end = min(award.start, trigger.start), max(award.end, trigger.end)
            yield Awarded(person, award.title, by, start, end, trigger.rule.id)


def find_awards(sentence: Sentence, context: Context, last: str = "") -> Iterator[Named]:
    """The awards that a sentence names; `the same medal` is the one named last."""
    text, encoded = sentence.text, sentence.encoded
    for match in cue("awards-title").finditer(text):
        start, end = match.span()
        owner = ""
        start += len("The ") if text.startswith("The ", start) else 0
        first = encoded.mentions.get(start)
        if first is not None and first.names("body"):
            owner = first.names("body")[0]
            own = re.compile(r".[’']s? ").match(text, start)
            start = own.end() if own else start
        whole = words(encoded, context.text, start, end).strip(" ,;-–—")
        whole = re.sub(r"^(?:The|the|An?|an?|His|Her) ", "", whole)
        whole = re.sub(r"[’']s\b(?= (?:order|medal)\b)", "", whole)
        whole = re.sub(r"(?<=[a-z])s(?= [“\"«])", "", whole)  # `medals “For Merit”`, one each
        bracket = cue("awards-bracket").match(whole)
        if bracket:
            whole = f"{bracket.group('head')} of {bracket.group('name')}"
        if " " in whole and not cue("awards-nothing").match(whole):
            yield Named(start, end, whole, owner)
    if last and (same := cue("awards-same").search(text)):
        yield Named(same.start(), same.end(), last, "")


def _trigger(award: Named, founds: Sequence[Found], sentence: Sentence) -> Found | None:
    """The trigger nearest to an award in its clause."""
    best: tuple[int, int, Found] | None = None
    for k, found in enumerate(founds):
        gap = award.start - found.end if found.end <= award.start else found.start - award.end
        limit = BEFORE if found.end <= award.start else AFTER
        between = sentence.text[min(found.end, award.end) : max(found.start, award.start)]
        if not 0 <= gap <= limit or re.search(r"[;:]|\. ", between):
            continue
        if cue("awards-clause").search(between):
            gap += AWAY
        if best is None or gap < best[0]:
            best = gap, k, found
    return best[2] if best else None


def _names(sentence: Sentence) -> set[str]:
    """The persons that a sentence names."""
    values = [m.value for m in sentence.encoded.mentions.values()]
    return {v.name for v in values if isinstance(v, Holder) and v.name}


def _clause(award: Named, trigger: Found, sentence: Sentence) -> tuple[int, int]:
    low, high = min(award.start, trigger.start), max(award.end, trigger.end)
    start = max((m.end() for m in cue("awards-clause").finditer(sentence.text, 0, low)), default=0)
    stop = cue("awards-clause").search(sentence.text, high)
    return start, stop.start() if stop else len(sentence.text)


@dataclass(frozen=True, slots=True)
class Frame:
    """A trigger and an award in their clause."""

    n: int
    low: int
    high: int
    award: Named
    trigger: Found
    read: Recognised
    context: Context

    def fill(self) -> tuple[list[str], str]:
        """Who received the award, and who gave it."""
        voice = self.trigger.rule.fields["voice"]
        passive = bool(self.trigger.words.get("be"))
        first = self.award.end <= self.trigger.start
        text = self._sentence.text
        if voice == "noun":
            people = self._between() or self._towards()
            decree = cue("awards-decree").search(text, self.low, self.trigger.start)
            return people, self._giver() or (self._at(decree.start("by")) if decree else "")
        if voice == "goes":
            return self._list_after(self.trigger.end), ""
        if voice == "holder":
            return self._list_after(self.trigger.end) or self._subjects(), ""
        if voice == "receive":
            if passive:
                return self._after_by(), ""
            return self._subjects(), self._giver()
        if passive and first:
            return self._towards(self.trigger.end), self._giver()
        if passive:
            return [*self._subjects(), *self._among()], self._giver()
        giver = next(iter(self._subjects()[-1:]), "")
        people = self._between()
        if not people and (meant := self._meant()):
            giver = self._first_subject() or giver
            return [self._antecedent(meant.start(), giver)], giver
        people = people or self._towards()
        if people:
            return people, giver
        if 0 <= self.award.start - self.trigger.end < NEXT_TO:  # `Lukashenko awarded Order of …`
            return self._subjects(), self._giver()
        return [], ""

    @property
    def _sentence(self) -> Sentence:
        return self.read.sentences[self.n]

    def _name(self, mention: Mention) -> str:
        if mention.kind not in ("person", "office"):
            return ""
        return self.context.holder(mention).name or self._described(mention)

    def _described(self, mention: Mention) -> str:
        """Whom `the President of Belarus` means: the one of the last sentence who may be he."""
        holder = mention.value
        of = holder.offices[0].of if isinstance(holder, Holder) and holder.offices else ""
        if not of or not self.n:
            return ""
        before = _names(self.read.sentences[self.n - 1]) - _names(self._sentence)
        fits = {name for name in before if self.context.state_of(name) in ("", of)}
        return fits.pop() if len(fits) == 1 else ""

    def _at(self, at: int) -> str:
        """The person, or the body or organization, that stands at a place."""
        mention = self._sentence.encoded.mentions.get(at)
        if mention is None:
            return ""
        return self._name(mention) or next(
            iter((*mention.names("body"), *mention.names("org"))), ""
        )

    def _people(self, a: int, b: int) -> list[tuple[int, str]]:
        return [
            (at, name)
            for at, m in sorted(self._sentence.encoded.mentions.items())
            if a <= at < b
            and not self.award.start <= at < self.award.end
            and (name := self._name(m))
            and not cue("awards-decree-of").search(self._sentence.text, 0, at)
            and not cue("awards-aside").search(self._sentence.text, max(0, at - 40), at)
            and not cue("awards-says").match(self._sentence.text, at)
        ]

    def _between(self) -> list[str]:
        """Who stands between the verb and the award."""
        found = self._people(self.trigger.end, self.award.start)
        by = cue("awards-by").search(self._sentence.text, self.trigger.end, self.award.start)
        return [name for at, name in found if not by or at < by.start()]

    def _towards(self, start: int | None = None) -> list[str]:
        """Who stands after `to`, `on` or `upon`."""
        start = max(self.award.end, self.trigger.end) if start is None else start
        to = cue("awards-to").search(self._sentence.text, start, self.high)
        if to is None:
            return []
        if meant := cue("awards-him").match(self._sentence.text, to.end()):
            return [self._antecedent(meant.start(), self._giver())]
        return self._list_after(to.end())

    def _list_after(self, start: int) -> list[str]:
        """The first person after a place and those joined to him."""
        out: list[str] = []
        end = start
        for at, name in self._people(start, self.high):
            gap = self._sentence.text[end:at]
            if out and not cue("attendance-glue").fullmatch(gap):
                break
            if not out and (at - start > AFTER or cue("awards-by").search(gap)):
                break
            out.append(name)
            end = at + 1
        return out

    def _after_by(self) -> list[str]:
        out: list[str] = []
        for by in cue("awards-by").finditer(self._sentence.text, self.trigger.end, self.high):
            name = self._at(by.start("p"))
            out += [name] if name else []
        return out

    def _giver(self) -> str:
        text = self._sentence.text
        for at in range(self.low, self.trigger.start):
            if cue("awards-decree-of").search(text, self.low, at) and (name := self._at(at)):
                return name
        for by in cue("awards-by").finditer(self._sentence.text, self.trigger.end, self.high):
            name = self._at(by.start("p"))
            if name:
                return name
        return ""

    def _subjects(self) -> list[str]:
        """The last person before the trigger who is no object, and those joined before him."""
        out: list[str] = []
        text = self._sentence.text
        stop = self.trigger.start
        for at, name in reversed(self._people(self.low, min(stop, self.trigger.start))):
            if out and not cue("attendance-glue").fullmatch(text, at + 1, stop):
                break
            if cue("awards-oblique").search(text, 0, at) and not out:
                continue
            out.insert(0, name)
            stop = at
        if out:
            return out
        pronoun = cue("awards-him").search(text, self.low, self.trigger.start)
        return [self._antecedent(pronoun.start(), "")] if pronoun else []

    def _first_subject(self) -> str:
        text = self._sentence.text
        return next(
            (
                name
                for at, name in self._people(self.low, self.trigger.start)
                if not cue("awards-oblique").search(text, 0, at)
            ),
            "",
        )

    def _among(self) -> list[str]:
        """`…, Mr Shunevich among them`."""
        match = cue("awards-among").search(self._sentence.text, self.award.end)
        return [name] if match and (name := self._at(match.start(match.lastgroup or 0))) else []

    def _meant(self) -> re.Match[str] | None:
        return cue("awards-him").search(self._sentence.text, self.trigger.end, self.award.start)

    def _antecedent(self, at: int, giver: str) -> str:
        """Whom `him` or `the guest` means: the last other person, else the first one before."""
        before = self._people(0, at)
        if before and cue("awards-who").search(self._sentence.text, before[-1][0], at):
            before = before[:-1]
        for _, name in reversed(before):
            if name != giver:
                return name
        for back in range(self.n - 1, max(-1, self.n - 5), -1):
            mentions = self.read.sentences[back].encoded.mentions
            for _, mention in sorted(mentions.items()):
                if (name := self._name(mention)) and name != giver:
                    return name
        return ""
