"""Prints how fast texts become facts on one core: documents a second, steps, time per character.

The texts are the seeds and the development corpus, joined and cut into documents of 5,000
characters, English and Russian apart; PATHS are read as well. Times are the best of several runs
of the processor's time. They differ between machines: compare the shares and the ratios.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

from ciskg.extract import read_facts
from ciskg.model import Document
from ciskg.read import find_sources, read_document, read_text
from ciskg.recognise import load_lexicon

ROOT = Path(__file__).resolve().parent.parent
SIZE = 5_000  # characters of a document
LENGTHS = (5_000, 50_000, 500_000, 5_000_000)

# The functions that are a step, by the module that calls them; what one step calls of another is
# the other's.
STEPS = {
    "dates": ("ciskg.recognise.mentions.find_dates",),
    "labels": ("ciskg.recognise.find_labels", "ciskg.recognise.compose_bodies"),
    "portfolios": ("ciskg.recognise.extend_portfolios",),
    "names": ("ciskg.recognise.name_mentions", "ciskg.recognise.russian_names"),
    "offices": (
        "ciskg.recognise.persons.find_offices", "ciskg.recognise.persons.find_offices_ru",
    ),
    "persons": ("ciskg.recognise.find_persons", "ciskg.recognise.resolve_pronouns"),
    "sentences": ("ciskg.extract.recognise",),
    "context": ("ciskg.extract.make_context",),
    "choice of rules": ("ciskg.extract.fitting",),
    "scene": ("ciskg.extract.read_scene",),
    "roles": ("ciskg.extract.read_roles", "ciskg.extract.read_holders"),
    "attendance": ("ciskg.extract.read_attendance",),
    "chairmanships": ("ciskg.extract.read_chairmanships",),
    "instruments": ("ciskg.extract.read_instruments",),
    "visits": ("ciskg.extract.read_visits",),
    "years, elections, awards": (
        "ciskg.extract.read_years", "ciskg.extract.read_elections", "ciskg.extract.read_awards",
    ),
    "speech, unread": (
        "ciskg.extract.read_speech", "ciskg.extract.read_denials", "ciskg.extract.find_unread",
    ),
}  # fmt: skip


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("paths", nargs="*", type=Path, help="further documents")
    ask.add_argument("--runs", type=int, default=7, metavar="N")
    ask.add_argument("--longest", type=int, default=LENGTHS[-1], metavar="N", help="characters")
    args = ask.parse_args()
    paths = [ROOT / "seeds", ROOT / "tests/dev/docs", *args.paths]
    texts = dict(_texts(paths))
    cut = {language: list(_cut(text)) for language, text in texts.items()}
    print(f"documents of {SIZE:,} characters, text to facts, one core, best of {args.runs} runs\n")
    for language, documents in cut.items():
        taken = sum(_best(text, args.runs) for text in documents)
        ms = taken / sum(map(len, documents)) * SIZE * 1000
        print(
            f"{language}: {1000 / ms:6.1f} a second ({ms:.1f} ms each; {len(documents)} documents)"
        )
    print()
    shares = {language: _shares(documents, args.runs) for language, documents in cut.items()}
    print(f"{'step':26}" + "".join(f"{language:>7}" for language in shares))
    for step in ("read", *STEPS, "the rest"):
        print(f"{step:26}" + "".join(f"{each[step]:7.1%}" for each in shares.values()))
    print(f"\n{'one document of':>26}" + "".join(f"{language:>14}" for language in texts))
    base: dict[str, float] = {}
    for length in (n for n in LENGTHS if n <= args.longest):
        row = ""
        for language, text in texts.items():
            whole = (text * (length // len(text) + 1))[:length]
            each = _best(whole, args.runs if length < 10**6 else 1) / length * 1e6
            row += f"{each:6.2f} µs ×{each / base.setdefault(language, each):4.2f}"
        print(f"{length:15,} characters{row}")
    return 0


def _texts(paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """The texts of each language, joined."""
    texts: dict[str, list[str]] = {"en": [], "ru": []}
    for source in find_sources(paths).documents:
        document = read_document(source)
        texts[document.language].append(document.text)
    for language, each in texts.items():
        joined = "\n\n".join(each)
        yield language, joined * (1 + SIZE // max(1, len(joined)))


def _cut(text: str) -> Iterator[str]:
    """The text in documents of whole lines."""
    start = 0
    while len(text) - start >= SIZE:
        end = text.rfind("\n", start + SIZE * 4 // 5, start + SIZE)
        end = end if end > 0 else start + SIZE
        yield text[start:end]
        start = end


def _best(text: str, runs: int) -> float:
    """The least processor time of reading the facts of a text, in seconds."""
    return min(_seconds(text) for _ in range(runs))


def _seconds(text: str) -> float:
    start = time.process_time()
    _read(text)
    return time.process_time() - start


def _read(text: str) -> None:
    document = _document(text)
    read_facts(document, load_lexicon(document.language))


def _document(text: str) -> Document:
    return read_text(text, key="benchmark", published="2021-05-05")


def _shares(documents: Sequence[str], runs: int) -> dict[str, float]:
    """The share of each step; what a step calls of another counts for the other alone."""
    spent: dict[str, float] = defaultdict(float)
    stack: list[str] = ["the rest"]
    since = 0.0

    def timed(step: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(call)
        def measured(*args: Any, **kwargs: Any) -> Any:
            nonlocal since
            now = time.perf_counter()
            spent[stack[-1]] += now - since
            stack.append(step)
            since = now
            try:
                made = call(*args, **kwargs)
                return iter(list(made)) if isinstance(made, Iterator) else made
            finally:
                now = time.perf_counter()
                spent[stack.pop()] += now - since
                since = now

        return measured

    replaced: list[tuple[Any, str, Any]] = []
    for step, names in STEPS.items():
        for name in names:
            module, _, function = name.rpartition(".")
            owner = import_module(module)
            replaced.append((owner, function, getattr(owner, function)))
            setattr(owner, function, timed(step, getattr(owner, function)))
    read = timed("read", _document)
    try:
        for _ in range(runs):
            for text in documents:
                since = time.perf_counter()
                document = read(text)
                read_facts(document, load_lexicon(document.language))
                spent["the rest"] += time.perf_counter() - since
    finally:
        for owner, function, original in replaced:
            setattr(owner, function, original)
    whole = sum(spent.values())
    return {step: spent[step] / whole for step in ("read", *STEPS, "the rest")}


if __name__ == "__main__":
    sys.exit(main())
