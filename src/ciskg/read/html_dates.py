"""The day of publication that the markup of a page tells: microdata, RDFa, <time>.

Days of side columns, of comments and of other articles on the page are none of its own.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ciskg.read.containers import is_in_furniture
from ciskg.read.hidden import is_hidden
from ciskg.read.pages import names
from ciskg.read.written import written_date

_PROSE = 120  # characters of a sentence: a <time> within it is of what the sentence tells
_AROUND = 60  # characters beside a <time> in the line that dates an article
_LINES = frozenset(["p", "td", "blockquote", "figcaption", "dd"])
_MOST = 200  # elements that are looked at


def marked_dates(tree: LexborHTMLParser) -> Iterator[str]:
    """Yield the days that attributes mark as those of publication, as they are written."""
    wanted = set(names().of("marked", "published"))
    found: list[tuple[LexborNode, str]] = []
    for node in tree.css("[itemprop], [property]")[:_MOST]:
        attributes = node.attributes
        marks = f"{attributes.get('itemprop') or ''} {attributes.get('property') or ''}".lower()
        if (node.tag == "meta" and _is_in_head(node)) or wanted.isdisjoint(marks.split()):
            continue
        written = attributes.get("content") or attributes.get("datetime") or node.text(deep=True)
        if written.strip() and not is_in_furniture(node) and not _is_of_other(node):
            found.append((node, written.strip()))
    if len({written_date(written) for _, written in found}) == 1 or (
        found and tree.css_first("h1") is not None
    ):
        yield found[0][1]


def time_dates(tree: LexborHTMLParser) -> Iterator[str]:
    """Yield the day that a <time> at the head of the article tells, as it is written.

    Of several the one that is marked as the day of publication counts, else the first after the
    title; where there is no title and they disagree, none.
    """
    h1 = tree.css_first("h1")
    plain: list[tuple[int, str]] = []
    order = {node.mem_id: n for n, node in enumerate(tree.css("h1, time"))} if h1 else {}
    for node in tree.css("time")[:_MOST]:
        written = node.attributes.get("datetime") or node.text(deep=True)
        if not written_date(written) or not _dates_the_article(node):
            continue
        kind = _kind(node)
        if kind == "published":
            yield written
            return
        if kind is None:
            after = order.get(node.mem_id, 0) - (order.get(h1.mem_id, 0) if h1 else 0)
            plain.append((abs(after) * 2 + (after < 0), written))
    if h1 is not None and plain:
        yield min(plain)[1]
    elif len({written_date(written) for _, written in plain}) == 1:
        yield plain[0][1]


def _is_in_head(node: LexborNode) -> bool:
    """Whether an element stands in the head of the page."""
    return node.parent is not None and node.parent.tag == "head"


def _is_of_other(node: LexborNode) -> bool:
    """Whether an element belongs to a comment, an event, or a link to another article."""
    above = node.parent
    while above is not None and above.tag not in ("body", "html", None):
        kind = (above.attributes.get("itemtype") or above.attributes.get("typeof") or "").lower()
        if re.search(r"comment|event|video|review|listitem", kind):
            return True
        if above.tag == "a" and _beside(node, above) > 5:  # else it is the page's own address
            return True
        if above.tag in ("li", "article") and _is_card(above):
            return True
        above = above.parent
    return False


def _beside(node: LexborNode, outer: LexborNode) -> int:
    """How many characters an outer element holds beside its days and those of a node in it."""
    days = {inner.mem_id: len(inner.text(deep=True)) for inner in [node, *outer.css("time")]}
    return len(outer.text(deep=True).strip()) - sum(days.values())


def _is_card(node: LexborNode) -> bool:
    """Whether an element is one of a row of like ones, each with a link: a list of articles."""
    if node.css_first("a[href]") is None or node.css_first("h1") is not None:
        return False
    parent = node.parent
    if parent is None:
        return False
    like = 0
    child = parent.child
    while child is not None and like < 3:
        like += child.tag == node.tag and child.css_first("a[href]") is not None
        child = child.next
    return like > 1


def _dates_the_article(node: LexborNode) -> bool:
    """Whether a <time> stands alone or in a short line, shown, outside furniture and lists."""
    if is_in_furniture(node) or _is_of_other(node):
        return False
    above = node.parent
    while above is not None and above.tag not in ("body", "html", None):
        if is_hidden(above, set()):
            return False
        most = _AROUND if above.tag == "p" else _PROSE
        if above.tag in _LINES and _beside(node, above) > most:
            return False
        above = above.parent
    return True


def _kind(node: LexborNode) -> str | None:
    """Whether the class of a <time> says of what it is: "published", "other", or nothing."""
    if "pubdate" in node.attributes:
        return "published"
    around = node.parent.attributes.get("class") if node.parent is not None else None
    for classes in (node.attributes.get("class"), around):
        words = (classes or "").lower().split()
        for kind in ("published", "other"):
            wanted = names().of("time", kind)
            if any(
                word == w or re.search(rf"(?:^|[_-]){w}(?:$|[_-])", word)
                for word in words
                for w in wanted
            ):
                return kind
    return None
