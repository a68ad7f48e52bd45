"""Reads mutated documents: none may raise, and every quote must be words of its document.

python tests/fuzz.py 100000            # documents 0 to 99,999, the same ones on every machine
python tests/fuzz.py 1 --from 4711 -v  # one of them again, and its text
"""

import argparse
import random
import sys
import tempfile
import traceback
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from ciskg.extract import load_rules, read_facts
from ciskg.extract.portions import OF_WHOLE
from ciskg.model import Document, Reading
from ciskg.read import ReadError, Source, read_document
from ciskg.recognise import load_lexicon

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 1_200  # characters of a text before it is mutated
STRANGE = [
    *"\u202e\u202d\u200f\u2066\u2069",  # right to left, and the marks that turn direction
    *"\u0301\u0306\u20dd\ufe0f\u200d\u200b\ufeff\xad\xa0\u2028\u2029\x0b\x0c\x85",
    *"\x00\x01\x08\x1b\x7f\ufffd\ufffe\uffff",
    *"𝔐😀👨🏽🇰🇿𐐀𠀀",  # beyond the first plane
    *"İıſßŁ\u212aÅǅﬁΣςйё",  # letters that change length or kind with their case
    *"\ue000\ue002\ue008\ue00a\ue00c\ue00d\ue010",  # what stands for mentions inside
    *"٣४Ⅷ½²①",  # digits of other scripts
    *"()[]{}“”«»\"'’`<>&;:|\t\n\r–—-.…!?*#/\\",
]
BROKEN = [
    "<p>", "</p>", "<b", "<!--", "-->", "<script>", "</div></div>", "&amp", "&#x110000;", "&#0;",
    "<table><tr><td>", "<a href='", "# ", "**", "```", "[x](", "| a | b |\n|---|", "<![CDATA[",
]  # fmt: skip


def seeds() -> list[str]:
    """The documents and examples that are mutated."""
    folders = (ROOT / "seeds", ROOT / "tests/dev/docs")
    paths = sorted(p for folder in folders for p in folder.iterdir() if p.suffix != ".csv")
    documents = [path.read_text(encoding="utf-8") for path in paths]
    examples = [str(e["text"]) for rule in load_rules() for e in (*rule.reads, *rule.ignores)]
    return documents + examples


def document_of(number: int, texts: Sequence[str]) -> tuple[str, str]:
    """The ending and the text of a mutated document: of one number always the same."""
    draw = random.Random(number)
    text = _cut(draw, draw.choice(texts))
    while draw.random() < 0.4:
        text += draw.choice((" ", "\n", "\n\n", "")) + _cut(draw, draw.choice(texts))
    for _ in range(draw.randint(1, 8)):
        text = draw.choice(MUTATIONS)(draw, text, texts)
    return draw.choice((".txt", ".txt", ".txt", ".md", ".html")), text[: 4 * LONGEST]


