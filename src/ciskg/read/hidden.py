"""Which elements of a page are not shown to its readers."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

_BRACE = re.compile(r"[{}]")
_PLAIN_SELECTOR = re.compile(r"[\w.#-]+(?:[ >]+[\w.#-]+)*")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST_SELECTORS = 300


def is_hidden(node: LexborNode, hidden: set[int]) -> bool:
    """Whether an element is not shown to a reader."""
    if node.mem_id in hidden:
        return True
    attributes = node.attributes
    return bool(attributes) and (
        "hidden" in attributes
        or (attributes.get("aria-hidden") or "").lower() == "true"
        or (attributes.get("role") or "").lower() in ("dialog", "alertdialog")
        or _HIDING.search(attributes.get("style") or "") is not None
    )


def hidden_by_style(tree: LexborHTMLParser) -> set[int]:
    """The elements that the page's own style rules hide.

    Rules inside @media and selectors with states (`:hover`) hide only at times: passed over.
    """
    selectors: list[str] = []
    for style in tree.css("style"):
        for selector, declarations in _rules(without(style.text(deep=True), "/*", "*/")):
            if _HIDING.search(declarations):
                selectors.extend(part.strip() for part in selector.split(","))
    hidden: set[int] = set()
    for selector in selectors[:_MOST_SELECTORS]:
        if _PLAIN_SELECTOR.fullmatch(selector):
            hidden.update(node.mem_id for node in tree.css(selector))
    return hidden


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield selector and declarations of the rules that stand outside every @media and its like."""
    depth = start = opened = 0
    nested = False
    for at, mark in ((m.start(), m[0]) for m in _BRACE.finditer(css)):
        if mark == "{":
            nested = depth > 0
            opened = at if depth == 0 else opened
            depth += 1
            continue
        if depth == 1:
            selector = css[start:opened].strip()
            if not nested and not selector.startswith("@"):
                yield selector, css[opened + 1 : at]
            nested = False
        depth = max(0, depth - 1)
        start = at + 1 if depth == 0 else start


def without(text: str, opening: str, closing: str) -> str:
    """The text without what stands between two marks; a mark that is never closed stays."""
    kept: list[str] = []
    at = 0
    while (start := text.find(opening, at)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        kept.append(text[at:start])
        at = end + len(closing)
    return "".join(kept) + text[at:]
