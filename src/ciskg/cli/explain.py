"""ciskg explain"""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ciskg.cli.messages import UNREADABLE, USAGE, failing, printable
from ciskg.cli.own import with_knowledge

if TYPE_CHECKING:
    from ciskg.explain import Claim, Evidence, Explanation, Passage


# Properties whose name says less to a reader than these words.
WORDS = {"prefLabel": "name", "altLabel": "other name", "notation": "code", "temporal": "when"}
WORDS |= {"edtf": "date", "memberDuring": "when", "sha256": "SHA-256"}
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@with_knowledge
@click.command(
    "explain",
    short_help="Show the sentences behind a fact.",
    epilog="""\b
Examples:
    ciskg explain id:chairmanship/cis-rus-2024
    ciskg explain cis-rus-2024                    the end of an IRI will do
    ciskg explain chairmanship:cis-rus-2024       as graph.ttl writes it
    ciskg explain "Sergei Lebedev"                the facts about a person
    ciskg explain cis-rus-2024 --json""",
)
@click.argument("iri")
@click.option(
    "--build",
    type=click.Path(path_type=Path),
    default=Path("build"),
    show_default=True,
    help="The build to look in.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(iri: str, build: Path, as_json: bool) -> None:
    """Show why a fact stands in the graph.

    IRI is a fact or any other thing: its IRI, the end of it, its name in graph.ttl, or its label.

    A fact, each claim of it, each sentence once with the words that show the fact best marked, the
    document, the rule, and the steps of inference.
    """
    from ciskg.assemble import open_result
    from ciskg.explain import UnknownThing
    from ciskg.store import StoreError

    with failing({StoreError: UNREADABLE, UnknownThing: USAGE}):
        explanation = open_result(build).explain(iri)
    if as_json:
        click.echo(json.dumps(asdict(explanation), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(explanation, build)))


def _lines(explanation: "Explanation", build: Path) -> Iterator[str]:
    yield click.style(printable(explanation.label), bold=True)
    yield f"{explanation.kind}  {explanation.iri}"
    yield from _pairs(_readable(explanation.values), "    ")
    if explanation.document:
        claims = "1 claim" if explanation.says == 1 else f"{explanation.says or 'no'} claims"
        where = "" if build == Path("build") else f" --build {shlex.quote(str(build))}"
        key = printable(shlex.quote(explanation.document))
        yield f"\nthe document makes {claims}; read them with"
        yield f"    ciskg query what-a-document-says --document {key}{where}"
    elif explanation.facts:
        yield "\nfacts that speak of it; explain one of these:"
        for iri, label in explanation.facts:
            yield f"    {printable(label)}\n        {iri}"
    elif not explanation.claims:
        yield "\nno document says anything of it; it stands in the reference data alone"
    for number, claim in enumerate(explanation.claims, start=1):
        yield f"\nclaim {number} of {len(explanation.claims)}"
        yield from _claim(claim)


def _claim(claim: "Claim") -> Iterator[str]:
    for passage in claim.passages:
        yield f"    {_marked(passage)}"
        marked, *others = passage.evidence
        best = ", the best evidence" if marked.best and _several(claim) else ""
        yield f"        characters {marked.start}–{marked.end}{best}"
        for other in others:
            yield f"        also {other.start}–{other.end}{_quoted(passage, other)}"
    steps = [f"{step.label}: {step.text}" for step in claim.inferences]
    if len(steps) > 1:
        steps = [f"{number}. {step}" for number, step in enumerate(steps, start=1)]
    pairs = [
        ("document", claim.document),
        ("title", claim.title),
        ("published", claim.published),
        ("publisher", claim.publisher),
        ("url", claim.url),
        ("said by", claim.speaker),
        ("modality", claim.modality),
        ("certainty", claim.certainty),
        *(("inferred by", step) for step in steps),
        ("rule", claim.rule),
        *_readable(claim.says),
    ]
    yield from _pairs(tuple((name, value) for name, value in pairs if value), "    ")


def _several(claim: "Claim") -> bool:
    return sum(len(passage.evidence) for passage in claim.passages) > 1


def _quoted(passage: "Passage", evidence: "Evidence") -> str:
    """The words of further evidence, unless they are the whole sentence, which stands above."""
    whole = " ".join((passage.before + passage.quote + passage.after).split())
    words = " ".join(evidence.quote.split())
    return ", the whole sentence" if words == whole else f": {printable(words)}"


def _marked(passage: "Passage") -> str:
    """The sentence with the quoted words marked: bold on a terminal, always in brackets."""
    before, quote, after = (
        printable(" ".join(part.split()) if part.strip() else "")
        for part in (passage.before, passage.quote, passage.after)
    )
    left = " " if before and passage.before[-1].isspace() else ""
    right = " " if after and passage.after[0].isspace() else ""
    return f"{before}{left}{click.style(f'[{quote}]', bold=True)}{right}{after}"


def _readable(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The same with the names of properties in words."""
    return tuple(
        (WORDS.get(name) or HUMP.sub(" ", name).replace("_", " ").lower(), value)
        for name, value in pairs
    )


def _pairs(pairs: tuple[tuple[str, str], ...], indent: str) -> Iterator[str]:
    width = max((len(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        yield f"{indent}{name:<{width}}  {printable(value)}"
