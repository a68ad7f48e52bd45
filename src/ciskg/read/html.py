"""HTML to the lines that a reader sees, one for each block of the page, with their kinds."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ciskg.read.containers import is_furniture
from ciskg.read.errors import ReadError
from ciskg.read.hidden import hidden_by_style, is_hidden

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SKIPPED = frozenset(
    """
    script style noscript template head button select option datalist textarea input iframe
    object embed svg math canvas video audio map dialog frameset noframes title
    """.split()  # noqa: SIM905
)
_INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q
    rp rt ruby s samp small span strike strong sub sup time tt u var wbr
    """.split()  # noqa: SIM905
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "caption"])
_ITEMS = frozenset(["li", "dt", "dd"])
_MARKER = re.compile(r"\[?[a-z0-9*†‡]{1,3}\]?")
_ORDINAL = re.compile(r"st|nd|rd|th|er|re|e|o|a")
_LONG_CELL = 300  # characters; a table with such a cell lays out the page

_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|table|ul|ol|dl|blockquote|font|a|b|i|u|em|strong|center)\b",
    re.IGNORECASE,
)
_DEEPEST = 10_000

Mark = tuple[str, str]  # a line and its kind


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the first bytes of a page declare."""
    found = _CHARSET.search(data, 0, 4096)
    return found[1].decode("ascii", "ignore") if found else None


def parse(markup: str, path: str) -> LexborHTMLParser:
    """The tree of a page.

    Raises ReadError where elements nest so deeply that no browser wrote them: the parser takes
    time with the square of the depth.
    """
    depth = deepest = 0
    for tag in _NESTING.finditer(markup):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        problem = f"its elements nest {deepest:,} deep; no page does"
        raise ReadError(path, problem, "save its text as .txt")
    return LexborHTMLParser(markup)


def visible_lines(tree: LexborHTMLParser) -> list[Mark]:
    """The lines of a page in document order, one for each block, with their kinds.

    Hidden parts are left out; navigation, side columns and footers stay, as furniture. Names
    of classes are hints: where they would leave hardly any text, they are not followed.
    """
    if tree.body is None:
        return []
    hidden = hidden_by_style(tree)
    for by_name in (True, False):
        writer = _Writer(by_name=by_name)
        _walk(tree.body, writer, hidden)
        writer.flush()
        own = sum(len(line) for line, kind in writer.lines if kind != "furniture")
        if own * 3 >= sum(len(line) for line, _ in writer.lines):
            break
    return writer.lines if own else [(line, "paragraph") for line, _ in writer.lines]


class _Writer:
    """The line being written, and the lines written."""

    def __init__(self, *, by_name: bool) -> None:
        self.by_name = by_name  # whether names of classes tell what is furniture
        self.lines: list[Mark] = []
        self.parts: list[str] = []
        self.kind = "paragraph"

    def flush(self) -> None:
        """Ends the line, where it holds more than space."""
        line = _SPACE.sub(" ", "".join(self.parts)).strip()
        self.parts.clear()
        if line and not line.isspace():
            self.lines.append((line, self.kind))


def _walk(root: LexborNode, writer: _Writer, hidden: set[int]) -> None:
    """Writes the lines below a node; a loop, because pages nest deeper than Python does."""
    kinds = ["paragraph"]
    node = root.child
    while node is not None:
        kind = _write(node, writer, kinds[-1], hidden)
        if kind is not None and node.child is not None:
            kinds.append(kind)
            node = node.child
            continue
        while node is not None and node.next is None:
            node = _leave(node, root, writer, kinds)
        node = None if node is None else node.next


def _write(node: LexborNode, writer: _Writer, outer: str, hidden: set[int]) -> str | None:
    """Writes what stands in a node itself; the kind of the lines inside, if they are to come."""
    tag = node.tag or ""
    if tag == "-text":
        writer.kind = outer
        if outer == "paragraph" and node.parent is not None and node.parent.tag == "pre":
            _write_pre(node.text_content or "", writer)
        else:
            writer.parts.append(node.text_content or "")
        return None
    if tag.startswith("-") or tag in _SKIPPED or is_hidden(node, hidden):
        return None
    if tag in ("br", "hr"):
        writer.flush()
        return None
    if tag == "sup":
        writer.parts.append(_superscript(node))
        return None
    if tag == "table" and (rows := _data_table(node, hidden)):
        writer.flush()
        writer.lines.extend((line, outer if outer == "furniture" else kind) for line, kind in rows)
        return None
    if tag not in _INLINE:
        writer.flush()
    return _kind(node, tag, outer, by_name=writer.by_name)


def _leave(
    node: LexborNode, root: LexborNode, writer: _Writer, kinds: list[str]
) -> LexborNode | None:
    """The parent, whose last child this is; None above the root."""
    parent = node.parent
    if parent is None or parent.mem_id == root.mem_id:
        return None
    if (parent.tag or "") not in _INLINE:
        writer.flush()
    kinds.pop()
    return parent


def _kind(node: LexborNode, tag: str, outer: str, *, by_name: bool) -> str:
    """The kind of the lines inside an element."""
    if outer == "furniture":
        return outer if tag != "h1" else "heading"
    if tag in _INLINE or tag == "body" or tag == "html":
        return outer
    if is_furniture(node, tag, by_name=by_name):
        return "furniture"
    if tag in _HEADINGS:
        return "heading"
    if tag in _ITEMS:
        return "item"
    return outer


def _write_pre(text: str, writer: _Writer) -> None:
    """Writes preformatted text, whose newlines are seen."""
    first, *others = text.split("\n")
    writer.parts.append(first)
    for line in others:
        writer.flush()
        writer.parts.append(line)


def _superscript(node: LexborNode) -> str:
    """A note's mark in brackets, so that it does not become a part of the word before it."""
    text = node.text(deep=True).strip()
    before = node.prev.text_content if node.prev is not None else None
    if _ORDINAL.fullmatch(text) and (before or "")[-1:].isdigit():
        return text
    if not _MARKER.fullmatch(text):
        return text
    return text if text.startswith("[") else f"[{text}]"


