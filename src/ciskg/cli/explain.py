"""ciskg explain"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ciskg.cli.messages import UNREADABLE, USAGE, failing, printable

if TYPE_CHECKING:
    from ciskg.explain import Claim, Evidence, Explanation, Passage


@click.command(
    "explain",
    short_help="Show the sentences behind a fact.",
    epilog="""\b
Examples:
    ciskg explain id:chairmanship/cis-rus-2024
    ciskg explain cis-rus-2024                    the end of an IRI will do
    ciskg explain id:person/sergei-lebedev        the facts about a person
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
        click.echo("\n".join(_lines(explanation)))


def _lines(explanation: "Explanation") -> Iterator[str]:
    yield click.style(printable(explanation.label), bold=True)
    yield f"{explanation.kind}  {explanation.iri}"
    yield from _pairs(explanation.values, "    ")
    if explanation.facts:
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
    how = [claim.modality, claim.certainty]
    pairs = [
        ("document", claim.document),
        ("title", claim.title),
        ("published", claim.published),
        ("publisher", claim.publisher),
        ("url", claim.url),
        ("said by", claim.speaker),
        ("how", ", ".join(dict.fromkeys(word for word in how if word))),
        ("rule", claim.rule),
        *(("inferred", step.text) for step in claim.inferences),
        *claim.says,
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


def _pairs(pairs: tuple[tuple[str, str], ...], indent: str) -> Iterator[str]:
    width = max((len(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        yield f"{indent}{name:<{width}}  {printable(value)}"