def _cut(draw: random.Random, text: str) -> str:
    length = draw.randint(1, LONGEST)
    start = draw.randint(0, max(0, len(text) - length // 2))
    return text[start : start + length]


def _spot(draw: random.Random, text: str) -> tuple[int, int]:
    start = draw.randint(0, len(text))
    return start, min(len(text), start + draw.randint(0, 60))


def _remove(draw: random.Random, text: str, texts: Sequence[str]) -> str:
    start, end = _spot(draw, text)
    return text[:start] + text[end:]


def _double(draw: random.Random, text: str, texts: Sequence[str]) -> str:
    start, end = _spot(draw, text)
    return text[:end] + text[start:end] * draw.randint(1, 6) + text[end:]


def _splice(draw: random.Random, text: str, texts: Sequence[str]) -> str:
    other = draw.choice(texts)
    start, end = _spot(draw, other)
    at = draw.randint(0, len(text))
    return text[:at] + other[start : end + 200] + text[at:]


def _swap(draw: random.Random, text: str, texts: Sequence[str]) -> str:
    words = text.split(" ")
    for _ in range(draw.randint(1, 20)):
        a, b = draw.randrange(len(words)), draw.randrange(len(words))
        words[a], words[b] = words[b], words[a]
    return " ".join(words)


def _strange(draw: random.Random, text: str, texts: Sequence[str]) -> str:
    for _ in range(draw.randint(1, 12)):
        at = draw.randint(0, len(text))
        what = draw.choice(STRANGE) if draw.random() < 0.8 else chr(draw.randint(0, 0xD7FF))
        text = text[:at] + what * draw.randint(1, 3) + text[at + draw.randint(0, 1) :]
    return text


def _markup(draw: random.Random, text: str, texts: Sequence[str]) -> str:
    at = draw.randint(0, len(text))
    return text[:at] + draw.choice(BROKEN) + text[at:]


def _case(draw: random.Random, text: str, texts: Sequence[str]) -> str:
    start, end = _spot(draw, text)
    change = draw.choice((str.upper, str.lower, str.title, str.swapcase))
    return text[:start] + change(text[start:end]) + text[end:]


def _form(draw: random.Random, text: str, texts: Sequence[str]) -> str:
    return unicodedata.normalize(draw.choice(("NFD", "NFKD", "NFC", "NFKC")), text)


def _spaces(draw: random.Random, text: str, texts: Sequence[str]) -> str:
    return text.replace(draw.choice((" ", ". ", ", ", "\n")), draw.choice(("", "\n", "\t", "  ")))


def _marks(draw: random.Random, text: str, texts: Sequence[str]) -> str:
    return text.replace(draw.choice(".,;:’“”-–"), draw.choice(("", ".", "(", ":", "“", "–")))


Mutation = Callable[[random.Random, str, Sequence[str]], str]
MUTATIONS: tuple[Mutation, ...] = (
    _remove, _double, _splice, _swap, _strange, _strange, _markup, _case, _form, _spaces, _marks,
)  # fmt: skip


def check(document: Document, reading: Reading) -> None:
    """Asserts that all that was read points at words of the document."""
    size = len(document.text)
    ids = {fact.id for fact in reading.facts}
    assert len(ids) == len(reading.facts)
    spans = [
        *(span for fact in reading.facts for span in fact.evidence),
        *(span for places in reading.names.values() for span in places),
        *(one.span for one in reading.unread if one.kind not in OF_WHOLE),
    ]
    for span in spans:
        assert 0 <= span.start < span.end <= size, span
        assert document.text[span.start : span.end].strip(), span
    for fact in reading.facts:
        assert fact.evidence, fact
        assert fact.values.get("meeting", fact.id) in ids, fact


def failures(numbers: range, *, told: int = 0) -> dict[int, str]:
    """What went wrong with which of these documents."""
    texts = seeds()
    found: dict[int, str] = {}
    facts = 0
    with tempfile.TemporaryDirectory() as folder:
        for count, number in enumerate(numbers, 1):
            ending, text = document_of(number, texts)
            path = Path(folder, f"document{ending}")
            path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
            try:
                document = read_document(Source("document", path))
                reading = read_facts(document, load_lexicon(document.language))
                check(document, reading)
                facts += len(reading.facts)
            except ReadError:
                continue  # it holds no words; the user is told so
            except Exception:  # whatever it is, it is what is looked for
                found[number] = traceback.format_exc()
                if told:
                    print(f"document {number}:\n{found[number]}", flush=True)
            if told and count % told == 0:
                print(f"{count} documents, {facts} facts, {len(found)} failures", flush=True)
    assert facts or len(numbers) < 100, "no document gave a fact: the mutations are too wild"
    return found


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("count", type=int)
    ask.add_argument("--from", dest="first", type=int, default=0, metavar="NUMBER")
    ask.add_argument("-v", action="store_true", help="show the text of each that fails")
    args = ask.parse_args()
    found = failures(range(args.first, args.first + args.count), told=5000)
    for number in found if args.v else ():
        print(f"document {number}: {document_of(number, seeds())[1]!r}")
    print(f"{args.count} documents, {len(found)} failures")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
