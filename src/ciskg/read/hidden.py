"""Which elements of a page are not shown to its readers."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
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
        css = re.sub(r"/\*.*?\*/", "", style.text(deep=True), flags=re.DOTALL)
        for selector, declarations in _RULE.findall(_without_conditions(css)):
            if _HIDING.search(declarations):
                selectors.extend(part.strip() for part in selector.split(","))
    hidden: set[int] = set()
    for selector in selectors[:_MOST_SELECTORS]:
        if _PLAIN_SELECTOR.fullmatch(selector):
            hidden.update(node.mem_id for node in tree.css(selector))
    return hidden


def _without_conditions(css: str) -> str:
    """The rules that stand outside every @media and its like."""
    kept: list[str] = []
    depth = start = 0
    for at, mark in ((m.start(), m[0]) for m in re.finditer(r"[{}]", css)):
        if mark == "{":
            depth += 1
            continue
        depth = max(0, depth - 1)
        if depth == 0:
            rule = css[start : at + 1]
            if not rule.lstrip().startswith("@"):
                kept.append(rule)
            start = at + 1
    return "".join(kept)