def _data_table(table: LexborNode, hidden: set[int]) -> list[Mark]:
    """The caption and the rows of a table of data; nothing where it lays out the page."""
    if table.css_first("p + p, h1, h2, h3, ul, ol, form, article, nav") is not None:
        return []
    if any(inner.mem_id != table.mem_id for inner in table.css("table")):
        return []
    lines: list[Mark] = []
    spans: dict[int, tuple[int, str]] = {}  # column -> rows still to come, text
    widths: list[int] = []
    for part in table.css("caption, tr"):
        if is_hidden(part, hidden):
            continue
        if part.tag == "caption":
            lines.append((_cell(part), "heading"))
            continue
        cells = _row(part, spans, hidden)
        if any(len(cell) > _LONG_CELL for cell in cells):
            return []
        if any(cells):
            widths.append(len(cells))
            lines.append((" | ".join(cells), "row"))
    if len(widths) < 2 or max(widths) < 2:
        return []
    return [(line, kind) for line, kind in lines if line]


def _row(row: LexborNode, spans: dict[int, tuple[int, str]], hidden: set[int]) -> list[str]:
    """The cells of one row; a cell that spans rows is repeated in each of them."""
    cells: list[str] = []

    def carried() -> None:
        while len(cells) in spans:
            left, text = spans.pop(len(cells))
            if left > 1:
                spans[len(cells)] = (left - 1, text)
            cells.append(text)

    for cell in row.css("td, th"):
        if is_hidden(cell, hidden):
            continue
        carried()
        text = _cell(cell)
        rows = cell.attributes.get("rowspan") or ""
        if rows.isdecimal() and len(rows) < 4 and int(rows) > 1:
            spans[len(cells)] = (int(rows) - 1, text)
        cells.append(text)
    carried()
    return cells


def _cell(node: LexborNode) -> str:
    """The text of one cell on one line."""
    writer = _Writer(by_name=False)
    _walk(node, writer, set())
    writer.flush()
    return " ".join(line for line, _ in writer.lines)
